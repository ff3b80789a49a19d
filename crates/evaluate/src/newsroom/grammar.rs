//! The words of the simulated world, and how a template becomes a sentence.
//!
//! ```text
//! "[Work|Cranes] stopped in {place} {D}"   →   "Cranes stopped in Ashford {D}"
//! ```
//!
//! A choice stands in square brackets, a slot in braces; `^` asks for a capital. Slots that nobody
//! fills stay, to be filled when the report is written. Not handled: choices within choices.

use super::chance::Chance;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Debug, Deserialize)]
pub(super) struct Names {
    pub(super) women: Vec<String>,
    pub(super) men: Vec<String>,
    pub(super) surname_starts: Vec<String>,
    pub(super) surname_ends: Vec<String>,
    pub(super) town_starts: Vec<String>,
    pub(super) town_ends: Vec<String>,
    pub(super) papers: Vec<String>,
    pub(super) wires: Vec<String>,
    pub(super) months: Vec<String>,
    pub(super) days: Vec<String>,
    pub(super) spelling: Vec<String>,
    pub(super) synonyms: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Frames {
    pub(super) direct: Vec<String>,
    pub(super) split: Vec<String>,
    pub(super) more: Vec<String>,
    pub(super) indirect: Vec<String>,
    pub(super) venues: Vec<String>,
    pub(super) told: Vec<String>,
    pub(super) relay: Vec<String>,
    pub(super) chain: Vec<String>,
    pub(super) sources: Vec<String>,
    pub(super) openers: Vec<String>,
    pub(super) follow: Vec<String>,
    pub(super) local_ledes: Vec<String>,
    pub(super) extensions: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Events {
    event: Vec<Kind>,
}

/// A kind of event.
#[derive(Debug, Deserialize)]
pub(super) struct Kind {
    pub(super) kind: String,
    pub(super) words: BTreeMap<String, Vec<String>>,
    /// Before the name, after the name, without the name.
    pub(super) roles: BTreeMap<String, [String; 3]>,
    pub(super) headlines: Vec<String>,
    pub(super) ledes: Vec<String>,
    pub(super) facts: Vec<Vec<String>>,
    pub(super) measures: BTreeMap<String, MeasureKind>,
    pub(super) says: Vec<Say>,
    pub(super) told: Vec<String>,
    pub(super) plan: Plan,
}

#[derive(Debug, Deserialize)]
pub(super) struct MeasureKind {
    pub(super) from: [u64; 2],
    pub(super) growth: String,
    pub(super) frames: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Say {
    pub(super) who: String,
    pub(super) say: String,
    pub(super) that: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Plan {
    pub(super) head: String,
    pub(super) strong: String,
    pub(super) body: String,
}

const READS: &str = "the words of the world are compiled in, and a test reads them";

pub(super) fn names() -> &'static Names {
    static NAMES: LazyLock<Names> =
        LazyLock::new(|| toml::from_str(include_str!("data/names.toml")).expect(READS));
    &NAMES
}

pub(super) fn frames() -> &'static Frames {
    static FRAMES: LazyLock<Frames> =
        LazyLock::new(|| toml::from_str(include_str!("data/frames.toml")).expect(READS));
    &FRAMES
}

pub(super) fn kinds() -> &'static [Kind] {
    static EVENTS: LazyLock<Events> =
        LazyLock::new(|| toml::from_str(include_str!("data/events.toml")).expect(READS));
    &EVENTS.event
}

/// Words to write for other words, each with what is written in its stead.
pub(super) fn pairs(
    lines: &'static [String],
) -> impl Iterator<Item = (&'static str, &'static str)> {
    lines.iter().filter_map(|line| line.split_once(' '))
}

/// A template with its choices made and the slots filled that `fill` knows.
pub(super) fn expand(
    template: &str,
    chance: &mut Chance,
    fill: &mut dyn FnMut(&str) -> Option<String>,
) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some(at) = rest.find(['[', '{']) {
        out.push_str(&rest[..at]);
        let close = if rest[at..].starts_with('[') { ']' } else { '}' };
        let Some(end) = rest[at..].find(close).map(|end| at + end) else { break };
        let inner = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if close == ']' {
            let choices: Vec<&str> = inner.split('|').collect();
            let chosen = *chance.pick(&choices);
            // A choice may hold slots, but no choices.
            out.push_str(&expand(chosen, chance, fill));
        } else {
            let name = inner.trim_end_matches('^');
            match fill(name) {
                Some(text) if name.len() < inner.len() => out.push_str(&capital(&text)),
                Some(text) => out.push_str(&text),
                None => out.push_str(&format!("{{{inner}}}")),
            }
        }
    }
    out.push_str(rest);
    tidy(&out)
}

/// One space between words, none before a comma, underscores as spaces.
pub(super) fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().map(|c| if c == '_' { ' ' } else { c }) {
        if c == ' ' && out.ends_with(' ') {
            continue;
        }
        if matches!(c, ',' | '.') && out.ends_with(' ') {
            out.pop();
        }
        out.push(c);
    }
    out
}

/// With a capital at the beginning.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    first + chars.as_str()
}

/// As headlines have it.
pub(super) fn title(text: &str) -> String {
    const SMALL: [&str; 12] =
        ["a", "and", "as", "at", "for", "from", "in", "of", "on", "the", "to", "with"];
    let words = text.split(' ').enumerate();
    let words = words.map(|(at, word)| match word {
        _ if at > 0 && SMALL.contains(&word) => word.to_owned(),
        _ => capital(word),
    });
    words.collect::<Vec<_>>().join(" ")
}
