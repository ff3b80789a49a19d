//! Copies and sourcing: who carried what from whom, and how many origins are independent.
//!
//! ```text
//! 12 reports, of which 4 carry another's text and 2 rest on another's source: 6 origins
//! ```

use crate::address::{self, Ask};
use crate::answer::{Record, Table, View, Wrong};
use crate::chart::{Flow, flow};
use crate::data::{At, Finding, Paged};
use crate::parts;
use crate::words::{count, cut, n, t, time};
use maud::{Markup, html};
use onrecord_model::FindingKind;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// A page of texts that several reports carry, and of sources that several rest on.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Copies {
    /// Reports in the record.
    reports: usize,
    /// How many texts and sources they rest on, as far as is found.
    independent: usize,
    #[serde(skip)]
    flows: Vec<Flow>,
    /// Who carries whose text: from, to, how many.
    carried: Vec<Carried>,
    #[serde(flatten)]
    paged: Paged<Finding>,
}

/// Texts that one outlet carries of another.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Carried {
    from: String,
    to: String,
    texts: usize,
    /// How many of these are what a source told, in other words.
    told: usize,
}

/// Texts that several reports carry and sources that several rest on.
#[utoipa::path(get, path = "/api/copies", operation_id = "copies",
    params(("page" = Option<usize>, Query), ("rows" = Option<usize>, Query), ("format" = Option<String>, Query)),
    responses((status = 200, body = Copies)))]
pub(crate) fn load(record: &Record<'_>, ask: &Ask) -> Result<Copies, Wrong> {
    let all = &record.sums.copies;
    let reports = record.sums.brief.totals.reports;
    let flows = flows(all);
    let carried = flows.iter().map(|flow| Carried {
        from: flow.from.clone(),
        to: flow.to.clone(),
        texts: flow.texts,
        told: flow.told,
    });
    Ok(Copies {
        reports,
        independent: reports.saturating_sub(joined(all)),
        carried: carried.collect(),
        paged: Paged::cut(ask, all, Clone::clone),
        flows,
    })
}

/// The reports that a finding makes one: all that carry the text, or rest on the source.
fn members(finding: &Finding) -> Vec<&str> {
    match finding.detail.get("reports").and_then(Value::as_array) {
        Some(reports) => reports.iter().filter_map(Value::as_str).collect(),
        None => Vec::new(),
    }
}

/// How many reports fewer there would be if those that rest on one text or source were one.
fn joined(findings: &[Finding]) -> usize {
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    // Each report points at one of its group, the first of a group at itself.
    let mut toward: Vec<usize> = Vec::new();
    let mut fewer = 0;
    for finding in findings {
        let mut first = None;
        for name in members(finding) {
            let number = *numbers.entry(name).or_insert_with(|| {
                toward.push(toward.len());
                toward.len() - 1
            });
            let of = head(&mut toward, number);
            let first = *first.get_or_insert(of);
            let first = head(&mut toward, first);
            if first != of {
                toward[of] = first;
                fewer += 1;
            }
        }
    }
    fewer
}

/// The first of a report's group, with the way there made short.
fn head(toward: &mut [usize], mut of: usize) -> usize {
    while toward[of] != of {
        toward[of] = toward[toward[of]];
        of = toward[of];
    }
    of
}

/// Where a text comes from: the agency it is credited to, else the outlet of its origin.
fn origin(finding: &Finding) -> Option<String> {
    let origin = finding.detail.get("origin")?;
    if let Some(agency) = origin.get("agency").and_then(Value::as_str) {
        return Some(agency.to_owned());
    }
    let name = origin.get("report").and_then(Value::as_str)?;
    let at = finding.evidence.iter().find(|evidence| evidence.at.report == name);
    Some(at.and_then(|evidence| evidence.at.outlet.clone()).unwrap_or_else(|| name.to_owned()))
}

/// Texts from outlet to outlet, most first.
fn flows(findings: &[Finding]) -> Vec<Flow> {
    // Of each pair: how many, and how many of these by a source alone.
    let mut counts: BTreeMap<(String, String), (usize, usize)> = BTreeMap::new();
    for finding in findings {
        let from = match finding.kind {
            FindingKind::Copy => origin(finding).or_else(|| {
                let first = finding.evidence.first()?;
                Some(first.at.outlet.clone().unwrap_or_else(|| first.at.report.clone()))
            }),
            _ => finding.detail.get("outlet").and_then(Value::as_str).map(str::to_owned),
        };
        let Some(from) = from else { continue };
        let mut to: Vec<String> = Vec::new();
        for evidence in &finding.evidence {
            let carries = matches!(evidence.role.as_str(), "copy" | "later" | "passes on");
            let outlet = evidence.at.outlet.clone().unwrap_or_else(|| evidence.at.report.clone());
            if carries && outlet != from && !to.contains(&outlet) {
                to.push(outlet);
            }
        }
        for to in to {
            let count = counts.entry((from.clone(), to)).or_default();
            count.0 += 1;
            count.1 += usize::from(finding.kind != FindingKind::Copy);
        }
    }
    let flows =
        counts.into_iter().map(|((from, to), (texts, told))| Flow { from, to, texts, told });
    let mut flows: Vec<Flow> = flows.collect();
    flows.sort_by_key(|flow| std::cmp::Reverse(flow.texts));
    flows.truncate(60);
    flows
}

impl View for Copies {
    const PLACE: &'static str = "/copies";

    fn load(record: &Record<'_>, ask: &Ask) -> Result<Self, Wrong> {
        load(record, ask)
    }

    fn title(&self) -> String {
        "Copies and sourcing".to_owned()
    }

    fn html(&self, ask: &Ask) -> Markup {
        html! {
            h1 { "Copies and sourcing" }
            p.lead {
                (count(self.reports, "report rests", "reports rest")) " on "
                strong { (count(self.independent, "independent origin", "independent origins")) }
                ", as far as words and credits show."
            }
            (flow(&self.flows))
            @if self.paged.rows.is_empty() { p.soft { "No report carries another’s text." } }
            ol.list {
                @for finding in &self.paged.rows {
                    li data-item="" { (tree(finding)) }
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

/// A finding as a small tree: where it comes from, and under it those that carry it.
fn tree(finding: &Finding) -> Markup {
    let source = finding.detail.get("source").and_then(Value::as_str);
    let outlet = finding.detail.get("outlet").and_then(Value::as_str);
    let agency = finding.detail.get("origin").and_then(|origin| origin.get("agency")?.as_str());
    let is_first = |role: &str| matches!(role, "earliest" | "most-complete" | "origin" | "earlier");
    let mut seen: Vec<&str> = Vec::new();
    let rows: Vec<&crate::data::Evidence> = finding
        .evidence
        .iter()
        .filter(|evidence| {
            let is_new = !seen.contains(&evidence.at.report.as_str());
            seen.push(&evidence.at.report);
            is_new
        })
        .collect();
    let (first, rest): (Vec<&crate::data::Evidence>, Vec<_>) =
        rows.into_iter().partition(|evidence| is_first(&evidence.role));
    let others = members(finding).len().saturating_sub(first.len() + rest.len());
    html! {
        p.kind {
            a href=(finding.address) { (parts::kind(finding.kind)) }
            @if members(finding).len() > 1 { " · " (count(members(finding).len(), "report", "reports")) ", one origin" }
        }
        p.reading { (t(&cut(&finding.reading, 260))) }
        div.tree {
            ul {
                li {
                    @match (source, agency) {
                        (Some(source), _) => {
                            span.anonymous { (t(&cut(source, 120))) }
                            @if let Some(outlet) = outlet { " by way of " strong { (t(outlet)) } }
                        },
                        (None, None) if outlet.is_some() => strong { (t(outlet.unwrap_or_default())) },
                        (None, Some(agency)) => strong { (t(agency)) },
                        (None, None) => span.soft { "origin" },
                    }
                    ul {
                        @for evidence in &first { (leaf(finding, evidence)) }
                        @for evidence in rest.iter().take(12) { (leaf(finding, evidence)) }
                        @if rest.len() > 12 || others > 0 {
                            li { a href=(finding.address) { "and " (n(rest.len().saturating_sub(12) + others)) " more" } }
                        }
                    }
                }
            }
        }
    }
}

/// How a report came by what a source told: "passes on the Mail", "in the words of 001".
fn way(finding: &Finding, report: &str) -> Option<String> {
    let told = finding.detail.get("told")?.as_array()?;
    let way = told.iter().find(|way| way.get("report").and_then(Value::as_str) == Some(report))?;
    let origin = finding.detail.get("outlet").and_then(Value::as_str);
    let by_way: Vec<&str> = way
        .get("by_way_of")?
        .as_array()?
        .iter()
        .filter_map(Value::as_str)
        .filter(|outlet| Some(*outlet) != origin)
        .collect();
    Some(match (way.get("how")?.as_str()?, way.get("words_of").and_then(Value::as_str)) {
        ("same words", Some(other)) => format!("in the words of {other}"),
        ("own source", _) => "its own source".to_owned(),
        (_, _) if by_way.is_empty() => "passes on".to_owned(),
        _ => format!("passes on, by way of {}", by_way.join(", ")),
    })
}

fn leaf(finding: &Finding, evidence: &crate::data::Evidence) -> Markup {
    let At { report, outlet, published, .. } = &evidence.at;
    let copy = finding.detail.get("copies").and_then(Value::as_array).and_then(|copies| {
        copies.iter().find(|copy| copy.get("copy").and_then(Value::as_str) == Some(report))
    });
    let share = copy.and_then(|copy| copy.get("share_of_copy")?.as_f64());
    let form = copy.and_then(|copy| copy.get("form")?.as_str());
    html! {
        li {
            a href=(evidence.at.address) title=(t(&evidence.at.pointer)) { (t(outlet.as_deref().unwrap_or(report))) }
            " " (time(*published)) " "
            span.soft {
                @match (share, form) {
                    (Some(share), Some(form)) => { (form.replace('-', " ")) ", " (format!("{:.0} %", share * 100.0)) " of its words" },
                    _ => (t(&way(finding, report).unwrap_or_else(|| evidence.role.replace('-', " ")))),
                }
            }
            @if outlet.is_some() { " " a.source href=(address::report(report)) { "whole report" } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(reports: &[&str]) -> Finding {
        let detail = serde_json::json!({"reports": reports});
        Finding {
            kind: FindingKind::Copy,
            reading: String::new(),
            confidence: 1.0,
            evidence: Vec::new(),
            detail: detail.as_object().expect("an object").clone(),
            address: String::new(),
        }
    }

    #[test]
    fn reports_that_rest_on_one_origin_in_two_ways_count_once() {
        assert_eq!(joined(&[finding(&["1", "2", "3"]), finding(&["4", "5"])]), 3);
        assert_eq!(joined(&[finding(&["1", "2"]), finding(&["3", "4"]), finding(&["2", "3"])]), 3);
        assert_eq!(joined(&[finding(&["1", "2"]), finding(&["1", "2"]), finding(&[])]), 1);
    }
}
