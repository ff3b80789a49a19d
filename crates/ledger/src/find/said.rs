//! What one speaker said, a page at a time, by outlet, day, mode and word.
//!
//! ```text
//! said("Jane Roe", Person, &Said { is_quoted: Some(true), about: "strike", .. }, 50, 0)
//! ```
//!
//! Under all names of the speaker, in order of the day it was said, else of the day of its report;
//! undated last. The table `said` holds each name's statements in that order: those of several names
//! are merged, so a page costs the same for whoever is quoted most. Not handled: what an office says
//! for its holder.

use super::search::{Found, Match, STATEMENTS, day_of};
use crate::error::{At, Cause, Result};
use crate::summary::{count_at_0, sql_limit};
use crate::{Ledger, Top};
use onrecord_model::{ActorType, Date};
use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};

/// Comes after every day, as what has none does.
const UNDATED: &str = "'~'";

/// Names of one speaker whose statements are merged; SQLite takes 500 lists at most.
const MERGED: usize = 400;

/// Which statements of a speaker to give back; by default all.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// Only in reports of this outlet, as it is written.
    pub outlet: Option<String>,
    /// Only of this day or later.
    pub from: Option<Date>,
    /// Only of this day or earlier.
    pub to: Option<Date>,
    /// Only those whose words are quoted, wholly or in part; or only those that are not.
    pub is_quoted: Option<bool>,
    /// Only those that have this word in any inflection.
    pub about: Option<String>,
}

/// Lists the statements of report number `id` by speaker and day; `outlet` is the number of its
/// name.
pub(crate) fn put(conn: &Connection, id: i64, outlet: Option<i64>) -> rusqlite::Result<()> {
    let day = day_of(STATEMENTS);
    let mut spoken = conn.prepare_cached(&format!(
        "SELECT s.speaker, coalesce({day}, {UNDATED}), s.id, s.mode <> 'indirect'
         FROM statements s JOIN reports r ON r.id = ?1
         WHERE s.id BETWEEN ?1 * 1000000 AND ?1 * 1000000 + 999999 AND s.speaker IS NOT NULL"
    ))?;
    // One row at a time: for a statement that writes several SQLite keeps a savepoint, and at each of
    // these the search index writes what it holds, report by report.
    let mut insert = conn.prepare_cached(
        "INSERT INTO said (speaker, day, statement, is_quoted, outlet) VALUES (?, ?, ?, ?, ?)",
    )?;
    let mut rows = spoken.query([id])?;
    while let Some(row) = rows.next()? {
        insert.execute(params![
            row.get::<_, i64>(0)?,
            row.get_ref(1)?.as_str()?,
            row.get::<_, i64>(2)?,
            row.get::<_, bool>(3)?,
            outlet,
        ])?;
    }
    Ok(())
}

/// Takes the statements of report number `id` from the lists.
pub(crate) fn take_away(conn: &Connection, id: i64) -> rusqlite::Result<()> {
    let day = day_of(STATEMENTS);
    conn.prepare_cached(&format!(
        "DELETE FROM said WHERE (speaker, day, statement) IN (
             SELECT s.speaker, coalesce({day}, {UNDATED}), s.id
             FROM statements s JOIN reports r ON r.id = ?1
             WHERE s.id BETWEEN ?1 * 1000000 AND ?1 * 1000000 + 999999 AND s.speaker IS NOT NULL)"
    ))?
    .execute([id])?;
    Ok(())
}

impl Ledger {
    /// The statements of one speaker.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn said(
        &self,
        name: &str,
        kind: ActorType,
        said: &Said,
        limit: usize,
        offset: usize,
    ) -> Result<Found> {
        let found = || {
            let names = self.name_ids(name, kind)?;
            let (conditions, values) = conditions(said);
            let merged = merged(&names, &conditions);
            // A word is looked up once; else those in front of a page need only be passed over.
            let (ids, total) = if said.about.is_some() {
                let all = self.ids(&merged, values, usize::MAX, 0)?;
                let total = all.len();
                (all.into_iter().skip(offset).take(limit).collect(), total)
            } else {
                let count = format!(
                    "SELECT count(*) FROM said d WHERE d.speaker IN ({}){conditions}",
                    listed(&names)
                );
                let total =
                    self.conn.prepare(&count)?.query_row(params_from_iter(&values), count_at_0)?;
                (self.ids(&merged, values, limit, offset)?, total)
            };
            let mut found = Found { total, ..Found::default() };
            for id in ids {
                found.hits.extend(self.hit(&Match { target: STATEMENTS, id, rank: 0.0 })?);
            }
            Ok::<_, Cause>(found)
        };
        found().at(&self.path, "read")
    }

    /// Numbers of statements, of what was merged.
    fn ids(
        &self,
        merged: &str,
        mut values: Vec<Value>,
        limit: usize,
        offset: usize,
    ) -> rusqlite::Result<Vec<i64>> {
        values.extend([sql_limit(limit), sql_limit(offset)].map(Value::Integer));
        let mut statement = self.conn.prepare(&format!(
            "SELECT statement FROM ({merged} ORDER BY 2, 1 LIMIT ?{} OFFSET ?{})",
            values.len() - 1,
            values.len()
        ))?;
        statement.query_map(params_from_iter(values), |row| row.get(0))?.collect()
    }

    /// Statements of these names under a condition on `said d`, those of the last days first, undated
    /// last, at most `most`, each with its day.
    pub(super) fn last_said(
        &self,
        names: &[i64],
        conditions: &str,
        values: &[Value],
        most: usize,
    ) -> rusqlite::Result<Vec<(Option<String>, i64)>> {
        let mut found: Vec<(Option<String>, i64)> = Vec::new();
        // What has no day comes last either way.
        for (days, is_dated) in [("d.day < '~'", true), ("d.day = '~'", false)] {
            let most = most - found.len();
            if most == 0 {
                break;
            }
            let mut last = self.conn.prepare(&format!(
                "SELECT d.day, d.statement FROM said d WHERE d.speaker = ?{name} AND {days}{conditions}
                 ORDER BY d.day DESC, d.statement DESC LIMIT {}",
                sql_limit(most),
                name = values.len() + 1,
            ))?;
            let mut here: Vec<(String, i64)> = Vec::new();
            for &name in names {
                let values = values.iter().cloned().chain([Value::Integer(name)]);
                let mut rows = last.query(params_from_iter(values))?;
                while let Some(row) = rows.next()? {
                    here.push((row.get(0)?, row.get(1)?));
                }
                // Many share a common name: those that are passed over are let go now and then.
                if here.len() > most.saturating_mul(4) {
                    latest(&mut here, most);
                }
            }
            latest(&mut here, most);
            found.extend(here.into_iter().map(|(day, id)| (is_dated.then_some(day), id)));
        }
        Ok(found)
    }

    /// The words of some `most` statements of a speaker, from all over the record.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn words_of(&self, name: &str, kind: ActorType, most: usize) -> Result<Vec<String>> {
        let words = || {
            let names = self.name_ids(name, kind)?;
            let mut ids: Vec<i64> = self
                .conn
                .prepare(&format!(
                    "SELECT statement FROM said WHERE speaker IN ({})",
                    listed(&names)
                ))?
                .query_map([], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            ids.sort_unstable();
            // Each n-th of them: those read first would be of the first days alone.
            let every = (ids.len() / most.max(1)).max(1);
            let mut words =
                self.conn.prepare_cached("SELECT words FROM statement_words WHERE id = ?")?;
            let some = ids.iter().skip(every - 1).step_by(every).take(most);
            some.map(|id| {
                words
                    .query_row([id], |row| Ok(row.get::<_, Option<String>>(0)?.unwrap_or_default()))
            })
            .collect::<rusqlite::Result<_>>()
        };
        words().at(&self.path, "read")
    }

    /// In which outlets one speaks, with the number of statements, most first.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn outlets_of(
        &self,
        name: &str,
        kind: ActorType,
        limit: usize,
    ) -> Result<Top<(String, usize)>> {
        let outlets = || {
            let all: Vec<(String, usize)> = self
                .conn
                .prepare(&format!(
                    "SELECT n.name, count FROM (SELECT outlet, count(*) AS count FROM said
                         WHERE speaker IN ({}) AND outlet IS NOT NULL GROUP BY outlet) d
                     JOIN names n ON n.id = d.outlet ORDER BY 2 DESC, 1",
                    listed(&self.name_ids(name, kind)?)
                ))?
                .query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.max(0) as usize)))?
                .collect::<rusqlite::Result<_>>()?;
            Ok::<_, Cause>(Top { total: all.len(), rows: all.into_iter().take(limit).collect() })
        };
        outlets().at(&self.path, "read")
    }

    /// In how many reports one speaks, under all names.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn reports_of(&self, name: &str, kind: ActorType) -> Result<usize> {
        let reports = || {
            let sql = format!(
                "SELECT count(DISTINCT statement / 1000000) FROM said WHERE speaker IN ({})",
                listed(&self.name_ids(name, kind)?)
            );
            self.conn.prepare(&sql)?.query_row([], count_at_0)
        };
        reports().at(&self.path, "read")
    }
}

/// Keeps the latest, the latest first.
fn latest(found: &mut Vec<(String, i64)>, most: usize) {
    found.sort_unstable_by(|x, y| y.cmp(x));
    found.truncate(most);
}

/// Numbers for SQL.
fn listed(names: &[i64]) -> String {
    names.iter().map(i64::to_string).collect::<Vec<_>>().join(",")
}

/// Statements and their days, as SQL that wants to be put in order: of each name a list that is in
/// order already, which SQLite merges.
fn merged(names: &[i64], conditions: &str) -> String {
    let of = |which: String| {
        format!("SELECT d.statement, d.day FROM said d WHERE d.speaker {which}{conditions}")
    };
    match names {
        [] => of("= 0".to_owned()),
        names if names.len() > MERGED => of(format!("IN ({})", listed(names))),
        names => {
            let each: Vec<String> = names.iter().map(|name| of(format!("= {name}"))).collect();
            each.join(" UNION ALL ")
        }
    }
}

/// As SQL, on a row `d` of `said`; its values are numbered, so that each list can have them.
fn conditions(said: &Said) -> (String, Vec<Value>) {
    let mut sql = String::new();
    let mut values: Vec<Value> = Vec::new();
    let mut only = |condition: &str, value: Option<String>| {
        if let Some(value) = value {
            values.push(Value::Text(value));
            sql.push_str(&condition.replace('?', &format!("?{}", values.len())));
        }
    };
    only(
        " AND d.outlet = (SELECT id FROM names WHERE name = ? AND type = 'outlet')",
        said.outlet.clone(),
    );
    only(" AND d.day >= ?", said.from.map(|day| day.to_string()));
    only(" AND d.day <= ?", said.to.map(|day| day.to_string()));
    let words = said.about.as_deref().filter(|about| about.chars().any(char::is_alphanumeric));
    only(
        " AND d.statement IN (SELECT rowid FROM statement_search WHERE statement_search MATCH ?)",
        words.map(|words| format!("\"{}\"", words.replace(['"', '\0'], " "))),
    );
    // What has no day is neither after one nor before one.
    if said.from.is_some() {
        sql.push_str(" AND d.day < '~'");
    }
    match said.is_quoted {
        Some(true) => sql.push_str(" AND d.is_quoted = 1"),
        Some(false) => sql.push_str(" AND d.is_quoted = 0"),
        None => {}
    }
    (sql, values)
}
