//! How much a word tells of which event a report is about: the rarer in news, the more.
//!
//! ```text
//! level("harbour") = 13     level("earthquake") = 16     level("quellar") = 22, never seen
//! ```
//!
//! The counts are `models/words.txt`: in how many of some nine thousand reports each stem stands, as
//! the doubled logarithm to base 2 of how many reports there are to one that has it. Not handled:
//! words that are common in one field and rare in all others.

use crate::events::stem;
use crate::rules::is_little;
use crate::words::each_word;
use onrecord_model::Span;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// The level of a word that is not in the table: fewer than [`FEWEST`] reports had it.
const UNSEEN: u32 = 22;

/// A word in fewer reports than this is not kept in the table.
const FEWEST: usize = 5;

/// From 0, every report has it, to [`UNSEEN`].
pub(super) fn level(stem: &str) -> u32 {
    static LEVELS: LazyLock<FxHashMap<&'static str, u8>> = LazyLock::new(|| {
        let lines = include_str!("../../../../models/words.txt").lines();
        let of_line = |line: &'static str| {
            let mut words = line.split(' ');
            let level = words.next().and_then(|level| level.parse::<u8>().ok());
            words.filter_map(move |word| Some((word, level?)))
        };
        lines.flat_map(of_line).collect()
    });
    LEVELS.get(stem).map_or(UNSEEN, |&level| u32::from(level).min(UNSEEN))
}

/// A word without what a broken encoding has left at its end: "Lorneâ€™s" is read as "Lorneâ".
pub(super) fn mended(word: &str) -> &str {
    word.trim_end_matches('â')
}

/// Whether a word is the rest of a broken encoding: "â", "ã¢â", "ëœ" for a quotation mark.
fn is_broken(word: &str) -> bool {
    let is_accented = |c: char| ('\u{80}'..'\u{250}').contains(&c);
    let mut pairs = word.chars().zip(word.chars().skip(1));
    word.chars().all(is_accented)
        || pairs.any(|(a, b)| matches!(a, 'â' | 'ã' | 'ï') && is_accented(b))
}

/// The stem of a folded word that may tell something; none for "the", "said", "x".
pub(super) fn telling(folded: &str) -> Option<String> {
    let folded = mended(folded);
    if folded.len() < 2 || is_little(folded) || is_broken(folded) {
        return None;
    }
    let plain = folded.strip_suffix("'s").unwrap_or(folded);
    let stem = stem(plain);
    (!is_little(&stem) && stem.len() > 1).then_some(stem)
}

/// The table of `models/words.txt`, made from many texts: the stems of each level, a level a line.
pub fn word_levels<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let mut counts: FxHashMap<String, usize> = FxHashMap::default();
    let mut total = 0usize;
    for text in texts {
        total += 1;
        let mut own: Vec<String> = Vec::new();
        each_word(text, Span::new(0, text.len()), |word, _| own.extend(telling(word)));
        own.sort_unstable();
        own.dedup();
        for stem in own {
            *counts.entry(stem).or_default() += 1;
        }
    }
    let mut levels: std::collections::BTreeMap<u32, Vec<String>> =
        std::collections::BTreeMap::new();
    let is_kept = |stem: &str| stem.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.');
    for (stem, count) in counts.into_iter().filter(|(stem, n)| *n >= FEWEST && is_kept(stem)) {
        let level = (2.0 * (total as f64 / count as f64).log2()).round() as u32;
        levels.entry(level).or_default().push(stem);
    }
    let line = |(level, mut stems): (u32, Vec<String>)| {
        stems.sort_unstable();
        format!("{level} {}\n", stems.join(" "))
    };
    levels.into_iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rare_word_tells_more() {
        let of = |word: &str| level(&telling(word).expect("it tells something"));
        assert!(of("minister") < of("earthquake"));
        assert!(of("earthquakes") < of("quellar"));
        assert_eq!(telling("the"), None);
    }

    #[test]
    fn what_a_broken_encoding_leaves_is_no_word() {
        assert_eq!(telling("â"), None);
        assert_eq!(telling("ëœ"), None);
        assert_eq!(telling("ã¢â"), None);
        assert_eq!(telling("torvaâ"), telling("torva"));
        assert_eq!(telling("são").as_deref(), Some("são"));
        assert_eq!(telling("café").as_deref(), Some("café"));
    }

    #[test]
    fn a_table_has_a_line_for_each_level() {
        let texts = ["harbour strike", "harbour", "harbour", "harbour", "harbour quay", "quay"];
        assert_eq!(word_levels(texts.into_iter()), "1 harbor\n");
    }
}
