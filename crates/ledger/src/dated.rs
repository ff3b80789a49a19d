//! Sentences that date something to a day, for the page of that day.
//!
//! ```text
//! 2024-03-04   "Cranes moved on Monday, the port said."   001:120-158
//! ```
//!
//! Only whole days. Not handled: what happened; that is `happened`.

use crate::get::span;
use crate::rows::{odd, published, word};
use crate::summary::{sentence_or, sql_limit};
use onrecord_model::{CodePoints, Date, Span, Timex};
use rusqlite::{Connection, Row, params};

/// A day of which reports speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// The day.
    pub day: Date,
    /// Sentences that date something to it.
    pub sentences: usize,
    /// In how many reports.
    pub reports: usize,
}

/// A sentence that dates something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// The report's name in the record.
    pub report: String,
    /// Its outlet.
    pub outlet: Option<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// The sentence; the time expression alone where it stands in none.
    pub sentence: Span,
    /// The same in code points, as a pointer has it.
    pub code_points: [u32; 2],
    /// Its words.
    pub text: String,
    /// The time expression.
    pub timex: Timex,
}

/// The sentences that date something to `day`, in order of publication; each once.
pub(crate) fn dated_rows(
    conn: &Connection,
    day: &str,
    limit: usize,
    offset: usize,
) -> rusqlite::Result<Vec<Dated>> {
    conn.prepare_cached(
        "SELECT r.name, r.outlet, r.published, r.text, t.start_at, t.end_at, t.type,
             t.value, t.modifier, s.start_at, s.end_at
         FROM (SELECT min(id) AS id, sentence FROM times WHERE day = ?1
               GROUP BY id / 1000000, sentence) d
         JOIN times t ON t.id = d.id
         JOIN reports r ON r.id = d.id / 1000000
         LEFT JOIN sentences s ON s.id = d.id / 1000000 * 1000000 + d.sentence
         WHERE r.superseded_by IS NULL
         ORDER BY r.published IS NULL, r.published, r.name, t.id LIMIT ?2 OFFSET ?3",
    )?
    .query_map(params![day, sql_limit(limit), sql_limit(offset)], dated_row)?
    .collect()
}

fn dated_row(row: &Row<'_>) -> rusqlite::Result<Dated> {
    let text = row.get_ref(3)?.as_str().map_err(odd)?;
    let points = CodePoints::new(text);
    let timex = Timex {
        span: span(row, 4, &points)?,
        kind: word(row.get_ref(6)?.as_str()?)?,
        value: row.get(7)?,
        modifier: row.get_ref(8)?.as_str_or_null()?.map(word).transpose()?,
    };
    let sentence = sentence_or(row, 9, timex.span, &points)?;
    Ok(Dated {
        report: row.get(0)?,
        outlet: row.get(1)?,
        published: published(row, 2)?,
        sentence,
        code_points: points.span(sentence),
        text: sentence.of(text).to_owned(),
        timex,
    })
}
