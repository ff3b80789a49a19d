//! Cardinal numbers in digits and words: "31,000", "1.3 million", "two hundred and fifty", "5 1/2",
//! "a dozen", "half a million".
//!
//! ```text
//! "twenty - five thousand people"   from its first token   →   25,000 up to "people"
//! ```
//!
//! Words and their values are data: `rules/en/numbers.toml`. Not handled: ordinals, numbers in
//! other scripts, bare plurals ("thousands"), which are no number but a bound.

use crate::text::{Prose, TokenKind};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

const NUMBERS_TOML: &str = include_str!("../../rules/en/numbers.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    small: BTreeMap<String, f64>,
    hundred: BTreeMap<String, f64>,
    scale: BTreeMap<String, f64>,
    short_scale: BTreeMap<String, f64>,
    dozen: BTreeMap<String, f64>,
    fraction: BTreeMap<String, f64>,
}

static RULES: LazyLock<Rules> =
    LazyLock::new(|| toml::from_str(NUMBERS_TOML).expect("tested: it parses"));

/// What a number word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Small,
    Hundred,
    Scale,
    ShortScale,
    Dozen,
    Fraction,
}

static WORDS: LazyLock<FxHashMap<&'static str, (Part, f64)>> = LazyLock::new(|| {
    let rules: &'static Rules = &RULES;
    [
        (&rules.short_scale, Part::ShortScale),
        (&rules.fraction, Part::Fraction),
        (&rules.small, Part::Small),
        (&rules.hundred, Part::Hundred),
        (&rules.scale, Part::Scale),
        (&rules.dozen, Part::Dozen),
    ]
    .into_iter()
    .flat_map(|(words, part)| {
        words.iter().map(move |(word, value)| (word.as_str(), (part, *value)))
    })
    .collect()
});

/// The words a number may begin with.
pub(crate) fn words() -> impl Iterator<Item = &'static str> {
    let rules: &'static Rules = &RULES;
    let lists = [&rules.small, &rules.hundred, &rules.scale, &rules.dozen];
    lists.into_iter().flat_map(|list| list.keys()).map(String::as_str).chain(["a", "half"])
}

/// What a lower-case word is as part of a number.
pub(crate) fn part(low: &str) -> Option<(Part, f64)> {
    if low.len() > 11 { None } else { WORDS.get(low).copied() }
}

/// A cardinal and where it ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Number {
    /// Its value.
    pub(crate) value: f64,
    /// One past its last token.
    pub(crate) end: usize,
    /// Whether it is, or begins, in digits.
    pub(crate) is_digits: bool,
    /// Whether a scale word is in it: "million".
    pub(crate) is_scaled: bool,
}

/// The longest cardinal that begins at `token` and ends before `limit`.
pub(crate) fn number(prose: &Prose, token: usize, limit: usize) -> Option<Number> {
    let read = Reader { prose, limit };
    match prose.tokens[token].kind {
        TokenKind::Number => read.digits(token),
        TokenKind::Word => read.words(token),
        TokenKind::Symbol => read.vulgar(token).map(|value| Number {
            value,
            end: token + 1,
            is_digits: true,
            is_scaled: false,
        }),
        _ => None,
    }
}

/// The value of a token in digits alone: "31,000", "41.20"; not "7th", "4:49".
pub(crate) fn digits_value(word: &str) -> Option<f64> {
    if word.len() > 24 || !word.bytes().all(|b| b.is_ascii_digit() || b == b',' || b == b'.') {
        return None;
    }
    // "3.14.15" is a version, not a number.
    if word.bytes().filter(|&b| b == b'.').count() > 1 {
        return None;
    }
    if word.contains(',') { word.replace(',', "").parse().ok() } else { word.parse().ok() }
}

/// 16.4 times a million, without the error of binary fractions.
fn times(value: f64, scale: f64) -> f64 {
    let exponent = scale.log10().round() as i32;
    format!("{value}e{exponent}").parse().unwrap_or(value * scale)
}

struct Reader<'p, 'r> {
    prose: &'p Prose<'r>,
    limit: usize,
}

impl Reader<'_, '_> {
    fn low(&self, i: usize) -> &str {
        if i < self.limit { self.prose.low(i) } else { "" }
    }

    fn is_glued(&self, i: usize) -> bool {
        i < self.limit && self.prose.tokens[i].is_glued
    }

    fn part(&self, i: usize) -> Option<(Part, f64)> {
        if i < self.limit && self.prose.tokens[i].kind == TokenKind::Word {
            part(self.prose.low(i))
        } else {
            None
        }
    }

    /// "½" and its like.
    fn vulgar(&self, i: usize) -> Option<f64> {
        if i >= self.limit {
            return None;
        }
        Some(match self.prose.word(i) {
            "½" => 0.5,
            "¼" => 0.25,
            "¾" => 0.75,
            "⅓" => 1.0 / 3.0,
            "⅔" => 2.0 / 3.0,
            "⅛" => 0.125,
            "⅜" => 0.375,
            "⅝" => 0.625,
            "⅞" => 0.875,
            _ => return None,
        })
    }

    /// "1/2" in three tokens, from its first.
    fn slashed(&self, i: usize) -> Option<f64> {
        let is_fraction = i + 2 < self.limit
            && self.prose.word(i + 1) == "/"
            && self.is_glued(i + 1)
            && self.is_glued(i + 2);
        if !is_fraction {
            return None;
        }
        let (over, under) = (digits_value(self.low(i))?, digits_value(self.low(i + 2))?);
        // "9/11" and "24/7" are none.
        let is_common = [2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 16.0, 32.0, 64.0].contains(&under);
        (is_common && over >= 1.0 && over < under && over.fract() == 0.0).then(|| over / under)
    }

    fn digits(&self, token: usize) -> Option<Number> {
        if let Some(value) = self.slashed(token) {
            return Some(Number { value, end: token + 3, is_digits: true, is_scaled: false });
        }
        let mut value = digits_value(self.prose.low(token))?;
        let mut end = token + 1;
        if value.fract() == 0.0 && value < 10_000.0 {
            let hyphen = usize::from(self.low(end) == "-" && self.is_glued(end));
            let is_number = end + hyphen < self.limit
                && self.prose.tokens[end + hyphen].kind == TokenKind::Number;
            if let Some(vulgar) = self.vulgar(end) {
                value += vulgar;
                end += 1;
            } else if is_number && let Some(part) = self.slashed(end + hyphen) {
                value += part;
                end += hyphen + 3;
            } else if self.low(end) == "and"
                && self.low(end + 1) == "a"
                && self.low(end + 2) == "half"
            {
                value += 0.5;
                end += 3;
            }
        }
        let (value, end, is_scaled) = self.scaled(value, end, true);
        Some(Number { value, end, is_digits: true, is_scaled })
    }

    /// Times the scale words that follow.
    fn scaled(&self, mut value: f64, mut end: usize, is_digits: bool) -> (f64, usize, bool) {
        let mut is_scaled = false;
        loop {
            let hyphen = usize::from(self.low(end) == "-" && self.is_glued(end));
            match self.part(end + hyphen) {
                Some((Part::Scale, scale)) => value = times(value, scale),
                Some((Part::Hundred, scale)) if is_digits && value < 100.0 => value *= scale,
                Some((Part::Dozen, scale)) if self.low(end + hyphen) == "dozen" => value *= scale,
                Some((Part::ShortScale, scale))
                    if is_digits && !is_scaled && hyphen == 0 && self.is_short_scale(end) =>
                {
                    value = times(value, scale);
                }
                _ => return (value, end, is_scaled),
            }
            is_scaled = true;
            end += hyphen + 1;
        }
    }

    /// Whether the letters at `end` scale: glued ones ("5bn", "$3m"), or "bn" and "mln" apart. "5m"
    /// alone is five metres.
    fn is_short_scale(&self, end: usize) -> bool {
        let low = self.low(end);
        let is_money = end >= 2 && {
            let before = self.prose.word(end - 2);
            before.ends_with(['$', '£', '€', '¥', '₹', '₪', '₽', '₩', '₦'])
        };
        match low {
            "bn" | "mn" | "mln" | "bln" | "tn" | "trn" => true,
            "k" => self.is_glued(end) || is_money,
            // "1.8M dollars".
            // "10M views", "1.5B people"; "5m" alone is five metres.
            "m" | "b" => {
                let is_large = matches!(self.prose.word(end), "M" | "B") && self.is_glued(end);
                is_large
                    || is_money
                    || matches!(self.low(end + 1), "dollars" | "euros" | "pounds" | "people")
            }
            _ => false,
        }
    }

    fn words(&self, token: usize) -> Option<Number> {
        let mut at = token;
        let low = self.low(token);
        let hyphen = |at: usize| usize::from(self.low(at) == "-" && self.is_glued(at));
        let words = |value: f64, end: usize| {
            Some(Number { value, end, is_digits: false, is_scaled: false })
        };
        if low == "half" {
            // "half a million", "half-million", "half a dozen".
            let next = token + 1 + hyphen(token + 1);
            let next = next + usize::from(matches!(self.low(next), "a" | "an"));
            return match self.part(next) {
                Some((Part::Scale | Part::Hundred, scale)) => {
                    words(scale / 2.0, next + 1).map(|number| Number { is_scaled: true, ..number })
                }
                Some((Part::Dozen, scale)) if self.low(next) == "dozen" => {
                    words(scale / 2.0, next + 1)
                }
                _ => None,
            };
        }
        let mut has_article = false;
        if matches!(low, "a" | "an") {
            has_article = true;
            at += 1;
            if self.low(at) == "half" && hyphen(at + 1) == 1 {
                return self.words(at);
            }
        }
        // "a quarter million", "a quarter of a million".
        if has_article && self.low(at) == "quarter" {
            let of = if self.low(at + 1) == "of" && self.low(at + 2) == "a" { 2 } else { 0 };
            let next = at + 1 + of;
            return match self.part(next) {
                Some((Part::Scale, scale)) => {
                    words(scale / 4.0, next + 1).map(|number| Number { is_scaled: true, ..number })
                }
                _ => None,
            };
        }
        let (mut total, mut current, mut seen) = (0.0, None::<f64>, false);
        let mut is_scaled = false;
        let mut least_scale = f64::INFINITY;
        while let Some((part, value)) = self.part(at) {
            match part {
                Part::Small if has_article && !seen => return None,
                Part::Small => {
                    let fits = current.is_none_or(|current: f64| {
                        current >= 20.0 && current % 10.0 == 0.0 && (1.0..10.0).contains(&value)
                            || current >= 100.0 && current % 100.0 == 0.0
                    });
                    if !fits {
                        break;
                    }
                    current = Some(current.unwrap_or(0.0) + value);
                }
                Part::Hundred if seen || has_article => {
                    current = Some(current.unwrap_or(1.0) * value);
                }
                Part::Scale if (seen || has_article) && value < least_scale => {
                    total += current.unwrap_or(1.0) * value;
                    current = None;
                    least_scale = value;
                    is_scaled = true;
                }
                Part::Dozen if low != "dozen" => {
                    let is_couple = self.low(at) == "couple";
                    let is_score = self.low(at) == "score";
                    // "a score of jets", not "a score of 41".
                    let is_twenty = has_article
                        && self.low(at + 1) == "of"
                        && at + 2 < self.limit
                        && self.prose.tokens[at + 2].kind == TokenKind::Word
                        && self.prose.low(at + 2).ends_with('s')
                        && self.part(at + 2).is_none();
                    if is_score && !seen && !is_twenty || is_couple && (seen || !has_article) {
                        break;
                    }
                    total += current.unwrap_or(1.0) * value;
                    current = None;
                    at += 1;
                    seen = true;
                    // "a couple of days", "two dozen of them".
                    if is_couple && self.low(at) == "of" {
                        at += 1;
                    }
                    break;
                }
                _ => break,
            }
            seen = true;
            at += 1;
            // "twenty-five", "two hundred and fifty", "one and a half million".
            let glue = hyphen(at);
            let joined = ["-", "and", "-", "a", "-", "half"];
            if joined.iter().enumerate().all(|(more, word)| self.low(at + more) == *word) {
                current = Some(current.unwrap_or(0.0) + 0.5);
                at += joined.len();
            } else if self.low(at) == "and" && self.low(at + 1) == "a" && self.low(at + 2) == "half"
            {
                current = Some(current.unwrap_or(0.0) + 0.5);
                at += 3;
            } else {
                let next = self.part(at + 1).map(|(part, _)| part);
                let is_hyphened = glue == 1
                    && next.is_some_and(|p| !matches!(p, Part::ShortScale | Part::Fraction));
                let is_added = self.low(at) == "and"
                    && (current.is_some_and(|c| c >= 100.0) || is_scaled && current.is_none())
                    && next == Some(Part::Small);
                at += usize::from(is_hyphened || is_added);
            }
        }
        if !seen {
            return None;
        }
        // A join that led nowhere is not part of it: "twenty-" before a word that is no number.
        let value = total + current.unwrap_or(0.0);
        let last = self.prose.low(at - 1);
        let end = if last == "-" || last == "and" { at - 1 } else { at };
        Some(Number { value, end, is_digits: false, is_scaled })
    }
}
