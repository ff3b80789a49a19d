//! A headline that says outright what its report holds back.
//!
//! ```text
//! Crane Drivers Walk Out of Lorne Harbour
//! … Crane drivers of Lorne harbour would walk out if the ministry does not sign …
//! ```
//!
//! The sentences that are nearest to the headline all hold back ("would", "may"), and say that it is
//! not done ("no decision"); or the body says so of something, and has the headline's verb nowhere.
//! Not handled: questions, quotations, headlines of fewer than four telling words, metaphors.

use super::Oddity;
use crate::Subject;
use crate::rules::{is_little, outlets, rules_of_headlines};
use crate::show;
use crate::words::{Word, own_text, words};
use onrecord_model::{FindingKind, Span};
use std::collections::BTreeSet;

/// Telling words of a headline, at least.
const LEAST: usize = 4;

/// The share of a headline's telling words that a sentence must have to be what it stands for.
const NEAR: f64 = 0.6;

pub(super) fn oddity(subject: Subject<'_>) -> Option<Oddity> {
    let (report, rules) = (subject.report, rules_of_headlines());
    let Outright { span, head, telling } = Outright::of(subject)?;
    let headline = span.of(&report.text);
    let wanted: BTreeSet<&str> = telling.iter().map(String::as_str).collect();
    if wanted.len() < LEAST {
        return None;
    }
    let is_undone = rules.undone.iter().any(|phrase| report.text.contains(phrase.as_str()))
        || report.text.contains("No decision");
    if !is_undone {
        return None;
    }
    let own = own_text(report);
    let sentences = subject
        .analysis
        .sentences
        .iter()
        .filter(|sentence| own.iter().any(|own| own.contains(sentence.span)));
    let mut body: BTreeSet<String> = BTreeSet::new();
    // Words in common, whether it holds back, and the sentence.
    let mut near: Vec<(usize, bool, Span)> = Vec::new();
    for sentence in sentences {
        let words = words(&report.text, sentence.span);
        let stems: BTreeSet<String> = words.iter().map(|word| stem(&word.folded)).collect();
        let common = wanted.iter().filter(|word| stems.contains(**word)).count();
        let holds_back = words.iter().any(|word| rules.body.contains(&word.folded));
        near.push((common, holds_back, sentence.span));
        body.extend(stems);
    }
    let most = near.iter().map(|sentence| sentence.0).max()?;
    if (most as f64) < NEAR * wanted.len() as f64 {
        return None;
    }
    let nearest: Vec<&(usize, bool, Span)> =
        near.iter().filter(|sentence| sentence.0 + 1 >= most).collect();
    // What the headline does is its word that is not in the body: its verb.
    let is_missing = |word: &Word| !is_little(&word.folded) && !body.contains(&stem(&word.folded));
    let missing: Vec<&str> = head
        .iter()
        .filter(|word| is_missing(word))
        .map(|word| word.span.of(&report.text))
        .collect();
    if nearest.iter().any(|sentence| !sentence.1) || nearest.len() > 3 {
        return None;
    }
    // "… may sell the mint, though no decision has been made": it says so of this very thing.
    let says_undone = |at: Span| {
        let here = at.of(&report.text).to_lowercase();
        rules.undone.iter().any(|phrase| here.contains(phrase.as_str()))
    };
    let is_undone_there = nearest.iter().all(|sentence| says_undone(sentence.2));
    // "Forces Land", "Town Turns Mill Into Park", "Navy to Seize Cranes"; not "invited to December
    // hearing", "a setback".
    let is_plural = |word: &str| word.ends_with('s') && !word.ends_with("ss");
    let has_verb = head.windows(2).any(|two| {
        let (before, word) = (two[0].folded.as_str(), two[1].folded.as_str());
        is_missing(&two[1])
            && (is_plural(word) && !is_plural(before) && !is_little(before)
                || is_plural(before) && !is_plural(word)
                || before == "to" && !outlets().names_nothing(word))
    });
    let is_other = has_verb && missing.len() <= 2 && wanted.len() > LEAST;
    if !is_undone_there && !is_other {
        return None;
    }
    let first = nearest.iter().find(|sentence| sentence.0 == most)?.2;
    let reading = format!(
        "has the headline {}; its text has {}.",
        show::quote(headline),
        show::quote(first.of(&report.text)),
    );
    let mut evidence = vec![(span, "headline".to_owned())];
    evidence.extend(nearest.iter().map(|sentence| (sentence.2, "text".to_owned())));
    Some(Oddity {
        kind: FindingKind::Headline,
        reading,
        // All 34 in two simulated newsrooms are right (`eval/calibration.csv`); 9,387 real reports
        // show none, right or wrong, so less than that is claimed.
        confidence: 0.7,
        evidence,
        about: missing.into_iter().map(str::to_owned).collect(),
    })
}

/// A headline that says something outright: it does not hold back, ask, quote, or give its words to
/// somebody else.
pub(super) struct Outright {
    pub(super) span: Span,
    pub(super) head: Vec<Word>,
    /// The stems of its words that tell something.
    pub(super) telling: Vec<String>,
}

impl Outright {
    /// The headline of a report, if it is one.
    pub(super) fn of(subject: Subject<'_>) -> Option<Self> {
        let (text, rules) = (&subject.report.text, rules_of_headlines());
        let span = subject.report.headline?;
        let head = words(text, span);
        // "Navy to Seize Cranes"
        let holds_back = |word: &Word| rules.words.contains(&word.folded) && word.folded != "to";
        let is_of_others = span.of(text).contains(['?', ':', '"', '“', '‘', '\'', '|', '…'])
            || head.iter().any(|word| rules.said.contains(&word.folded));
        if is_of_others || head.iter().any(holds_back) {
            return None;
        }
        let telling = head.iter().filter(|word| !is_little(&word.folded));
        let telling = telling.map(|word| stem(&word.folded)).collect();
        Some(Self { span, head, telling })
    }
}

/// A word without the endings of number and tense: enough to tell "rescues" and "rescue" alike.
pub(super) fn stem(word: &str) -> String {
    for ending in ["ing", "ed", "es", "s", "e"] {
        if let Some(stem) = word.strip_suffix(ending)
            && stem.len() >= 3
        {
            return stem.to_owned();
        }
    }
    word.to_owned()
}
