//! Stories: how well reports are gathered, by B-cubed (Bagga and Baldwin, 1998).
//!
//! A finding of kind `story` gathers the reports of its evidence. Today nothing makes such findings;
//! without any, there is no score.

use super::{Found, Truth};
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub(super) fn score(truth: &Truth, found: &[Found]) -> Option<Value> {
    let mut group: BTreeMap<u32, usize> = BTreeMap::new();
    for (number, finding) in found.iter().filter(|finding| finding.kind == "story").enumerate() {
        group.extend(finding.evidence.iter().map(|evidence| (evidence.part, number)));
    }
    if group.is_empty() {
        return None;
    }
    let pairs: Vec<(&str, Option<usize>)> = truth
        .all()
        .map(|report| (report.story.as_str(), group.get(&report.report).copied()))
        .collect();
    let (precision, recall) = b_cubed(&pairs);
    let f1 = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
    let round = |share: f64| (share * 1_000.0).round() / 1_000.0;
    Some(json!({"p": round(precision), "r": round(recall), "f1": round(f1)}))
}

/// Precision and recall of a grouping: for each item its true group and the one it was put into;
/// none is a group of its own.
pub fn b_cubed<G: Ord>(items: &[(G, Option<usize>)]) -> (f64, f64) {
    let (mut truly, mut put, mut both) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let group = |at: usize, put: Option<usize>| put.map_or((1, at), |put| (0, put));
    for (at, (gold, into)) in items.iter().enumerate() {
        let into = group(at, *into);
        *truly.entry(gold).or_insert(0usize) += 1;
        *put.entry(into).or_insert(0usize) += 1;
        *both.entry((gold, into)).or_insert(0usize) += 1;
    }
    let (mut precision, mut recall) = (0.0, 0.0);
    for (at, (gold, into)) in items.iter().enumerate() {
        let into = group(at, *into);
        let shared = both[&(gold, into)] as f64;
        precision += shared / put[&into] as f64;
        recall += shared / truly[gold] as f64;
    }
    let all = items.len().max(1) as f64;
    (precision / all, recall / all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_of_two_stories_costs_precision() {
        let items = [("a", Some(1)), ("a", Some(1)), ("b", Some(1)), ("b", None)];
        let (precision, recall) = b_cubed(&items);
        assert!((precision - (2.0 / 3.0 + 2.0 / 3.0 + 1.0 / 3.0 + 1.0) / 4.0).abs() < 1e-9);
        assert!((recall - (1.0 + 1.0 + 0.5 + 0.5) / 4.0).abs() < 1e-9);
    }
}
