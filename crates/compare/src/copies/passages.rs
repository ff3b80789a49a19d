//! The words of a report, packed, and the passages that two of them share.
//!
//! ```text
//! a: … the dock was shut on Monday after two days of talks …
//! b: … The dock was shut Monday after two days of talks …      → one passage
//! ```
//!
//! Not handled: passages whose words stand in another order.

use crate::packed::{Packer, Unpacker};
use onrecord_model::Span;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// One word: enough of its hash to tell it from others in a row of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WordAt {
    pub(crate) hash: u16,
    pub(crate) span: Span,
    pub(crate) is_quoted: bool,
}

/// Words in some three bytes each.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct PackedWords(String);

impl PackedWords {
    pub(crate) fn pack(words: &[WordAt]) -> Self {
        let mut packer = Packer::default();
        let mut at = 0;
        for word in words {
            let gap = word.span.start - at;
            let flags = u32::from(word.is_quoted) << 2 | gap.min(3);
            packer.two(word.hash);
            packer.number((word.span.len() as u32) << 3 | flags);
            if gap >= 3 {
                packer.number(gap);
            }
            at = word.span.end;
        }
        Self(packer.finish())
    }

    pub(crate) fn unpack(&self) -> Vec<WordAt> {
        let mut unpacker = Unpacker::new(&self.0);
        let mut words = Vec::with_capacity(self.0.len() / 4);
        let mut at = 0u32;
        while let (Some(hash), Some(number)) = (unpacker.two(), unpacker.number()) {
            let gap = match number & 3 {
                3 => unpacker.number().unwrap_or(0),
                gap => gap,
            };
            let start = at.saturating_add(gap);
            let end = start.saturating_add(number >> 3);
            words.push(WordAt { hash, span: Span { start, end }, is_quoted: number & 4 != 0 });
            at = end;
        }
        words
    }
}

/// The lower halves of a report's keys, in order.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Sketch(String);

impl Sketch {
    pub(crate) fn of(keys: &[u64]) -> Self {
        let mut packer = Packer::default();
        let mut halves: Vec<u32> = keys.iter().map(|&key| key as u32).collect();
        halves.sort_unstable();
        let mut last = 0;
        for half in halves {
            packer.number(half - last);
            last = half;
        }
        Self(packer.finish())
    }

    /// The halves, as they were.
    pub(crate) fn halves(&self) -> Vec<u32> {
        let mut unpacker = Unpacker::new(&self.0);
        let mut halves = Vec::new();
        let mut last = 0u32;
        while let Some(number) = unpacker.number() {
            last = last.wrapping_add(number);
            halves.push(last);
        }
        halves
    }
}

/// Whether at least `least` of two sketches' halves are in both; all of them where one has fewer.
pub(crate) fn shares(a: &[u32], b: &[u32], least: usize) -> bool {
    let (mut i, mut j, mut both) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        both += usize::from(a[i] == b[j]);
        (i, j) = (i + usize::from(a[i] <= b[j]), j + usize::from(b[j] <= a[i]));
    }
    both >= least.min(a.len()).min(b.len())
}

/// A stretch that stands in both texts, a few words apart or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Passage {
    pub(crate) a: Span,
    pub(crate) b: Span,
    /// Shared words in it outside quotation marks; none where no [`LEAST_OWN`] of them are on end.
    pub(crate) own: u32,
    /// Words of either text before it.
    pub(crate) first: [u32; 2],
}

/// Words in a row that start a shared run.
const SEED: usize = 5;

/// The shortest run that counts: shorter ones are phrases.
const LEAST_RUN: usize = 8;

/// Words that may lie between two runs of one passage, on each side.
const GAP: usize = 5;

/// Words outside quotation marks that a passage has on end. Two reporters who heard one speaker share
/// "told reporters on Monday", and what stands between two pieces of a quotation.
const LEAST_OWN: u32 = 12;

/// … unless it has so many in all: an interview, carried whole.
const MANY_OWN: u32 = 30;

/// The passages that `a` and `b` share, in order of `b`, and how many words outside quotation marks
/// they share in all, those of passages that have too few of them too.
pub(crate) fn carried(a: &[WordAt], b: &[WordAt]) -> (Vec<Passage>, u32) {
    let seed = |words: &[WordAt]| crate::words::row(words.iter().map(|word| u64::from(word.hash)));
    let mut places: FxHashMap<u64, [u32; 2]> = FxHashMap::default();
    for (place, words) in a.windows(SEED).enumerate() {
        // The first and the last place of a phrase are enough: longer runs hold rarer phrases.
        let place = place as u32;
        places.entry(seed(words)).and_modify(|places| places[1] = place).or_insert([place; 2]);
    }
    let mut taken = vec![false; a.len()];
    let mut runs: Vec<(usize, usize, usize)> = Vec::new();
    let mut at = 0;
    while at + SEED <= b.len() {
        let best = places.get(&seed(&b[at..at + SEED])).and_then(|places| {
            let length = |i: usize| {
                let fresh = a[i..].iter().zip(&taken[i..]).zip(&b[at..]);
                fresh.take_while(|((x, taken), y)| !**taken && x.hash == y.hash).count()
            };
            places
                .map(|i| (length(i as usize), i as usize))
                .into_iter()
                .max_by_key(|&(n, i)| (n, usize::MAX - i))
        });
        match best {
            Some((length, i)) if length >= LEAST_RUN => {
                taken[i..i + length].fill(true);
                runs.push((i, at, length));
                at += length;
            }
            _ => at += 1,
        }
    }
    let mut passages: Vec<Passage> = Vec::new();
    // The longest stretch outside quotation marks of each passage.
    let mut on_end: Vec<u32> = Vec::new();
    let mut last: Option<(usize, usize)> = None;
    for (i, j, length) in runs {
        let stretch = b[j..j + length]
            .split(|word| word.is_quoted)
            .map(|stretch| stretch.len() as u32)
            .max()
            .unwrap_or(0);
        let own = b[j..j + length].iter().filter(|word| !word.is_quoted).count() as u32;
        let (span_a, span_b) =
            (a[i].span.join(a[i + length - 1].span), b[j].span.join(b[j + length - 1].span));
        let follows =
            last.is_some_and(|(end_a, end_b)| i >= end_a && i - end_a <= GAP && j - end_b <= GAP);
        last = Some((i + length, j + length));
        match passages.last_mut() {
            Some(passage) if follows => {
                passage.a = passage.a.join(span_a);
                passage.b = passage.b.join(span_b);
                passage.own += own;
                if let Some(on_end) = on_end.last_mut() {
                    *on_end = stretch.max(*on_end);
                }
            }
            _ => {
                on_end.push(stretch);
                passages.push(Passage { a: span_a, b: span_b, own, first: [i as u32, j as u32] });
            }
        }
    }
    let all = passages.iter().map(|passage| passage.own).sum();
    for (passage, on_end) in passages.iter_mut().zip(on_end) {
        if on_end < LEAST_OWN && passage.own < MANY_OWN {
            passage.own = 0;
        }
    }
    (passages, all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(words: &str) -> Vec<WordAt> {
        let hash = |word: &str| xxhash_rust::xxh3::xxh3_64(word.as_bytes()) as u16;
        crate::words::words(words, Span::new(0, words.len()))
            .into_iter()
            .map(|word| WordAt { hash: hash(&word.folded), span: word.span, is_quoted: false })
            .collect()
    }

    #[test]
    fn one_changed_word_does_not_part_a_passage() {
        let a = "Rain fell. The dock at Lorne was shut on Monday night after two long days of talks between both sides.";
        let b = "The dock at Lorne was shut on Monday night following two long days of talks between both sides. Rain fell.";
        let (passages, _) = carried(&text(a), &text(b));
        assert_eq!(passages.len(), 1);
        assert_eq!(passages[0].a.of(a), &a[11..a.len() - 1]);
        assert_eq!(passages[0].b.of(b), &b[..b.len() - ". Rain fell.".len()]);
    }

    #[test]
    fn words_around_quotations_are_nobodys_own() {
        let quoted = |words: &str| -> Vec<WordAt> {
            let marks = crate::quoted::quoted(words, Span::new(0, words.len()));
            let mut all = text(words);
            for word in &mut all {
                word.is_quoted = marks.iter().any(|mark| mark.contains(word.span));
            }
            all
        };
        let a = quoted(
            "“We go to the port at dawn,” Fenn told reporters in the old town hall. “We do.”",
        );
        assert_eq!(carried(&a, &a).0[0].own, 0);
        let b = quoted(
            "“We go,” Fenn said. The dock at Lorne was shut on Monday night after two long days of talks.",
        );
        assert_eq!(carried(&b, &b).0[0].own, 17);
    }

    #[test]
    fn a_common_phrase_is_no_passage() {
        let a = text("He told reporters on Monday at the port.");
        let b = text("She told reporters on Monday at the bank.");
        assert_eq!(carried(&a, &b), (vec![], 0));
    }

    proptest! {
        #[test]
        fn packed_words_come_back(gaps in prop::collection::vec((0u32..9, 1u32..40, any::<u16>(), any::<bool>()), 0..60)) {
            let mut at = 0;
            let words: Vec<WordAt> = gaps.into_iter().map(|(gap, length, hash, is_quoted)| {
                let span = Span { start: at + gap, end: at + gap + length };
                at = span.end;
                WordAt { hash, span, is_quoted }
            }).collect();
            prop_assert_eq!(PackedWords::pack(&words).unpack(), words);
        }
    }
}
