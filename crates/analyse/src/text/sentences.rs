//! Sentences: runs of tokens that end at a stop.
//!
//! ```text
//! "It is late. We wait," she said. He left.   →   "It is late. | We wait," she said. | He left.
//! ```
//!
//! A stop inside a quotation ends a sentence there, and closing marks stay with what they close.
//! What abbreviations do is data: `rules/en/abbreviations.toml`.

use super::tokens::{Token, TokenKind};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::ops::Range;
use std::sync::LazyLock;

/// When a sentence may end at an abbreviation's stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum After {
    /// Never.
    Never,
    /// If the next word is one that opens sentences.
    Opener,
    /// Always, unless a number follows: then the stop is the word's.
    Number,
}

#[derive(Debug, Deserialize)]
struct Rules {
    abbreviation: Vec<Rule>,
    openers: Openers,
}

#[derive(Debug, Deserialize)]
struct Rule {
    r#match: Vec<String>,
    after: After,
    exact: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Openers {
    r#match: Vec<String>,
}

/// The rules as they stand in their file.
pub(super) const ABBREVIATIONS_TOML: &str = include_str!("../../rules/en/abbreviations.toml");

static RULES: LazyLock<Rules> =
    LazyLock::new(|| toml::from_str(ABBREVIATIONS_TOML).expect("tested: it parses"));

/// What may follow each abbreviation, and whether it needs a capital.
static ABBREVIATIONS: LazyLock<FxHashMap<&str, (After, bool)>> = LazyLock::new(|| {
    let rules = RULES.abbreviation.iter();
    rules
        .flat_map(|rule| {
            rule.r#match.iter().map(|word| (word.as_str(), (rule.after, rule.exact.is_some())))
        })
        .collect()
});

static OPENERS: LazyLock<FxHashSet<&str>> =
    LazyLock::new(|| RULES.openers.r#match.iter().map(String::as_str).collect());

/// Verbs that attribute the quotation before them: "'Why?' Voss asked" is one sentence.
const ATTRIBUTING: &[&str] = &[
    "said",
    "says",
    "say",
    "asked",
    "asks",
    "told",
    "wrote",
    "writes",
    "added",
    "tweeted",
    "posted",
    "shouted",
    "replied",
    "cried",
    "yelled",
    "joked",
    "exclaimed",
    "answered",
    "responded",
    "continued",
    "insisted",
    "remarked",
    "quipped",
    "recalled",
    "wondered",
    "declared",
    "warned",
];

/// What may follow "a.m." inside a sentence.
const AFTER_HOUR: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "eastern",
    "central",
    "pacific",
    "mountain",
    "local",
    "et",
    "est",
    "edt",
    "pt",
    "pst",
    "pdt",
    "ct",
    "cst",
    "cdt",
    "gmt",
    "utc",
    "bst",
    "cet",
];

/// What the stop of `word` (given without it) says, if it is an abbreviation.
pub(super) fn abbreviation(word: &str) -> Option<After> {
    if word.len() > 6 || !word.is_ascii() {
        return None;
    }
    let &(after, needs_capital) = ABBREVIATIONS.get(word.to_ascii_lowercase().as_str())?;
    (!needs_capital || word.starts_with(|c: char| c.is_ascii_uppercase())).then_some(after)
}

/// The sentences of the tokens from `from`, as ranges of tokens; every token is in one.
pub(super) fn sentences(text: &str, tokens: &[Token], from: usize) -> Vec<Range<usize>> {
    let cut = Cut { text, tokens };
    let mut sentences = Vec::new();
    let mut start = from;
    let mut i = from;
    while i < tokens.len() {
        let is_bullet = i > start && cut.word(i) == "•";
        if is_bullet {
            sentences.push(start..i);
            start = i;
        }
        match cut.end_at(i) {
            Some(end) => {
                sentences.push(start..end);
                start = end;
                i = end;
            }
            None => i += 1,
        }
    }
    if start < tokens.len() {
        sentences.push(start..tokens.len());
    }
    sentences
}

struct Cut<'t> {
    text: &'t str,
    tokens: &'t [Token],
}

impl<'t> Cut<'t> {
    fn word(&self, i: usize) -> &'t str {
        self.tokens[i].span.of(self.text)
    }

    /// If a sentence ends with token `i` and what closes after it: the token after those.
    fn end_at(&self, i: usize) -> Option<usize> {
        let word = self.word(i);
        let is_stop =
            self.tokens[i].kind == TokenKind::Mark && (word.starts_with(['.', '!', '?', '…']));
        let is_abbreviation =
            self.tokens[i].kind == TokenKind::Word && word.len() > 1 && word.ends_with('.');
        if !is_stop && !is_abbreviation {
            return None;
        }
        let mut end = i + 1;
        let mut has_closing_mark = false;
        while end < self.tokens.len() && self.closes(end) {
            has_closing_mark |= self.tokens[end].kind == TokenKind::Quote;
            end += 1;
        }
        let Some(next) = (end..self.tokens.len()).find(|&n| !self.opens(n)) else {
            return Some(self.tokens.len());
        };
        if self.tokens[next].kind == TokenKind::Number {
            let is_glued = self.tokens[next].is_glued && next == end;
            return (is_stop && !is_glued).then_some(end);
        }
        let first = self.word(next);
        if !first.starts_with(char::is_uppercase) && !first.starts_with(|c: char| is_caseless(c)) {
            return None;
        }
        let goes_on = if is_abbreviation {
            self.goes_on_after_abbreviation(word, first)
        } else {
            word.starts_with(['!', '?']) && has_closing_mark && self.is_attributed(next)
        };
        (!goes_on).then_some(end)
    }

    fn goes_on_after_abbreviation(&self, word: &str, next: &str) -> bool {
        let next = next.to_lowercase();
        if word.eq_ignore_ascii_case("a.m.") || word.eq_ignore_ascii_case("p.m.") {
            return AFTER_HOUR.contains(&next.as_str());
        }
        let bare = word.trim_end_matches('.').rsplit('-').next().unwrap_or(word);
        match abbreviation(bare) {
            Some(After::Never) => true,
            _ => !OPENERS.contains(next.as_str()),
        }
    }

    /// Whether a name and a verb of saying follow: "…?" Voss asked.
    fn is_attributed(&self, from: usize) -> bool {
        (from..self.tokens.len().min(from + 7))
            .take_while(|&i| {
                self.tokens[i].kind != TokenKind::Quote && !self.word(i).starts_with(['.', '?'])
            })
            .any(|i| ATTRIBUTING.contains(&self.word(i)))
    }

    /// Whether token `i` closes the sentence before it: a mark or bracket glued to it.
    fn closes(&self, i: usize) -> bool {
        let word = self.word(i);
        let token = self.tokens[i];
        match token.kind {
            TokenKind::Quote if matches!(word, "”" | "»") => true,
            TokenKind::Quote => token.is_glued && !matches!(word, "“" | "„" | "«" | "‘" | "``"),
            TokenKind::Mark => {
                let is_closer = matches!(word.as_bytes()[0], b'.' | b'!' | b'?' | b')' | b']');
                token.is_glued && (is_closer || word == "…")
            }
            _ => false,
        }
    }

    /// Whether token `i` may stand before the first word of a sentence.
    fn opens(&self, i: usize) -> bool {
        match self.tokens[i].kind {
            TokenKind::Quote => true,
            TokenKind::Mark => {
                matches!(self.word(i), "(" | "[" | "–" | "—" | "―" | "-" | "--" | "•")
            }
            TokenKind::Symbol => self.word(i).len() == 1,
            _ => false,
        }
    }
}

/// Letters of a script without case.
fn is_caseless(c: char) -> bool {
    c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase()
}
