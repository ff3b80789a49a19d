//! The language of `find`, what it finds, and in which order.

use crate::desk::{Desk, Draft, strike};
use onrecord_ledger::{Found, Query};
use onrecord_model::*;
use proptest::prelude::*;
use proptest::strategy::ValueTree;

fn find(desk: &Desk, line: &str) -> Found {
    let query: Query = line.parse().unwrap_or_else(|error| panic!("`{line}`: {error}"));
    desk.ledger.find(&query, 50, 0).unwrap()
}

/// Hits as `report kind: words`, with the words that match in brackets.
fn lines(desk: &Desk, line: &str) -> Vec<String> {
    let found = find(desk, line);
    assert_eq!(found.total, found.hits.len());
    let shown = |hit: &onrecord_ledger::Hit| {
        let text = desk.ledger.report(&hit.report).unwrap().unwrap().report.text;
        let kind = if hit.statement.is_some() { "statement" } else { "sentence" };
        let marked: Vec<&str> = hit.highlights.iter().map(|span| span.of(&text)).collect();
        assert_eq!(hit.sentence.of(&text), hit.sentence_text);
        assert_eq!(CodePoints::new(&text).span(hit.span), hit.code_points);
        format!("{} {kind} [{}]", hit.report, marked.join("] ["))
    };
    found.hits.iter().map(shown).collect()
}

#[test]
fn words_find_statements_then_other_sentences_in_any_inflection() {
    let desk = Desk::with(&strike());
    let mut found = lines(&desk, "strike");
    found[..2].sort();
    assert_eq!(
        found,
        ["001 statement [strikes]", "002 statement [strike]", "002 sentence [strike]"]
    );
    assert_eq!(lines(&desk, "DÓCKERS"), lines(&desk, "docker"));
    assert_eq!(lines(&desk, "quay ferry"), Vec::<String>::new());
    assert_eq!(lines(&desk, "kind:sentence ferry OR quay").len(), 3);
}

#[test]
fn fields_of_speaking_find_statements_alone() {
    let desk = Desk::with(&strike());
    assert_eq!(lines(&desk, "speaker:roe strike"), ["001 statement [strikes]"]);
    assert_eq!(lines(&desk, "speaker:jane"), ["001 statement []", "003 statement []"]);
    assert_eq!(lines(&desk, "speaker:\"Jane Roe\" act:promise"), ["003 statement []"]);
    assert_eq!(lines(&desk, "speaker:\"Roe Jane\""), Vec::<String>::new());
    assert_eq!(lines(&desk, "mode:indirect -act:decline"), ["002 statement []"]);
    assert_eq!(lines(&desk, "act:warn OR speaker:board").len(), 2);
    assert_eq!(lines(&desk, "-speaker:roe mode:indirect -comment"), ["002 statement []"]);
}

#[test]
fn whoever_is_asked_for_without_a_word_is_found_in_order_of_day() {
    let desk = Desk::with(&strike());
    let said = lines(&desk, "speaker:jane");
    assert_eq!(said, ["001 statement []", "003 statement []"]);
    // What the list of statements knows, and what has to be looked up.
    for (narrowed, found) in [
        ("speaker:jane on:2024-03-03", &said[..1]),
        ("speaker:jane after:2024-03-02", &said[..1]),
        ("speaker:jane after:2024-03-03", &[]),
        ("speaker:jane before:2024-03-03", &[]),
        ("speaker:jane outlet:courier", &said[..1]),
        ("speaker:jane -outlet:courier", &said[1..]),
        ("speaker:jane mode:direct act:say", &said[..1]),
        ("speaker:jane -act:say", &said[1..]),
        ("speaker:jane mode:mixed", &[]),
        ("speaker:jane report:003", &said[1..]),
        ("speaker:nobody", &[]),
    ] {
        assert_eq!(lines(&desk, narrowed), found, "{narrowed}");
    }
}

#[test]
fn of_very_much_that_somebody_said_the_last_days_are_looked_at() {
    let desk = Desk::with(&strike());
    for line in ["speaker:jane", "speaker:jane -act:deny"] {
        let query: Query = line.parse().unwrap();
        let found = desk.ledger.find_among(&query, 1, 9, 0).unwrap();
        assert!(found.is_cut && found.total == 1, "{line}");
        assert_eq!(found.hits[0].report, "001", "what has no day comes last: {line}");
        let all = desk.ledger.find_among(&query, 2, 9, 0).unwrap();
        assert_eq!(all, desk.ledger.find(&query, 9, 0).unwrap(), "{line}");
        assert!(!all.is_cut, "{line}");
    }
}

#[test]
fn a_phrase_stands_in_one_piece_and_a_star_ends_a_beginning() {
    let desk = Desk::with(&strike());
    let phrase = lines(&desk, "“lay down our tools”");
    assert_eq!(phrase, ["001 statement [lay down our tools]"]);
    assert_eq!(lines(&desk, "\"tools down\""), Vec::<String>::new());
    assert_eq!(lines(&desk, "promis*"), ["003 statement [promise]"]);
    // Its pieces are apart in the text, and each is marked in its place.
    assert_eq!(lines(&desk, "tools strikes"), ["001 statement [tools] [strikes]"]);
}

#[test]
fn a_day_is_that_of_the_saying_else_of_the_report() {
    let desk = Desk::with(&strike());
    assert_eq!(lines(&desk, "kind:statement on:2024-03-03"), ["001 statement []"]);
    assert_eq!(lines(&desk, "kind:statement on:2024-03").len(), 3);
    assert_eq!(lines(&desk, "kind:statement after:2024-03-03 before:2024-03-05").len(), 1);
    assert_eq!(lines(&desk, "kind:statement after:2024-03"), Vec::<String>::new());
    assert_eq!(lines(&desk, "kind:statement before:2025").len(), 3);
}

#[test]
fn about_finds_who_is_meant_and_what_is_written() {
    let mut draft =
        Draft::new("004.txt", "“He will go,” the mayor said.\nTom Vale did not answer.\n")
            .actor("Tom Vale", ActorType::Person, &["Tom Vale", "He"])
            .said("the mayor", &["“He will go,”"], Mode::Direct, Act::Say);
    draft.analysis.actors[0].mentions.sort();
    let desk = Desk::with(&[draft]);
    assert_eq!(lines(&desk, "about:vale"), ["004 statement []", "004 sentence []"]);
    assert_eq!(lines(&desk, "about:answered"), ["004 sentence []"]);
}

#[test]
fn reports_and_outlets_narrow_the_search() {
    let desk = Desk::with(&strike());
    assert_eq!(lines(&desk, "report:003").len(), 2);
    assert_eq!(lines(&desk, "outlet:mail dockers"), ["002 sentence [Dockers]"]);
    assert_eq!(lines(&desk, "-outlet:mail dockers"), ["001 sentence [dockers]"]);
    assert_eq!(lines(&desk, "report:none"), Vec::<String>::new());
}

#[test]
fn pages_of_hits_follow_each_other() {
    let desk = Desk::with(&strike());
    let query: Query = "strike OR dockers OR quay".parse().unwrap();
    let all = desk.ledger.find(&query, 50, 0).unwrap();
    let mut paged = Vec::new();
    for offset in 0..all.total {
        let page = desk.ledger.find(&query, 1, offset).unwrap();
        assert_eq!(page.total, all.total);
        paged.extend(page.hits);
    }
    assert_eq!(paged, all.hits);
}

#[test]
fn the_text_may_hold_the_very_marks_of_the_search() {
    let text = "The \u{fdd0}strike\u{fdd1} and the \u{fdd0} strike.\n";
    let desk = Desk::with(&[Draft::new("005.txt", text)]);
    assert_eq!(find(&desk, "strike").hits.len(), 1);
}

/// Pieces that people type, and some that nobody does.
fn line() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "\\PC{0,6}",
        "[\"“”*:^(){}+,.'-]{1,3}",
        "[a-z]{1,6}\\*?",
        Just("\0".to_owned()),
        Just("NEAR(a b)".to_owned()),
        Just(" OR ".to_owned()),
        Just(" AND ".to_owned()),
        Just(" NOT ".to_owned()),
        Just("speaker:".to_owned()),
        Just("about:roe".to_owned()),
        Just("-about:\"quay\"".to_owned()),
        Just("-strike".to_owned()),
        Just("mode:direct".to_owned()),
        Just("on:2024-02-30".to_owned()),
        Just("before:2024-03-09".to_owned()),
        Just("outlet:\"The Courier\"".to_owned()),
        Just("report:00'1%".to_owned()),
        Just("words : strike".to_owned()),
    ];
    let joint = prop_oneof![Just(" "), Just(""), Just(" OR ")];
    proptest::collection::vec((piece, joint), 0..8).prop_map(|pieces| {
        pieces.into_iter().flat_map(|(piece, joint)| [piece, joint.into()]).collect()
    })
}

#[test]
fn every_line_gives_a_result_or_says_what_is_wrong_with_it() {
    let desk = Desk::with(&strike());
    let mut understood = 0;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for _ in 0..3000 {
        let line = line().new_tree(&mut runner).unwrap().current();
        match line.parse::<Query>() {
            Ok(query) => {
                understood += 1;
                let found = desk.ledger.find(&query, 5, 0);
                assert!(found.is_ok(), "`{line}`: {found:?}");
            }
            Err(error) => assert!(!error.to_string().contains("fts5"), "`{line}`: {error}"),
        }
    }
    assert!(understood > 300, "only {understood} lines were understood");
}

#[test]
fn a_query_of_the_most_terms_is_answered() {
    let desk = Desk::with(&strike());
    let many = |joint: &str| vec!["strike"; 100].join(joint);
    for line in [many(" "), many(" OR "), many(" -"), format!("-{}", many(" -"))] {
        find(&desk, &line);
    }
    assert!((many(" ") + " a").parse::<Query>().is_err());
    find(&desk, &format!("\"{}\"", "strike ".repeat(2000)));
}
