//! Which reports are of one story.

use crate::draft::{Draft, shown_by};
use onrecord_model::{ActorType, Finding};

fn told(drafts: &[Draft]) -> Vec<String> {
    let of = |finding: &Finding| {
        let reports: Vec<&str> = finding.evidence.iter().map(|e| e.report.as_str()).collect();
        format!("{}: {}", finding.kind, reports.join(" "))
    };
    shown_by("stories", drafts).iter().map(of).collect()
}

fn quake(name: &str, day: Option<&str>, place: &str, town: &str, mayor: &str) -> Draft {
    let mut draft = Draft::new(name).headed(
        &format!("Earthquake strikes {town}"),
        &format!(
            "An earthquake shook {town} in {place}, toppling houses and cutting roads. Rescue teams \
             from all over {place} dug for survivors, Mayor {mayor} said."
        ),
    );
    draft.actor(place, ActorType::Place, &[]);
    draft.actor(town, ActorType::Place, &[]);
    let draft = draft.person(mayor, &["Mayor"]);
    match day {
        Some(day) => draft.on(day),
        None => draft,
    }
}

#[test]
fn two_quakes_in_two_places_are_two_stories() {
    for day in [Some("2031-05-06"), None] {
        let drafts = [
            quake("001", day, "Torva", "Lorne", "Clara Denk"),
            quake("002", day, "Senna", "Quellar", "Tomas Arce"),
            quake("003", day, "Torva", "Lorne", "Clara Denk"),
            quake("004", day, "Senna", "Quellar", "Tomas Arce"),
        ];
        assert_eq!(told(&drafts), ["story: 001 003", "story: 002 004"], "{day:?}");
    }
}

#[test]
fn one_place_shaken_twice_in_two_years_is_two_stories() {
    let drafts = [
        quake("001", Some("2031-05-06"), "Torva", "Lorne", "Clara Denk"),
        quake("002", Some("2033-02-11"), "Torva", "Lorne", "Clara Denk"),
    ];
    assert!(told(&drafts).is_empty());
}

#[test]
fn a_second_report_on_the_page_of_something_else_stands_apart() {
    let mut second = Draft::new("001#2").headed(
        "Cellist returns to the stage",
        "After four years of silence the cellist played Dvorak to a full house in Hestia.",
    );
    let mut first = quake("001", None, "Torva", "Lorne", "Clara Denk");
    for (draft, part) in [(&mut first, 1), (&mut second, 2)] {
        draft.report.source_file = "001.txt".to_owned();
        draft.report.part = part;
        draft.report.has_siblings = true;
    }
    let drafts = [first, second, quake("002", None, "Torva", "Lorne", "Clara Denk")];
    assert_eq!(told(&drafts), ["story: 001 002", "apart: 001#2 001"]);
    assert_eq!(
        shown_by("stories", &drafts)[1].reading,
        "001#2 is of no story here; 001, on the same page, goes with one other report."
    );
}

#[test]
fn the_order_of_reading_changes_nothing() {
    let mut drafts = vec![
        quake("001", Some("2031-05-06"), "Torva", "Lorne", "Clara Denk"),
        quake("002", Some("2031-05-07"), "Senna", "Quellar", "Tomas Arce"),
        quake("003", Some("2031-05-07"), "Torva", "Lorne", "Clara Denk"),
        quake("004", Some("2031-05-09"), "Torva", "Lorne", "Clara Denk"),
    ];
    let before = shown_by("stories", &drafts);
    drafts.reverse();
    assert_eq!(shown_by("stories", &drafts), before);
}
