//! A quotation made ready to be laid beside many: what each pair would ask of it, worked out once.
//!
//! Most of those that share a key share little else; what two have in common is counted first, in
//! sorted hashes, and only those that have enough are laid word by word. Not handled: order.

use super::reworded::{self, Telling};
use super::utterance::{Spoken, Utterance};

/// A quotation with its words.
#[derive(Debug)]
pub(super) struct Heard {
    pub(super) utterance: Utterance,
    pub(super) words: Vec<Spoken>,
    pub(super) telling: Vec<Telling>,
    /// The speaker's surname.
    surname: Option<String>,
    /// Hashes of the words, in order: of those that tell something, and of the others.
    bags: [Vec<u32>; 2],
}

impl Heard {
    pub(super) fn new(utterance: Utterance) -> Self {
        let words = utterance.words();
        let bag = |is_little: bool| {
            let own = words.iter().filter(|word| word.is_little() == is_little);
            let mut hashes: Vec<u32> = own.map(|word| word.hash).collect();
            hashes.sort_unstable();
            hashes
        };
        Self {
            telling: reworded::telling(&utterance, &words),
            surname: utterance.speaker.as_ref().map(|speaker| speaker.surname()),
            bags: [bag(false), bag(true)],
            utterance,
            words,
        }
    }

    /// As [`Speaker::can_be`](super::Speaker::can_be), of both speakers.
    pub(super) fn can_be_one_speaker(&self, other: &Self) -> bool {
        let kind = |heard: &Self| heard.utterance.speaker.as_ref().map(|speaker| speaker.kind);
        self.surname.is_some() && self.surname == other.surname && kind(self) == kind(other)
    }

    /// Whether the two have at least so many words in common, in any order, and so many of those that
    /// tell something: no alignment has more.
    pub(super) fn shares(&self, other: &Self, words: usize, telling: usize) -> bool {
        let told = common(&self.bags[0], &other.bags[0]);
        told >= telling && (told >= words || told + common(&self.bags[1], &other.bags[1]) >= words)
    }
}

/// How many hashes two sorted lists have in common, each as often as both have it.
fn common(a: &[u32], b: &[u32]) -> usize {
    let (mut i, mut j, mut both) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        both += usize::from(x == y);
        (i, j) = (i + usize::from(x <= y), j + usize::from(y <= x));
    }
    both
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(text: &str) -> Heard {
        let pieces = vec![(0, text.to_owned())];
        Heard::new(Utterance { speaker: None, near: Vec::new(), about: Vec::new(), pieces })
    }

    #[test]
    fn words_in_common_are_counted_as_often_as_both_have_them() {
        let one = heard("the port and the quay and the crane");
        let other = heard("a crane stood by the port, and the quay");
        // crane, port, quay; the, the, and.
        assert!(one.shares(&other, 6, 3));
        assert!(!one.shares(&other, 7, 3) && !one.shares(&other, 6, 4));
    }
}
