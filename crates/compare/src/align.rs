//! Two rows of words, laid against each other.
//!
//! ```text
//! a: it would be a   mistake to shut the port
//! b:    would be an  error   to shut the port now
//!       ^^^^^^^^ ^^^^^^^^^^^  ^^^^^^^^^^^^^^^^
//!       same     different   same                   the ends hang over: not different
//! ```
//!
//! A local alignment with cheap gaps (after Smith and Waterman, 1981, and Gotoh, 1982): words in
//! common score by what they carry, a stretch of differences costs once for opening and little for
//! its length. Not handled: words in another order.

/// What two rows of words have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Alignment {
    /// Pairs of places of words in common, in order.
    pub(crate) pairs: Vec<(usize, usize)>,
}

impl Alignment {
    /// The stretches that differ between the first and the last word in common.
    pub(crate) fn differences(&self) -> Vec<Difference> {
        let steps = self.pairs.windows(2).map(|pair| Difference {
            a: (pair[0].0 + 1, pair[1].0),
            b: (pair[0].1 + 1, pair[1].1),
        });
        steps.filter(|step| !step.is_empty()).collect()
    }
}

/// A stretch that differs: the places of its words on either side, ends exclusive; one side may
/// be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Difference {
    pub(crate) a: (usize, usize),
    pub(crate) b: (usize, usize),
}

impl Difference {
    fn is_empty(&self) -> bool {
        self.a.0 >= self.a.1 && self.b.0 >= self.b.1
    }
}

/// Words that are looked at on either side: some two minutes of speech.
pub(crate) const MOST_WORDS: usize = 300;

/// The cost of a difference, in tenths of a small word.
const OPEN: i32 = 10;

/// The cost of each word in it.
const LONGER: i32 = 1;

/// Lays `a` against `b`. `weight` says what a word in common is worth, in tenths of a small word.
pub(crate) fn align<W: PartialEq>(a: &[W], b: &[W], weight: impl Fn(&W) -> i32) -> Alignment {
    let (a, b) = (&a[..a.len().min(MOST_WORDS)], &b[..b.len().min(MOST_WORDS)]);
    let wide = b.len() + 1;
    const NEVER: i32 = i32::MIN / 2;
    // `same[i][j]`: the best that ends in a[i - 1] on b[j - 1]; `apart[i][j]`: the best that ends
    // in a difference after i and j words.
    let mut same = vec![NEVER; (a.len() + 1) * wide];
    let mut apart = vec![NEVER; (a.len() + 1) * wide];
    let mut best = (0, 0, 0);
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let (here, above, left, slant) =
                (i * wide + j, (i - 1) * wide + j, i * wide + j - 1, (i - 1) * wide + j - 1);
            if a[i - 1] == b[j - 1] {
                let before = same[slant].max(apart[slant]).max(0);
                same[here] = before + weight(&a[i - 1]);
                if same[here] > best.0 {
                    best = (same[here], i, j);
                }
            }
            let opened = same[above].max(same[left]) - OPEN;
            let longer = apart[above].max(apart[left]);
            apart[here] = opened.max(longer) - LONGER;
        }
    }
    let (_, mut i, mut j) = best;
    let mut pairs = Vec::new();
    let mut is_same = i > 0;
    while i > 0 && j > 0 {
        let here = i * wide + j;
        if is_same {
            pairs.push((i - 1, j - 1));
            let slant = (i - 1) * wide + j - 1;
            i -= 1;
            j -= 1;
            if same[slant].max(apart[slant]) <= 0 {
                break;
            }
            is_same = same[slant] >= apart[slant];
        } else {
            let (above, left) = (here - wide, here - 1);
            let steps = [
                (same[above] - OPEN - LONGER, i - 1, j, true),
                (same[left] - OPEN - LONGER, i, j - 1, true),
                (apart[above] - LONGER, i - 1, j, false),
                (apart[left] - LONGER, i, j - 1, false),
            ];
            let step = steps.iter().find(|step| step.0 == apart[here]);
            let Some(&(_, to_i, to_j, to_same)) = step else { break };
            (i, j, is_same) = (to_i, to_j, to_same);
        }
    }
    pairs.reverse();
    Alignment { pairs }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(a: &str, b: &str) -> (usize, Vec<(String, String)>) {
        let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
        let alignment = align(&a, &b, |word| if word.len() > 4 { 20 } else { 10 });
        let differences = alignment.differences().into_iter();
        let texts = differences.map(|d| (a[d.a.0..d.a.1].join(" "), b[d.b.0..d.b.1].join(" ")));
        (alignment.pairs.len(), texts.collect())
    }

    fn pair(a: &str, b: &str) -> (String, String) {
        (a.to_owned(), b.to_owned())
    }

    #[test]
    fn changed_words_stand_between_words_in_common() {
        assert_eq!(
            of("it would be a mistake to shut the port", "would be an error to shut the port now"),
            (6, vec![pair("a mistake", "an error")])
        );
    }

    #[test]
    fn words_put_in_and_left_out_have_one_empty_side() {
        assert_eq!(
            of("we will not talk about wages", "we will talk about wages").1,
            [pair("not", "")]
        );
        assert_eq!(
            of("we will talk about wages", "we will always and everywhere talk about wages").1,
            [pair("", "always and everywhere")]
        );
    }

    #[test]
    fn nothing_in_common_aligns_nothing() {
        assert_eq!(of("a b c", "d e f"), (0, vec![]));
        assert_eq!(align::<u8>(&[], &[], |_| 10).pairs, []);
    }

    proptest! {
        #[test]
        fn pairs_are_equal_words_in_order(a in prop::collection::vec(0u8..6, 0..30), b in prop::collection::vec(0u8..6, 0..30)) {
            let alignment = align(&a, &b, |_| 10);
            prop_assert!(alignment.pairs.iter().all(|&(i, j)| a[i] == b[j]));
            prop_assert!(alignment.pairs.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 < two[1].1));
        }

        #[test]
        fn a_row_aligns_with_itself(a in prop::collection::vec(0u8..6, 1..30)) {
            prop_assert_eq!(align(&a, &a, |_| 10).pairs.len(), a.len());
        }
    }
}
