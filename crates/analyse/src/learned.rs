//! Learned weights: tables from hashed features to whole numbers.
//!
//! ```text
//! feature 0x51f3a0c2 ("the word before is 'to'")  →  [0, 14, -3, 0]     one weight for each class
//! ```
//!
//! Scores are sums of whole numbers, so they are the same on every machine. No word is kept, only
//! hashes of 32 bits: two features may share one, and then share their weights. The form as bytes is
//! `file.rs`, the layout in memory `slots.rs`.

mod file;
mod slots;

pub use file::{Reader, Rows, Writer};

use rustc_hash::FxHashMap;
use slots::{Slots, Value};
use std::sync::Mutex;

/// Hash of a piece of text (FNV-1a, folded to 32 bits).
pub fn text(text: &str) -> u32 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in text.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    (hash ^ (hash >> 32)) as u32
}

/// The feature number `template` makes of `a` and `b`.
#[inline]
pub fn feature(template: u32, a: u32, b: u32) -> u32 {
    let mut hash = (u64::from(a) << 32 | u64::from(b))
        ^ u64::from(template).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    hash = (hash ^ (hash >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    hash = (hash ^ (hash >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    (hash ^ (hash >> 32)) as u32
}

/// Rows of weights by feature.
#[derive(Debug, Default)]
pub struct Table {
    classes: usize,
    weights: Weights,
    /// How often each feature was asked for, where somebody [listens](Self::listen).
    asked: Option<Mutex<FxHashMap<u32, u32>>>,
}

/// Rows by their width. Those of few classes are whole in their slots.
#[derive(Debug)]
enum Weights {
    Three(Slots<[i16; 3]>),
    Six(Slots<[i16; 6]>),
    Few(Slots<[i16; FEW]>),
    Many {
        /// Where the weights of a row are.
        rows: Slots<Many>,
        /// Those that are not 0, in fours: the class in the low six bits, the weight above them. Or
        /// whole rows, of the features that have a say in many classes.
        weights: Vec<i16>,
    },
}

impl Default for Weights {
    fn default() -> Self {
        Self::Three(Slots::new(&[]))
    }
}

/// The weights of a row of many classes that are not 0.
#[derive(Debug, Clone, Copy)]
struct Many {
    start: u32,
    len: u16,
}

impl Value for Many {
    const NOTHING: Self = Self { start: 0, len: 0 };

    #[inline]
    fn only_if(self, is: bool) -> Self {
        Self { start: self.start * u32::from(is), len: self.len * u16::from(is) }
    }
}

/// The sums of a table of at most [`FEW`] classes; what is beyond them is 0.
pub type Sums = [i32; FEW];

/// The length of a row that is kept whole.
const WHOLE: u16 = u16::MAX;
/// The most classes of a table that keeps its rows in place.
pub const FEW: usize = 8;
/// The most classes of any table.
pub const MANY: usize = 64;

impl Table {
    /// A table of `classes` weights a row.
    pub fn new(classes: usize, rows: &[(u32, Vec<i16>)]) -> Self {
        let mut rows: Vec<&(u32, Vec<i16>)> = rows.iter().collect();
        rows.sort_by_key(|(feature, _)| *feature);
        rows.dedup_by_key(|(feature, _)| *feature);
        let weights = if classes <= 3 {
            Weights::Three(in_place(&rows))
        } else if classes <= 6 {
            Weights::Six(in_place(&rows))
        } else if classes <= FEW {
            Weights::Few(in_place(&rows))
        } else {
            many(classes, &rows)
        };
        Self { classes, weights, asked: None }
    }

    /// Weights a row.
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// From now on counts how often each feature is asked for.
    pub fn listen(&mut self) {
        self.asked = Some(Mutex::default());
    }

    /// The `most` features that had the greatest say since it [listens](Self::listen), in order: how
    /// often each was asked for, times the sum of its weights, whatever their sign.
    pub fn weightiest(&self, most: usize) -> Vec<u32> {
        let Some(asked) = &self.asked else { return Vec::new() };
        let asked = asked.lock().expect("whoever counts does not panic");
        let mut scores = Vec::new();
        let mut say: Vec<(u64, u32)> = asked
            .iter()
            .map(|(&feature, &count)| {
                self.best_of(&[feature], &mut scores);
                let weight: u64 = scores.iter().map(|&score| u64::from(score.unsigned_abs())).sum();
                (u64::from(count) * weight, feature)
            })
            .filter(|&(say, _)| say > 0)
            .collect();
        say.sort_unstable_by_key(|&(say, feature)| (std::cmp::Reverse(say), feature));
        let mut features: Vec<u32> =
            say.into_iter().take(most).map(|(_, feature)| feature).collect();
        features.sort_unstable();
        features
    }

    fn hear(&self, features: &[u32]) {
        if let Some(asked) = &self.asked {
            let mut asked = asked.lock().expect("whoever counts does not panic");
            features.iter().for_each(|&feature| *asked.entry(feature).or_default() += 1);
        }
    }

    /// The sums of the weights of `features`, for a table of at most [`FEW`] classes.
    #[inline]
    pub fn sums(&self, features: &[u32]) -> Sums {
        self.hear(features);
        match &self.weights {
            Weights::Three(rows) => sums(rows, features),
            Weights::Six(rows) => sums(rows, features),
            Weights::Few(rows) => sums(rows, features),
            Weights::Many { .. } => [0; FEW],
        }
    }

    /// The class with the highest sum, the first of equals; `scores` is used for the sums.
    pub fn best(&self, features: &[u32], scores: &mut Vec<i32>) -> usize {
        self.hear(features);
        self.best_of(features, scores)
    }

    fn best_of(&self, features: &[u32], scores: &mut Vec<i32>) -> usize {
        scores.clear();
        match &self.weights {
            Weights::Three(rows) => scores.extend(sums(rows, features)),
            Weights::Six(rows) => scores.extend(sums(rows, features)),
            Weights::Few(rows) => scores.extend(sums(rows, features)),
            Weights::Many { rows, weights } => {
                scores.resize(MANY, 0);
                rows.each(features, |rows| {
                    // All that will be read is fetched before the first is: one wait for memory.
                    let first = |row: &Many| i32::from(weights[row.start as usize]);
                    std::hint::black_box(rows.iter().map(first).sum::<i32>());
                    for row in rows {
                        let start = row.start as usize;
                        if row.len == WHOLE {
                            let row = &weights[start..start + self.classes];
                            scores.iter_mut().zip(row).for_each(|(sum, w)| *sum += i32::from(*w));
                            continue;
                        }
                        for four in weights[start..start + usize::from(row.len)].chunks_exact(4) {
                            for &weight in four {
                                scores[weight as usize & 63] += i32::from(weight >> 6);
                            }
                        }
                    }
                });
            }
        }
        scores.truncate(self.classes);
        highest(scores)
    }
}

fn sums<const N: usize>(rows: &Slots<[i16; N]>, features: &[u32]) -> Sums {
    let mut sums = [0_i32; N];
    rows.each(features, |rows| {
        for row in rows {
            sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum += i32::from(*weight));
        }
    });
    let mut padded = [0; FEW];
    padded[..N].copy_from_slice(&sums);
    padded
}

fn in_place<const N: usize>(rows: &[&(u32, Vec<i16>)]) -> Slots<[i16; N]> {
    let whole = |row: &[i16]| std::array::from_fn(|class| row.get(class).copied().unwrap_or(0));
    let values: Vec<_> = rows.iter().map(|(feature, row)| (*feature, whole(row))).collect();
    Slots::new(&values)
}

fn many(classes: usize, rows: &[&(u32, Vec<i16>)]) -> Weights {
    // Features that are not known look at the first.
    let mut weights = vec![0];
    let mut values = Vec::with_capacity(rows.len());
    for (feature, row) in rows {
        let row = row[..classes.min(row.len())].iter().map(|weight| *weight.clamp(&-512, &511));
        let own = || row.clone().enumerate().filter(|(_, weight)| *weight != 0);
        let count = own().count();
        let start = weights.len();
        let len = if count * 3 > classes {
            weights.extend(row.clone());
            weights.resize(start + classes, 0);
            WHOLE
        } else {
            weights.extend(own().map(|(class, weight)| weight << 6 | class as i16));
            weights.resize(start + count.next_multiple_of(4), 0);
            (weights.len() - start) as u16
        };
        values.push((*feature, Many { start: start as u32, len }));
    }
    Weights::Many { rows: Slots::new(&values), weights }
}

/// The place of the highest score, the first of equals.
pub fn highest(scores: &[i32]) -> usize {
    let mut best = 0;
    for (class, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = class;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_unknown_feature_adds_nothing() {
        let table = Table::new(3, &[(7, vec![1, -1, 5])]);
        assert_eq!(table.sums(&[8]), [0; FEW]);
        assert_eq!(table.sums(&[8, 7, 7]), [2, -2, 10, 0, 0, 0, 0, 0]);
        assert_eq!(Table::default().sums(&[7]), [0; FEW]);
    }

    #[test]
    fn what_had_the_greatest_say_is_told() {
        let mut table = Table::new(3, &[(7, vec![1, 0, -3]), (9, vec![0, 1, 0])]);
        assert!(table.weightiest(5).is_empty());
        table.listen();
        [9, 9, 7, 8, 8, 8, 9].iter().for_each(|&feature| {
            table.sums(&[feature]);
        });
        assert_eq!((table.weightiest(1), table.weightiest(5)), (vec![7], vec![7, 9]));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            rows in proptest::collection::btree_map(any::<u32>(), proptest::collection::vec(-512_i16..512, 11), 0..30),
            numbers in proptest::collection::vec(any::<i32>(), 0..9),
        ) {
            let rows: Vec<_> = rows.into_iter().collect();
            let mut writer = Writer::default();
            writer.table(11, &rows);
            writer.list(&numbers);
            let mut reader = Reader::new(&writer.bytes);
            let table = reader.table().expect("just written");
            for (feature, row) in &rows {
                let mut scores = Vec::new();
                table.best(&[*feature], &mut scores);
                prop_assert!(scores.iter().zip(row).all(|(sum, weight)| *sum == i32::from(*weight)));
            }
            prop_assert_eq!(reader.list().expect("just written"), numbers);
        }

        #[test]
        fn sums_are_those_of_a_plain_map(
            rows in proptest::collection::btree_map(
                any::<u32>(), proptest::collection::vec(-512_i16..512, 11), 0..300,
            ),
            others in proptest::collection::vec(any::<u32>(), 0..50),
            classes in 1_usize..12,
        ) {
            // Neighbours of what is known are the likeliest to be taken for it.
            let near = |f: &u32| [*f, f ^ 1, f ^ 0x1_0000, f ^ 0x8000_0000, f.swap_bytes()];
            let features: Vec<u32> = rows.keys().flat_map(near).chain(others).collect();
            let mut expected = vec![0; classes];
            for row in features.iter().filter_map(|feature| rows.get(feature)) {
                expected.iter_mut().zip(row).for_each(|(sum, weight)| *sum += i32::from(*weight));
            }
            let listed: Vec<_> =
                rows.iter().map(|(feature, row)| (*feature, row[..classes].to_vec())).collect();
            let table = Table::new(classes, &listed);
            let mut scores = Vec::new();
            let best = table.best(&features, &mut scores);
            prop_assert_eq!(best, highest(&expected));
            prop_assert_eq!(&scores, &expected);
        }

        #[test]
        fn odd_bytes_are_no_table(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = Reader::new(&bytes).table();
        }
    }
}
