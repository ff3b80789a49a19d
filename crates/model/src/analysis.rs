//! What stands in one report.

use crate::{Actor, ActorId, Event, Quantity, Span, Statement, StatementId, Timex};

/// All that the reading of one report gives. Same report, same version: same analysis.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Analysis {
    /// The version of the rules and models that made it.
    pub version: String,
    /// The sentences of the report's own text, in order, apart from one another.
    pub sentences: Vec<Sentence>,
    /// Those who are named or quoted, numbered from 1.
    pub actors: Vec<Actor>,
    /// Statements in order of their first word, numbered from 1.
    pub statements: Vec<Statement>,
    /// Time expressions in order.
    pub times: Vec<Timex>,
    /// What happened when, in order of the text.
    pub events: Vec<Event>,
    /// Figures in order.
    pub quantities: Vec<Quantity>,
    /// What was odd, in order.
    pub warnings: Vec<Warning>,
}

impl Analysis {
    /// The actor with this number.
    pub fn actor(&self, id: ActorId) -> Option<&Actor> {
        self.actors.get((id.0 as usize).checked_sub(1)?)
    }

    /// The statement with this number.
    pub fn statement(&self, id: StatementId) -> Option<&Statement> {
        self.statements.get((id.0 as usize).checked_sub(1)?)
    }

    /// The sentence in which the byte at `offset` stands.
    pub fn sentence_at(&self, offset: usize) -> Option<&Sentence> {
        let before = self.sentences.partition_point(|s| s.span.start as usize <= offset);
        self.sentences[..before].last().filter(|s| s.span.has(offset))
    }
}

/// One sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Without the white space around it.
    pub span: Span,
    /// Number of its paragraph, from 0; a headline is a paragraph of its own.
    pub paragraph: u32,
}

/// Something odd in the text: not an error, but worth a look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// Where.
    pub span: Span,
    /// What, in plain words.
    pub text: String,
}
