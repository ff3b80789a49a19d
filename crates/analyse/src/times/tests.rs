use super::rules::FILES;
use super::*;
use onrecord_model::{Dateline, Published, PublishedFrom, Report, Span};
use proptest::prelude::*;

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
            for found in found(&prose, &crate::syntax::syntax(&prose)) {
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

/// Whether the text, in a report of a Wednesday, holds this expression with this value.
#[track_caller]
fn holds(text: &str, span: &str, value: &str) {
    let read = read(text, "2024-05-15");
    let is_there = read.iter().any(|found| found.0 == span && found.2 == value);
    assert!(is_there, "{text}: {read:?}");
}

#[track_caller]
fn holds_none(text: &str) {
    let read = read(text, "2024-05-15");
    assert!(read.is_empty(), "{text}: {read:?}");
}

#[test]
fn a_report_without_a_day_gives_partial_values_and_never_todays() {
    for (text, value) in [
        ("The quay fell on Oct. 7.", "XXXX-10-07"),
        ("The quay fell on Friday.", "XXXX-WXX-5"),
        ("The quay fell last year.", "XXXX"),
        ("The quay fell yesterday.", "XXXX-XX-XX"),
    ] {
        assert_eq!(read(text, "")[0].2, value, "{text}");
    }
}

#[test]
fn the_datelines_day_stands_in_for_the_publication_date() {
    let text = "PORT LORNE, March 4 (QN) — The quay fell on Sunday.";
    let mut report = report(text, "");
    let dateline = Dateline {
        span: Span::new(0, 28),
        place: None,
        date: "2024-03-04".parse().ok(),
        agency: None,
    };
    report.dateline = Some(dateline);
    let times = times(&Prose::new(&report));
    assert_eq!(times.last().map(|timex| timex.value.as_str()), Some("2024-03-03"));
}

#[test]
fn the_last_whole_date_of_the_text_is_the_last_resort() {
    let read = read("The quay fell on May 2, 2019. It was rebuilt a week later.", "");
    assert_eq!(read[1].2, "2019-W19");
}

#[test]
fn an_event_with_a_day_of_its_own_anchors_what_follows_it() {
    holds("She left a week after the Brexit vote.", "a week after the Brexit vote", "2016-06-30");
}

#[test]
fn words_that_only_look_like_times_are_none() {
    holds_none("The coil spring broke and the second one held.");
    holds_none("It may march on.");
    holds_none("The shop is open 24/7.");
    holds_none("They won 6-3 under Section 427.");
    holds_none("It had the number 2882015 on it 🎉.");
    holds_none("It cost $2010 or so.");
}

#[test]
fn traps_of_taggers_are_read_as_a_person_would() {
    holds("It burns out in 300 years.", "300 years", "P300Y");
    holds("It fell at 4:49 PM 🎉.", "4:49 PM", "2024-05-15T16:49");
    holds("They met Oct. 7 in May's house.", "Oct. 7", "2023-10-07");
    holds("The talks will begin on Christmas Eve.", "Christmas Eve", "2024-12-24");
    holds("The markets shut during Ramadan.", "Ramadan", "2024-03");
    holds("He has run it since the 1990s.", "the 1990s", "199");
}

#[test]
fn a_day_lies_where_the_verb_it_hangs_on_looks() {
    // A verb that looks ahead.
    holds("The council will meet on March 4 in the hall.", "March 4", "2025-03-04");
    holds("They agreed to meet Tuesday in Lorne.", "Tuesday", "2024-05-21");
    holds("Rain is expected on Sunday.", "Sunday", "2024-05-19");
    holds("He planned a rally on Saturday.", "Saturday", "2024-05-18");
    holds("They set a hearing for Friday.", "Friday", "2024-05-17");
    holds("The ship could sail as early as Tuesday.", "Tuesday", "2024-05-21");
    holds("A vote before Sunday looks unlikely.", "Sunday", "2024-05-19");
    holds("The deadline is Friday.", "Friday", "2024-05-17");
    holds("The court gave her until Monday to pay.", "Monday", "2024-05-20");
    // One that looks back, whatever stands between.
    holds("He managed to flee on Friday.", "Friday", "2024-05-10");
    holds("She was relieved to learn on Friday that it held.", "Friday", "2024-05-10");
    holds("He could not be reached on Friday.", "Friday", "2024-05-10");
    holds("Until Thursday, they had not named him.", "Thursday", "2024-05-09");
    holds("Officials said Monday that the port would open.", "Monday", "2024-05-13");
}

#[test]
fn a_day_counted_from_a_day_that_is_not_named_is_not_known() {
    holds("The next day he wept.", "The next day", "XXXX-XX-XX");
    holds("It fell in 1987. That day he wept.", "That day", "XXXX-XX-XX");
    holds("It fell on May 2. The next day he wept.", "The next day", "2024-05-03");
}

#[test]
fn a_year_may_stand_with_the_second_of_two_days() {
    holds("He was away between July 28 and August 27, 2011.", "July 28", "2011-07-28");
    holds("It rained from March 3 to 5, 2019.", "March 3", "2019-03-03");
}

#[test]
fn figures_are_compared_with_the_same_quarter_of_the_year_before() {
    let text = "Profit rose in the third quarter. A year earlier it fell. Sales in the latest \
                quarter were flat. For the first nine months, profit was down from a year earlier.";
    let values: Vec<String> =
        read(text, "1996-10-20").into_iter().map(|(_, _, value)| value).collect();
    assert_eq!(values, ["1996-Q3", "1995-Q3", "1996-Q3", "P9M", "1995"]);
}

#[test]
fn names_that_hold_a_word_of_time_are_none() {
    holds_none("She told USA Today that it held.");
    holds_none("He said so on 60 Minutes and left the hall.");
    holds_none("Theresa May had Brought It Home, said June Carver.");
    holds_none("About three-quarters of them fled.");
}

#[test]
fn apostrophes_may_be_curly() {
    holds("In last year’s fourth quarter it fell.", "last year’s fourth quarter", "2023-Q4");
    holds(
        "He spoke a week after Ana Voss’s victory in the US presidential election.",
        "a week after Ana Voss’s victory in the US presidential election",
        "2020-11-10",
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn spans_are_in_order_inside_the_text_and_apart(
        words in proptest::collection::vec(
            prop_oneof![
                Just("Friday".to_owned()), Just("May".to_owned()), Just("2024".to_owned()),
                Just("two".to_owned()), Just("years".to_owned()), Just("ago".to_owned()),
                Just("the".to_owned()), Just("last".to_owned()), Just("9".to_owned()),
                Just("a.m.".to_owned()), Just("of".to_owned()), Just("-".to_owned()),
                Just("99999999999".to_owned()), Just("week".to_owned()), Just("after".to_owned()),
                "\\PC{0,6}",
            ],
            0..30,
        ),
        published in prop_oneof![Just(""), Just("2024-02-29"), Just("0001-01-01"), Just("9999-12-31")],
    ) {
        let text = words.join(" ");
        let report = report(&text, published);
        let prose = Prose::new(&report);
        let once = times(&prose);
        for pair in once.windows(2) {
            prop_assert!(pair[0].span.end <= pair[1].span.start);
        }
        for timex in &once {
            prop_assert!(!timex.span.of(&text).is_empty());
            prop_assert!(!timex.value.is_empty());
        }
        prop_assert_eq!(once, times(&prose));
    }
}

#[test]
fn every_rule_has_an_example_or_a_reason() {
    let is_made = |rule: &rules::Rule| matches!(rule.op, rules::Op::Holiday | rules::Op::Event);
    for rule in FILES.rules.iter().filter(|rule| !is_made(rule)) {
        let examples = &rule.examples;
        assert!(!examples.yes.is_empty() || !examples.why.is_empty(), "{}", rule.name);
    }
}
