//! Names: who and what is named in a report, found and typed by learned weights.
//!
//! ```text
//! Port director Ana Voss left Lorne .   →   Ana Voss, person; Lorne, place
//! ```
//!
//! A chain of labels over the words that may be part of a name (those with a capital, and "of",
//! "de", "&" between them). Two passes: what the first finds of a word anywhere in the report, the
//! second sees at each of its places ("Voss" alone is who "Ana Voss" is). Titles are not part of a
//! name. Not handled: names without capitals, names inside names.

pub mod features;
pub mod lexicon;
pub mod lists;
pub mod sight;

use crate::learned::Reader;
use crate::spans::chain::Chain;
use crate::syntax::Syntax;
use crate::text::Prose;
use features::Memory;
use lexicon::Lexicon;
use sight::Sight;
use std::ops::Range;
use std::sync::LazyLock;

/// The weights that are compiled in.
static MODEL: LazyLock<Model> =
    LazyLock::new(|| Model::read(include_bytes!("../../../models/names.bin")).unwrap_or_default());

/// Labels: nothing; the first and the further words of a person's, a body's, a place's name; a
/// word of any other name.
pub const LABELS: usize = 8;

/// What a name is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A human.
    Person,
    /// A ministry, a firm, a party, a team.
    Organisation,
    /// A state, a town, a river.
    Place,
    /// Anything else: a people, an event, a work.
    Other,
}

impl Kind {
    /// The label of the first word.
    pub fn label(self) -> u8 {
        self as u8 * 2 + 1
    }

    /// What a label is of; none for nothing.
    pub fn of(label: u8) -> Option<Self> {
        match label {
            1 | 2 => Some(Self::Person),
            3 | 4 => Some(Self::Organisation),
            5 | 6 => Some(Self::Place),
            7 => Some(Self::Other),
            _ => None,
        }
    }
}

/// A name in a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// What it is of.
    pub kind: Kind,
}

/// Whether `label` may stand after `before` (0 before the first).
pub fn may_follow(before: usize, label: usize) -> bool {
    match label {
        2 | 4 | 6 => before == label || before == label - 1,
        _ => true,
    }
}

/// Weights of the two passes.
#[derive(Debug, Default)]
pub struct Model {
    lexicon: Lexicon,
    first: Chain,
    second: Chain,
}

impl Model {
    /// Reads a model file.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(bytes);
        let lexicon = Lexicon::read(&mut reader)?;
        let (first, second) = (Chain::read(&mut reader)?, Chain::read(&mut reader)?);
        let fits = first.labels == LABELS && second.labels == LABELS;
        fits.then_some(Self { lexicon, first, second })
    }

    /// The model that is compiled in.
    pub fn built_in() -> &'static Self {
        &MODEL
    }

    /// The names of a report, in order.
    pub fn names(&self, prose: &Prose, syntax: &Syntax) -> Vec<Name> {
        if self.first.labels == 0 {
            return Vec::new();
        }
        let sight = Sight::new(prose, syntax, &self.lexicon);
        let rows = features::rows(&sight);
        let labels = first_pass(&self.first, &sight, &rows);
        names(&sight, &second_pass(&self.second, &sight, &rows, &labels))
    }
}

/// The label of each step by the first pass.
pub fn first_pass(chain: &Chain, sight: &Sight, rows: &features::Rows) -> Vec<u8> {
    let mut scores = vec![0; sight.steps.len() * LABELS];
    for (step, scores) in scores.chunks_exact_mut(LABELS).enumerate() {
        if sight.steps[step].token.is_some() {
            add(scores, &chain.table.sums(rows.of(step)));
        }
    }
    best(chain, sight, &scores)
}

/// The label of each step by the second, which sees those of the first.
pub fn second_pass(chain: &Chain, sight: &Sight, rows: &features::Rows, first: &[u8]) -> Vec<u8> {
    let memory = Memory::new(sight, first);
    let mut scores = vec![0; sight.steps.len() * LABELS];
    let mut more = Vec::new();
    for (step, scores) in scores.chunks_exact_mut(LABELS).enumerate() {
        if sight.steps[step].token.is_some() {
            add(scores, &chain.table.sums(rows.of(step)));
            features::of_memory(sight, &memory, first, step, &mut more);
            add(scores, &chain.table.sums(&more));
        }
    }
    best(chain, sight, &scores)
}

fn add(scores: &mut [i32], sums: &[i32]) {
    scores.iter_mut().zip(sums).for_each(|(score, sum)| *score += sum);
}

fn best(chain: &Chain, sight: &Sight, scores: &[i32]) -> Vec<u8> {
    let edges: Vec<u8> = sight.steps.iter().map(|step| step.edge).collect();
    let may = |step: usize, label: usize| label == 0 || sight.steps[step].token.is_some();
    chain.best(scores, &edges, may, may_follow)
}

/// The names that the labels of the steps make.
pub fn names(sight: &Sight, labels: &[u8]) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    let mut last = None;
    for (step, &label) in sight.steps.iter().zip(labels) {
        let Some(token) = step.token else {
            last = None;
            continue;
        };
        let kind = Kind::of(label);
        let goes_on = kind == last && matches!(label, 2 | 4 | 6 | 7);
        match (kind, names.last_mut()) {
            (Some(_), Some(name)) if goes_on && name.tokens.end == token => name.tokens.end += 1,
            (Some(kind), _) => names.push(Name { tokens: token..token + 1, kind }),
            (None, _) => {}
        }
        last = kind;
    }
    names
}

/// The names of a report, by the compiled-in weights.
pub fn named(prose: &Prose, syntax: &Syntax) -> Vec<Name> {
    MODEL.names(prose, syntax)
}

#[cfg(test)]
mod tests;
