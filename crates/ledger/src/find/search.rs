//! Statements and sentences that answer a [`Query`], best first, with the words that match.
//!
//! ```text
//! find("strike")              statements whose content has it, then other sentences that do
//! find("speaker:Roe strike")  statements alone: a sentence has no speaker
//! ```
//!
//! With words, hits come by rank (BM25); without, in order of day. A statement's day is the day it
//! was said where the report gives it, else the report's. Older revisions are not searched.

use super::by_speaker::spoken;
use super::query::{Kind, Query, What, Words};
use crate::Ledger;
use crate::error::{At, Cause, Result};
use crate::get::{self, STATEMENT, STATEMENT_TABLES};
use crate::insert::{content_words, whole};
use crate::rows::{PER_REPORT, published};
use onrecord_model::{CodePoints, Date, Span, Statement};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};
use rustc_hash::FxHashSet;

pub(super) type Outcome<T> = std::result::Result<T, Cause>;

/// The hits of a query, or a page of them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Found {
    /// How many there are in all.
    pub total: usize,
    /// Those asked for, best first.
    pub hits: Vec<Hit>,
    /// Whether there are more than were looked at: then `total` counts those looked at.
    pub is_cut: bool,
}

/// A statement or a sentence that answers a query. Spans are of its report's text, in bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The report's name in the record.
    pub report: String,
    /// Its outlet.
    pub outlet: Option<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// The statement from its first word to its last, or the sentence.
    pub span: Span,
    /// The same in code points, as a pointer has it.
    pub code_points: [u32; 2],
    /// The sentence, or the sentences, that it stands in.
    pub sentence: Span,
    /// Their words.
    pub sentence_text: String,
    /// The words that match, in order.
    pub highlights: Vec<Span>,
    /// The statement; none if the hit is a sentence.
    pub statement: Option<Statement>,
    /// Less is better; 0 without words to rank by.
    pub rank: f64,
    /// What the search knows of it.
    looked_at: String,
    /// Where that stands, its pieces parted by one byte.
    pieces: Vec<Span>,
}

/// What is looked for in which table.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Target {
    kind: Kind,
    table: &'static str,
    search: &'static str,
}

pub(super) const STATEMENTS: Target =
    Target { kind: Kind::Statement, table: "statements", search: "statement_search" };
const SENTENCES: Target =
    Target { kind: Kind::Sentence, table: "sentences", search: "sentence_search" };

/// A hit before its words are fetched.
pub(super) struct Match {
    pub(super) target: Target,
    pub(super) id: i64,
    pub(super) rank: f64,
}

impl Ledger {
    /// Statements and sentences that answer a query: `limit` of them from `offset` on.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn find(&self, query: &Query, limit: usize, offset: usize) -> Result<Found> {
        self.find_among(query, usize::MAX, limit, offset)
    }

    /// The same, looking at `most` matches of either kind at most: those read in last. Where words
    /// are so common, they do not rank.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn find_among(
        &self,
        query: &Query,
        most: usize,
        limit: usize,
        offset: usize,
    ) -> Result<Found> {
        let found = || -> Outcome<Found> {
            let has = |test: fn(&What) -> bool| query.terms().any(|term| test(&term.what));
            let is_said =
                has(|what| matches!(what, What::Speaker(_) | What::Mode(_) | What::Act(_)));
            let (mut matches, mut is_cut) = self.matches(query, STATEMENTS, most, true)?;
            if !is_said {
                let shown = self.sentences_of(&matches)?;
                // What comes after the page is counted only: to rank it takes the longer.
                let is_ranked = offset.saturating_add(limit) > matches.len();
                let (sentences, are_cut) = self.matches(query, SENTENCES, most, is_ranked)?;
                is_cut |= are_cut;
                matches.extend(sentences.into_iter().filter(|hit| !shown.contains(&hit.id)));
            }
            let total = matches.len();
            let page = matches.into_iter().skip(offset).take(limit);
            let words = query.fts();
            let mut hits = Vec::new();
            for hit in page {
                hits.extend(self.hit(&hit)?);
            }
            if let Some(words) = words {
                self.highlight(&mut hits, &words)?;
            }
            Ok(Found { total, hits, is_cut })
        };
        found().at(&self.path, "search")
    }

    /// All that match, best first if they are to be ranked; of more than `most` those read in last,
    /// the latest first, and whether there are more.
    fn matches(
        &self,
        query: &Query,
        target: Target,
        most: usize,
        is_ranked: bool,
    ) -> Outcome<(Vec<Match>, bool)> {
        let words = query.fts();
        if words.is_none()
            && target == STATEMENTS
            && let Some(speaker) = query.groups.iter().position(|group| spoken(group).is_some())
        {
            return self.matches_said(query, speaker, most);
        }
        let Target { table, search, .. } = target;
        let is_unranked = match &words {
            _ if !is_ranked => true,
            Some(words) if most < usize::MAX => {
                let sql =
                    format!("SELECT rowid FROM {search} WHERE {search} MATCH ? LIMIT 1 OFFSET ?");
                let mut statement = self.conn.prepare_cached(&sql)?;
                statement.exists(params![words, most as i64])?
            }
            _ => false,
        };
        let mut values: Vec<Value> = Vec::new();
        let mut conditions = String::new();
        for group in query.groups.iter().filter(|group| !is_words(group, words.is_some())) {
            conditions.push_str(&any_of(group, target, &mut values));
        }
        let day = day_of(target);
        // The search knows the newest revisions alone, so that words need no look at the reports.
        let sql = match (&words, conditions.is_empty()) {
            (Some(_), true) => {
                let rank = if is_unranked { "0.0" } else { "rank" };
                format!("SELECT rowid, {rank}, NULL FROM {search} f WHERE {search} MATCH ?")
            }
            (Some(_), false) => format!(
                "SELECT s.id, {rank}, {day} FROM {search} f CROSS JOIN {table} s ON s.id = f.rowid
                 CROSS JOIN reports r ON r.id = s.id / 1000000 WHERE f.{search} MATCH ?{conditions}",
                rank = if is_unranked { "0.0" } else { "f.rank" },
            ),
            (None, _) => format!(
                "SELECT s.id, 0.0, {day} FROM {table} s
                 JOIN reports r ON r.id = s.id / 1000000
                     AND s.id BETWEEN r.id * 1000000 AND r.id * 1000000 + 999999
                 WHERE r.superseded_by IS NULL{conditions}"
            ),
        };
        let mut sql = sql;
        match (&words, most) {
            (_, usize::MAX) => {}
            (Some(_), _) => sql.push_str(&format!(" ORDER BY f.rowid DESC LIMIT {}", most + 1)),
            (None, _) => sql.push_str(&format!(" ORDER BY s.id DESC LIMIT {}", most + 1)),
        }
        if let Some(words) = words {
            values.insert(0, Value::Text(words));
        }
        let mut statement = self.conn.prepare(&sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        let mut found: Vec<(f64, Option<String>, i64)> = Vec::new();
        while let Some(row) = rows.next()? {
            found.push((row.get(1)?, row.get(2)?, row.get(0)?));
        }
        let is_cut = found.len() > most;
        found.truncate(most);
        if !is_cut {
            found.sort_by(|x, y| {
                x.0.total_cmp(&y.0)
                    .then_with(|| (x.1.is_none(), &x.1, x.2).cmp(&(y.1.is_none(), &y.1, y.2)))
            });
        }
        Ok((found.into_iter().map(|(rank, _, id)| Match { target, id, rank }).collect(), is_cut))
    }

    /// Ids of the sentences in which these statements stand.
    fn sentences_of(&self, statements: &[Match]) -> Outcome<FxHashSet<i64>> {
        let mut sentences = FxHashSet::default();
        let mut load = self
            .conn
            .prepare_cached("SELECT sentence, last_sentence FROM statements WHERE id = ?")?;
        for hit in statements {
            let (first, last): (Option<i64>, Option<i64>) =
                load.query_row([hit.id], |row| Ok((row.get(0)?, row.get(1)?)))?;
            if let Some(first) = first.or(last) {
                let report = hit.id / PER_REPORT * PER_REPORT;
                let last = last.unwrap_or(first);
                sentences.extend((first..=last).map(|number| report + number));
            }
        }
        Ok(sentences)
    }

    /// A hit with its words. None if another process replaced the report in the meantime.
    pub(super) fn hit(&self, hit: &Match) -> Outcome<Option<Hit>> {
        let report = hit.id / PER_REPORT;
        let head = self
            .conn
            .prepare_cached("SELECT name, outlet, published, text FROM reports WHERE id = ?")?
            .query_row([report], |row| {
                Ok((row.get(0)?, row.get(1)?, published(row, 2)?, row.get::<_, String>(3)?))
            })
            .optional()?;
        let Some((name, outlet, published, text)) = head else { return Ok(None) };
        let points = CodePoints::new(&text);
        let sentences = |first: i64, last: i64| -> rusqlite::Result<Option<Span>> {
            let mut load = self.conn.prepare_cached(
                "SELECT min(start_at), max(end_at) FROM sentences WHERE id BETWEEN ? AND ?",
            )?;
            load.query_row([report * PER_REPORT + first, report * PER_REPORT + last], |row| match (
                row.get(0)?,
                row.get(1)?,
            ) {
                (Some(start), Some(end)) => Ok(Some(points.bytes([start, end]))),
                _ => Ok(None),
            })
        };
        let (span, sentence, statement) = match hit.target.kind {
            Kind::Sentence => {
                let number = hit.id % PER_REPORT;
                let Some(span) = sentences(number, number)? else { return Ok(None) };
                (span, span, None)
            }
            Kind::Statement => {
                let row = self
                    .conn
                    .prepare_cached(&format!(
                        "SELECT {STATEMENT}, s.sentence, s.last_sentence FROM {STATEMENT_TABLES}
                         WHERE s.id = ?"
                    ))?
                    .query_row([hit.id], |row| {
                        let said = get::statement(row, &points)?;
                        Ok((said, row.get::<_, Option<i64>>(17)?, row.get::<_, Option<i64>>(18)?))
                    })
                    .optional()?;
                let Some((said, first, last)) = row else { return Ok(None) };
                let span = whole(&said).unwrap_or(Span::new(0, 0));
                let sentence = match first.or(last) {
                    Some(first) => sentences(first, last.unwrap_or(first))?,
                    None => None,
                };
                (span, sentence.map_or(span, |sentence| sentence.join(span)), Some(said))
            }
        };
        let pieces = match &statement {
            Some(said) => said.content.clone(),
            None => vec![span],
        };
        let looked_at = match &statement {
            Some(said) => content_words(said, &text),
            None => span.of(&text).to_owned(),
        };
        Ok(Some(Hit {
            report: name,
            outlet,
            published,
            span,
            code_points: points.span(span),
            sentence,
            sentence_text: sentence.of(&text).to_owned(),
            highlights: Vec::new(),
            statement,
            rank: hit.rank,
            looked_at,
            pieces,
        }))
    }

    /// Finds the words of hits that match. They are searched once more, in memory: to find each
    /// again among all that have its words takes the longer.
    fn highlight(&self, hits: &mut [Hit], words: &str) -> Outcome<()> {
        let few = Connection::open_in_memory()?;
        few.execute_batch(&format!(
            "CREATE VIRTUAL TABLE few USING fts5 (words, {TOKENS}); BEGIN"
        ))?;
        let mut insert = few.prepare("INSERT INTO few (rowid, words) VALUES (?, ?)")?;
        for (row, hit) in (1i64..).zip(&*hits) {
            insert.execute(params![row, hit.looked_at])?;
        }
        let mut marked = few.prepare(
            "SELECT rowid, highlight(few, 0, ?, ?) FROM few WHERE few MATCH ? ORDER BY rowid",
        )?;
        let mut rows = marked.query(params![OPEN.to_string(), CLOSE.to_string(), words])?;
        while let Some(row) = rows.next()? {
            let number = row.get::<_, i64>(0)? as usize;
            let Some(hit) = number.checked_sub(1).and_then(|number| hits.get_mut(number)) else {
                continue;
            };
            let mut spans = Vec::new();
            for (start, end) in marks(&hit.looked_at, &row.get::<_, String>(1)?) {
                let mut before = 0;
                for piece in &hit.pieces {
                    let (from, to) = (start.max(before), end.min(before + piece.len()));
                    if from < to {
                        let at = piece.start as usize;
                        spans.push(Span::new(at + from - before, at + to - before));
                    }
                    before += piece.len() + 1;
                }
            }
            spans.sort();
            hit.highlights = spans;
        }
        Ok(())
    }
}

/// How `schema.sql` has words searched.
const TOKENS: &str = "tokenize = 'porter unicode61 remove_diacritics 2'";

/// Characters that no text has: Unicode keeps them for programs' own use.
const OPEN: char = '\u{fdd0}';
const CLOSE: char = '\u{fdd1}';

/// The stretches of `words` that `marked`, a copy with marks put in, has between its marks.
fn marks(words: &str, marked: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut open = None;
    let mut at = words.char_indices().peekable();
    for mark in marked.chars() {
        let here = at.peek().map_or(words.len(), |&(offset, _)| offset);
        match (at.peek(), mark) {
            (Some(&(_, c)), mark) if c == mark => {
                at.next();
            }
            (_, OPEN) => open = Some(here),
            (_, CLOSE) => found.extend(open.take().map(|start| (start, here))),
            _ => break,
        }
    }
    found
}

/// Whether the words of a group all stand in the question to the search index.
fn is_words(group: &[super::query::Term], has_words: bool) -> bool {
    match group {
        [term] if term.is_negated => has_words && matches!(term.what, What::Words(_)),
        group => group.iter().all(|term| !term.is_negated && matches!(term.what, What::Words(_))),
    }
}

/// A group as SQL that follows other conditions.
pub(super) fn any_of(
    group: &[super::query::Term],
    target: Target,
    values: &mut Vec<Value>,
) -> String {
    let terms: Vec<String> = group
        .iter()
        .map(|term| {
            let holds = condition(&term.what, target, values);
            if term.is_negated { format!("NOT coalesce({holds}, 0)") } else { holds }
        })
        .collect();
    format!(" AND ({})", terms.join(" OR "))
}

/// The names of whoever is asked for: those under which they are listed, too.
pub(super) fn names_asked(ask: &str) -> String {
    format!(
        "WITH asked AS (SELECT coalesce(n.listed_as, n.id) AS id FROM names n WHERE n.id IN
             (SELECT rowid FROM name_search WHERE name_search MATCH {ask}))
         SELECT id FROM asked
         UNION SELECT m.id FROM asked JOIN names m ON m.listed_as = asked.id"
    )
}

impl Query {
    fn terms(&self) -> impl Iterator<Item = &super::query::Term> {
        self.groups.iter().flatten()
    }

    /// Its words as a question to the search index; none if there are only fields.
    fn fts(&self) -> Option<String> {
        let (mut with, mut without) = (Vec::new(), Vec::new());
        for group in self.groups.iter().filter(|group| is_words(group, true)) {
            let words = group.iter().filter_map(|term| match &term.what {
                What::Words(words) => Some(words.fts()),
                _ => None,
            });
            let words = words.collect::<Vec<_>>().join(" OR ");
            if group[0].is_negated { without.push(words) } else { with.push(format!("({words})")) }
        }
        match (with.is_empty(), without.is_empty()) {
            (true, _) => None,
            (_, true) => Some(with.join(" AND ")),
            _ => Some(format!("({}) NOT ({})", with.join(" AND "), without.join(" OR "))),
        }
    }
}

/// The day a hit belongs to.
pub(super) fn day_of(target: Target) -> &'static str {
    match target.kind {
        Kind::Sentence => "r.published",
        Kind::Statement => {
            "CASE WHEN s.said_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*' \
             THEN substr(s.said_on, 1, 10) ELSE r.published END"
        }
    }
}

/// One term as SQL, on the row `s` of the target and its report `r`.
fn condition(what: &What, target: Target, values: &mut Vec<Value>) -> String {
    let mut ask = |value: &str| {
        values.push(Value::Text(value.to_owned()));
        "?"
    };
    let named = |words: &Words| words.fts();
    let day = day_of(target);
    match (what, target.kind) {
        (What::Words(words), _) => {
            let search = target.search;
            let ask = ask(&words.fts());
            format!("s.id IN (SELECT rowid FROM {search} WHERE {search} MATCH {ask})")
        }
        (What::Speaker(words), Kind::Statement) => {
            let ask = ask(&named(words));
            // Whoever is asked for is found under all their names.
            format!("s.speaker IN ({})", names_asked(ask))
        }
        (What::Mode(mode), Kind::Statement) => format!("s.mode = {}", ask(mode.as_str())),
        (What::Act(act), Kind::Statement) => format!("s.act = {}", ask(act.as_str())),
        (What::Speaker(_) | What::Mode(_) | What::Act(_), Kind::Sentence) => "0".to_owned(),
        (What::Outlet(words), _) => {
            let ask = ask(&named(words));
            format!(
                "r.outlet IN (SELECT n.name FROM name_search f JOIN names n ON n.id = f.rowid
                 WHERE f.name_search MATCH {ask} AND n.type = 'outlet')"
            )
        }
        (What::About(words), kind) => {
            let search = target.search;
            let (named, written) = (named(words), words.fts());
            let (first, second) = (ask(&named).to_owned(), ask(&written));
            let within = match kind {
                Kind::Sentence => {
                    "json_extract(m.value, '$[0]') >= s.start_at \
                     AND json_extract(m.value, '$[1]') <= s.end_at"
                }
                Kind::Statement => {
                    "EXISTS (SELECT 1 FROM json_each(s.content) c \
                     WHERE json_extract(m.value, '$[0]') >= json_extract(c.value, '$[0]') \
                     AND json_extract(m.value, '$[1]') <= json_extract(c.value, '$[1]'))"
                }
            };
            format!(
                "(EXISTS (SELECT 1 FROM actors a, json_each(a.mentions) m
                  WHERE a.id BETWEEN r.id * 1000000 AND r.id * 1000000 + 999999
                    AND a.name IN (SELECT rowid FROM name_search WHERE name_search MATCH {first})
                    AND {within})
                 OR s.id IN (SELECT rowid FROM {search} WHERE {search} MATCH {second}))"
            )
        }
        // '~' comes after every digit and '-': 2024-05 ends with 2024-05~.
        (What::After(date), _) => format!("{day} > {}", ask(&format!("{date}~"))),
        (What::Before(date), _) => format!("{day} < {}", ask(date)),
        (What::On(date), _) => {
            let (from, to) = (ask(date), format!("{date}~"));
            let from = format!("{day} >= {from}");
            format!("({from} AND {day} < {})", ask(&to))
        }
        (What::Report(name), _) => {
            // All the reports of a file: 003 is 003#1 and 003#2; '$' comes after '#'.
            let same = ask(name);
            let same = format!("name = {same}");
            let from = format!("name > {}", ask(&format!("{name}#")));
            let to = format!("name < {}", ask(&format!("{name}$")));
            format!("r.id IN (SELECT id FROM reports WHERE {same} OR ({from} AND {to}))")
        }
        (What::Kind(kind), here) => u8::from(*kind == here).to_string(),
    }
}
