//! What the comparisons find, by example, by law, and on real reports changed in known ways.

mod copies;
mod draft;
mod figures;
mod laws;
mod others;
mod positions;
mod quotations;
mod simulation;
mod speakers;
mod stories;
