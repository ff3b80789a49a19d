//! Quotations: changed words, other speakers, shortened and reworded ones.
//!
//! Altered: the first two pieces of evidence must overlap quotations of one utterance whose words
//! differ, and the changed words must be those that were changed: all of them, no other, compared
//! without case, punctuation and articles. Each reading that stands against another one within
//! [`OCCASION`] days is wanted once. Another speaker: two pieces of evidence must overlap quotations
//! of one utterance that are given to two. Words that a machine replaced are neither.

use super::{Found, FoundEvidence, Tally, Truth, Verdict, overlap};
use crate::newsroom::truth::{Change, QuotationTruth, ReportTruth};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

const OCCASION: i64 = 7;

fn quotation<'t>(
    truth: &'t Truth,
    evidence: &FoundEvidence,
) -> Option<(&'t ReportTruth, &'t QuotationTruth)> {
    let report = truth.of(evidence.part)?;
    let shared = |span: [u32; 2]| {
        span[1].min(evidence.span[1]).saturating_sub(span[0].max(evidence.span[0]))
    };
    let best = report.quotations.iter().filter(|quotation| overlap(quotation.span, evidence.span));
    best.max_by_key(|quotation| shared(quotation.span)).map(|quotation| (report, quotation))
}

/// All that it overlaps, in order.
fn quotations<'t>(truth: &'t Truth, evidence: &FoundEvidence) -> Vec<&'t QuotationTruth> {
    let report = truth.of(evidence.part).into_iter();
    let all = report.flat_map(|report| &report.quotations);
    all.filter(|quotation| overlap(quotation.span, evidence.span)).collect()
}

/// The words on either side that differ between two readings.
fn expected(a: &[Change], b: &[Change]) -> (Vec<String>, Vec<String>) {
    let places: BTreeSet<u32> = a.iter().chain(b).map(|change| change.at).collect();
    let (mut from, mut to) = (Vec::new(), Vec::new());
    for at in places {
        let of = |changes: &[Change]| changes.iter().find(|change| change.at == at).cloned();
        let (x, y) = match (of(a), of(b)) {
            (Some(x), Some(y)) => (x.to, y.to),
            (Some(x), None) => (x.to, x.from),
            (None, Some(y)) => (y.from, y.to),
            (None, None) => continue,
        };
        if folded(&x) != folded(&y) {
            from.extend(folded(&x));
            to.extend(folded(&y));
        }
    }
    (from, to)
}

fn folded(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’');
    let plain = words.map(|word| {
        word.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect::<String>()
    });
    plain
        .filter(|word| !word.is_empty() && !matches!(word.as_str(), "a" | "an" | "the"))
        .map(|word| crate::newsroom::british(&word).to_owned())
        .collect()
}

/// The words on either side that the finding says differ.
fn given(finding: &Found) -> (Vec<String>, Vec<String>) {
    let changes = finding.detail["changes"].as_array().cloned().unwrap_or_default();
    let side = |name: &str| {
        changes
            .iter()
            .flat_map(|change| folded(change[name].as_str().unwrap_or_default()))
            .collect()
    };
    (side("from"), side("to"))
}

pub(super) fn altered(truth: &Truth, found: &[&Found]) -> (Tally, Vec<Verdict>) {
    let mut tally = Tally::default();
    let mut verdicts = Vec::new();
    let mut hits: BTreeSet<(String, String)> = BTreeSet::new();
    let mut seen: BTreeSet<(String, String)> = BTreeSet::new();
    let mut exact = 0;
    for finding in found {
        if super::is_untouched(truth, finding) {
            verdicts.push(Verdict::Free);
            continue;
        }
        // One who speaks on has several utterances in one piece of evidence.
        let mut sides = finding.evidence.iter().take(2).map(|evidence| quotations(truth, evidence));
        let (left, right) = (sides.next().unwrap_or_default(), sides.next().unwrap_or_default());
        let mut pairs: Vec<(&QuotationTruth, &QuotationTruth)> = Vec::new();
        for a in left {
            let is_met = pairs.iter().any(|pair| pair.0.family == a.family);
            pairs.extend(right.iter().find(|b| b.family == a.family && !is_met).map(|&b| (a, b)));
        }
        if pairs.iter().any(|(a, b)| a.form == "rendered" || b.form == "rendered") {
            verdicts.push(Verdict::Free);
            continue;
        }
        let mut wanted = (Vec::new(), Vec::new());
        for (a, b) in &pairs {
            let (from, to) = expected(&a.changes, &b.changes);
            wanted.0.extend(from);
            wanted.1.extend(to);
        }
        let is_right = wanted != (Vec::new(), Vec::new());
        let is_exact = is_right && given(finding) == wanted;
        exact += usize::from(is_exact);
        tally.count.found += 1;
        for side in pairs.into_iter().flat_map(|(a, b)| [a, b]) {
            if is_right && !side.changes.is_empty() {
                let reading = (side.family.clone(), spelled(&side.changes));
                seen.insert(reading.clone());
                if is_exact {
                    hits.insert(reading);
                }
            }
        }
        tally.count.right += usize::from(is_exact);
        if is_right && !is_exact {
            tally.missed.push(format!("inexact: {} (wanted {wanted:?})", finding.reading));
        }
        verdicts.push(if is_exact { Verdict::Right } else { Verdict::Wrong });
    }
    let precision = tally.count;
    let mut wanted: BTreeMap<(String, String), (u32, u32)> = BTreeMap::new();
    for (family, readings) in families(truth) {
        for (report, quotation) in &readings {
            let against = readings.iter().find(|(other, with)| {
                Truth::days(report, other) <= OCCASION
                    && with.form != "rendered"
                    && with.form != "trimmed"
                    && expected(&quotation.changes, &with.changes) != (Vec::new(), Vec::new())
            });
            if let Some((other, _)) = against.filter(|_| quotation.form == "altered") {
                wanted
                    .entry((family.clone(), spelled(&quotation.changes)))
                    .or_insert((other.report, report.report));
            }
        }
    }
    tally.count.gold = wanted.len();
    let mut right = 0;
    for (reading, reports) in &wanted {
        right += usize::from(hits.contains(reading));
        if !hits.contains(reading) {
            tally.missed.push(format!("{reports:?} {}: {}", reading.0, reading.1));
        }
    }
    let both = |part: usize, whole: usize| crate::share(part, whole);
    let round = |share: f64| (share * 1_000.0).round() / 1_000.0;
    tally.more.insert("p".to_owned(), json!(round(precision.precision())));
    tally.more.insert("r".to_owned(), json!(round(both(right, wanted.len()))));
    tally.more.insert("exact".to_owned(), json!(exact));
    let seen = wanted.keys().filter(|reading| seen.contains(*reading)).count();
    tally.more.insert("r words or not".to_owned(), json!(round(both(seen, wanted.len()))));
    (tally, verdicts)
}

fn spelled(changes: &[Change]) -> String {
    let each =
        changes.iter().map(|change| format!("{}: {} → {}", change.at, change.from, change.to));
    each.collect::<Vec<_>>().join("; ")
}

/// The quotations of each utterance, with their reports.
fn families(truth: &Truth) -> BTreeMap<String, Vec<(&ReportTruth, &QuotationTruth)>> {
    let mut families: BTreeMap<String, Vec<(&ReportTruth, &QuotationTruth)>> = BTreeMap::new();
    for report in truth.all() {
        for quotation in &report.quotations {
            families.entry(quotation.family.clone()).or_default().push((report, quotation));
        }
    }
    families
}

pub(super) fn speakers(truth: &Truth, found: &[&Found]) -> (Tally, Vec<Verdict>) {
    let mut tally = Tally::default();
    let mut verdicts = Vec::new();
    let mut hits: BTreeSet<(String, String, String)> = BTreeSet::new();
    let pair = |family: &str, a: &str, b: &str| {
        (family.to_owned(), a.min(b).to_owned(), a.max(b).to_owned())
    };
    for finding in found {
        let quotations: Vec<_> =
            finding.evidence.iter().filter_map(|evidence| quotation(truth, evidence)).collect();
        let mut is_right = false;
        for (at, (_, a)) in quotations.iter().enumerate() {
            for (_, b) in &quotations[at + 1..] {
                if a.family == b.family && a.speaker != b.speaker {
                    is_right = true;
                    hits.insert(pair(&a.family, &a.speaker, &b.speaker));
                }
            }
        }
        tally.count.found += usize::from(!super::is_untouched(truth, finding));
        tally.count.right += usize::from(is_right);
        verdicts.push(if is_right { Verdict::Right } else { Verdict::Wrong });
    }
    let mut wanted: BTreeMap<(String, String, String), (u32, u32)> = BTreeMap::new();
    for (family, quotations) in families(truth) {
        for (at, (report, a)) in quotations.iter().enumerate() {
            for (other, b) in &quotations[at + 1..] {
                let is_plain = |quotation: &QuotationTruth| quotation.form == "as-said";
                if a.speaker != b.speaker
                    && is_plain(a)
                    && is_plain(b)
                    && Truth::days(report, other) <= OCCASION
                {
                    wanted
                        .entry(pair(&family, &a.speaker, &b.speaker))
                        .or_insert((report.report, other.report));
                }
            }
        }
    }
    let precision = crate::share(tally.count.right, tally.count.found);
    let hit = wanted.keys().filter(|wanted| hits.contains(*wanted)).count();
    for (wanted, reports) in wanted.iter().filter(|(wanted, _)| !hits.contains(*wanted)) {
        tally.missed.push(format!("{reports:?} {wanted:?}"));
    }
    tally.count.gold = wanted.len();
    let round = |share: f64| (share * 1_000.0).round() / 1_000.0;
    tally.more.insert("p".to_owned(), json!(round(precision)));
    tally.more.insert("r".to_owned(), json!(round(crate::share(hit, wanted.len()))));
    (tally, verdicts)
}

/// Right where the two are of one utterance and one is shorter.
pub(super) fn trimmed(truth: &Truth, found: &[&Found]) -> (Tally, Vec<Verdict>) {
    of_one(truth, found, |a, b| a.form == "trimmed" || b.form == "trimmed")
}

/// Right where the two are of one utterance and a machine replaced words of one.
pub(super) fn rendered(truth: &Truth, found: &[&Found]) -> (Tally, Vec<Verdict>) {
    of_one(truth, found, |a, b| a.form == "rendered" || b.form == "rendered")
}

fn of_one(
    truth: &Truth,
    found: &[&Found],
    is_right: impl Fn(&QuotationTruth, &QuotationTruth) -> bool,
) -> (Tally, Vec<Verdict>) {
    let mut tally = Tally::default();
    let mut verdicts = Vec::new();
    for finding in found {
        let mut sides = finding.evidence.iter().take(2).map(|evidence| quotation(truth, evidence));
        let is_right = match (sides.next(), sides.next()) {
            (Some(Some((_, a))), Some(Some((_, b)))) => a.family == b.family && is_right(a, b),
            _ => false,
        };
        tally.count.found += usize::from(!super::is_untouched(truth, finding));
        tally.count.right += usize::from(is_right);
        verdicts.push(if is_right { Verdict::Right } else { Verdict::Wrong });
    }
    (tally, verdicts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(at: u32, from: &str, to: &str) -> Change {
        Change { at, from: from.to_owned(), to: to.to_owned() }
    }

    #[test]
    fn two_readings_differ_where_either_was_changed() {
        let (a, b) =
            ([change(1, "not", ""), change(3, "move", "touch")], [change(3, "move", "touch")]);
        assert_eq!(expected(&a, &b), (vec![], vec!["not".to_owned()]));
        assert_eq!(expected(&a, &a), (vec![], vec![]));
    }
}
