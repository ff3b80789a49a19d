//! How much a word tells of an event, and what kind of thing it says happened: data, read once.
//!
//! ```text
//! weight("torva") = 4     weight("minister") = 0     kinds of "went down": sink
//! ```
//!
//! Not handled: other senses of a word ("struck a deal" is no attack, but counts as one).

use crate::rules::parse;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::sync::LazyLock;

/// A kind of thing that happens.
#[derive(Debug, Deserialize)]
pub(super) struct Kind {
    pub(super) name: String,
    words: String,
    /// Whether it happens to one and the same thing once.
    #[serde(default)]
    pub(super) once: bool,
    pub(super) weight: u32,
}

#[derive(Debug)]
struct Kinds {
    all: Vec<Kind>,
    by_word: FxHashMap<String, Vec<usize>>,
    /// By verb, its particles.
    by_pair: FxHashMap<(String, String), Vec<usize>>,
}

static KINDS: LazyLock<Kinds> = LazyLock::new(|| {
    #[derive(Deserialize)]
    struct File {
        kind: Vec<Kind>,
    }
    let File { kind: all } = parse(include_str!("../../rules/en/happenings.toml"));
    let mut by_word: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    let mut by_pair: FxHashMap<(String, String), Vec<usize>> = FxHashMap::default();
    for (number, kind) in all.iter().enumerate() {
        for word in kind.words.split_whitespace() {
            match word.split_once('+') {
                Some((verb, particle)) => {
                    by_pair.entry((stem(verb), particle.to_owned())).or_default().push(number);
                }
                None => by_word.entry(stem(word)).or_default().push(number),
            }
        }
    }
    by_word.values_mut().for_each(|kinds| kinds.dedup());
    Kinds { all, by_word, by_pair }
});

/// The kinds that a stem names, with the word after it in lower case.
pub(super) fn kinds(stem: &str, next: &str) -> impl Iterator<Item = &'static Kind> {
    let kinds: &'static Kinds = &KINDS;
    let pair = kinds.by_pair.get(&(stem.to_owned(), next.to_owned()));
    let one = if pair.is_none() { kinds.by_word.get(stem) } else { None };
    pair.or(one).into_iter().flatten().map(|&number| &kinds.all[number])
}

/// The kind of this name.
pub(super) fn kind(name: &str) -> Option<&'static Kind> {
    KINDS.all.iter().find(|kind| kind.name == name)
}

/// How much it tells that two sentences share a stem: from 0, every report has it, to 4, rare.
pub(crate) fn weight(stem: &str) -> u32 {
    #[derive(Deserialize)]
    struct File {
        most: String,
        many: String,
        some: String,
        few: String,
    }
    static WEIGHTS: LazyLock<FxHashMap<String, u32>> = LazyLock::new(|| {
        let File { most, many, some, few } = parse(include_str!("../../rules/en/common.toml"));
        let bands = [(most, 0), (many, 1), (some, 2), (few, 3)];
        let of = |(words, weight): &(String, u32)| -> Vec<(String, u32)> {
            words.split_whitespace().map(|word| (word.to_owned(), *weight)).collect()
        };
        bands.iter().flat_map(of).collect()
    });
    WEIGHTS.get(stem).copied().unwrap_or(4)
}

/// Whether a stem names a day or month, which say when and not what. March and May are words, too;
/// as months they mostly stand inside the expression that dates.
pub(crate) fn is_calendar(stem: &str) -> bool {
    static WORDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
        "monday tuesday wednesday thursday friday saturday sunday january february april june july august september october november december jan feb apr jun jul aug sep sept \
         oct nov dec today yesterday tomorrow tonight morn even afternoon night day week month year \
         earli late last next ago a.m p.m am pm local time"
            .split_whitespace()
            .collect()
    });
    WORDS.contains(stem)
}

/// A folded word without the endings of inflection, roughly; `rules/en/common.toml` is written so.
pub(crate) fn stem(word: &str) -> String {
    let mut word = word.to_owned();
    let n = word.len();
    if n > 4 && (word.ends_with("ies") || word.ends_with("ied")) {
        word.truncate(n - 3);
        word.push('y');
    } else if n > 3 && word.ends_with('s') && !["ss", "us", "is"].iter().any(|e| word.ends_with(e))
    {
        word.pop();
    }
    for (ending, least) in [("ing", 6), ("ed", 5)] {
        if word.len() >= least && word.ends_with(ending) {
            word.truncate(word.len() - ending.len());
            let bytes = word.as_bytes();
            let n = bytes.len();
            if n > 3 && bytes[n - 1] == bytes[n - 2] && b"bdgmnprt".contains(&bytes[n - 1]) {
                word.pop();
            }
            break;
        }
    }
    if word.len() > 3 && word.ends_with('e') {
        word.pop();
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for (a, b) in [
            ("sinking", "sink"),
            ("arrested", "arrests"),
            ("stopped", "stop"),
            ("ferries", "ferry"),
        ] {
            assert_eq!(stem(a), stem(b));
        }
        assert_eq!(weight(&stem("minister")), 0);
        assert_eq!(weight("varrow"), 4);
    }

    #[test]
    fn a_particle_makes_another_verb() {
        let names = |word: &str, next: &str| -> Vec<&str> {
            kinds(&stem(word), next).map(|kind| kind.name.as_str()).collect()
        };
        assert_eq!(names("went", "down"), ["sink"]);
        assert_eq!(names("went", "home"), [""; 0]);
        assert_eq!(names("strikes", "the"), ["attack", "walkout"]);
    }
}
