//! One person under several names: which names are listed under which.
//!
//! ```text
//! touched_names(1000)           names that may be listed otherwise since the last look
//! namesakes(name)               all who share its surname, and its spellings
//! list_names([(Anthony, Antony)])
//! ```
//!
//! Who is one person is decided elsewhere; here it is kept, with how much each says in all. Every
//! statement keeps the name that its report gives. Not handled: two people with one full name.

use crate::Ledger;
use crate::error::{At, Cause, Result};
use crate::put::Batch;
use onrecord_model::{ActorType, Date};
use rusqlite::{Connection, params};
use std::collections::{BTreeMap, BTreeSet};

type Outcome<T> = std::result::Result<T, Cause>;

/// Names of one surname that are looked at together; a surname that more have means nobody.
const NAMESAKES: usize = 256;

/// Reports of a name that are looked through for offices.
const ROLES_SEEN: i64 = 400;

/// A name of a person, with what tells whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Namesake {
    /// Its row.
    pub id: i64,
    /// As the reports write it.
    pub name: String,
    /// Statements under it.
    pub statements: usize,
    /// Reports that name somebody so.
    pub reports: usize,
    /// Offices, with the number of reports that give each.
    pub roles: Vec<(String, usize)>,
    /// Rows of names that a finding takes for spellings of it.
    pub spellings: Vec<i64>,
}

/// An office of one person, and when reports give it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// As the reports write it.
    pub role: String,
    /// Reports that give it.
    pub reports: usize,
    /// Day of the first of them.
    pub first: Option<Date>,
    /// And of the last.
    pub last: Option<Date>,
}

/// The last name of a person, without "Jr.": what namesakes share.
pub(crate) fn surname(name: &str) -> Option<String> {
    let is_suffix = |word: &&str| {
        matches!(
            word.trim_matches(['.', ',']).to_lowercase().as_str(),
            "jr" | "sr" | "ii" | "iii" | "iv"
        )
    };
    let last = name.split_whitespace().rev().find(|word| !is_suffix(word))?;
    let folded: String = last.chars().filter(|c| c.is_alphanumeric()).collect();
    (folded.chars().count() > 1).then(|| folded.to_lowercase())
}

/// Counts anew what is said under the name by which this one is listed.
pub(crate) fn count_listed(conn: &Connection, name: i64) -> rusqlite::Result<()> {
    conn.prepare_cached(
        "UPDATE names SET listed = CASE WHEN listed_as IS NULL THEN statements
             + (SELECT coalesce(sum(m.statements), 0) FROM names m WHERE m.listed_as = names.id)
             ELSE 0 END
         WHERE id = ?1 OR id = (SELECT listed_as FROM names WHERE id = ?1)",
    )?
    .execute([name])?;
    Ok(())
}

/// Names are to be looked at again.
pub(crate) fn touch(conn: &Connection, name: i64) -> rusqlite::Result<()> {
    conn.prepare_cached("INSERT OR IGNORE INTO touched_names (name) VALUES (?)")?
        .execute([name])?;
    Ok(())
}

impl Ledger {
    /// The rows of all names of the person who has this one; of other types the name alone.
    pub(crate) fn name_ids(&self, name: &str, kind: ActorType) -> rusqlite::Result<Vec<i64>> {
        self.conn
            .prepare_cached(
                "WITH one AS (SELECT coalesce(listed_as, id) AS id FROM names WHERE name = ? AND type = ?)
                 SELECT id FROM one UNION SELECT n.id FROM one JOIN names n ON n.listed_as = one.id",
            )?
            .query_map(params![name, kind.as_str()], |row| row.get(0))?
            .collect()
    }

    /// The same, as JSON for SQL.
    pub(crate) fn names_of(&self, name: &str, kind: ActorType) -> rusqlite::Result<String> {
        Ok(format!("{:?}", self.name_ids(name, kind)?))
    }

    /// The other names under which the person speaks who is listed under this one, with the number
    /// of statements, most first.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn other_names(&self, name: &str, kind: ActorType) -> Result<Vec<(String, usize)>> {
        let names = || {
            self.conn
                .prepare_cached(
                    "SELECT name, statements FROM names WHERE statements > 0 AND listed_as =
                         (SELECT id FROM names WHERE name = ? AND type = ?)
                     ORDER BY statements DESC, name",
                )?
                .query_map(params![name, kind.as_str()], |row| {
                    Ok((row.get(0)?, row.get::<_, i64>(1)?.max(0) as usize))
                })?
                .collect::<rusqlite::Result<_>>()
        };
        names().at(&self.path, "read")
    }

    /// The offices that reports give a person, under any name, with the first and the last day:
    /// what most reports give first, at most `limit`.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn roles_of(&self, name: &str, kind: ActorType, limit: usize) -> Result<Vec<Held>> {
        let roles = || {
            let names = self.names_of(name, kind)?;
            self.conn
                .prepare_cached(
                    "SELECT role.value, count(DISTINCT a.id / 1000000), min(r.published), max(r.published)
                     FROM actors a JOIN reports r ON r.id = a.id / 1000000, json_each(a.roles) role
                     WHERE a.name IN (SELECT value FROM json_each(?)) AND r.superseded_by IS NULL
                     GROUP BY role.value ORDER BY 2 DESC, 3, 1 LIMIT ?",
                )?
                .query_map(params![names, crate::summary::sql_limit(limit)], |row| {
                    Ok(Held {
                        role: row.get(0)?,
                        reports: row.get::<_, i64>(1)?.max(0) as usize,
                        first: crate::rows::published(row, 2)?,
                        last: crate::rows::published(row, 3)?,
                    })
                })?
                .collect::<rusqlite::Result<_>>()
        };
        roles().at(&self.path, "read")
    }
}

impl Batch<'_> {
    /// Names that may be listed otherwise since they were looked at, at most `limit`.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn touched_names(&self, limit: usize) -> Result<Vec<i64>> {
        let names = || {
            self.conn
                .prepare_cached("SELECT name FROM touched_names ORDER BY name LIMIT ?")?
                .query_map([crate::summary::sql_limit(limit)], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()
        };
        names().at(self.path(), "read")
    }

    /// The name of this row with all that share its surname or are spellings of it, in order of
    /// their rows; where too many share it, its spellings alone.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn namesakes(&self, name: i64) -> Result<Vec<Namesake>> {
        let namesakes = || -> rusqlite::Result<Vec<Namesake>> {
            let ids = |sql: &str, of: i64| -> rusqlite::Result<Vec<i64>> {
                self.conn.prepare_cached(sql)?.query_map([of], |row| row.get(0))?.collect()
            };
            let spelled = "SELECT DISTINCT b.name FROM spellings a JOIN spellings b USING (finding)
                           WHERE a.name = ? AND b.name <> a.name";
            let same = "SELECT id FROM names WHERE type = 'person'
                            AND surname = (SELECT surname FROM names WHERE id = ?) LIMIT 257";
            let mut all: BTreeSet<i64> = BTreeSet::from([name]);
            let mut open = vec![name];
            let mut spellings: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
            let mut surname_of =
                self.conn.prepare_cached("SELECT surname FROM names WHERE id = ?")?;
            let mut surnames: BTreeSet<Option<String>> = BTreeSet::new();
            while let Some(one) = open.pop() {
                let surname: Option<String> = surname_of.query_row([one], |row| row.get(0))?;
                let is_new = surnames.insert(surname);
                let here = if is_new { ids(same, one)? } else { Vec::new() };
                let others = ids(spelled, one)?;
                let near = if here.len() > NAMESAKES { Vec::new() } else { here };
                for other in near.into_iter().chain(others.iter().copied()) {
                    if all.len() <= NAMESAKES && all.insert(other) {
                        open.push(other);
                    }
                }
                spellings.insert(one, others);
            }
            // Who stands alone needs no further look.
            let is_alone = all.len() == 1;
            let mut roles = self.conn.prepare_cached(
                "SELECT role.value, count(*) FROM
                     (SELECT roles FROM actors WHERE name = ? AND roles <> '[]' ORDER BY id LIMIT ?) a,
                     json_each(a.roles) role
                 GROUP BY 1 ORDER BY 1",
            )?;
            let mut load = self.conn.prepare_cached(
                "SELECT name, statements, (SELECT count(*) FROM actors a WHERE a.name = names.id)
                 FROM names WHERE id = ?",
            )?;
            let mut found = Vec::new();
            for id in all {
                let mut namesake = load.query_row([id], |row| {
                    Ok(Namesake {
                        id,
                        name: row.get(0)?,
                        statements: row.get::<_, i64>(1)?.max(0) as usize,
                        reports: row.get::<_, i64>(2)?.max(0) as usize,
                        roles: Vec::new(),
                        spellings: spellings.remove(&id).unwrap_or_default(),
                    })
                })?;
                if !is_alone {
                    let counted = roles.query_map([id, ROLES_SEEN], |row| {
                        Ok((row.get(0)?, row.get::<_, i64>(1)?.max(0) as usize))
                    })?;
                    namesake.roles = counted.collect::<rusqlite::Result<_>>()?;
                }
                found.push(namesake);
            }
            Ok(found)
        };
        namesakes().at(self.path(), "read")
    }

    /// Lists each of these names under another, or under itself where both are one. They were
    /// looked at.
    ///
    /// # Errors
    /// If the record cannot be written.
    pub fn list_names(&mut self, listed: &[(i64, i64)]) -> Result<()> {
        self.write(|batch| {
            let conn = &batch.ledger.conn;
            let mut list = conn.prepare_cached(
                "UPDATE names SET listed_as = nullif(?2, id) WHERE id = ?1
                     AND listed_as IS NOT nullif(?2, id)",
            )?;
            let mut before = conn.prepare_cached("SELECT listed_as FROM names WHERE id = ?")?;
            let mut done = conn.prepare_cached("DELETE FROM touched_names WHERE name = ?")?;
            let mut counted: BTreeSet<i64> = BTreeSet::new();
            for &(name, under) in listed {
                let was: Option<i64> = before.query_row([name], |row| row.get(0))?;
                if list.execute([name, under])? > 0 {
                    counted.extend(was);
                    counted.extend([name, under]);
                }
                done.execute([name])?;
            }
            for name in counted {
                count_listed(conn, name)?;
            }
            Ok(())
        })
    }
}

/// The names that a finding of spellings has in its detail.
pub(crate) fn spelled(detail: &serde_json::Map<String, serde_json::Value>) -> Vec<&str> {
    let spellings = detail.get("spellings").and_then(|spellings| spellings.as_array());
    let names = spellings.into_iter().flatten().filter_map(|one| one.get("name")?.as_str());
    names.collect()
}

/// Keeps the spellings that a finding joins.
pub(crate) fn put_spellings(conn: &Connection, finding: i64, names: &[&str]) -> Outcome<()> {
    let mut insert = conn.prepare_cached(
        "INSERT OR IGNORE INTO spellings (finding, name)
         SELECT ?, id FROM names WHERE name = ? AND type = 'person'",
    )?;
    for name in names {
        insert.execute(params![finding, name])?;
    }
    touch_spellings(conn, finding)?;
    Ok(())
}

fn touch_spellings(conn: &Connection, finding: i64) -> rusqlite::Result<()> {
    conn.prepare_cached(
        "INSERT OR IGNORE INTO touched_names (name) SELECT name FROM spellings WHERE finding = ?",
    )?
    .execute([finding])?;
    Ok(())
}

/// Takes the spellings of a finding away that goes.
pub(crate) fn drop_spellings(conn: &Connection, finding: i64) -> rusqlite::Result<()> {
    touch_spellings(conn, finding)?;
    conn.prepare_cached("DELETE FROM spellings WHERE finding = ?")?.execute([finding])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_surname_is_the_last_name_without_what_follows_it() {
        assert_eq!(surname("Robert Brandt Jr.").as_deref(), Some("brandt"));
        assert_eq!(surname("Brandt").as_deref(), Some("brandt"));
        assert_eq!(surname("X"), None);
    }
}
