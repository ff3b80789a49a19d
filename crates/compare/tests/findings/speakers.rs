//! The same words given to two people: what is a finding, and what is none.

use crate::draft::{Draft, readings};
use onrecord_model::{ActorType, Span};

const WORDS: &str = "No captain of ours will sail before the hull has been examined";
const NONE: [String; 0] = [];

/// A report on the ferry of Lorne in which `text` gives [`WORDS`] to `speaker`.
fn given(name: &str, text: &str, speaker: &str) -> Draft {
    let mut draft = Draft::new(name)
        .on("2031-03-04")
        .text(&format!("The ferry lay in Lorne on Monday.\n\n{text}"))
        .says(speaker, &[&format!("“{WORDS},”")]);
    draft.actor("Lorne", ActorType::Place, &[]);
    draft
}

fn plain() -> Draft {
    given("001", &format!("“{WORDS},” Orla Fenn said."), "Orla Fenn")
}

fn one_finding() -> Vec<String> {
    vec![format!(
        "quote-speaker: 001 (4 March) gives \"{WORDS}\" to Orla Fenn, 002 (4 March) to Piet Vaals."
    )]
}

#[test]
fn the_same_words_of_two_people_are_a_finding() {
    let other = given("002", &format!("“{WORDS},” Piet Vaals said."), "Piet Vaals");
    assert_eq!(readings(&[plain(), other]), one_finding());
}

#[test]
fn one_who_is_named_beside_the_words_may_have_passed_them_on() {
    for (text, wanted) in [
        ("“W,” Fenn’s spokesman, Piet Vaals, said.", NONE.to_vec()),
        ("“W,” Piet Vaals said, reading out what Orla Fenn had written.", NONE.to_vec()),
        ("“W,” Piet Vaals said. Orla Fenn stood beside him.", one_finding()),
    ] {
        let other = given("002", &text.replace('W', WORDS), "Piet Vaals");
        assert_eq!(readings(&[plain(), other]), wanted, "{text}");
    }
}

#[test]
fn a_forename_beside_the_words_may_be_anothers() {
    let text = format!("“{WORDS},” Piet Vaals said of Orla Korr.");
    let other = given("002", &text, "Piet Vaals").person("Orla Korr", &[]);
    assert_eq!(readings(&[plain(), other]), one_finding());
}

/// As [`given`], with the words that give the source.
fn sourced(text: &str, speaker: &str, source: &str) -> Draft {
    let mut draft = given("002", &text.replace('W', WORDS), speaker);
    let end = draft.report.text.rfind(source).expect("the source stands in the text");
    draft.analysis.statements[0].source = vec![Span::new(end, end + source.len())];
    draft
}

#[test]
fn words_given_to_he_are_given_to_nobody_else() {
    let other = sourced("Piet Vaals came late.\n\n“W,” he said.", "Piet Vaals", "he");
    assert_eq!(readings(&[plain(), other]), NONE);
}

#[test]
fn he_is_the_one_who_is_named_before_the_words_alone() {
    let alone = sourced("Piet Vaals came late. “W,” he said.", "Piet Vaals", "he");
    assert_eq!(readings(&[plain(), alone]), one_finding());
    let text = "Dirk Korr praised Piet Vaals. “W,” he said.";
    let either = sourced(text, "Piet Vaals", "he").person("Dirk Korr", &[]);
    assert_eq!(readings(&[plain(), either]), NONE);
}

#[test]
fn one_who_is_spoken_for_has_not_spoken() {
    let text = "“W,” a spokesman for Mr Vaals said. Piet Vaals was away.";
    let other = sourced(text, "Piet Vaals", "a spokesman for Mr Vaals");
    assert_eq!(readings(&[plain(), other]), NONE);
}

#[test]
fn the_name_of_another_paragraph_gives_no_words() {
    let apart = sourced("“W,” the board wrote.\n\nPiet Vaals agreed.", "Piet Vaals", "Piet Vaals");
    assert_eq!(readings(&[plain(), apart]), NONE);
    let colon = sourced("Piet Vaals said:\n\n“W,”", "Piet Vaals", "Piet Vaals");
    assert_eq!(readings(&[plain(), colon]), one_finding());
}

#[test]
fn who_is_spoken_of_in_the_words_does_not_speak() {
    let words = "No captain of Vaals will sail before the hull has been examined";
    let of = |name: &str, speaker: &str| {
        let text = format!("In Lorne: “{words},” {speaker} said.");
        let mut draft = Draft::new(name).text(&text).says(speaker, &[&format!("“{words},”")]);
        draft.actor("Lorne", ActorType::Place, &[]);
        draft
    };
    assert_eq!(readings(&[of("001", "Orla Fenn"), of("002", "Piet Vaals")]), NONE);
    assert_eq!(readings(&[of("001", "Orla Fenn"), of("002", "Dirk Korr")]).len(), 1);
}

#[test]
fn what_many_would_say_counts_in_one_story_only() {
    let elsewhere = Draft::new("002")
        .on("2031-03-04")
        .text(&format!("In Vaal the tugs lay still.\n\n“{WORDS},” Piet Vaals said."))
        .says("Piet Vaals", &[&format!("“{WORDS},”")]);
    assert_eq!(readings(&[plain(), elsewhere]), NONE);
}

#[test]
fn surnames_that_are_spelled_almost_alike_are_two_where_forenames_are() {
    let of =
        |name: &str, speaker: &str| given(name, &format!("“{WORDS},” {speaker} said."), speaker);
    assert_eq!(readings(&[of("001", "Orla Falrik"), of("002", "Piet Falnik")]).len(), 1);
    let kinds = readings(&[of("001", "Orla Falrik"), of("002", "Orla Falnik")]);
    assert!(!kinds.iter().any(|reading| reading.starts_with("quote-speaker")), "{kinds:?}");
}
