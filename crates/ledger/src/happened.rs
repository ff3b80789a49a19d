//! Events for a timeline: of which days most reports tell, what each tells, and which tellings the
//! comparison of events has linked.
//!
//! ```text
//! ledger.moments(20)               2024-03-04: 11 events in 7 reports …
//! ledger.happened("2024-03-04", 60)   who tells what of that day
//! ```
//!
//! Not handled: what a link means; that is comparing.

use crate::comparing::ITEM_ID;
use crate::error::{At, Result};
use crate::get::{EVENT, event};
use crate::rows::{PER_REPORT, published};
use crate::summary::{NEWEST, Top};
use crate::{Ledger, StoredLink};
use onrecord_model::{CodePoints, Date, Event};
use rusqlite::{OptionalExtension, Row, params};
use std::collections::BTreeSet;

/// A day, week, month, quarter, season or year of which reports tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// As a TIMEX3 value.
    pub when: String,
    /// Events.
    pub events: usize,
    /// In how many reports.
    pub reports: usize,
}

/// An event in its report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happened {
    /// Where comparisons know it: its report, and its number there.
    pub place: crate::Place,
    /// The report's outlet.
    pub outlet: Option<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// The event.
    pub event: Event,
    /// Where its words stand, in code points.
    pub code_points: [u32; 2],
    /// Its words.
    pub text: String,
    /// Where in these the words begin that date it, in bytes.
    pub dated_at: usize,
    /// The words that date it.
    pub time: Option<String>,
}

impl Ledger {
    /// The moments of which most reports tell, most first; what is only mentioned counts less.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn moments(&self, limit: usize) -> Result<Top<Moment>> {
        let moments = || {
            let mut rows: Vec<(i64, Moment)> = self
                .conn
                .prepare_cached(&format!(
                    "SELECT happens, count(*), count(DISTINCT id / {PER_REPORT}),
                         count(DISTINCT CASE WHEN is_mention THEN NULL ELSE id / {PER_REPORT} END)
                     FROM events WHERE happens IS NOT NULL AND {NEWEST} GROUP BY happens"
                ))?
                .query_map([], |row| {
                    let count = |column| row.get::<_, i64>(column).map(|n| n as usize);
                    let moment =
                        Moment { when: row.get(0)?, events: count(1)?, reports: count(2)? };
                    // A year names much that it is not the day of.
                    let is_day = moment.when.len() == 10;
                    let worth = row.get::<_, i64>(3)? * 2 + moment.reports as i64;
                    Ok((if is_day { worth * 3 } else { worth }, moment))
                })?
                .collect::<rusqlite::Result<_>>()?;
            rows.sort_by(|(x, a), (y, b)| y.cmp(x).then_with(|| a.when.cmp(&b.when)));
            let total = rows.len();
            rows.truncate(limit);
            let rows = rows.into_iter().map(|(_, moment)| moment).collect();
            Ok::<_, rusqlite::Error>(Top { rows, total })
        };
        moments().at(&self.path, "read")
    }

    /// The events of a moment, or those without one, in order of publication.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn happened(&self, when: Option<&str>, limit: usize) -> Result<Top<Happened>> {
        let happened = || {
            let total: i64 = self
                .conn
                .prepare_cached(&format!(
                    "SELECT count(*) FROM events WHERE happens IS ? AND {NEWEST}"
                ))?
                .query_row([when], |row| row.get(0))?;
            let columns: Vec<String> =
                EVENT.split(", ").map(|column| format!("e.{column}")).collect();
            // Those asked for are found first: a year has thousands, and to sort all with their
            // texts would take the longer.
            let rows = self
                .conn
                .prepare_cached(&format!(
                    "SELECT {}, r.name, e.id % {PER_REPORT}, r.outlet, r.published, r.text
                     FROM (SELECT e.id FROM events e JOIN reports r ON r.id = e.id / {PER_REPORT}
                           WHERE e.happens IS ?1 AND r.superseded_by IS NULL
                           ORDER BY r.published IS NULL, r.published, r.name, e.id LIMIT ?2) page
                     JOIN events e ON e.id = page.id
                     JOIN reports r ON r.id = e.id / {PER_REPORT}
                     ORDER BY r.published IS NULL, r.published, r.name, e.id",
                    columns.join(", ")
                ))?
                .query_map(params![when, i64::try_from(limit).unwrap_or(i64::MAX)], happened_row)?
                .collect::<rusqlite::Result<_>>()?;
            Ok::<_, rusqlite::Error>(Top { rows, total: total.max(0) as usize })
        };
        happened().at(&self.path, "read")
    }

    /// How many reports the record holds, of the newest revisions: a count that is kept, where
    /// `totals` walks along lists.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn report_count(&self) -> Result<usize> {
        let count = || {
            self.conn
                .prepare_cached(
                    "SELECT coalesce(max(value), 0) FROM about WHERE what = 'tally.reports'",
                )?
                .query_row([], |row| Ok(row.get::<_, i64>(0)?.max(0) as usize))
        };
        count().at(&self.path, "read")
    }

    /// One event; none if there is none.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn happened_at(&self, place: &crate::Place) -> Result<Option<Happened>> {
        let happened = || {
            let columns: Vec<String> =
                EVENT.split(", ").map(|column| format!("e.{column}")).collect();
            self.conn
                .prepare_cached(&format!(
                    "SELECT {}, r.name, e.id % {PER_REPORT}, r.outlet, r.published, r.text
                     FROM reports r JOIN events e ON e.id = r.id * {PER_REPORT} + ?2
                     WHERE r.name = ?1",
                    columns.join(", ")
                ))?
                .query_row(params![place.report, place.number], happened_row)
                .optional()
        };
        happened().at(&self.path, "read")
    }

    /// The links of a comparison between these items.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn links_between(
        &self,
        comparison: &str,
        items: &BTreeSet<crate::Place>,
    ) -> Result<Vec<StoredLink>> {
        let links = || {
            let mut found = Vec::new();
            let mut linked = self.conn.prepare_cached(&format!(
                "SELECT r.name, l.b % 50000, l.body
                 FROM links l JOIN reports r ON r.id = l.b / {PER_REPORT} WHERE l.a = {ITEM_ID}",
            ))?;
            for place in items {
                let mut rows = linked.query(params![comparison, place.report, place.number])?;
                while let Some(row) = rows.next()? {
                    let other = crate::Place { report: row.get(0)?, number: row.get(1)? };
                    if items.contains(&other) {
                        let mut ends = [place.clone(), other];
                        ends.sort();
                        let [a, b] = ends;
                        found.push(StoredLink { a, b, body: row.get(2)? });
                    }
                }
            }
            found.sort_by(|x, y| (&x.a, &x.b).cmp(&(&y.a, &y.b)));
            Ok::<_, rusqlite::Error>(found)
        };
        links().at(&self.path, "read")
    }
}

fn happened_row(row: &Row<'_>) -> rusqlite::Result<Happened> {
    let text = row.get_ref(15)?.as_str().map_err(crate::rows::odd)?;
    let points = CodePoints::new(text);
    let event = event(row, 0, &points)?;
    let dated_at = event.time.map_or(0, |time| time.start.saturating_sub(event.span.start));
    Ok(Happened {
        place: crate::Place { report: row.get(11)?, number: row.get(12)? },
        outlet: row.get(13)?,
        published: published(row, 14)?,
        code_points: points.span(event.span),
        text: event.span.of(text).to_owned(),
        dated_at: dated_at as usize,
        time: event.time.map(|time| time.of(text).to_owned()),
        event,
    })
}
