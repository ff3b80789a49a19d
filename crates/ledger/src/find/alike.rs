//! Sentences that have words in common with a quotation.
//!
//! ```text
//! "a fair offer for the quay", ["quay", "offer", "fair"]   →   004, sentence 12; 007, sentence 3; …
//! ```
//!
//! The phrase first, then all the words, then any of them; best first by BM25. Not handled: a phrase
//! that runs over the end of a sentence is found by its words only.

use crate::Ledger;
use crate::error::{At, Result};
use crate::rows::PER_REPORT;
use rusqlite::params;
use std::collections::BTreeMap;

/// A sentence of a report's newest revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alike {
    /// The report's name in the record.
    pub report: String,
    /// Which sentence, from 0.
    pub sentence: usize,
}

impl Ledger {
    /// At most `limit` sentences that hold `phrase`, then all `words`, then some of them, best first.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn sentences_with(
        &self,
        phrase: &str,
        words: &[String],
        limit: usize,
    ) -> Result<Vec<Alike>> {
        let found = || {
            let quoted = |words: &str| format!("\"{}\"", words.replace('"', " "));
            let each: Vec<String> = words.iter().map(|word| quoted(word)).collect();
            let mut questions = vec![quoted(phrase), each.join(" AND "), each.join(" OR ")];
            questions.retain(|question| question.contains(char::is_alphanumeric));
            questions.dedup();
            let mut ids: Vec<i64> = Vec::new();
            let mut search = self.conn.prepare_cached(
                "SELECT rowid FROM sentence_search WHERE sentence_search MATCH ?
                 ORDER BY rank, rowid LIMIT ?",
            )?;
            for question in questions {
                if ids.len() >= limit {
                    break;
                }
                let mut rows = search.query(params![question, limit as i64])?;
                while let Some(row) = rows.next()? {
                    let id = row.get(0)?;
                    if !ids.contains(&id) {
                        ids.push(id);
                    }
                }
            }
            ids.truncate(limit);
            let mut names: BTreeMap<i64, String> = BTreeMap::new();
            let mut name = self.conn.prepare_cached("SELECT name FROM reports WHERE id = ?")?;
            let mut alike = Vec::new();
            for id in ids {
                let report = id / PER_REPORT;
                if let std::collections::btree_map::Entry::Vacant(new) = names.entry(report) {
                    new.insert(name.query_row([report], |row| row.get(0))?);
                }
                let report = names[&report].clone();
                alike.push(Alike { report, sentence: (id % PER_REPORT) as usize });
            }
            Ok::<_, crate::Cause>(alike)
        };
        found().at(&self.path, "search")
    }
}
