//! Where words stand: byte ranges in a report's text, and their count in code points.
//!
//! Inside OnRecord a [`Span`] counts bytes, so that it slices a `str`. Outside (JSON, SQL, brat)
//! offsets count Unicode code points, as W3C Web Annotation does; [`CodePoints`] converts.
//!
//! ```text
//! "Élan said"[0..5] is "Élan"; as code points, 0 to 4.
//! ```

use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A byte range in a report's text, end exclusive, on character boundaries.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(from = "(u32, u32)", into = "(u32, u32)")]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`, in bytes.
    ///
    /// # Panics
    /// If `end` is before `start`, or past `u32::MAX`: a report's text is under 4 GiB.
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "a span ends before it starts: {start}..{end}");
        let end = u32::try_from(end).expect("a report's text is under 4 GiB");
        Self { start: start as u32, end }
    }

    /// The words it stands for.
    ///
    /// # Panics
    /// If the span is not of this text.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// As a range of bytes, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it holds nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly within.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the byte at `offset` lies within.
    pub fn has(self, offset: usize) -> bool {
        self.range().contains(&offset)
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The shortest span that holds both.
    pub fn join(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Without the white space at its ends; empty spans stay where they start.
    pub fn trim(self, text: &str) -> Self {
        let words = self.of(text);
        let start = self.start as usize + (words.len() - words.trim_start().len());
        Self::new(start, start + words.trim().len())
    }
}

impl From<(u32, u32)> for Span {
    fn from((start, end): (u32, u32)) -> Self {
        Self { start, end: end.max(start) }
    }
}

impl From<Span> for (u32, u32) {
    fn from(span: Span) -> Self {
        (span.start, span.end)
    }
}

/// Bytes between two entries of the table.
const STEP: usize = 64;

/// Converts between byte offsets and code points of one text, each way in constant or
/// logarithmic time.
#[derive(Debug, Clone)]
pub struct CodePoints<'t> {
    text: &'t str,
    /// Code points that begin before byte `i * STEP`; empty for ASCII text, where the two agree.
    before: Vec<u32>,
}

impl<'t> CodePoints<'t> {
    /// A converter for `text`.
    pub fn new(text: &'t str) -> Self {
        if text.is_ascii() {
            return Self { text, before: Vec::new() };
        }
        let mut before = Vec::with_capacity(text.len() / STEP + 1);
        let mut count = 0;
        for chunk in text.as_bytes().chunks(STEP) {
            before.push(count);
            count += starts(chunk);
        }
        Self { text, before }
    }

    /// Code points before byte `offset`.
    pub fn at(&self, offset: usize) -> u32 {
        let offset = offset.min(self.text.len());
        if self.before.is_empty() {
            return offset as u32;
        }
        let entry = (offset / STEP).min(self.before.len() - 1);
        self.before[entry] + starts(&self.text.as_bytes()[entry * STEP..offset])
    }

    /// A span in code points, `[start, end]`.
    pub fn span(&self, span: Span) -> [u32; 2] {
        [self.at(span.start as usize), self.at(span.end as usize)]
    }

    /// The byte at which code point number `count` begins; the text's end if it has fewer.
    pub fn byte(&self, count: u32) -> usize {
        if self.before.is_empty() {
            return (count as usize).min(self.text.len());
        }
        let entry = self.before.partition_point(|&before| before <= count) - 1;
        let left = (count - self.before[entry]) as usize;
        let bytes = self.text.as_bytes();
        let mut starts = (entry * STEP..bytes.len()).filter(|&i| is_start(bytes[i]));
        starts.nth(left).unwrap_or(bytes.len())
    }

    /// The byte span of `[start, end]` code points.
    pub fn bytes(&self, [start, end]: [u32; 2]) -> Span {
        Span::new(self.byte(start), self.byte(end.max(start)))
    }
}

fn is_start(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

fn starts(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&byte| is_start(byte)).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_span_counts_bytes_inside_and_code_points_outside() {
        let text = "Élan said";
        let span = Span::new(0, 5);
        assert_eq!(span.of(text), "Élan");
        assert_eq!(CodePoints::new(text).span(span), [0, 4]);
    }

    #[test]
    fn trimming_an_empty_span_keeps_it_inside() {
        assert_eq!(Span::new(2, 4).trim("ab  cd"), Span::new(4, 4));
        assert_eq!(Span::new(1, 5).trim("a b  c"), Span::new(2, 3));
    }

    proptest! {
        #[test]
        fn code_points_and_bytes_convert_both_ways(text in "\\PC{0,300}") {
            let points = CodePoints::new(&text);
            for (count, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(points.at(byte), count as u32);
                prop_assert_eq!(points.byte(count as u32), byte);
            }
            prop_assert_eq!(points.at(text.len()), text.chars().count() as u32);
            prop_assert_eq!(points.byte(text.chars().count() as u32), text.len());
        }
    }
}
