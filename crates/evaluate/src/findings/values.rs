//! Figures, dates, names, headlines.
//!
//! A figure differs rightly where two pieces of evidence overlap figures of one measure, one of them
//! mistyped, the values not the same. A mistyped value is wanted where another report within a day
//! gives the same day's count otherwise, and not as "at least" so many, which leaves room for it:
//! against another day's count alone nobody can tell a slip from what has come since. Dates likewise: another day than the event's. Names: each two spellings of one
//! actor, both given in full. A headline: where it was inflated.

use super::{Found, Tally, Truth, Verdict, overlap};
use crate::newsroom::truth::{DateTruth, FigureTruth, NameTruth, ReportTruth};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// What the evidence of a finding overlaps, with its reports.
fn met<'t, T>(
    truth: &'t Truth,
    finding: &Found,
    of: impl Fn(&'t ReportTruth) -> &'t [T],
    span: impl Fn(&T) -> [u32; 2],
) -> Vec<(&'t ReportTruth, &'t T)> {
    let mut met = Vec::new();
    for evidence in &finding.evidence {
        let Some(report) = truth.of(evidence.part) else { continue };
        let here = of(report).iter().filter(|one| overlap(span(one), evidence.span));
        met.extend(here.map(|one| (report, one)));
    }
    met
}

/// Judges by what must be hit: `hits` gives what a finding rightly shows.
fn judged<K: Ord + std::fmt::Debug>(
    truth: &Truth,
    found: &[&Found],
    wanted: BTreeMap<K, (u32, u32)>,
    hits: impl Fn(&Found) -> Vec<K>,
) -> (Tally, Vec<Verdict>) {
    let mut tally = Tally::default();
    let mut hit: BTreeSet<K> = BTreeSet::new();
    let mut verdicts = Vec::new();
    for finding in found {
        let of_finding = hits(finding);
        let is_right = !of_finding.is_empty();
        tally.count.found += usize::from(!super::is_untouched(truth, finding));
        tally.count.right += usize::from(is_right);
        verdicts.push(if is_right { Verdict::Right } else { Verdict::Wrong });
        hit.extend(of_finding);
    }
    let reached = wanted.keys().filter(|wanted| hit.contains(*wanted)).count();
    for (wanted, reports) in wanted.iter().filter(|(wanted, _)| !hit.contains(*wanted)) {
        tally.missed.push(format!("{reports:?} {wanted:?}"));
    }
    let round = |share: f64| (share * 1_000.0).round() / 1_000.0;
    tally.count.gold = wanted.len();
    tally.more.insert("p".to_owned(), json!(round(tally.count.precision())));
    tally.more.insert("r".to_owned(), json!(round(crate::share(reached, wanted.len()))));
    (tally, verdicts)
}

pub(super) fn figures(truth: &Truth, found: &[&Found]) -> (Tally, Vec<Verdict>) {
    let mut by_measure: BTreeMap<&str, Vec<(&ReportTruth, &FigureTruth)>> = BTreeMap::new();
    for report in truth.all() {
        for figure in &report.figures {
            by_measure.entry(&figure.measure).or_default().push((report, figure));
        }
    }
    let mut wanted = BTreeMap::new();
    for (measure, figures) in &by_measure {
        for (report, figure) in figures.iter().filter(|(_, figure)| figure.form == "mistyped") {
            let other = figures.iter().find(|(other, with)| {
                with.form != "mistyped"
                    && with.truly == figure.truly
                    && !(with.is_open && with.value <= figure.value)
                    && Truth::days(report, other) <= 1
                    && (with.value - figure.value).abs() > 0.15 * with.value.max(figure.value)
            });
            if let Some((other, _)) = other {
                let key = ((*measure).to_owned(), figure.value as u64);
                wanted.entry(key).or_insert((other.report, report.report));
            }
        }
    }
    judged(truth, found, wanted, |finding| {
        let met = met(truth, finding, |report| &report.figures, |figure| figure.span);
        let wrong = met.iter().filter(|(_, figure)| figure.form == "mistyped");
        let wrong = wrong.filter(|(_, figure)| {
            met.iter().any(|(_, with)| {
                with.measure == figure.measure && (with.value - figure.value).abs() > 0.5
            })
        });
        wrong.map(|(_, figure)| (figure.measure.clone(), figure.value as u64)).collect()
    })
}

pub(super) fn dates(truth: &Truth, found: &[&Found]) -> (Tally, Vec<Verdict>) {
    let mut by_event: BTreeMap<&str, Vec<(&ReportTruth, &DateTruth)>> = BTreeMap::new();
    for report in truth.all() {
        for date in &report.dates {
            by_event.entry(&date.event).or_default().push((report, date));
        }
    }
    let mut wanted = BTreeMap::new();
    for (event, dates) in &by_event {
        for (report, date) in dates.iter().filter(|(_, date)| date.day != date.truly) {
            if let Some((other, _)) = dates.iter().find(|(_, with)| with.day == with.truly) {
                wanted
                    .entry(((*event).to_owned(), date.day.clone()))
                    .or_insert((other.report, report.report));
            }
        }
    }
    judged(truth, found, wanted, |finding| {
        let met = met(truth, finding, |report| &report.dates, |date| date.span);
        let wrong = met.iter().filter(|(_, date)| {
            date.day != date.truly
                && met.iter().any(|(_, with)| with.event == date.event && with.day != date.day)
        });
        wrong.map(|(_, date)| (date.event.clone(), date.day.clone())).collect()
    })
}

pub(super) fn names(truth: &Truth, found: &[&Found]) -> (Tally, Vec<Verdict>) {
    let is_full =
        |name: &NameTruth| (name.span[1] - name.span[0]) as usize == name.name.chars().count();
    let mut by_actor: BTreeMap<&str, BTreeMap<&str, u32>> = BTreeMap::new();
    for report in truth.all() {
        for name in report.names.iter().filter(|name| is_full(name)) {
            by_actor.entry(&name.actor).or_default().entry(&name.name).or_insert(report.report);
        }
    }
    let pair = |a: &str, b: &str| (a.min(b).to_owned(), a.max(b).to_owned());
    let mut wanted = BTreeMap::new();
    for spellings in by_actor.values() {
        for (a, first) in spellings {
            for (b, second) in spellings
                .range::<str, _>((std::ops::Bound::Excluded(*a), std::ops::Bound::Unbounded))
            {
                wanted.insert(pair(a, b), (*first, *second));
            }
        }
    }
    judged(truth, found, wanted, |finding| {
        let met = met(truth, finding, |report| &report.names, |name| name.span);
        let mut pairs = Vec::new();
        for (at, (_, a)) in met.iter().enumerate() {
            for (_, b) in &met[at + 1..] {
                // Two actors in one finding: all of it is wrong.
                if a.actor.split_once('.').map(|(_, rest)| rest)
                    != b.actor.split_once('.').map(|(_, rest)| rest)
                    && a.actor != b.actor
                {
                    return Vec::new();
                }
                if a.name != b.name {
                    pairs.push(pair(&a.name, &b.name));
                }
            }
        }
        pairs
    })
}

pub(super) fn headlines(truth: &Truth, found: &[&Found]) -> (Tally, Vec<Verdict>) {
    let inflated = truth.all().filter(|report| report.is_inflated);
    let wanted = inflated.map(|report| (report.report, (report.report, report.report))).collect();
    judged(truth, found, wanted, |finding| {
        let reports = finding.evidence.iter().filter_map(|evidence| truth.of(evidence.part));
        reports.filter(|report| report.is_inflated).map(|report| report.report).collect()
    })
}
