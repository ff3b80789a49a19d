//! Which tokens stand inside quotation marks, for the features.
//!
//! ```text
//! "We will," she said, "appeal."      →   quotations: [" We will , "] and [" appeal . "]
//! ```
//!
//! Marks that do not match end with their paragraph. What a single ’ means is guessed from what it
//! is glued to.

use crate::text::{Prose, TokenKind};

/// A quotation: its marks and what is between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quotation {
    /// The opening mark.
    pub start: usize,
    /// One past the closing mark, or past the paragraph where there is none.
    pub end: usize,
    /// Whether it has a closing mark.
    pub is_closed: bool,
    /// Words in it.
    pub words: usize,
    /// Whether it goes on from the paragraph before, which did not close.
    pub goes_on: bool,
}

/// No quotation.
pub const OUTSIDE: u32 = u32::MAX;

/// The quotations of a report, in order, and for each token its quotation or [`OUTSIDE`].
pub fn quotations(prose: &Prose) -> (Vec<Quotation>, Vec<u32>) {
    let mut all: Vec<Quotation> = Vec::new();
    let mut of = vec![OUTSIDE; prose.tokens.len()];
    let mut is_open_before = false;
    for paragraph in &prose.paragraphs {
        let first = prose.sentences[paragraph.sentences.start].tokens.start;
        let last = prose.sentences[paragraph.sentences.end - 1].tokens.end;
        let mut open: Option<usize> = None;
        let mut found = Vec::new();
        for i in first..last {
            if prose.tokens[i].kind != TokenKind::Quote {
                continue;
            }
            let is_glued = prose.tokens[i].is_glued && i > first;
            let next_glued = i + 1 < last && prose.tokens[i + 1].is_glued;
            match (mark(prose.word(i)), open) {
                (Mark::Opens, None) | (Mark::Either, None) => open = Some(i),
                (Mark::Opens, Some(start)) => {
                    found.push((start, i, false));
                    open = Some(i);
                }
                (Mark::Closes | Mark::Either, Some(start)) if !is_single(prose, start) => {
                    found.push((start, i + 1, true));
                    open = None;
                }
                (Mark::SingleOpens, None) if next_glued => open = Some(i),
                (Mark::Single, None) if next_glued && !is_glued => open = Some(i),
                (Mark::Single, Some(start)) if is_single(prose, start) && is_glued => {
                    found.push((start, i + 1, true));
                    open = None;
                }
                (Mark::Closes | Mark::Either, Some(_)) => open = Some(i),
                _ => {}
            }
        }
        let goes_on = is_open_before && found.first().map_or(open, |f| Some(f.0)) == Some(first);
        is_open_before = open.is_some_and(|start| !is_single(prose, start));
        if let Some(start) = open
            && is_open_before
        {
            found.push((start, last, false));
        }
        for (start, end, is_closed) in found {
            let words = (start..end)
                .filter(|&i| matches!(prose.tokens[i].kind, TokenKind::Word | TokenKind::Number))
                .count();
            of[start..end].fill(all.len() as u32);
            let goes_on = goes_on && start == first;
            all.push(Quotation { start, end, is_closed, words, goes_on });
        }
    }
    (all, of)
}

enum Mark {
    Opens,
    Closes,
    Either,
    SingleOpens,
    Single,
}

fn mark(word: &str) -> Mark {
    match word {
        "“" | "„" | "‟" | "«" | "``" | "‹" => Mark::Opens,
        "”" | "»" | "›" => Mark::Closes,
        "‘" | "‚" | "‛" | "`" => Mark::SingleOpens,
        "'" | "’" => Mark::Single,
        _ => Mark::Either,
    }
}

fn is_single(prose: &Prose, i: usize) -> bool {
    matches!(mark(prose.word(i)), Mark::Single | Mark::SingleOpens)
}
