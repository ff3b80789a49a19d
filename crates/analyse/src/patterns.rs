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

mod digits;
pub(crate) mod numbers;

use crate::text::{Prose, TokenKind};
use digits::{BuiltIn, after_lead, digits};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

const FUNCTION_TOML: &str = include_str!("../rules/en/function-words.toml");

#[derive(Debug, Deserialize)]
struct FunctionFile {
    words: Vec<String>,
}

static FUNCTION_FILE: LazyLock<FunctionFile> =
    LazyLock::new(|| toml::from_str(FUNCTION_TOML).expect("tested: it parses"));

static FUNCTION: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| function_words().collect());

/// Words that are no noun, adjective or verb of their own; in lower case.
pub(crate) fn function_words() -> impl Iterator<Item = &'static str> {
    let file: &'static FunctionFile = &FUNCTION_FILE;
    file.words.iter().map(String::as_str)
}

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

/// One place in the tree of patterns: what may come next, and which rules are complete here.
/// Patterns that begin alike share their nodes, so that each beginning is tried once.
#[derive(Default)]
struct Node {
    words: Vec<(Word, u32)>,
    /// The classes below, one bit each.
    mask: u64,
    classes: Vec<(u8, &'static str, u32)>,
    built_in: Vec<(BuiltIn, &'static str, &'static str, u32)>,
    rules: Vec<u16>,
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
    /// Whether any such word in -s is (`<plural>`).
    plural: bool,
}

/// All patterns of some rules, ready to match.
pub(crate) struct Patterns {
    words: FxHashMap<&'static str, u16>,
    /// By word: its classes, each with whether it needs a capital, and its value.
    classes: Vec<Vec<(u8, bool, Value)>>,
    class_names: Vec<&'static str>,
    /// By word: its classes, one bit each.
    masks: Vec<u64>,
    /// By word: whether a pattern of the first pass may begin with it.
    starts: Vec<bool>,
    /// The first `PASSES` are the roots.
    nodes: Vec<Node>,
}

/// How many passes there may be.
const PASSES: usize = 2;

/// The word of the table that a token is; 0 for none.
pub(crate) type Word = u16;

/// Where to match: a token, and where the sentence ends.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) prose: &'a Prose<'a>,
    pub(crate) words: &'a [Word],
    pub(crate) token: usize,
    pub(crate) limit: usize,
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
            masks: Vec::new(),
            starts: Vec::new(),
            nodes: (0..PASSES).map(|_| Node::default()).collect(),
        };
        if classes.len() > 64 {
            return Err("more than 64 classes".to_owned());
        }
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
                made.plant(*pass as u32, &elements, rule as u16);
            }
        }
        made.finish();
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

    /// Adds a pattern below `node`, once with and once without each element that may be missing.
    fn plant(&mut self, node: u32, elements: &[Element], rule: u16) {
        let Some((first, rest)) = elements.split_first() else {
            self.nodes[node as usize].rules.push(rule);
            return;
        };
        if first.is_optional {
            self.plant(node, rest, rule);
        }
        match &first.kind {
            Kind::Words(words) => {
                for &word in words {
                    let below = self.below(node, |node| {
                        node.words.iter().find(|(known, _)| *known == word).map(|edge| edge.1)
                    });
                    let below = below.unwrap_or_else(|new| {
                        self.nodes[node as usize].words.push((word, new));
                        new
                    });
                    self.plant(below, rest, rule);
                }
            }
            Kind::Class(class) => {
                let (class, name) = (*class, first.name);
                let below = self.below(node, |node| {
                    let mut edges = node.classes.iter();
                    edges.find(|edge| (edge.0, edge.1) == (class, name)).map(|edge| edge.2)
                });
                let below = below.unwrap_or_else(|new| {
                    self.nodes[node as usize].classes.push((class, name, new));
                    self.nodes[node as usize].mask |= 1 << class;
                    new
                });
                self.plant(below, rest, rule);
            }
            Kind::BuiltIn(built_in) => {
                let edge = (*built_in, first.name, first.class);
                let below = self.below(node, |node| {
                    let mut edges = node.built_in.iter();
                    edges.find(|known| (known.0, known.1, known.2) == edge).map(|known| known.3)
                });
                let below = below.unwrap_or_else(|new| {
                    self.nodes[node as usize].built_in.push((edge.0, edge.1, edge.2, new));
                    new
                });
                self.plant(below, rest, rule);
            }
        }
    }

    /// The node that `find` gives, or the number of a new one.
    fn below(&mut self, node: u32, find: impl Fn(&Node) -> Option<u32>) -> Result<u32, u32> {
        if let Some(known) = find(&self.nodes[node as usize]) {
            return Ok(known);
        }
        self.nodes.push(Node::default());
        Err(self.nodes.len() as u32 - 1)
    }

    fn finish(&mut self) {
        for node in &mut self.nodes {
            node.words.sort_unstable();
        }
        let mask = |classes: &Vec<(u8, bool, Value)>| {
            classes.iter().fold(0, |mask, (class, ..)| mask | 1 << class)
        };
        self.masks = self.classes.iter().map(mask).collect();
        let root = &self.nodes[0];
        self.starts = self.masks.iter().map(|mask| mask & root.mask != 0).collect();
        for &(word, _) in &root.words {
            self.starts[word as usize] = true;
        }
        if root.built_in.iter().any(|edge| edge.0 == BuiltIn::Number) {
            for word in numbers::words() {
                self.starts[self.words[word] as usize] = true;
            }
        }
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
                Some("plural") => context.plural = true,
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
        self.masks.resize(self.classes.len(), 0);
        self.starts.resize(self.classes.len(), false);
    }

    /// The words of a prose's tokens.
    pub(crate) fn read(&self, prose: &Prose) -> Vec<Word> {
        (0..prose.tokens.len())
            .map(|i| {
                // "’s" is "'s": the rules write the straight one.
                let low = match prose.low(i) {
                    "’s" => "'s",
                    "’ll" => "'ll",
                    "’d" => "'d",
                    low if low.len() > 18 => return 0,
                    low => low,
                };
                self.words.get(low).copied().unwrap_or(0)
            })
            .collect()
    }

    /// Whether a word is one of the table's.
    pub(crate) fn is_known(&self, word: Word) -> bool {
        word != 0
    }

    /// Whether a word or number that a pattern of the first pass may begin with stands at `token`.
    pub(crate) fn may_start(&self, prose: &Prose, words: &[Word], token: usize) -> bool {
        prose.tokens[token].kind == TokenKind::Number
            || self.starts[words[token] as usize]
            || words[token] == 0 && after_lead(prose.low(token)).is_some()
    }

    /// Each match of a pass at `token`, within the tokens before `limit`: the rule, one past the
    /// last token, the captures.
    pub(crate) fn each(
        &self,
        pass: usize,
        place: Place,
        items: &impl Items,
        take: impl FnMut(usize, usize, &Captures),
    ) {
        let Place { prose, words, token, limit } = place;
        let mut scan = Scan {
            patterns: self,
            prose,
            words,
            limit,
            items,
            take,
            captures: Captures::default(),
        };
        scan.walk(pass as u32, token);
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
        let is_noun = || {
            prose.tokens[token].kind == TokenKind::Word
                && !is_capital(prose.word(token))
                && !FUNCTION.contains(prose.low(token))
        };
        let is_plural = || {
            let low = prose.low(token);
            low.len() > 3 && low.ends_with('s') && !low.ends_with("ss") && is_noun()
        };
        context.words.contains(&words[token])
            || context.number && prose.tokens[token].kind == TokenKind::Number
            || context.name
                && !is_first
                && prose.tokens[token].kind == TokenKind::Word
                && is_capital(prose.word(token))
            || context.noun && is_noun()
            || context.plural && is_plural()
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

struct Scan<'a, I, T> {
    patterns: &'a Patterns,
    prose: &'a Prose<'a>,
    words: &'a [Word],
    limit: usize,
    items: &'a I,
    take: T,
    captures: Captures,
}

impl<I: Items, T: FnMut(usize, usize, &Captures)> Scan<'_, I, T> {
    /// Walks every way from `node` on that fits the tokens from `token`.
    fn walk(&mut self, node: u32, token: usize) {
        let patterns = self.patterns;
        let node = &patterns.nodes[node as usize];
        for &rule in &node.rules {
            (self.take)(rule as usize, token, &self.captures);
        }
        if token >= self.limit {
            return;
        }
        let word = self.words[token];
        if word != 0 {
            if let Ok(found) = node.words.binary_search_by_key(&word, |edge| edge.0) {
                self.walk(node.words[found].1, token + 1);
            }
            if patterns.masks[word as usize] & node.mask != 0 {
                for &(class, name, below) in &node.classes {
                    let value = patterns.value_in(class, self.prose, self.words, token);
                    if let Some(value) = value {
                        self.walk_with(name, value, token..token + 1, below);
                    }
                }
            }
        }
        for &(built_in, name, class, below) in &node.built_in {
            if let Some((value, end)) = self.built_in(built_in, class, token)
                && end <= self.limit
            {
                self.walk_with(name, value, token..end, below);
            }
        }
    }

    fn walk_with(&mut self, name: &'static str, value: Value, tokens: Range<usize>, below: u32) {
        let (start, end) = (tokens.start, tokens.end);
        self.captures.0.push(Capture { name, value, start, end });
        self.walk(below, end);
        self.captures.0.pop();
    }

    fn built_in(&self, class: BuiltIn, name: &str, token: usize) -> Option<(Value, usize)> {
        let kind = self.prose.tokens[token].kind;
        match class {
            BuiltIn::Item => {
                let (item, end) = self.items.item(name, token)?;
                Some((Value::Item(item), end))
            }
            BuiltIn::Name => {
                let is_name = kind == TokenKind::Word && is_capital(self.prose.word(token));
                is_name.then_some((Value::Text(""), token + 1))
            }
            BuiltIn::Number => {
                if kind == TokenKind::Word && self.words[token] == 0 {
                    return None;
                }
                let found = numbers::number(self.prose, token, self.limit)?;
                Some((Value::Number(found.value), found.end))
            }
            _ if kind == TokenKind::Number
                || matches!(class, BuiltIn::Year | BuiltIn::Decade) && self.words[token] == 0 =>
            {
                let value = digits(class, self.prose.low(token))?;
                Some((Value::Number(value), token + 1))
            }
            _ => None,
        }
    }
}

fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}
