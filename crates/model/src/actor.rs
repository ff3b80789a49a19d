//! Who: people, organisations, groups, anonymous sources, documents, places.

use crate::Span;
use crate::words::words;
use serde::{Deserialize, Serialize};

/// One who is named, quoted or spoken to in one report, with all the places that mention them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Number within the report, from 1; written `a1`.
    pub id: ActorId,
    /// The fullest form the report gives: "Antony Blinken", "four US officials".
    pub name: String,
    /// What it is.
    pub kind: ActorType,
    /// Titles and offices as the report gives them, first given first.
    pub roles: Vec<String>,
    /// Where it is mentioned, in order.
    pub mentions: Vec<Span>,
}

/// Number of an actor within its report, from 1; written `a1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ActorId(pub u32);

impl std::fmt::Display for ActorId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "a{}", self.0)
    }
}

words! {
    /// What an actor is.
    pub enum ActorType ("type of actor") {
        /// A named human.
        Person = "person",
        /// A named body: a ministry, a firm, a party, an outlet, a state as one that speaks.
        Organisation = "organisation",
        /// Several people without names: "residents", "the two sides".
        Group = "group",
        /// A source whose name is held back: "a senior official", "four US officials".
        Anonymous = "anonymous",
        /// A text that speaks: "a joint statement", "the readout".
        Document = "document",
        /// A named place.
        Place = "place",
    }
}

/// One who takes part in a statement: its speaker, its addressee, or one who passed it on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// The actor of the report, if it was resolved to one.
    pub actor: Option<ActorId>,
    /// The actor's name, or the words themselves if it was not resolved.
    pub name: String,
    /// What it is.
    pub kind: ActorType,
}
