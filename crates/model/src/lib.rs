//! The words of the field, as types.
//!
//! A [`Report`] is one published item as it was read. An [`Analysis`] is what stands in it:
//! sentences, actors, statements, times, events, quantities. A [`Finding`] is what a comparison of
//! several reports shows. Every part points at its words by [`Span`]s.
//!
//! No input or output, no rules of language, no database: those are the business of the crates
//! that know this one. This crate knows none of them.

mod actor;
mod analysis;
mod event;
mod finding;
mod quantity;
mod report;
mod span;
mod statement;
mod timex;
mod words;

pub use actor::{Actor, ActorId, ActorType, Party};
pub use analysis::{Analysis, Sentence, Warning};
pub use event::{Event, EventPart, EventState, PartRole};
pub use finding::{Evidence, Finding, FindingKind};
pub use quantity::{Bound, Quantity};
pub use report::{Byline, Dateline, NotText, NotTextKind, Published, PublishedFrom, Report};
pub use span::{CodePoints, Span};
pub use statement::{Act, Mode, Statement, StatementId};
pub use timex::{Timex, TimexMod, TimexType};
pub use words::UnknownWord;

/// Calendar dates are jiff's.
pub use jiff::civil::Date;
