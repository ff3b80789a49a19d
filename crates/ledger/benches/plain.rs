//! Real reports for measuring, with a plain stand-in for their analysis: a sentence ends at a full
//! stop, and one that quotes or has "said" in it is a statement. The sizes are those of news; the
//! readings are not to be trusted.

use crate::synthetic::Synthetic;
use flate2::read::GzDecoder;
use onrecord_model::*;
use std::io::{BufRead, BufReader};

/// The reports of a gzipped file of JSON lines with `url`, `outlet`, `published`, `text`.
pub(crate) fn plain(path: String) -> std::io::Result<impl Iterator<Item = Synthetic>> {
    let lines = BufReader::new(GzDecoder::new(std::fs::File::open(&path)?)).lines();
    Ok(lines.map_while(Result::ok).enumerate().filter_map(move |(n, line)| {
        let mut fields: serde_json::Map<String, serde_json::Value> =
            serde_json::from_str(&line).ok()?;
        let mut field =
            |name: &str| fields.remove(name).and_then(|value| value.as_str().map(str::to_owned));
        let date = field("published").and_then(|day| day.get(..10)?.parse().ok());
        let headline = field("headline").unwrap_or_default();
        let report = Report {
            source_file: path.rsplit('/').next().unwrap_or_default().to_owned(),
            part: n as u32 + 1,
            has_siblings: true,
            headline: Some(Span::new(0, headline.len())),
            byline: field("byline").map(|name| Byline { name, span: None }),
            outlet: field("outlet"),
            url: field("url"),
            published: date.map(|date| Published { date, from: PublishedFrom::Page }),
            language: Some("en".to_owned()),
            text: headline + "\n\n" + &field("text")?,
            ..Report::default()
        };
        let analysis = analysis(&report.text);
        Some(Synthetic { report, analysis })
    }))
}

fn analysis(text: &str) -> Analysis {
    let mut sentences = Vec::new();
    let (mut start, mut paragraph) = (0, 0);
    for (at, c) in text.char_indices() {
        let is_end = c == '\n' || (c == ' ' && text[..at].ends_with(['.', '”', '?', '!']));
        if is_end {
            let span = Span::new(start, at).trim(text);
            if span.len() > 20 {
                sentences.push(Sentence { span, paragraph });
            }
            paragraph += u32::from(c == '\n');
            start = at;
        }
    }
    let mut analysis = Analysis { version: "plain".to_owned(), sentences, ..Analysis::default() };
    for sentence in analysis.sentences.clone() {
        let words: Vec<Span> = words(text, sentence.span);
        let capital = |span: &Span| span.of(text).starts_with(char::is_uppercase);
        for pair in words.windows(2).skip(1).filter(|pair| pair.iter().all(capital)) {
            let span = pair[0].join(pair[1]);
            let name = span.of(text).trim_matches(|c: char| !c.is_alphanumeric());
            let actors = &mut analysis.actors;
            match actors.iter_mut().find(|actor| actor.name == name) {
                Some(actor) => actor.mentions.push(span),
                None => actors.push(Actor {
                    id: ActorId(actors.len() as u32 + 1),
                    name: name.to_owned(),
                    kind: ActorType::Person,
                    roles: vec![],
                    mentions: vec![span],
                }),
            }
        }
        let cue = words.iter().position(|span| {
            matches!(span.of(text), "said" | "says" | "told" | "that" | "asked" | "according")
        });
        if let (Some(cue), [first, .., last]) = (cue, &words[..]) {
            let speaker = analysis.actors.last().map(|actor| Party {
                actor: Some(actor.id),
                name: actor.name.clone(),
                kind: actor.kind,
            });
            let number = analysis.statements.len() as u32 + 1;
            analysis.statements.push(Statement {
                id: StatementId(number),
                source: vec![*first],
                cue: vec![words[cue]],
                content: vec![words[(cue + 1).min(words.len() - 1)].join(*last)],
                mode: Mode::ALL[number as usize % 3],
                act: Act::Say,
                is_negated: false,
                speaker,
                addressee: None,
                via: vec![],
                venue: None,
                said_on: Some("2016-09-20".to_owned()),
                within: None,
            });
        }
        for pair in words.windows(2) {
            let number = pair[0].of(text).replace(',', "").parse::<f64>();
            if let Ok(value) = number {
                analysis.quantities.push(Quantity {
                    span: pair[0],
                    value: Some(value),
                    low: Some(value),
                    high: Some(value),
                    bound: Bound::Exact,
                    unit: Some("people".to_owned()),
                    counted: Some(pair[1].of(text).to_owned()),
                    counted_span: Some(pair[1]),
                    place: None,
                    as_of: None,
                    statement: None,
                });
                analysis.times.push(Timex {
                    span: pair[0],
                    kind: TimexType::Date,
                    value: "2016-09-20".to_owned(),
                    modifier: None,
                });
            }
        }
    }
    analysis
}

fn words(text: &str, span: Span) -> Vec<Span> {
    let mut words = Vec::new();
    let mut start = span.start as usize;
    for word in span.of(text).split(' ') {
        words.push(Span::new(start, start + word.len()));
        start += word.len() + 1;
    }
    words.retain(|word| !word.is_empty());
    words
}
