//! Statements as spans: source, cue and content, found by learned weights.
//!
//! ```text
//! "We will appeal," the minister said.
//! content ^^^^^^^^  source ^^^^  cue ^^^^
//! ```
//!
//! Two passes: [`first`] marks sources, cues and contents in each paragraph, [`second`] gives each
//! cue its own. Who the source is, and speech inside speech, is for others to say.

pub mod chain;
pub mod first;
pub mod layout;
pub mod look;
pub mod quotes;
pub mod second;

use crate::learned::{Reader, Sums};
use crate::quotes::Quotes;
use crate::syntax::{Names, Syntax};
use crate::text::Prose;
use chain::Chain;
use look::{Hint, Lexicon, Look};
use onrecord_model::Span;
use second::{Found, Window};
use std::ops::Range;
use std::sync::LazyLock;

/// The weights that are compiled in.
static MODEL: LazyLock<Model> = LazyLock::new(|| {
    Model::read(include_bytes!("../../../models/statements.bin")).unwrap_or_default()
});

/// A statement as spans of the report's text, each list in order; source may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SpanStatement {
    /// Who said it.
    pub source: Vec<Span>,
    /// The word or words that say that something was said.
    pub cue: Vec<Span>,
    /// What was said.
    pub content: Vec<Span>,
}

/// Weights of the two passes, and how often each word is a cue.
#[derive(Debug, Default)]
pub struct Model {
    /// How often each base form is a cue.
    pub lexicon: Lexicon,
    /// First pass.
    pub first: Chain,
    /// Second pass.
    pub second: Chain,
}

impl Model {
    /// Reads a model file.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(bytes);
        let mut lexicon = Lexicon::default();
        for _ in 0..reader.number()? {
            let (base, cues, total) = (reader.number()?, reader.number()?, reader.number()?);
            lexicon.counts.insert(base, [cues, total]);
        }
        let (first, second) = (Chain::read(&mut reader)?, Chain::read(&mut reader)?);
        let fits = first.labels == first::LABELS && second.labels == second::LABELS;
        fits.then_some(Self { lexicon, first, second })
    }

    /// The statements of a report, in the order of their cues.
    pub fn spans(
        &self,
        prose: &Prose,
        syntax: &Syntax,
        hints: Vec<Hint>,
        names: &Names,
    ) -> Vec<SpanStatement> {
        if self.first.labels == 0 || prose.tokens.is_empty() {
            return Vec::new();
        }
        let mut look = Look::new(prose, syntax, names);
        look.heed(hints);
        look.weigh(&self.lexicon, None);
        let found = Found::new(&look, first_pass(&self.first, prose, &look));
        let cues = cues(&found.labels);
        let mut statements = second_pass(&self.second, prose, &look, &found, cues);
        for signed in layout::signed(prose, &paragraphs(prose)) {
            let meets = |a: &[Span], b: &[Span]| a.iter().any(|a| b.iter().any(|b| a.overlaps(*b)));
            statements.retain(|own| {
                !meets(&own.cue, &signed.cue) && !meets(&own.content, &signed.content)
            });
            statements.push(signed);
        }
        statements.sort_by_key(|statement| statement.cue.first().map(|span| span.start));
        statements
    }
}

/// The statements of a report, by the compiled-in weights.
pub fn spans(prose: &Prose) -> Vec<SpanStatement> {
    let syntax = crate::syntax::syntax(prose);
    let hints = crate::statements::hints_of(prose, &Quotes::new(prose), &syntax);
    spans_with(prose, &syntax, hints)
}

/// The same where tags, dependencies, and what the rules find, are already known.
pub fn spans_with(prose: &Prose, syntax: &Syntax, hints: Vec<Hint>) -> Vec<SpanStatement> {
    MODEL.spans(prose, syntax, hints, &crate::syntax::Model::built_in().names)
}

/// The tokens of each paragraph.
pub fn paragraphs(prose: &Prose) -> Vec<Range<usize>> {
    let sentences = &prose.sentences;
    let tokens = |range: &Range<usize>| {
        sentences[range.start].tokens.start..sentences[range.end - 1].tokens.end
    };
    prose.paragraphs.iter().map(|paragraph| tokens(&paragraph.sentences)).collect()
}

/// Labels of the first pass, one a token.
pub fn first_pass(chain: &Chain, prose: &Prose, look: &Look) -> Vec<u8> {
    let mut labels = Vec::with_capacity(prose.tokens.len());
    let (mut features, mut scores, mut edges) = (Vec::new(), Vec::new(), Vec::new());
    for (number, range) in paragraphs(prose).into_iter().enumerate() {
        let paragraph = first::Paragraph::new(look, range.clone(), number);
        scores.clear();
        edges.clear();
        for i in range.clone() {
            edges.push(first::edge(look, &range, i));
            first::features(look, &paragraph, i, &mut features);
            scores.extend(&chain.table.sums(&features)[..first::LABELS]);
        }
        labels.extend(chain.best(&scores, &edges, |_, _| true, first::may_follow));
    }
    labels
}

/// The cues among the labels of the first pass, as tokens.
pub fn cues(labels: &[u8]) -> Vec<Vec<usize>> {
    let mut cues: Vec<Vec<usize>> = Vec::new();
    for (i, &label) in labels.iter().enumerate() {
        if label == first::CUE {
            cues.push(vec![i]);
        } else if label == first::CUE + 1
            && let Some(cue) = cues.last_mut()
        {
            cue.push(i);
        }
    }
    cues
}

/// The window of a cue among the paragraphs.
pub fn window(look: &Look, paragraphs: &[Range<usize>], cue: Vec<usize>) -> Window {
    let at = paragraphs.partition_point(|range| range.end <= cue[0]).min(paragraphs.len() - 1);
    let next = paragraphs.get(at + 1).cloned().unwrap_or(0..0);
    Window::new(look, cue, paragraphs[at].clone(), next)
}

/// The statements of the cues.
pub fn second_pass(
    chain: &Chain,
    prose: &Prose,
    look: &Look,
    found: &Found,
    cues: Vec<Vec<usize>>,
) -> Vec<SpanStatement> {
    let paragraphs = paragraphs(prose);
    let mut still: Vec<Option<Sums>> = vec![None; prose.tokens.len()];
    let (mut features, mut scores, mut edges) = (Vec::new(), Vec::new(), Vec::new());
    let mut statements = Vec::new();
    for cue in cues {
        let window = window(look, &paragraphs, cue);
        scores.clear();
        edges.clear();
        for i in window.range.clone() {
            edges.push(first::edge(look, &window.range, i));
            let mut row = *still[i].get_or_insert_with(|| {
                second::still_features(look, found, i, &mut features);
                chain.table.sums(&features)
            });
            if !window.cue.contains(&i) {
                second::features(look, found, &window, i, &mut features);
                let moving = chain.table.sums(&features);
                row.iter_mut().zip(moving).for_each(|(sum, more)| *sum += more);
            }
            scores.extend(&row[..second::LABELS]);
        }
        let start = window.range.start;
        let may = |i: usize, label: usize| {
            (label == second::OWN_CUE as usize) == window.cue.contains(&(start + i))
        };
        let labels = chain.best(&scores, &edges, may, second::may_follow);
        let pieces = |begin: u8| pieces(prose, &labels, start, begin);
        let content = pieces(second::OWN_CONTENT);
        let is_quoted = || {
            let in_content = |i: &usize| {
                (second::OWN_CONTENT..=second::OWN_CONTENT + 1).contains(&labels[i - start])
            };
            window.range.clone().filter(in_content).any(|i| look.state[i] != 0)
        };
        let is_likely = |&i: &usize| look.level[i] >= look::UNLIKELY || look.hinted[i] != 0;
        // "In a Herald poll, nine in ten would strike": a preposition tells of one by its place.
        let is_place = window.cue.len() == 1 && look.kinds[window.cue[0]] == b'I';
        let is_cue = is_place || window.cue.iter().any(is_likely) || is_quoted();
        if !content.is_empty() && is_cue {
            let cue = pieces_of(prose, &window.cue);
            let source = nearest(pieces(second::OWN_SOURCE), &cue);
            statements.push(SpanStatement { source, cue, content });
        }
    }
    statements
}

/// The spans of one role: from each beginning to the last inside.
fn pieces(prose: &Prose, labels: &[u8], start: usize, begin: u8) -> Vec<Span> {
    let mut pieces: Vec<Span> = Vec::new();
    for (i, &label) in labels.iter().enumerate() {
        let span = prose.tokens[start + i].span;
        if label == begin {
            pieces.push(span);
        } else if label == begin + 1
            && let Some(last) = pieces.last_mut()
        {
            *last = last.join(span);
        }
    }
    joined(prose, pieces)
}

/// Of several sources the one nearest to the cue: a statement has one.
fn nearest(sources: Vec<Span>, cue: &[Span]) -> Vec<Span> {
    let gap = |source: &Span| {
        let to = |cue: &Span| {
            cue.start.saturating_sub(source.end).max(source.start.saturating_sub(cue.end))
        };
        cue.iter().map(to).min()
    };
    sources.into_iter().min_by_key(gap).into_iter().collect()
}

fn pieces_of(prose: &Prose, tokens: &[usize]) -> Vec<Span> {
    joined(prose, tokens.iter().map(|&i| prose.tokens[i].span).collect())
}

/// Pieces with nothing but white space between as one.
fn joined(prose: &Prose, pieces: Vec<Span>) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::new();
    for piece in pieces {
        match joined.last_mut() {
            Some(last) if prose.text[last.end as usize..piece.start as usize].trim().is_empty() => {
                *last = last.join(piece);
            }
            _ => joined.push(piece),
        }
    }
    joined
}

#[cfg(test)]
mod tests;
