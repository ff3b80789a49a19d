//! The pages over a record: what is asked for goes in, a page comes out.
//!
//! ```text
//! let site = Site::new("story.db");
//! site.answer(&ledger, "/speaker/person/Jane%20Roe", "page=2")     a page of HTML
//! site.answer(&ledger, "/api/findings", "kind=copy&format=csv")    the same rows as CSV
//! ```
//!
//! No network, no files, no clock: whoever serves the pages checks who asks. Pages are whole without
//! the script, which only adds comfort. Not handled: changing anything in the record.

mod address;
mod answer;
mod api;
mod assets;
mod chart;
mod data;
mod layout;
mod mailed;
mod marked;
mod parts;
mod quoted;
mod sums;
mod views;
mod words;

pub use answer::{Answer, Site};
pub use mailed::mailed;
