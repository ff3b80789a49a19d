//! Parts of speech, from left to right, one sentence at a time.
//!
//! ```text
//! The mayor will report .   →   DT NN MD VB .
//! ```
//!
//! Each tag rests on the words around it and the two tags before; what was tagged is not taken back.

use crate::learned::{Table, feature, text};

/// What the features see of one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Form {
    /// The word in lower case, digits as 0, all shapes of quotation mark by direction.
    pub word: u32,
    /// Its last letters: one, two, three.
    pub ends: [u32; 3],
    /// Its first letters: two, three.
    pub starts: [u32; 2],
    /// Letters, digits and signs, runs of each as one.
    pub shape: u32,
    /// Whether it begins with a capital.
    pub is_capital: bool,
}

impl Form {
    /// What the features see of `word`.
    pub fn new(word: &str) -> Self {
        let mut low = [0_u8; 64];
        let mut len = 0;
        let mut shape = 0_u32;
        let mut kind_before = 0;
        for c in word.chars() {
            let kind = kind(c);
            if kind != kind_before {
                shape = shape.wrapping_mul(7).wrapping_add(kind);
                kind_before = kind;
            }
            let plain = if kind == 3 { '0' } else { plain(c) };
            if len + 4 <= low.len() {
                len += plain.encode_utf8(&mut low[len..]).len();
            }
        }
        let low = std::str::from_utf8(&low[..len]).unwrap_or_default();
        let ends = [1, 2, 3].map(|n| text(tail(low, n)));
        let starts = [2, 3].map(|n| text(head(low, n)));
        let is_capital = word.starts_with(char::is_uppercase);
        Self { word: text(low), ends, starts, shape, is_capital }
    }
}

fn plain(c: char) -> char {
    match c {
        '’' | 'ʼ' => '\'',
        '«' | '„' | '‟' => '“',
        '»' => '”',
        '—' | '―' | '‒' => '–',
        c => c.to_lowercase().next().unwrap_or(c),
    }
}

fn kind(c: char) -> u32 {
    match c {
        c if c.is_uppercase() => 1,
        c if c.is_alphabetic() => 2,
        c if c.is_numeric() => 3,
        '-' | '‐' | '‑' => 4,
        '.' => 5,
        _ => 6,
    }
}

fn tail(word: &str, n: usize) -> &str {
    word.char_indices().rev().nth(n - 1).map_or(word, |(at, _)| &word[at..])
}

fn head(word: &str, n: usize) -> &str {
    word.char_indices().nth(n).map_or(word, |(at, _)| &word[..at])
}

/// A place before the first or after the last word.
const EDGE: Form = Form { word: 1, ends: [1; 3], starts: [1; 2], shape: 0, is_capital: false };

/// The features of word `i`, given the two tags before it (255 before the sentence).
pub fn features(forms: &[Form], i: usize, before: [u8; 2], out: &mut Vec<u32>) {
    let at = |offset: isize| {
        let place = i as isize + offset;
        usize::try_from(place).ok().and_then(|place| forms.get(place)).unwrap_or(&EDGE)
    };
    let word = forms[i];
    let [one, two] = before.map(u32::from);
    let start = u32::from(i == 0 || (i == 1 && forms[0].shape == 6));
    out.clear();
    out.extend([
        feature(1, word.word, 0),
        feature(2, at(-1).word, 0),
        feature(3, at(1).word, 0),
        feature(4, at(-2).word, 0),
        feature(5, at(2).word, 0),
        feature(6, one, 0),
        feature(7, one, two),
        feature(8, one, word.word),
        feature(9, one, at(1).word),
        feature(10, word.ends[0], word.shape),
        feature(11, word.ends[1], 0),
        feature(12, word.ends[2], 0),
        feature(13, word.starts[0], 0),
        feature(14, word.starts[1], 0),
        feature(15, word.shape, start),
        feature(16, at(1).ends[2], one),
        feature(17, at(-1).ends[2], 0),
        feature(18, word.ends[2], one),
        feature(19, at(-1).word, word.word),
        feature(20, word.word, at(1).word),
        feature(21, at(1).ends[2], word.ends[2]),
        feature(22, at(1).shape, word.shape << 2 | start << 1 | u32::from(at(-1).is_capital)),
        feature(23, at(1).ends[1], at(2).ends[1]),
        feature(24, 0, 0),
    ]);
}

/// Tags sentences with one table of weights.
#[derive(Debug)]
pub struct Tagger<'m> {
    table: &'m Table,
    features: Vec<u32>,
    scores: Vec<i32>,
}

impl<'m> Tagger<'m> {
    /// A tagger by `table`.
    pub fn new(table: &'m Table) -> Self {
        Self { table, features: Vec::new(), scores: Vec::new() }
    }

    /// Sets the tags of a sentence; as many as forms.
    pub fn tag(&mut self, forms: &[Form], tags: &mut [u8]) {
        let mut before = [u8::MAX; 2];
        for (i, tag) in tags.iter_mut().enumerate().take(forms.len()) {
            features(forms, i, before, &mut self.features);
            *tag = self.table.best(&self.features, &mut self.scores) as u8;
            before = [*tag, before[0]];
        }
    }
}
