//! What the learned reader finds in short invented reports, and laws on any text.

use super::*;
use crate::text::Prose;
use onrecord_model::Report;
use proptest::prelude::*;

fn read(text: &str) -> Vec<[String; 3]> {
    let report = Report { text: text.to_owned(), ..Report::default() };
    let prose = Prose::new(&report);
    let words =
        |spans: &[Span]| spans.iter().map(|span| span.of(text)).collect::<Vec<_>>().join(" / ");
    spans(&prose).iter().map(|s| [words(&s.source), words(&s.cue), words(&s.content)]).collect()
}

#[track_caller]
fn check(text: &str, expected: &[[&str; 3]]) {
    assert_eq!(read(text), expected, "in: {text}");
}

#[test]
fn a_quotation_before_its_speaker() {
    check(
        "“We will appeal the ruling next week,” Lorne said.",
        &[["Lorne", "said", "“We will appeal the ruling next week,”"]],
    );
}

#[test]
fn a_speaker_with_a_clause() {
    check(
        "The harbour master said that the pier would stay closed.",
        &[["The harbour master", "said", "that the pier would stay closed"]],
    );
}

#[test]
fn a_content_in_two_pieces() {
    check(
        "“The dam is safe,” Mayor Ilse Voss told reporters, “and it will stay safe.”",
        &[["Mayor Ilse Voss", "told", "“The dam is safe,” / “and it will stay safe.”"]],
    );
}

#[test]
fn according_to_after_the_content() {
    check(
        "The strike cost the port two million crowns a day, according to the union.",
        &[["the union", "according to", "The strike cost the port two million crowns a day"]],
    );
}

#[test]
fn two_statements_in_one_sentence_keep_their_own_sources() {
    let found = read("Voss said the bridge was safe, but Lorne insisted that it had to be closed.");
    let sources: Vec<_> = found.iter().map(|s| (s[0].as_str(), s[1].as_str())).collect();
    assert_eq!(sources, [("Voss", "said"), ("Lorne", "insisted")]);
}

#[test]
fn a_sentence_that_reports_nothing_said() {
    check("The ferry left the harbour at noon and reached the island an hour later.", &[]);
}

#[test]
fn a_quotation_signed_with_a_dash_and_a_name() {
    let signed = ["Ilse Voss, Port Lorne", "―", "“The old pier was better for all of us.”"];
    check("“The old pier was better for all of us.” ― Ilse Voss, Port Lorne.", &[signed]);
    check("“The old pier was better for all of us.”\n― Ilse Voss, Port Lorne", &[signed]);
}

#[test]
fn an_empty_report_has_no_statements() {
    check("", &[]);
    check(" \n\n ", &[]);
    check("“", &[]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn pieces_are_words_in_order_inside_the_text(
        words in proptest::collection::vec(
            prop_oneof![
                Just("said"), Just("“"), Just("”"), Just("\""), Just("'"), Just("Voss"), Just(","),
                Just("."), Just(":"), Just("\n\n"), Just("\n"), Just("that"), Just("told"), Just("é—x"),
                Just("the port closed"), Just("according to"), Just("3,000"), Just("\u{1F600}"),
            ],
            0..60,
        )
    ) {
        let text = words.join(" ");
        let report = Report { text: text.clone(), ..Report::default() };
        let found = spans(&Prose::new(&report));
        for statement in &found {
            prop_assert!(!statement.cue.is_empty() && !statement.content.is_empty());
            for pieces in [&statement.source, &statement.cue, &statement.content] {
                prop_assert!(pieces.windows(2).all(|two| two[0].end < two[1].start));
                prop_assert!(pieces.iter().all(|p| !p.is_empty() && p.trim(&text) == *p));
            }
        }
        prop_assert_eq!(found, spans(&Prose::new(&report)));
    }

    #[test]
    fn no_text_is_too_odd(text in "\\PC{0,200}") {
        let report = Report { text, ..Report::default() };
        spans(&Prose::new(&report));
    }
}
