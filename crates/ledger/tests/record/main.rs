//! What the record does, seen from outside: one binary, a module a subject.

mod comparing;
mod desk;
mod finding;
mod keeping;
mod keys;
mod listing;
mod opening;
mod summing;
