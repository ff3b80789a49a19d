//! How many: a figure, what it counts, and how exactly it is given.

use crate::words::words;
use crate::{Span, StatementId};

/// One figure and what it counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// From the bound to the unit: "more than 1.3 million civilians" without the noun's own
    /// complements.
    pub span: Span,
    /// The number given; of a range, none.
    pub value: Option<f64>,
    /// The least it may be.
    pub low: Option<f64>,
    /// The most it may be.
    pub high: Option<f64>,
    /// How it is given.
    pub bound: Bound,
    /// What it is measured in, normalised: "people", "US dollar", "percent", "kilometre".
    pub unit: Option<String>,
    /// What is counted, in the text's own words: "displaced Gazans seeking refuge in Rafah".
    pub counted: Option<String>,
    /// Where those words stand.
    pub counted_span: Option<Span>,
    /// The place it is counted in, as written.
    pub place: Option<String>,
    /// As of when, a TIMEX3 value.
    pub as_of: Option<String>,
    /// The statement it stands in; none if the outlet says it itself.
    pub statement: Option<StatementId>,
}

words! {
    /// How exactly a figure is given.
    pub enum Bound ("bound of a quantity") {
        /// The figure itself.
        Exact = "exact",
        /// About, around, some, an estimated; "dozens", "millions".
        About = "about",
        /// More than, over.
        Over = "over",
        /// At least, no fewer than.
        AtLeast = "at-least",
        /// Up to, at most, as many as.
        UpTo = "up-to",
        /// Less than, under, fewer than.
        Under = "under",
        /// Nearly, almost.
        Nearly = "nearly",
        /// From one figure to another.
        Between = "between",
        /// Rose by.
        Up = "up",
        /// Fell by.
        Down = "down",
    }
}
