//! How keys are written: a log-structured tree (O'Neil, Cheng, Gawlick and O'Neil, 1996) inside one
//! table.
//!
//! ```text
//! held in memory  →  a run, in order, behind all others  →  eight of a size are written as one
//! ```
//!
//! A run is written when some millions of keys are held and when a reading ends. Of each run a filter
//! in memory says which keys it cannot have, so that most are never asked for. A key is written once
//! for each size of runs, and there are at most seven of a size but for the largest. Not handled:
//! merging beside the writing; the reading waits for it, half a minute for twenty million keys.

use crate::absent::Filter;
use crate::error::Cause;
use crate::keys::KEY_LIMIT;
use crate::put::Batch;
use rusqlite::{Connection, params};
use std::cmp::Reverse;

type Outcome<T> = std::result::Result<T, Cause>;

/// Keys held in memory, some 50 bytes each.
const HELD: usize = 3_000_000;

/// So many runs of a size are written as one.
const FAN: usize = 8;

/// Runs of a higher level than this, over sixteen million keys, stay as they are: to write them anew
/// would take minutes, and there are ten of them at a million reports.
const HIGHEST: u32 = 7;

/// Rows that are put in order in memory at once, about.
const SLICE: usize = 500_000;

/// A run of keys in the table.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) id: i64,
    /// Rows that were written.
    size: usize,
    pub(crate) filter: Filter,
}

impl Run {
    /// The runs of a record, the earliest first.
    pub(crate) fn all(conn: &Connection) -> rusqlite::Result<Vec<Self>> {
        conn.prepare_cached("SELECT id, size, filter FROM key_runs ORDER BY id")?
            .query_map([], |row| {
                let filter = Filter::read(row.get_ref(2)?.as_blob()?);
                Ok(Self { id: row.get(0)?, size: row.get::<_, i64>(1)? as usize, filter })
            })?
            .collect()
    }

    /// Runs of one level are of a size: up to eight times each other's.
    fn level(&self) -> u32 {
        self.size.max(1).ilog(FAN)
    }
}

impl Batch<'_> {
    /// Writes what is held where it is much.
    pub(crate) fn write_many_held(&mut self) -> Outcome<()> {
        if self.held.count < HELD { Ok(()) } else { self.write_held() }
    }

    pub(crate) fn write_held(&mut self) -> Outcome<()> {
        let held = std::mem::take(&mut self.ledger.held.keys);
        let mut rows: Vec<(i64, i64, i64)> = Vec::with_capacity(self.held.count);
        self.ledger.held.count = 0;
        for ((comparison, key), under) in held {
            rows.extend(under.all().iter().map(|&item| (comparison, key, item)));
        }
        rows.sort_unstable();
        if !rows.is_empty() {
            let mut run = self.new_run(rows.len());
            self.write_rows(&mut run, &rows)?;
            self.end_run(run)?;
        }
        self.conn.execute("DELETE FROM unkeyed", [])?;
        self.merge()
    }

    fn new_run(&self, room: usize) -> Run {
        let id = self.held.runs.last().map_or(1, |run| run.id + 1);
        Run { id, size: 0, filter: Filter::for_keys(room) }
    }

    /// Writes rows, in order, behind those that the run has.
    fn write_rows(&self, run: &mut Run, rows: &[(i64, i64, i64)]) -> Outcome<()> {
        let mut insert = self
            .conn
            .prepare_cached("INSERT INTO keys (run, comparison, key, item) VALUES (?, ?, ?, ?)")?;
        for &(comparison, key, item) in rows {
            run.filter.insert(comparison, key);
            insert.execute([run.id, comparison, key, item])?;
        }
        run.size += rows.len();
        Ok(())
    }

    fn end_run(&mut self, run: Run) -> Outcome<()> {
        self.conn
            .prepare_cached("INSERT INTO key_runs (id, size, filter) VALUES (?, ?, ?)")?
            .execute(params![run.id, run.size as i64, run.filter.written()])?;
        self.ledger.held.runs.push(run);
        Ok(())
    }

    /// Writes the latest runs as one wherever there are [`FAN`] of a size, smaller ones with them.
    fn merge(&mut self) -> Outcome<()> {
        let mut level = self.held.runs.last().map_or(0, Run::level).min(HIGHEST);
        loop {
            let runs = &self.held.runs;
            let latest = runs.iter().rev().take_while(|run| run.level() <= level).count();
            if latest >= FAN {
                self.merge_latest(latest)?;
            }
            if level >= HIGHEST || self.held.runs.iter().all(|run| run.level() <= level) {
                return Ok(());
            }
            level += 1;
        }
    }

    fn merge_latest(&mut self, latest: usize) -> Outcome<()> {
        let first = self.held.runs.len() - latest;
        let size = self.held.runs[first..].iter().map(|run| run.size).sum();
        let mut merged = self.new_run(size);
        let comparisons: Vec<i64> = self
            .conn
            .prepare_cached("SELECT id FROM comparisons ORDER BY id")?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        // Keys are hashes: equal stretches of their range have about as many.
        let slices = (size / SLICE + 1) as i128;
        let from = |slice: i128| i128::from(i64::MIN) + (slice << 64) / slices;
        for comparison in comparisons {
            for slice in 0..slices {
                let (least, most) = (from(slice) as i64, (from(slice + 1) - 1) as i64);
                let mut rows: Vec<(i64, i64, i64)> = Vec::new();
                for run in &self.held.runs[first..] {
                    let mut own = self.conn.prepare_cached(
                        "SELECT key, item FROM keys
                         WHERE run = ? AND comparison = ? AND key BETWEEN ? AND ?",
                    )?;
                    let mut own = own.query([run.id, comparison, least, most])?;
                    while let Some(row) = own.next()? {
                        rows.push((comparison, row.get(0)?, row.get(1)?));
                    }
                }
                // Of each key the newest.
                rows.sort_unstable_by_key(|&(_, key, item)| (key, Reverse(item)));
                let (mut last, mut under) = (None, 0);
                rows.retain(|&(_, key, _)| {
                    under = if last == Some(key) { under + 1 } else { 1 };
                    last = Some(key);
                    under <= KEY_LIMIT
                });
                rows.sort_unstable();
                self.write_rows(&mut merged, &rows)?;
            }
        }
        for run in self.ledger.held.runs.split_off(first) {
            for delete in ["DELETE FROM keys WHERE run = ?", "DELETE FROM key_runs WHERE id = ?"] {
                self.conn.prepare_cached(delete)?.execute([run.id])?;
            }
        }
        self.end_run(merged)
    }
}
