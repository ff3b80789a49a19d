//! Who is speaking: predicted speakers against a gold set of statements.
//!
//! ```text
//! gold.jsonl         {"file": "01.txt", "cue": "told", "cue_at": 244, "speaker": "Idony Marsh", …}
//! predictions.jsonl  the lines of `onrecord annotate`
//! ```
//!
//! A gold statement is found if a predicted one has a cue that covers its first character (or, of
//! several, the one whose content covers the gold content's first character). Names are compared in
//! lower case, without a leading article. Precision of finding is not measured: the gold set does
//! not list every statement.

use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Scores of JSON-lines predictions against JSON-lines gold. All shares are of the gold statements,
/// but for `… of found`.
///
/// # Errors
/// If a line is not a JSON object.
pub fn score(gold: &str, predictions: &str) -> Result<Value, serde_json::Error> {
    let mut predicted: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for line in lines(predictions)? {
        let file = base(&line["source_file"]);
        let statements = line["statements"].as_array().cloned().unwrap_or_default();
        predicted.entry(file).or_default().extend(statements);
    }
    let mut count: BTreeMap<&str, u32> = BTreeMap::new();
    let mut total = 0;
    for gold in lines(gold)? {
        total += 1;
        let none = Vec::new();
        let candidates = predicted.get(&base(&gold["file"])).unwrap_or(&none);
        let Some(found) = find(&gold, candidates) else { continue };
        let mut hit = |what, is_right: bool| {
            *count.entry(what).or_default() += u32::from(is_right);
        };
        hit("found", true);
        hit("speaker", is_any(&gold, "speaker", &found["speaker"]["name"]));
        hit("type", is_any(&gold, "type", &found["speaker"]["type"]));
        hit("act", is_any(&gold, "act", &found["act"]));
        hit("mode", gold["mode"] == found["mode"]);
        hit("via", names(&gold["via"]) == names(&found["via"]));
        hit("addressee", same(&gold["addressee"], &found["addressee"]["name"]));
    }
    let share = |of: u32, all: u32| (f64::from(of) / f64::from(all.max(1)) * 1e4).round() / 1e4;
    let found = count.get("found").copied().unwrap_or(0);
    let mut scores = Map::new();
    scores.insert("statements".into(), json!(total));
    for (what, right) in count {
        scores.insert(what.into(), json!(share(right, total)));
        if what != "found" {
            scores.insert(format!("{what} of found"), json!(share(right, found)));
        }
    }
    Ok(Value::Object(scores))
}

fn lines(text: &str) -> Result<Vec<Value>, serde_json::Error> {
    text.lines().filter(|line| !line.trim().is_empty()).map(serde_json::from_str).collect()
}

fn base(file: &Value) -> String {
    let file = file.as_str().unwrap_or_default();
    file.rsplit('/').next().unwrap_or(file).to_owned()
}

fn find<'p>(gold: &Value, predicted: &'p [Value]) -> Option<&'p Value> {
    let cue_at = gold["cue_at"].as_u64()?;
    let content_at = gold["content_at"].as_u64();
    let with_cue: Vec<&Value> =
        predicted.iter().filter(|statement| covers(&statement["cue"], cue_at)).collect();
    let with_content = with_cue
        .iter()
        .find(|statement| content_at.is_some_and(|at| covers(&statement["content"], at)));
    with_content.or_else(|| with_cue.first()).copied()
}

fn covers(spans: &Value, at: u64) -> bool {
    let covers = |span: &Value| {
        span[0].as_u64().is_some_and(|start| start <= at)
            && span[1].as_u64().is_some_and(|end| at < end)
    };
    spans.as_array().is_some_and(|spans| spans.iter().any(covers))
}

/// Whether the answer is the gold one, or one of those that are as good.
fn is_any(gold: &Value, what: &str, answer: &Value) -> bool {
    let others = &gold[format!("{what}_or")];
    same(&gold[what], answer)
        || same(others, answer) && !others.is_null()
        || others.as_array().is_some_and(|others| others.iter().any(|other| same(other, answer)))
}

fn same(gold: &Value, answer: &Value) -> bool {
    match (gold.as_str(), answer.as_str()) {
        (Some(gold), Some(answer)) => plain(gold) == plain(answer),
        (None, None) => true,
        _ => false,
    }
}

fn names(list: &Value) -> Vec<String> {
    let name = |value: &Value| plain(value.as_str().or(value["name"].as_str()).unwrap_or_default());
    list.as_array().map(|list| list.iter().map(name).collect()).unwrap_or_default()
}

fn plain(name: &str) -> String {
    let name = name.to_lowercase().replace('’', "'");
    let name = ["the ", "a ", "an "].iter().find_map(|the| name.strip_prefix(the)).unwrap_or(&name);
    name.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_found_statement_is_scored_by_its_speaker_and_a_missed_one_counts_as_wrong() {
        let gold = r#"{"file": "a.txt", "cue_at": 10, "speaker": "Ana Voss", "type": "person", "mode": "direct", "act": "say", "via": [], "addressee": null}
            {"file": "a.txt", "cue_at": 50, "speaker": "the union", "speaker_or": ["dockers"], "type": "organisation", "mode": "direct", "act": "say", "via": [], "addressee": null}
            {"file": "b.txt", "cue_at": 50, "speaker": "x", "type": "person", "mode": "direct", "act": "say", "via": [], "addressee": null}"#
            .replace("\n            ", "\n");
        let predictions = r#"{"source_file": "x/a.txt", "statements": [{"cue": [[8, 12]], "content": [], "speaker": {"name": "The Ana Voss", "type": "person"}, "mode": "direct", "act": "deny", "via": []}, {"cue": [[50, 54]], "content": [], "speaker": {"name": "Dockers", "type": "group"}, "mode": "direct", "act": "say", "via": []}]}"#;
        let scores = score(&gold, predictions).expect("it is JSON");
        assert_eq!(scores["found"], json!(0.6667));
        assert_eq!(scores["speaker of found"], json!(1.0));
        assert_eq!(scores["type of found"], json!(0.5));
        assert_eq!(scores["act of found"], json!(0.5));
    }
}
