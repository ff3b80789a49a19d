//! The record: one SQLite file that keeps reports and what stands in them, and answers questions.
//!
//! In go [`NewReport`]s, a batch at a time, each whole or not at all; out come [`Stored`] reports
//! just as they went in, hits of a [`Query`], the counts and lists of a brief, and what the
//! comparisons need to meet only what could be the same.
//!
//! ```text
//! let mut ledger = Ledger::create_or_open(Path::new("story.db"))?;
//! let mut batch = ledger.begin()?;
//! batch.put(&NewReport { report: &report, folder: Some("/reports"), analysis: &analysis })?;
//! batch.commit()?;
//! ledger.find(&"speaker:Roe mode:direct strike".parse()?, 20, 0)?.hits
//! ```
//!
//! No analysing, no comparing, no clock: a record says when reports were published, never when it
//! was written. The tables explain themselves in `schema.sql`.

mod absent;
mod comparing;
mod counted;
mod dated;
mod error;
mod find;
mod findings;
mod get;
mod happened;
mod identity;
mod insert;
mod keys;
mod listing;
mod open;
mod people;
mod put;
mod rows;
mod runs;
mod summary;

pub use comparing::{FAMILY_LIMIT, Family, NewItem, Place, Sharing, StoredItem, StoredLink};
pub use counted::FigureAt;
pub use dated::{Dated, Day};
pub use error::{Cause, Error, Result};
pub use find::alike::Alike;
pub use find::query::{FIELDS, Query, QueryError};
pub use find::said::Said;
pub use find::search::{Found, Hit};
pub use findings::{Findings, StoredEvidence, StoredFinding, Wanted};
pub use get::{Filter, Reports, Stored};
pub use happened::{Happened, Moment};
pub use identity::content_hash;
pub use keys::{KEY_LIMIT, Limits, Met};
pub use listing::{Headed, Kin, Listed};
pub use open::{Ledger, SCHEMA_VERSION};
pub use people::{Held, Namesake};
pub use put::{Batch, Known, NewReport, Put};
pub use rows::ITEMS_KEPT;
pub use summary::{DayCount, Figure, Measure, Speaker, Top, Totals};
