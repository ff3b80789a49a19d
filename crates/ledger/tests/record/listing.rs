//! Lists a page at a time.

use crate::desk::{Desk, strike};
use onrecord_ledger::{Listed, Query, Said};
use onrecord_model::{ActorType, Date};

fn day(text: &str) -> Option<Date> {
    text.parse().ok()
}

#[test]
fn reports_are_listed_latest_first_and_narrowed_by_outlet_and_day() {
    let ledger = Desk::with(&strike()).ledger;
    let names = |listed: &Listed, limit, offset| -> (usize, Vec<String>) {
        let top = ledger.headed(listed, limit, offset).unwrap();
        (top.total, top.rows.into_iter().map(|row| row.name).collect())
    };
    let (total, all) = names(&Listed::default(), 9, 0);
    assert_eq!((total, all.len()), (3, 3));
    assert_eq!(names(&Listed::default(), 1, 1), (3, vec![all[1].clone()]));
    let courier = Listed { outlet: Some("The Courier".to_owned()), ..Listed::default() };
    let mail = Listed { outlet: Some("Evening Mail".to_owned()), ..Listed::default() };
    assert_eq!(names(&courier, 9, 0).0 + names(&mail, 9, 0).0, 2);
    let early = Listed { to: day("2024-03-04"), ..Listed::default() };
    let late = Listed { from: day("2024-03-05"), ..Listed::default() };
    assert_eq!((names(&early, 9, 0).0, names(&late, 9, 0).0), (1, 1));
}

#[test]
fn a_speakers_statements_are_narrowed_and_paged() {
    let ledger = Desk::with(&strike()).ledger;
    let said = |said: &Said, limit, offset| {
        let found = ledger.said("Jané Roe", ActorType::Person, said, limit, offset).unwrap();
        (found.total, found.hits.len())
    };
    assert_eq!(said(&Said::default(), 9, 0), (2, 2));
    assert_eq!(said(&Said::default(), 1, 1), (2, 1));
    let quoted = said(&Said { is_quoted: Some(true), ..Said::default() }, 9, 0).0;
    let told = said(&Said { is_quoted: Some(false), ..Said::default() }, 9, 0).0;
    assert_eq!(quoted + told, 2);
    let nowhere = Said { outlet: Some("Nowhere".to_owned()), ..Said::default() };
    assert_eq!(said(&nowhere, 9, 0), (0, 0));
    let odd = Said { about: Some("\"*:".to_owned()), ..Said::default() };
    assert_eq!(said(&odd, 9, 0).0, 2, "what has no word in it narrows nothing");
    let words = ledger.words_of("Jané Roe", ActorType::Person, 9).unwrap();
    assert_eq!(words.len(), 2);
    assert!(ledger.speaker("Jané Roe", ActorType::Group).unwrap().is_none());
    assert_eq!(ledger.speaker("Jané Roe", ActorType::Person).unwrap().unwrap().statements, 2);
}

#[test]
fn speakers_are_found_by_the_beginnings_of_their_names() {
    let ledger = Desk::with(&strike()).ledger;
    let names = |words: &str| ledger.speakers_of(words, None, 9, 0).unwrap().total;
    assert_eq!((names(""), names("jan"), names("ro ja"), names("fficial")), (3, 1, 1, 0));
    assert_eq!(names("\"' OR *"), 0);
}

#[test]
fn days_and_figures_come_whole() {
    let ledger = Desk::with(&strike()).ledger;
    let days = ledger.days_told(9, 0).unwrap();
    assert_eq!((days.total, days.rows.len()), (2, 2));
    assert!(days.rows[0].day < days.rows[1].day);
    let first = days.rows[0].day;
    assert_eq!(ledger.dated_from(first, 1, 1).unwrap().rows.len(), 1);
    assert_eq!(ledger.measures_of("dock", 9, 0).unwrap().rows[0].counted, "dockers");
    assert_eq!(ledger.measures_of("100%", 9, 0).unwrap().total, 0);
    let ids = ledger.figure_ids("DOCKERS", Some("people")).unwrap();
    let figures = ledger.figures_at(&ids).unwrap();
    assert!(figures.len() > 1 && figures.is_sorted_by_key(|figure| figure.published));
    assert_eq!(ledger.figures_at(&[ids[1], 99]).unwrap(), figures[1..2]);
    // A figure that is told elsewhere is left out by its number.
    let first = &figures[0];
    let at = ledger.figure_at(&first.report, first.code_points[0]).unwrap().unwrap();
    assert_eq!(at.unit.as_deref(), Some("people"));
    assert!(at.counted.is_some_and(|counted| counted.eq_ignore_ascii_case("dockers")));
    assert_eq!(at.id, ids[0]);
    let besides = ledger.figures_besides("dockers", Some("people"), &[at.id]).unwrap();
    assert_eq!(besides.0, ids.len() - 1);
    assert_eq!(ledger.figure_at(&first.report, 99_999).unwrap(), None);
}

#[test]
fn of_very_many_matches_those_read_in_last_are_looked_at() {
    let ledger = Desk::with(&strike()).ledger;
    let query: Query = "the".parse().unwrap();
    let all = ledger.find(&query, 99, 0).unwrap();
    assert!(all.total > 3 && !all.is_cut);
    let some = ledger.find_among(&query, 1, 99, 0).unwrap();
    assert!(some.is_cut && some.total < all.total && !some.hits.is_empty());
    assert_eq!(ledger.find_among(&query, 999, 99, 0).unwrap(), all);
}

#[test]
fn the_state_changes_with_what_is_read() {
    let mut desk = Desk::with(&strike()[..1]);
    let before = desk.ledger.state().unwrap();
    assert_eq!(desk.ledger.state().unwrap(), before);
    desk.put(&strike()[1..]);
    assert_ne!(desk.ledger.state().unwrap(), before);
}

#[test]
fn a_place_is_shown_in_its_sentence() {
    let ledger = Desk::with(&strike()).ledger;
    let text = ledger.text("001").unwrap().unwrap();
    let at = text.find("declined").unwrap() as u32;
    let (sentence, [start, end]) = ledger.sentence_at("001", [at, at + 8]).unwrap().unwrap();
    assert_eq!(sentence, "The harbour board declined to comment on 4 March 2024.");
    assert!(start <= at && at < end);
    assert_eq!(ledger.sentence_at("001", [99_999, 99_999]).unwrap(), None);
    assert_eq!(ledger.text("no such").unwrap(), None);
}
