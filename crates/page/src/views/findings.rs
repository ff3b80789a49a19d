//! Findings, worst first; and one of them.

use crate::address::Ask;
use crate::answer::{Record, Table, View, Wrong};
use crate::data::{Finding, Paged};
use crate::parts::{self, Choice};
use crate::words::count;
use maud::{Markup, html};
use onrecord_engine::ledger::Wanted;
use onrecord_model::FindingKind;
use serde::Serialize;

/// A page of findings.
#[derive(Debug, Serialize)]
pub(crate) struct Findings {
    #[serde(flatten)]
    paged: Paged<Finding>,
    #[serde(skip)]
    kinds: Vec<(FindingKind, usize)>,
}

/// Findings, worst first.
#[utoipa::path(get, path = "/api/findings", operation_id = "findings",
    params(("kind" = Option<String>, Query, description = "only of this kind: copy, quote-altered, figure-differs …"),
        ("report" = Option<String>, Query, description = "only those that rest on words of this report"),
        ("outlet" = Option<String>, Query, description = "only those that rest on words of this outlet"),
        ("page" = Option<usize>, Query), ("rows" = Option<usize>, Query), ("format" = Option<String>, Query)),
    responses((status = 200, body = Paged<Finding>)))]
pub(crate) fn load(record: &Record<'_>, ask: &Ask) -> Result<Findings, Wrong> {
    let top = record.ledger.findings_of(&listed(ask), ask.rows(), ask.skipped())?;
    let rows = top.rows.iter().map(|stored| Finding::in_place(stored, record.ledger));
    let rows = rows.collect::<Result<_, _>>()?;
    Ok(Findings {
        paged: Paged::new(ask, top.total, rows),
        kinds: record.sums.brief.finding_counts.clone(),
    })
}

/// In a list a page shows the first pieces of evidence; the finding's own page has all.
fn listed(ask: &Ask) -> Wanted {
    Wanted { evidence: (!ask.is_data).then_some(parts::LISTED), ..wanted(ask) }
}

fn wanted(ask: &Ask) -> Wanted {
    Wanted {
        kinds: ask.of("kind").into_iter().collect(),
        report: ask.get("report").map(str::to_owned),
        outlet: ask.get("outlet").map(str::to_owned),
        at: ask.at(),
        evidence: None,
    }
}

impl View for Findings {
    const PLACE: &'static str = "/findings";

    fn load(record: &Record<'_>, ask: &Ask) -> Result<Self, Wrong> {
        load(record, ask)
    }

    fn title(&self) -> String {
        "Findings".to_owned()
    }

    fn html(&self, ask: &Ask) -> Markup {
        let all: usize = self.kinds.iter().map(|(_, count)| count).sum();
        let kinds: Vec<Choice> = std::iter::once(Choice::counted(None, "all", all))
            .chain(self.kinds.iter().map(|(kind, count)| {
                Choice::counted(Some(kind.as_str()), parts::kind(*kind), *count)
            }))
            .collect();
        html! {
            h1 { (count(self.paged.total, "finding", "findings")) }
            p.lead { "Where reports differ, worst first. Each line rests on the words under it." }
            (parts::choices(ask, "Kind", "kind", &kinds))
            @for (key, word) in [("report", "in"), ("outlet", "by")] {
                @if let Some(value) = ask.get(key) {
                    p.filter { "only " (word) " " (crate::words::t(value)) " · " a href=(ask.with(key, None)) { "all" } }
                }
            }
            @if self.paged.rows.is_empty() { p.soft { "Nothing was found that differs." } }
            ol.list {
                @for finding in &self.paged.rows {
                    li data-item="" { (parts::finding(finding, false, false)) }
                }
            }
            (parts::pager(ask, &self.paged))
        }
    }

    fn table(&self) -> Table {
        let rows = self.paged.rows.iter().flat_map(Finding::rows);
        Table { columns: Finding::COLUMNS, rows: rows.collect() }
    }
}

/// One finding.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct One(Finding);

/// One finding, by its kind and the first words it rests on.
#[utoipa::path(get, path = "/api/finding", operation_id = "finding",
    params(("kind" = String, Query), ("report" = String, Query),
        ("at" = String, Query, description = "code points of the report's text: 1200-1340")),
    responses((status = 200, body = Finding), (status = 404, description = "there is none")))]
pub(crate) fn load_one(record: &Record<'_>, ask: &Ask) -> Result<One, Wrong> {
    let found = record.ledger.findings_of(&wanted(ask), 9, 0)?.rows;
    let is_it = |finding: &&onrecord_engine::ledger::StoredFinding| {
        let first = finding.evidence.first();
        first.is_some_and(|first| {
            Some(first.code_points) == ask.at() && Some(first.report.as_str()) == ask.get("report")
        })
    };
    let found = found.iter().find(is_it).or(found.first());
    match found {
        Some(stored) => Ok(One(Finding::in_place(stored, record.ledger)?)),
        None => Err(Wrong::Missing("such finding".to_owned())),
    }
}

impl View for One {
    const PLACE: &'static str = "/findings";

    fn load(record: &Record<'_>, ask: &Ask) -> Result<Self, Wrong> {
        load_one(record, ask)
    }

    fn title(&self) -> String {
        parts::kind(self.0.kind).to_owned()
    }

    fn html(&self, _: &Ask) -> Markup {
        html! {
            h1 { (parts::kind(self.0.kind)) }
            div.one { (parts::finding(&self.0, false, true)) }
            p.soft {
                "Of findings like this, about " (format!("{:.0}", self.0.confidence * 100.0))
                " in 100 are taken to be right. "
                a href=(format!("/findings?kind={}", self.0.kind)) { "All of this kind" }
            }
        }
    }

    fn table(&self) -> Table {
        Table { columns: Finding::COLUMNS, rows: self.0.rows() }
    }
}
