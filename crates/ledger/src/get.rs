//! Reports and analyses out of the record, just as they went in.
//!
//! ```text
//! ledger.report("004")          the newest revision; "004@1" the one before
//! ledger.reports(&Filter::default())   every newest revision, in order of file and part
//! ```
//!
//! Not handled: search; see `find`.

use crate::Ledger;
use crate::error::{At, Result};
use crate::rows::{PER_REPORT, odd, parts_from, spans_from, via_from, word};
use onrecord_model::{
    Actor, ActorId, Analysis, Byline, CodePoints, Date, Dateline, Event, NotText, Party, Published,
    Quantity, Report, Sentence, Span, Statement, StatementId, Timex, Warning,
};
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};

/// A report as it stands in the record.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    /// What pointers and findings call it.
    pub name: String,
    /// From 1; a changed report has the next.
    pub revision: u32,
    /// The name of the revision that replaced it.
    pub superseded_by: Option<String>,
    /// The folder it was read from.
    pub folder: Option<String>,
    /// As it was read.
    pub report: Report,
    /// What stands in it.
    pub analysis: Analysis,
}

/// Which reports to give back; by default all newest revisions.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Older revisions, too.
    pub with_superseded: bool,
    /// Only those of this outlet, as it is written.
    pub outlet: Option<String>,
    /// Only those published on this day or later.
    pub from: Option<Date>,
    /// Only those published on this day or earlier.
    pub to: Option<Date>,
    /// Only those analysed by another version than this.
    pub not_version: Option<String>,
}

/// Reports one after another; see [`Ledger::reports`].
#[derive(Debug)]
pub struct Reports<'l> {
    ledger: &'l Ledger,
    ids: std::vec::IntoIter<i64>,
}

impl Iterator for Reports<'_> {
    type Item = Result<Stored>;

    fn next(&mut self) -> Option<Self::Item> {
        let id = self.ids.next()?;
        Some(load(&self.ledger.conn, id).at(&self.ledger.path, "read"))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.ids.size_hint()
    }
}

impl ExactSizeIterator for Reports<'_> {}

impl Ledger {
    /// The report of this name.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn report(&self, name: &str) -> Result<Option<Stored>> {
        let report = || {
            let id = self
                .conn
                .prepare_cached("SELECT id FROM reports WHERE name = ?")?
                .query_row([name], |row| row.get(0))
                .optional()?;
            id.map(|id| load(&self.conn, id)).transpose()
        };
        report().at(&self.path, "read")
    }

    /// Reports in order of file, part and revision, loaded one at a time.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn reports(&self, filter: &Filter) -> Result<Reports<'_>> {
        let mut sql = String::from("SELECT id FROM reports WHERE 1");
        let mut values: Vec<String> = Vec::new();
        let mut only = |condition: &str, value: Option<String>| {
            if let Some(value) = value {
                sql.push_str(condition);
                values.push(value);
            }
        };
        only(" AND outlet = ?", filter.outlet.clone());
        only(" AND published >= ?", filter.from.map(|date| date.to_string()));
        only(" AND published <= ?", filter.to.map(|date| date.to_string()));
        only(" AND analysis_version <> ?", filter.not_version.clone());
        if !filter.with_superseded {
            sql.push_str(" AND superseded_by IS NULL");
        }
        sql.push_str(" ORDER BY source_file, part, folder, url, revision, id");
        let ids = || {
            self.conn
                .prepare_cached(&sql)?
                .query_map(params_from_iter(&values), |row| row.get(0))?
                .collect::<rusqlite::Result<Vec<i64>>>()
        };
        Ok(Reports { ledger: self, ids: ids().at(&self.path, "read")?.into_iter() })
    }
}

fn date(text: Option<String>) -> rusqlite::Result<Option<Date>> {
    text.map(|text| text.parse().map_err(odd)).transpose()
}

/// The span in two columns from `column` on.
fn span_at(
    row: &Row<'_>,
    column: usize,
    points: &CodePoints<'_>,
) -> rusqlite::Result<Option<Span>> {
    let (start, end): (Option<u32>, Option<u32>) = (row.get(column)?, row.get(column + 1)?);
    Ok(start.zip(end).map(|(start, end)| points.bytes([start, end])))
}

/// As [`span_at`], where there always is one.
pub(crate) fn span(
    row: &Row<'_>,
    column: usize,
    points: &CodePoints<'_>,
) -> rusqlite::Result<Span> {
    Ok(points.bytes([row.get(column)?, row.get(column + 1)?]))
}

/// Report number `id`, with all that stands in it.
pub(crate) fn load(conn: &Connection, id: i64) -> rusqlite::Result<Stored> {
    let mut stored = conn
        .prepare_cached(
            "SELECT r.name, r.revision, n.name, r.folder, r.source_file, r.part, r.has_siblings,
                 r.starts_at, r.text, r.headline_start, r.headline_end, r.byline, r.byline_start,
                 r.byline_end, r.dateline_start, r.dateline_end, r.dateline_place, r.dateline_date,
                 r.dateline_agency, r.outlet, r.url, r.published, r.published_from, r.language,
                 r.extra, r.analysis_version
             FROM reports r LEFT JOIN reports n ON n.id = r.superseded_by WHERE r.id = ?",
        )?
        .query_row([id], stored)?;
    let points = &CodePoints::new(&stored.report.text);
    stored.report.not_text = rows(conn, "not_text", "start_at, end_at, kind", id, |row| {
        Ok(NotText { span: span(row, 0, points)?, kind: word(row.get_ref(2)?.as_str()?)? })
    })?;
    stored.analysis = Analysis {
        version: std::mem::take(&mut stored.analysis.version),
        sentences: rows(conn, "sentences", "start_at, end_at, paragraph", id, |row| {
            Ok(Sentence { span: span(row, 0, points)?, paragraph: row.get(2)? })
        })?,
        actors: actors(conn, id, points)?,
        statements: statements(conn, id, points)?,
        times: rows(conn, "times", "start_at, end_at, type, value, modifier", id, |row| {
            Ok(Timex {
                span: span(row, 0, points)?,
                kind: word(row.get_ref(2)?.as_str()?)?,
                value: row.get(3)?,
                modifier: row.get_ref(4)?.as_str_or_null()?.map(word).transpose()?,
            })
        })?,
        events: rows(conn, "events", EVENT, id, |row| event(row, 0, points))?,
        quantities: rows(conn, "quantities", QUANTITY, id, |row| quantity(row, 0, points))?,
        warnings: rows(conn, "warnings", "start_at, end_at, text", id, |row| {
            Ok(Warning { span: span(row, 0, points)?, text: row.get(2)? })
        })?,
    };
    Ok(stored)
}

fn stored(row: &Row<'_>) -> rusqlite::Result<Stored> {
    let text: String = row.get(8)?;
    let points = CodePoints::new(&text);
    let byline_span = span_at(row, 12, &points)?;
    let dateline = match span_at(row, 14, &points)? {
        Some(span) => Some(Dateline {
            span,
            place: row.get(16)?,
            date: date(row.get(17)?)?,
            agency: row.get(18)?,
        }),
        None => None,
    };
    let published = match date(row.get(21)?)? {
        Some(date) => Some(Published { date, from: word(row.get_ref(22)?.as_str()?)? }),
        None => None,
    };
    let report = Report {
        source_file: row.get(4)?,
        part: row.get(5)?,
        has_siblings: row.get(6)?,
        start: row.get(7)?,
        headline: span_at(row, 9, &points)?,
        byline: row.get::<_, Option<String>>(11)?.map(|name| Byline { name, span: byline_span }),
        dateline,
        outlet: row.get(19)?,
        url: row.get(20)?,
        published,
        language: row.get(23)?,
        not_text: Vec::new(),
        extra: serde_json::from_str(row.get_ref(24)?.as_str()?).map_err(odd)?,
        text,
    };
    Ok(Stored {
        name: row.get(0)?,
        revision: row.get(1)?,
        superseded_by: row.get(2)?,
        folder: row.get(3)?,
        report,
        analysis: Analysis { version: row.get(25)?, ..Analysis::default() },
    })
}

/// Rows of one report in one table, in order.
fn rows<T>(
    conn: &Connection,
    table: &str,
    columns: &str,
    report: i64,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<T>> {
    conn.prepare_cached(&format!(
        "SELECT {columns} FROM {table} WHERE id BETWEEN ? AND ? ORDER BY id"
    ))?
    .query_map([report * PER_REPORT, (report + 1) * PER_REPORT - 1], read)?
    .collect()
}

pub(crate) const EVENT: &str = "start_at, end_at, word_start, word_end, time_start, time_end, \
                                happens, state, is_mention, statement, parts";

/// An event from the columns [`EVENT`], which begin at `from`.
pub(crate) fn event(
    row: &Row<'_>,
    from: usize,
    points: &CodePoints<'_>,
) -> rusqlite::Result<Event> {
    Ok(Event {
        span: span(row, from, points)?,
        word: span(row, from + 2, points)?,
        time: span_at(row, from + 4, points)?,
        when: row.get(from + 6)?,
        state: word(row.get_ref(from + 7)?.as_str()?)?,
        is_mention: row.get(from + 8)?,
        statement: row.get::<_, Option<u32>>(from + 9)?.map(StatementId),
        parts: parts_from(row.get_ref(from + 10)?.as_str()?, points)?,
    })
}

pub(crate) const QUANTITY: &str = "start_at, end_at, value, low, high, bound, unit, counted, \
                                   counted_start, counted_end, place, as_of, statement";

/// A quantity from the columns [`QUANTITY`], which begin at `from`.
pub(crate) fn quantity(
    row: &Row<'_>,
    from: usize,
    points: &CodePoints<'_>,
) -> rusqlite::Result<Quantity> {
    Ok(Quantity {
        span: span(row, from, points)?,
        value: row.get(from + 2)?,
        low: row.get(from + 3)?,
        high: row.get(from + 4)?,
        bound: word(row.get_ref(from + 5)?.as_str()?)?,
        unit: row.get(from + 6)?,
        counted: row.get(from + 7)?,
        counted_span: span_at(row, from + 8, points)?,
        place: row.get(from + 10)?,
        as_of: row.get(from + 11)?,
        statement: row.get::<_, Option<u32>>(from + 12)?.map(StatementId),
    })
}

fn actors(conn: &Connection, id: i64, points: &CodePoints<'_>) -> rusqlite::Result<Vec<Actor>> {
    conn.prepare_cached(
        "SELECT a.id % 1000000, n.name, n.type, a.roles, a.mentions
         FROM actors a JOIN names n ON n.id = a.name WHERE a.id BETWEEN ? AND ? ORDER BY a.id",
    )?
    .query_map([id * PER_REPORT, (id + 1) * PER_REPORT - 1], |row| {
        Ok(Actor {
            id: ActorId(row.get(0)?),
            name: row.get(1)?,
            kind: word(row.get_ref(2)?.as_str()?)?,
            roles: serde_json::from_str(row.get_ref(3)?.as_str()?).map_err(odd)?,
            mentions: spans_from(row.get_ref(4)?.as_str()?, points)?,
        })
    })?
    .collect()
}

/// The columns from which [`statement`] makes a statement, and the tables they are from.
pub(crate) const STATEMENT: &str = "s.id % 1000000, s.source, s.cue, s.content, s.mode, s.act, \
    s.is_negated, who.name, who.type, s.speaker_actor, whom.name, whom.type, s.addressee_actor, \
    s.via, s.venue, s.said_on, s.within";
pub(crate) const STATEMENT_TABLES: &str = "statements s LEFT JOIN names who ON who.id = s.speaker \
                                           LEFT JOIN names whom ON whom.id = s.addressee";

fn statements(
    conn: &Connection,
    id: i64,
    points: &CodePoints<'_>,
) -> rusqlite::Result<Vec<Statement>> {
    conn.prepare_cached(&format!(
        "SELECT {STATEMENT} FROM {STATEMENT_TABLES} WHERE s.id BETWEEN ? AND ? ORDER BY s.id"
    ))?
    .query_map([id * PER_REPORT, (id + 1) * PER_REPORT - 1], |row| statement(row, points))?
    .collect()
}

/// A statement from the columns [`STATEMENT`], which stand first in the row.
pub(crate) fn statement(row: &Row<'_>, points: &CodePoints<'_>) -> rusqlite::Result<Statement> {
    let spans = |column| spans_from(row.get_ref(column)?.as_str()?, points);
    let party = |column: usize| -> rusqlite::Result<Option<Party>> {
        let Some(name) = row.get(column)? else { return Ok(None) };
        let kind = word(row.get_ref(column + 1)?.as_str()?)?;
        let actor = row.get::<_, Option<u32>>(column + 2)?.map(ActorId);
        Ok(Some(Party { actor, name, kind }))
    };
    Ok(Statement {
        id: StatementId(row.get(0)?),
        source: spans(1)?,
        cue: spans(2)?,
        content: spans(3)?,
        mode: word(row.get_ref(4)?.as_str()?)?,
        act: word(row.get_ref(5)?.as_str()?)?,
        is_negated: row.get(6)?,
        speaker: party(7)?,
        addressee: party(10)?,
        via: via_from(row.get_ref(13)?.as_str_or_null()?)?,
        venue: row.get(14)?,
        said_on: row.get(15)?,
        within: row.get::<_, Option<u32>>(16)?.map(StatementId),
    })
}
