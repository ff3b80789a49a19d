//! The best labels of a chain of tokens, by whole-number scores (a linear-chain CRF's weights).
//!
//! ```text
//! The mayor said rain fell  →  B-source I-source B-cue B-content I-content
//! ```

use crate::learned::Reader;
use crate::learned::Table;

/// Kinds of place between two tokens, with scores of their own for each pair of labels.
pub const EDGES: usize = 8;

/// A score that no sum of weights reaches.
const NEVER: i32 = -1_000_000_000;

/// Weights of a chain.
#[derive(Debug, Default)]
pub struct Chain {
    /// Number of labels.
    pub labels: usize,
    /// Scores of labels by feature.
    pub table: Table,
    /// Scores of pairs of labels, `[edge][before][label]`.
    pub pairs: Vec<i32>,
    /// Scores of the first label.
    pub first: Vec<i32>,
}

impl Chain {
    /// Reads what the trainer wrote.
    pub fn read(reader: &mut Reader) -> Option<Self> {
        let table = reader.table()?;
        let (pairs, first) = (reader.list()?, reader.list()?);
        let labels = table.classes();
        let fits = first.len() == labels && pairs.len() == EDGES * labels * labels;
        fits.then_some(Self { labels, table, pairs, first })
    }

    /// The best labels. `scores` holds a row of scores for each token, `edges` the kind of place
    /// before each, `may(token, label)` what is allowed at all.
    pub fn best(
        &self,
        scores: &[i32],
        edges: &[u8],
        may: impl Fn(usize, usize) -> bool,
        may_follow: fn(usize, usize) -> bool,
    ) -> Vec<u8> {
        let labels = self.labels;
        let mut sums = vec![NEVER; edges.len() * labels];
        let mut back = vec![0_u8; edges.len() * labels];
        for i in 0..edges.len() {
            for label in (0..labels).filter(|&label| may(i, label)) {
                let own = scores[i * labels + label];
                if i == 0 {
                    if may_follow(0, label) {
                        sums[label] = own + self.first[label];
                    }
                    continue;
                }
                let pairs = &self.pairs[edges[i] as usize % EDGES * labels * labels..];
                for before in (0..labels).filter(|&before| may_follow(before, label)) {
                    let sum = sums[(i - 1) * labels + before]
                        .saturating_add(pairs[before * labels + label])
                        .saturating_add(own);
                    if sum > sums[i * labels + label] {
                        sums[i * labels + label] = sum;
                        back[i * labels + label] = before as u8;
                    }
                }
            }
        }
        let mut path = vec![0_u8; edges.len()];
        let Some(last) = edges.len().checked_sub(1) else { return path };
        let mut label = crate::learned::highest(&sums[last * labels..]);
        for i in (0..=last).rev() {
            path[i] = label as u8;
            label = back[i * labels + label] as usize;
        }
        path
    }
}
