//! Patterns over tokens, compiled once and indexed by their first word.
//!
//! In: word classes and patterns, written as strings in the rule files. Out: for a place in the
//! prose, each pattern that matches there, with what its classes captured.
//!
//! ```text
//! "<month> <day> ,? <year>"   over   "Oct. 7, 2023"   →   month = 10, day = 7, year = 2023
//! ```
//!
//! A pattern is a row of elements with blanks between them: `word` (or `one|other`, in lower case),
//! `<class>` (captured under the class's name), `<class:name>` (under another name), each with `?`
//! where it may be missing. Not handled: repetition, gaps, nesting; a rule that needs those needs
//! two patterns, or a second pass over what the first found (`<date>`).

pub(crate) mod numbers;

use crate::text::{Prose, TokenKind};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A word class as its file gives it: the words and what each stands for.
#[derive(Debug, Deserialize)]
pub(crate) struct ClassRule {
    /// Whether the first letter must be a capital.
    #[serde(default)]
    pub(crate) capital: bool,
    /// Each word and its value.
    pub(crate) words: BTreeMap<String, ClassValue>,
}

/// What a word of a class stands for.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub(crate) enum ClassValue {
    Number(f64),
    Text(String),
}

/// What an element captured.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Value {
    Number(f64),
    Text(&'static str),
    /// The number of something that an earlier pass found.
    Item(usize),
}

/// A capture: under which name, what, and between which tokens.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Capture {
    pub(crate) name: &'static str,
    pub(crate) value: Value,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// What a pattern captured, in order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Captures(Vec<Capture>);

impl Captures {
    /// The capture of this name.
    pub(crate) fn get(&self, name: &str) -> Option<&Capture> {
        self.0.iter().find(|capture| capture.name == name)
    }

    /// Its number.
    pub(crate) fn number(&self, name: &str) -> Option<f64> {
        match self.get(name)?.value {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// Its number, if whole.
    pub(crate) fn whole(&self, name: &str) -> Option<i32> {
        let number = self.number(name)?;
        (number.fract() == 0.0 && number.abs() < 1e9).then_some(number as i32)
    }

    /// Its text.
    pub(crate) fn text(&self, name: &str) -> Option<&'static str> {
        match self.get(name)?.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number of the thing found before.
    pub(crate) fn item(&self, name: &str) -> Option<usize> {
        match self.get(name)?.value {
            Value::Item(item) => Some(item),
            _ => None,
        }
    }
}

/// Classes that code decides, not a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum BuiltIn {
    /// A cardinal in digits or words: "31,000", "two and a half", "a dozen".
    Number,
    /// 1 to 31, with or without "st", "nd", "rd", "th".
    Day,
    /// 1 to 31 with its ending.
    DayTh,
    /// 1000 to 2199 in four digits.
    Year,
    /// "'98".
    ShortYear,
    /// "1990s", "'90s", "60s": the first year.
    Decade,
    /// "4:49", "16.30": minutes of the day.
    Clock,
    /// "0735": minutes of the day.
    Clock4,
    /// 1 to 12 without ending.
    Hour,
    /// One or two digits.
    TwoDigits,
    /// Something an earlier pass found.
    Item,
    /// Any capitalised word; not as the first element.
    Name,
}

const BUILT_IN: &[(&str, BuiltIn)] = &[
    ("number", BuiltIn::Number),
    ("day", BuiltIn::Day),
    ("dayth", BuiltIn::DayTh),
    ("year", BuiltIn::Year),
    ("shortyear", BuiltIn::ShortYear),
    ("decade", BuiltIn::Decade),
    ("clock", BuiltIn::Clock),
    ("clock4", BuiltIn::Clock4),
    ("hour", BuiltIn::Hour),
    ("twodigits", BuiltIn::TwoDigits),
    ("date", BuiltIn::Item),
    ("time", BuiltIn::Item),
    ("length", BuiltIn::Item),
    ("name", BuiltIn::Name),
];

#[derive(Debug, Clone)]
enum Kind {
    Words(Vec<u16>),
    Class(u8),
    BuiltIn(BuiltIn),
}

#[derive(Debug, Clone)]
struct Element {
    kind: Kind,
    name: &'static str,
    /// The class as written.
    class: &'static str,
    is_optional: bool,
}

struct Pattern {
    rule: u16,
    pass: u8,
    elements: Vec<Element>,
}

/// One context condition: words or classes, one of which must (or must not) stand there.
#[derive(Default)]
pub(crate) struct Context {
    words: Vec<u16>,
    classes: Vec<u8>,
    /// Whether the sentence's edge is one of them (`<edge>`).
    edge: bool,
    /// Whether any number is (`<number>`).
    number: bool,
    /// Whether any capitalised word is, but for a sentence's first (`<name>`).
    name: bool,
    /// Whether any word in lower case that is no function word is (`<noun>`).
    noun: bool,
}

/// All patterns of some rules, ready to match.
pub(crate) struct Patterns {
    words: FxHashMap<&'static str, u16>,
    /// By word: its classes, each with whether it needs a capital, and its value.
    classes: Vec<Vec<(u8, bool, Value)>>,
    class_names: Vec<&'static str>,
    patterns: Vec<Pattern>,
    passes: [Index; PASSES],
}

/// How many passes there may be.
const PASSES: usize = 2;

/// Where the patterns of one pass may begin.
#[derive(Default)]
struct Index {
    by_word: Vec<Vec<u16>>,
    /// A number in digits.
    by_digit: Vec<u16>,
    /// What an earlier pass found.
    by_item: Vec<u16>,
}

/// The word of the table that a token is; 0 for none.
pub(crate) type Word = u16;

/// A match: the rule, one past its last token, its captures.
pub(crate) struct Match {
    pub(crate) rule: usize,
    pub(crate) end: usize,
    pub(crate) captures: Captures,
}

/// What a pass finds at a token: the thing's number and one past its last token, if one of the
/// class ("date", "time", "length") starts there.
pub(crate) trait Items {
    fn item(&self, class: &str, token: usize) -> Option<(usize, usize)>;
}

/// Nothing was found before.
pub(crate) struct NoItems;

impl Items for NoItems {
    fn item(&self, _: &str, _: usize) -> Option<(usize, usize)> {
        None
    }
}

impl Patterns {
    /// Compiles the patterns of rules over these classes; each rule with its pass, from 0.
    ///
    /// # Errors
    /// Says which pattern names a class that is not there.
    pub(crate) fn new(
        classes: &'static BTreeMap<String, ClassRule>,
        rules: &[(&'static [String], usize)],
    ) -> Result<Self, String> {
        let mut made = Self {
            words: FxHashMap::default(),
            classes: vec![Vec::new()],
            class_names: classes.keys().map(String::as_str).collect(),
            patterns: Vec::new(),
            passes: Default::default(),
        };
        for (number, class) in classes.values().enumerate() {
            for (word, value) in &class.words {
                let word = made.intern(word);
                let value = match value {
                    ClassValue::Number(number) => Value::Number(*number),
                    ClassValue::Text(text) => Value::Text(text),
                };
                made.classes[word as usize].push((number as u8, class.capital, value));
            }
        }
        for word in numbers::words() {
            made.intern(word);
        }
        for (rule, (patterns, pass)) in rules.iter().enumerate() {
            for pattern in *patterns {
                let elements = made.elements(pattern)?;
                made.patterns.push(Pattern { rule: rule as u16, pass: *pass as u8, elements });
            }
        }
        for pass in 0..PASSES {
            made.passes[pass] = made.index(pass as u8);
        }
        Ok(made)
    }

    fn intern(&mut self, word: &'static str) -> u16 {
        let next = self.classes.len() as u16;
        let number = *self.words.entry(word).or_insert(next);
        if number == next {
            self.classes.push(Vec::new());
        }
        number
    }

    fn elements(&mut self, pattern: &'static str) -> Result<Vec<Element>, String> {
        pattern.split_ascii_whitespace().map(|element| self.element(element, pattern)).collect()
    }

    fn element(&mut self, element: &'static str, pattern: &str) -> Result<Element, String> {
        let (body, is_optional) = match element.strip_suffix('?') {
            Some(body) if !body.is_empty() => (body, true),
            _ => (element, false),
        };
        let Some(class) = body.strip_prefix('<').and_then(|body| body.strip_suffix('>')) else {
            let words = body.split('|').map(|word| self.intern(word)).collect();
            return Ok(Element { kind: Kind::Words(words), name: "", class: "", is_optional });
        };
        let (class, name) = class.split_once(':').unwrap_or((class, class));
        let built_in = BUILT_IN.iter().find(|(known, _)| *known == class);
        let kind = match built_in {
            Some(&(_, built_in)) => Kind::BuiltIn(built_in),
            None => Kind::Class(
                self.class(class).ok_or_else(|| format!("no class <{class}>: {pattern}"))?,
            ),
        };
        Ok(Element { kind, name, class, is_optional })
    }

    fn class(&self, name: &str) -> Option<u8> {
        self.class_names.iter().position(|known| *known == name).map(|number| number as u8)
    }

    fn index(&self, pass: u8) -> Index {
        let mut by_word = vec![Vec::new(); self.classes.len()];
        let (mut by_digit, mut by_item) = (Vec::new(), Vec::new());
        let number_words: Vec<u16> = numbers::words().map(|word| self.words[word]).collect();
        for (number, pattern) in self.patterns.iter().enumerate() {
            let number = number as u16;
            if pattern.pass != pass {
                continue;
            }
            for element in &pattern.elements {
                match &element.kind {
                    Kind::Words(words) => {
                        words.iter().for_each(|&word| by_word[word as usize].push(number));
                    }
                    Kind::Class(class) => {
                        for (word, classes) in self.classes.iter().enumerate() {
                            if classes.iter().any(|(known, ..)| known == class) {
                                by_word[word].push(number);
                            }
                        }
                    }
                    Kind::BuiltIn(BuiltIn::Item) => by_item.push(number),
                    Kind::BuiltIn(built_in) => {
                        by_digit.push(number);
                        if *built_in == BuiltIn::Number {
                            number_words.iter().for_each(|&w| by_word[w as usize].push(number));
                        }
                    }
                }
                if !element.is_optional {
                    break;
                }
            }
        }
        for patterns in by_word.iter_mut().chain([&mut by_digit, &mut by_item]) {
            patterns.sort_unstable();
            patterns.dedup();
        }
        Index { by_word, by_digit, by_item }
    }

    /// The condition that one of these words or classes stands beside a match.
    ///
    /// # Errors
    /// Names the class that is not there.
    pub(crate) fn context(&self, words: &'static [String]) -> Result<Context, String> {
        let mut context = Context::default();
        for word in words {
            match word.strip_prefix('<').and_then(|word| word.strip_suffix('>')) {
                Some("number") => context.number = true,
                Some("edge") => context.edge = true,
                Some("name") => context.name = true,
                Some("noun") => context.noun = true,
                Some(class) => {
                    context.classes.push(self.class(class).ok_or(format!("no class <{class}>"))?);
                }
                None => context.words.push(
                    *self.words.get(word.as_str()).ok_or(format!("`{word}` is not interned"))?,
                ),
            }
        }
        Ok(context)
    }

    /// Gives words a place in the table, so that contexts can name them.
    pub(crate) fn intern_all(&mut self, words: impl Iterator<Item = &'static str>) {
        for word in words.filter(|word| !word.starts_with('<')) {
            self.intern(word);
        }
        for pass in &mut self.passes {
            pass.by_word.resize(self.classes.len(), Vec::new());
        }
    }

    /// The words of a prose's tokens.
    pub(crate) fn read(&self, prose: &Prose) -> Vec<Word> {
        (0..prose.tokens.len())
            .map(|i| {
                let low = prose.low(i);
                if low.len() > 18 { 0 } else { self.words.get(low).copied().unwrap_or(0) }
            })
            .collect()
    }

    /// Whether a word or number that a pattern of the first pass may begin with stands at `token`.
    pub(crate) fn may_start(&self, prose: &Prose, words: &[Word], token: usize) -> bool {
        prose.tokens[token].kind == TokenKind::Number
            || !self.passes[0].by_word[words[token] as usize].is_empty()
    }

    /// Each match of a pass at `token`, within the tokens before `limit`.
    pub(crate) fn each(
        &self,
        pass: usize,
        prose: &Prose,
        words: &[Word],
        token: usize,
        limit: usize,
        items: &impl Items,
        mut take: impl FnMut(Match),
    ) {
        let index = &self.passes[pass];
        let by_word: &[u16] = &index.by_word[words[token] as usize];
        let by_digit: &[u16] = match prose.tokens[token].kind {
            TokenKind::Number => &index.by_digit,
            _ => &[],
        };
        let by_item: &[u16] = &index.by_item;
        let scan = Scan { patterns: self, prose, words, limit, items };
        for list in [by_word, by_digit, by_item] {
            for &number in list {
                let pattern = &self.patterns[number as usize];
                let mut captures = Captures::default();
                if let Some(end) = scan.matches(&pattern.elements, token, &mut captures)
                    && end > token
                {
                    take(Match { rule: pattern.rule as usize, end, captures });
                }
            }
        }
    }

    /// Whether the condition holds at `token`, `None` for outside the sentence.
    pub(crate) fn holds(
        &self,
        context: &Context,
        prose: &Prose,
        words: &[Word],
        token: Option<usize>,
        is_first: bool,
    ) -> bool {
        let Some(token) = token else { return context.edge };
        context.words.contains(&words[token])
            || context.number && prose.tokens[token].kind == TokenKind::Number
            || context.name
                && !is_first
                && prose.tokens[token].kind == TokenKind::Word
                && is_capital(prose.word(token))
            || context.noun
                && prose.tokens[token].kind == TokenKind::Word
                && !is_capital(prose.word(token))
                && self.value("function", prose, words, token).is_none()
            || self.classes[words[token] as usize].iter().any(|(class, capital, _)| {
                context.classes.contains(class) && (!capital || is_capital(prose.word(token)))
            })
    }

    /// The value of the word at `token` in a class.
    pub(crate) fn value(
        &self,
        class: &str,
        prose: &Prose,
        words: &[Word],
        token: usize,
    ) -> Option<Value> {
        self.value_in(self.class(class)?, prose, words, token)
    }

    fn value_in(&self, class: u8, prose: &Prose, words: &[Word], token: usize) -> Option<Value> {
        let classes = &self.classes[words[token] as usize];
        let &(_, capital, value) = classes.iter().find(|(known, ..)| *known == class)?;
        (!capital || is_capital(prose.word(token))).then_some(value)
    }
}

struct Scan<'a, I> {
    patterns: &'a Patterns,
    prose: &'a Prose<'a>,
    words: &'a [Word],
    limit: usize,
    items: &'a I,
}

impl<I: Items> Scan<'_, I> {
    /// Matches the elements from `token`; gives one past the last token.
    fn matches(
        &self,
        elements: &[Element],
        token: usize,
        captures: &mut Captures,
    ) -> Option<usize> {
        let Some((first, rest)) = elements.split_first() else { return Some(token) };
        let kept = captures.0.len();
        if token < self.limit
            && let Some((value, end)) = self.take(first, token)
            && end <= self.limit
        {
            if let Some(value) = value {
                captures.0.push(Capture { name: first.name, value, start: token, end });
            }
            if let Some(end) = self.matches(rest, end, captures) {
                return Some(end);
            }
            captures.0.truncate(kept);
        }
        if first.is_optional { self.matches(rest, token, captures) } else { None }
    }

    fn take(&self, element: &Element, token: usize) -> Option<(Option<Value>, usize)> {
        let number = |value: f64| Some((Some(Value::Number(value)), token + 1));
        match &element.kind {
            Kind::Words(words) => {
                let word = self.words[token];
                (word != 0 && words.contains(&word)).then_some((None, token + 1))
            }
            Kind::Class(class) => {
                let value = self.patterns.value_in(*class, self.prose, self.words, token)?;
                Some((Some(value), token + 1))
            }
            Kind::BuiltIn(BuiltIn::Item) => {
                let (item, end) = self.items.item(element.class, token)?;
                Some((Some(Value::Item(item)), end))
            }
            Kind::BuiltIn(BuiltIn::Name) => {
                let is_name = self.prose.tokens[token].kind == TokenKind::Word
                    && is_capital(self.prose.word(token));
                is_name.then_some((None, token + 1))
            }
            Kind::BuiltIn(BuiltIn::Number) => {
                let found = numbers::number(self.prose, token, self.limit)?;
                Some((Some(Value::Number(found.value)), found.end))
            }
            Kind::BuiltIn(built_in) => {
                if self.prose.tokens[token].kind != TokenKind::Number {
                    return None;
                }
                number(digits(*built_in, self.prose.low(token))?)
            }
        }
    }
}

/// What a token in digits stands for in a class.
fn digits(class: BuiltIn, low: &str) -> Option<f64> {
    let whole = |text: &str, most: usize| -> Option<u32> {
        let is_digits = !text.is_empty() && text.len() <= most;
        (is_digits && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
    };
    let in_range = |number: u32, low: u32, high: u32| (low..=high).contains(&number);
    let found = match class {
        BuiltIn::Day | BuiltIn::DayTh => {
            let bare = low.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            let ending = &low[bare.len()..];
            let is_ending = matches!(ending, "st" | "nd" | "rd" | "th")
                || ending.is_empty() && class == BuiltIn::Day;
            whole(bare, 2).filter(|&day| is_ending && in_range(day, 1, 31))
        }
        BuiltIn::Year => {
            let year = if low.len() == 4 { whole(low, 4) } else { None };
            year.filter(|&year| in_range(year, 1000, 2199))
        }
        BuiltIn::ShortYear => whole(low.strip_prefix(['\'', '’', '‘', 'ʼ'])?, 2).map(century),
        BuiltIn::Decade => {
            let bare = low.strip_suffix('s')?;
            let short = bare.trim_start_matches(['\'', '’', '‘', 'ʼ']);
            let year = match whole(short, 4)? {
                year if short.len() == 4 && in_range(year, 1000, 2199) => year,
                year if short.len() == 2 => century(year),
                _ => return None,
            };
            (year % 10 == 0).then_some(year)
        }
        BuiltIn::Clock => {
            let (hour, minute) = low.split_once([':', '.'])?;
            let minute = minute.split(':').next().filter(|minute| minute.len() == 2)?;
            let (hour, minute) = (whole(hour, 2)?, whole(minute, 2)?);
            (hour < 24 && minute < 60).then_some(hour * 60 + minute)
        }
        BuiltIn::Clock4 => {
            let clock = if low.len() == 4 { whole(low, 4)? } else { return None };
            (clock / 100 < 24 && clock % 100 < 60).then_some(clock / 100 * 60 + clock % 100)
        }
        BuiltIn::Hour => whole(low, 2).filter(|&hour| in_range(hour, 1, 12)),
        BuiltIn::TwoDigits => whole(low, 2),
        BuiltIn::Number | BuiltIn::Item | BuiltIn::Name => None,
    };
    found.map(f64::from)
}

/// The year that two digits stand for: 30 and up in the last century.
fn century(year: u32) -> u32 {
    if year < 30 { 2000 + year } else { 1900 + year }
}

fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}
