//! What a comparison shows, with the words it rests on. Neutral: it says that reports differ, not
//! which is right.

use crate::Span;
use crate::words::words;

words! {
    /// What a finding is about.
    pub enum FindingKind ("kind of finding") {
        /// One report's text carried by another.
        Copy = "copy",
        /// One utterance, given in part by one report.
        QuoteTrimmed = "quote-trimmed",
        /// One utterance, with other words between its quotation marks.
        QuoteAltered = "quote-altered",
        /// One utterance, direct in one report and reworded in another.
        QuoteRendered = "quote-rendered",
        /// The same words, given to different speakers.
        QuoteSpeaker = "quote-speaker",
        /// Different figures for one thing.
        FigureDiffers = "figure-differs",
        /// Different dates for one event.
        DateDiffers = "date-differs",
        /// Several reports that rest on one source.
        SingleOrigin = "single-origin",
        /// One speaker on one topic over time.
        Position = "position",
        /// A headline that says what its report does not.
        Headline = "headline",
        /// A speaker who does not fit the run of the passage.
        SpeakerDoubt = "speaker-doubt",
        /// One actor, spelled in several ways.
        NameVariant = "name-variant",
        /// A report that belongs to no story here.
        Apart = "apart",
        /// Reports of one story: no difference, but what they have in common.
        Story = "story",
    }
}

impl FindingKind {
    /// Whether it tells of a difference, or of what may mislead. How a speaker's words move and
    /// which reports are of one story are shown where they are asked for.
    pub fn is_difference(self) -> bool {
        !matches!(self, Self::Position | Self::Story)
    }
}

/// What a comparison shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// What it is about.
    pub kind: FindingKind,
    /// One sentence in plain words.
    pub reading: String,
    /// An estimate of the share of such findings that is right, 0 to 1: from a few read by hand, or
    /// 0.5 where none were. Not calibrated; each stands beside its basis in the comparison.
    pub confidence: f64,
    /// The words it rests on, first said first.
    pub evidence: Vec<Evidence>,
    /// What else a program may want, by kind.
    pub detail: serde_json::Map<String, serde_json::Value>,
}

/// Words in one report on which a finding rests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The report's name in the record: `004`, `003#2`.
    pub report: String,
    /// Where in its text.
    pub span: Span,
    /// The part it plays: "earliest", "altered", "outlier".
    pub role: String,
}
