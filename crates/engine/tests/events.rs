//! Pairs of sentences that tell of one event or of two: how many are told apart. The pairs stand in
//! `eval/events`; those of `measure.toml` are not for tuning.

use onrecord_analyse::analyse;
use onrecord_compare::{Comparison, Subject, comparisons, is_same_day};
use onrecord_model::{Published, PublishedFrom, Report};
use serde::Deserialize;
use std::path::Path;

#[derive(Deserialize)]
struct Pairs {
    pair: Vec<Pair>,
}

#[derive(Deserialize)]
struct Pair {
    expect: String,
    a: [String; 2],
    b: [String; 2],
}

/// Whether the two are joined on one line, and whether they give a date-differs.
fn seen(pair: &Pair) -> (bool, bool) {
    let reports = [&pair.a, &pair.b].map(|[day, text]| Report {
        text: text.clone(),
        published: Some(Published {
            date: day.parse().expect("days are days"),
            from: PublishedFrom::Sidecar,
        }),
        ..Report::default()
    });
    let analyses = reports.each_ref().map(analyse);
    let subject = |n: usize, name: &'static str| Subject {
        name,
        report: &reports[n],
        analysis: &analyses[n],
    };
    let events: &dyn Comparison = comparisons()
        .iter()
        .copied()
        .find(|comparison| comparison.name() == "events")
        .expect("events are compared");
    let subjects = [subject(0, "001"), subject(1, "002")];
    let [left, right] = subjects.map(|subject| events.keys(subject));
    let mut is_joined = false;
    for a in &left {
        for b in right.iter().filter(|b| b.keys.iter().any(|key| a.keys.contains(key))) {
            let link = events.compare(&a.item, &b.item);
            is_joined |= link.is_some_and(|link| is_same_day(&link.body));
        }
    }
    (is_joined, !onrecord_compare::run(events, &subjects).is_empty())
}

/// Right and wrong: joined when they should be, and not; found to differ, and not.
#[derive(Default, Debug)]
struct Count {
    right: usize,
    wrong: usize,
    missed: usize,
}

fn counts(file: &str) -> [Count; 2] {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../eval/events").join(file);
    let text = std::fs::read_to_string(path).expect("the pairs are there");
    let Pairs { pair: pairs } = toml::from_str(&text).expect("the pairs are TOML");
    let mut counts = [Count::default(), Count::default()];
    for pair in &pairs {
        let (is_joined, is_found) = seen(pair);
        let expected = [pair.expect == "one", pair.expect == "differs"];
        for (place, (count, (is, should))) in
            counts.iter_mut().zip([is_joined, is_found].into_iter().zip(expected)).enumerate()
        {
            // Whether a plan and its change stand on one line is not asked.
            if place == 0 && pair.expect == "no-finding" {
                continue;
            }
            match (is, should) {
                (true, true) => count.right += 1,
                (true, false) => count.wrong += 1,
                (false, true) => count.missed += 1,
                (false, false) => {}
            }
            if is != should && file != "measure.toml" {
                println!("{} {}: {} / {}", pair.expect, is, pair.a[1], pair.b[1]);
            }
        }
    }
    println!("{file}: joined {:?}, differs {:?}", counts[0], counts[1]);
    counts
}

#[test]
fn what_is_joined_is_mostly_one_event() {
    let all = ["tune.toml", "measure.toml"].map(|file| (file, counts(file)));
    for (file, counts) in all {
        for Count { right, wrong, missed } in counts {
            assert!(right >= 9 * wrong, "{file}: {right} right, {wrong} wrong");
            assert!(right >= missed, "{file}: {right} right, {missed} missed");
        }
    }
}
