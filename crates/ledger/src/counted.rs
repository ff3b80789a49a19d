//! The figures of what is counted, and which of them a place in a report is.
//!
//! ```text
//! figure_at("001", [120, 133])     figure 1000007, of dockers
//! figure_ids("dockers", None)      1000007, 3000002 …, in order of publication
//! figures_at([1000007, 3000002])   in their reports, each with its sentence
//! ```
//!
//! Not handled: which figures count one thing; that is comparing.

use crate::Ledger;
use crate::error::{At, Result};
use crate::get::{QUANTITY, quantity};
use crate::rows::{PER_REPORT, odd, published};
use crate::summary::{Figure, NEWEST, sentence_or};
use onrecord_model::CodePoints;
use rusqlite::{OptionalExtension, Row, params};

/// A figure of the record, by its number there, with what it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FigureAt {
    /// Its number; another after the report is read anew.
    pub id: i64,
    /// What it counts, in the text's words.
    pub counted: Option<String>,
    /// Measured in.
    pub unit: Option<String>,
}

impl Ledger {
    /// The figure of a report that begins at a code point; the widest, if several do.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn figure_at(&self, report: &str, start: u32) -> Result<Option<FigureAt>> {
        let found = || {
            self.conn
                .prepare_cached(&format!(
                    "SELECT q.id, q.counted, q.unit FROM reports r JOIN quantities q
                         ON q.id BETWEEN r.id * {PER_REPORT} AND r.id * {PER_REPORT} + 999999
                     WHERE r.name = ? AND q.start_at = ? ORDER BY q.end_at DESC LIMIT 1"
                ))?
                .query_row(params![report, start], |row| {
                    Ok(FigureAt { id: row.get(0)?, counted: row.get(1)?, unit: row.get(2)? })
                })
                .optional()
        };
        found().at(&self.path, "read")
    }

    /// The numbers of the figures that count something, in order of publication.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn figure_ids(&self, counted: &str, unit: Option<&str>) -> Result<Vec<i64>> {
        let ids = || {
            // The days are looked up once for each report, not for each figure.
            let mut ids: Vec<i64> = self
                .conn
                .prepare_cached(&format!(
                    "SELECT id FROM quantities
                     WHERE counted = ? COLLATE NOCASE AND unit IS ? AND {NEWEST}"
                ))?
                .query_map(params![counted, unit], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            ids.sort_unstable();
            let mut of = self.conn.prepare_cached(
                "SELECT published IS NULL, published, name FROM reports WHERE id = ?",
            )?;
            let mut ordered = Vec::new();
            for figures in ids.chunk_by(|a, b| a / PER_REPORT == b / PER_REPORT) {
                let order: (bool, Option<String>, String) = of
                    .query_row([figures[0] / PER_REPORT], |row| {
                        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
                    })?;
                ordered.push((order, figures));
            }
            ordered.sort_by(|(a, _), (b, _)| a.cmp(b));
            Ok::<_, rusqlite::Error>(
                ordered.into_iter().flat_map(|(_, ids)| ids).copied().collect(),
            )
        };
        ids().at(&self.path, "read")
    }

    /// The figures of these numbers, in this order; one that is not there is passed over.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn figures_at(&self, ids: &[i64]) -> Result<Vec<Figure>> {
        let figures = || {
            let columns = QUANTITY.split(", ").map(|column| format!("q.{column}"));
            let mut figure = self.conn.prepare_cached(&format!(
                "SELECT {columns}, r.name, r.outlet, r.published, r.text, s.start_at, s.end_at,
                     who.name
                 FROM quantities q
                 JOIN reports r ON r.id = q.id / 1000000
                 LEFT JOIN sentences s ON s.id = q.id / 1000000 * 1000000 + q.sentence
                 LEFT JOIN statements said ON said.id = q.id / 1000000 * 1000000 + q.statement
                 LEFT JOIN names who ON who.id = said.speaker
                 WHERE q.id = ?",
                columns = columns.collect::<Vec<_>>().join(", ")
            ))?;
            let found = ids.iter().map(|id| figure.query_row([id], figure_row).optional());
            Ok::<_, rusqlite::Error>(
                found.collect::<rusqlite::Result<Vec<_>>>()?.into_iter().flatten().collect(),
            )
        };
        figures().at(&self.path, "read")
    }

    /// How many figures count something, and in how many reports, but for those of the numbers
    /// `except`.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn figures_besides(
        &self,
        counted: &str,
        unit: Option<&str>,
        except: &[i64],
    ) -> Result<(usize, usize)> {
        let counts = || {
            self.conn
                .prepare_cached(&format!(
                    "SELECT count(*), count(DISTINCT id / {PER_REPORT}) FROM quantities
                     WHERE counted = ? COLLATE NOCASE AND unit IS ? AND {NEWEST}
                         AND id NOT IN (SELECT value FROM json_each(?))"
                ))?
                .query_row(params![counted, unit, list(except)], |row| {
                    Ok((row.get::<_, i64>(0)? as usize, row.get::<_, i64>(1)? as usize))
                })
        };
        counts().at(&self.path, "read")
    }
}

/// Numbers as a list that SQL takes apart.
fn list(numbers: &[i64]) -> String {
    let numbers: Vec<String> = numbers.iter().map(i64::to_string).collect();
    format!("[{}]", numbers.join(","))
}

fn figure_row(row: &Row<'_>) -> rusqlite::Result<Figure> {
    let text = row.get_ref(16)?.as_str().map_err(odd)?;
    let points = CodePoints::new(text);
    let quantity = quantity(row, 0, &points)?;
    let sentence = sentence_or(row, 17, quantity.span, &points)?;
    Ok(Figure {
        report: row.get(13)?,
        outlet: row.get(14)?,
        published: published(row, 15)?,
        text: quantity.span.of(text).to_owned(),
        code_points: points.span(quantity.span),
        sentence,
        sentence_text: sentence.of(text).to_owned(),
        given_by: row.get(19)?,
        quantity,
    })
}
