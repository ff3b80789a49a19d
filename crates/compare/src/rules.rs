//! The words that comparisons go by, as data: files under `rules/en/`, read once.
//!
//! ```text
//! spelling.toml   "harbour" → "harbor"        little.toml    words that carry little
//! agencies.toml   "The Associated Press" → AP  figures.toml   "fatalities" → killed
//! ```
//!
//! Not handled: languages other than English.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

pub(crate) fn parse<T: serde::de::DeserializeOwned>(text: &str) -> T {
    toml::from_str(text).expect("the rules are compiled in, and a test reads them")
}

/// One spelling for words that are spelled in two ways.
#[derive(Debug, Deserialize)]
pub(crate) struct Spelling {
    ending: Vec<Ending>,
    inside: Vec<Inside>,
    word: FxHashMap<String, String>,
    contraction: BTreeMap<String, String>,
    apart: FxHashMap<String, Vec<String>>,
    short: FxHashMap<String, Vec<String>>,
}

#[derive(Debug, Deserialize)]
struct Ending {
    of: String,
    to: String,
    from: usize,
}

#[derive(Debug, Deserialize)]
struct Inside {
    of: String,
    to: String,
}

impl Spelling {
    /// Respells a word that is already in lower case and without punctuation.
    pub(crate) fn fold(&self, word: &mut String) {
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            return;
        }
        if let Some(to) = self.word.get(word.as_str()) {
            word.clone_from(to);
            return;
        }
        if word.len() < 5 {
            return;
        }
        for Inside { of, to } in &self.inside {
            if let Some(at) = word.get(3..).and_then(|rest| rest.find(of.as_str())) {
                word.replace_range(3 + at..3 + at + of.len(), to);
            }
        }
        let ending = self
            .ending
            .iter()
            .find(|ending| word.len() >= ending.from && word.ends_with(ending.of.as_str()));
        if let Some(Ending { of, to, .. }) = ending {
            word.truncate(word.len() - of.len());
            word.push_str(to);
        }
    }

    /// The two words that a contraction stands for: "we're" is "we" and "are".
    pub(crate) fn apart(&self, word: &str) -> Option<(String, String)> {
        // Nearly every word is none: seen without a copy.
        if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            let [first, second] = self.apart.get(word)?.as_slice() else { return None };
            return Some((first.clone(), second.clone()));
        }
        let word = word.to_lowercase().replace('’', "'");
        if let Some([first, second]) = self.apart.get(&word).map(Vec::as_slice) {
            return Some((first.clone(), second.clone()));
        }
        let (ending, second) =
            self.contraction.iter().find(|(of, _)| word.ends_with(of.as_str()))?;
        let first = &word[..word.len() - ending.len()];
        (!first.is_empty()).then(|| (first.to_owned(), second.clone()))
    }
}

impl Spelling {
    /// The words that a house style has shortened, of a word as it is written: "U.S" is "united" and
    /// "states". None if it is none.
    pub(crate) fn in_full(&self, word: &str) -> &[String] {
        let is_short = word.len() <= 5 && word.starts_with(|c: char| c.is_ascii_uppercase());
        let words = is_short.then(|| self.short.get(word)).flatten();
        words.map_or(&[], Vec::as_slice)
    }
}

/// One spelling for words that are spelled in two ways.
pub(crate) fn spelling() -> &'static Spelling {
    static RULES: LazyLock<Spelling> =
        LazyLock::new(|| parse(include_str!("../rules/en/spelling.toml")));
    &RULES
}

/// Whether a folded word carries little: "the", "said".
pub(crate) fn is_little(word: &str) -> bool {
    #[derive(Deserialize)]
    struct Little {
        words: String,
    }
    static RULES: LazyLock<FxHashSet<String>> = LazyLock::new(|| {
        let Little { words } = parse(include_str!("../rules/en/little.toml"));
        words.split_whitespace().map(str::to_owned).collect()
    });
    RULES.contains(word)
}

/// Whether a folded word, put in, left out or changed for another such, leaves what is said as it
/// was: "the", "that", "uh".
pub(crate) fn is_slight(word: &str) -> bool {
    #[derive(Deserialize)]
    struct Slight {
        words: Vec<String>,
    }
    static RULES: LazyLock<Slight> =
        LazyLock::new(|| parse(include_str!("../rules/en/slight.toml")));
    RULES.words.iter().any(|slight| slight == word)
}

/// Whether a folded word opens a condition or an exception: "if", "unless".
pub(crate) fn is_condition(word: &str) -> bool {
    #[derive(Deserialize)]
    struct Conditions {
        words: Vec<String>,
    }
    static RULES: LazyLock<Conditions> =
        LazyLock::new(|| parse(include_str!("../rules/en/conditions.toml")));
    RULES.words.iter().any(|condition| condition == word)
}

/// Words that hold back what a sentence says.
#[derive(Debug, Deserialize)]
pub(crate) struct Hedges {
    /// Those that hold back a headline.
    pub(crate) words: FxHashSet<String>,
    /// Those that hold back a sentence of the body.
    pub(crate) body: FxHashSet<String>,
    /// What a body says of a thing that is not done.
    pub(crate) undone: Vec<String>,
    /// Words by which a headline gives words to somebody else.
    pub(crate) said: FxHashSet<String>,
    before: FxHashSet<String>,
    before_to: FxHashSet<String>,
    between: FxHashSet<String>,
}

impl Hedges {
    /// Whether the words before a verb, folded, hold it back: "could", "threatened to".
    pub(crate) fn hold_back(&self, before: &[&str]) -> bool {
        let is_between =
            |word: &&&str| self.between.contains(**word) || word.len() > 4 && word.ends_with("ly");
        let mut last = before.iter().rev().skip_while(is_between);
        match last.next() {
            Some(&"to") => last
                .find(|word| !is_between(word))
                .is_some_and(|word| self.before_to.contains(*word) || self.before.contains(*word)),
            Some(word) => self.before.contains(*word),
            None => false,
        }
    }
}

/// Words that hold back what a sentence says.
pub(crate) fn rules_of_headlines() -> &'static Hedges {
    static RULES: LazyLock<Hedges> =
        LazyLock::new(|| parse(include_str!("../rules/en/hedges.toml")));
    &RULES
}

/// A news agency and the forms in which credit lines name it.
#[derive(Debug, Deserialize)]
struct Agency {
    name: String,
    forms: Vec<String>,
}

/// The agency that `credit` names, by its short name: "By The Associated Press" is "AP".
pub(crate) fn agency(credit: &str) -> Option<&'static str> {
    #[derive(Deserialize)]
    struct Agencies {
        agency: Vec<Agency>,
    }
    static RULES: LazyLock<Agencies> =
        LazyLock::new(|| parse(include_str!("../rules/en/agencies.toml")));
    let is_form = |form: &str| {
        credit.match_indices(form).any(|(at, _)| {
            let before = credit[..at].chars().next_back();
            let after = credit[at + form.len()..].chars().next();
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
        })
    };
    RULES
        .agency
        .iter()
        .find(|agency| agency.forms.iter().any(|form| is_form(form)))
        .map(|agency| agency.name.as_str())
}

/// Words about outlets and what they pass on.
#[derive(Debug, Deserialize)]
pub(crate) struct Outlets {
    words: FxHashSet<String>,
    alone: Vec<String>,
    no_outlets: Vec<String>,
    passing: FxHashSet<String>,
    telling: FxHashSet<String>,
    of_telling: FxHashSet<String>,
    heads: FxHashMap<String, String>,
    no_names: FxHashSet<String>,
}

impl Outlets {
    /// Whether a name is an outlet's, by its last word.
    pub(crate) fn names(&self, name: &str) -> bool {
        let last = name.split_whitespace().last().map(crate::words::folded);
        last.is_some_and(|last| self.words.contains(&last))
    }

    /// Whether a name in lower case is no outlet's, though it ends as one: "intelligence agency".
    pub(crate) fn is_no_outlet(&self, name: &str) -> bool {
        self.alone.iter().any(|known| name == known)
            || self
                .no_outlets
                .iter()
                .any(|known| name.ends_with(known.as_str()) && name.contains(' '))
    }

    /// Whether a folded word with a capital names nothing: "Monday".
    pub(crate) fn names_nothing(&self, word: &str) -> bool {
        self.no_names.contains(word)
    }

    /// Whether a folded word says that something comes from elsewhere.
    pub(crate) fn passes(&self, word: &str) -> bool {
        self.passing.contains(word)
    }

    /// Whether whom it has behind it is told something: "told", "informed".
    pub(crate) fn tells(&self, word: &str) -> bool {
        self.telling.contains(word)
    }

    /// Whether a folded word is about the telling, not about what is told: "officials", "citing".
    pub(crate) fn is_of_telling(&self, word: &str) -> bool {
        self.of_telling.contains(word)
            || self.passing.contains(word)
            || self.heads.contains_key(word)
    }

    /// What an unnamed source is called by, in one form: "officials" and "authorities" are
    /// "official".
    pub(crate) fn source_head(&self, word: &str) -> Option<&str> {
        self.heads.get(word).map(String::as_str)
    }
}

pub(crate) fn outlets() -> &'static Outlets {
    static OUTLETS: LazyLock<Outlets> =
        LazyLock::new(|| parse(include_str!("../rules/en/outlets.toml")));
    &OUTLETS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_file_reads() {
        let mut word = "neighbourhood".to_owned();
        spelling().fold(&mut word);
        assert_eq!(word, "neighborhood");
        assert!(is_little("the") && !is_little("harbor"));
        assert_eq!(agency("By The Associated Press"), Some("AP"));
        assert_eq!(agency("APRIL"), None);
    }

    #[test]
    fn a_contraction_is_two_words() {
        assert_eq!(spelling().apart("We’re"), Some(("we".to_owned(), "are".to_owned())));
        assert_eq!(spelling().apart("can't"), Some(("can".to_owned(), "not".to_owned())));
        assert_eq!(spelling().apart("cannot"), spelling().apart("Can’t"));
        assert_eq!(spelling().apart("Lorne's"), None);
    }
}
