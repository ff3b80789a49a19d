//! Findings against the truth of a simulated newsroom: what was found, what was missed, what is
//! false, by kind.
//!
//! ```text
//! evaluate findings truth.jsonl findings.jsonl
//! → {"copy": {"p": 0.99, "r": 0.98, "right": …}, "quote-altered": {…, "exact": …}, "origins": …}
//! ```
//!
//! A finding is right if its evidence overlaps what was planted, in the right reports; of what kind
//! "planted" is says each module's head. Findings between reports that nothing was done to (real
//! ones, as they came) are not counted. Not handled: how well a finding is worded.

mod calibration;
mod copies;
mod origins;
mod quotations;
mod stories;
mod values;

pub use calibration::Calibration;
pub use stories::{b_cubed, score_marked};

use crate::Count;
use crate::newsroom::truth::{Points, ReportTruth};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// A finding as `onrecord differ --json` prints it.
#[derive(Debug, Clone, Deserialize)]
pub struct Found {
    /// Its kind.
    pub kind: String,
    /// Its sentence.
    pub reading: String,
    /// From 0 to 1.
    pub confidence: f64,
    /// Its words.
    pub evidence: Vec<FoundEvidence>,
    /// What else it says.
    #[serde(default)]
    pub detail: Value,
}

/// Words that a finding rests on.
#[derive(Debug, Clone, Deserialize)]
pub struct FoundEvidence {
    /// The report's line.
    pub part: u32,
    /// In code points.
    pub span: Points,
}

/// Whether a finding is right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Right,
    Wrong,
    /// Neither planted nor ruled out.
    Free,
}

/// The truth, by report.
#[derive(Debug)]
pub(crate) struct Truth {
    reports: BTreeMap<u32, ReportTruth>,
}

impl Truth {
    pub(crate) fn of(&self, report: u32) -> Option<&ReportTruth> {
        self.reports.get(&report)
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &ReportTruth> {
        self.reports.values()
    }

    /// Days between two reports.
    pub(crate) fn days(a: &ReportTruth, b: &ReportTruth) -> i64 {
        let day = |report: &ReportTruth| -> i64 {
            let mut parts = report.published.split('-').filter_map(|part| part.parse::<i64>().ok());
            let (Some(year), Some(month), Some(day)) = (parts.next(), parts.next(), parts.next())
            else {
                return 0;
            };
            // Days of the civil calendar (after Hinnant).
            let year = if month <= 2 { year - 1 } else { year };
            let shifted = (month + 9) % 12;
            let of_year = (153 * shifted + 2) / 5 + day - 1;
            let of_era = year.rem_euclid(400);
            year.div_euclid(400) * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year
        };
        (day(a) - day(b)).abs()
    }
}

pub(crate) fn overlap(a: Points, b: Points) -> bool {
    a[0] < b[1] && b[0] < a[1]
}

/// One kind's figures.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) count: Count,
    /// Findings of this kind as an editor sees them.
    pub(crate) right_findings: usize,
    pub(crate) findings: usize,
    /// What was missed, in plain words.
    pub(crate) missed: Vec<String>,
    pub(crate) more: Map<String, Value>,
}

/// What the scorer says.
#[derive(Debug)]
pub struct Scores {
    /// By kind, as JSON.
    pub json: Value,
    /// Confidence against the share that is right.
    pub calibration: Calibration,
    /// What was missed and what is false, a line each.
    pub misses: Vec<String>,
}

/// Scores findings against the truth; both are JSON lines.
///
/// # Errors
/// If a line cannot be read, with its number.
pub fn score(truth: &str, findings: &str) -> Result<Scores, String> {
    let mut reports = BTreeMap::new();
    for (number, line) in truth.lines().enumerate() {
        let report: ReportTruth = serde_json::from_str(line)
            .map_err(|cause| format!("line {} of the truth: {cause}", number + 1))?;
        reports.insert(report.report, report);
    }
    let truth = Truth { reports };
    let mut found: Vec<Found> = Vec::new();
    for (number, line) in findings.lines().enumerate().filter(|(_, line)| !line.is_empty()) {
        let finding = serde_json::from_str(line)
            .map_err(|cause| format!("line {} of the findings: {cause}", number + 1))?;
        found.push(finding);
    }
    let mut tallies: BTreeMap<&'static str, Tally> = BTreeMap::new();
    let mut calibration = Calibration::default();
    let mut misses = Vec::new();
    for (kind, judge) in JUDGES {
        let of_kind: Vec<&Found> = found.iter().filter(|finding| finding.kind == *kind).collect();
        let (mut tally, verdicts) = judge(&truth, &of_kind);
        for (finding, verdict) in of_kind.iter().zip(verdicts) {
            if verdict == Verdict::Free || is_untouched(&truth, finding) {
                continue;
            }
            tally.findings += 1;
            tally.right_findings += usize::from(verdict == Verdict::Right);
            calibration.add(kind, finding.confidence, verdict == Verdict::Right);
            if verdict == Verdict::Wrong {
                let parts: Vec<u32> = finding.evidence.iter().map(|e| e.part).collect();
                misses.push(format!("false {kind} {parts:?}: {}", finding.reading));
            }
        }
        misses.extend(tally.missed.iter().map(|missed| format!("missed {kind} {missed}")));
        tallies.insert(kind, tally);
    }
    let share = |share: f64| (share * 1_000.0).round() / 1_000.0;
    let mut out = Map::new();
    out.insert("reports".to_owned(), json!(truth.reports.len()));
    let mut totals = (0, 0);
    for (kind, tally) in tallies {
        let Tally { count, right_findings, findings, mut more, .. } = tally;
        if findings == 0 && count.gold == 0 {
            continue;
        }
        if findings == 0 {
            more.remove("p");
        }
        totals = (totals.0 + findings, totals.1 + findings - right_findings);
        let mut line = Map::new();
        if count.found > 0 {
            line.insert("p".to_owned(), json!(share(count.precision())));
        }
        if count.gold > 0 {
            line.insert("r".to_owned(), json!(share(count.recall())));
            line.insert("gold".to_owned(), json!(count.gold));
        }
        line.insert("findings".to_owned(), json!(findings));
        line.insert("false".to_owned(), json!(findings - right_findings));
        line.extend(more);
        out.insert(kind.to_owned(), Value::Object(line));
    }
    out.insert("findings".to_owned(), json!(totals.0));
    out.insert("false".to_owned(), json!(totals.1));
    if let Some(origins) = origins::counted(&truth, &found, &mut misses) {
        out.insert("origins".to_owned(), origins);
    }
    if let Some(stories) = stories::score(&truth, &found) {
        out.insert("stories".to_owned(), stories);
    }
    Ok(Scores { json: Value::Object(out), calibration, misses })
}

type Judge = fn(&Truth, &[&Found]) -> (Tally, Vec<Verdict>);

const JUDGES: &[(&str, Judge)] = &[
    ("copy", copies::judge),
    ("quote-altered", quotations::altered),
    ("quote-speaker", quotations::speakers),
    ("quote-trimmed", quotations::trimmed),
    ("quote-rendered", quotations::rendered),
    ("figure-differs", values::figures),
    ("date-differs", values::dates),
    ("single-origin", origins::judge),
    ("name-variant", values::names),
    ("headline", values::headlines),
    ("speaker-doubt", nothing_planted),
];

/// Kinds of which nothing is planted: each finding is false.
fn nothing_planted(_: &Truth, found: &[&Found]) -> (Tally, Vec<Verdict>) {
    let tally =
        Tally { count: Count { right: 0, found: found.len(), gold: 0 }, ..Tally::default() };
    (tally, vec![Verdict::Wrong; found.len()])
}

/// Whether a finding is of what nobody planted: between reports as they came, or what came with the
/// real report that one was made from.
fn is_untouched(truth: &Truth, finding: &Found) -> bool {
    let reports: Vec<&ReportTruth> =
        finding.evidence.iter().filter_map(|evidence| truth.of(evidence.part)).collect();
    if reports.iter().all(|report| report.is_real) {
        return true;
    }
    // Made from real reports: `r7`. A simulated story is `s7`.
    if !reports.iter().all(|report| report.story.starts_with('r')) {
        return false;
    }
    let is_of_one = |report: &ReportTruth| {
        reports.iter().any(|other| other.story == report.story && other.report != report.report)
    };
    let meets = |spans: &dyn Fn(&ReportTruth) -> Vec<Points>| {
        finding.evidence.iter().any(|evidence| {
            let planted = truth.of(evidence.part).map(spans).unwrap_or_default();
            planted.into_iter().any(|span| overlap(span, evidence.span))
        })
    };
    let values = |report: &ReportTruth| -> Vec<Points> {
        let figures = report.figures.iter().map(|figure| figure.span);
        let dates = report.dates.iter().map(|date| date.span);
        figures.chain(dates).chain(report.names.iter().map(|name| name.span)).collect()
    };
    match finding.kind.as_str() {
        // Real spellings and sources are nobody's doing.
        "single-origin" => true,
        "name-variant" => !meets(&|report| report.names.iter().map(|name| name.span).collect()),
        // A figure mistyped within a quotation changes its words too.
        "quote-altered" => meets(&values) || !reports.iter().any(|report| is_of_one(report)),
        // Whoever is named for one quotation says the next ones too: "he said".
        "quote-speaker" => {
            let is_swapped = |report: &&ReportTruth| {
                reports.iter().any(|other| {
                    other.story == report.story
                        && report.quotations.iter().any(|a| {
                            other
                                .quotations
                                .iter()
                                .any(|b| a.family == b.family && a.speaker != b.speaker)
                        })
                })
            };
            let is_planted = meets(&|report| report.quotations.iter().map(|q| q.span).collect());
            !is_planted && reports.iter().any(is_swapped)
                || !reports.iter().any(|report| is_of_one(report))
        }
        _ => !reports.iter().any(|report| is_of_one(report)),
    }
}
