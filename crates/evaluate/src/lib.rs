//! Scores: how near the analysis comes to what people marked.
//!
//! In: the project's output and a file of marked texts. Out: precision, recall and F1.
//!
//! ```text
//! evaluate quantities sentences.json   →   {"sentences": 93, "value": {"p": …, "r": …, "f1": …}, …}
//! ```
//!
//! Not handled: scores of statements and of time expressions, which have scorers of their own.

pub mod figures;
pub mod findings;
pub mod names;
pub mod newsroom;
pub mod quantities;
pub mod speakers;
pub mod speech;

/// Found, marked and rightly found things, and what they come to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Found and marked.
    pub right: usize,
    /// Found.
    pub found: usize,
    /// Marked.
    pub gold: usize,
}

impl Count {
    /// The share of what was found that is right; 0 where nothing was found.
    pub fn precision(self) -> f64 {
        share(self.right, self.found)
    }

    /// The share of what is marked that was found; 0 where nothing is marked.
    pub fn recall(self) -> f64 {
        share(self.right, self.gold)
    }

    /// The harmonic mean of the two.
    pub fn f1(self) -> f64 {
        share(2 * self.right, self.found + self.gold)
    }

    /// Adds another count.
    pub fn add(&mut self, other: Self) {
        self.right += other.right;
        self.found += other.found;
        self.gold += other.gold;
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}
