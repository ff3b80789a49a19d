//! The index from keys to items, and how it is written.
//!
//! ```text
//! batch.meet("quotations", "004", items, 64)    put in; for each item those that share its keys
//! ledger.write_keys()                            what was met in memory goes to disk, in order
//! ```
//!
//! A report has some hundred keys, and keys are as good as chance: written one by one they touch a
//! page each, and the cost of a report grows with the record. So new keys are held in memory, in
//! order, and written together, some millions at a time; until then the items that have them are
//! listed in `unkeyed`, and their own list of keys (`items.keys`) is what a later run begins with.
//! A key holds the newest [`KEY_LIMIT`] items: a phrase that stands in every report tells nothing,
//! and would make each new report meet all others. Which items such a key holds depends on the
//! order of reading. Not handled: a reader beside a run that writes sees the new keys when these
//! are written.

use crate::Ledger;
use crate::comparing::{NewItem, comparison_id, ids, report_id};
use crate::error::{At, Cause, Result};
use crate::put::Batch;
use rusqlite::{Connection, params};
use std::collections::{BTreeMap, BTreeSet};

type Outcome<T> = std::result::Result<T, Cause>;

/// A key holds so many items, the newest.
pub const KEY_LIMIT: usize = 256;

/// Keys held in memory, some 40 bytes each.
const HELD: usize = 3_000_000;

/// Keys that are not in the table yet.
#[derive(Debug, Default)]
pub(crate) struct Held {
    /// Comparison, key, item.
    keys: BTreeSet<(i64, i64, i64)>,
    /// How many items they are of, and the last: what `unkeyed` must agree with.
    items: (i64, i64),
    is_known: bool,
}

impl Held {
    /// What is held may not be what the record says, after a batch that was given up.
    pub(crate) fn forget(&mut self) {
        *self = Self::default();
    }

    fn under(&self, comparison: i64, key: i64) -> impl Iterator<Item = i64> + '_ {
        self.keys
            .range((comparison, key, i64::MIN)..=(comparison, key, i64::MAX))
            .map(|&(.., item)| item)
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
        let mut under: Vec<i64> = self
            .conn
            .prepare_cached("SELECT item FROM keys WHERE comparison = ? AND key = ?")?
            .query_map([comparison, key], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        under.extend(self.held.under(comparison, key));
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
        let listed = "SELECT count(*), coalesce(max(item), 0) FROM unkeyed";
        let listed: (i64, i64) = self
            .conn
            .prepare_cached(listed)?
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        if self.held.is_known && self.held.items == listed {
            return Ok(());
        }
        self.held = Held { items: listed, is_known: true, ..Held::default() };
        let mut waiting = self.conn.prepare(
            "SELECT i.comparison, i.id, i.keys FROM unkeyed u JOIN items i ON i.id = u.item",
        )?;
        let mut rows = waiting.query([])?;
        while let Some(row) = rows.next()? {
            let (comparison, item, keys): (i64, i64, Vec<u8>) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            self.held.keys.extend(unpacked(&keys).into_iter().map(|key| (comparison, key, item)));
        }
        Ok(())
    }
}

impl Batch<'_> {
    /// Keeps the items of one report for one comparison, in place of those it had, and gives for
    /// each the items of other reports that share a key with it: at most `limit`, those that share
    /// most keys, then the newest. An item without keys counts as
    /// touched.
    ///
    /// # Errors
    /// [`Cause::UnknownReport`], or if the record cannot be written.
    pub fn meet(
        &mut self,
        comparison: &str,
        report: &str,
        items: &[NewItem],
        limit: usize,
    ) -> Result<Vec<Vec<i64>>> {
        self.write(|batch| {
            let report = report_id(&batch.conn, report)?;
            let comparison = match comparison_id(&batch.conn, comparison)? {
                Some(id) => id,
                None => {
                    let insert = "INSERT INTO comparisons (name) VALUES (?)";
                    batch.conn.execute(insert, [comparison])?;
                    batch.conn.last_insert_rowid()
                }
            };
            let old = "SELECT id FROM items WHERE report = ? AND comparison = ?";
            for item in ids(&batch.conn, old, [report, comparison])? {
                batch.forget_item(item)?;
            }
            let mut own = BTreeSet::new();
            items
                .iter()
                .map(|item| {
                    let id = insert_item(&batch.conn, comparison, report, item)?;
                    own.insert(id);
                    // With keys and without a link it is in no family.
                    if item.keys.is_empty() {
                        batch.touched.insert((comparison, id));
                    }
                    batch.meet_one(comparison, id, item, &own, limit)
                })
                .collect()
        })
    }

    fn meet_one(
        &mut self,
        comparison: i64,
        id: i64,
        item: &NewItem,
        own: &BTreeSet<i64>,
        limit: usize,
    ) -> Outcome<Vec<i64>> {
        if item.keys.is_empty() {
            return Ok(Vec::new());
        }
        let mut shared: BTreeMap<i64, usize> = BTreeMap::new();
        for &key in &item.keys {
            let key = key as i64;
            let under = self.under(comparison, key)?;
            if under.len() >= KEY_LIMIT {
                let oldest = under[0];
                self.drop_key(comparison, key, oldest)?;
            }
            for item in under.into_iter().filter(|item| !own.contains(item)) {
                *shared.entry(item).or_default() += 1;
            }
            self.ledger.held.keys.insert((comparison, key, id));
        }
        self.conn.prepare_cached("INSERT INTO unkeyed (item) VALUES (?)")?.execute([id])?;
        let held = &mut self.ledger.held;
        held.items = (held.items.0 + 1, held.items.1.max(id));
        let mut shared: Vec<(i64, usize)> = shared.into_iter().collect();
        shared.sort_by_key(|&(id, shared)| std::cmp::Reverse((shared, id)));
        shared.truncate(limit);
        Ok(shared.into_iter().map(|(id, _)| id).collect())
    }

    fn drop_key(&mut self, comparison: i64, key: i64, item: i64) -> Outcome<()> {
        if !self.ledger.held.keys.remove(&(comparison, key, item)) {
            self.conn
                .prepare_cached("DELETE FROM keys WHERE comparison = ? AND key = ? AND item = ?")?
                .execute([comparison, key, item])?;
        }
        Ok(())
    }

    /// Writes what is held where it is much.
    pub(crate) fn write_many_held(&mut self) -> Outcome<()> {
        if self.held.keys.len() < HELD { Ok(()) } else { self.write_held() }
    }

    fn write_held(&mut self) -> Outcome<()> {
        let held = std::mem::take(&mut self.ledger.held.keys);
        let mut insert = self.conn.prepare_cached(
            "INSERT OR IGNORE INTO keys (comparison, key, item) VALUES (?, ?, ?)",
        )?;
        for (comparison, key, item) in held {
            insert.execute([comparison, key, item])?;
        }
        drop(insert);
        self.conn.execute("DELETE FROM unkeyed", [])?;
        self.ledger.held.items = (0, 0);
        Ok(())
    }

    /// Takes an item out of the index.
    pub(crate) fn drop_keys(&mut self, comparison: i64, item: i64, keys: &[u8]) -> Outcome<()> {
        for key in unpacked(keys) {
            self.drop_key(comparison, key, item)?;
        }
        let delete = "DELETE FROM unkeyed WHERE item = ?";
        if self.conn.prepare_cached(delete)?.execute([item])? > 0 {
            let listed = "SELECT count(*), coalesce(max(item), 0) FROM unkeyed";
            let listed = self
                .conn
                .prepare_cached(listed)?
                .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            self.ledger.held.items = listed;
        }
        Ok(())
    }
}

fn insert_item(
    conn: &Connection,
    comparison: i64,
    report: i64,
    item: &NewItem,
) -> rusqlite::Result<i64> {
    let keys: Vec<u8> = item.keys.iter().flat_map(|key| key.to_be_bytes()).collect();
    conn.prepare_cached(
        "INSERT INTO items (comparison, report, number, keys, body) VALUES (?, ?, ?, ?, ?)",
    )?
    .execute(params![comparison, report, item.number, keys, item.body])?;
    Ok(conn.last_insert_rowid())
}
