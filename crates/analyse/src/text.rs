//! A report's text as tokens, sentences and paragraphs: what every other step reads.
//!
//! ```text
//! Gen. J. Smith, Jr. said so.     →  Gen. | J. | Smith | , | Jr. | said | so | .      one sentence
//! "Yes. We will," she said.       →  two sentences: the first ends inside the quotation
//! ```
//!
//! Captions, credits and whatever else is `not_text` in the report has no tokens here.

mod paragraphs;
mod sentences;
mod tokens;

pub use paragraphs::Role;
pub use tokens::{Token, TokenKind};

use onrecord_model::{Report, Span};
use std::ops::Range;

/// A report's own words, cut up. Indices are into `tokens`, `sentences`, `paragraphs`.
#[derive(Debug)]
pub struct Prose<'r> {
    /// What was cut up.
    pub report: &'r Report,
    /// Its text.
    pub text: &'r str,
    /// The same with ASCII letters in lower case: same bytes, same offsets.
    pub lower: String,
    /// All tokens, in order.
    pub tokens: Vec<Token>,
    /// All sentences, in order; each token is in exactly one.
    pub sentences: Vec<SentenceTokens>,
    /// All paragraphs, in order; each sentence is in exactly one.
    pub paragraphs: Vec<Paragraph>,
}

/// A sentence and its tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentenceTokens {
    /// From its first token to its last.
    pub span: Span,
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its paragraph.
    pub paragraph: u32,
}

/// A paragraph and its sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// From its first token to its last.
    pub span: Span,
    /// Its sentences.
    pub sentences: Range<usize>,
    /// Headline, byline, dateline or body.
    pub role: Role,
    /// Whether a blank line (not a mere line break) stands before it.
    pub has_blank_before: bool,
}

impl<'r> Prose<'r> {
    /// Cuts up a report.
    pub fn new(report: &'r Report) -> Self {
        let text = report.text.as_str();
        let mut prose = Self {
            report,
            text,
            lower: text.to_ascii_lowercase(),
            tokens: Vec::with_capacity(text.len() / 5),
            sentences: Vec::with_capacity(text.len() / 100),
            paragraphs: Vec::new(),
        };
        for block in paragraphs::blocks(report) {
            let first = prose.sentences.len();
            let from = prose.tokens.len();
            for piece in &block.pieces {
                tokens::tokens(text, *piece, &mut prose.tokens);
            }
            let number = prose.paragraphs.len() as u32;
            for range in sentences::sentences(text, &prose.tokens, from) {
                let span = prose.tokens[range.start].span.join(prose.tokens[range.end - 1].span);
                prose.sentences.push(SentenceTokens { span, tokens: range, paragraph: number });
            }
            if prose.sentences.len() == first {
                continue;
            }
            let last = prose.sentences.len();
            prose.paragraphs.push(Paragraph {
                span: prose.sentences[first].span.join(prose.sentences[last - 1].span),
                sentences: first..last,
                role: block.role,
                has_blank_before: block.has_blank_before,
            });
        }
        prose
    }

    /// Token `i` as written.
    pub fn word(&self, i: usize) -> &'r str {
        self.tokens[i].span.of(self.text)
    }

    /// Token `i` with ASCII letters in lower case.
    pub fn low(&self, i: usize) -> &str {
        self.tokens[i].span.of(&self.lower)
    }

    /// The span from token `range.start` to the last before `range.end`.
    ///
    /// # Panics
    /// If the range is empty or past the tokens.
    pub fn span(&self, range: Range<usize>) -> Span {
        self.tokens[range.start].span.join(self.tokens[range.end - 1].span)
    }

    /// The sentence that token `i` is in.
    pub fn sentence_of(&self, i: usize) -> usize {
        self.sentences.partition_point(|sentence| sentence.tokens.end <= i)
    }

    /// The paragraph that sentence `i` is in.
    pub fn paragraph_of(&self, sentence: usize) -> &Paragraph {
        &self.paragraphs[self.sentences[sentence].paragraph as usize]
    }

    /// The first token that starts at or after byte `offset`.
    pub fn token_from(&self, offset: usize) -> usize {
        self.tokens.partition_point(|token| (token.span.start as usize) < offset)
    }
}

#[cfg(test)]
mod tests;
