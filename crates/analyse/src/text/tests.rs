//! What the cutting up of text must do, by example and by law.

use super::sentences::ABBREVIATIONS_TOML;
use super::*;
use onrecord_model::{NotText, NotTextKind};
use proptest::prelude::*;

fn report(text: &str) -> Report {
    Report { text: text.to_owned(), ..Report::default() }
}

fn sentences(text: &str) -> Vec<String> {
    let report = report(text);
    Prose::new(&report).sentences.iter().map(|s| s.span.of(text).to_owned()).collect()
}

fn tokens(text: &str) -> String {
    let report = report(text);
    let prose = Prose::new(&report);
    (0..prose.tokens.len()).map(|i| prose.word(i)).collect::<Vec<_>>().join(" | ")
}

#[test]
fn the_examples_of_the_abbreviations_hold() {
    let rules: toml::Table = toml::from_str(ABBREVIATIONS_TOML).expect("it parses");
    for rule in rules["abbreviation"].as_array().expect("a list of rules") {
        for (examples, count) in [("one", 1), ("two", 2)] {
            for text in rule[examples].as_array().expect("each has examples") {
                let text = text.as_str().expect("examples are texts");
                assert_eq!(sentences(text).len(), count, "{text}: {:?}", sentences(text));
            }
        }
    }
}

#[test]
fn a_sentence_may_end_inside_a_quotation() {
    assert_eq!(
        sentences("“It is late. We wait,” she said. “Not so!” He left."),
        ["“It is late.", "We wait,” she said.", "“Not so!”", "He left."]
    );
}

#[test]
fn a_question_and_its_attribution_are_one_sentence() {
    assert_eq!(sentences("“Why now?” Ana Voss asked. “Why?” The room was silent.").len(), 3);
    assert_eq!(sentences("\"Why now?\" she asked.").len(), 1);
}

#[test]
fn initials_titles_and_states_do_not_end_a_sentence() {
    for text in [
        "the U.S. said on Oct. 18 that Gen. J. Smith, Jr. had gone to St. Orla.",
        "At 9 a.m. Tuesday the gates opened.",
        "George W. Hale and T. S. Oke spoke for the U.N. Security Council.",
        "They paid $1.3 million, i.e. most of it.",
        "Visit example.org for more.",
    ] {
        assert_eq!(sentences(text).len(), 1, "{text}: {:?}", sentences(text));
    }
    assert_eq!(sentences("He left the U.S. The rest stayed until 5 p.m. Police watched.").len(), 3);
}

#[test]
fn a_lost_space_after_a_stop_still_ends_the_sentence() {
    assert_eq!(sentences("No place is safe…Those who wait will see.").len(), 2);
    assert_eq!(sentences("It ended.The rest left.").len(), 2);
}

#[test]
fn tokens_are_cut_as_readers_of_news_need_them() {
    for (text, cut) in [
        ("the U.S.'s cease-fire", "the | U.S. | 's | cease-fire"),
        ("He didn’t; they’ll go", "He | did | n’t | ; | they | ’ll | go"),
        ("can't", "ca | n't"),
        ("an 11-year-old, two-day trip", "an | 11 | - | year-old | , | two | - | day | trip"),
        ("F-15 and COVID-19 in mid-March", "F-15 | and | COVID-19 | in | mid | - | March"),
        ("$1.3 million, 31,000 at 4:49 PM", "$ | 1.3 | million | , | 31,000 | at | 4:49 | PM"),
        ("the 1990s, 7th, 5pm, 3%", "the | 1990s | , | 7th | , | 5 | pm | , | 3 | %"),
        ("U.S.-led forces", "U.S.-led | forces"),
        ("Hamas’ men. \"We go.\"", "Hamas | ’ | men | . | \" | We | go | . | \""),
        ("on 2024-03-18", "on | 2024 | - | 03 | - | 18"),
        ("scored 6-3 in '98", "scored | 6 | - | 3 | in | '98"),
        ("to No. 9. I said no.", "to | No. | 9 | . | I | said | no | ."),
        ("O'Neill's AT&T @handle #tag", "O'Neill | 's | AT&T | @handle | #tag"),
        ("wait... [...] then", "wait | ... | [ | ... | ] | then"),
    ] {
        assert_eq!(tokens(text), cut);
    }
}

#[test]
fn hard_wrapped_lines_are_one_paragraph_and_short_ones_are_not() {
    let wrapped = "The port was shut on Monday after\nthe union called a strike, and the\nmayor said it would stay so.\n\nNobody knew more.";
    let of = |text: &str| Prose::new(&report(text)).paragraphs.len();
    assert_eq!(of(wrapped), 2);
    assert_eq!(of("The port was shut.\nThe mayor spoke.\nNobody knew more."), 3);
}

#[test]
fn what_is_not_text_has_no_tokens() {
    let text = "The port (Photo: Oke) was shut.";
    let report = Report {
        not_text: vec![NotText { span: Span::new(9, 21), kind: NotTextKind::Credit }],
        ..report(text)
    };
    let prose = Prose::new(&report);
    let words: Vec<_> = (0..prose.tokens.len()).map(|i| prose.word(i)).collect();
    assert_eq!(words, ["The", "port", "was", "shut", "."]);
}

proptest! {
    #[test]
    fn any_text_is_cut_up_within_its_bounds(text in "(\\PC|[\"'“”‘’.,!?\\n -]|Mr\\. |U\\.S\\. |[0-9]{1,3}[-,.:]){0,80}") {
        let report = report(&text);
        let prose = Prose::new(&report);
        let mut end = 0;
        for token in &prose.tokens {
            prop_assert!(token.span.start >= end && !token.span.is_empty());
            prop_assert!(text.is_char_boundary(token.span.start as usize));
            prop_assert!(text.is_char_boundary(token.span.end as usize));
            end = token.span.end;
        }
        let mut next = 0;
        for sentence in &prose.sentences {
            prop_assert_eq!(sentence.tokens.start, next);
            prop_assert!(!sentence.tokens.is_empty());
            next = sentence.tokens.end;
        }
        prop_assert_eq!(next, prose.tokens.len());
        let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).count();
        let kept: usize = (0..prose.tokens.len()).map(|i| letters(prose.word(i))).sum();
        prop_assert_eq!(kept, letters(&text));
    }
}
