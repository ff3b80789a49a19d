//! Real reports, changed in known ways: what is found of what was done, and what is found besides.
//!
//! A third of the reports are copied (as they are, with another lede, with a third cut off); of
//! another third one quotation is given again in a report of its own, with one telling word
//! changed. What the comparisons find is laid against what was done. Skipped where the real
//! reports are not at hand. Not handled: paraphrase; changed figures.

use crate::draft::Draft;
use crate::draft::real::{quotations, reports};
use onrecord_compare::{Subject, comparisons, run};
use onrecord_model::{Finding, FindingKind, Mode};
use std::collections::BTreeSet;

const REPORTS: usize = 300;

type Pair = (String, String);

fn pair(a: &str, b: &str) -> Pair {
    if a < b { (a.to_owned(), b.to_owned()) } else { (b.to_owned(), a.to_owned()) }
}

fn found(name: &str, drafts: &[Draft]) -> Vec<Finding> {
    let subjects: Vec<Subject<'_>> = drafts.iter().map(Draft::subject).collect();
    let comparison = comparisons().iter().find(|comparison| comparison.name() == name);
    run(*comparison.expect("there is such a comparison"), &subjects)
}

/// Prints and gives precision and recall. What was found between two reports as they came is no
/// part of it: it may be true.
fn score(what: &str, done: &BTreeSet<Pair>, found: &BTreeSet<Pair>) -> (f64, f64) {
    let touched: BTreeSet<&str> = done
        .iter()
        .flat_map(|(a, b)| [a.as_str(), b.as_str()])
        .filter(|name| name.contains('+'))
        .collect();
    let ours: Vec<&Pair> = found
        .iter()
        .filter(|(a, b)| touched.contains(a.as_str()) || touched.contains(b.as_str()))
        .collect();
    let right = ours.iter().filter(|pair| done.contains(**pair)).count() as f64;
    let scores = (right / (ours.len() as f64).max(1.0), right / done.len() as f64);
    println!(
        "{what}: precision {:.3} recall {:.3} of {} ({} found, {} between reports as they came)",
        scores.0,
        scores.1,
        done.len(),
        ours.len(),
        found.len() - ours.len()
    );
    scores
}

#[test]
fn copies_are_found_and_nothing_else_is() {
    let Some(mut drafts) = reports(REPORTS) else { return };
    let lede = "Readers in the north of the island woke to the news on Thursday, and many had seen it coming for weeks, as this paper wrote. ";
    let mut done = BTreeSet::new();
    for at in (0..drafts.len()).step_by(3) {
        let text = drafts[at].report.text.clone();
        if text.split_whitespace().count() < 120 {
            continue;
        }
        let cut = |share: f64| {
            (0..=(text.len() as f64 * share) as usize)
                .rev()
                .find(|&at| text.is_char_boundary(at))
                .unwrap_or(0)
        };
        let changed = match at / 3 % 3 {
            0 => text.clone(),
            1 => format!("{lede}{}", &text[cut(0.15)..]),
            _ => text[..cut(0.67)].to_owned(),
        };
        let name = format!("{}+", drafts[at].name);
        done.insert(pair(&drafts[at].name, &name));
        drafts.push(quotations(Draft::new(&name).by("Island Mail").text(&changed)));
    }
    let mut pairs = BTreeSet::new();
    for finding in found("copies", &drafts) {
        let reports: BTreeSet<&str> =
            finding.evidence.iter().map(|evidence| evidence.report.as_str()).collect();
        for a in &reports {
            pairs.extend(reports.iter().filter(|b| *b > a).map(|b| pair(a, b)));
        }
    }
    let (precision, recall) = score("copies", &done, &pairs);
    assert!(precision >= 0.98 && recall >= 0.98);
}

#[test]
fn changed_words_of_quotations_are_found_exactly() {
    let Some(mut drafts) = reports(REPORTS) else { return };
    let mut done = BTreeSet::new();
    let mut exact = BTreeSet::new();
    for at in 0..drafts.len() {
        let (report, analysis) = (&drafts[at].report, &drafts[at].analysis);
        let usable = analysis.statements.iter().find(|statement| {
            statement.mode == Mode::Direct
                && statement.speaker.is_some()
                && (10..60)
                    .contains(&statement.content[0].of(&report.text).split_whitespace().count())
        });
        let (Some(statement), true) = (usable, at % 3 == 1) else { continue };
        let words: Vec<&str> = statement.content[0].of(&report.text).split_whitespace().collect();
        // The long word nearest to the middle, never the first three or the last.
        let middle = words.len() / 2;
        let telling = (3..words.len() - 1)
            .filter(|&at| words[at].len() >= 5 && words[at].chars().all(char::is_alphabetic));
        let Some(place) = telling.min_by_key(|&at| at.abs_diff(middle)) else { continue };
        let mut changed = words.clone();
        changed[place] = "lanterns";
        let speaker =
            statement.speaker.as_ref().map(|party| party.name.clone()).unwrap_or_default();
        let name = format!("{}+", drafts[at].name);
        let mut twin = Draft::new(&name).by("Island Mail");
        if let Some(day) = report.published_on() {
            twin = twin.on(&day.to_string());
        }
        let quote = changed.join(" ");
        let twin = twin.text(&format!("{quote} {speaker} said.")).says(&speaker, &[&quote]);
        done.insert(pair(&drafts[at].name, &name));
        exact.insert((name, words[place].to_owned()));
        drafts.push(twin);
    }
    let (mut pairs, mut right) = (BTreeSet::new(), 0);
    let mut others = 0;
    for finding in found("quotations", &drafts) {
        let ours = finding.evidence.iter().find(|evidence| evidence.report.ends_with('+'));
        if finding.kind != FindingKind::QuoteAltered {
            others += usize::from(ours.is_some());
            continue;
        }
        pairs.insert(pair(&finding.evidence[0].report, &finding.evidence[1].report));
        if let Some(ours) = ours {
            let change = &finding.detail["changes"][0];
            let sides = [&change["from"], &change["to"]]
                .map(|side| side.as_str().unwrap_or_default().to_owned());
            right += usize::from(
                sides.contains(&"lanterns".to_owned())
                    && exact
                        .iter()
                        .any(|(name, word)| *name == ours.report && sides.contains(word)),
            );
        }
    }
    let (precision, recall) = score("altered quotations", &done, &pairs);
    println!(
        "changed words exactly: {:.3}; findings of other kinds that touch them: {others}",
        right as f64 / done.len() as f64
    );
    assert!(precision >= 0.95 && recall >= 0.90 && right as f64 >= 0.90 * done.len() as f64);
}
