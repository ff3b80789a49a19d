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

/// The one figure of a text: value, low, high, bound, unit, counted.
#[track_caller]
fn only(text: &str) -> Quantity {
    let mut read = read(text);
    assert_eq!(read.len(), 1, "{text}: {read:?}");
    read.remove(0)
}

#[test]
fn numbers_are_read_as_news_writes_them() {
    for (text, value) in [
        ("It took in 31,000 boats.", 31_000.0),
        ("It took in 1.3 million boats.", 1_300_000.0),
        ("It took in twenty-five thousand boats.", 25_000.0),
        ("It took in half a million boats.", 500_000.0),
        ("It took in a dozen boats.", 12.0),
        ("It took in two hundred and fifty boats.", 250.0),
        ("It cost $95 billion.", 95e9),
        ("It cost £3m.", 3e6),
        ("It lost two-thirds of its boats.", 2.0 / 3.0),
        ("It lost one in five boats.", 0.2),
    ] {
        assert_eq!(only(text).value, Some(value), "{text}");
    }
}

#[test]
fn vague_figures_have_a_least_value_and_no_value() {
    let quantity = only("Hundreds of thousands of villagers fled.");
    assert_eq!((quantity.value, quantity.low), (None, Some(100_000.0)));
    assert_eq!(quantity.bound, Bound::About);
    assert_eq!(quantity.unit.as_deref(), Some("people"));
}

#[test]
fn a_range_has_both_ends_and_no_value() {
    for text in
        ["It sank 50 to 60 boats.", "It sank between 50 and 60 boats.", "It sank 50-60 boats."]
    {
        let quantity = only(text);
        assert_eq!((quantity.low, quantity.high), (Some(50.0), Some(60.0)), "{text}");
        assert_eq!(quantity.bound, Bound::Between);
    }
}

#[test]
fn a_fall_to_a_level_is_two_figures() {
    let read = read("Shares fell 3% to 41.20.");
    assert_eq!(read[0].bound, Bound::Down);
    assert_eq!((read[1].value, read[1].bound), (Some(41.2), Bound::Exact));
}

#[test]
fn what_is_counted_keeps_what_narrows_it() {
    let quantity = only("Over 100 hostages held by the Reef Front are alive.");
    assert_eq!(quantity.counted.as_deref(), Some("hostages held by the Reef Front"));
    let quantity = only("It drove out 400 displaced dockers seeking refuge in Port Lorne.");
    assert_eq!(quantity.counted.as_deref(), Some("displaced dockers seeking refuge in Port Lorne"));
    assert_eq!(quantity.place.as_deref(), Some("Port Lorne"));
}

/// What the figures of a text count, one for each.
fn counted(text: &str) -> Vec<Option<String>> {
    read(text).into_iter().map(|quantity| quantity.counted).collect()
}

#[test]
fn a_figure_is_of_what_the_sentence_says_it_of() {
    for (text, of) in [
        ("Shares of Lorne Shipping fell 3 percent.", "Shares of Lorne Shipping"),
        ("Unemployment is at 5 percent.", "Unemployment"),
        ("The bank cut its key rate to 4 percent.", "key rate"),
        ("The council passed a budget of €480 million.", "budget"),
        ("It won a $300 million contract.", "contract"),
        ("Turnout was 71%.", "Turnout"),
    ] {
        assert_eq!(counted(text), [Some(of.to_owned())], "{text}");
    }
}

#[test]
fn a_change_is_told_from_a_level() {
    let bounds = |text: &str| read(text).into_iter().map(|q| q.bound).collect::<Vec<_>>();
    for (text, expected) in [
        ("The index rose by 3 percent to 41.", vec![Bound::Up, Bound::Exact]),
        ("The rate climbed from 3 percent to 4 percent.", vec![Bound::Exact, Bound::Exact]),
        ("Rents rose 9 percent in Vaal and 6 percent in Lorne.", vec![Bound::Up, Bound::Up]),
        ("Rents saw an increase of 9 percent.", vec![Bound::Up]),
        ("Women made up 54 percent of voters.", vec![Bound::Exact]),
        ("The storm sank 50 boats.", vec![Bound::Exact]),
    ] {
        assert_eq!(bounds(text), expected, "{text}");
    }
}

#[test]
fn a_length_of_time_is_a_figure_and_a_date_is_none() {
    assert_eq!(only("They stayed two days.").unit.as_deref(), Some("day"));
    assert_eq!(only("He was jailed for more than 12 years.").bound, Bound::Over);
    assert!(read("They left two days ago, on May 3.").is_empty());
}

#[test]
fn one_counts_where_a_noun_follows() {
    assert_eq!(only("One of the line's largest tugs sank.").unit.as_deref(), Some("tug"));
    for text in ["No one came.", "Whatever one thinks, it sank.", "They saw one another."] {
        assert!(read(text).is_empty(), "{text}");
    }
}

#[test]
fn a_noun_may_be_counted_twice() {
    let read = read("Three of the five judges left.");
    let units: Vec<_> = read.iter().map(|quantity| quantity.unit.as_deref()).collect();
    assert_eq!(units, [Some("people"), Some("people")]);
    assert_eq!((read[0].value, read[1].value), (Some(3.0), Some(5.0)));
}

#[test]
fn numbers_of_lists_and_telephones_are_no_quantities() {
    for text in ["It must (1) pay the dockers, or (2) leave.", "Call 0800 555 019."] {
        let read = read(text);
        assert!(read.is_empty(), "{text}: {read:?}");
    }
}

#[test]
fn ages_are_of_their_own_kind() {
    for text in ["The 11-year-old won.", "Lina Oke, 11, won.", "She is 11 years old."] {
        assert_eq!(only(text).unit.as_deref(), Some("year of age"), "{text}");
    }
}

#[test]
fn names_dates_and_ordinals_are_no_quantities() {
    for text in [
        "The F-15 flew under Resolution 2334.",
        "The G7 met on Oct. 7, 2023.",
        "Under Section 427 the 7th fleet sailed.",
        "It changed after 9/11.",
        "They live at 10 Downing Street.",
    ] {
        let read = read(text);
        assert!(read.is_empty(), "{text}: {read:?}");
    }
}

#[test]
fn a_score_is_a_figure_for_each_side() {
    let read = read("Lorne won 6-3.");
    let values: Vec<_> = read.iter().map(|quantity| quantity.value).collect();
    assert_eq!(values, [Some(6.0), Some(3.0)]);
}

#[test]
fn a_quantity_belongs_to_the_innermost_statement_that_holds_it() {
    use onrecord_model::{Act, Mode, Span, StatementId};
    let text = "He said that she said 40 boats sank.";
    let mut quantities = read(text);
    let statement = |id: u32, content: Span| Statement {
        id: StatementId(id),
        source: Vec::new(),
        cue: Vec::new(),
        content: vec![content],
        mode: Mode::Indirect,
        act: Act::Say,
        is_negated: false,
        speaker: None,
        addressee: None,
        via: Vec::new(),
        venue: None,
        said_on: None,
        within: None,
    };
    let statements = [statement(1, Span::new(8, 35)), statement(2, Span::new(22, 35))];
    give(&mut quantities, &statements);
    assert_eq!(quantities[0].statement, Some(StatementId(2)));
}

#[test]
fn measures_come_to_base_units() {
    assert_eq!(in_base_units(2.0, "kilometre"), Some(2000.0));
    assert_eq!(in_base_units(2.0, "US dollar"), None);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(200))]

    #[test]
    fn spans_are_in_order_inside_the_text_and_apart(
        words in proptest::collection::vec(
            proptest::prelude::prop_oneof![
                proptest::prelude::Just("a".to_owned()), proptest::prelude::Just("$".to_owned()),
                proptest::prelude::Just("12".to_owned()), proptest::prelude::Just("million".to_owned()),
                proptest::prelude::Just("two".to_owned()), proptest::prelude::Just("-".to_owned()),
                proptest::prelude::Just("of".to_owned()), proptest::prelude::Just("boats".to_owned()),
                proptest::prelude::Just("%".to_owned()), proptest::prelude::Just("to".to_owned()),
                proptest::prelude::Just("half".to_owned()), proptest::prelude::Just("dozens".to_owned()),
                "\\PC{0,6}",
            ],
            0..30,
        ),
    ) {
        let text = words.join(" ");
        let once = read(&text);
        for pair in once.windows(2) {
            proptest::prop_assert!(pair[0].span.end <= pair[1].span.start, "{:?}", pair);
        }
        proptest::prop_assert_eq!(once, read(&text));
    }
}
