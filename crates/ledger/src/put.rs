//! Putting reports into the record, a batch at a time, each whole or not at all.
//!
//! ```text
//! batch.put(004.txt)             New("004")
//! batch.put(004.txt)             Same("004")           nothing changes
//! batch.put(004.txt, changed)    Revised("004")        the old one is 004@1 now
//! batch.put(004.txt, new rules)  Reanalysed("004")
//! ```
//!
//! Not handled: taking a report out of a record.

use crate::error::{At, Cause, Error, Result};
use crate::find::said;
use crate::identity::{content_hash, free_name, location_hash, old_name};
use crate::insert::{content_words, rows_of};
use crate::rows::PER_REPORT;
use crate::{Ledger, get, people};
use onrecord_model::{ActorType, Analysis, CodePoints, Report, Span};
use rusqlite::{Connection, OptionalExtension, params};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;

type Outcome<T> = std::result::Result<T, Cause>;

/// The longest text that a record keeps, in bytes; SQLite's own limit.
const LONGEST_TEXT: usize = 1_000_000_000;

/// Names remembered between reports; beyond, they are looked up again.
const NAMES_KEPT: usize = 200_000;

/// A report to be kept, with what stands in it.
#[derive(Debug, Clone, Copy)]
pub struct NewReport<'a> {
    /// As it was read.
    pub report: &'a Report,
    /// The folder it was read from, in one spelling for one folder; tells two `000.txt` apart.
    pub folder: Option<&'a str>,
    /// What stands in it.
    pub analysis: &'a Analysis,
}

/// What became of a report that was put in, with its name in the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Put {
    /// It was not there before.
    New(String),
    /// It was there, read by the same version: nothing changed.
    Same(String),
    /// Another text or other metadata stood at its place. That is now an older revision.
    Revised {
        /// Of the newest revision, the same as before.
        name: String,
        /// What the replaced revision is called now.
        replaced: String,
    },
    /// It was there, read by another version; its analysis was replaced.
    Reanalysed(String),
}

impl Put {
    /// The report's name in the record.
    pub fn name(&self) -> &str {
        match self {
            Self::New(name)
            | Self::Same(name)
            | Self::Reanalysed(name)
            | Self::Revised { name, .. } => name,
        }
    }

    /// Whether the record changed.
    pub fn is_change(&self) -> bool {
        !matches!(self, Self::Same(_))
    }
}

/// What the record knows of a report that is about to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// Nothing.
    No,
    /// It is there, analysed by this version: no need to analyse it.
    Same,
    /// It is there, analysed by another version.
    OtherVersion,
    /// Another text or other metadata stands at its place.
    Changed,
}

/// Ids of names, so that a name is looked up once.
#[derive(Debug, Default)]
pub(crate) struct Names {
    ids: BTreeMap<&'static str, FxHashMap<String, i64>>,
    count: usize,
}

impl Names {
    pub(crate) fn id(
        &mut self,
        conn: &Connection,
        name: &str,
        kind: &'static str,
    ) -> rusqlite::Result<i64> {
        if let Some(&id) = self.ids.get(kind).and_then(|ids| ids.get(name)) {
            return Ok(id);
        }
        let known = conn
            .prepare_cached("SELECT id FROM names WHERE name = ? AND type = ?")?
            .query_row(params![name, kind], |row| row.get(0))
            .optional()?;
        let id = match known {
            Some(id) => id,
            None => {
                let surname = (kind == "person").then(|| people::surname(name)).flatten();
                conn.prepare_cached("INSERT INTO names (name, type, surname) VALUES (?, ?, ?)")?
                    .execute(params![name, kind, surname])?;
                let id = conn.last_insert_rowid();
                if kind == "person" {
                    people::touch(conn, id)?;
                }
                conn.prepare_cached("INSERT INTO name_search (rowid, name) VALUES (?, ?)")?
                    .execute(params![id, name])?;
                id
            }
        };
        if self.count >= NAMES_KEPT {
            self.clear();
        }
        self.ids.entry(kind).or_default().insert(name.to_owned(), id);
        self.count += 1;
        Ok(id)
    }

    fn clear(&mut self) {
        *self = Self::default();
    }
}

/// Reports that are put in together: all of them or, if it is dropped without
/// [`commit`](Batch::commit), none.
///
/// Reads as its [`Ledger`] does, and sees what was put in so far; only the counts of
/// [`Ledger::totals`] and [`Ledger::speakers`] follow at the commit.
#[derive(Debug)]
pub struct Batch<'l> {
    pub(crate) ledger: &'l mut Ledger,
    /// Changes of `about`'s tallies.
    tally: BTreeMap<&'static str, i64>,
    /// Changes of `names.statements` and `names.reports`.
    spoken: BTreeMap<i64, (i64, i64)>,
    /// Items, by comparison, whose family was not looked at since it changed.
    pub(crate) touched: BTreeSet<(i64, i64)>,
    is_broken: bool,
    is_done: bool,
}

impl Deref for Batch<'_> {
    type Target = Ledger;

    fn deref(&self) -> &Ledger {
        self.ledger
    }
}

impl Drop for Batch<'_> {
    fn drop(&mut self) {
        if !self.is_done {
            // If this fails the connection has rolled back already.
            let _ = self.ledger.conn.execute_batch("ROLLBACK");
            self.ledger.names.clear();
            self.ledger.held.forget();
        }
    }
}

impl Ledger {
    /// Begins a batch. A few hundred reports are a good size: large enough to be quick, small
    /// enough to lose little when the power fails.
    ///
    /// # Errors
    /// If another process writes for longer than ten seconds, or the record is read-only.
    pub fn begin(&mut self) -> Result<Batch<'_>> {
        self.conn.execute_batch("BEGIN IMMEDIATE").at(&self.path, "write")?;
        let mut batch = Batch {
            ledger: self,
            tally: BTreeMap::new(),
            spoken: BTreeMap::new(),
            touched: BTreeSet::new(),
            is_broken: false,
            is_done: false,
        };
        batch.write(|batch| batch.ledger.hold())?;
        Ok(batch)
    }

    /// What the record knows of each report, given with its folder; `version` is that of the
    /// rules and models which would analyse it.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn known(&self, reports: &[(&Report, Option<&str>)], version: &str) -> Result<Vec<Known>> {
        let known = |&(report, folder): &(&Report, Option<&str>)| {
            let hash = content_hash(report);
            Ok(match standing(&self.conn, report, folder, &hash)? {
                None => Known::No,
                Some(there) if !there.is_same => Known::Changed,
                Some(there) if there.version == version => Known::Same,
                Some(_) => Known::OtherVersion,
            })
        };
        reports.iter().map(known).collect::<Outcome<_>>().at(&self.path, "read")
    }
}

/// The newest revision that stands where a report would.
struct Standing {
    id: i64,
    name: String,
    version: String,
    revision: i64,
    is_same: bool,
}

fn standing(
    conn: &Connection,
    report: &Report,
    folder: Option<&str>,
    hash: &[u8; 16],
) -> rusqlite::Result<Option<Standing>> {
    let standing = |row: &rusqlite::Row<'_>| {
        Ok(Standing {
            id: row.get(0)?,
            name: row.get(1)?,
            version: row.get(2)?,
            revision: row.get(3)?,
            is_same: row.get(4)?,
        })
    };
    let at_its_place = conn
        .prepare_cached(
            "SELECT id, name, analysis_version, revision, content_hash = ?1 FROM reports
             WHERE location_hash = ?2 AND superseded_by IS NULL",
        )?
        .query_row(params![hash, location_hash(report, folder)], standing)
        .optional()?;
    if at_its_place.is_some() {
        return Ok(at_its_place);
    }
    // The folder was moved: the same file name, the same words.
    conn.prepare_cached(
        "SELECT id, name, analysis_version, revision, 1 FROM reports
         WHERE content_hash = ?1 AND source_file = ?2 AND part = ?3 AND superseded_by IS NULL
         ORDER BY id LIMIT 1",
    )?
    .query_row(params![hash, report.source_file, report.part], standing)
    .optional()
}

impl Batch<'_> {
    /// Puts one report in.
    ///
    /// # Errors
    /// [`Cause::Refused`] if it cannot be kept (a text over a gigabyte, a span that is not of its
    /// text, actors or statements not numbered from 1): the batch goes on without it. After any
    /// other error the batch cannot be committed.
    pub fn put(&mut self, new: &NewReport<'_>) -> Result<Put> {
        if let Err(why) = can_be_kept(new.report, new.analysis) {
            let name = format!("{} part {}", new.report.source_file, new.report.part);
            return Err(Error::new(&self.path, "write to", Cause::Refused(name, why)));
        }
        self.write(|batch| batch.put_checked(new))
    }

    /// Keeps all that was put in.
    ///
    /// # Errors
    /// If the disk is full or an earlier write failed; then nothing of the batch is kept.
    pub fn commit(mut self) -> Result<()> {
        if self.is_broken {
            return Err(Error::new(&self.path, "write to", Cause::Unfinished));
        }
        self.write(|batch| {
            batch.write_counts()?;
            batch.write_touched()?;
            batch.write_many_held()?;
            batch.conn.execute_batch("COMMIT")?;
            Ok(())
        })?;
        self.is_done = true;
        Ok(())
    }

    /// Runs what writes; if it fails the batch is broken.
    pub(crate) fn write<T>(&mut self, act: impl FnOnce(&mut Self) -> Outcome<T>) -> Result<T> {
        let outcome = act(self);
        self.is_broken |= outcome.is_err();
        outcome.at(&self.ledger.path, "write to")
    }

    fn put_checked(&mut self, new: &NewReport<'_>) -> Outcome<Put> {
        let hash = content_hash(new.report);
        let version = &new.analysis.version;
        let Some(there) = standing(&self.conn, new.report, new.folder, &hash)? else {
            let name = free_name(&self.conn, new.report, new.folder)?;
            self.insert(new, &name, 1, &hash)?;
            return Ok(Put::New(name));
        };
        if !there.is_same {
            let replaced = old_name(&self.conn, &there.name, there.revision)?;
            self.ledger.held.reports.forget();
            self.forget_comparing(there.id)?;
            self.withdraw(there.id)?;
            *self.tally.entry("tally.superseded").or_default() += 1;
            self.conn
                .prepare_cached("UPDATE reports SET name = ?, superseded_by = id WHERE id = ?")?
                .execute(params![replaced, there.id])?;
            let id = self.insert(new, &there.name, there.revision + 1, &hash)?;
            self.conn
                .prepare_cached("UPDATE reports SET superseded_by = ? WHERE id = ?")?
                .execute([id, there.id])?;
            return Ok(Put::Revised { name: there.name, replaced });
        }
        // A page that now holds more reports, or fewer words before this one.
        self.conn
            .prepare_cached(
                "UPDATE reports SET has_siblings = ?1, starts_at = ?2
                 WHERE id = ?3 AND source_file = ?4 AND part = ?5
                   AND (has_siblings <> ?1 OR starts_at <> ?2)",
            )?
            .execute(params![
                new.report.has_siblings,
                new.report.start,
                there.id,
                new.report.source_file,
                new.report.part
            ])?;
        if there.version == *version {
            return Ok(Put::Same(there.name));
        }
        self.forget_comparing(there.id)?;
        self.withdraw(there.id)?;
        for table in
            ["sentences", "actors", "statements", "times", "events", "quantities", "warnings"]
        {
            self.conn
                .prepare_cached(&format!("DELETE FROM {table} WHERE id BETWEEN ? AND ?"))?
                .execute([there.id * PER_REPORT, (there.id + 1) * PER_REPORT - 1])?;
        }
        self.conn
            .prepare_cached("UPDATE reports SET analysis_version = ? WHERE id = ?")?
            .execute(params![version, there.id])?;
        self.ledger.insert_analysis(there.id, new.report, new.analysis)?;
        self.count(new.report, new.analysis, 1)?;
        Ok(Put::Reanalysed(there.name))
    }

    fn insert(
        &mut self,
        new: &NewReport<'_>,
        name: &str,
        revision: i64,
        hash: &[u8; 16],
    ) -> Outcome<i64> {
        let report = new.report;
        let points = CodePoints::new(&report.text);
        let start = |span: Option<Span>| span.map(|span| points.span(span)[0]);
        let end = |span: Option<Span>| span.map(|span| points.span(span)[1]);
        let byline_span = report.byline.as_ref().and_then(|byline| byline.span);
        let dateline = report.dateline.as_ref();
        self.conn
            .prepare_cached(
                "INSERT INTO reports (name, source_file, part, has_siblings, starts_at, folder, url,
                     outlet, published, published_from, language, headline_start, headline_end,
                     byline, byline_start, byline_end, dateline_start, dateline_end,
                     dateline_place, dateline_date, dateline_agency, revision, analysis_version,
                     content_hash, location_hash, extra, text)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                     ?, ?)",
            )?
            .execute(params![
                name,
                report.source_file,
                report.part,
                report.has_siblings,
                report.start,
                new.folder,
                report.url,
                report.outlet,
                report.published.map(|published| published.date.to_string()),
                report.published.map(|published| published.from.as_str()),
                report.language,
                start(report.headline),
                end(report.headline),
                report.byline.as_ref().map(|byline| &byline.name),
                start(byline_span),
                end(byline_span),
                start(dateline.map(|line| line.span)),
                end(dateline.map(|line| line.span)),
                dateline.and_then(|line| line.place.as_ref()),
                dateline.and_then(|line| line.date).map(|date| date.to_string()),
                dateline.and_then(|line| line.agency.as_ref()),
                revision,
                new.analysis.version,
                hash,
                location_hash(report, new.folder),
                serde_json::to_string(&report.extra).expect("a JSON object is always JSON"),
                report.text,
            ])?;
        let id = self.conn.last_insert_rowid();
        self.ledger.held.days.put(id, report.published_on());
        let mut insert = self.ledger.conn.prepare_cached(
            "INSERT INTO not_text (id, start_at, end_at, kind) VALUES (?, ?, ?, ?)",
        )?;
        for (row, piece) in rows_of(id).zip(&report.not_text) {
            let [start, end] = points.span(piece.span);
            insert.execute(params![row, start, end, piece.kind.as_str()])?;
        }
        drop(insert);
        self.ledger.insert_analysis(id, report, new.analysis)?;
        self.count(report, new.analysis, 1)?;
        Ok(id)
    }

    /// Takes a report's words out of the search, its statements out of what was said and its numbers
    /// out of the counts.
    fn withdraw(&mut self, id: i64) -> Outcome<()> {
        said::take_away(&self.ledger.conn, id)?;
        let stored = get::load(&self.conn, id)?;
        let text = &stored.report.text;
        let mut delete = self.ledger.conn.prepare_cached(
            "INSERT INTO sentence_search (sentence_search, rowid, words) VALUES ('delete', ?, ?)",
        )?;
        for (row, sentence) in rows_of(id).zip(&stored.analysis.sentences) {
            delete.execute(params![row, sentence.span.of(text)])?;
        }
        drop(delete);
        let mut delete = self.ledger.conn.prepare_cached(
            "INSERT INTO statement_search (statement_search, rowid, words) VALUES ('delete', ?, ?)",
        )?;
        for (row, said) in rows_of(id).skip(1).zip(&stored.analysis.statements) {
            delete.execute(params![row, content_words(said, text)])?;
        }
        drop(delete);
        self.count(&stored.report, &stored.analysis, -1)
    }

    /// Adds a report to the counts, or takes it away.
    fn count(&mut self, report: &Report, analysis: &Analysis, sign: i64) -> Outcome<()> {
        let rows = [
            ("tally.reports", 1),
            ("tally.sentences", analysis.sentences.len()),
            ("tally.statements", analysis.statements.len()),
            ("tally.times", analysis.times.len()),
            ("tally.quantities", analysis.quantities.len()),
        ];
        for (what, count) in rows {
            *self.tally.entry(what).or_default() += sign * count as i64;
        }
        let Ledger { conn, names, .. } = &mut *self.ledger;
        if let Some(outlet) = &report.outlet {
            self.spoken.entry(names.id(conn, outlet, "outlet")?).or_default().1 += sign;
        }
        let mut here: BTreeMap<(&str, ActorType), i64> = BTreeMap::new();
        for party in analysis.statements.iter().filter_map(|said| said.speaker.as_ref()) {
            *here.entry((&party.name, party.kind)).or_default() += 1;
        }
        for ((name, kind), statements) in here {
            let count = self.spoken.entry(names.id(conn, name, kind.as_str())?).or_default();
            count.0 += sign * statements;
            count.1 += sign;
        }
        Ok(())
    }

    fn write_counts(&mut self) -> Outcome<()> {
        let mut update = self.ledger.conn.prepare_cached(
            "UPDATE names SET statements = statements + ?, reports = reports + ? WHERE id = ?",
        )?;
        let mut touch = self.ledger.conn.prepare_cached(
            "INSERT OR IGNORE INTO touched_names (name)
             SELECT id FROM names WHERE id = ? AND type = 'person'",
        )?;
        for (&id, &(statements, reports)) in &self.spoken {
            if (statements, reports) != (0, 0) {
                update.execute([statements, reports, id])?;
                people::count_listed(&self.ledger.conn, id)?;
                touch.execute([id])?;
            }
        }
        let mut update = self.ledger.conn.prepare_cached(
            "INSERT INTO about (what, value) VALUES (?, ?)
             ON CONFLICT (what) DO UPDATE SET value = value + excluded.value",
        )?;
        for (what, count) in &self.tally {
            update.execute(params![what, count])?;
        }
        Ok(())
    }
}

/// Whether a report and its analysis fit the tables, and each other.
fn can_be_kept(report: &Report, analysis: &Analysis) -> std::result::Result<(), String> {
    if report.text.len() > LONGEST_TEXT {
        return Err(format!("its text has {} bytes; at most a gigabyte fits", report.text.len()));
    }
    let lists = [
        ("pieces that are not text", report.not_text.len()),
        ("sentences", analysis.sentences.len()),
        ("actors", analysis.actors.len()),
        ("statements", analysis.statements.len()),
        ("time expressions", analysis.times.len()),
        ("figures", analysis.quantities.len()),
        ("warnings", analysis.warnings.len()),
    ];
    if let Some((what, count)) = lists.into_iter().find(|&(_, n)| n as i64 >= PER_REPORT - 1) {
        return Err(format!("it has {count} {what}; at most {} fit", PER_REPORT - 2));
    }
    if !analysis.actors.iter().map(|actor| actor.id.0).eq(1..=analysis.actors.len() as u32) {
        return Err("its actors are not numbered from 1".to_owned());
    }
    if !analysis.statements.iter().map(|s| s.id.0).eq(1..=analysis.statements.len() as u32) {
        return Err("its statements are not numbered from 1".to_owned());
    }
    let said = analysis.statements.iter();
    let mut spans = report
        .headline
        .into_iter()
        .chain(report.byline.as_ref().and_then(|byline| byline.span))
        .chain(report.dateline.as_ref().map(|line| line.span))
        .chain(report.not_text.iter().map(|piece| piece.span))
        .chain(analysis.sentences.iter().map(|sentence| sentence.span))
        .chain(analysis.actors.iter().flat_map(|actor| actor.mentions.iter().copied()))
        .chain(said.flat_map(|s| s.source.iter().chain(&s.cue).chain(&s.content).copied()))
        .chain(analysis.times.iter().map(|time| time.span))
        .chain(analysis.quantities.iter().map(|figure| figure.span))
        .chain(analysis.quantities.iter().filter_map(|figure| figure.counted_span))
        .chain(analysis.warnings.iter().map(|warning| warning.span));
    match spans.find(|span| report.text.get(span.range()).is_none()) {
        Some(span) => Err(format!("bytes {} to {} are not of its text", span.start, span.end)),
        None => Ok(()),
    }
}
