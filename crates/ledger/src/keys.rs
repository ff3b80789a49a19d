//! The index from keys to items, and how it is written.
//!
//! ```text
//! batch.meet("quotations", "004", items, limits)    put in; for each item those that share its keys
//! ledger.write_keys()                                what was met in memory goes to disk, in order
//! ```
//!
//! A report has some hundred keys, and keys are as good as chance: written and asked for one by one
//! they touch a page each, and the cost of a report grows with the record. So new keys are held in
//! memory and written many together (`runs.rs`). Until then the items that have them are listed in
//! `unkeyed`, and their own list of keys (`items.keys`) is what a later reading begins with.
//!
//! A key holds the newest [`KEY_LIMIT`] items: a phrase that stands in every report tells nothing,
//! and would make each new report meet all others. A full key introduces nobody by itself: only
//! those that share a third of an item's keys with it, as copies of one text do. Which items a full
//! key holds depends on the order of reading. Not handled: a reader beside a run that writes sees
//! the new keys when these are written.

use crate::Ledger;
use crate::comparing::{KnownReports, NewItem, comparison_id, report_id};
use crate::error::{At, Cause, Result};
use crate::put::Batch;
use crate::rows::{ITEMS_KEPT, PER_REPORT, item_at, published};
use crate::runs::Run;
use onrecord_model::Date;
use rusqlite::{Connection, params};
use rustc_hash::FxHashMap;
use std::num::NonZeroI32;

type Outcome<T> = std::result::Result<T, Cause>;

/// A key holds so many items, the newest. Of 12,000 links between 9,387 real reports, those of names
/// left out, five came of fuller keys alone.
pub const KEY_LIMIT: usize = 64;

/// Of one in so many of an item's keys, those that share them with it are met whatever these hold.
const MANY_SHARED: usize = 3;

/// Whom an item meets.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Those published so many days before or after its report, and those without a day.
    pub most_days: Option<u64>,
    /// So many at most: those that share most keys, then the newest.
    pub most: usize,
}

/// An item that was put in, and whom it met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Met {
    /// Its number in the record.
    pub id: i64,
    /// Those of other reports that share keys with it.
    pub others: Vec<i64>,
}

/// Keys that are not in the table yet, and what is known of those that are.
#[derive(Debug, Default)]
pub(crate) struct Held {
    /// Items by comparison and key, in the order in which they came.
    pub(crate) keys: FxHashMap<(i64, i64), Under>,
    /// How many items all keys have together.
    pub(crate) count: usize,
    /// Whether all this is read from the record.
    is_known: bool,
    /// The runs in the table, the earliest first.
    pub(crate) runs: Vec<Run>,
    /// When all reports were published.
    pub(crate) days: Days,
    /// Where the items are from that others met.
    pub(crate) reports: KnownReports,
    /// What `PRAGMA data_version` says while no other process writes.
    data_version: i64,
}

/// When reports were published, by their number: days from the year 0.
#[derive(Debug, Default)]
pub(crate) struct Days(Vec<Option<NonZeroI32>>);

impl Days {
    pub(crate) fn put(&mut self, report: i64, published: Option<Date>) {
        let place = report as usize;
        if self.0.len() <= place {
            self.0.resize(place + 1, None);
        }
        self.0[place] = published.and_then(|day| {
            let since = day.duration_since(Date::ZERO).as_hours() / 24;
            NonZeroI32::new(since as i32)
        });
    }

    /// Of an item's report.
    fn of(&self, item: i64) -> Option<i32> {
        self.0.get((item / PER_REPORT) as usize)?.map(NonZeroI32::get)
    }
}

/// Items under one key: mostly one.
#[derive(Debug)]
pub(crate) enum Under {
    One(i64),
    #[expect(clippy::box_collection, reason = "an entry stays half the size")]
    More(Box<Vec<i64>>),
}

impl Under {
    pub(crate) fn all(&self) -> &[i64] {
        match self {
            Self::One(item) => std::slice::from_ref(item),
            Self::More(items) => items,
        }
    }
}

impl Held {
    /// What is held may not be what the record says, after a batch that was given up.
    pub(crate) fn forget(&mut self) {
        *self = Self::default();
    }

    fn under(&self, comparison: i64, key: i64) -> &[i64] {
        self.keys.get(&(comparison, key)).map_or(&[], Under::all)
    }

    /// Puts an item under a key; of a key that has too many the oldest goes.
    fn put(&mut self, comparison: i64, key: i64, item: i64) {
        let Some(under) = self.keys.get_mut(&(comparison, key)) else {
            self.keys.insert((comparison, key), Under::One(item));
            self.count += 1;
            return;
        };
        match under {
            Under::One(first) => *under = Under::More(Box::new(vec![*first, item])),
            Under::More(items) => {
                if items.len() >= KEY_LIMIT {
                    items.remove(0);
                    self.count -= 1;
                }
                items.push(item);
            }
        }
        self.count += 1;
    }

    /// Whether it was held.
    fn remove(&mut self, comparison: i64, key: i64, item: i64) -> bool {
        let Some(under) = self.keys.get_mut(&(comparison, key)) else { return false };
        let before = under.all().len();
        match under {
            Under::One(only) if *only == item => {
                self.keys.remove(&(comparison, key));
                self.count -= 1;
                return true;
            }
            Under::One(_) => return false,
            Under::More(items) => items.retain(|&other| other != item),
        }
        let gone = before - under.all().len();
        self.count -= gone;
        gone > 0
    }

    /// The runs that may have a key, the latest first.
    fn runs_with(&self, comparison: i64, key: i64) -> impl Iterator<Item = i64> {
        let with = self.runs.iter().rev().filter(move |run| run.filter.may_have(comparison, key));
        with.map(|run| run.id)
    }
}

/// The keys of an item as it keeps them itself.
fn unpacked(keys: &[u8]) -> Vec<i64> {
    let eight = |eight: &[u8]| i64::from_be_bytes(eight.try_into().expect("chunks of eight"));
    keys.chunks_exact(8).map(eight).collect()
}

impl Ledger {
    /// The items under a key, those put in first first, [`KEY_LIMIT`] at most.
    pub(crate) fn under(&self, comparison: i64, key: i64) -> rusqlite::Result<Vec<i64>> {
        let mut under = Vec::new();
        if !self.held.is_known {
            // To look up a few keys the filters need not be read.
            let everywhere = "SELECT item FROM keys WHERE run IN (SELECT id FROM key_runs)
                                  AND comparison = ? AND key = ? ORDER BY run DESC, item DESC";
            let mut items = self.conn.prepare_cached(everywhere)?;
            let mut rows = items.query([comparison, key])?;
            while let Some(row) = rows.next()?.filter(|_| under.len() < KEY_LIMIT) {
                under.push(row.get(0)?);
            }
            under.reverse();
            return Ok(under);
        }
        // The newest first, until there are enough.
        under.extend(self.held.under(comparison, key).iter().rev());
        for run in self.held.runs_with(comparison, key) {
            if under.len() >= KEY_LIMIT {
                break;
            }
            let mut items = self.conn.prepare_cached(
                "SELECT item FROM keys WHERE run = ? AND comparison = ? AND key = ?
                 ORDER BY item DESC",
            )?;
            let mut rows = items.query([run, comparison, key])?;
            while let Some(row) = rows.next()? {
                under.push(row.get(0)?);
            }
        }
        under.truncate(KEY_LIMIT);
        under.reverse();
        Ok(under)
    }

    /// Writes the keys that are held in memory to the record.
    ///
    /// # Errors
    /// If the record cannot be written.
    pub fn write_keys(&mut self) -> Result<()> {
        let waits: bool = self
            .conn
            .query_row("SELECT EXISTS (SELECT 1 FROM unkeyed)", [], |row| row.get(0))
            .at(&self.path, "read")?;
        if waits {
            let mut batch = self.begin()?;
            batch.write(Batch::write_held)?;
            batch.commit()?;
        }
        Ok(())
    }

    /// Makes what is held what the record lists as unkeyed: after a kill, or where another process
    /// has written in the meantime.
    pub(crate) fn hold(&mut self) -> Outcome<()> {
        let data_version: i64 =
            self.conn.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))?;
        if self.held.is_known && self.held.data_version == data_version {
            return Ok(());
        }
        self.held = Held { is_known: true, data_version, ..Held::default() };
        self.held.runs = Run::all(&self.conn)?;
        let mut days = self
            .conn
            .prepare("SELECT id, published FROM reports WHERE superseded_by IS NULL ORDER BY id")?;
        let mut rows = days.query([])?;
        while let Some(row) = rows.next()? {
            self.held.days.put(row.get(0)?, published(row, 1)?);
        }
        let mut waiting = self.conn.prepare(
            "SELECT i.comparison, i.id, i.keys FROM unkeyed u JOIN items i ON i.id = u.item
             ORDER BY i.id",
        )?;
        let mut rows = waiting.query([])?;
        while let Some(row) = rows.next()? {
            let (comparison, item, keys): (i64, i64, Vec<u8>) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            for key in unpacked(&keys) {
                self.held.put(comparison, key, item);
            }
        }
        Ok(())
    }
}

impl Batch<'_> {
    /// Keeps the items of one report for one comparison, in place of those it had, and gives for
    /// each its number in the record and the items of other reports that share keys with it, within
    /// `limits`. An item without keys counts as touched.
    ///
    /// # Errors
    /// [`Cause::UnknownReport`], [`Cause::Refused`] of an item number from [`ITEMS_KEPT`] on, or if
    /// the record cannot be written.
    pub fn meet(
        &mut self,
        comparison: &str,
        report: &str,
        items: &[NewItem],
        limits: Limits,
    ) -> Result<Vec<Met>> {
        self.write(|batch| {
            if let Some(item) = items.iter().find(|item| item.number as usize >= ITEMS_KEPT) {
                let why = format!("its item {} of `{comparison}` is too many", item.number);
                return Err(Cause::Refused(report.to_owned(), why));
            }
            let report = report_id(&batch.conn, report)?;
            let comparison = match comparison_id(&batch.conn, comparison)? {
                Some(id) => id,
                None => {
                    let insert = "INSERT INTO comparisons (name) VALUES (?)";
                    batch.conn.execute(insert, [comparison])?;
                    batch.conn.last_insert_rowid()
                }
            };
            let first = item_at(report, comparison, 0);
            batch.forget_items(first..=first + ITEMS_KEPT as i64 - 1)?;
            items
                .iter()
                .map(|item| {
                    let id = item_at(report, comparison, item.number);
                    insert_item(&batch.conn, id, item)?;
                    // With keys and without a link it is in no family.
                    if item.keys.is_empty() {
                        batch.touched.insert((comparison, id));
                    }
                    let others = batch.meet_one(comparison, id, item, limits)?;
                    Ok(Met { id, others })
                })
                .collect()
        })
    }

    fn meet_one(
        &mut self,
        comparison: i64,
        id: i64,
        item: &NewItem,
        limits: Limits,
    ) -> Outcome<Vec<i64>> {
        if item.keys.is_empty() {
            return Ok(Vec::new());
        }
        let report = id / PER_REPORT;
        let day = self.held.days.of(id);
        let far = |days: &Days, other: i64| match (limits.most_days, day, days.of(other)) {
            (Some(most), Some(day), Some(other)) => u64::from(day.abs_diff(other)) > most,
            _ => false,
        };
        // How many keys each shares, and whether one of them is not full.
        let mut shared: FxHashMap<i64, (usize, bool)> = FxHashMap::default();
        for &key in &item.keys {
            let key = key as i64;
            let under = self.under(comparison, key)?;
            let is_full = under.len() >= KEY_LIMIT;
            let days = &self.held.days;
            let others = under.into_iter().filter(|&other| other / PER_REPORT != report);
            for item in others.filter(|&other| !far(days, other)) {
                let (keys, is_introduced) = shared.entry(item).or_default();
                *keys += 1;
                *is_introduced |= !is_full;
            }
            self.ledger.held.put(comparison, key, id);
        }
        self.conn.prepare_cached("INSERT INTO unkeyed (item) VALUES (?)")?.execute([id])?;
        let met = shared.into_iter().filter(|&(_, (keys, is_introduced))| {
            is_introduced || keys * MANY_SHARED >= item.keys.len()
        });
        let mut met: Vec<(usize, i64)> = met.map(|(id, (keys, _))| (keys, id)).collect();
        met.sort_unstable_by_key(|&most| std::cmp::Reverse(most));
        met.truncate(limits.most);
        Ok(met.into_iter().map(|(_, id)| id).collect())
    }

    fn drop_key(&mut self, comparison: i64, key: i64, item: i64) -> Outcome<()> {
        if self.ledger.held.remove(comparison, key, item) {
            return Ok(());
        }
        let mut delete = self.conn.prepare_cached(
            "DELETE FROM keys WHERE run = ? AND comparison = ? AND key = ? AND item = ?",
        )?;
        for run in self.held.runs_with(comparison, key) {
            if delete.execute([run, comparison, key, item])? > 0 {
                break;
            }
        }
        Ok(())
    }

    /// Takes an item out of the index.
    pub(crate) fn drop_keys(&mut self, comparison: i64, item: i64, keys: &[u8]) -> Outcome<()> {
        for key in unpacked(keys) {
            self.drop_key(comparison, key, item)?;
        }
        let delete = "DELETE FROM unkeyed WHERE item = ?";
        self.conn.prepare_cached(delete)?.execute([item])?;
        Ok(())
    }
}

fn insert_item(conn: &Connection, id: i64, item: &NewItem) -> rusqlite::Result<()> {
    let keys: Vec<u8> = item.keys.iter().flat_map(|key| key.to_be_bytes()).collect();
    conn.prepare_cached("INSERT INTO items (id, keys, body) VALUES (?, ?, ?)")?
        .execute(params![id, keys, item.body])?;
    Ok(())
}
