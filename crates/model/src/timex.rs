//! When: time expressions in the sense of TIMEX3 (TimeML 1.2.1).

use crate::Span;
use crate::words::words;

/// One time expression and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timex {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: TimexType,
    /// Its TIMEX3 value: `2024-05-12`, `2024-W20`, `P2D`, `PAST_REF`, and partial where the text
    /// gives no more (`XXXX-10-07`).
    pub value: String,
    /// About, early, end of …
    pub modifier: Option<TimexMod>,
}

words! {
    /// The four types of TIMEX3.
    pub enum TimexType ("type of time expression") {
        /// A day, week, month, year.
        Date = "DATE",
        /// A point or part of a day.
        Time = "TIME",
        /// A length of time.
        Duration = "DURATION",
        /// What comes again: "every Friday".
        Set = "SET",
    }
}

words! {
    /// The modifiers of TIMEX3.
    pub enum TimexMod ("modifier of a time expression") {
        /// "before 2000", "late" is `End`.
        Before = "BEFORE",
        /// After.
        After = "AFTER",
        /// "no later than".
        OnOrBefore = "ON_OR_BEFORE",
        /// "no earlier than".
        OnOrAfter = "ON_OR_AFTER",
        /// "less than two days".
        LessThan = "LESS_THAN",
        /// "more than two days".
        MoreThan = "MORE_THAN",
        /// "at most".
        EqualOrLess = "EQUAL_OR_LESS",
        /// "at least".
        EqualOrMore = "EQUAL_OR_MORE",
        /// "early", "start of".
        Start = "START",
        /// "mid".
        Mid = "MID",
        /// "late", "end of".
        End = "END",
        /// "about".
        Approx = "APPROX",
    }
}
