//! Laws that hold for any reports.

use crate::draft::{Draft, findings};
use onrecord_compare::{comparisons, each_detail_span, findings as all_findings};
use onrecord_model::{Bound, Span};
use proptest::prelude::*;

const SENTENCES: [&str; 8] = [
    "The harbour of Lorne was shut on Monday after two weeks of talks on night work came to nothing.",
    "Ships waited outside the breakwater with their lamps lit and their crews asleep below.",
    "Crane drivers left their cabs at noon and walked to the old customs house by the sea road.",
    "The port authority put up notices on both gates and sent the pilots home until further word.",
    "Two bakeries told their customers to buy bread for the week before the flour is gone.",
    "Nobody could say when the grain for the northern mills would be unloaded at the long quay.",
    "The mayor of Vaal asked for tarpaulins from the mainland before the next rain comes in.",
    "Fishermen tied their boats twice, slept in them, and found them on the beach at dawn.",
];

const QUOTES: [&str; 4] = [
    "“Closing the port would be an error and something we cannot support,”",
    "“Closing the port would be a mistake and something we cannot support,”",
    "“The gates will open when the last crane driver has been paid,”",
    "“The gates will open if the last crane driver has been paid in full,”",
];

/// A report of a few sentences and quotations, dated or not.
fn draft() -> impl Strategy<Value = Draft> {
    let sentences = prop::sample::subsequence(SENTENCES.to_vec(), 0..=8);
    let quotes = prop::collection::vec((0..QUOTES.len(), 0..3usize), 0..3);
    let figure = prop::option::of((1u32..90, 0..2usize));
    (sentences, quotes, figure, prop::option::of(1i8..6), 0..3usize).prop_map(
        |(sentences, quotes, figure, day, outlet)| {
            let speakers = ["Orla Fenn", "Piet Vaals", "Fenn"];
            let mut text = sentences.join(" ");
            for (quote, speaker) in &quotes {
                text.push_str(&format!("\n{} {} said.", QUOTES[*quote], speakers[*speaker]));
            }
            if let Some((number, place)) = figure {
                text.push_str(&format!(
                    "\nAt the port of {} {number} people were killed.",
                    ["Lorne", "Vaal"][place]
                ));
            }
            let mut draft = Draft::new("draft")
                .by(["Port Gazette", "Island Mail", "Courier"][outlet])
                .text(&text);
            if let Some(day) = day {
                draft = draft.on(&format!("2031-03-0{day}"));
            }
            let mut from = 0;
            for (quote, speaker) in &quotes {
                let at = from + text[from..].find(QUOTES[*quote]).unwrap();
                from = at + QUOTES[*quote].len();
                draft = draft.says_at(
                    Some((speakers[*speaker], onrecord_model::ActorType::Person)),
                    vec![Span::new(at, from)],
                );
            }
            if let Some((number, place)) = figure {
                let words = format!("{number} people");
                draft = draft.counts(
                    &words,
                    "people",
                    f64::from(number),
                    Bound::Exact,
                    Some(["Lorne", "Vaal"][place]),
                );
            }
            draft
        },
    )
}

fn named(mut drafts: Vec<Draft>) -> Vec<Draft> {
    for (number, draft) in drafts.iter_mut().enumerate() {
        draft.name = format!("{number:03}");
    }
    drafts
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_reports_changes_nothing(drafts in prop::collection::vec(draft(), 0..7).prop_map(named), turn in 0..7usize) {
        let before = findings(&drafts);
        let mut turned = drafts.clone();
        turned.rotate_left(turn.min(drafts.len()));
        turned.reverse();
        prop_assert_eq!(before, findings(&turned));
    }

    #[test]
    fn compare_is_the_same_either_way_round(drafts in prop::collection::vec(draft(), 2..4).prop_map(named)) {
        for comparison in comparisons() {
            let keyed: Vec<_> = drafts.iter().flat_map(|draft| comparison.keys(draft.subject())).collect();
            for a in &keyed {
                for b in &keyed {
                    if a.item.id.report != b.item.id.report {
                        prop_assert_eq!(comparison.compare(&a.item, &b.item), comparison.compare(&b.item, &a.item));
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_published_too_far_apart_is_never_linked(drafts in prop::collection::vec(draft(), 2..4).prop_map(named), apart in 0..500i64) {
        let mut drafts = drafts;
        let first: onrecord_model::Date = "2031-03-04".parse().unwrap();
        let (one, other) = (drafts[0].clone().on("2031-03-04"), drafts[1].clone());
        let later = (0..apart).fold(first, |day, _| day.tomorrow().unwrap());
        drafts = vec![one, other.on(&later.to_string())];
        for comparison in comparisons() {
            let keyed: Vec<_> = drafts.iter().map(|draft| comparison.keys(draft.subject())).collect();
            for a in &keyed[0] {
                for b in &keyed[1] {
                    if comparison.compare(&a.item, &b.item).is_some() {
                        let is_near = comparison.most_days().is_none_or(|most| apart as u64 <= most);
                        prop_assert!(is_near, "{} {apart} days apart", comparison.name());
                    }
                }
            }
        }
    }

    #[test]
    fn spans_are_of_their_reports_and_keys_without_repeats(drafts in prop::collection::vec(draft(), 0..6).prop_map(named)) {
        for comparison in comparisons() {
            for draft in &drafts {
                for keyed in comparison.keys(draft.subject()) {
                    let mut keys = keyed.keys.clone();
                    keys.sort_unstable();
                    keys.dedup();
                    prop_assert_eq!(keys.len(), keyed.keys.len());
                }
            }
        }
        for mut finding in findings(&drafts) {
            prop_assert!((0.0..=1.0).contains(&finding.confidence));
            prop_assert!(!finding.evidence.is_empty() && finding.reading.ends_with('.'));
            each_detail_span(&mut finding.detail, &mut |report, span| {
                let draft = drafts.iter().find(|draft| draft.name == report).unwrap();
                assert!(draft.report.text.get(span.range()).is_some());
                [span.start, span.end]
            });
        }
    }

    #[test]
    fn any_text_is_compared_without_harm(texts in prop::collection::vec("\\PC{0,200}", 2..4)) {
        let drafts: Vec<Draft> = texts.iter().enumerate().map(|(number, text)| {
            let draft = Draft::new(&format!("{number}")).text(text);
            let all = Span::new(0, text.len());
            draft.says_at(Some(("Fenn", onrecord_model::ActorType::Person)), vec![all])
        }).collect();
        let subjects: Vec<_> = drafts.iter().map(Draft::subject).collect();
        all_findings(&subjects);
    }
}
