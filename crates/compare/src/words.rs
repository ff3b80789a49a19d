//! Words as comparisons see them: folded so that spelling and punctuation do not part what is
//! the same, each with its span.
//!
//! ```text
//! "The cease-fire's colour — 1,400"  →  the · ceasefires · color · 1400
//! ```
//!
//! Not handled: accents (é stays apart from e), and spellings of names.

use crate::rules::spelling;
use onrecord_model::{NotText, Report, Span};
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

/// One word, folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// Lower case, without inner punctuation, in one spelling.
    pub(crate) folded: String,
    /// Where it stands.
    pub(crate) span: Span,
}

/// The words of `span`, in order.
pub(crate) fn words(text: &str, span: Span) -> Vec<Word> {
    let mut found = Vec::new();
    each_word(text, span, |folded, span| found.push(Word { folded: folded.to_owned(), span }));
    found
}

/// Calls `see` with each word of `span`, folded, and its own span.
pub(crate) fn each_word(text: &str, span: Span, see: impl FnMut(&str, Span)) {
    each(text, span, fold, see);
}

/// As [`each_word`], faster, for texts that are spelled alike where they are alike: copies.
pub(crate) fn each_plain_word(text: &str, span: Span, see: impl FnMut(&str, Span)) {
    each(text, span, fold_plain, see);
}

fn each(text: &str, span: Span, fold: fn(&str, &mut String), mut see: impl FnMut(&str, Span)) {
    let part = span.of(text);
    let base = span.start as usize;
    let mut folded = String::new();
    let mut at = 0;
    while let Some((start, end)) = next_word(part, at) {
        at = end;
        fold(&part[start..end], &mut folded);
        if !folded.is_empty() {
            see(&folded, Span::new(base + start, base + end));
        }
    }
}

/// Where the next word from byte `at` begins and ends.
fn next_word(text: &str, at: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    // Nearly all of news is plain letters: go by bytes as far as they do.
    let mut start = at;
    while bytes.get(start).is_some_and(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric()) {
        start += 1;
    }
    if !bytes.get(start)?.is_ascii() {
        start += text[start..].find(char::is_alphanumeric)?;
    }
    let mut end = start;
    while bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) {
        end += 1;
    }
    if bytes.get(end).is_none_or(|byte| matches!(byte, b' ' | b'\n')) {
        return Some((start, end));
    }
    let mut run = end - start;
    let mut last =
        bytes.get(end.wrapping_sub(1)).filter(|_| run > 0).map_or(' ', |&byte| byte as char);
    let mut chars = text[end..].chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_alphanumeric() {
            run += 1;
        } else {
            let next = chars.peek().copied().unwrap_or(' ');
            if !joins(c, last, run, next) {
                break;
            }
            run = 0;
        }
        end += c.len_utf8();
        last = c;
    }
    Some((start, end))
}

/// One hash of a row of hashes, in their order.
pub(crate) fn row(hashes: impl IntoIterator<Item = u64>) -> u64 {
    let mixed = hashes.into_iter().fold(0x9E37_79B9_7F4A_7C15u64, |seed, hash| {
        (seed.rotate_left(23) ^ hash).wrapping_mul(0xD6E8_FEB8_6659_FD93)
    });
    mixed ^ (mixed >> 32)
}

/// Whether the mark `c` holds two parts of one word together.
fn joins(c: char, before: char, run: usize, after: char) -> bool {
    match c {
        '\'' | '’' | '-' | '‐' | '\u{2011}' | '\u{ad}' => {
            before.is_alphanumeric() && after.is_alphanumeric()
        }
        // "U.S.", "p.m.", "1.3"
        '.' => {
            before.is_ascii_digit() && after.is_ascii_digit()
                || run == 1 && before.is_alphabetic() && after.is_alphabetic()
        }
        ',' => before.is_ascii_digit() && after.is_ascii_digit(),
        _ => false,
    }
}

/// Writes `word` into `folded`: lower case, one spelling, nothing but letters, digits and decimal
/// points.
pub(crate) fn fold(word: &str, folded: &mut String) {
    fold_plain(word, folded);
    spelling().fold(folded);
}

/// As [`fold`], but for the spelling.
fn fold_plain(word: &str, folded: &mut String) {
    folded.clear();
    if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        folded.push_str(word);
        folded.make_ascii_lowercase();
        return;
    }
    let has_digit = word.bytes().any(|byte| byte.is_ascii_digit());
    for c in word.chars() {
        if c.is_ascii_alphanumeric() {
            folded.push(c.to_ascii_lowercase());
        } else if c.is_alphanumeric() {
            folded.extend(c.to_lowercase().filter(|c| c.is_alphanumeric()));
        } else if c == '.' && has_digit {
            folded.push(c);
        }
    }
}

/// A folded copy of `word`.
pub(crate) fn folded(word: &str) -> String {
    let mut out = String::new();
    fold(word, &mut out);
    out
}

/// The hash of a key of one comparison: its name, the sort of key, and what it holds.
pub(crate) fn key(sort: &str, parts: &[&str]) -> u64 {
    parts
        .iter()
        .fold(xxh3_64(sort.as_bytes()), |seed, part| xxh3_64_with_seed(part.as_bytes(), seed))
}

/// The pieces of a report that are its own running text: without captions, credits, menus, the
/// headline and the dateline.
pub(crate) fn own_text(report: &Report) -> Vec<Span> {
    let mut apart: Vec<Span> = report.not_text.iter().map(|&NotText { span, .. }| span).collect();
    apart.extend(report.headline);
    apart.extend(report.dateline.as_ref().map(|dateline| dateline.span));
    apart.sort();
    let end = report.text.len();
    let mut own = Vec::new();
    let mut at = 0;
    for span in apart {
        let (from, to) = (span.start as usize, span.end as usize);
        if from > at && from <= end {
            own.push(Span::new(at, from));
        }
        at = at.max(to);
    }
    if at < end {
        own.push(Span::new(at, end));
    }
    own
}

/// The smallest hashes of every `width` neighbours (winnowing: Schleimer, Wilkerson and Aiken,
/// 2003): any stretch of `width` hashes that two texts share gives them a common one.
pub(crate) fn winnow(hashes: &[u64], width: usize) -> Vec<u64> {
    if hashes.is_empty() {
        return Vec::new();
    }
    let mut least = Vec::new();
    let mut at: Option<usize> = None;
    for end in width.min(hashes.len())..=hashes.len() {
        let start = end.saturating_sub(width);
        at = match at {
            Some(i) if i >= start && hashes[end - 1] > hashes[i] => Some(i),
            Some(i) if i >= start => Some(end - 1),
            _ => (start..end).min_by_key(|&i| (hashes[i], usize::MAX - i)),
        };
        least.extend(at.map(|i| hashes[i]));
    }
    least.sort_unstable();
    least.dedup();
    least
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<String> {
        words(text, Span::new(0, text.len())).into_iter().map(|word| word.folded).collect()
    }

    #[test]
    fn spelling_and_punctuation_do_not_part_words() {
        assert_eq!(all("The cease-fire, at 1,400 — U.S."), all("the ceasefire at 1400 US"));
        assert_eq!(
            all("don’t organise the harbour’s defence"),
            all("don't organize the harbor's defense")
        );
        assert_ne!(all("four"), all("for"));
        assert_eq!(all("1.3 million"), ["1.3", "million"]);
    }

    #[test]
    fn a_sentence_end_is_no_part_of_a_word() {
        assert_eq!(all("It ended.Then it rained."), ["it", "ended", "then", "it", "rained"]);
    }

    #[test]
    fn shared_stretches_share_a_least_hash() {
        let a: Vec<u64> = (0..40u64).map(|n| xxh3_64(&n.to_le_bytes())).collect();
        let b: Vec<u64> = (28..70u64).map(|n| xxh3_64(&n.to_le_bytes())).collect();
        let (a, b) = (winnow(&a, 12), winnow(&b, 12));
        assert!(a.iter().any(|hash| b.contains(hash)));
    }
}
