//! Whether two figures count one thing: pairs marked by hand against the measures that are found.
//!
//! ```text
//! [[pair]]
//! a = "The blast in Orvane killed [14 people]."
//! b = "At least [16 people] died in the blast in Orvane."
//! same = true
//! ```
//!
//! Each text is a report of its own, of one day. Not handled: more than one figure in brackets.

use crate::Count;
use onrecord_compare::{Subject, all_measures};
use onrecord_model::{Published, PublishedFrom, Report, Span};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Debug, Deserialize)]
struct File {
    pair: Vec<Pair>,
}

#[derive(Debug, Deserialize)]
struct Pair {
    a: String,
    b: String,
    same: bool,
}

/// Precision and recall of "the same", and the share of all pairs that is right. `miss` hears of
/// each pair that is not, with what was found.
///
/// # Errors
/// If the file is not of this form.
pub fn score(file: &str, mut miss: impl FnMut(&str)) -> Result<Value, String> {
    let File { pair } = toml::from_str(file).map_err(|cause| cause.to_string())?;
    let (mut count, mut right) = (Count::default(), 0);
    for Pair { a, b, same } in &pair {
        let found = are_one(a, b).ok_or_else(|| format!("no figure in brackets: {a} | {b}"))?;
        count.found += usize::from(found);
        count.gold += usize::from(*same);
        count.right += usize::from(found && *same);
        right += usize::from(found == *same);
        if found != *same {
            miss(&format!("found {found}: {a} | {b}"));
        }
    }
    let share = |value: f64| (value * 10_000.0).round() / 10_000.0;
    Ok(json!({
        "pairs": pair.len(), "right": share(right as f64 / pair.len().max(1) as f64),
        "same": {"p": share(count.precision()), "r": share(count.recall()), "f1": share(count.f1())},
    }))
}

/// Whether the two marked figures stand under one measure.
fn are_one(a: &str, b: &str) -> Option<bool> {
    let (first, second) = (marked(a)?, marked(b)?);
    let [left, right] = [&first.0, &second.0].map(onrecord_analyse::analyse);
    let subjects = [
        Subject { name: "a", report: &first.0, analysis: &left },
        Subject { name: "b", report: &second.0, analysis: &right },
    ];
    let is_one = all_measures(&subjects).iter().any(|measure| {
        let has = |name: &str, mark: Span| {
            let mut own = measure.series.iter().filter(|given| given.report == name);
            own.any(|given| given.span.start < mark.end && mark.start < given.span.end)
        };
        has("a", first.1) && has("b", second.1)
    });
    Some(is_one)
}

/// A report of the text, and where its marked figure stands.
fn marked(text: &str) -> Option<(Report, Span)> {
    let (open, close) = (text.find('[')?, text.find(']')?);
    let published = "2031-03-04".parse().ok();
    let report = Report {
        text: text.replace(['[', ']'], ""),
        published: published.map(|date| Published { date, from: PublishedFrom::Page }),
        ..Report::default()
    };
    Some((report, Span::new(open, close - 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_is_scored_by_its_measure() {
        let file = r#"
            [[pair]]
            a = "The blast at the Orvane mill killed [14 people] on Monday."
            b = "At the Orvane mill [16 people] were killed by the blast."
            same = true
            [[pair]]
            a = "The blast at the Orvane mill killed [14 people] on Monday."
            b = "At the Orvane mill [35 people] were wounded by the blast."
            same = true
        "#;
        let mut missed = 0;
        let scores = score(file, |_| missed += 1).expect("the file is whole");
        assert_eq!(scores["right"], 0.5);
        assert_eq!(missed, 1);
    }
}
