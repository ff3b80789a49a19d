//! Who said what: a source, a cue and a content, and how they hang together.
//!
//! ```text
//! "We will appeal," the minister said.
//! content ^^^^^^^^  source ^^^^  cue ^^^^
//! ```

use crate::words::words;
use crate::{Party, Span};
use serde::{Deserialize, Serialize};

/// One statement: somebody's words or thoughts, as the report attributes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Number within the report, from 1, in order of first word; written `s1`.
    pub id: StatementId,
    /// The words that name the source; none if the text names none ("It was reported that …").
    pub source: Vec<Span>,
    /// The words that attribute: "said", "according to", ":".
    pub cue: Vec<Span>,
    /// What is attributed, in pieces where source and cue part it, with its quotation marks.
    pub content: Vec<Span>,
    /// Whether the words are quoted.
    pub mode: Mode,
    /// What kind of saying it is.
    pub act: Act,
    /// Whether the cue is negated: "did not say".
    pub is_negated: bool,
    /// Who says it, resolved where the text allows.
    pub speaker: Option<Party>,
    /// To whom.
    pub addressee: Option<Party>,
    /// Who passed it on, nearest to the reader first.
    pub via: Vec<Party>,
    /// Where or in what form: "interview", "phone call", "op-ed".
    pub venue: Option<String>,
    /// The day it was said, as a TIMEX3 value.
    pub said_on: Option<String>,
    /// The statement inside whose content this one stands.
    pub within: Option<StatementId>,
}

/// Number of a statement within its report, from 1; written `s1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct StatementId(pub u32);

impl std::fmt::Display for StatementId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "s{}", self.0)
    }
}

words! {
    /// How much of a statement's content is quoted.
    pub enum Mode ("mode of a statement") {
        /// All of it.
        Direct = "direct",
        /// Some of it.
        Mixed = "mixed",
        /// None of it.
        Indirect = "indirect",
    }
}

words! {
    /// What kind of saying or thinking a cue names.
    pub enum Act ("act of a statement") {
        /// Says, tells, adds, notes, according to.
        Say = "say",
        /// Makes known: announces, declares, unveils.
        Announce = "announce",
        /// Passes on: reports, quotes, cites.
        Report = "report",
        /// Confirms, acknowledges, admits, agrees.
        Confirm = "confirm",
        /// Denies, rejects, disputes.
        Deny = "deny",
        /// Declines, refuses to.
        Decline = "decline",
        /// Warns, cautions, threatens.
        Warn = "warn",
        /// Asks, wonders.
        Ask = "ask",
        /// Urges, demands, orders, calls for, proposes.
        Urge = "urge",
        /// Promises, pledges, vows.
        Promise = "promise",
        /// Accuses, criticises, blames, condemns.
        Accuse = "accuse",
        /// Praises, welcomes, thanks.
        Praise = "praise",
        /// Thinks, believes, knows, considers, doubts.
        Think = "think",
        /// Plans, intends, decides.
        Intend = "intend",
        /// Expects, hopes, fears, wants.
        Expect = "expect",
    }
}
