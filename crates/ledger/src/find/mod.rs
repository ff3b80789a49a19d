//! Finding statements and sentences: a question in words and fields, and its hits.

pub(crate) mod alike;
mod by_speaker;
pub(crate) mod query;
pub(crate) mod said;
pub(crate) mod search;
