//! What the tagger sees of each token, and which tokens may be part of a name.
//!
//! ```text
//! the Bank of Lorne said on Monday   →   steps: gap, Bank, of, Lorne, gap, Monday
//! ```

use super::lexicon::Lexicon;
use super::lists::{KINDS, Lists};
use crate::learned::text;
use crate::syntax::{ROOT, Syntax};
use crate::text::{Prose, TokenKind};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A token that may be part of a name, or a gap where there are others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// The token; none for a gap.
    pub token: Option<usize>,
    /// The kind of place before it.
    pub edge: u8,
    /// The run it is in.
    pub run: u32,
}

/// How a line is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// As text is.
    Plain,
    /// With a capital on nearly each word, without a stop.
    Title,
    /// In capitals.
    Capitals,
}

/// What is seen of a token.
#[derive(Debug, Clone, Copy, Default)]
pub struct Seen {
    /// Hash of the word in lower case, digits as 0.
    pub low: u32,
    /// Its capitals, digits and signs.
    pub shape: u32,
    /// What lists know of it.
    pub lists: u32,
    /// What it mostly is in much other news; 0 where that is not known.
    pub elsewhere: u8,
    /// Its part of speech.
    pub tag: u8,
    /// Whether it has a capital.
    pub is_capital: bool,
}

/// What is seen of a report.
#[derive(Debug)]
pub struct Sight<'p, 'r> {
    /// The report's tokens.
    pub prose: &'p Prose<'r>,
    /// Tags and dependencies.
    pub syntax: &'p Syntax,
    /// By token.
    pub seen: Vec<Seen>,
    /// How each sentence is written.
    pub cases: Vec<Case>,
    /// Tokens that may be part of a name, with gaps between them.
    pub steps: Vec<Step>,
    /// The tokens of each run.
    pub runs: Vec<Range<usize>>,
    /// Words in lower case by hash: bit 0, stands without a capital; bit 1, has one inside a sentence.
    pub elsewhere: FxHashMap<u32, u8>,
}

/// Stands for what is before the first and after the last token of a sentence.
pub const EDGE: Seen =
    Seen { low: 1, shape: 0, lists: 0, elsewhere: 0, tag: 255, is_capital: false };

/// An edge after a gap.
const AFTER_GAP: u8 = 0;
/// An edge inside a run.
const INSIDE: u8 = 1;
/// An edge inside a line in capitals or a title.
const IN_TITLE: u8 = 2;
/// An edge at a glued token.
const GLUED: u8 = 3;
/// An edge before a gap.
const BEFORE_GAP: u8 = 4;

impl<'p, 'r> Sight<'p, 'r> {
    /// What is seen of a report.
    pub fn new(prose: &'p Prose<'r>, syntax: &'p Syntax, lexicon: &Lexicon) -> Self {
        let lists = Lists::known();
        let mut seen: Vec<Seen> = (0..prose.tokens.len())
            .map(|i| {
                let low = hash(prose.low(i));
                let (shape, is_capital) = shape(prose.word(i));
                let lists = if is_capital { lists.of(low) } else { 0 };
                let tag = syntax.tags.get(i).copied().unwrap_or(0);
                let elsewhere = if is_capital { lexicon.of(low) } else { 0 };
                Seen { low, shape, lists, elsewhere, tag, is_capital }
            })
            .collect();
        let cases: Vec<Case> =
            prose.sentences.iter().map(|s| case(prose, s.tokens.clone())).collect();
        for sentence in &prose.sentences {
            groups(prose, lists, &mut seen, sentence.tokens.clone());
        }
        let mut sight = Self {
            prose,
            syntax,
            seen,
            cases,
            steps: Vec::new(),
            runs: Vec::new(),
            elsewhere: FxHashMap::default(),
        };
        sight.look_elsewhere();
        sight.make_steps();
        sight
    }

    fn look_elsewhere(&mut self) {
        for (sentence, case) in self.prose.sentences.iter().zip(&self.cases) {
            if *case != Case::Plain {
                continue;
            }
            let mut is_inside = false;
            for i in sentence.tokens.clone() {
                let kind = self.prose.tokens[i].kind;
                if kind == TokenKind::Word {
                    let seen = &self.seen[i];
                    if !seen.is_capital {
                        *self.elsewhere.entry(seen.low).or_default() |= 1;
                    } else if is_inside {
                        *self.elsewhere.entry(seen.low).or_default() |= 2;
                    }
                    is_inside = true;
                } else if kind == TokenKind::Quote || self.prose.word(i) == ":" {
                    is_inside = false;
                }
            }
        }
    }

    fn make_steps(&mut self) {
        for (number, sentence) in self.prose.sentences.iter().enumerate() {
            let is_plain = self.cases[number] == Case::Plain;
            let tokens = sentence.tokens.clone();
            let mut i = tokens.start;
            let mut is_gap = true;
            // Before the sentence there is a gap too, so that chains of sentences stay apart.
            self.steps.push(Step { token: None, edge: BEFORE_GAP, run: 0 });
            while i < tokens.end {
                let end = self.run_end(i, tokens.end);
                if end == i {
                    if !is_gap {
                        self.steps.push(Step { token: None, edge: BEFORE_GAP, run: 0 });
                        is_gap = true;
                    }
                    i += 1;
                    continue;
                }
                let run = self.runs.len() as u32;
                self.runs.push(i..end);
                for token in i..end {
                    let edge = match () {
                        () if is_gap => AFTER_GAP,
                        () if !is_plain => IN_TITLE,
                        () if self.prose.tokens[token].is_glued => GLUED,
                        () => INSIDE,
                    };
                    is_gap = false;
                    self.steps.push(Step { token: Some(token), edge, run });
                }
                i = end;
            }
        }
    }

    /// One past the run of words that may be names, from `i`; `i` where there is none.
    fn run_end(&self, i: usize, end: usize) -> usize {
        let prose = self.prose;
        let may_be = |k: usize| {
            self.seen[k].is_capital
                && matches!(prose.tokens[k].kind, TokenKind::Word | TokenKind::Number)
        };
        let begins = may_be(i) || is_particle(prose.low(i)) && i + 1 < end && may_be(i + 1);
        if !begins {
            return i;
        }
        let mut last = i + 1;
        let mut k = last;
        while k < end && k < last + 3 {
            if may_be(k) || prose.tokens[k].kind == TokenKind::Number && k == last {
                last = k + 1;
            } else if !joins(prose.low(k)) {
                break;
            }
            k += 1;
        }
        last
    }

    /// What is seen at `offset` tokens from `token`, in its sentence.
    pub fn at(&self, sentence: &Range<usize>, token: usize, offset: isize) -> &Seen {
        let place = token as isize + offset;
        if place < sentence.start as isize || place >= sentence.end as isize {
            return &EDGE;
        }
        &self.seen[place as usize]
    }

    /// The word that a run hangs on, and by which relation.
    pub fn governor(&self, run: &Range<usize>) -> (u32, u32) {
        for i in run.clone() {
            let Some(&head) = self.syntax.heads.get(i) else { break };
            if head == ROOT {
                return (2, 255);
            }
            if !run.contains(&(head as usize)) {
                return (self.seen[head as usize].low, u32::from(self.syntax.relations[i]));
            }
        }
        (3, 255)
    }
}

/// Marks groups of words that lists know: their bits, shifted for first and further words.
fn groups(prose: &Prose, lists: &Lists, seen: &mut [Seen], tokens: Range<usize>) {
    let mut joined = String::new();
    for i in tokens.clone() {
        if !seen[i].is_capital || !lists.opens(seen[i].low) {
            continue;
        }
        joined.clear();
        joined.push_str(prose.low(i));
        let mut best = None;
        let end = tokens.end.min(i + 4);
        for (k, own) in (i + 1..end).zip(&seen[i + 1..end]) {
            joined.push('_');
            joined.push_str(prose.low(k));
            let bits = lists.of(text(&joined));
            if bits != 0 && own.is_capital {
                best = Some((k + 1, bits));
            }
        }
        if let Some((end, bits)) = best {
            seen[i].lists |= bits << KINDS;
            seen[i + 1..end].iter_mut().for_each(|seen| seen.lists |= bits << (2 * KINDS));
        }
    }
}

fn joins(low: &str) -> bool {
    is_particle(low)
        || matches!(
            low,
            "of" | "the"
                | "for"
                | "and"
                | "&"
                | "-"
                | "–"
                | "/"
                | "."
                | "'s"
                | "’s"
                | "'"
                | "’"
                | "in"
                | "on"
                | "to"
                | "y"
                | "und"
                | "et"
        )
}

fn is_particle(low: &str) -> bool {
    matches!(
        low,
        "de" | "van"
            | "von"
            | "der"
            | "den"
            | "al"
            | "el"
            | "bin"
            | "ibn"
            | "ben"
            | "la"
            | "le"
            | "du"
            | "da"
            | "di"
            | "do"
            | "dos"
            | "del"
            | "della"
            | "ter"
            | "ten"
            | "st"
    )
}

/// Hash of a word in lower case, digits as 0.
fn hash(low: &str) -> u32 {
    if low.bytes().any(|b| b.is_ascii_digit()) && low.len() <= 32 {
        let mut plain = [0_u8; 32];
        for (to, from) in plain.iter_mut().zip(low.bytes()) {
            *to = if from.is_ascii_digit() { b'0' } else { from };
        }
        return std::str::from_utf8(&plain[..low.len()]).map_or(0, text);
    }
    text(low)
}

/// Runs of capitals, small letters, digits and signs; whether there is a capital.
fn shape(word: &str) -> (u32, bool) {
    let (mut shape, mut before, mut length, mut is_capital) = (0_u32, 0, 0_u32, false);
    for c in word.chars() {
        let kind = match c {
            c if c.is_uppercase() => 1,
            c if c.is_alphabetic() => 2,
            c if c.is_numeric() => 3,
            '-' | '‐' | '‑' => 4,
            '.' => 5,
            '\'' | '’' => 6,
            _ => 7,
        };
        is_capital |= kind == 1;
        // "U" and "UN" differ, "UNESCO" and "NASA" do not.
        if kind != before || length == 1 {
            length = if kind == before { length + 1 } else { 1 };
            shape = shape.wrapping_mul(11).wrapping_add(kind);
            before = kind;
        }
    }
    (shape, is_capital)
}

fn case(prose: &Prose, tokens: Range<usize>) -> Case {
    let (mut words, mut shouted, mut long, mut titled) = (0, 0, 0, 0);
    let last = tokens.end - 1;
    for i in tokens {
        let word = prose.word(i);
        if prose.tokens[i].kind != TokenKind::Word || word.len() < 2 {
            continue;
        }
        words += 1;
        let is_capital = word.starts_with(char::is_uppercase);
        shouted += usize::from(!word.chars().any(char::is_lowercase));
        if word.len() > 3 {
            long += 1;
            titled += usize::from(is_capital);
        }
    }
    let has_stop = prose.word(last).starts_with(['.', '!', '?', '…', '”', '"']);
    if words > 0 && shouted * 10 >= words * 8 && (words > 1 || long > 0) {
        Case::Capitals
    } else if long >= 4 && titled * 10 >= long * 9 && !has_stop {
        Case::Title
    } else {
        Case::Plain
    }
}
