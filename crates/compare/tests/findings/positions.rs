//! Positions: one speaker, one topic, day after day.

use crate::draft::{Draft, shown_by};
use onrecord_model::Finding;

fn said(name: &str, day: &str, speaker: &str, words: &str) -> Draft {
    let text = format!("The talks went on in Lorne. {words}, {speaker} said after the meeting.");
    Draft::new(name).on(day).text(&text).person(speaker, &[]).says(speaker, &[words])
}

const SHUT: &str = "The quay at Varrow stays shut until every gantry has been inspected";
const HALF: &str =
    "Varrow may open its quay for small ferries once half of the gantries are inspected";

fn positions(drafts: &[Draft]) -> Vec<Finding> {
    shown_by("positions", drafts)
}

#[test]
fn statements_on_one_topic_stand_in_order_with_what_is_new() {
    let drafts = [
        said("002", "2031-05-09", "Orla Fenn", HALF),
        said("001", "2031-05-02", "Orla Fenn", SHUT),
        said(
            "003",
            "2031-05-09",
            "Orla Fenn",
            "The weather in the bay has been dreadful for sailors",
        ),
    ];
    let found = positions(&drafts);
    assert_eq!(found.len(), 1);
    let reading = &found[0].reading;
    assert!(reading.starts_with("Orla Fenn on "), "{reading}");
    assert!(reading.contains("two statements from 2 May to 9 May: first The quay"), "{reading}");
    let statements = found[0].detail["statements"].as_array().cloned().unwrap_or_default();
    let new = |place: usize| -> Vec<&str> {
        let new = statements[place]["new"].as_array().into_iter().flatten();
        new.filter_map(|new| new["text"].as_str()).collect()
    };
    assert_eq!(new(0), [""; 0]);
    assert_eq!(new(1).first().copied(), Some("open"));
    assert!(
        new(1).iter().any(|new| new.contains("ferries"))
            && new(1).iter().any(|new| new.contains("half"))
    );
}

#[test]
fn the_same_words_again_are_no_new_position() {
    let drafts = [
        said("001", "2031-05-02", "Orla Fenn", SHUT),
        said("002", "2031-05-09", "Orla Fenn", SHUT),
        said("003", "2031-05-10", "Orla Fenn", SHUT),
    ];
    assert_eq!(positions(&drafts).len(), 0);
}

#[test]
fn two_speakers_have_two_positions_and_one_day_shows_none() {
    for (day, speaker) in
        [("2031-05-09", "Piet Fenn"), ("2031-05-02", "Orla Fenn"), ("2032-05-09", "Orla Fenn")]
    {
        let drafts =
            [said("001", "2031-05-02", "Orla Fenn", SHUT), said("002", day, speaker, HALF)];
        assert_eq!(positions(&drafts).len(), 0, "{day} {speaker}");
    }
}

#[test]
fn a_name_alone_is_no_topic() {
    let drafts = [
        said(
            "001",
            "2031-05-02",
            "Orla Fenn",
            "We met Dirk Varrowman in the morning before the rain came",
        ),
        said(
            "002",
            "2031-05-04",
            "Orla Fenn",
            "Nobody has ever asked Dirk Varrowman about his pension plans",
        ),
    ];
    assert_eq!(positions(&drafts).len(), 0);
}
