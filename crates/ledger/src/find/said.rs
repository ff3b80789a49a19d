//! What one speaker said, a page at a time, by outlet, day, mode and word.
//!
//! ```text
//! said("Jane Roe", Person, &Said { is_quoted: Some(true), about: "strike", .. }, 50, 0)
//! ```
//!
//! Under all names of the speaker, in order of the day it was said, else of the day of its report;
//! undated last. Not handled: what an office says for its holder.

use super::search::{Found, Match, STATEMENTS, day_of};
use crate::error::{At, Cause, Result};
use crate::{Ledger, Top};
use onrecord_model::{ActorType, Date};
use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};

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
            let (conditions, values) = conditions(self.names_of(name, kind)?, said);
            let day = day_of(STATEMENTS);
            let ids: Vec<i64> = self
                .conn
                .prepare_cached(&format!(
                    "SELECT s.id FROM statements s JOIN reports r ON r.id = s.id / 1000000
                     WHERE {conditions} ORDER BY ({day}) IS NULL, {day}, s.id"
                ))?
                .query_map(params_from_iter(values), |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            let mut found = Found { total: ids.len(), ..Found::default() };
            for id in ids.into_iter().skip(offset).take(limit) {
                found.hits.extend(self.hit(&Match { target: STATEMENTS, id, rank: 0.0 }, None)?);
            }
            Ok::<_, Cause>(found)
        };
        found().at(&self.path, "read")
    }

    /// The words of some `most` statements of a speaker, from all over the record.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn words_of(
        &self,
        name: &str,
        kind: ActorType,
        statements: usize,
        most: usize,
    ) -> Result<Vec<String>> {
        let words = || {
            // Each n-th of them: those read first would be of the first days alone.
            let every = (statements / most.max(1)).max(1) as i64;
            self.conn
                .prepare_cached(
                    "SELECT w.words FROM (
                         SELECT id, row_number() OVER (ORDER BY id) AS place FROM statements
                         WHERE speaker IN (SELECT value FROM json_each(?1))) s
                     JOIN statement_words w ON w.id = s.id WHERE s.place % ?2 = 0 LIMIT ?3",
                )?
                .query_map(params![self.names_of(name, kind)?, every, most as i64], |row| {
                    Ok(row.get::<_, Option<String>>(0)?.unwrap_or_default())
                })?
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
            let (conditions, values) = conditions(self.names_of(name, kind)?, &Said::default());
            outlets(&self.conn, &conditions, values, limit)
        };
        outlets().at(&self.path, "read")
    }
}

fn outlets(
    conn: &Connection,
    conditions: &str,
    values: Vec<Value>,
    limit: usize,
) -> rusqlite::Result<Top<(String, usize)>> {
    let all: Vec<(String, usize)> = conn
        .prepare_cached(&format!(
            "SELECT r.outlet, count(*) FROM statements s JOIN reports r ON r.id = s.id / 1000000
             WHERE {conditions} AND r.outlet IS NOT NULL GROUP BY r.outlet ORDER BY 2 DESC, 1"
        ))?
        .query_map(params_from_iter(values), |row| {
            Ok((row.get(0)?, row.get::<_, i64>(1)?.max(0) as usize))
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Top { total: all.len(), rows: all.into_iter().take(limit).collect() })
}

/// As SQL, on a statement `s` and its report `r`.
fn conditions(names: String, said: &Said) -> (String, Vec<Value>) {
    let day = day_of(STATEMENTS);
    let mut sql = String::from(
        "s.speaker IN (SELECT value FROM json_each(?)) \
         AND r.superseded_by IS NULL",
    );
    let mut values = vec![Value::Text(names)];
    let mut only = |condition: &str, value: Option<String>| {
        if let Some(value) = value {
            sql.push_str(condition);
            values.push(Value::Text(value));
        }
    };
    only(" AND r.outlet = ?", said.outlet.clone());
    only(&format!(" AND {day} >= ?"), said.from.map(|day| day.to_string()));
    only(&format!(" AND {day} <= ?"), said.to.map(|day| day.to_string()));
    let words = said.about.as_deref().filter(|about| about.chars().any(char::is_alphanumeric));
    only(
        " AND s.id IN (SELECT rowid FROM statement_search WHERE statement_search MATCH ?)",
        words.map(|words| format!("\"{}\"", words.replace(['"', '\0'], " "))),
    );
    match said.is_quoted {
        Some(true) => sql.push_str(" AND s.mode <> 'indirect'"),
        Some(false) => sql.push_str(" AND s.mode = 'indirect'"),
        None => {}
    }
    (sql, values)
}
