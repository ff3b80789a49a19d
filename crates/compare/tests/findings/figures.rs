//! Figures side by side: what differs, and what only grew or was rounded.

use crate::draft::{Draft, findings, readings};
use onrecord_model::Bound;

const NONE: [String; 0] = [];

fn million(name: &str) -> Draft {
    Draft::new(name)
        .text("There is food for over a million displaced Lorners seeking refuge in Vaal.")
        .counts(
            "over a million",
            "displaced Lorners seeking refuge",
            1e6,
            Bound::Over,
            Some("Vaal"),
        )
}

fn civilians(name: &str) -> Draft {
    Draft::new(name)
        .text("Officials met in Vaal, now home to more than 1.3 million civilians.")
        .counts("more than 1.3 million", "civilians", 1.3e6, Bound::Over, Some("Vaal"))
}

fn millions(name: &str) -> Draft {
    Draft::new(name)
        .text("The town of Vaal is home to millions of Lorners who have sought refuge there.")
        .counts("millions", "Lorners who have sought refuge", 1e6, Bound::About, Some("Vaal"))
}

fn killed(name: &str, number: f64, bound: Bound) -> Draft {
    Draft::new(name)
        .text(&format!("At the port of Lorne {number} people were killed by the blast."))
        .counts(&format!("{number}"), "people", number, bound, Some("Lorne"))
}

#[test]
fn the_outlier_is_named() {
    assert_eq!(
        readings(&[million("001"), millions("000"), civilians("002"), million("004")]),
        [
            "figure-differs: 000 counts millions of people in Vaal, three other reports over a million."
        ]
    );
}

#[test]
fn the_outlier_is_named_when_the_others_stand_around_it_in_time() {
    let drafts = [
        million("001").on("2031-03-14"),
        millions("000").on("2031-03-22"),
        civilians("002").on("2031-04-02"),
    ];
    assert_eq!(readings(&drafts).len(), 1);
    let grown = [
        million("001").on("2031-03-14"),
        civilians("002").on("2031-03-16"),
        millions("000").on("2031-04-22"),
    ];
    assert_eq!(readings(&grown), NONE);
}

#[test]
fn two_figures_of_one_day_differ() {
    let drafts = [
        killed("001", 35.0, Bound::Exact).on("2031-03-04"),
        killed("002", 53.0, Bound::Exact).on("2031-03-04"),
    ];
    let found = findings(&drafts);
    assert_eq!(
        found[0].reading,
        "002 (4 March) counts 53 people killed in Lorne, 001 (4 March) 35, in the same sentence."
    );
    assert_eq!(found[0].detail["state"], "killed");
}

#[test]
fn a_slip_in_a_sentence_that_was_carried_over_differs_on_another_day_too() {
    let cranes = |name: &str, number: &str, value: f64| {
        Draft::new(name)
            .text(&format!(
                "On the long pier of Lorne {number} cranes were bought by the harbour board."
            ))
            .counts(number, "cranes", value, Bound::Exact, Some("Lorne"))
    };
    let drafts = [
        cranes("001", "18", 18.0).on("2031-03-04"),
        cranes("002", "180", 180.0).on("2031-03-05"),
        cranes("003", "18", 18.0).on("2031-03-05"),
    ];
    assert_eq!(
        readings(&drafts),
        [
            "figure-differs: 002 (5 March) counts 180 cranes in Lorne, two other reports 18, in the same sentence."
        ]
    );
}

#[test]
fn what_was_carried_over_from_yesterday_is_no_outlier() {
    let idle = |name: &str, words: &str, number: f64| {
        Draft::new(name).text(words).counts(
            &format!("{number}"),
            "ships",
            number,
            Bound::Exact,
            Some("Lorne"),
        )
    };
    let before = "Off the port of Lorne 44 ships were waiting to unload on the day.";
    let drafts = [
        idle("001", before, 44.0).on("2031-03-04"),
        idle("002", before, 44.0).on("2031-03-05"),
        idle("003", "On the day 55 ships were waiting off the port of Lorne.", 55.0)
            .on("2031-03-05"),
    ];
    assert_eq!(readings(&drafts), NONE);
}

#[test]
fn fewer_dead_than_the_day_before_differ() {
    let drafts = [
        killed("001", 53.0, Bound::Exact).on("2031-03-04"),
        killed("002", 35.0, Bound::Exact).on("2031-03-05"),
    ];
    assert_eq!(readings(&drafts).len(), 1);
}

#[test]
fn figures_of_one_thing_stand_under_one_measure_in_order_of_time() {
    let drafts =
        [civilians("002").on("2031-04-02"), million("001").on("2031-03-14"), million("003")];
    let subjects: Vec<onrecord_compare::Subject<'_>> = drafts.iter().map(Draft::subject).collect();
    let measures = onrecord_compare::all_measures(&subjects);
    assert_eq!(measures.len(), 1);
    let [measure] = measures.as_slice() else { return };
    assert_eq!((measure.what.as_str(), measure.place.as_deref()), ("people", Some("Vaal")));
    let series: Vec<(&str, &str)> =
        measure.series.iter().map(|given| (given.report.as_str(), given.amount.as_str())).collect();
    // A report without a date cannot be laid beside one that has one.
    assert_eq!(series, [("001", "over a million"), ("002", "more than 1.3 million")]);
}

#[test]
fn a_toll_that_grows_is_no_finding() {
    let drafts = [
        killed("001", 35.0, Bound::Exact).on("2031-03-04"),
        killed("002", 53.0, Bound::Exact).on("2031-03-07"),
    ];
    assert_eq!(readings(&drafts), NONE);
}

#[test]
fn rounding_and_bounds_are_no_finding() {
    let pairs = [
        (31_000.0, Bound::Exact, 31_240.0, Bound::Exact),
        (30.0, Bound::AtLeast, 53.0, Bound::Exact),
        (31_000.0, Bound::Over, 31_900.0, Bound::Exact),
        (60.0, Bound::UpTo, 53.0, Bound::Exact),
    ];
    for (a, a_bound, b, b_bound) in pairs {
        let drafts = [
            killed("001", a, a_bound).on("2031-03-04"),
            killed("002", b, b_bound).on("2031-03-04"),
        ];
        assert_eq!(readings(&drafts), NONE, "{a} {b}");
    }
}

#[test]
fn another_place_or_another_state_is_another_thing() {
    let wounded = Draft::new("002")
        .on("2031-03-04")
        .text("At the port of Lorne 53 people were wounded by the blast.")
        .counts("53", "people", 53.0, Bound::Exact, Some("Lorne"));
    let elsewhere = Draft::new("002")
        .on("2031-03-04")
        .text("In Vaal 53 people were killed by the blast.")
        .counts("53", "people", 53.0, Bound::Exact, Some("Vaal"));
    for other in [wounded, elsewhere] {
        assert_eq!(readings(&[killed("001", 35.0, Bound::Exact).on("2031-03-04"), other]), NONE);
    }
}

#[test]
fn a_part_of_the_whole_is_another_thing() {
    let part = Draft::new("002")
        .on("2031-03-04")
        .text("Many were killed at the port of Lorne, including 12 people killed on the pier.")
        .counts("12", "people", 12.0, Bound::Exact, Some("Lorne"));
    assert_eq!(readings(&[killed("001", 35.0, Bound::Exact).on("2031-03-04"), part]), NONE);
}

#[test]
fn a_report_with_both_figures_differs_from_neither() {
    let both = Draft::new("002")
        .on("2031-03-04")
        .text("At the port of Lorne 53 people were killed. The ministry in Lorne said 35 people were killed.")
        .counts("53", "people", 53.0, Bound::Exact, Some("Lorne"));
    let span = both.find("35");
    let mut second = both.analysis.quantities[0].clone();
    second.counted_span =
        Some(onrecord_model::Span::new(span.end as usize + 1, span.end as usize + 7));
    (second.span, second.value, second.low, second.high) =
        (span, Some(35.0), Some(35.0), Some(35.0));
    let mut both = both;
    both.analysis.quantities.push(second);
    assert_eq!(readings(&[killed("001", 35.0, Bound::Exact).on("2031-03-04"), both]), NONE);
}

/// A report on the shooting at a fair, in words of its own.
fn shooting(name: &str, head: &str, counted: &str, figures: &[(&str, &str, f64)]) -> Draft {
    let text = format!(
        "Orla Varrow opened fire at the Quellar fair, sheriff Tomas Dray said. {counted} The Quellar \
         fairground has been closed, and Dray asked for pictures of Varrow."
    );
    let mut draft = Draft::new(name)
        .headed(head, &text)
        .on("2031-03-04")
        .person("Orla Varrow", &[])
        .person("Tomas Dray", &["sheriff"]);
    draft.actor("Quellar", onrecord_model::ActorType::Place, &[]);
    for &(words, counted, value) in figures {
        draft = draft.counts(words, counted, value, Bound::Exact, None);
    }
    draft
}

#[test]
fn a_toll_differs_in_two_reports_of_one_story_that_share_no_word_beside_it() {
    let first = shooting(
        "001",
        "Varrow fires at fair",
        "That left 59 people dead.",
        &[("59", "people", 59.0)],
    );
    let second = shooting(
        "002",
        "Fairground killings: Varrow sought",
        "Her shots killed 50 visitors.",
        &[("50", "visitors", 50.0)],
    );
    let people = shooting(
        "002",
        "Fairground killings: Varrow sought",
        "Her shots killed 48 people.",
        &[("48", "people", 48.0)],
    );
    let found = readings(&[first.clone(), people]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("48 people killed"), "{found:?}");
    // Visitors may be but some of those.
    assert_eq!(readings(&[first, second]), NONE);
}

#[test]
fn what_is_told_of_another_time_or_as_a_part_of_the_sum_does_not_differ() {
    let head = "Fairground killings: Varrow sought";
    let first = shooting(
        "001",
        "Varrow fires at fair",
        "That left 31 people dead.",
        &[("31", "people", 31.0)],
    );
    let that = shooting(
        "002",
        head,
        "Like the fire at the mill, where 22 people died that night, it shook the town.",
        &[("22", "people", 22.0)],
    );
    assert_eq!(readings(&[first.clone(), that]), NONE);
    let since = shooting(
        "002",
        head,
        "It was the deadliest shooting since one in Marrin, where 22 people died.",
        &[("22", "people", 22.0)],
    );
    assert_eq!(readings(&[first.clone(), since]), NONE);
    let parts = shooting(
        "002",
        head,
        "Her shots killed 22 people at the gate. Nine persons died inside.",
        &[("22", "people", 22.0), ("Nine", "persons", 9.0)],
    );
    assert_eq!(readings(&[first, parts]), NONE);
}

#[test]
fn others_whom_something_else_befell_are_all_of_them() {
    let wounded = |name: &str, counted: &str, number: f64| {
        let words = format!("{number}");
        shooting(name, "Varrow fires at fair", counted, &[(&words, "others", number)])
    };
    let found = readings(&[
        wounded("001", "She killed three people and wounded 170 others.", 170.0),
        wounded("002", "Three people were killed and 230 others injured.", 230.0),
    ]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("people wounded"), "{found:?}");
}

/// The pilot of a ship, in a report with two others.
fn pilot(name: &str, said: &str, mention: &str, age: f64) -> Draft {
    Draft::new(name)
        .text(&format!(
            "{said} Bo Rask, who owns the Merrow, thanked Ada Fenn of the lifeboat station."
        ))
        .person("Bo Rask", &[])
        .person("Ada Fenn", &[])
        .aged("Lina Oke", mention, age)
        .on("2031-03-04")
}

#[test]
fn one_person_has_one_age() {
    let first = || pilot("001", "The pilot, Lina Oke, 44, was rescued.", "Lina Oke", 44.0);
    let other = pilot("002", "Captain Oke, who is 54, was pulled out.", "Captain Oke", 54.0);
    assert_eq!(
        readings(&[first(), other.clone()]),
        ["figure-differs: 002 (4 March) gives 54 as the age of Lina Oke, 001 (4 March) 44."]
    );
    // Weeks later too; a birthday may lie between; no measure of its own for the brief.
    assert_eq!(readings(&[first(), other.clone().on("2031-03-28")]).len(), 1);
    assert_eq!(readings(&[first(), other.clone().on("2031-05-04")]), NONE);
    let then = pilot("002", "Captain Oke, who was 34 at the time, swam.", "Captain Oke", 34.0);
    assert_eq!(readings(&[first(), then]), NONE);
    let older = pilot("002", "Captain Oke, who is 45, was pulled out.", "Captain Oke", 45.0);
    assert_eq!(readings(&[first(), older]), NONE);
    let subjects = [first(), other];
    let subjects: Vec<_> = subjects.iter().map(Draft::subject).collect();
    assert_eq!(onrecord_compare::all_measures(&subjects), []);
}

#[test]
fn two_of_one_name_in_two_stories_are_two() {
    let first = pilot("001", "The pilot, Lina Oke, 44, was rescued.", "Lina Oke", 44.0);
    let other = Draft::new("002")
        .text("Lina Oke, 54, opened her bakery. Jan Holm of the chamber of trade cut the ribbon.")
        .person("Jan Holm", &[])
        .aged("Lina Oke", "Lina Oke", 54.0)
        .on("2031-03-04");
    assert_eq!(readings(&[first, other]), NONE);
}
