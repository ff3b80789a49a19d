//! One report that rests on what another outlet's sources told that outlet.
//!
//! ```text
//! Four officials told the Gazette … the Gazette quoted a diplomat as saying … "…," he added.
//! → rests on unnamed sources of the Gazette: 3 of its 4 statements
//! ```
//!
//! Not handled: a report of the other outlet that is printed whole (its own sources are its own).

use super::outlet::plain;
use super::told::{Told, called, is_unnamed, told};
use crate::Subject;
use crate::rules::outlets;
use crate::words::words;
use onrecord_model::Span;
use serde::{Deserialize, Serialize};

/// Statements by way of the other outlet, at least.
const LEAST: usize = 3;

/// A report that rests on another outlet's sources.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Alone {
    pub(super) outlet: String,
    /// Its unnamed sources, as called, in order of the text.
    pub(super) sources: Vec<String>,
    /// Sentences that attribute something: by way of the outlet, and all.
    pub(super) by_way: usize,
    pub(super) all: usize,
    pub(super) spans: Vec<Span>,
}

pub(super) fn alone(subject: Subject<'_>, all: &[Told]) -> Option<Alone> {
    let own = subject.report.outlet.as_deref().map(plain);
    let mut outlets: Vec<String> = all.iter().map(|told| plain(&told.outlets[0])).collect();
    outlets.sort_unstable();
    outlets.dedup();
    outlets.retain(|outlet| own.as_ref() != Some(outlet));
    outlets.iter().find_map(|outlet| of(subject, all, outlet))
}

fn of(subject: Subject<'_>, all: &[Told], outlet: &str) -> Option<Alone> {
    let is_of = |told: &&Told| plain(&told.outlets[0]) == outlet;
    let spans: Vec<Span> =
        all.iter().filter(is_of).flat_map(|told| &told.tells).map(|tell| tell.span).collect();
    let unnamed =
        all.iter().filter(is_of).flat_map(|told| &told.tells).filter(|tell| tell.is_unnamed);
    if unnamed.count() < 2 {
        return None;
    }
    let statements = || {
        let own = subject.analysis.statements.iter();
        own.filter(|statement| statement.within.is_none() && statement.speaker.is_some())
    };
    let is_by_way = |content: &[Span]| {
        content.iter().any(|content| spans.iter().any(|span| span.overlaps(*content)))
    };
    // Who spoke by way of the outlet once does so again in the next sentences: "the official added".
    let mut speakers: Vec<(&str, u32)> = Vec::new();
    let (mut by_way, mut count) = (Vec::new(), 0);
    for statement in statements() {
        let Some(speaker) = statement.speaker.as_ref() else { continue };
        let Some(at) = statement.content.first().map(|content| content.start) else { continue };
        count += 1;
        let goes_on = speakers.iter().any(|(name, last)| *name == speaker.name && at < last + 600);
        let says_report = cites_report(subject, statement.cue.iter().chain(&statement.source));
        if is_by_way(&statement.content) || is_unnamed(speaker) && (goes_on || says_report) {
            by_way.push(statement);
            speakers.push((speaker.name.as_str(), at));
        }
    }
    if by_way.len() < LEAST || by_way.len() * 2 < count {
        return None;
    }
    let mut sources: Vec<String> = Vec::new();
    for statement in &by_way {
        let speaker = statement.speaker.as_ref().filter(|party| is_unnamed(party));
        if let Some(name) = speaker.map(|party| called(&party.name))
            && !sources.contains(&name)
        {
            sources.push(name);
        }
    }
    let name = all.iter().find(is_of)?.outlets[0].clone();
    let spans =
        by_way.iter().filter_map(|s| s.content.iter().copied().reduce(Span::join)).collect();
    if sources.is_empty() {
        return None;
    }
    Some(Alone { outlet: name, sources, by_way: by_way.len(), all: count, spans })
}

/// "according to a report", "the report quoted the official as saying".
fn cites_report<'a>(subject: Subject<'_>, at: impl Iterator<Item = &'a Span>) -> bool {
    let Some(first) = at.map(|span| span.start).min() else { return false };
    let Some(sentence) = subject.analysis.sentence_at(first as usize) else { return false };
    let all = words(&subject.report.text, sentence.span);
    let has_report = all
        .windows(2)
        .any(|two| matches!(two[0].folded.as_str(), "a" | "the") && two[1].folded == "report");
    has_report && all.iter().any(|word| outlets().passes(&word.folded))
}

/// What a report has from each origin, and whether it rests on another outlet's sources.
pub(super) fn of_report(subject: Subject<'_>) -> (Vec<Told>, Option<Alone>) {
    let told = told(subject);
    let alone = alone(subject, &told);
    (told, alone)
}
