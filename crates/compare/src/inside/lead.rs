//! A headline that says as done what its text holds back wherever it says it.
//!
//! ```text
//! Mayor Resigns Over Grain Fire
//! … Mayor Elena Varga could resign if an inquiry finds … A resignation has not …
//! ```
//!
//! The verb of the headline stands in the first sentences, held back ("could", "has not", "threatened
//! to"), and nowhere in the text otherwise. Not handled: "would", which is how papers tell of what is
//! decided; a text that has it done in other words.

use super::Oddity;
use super::headline::{Outright, stem};
use crate::rules::{is_little, rules_of_headlines};
use crate::words::{Word, own_text, words};
use crate::{Subject, show};
use onrecord_model::{FindingKind, Span};

/// Sentences of the text's own that lead.
const LEAD: usize = 2;

/// Telling words that headline and sentence share, at least, and their share of the headline's.
const LEAST: usize = 2;
const SHARE: f64 = 0.5;

pub(super) fn oddity(subject: Subject<'_>) -> Option<Oddity> {
    let (report, rules) = (subject.report, rules_of_headlines());
    let Outright { span, head, telling } = Outright::of(subject)?;
    // "Mayor to Resign" is a plan.
    if head.iter().any(|word| word.folded == "to") {
        return None;
    }
    let verbs: Vec<String> = verbs(&head).map(|verb| stem(&verb.folded)).collect();
    if verbs.is_empty() {
        return None;
    }
    let own = own_text(report);
    let sentences = subject.analysis.sentences.iter().map(|sentence| sentence.span);
    let sentences: Vec<Span> =
        sentences.filter(|&span| own.iter().any(|own| own.contains(span))).collect();
    // For each verb: where the lead holds it back; nothing once it stands anywhere without.
    let mut held: Vec<Option<Vec<Span>>> = vec![Some(Vec::new()); verbs.len()];
    for (number, &sentence) in sentences.iter().enumerate() {
        let words = words(&report.text, sentence);
        let folded: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
        let stems: Vec<String> = folded.iter().map(|word| stem(word)).collect();
        let common = telling.iter().filter(|word| stems.contains(word)).count();
        let is_near = common >= LEAST && common as f64 >= SHARE * telling.len() as f64;
        for (verb, held) in verbs.iter().zip(&mut held) {
            for at in (0..stems.len()).filter(|&at| stems[at] == *verb) {
                if !rules.hold_back(&folded[..at]) {
                    *held = None;
                } else if let Some(held) = held
                    && number < LEAD
                    && is_near
                {
                    held.push(sentence);
                }
            }
        }
    }
    let first = *held.iter().flatten().find_map(|held| held.first())?;
    let reading = format!(
        "has the headline {}; its text has {}.",
        show::quote(span.of(&report.text)),
        show::quote(first.of(&report.text)),
    );
    let evidence = vec![(span, "headline".to_owned()), (first, "text".to_owned())];
    Some(Oddity {
        kind: FindingKind::Headline,
        reading,
        confidence: 0.5,
        evidence,
        about: Vec::new(),
    })
}

/// The words of a headline that may be its verb: "Mayor Resigns", "Crane Drivers Walk Out", "Minister
/// Fired".
fn verbs(head: &[Word]) -> impl Iterator<Item = &Word> {
    let is_plural = |word: &str| word.ends_with('s') && !word.ends_with("ss");
    head.windows(2).filter_map(move |two| {
        let (before, word) = (two[0].folded.as_str(), two[1].folded.as_str());
        let agrees = is_plural(word) != is_plural(before) && !is_little(before);
        let is_done = word.ends_with("ed");
        ((agrees || is_done) && word.len() >= 4 && !is_little(word)).then_some(&two[1])
    })
}
