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
fn an_event_that_happened_once_needs_no_publication_date() {
    let values = |text| read(text, "").into_iter().map(|(_, _, value)| value).collect::<Vec<_>>();
    let text = "She left a week after the Brexit vote. A day later he wept.";
    assert_eq!(values(text), ["2016-06-30", "2016-07-01"]);
    assert_eq!(values("She left a week after the presidential election."), ["P1W"]);
}

#[test]
fn news_writes_times_in_many_ways() {
    holds("It opened in mid-March.", "mid-March", "2024-03");
    holds("It opened in the first week of May.", "the first week of May", "2024-W18");
    holds("It lost money in fiscal 2023 and in Q3.", "fiscal 2023", "2023");
    holds("It lost money in fiscal 2023 and in Q3.", "Q3", "2023-Q3");
    holds("The talks end at midnight Saturday.", "midnight Saturday", "2024-05-18T24:00");
    holds("The fire burned overnight.", "overnight", "2024-05-15TNI");
    holds("The 2-day sale ended.", "2-day", "P2D");
    holds("The two-and-a-half-hour talk ended.", "two-and-a-half-hour", "PT2H30M");
    holds("They meet twice a week.", "twice a week", "P1W");
    holds("They meet at half past nine.", "half past nine", "2024-05-15T09:30");
    holds("They left a week after.", "a week", "P1W");
    holds("Signed on 7 May 🎉 by all 🚀.", "7 May", "2024-05-07");
    holds("The 9 a.m.-5 p.m. shift ended.", "9 a.m.", "2024-05-15T09:00");
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
    holds("The team planned to leave Lorne on Thursday.", "Thursday", "2024-05-16");
    holds("The court gave her until 9 a.m. Tuesday to pay.", "9 a.m. Tuesday", "2024-05-21T09:00");
    holds("Ballots can arrive as late as Friday.", "Friday", "2024-05-17");
    holds("The party is done if it loses in November.", "November", "2024-11");
    holds("Heading into Tuesday's Lorne primary, she led.", "Tuesday", "2024-05-21");
    holds("They will meet Monday through Friday.", "Friday", "2024-05-24");
    // One that looks back, whatever stands between.
    holds("Until Thursday, it denied that.", "Thursday", "2024-05-09");
    holds("He had hoped to speak on Saturday, but waited.", "Saturday", "2024-05-11");
    holds("They met last Tuesday by the quay.", "last Tuesday", "2024-05-07");
    holds(
        "They must decide whether to try him for the death of a man on March 9.",
        "March 9",
        "2024-03-09",
    );
    holds("They are touting December's cuts.", "December", "2023-12");
    holds("They had not replied by a Friday deadline.", "Friday", "2024-05-10");
    holds("They knew of it as early as April.", "April", "2024-04");
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
    holds("It fell last year. Some 400 years later it stands.", "400 years later", "XXXX");
}

#[test]
fn a_year_may_stand_with_the_second_of_two_days() {
    holds("He was away between July 28 and August 27, 2011.", "July 28", "2011-07-28");
    holds("It rained from March 3 to 5, 2019.", "March 3", "2019-03-03");
    holds("In 2008 the port was shut by March 5.", "March 5", "2008-03-05");
    holds("He was away between January and June of 2005.", "January", "2005-01");
    holds("He was away between November and March 2005.", "November", "2004-11");
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
    holds_none("He read it in the Weekly Standard that he bought.");
    holds_none("She sang on the network's Today show and wept.");
}

#[test]
fn clock_times_take_the_day_of_the_date_beside_them() {
    let text = "It rained from 9 a.m. to 5 p.m. on Monday.";
    holds(text, "9 a.m.", "2024-05-13T09:00");
    holds(text, "5 p.m. on Monday", "2024-05-13T17:00");
    let both = "The match starts at 9 a.m. EST / 1400 GMT.";
    holds(both, "9 a.m. EST", "2024-05-15T09:00");
    holds(both, "1400 GMT", "2024-05-15T14:00Z");
}

#[test]
fn last_quarter_is_the_one_before_this() {
    holds("It earned a crown last quarter.", "last quarter", "2024-Q1");
    holds("In the last quarter of 2019 it fell.", "the last quarter of 2019", "2019-Q4");
    holds_none("They spent one quarter of it.");
    holds_none("It plans three quarter-point cuts.");
}

#[test]
fn a_quarter_to_come_is_not_what_figures_are_compared_with() {
    let text = "Profit fell in the first quarter. They will lose money in the third quarter of \
                2024. Sales were up from a year ago.";
    holds(text, "a year ago", "2023-Q1");
}

#[test]
fn holidays_have_their_weeks_and_weekends() {
    holds("It burned over Labor Day weekend.", "Labor Day weekend", "2023-W35-WE");
    holds("It rained in Easter week.", "Easter week", "2024-W13");
    let begun = read("They prayed as Easter week began.", "2000-04-17");
    assert_eq!(begun[0].2, "2000-W16");
}

#[test]
fn a_season_of_this_year_may_be_over_or_to_come() {
    holds("A report this spring backs him up.", "this spring", "2024-SP");
    let read = read("A report this summer backs him up.", "2013-09-27");
    assert_eq!(read[0].2, "2013-SU");
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
