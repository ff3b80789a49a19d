//! Counts and lists for a brief: what the record holds, who speaks, which days, which figures.
//!
//! ```text
//! ledger.totals()          12 reports by 5 outlets, 2024-03-01 to 2024-03-09
//! ledger.speakers(10)      Jane Roe (person): 14 statements in 9 reports of 4 outlets …
//! ledger.measures(10)      dockers: 9 figures in 6 reports, 1200 to 1500 …
//! ```
//!
//! All of the newest revisions, each list with its whole length; none reads the texts but those of
//! the rows it gives. Not handled: what goes together under other words; that is comparing.

use crate::Ledger;
use crate::error::{At, Result};
use crate::find::said::Said;
use crate::find::search::Found;
use crate::findings::NO_DIFFERENCE;
use crate::get::span;
use crate::rows::published;
use onrecord_model::{ActorType, CodePoints, Date, Quantity, Span};
use rusqlite::{OptionalExtension, Row, params};

/// The first rows of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Top<T> {
    /// Those asked for.
    pub rows: Vec<T>,
    /// How many there are in all.
    pub total: usize,
}

impl<T> Top<T> {
    /// How many the list has besides.
    pub fn more(&self) -> usize {
        self.total.saturating_sub(self.rows.len())
    }
}

/// What a record holds, of the newest revisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Reports.
    pub reports: usize,
    /// Older revisions of them.
    pub superseded: usize,
    /// Outlets that are named.
    pub outlets: usize,
    /// Day of the first report.
    pub first: Option<Date>,
    /// Day of the last.
    pub last: Option<Date>,
    /// Reports without a day.
    pub undated: usize,
    /// Sentences.
    pub sentences: usize,
    /// Statements.
    pub statements: usize,
    /// Who speaks; one person under several names once.
    pub speakers: usize,
    /// Time expressions.
    pub times: usize,
    /// Figures.
    pub quantities: usize,
    /// What the comparisons show to differ or to go together; positions are not counted.
    pub findings: usize,
}

/// Reports of one outlet on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayCount {
    /// The day; none for reports without one, which come first.
    pub day: Option<Date>,
    /// The outlet; none where it is not known.
    pub outlet: Option<String>,
    /// How many.
    pub reports: usize,
}

/// A name under which somebody speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// As the reports give it; of several names that with most statements.
    pub name: String,
    /// What it is.
    pub kind: ActorType,
    /// How many statements.
    pub statements: usize,
    /// In how many reports; in a list, of this name alone.
    pub reports: usize,
    /// Of how many outlets.
    pub outlets: usize,
    /// Other names of the same person, with the number of statements, most first.
    pub also: Vec<(String, usize)>,
}

/// What is counted in the same words.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// The words, as the first of them are written.
    pub counted: String,
    /// Measured in.
    pub unit: Option<String>,
    /// How many figures.
    pub figures: usize,
    /// In how many reports.
    pub reports: usize,
    /// The least number given.
    pub low: Option<f64>,
    /// The greatest.
    pub high: Option<f64>,
}

/// A figure in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The report's name in the record.
    pub report: String,
    /// Its outlet.
    pub outlet: Option<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// The figure.
    pub quantity: Quantity,
    /// Its words.
    pub text: String,
    /// The same place in code points, as a pointer has it.
    pub code_points: [u32; 2],
    /// The sentence; the figure alone where it stands in none.
    pub sentence: Span,
    /// Its words.
    pub sentence_text: String,
    /// The speaker of the statement it stands in.
    pub given_by: Option<String>,
}

/// Leaves out older revisions by their few numbers, so that an index need not be left for the
/// reports.
pub(crate) const NEWEST: &str =
    "id / 1000000 NOT IN (SELECT id FROM reports WHERE superseded_by IS NOT NULL)";

impl Ledger {
    /// What the record holds.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn totals(&self) -> Result<Totals> {
        let totals = || {
            let tally = |what: &str| -> rusqlite::Result<usize> {
                let count: Option<i64> = self
                    .conn
                    .prepare_cached("SELECT value FROM about WHERE what = 'tally.' || ?")?
                    .query_row([what], |row| row.get(0))
                    .optional()?;
                Ok(count.unwrap_or(0).max(0) as usize)
            };
            let count = |sql: &str| self.conn.prepare_cached(sql)?.query_row([], count_at_0);
            let day = |which: &str| {
                let sql = format!(
                    "SELECT {which}(published) FROM reports
                     WHERE superseded_by IS NULL AND published IS NOT NULL"
                );
                self.conn.prepare_cached(&sql)?.query_row([], |row| published(row, 0))
            };
            Ok::<_, rusqlite::Error>(Totals {
                reports: tally("reports")?,
                superseded: tally("superseded")?,
                outlets: count("SELECT count(*) FROM names WHERE type = 'outlet' AND reports > 0")?,
                first: day("min")?,
                last: day("max")?,
                undated: count(
                    "SELECT count(*) FROM reports WHERE superseded_by IS NULL AND published IS NULL",
                )?,
                sentences: tally("sentences")?,
                statements: tally("statements")?,
                speakers: count("SELECT count(*) FROM names WHERE listed > 0")?,
                times: tally("times")?,
                quantities: tally("quantities")?,
                findings: count(&format!(
                    "SELECT count(*) FROM findings WHERE weight < {NO_DIFFERENCE}"
                ))?,
            })
        };
        totals().at(&self.path, "read")
    }

    /// Reports by day and outlet, in that order.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn days(&self) -> Result<Vec<DayCount>> {
        let days = || {
            self.conn
                .prepare_cached(
                    "SELECT published, outlet, count(*) FROM reports WHERE superseded_by IS NULL
                     GROUP BY published, outlet ORDER BY published, outlet",
                )?
                .query_map([], |row| {
                    let reports = row.get::<_, i64>(2)? as usize;
                    Ok(DayCount { day: published(row, 0)?, outlet: row.get(1)?, reports })
                })?
                .collect::<rusqlite::Result<_>>()
        };
        days().at(&self.path, "read")
    }

    /// Outlets with their number of reports, most first.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn outlets(&self, limit: usize) -> Result<Top<(String, usize)>> {
        let outlets = || {
            let all: Vec<(String, usize)> = self
                .conn
                .prepare_cached(
                    "SELECT outlet, count(*) FROM reports
                     WHERE superseded_by IS NULL AND outlet IS NOT NULL
                     GROUP BY outlet ORDER BY 2 DESC, 1",
                )?
                .query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)? as usize)))?
                .collect::<rusqlite::Result<_>>()?;
            Ok::<_, rusqlite::Error>(Top {
                total: all.len(),
                rows: all.into_iter().take(limit).collect(),
            })
        };
        outlets().at(&self.path, "read")
    }

    /// Who speaks, most quoted first.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn speakers(&self, limit: usize) -> Result<Top<Speaker>> {
        let mut top = self.speakers_of("", None, limit, 0)?;
        for speaker in &mut top.rows {
            speaker.outlets = self.outlets_of(&speaker.name, speaker.kind, 0)?.total;
            if !speaker.also.is_empty() {
                speaker.reports = self.reports_of(&speaker.name, speaker.kind)?;
            }
        }
        Ok(top)
    }

    /// The statements of one speaker, under all their names, in order of the day they were said, else of the
    /// day of their report; undated last.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn said_by(
        &self,
        name: &str,
        kind: ActorType,
        limit: usize,
        offset: usize,
    ) -> Result<Found> {
        self.said(name, kind, &Said::default(), limit, offset)
    }

    /// What figures count, that which most reports count first. Upper and lower case are one.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn measures(&self, limit: usize) -> Result<Top<Measure>> {
        let mut top = self.measures_of("", limit, 0)?;
        let bounds = || {
            let mut bounds = self.conn.prepare_cached(&format!(
                "SELECT min(coalesce(value, low)), max(coalesce(value, high)) FROM quantities
                 WHERE counted = ? COLLATE NOCASE AND unit IS ? AND {NEWEST}"
            ))?;
            for measure in &mut top.rows {
                (measure.low, measure.high) = bounds
                    .query_row(params![measure.counted, measure.unit], |row| {
                        Ok((row.get(0)?, row.get(1)?))
                    })?;
            }
            Ok::<_, rusqlite::Error>(top)
        };
        bounds().at(&self.path, "read")
    }

    /// The figures that count something, in order of publication.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn figures(&self, counted: &str, unit: Option<&str>, limit: usize) -> Result<Top<Figure>> {
        let ids = self.figure_ids(counted, unit)?;
        Ok(Top { rows: self.figures_at(&ids[..limit.min(ids.len())])?, total: ids.len() })
    }
}

pub(crate) fn count_at_0(row: &Row<'_>) -> rusqlite::Result<usize> {
    Ok(row.get::<_, i64>(0)?.max(0) as usize)
}

/// As many rows as SQLite can count.
pub(crate) fn sql_limit(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

/// The sentence in two columns from `column` on, or `other` where there is none.
pub(crate) fn sentence_or(
    row: &Row<'_>,
    column: usize,
    other: Span,
    points: &CodePoints<'_>,
) -> rusqlite::Result<Span> {
    match row.get::<_, Option<u32>>(column)? {
        Some(_) => span(row, column, points),
        None => Ok(other),
    }
}
