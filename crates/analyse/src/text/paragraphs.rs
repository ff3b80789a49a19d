//! Paragraphs: stretches between line breaks or blank lines, less what is not report text.
//!
//! A line break ends a paragraph, unless the text is hard-wrapped (lines cut at a column, going on
//! in lower case): then only a blank line does.

use onrecord_model::{Report, Span};

/// What a paragraph is in its report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The headline.
    Headline,
    /// Who wrote it.
    Byline,
    /// Where and when it was filed: "PORT LORNE, March 4 (AP) —".
    Dateline,
    /// The text.
    Body,
}

/// A paragraph to be: its role, and the pieces of text it is made of (several where something
/// that is not text, a picture's credit say, stands in the middle).
pub(super) struct Block {
    pub(super) role: Role,
    pub(super) pieces: Vec<Span>,
    pub(super) has_blank_before: bool,
}

/// The report's own text as blocks, in order.
pub(super) fn blocks(report: &Report) -> Vec<Block> {
    let text = report.text.as_str();
    let is_wrapped = is_hard_wrapped(text);
    let mut blocks = Vec::new();
    let mut start = 0;
    let mut has_blank = false;
    for (end, is_blank) in breaks(text, is_wrapped).chain([(text.len(), false)]) {
        cut_by_role(report, Span::new(start, end), has_blank, &mut blocks);
        has_blank = is_blank;
        start = end;
    }
    blocks
}

/// Where paragraphs end, and whether a blank line follows.
fn breaks(text: &str, is_wrapped: bool) -> impl Iterator<Item = (usize, bool)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(found) = memchr::memchr2(b'\n', b'\r', &bytes[at..]) {
            let line_end = at + found;
            let gap = bytes[line_end..].iter().take_while(|b| b.is_ascii_whitespace()).count();
            let newlines = bytes[line_end..line_end + gap].iter().filter(|&&b| b == b'\n').count();
            at = line_end + gap;
            if newlines > 1 || !is_wrapped {
                return Some((line_end, newlines > 1));
            }
        }
        None
    })
}

/// Whether lines were cut at a column: of the single line breaks, a quarter or more stand in the
/// middle of a sentence (no stop before, a small letter after).
fn is_hard_wrapped(text: &str) -> bool {
    let (mut single, mut inside) = (0, 0);
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let (line, Some(next)) = (line.trim(), lines.peek().map(|next| next.trim())) else { break };
        if line.is_empty() || next.is_empty() {
            continue;
        }
        single += 1;
        let goes_on = line.ends_with(|c: char| c.is_alphanumeric() || c == ',');
        inside += usize::from(goes_on && next.starts_with(char::is_lowercase));
    }
    inside > 1 && inside * 4 >= single
}

/// Cuts a paragraph where headline, byline or dateline end, and leaves out what is not text.
fn cut_by_role(report: &Report, whole: Span, has_blank: bool, blocks: &mut Vec<Block>) {
    let parts = [
        (report.headline, Role::Headline),
        (report.byline.as_ref().and_then(|byline| byline.span), Role::Byline),
        (report.dateline.as_ref().map(|dateline| dateline.span), Role::Dateline),
    ];
    let mut cuts = vec![whole.start, whole.end];
    for (part, _) in parts {
        cuts.extend(
            part.iter().flat_map(|p| [p.start, p.end]).filter(|&cut| whole.has(cut as usize)),
        );
    }
    cuts.sort_unstable();
    cuts.dedup();
    for cut in cuts.windows(2) {
        let span = Span { start: cut[0], end: cut[1] };
        let role = parts
            .iter()
            .find(|(part, _)| part.is_some_and(|part| part.contains(span)))
            .map_or(Role::Body, |&(_, role)| role);
        let pieces = without(report, span);
        if !pieces.is_empty() {
            blocks.push(Block { role, pieces, has_blank_before: has_blank });
        }
    }
}

/// The pieces of `span` that are report text and not blank.
fn without(report: &Report, span: Span) -> Vec<Span> {
    let mut pieces = Vec::new();
    let mut start = span.start;
    let from = report.not_text.partition_point(|piece| piece.span.end <= span.start);
    for piece in report.not_text[from..].iter().take_while(|piece| piece.span.start < span.end) {
        pieces.push(Span { start, end: piece.span.start.max(start) });
        start = piece.span.end.min(span.end).max(start);
    }
    pieces.push(Span { start, end: span.end });
    pieces.retain(|piece| !piece.of(&report.text).trim().is_empty());
    pieces
}
