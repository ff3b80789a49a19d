//! Search over sentences and statements, in the language of `onrecord find`.

use crate::address::Ask;
use crate::answer::{Record, Table, View, Wrong};
use crate::data::{At, Paged, Statement, iso_cell};
use crate::marked::{Mark, marked};
use crate::parts;
use crate::words::{count, line, t};
use maud::{Markup, html};
use onrecord_engine::ledger::{FIELDS, Hit, Query, QueryError};
use onrecord_model::Span;
use serde::Serialize;
use utoipa::ToSchema;

/// Matches that are looked at: of more, those read in last.
const MOST: usize = 1_000;

/// A hit: a statement, or a sentence.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HitRow {
    /// The sentence, or the sentences.
    text: String,
    /// The statement; none if the hit is a sentence.
    statement: Option<Statement>,
    #[serde(flatten)]
    at: At,
    #[serde(skip)]
    raw: String,
    #[serde(skip)]
    marks: Vec<Span>,
}

/// What a query finds.
#[derive(Debug, Serialize)]
pub(crate) struct Search {
    query: String,
    #[serde(flatten)]
    paged: Paged<HitRow>,
    /// Whether there are more than are counted.
    cut: bool,
    /// Why it was not understood, and what to try.
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<(String, Option<&'static str>)>,
}

/// Statements and sentences that answer a query.
#[utoipa::path(get, path = "/api/search", operation_id = "search",
    params(("q" = String, Query, description = "words, \"phrases\", -words, OR, and fields: speaker: outlet: mode: act: after: before: on: about: report: kind:"),
        ("page" = Option<usize>, Query), ("rows" = Option<usize>, Query), ("format" = Option<String>, Query)),
    responses((status = 200, body = Paged<HitRow>)))]
pub(crate) fn load(record: &Record<'_>, ask: &Ask) -> Result<Search, Wrong> {
    let query = ask.get("q").unwrap_or_default().to_owned();
    let empty = |problem| Search {
        query: query.clone(),
        paged: Paged::new(ask, 0, Vec::new()),
        cut: false,
        problem,
    };
    if query.is_empty() {
        return Ok(empty(None));
    }
    let asked: Query = match query.parse() {
        Ok(asked) => asked,
        Err(error) => {
            let error: QueryError = error;
            return Ok(empty(Some((error.to_string(), error.hint()))));
        }
    };
    let found = record.ledger.find_among(&asked, MOST, ask.rows(), ask.skipped())?;
    let paged = Paged::new(ask, found.total, found.hits.iter().map(row).collect());
    Ok(Search { query, paged, cut: found.is_cut, problem: None })
}

fn row(hit: &Hit) -> HitRow {
    let from = hit.sentence.start;
    let marks = hit.highlights.iter().filter_map(|mark| {
        Some(Span { start: mark.start.checked_sub(from)?, end: mark.end.checked_sub(from)? })
    });
    HitRow {
        text: line(&hit.sentence_text),
        statement: Statement::of(hit),
        at: At::new(&hit.report, hit.code_points, hit.outlet.as_deref(), hit.published),
        raw: hit.sentence_text.clone(),
        marks: marks.collect(),
    }
}

impl View for Search {
    const PLACE: &'static str = "/search";

    fn load(record: &Record<'_>, ask: &Ask) -> Result<Self, Wrong> {
        load(record, ask)
    }

    fn title(&self) -> String {
        if self.query.is_empty() { "Search".to_owned() } else { format!("{}: search", self.query) }
    }

    fn html(&self, ask: &Ask) -> Markup {
        html! {
            h1 { "Search" }
            form.wide role="search" action="/search" data-live="results" {
                label.unseen for="query" { "Words and fields to search for" }
                input #query type="search" name="q" value=(t(&self.query)) autocomplete="off"
                    placeholder="speaker:Voss mode:direct strike";
                button { "Search" }
            }
            div #results {
                @match &self.problem {
                    Some((problem, hint)) => {
                        p.problem { "Not understood: " (t(problem)) "." }
                        @if let Some(hint) = hint { p.soft { (hint) } }
                    }
                    None if self.query.is_empty() => (help()),
                    None if self.cut => p.lead { "Very many hits; here are the last read. More words narrow them." },
                    None => p.lead { (count(self.paged.total, "hit", "hits")) "." },
                }
                ol.list {
                    @for row in &self.paged.rows { li data-item="" { (hit(row)) } }
                }
                (parts::pager(ask, &self.paged))
            }
        }
    }

    fn table(&self) -> Table {
        let rows = self.paged.rows.iter().map(|row| {
            let said = row.statement.as_ref();
            vec![
                row.text.clone(),
                said.and_then(|said| said.speaker.clone()).unwrap_or_default(),
                said.map(|said| said.mode.to_string()).unwrap_or_default(),
                said.map(|said| said.act.to_string()).unwrap_or_default(),
                row.at.outlet.clone().unwrap_or_default(),
                iso_cell(row.at.published),
                row.at.report.clone(),
                row.at.pointer.clone(),
            ]
        });
        let columns =
            &["text", "speaker", "mode", "act", "outlet", "published", "report", "pointer"];
        Table { columns, rows: rows.collect() }
    }
}

fn hit(row: &HitRow) -> Markup {
    let marks: Vec<Mark> = row.marks.iter().map(|&span| Mark::plain(span, "hit")).collect();
    let words = marked(&row.raw, Span::new(0, row.raw.len()), &marks);
    html! {
        @match &row.statement {
            Some(said) => (parts::statement(said, true, words)),
            None => {
                p.words { (words) }
                p.from { (parts::source(&row.at)) " " (parts::copy(&row.text, None, &row.at)) }
            }
        }
    }
}

fn help() -> Markup {
    let examples = [
        ("strike", "statements and sentences with the word, in any form"),
        ("\"lay down tools\" OR walkout", "a phrase, or a word"),
        ("speaker:Voss mode:direct", "what somebody said, in their words"),
        ("outlet:Courier after:2024-03 -police", "by outlet and day, without a word"),
        ("about:harbour act:deny", "who denied something about it"),
    ];
    html! {
        dl.help {
            @for (query, what) in examples {
                dt { a href=(format!("/search?q={}", crate::address::encoded(query))) { code { (query) } } }
                dd { (what) }
            }
        }
        p.soft { "Fields: " (FIELDS.join(", ")) "." }
    }
}
