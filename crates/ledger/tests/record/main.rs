//! What the record does, seen from outside: one binary, a module a subject.

mod desk;
mod finding;
mod keeping;
