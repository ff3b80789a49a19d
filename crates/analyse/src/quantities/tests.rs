use super::*;
use crate::times::times;
use onrecord_model::{Published, PublishedFrom, Report};

fn read(text: &str) -> Vec<Quantity> {
    let published = "2024-05-15".parse().ok();
    let published = published.map(|date| Published { date, from: PublishedFrom::Sidecar });
    let report = Report { text: text.to_owned(), published, ..Report::default() };
    let prose = Prose::new(&report);
    quantities(&prose, &times(&prose))
}

#[test]
fn every_rule_finds_its_examples() {
    let mut wrong = Vec::new();
    for example in &RULES.examples {
        let read = read(&example.text);
        let is_there = read.iter().any(|quantity| {
            quantity.value == example.value
                && example.low.is_none_or(|low| quantity.low == Some(low))
                && example.high.is_none_or(|high| quantity.high == Some(high))
                && quantity.bound == example.bound
                && (example.unit.is_none() || quantity.unit == example.unit)
                && (example.counted.is_none() || quantity.counted == example.counted)
        });
        if !is_there {
            wrong.push(format!("{example:?} gives {read:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
