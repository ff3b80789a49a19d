//! What the features see of a report's tokens: word, base form, tag, relation, how often the word
//! is a cue, its quotation, and the likely cue that governs it.
//!
//! ```text
//! The mayor said rain fell   →   "rain": subject of "fell", which is the clause of the cue "said"
//! ```

use super::quotes::{OUTSIDE, Quotation, quotations};
use crate::learned::{feature, text};
use crate::syntax::{Names, ROOT, Syntax};
use crate::text::Prose;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// No token.
pub const NONE: usize = usize::MAX;

/// A statement that the rules find, in tokens.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hint {
    /// Who said it.
    pub source: Vec<Range<usize>>,
    /// The words that say that something was said.
    pub cue: Vec<Range<usize>>,
    /// What was said.
    pub content: Vec<Range<usize>>,
    /// Whether it stands in another's content.
    pub is_inside: bool,
}

impl Hint {
    /// Whether a token is one of its cue's.
    pub fn has_cue(&self, i: usize) -> bool {
        self.cue.iter().any(|range| range.contains(&i))
    }

    /// The labels of the tokens of `window`: none 0, source 1, cue 3, content 5, the words after
    /// the first of each one more.
    pub fn labels(&self, window: &Range<usize>) -> Vec<u8> {
        let mut labels = vec![0; window.len()];
        self.label(window.start, &mut labels);
        labels
    }

    /// Writes them over those of the tokens from `start`.
    fn label(&self, start: usize, labels: &mut [u8]) {
        for (label, ranges) in [(5, &self.content), (1, &self.source), (3, &self.cue)] {
            for (first, i) in
                ranges.iter().flat_map(|range| range.clone().map(|i| (range.start, i)))
            {
                if let Some(own) = i.checked_sub(start).and_then(|at| labels.get_mut(at)) {
                    *own = label + u8::from(i > first);
                }
            }
        }
    }
}

/// How often each base form is part of a cue, and how often it stands at all.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    /// By base form and kind of word.
    pub counts: FxHashMap<u32, [u32; 2]>,
}

impl Lexicon {
    /// How likely a base form is a cue, from 0 (never seen) to 35; `own` counts of the same report
    /// are taken off first.
    pub fn level(&self, base: u32, own: Option<&[u32; 2]>) -> u8 {
        let [cues, total] = self.counts.get(&base).copied().unwrap_or_default();
        let [own_cues, own_total] = own.copied().unwrap_or_default();
        level(cues.saturating_sub(own_cues), total.saturating_sub(own_total))
    }
}

fn level(cues: u32, total: u32) -> u8 {
    if total == 0 {
        return 0;
    }
    if cues == 0 {
        return if total < 4 { 1 } else { 2 };
    }
    let share = 100 * cues / total;
    let step = [2, 5, 10, 20, 35, 50, 65, 80, 92].iter().filter(|&&s| share >= s).count() as u8;
    let sure = match total {
        0..=2 => 0,
        3..=9 => 1,
        _ => 2,
    };
    3 + step * 3 + sure
}

/// The level from which a word may be a cue that nothing else speaks for: no rule, no quotation. Of
/// those below, two in three are none (measured on PolNeAR's dev reports).
pub(super) const UNLIKELY: u8 = 3 + 3 * 3;

/// The lowest level of a likely cue: a fifth of its occurrences.
pub const LIKELY: u8 = 3 + 4 * 3;

/// All that the features see.
#[derive(Debug, Default)]
pub struct Look {
    /// The word in lower case.
    pub low: Vec<u32>,
    /// Its base form and kind of word.
    pub base: Vec<u32>,
    /// Capitals and digits.
    pub shape: Vec<u8>,
    /// Part of speech.
    pub tags: Vec<u8>,
    /// First letter of the part of speech, and the third for verbs: VBD and VBZ as one.
    pub kinds: Vec<u8>,
    /// The token it hangs on, or [`NONE`].
    pub heads: Vec<usize>,
    /// How.
    pub relations: Vec<u8>,
    /// Which relations its children have, a bit each.
    pub children: Vec<u64>,
    /// First word of its subject, if it has one.
    pub subject: Vec<usize>,
    /// The likelihood of a cue, [`Lexicon::level`].
    pub level: Vec<u8>,
    /// The quotation it is in, or [`OUTSIDE`].
    pub quotation: Vec<u32>,
    /// All quotations.
    pub quotations: Vec<Quotation>,
    /// State of quotation: outside, opening mark, inside, closing mark; by length.
    pub state: Vec<u8>,
    /// Its sentence.
    pub sentence: Vec<u32>,
    /// The nearest likely cue above it, the child of that through which it hangs, and the path.
    pub governor: Vec<(usize, usize, u32)>,
    /// What the rules find.
    pub hints: Vec<Hint>,
    /// The label of each token by those of them that stand in no other's content, [`Hint::labels`];
    /// then by the others, where it has none.
    pub hinted: Vec<u8>,
}

impl Look {
    /// All but the levels and governors, which need a lexicon: see [`Look::weigh`].
    pub fn new(prose: &Prose, syntax: &Syntax, names: &Names) -> Self {
        let n = prose.tokens.len();
        let (quotations, quotation) = quotations(prose);
        let mut look = Self {
            low: Vec::with_capacity(n),
            base: Vec::with_capacity(n),
            shape: Vec::with_capacity(n),
            kinds: Vec::with_capacity(n),
            tags: syntax.tags.clone(),
            heads: syntax
                .heads
                .iter()
                .map(|&h| if h == ROOT { NONE } else { h as usize })
                .collect(),
            relations: syntax.relations.clone(),
            children: vec![0; n],
            subject: vec![NONE; n],
            level: vec![0; n],
            state: vec![0; n],
            sentence: vec![0; n],
            governor: vec![(NONE, NONE, 0); n],
            hints: Vec::new(),
            hinted: vec![0; n],
            quotation,
            quotations,
        };
        for i in 0..n {
            let tag = names.tags.get(syntax.tags[i] as usize).map_or("", String::as_str);
            let kind = tag.bytes().next().unwrap_or(b'?');
            let low = prose.low(i);
            look.low.push(text(low));
            look.base.push(feature(300, text(&base(low, kind)), u32::from(kind)));
            look.shape.push(shape(prose.word(i)));
            look.kinds.push(kind);
        }
        let subjects = ["nsubj", "nsubjpass"].map(|name| names.relation(name));
        for i in 0..n {
            if look.heads[i] < n {
                look.children[look.heads[i]] |= 1 << (look.relations[i] & 63);
                if subjects.contains(&look.relations[i]) && look.subject[look.heads[i]] == NONE {
                    look.subject[look.heads[i]] = i;
                }
            }
        }
        for (number, sentence) in prose.sentences.iter().enumerate() {
            look.sentence[sentence.tokens.clone()].fill(number as u32);
        }
        for quotation in &look.quotations {
            let length = match quotation.words {
                0..=1 => 0,
                2..=3 => 1,
                4..=7 => 2,
                8..=20 => 3,
                _ => 4,
            };
            let states = &mut look.state[quotation.start..quotation.end];
            states.fill(length * 3 + 2);
            if let Some(last) = states.last_mut()
                && quotation.is_closed
            {
                *last = length * 3 + 3;
            }
            states[0] = length * 3 + 1;
        }
        look
    }

    /// Takes note of what the rules find.
    pub fn heed(&mut self, hints: Vec<Hint>) {
        for is_inside in [true, false] {
            let hints = hints.iter().filter(|hint| hint.is_inside == is_inside);
            hints.for_each(|hint| hint.label(0, &mut self.hinted));
            if is_inside {
                // Seven and more: inside another's content.
                self.hinted.iter_mut().filter(|label| **label > 0).for_each(|label| *label += 6);
            }
        }
        self.hints = hints;
    }

    /// How often each base form stands in the report, and in how many of these a cue.
    pub fn counts(&self, is_cue: &[bool]) -> FxHashMap<u32, [u32; 2]> {
        let mut counts: FxHashMap<u32, [u32; 2]> = FxHashMap::default();
        for (base, is_cue) in self.base.iter().zip(is_cue) {
            let count = counts.entry(*base).or_default();
            count[0] += u32::from(*is_cue);
            count[1] += 1;
        }
        counts
    }

    /// Sets levels by the lexicon less the report's `own` counts, and the governors.
    pub fn weigh(&mut self, lexicon: &Lexicon, own: Option<&FxHashMap<u32, [u32; 2]>>) {
        for i in 0..self.base.len() {
            let base = self.base[i];
            self.level[i] = lexicon.level(base, own.and_then(|own| own.get(&base)));
        }
        for i in 0..self.base.len() {
            self.governor[i] = self.governor_of(i);
        }
    }

    fn governor_of(&self, i: usize) -> (usize, usize, u32) {
        let (mut at, mut path) = (i, 0_u32);
        for _ in 0..12 {
            let above = self.heads[at];
            if above == NONE {
                break;
            }
            let relation = u32::from(self.relations[at]);
            path = path.wrapping_mul(67).wrapping_add(relation + 1);
            if self.level[above] >= LIKELY {
                return (above, at, path);
            }
            at = above;
        }
        (NONE, at, path)
    }

    /// The path from `i` up to `top`: the child of `top` that it hangs through, its length and its
    /// relations; `None` if `top` is not above it.
    pub fn below(&self, i: usize, top: usize) -> Option<(usize, u32, u32)> {
        let (mut at, mut path) = (i, 0_u32);
        for length in 1..24 {
            let above = self.heads[at];
            if above == NONE {
                return None;
            }
            path = path.wrapping_mul(67).wrapping_add(u32::from(self.relations[at]) + 1);
            if above == top {
                return Some((at, length, path));
            }
            at = above;
        }
        None
    }

    /// The quotation of a token.
    pub fn quotation_of(&self, i: usize) -> Option<&Quotation> {
        let number = self.quotation[i];
        if number == OUTSIDE { None } else { self.quotations.get(number as usize) }
    }
}

/// Capital, all capitals, digits, small letters, a sign.
fn shape(word: &str) -> u8 {
    let mut chars = word.chars();
    match chars.next() {
        Some(c) if c.is_uppercase() => {
            let is_short = word.len() < 2;
            1 + u8::from(!is_short && !word.chars().any(char::is_lowercase))
        }
        Some(c) if c.is_alphabetic() => 0,
        Some(c) if c.is_numeric() => 3,
        Some('\'' | '’') => 4,
        _ => 5,
    }
}

/// Forms that do not follow from the ending.
const IRREGULAR: &[(&str, &str)] = &[
    ("said", "say"),
    ("told", "tell"),
    ("thought", "think"),
    ("wrote", "write"),
    ("written", "write"),
    ("spoke", "speak"),
    ("spoken", "speak"),
    ("knew", "know"),
    ("known", "know"),
    ("saw", "see"),
    ("seen", "see"),
    ("felt", "feel"),
    ("heard", "hear"),
    ("found", "find"),
    ("made", "make"),
    ("gave", "give"),
    ("given", "give"),
    ("went", "go"),
    ("gone", "go"),
    ("took", "take"),
    ("taken", "take"),
    ("came", "come"),
    ("swore", "swear"),
    ("sworn", "swear"),
    ("meant", "mean"),
    ("held", "hold"),
    ("kept", "keep"),
    ("sought", "seek"),
    ("is", "be"),
    ("are", "be"),
    ("was", "be"),
    ("were", "be"),
    ("been", "be"),
    ("'s", "be"),
    ("has", "have"),
    ("had", "have"),
    ("did", "do"),
    ("does", "do"),
    ("done", "do"),
    ("understood", "understand"),
    ("foresaw", "foresee"),
    ("laid", "lay"),
    ("led", "lead"),
    ("brought", "bring"),
    ("argued", "argue"),
    ("agreed", "agree"),
    ("shows", "show"),
    ("shown", "show"),
    ("believes", "believe"),
    ("forgot", "forget"),
    ("chose", "choose"),
];

/// A rough base form: enough to put the forms of one word together.
fn base(low: &str, kind: u8) -> String {
    if kind == b'V' {
        if let Some((_, base)) = IRREGULAR.iter().find(|(form, _)| *form == low) {
            return (*base).to_owned();
        }
    } else if kind != b'N' {
        return low.to_owned();
    }
    let mut base = low.to_owned();
    let endings: &[&str] = if kind == b'V' { &["ing", "ed", "es", "s"] } else { &["es", "s"] };
    for ending in endings {
        if let Some(stem) = base.strip_suffix(ending)
            && stem.len() > 2
            && !stem.ends_with('s')
        {
            base.truncate(stem.len());
            break;
        }
    }
    if base.ends_with('i') {
        base.pop();
        base.push('y');
    }
    if base.ends_with('e') && base.len() > 3 {
        base.pop();
    }
    let bytes = base.as_bytes();
    if kind == b'V'
        && bytes.len() > 3
        && bytes[bytes.len() - 1] == bytes[bytes.len() - 2]
        && bytes[bytes.len() - 1].is_ascii_lowercase()
        && !matches!(bytes[bytes.len() - 1], b'l' | b's' | b'e')
    {
        base.pop();
    }
    base
}
