//! One published item by one outlet, as it was read.

use crate::words::words;
use crate::{Date, Span};

/// One published item: its text, and what is known of it from outside the text.
///
/// All spans are of `text`. A file that holds several reports gives several `Report`s, whose
/// texts joined are the file's text: no character is lost.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Report {
    /// The file it came from, as the reader of a listing knows it: `004.txt`, `monday/004.txt`.
    pub source_file: String,
    /// Which report of that file, from 1.
    pub part: u32,
    /// Whether the file holds others.
    pub has_siblings: bool,
    /// Code points of the file's text before this report.
    pub start: u32,
    /// The whole text, with what is not report text (`not_text` says which).
    pub text: String,
    /// The headline, where the text has one.
    pub headline: Option<Span>,
    /// Who wrote it.
    pub byline: Option<Byline>,
    /// Where, and perhaps when, it was filed.
    pub dateline: Option<Dateline>,
    /// The outlet's name.
    pub outlet: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// When it was published, and who says so.
    pub published: Option<Published>,
    /// Language, as BCP 47 has it: `en`.
    pub language: Option<String>,
    /// Pieces of `text` that are not the report's own words, in order, apart from one another.
    pub not_text: Vec<NotText>,
    /// Fields of a JSON line that OnRecord does not know, kept as they came, by name.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl Report {
    /// The publication date, where there is one.
    pub fn published_on(&self) -> Option<Date> {
        self.published.map(|published| published.date)
    }

    /// Whether the byte at `offset` belongs to a caption, a credit or the like.
    pub fn is_not_text(&self, offset: usize) -> bool {
        let before = self.not_text.partition_point(|piece| piece.span.start as usize <= offset);
        before > 0 && self.not_text[before - 1].span.has(offset)
    }

    /// The headline's words.
    pub fn headline_text(&self) -> Option<&str> {
        self.headline.map(|span| span.of(&self.text))
    }
}

/// The name of who wrote the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Byline {
    /// As given.
    pub name: String,
    /// Where the text says it; none if it came from beside the text.
    pub span: Option<Span>,
}

/// The opening words that say where, and perhaps when, a report was filed: "PORT LORNE, March 4
/// (AP) —".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dateline {
    /// From the place to the dash.
    pub span: Span,
    /// The place, as written.
    pub place: Option<String>,
    /// The date, where it is whole.
    pub date: Option<Date>,
    /// The agency, as written: "AP".
    pub agency: Option<String>,
}

/// A publication date and where it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// The day.
    pub date: Date,
    /// Who says so.
    pub from: PublishedFrom,
}

words! {
    /// Where a publication date came from.
    pub enum PublishedFrom ("origin of a date") {
        /// The folder's `reports.csv`.
        Sidecar = "sidecar",
        /// The page's or the JSON line's own field.
        Page = "page",
        /// The text itself (a dateline with a whole date).
        Text = "text",
    }
}

/// A piece of the text that is not the report's own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotText {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: NotTextKind,
}

words! {
    /// What a piece that is not report text is.
    pub enum NotTextKind ("kind of text beside the report") {
        /// The words under a picture.
        Caption = "caption",
        /// Who took the picture, or whose wire it is: "TT", "AP", "File photo: …".
        Credit = "credit",
        /// The headline said again.
        RepeatedHeadline = "repeated-headline",
        /// A caption said again, or any other line that stood there before.
        Repeated = "repeated",
        /// Menus, "Read more", "Advertisement", "Share this".
        Navigation = "navigation",
        /// A block of fields before the text.
        FrontMatter = "front-matter",
        /// A copyright line, a note on corrections, a call to subscribe.
        Notice = "notice",
    }
}
