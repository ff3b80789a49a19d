//! Whether a word may stand for another: "mistake" for "error", "decided" for "decision".
//!
//! ```text
//! may_stand: mistake, error · shut, shutting · decided, decision      not: harbour, mistake
//! ```
//!
//! The table (`models/synonyms.bin`) is made of Princeton WordNet by `crates/train`; `models/README.md`
//! has its licence. Not handled: words of several parts ("put off"), opposites with "not".

use crate::words::folded;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;
use xxhash_rust::xxh3::xxh3_64;

/// Marks a group that is a word's own: its lemma, or one of its most frequent senses.
pub const MAIN: u16 = 0x8000;

/// The key of a word, in one spelling, in the table.
pub fn word_key(word: &str) -> u32 {
    key_of_folded(&folded(word))
}

fn key_of_folded(word: &str) -> u32 {
    xxh3_64(word.as_bytes()) as u32
}

/// The groups of each word, by its key. A group is a lemma or a set of synonyms.
static GROUPS: LazyLock<FxHashMap<u32, Box<[u16]>>> =
    LazyLock::new(|| read(include_bytes!("../../../models/synonyms.bin")).unwrap_or_default());

fn read(bytes: &[u8]) -> Option<FxHashMap<u32, Box<[u16]>>> {
    let short = |at: usize| Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?));
    let long = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
    let words = long(0)? as usize;
    let (numbers, mut at) = (4 + 4 * words, 4 + 6 * words);
    let mut groups = FxHashMap::default();
    for word in 0..words {
        let number = usize::from(short(numbers + 2 * word)?);
        let own: Option<Box<[u16]>> = (0..number).map(|group| short(at + 2 * group)).collect();
        groups.insert(long(4 + 4 * word)?, own?);
        at += 2 * number;
    }
    Some(groups)
}

/// The groups of a folded word, in order; none where it is not known.
pub(crate) fn groups(word: &str) -> &'static [u16] {
    GROUPS.get(&key_of_folded(word)).map_or(&[], |groups| groups)
}

/// Whether two words with these groups may stand for each other: of a group that is either's own.
pub(crate) fn may_stand(a: &[u16], b: &[u16]) -> bool {
    let (mut i, mut j) = (0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match (x & !MAIN).cmp(&(y & !MAIN)) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal if (x | y) & MAIN != 0 => return true,
            std::cmp::Ordering::Equal => (i, j) = (i + 1, j + 1),
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn may(a: &str, b: &str) -> bool {
        may_stand(groups(&folded(a)), groups(&folded(b)))
    }

    #[test]
    fn synonyms_and_forms_may_stand_for_each_other() {
        assert!(may("mistake", "error"));
        assert!(may("endorse", "support"));
        assert!(may("shutting", "shut"));
        assert!(may("decided", "decision"));
        assert!(!may("harbour", "mistake"));
        assert!(!may("qwyjibo", "qwyjibo"), "unknown words have no groups");
    }
}
