//! Statements that the layout alone tells: a quotation signed with a dash and a name.
//!
//! ```text
//! “The old pier was better.” ― Ilse Voss, of Port Lorne
//! ```
//!
//! The name may stand in the same paragraph or in the next. Such lines are too rare in annotated
//! reports to be learned.

use super::SpanStatement;
use crate::text::{Prose, TokenKind};
use std::ops::Range;

/// Most tokens of a signature.
const LONGEST: usize = 14;
/// Small words inside a name or a title.
const SMALL: &[&str] =
    &["of", "the", "de", "la", "van", "von", "and", "for", "in", "at", "bin", "al"];

/// The signed quotations of a report.
pub fn signed(prose: &Prose, paragraphs: &[Range<usize>]) -> Vec<SpanStatement> {
    let mut statements = Vec::new();
    for (number, range) in paragraphs.iter().enumerate() {
        let from = range.start.max(range.end.saturating_sub(LONGEST));
        let Some(dash) = (from..range.end).find(|&i| is_dash(prose.word(i))) else { continue };
        let content = if dash > range.start {
            range.start..dash
        } else if let Some(before) = number.checked_sub(1) {
            paragraphs[before].clone()
        } else {
            continue;
        };
        let Some(name) = name(prose, dash + 1..range.end) else { continue };
        let is_quote = |i: usize| prose.tokens[i].kind == TokenKind::Quote;
        if content.len() < 5 || !is_quote(content.start) || !is_quote(content.end - 1) {
            continue;
        }
        statements.push(SpanStatement {
            source: vec![prose.span(name)],
            cue: vec![prose.tokens[dash].span],
            content: vec![prose.span(content)],
        });
    }
    statements
}

fn is_dash(word: &str) -> bool {
    matches!(word, "―" | "—" | "–" | "--" | "-")
}

/// The tokens without a final stop, if they can be a name: capitals, with small words and commas
/// between.
fn name(prose: &Prose, mut range: Range<usize>) -> Option<Range<usize>> {
    if range.len() > 1 && prose.word(range.end - 1) == "." {
        range.end -= 1;
    }
    let is_capital = |i: usize| prose.word(i).starts_with(char::is_uppercase);
    let mut tokens = range.clone();
    let fits = range.len() <= LONGEST
        && is_capital(tokens.next()?)
        && tokens.all(|i| {
            is_capital(i)
                || matches!(prose.word(i), "," | "." | "(" | ")")
                || SMALL.contains(&prose.low(i))
                || prose.tokens[i].kind == TokenKind::Number
        });
    fits.then_some(range)
}
