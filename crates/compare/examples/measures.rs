//! Prints the measures, or with `--findings` the findings of figures, events and stories, of annotated
//! reports, with the sentences that they rest on, for reading by hand; with `--json` the findings as
//! `differ` prints them, for `evaluate findings`. Sentences are split in a simple way.
//!
//! ```text
//! $ onrecord annotate --with-text news.jsonl > news.ann
//! $ cargo run --release -p onrecord-compare --example measures -- news.ann
//! 1  people killed in Lorne  (2 reports, 1 contested)
//!    2031-03-04  35 people   001  At the port of Lorne 35 people were killed by the blast.
//! ```

use onrecord_compare::{Subject, all_measures, comparisons, run};
use onrecord_model::*;
use serde_json::Value;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let shows_findings = arguments.iter().any(|argument| argument == "--findings");
    let is_json = arguments.iter().any(|argument| argument == "--json");
    arguments.retain(|argument| argument != "--findings" && argument != "--json");
    let path = arguments.first().ok_or("usage: measures [--findings|--json] ANNOTATED")?;
    let lines = std::fs::read_to_string(path)?;
    let read: Vec<(String, Report, Analysis)> =
        lines.lines().enumerate().filter_map(|(number, line)| report(number, line)).collect();
    let subjects: Vec<Subject<'_>> =
        read.iter().map(|(name, report, analysis)| Subject { name, report, analysis }).collect();
    let sentence = |name: &str, span: Span| {
        let subject = subjects.iter().find(|subject| subject.name == name)?;
        let sentence = subject.analysis.sentence_at(span.start as usize)?;
        let words = sentence.span.of(&subject.report.text);
        Some(words.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let begun = std::time::Instant::now();
    if shows_findings || is_json {
        let read = ["figures", "events", "stories"];
        let of_read = comparisons().iter().filter(|comparison| read.contains(&comparison.name()));
        for finding in of_read.flat_map(|&comparison| run(comparison, &subjects)) {
            if is_json {
                println!("{}", line(&finding, &subjects));
                continue;
            }
            println!("{}", finding.reading);
            for evidence in &finding.evidence {
                let words = sentence(&evidence.report, evidence.span).unwrap_or_default();
                println!("   {}  {}  {words}", evidence.role, evidence.report);
            }
        }
        return Ok(());
    }
    let all = all_measures(&subjects);
    eprintln!("{} reports, {} measures, {:?}", subjects.len(), all.len(), begun.elapsed());
    for (number, measure) in all.iter().enumerate() {
        let place = measure.place.as_deref().map(|place| format!(" in {place}"));
        println!(
            "{}  {}{}  [{}]  ({} figures, {} contested)",
            number + 1,
            measure.what,
            place.unwrap_or_default(),
            measure.unit.as_deref().unwrap_or(""),
            measure.series.len(),
            measure.contested
        );
        for given in &measure.series {
            let day = given.published.map(|day| day.to_string()).unwrap_or_default();
            let words = sentence(&given.report, given.span).unwrap_or_default();
            println!("   {day}  {}  <<{}>>  {words}", given.report, given.text);
        }
    }
    Ok(())
}

/// A finding as a line of JSON; a report's part is its line.
fn line(finding: &Finding, subjects: &[Subject<'_>]) -> Value {
    let evidence = finding.evidence.iter().filter_map(|evidence| {
        let subject = subjects.iter().find(|subject| subject.name == evidence.report)?;
        let text = &subject.report.text;
        let part = evidence.report.parse::<usize>().ok()? + 1;
        let span = CodePoints::new(text).span(evidence.span);
        let words = evidence.span.of(text);
        Some(
            serde_json::json!({ "part": part, "span": span, "role": evidence.role, "text": words }),
        )
    });
    let evidence: Vec<Value> = evidence.collect();
    serde_json::json!({
        "kind": finding.kind.as_str(), "reading": finding.reading, "confidence": finding.confidence,
        "evidence": evidence,
    })
}

/// A report and its analysis, without statements, from a line of `annotate`.
fn report(number: usize, line: &str) -> Option<(String, Report, Analysis)> {
    let line: Value = serde_json::from_str(line).ok()?;
    let text = line["text"].as_str()?.to_owned();
    let base = line["report"]["span"][0].as_u64().unwrap_or(0) as u32;
    let points = CodePoints::new(&text);
    let span = |value: &Value| -> Option<Span> {
        let at = |i: usize| value[i].as_u64().map(|at| at as u32);
        let ends = [at(0)?, at(1)?];
        let ends = if ends[0] >= base { ends.map(|end| end - base) } else { ends };
        Some(points.bytes(ends))
    };
    let word = |value: &Value| value.as_str().map(str::to_owned);
    let actors = line["actors"].as_array()?.iter().enumerate().filter_map(|(at, actor)| {
        Some(Actor {
            id: ActorId(at as u32 + 1),
            name: word(&actor["name"])?,
            kind: serde_json::from_value(actor["type"].clone()).ok()?,
            roles: Vec::new(),
            mentions: actor["mentions"].as_array()?.iter().filter_map(span).collect(),
        })
    });
    let quantities = line["quantities"].as_array()?.iter().filter_map(|quantity| {
        Some(Quantity {
            span: span(&quantity["span"])?,
            value: quantity["value"].as_f64(),
            low: quantity["low"].as_f64(),
            high: quantity["high"].as_f64(),
            bound: serde_json::from_value(quantity["bound"].clone()).ok()?,
            unit: word(&quantity["unit"]),
            counted: word(&quantity["counted"]),
            counted_span: span(&quantity["counted_span"]),
            place: word(&quantity["place"]),
            as_of: word(&quantity["as_of"]),
            statement: None,
        })
    });
    let times = line["times"].as_array()?.iter().filter_map(|time| {
        Some(Timex {
            span: span(&time["span"])?,
            kind: serde_json::from_value(time["type"].clone()).ok()?,
            value: word(&time["value"])?,
            modifier: None,
        })
    });
    let events = line["events"].as_array()?.iter().filter_map(|event| {
        let part = |part: &Value| {
            let role = serde_json::from_value(part["role"].clone()).ok()?;
            Some(EventPart { role, span: span(&part["span"])? })
        };
        Some(Event {
            span: span(&event["span"])?,
            word: span(&event["word"])?,
            when: word(&event["when"]),
            time: span(&event["time"]),
            state: serde_json::from_value(event["state"].clone()).ok()?,
            is_mention: event["mention"].as_bool()?,
            statement: (!event["statement"].is_null()).then_some(StatementId(1)),
            parts: event["parts"].as_array()?.iter().filter_map(part).collect(),
        })
    });
    let analysis = Analysis {
        events: events.collect(),
        times: times.collect(),
        sentences: sentences(&text),
        actors: actors.collect(),
        quantities: quantities.collect(),
        ..Analysis::default()
    };
    let date = line["report"]["published"].as_str().and_then(|day| day.get(..10)?.parse().ok());
    let report = Report {
        headline: span(&line["report"]["headline"]["span"]),
        outlet: word(&line["report"]["outlet"]),
        text: text.clone(),
        published: date.map(|date| Published { date, from: PublishedFrom::Page }),
        ..Report::default()
    };
    Some((format!("{number:04}"), report, analysis))
}

fn sentences(text: &str) -> Vec<Sentence> {
    let mut found = Vec::new();
    let mut start = 0;
    let bytes = text.as_bytes();
    for at in 0..text.len() {
        let next = bytes.get(at + 1).copied().unwrap_or(b' ');
        let before = text[start..].get(..at.saturating_sub(start)).unwrap_or("");
        let last = before.rsplit([' ', '\n']).next().unwrap_or("");
        let is_short = bytes[at] == b'.'
            && (last.len() <= 4 && last.starts_with(char::is_uppercase) || last.contains('.'));
        let is_stop = matches!(bytes[at], b'.' | b'?' | b'!') && next == b' ' && !is_short;
        if is_stop || bytes[at] == b'\n' || at + 1 == text.len() {
            let end = (at + 1..=text.len()).find(|&end| text.is_char_boundary(end));
            let span = Span::new(start, end.unwrap_or(text.len())).trim(text);
            if !span.is_empty() {
                found.push(Sentence { span, paragraph: 0 });
            }
            start = end.unwrap_or(text.len());
        }
    }
    found
}
