//! The overview: what the pile is, what differs, who is quoted, what happened when.

use crate::address::{self, Ask};
use crate::answer::{Record, Table, View, Wrong};
use crate::chart;
use crate::data::{Finding, iso_cell};
use crate::parts;
use crate::sums::Sums;
use crate::views::timeline::{self, MomentRow};
use crate::words::{count, cut, days, n, t};
use maud::{Markup, html};
use serde::{Serialize, Serializer};
use std::sync::Arc;

/// Findings that are shown.
const FINDINGS: usize = 5;

/// Speakers that are shown.
const SPEAKERS: usize = 10;

/// The record on a page; as data, what `onrecord brief --format json` gives.
pub(crate) struct Overview {
    sums: Arc<Sums>,
    speakers: Vec<onrecord_engine::ledger::Speaker>,
    findings: Vec<Finding>,
    moments: Vec<MomentRow>,
}

impl Serialize for Overview {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.sums.brief.json().serialize(serializer)
    }
}

/// The record in one view.
#[utoipa::path(get, path = "/api/overview", operation_id = "overview",
    responses((status = 200, description = "What `onrecord brief --format json` gives", body = Object)))]
pub(crate) fn load(record: &Record<'_>) -> Result<Overview, Wrong> {
    let mut speakers = record.ledger.speakers_of("", None, SPEAKERS, 0)?.rows;
    record.sums.count_reports(record.ledger, &mut speakers)?;
    let stored = record.sums.brief.differs.rows.iter().take(FINDINGS);
    let findings = stored.map(|stored| Finding::in_place(stored, record.ledger));
    let findings = findings.collect::<Result<_, _>>()?;
    let moments = record.sums.brief.timeline.moments.iter();
    let moments = moments.map(|moment| MomentRow::of(moment, moment.reports, usize::MAX)).collect();
    Ok(Overview { sums: Arc::clone(&record.sums), speakers, findings, moments })
}

impl View for Overview {
    const PLACE: &'static str = "/";

    fn load(record: &Record<'_>, _: &Ask) -> Result<Self, Wrong> {
        load(record)
    }

    fn title(&self) -> String {
        "Overview".to_owned()
    }

    fn html(&self, _: &Ask) -> Markup {
        let brief = &self.sums.brief;
        let totals = &brief.totals;
        html! {
            h1 {
                (count(totals.reports, "report", "reports"))
                @if totals.outlets > 0 { " by " (count(totals.outlets, "outlet", "outlets")) }
            }
            p.lead {
                @if let (Some(first), Some(last)) = (totals.first, totals.last) {
                    (days(first, last)) ". "
                }
                a href="/speakers" { (count(totals.statements, "statement", "statements")) } " by "
                a href="/speakers" { (count(totals.speakers, "speaker", "speakers")) } ", "
                a href="/figures" { (count(totals.quantities, "figure", "figures")) } ", "
                a href="/findings" { (count(totals.findings, "finding", "findings")) } "."
                @if totals.undated > 0 {
                    " " (count(totals.undated, "report has", "reports have")) " no date."
                }
            }
            (chart::reports(&self.sums.reports, &self.sums.outlets, true))
            div.two {
                section aria-labelledby="differs" {
                    h2 #differs { a href="/findings" { "What differs" } }
                    (kinds(brief))
                    @if brief.differs.rows.is_empty() { p.soft { "Nothing was found that differs." } }
                    ol.list {
                        @for finding in &self.findings {
                            li data-item="" { (parts::finding(finding, true, false)) }
                        }
                    }
                    @if brief.differs.total > FINDINGS {
                        p.more { a href="/findings" { "All " (n(brief.differs.total)) " findings" } }
                    }
                }
                section aria-labelledby="speakers" {
                    h2 #speakers { a href="/speakers" { "Most quoted" } }
                    (speakers_table(&self.speakers))
                    @if totals.speakers > self.speakers.len() {
                        p.more { a href="/speakers" { "All " (n(totals.speakers)) " speakers" } }
                    }
                }
            }
            section aria-labelledby="timeline" {
                h2 #timeline { a href="/timeline" { "Timeline" } }
                @if brief.timeline.moments.is_empty() { p.soft { "No report says when." } }
                (timeline::moments(&self.moments))
                @if brief.timeline.more > 0 { p.more { a href="/timeline" { "All of the timeline" } } }
            }
        }
    }

    fn table(&self) -> Table {
        let rows = self.sums.reports.iter().map(|row| {
            let outlet = row.outlet.clone().unwrap_or_default();
            vec![iso_cell(row.day), outlet, row.reports.to_string()]
        });
        Table { columns: &["published", "outlet", "reports"], rows: rows.collect() }
    }
}

/// How many findings of which kind.
fn kinds(brief: &onrecord_engine::brief::Brief) -> Markup {
    html! {
        @if !brief.finding_counts.is_empty() {
            ul.counts {
                @for (kind, count) in &brief.finding_counts {
                    li {
                        a href=(format!("/findings?kind={kind}")) { (parts::kind(*kind)) }
                        " " span.number { (n(*count)) }
                    }
                }
            }
        }
    }
}

/// Speakers with how much they are quoted.
pub(crate) fn speakers_table(speakers: &[onrecord_engine::ledger::Speaker]) -> Markup {
    html! {
        table.speakers {
            thead {
                tr {
                    th scope="col" { "Speaker" }
                    th.number scope="col" { "Statements" }
                    th.number scope="col" { "Reports" }
                }
            }
            tbody {
                @for speaker in speakers {
                    tr data-item="" {
                        th scope="row" {
                            a href=(address::speaker(&speaker.name, speaker.kind)) { (t(&cut(&speaker.name, 80))) }
                            @if speaker.kind != onrecord_model::ActorType::Person {
                                " " span.soft { (speaker.kind) }
                            }
                            @let also = parts::other_names(&speaker.name, &speaker.also);
                            @if !also.is_empty() {
                                @let names: Vec<&str> = also.iter().take(2).map(|(name, _)| name.as_str()).collect();
                                " " span.soft { "also " (t(&cut(&names.join(", "), 60)))
                                    @if also.len() > 2 { " …" } }
                            }
                        }
                        td.number { (n(speaker.statements)) }
                        td.number { (n(speaker.reports)) }
                    }
                }
            }
        }
    }
}
