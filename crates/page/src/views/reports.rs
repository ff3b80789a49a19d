//! The reports, the latest first, by outlet and day.

use crate::address::{self, Ask};
use crate::answer::{Record, Table, View, Wrong};
use crate::data::{Paged, iso_cell};
use crate::parts::{self, Choice};
use crate::words::{count, cut, day, t, time};
use maud::{Markup, html};
use onrecord_engine::ledger::Listed;
use onrecord_model::Date;
use serde::Serialize;
use utoipa::ToSchema;

/// Outlets that are offered to choose from.
const OUTLETS: usize = 12;

/// One report in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReportRow {
    /// Its name in the record.
    report: String,
    headline: Option<String>,
    /// How its text begins.
    opening: String,
    outlet: Option<String>,
    published: Option<String>,
    statements: usize,
    address: String,
    #[serde(skip)]
    day: Option<Date>,
}

/// A page of reports.
#[derive(Debug, Serialize)]
pub(crate) struct Reports {
    #[serde(flatten)]
    paged: Paged<ReportRow>,
    #[serde(skip)]
    outlets: Vec<(String, usize)>,
}

/// Reports, the latest first.
#[utoipa::path(get, path = "/api/reports", operation_id = "reports",
    params(("outlet" = Option<String>, Query, description = "only of this outlet"),
        ("from" = Option<String>, Query, description = "only of this day or later, 2024-05-13"),
        ("to" = Option<String>, Query, description = "only of this day or earlier"),
        ("page" = Option<usize>, Query), ("rows" = Option<usize>, Query), ("format" = Option<String>, Query)),
    responses((status = 200, body = Paged<ReportRow>)))]
pub(crate) fn load(record: &Record<'_>, ask: &Ask) -> Result<Reports, Wrong> {
    let listed = Listed {
        outlet: ask.get("outlet").map(str::to_owned),
        from: ask.of("from"),
        to: ask.of("to"),
    };
    let top = record.ledger.headed(&listed, ask.rows(), ask.skipped())?;
    let paged = Paged::of(ask, top, |headed| ReportRow {
        address: address::report(&headed.name),
        report: headed.name,
        headline: headed.headline,
        opening: cut(&headed.opening, 180),
        outlet: headed.outlet,
        published: headed.published.map(|date| date.to_string()),
        statements: headed.statements,
        day: headed.published,
    });
    Ok(Reports { paged, outlets: record.sums.outlets.iter().take(OUTLETS).cloned().collect() })
}

impl View for Reports {
    const PLACE: &'static str = "/reports";

    fn load(record: &Record<'_>, ask: &Ask) -> Result<Self, Wrong> {
        load(record, ask)
    }

    fn title(&self) -> String {
        "Reports".to_owned()
    }

    fn html(&self, ask: &Ask) -> Markup {
        let outlets = Choice::of_all(&self.outlets);
        html! {
            h1 { (count(self.paged.total, "report", "reports")) }
            @if outlets.len() > 2 { (parts::choices(ask, "Outlet", "outlet", &outlets)) }
            @for key in ["from", "to"] {
                @if let Some(date) = ask.of::<Date>(key) {
                    p.filter { (key) " " (day(date)) " · " a href=(ask.with(key, None)) { "any day" } }
                }
            }
            ol.list {
                @for row in &self.paged.rows {
                    li data-item="" {
                        p.headline {
                            a href=(row.address) { (t(row.headline.as_deref().map(|words| cut(words, 160)).as_deref().unwrap_or(&row.report))) }
                        }
                        p.opening { (t(&row.opening)) }
                        p.from {
                            @if let Some(outlet) = &row.outlet { (t(outlet)) ", " }
                            (time(row.day)) " · " (count(row.statements, "statement", "statements"))
                        }
                    }
                }
            }
            (parts::pager(ask, &self.paged))
        }
    }

    fn table(&self) -> Table {
        let rows = self.paged.rows.iter().map(|row| {
            vec![
                row.report.clone(),
                row.headline.clone().unwrap_or_default(),
                row.outlet.clone().unwrap_or_default(),
                iso_cell(row.day),
                row.statements.to_string(),
            ]
        });
        let columns = &["report", "headline", "outlet", "published", "statements"];
        Table { columns, rows: rows.collect() }
    }
}
