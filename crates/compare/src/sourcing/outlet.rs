//! The outlets by way of which a sentence has what it tells.
//!
//! ```text
//! Two pilots told the Vaal Post, according to the Lorne Gazette, that …
//! → Vaal Post (told), Lorne Gazette (passes on)
//! ```
//!
//! Not handled: outlets that are named by neither a word of their trade ("Gazette") nor a name in
//! `rules/en/outlets.toml`; "the newspaper", "the network".

use crate::Subject;
use crate::rules::{agency, outlets};
use crate::words::{Word, folded};
use onrecord_model::Span;

/// Words before an outlet's name among which the one that ties it stands.
const BEFORE: usize = 5;

/// Words after it.
const AFTER: usize = 4;

/// An outlet that a sentence says to have been told or to pass on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tie {
    pub(super) name: String,
    pub(super) at: Span,
    /// Nearness to the source: 0 it was told, 1 another outlet cites it, 2 it passes on.
    rank: u8,
}

impl Tie {
    /// Whether the sentence says that it was told.
    pub(super) fn was_told(&self) -> bool {
        self.rank == 0
    }
}

/// An outlet's name without "the", marks and the name of its desk: "The Lorne Gazette - News" is
/// "lorne gazette"; an agency by its short name.
pub(super) fn plain(outlet: &str) -> String {
    if let Some(agency) = agency(outlet) {
        return agency.to_lowercase();
    }
    let own = outlet.split(" - ").next().unwrap_or(outlet);
    let own = own.split(" (").next().unwrap_or(own);
    let words = own.split_whitespace().map(folded).filter(|word| word != "the");
    words.collect::<Vec<_>>().join(" ")
}

/// The outlets that a sentence, given by its words, is tied to, the one nearest to the source
/// first. `is_told` says whether a place is within what is told.
pub(super) fn ties(
    subject: Subject<'_>,
    words: &[Word],
    is_told: impl Fn(Span) -> bool,
) -> Vec<Tie> {
    let text = &subject.report.text;
    let raw = |word: &Word| word.span.of(text);
    let is_name = |word: &Word| raw(word).starts_with(char::is_uppercase);
    let rules = outlets();
    let mut ties: Vec<Tie> = Vec::new();
    for (end, word) in words.iter().enumerate() {
        // "Lorne Gazette-Herald" is one word; in "Post Office" the name goes on.
        let goes_on = words.get(end + 1).is_some_and(|next| {
            is_name(next) && text[word.span.end as usize..next.span.start as usize] == *" "
        });
        if !is_name(word) || !rules.names(raw(word)) || goes_on {
            continue;
        }
        let touches = |at: usize| {
            text[words[at].span.end as usize..words[at + 1].span.start as usize] == *" "
        };
        let mut start = end;
        while start > 0
            && is_name(&words[start - 1])
            && touches(start - 1)
            && !matches!(words[start - 1].folded.as_str(), "the" | "citing" | "according")
        {
            start -= 1;
        }
        let span = words[start].span.join(word.span);
        // "@LorneNews" is an address.
        let is_address = text[..span.start as usize].ends_with(['@', '#', '/', '.']);
        if is_address || rules.is_no_outlet(&span.of(text).to_lowercase()) {
            continue;
        }
        let before: Vec<&str> = words[start.saturating_sub(BEFORE)..start]
            .iter()
            .rev()
            .map(|word| word.folded.as_str())
            .filter(|word| !matches!(*word, "the" | "a" | "an"))
            .collect();
        let after = &words[end + 1..words.len().min(end + 1 + AFTER)];
        // "on Fox News' Special Report": a programme's name says nothing of who reports.
        let is_plain = |word: &&Word| !is_name(word);
        let after: Vec<&str> = after.iter().filter(is_plain).map(|w| w.folded.as_str()).collect();
        let Some(rank) = rank(&before, &after, is_told(span)) else { continue };
        let rank = if rank == 1 && ties.is_empty() { 2 } else { rank };
        let name = full_name(subject, span);
        if !ties.iter().any(|tie| plain(&tie.name) == plain(&name)) {
            ties.push(Tie { name, at: span, rank });
        }
    }
    ties.sort_by_key(|tie| (tie.rank, tie.at.start));
    ties
}

/// How the words around tie an outlet; `before` runs backwards, without articles.
fn rank(before: &[&str], after: &[&str], is_within: bool) -> Option<u8> {
    let rules = outlets();
    let near = |at: usize| before.get(at).copied().unwrap_or_default();
    // "told the Gazette", "in an interview with CNN", "spoke to the Post".
    let is_told = rules.tells(near(0))
        || near(0) == "with" && before.iter().take(4).any(|word| word.starts_with("interview"))
        || near(0) == "to"
            && matches!(near(1), "spoke" | "speaking" | "talking" | "statement" | "said");
    if is_told {
        return Some(0);
    }
    // "citing a report by the Gazette", "which cited the Gazette".
    if before.iter().take(4).any(|word| matches!(*word, "citing" | "cited" | "cites" | "quoting")) {
        return Some(1);
    }
    let is_passing = before.iter().any(|word| rules.passes(word))
        || after.iter().any(|word| rules.passes(word) || *word == "said");
    (is_passing && !is_within).then_some(2)
}

/// The name as the report gives it elsewhere in full: "the Post", of the Washington Post.
fn full_name(subject: Subject<'_>, at: Span) -> String {
    let own = at.of(&subject.report.text);
    let actors = subject.analysis.actors.iter();
    let full = actors
        .filter(|actor| actor.mentions.iter().any(|mention| mention.overlaps(at)))
        .map(|actor| actor.name.as_str())
        .filter(|name| outlets().names(name) && name.len() > own.len() && name.len() < 40)
        .find(|name| plain(name).ends_with(&plain(own)));
    full.unwrap_or(own).to_owned()
}
