//! The record as flat tables, for spreadsheets and data frames: CSV and Parquet.
//!
//! ```text
//! reports      one row a report          times        one row a time expression
//! statements   one row a statement       quantities   one row a figure
//! actors       one row an actor          findings     one row a piece of evidence
//! ```
//!
//! `start` and `end` count code points of the report's text, end exclusive; where something stands
//! in pieces they are of the whole, and the words are joined by " … ".

pub mod csv;
pub mod parquet;

use onrecord_model::{Analysis, CodePoints, Party, Report, Span};

/// The kind of value that a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
}

/// One value.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// The text does not say.
    Empty,
    /// Text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<Option<&str>> for Cell {
    fn from(text: Option<&str>) -> Self {
        text.map_or(Self::Empty, Self::from)
    }
}

impl From<Option<String>> for Cell {
    fn from(text: Option<String>) -> Self {
        text.map_or(Self::Empty, Self::Text)
    }
}

impl From<Option<f64>> for Cell {
    fn from(number: Option<f64>) -> Self {
        number.map_or(Self::Empty, Self::Number)
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Integer(number.into())
    }
}

/// A table: its name and its columns.
#[derive(Debug, PartialEq, Eq)]
pub struct Table {
    /// As in `statements.csv`.
    pub name: &'static str,
    /// Names and kinds, in order.
    pub columns: &'static [(&'static str, Kind)],
}

use Kind::{Integer, Number, Text};

/// One row a report.
pub const REPORTS: Table = Table {
    name: "reports",
    columns: &[
        ("report", Text),
        ("source_file", Text),
        ("part", Integer),
        ("outlet", Text),
        ("published", Text),
        ("headline", Text),
        ("byline", Text),
        ("url", Text),
        ("language", Text),
        ("characters", Integer),
        ("sentences", Integer),
        ("statements", Integer),
    ],
};

/// One row a statement.
pub const STATEMENTS: Table = Table {
    name: "statements",
    columns: &[
        ("report", Text),
        ("statement", Text),
        ("outlet", Text),
        ("published", Text),
        ("speaker", Text),
        ("speaker_type", Text),
        ("mode", Text),
        ("act", Text),
        ("negated", Integer),
        ("source", Text),
        ("cue", Text),
        ("content", Text),
        ("addressee", Text),
        ("via", Text),
        ("venue", Text),
        ("said_on", Text),
        ("within", Text),
        ("start", Integer),
        ("end", Integer),
    ],
};

/// One row an actor of a report.
pub const ACTORS: Table = Table {
    name: "actors",
    columns: &[
        ("report", Text),
        ("actor", Text),
        ("name", Text),
        ("type", Text),
        ("roles", Text),
        ("mentions", Integer),
        ("start", Integer),
        ("end", Integer),
    ],
};

/// One row a time expression.
pub const TIMES: Table = Table {
    name: "times",
    columns: &[
        ("report", Text),
        ("words", Text),
        ("type", Text),
        ("value", Text),
        ("mod", Text),
        ("start", Integer),
        ("end", Integer),
    ],
};

/// One row a figure.
pub const QUANTITIES: Table = Table {
    name: "quantities",
    columns: &[
        ("report", Text),
        ("words", Text),
        ("value", Number),
        ("low", Number),
        ("high", Number),
        ("bound", Text),
        ("unit", Text),
        ("counted", Text),
        ("place", Text),
        ("as_of", Text),
        ("statement", Text),
        ("start", Integer),
        ("end", Integer),
    ],
};

/// One row a piece of evidence; a finding has several.
pub const FINDINGS: Table = Table {
    name: "findings",
    columns: &[
        ("finding", Integer),
        ("kind", Text),
        ("reading", Text),
        ("confidence", Number),
        ("report", Text),
        ("role", Text),
        ("words", Text),
        ("start", Integer),
        ("end", Integer),
    ],
};

/// Every table, in the order in which they are listed.
pub const TABLES: [&Table; 6] = [&REPORTS, &STATEMENTS, &ACTORS, &TIMES, &QUANTITIES, &FINDINGS];

/// A row and the table it belongs to.
pub type Row = (&'static Table, Vec<Cell>);

/// The rows of one report, in order of table.
pub fn rows(name: &str, report: &Report, analysis: &Analysis) -> Vec<Row> {
    let page = Page { name, report, points: CodePoints::new(&report.text) };
    let mut rows = vec![page.report(analysis)];
    rows.extend(page.statements(analysis));
    rows.extend(page.actors(analysis));
    rows.extend(page.times(analysis));
    rows.extend(page.quantities(analysis));
    rows
}

struct Page<'a> {
    name: &'a str,
    report: &'a Report,
    points: CodePoints<'a>,
}

impl Page<'_> {
    fn words(&self, spans: &[Span]) -> Cell {
        if spans.is_empty() {
            return Cell::Empty;
        }
        let words: Vec<&str> = spans.iter().map(|span| span.of(&self.report.text)).collect();
        Cell::Text(words.join(" … "))
    }

    /// From the first code point to the last.
    fn place(&self, spans: &[Span]) -> [Cell; 2] {
        match spans.iter().copied().reduce(Span::join) {
            Some(whole) => self.points.span(whole).map(Cell::from),
            None => [Cell::Empty, Cell::Empty],
        }
    }

    fn published(&self) -> Cell {
        self.report.published_on().map(|date| date.to_string()).into()
    }

    fn report(&self, analysis: &Analysis) -> Row {
        let report = self.report;
        let row = vec![
            self.name.into(),
            report.source_file.as_str().into(),
            report.part.into(),
            report.outlet.as_deref().into(),
            self.published(),
            report.headline_text().into(),
            report.byline.as_ref().map(|byline| byline.name.as_str()).into(),
            report.url.as_deref().into(),
            report.language.as_deref().into(),
            self.points.at(report.text.len()).into(),
            (analysis.sentences.len() as u32).into(),
            (analysis.statements.len() as u32).into(),
        ];
        (&REPORTS, row)
    }

    fn statements(&self, analysis: &Analysis) -> impl Iterator<Item = Row> {
        analysis.statements.iter().map(|statement| {
            let spans = [&statement.source, &statement.cue, &statement.content];
            let whole: Vec<Span> = spans.into_iter().flatten().copied().collect();
            let [start, end] = self.place(&whole);
            let speaker = statement.speaker.as_ref();
            let row = vec![
                self.name.into(),
                statement.id.to_string().as_str().into(),
                self.report.outlet.as_deref().into(),
                self.published(),
                speaker.map(|party| party.name.as_str()).into(),
                speaker.map(|party| party.kind.as_str()).into(),
                statement.mode.as_str().into(),
                statement.act.as_str().into(),
                Cell::Integer(statement.is_negated.into()),
                self.words(&statement.source),
                self.words(&statement.cue),
                self.words(&statement.content),
                statement.addressee.as_ref().map(|party| party.name.as_str()).into(),
                names(&statement.via),
                statement.venue.as_deref().into(),
                statement.said_on.as_deref().into(),
                statement.within.map(|id| id.to_string()).into(),
                start,
                end,
            ];
            (&STATEMENTS, row)
        })
    }

    fn actors(&self, analysis: &Analysis) -> impl Iterator<Item = Row> {
        analysis.actors.iter().map(|actor| {
            let [start, end] = self.place(actor.mentions.get(..1).unwrap_or_default());
            let roles = (!actor.roles.is_empty()).then(|| actor.roles.join("; "));
            let row = vec![
                self.name.into(),
                actor.id.to_string().as_str().into(),
                actor.name.as_str().into(),
                actor.kind.as_str().into(),
                roles.into(),
                (actor.mentions.len() as u32).into(),
                start,
                end,
            ];
            (&ACTORS, row)
        })
    }

    fn times(&self, analysis: &Analysis) -> impl Iterator<Item = Row> {
        analysis.times.iter().map(|timex| {
            let [start, end] = self.place(&[timex.span]);
            let row = vec![
                self.name.into(),
                self.words(&[timex.span]),
                timex.kind.as_str().into(),
                timex.value.as_str().into(),
                timex.modifier.map(|modifier| modifier.as_str()).into(),
                start,
                end,
            ];
            (&TIMES, row)
        })
    }

    fn quantities(&self, analysis: &Analysis) -> impl Iterator<Item = Row> {
        analysis.quantities.iter().map(|quantity| {
            let [start, end] = self.place(&[quantity.span]);
            let row = vec![
                self.name.into(),
                self.words(&[quantity.span]),
                quantity.value.into(),
                quantity.low.into(),
                quantity.high.into(),
                quantity.bound.as_str().into(),
                quantity.unit.as_deref().into(),
                quantity.counted.as_deref().into(),
                quantity.place.as_deref().into(),
                quantity.as_of.as_deref().into(),
                quantity.statement.map(|id| id.to_string()).into(),
                start,
                end,
            ];
            (&QUANTITIES, row)
        })
    }
}

fn names(parties: &[Party]) -> Cell {
    let names: Vec<&str> = parties.iter().map(|party| party.name.as_str()).collect();
    (!names.is_empty()).then(|| names.join("; ")).into()
}
