//! Findings: what the comparisons show, kept family by family and given back worst first.
//!
//! ```text
//! replace_findings("figures", family, findings)   in place of what its items showed before
//! findings(&[FindingKind::QuoteAltered], 20, 0)   each with the words it rests on
//! ```
//!
//! Not handled: whether a finding is right; that is its confidence, as measured elsewhere.

use crate::comparing::{Place, comparison_id, ids, item_id, report_id};
use crate::error::{At, Cause, Result};
use crate::people;
use crate::put::Batch;
use crate::rows::{odd, published, word};
use crate::{Ledger, Top};
use onrecord_model::{CodePoints, Date, Finding, FindingKind, Span};
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params, params_from_iter};
use std::collections::BTreeSet;

type Outcome<T> = std::result::Result<T, Cause>;

/// A finding, with the words it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredFinding {
    /// The comparison that made it.
    pub comparison: String,
    /// As it was put in.
    pub finding: Finding,
    /// For each piece of its evidence, where and what it is.
    pub evidence: Vec<StoredEvidence>,
}

/// Words on which a finding rests, found in their report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEvidence {
    /// The report's name in the record.
    pub report: String,
    /// The file it came from.
    pub source_file: String,
    /// Which report of that file.
    pub part: u32,
    /// Code points of the file before the report.
    pub starts_at: u32,
    /// The report's outlet.
    pub outlet: Option<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// In the report's text, in bytes.
    pub span: Span,
    /// The same in code points.
    pub code_points: [u32; 2],
    /// The words.
    pub text: String,
    /// The part it plays.
    pub role: String,
}

/// Kinds of finding, worst first: what was changed, then what differs, then what may mislead, then
/// what goes together. A quotation with two speakers stands behind changed words and figures: it
/// rests on the resolving of speakers, which errs more often than words do.
const WORST_FIRST: [FindingKind; 14] = [
    FindingKind::QuoteAltered,
    FindingKind::FigureDiffers,
    FindingKind::QuoteSpeaker,
    FindingKind::DateDiffers,
    FindingKind::Headline,
    FindingKind::SpeakerDoubt,
    FindingKind::SingleOrigin,
    FindingKind::QuoteRendered,
    FindingKind::QuoteTrimmed,
    FindingKind::Copy,
    FindingKind::NameVariant,
    FindingKind::Apart,
    FindingKind::Position,
    FindingKind::Story,
];

/// Kinds from this weight on are no differences between reports ([`FindingKind::is_difference`]):
/// they are given where they are asked for by name.
pub(crate) const NO_DIFFERENCE: i64 = WORST_FIRST.len() as i64 - 1;

fn weight(kind: FindingKind) -> i64 {
    let place = WORST_FIRST.iter().position(|&worst| worst == kind);
    1 + place.unwrap_or(WORST_FIRST.len()) as i64
}

/// The weights of these kinds; of all that differ, if none is named.
fn weights(kinds: &[FindingKind]) -> Vec<i64> {
    match kinds {
        [] => (1..NO_DIFFERENCE).collect(),
        kinds => kinds.iter().map(|&kind| weight(kind)).collect(),
    }
}

/// Findings, worst first, loaded one at a time.
#[derive(Debug)]
pub struct Findings<'l> {
    ledger: &'l Ledger,
    ids: std::vec::IntoIter<i64>,
}

impl Iterator for Findings<'_> {
    type Item = Result<StoredFinding>;

    fn next(&mut self) -> Option<Self::Item> {
        let id = self.ids.next()?;
        let load = || {
            self.ledger
                .conn
                .prepare_cached(
                    "SELECT f.id, c.name, f.kind, f.reading, f.confidence, f.detail
                     FROM findings f JOIN comparisons c ON c.id = f.comparison WHERE f.id = ?",
                )?
                .query_row([id], |row| stored_finding(&self.ledger.conn, row, None))
        };
        Some(load().at(&self.ledger.path, "read"))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.ids.size_hint()
    }
}

impl ExactSizeIterator for Findings<'_> {}

impl Ledger {
    /// All findings of these kinds (all that differ, if none is named), worst first, however many
    /// there are: only their numbers are held.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn all_findings(&self, kinds: &[FindingKind]) -> Result<Findings<'_>> {
        let ids = || {
            let weights = weights(kinds);
            self.conn
                .prepare(&format!(
                    "SELECT id FROM findings WHERE weight IN ({})
                     ORDER BY weight, confidence DESC, reading, id",
                    vec!["?"; weights.len()].join(",")
                ))?
                .query_map(params_from_iter(&weights), |row| row.get(0))?
                .collect::<rusqlite::Result<Vec<i64>>>()
        };
        Ok(Findings { ledger: self, ids: ids().at(&self.path, "read")?.into_iter() })
    }

    /// Findings of these kinds (all that differ, if none is named), worst first.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn findings(
        &self,
        kinds: &[FindingKind],
        limit: usize,
        offset: usize,
    ) -> Result<Top<StoredFinding>> {
        let findings = || {
            let weights = weights(kinds);
            let marks = vec!["?"; weights.len()].join(",");
            let total: i64 = self
                .conn
                .prepare(&format!("SELECT count(*) FROM findings WHERE weight IN ({marks})"))?
                .query_row(params_from_iter(&weights), |row| row.get(0))?;
            let mut statement = self.conn.prepare(&format!(
                "SELECT f.id, c.name, f.kind, f.reading, f.confidence, f.detail
                 FROM findings f JOIN comparisons c ON c.id = f.comparison
                 WHERE f.weight IN ({marks})
                 ORDER BY f.weight, f.confidence DESC, f.reading, f.id
                 LIMIT {limit} OFFSET {offset}",
                limit = limit.min(i64::MAX as usize),
                offset = offset.min(i64::MAX as usize),
            ))?;
            let mut rows = statement.query(params_from_iter(&weights))?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(stored_finding(&self.conn, row, None)?);
            }
            Ok::<_, Cause>(Top { rows: found, total: total as usize })
        };
        findings().at(&self.path, "read")
    }

    /// How many findings of each kind that differs there are, worst first.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn finding_counts(&self) -> Result<Vec<(FindingKind, usize)>> {
        let counts = || {
            self.conn
                .prepare_cached(
                    "SELECT kind, count(*) FROM findings WHERE weight < ? GROUP BY weight, kind",
                )?
                .query_map([NO_DIFFERENCE], |row| {
                    Ok((word(row.get_ref(0)?.as_str()?)?, row.get::<_, i64>(1)? as usize))
                })?
                .collect::<rusqlite::Result<_>>()
        };
        counts().at(&self.path, "read")
    }
}

impl Ledger {
    /// Stories, those of most reports first, then the earliest; each with at most `evidence` of its
    /// reports.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn stories(
        &self,
        evidence: Option<usize>,
        limit: usize,
        offset: usize,
    ) -> Result<Top<StoredFinding>> {
        let stories = || {
            let story = weight(FindingKind::Story);
            let total: i64 = self
                .conn
                .prepare_cached("SELECT count(*) FROM findings WHERE weight = ?")?
                .query_row([story], |row| row.get(0))?;
            let mut statement = self.conn.prepare_cached(
                "SELECT f.id, c.name, f.kind, f.reading, f.confidence, f.detail
                 FROM findings f JOIN comparisons c ON c.id = f.comparison WHERE f.weight = ?
                 ORDER BY json_extract(f.detail, '$.reports') DESC,
                     json_extract(f.detail, '$.from'), f.reading, f.id LIMIT ? OFFSET ?",
            )?;
            let [limit, offset] = [limit, offset].map(|n| n.min(i64::MAX as usize) as i64);
            let mut rows = statement.query([story, limit, offset])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(stored_finding(&self.conn, row, evidence)?);
            }
            Ok::<_, Cause>(Top { rows: found, total: total as usize })
        };
        stories().at(&self.path, "read")
    }

    /// The positions of one speaker, under all their names: those with most statements first.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn positions_of(
        &self,
        name: &str,
        kind: onrecord_model::ActorType,
        limit: usize,
    ) -> Result<Top<StoredFinding>> {
        let positions = || {
            let names = self.names_of(name, kind)?;
            let spoken = "FROM findings f WHERE f.kind = 'position' AND
                json_extract(f.detail, '$.speaker') IN
                    (SELECT name FROM names WHERE id IN (SELECT value FROM json_each(?)))";
            let total: i64 = self
                .conn
                .prepare_cached(&format!("SELECT count(*) {spoken}"))?
                .query_row([&names], |row| row.get(0))?;
            let mut statement = self.conn.prepare_cached(&format!(
                "SELECT f.id, 'positions', f.kind, f.reading, f.confidence, f.detail {spoken}
                 ORDER BY json_array_length(f.detail, '$.statements') DESC, f.reading, f.id LIMIT ?"
            ))?;
            let mut rows = statement.query(params![names, limit.min(i64::MAX as usize) as i64])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(stored_finding(&self.conn, row, None)?);
            }
            Ok::<_, Cause>(Top { rows: found, total: total as usize })
        };
        positions().at(&self.path, "read")
    }
}

/// Which findings to give back; by default all that differ.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Of these kinds; of all that differ, if none is named.
    pub kinds: Vec<FindingKind>,
    /// That rest on words of this report.
    pub report: Option<String>,
    /// That rest on words of a report of this outlet.
    pub outlet: Option<String>,
    /// That rest on words that begin and end here, in code points of the report's text.
    pub at: Option<[u32; 2]>,
    /// With so many pieces of evidence each at most: a name may be spelled apart in hundreds of
    /// places.
    pub evidence: Option<usize>,
}

impl Ledger {
    /// Findings that are asked for, worst first.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn findings_of(
        &self,
        wanted: &Wanted,
        limit: usize,
        offset: usize,
    ) -> Result<Top<StoredFinding>> {
        let findings = || {
            let mut conditions = format!("f.weight < {NO_DIFFERENCE}");
            let mut values: Vec<Value> = Vec::new();
            if !wanted.kinds.is_empty() {
                let weights: Vec<String> =
                    wanted.kinds.iter().map(|&kind| weight(kind).to_string()).collect();
                conditions = format!("f.weight IN ({})", weights.join(","));
            }
            if let Some(report) = &wanted.report {
                conditions.push_str(
                    " AND f.id IN (SELECT finding FROM evidence
                      WHERE report = (SELECT id FROM reports WHERE name = ?)",
                );
                values.push(Value::Text(report.clone()));
                if let Some([start, end]) = wanted.at {
                    conditions.push_str(" AND start_at = ? AND end_at = ?");
                    values.extend([start, end].map(|at| Value::Integer(at.into())));
                }
                conditions.push(')');
            }
            if let Some(outlet) = &wanted.outlet {
                conditions.push_str(
                    " AND EXISTS (SELECT 1 FROM evidence e JOIN reports r ON r.id = e.report
                      WHERE e.finding = f.id AND r.outlet = ?)",
                );
                values.push(Value::Text(outlet.clone()));
            }
            let total: i64 = self
                .conn
                .prepare_cached(&format!("SELECT count(*) FROM findings f WHERE {conditions}"))?
                .query_row(params_from_iter(&values), |row| row.get(0))?;
            values.extend([limit, offset].map(|n| Value::Integer(n.min(i64::MAX as usize) as i64)));
            let mut statement = self.conn.prepare_cached(&format!(
                "SELECT f.id, c.name, f.kind, f.reading, f.confidence, f.detail
                 FROM findings f JOIN comparisons c ON c.id = f.comparison WHERE {conditions}
                 ORDER BY f.weight, f.confidence DESC, f.reading, f.id LIMIT ? OFFSET ?"
            ))?;
            let mut rows = statement.query(params_from_iter(&values))?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                found.push(stored_finding(&self.conn, row, wanted.evidence)?);
            }
            Ok::<_, Cause>(Top { rows: found, total: total as usize })
        };
        findings().at(&self.path, "read")
    }
}

impl Batch<'_> {
    /// Keeps what a family shows in place of what its items showed before; its items are touched
    /// no more. An empty family does nothing.
    ///
    /// # Errors
    /// [`Cause::UnknownItem`], [`Cause::UnknownReport`] (of evidence), or if the record cannot be
    /// written.
    pub fn replace_findings(
        &mut self,
        comparison: &str,
        family: &[Place],
        findings: &[Finding],
    ) -> Result<()> {
        self.write(|batch| {
            let Some(comparison_id) = comparison_id(&batch.ledger.conn, comparison)? else {
                return Ok(());
            };
            let mut members = BTreeSet::new();
            for place in family {
                members.insert(item_id(&batch.ledger.conn, comparison, place)?);
            }
            let Some(&anchor) = members.first() else { return Ok(()) };
            let mut settle = batch
                .ledger
                .conn
                .prepare_cached("DELETE FROM touched WHERE comparison = ? AND item = ?")?;
            for &item in &members {
                settle.execute([comparison_id, item])?;
            }
            drop(settle);
            for &item in &members {
                batch.touched.remove(&(comparison_id, item));
                drop_findings(
                    &batch.ledger.conn,
                    "SELECT id FROM findings WHERE anchor = ?",
                    item,
                )?;
            }
            for finding in findings {
                insert_finding(&batch.ledger.conn, comparison_id, anchor, finding)?;
            }
            Ok(())
        })
    }
}

pub(crate) fn drop_findings(conn: &Connection, which: &str, of: i64) -> rusqlite::Result<()> {
    for finding in ids(conn, which, [of])? {
        conn.prepare_cached("DELETE FROM evidence WHERE finding = ?")?.execute([finding])?;
        people::drop_spellings(conn, finding)?;
        conn.prepare_cached("DELETE FROM findings WHERE id = ?")?.execute([finding])?;
    }
    Ok(())
}

fn insert_finding(
    conn: &Connection,
    comparison: i64,
    anchor: i64,
    finding: &Finding,
) -> Outcome<()> {
    conn.prepare_cached(
        "INSERT INTO findings (comparison, anchor, kind, weight, reading, confidence, detail)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        comparison,
        anchor,
        finding.kind.as_str(),
        weight(finding.kind),
        finding.reading,
        finding.confidence,
        serde_json::to_string(&finding.detail).expect("a JSON object is always JSON"),
    ])?;
    let id = conn.last_insert_rowid();
    if finding.kind == FindingKind::NameVariant {
        people::put_spellings(conn, id, &people::spelled(&finding.detail))?;
    }
    let mut insert = conn.prepare_cached(
        "INSERT INTO evidence (finding, number, report, start_at, end_at, role)
         VALUES (?, ?, ?, ?, ?, ?)",
    )?;
    // Evidence of one report often stands together: its text is read once.
    let mut at: Option<(&str, i64, String)> = None;
    for (number, evidence) in (0i64..).zip(&finding.evidence) {
        let (_, report, text) = match at.take() {
            Some(at) if at.0 == evidence.report => at,
            _ => {
                let report = report_id(conn, &evidence.report)?;
                let text = report_text(conn, report)?;
                (&*evidence.report, report, text)
            }
        };
        let [start, end] = CodePoints::new(&text).span(evidence.span);
        insert.execute(params![id, number, report, start, end, evidence.role])?;
        at = Some((&evidence.report, report, text));
    }
    Ok(())
}

/// The text of report number `id`.
pub(crate) fn report_text(conn: &Connection, id: i64) -> rusqlite::Result<String> {
    conn.prepare_cached("SELECT text FROM reports WHERE id = ?")?.query_row([id], |row| row.get(0))
}

fn stored_finding(
    conn: &Connection,
    row: &Row<'_>,
    most: Option<usize>,
) -> rusqlite::Result<StoredFinding> {
    let mut load = conn.prepare_cached(
        "SELECT r.name, r.source_file, r.part, r.starts_at, r.outlet, r.published, e.start_at,
             e.end_at, r.text, e.role
         FROM evidence e JOIN reports r ON r.id = e.report WHERE e.finding = ? ORDER BY e.number LIMIT ?",
    )?;
    let evidence: Vec<StoredEvidence> = load
        .query_map([row.get(0)?, most.map_or(-1, |most| most as i64)], |row| {
            let text = row.get_ref(8)?.as_str()?;
            let code_points = [row.get(6)?, row.get(7)?];
            let span = CodePoints::new(text).bytes(code_points);
            Ok(StoredEvidence {
                report: row.get(0)?,
                source_file: row.get(1)?,
                part: row.get(2)?,
                starts_at: row.get(3)?,
                outlet: row.get(4)?,
                published: published(row, 5)?,
                span,
                code_points,
                text: span.of(text).to_owned(),
                role: row.get(9)?,
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    let finding = Finding {
        kind: word(row.get_ref(2)?.as_str()?)?,
        reading: row.get(3)?,
        confidence: row.get(4)?,
        evidence: evidence
            .iter()
            .map(|evidence| onrecord_model::Evidence {
                report: evidence.report.clone(),
                span: evidence.span,
                role: evidence.role.clone(),
            })
            .collect(),
        detail: serde_json::from_str(row.get_ref(5)?.as_str()?).map_err(odd)?,
    };
    Ok(StoredFinding { comparison: row.get(1)?, finding, evidence })
}
