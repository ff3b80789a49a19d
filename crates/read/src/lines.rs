//! The lines of a text that have words on them, and what stands between them.
//!
//! ```text
//! "Strike ends\n\n\nThe dockers …"  →  line 0..11 after 0 empty lines, line 14..27 after 2
//! ```

use onrecord_model::Span;

/// One line with words on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Line {
    /// Its words, without white space at the ends.
    pub(crate) span: Span,
    /// Empty lines before it.
    pub(crate) gap: u32,
    /// Whether a form feed stands before it: a new page.
    pub(crate) is_new_page: bool,
}

impl Line {
    pub(crate) fn of(self, text: &str) -> &str {
        self.span.of(text)
    }
}

/// The lines that have words on them, in order. Lines end with LF, CRLF or CR.
pub(crate) fn lines(text: &str) -> Vec<Line> {
    let bytes = text.as_bytes();
    let (mut lines, mut gap, mut is_new_page) = (Vec::new(), 0, false);
    let mut start = 0;
    while start < bytes.len() {
        let end =
            memchr::memchr2(b'\n', b'\r', &bytes[start..]).map_or(bytes.len(), |at| start + at);
        let raw = &text[start..end];
        let words = raw.trim_matches(is_blank);
        if words.is_empty() {
            gap += 1;
            is_new_page |= raw.contains('\u{C}');
        } else {
            let first = start + (raw.len() - raw.trim_start_matches(is_blank).len());
            is_new_page |= text[start..first].contains('\u{C}');
            lines.push(Line { span: Span::new(first, first + words.len()), gap, is_new_page });
            (gap, is_new_page) = (0, false);
        }
        start = end + if bytes[end..].starts_with(b"\r\n") { 2 } else { 1 };
    }
    lines
}

/// White space, and the marks that scraped pages leave on empty lines.
fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}' | '\u{AD}')
}

/// A line for comparing: lower case, letters and digits only, words parted by one space.
pub(crate) fn fold(line: &str) -> String {
    let mut folded = String::with_capacity(line.len());
    let mut is_word = false;
    for c in line.chars() {
        if c.is_alphanumeric() {
            folded.extend(c.to_lowercase());
            is_word = true;
        } else if is_word && !matches!(c, '\'' | '’' | '‘') {
            folded.push(' ');
            is_word = false;
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_in_every_way_and_count_the_empty_ones_before() {
        let text = "\u{FEFF}Strike ends\r\n\r\n \t\r\n  The dockers went back. \rAll of them.\n\u{C}\nNext";
        let found: Vec<_> =
            lines(text).into_iter().map(|l| (l.of(text), l.gap, l.is_new_page)).collect();
        let expected = [
            ("Strike ends", 0, false),
            ("The dockers went back.", 2, false),
            ("All of them.", 0, false),
            ("Next", 1, true),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn folding_forgets_case_and_marks() {
        assert_eq!(fold("Strike “Ends”, Port’s  open!"), fold("STRIKE 'ENDS' – Ports open"));
    }
}
