//! The views, one a file: what each asks the record, its page, its table.

pub(crate) mod check;
pub(crate) mod copies;
pub(crate) mod days;
pub(crate) mod events;
pub(crate) mod figures;
pub(crate) mod findings;
pub(crate) mod measures;
pub(crate) mod overview;
pub(crate) mod quotations;
pub(crate) mod reader;
pub(crate) mod reports;
pub(crate) mod search;
pub(crate) mod speaker;
pub(crate) mod speakers;
pub(crate) mod stories;
pub(crate) mod timeline;
