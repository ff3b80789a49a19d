//! The truth that is written beside simulated reports: one line a report.
//!
//! ```text
//! {"report": 12, "story": "s3", "event": "s3.0", "published": "2031-03-04", "parent": 9,
//!  "operation": "trimmed", "quotations": [{"family": "s3.0.q2", "span": [40, 96], …}], …}
//! ```
//!
//! Spans count code points of the text as read: headline, an empty line, the text.

use serde::{Deserialize, Serialize};

/// From and to, in code points.
pub type Points = [u32; 2];

/// What is true of one report.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ReportTruth {
    /// Its line in the file of reports, from 1: `part` in what OnRecord writes.
    pub report: u32,
    /// Reports of one story.
    pub story: String,
    /// Reports of one event of it.
    pub event: String,
    /// The paper.
    pub outlet: String,
    /// The day, as ISO 8601.
    pub published: String,
    /// Whether it is a real report, as it came: findings between such are not scored.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_real: bool,
    /// The report that it was made from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<u32>,
    /// What was done: `original`, `own`, `same`, `other-lede`, `trimmed`, `extended`, `passages`,
    /// `reworded`, `page`.
    pub operation: String,
    /// What else was done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<String>,
    /// Passages that stand in the parent too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub copied: Vec<Copied>,
    /// Its sentences; those of one `id` within a story are one sentence, carried over.
    pub sentences: Vec<SentenceTruth>,
    /// Quoted stretches.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quotations: Vec<QuotationTruth>,
    /// Planted statements.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<StatementTruth>,
    /// Planted figures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<FigureTruth>,
    /// Mentions of actors by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<NameTruth>,
    /// The days that are given for the event.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dates: Vec<DateTruth>,
    /// Whether the headline says more than the text.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_inflated: bool,
}

/// A passage in two reports.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Copied {
    /// In this report.
    pub span: Points,
    /// In the parent.
    pub of_span: Points,
}

/// A sentence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SentenceTruth {
    /// The same in all reports that carry it.
    pub id: u32,
    /// Where it stands.
    pub span: Points,
    /// Words outside quotation marks.
    pub own: u32,
    /// The sentence that it rewords.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rewords: Option<u32>,
}

/// Words for other words; either may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The place in the utterance, in order.
    pub at: u32,
    /// As said.
    pub from: String,
    /// As given.
    pub to: String,
}

/// A quoted stretch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QuotationTruth {
    /// The utterance.
    pub family: String,
    /// Without its marks.
    pub span: Points,
    /// `as-said`, `trimmed`, `altered`, `rendered`.
    pub form: String,
    /// To whom this report gives it.
    pub speaker: String,
    /// The words that differ from what was said, of the whole utterance.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
}

/// A planted statement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StatementTruth {
    /// Its content.
    pub span: Points,
    /// The speaker's name, or the words for an unnamed one.
    pub speaker: String,
    /// `direct` or `indirect`.
    pub mode: String,
    /// What is told: the same for all reports that have it.
    pub told: String,
    /// From whom it comes in the end: the same where it is one source of one outlet.
    pub origin: String,
    /// Whether its source has no name.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_unnamed: bool,
}

/// A planted figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FigureTruth {
    /// What it counts.
    pub measure: String,
    /// The number, with what is counted.
    pub span: Points,
    /// As given.
    pub value: f64,
    /// What it was on that day.
    pub truly: f64,
    /// `as-counted`, `rounded`, `updated`, `mistyped`.
    pub form: String,
    /// Whether it is given as the least: "at least 12".
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_open: bool,
}

/// A mention by name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NameTruth {
    /// The actor.
    pub actor: String,
    /// As spelled here, in full.
    pub name: String,
    /// The mention.
    pub span: Points,
}

/// The day given for an event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DateTruth {
    /// The event.
    pub event: String,
    /// Where the day stands.
    pub span: Points,
    /// As given.
    pub day: String,
    /// When it was.
    pub truly: String,
}
