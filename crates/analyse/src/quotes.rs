//! Quotation marks paired: which words stand in which quotation.
//!
//! ```text
//! “He told us, ‘Wait,’” Oke said.   →   “…” at depth 0, ‘Wait,’ at depth 1
//! ```
//!
//! Marks pair within a paragraph. A quotation that runs over several paragraphs opens each with a
//! mark and closes only the last; each paragraph gives one [`Quotation`], and all but the first
//! continue the one before. What does not pair is mended at the paragraph, with a warning.
//!
//! Not handled: two quotations nested with the same straight mark.

use crate::text::{Prose, TokenKind};
use onrecord_model::{Span, Warning};

/// The words between two marks, within one paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// The opening mark's token.
    pub open: usize,
    /// One past the closing mark's token; where it has none, one past its last word.
    pub end: usize,
    /// Whether the closing mark stands there.
    pub is_closed: bool,
    /// How many quotations it stands in.
    pub depth: u8,
    /// Whether it goes on in the next paragraph.
    pub goes_on: bool,
    /// Whether it goes on from the paragraph before.
    pub is_continued: bool,
}

/// All quotations of a report, in order of their opening marks.
#[derive(Debug, Default)]
pub struct Quotes {
    /// The quotations.
    pub quotations: Vec<Quotation>,
    /// What did not pair.
    pub warnings: Vec<Warning>,
    /// For each token, the outermost quotation it stands in (its marks included), by number.
    outer: Vec<u32>,
}

const NONE: u32 = u32::MAX;

impl Quotes {
    /// Pairs the marks of `prose`.
    pub fn new(prose: &Prose) -> Self {
        let mut quotes = Self { outer: vec![NONE; prose.tokens.len()], ..Self::default() };
        let mut going_on = None;
        for paragraph in 0..prose.paragraphs.len() {
            let range = paragraph_tokens(prose, paragraph);
            let mut pairing = Pairing::new(prose, range.start, range.end, going_on.take());
            pairing.run();
            let next_opens = (paragraph + 1 < prose.paragraphs.len())
                .then(|| paragraph_tokens(prose, paragraph + 1).start);
            going_on = pairing.finish(next_opens, &mut quotes.warnings);
            quotes.quotations.append(&mut pairing.done);
        }
        quotes
            .quotations
            .sort_by_key(|quotation| (quotation.open, std::cmp::Reverse(quotation.end)));
        for (number, quotation) in quotes.quotations.iter().enumerate() {
            if quotation.depth == 0 {
                quotes.outer[quotation.open..quotation.end].fill(number as u32);
            }
        }
        quotes
    }

    /// The outermost quotation that token `i` stands in (its marks count), by number.
    pub fn outer(&self, i: usize) -> Option<usize> {
        self.outer.get(i).filter(|&&number| number != NONE).map(|&number| number as usize)
    }

    /// How many quotations token `i` stands in, its marks included.
    pub fn depth(&self, i: usize) -> u32 {
        let Some(outer) = self.outer(i) else { return 0 };
        let inner = self.quotations[outer..].iter().take_while(|quotation| quotation.open <= i);
        inner.filter(|quotation| i < quotation.end).count() as u32
    }

    /// Whether token `i` stands in a quotation, or is a mark of one.
    pub fn is_quoted(&self, i: usize) -> bool {
        self.outer(i).is_some()
    }

    /// The quotation that token `i` opens, by number.
    pub fn opened_by(&self, i: usize) -> Option<usize> {
        let found = self.quotations.binary_search_by_key(&i, |quotation| quotation.open);
        found.ok()
    }

    /// The outermost quotation that ends with the token before `i`, by number.
    pub fn closed_before(&self, i: usize) -> Option<usize> {
        let number = self.outer(i.checked_sub(1)?)?;
        (self.quotations[number].end == i).then_some(number)
    }
}

fn paragraph_tokens(prose: &Prose, paragraph: usize) -> std::ops::Range<usize> {
    let sentences = &prose.paragraphs[paragraph].sentences;
    prose.sentences[sentences.start].tokens.start..prose.sentences[sentences.end - 1].tokens.end
}

/// The shapes that pair with each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// “ ” „ “ " '' ``
    Double,
    /// « »
    Angle,
    /// ‘ ’ '
    Single,
}

/// What a mark can do where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    Opens,
    Closes,
    Either,
    Neither,
}

struct Open {
    token: usize,
    shape: Shape,
    is_continued: bool,
}

struct Pairing<'p, 'r> {
    prose: &'p Prose<'r>,
    start: usize,
    end: usize,
    stack: Vec<Open>,
    done: Vec<Quotation>,
    stray: Option<usize>,
    was_open: Option<Shape>,
    is_reversed: bool,
}

impl<'p, 'r> Pairing<'p, 'r> {
    fn new(prose: &'p Prose<'r>, start: usize, end: usize, was_open: Option<Shape>) -> Self {
        let first_angle =
            (start..end).map(|i| prose.word(i)).find(|word| matches!(*word, "«" | "»"));
        Self {
            prose,
            start,
            end,
            stack: Vec::new(),
            done: Vec::new(),
            stray: None,
            was_open,
            is_reversed: first_angle == Some("»"),
        }
    }

    fn run(&mut self) {
        for i in self.start..self.end {
            if self.prose.tokens[i].kind != TokenKind::Quote {
                continue;
            }
            let (shape, turn) = self.turn(i);
            let is_open = self.stack.iter().any(|open| open.shape == shape);
            match turn {
                Turn::Opens => self.open(i, shape),
                Turn::Closes if is_open => self.close(i, shape),
                Turn::Either if is_open => self.close(i, shape),
                Turn::Either => self.open(i, shape),
                Turn::Closes if shape != Shape::Single => {
                    self.stray.get_or_insert(i);
                }
                Turn::Closes | Turn::Neither => {}
            }
        }
    }

    fn open(&mut self, i: usize, shape: Shape) {
        // A quotation does not stand in one of its own shape: the one before was not closed.
        if let Some(at) = self.stack.iter().position(|open| open.shape == shape) {
            self.stray.get_or_insert(self.stack[at].token);
            while self.stack.len() > at {
                let open = self.stack.pop().expect("longer than `at`");
                let end = self.mended_end(open.token, i);
                self.push(&open, end, false, false);
            }
        }
        let is_continued = i == self.start && self.was_open == Some(shape);
        self.stack.push(Open { token: i, shape, is_continued });
    }

    fn close(&mut self, i: usize, shape: Shape) {
        while let Some(open) = self.stack.pop() {
            let is_it = open.shape == shape;
            self.push(&open, if is_it { i + 1 } else { i }, is_it, false);
            if is_it {
                break;
            }
        }
    }

    fn push(&mut self, open: &Open, end: usize, is_closed: bool, goes_on: bool) {
        if end > open.token + 1 {
            self.done.push(Quotation {
                open: open.token,
                end,
                is_closed,
                depth: self.stack.len().min(9) as u8,
                goes_on,
                is_continued: open.is_continued,
            });
        }
    }

    /// Where an unclosed quotation most likely ended: with the sentence it opened in, or, where it
    /// opened a sentence, with the last sentence before `limit`.
    fn mended_end(&self, open: usize, limit: usize) -> usize {
        let sentence = self.prose.sentence_of(open);
        let tokens = &self.prose.sentences[sentence].tokens;
        if open > tokens.start {
            return tokens.end.min(limit);
        }
        let last = self.prose.sentence_of(limit.max(open + 1) - 1);
        self.prose.sentences[last].tokens.end.min(limit)
    }

    /// Ends the paragraph. Gives the shape that goes on in the next, if one does.
    fn finish(&mut self, next: Option<usize>, warnings: &mut Vec<Warning>) -> Option<Shape> {
        let mut going_on = None;
        while let Some(open) = self.stack.pop() {
            if open.shape == Shape::Single && !self.stack.is_empty() {
                self.push(&open, self.end, false, false);
                continue;
            }
            let goes_on = next.is_some_and(|next| {
                self.prose.tokens[next].kind == TokenKind::Quote
                    && shape_of(self.prose.word(next)) == open.shape
            });
            if goes_on {
                going_on = Some(open.shape);
                self.push(&open, self.end, false, true);
                continue;
            }
            if open.shape != Shape::Single {
                self.stray.get_or_insert(open.token);
                let end = self.mended_end(open.token, self.end);
                self.push(&open, end, false, false);
            }
        }
        if let Some(stray) = self.stray {
            let span: Span = self.prose.tokens[stray].span;
            warnings
                .push(Warning { span, text: "a quotation mark without its partner".to_owned() });
        }
        going_on
    }

    /// What the mark at `i` can do, by its shape and its neighbours.
    fn turn(&self, i: usize) -> (Shape, Turn) {
        let word = self.prose.word(i);
        let token = self.prose.tokens[i];
        let is_glued = token.is_glued && i > self.start;
        let next = (i + 1 < self.end).then(|| self.prose.tokens[i + 1]);
        let next_is_glued = next.is_some_and(|next| next.is_glued);
        let before = is_glued.then(|| self.prose.tokens[i - 1].kind);
        let shape = shape_of(word);
        let turn = match word {
            "“" if self.opened_low() => Turn::Closes,
            "“" | "„" | "‟" | "``" | "‚" | "‹" => Turn::Opens,
            "”" | "›" => Turn::Closes,
            "«" => {
                if self.is_reversed {
                    Turn::Closes
                } else {
                    Turn::Opens
                }
            }
            "»" => {
                if self.is_reversed {
                    Turn::Opens
                } else {
                    Turn::Closes
                }
            }
            "‘" | "‛" | "`" if next_is_glued => Turn::Opens,
            "'" | "’" | "‘" | "‛" | "`" => self.single(i, word, is_glued, next_is_glued),
            _ => {
                let is_open = self.stack.iter().any(|open| open.shape == shape);
                let is_measure = before == Some(TokenKind::Number) && !is_open;
                let opens_by_place = !is_glued
                    || matches!(self.prose.word(i - 1), "(" | "[" | "—" | "–" | "-" | "--" | "/");
                match (
                    opens_by_place,
                    next_is_glued
                        && next.is_some_and(|n| {
                            matches!(
                                n.kind,
                                TokenKind::Word | TokenKind::Number | TokenKind::Symbol
                            )
                        }),
                ) {
                    _ if is_measure => Turn::Neither,
                    (true, true) if i == self.start || !is_open => Turn::Opens,
                    (true, true) if self.closes_later(i, shape) => Turn::Opens,
                    (false, false) if before == Some(TokenKind::Mark) || is_open => Turn::Closes,
                    _ => Turn::Either,
                }
            }
        };
        (shape, turn)
    }

    /// Whether an open quotation began with a low mark („ “).
    fn opened_low(&self) -> bool {
        self.stack.iter().any(|open| matches!(self.prose.word(open.token), "„" | "‟"))
    }

    /// Whether, of the marks of this shape after `i`, one closes before another opens: then `i`
    /// may be read as an opening mark although a quotation is open.
    fn closes_later(&self, i: usize, shape: Shape) -> bool {
        let mut later = (i + 1..self.end).filter(|&j| {
            self.prose.tokens[j].kind == TokenKind::Quote && shape_of(self.prose.word(j)) == shape
        });
        later.next().is_some_and(|j| self.prose.tokens[j].is_glued)
    }

    /// A single mark: an apostrophe, a possessive, an opening or a closing mark.
    fn single(&self, i: usize, word: &str, is_glued: bool, next_is_glued: bool) -> Turn {
        let prose = self.prose;
        let is_open = self.stack.iter().any(|open| open.shape == Shape::Single);
        if !is_glued && next_is_glued && word != "’" {
            // "'Wait,' he said" opens; "rock 'n' roll" and "'em" do not reach here as marks.
            let has_close =
                (i + 1..self.end).any(|j| is_single(prose.word(j)) && prose.tokens[j].is_glued);
            return if has_close && !is_open { Turn::Opens } else { Turn::Neither };
        }
        if is_glued
            && !is_open
            && next_is_glued
            && matches!(prose.word(i - 1), "“" | "\"" | "''" | "(" | "—" | "«")
        {
            return Turn::Opens;
        }
        if !is_open || !is_glued {
            return Turn::Neither;
        }
        // "the workers’ pay": a possessive, if the quotation still finds its end further on.
        let follows_s = prose.word(i - 1).ends_with(['s', 'S', 'z', 'x']);
        let word_follows = i + 1 < self.end
            && !prose.tokens[i + 1].is_glued
            && prose.tokens[i + 1].kind == TokenKind::Word
            && prose.word(i + 1).starts_with(char::is_lowercase);
        let has_other = (i + 1..self.end).take_while(|&j| prose.word(j) != "‘").any(|j| {
            is_single(prose.word(j))
                && prose.tokens[j].is_glued
                && !(j + 1 < self.end
                    && prose.tokens[j + 1].is_glued
                    && prose.tokens[j + 1].kind == TokenKind::Word)
        });
        if follows_s && word_follows && has_other { Turn::Neither } else { Turn::Closes }
    }
}

fn is_single(word: &str) -> bool {
    matches!(word, "'" | "’" | "‘" | "`")
}

fn shape_of(word: &str) -> Shape {
    match word {
        "«" | "»" => Shape::Angle,
        "'" | "‘" | "’" | "‚" | "‛" | "`" | "‹" | "›" => Shape::Single,
        _ => Shape::Double,
    }
}

#[cfg(test)]
mod tests;
