//! Scores of quantities, in the format of CQE's test sets (Almasian et al., EMNLP 2023).
//!
//! ```text
//! [{"text": "It fell 3% to 41.", "quantities": [{"change": "down", "value": "3",
//!    "normalized_unit": "percentage"}, …]}, …]
//! ```
//!
//! Each sentence is read as a report of its own. Within a sentence, what was found and what is
//! marked are matched one to one: by value; by value and unit; by value and change. Fields that no
//! sentence marks are not scored. Not handled: the concepts a quantity refers to.

use crate::Count;
use onrecord_analyse::{analyse, quantities::singular};
use onrecord_model::{Bound, Quantity, Report, Span, TimexType};
use serde::Deserialize;
use std::collections::BTreeMap;

/// A sentence and what is marked in it.
#[derive(Debug, Clone, Deserialize)]
pub struct Sentence {
    /// Its words.
    pub text: String,
    /// The quantities in it.
    pub quantities: Vec<Marked>,
}

/// A quantity as it is marked, or as it was found.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Marked {
    /// `=`, `~`, `up`, `down`, `>`, `<`; none where the set does not say.
    #[serde(alias = "bound")]
    pub change: Option<String>,
    /// "31000", "4-5".
    pub value: String,
    /// "percentage", "fighter jet", "-" for none.
    #[serde(alias = "unit")]
    pub normalized_unit: Option<String>,
}

/// What a set of sentences comes to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scores {
    /// How many sentences.
    pub sentences: usize,
    /// By value.
    pub value: Count,
    /// By value and unit.
    pub unit: Count,
    /// By value and change; empty where none is marked.
    pub change: Count,
}

/// A sentence in which something is missed or too much, for reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// The sentence.
    pub text: String,
    /// Marked and not found, by value and unit.
    pub missed: Vec<Marked>,
    /// Found and not marked.
    pub extra: Vec<Marked>,
}

/// Scores sentences, and lists where they differ from what is marked.
pub fn scores(sentences: &[Sentence]) -> (Scores, Vec<Miss>) {
    let mut scores = Scores { sentences: sentences.len(), ..Scores::default() };
    let mut misses = Vec::new();
    let has_change =
        sentences.iter().flat_map(|sentence| &sentence.quantities).any(|q| q.change.is_some());
    for sentence in sentences {
        let found = found(&sentence.text);
        let gold = &sentence.quantities;
        scores.value.add(matched(gold, &found, same_value).0);
        let (count, missed, extra) =
            matched(gold, &found, |gold, found| same_value(gold, found) && same_unit(gold, found));
        scores.unit.add(count);
        if has_change {
            let same = |gold: &Marked, found: &Marked| {
                same_value(gold, found) && gold.change.as_deref().unwrap_or("=") == change(found)
            };
            scores.change.add(matched(gold, &found, same).0);
        }
        if !(missed.is_empty() && extra.is_empty()) {
            misses.push(Miss { text: sentence.text.clone(), missed, extra });
        }
    }
    (scores, misses)
}

fn change(found: &Marked) -> &str {
    found.change.as_deref().unwrap_or("=")
}

/// The quantities of a sentence, in the set's format.
fn found(text: &str) -> Vec<Marked> {
    let report = Report { text: text.to_owned(), ..Report::default() };
    let analysis = analyse(&report);
    let quantities = analysis.quantities.iter().filter_map(|quantity| marked(quantity, text));
    // The set counts lengths of time too, which are time expressions here.
    let lengths = analysis.times.iter().filter(|timex| timex.kind == TimexType::Duration);
    quantities.chain(lengths.filter_map(|timex| length(&timex.value))).collect()
}

fn marked(quantity: &Quantity, text: &str) -> Option<Marked> {
    let number = |value: f64| value.to_string();
    let value = match (quantity.value, quantity.low, quantity.high) {
        (Some(value), ..) => number(value),
        (None, Some(low), Some(high)) => format!("{}-{}", number(low), number(high)),
        (None, Some(one), None) | (None, None, Some(one)) => number(one),
        (None, None, None) => return None,
    };
    let change = match quantity.bound {
        Bound::Exact | Bound::Between => "=",
        Bound::About | Bound::Nearly => "~",
        Bound::Over | Bound::AtLeast => ">",
        Bound::UpTo | Bound::Under => "<",
        Bound::Up => "up",
        Bound::Down => "down",
    };
    let is_measured = quantity.unit.as_deref().is_some_and(|unit| {
        onrecord_analyse::quantities::kind_of(unit.split(" per ").next().unwrap_or(unit)).is_some()
    });
    let unit = match (&quantity.unit, quantity.counted_span) {
        (Some(unit), _) if is_measured => set_name(unit),
        (Some(_), Some(counted)) => phrase(counted, quantity.span, text),
        (Some(unit), None) => unit.clone(),
        (None, _) => "-".to_owned(),
    };
    Some(Marked { change: Some(change.to_owned()), value, normalized_unit: Some(unit) })
}

/// The noun phrase that is counted, up to its head, in the singular.
fn phrase(counted: Span, quantity: Span, text: &str) -> String {
    let end = quantity.end.clamp(counted.start, counted.end);
    let words = Span { start: counted.start, end }.of(text).to_lowercase();
    let mut words: Vec<&str> = words.split_whitespace().collect();
    let Some(head) = words.pop() else { return "-".to_owned() };
    let head = singular(head);
    words.push(&head);
    words.join(" ")
}

/// What the sets call a unit.
fn set_name(unit: &str) -> String {
    let names = BTreeMap::from([
        ("US dollar", "dollar"),
        ("percent", "percentage"),
        ("Indian rupee", "rupee"),
        ("times", "count"),
    ]);
    let (unit, rate) = unit.split_once(" per ").map_or((unit, None), |(u, rate)| (u, Some(rate)));
    let unit = names.get(unit).copied().unwrap_or(unit).to_lowercase();
    rate.map_or(unit.clone(), |rate| format!("{unit} per {rate}"))
}

/// A length of time, "P2D", as a quantity.
fn length(value: &str) -> Option<Marked> {
    let clock = value.contains('T');
    let number: String = value.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let unit = match value.chars().next_back()? {
        'Y' => "year",
        'M' if clock => "minute",
        'M' => "month",
        'W' => "week",
        'D' => "day",
        'H' => "hour",
        'S' => "second",
        _ => return None,
    };
    if number.is_empty() {
        return None;
    }
    Some(Marked { change: None, value: number, normalized_unit: Some(unit.to_owned()) })
}

fn same_value(gold: &Marked, found: &Marked) -> bool {
    let numbers = |value: &str| -> Vec<Option<f64>> {
        value.split('-').map(|part| part.trim().parse().ok()).collect()
    };
    let (gold, found) = (numbers(&gold.value), numbers(&found.value));
    gold.len() == found.len()
        && gold.iter().zip(&found).all(|(gold, found)| match (gold, found) {
            (Some(gold), Some(found)) => (gold - found).abs() <= gold.abs() * 1e-6,
            (None, None) => true,
            _ => false,
        })
}

fn same_unit(gold: &Marked, found: &Marked) -> bool {
    let unit = |marked: &Marked| marked.normalized_unit.clone().unwrap_or_else(|| "-".to_owned());
    unit(gold) == unit(found)
}

/// Matches one to one; gives the count, what is missed and what is too much.
fn matched(
    gold: &[Marked],
    found: &[Marked],
    same: impl Fn(&Marked, &Marked) -> bool,
) -> (Count, Vec<Marked>, Vec<Marked>) {
    let mut left: Vec<&Marked> = found.iter().collect();
    let mut missed = Vec::new();
    for gold in gold {
        match left.iter().position(|found| same(gold, found)) {
            Some(at) => {
                left.remove(at);
            }
            None => missed.push(gold.clone()),
        }
    }
    let right = gold.len() - missed.len();
    let count = Count { right, found: found.len(), gold: gold.len() };
    (count, missed, left.into_iter().cloned().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(text: &str, marked: &[(&str, &str)]) -> Sentence {
        let quantities = marked.iter().map(|(value, unit)| Marked {
            change: None,
            value: (*value).to_owned(),
            normalized_unit: Some((*unit).to_owned()),
        });
        Sentence { text: text.to_owned(), quantities: quantities.collect() }
    }

    #[test]
    fn a_right_value_with_another_unit_counts_for_the_value_alone() {
        let sentences = [sentence("The tug hauled 3 barges.", &[("3", "boat")])];
        let (scores, misses) = scores(&sentences);
        assert_eq!(scores.value, Count { right: 1, found: 1, gold: 1 });
        assert_eq!(scores.unit, Count { right: 0, found: 1, gold: 1 });
        assert_eq!(misses.len(), 1);
    }

    #[test]
    fn what_is_marked_twice_must_be_found_twice() {
        let sentences = [sentence("It cost 3% here.", &[("3", "percentage"), ("3", "percentage")])];
        assert_eq!(scores(&sentences).0.unit, Count { right: 1, found: 1, gold: 2 });
    }

    #[test]
    fn a_range_is_one_value() {
        let sentences = [sentence("It drew 40 to 50 percent.", &[("40-50", "percentage")])];
        assert_eq!(scores(&sentences).0.unit.right, 1);
    }
}
