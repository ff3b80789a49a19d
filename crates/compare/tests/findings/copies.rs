//! Copies: one text in several reports.

use crate::draft::{Draft, findings, readings};
use onrecord_model::FindingKind;

const STORY: &str = "The harbour of Lorne was shut on Monday after two weeks of talks on night work came to nothing, \
and ships waited outside the breakwater with their lamps lit. Crane drivers left their cabs at noon and walked to the \
old customs house, where the union had set out soup and benches. The port authority put up notices on both gates. \
Nobody could say when the grain for the northern mills would be unloaded, and two bakeries told their customers to \
buy bread for the week.";

const OTHER: &str = "A storm crossed the island of Vaal overnight and took the roof from the school at Little Haven. \
Teachers moved the lessons to the chapel, and the mayor asked for tarpaulins from the mainland before the next rain \
comes in. Fishermen tied their boats twice and slept in them.";

const NONE: [String; 0] = [];

#[test]
fn the_same_text_names_the_earliest() {
    let drafts = [
        Draft::new("001").on("2031-03-05").by("Island Mail").text(STORY),
        Draft::new("002").on("2031-03-04").by("Port Gazette").text(STORY),
        Draft::new("003").on("2031-03-06").by("Lorne Courier").text(STORY),
        Draft::new("004").on("2031-03-06").by("Lorne Courier").text(OTHER),
    ];
    assert_eq!(
        readings(&drafts),
        ["copy: Three reports carry the same text; the earliest is 002 (Port Gazette, 4 March)."]
    );
}

#[test]
fn a_wire_story_with_another_lede_is_credited() {
    let lede =
        "Bread may run short in the north by the weekend, bakers said, as cranes stand still. ";
    let drafts = [
        Draft::new("001").on("2031-03-04").by("Island Mail").text(&format!("{lede}{STORY}")),
        Draft::new("002").on("2031-03-04").by("Port Gazette").credit("AP").text(STORY),
    ];
    let found = findings(&drafts);
    assert_eq!(found[0].reading, "Two reports carry the same text; it is credited to AP.");
    assert_eq!(found[0].detail["copies"][0]["form"], "trimmed");
}

#[test]
fn passages_point_at_the_words_on_both_sides() {
    let half = STORY.find(" The port authority").unwrap();
    let drafts = [
        Draft::new("001").on("2031-03-04").by("Island Mail").text(STORY),
        Draft::new("002")
            .on("2031-03-05")
            .by("Port Gazette")
            .text(&format!("{OTHER} {}", &STORY[..half])),
    ];
    let found = findings(&drafts);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].kind, FindingKind::Copy);
    let texts: Vec<&str> = found[0]
        .evidence
        .iter()
        .map(|evidence| {
            let draft = drafts.iter().find(|draft| draft.name == evidence.report).unwrap();
            evidence.span.of(&draft.report.text)
        })
        .collect();
    assert_eq!(texts[0], texts[1]);
    assert!(texts[0].starts_with("The harbour of Lorne") && texts[0].ends_with("soup and benches"));
}

/// Words that stand in no other report.
fn own_words(name: &str, number: usize) -> String {
    (0..number).map(|n| format!("{name}word{n}")).collect::<Vec<_>>().join(" ")
}

/// Five papers that carry one passage each among words of their own, on days of March.
fn five_with_a_passage(days: [u32; 5]) -> Vec<Draft> {
    let half = &STORY[..STORY.find(" The port authority").unwrap()];
    let outlets = ["Island Mail", "Port Gazette", "Lorne Courier", "Vaal Post", "Haven Echo"];
    let draft = |at: usize| {
        let name = format!("00{at}");
        let text = format!("{}. {half} {}.", own_words(&name, 50), own_words(outlets[at], 50));
        Draft::new(&name).on(&format!("2031-03-{:02}", days[at])).by(outlets[at]).text(&text)
    };
    (0..5).map(draft).collect()
}

#[test]
fn a_passage_that_many_papers_carry_in_two_days_is_told() {
    let found = readings(&five_with_a_passage([4, 4, 5, 5, 5]));
    assert_eq!(found.len(), 10, "{found:#?}");
    assert!(found.iter().all(|reading| reading.contains("share one passage")), "{found:#?}");
}

#[test]
fn a_passage_that_comes_again_for_weeks_is_standing_text() {
    assert_eq!(readings(&five_with_a_passage([1, 5, 9, 13, 17])), NONE);
}

#[test]
fn what_an_outlet_puts_under_every_report_is_standing_text() {
    let standing = format!("{STORY} {OTHER}");
    let draft = |at: usize| {
        let name = format!("00{at}");
        let text = format!("{}. {standing}", own_words(&name, 500));
        Draft::new(&name).on("2031-03-04").by(&name).text(&text)
    };
    let drafts: Vec<Draft> = (0..5).map(draft).collect();
    assert_eq!(readings(&drafts), NONE);
    assert_eq!(readings(&drafts[..2]).len(), 1, "in two reports alone it may be a passage");
}

#[test]
fn a_short_text_cut_out_of_one_full_of_quotations_is_told() {
    let fenn = "We read about the sale of the mill in the newspaper like everybody else, and that \
        shows us enough about those who now want to own it";
    let vaals = "We waited for a year for a partner who understands what this mill means to Lorne, \
        and the last one who called was the first who did";
    let draft = |name: &str, before: &str, who: &str, after: &str| {
        Draft::new(name).on("2031-03-04").by(name).text(&format!(
            "{before} By noon the shares of the mill had recovered. “{fenn},” said {who}. The owners \
             will pay 545 million for the mill and its yard. “{vaals},” chairman Piet Vaals wrote to \
             those who work there. {after}",
        ))
    };
    let long = draft(
        "Island Mail",
        "The mill at Lorne was sold on Tuesday after a century in one family.",
        "union leader Orla Fenn, who had asked for talks since autumn",
        "The chairman stays for two years and hands his keys over then.",
    );
    let cut = draft("Port Gazette", "Lorne loses its mill.", "Orla Fenn", "");
    let found = readings(&[long.clone(), cut]);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].starts_with("copy: "), "{found:#?}");
    // Who heard the same two people writes sentences of their own.
    let heard = Draft::new("Lorne Courier").on("2031-03-04").by("Lorne Courier").text(&format!(
        "The sale of the old mill surprised its workers. “{fenn},” Fenn told this newspaper in her \
         kitchen, where the telephone rang all day. The price, 545 million, is twice what was asked \
         a year ago. “{vaals},” said Vaals.",
    ));
    assert_eq!(readings(&[long, heard]), NONE);
}

#[test]
fn a_speech_quoted_by_two_papers_is_no_copy() {
    let speech = format!("“{}”", STORY.replace('.', ";"));
    let drafts = [
        Draft::new("001").text(&format!("In the square the old poet spoke for an hour and was heard by few. {speech} Then he went home by the sea road, past the lamps, and slept, his niece said, like a stone in a well until the evening.")),
        Draft::new("002").text(&format!("{speech} So ended a speech which this paper prints whole. Readers asked for it after the wind carried half of it away over the roofs of the lower town and the ships, and no two of them had heard the same half.")),
    ];
    assert_eq!(readings(&drafts), NONE);
}

#[test]
fn a_caption_is_no_text_to_copy() {
    let caption = STORY;
    let draft = |name: &str, text: &str| {
        let mut draft = Draft::new(name).text(&format!("{caption}\n{text}"));
        let span = onrecord_model::Span::new(0, caption.len());
        draft.report.not_text =
            vec![onrecord_model::NotText { span, kind: onrecord_model::NotTextKind::Caption }];
        draft
    };
    let long = "Bakers in the north counted their sacks and asked the mills for more, and the mills asked the port, and the port did not answer its telephone all morning long, they said.";
    assert_eq!(readings(&[draft("001", OTHER), draft("002", long)]), NONE);
}

#[test]
fn a_brief_of_thirty_words_that_two_papers_carry_is_a_copy() {
    let text = "Ships waited outside the breakwater of Lorne with their lamps lit and their crews asleep below. Two bakeries told their customers to buy bread for the week before the flour is gone.";
    let of = |name: &str, outlet: &str| Draft::new(name).by(outlet).on("2031-03-04").text(text);
    let found = readings(&[of("001", "Port Gazette"), of("002", "Island Mail")]);
    assert!(found.iter().any(|reading| reading.starts_with("copy:")), "{found:?}");
}
