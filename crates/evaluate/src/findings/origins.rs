//! Origins: from how many sources a thing that unnamed sources told comes in the end.
//!
//! What was told, and stands in two reports or more, is counted: its reports are joined where a
//! `single-origin` finding has evidence that overlaps it in both, or where a `copy` finding holds
//! both and the sentence that tells it was carried over; what stays apart is an origin of its own. The count is right if it is the true one.

use super::{Found, Tally, Truth, Verdict, overlap};
use crate::newsroom::truth::StatementTruth;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Reports that tell it, each with the origin and where it stands.
type Tellers<'t> = Vec<(u32, &'t StatementTruth)>;

fn told(truth: &Truth) -> BTreeMap<&str, Tellers<'_>> {
    let mut told: BTreeMap<&str, Tellers<'_>> = BTreeMap::new();
    for report in truth.all() {
        for statement in report.statements.iter().filter(|statement| statement.is_unnamed) {
            told.entry(&statement.told).or_default().push((report.report, statement));
        }
    }
    told
}

pub(super) fn counted(truth: &Truth, found: &[Found], misses: &mut Vec<String>) -> Option<Value> {
    let told = told(truth);
    // Findings by the reports they are about.
    let mut by_report: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (number, finding) in found.iter().enumerate() {
        if matches!(finding.kind.as_str(), "single-origin" | "copy") {
            let parts: BTreeSet<u32> =
                finding.evidence.iter().map(|evidence| evidence.part).collect();
            parts.into_iter().for_each(|part| by_report.entry(part).or_default().push(number));
        }
    }
    let (mut things, mut right, mut statements, mut right_statements) = (0, 0, 0, 0);
    for (thing, tellers) in told.iter().filter(|(_, tellers)| tellers.len() > 1) {
        let mut root: Vec<usize> = (0..tellers.len()).collect();
        let numbers: BTreeSet<usize> = tellers
            .iter()
            .filter_map(|(report, _)| by_report.get(report))
            .flatten()
            .copied()
            .collect();
        for number in numbers {
            let finding = &found[number];
            let is_in = |(report, statement): &(u32, &StatementTruth)| {
                finding.evidence.iter().any(|evidence| {
                    evidence.part == *report
                        && (finding.kind == "copy" || overlap(evidence.span, statement.span))
                })
            };
            let within: Vec<usize> = (0..tellers.len()).filter(|&at| is_in(&tellers[at])).collect();
            for (at, &one) in within.iter().enumerate() {
                for &two in &within[at + 1..] {
                    let is_carried = finding.kind != "copy"
                        || sentence(truth, &tellers[one]) == sentence(truth, &tellers[two]);
                    let (x, y) = (root[one], root[two]);
                    if is_carried {
                        root.iter_mut().filter(|root| **root == y).for_each(|root| *root = x);
                    }
                }
            }
        }
        let counted = root.iter().collect::<BTreeSet<_>>().len();
        let truly = tellers.iter().map(|(_, told)| &told.origin).collect::<BTreeSet<_>>().len();
        things += 1;
        statements += tellers.len();
        if counted == truly {
            right += 1;
            right_statements += tellers.len();
        } else {
            let reports: Vec<u32> = tellers.iter().map(|(report, _)| *report).collect();
            misses.push(format!("origins {thing}: {counted} for {truly} in {reports:?}"));
        }
    }
    let round = |share: f64| (share * 1_000.0).round() / 1_000.0;
    (things > 0).then(|| json!({
        "things": things, "right": round(crate::share(right, things)),
        "statements": statements, "right of statements": round(crate::share(right_statements, statements)),
    }))
}

/// The sentence that tells it.
fn sentence(truth: &Truth, (report, told): &(u32, &StatementTruth)) -> Option<u32> {
    let mut sentences = truth.of(*report)?.sentences.iter();
    Some(sentences.find(|sentence| overlap(sentence.span, told.span))?.id)
}

/// A finding is right if all its evidence overlaps what one source of one outlet told.
pub(super) fn judge(truth: &Truth, found: &[&Found]) -> (Tally, Vec<Verdict>) {
    let mut tally = Tally::default();
    let mut verdicts = Vec::new();
    for finding in found {
        let mut origins = BTreeSet::new();
        for evidence in &finding.evidence {
            let Some(report) = truth.of(evidence.part) else { continue };
            let met = report.statements.iter().find(|s| overlap(s.span, evidence.span));
            origins.insert(met.map(|statement| statement.origin.as_str()));
        }
        let is_right = origins.len() == 1 && !origins.contains(&None);
        tally.count.found += usize::from(!super::is_untouched(truth, finding));
        tally.count.right += usize::from(is_right);
        verdicts.push(if is_right { Verdict::Right } else { Verdict::Wrong });
    }
    (tally, verdicts)
}
