//! Quotations side by side: what is a finding, and what is none.

use crate::draft::{Draft, findings, readings};
use onrecord_model::FindingKind;

fn said(name: &str, speaker: &str, words: &str) -> Draft {
    let quote = format!("“{words}”");
    Draft::new(name).text(&format!("{quote} {speaker} said.")).says(speaker, &[&quote])
}

const BASE: &str = "Closing the port would be an error and something we cannot support,";

fn against(words: &str) -> Vec<String> {
    readings(&[said("001", "Orla Fenn", BASE), said("004", "Orla Fenn", words)])
}

const NONE: [String; 0] = [];

#[test]
fn a_replaced_word_is_shown_with_its_neighbours() {
    assert_eq!(
        against("Closing the port would be a mistake and something we cannot support,"),
        [
            "quote-altered: 004 has \"would be a mistake and something\" where 001 has \"would be an error and something\", in words of Orla Fenn."
        ]
    );
}

#[test]
fn a_word_left_out_is_shown() {
    assert_eq!(
        against("Closing the port would be an error and something we support,"),
        [
            "quote-altered: 004 has \"something we support\" where 001 has \"something we cannot support\", in words of Orla Fenn."
        ]
    );
}

#[test]
fn changed_words_at_the_end_are_shown() {
    assert_eq!(
        against("Closing the port would be an error and something we cannot accept,"),
        [
            "quote-altered: 004 has \"cannot accept\" where 001 has \"cannot support\", in words of Orla Fenn."
        ]
    );
}

#[test]
fn one_small_word_before_the_change_is_no_part_of_it() {
    let of = |name: &str, verb: &str| {
        said(
            name,
            "Orla Fenn",
            &format!("I {verb} my partners in Lorne, and that was my first mistake,"),
        )
    };
    let drafts = [of("001", "trusted"), of("004", "warned")];
    assert_eq!(findings(&drafts)[0].detail["changes"][0]["to"], "warned");
    assert_eq!(
        readings(&drafts),
        [
            "quote-altered: 004 has \"I warned my partners\" where 001 has \"I trusted my partners\", in words of Orla Fenn."
        ]
    );
}

#[test]
fn a_word_changed_before_the_name_is_shown() {
    let of = |name: &str, word: &str| {
        let (first, second) = (
            format!(
                "“My crews cleared every cellar in Lorne, and they will not rest before {word},”"
            ),
            "“It will take years.”",
        );
        Draft::new(name)
            .text(&format!("{first} said Orla Fenn. {second}"))
            .says("Orla Fenn", &[&first, second])
    };
    assert_eq!(readings(&[of("001", "dawn"), of("004", "dusk")]).len(), 1);
}

#[test]
fn a_hyphen_at_the_end_is_no_finding() {
    let of = |name: &str, end: &str| {
        said(name, "Orla Fenn", &format!("Piet Vaals has never been fit for the office of {end},"))
    };
    assert_eq!(readings(&[of("001", "commander in chief"), of("004", "commander-in-chief")]), NONE);
}

#[test]
fn words_that_nobody_was_seen_to_say_are_compared_too() {
    let of = |name: &str, word: &str| {
        Draft::new(name)
            .on("2031-03-04")
            .text(&format!("“The harbour of Lorne will {word} its gates on Friday for all ships from Vaal” stood on the board."))
    };
    assert_eq!(readings(&[of("001", "open"), of("004", "close")]).len(), 1);
    assert_eq!(readings(&[of("001", "open"), of("004", "open")]), NONE);
}

#[test]
fn a_quotation_counts_whole_where_its_statement_holds_half() {
    let of = |name: &str, word: &str| {
        let text = format!(
            "“The {word} of Lorne will repeal the law on its first day. There is no reason to wait,” said Orla Fenn."
        );
        Draft::new(name).text(&text).says("Orla Fenn", &["There is no reason to wait,”"])
    };
    assert_eq!(readings(&[of("001", "council"), of("004", "senate")]).len(), 1);
}

#[test]
fn the_changed_words_are_marked_on_both_sides() {
    let drafts = [
        said("001", "Orla Fenn", BASE),
        said(
            "004",
            "Orla Fenn",
            "Closing the port would be a mistake and something we cannot support,",
        ),
    ];
    let finding = &findings(&drafts)[0];
    let change = &finding.detail["changes"][0];
    assert_eq!((&change["from"], &change["to"]), (&"an error".into(), &"a mistake".into()));
    for (side, draft, words) in
        [("from_span", &drafts[0], "an error"), ("to_span", &drafts[1], "a mistake")]
    {
        let span: onrecord_model::Span =
            serde_json::from_value(change[side]["span"].clone()).unwrap();
        assert_eq!(span.of(&draft.report.text), words);
    }
}

#[test]
fn a_part_of_the_words_is_no_finding() {
    assert_eq!(against("something we cannot support,"), NONE);
    assert_eq!(against("Closing the port would be an error"), NONE);
}

#[test]
fn dots_and_brackets_are_no_finding() {
    assert_eq!(against("Closing the port would be … something we cannot support,"), NONE);
    assert_eq!(against("Closing [Lorne] would be an error and something we cannot support,"), NONE);
    assert_eq!(
        against("Closing the port [of Lorne] would be an error and something we cannot support,"),
        NONE
    );
}

#[test]
fn dots_on_both_sides_account_for_no_changed_word() {
    let of = |name: &str, word: &str| {
        let words =
            format!("In all these winters, when the crews of Lorne {word} … the owners won,");
        said(name, "Orla Fenn", &words)
    };
    assert_eq!(
        readings(&[of("001", "resist"), of("004", "wait")]),
        [
            "quote-altered: 004 has \"of Lorne wait … the owners\" where 001 has \"of Lorne resist … the owners\", in words of Orla Fenn."
        ]
    );
}

#[test]
fn a_word_changed_among_many_little_ones_is_shown() {
    let of = |name: &str, word: &str| {
        said(
            name,
            "Orla Fenn",
            &format!("The most {word} part of this report is what is not in it,"),
        )
    };
    assert_eq!(readings(&[of("001", "notable"), of("004", "harmful")]).len(), 1);
}

#[test]
fn a_quotation_may_close_with_a_mark_of_another_kind() {
    let of = |name: &str, word: &str| {
        let quote = format!("“Closing the port would be {word} and something we cannot support,\"");
        let text = format!("{quote} Orla Fenn said. “And so it stays.”");
        Draft::new(name).text(&text).says("Orla Fenn", &[&quote])
    };
    assert_eq!(readings(&[of("001", "an error"), of("004", "a mistake")]).len(), 1);
}

#[test]
fn spelling_and_contractions_are_no_finding() {
    assert_eq!(
        against("Closing the port would be an error, and something we can’t support."),
        NONE
    );
    let drafts = [
        said("001", "Orla Fenn", "We are ready for a cease-fire in the harbour tonight"),
        said("002", "Orla Fenn", "We’re ready for a ceasefire in the harbor tonight"),
    ];
    assert_eq!(readings(&drafts), NONE);
}

#[test]
fn words_of_substance_left_out_without_dots_are_a_trimmed_quotation() {
    let drafts = [
        said(
            "001",
            "Orla Fenn",
            "The union will return to the docks after the ministry has signed the full agreement on Friday morning",
        ),
        said("002", "Orla Fenn", "The union will return to the docks on Friday morning"),
    ];
    assert_eq!(
        readings(&drafts),
        [
            "quote-trimmed: 002 leaves out \"after the ministry has signed the full agreement\", which 001 has, in words of Orla Fenn."
        ]
    );
}

#[test]
fn words_of_substance_that_dots_stand_for_are_shown() {
    let drafts = [
        said(
            "001",
            "Orla Fenn",
            "Nobody wants this strike, least of all the people who lose their pay, but nobody will be bullied back.",
        ),
        said("002", "Orla Fenn", "Nobody wants this strike … but nobody will be bullied back."),
    ];
    assert_eq!(
        readings(&drafts),
        [
            "quote-trimmed: 002 leaves out \"least of all the people who lose their pay\", which 001 has, in words of Orla Fenn."
        ]
    );
}

#[test]
fn a_condition_cut_off_is_a_trimmed_quotation() {
    let drafts = [
        said("001", "Orla Fenn", "We will return to work on Friday if the ministry signs."),
        said("002", "Orla Fenn", "We will return to work on Friday."),
    ];
    assert_eq!(
        readings(&drafts),
        [
            "quote-trimmed: 002 leaves out \"if the ministry signs\", which 001 has, in words of Orla Fenn."
        ]
    );
}

#[test]
fn a_divided_quotation_is_the_same_as_an_undivided_one() {
    let divided = Draft::new("001")
        .text("“At the end of the day,” Orla Fenn said, “the port cannot stay closed for weeks.”")
        .says(
            "Orla Fenn",
            &["“At the end of the day,”", "“the port cannot stay closed for weeks.”"],
        );
    let whole =
        said("002", "Orla Fenn", "At the end of the day the port cannot stay closed for weeks.");
    assert_eq!(readings(&[divided, whole]), NONE);
}

#[test]
fn a_surname_alone_is_the_same_speaker() {
    let words = "The gates will open when the last crane driver has been paid";
    assert_eq!(readings(&[said("001", "Orla Fenn", words), said("002", "Fenn", words)]), NONE);
}

#[test]
fn a_changed_reading_that_many_carry_is_one_finding() {
    let changed = "Closing the port would be a mistake and something we cannot support,";
    let drafts = [
        said("001", "Orla Fenn", BASE),
        said("002", "Orla Fenn", BASE),
        said("003", "Orla Fenn", changed),
        said("004", "Orla Fenn", changed),
    ];
    let findings = findings(&drafts);
    assert_eq!(findings.len(), 1);
    let reports: Vec<&str> =
        findings[0].evidence.iter().map(|evidence| evidence.report.as_str()).collect();
    assert_eq!(reports, ["001", "003", "004"]);
}

#[test]
fn a_reworded_quotation_is_rendered() {
    let drafts = [
        said("001", "Orla Fenn", "A long closure of the port would be a mistake, something we don’t support. And it’s also not necessary to settle with the union.").on("2031-03-04"),
        said("002", "Orla Fenn", "Beginning a long closure of the port would be an error and is something we do not endorse. Furthermore, it is unnecessary to settle with the union.").on("2031-03-05"),
    ];
    let kinds: Vec<FindingKind> = findings(&drafts).iter().map(|finding| finding.kind).collect();
    assert_eq!(kinds, [FindingKind::QuoteRendered]);
}

fn kinds(one: &str, other: &str) -> Vec<FindingKind> {
    let drafts = [
        said("001", "Orla Fenn", one).on("2031-03-04"),
        said("002", "Orla Fenn", other).on("2031-03-05"),
    ];
    findings(&drafts).iter().map(|finding| finding.kind).collect()
}

#[test]
fn synonyms_in_another_order_are_rendered() {
    for (one, other) in [
        (
            "If the harbour board cuts the night shift, families in Lorne will lose half their wages before Easter.",
            "Families in Lorne are going to lose half of their pay before Easter if the night shift is axed by the harbour board.",
        ),
        (
            "We examined the hull twice and found no crack that could explain the sinking of the ferry.",
            "Two inspections of the hull discovered no crack to explain why the ferry sank.",
        ),
    ] {
        assert_eq!(kinds(one, other), [FindingKind::QuoteRendered], "{one}");
    }
}

#[test]
fn the_same_matter_in_other_sentences_is_no_finding() {
    for (one, other) in [
        (
            "If the harbour board cuts the night shift, families in Lorne will lose half their wages before Easter.",
            "The harbour board owes the night shift in Lorne an answer, and it owes it to them this week.",
        ),
        (
            "This is the biggest harbour that our country has ever built, and everybody knows it.",
            "Nobody in the history of our country has had a bigger harbour than the harbour of Lorne.",
        ),
    ] {
        assert_eq!(kinds(one, other), [], "{one}");
    }
}

#[test]
fn a_number_in_words_is_the_same() {
    let one =
        said("001", "Orla Fenn", "We have waited thirty years for this harbour, and we can wait");
    let other =
        said("002", "Orla Fenn", "We have waited 30 years for this harbour, and we can wait");
    assert_eq!(readings(&[one, other]), NONE);
}

#[test]
fn the_evidence_takes_in_the_changed_words() {
    let drafts = [
        said("001", "Orla Fenn", "Closing the port would be an error that nobody would forgive"),
        said("002", "Orla Fenn", "Closing the port would be an error that nobody would forget"),
    ];
    let finding = &findings(&drafts)[0];
    let text = |at: usize| finding.evidence[at].span.of(&drafts[at].report.text);
    assert!(text(0).ends_with("forgive") && text(1).ends_with("forget"), "{finding:?}");
}

#[test]
fn a_standing_phrase_of_another_week_is_no_altered_quotation() {
    let drafts = [
        said("001", "Orla Fenn", "We stand with the dockers of Lorne and their families today")
            .on("2031-03-04"),
        said("002", "Orla Fenn", "We stand with the miners of Lorne and their families today")
            .on("2031-06-04"),
    ];
    assert_eq!(readings(&drafts), NONE);
}

#[test]
fn a_quotation_within_anothers_statement_is_its_own_speakers() {
    let words = "The gates will open when the last crane driver has been paid";
    let nested = {
        let text = format!("Piet Vaals said that Orla Fenn had told him “{words}” on Monday.");
        let quote = format!("“{words}”");
        let content = format!("that Orla Fenn had told him “{words}” on Monday");
        let mut draft = Draft::new("002")
            .text(&text)
            .says("Piet Vaals", &[&content])
            .says("Orla Fenn", &[&quote]);
        draft.analysis.statements[1].within = Some(draft.analysis.statements[0].id);
        draft
    };
    assert_eq!(readings(&[said("001", "Orla Fenn", words), nested]), NONE);
}
