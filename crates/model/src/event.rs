//! What happened, or is to happen, at a time that the text names.
//!
//! ```text
//! The ferry Morning Star sank off Cape Linn on Monday, killing nine.
//!     who ^^^^^^^^^^^^^^ word     where ^^^^^^^^^ time
//! ```

use crate::words::words;
use crate::{Span, StatementId};

/// One thing that a report dates, or that stands at its head without a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The words that tell it: a sentence, a clause, or a phrase.
    pub span: Span,
    /// The word that names it: "sank", "visit".
    pub word: Span,
    /// The day, week, month, quarter, season or year, as a TIMEX3 value without a time of day; none
    /// where the text gives none or has no anchor.
    pub when: Option<String>,
    /// The words that date it; none at the head of a report that gives no date.
    pub time: Option<Span>,
    /// Whether it has happened.
    pub state: EventState,
    /// Whether it is only named by a noun beside something else: "since the walkout of 4 March".
    pub is_mention: bool,
    /// The statement that it is the saying of: "said on Monday that …".
    pub statement: Option<StatementId>,
    /// Who and what take part, in order of the text.
    pub parts: Vec<EventPart>,
}

/// One that takes part in an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventPart {
    /// How.
    pub role: PartRole,
    /// The words.
    pub span: Span,
}

words! {
    /// Whether an event has happened.
    pub enum EventState ("state of an event") {
        /// Told as having happened, or as happening.
        Done = "done",
        /// To come when the report was written: "will meet on Friday".
        Planned = "planned",
        /// "may", "could", "if".
        Possible = "possible",
        /// Put off: "Friday's talks were postponed".
        Postponed = "postponed",
        /// Called off.
        Cancelled = "cancelled",
        /// Told as not having happened.
        Not = "not",
    }
}

words! {
    /// How one takes part in an event.
    pub enum PartRole ("role in an event") {
        /// Who does it.
        Who = "who",
        /// Whom or what it is done to.
        Whom = "whom",
        /// Where.
        Where = "where",
        /// With whom, about what, by what.
        With = "with",
    }
}
