//! What the comparisons need to meet only what could be the same: items by key, links, families,
//! findings.
//!
//! ```text
//! meet("quotations", "004", items, 64)    each under its keys; who shares one
//! sharing("quotations", keys, 64)         items under one of these keys
//! put_link(a, b, "{}")                    they belong together
//! touched()                               items whose family changed
//! family_of(a) → replace_findings(family, findings)
//! ```
//!
//! The comparisons are known here by name alone; the index of keys is `keys.rs`. Not handled:
//! families of over [`FAMILY_LIMIT`] items as a whole (`is_whole` says so).

use crate::Ledger;
use crate::error::{At, Cause, Result};
use crate::findings::drop_findings;
use crate::keys::KEY_LIMIT;
use crate::put::Batch;
use crate::rows::{PER_REPORT, comparison_of, items_of, published};
use onrecord_model::Date;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::RangeInclusive;

type Outcome<T> = std::result::Result<T, Cause>;

/// A walk along links stops at so many items.
pub const FAMILY_LIMIT: usize = 2_000;

/// Reports of which the name is remembered; beyond, they are looked up again.
const REPORTS_KEPT: usize = 100_000;

/// Which item of a comparison: its report, and its number there, from 0.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The report's name in the record.
    pub report: String,
    /// Number within the report and comparison.
    pub number: u32,
}

/// An item to be kept, with the keys it can be found under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewItem {
    /// Number within the report and comparison.
    pub number: u32,
    /// The comparison's own.
    pub body: String,
    /// Hashed, without repeats.
    pub keys: Vec<u64>,
}

/// An item as it stands in the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredItem {
    /// Which one.
    pub place: Place,
    /// When its report was published.
    pub published: Option<Date>,
    /// Its report's outlet.
    pub outlet: Option<String>,
    /// The comparison's own.
    pub body: String,
}

/// That two items belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredLink {
    /// The lesser of the two.
    pub a: Place,
    /// The greater.
    pub b: Place,
    /// The comparison's own.
    pub body: String,
}

/// Items that share a key.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sharing {
    /// In order of publication, undated last, then of name.
    pub items: Vec<StoredItem>,
    /// Keys among those asked for that hold [`KEY_LIMIT`] items: older ones were let go.
    pub full: Vec<u64>,
}

/// Items that hang together by links.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Family {
    /// In order of publication, undated last, then of name.
    pub items: Vec<StoredItem>,
    /// Between these items, in order.
    pub links: Vec<StoredLink>,
    /// Whether these are all; not so past [`FAMILY_LIMIT`].
    pub is_whole: bool,
}

impl Ledger {
    /// Items of a comparison under at least one of `keys`, each once, at most `limit`: those that
    /// share most keys, then the newest.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn sharing(&self, comparison: &str, keys: &[u64], limit: usize) -> Result<Sharing> {
        let sharing = || -> Outcome<Sharing> {
            let mut sharing = Sharing::default();
            let Some(comparison) = comparison_id(&self.conn, comparison)? else {
                return Ok(sharing);
            };
            let mut shared: BTreeMap<i64, usize> = BTreeMap::new();
            for &key in keys {
                let under = self.under(comparison, key as i64)?;
                if under.len() >= KEY_LIMIT {
                    sharing.full.push(key);
                }
                for item in under {
                    *shared.entry(item).or_default() += 1;
                }
            }
            let mut items: Vec<(i64, usize)> = shared.into_iter().collect();
            items.sort_by_key(|&(id, shared)| std::cmp::Reverse((shared, id)));
            items.truncate(limit);
            sharing.items = oldest_first(&self.conn, items.into_iter().map(|(id, _)| id))?;
            Ok(sharing)
        };
        sharing().at(&self.path, "read")
    }

    /// The number of an item in the record.
    ///
    /// # Errors
    /// [`Cause::UnknownItem`], or if the record cannot be read.
    pub fn number_of(&self, comparison: &str, place: &Place) -> Result<i64> {
        item_id(&self.conn, comparison, place).at(&self.path, "read")
    }

    /// All that hangs together with an item by links, the item itself at least.
    ///
    /// # Errors
    /// [`Cause::UnknownItem`], or if the record cannot be read.
    pub fn family_of(&self, comparison: &str, place: &Place) -> Result<Family> {
        let family = || {
            let item = item_id(&self.conn, comparison, place)?;
            let (members, is_whole) = members(&self.conn, item)?;
            let mut links = Vec::new();
            let mut from = self.conn.prepare_cached("SELECT b, body FROM links WHERE a = ?")?;
            let items = oldest_first(&self.conn, members.iter().copied())?;
            let places = places(&self.conn, &members)?;
            for a in &members {
                let mut rows = from.query([a])?;
                while let Some(row) = rows.next()? {
                    let Some(b) = places.get(&row.get(0)?) else { continue };
                    let mut ends = [places[a].clone(), b.clone()];
                    ends.sort();
                    let [a, b] = ends;
                    links.push(StoredLink { a, b, body: row.get(1)? });
                }
            }
            links.sort_by(|x, y| (&x.a, &x.b).cmp(&(&y.a, &y.b)));
            Ok::<_, Cause>(Family { items, links, is_whole })
        };
        family().at(&self.path, "read")
    }

    /// One item of each family of a comparison that has more than one: of the largest families
    /// first, at most `limit`; and how many families there are.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn families(&self, comparison: &str, limit: usize) -> Result<(Vec<Place>, usize)> {
        let families = || -> Outcome<(Vec<Place>, usize)> {
            let Some(comparison) = comparison_id(&self.conn, comparison)? else {
                return Ok((Vec::new(), 0));
            };
            let mut linked =
                self.conn.prepare_cached("SELECT a, b FROM links WHERE a % 1000000 / 50000 = ?")?;
            // Each item points at a lesser one of its family, the least at itself.
            let mut lesser: BTreeMap<i64, i64> = BTreeMap::new();
            let mut rows = linked.query([comparison])?;
            while let Some(row) = rows.next()? {
                let ends: [i64; 2] = [row.get(0)?, row.get(1)?];
                let [a, b] = ends.map(|item| least(&mut lesser, item));
                lesser.insert(a.max(b), a.min(b));
            }
            let items: Vec<i64> = lesser.keys().copied().collect();
            let mut sizes: BTreeMap<i64, usize> = BTreeMap::new();
            for item in items {
                *sizes.entry(least(&mut lesser, item)).or_default() += 1;
            }
            let total = sizes.len();
            let mut largest: Vec<(i64, usize)> = sizes.into_iter().collect();
            largest.sort_by_key(|&(item, size)| (std::cmp::Reverse(size), item));
            largest.truncate(limit);
            let firsts: BTreeSet<i64> = largest.iter().map(|&(item, _)| item).collect();
            let places = places(&self.conn, &firsts)?;
            let of = largest.iter().filter_map(|(item, _)| places.get(item).cloned());
            Ok((of.collect(), total))
        };
        families().at(&self.path, "read")
    }

    /// Whether items wait for their family to be looked at; so after a crash between a batch's
    /// links and its findings.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn is_touched(&self) -> Result<bool> {
        self.conn
            .query_row("SELECT EXISTS (SELECT 1 FROM touched)", [], |row| row.get(0))
            .at(&self.path, "read")
    }
}

impl Batch<'_> {
    /// Items by their number in the record, as [`meet`](Self::meet) gives it, in that order.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn items(&mut self, ids: &[i64]) -> Result<Vec<(i64, StoredItem)>> {
        let Ledger { conn, path, held, .. } = &mut *self.ledger;
        let mut items = || -> Outcome<Vec<(i64, StoredItem)>> {
            let mut load = conn.prepare_cached("SELECT number, body FROM items WHERE id = ?")?;
            let mut items = Vec::with_capacity(ids.len());
            for &id in ids {
                let (number, body) = load.query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
                let from = held.reports.get(conn, id / PER_REPORT)?;
                let place = Place { report: from.name.clone(), number };
                let (published, outlet) = (from.published, from.outlet.clone());
                items.push((id, StoredItem { place, published, outlet, body }));
            }
            Ok(items)
        };
        items().at(path, "read")
    }

    /// Keeps that two items of one comparison belong together; they count as touched. `a` and `b`
    /// are their numbers in the record, as [`meet`](Self::meet) and [`Ledger::number_of`] give them.
    ///
    /// # Errors
    /// [`Cause::UnknownNumber`], or if the record cannot be written.
    pub fn put_link(&mut self, a: i64, b: i64, body: &str) -> Result<()> {
        self.write(|batch| {
            for item in [a, b] {
                let exists = "SELECT 1 FROM items WHERE id = ?";
                if !batch.ledger.conn.prepare_cached(exists)?.exists([item])? {
                    return Err(Cause::UnknownNumber(item));
                }
            }
            if a == b {
                return Ok(());
            }
            batch
                .ledger
                .conn
                .prepare_cached("INSERT OR REPLACE INTO links (a, b, body) VALUES (?, ?, ?)")?
                .execute(params![a.min(b), a.max(b), body])?;
            batch.touched.extend([a, b].map(|item| (comparison_of(item), item)));
            Ok(())
        })
    }

    /// Items of a comparison whose family changed and has no findings of its own yet, at most
    /// `limit`; also those that an interrupted run left behind.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn touched(&self, comparison: &str, limit: usize) -> Result<Vec<Place>> {
        let touched = || -> Outcome<Vec<Place>> {
            let Some(comparison) = comparison_id(&self.ledger.conn, comparison)? else {
                return Ok(Vec::new());
            };
            let here = self.touched.range((comparison, i64::MIN)..=(comparison, i64::MAX));
            let mut items: BTreeSet<i64> = here.map(|&(_, item)| item).take(limit).collect();
            let left = "SELECT item FROM touched WHERE comparison = ? LIMIT ?";
            items.extend(ids(
                &self.ledger.conn,
                left,
                [comparison, limit.min(i64::MAX as usize) as i64],
            )?);
            let mut places: Vec<Place> = places(&self.ledger.conn, &items)?.into_values().collect();
            places.sort();
            places.truncate(limit);
            Ok(places)
        };
        touched().at(self.path(), "read")
    }

    /// Takes a report's items, links and findings away; what hung together with them counts as
    /// touched.
    pub(crate) fn forget_comparing(&mut self, report: i64) -> Outcome<()> {
        self.forget_items(items_of(report))?;
        let anchors = "SELECT DISTINCT f.comparison, f.anchor FROM evidence e
                       JOIN findings f ON f.id = e.finding WHERE e.report = ?";
        let anchors: Vec<(i64, i64)> = self
            .ledger
            .conn
            .prepare_cached(anchors)?
            .query_map([report], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        self.touched.extend(anchors);
        drop_findings(
            &self.ledger.conn,
            "SELECT DISTINCT finding FROM evidence WHERE report = ?",
            report,
        )?;
        Ok(())
    }

    pub(crate) fn forget_items(&mut self, items: RangeInclusive<i64>) -> Outcome<()> {
        let there = "SELECT id FROM items WHERE id BETWEEN ? AND ?";
        for item in ids(&self.ledger.conn, there, [*items.start(), *items.end()])? {
            self.forget_item(item)?;
        }
        Ok(())
    }

    fn forget_item(&mut self, item: i64) -> Outcome<()> {
        let comparison = comparison_of(item);
        let keys: Vec<u8> = self
            .ledger
            .conn
            .prepare_cached("SELECT keys FROM items WHERE id = ?")?
            .query_row([item], |row| row.get(0))?;
        let (members, _) = members(&self.ledger.conn, item)?;
        for &member in &members {
            drop_findings(&self.ledger.conn, "SELECT id FROM findings WHERE anchor = ?", member)?;
            self.touched.insert((comparison, member));
        }
        self.touched.remove(&(comparison, item));
        self.drop_keys(comparison, item, &keys)?;
        for sql in [
            "DELETE FROM links WHERE a = ?",
            "DELETE FROM links WHERE b = ?",
            "DELETE FROM items WHERE id = ?",
        ] {
            self.ledger.conn.prepare_cached(sql)?.execute([item])?;
        }
        self.ledger
            .conn
            .prepare_cached("DELETE FROM touched WHERE comparison = ? AND item = ?")?
            .execute([comparison, item])?;
        Ok(())
    }

    /// Keeps what is still touched, for the next run.
    pub(crate) fn write_touched(&mut self) -> Outcome<()> {
        let mut insert = self
            .ledger
            .conn
            .prepare_cached("INSERT OR IGNORE INTO touched (comparison, item) VALUES (?, ?)")?;
        for &(comparison, item) in &self.touched {
            insert.execute([comparison, item])?;
        }
        Ok(())
    }
}

/// What is asked for again and again of reports, by their number.
#[derive(Debug, Default)]
pub(crate) struct KnownReports(FxHashMap<i64, KnownReport>);

#[derive(Debug)]
struct KnownReport {
    name: String,
    published: Option<Date>,
    outlet: Option<String>,
}

impl KnownReports {
    fn get(&mut self, conn: &Connection, report: i64) -> rusqlite::Result<&KnownReport> {
        if self.0.len() >= REPORTS_KEPT {
            self.forget();
        }
        Ok(match self.0.entry(report) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => {
                let from = conn
                    .prepare_cached("SELECT name, published, outlet FROM reports WHERE id = ?")?
                    .query_row([report], |row| {
                        let published = published(row, 1)?;
                        Ok(KnownReport { name: row.get(0)?, published, outlet: row.get(2)? })
                    })?;
                new.insert(from)
            }
        })
    }

    /// Their names may be others now.
    pub(crate) fn forget(&mut self) {
        self.0.clear();
    }
}

pub(crate) fn comparison_id(conn: &Connection, name: &str) -> rusqlite::Result<Option<i64>> {
    conn.prepare_cached("SELECT id FROM comparisons WHERE name = ?")?
        .query_row([name], |row| row.get(0))
        .optional()
}

pub(crate) fn report_id(conn: &Connection, name: &str) -> Outcome<i64> {
    conn.prepare_cached("SELECT id FROM reports WHERE name = ?")?
        .query_row([name], |row| row.get(0))
        .optional()?
        .ok_or_else(|| Cause::UnknownReport(name.to_owned()))
}

pub(crate) fn item_id(conn: &Connection, comparison: &str, place: &Place) -> Outcome<i64> {
    conn.prepare_cached(&format!("SELECT id FROM items WHERE id = {ITEM_ID}"))?
        .query_row(params![comparison, place.report, place.number], |row| row.get(0))
        .optional()?
        .ok_or_else(|| {
            Cause::UnknownItem(comparison.to_owned(), place.report.clone(), place.number)
        })
}

pub(crate) fn ids<const N: usize>(
    conn: &Connection,
    sql: &str,
    of: [i64; N],
) -> rusqlite::Result<Vec<i64>> {
    conn.prepare_cached(sql)?.query_map(params_from_iter(of), |row| row.get(0))?.collect()
}

/// The least item of a family, with the way there made short.
fn least(lesser: &mut BTreeMap<i64, i64>, item: i64) -> i64 {
    let mut at = item;
    loop {
        let next = *lesser.entry(at).or_insert(at);
        if next == at {
            break;
        }
        at = next;
    }
    lesser.insert(item, at);
    at
}

/// Items that hang together with `item`, nearest first until there are too many; whether all.
fn members(conn: &Connection, item: i64) -> rusqlite::Result<(BTreeSet<i64>, bool)> {
    let mut members = BTreeSet::from([item]);
    let mut next = VecDeque::from([item]);
    let mut linked = conn.prepare_cached(
        "SELECT b FROM links WHERE a = ?1 UNION ALL SELECT a FROM links WHERE b = ?1 ORDER BY 1",
    )?;
    while let Some(item) = next.pop_front() {
        let mut rows = linked.query([item])?;
        while let Some(row) = rows.next()? {
            let other = row.get(0)?;
            if members.contains(&other) {
                continue;
            }
            if members.len() >= FAMILY_LIMIT {
                return Ok((members, false));
            }
            members.insert(other);
            next.push_back(other);
        }
    }
    Ok((members, true))
}

fn places(conn: &Connection, items: &BTreeSet<i64>) -> rusqlite::Result<BTreeMap<i64, Place>> {
    let mut place = conn.prepare_cached(
        "SELECT r.name, i.number FROM items i JOIN reports r ON r.id = i.report WHERE i.id = ?",
    )?;
    let mut places = BTreeMap::new();
    for &item in items {
        let found = place
            .query_row([item], |row| Ok(Place { report: row.get(0)?, number: row.get(1)? }))
            .optional()?;
        places.extend(found.map(|place| (item, place)));
    }
    Ok(places)
}

fn oldest_first(
    conn: &Connection,
    items: impl Iterator<Item = i64>,
) -> rusqlite::Result<Vec<StoredItem>> {
    let mut load = conn.prepare_cached(ITEM)?;
    let mut stored: Vec<StoredItem> =
        items.map(|item| load.query_row([item], self::stored)).collect::<rusqlite::Result<_>>()?;
    stored.sort_by(|x, y| {
        let key = |item: &StoredItem| (item.published.is_none(), item.published);
        (key(x), &x.place).cmp(&(key(y), &y.place))
    });
    Ok(stored)
}

/// The id of an item by its comparison and report, ?1 and ?2, and its number, ?3.
pub(crate) const ITEM_ID: &str = "(SELECT r.id * 1000000 + c.id * 50000 + ?3
    FROM reports r, comparisons c WHERE r.name = ?2 AND c.name = ?1)";

const ITEM: &str = "SELECT r.name, i.number, r.published, r.outlet, i.body
                    FROM items i JOIN reports r ON r.id = i.report WHERE i.id = ?";

fn stored(row: &rusqlite::Row<'_>) -> rusqlite::Result<StoredItem> {
    Ok(StoredItem {
        place: Place { report: row.get(0)?, number: row.get(1)? },
        published: published(row, 2)?,
        outlet: row.get(3)?,
        body: row.get(4)?,
    })
}
