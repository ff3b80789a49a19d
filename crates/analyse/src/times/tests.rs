use super::rules::FILES;
use super::*;
use onrecord_model::{Published, PublishedFrom, Report};

fn report(text: &str, published: &str) -> Report {
    let published =
        published.parse().ok().map(|date| Published { date, from: PublishedFrom::Sidecar });
    Report { text: text.to_owned(), published, ..Report::default() }
}

/// The expressions of a text: words, type, value.
fn read(text: &str, published: &str) -> Vec<(String, TimexType, String)> {
    let report = report(text, published);
    let timexes = times(&Prose::new(&report));
    timexes.into_iter().map(|t| (t.span.of(text).to_owned(), t.kind, t.value)).collect()
}

#[test]
fn every_rule_finds_its_examples_and_none_of_its_counter_examples() {
    let mut wrong = Vec::new();
    for rule in &FILES.rules {
        for example in &rule.examples.yes {
            let day = example.published.as_deref().unwrap_or("2024-05-15");
            let read = read(&example.text, day);
            let is_there = read
                .iter()
                .any(|(span, _, value)| *span == example.span && *value == example.value);
            if !is_there {
                wrong.push(format!("{}: {:?} gives {read:?}", rule.name, example));
            }
        }
        for text in &rule.examples.no {
            let report = report(text, "2024-05-15");
            let prose = Prose::new(&report);
            for found in found(&prose) {
                if FILES.rules[found.rule].name == rule.name {
                    wrong.push(format!(
                        "{}: finds {:?} in {text}",
                        rule.name,
                        timex(&prose, &found)
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_has_an_example_or_a_reason() {
    let is_made = |rule: &rules::Rule| matches!(rule.op, rules::Op::Holiday | rules::Op::Event);
    for rule in FILES.rules.iter().filter(|rule| !is_made(rule)) {
        let examples = &rule.examples;
        assert!(!examples.yes.is_empty() || !examples.why.is_empty(), "{}", rule.name);
    }
}
