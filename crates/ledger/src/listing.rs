//! Lists a page at a time: reports, speakers, what one said, days, figures, findings, families.
//!
//! ```text
//! ledger.headed(&Listed { outlet: Some("Courier"), .. }, 50, 100)   reports 101 to 150 of it
//! ledger.said("Jane Roe", Person, &Said { is_quoted: Some(true), .. }, 50, 0)
//! ```
//!
//! All of the newest revisions, each with its whole length. Not handled: words and fields; that is
//! `find`.

use crate::comparing::ITEM_ID;
use crate::dated::{Dated, Day, dated_rows};
use crate::error::{At, Cause, Result};
use crate::rows::{PER_REPORT, published};
use crate::summary::{count_at_0, sql_limit};
use crate::{Ledger, Measure, Place, Speaker, StoredItem, Top};
use onrecord_model::{ActorType, Date};
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row, params, params_from_iter};
use std::collections::BTreeMap;

/// Which reports to list.
#[derive(Debug, Clone, Default)]
pub struct Listed {
    /// Only those of this outlet, as it is written.
    pub outlet: Option<String>,
    /// Only those published on this day or later.
    pub from: Option<Date>,
    /// Only those published on this day or earlier.
    pub to: Option<Date>,
}

/// A report as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headed {
    /// Its name in the record.
    pub name: String,
    /// Its outlet.
    pub outlet: Option<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// Its headline.
    pub headline: Option<String>,
    /// How its text begins.
    pub opening: String,
    /// Statements in it.
    pub statements: usize,
}

/// A family: items that hang together by links.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kin {
    /// The item that was put in first.
    pub first: Place,
    /// How many it has.
    pub items: usize,
    /// Whether a finding rests on it.
    pub has_findings: bool,
}

/// Leaves out older revisions by their few numbers.
const NEWEST: &str = "id / 1000000 NOT IN (SELECT id FROM reports WHERE superseded_by IS NOT NULL)";

/// Characters of a report's text that a list has.
const OPENING: usize = 240;

impl Ledger {
    /// Reports, the latest first, undated last.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn headed(&self, listed: &Listed, limit: usize, offset: usize) -> Result<Top<Headed>> {
        let headed = || {
            let mut conditions = String::from("r.superseded_by IS NULL");
            let mut values: Vec<Value> = Vec::new();
            let mut only = |condition: &str, value: Option<String>| {
                if let Some(value) = value {
                    conditions.push_str(condition);
                    values.push(Value::Text(value));
                }
            };
            only(" AND r.outlet = ?", listed.outlet.clone());
            only(" AND r.published >= ?", listed.from.map(|day| day.to_string()));
            only(" AND r.published <= ?", listed.to.map(|day| day.to_string()));
            // Without a condition to narrow them, counting them would walk the whole table.
            let sql = match values.is_empty() {
                true => "SELECT coalesce(max(value), 0) FROM about WHERE what = 'tally.reports'",
                false => &format!("SELECT count(*) FROM reports r WHERE {conditions}"),
            };
            let total =
                self.conn.prepare_cached(sql)?.query_row(params_from_iter(&values), count_at_0)?;
            values.extend([sql_limit(limit), sql_limit(offset)].map(Value::Integer));
            // The page is found by the index alone, which is walked backwards; only its rows' texts
            // are read.
            let rows = self
                .conn
                .prepare_cached(&format!(
                    "SELECT r.name, r.outlet, r.published,
                         substr(r.text, r.headline_start + 1, r.headline_end - r.headline_start),
                         substr(r.text, coalesce(r.headline_end, 0) + 1, {OPENING}),
                         (SELECT count(*) FROM statements s
                          WHERE s.id BETWEEN r.id * {PER_REPORT} AND r.id * {PER_REPORT} + 999999)
                     FROM reports r WHERE r.id IN (
                         SELECT r.id FROM reports r WHERE {conditions}
                         ORDER BY r.published DESC, r.outlet DESC, r.id DESC LIMIT ? OFFSET ?)
                     ORDER BY r.published DESC, r.outlet DESC, r.id DESC"
                ))?
                .query_map(params_from_iter(&values), |row| {
                    Ok(Headed {
                        name: row.get(0)?,
                        outlet: row.get(1)?,
                        published: published(row, 2)?,
                        headline: row.get(3)?,
                        opening: row.get(4)?,
                        statements: count(row, 5)?,
                    })
                })?
                .collect::<rusqlite::Result<_>>()?;
            Ok::<_, rusqlite::Error>(Top { rows, total })
        };
        headed().at(&self.path, "read")
    }

    /// Speakers, most quoted first; with `words`, those in whose name each of them begins a word.
    /// Outlets are not counted, and of those with several names not the reports:
    /// [`Ledger::reports_of`] does.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn speakers_of(
        &self,
        words: &str,
        kind: Option<ActorType>,
        limit: usize,
        offset: usize,
    ) -> Result<Top<Speaker>> {
        let speakers = || {
            let mut conditions = String::from("n.listed > 0");
            let mut values: Vec<Value> = Vec::new();
            if let Some(kind) = kind {
                conditions.push_str(" AND n.type = ?");
                values.push(Value::Text(kind.as_str().to_owned()));
            }
            if let Some(question) = beginnings(words) {
                conditions.push_str(
                    " AND n.id IN (SELECT coalesce(m.listed_as, m.id) FROM names m WHERE m.id IN
                         (SELECT rowid FROM name_search WHERE name_search MATCH ?))",
                );
                values.push(Value::Text(question));
            }
            let total = self
                .conn
                .prepare_cached(&format!("SELECT count(*) FROM names n WHERE {conditions}"))?
                .query_row(params_from_iter(&values), count_at_0)?;
            values.extend([sql_limit(limit), sql_limit(offset)].map(Value::Integer));
            let rows = self
                .conn
                .prepare_cached(&format!(
                    "SELECT n.name, n.type, n.listed, n.reports FROM names n
                     WHERE {conditions}
                     ORDER BY n.listed DESC, n.reports DESC, n.name, n.type LIMIT ? OFFSET ?"
                ))?
                .query_map(params_from_iter(&values), speaker)?
                .collect::<rusqlite::Result<_>>()?;
            Ok::<_, Cause>(Top { rows, total })
        };
        let mut top = speakers().at(&self.path, "read")?;
        for speaker in &mut top.rows {
            speaker.also = self.other_names(&speaker.name, speaker.kind)?;
        }
        Ok(top)
    }

    /// One speaker, by any of their names; none if nobody of this name and type speaks. Counted as
    /// in [`Ledger::speakers_of`].
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn speaker(&self, name: &str, kind: ActorType) -> Result<Option<Speaker>> {
        let found = || {
            self.conn
                .prepare_cached(
                    "SELECT name, type, listed, reports FROM names WHERE listed > 0 AND id =
                         (SELECT coalesce(listed_as, id) FROM names WHERE name = ? AND type = ?)",
                )?
                .query_row(params![name, kind.as_str()], speaker)
                .optional()
        };
        let mut found = found().at(&self.path, "read")?;
        if let Some(speaker) = &mut found {
            speaker.also = self.other_names(&speaker.name, speaker.kind)?;
        }
        Ok(found)
    }

    /// Whole days of which reports speak, in order of time.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn days_told(&self, limit: usize, offset: usize) -> Result<Top<Day>> {
        let days = || {
            let rows: Vec<Day> = self
                .conn
                .prepare_cached(&format!(
                    "SELECT day, count(DISTINCT id / 1000000 * 1000000 + coalesce(sentence, 999999)),
                         count(DISTINCT id / 1000000)
                     FROM times WHERE day IS NOT NULL AND {NEWEST} GROUP BY day ORDER BY day"
                ))?
                .query_map([], |row| {
                    // Some expressions have the form of a day that no calendar has.
                    let day: Option<Date> = row.get_ref(0)?.as_str()?.parse().ok();
                    let (sentences, reports) = (count(row, 1)?, count(row, 2)?);
                    Ok(day.map(|day| Day { day, sentences, reports }))
                })?
                .filter_map(rusqlite::Result::transpose)
                .collect::<rusqlite::Result<_>>()?;
            let total = rows.len();
            let rows = rows.into_iter().skip(offset).take(limit).collect();
            Ok::<_, rusqlite::Error>(Top { rows, total })
        };
        days().at(&self.path, "read")
    }

    /// The sentences that date something to `day`, in order of publication; each once.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn dated_from(&self, day: Date, limit: usize, offset: usize) -> Result<Top<Dated>> {
        let dated = || {
            let day = day.to_string();
            let total = self
                .conn
                .prepare_cached(&format!(
                    "SELECT count(DISTINCT id / 1000000 * 1000000 + coalesce(sentence, 999999))
                     FROM times WHERE day = ? AND {NEWEST}"
                ))?
                .query_row([&day], count_at_0)?;
            let rows = dated_rows(&self.conn, &day, limit, offset)?;
            Ok::<_, rusqlite::Error>(Top { rows, total })
        };
        dated().at(&self.path, "read")
    }

    /// What figures count, that which most reports count first; with `words`, what begins with
    /// them or has them after a space; in small letters where any report has it so. The least and
    /// the greatest are not looked up.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn measures_of(&self, words: &str, limit: usize, offset: usize) -> Result<Top<Measure>> {
        let measures = || {
            let words = words.trim().replace(['%', '_', '\\'], "");
            let mut rows: Vec<Measure> = self
                .conn
                .prepare_cached(&format!(
                    "SELECT max(counted), unit, count(*), count(DISTINCT id / 1000000)
                     FROM quantities WHERE counted IS NOT NULL AND {NEWEST}
                         AND (?1 = '' OR counted LIKE ?1 || '%' OR counted LIKE '% ' || ?1 || '%')
                     GROUP BY counted COLLATE NOCASE, unit"
                ))?
                .query_map([words], |row| {
                    Ok(Measure {
                        counted: row.get(0)?,
                        unit: row.get(1)?,
                        figures: count(row, 2)?,
                        reports: count(row, 3)?,
                        low: None,
                        high: None,
                    })
                })?
                .collect::<rusqlite::Result<_>>()?;
            let total = rows.len();
            rows.sort_by(|x, y| {
                (y.reports, y.figures)
                    .cmp(&(x.reports, x.figures))
                    .then_with(|| (&x.counted, &x.unit).cmp(&(&y.counted, &y.unit)))
            });
            let rows = rows.into_iter().skip(offset).take(limit).collect();
            Ok::<_, rusqlite::Error>(Top { rows, total })
        };
        measures().at(&self.path, "read")
    }

    /// What tells whether the record is still the one it was: other numbers after every batch that
    /// changes it.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn state(&self) -> Result<Vec<i64>> {
        let state = || {
            self.conn
                .prepare_cached(
                    "SELECT CAST(value AS INTEGER) FROM about WHERE what LIKE 'tally.%'
                     UNION ALL SELECT coalesce(max(id), 0) FROM reports
                     UNION ALL SELECT coalesce(max(id), 0) FROM findings
                     UNION ALL SELECT count(*) FROM findings",
                )?
                .query_map([], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()
        };
        state().at(&self.path, "read")
    }

    /// A report's items of one comparison that are linked to others, in order of number, each with
    /// how many it is linked to.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn linked(&self, comparison: &str, report: &str) -> Result<Vec<(StoredItem, usize)>> {
        let linked = || {
            self.conn
                .prepare_cached(
                    "SELECT i.number, i.body, r.published, r.outlet,
                         (SELECT count(*) FROM links WHERE a = i.id)
                             + (SELECT count(*) FROM links WHERE b = i.id) AS linked
                     FROM reports r, comparisons c, items i
                     WHERE c.name = ?1 AND r.name = ?2 AND linked > 0 AND i.id
                         BETWEEN r.id * 1000000 + c.id * 50000
                         AND r.id * 1000000 + c.id * 50000 + 49999
                     ORDER BY i.id",
                )?
                .query_map([comparison, report], |row| {
                    let place = Place { report: report.to_owned(), number: row.get(0)? };
                    let item = StoredItem {
                        place,
                        published: published(row, 2)?,
                        outlet: row.get(3)?,
                        body: row.get(1)?,
                    };
                    Ok((item, count(row, 4)?))
                })?
                .collect::<rusqlite::Result<_>>()
        };
        linked().at(&self.path, "read")
    }

    /// The text of a report.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn text(&self, report: &str) -> Result<Option<String>> {
        let text = || {
            self.conn
                .prepare_cached("SELECT text FROM reports WHERE name = ?")?
                .query_row([report], |row| row.get(0))
                .optional()
        };
        text().at(&self.path, "read")
    }

    /// The sentence of a report in which a place begins, with where it stands, in code points; none
    /// where the place is in none.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn sentence_at(&self, report: &str, at: [u32; 2]) -> Result<Option<(String, [u32; 2])>> {
        let sentence = || {
            self.conn
                .prepare_cached(
                    "SELECT substr(r.text, s.start_at + 1, s.end_at - s.start_at), s.start_at, s.end_at
                     FROM reports r JOIN sentences s
                         ON s.id BETWEEN r.id * 1000000 AND r.id * 1000000 + 999999
                     WHERE r.name = ? AND s.start_at <= ? AND s.end_at > ?",
                )?
                .query_row(params![report, at[0], at[0]], |row| {
                    Ok((row.get(0)?, [row.get(1)?, row.get(2)?]))
                })
                .optional()
        };
        sentence().at(&self.path, "read")
    }

    /// One item of a comparison; none if there is none.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn item(&self, comparison: &str, place: &Place) -> Result<Option<StoredItem>> {
        let item = || {
            self.conn
                .prepare_cached(&format!(
                    "SELECT i.body, r.published, r.outlet
                     FROM items i JOIN reports r ON r.id = i.report WHERE i.id = {ITEM_ID}",
                ))?
                .query_row(params![comparison, place.report, place.number], |row| {
                    Ok(StoredItem {
                        place: place.clone(),
                        published: published(row, 1)?,
                        outlet: row.get(2)?,
                        body: row.get(0)?,
                    })
                })
                .optional()
        };
        item().at(&self.path, "read")
    }

    /// Families of a comparison, those of most items first.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn kindred(&self, comparison: &str) -> Result<Vec<Kin>> {
        let families = || {
            let pairs: Vec<(i64, i64)> = self
                .conn
                .prepare_cached(
                    "SELECT a, b FROM links WHERE a % 1000000 / 50000
                         = (SELECT id FROM comparisons WHERE name = ?)",
                )?
                .query_map([comparison], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<rusqlite::Result<_>>()?;
            let told: Vec<i64> = self
                .conn
                .prepare_cached(
                    "SELECT DISTINCT anchor FROM findings
                     WHERE comparison = (SELECT id FROM comparisons WHERE name = ?)",
                )?
                .query_map([comparison], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            let mut families: Vec<(i64, usize, bool)> = families(&pairs, &told);
            families.sort_by_key(|&(first, items, _)| (std::cmp::Reverse(items), first));
            let mut place = self.conn.prepare_cached(
                "SELECT r.name, i.number FROM items i JOIN reports r ON r.id = i.report
                 WHERE i.id = ?",
            )?;
            families
                .into_iter()
                .map(|(item, items, has_findings)| {
                    let first = place.query_row([item], |row| {
                        Ok(Place { report: row.get(0)?, number: row.get(1)? })
                    })?;
                    Ok(Kin { first, items, has_findings })
                })
                .collect::<std::result::Result<Vec<_>, Cause>>()
        };
        families().at(&self.path, "read")
    }
}

/// Each connected family: its least member, its size, and whether one of its members is among
/// `told`.
fn families(pairs: &[(i64, i64)], told: &[i64]) -> Vec<(i64, usize, bool)> {
    let mut parent: BTreeMap<i64, i64> = BTreeMap::new();
    fn root(parent: &mut BTreeMap<i64, i64>, of: i64) -> i64 {
        let mut at = of;
        while let Some(&up) = parent.get(&at).filter(|&&up| up != at) {
            at = up;
        }
        parent.insert(of, at);
        at
    }
    for &(a, b) in pairs {
        let (a, b) = (root(&mut parent, a), root(&mut parent, b));
        parent.insert(a.max(b), a.min(b));
        parent.entry(a.min(b)).or_insert(a.min(b));
    }
    let members: Vec<i64> = parent.keys().copied().collect();
    let mut families: BTreeMap<i64, (usize, bool)> = BTreeMap::new();
    for member in members {
        families.entry(root(&mut parent, member)).or_default().0 += 1;
    }
    for member in told {
        if parent.contains_key(member)
            && let Some(family) = families.get_mut(&root(&mut parent, *member))
        {
            family.1 = true;
        }
    }
    families.into_iter().map(|(first, (items, is_told))| (first, items, is_told)).collect()
}
/// The words of a line as a question to the search of names: each the beginning of a word.
fn beginnings(line: &str) -> Option<String> {
    let words: Vec<String> = line
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| format!("\"{word}\"*"))
        .collect();
    (!words.is_empty()).then(|| words.join(" "))
}

fn speaker(row: &Row<'_>) -> rusqlite::Result<Speaker> {
    Ok(Speaker {
        name: row.get(0)?,
        kind: crate::rows::word(row.get_ref(1)?.as_str()?)?,
        statements: count(row, 2)?,
        reports: count(row, 3)?,
        outlets: 0,
        also: Vec::new(),
    })
}

fn count(row: &Row<'_>, column: usize) -> rusqlite::Result<usize> {
    Ok(row.get::<_, i64>(column)?.max(0) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_are_told_by_their_least_member() {
        let families = families(&[(5, 9), (2, 5), (3, 4), (9, 12)], &[9, 77]);
        assert_eq!(families, [(2, 4, true), (3, 2, false)]);
    }

    #[test]
    fn names_are_asked_for_by_the_beginnings_of_their_words() {
        assert_eq!(beginnings("jane \"ro*").as_deref(), Some("\"jane\"* \"ro\"*"));
        assert_eq!(beginnings(" - "), None);
    }
}
