//! Stories: how well reports are gathered, by B-cubed (Bagga and Baldwin, 1998).
//!
//! A finding of kind `story` gathers the reports of its evidence; without any, there is no score.
//!
//! ```text
//! evaluate stories eval/stories/look-alikes.jsonl found.jsonl
//! → {"reports": 38, "stories": 12, "p": 0.98, "r": 0.95, "f1": 0.96}
//! ```

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
    Some(rounded(b_cubed(&pairs)))
}

/// How well the lines of `gold` (JSON lines of reports, each with its `story`) are gathered by
/// findings of kind `story` whose evidence names the line in `part`; and the groups that mix
/// stories or share one, a line each.
///
/// # Errors
/// If a line cannot be read, with its number.
pub fn score_marked(gold: &str, findings: &str) -> Result<(Value, Vec<String>), String> {
    let mut stories: Vec<(String, String)> = Vec::new();
    for (number, line) in gold.lines().enumerate() {
        let report: Value = serde_json::from_str(line)
            .map_err(|cause| format!("line {} of the reports: {cause}", number + 1))?;
        let field = |name: &str| report[name].as_str().unwrap_or_default().to_owned();
        stories.push((field("story"), field("headline")));
    }
    let mut group: BTreeMap<u32, usize> = BTreeMap::new();
    let mut members: Vec<Vec<u32>> = Vec::new();
    for (number, line) in findings.lines().enumerate().filter(|(_, line)| !line.is_empty()) {
        let finding: Found = serde_json::from_str(line)
            .map_err(|cause| format!("line {} of the findings: {cause}", number + 1))?;
        if finding.kind == "story" {
            let parts: Vec<u32> = finding.evidence.iter().map(|evidence| evidence.part).collect();
            group.extend(parts.iter().map(|&part| (part, members.len())));
            members.push(parts);
        }
    }
    let into = |line: usize| group.get(&(line as u32 + 1)).copied();
    let pairs: Vec<(&str, Option<usize>)> =
        stories.iter().enumerate().map(|(line, (story, _))| (story.as_str(), into(line))).collect();
    let mut misses = Vec::new();
    for parts in &members {
        let known = parts.iter().filter_map(|&part| stories.get((part as usize).wrapping_sub(1)));
        let told: Vec<String> = known.map(|(story, head)| format!("{story}: {head}")).collect();
        let first = told.first().and_then(|told| told.split(':').next()).unwrap_or_default();
        if told.iter().any(|told| told.split(':').next() != Some(first)) {
            misses.push(format!("mixed: {}", told.join(" | ")));
        }
    }
    for (line, (story, head)) in stories.iter().enumerate() {
        let others = stories.iter().filter(|(other, _)| other == story).count();
        if into(line).is_none() && others > 1 {
            misses.push(format!("alone: {story}: {head}"));
        }
    }
    let mut scores = json!({"reports": stories.len(), "stories": members.len()});
    if let (Some(scores), Value::Object(more)) = (scores.as_object_mut(), rounded(b_cubed(&pairs)))
    {
        scores.extend(more);
    }
    Ok((scores, misses))
}

fn rounded((precision, recall): (f64, f64)) -> Value {
    let f1 = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
    let round = |share: f64| (share * 1_000.0).round() / 1_000.0;
    json!({"p": round(precision), "r": round(recall), "f1": round(f1)})
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

    #[test]
    fn a_report_left_alone_is_told() {
        let gold = ["quake", "quake", "quake"]
            .map(|story| format!("{{\"story\":\"{story}\",\"headline\":\"Ground Shakes\"}}"))
            .join("\n");
        let found = r#"{"kind":"story","reading":"","confidence":0.9,
            "evidence":[{"part":1,"span":[0,4]},{"part":2,"span":[0,4]}]}"#
            .replace('\n', " ");
        let (scores, misses) = score_marked(&gold, &found).expect("both can be read");
        assert_eq!(scores["p"], 1.0);
        assert_eq!(misses, ["alone: quake: Ground Shakes"]);
    }
}
