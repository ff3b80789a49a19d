//! Items under their keys, links, families, findings; and what goes when a report changes.

use crate::desk::{Desk, Draft, strike};
use crate::keys::most;
use onrecord_ledger::{Batch, Cause, NewItem, Place, Wanted};
use onrecord_model::*;

pub(crate) const QUOTES: &str = "quotations";

pub(crate) fn item(number: u32, keys: &[u64]) -> NewItem {
    NewItem { number, body: format!("{{\"n\":{number}}}"), keys: keys.to_vec() }
}

fn at(report: &str, number: u32) -> Place {
    Place { report: report.to_owned(), number }
}

fn finding(kind: FindingKind, reading: &str, evidence: &[(&str, Span)]) -> Finding {
    let evidence = evidence.iter().map(|&(report, span)| Evidence {
        report: report.to_owned(),
        span,
        role: "earliest".to_owned(),
    });
    Finding {
        kind,
        reading: reading.to_owned(),
        confidence: 0.9,
        evidence: evidence.collect(),
        detail: serde_json::Map::new(),
    }
}

fn reports(places: &[Place]) -> Vec<String> {
    places.iter().map(|place| format!("{}/{}", place.report, place.number)).collect()
}

fn link(batch: &mut Batch<'_>, a: &Place, b: &Place, body: &str) {
    let [a, b] = [a, b].map(|place| batch.number_of(QUOTES, place).unwrap());
    batch.put_link(a, b, body).unwrap();
}

/// 001 and 002 linked, with a finding; 003 alone.
fn compared() -> Desk {
    let mut desk = Desk::with(&strike());
    let mut batch = desk.ledger.begin().unwrap();
    batch.meet(QUOTES, "001", &[item(0, &[1, 2]), item(1, &[u64::MAX])], most(64)).unwrap();
    batch.meet(QUOTES, "002", &[item(0, &[2, 3])], most(64)).unwrap();
    batch.meet(QUOTES, "003", &[item(0, &[3, 9])], most(64)).unwrap();
    link(&mut batch, &at("002", 0), &at("001", 0), "{}");
    settle(&mut batch);
    batch.commit().unwrap();
    desk.ledger.write_keys().unwrap();
    desk
}

/// One finding for each family of two or more, on the first word of each report.
fn settle(batch: &mut Batch<'_>) {
    for place in batch.touched(QUOTES, 100).unwrap() {
        let family = batch.family_of(QUOTES, &place).unwrap();
        let places: Vec<Place> = family.items.iter().map(|item| item.place.clone()).collect();
        let evidence: Vec<(&str, Span)> =
            places.iter().map(|place| (&*place.report, Span::new(0, 3))).collect();
        let shown = finding(FindingKind::QuoteAltered, &reports(&places).join(" "), &evidence);
        let findings = if places.len() > 1 { vec![shown] } else { vec![] };
        batch.replace_findings(QUOTES, &places, &findings).unwrap();
    }
    assert_eq!(batch.touched(QUOTES, 100).unwrap(), []);
}

fn readings(desk: &Desk) -> Vec<String> {
    let found = desk.ledger.findings(&[], 50, 0).unwrap();
    found.rows.into_iter().map(|stored| stored.finding.reading).collect()
}

#[test]
fn families_are_listed_by_their_first_item_and_say_whether_they_have_findings() {
    let ledger = compared().ledger;
    let families = ledger.kindred(QUOTES).unwrap();
    assert_eq!(families.len(), 1);
    assert_eq!((&families[0].first, families[0].items), (&at("001", 0), 2));
    assert!(families[0].has_findings);
    let item = ledger.item(QUOTES, &at("001", 0)).unwrap().unwrap();
    assert_eq!(item.body, "{\"n\":0}");
    assert_eq!(ledger.item(QUOTES, &at("001", 9)).unwrap(), None);
    let linked = ledger.linked(QUOTES, "001").unwrap();
    assert_eq!(
        linked.iter().map(|(item, n)| (item.place.number, *n)).collect::<Vec<_>>(),
        [(0, 1)]
    );
    assert_eq!(ledger.kindred("no such").unwrap(), []);
}

#[test]
fn findings_are_narrowed_by_kind_report_outlet_and_place() {
    let ledger = compared().ledger;
    let total = |wanted: Wanted| ledger.findings_of(&wanted, 9, 0).unwrap().total;
    let of = |report: &str| Wanted { report: Some(report.to_owned()), ..Wanted::default() };
    assert_eq!((total(Wanted::default()), total(of("001")), total(of("003"))), (1, 1, 0));
    assert_eq!(total(Wanted { at: Some([0, 1]), ..of("001") }), 1);
    assert_eq!(total(Wanted { at: Some([0, 2]), ..of("001") }), 0);
    assert_eq!(total(Wanted { kinds: vec![FindingKind::Copy], ..Wanted::default() }), 0);
    let by = |outlet: &str| Wanted { outlet: Some(outlet.to_owned()), ..Wanted::default() };
    assert_eq!((total(by("The Courier")), total(by("Nobody"))), (1, 0));
}

#[test]
fn items_that_share_a_key_come_oldest_first() {
    let desk = compared();
    let sharing = desk.ledger.sharing(QUOTES, &[3, 2], 10).unwrap();
    let places: Vec<Place> = sharing.items.iter().map(|item| item.place.clone()).collect();
    assert_eq!(reports(&places), ["001/0", "002/0", "003/0"]);
    assert_eq!(sharing.items[0].outlet.as_deref(), Some("The Courier"));
    assert_eq!(sharing.items[2].published, None);
    // Those that share most keys stay where there are too many.
    assert_eq!(desk.ledger.sharing(QUOTES, &[3, 2], 1).unwrap().items[0].place, at("002", 0));
    assert_eq!(desk.ledger.sharing(QUOTES, &[u64::MAX], 9).unwrap().items[0].place, at("001", 1));
    assert!(desk.ledger.sharing("figures", &[3], 10).unwrap().items.is_empty());
}

#[test]
fn a_family_is_all_that_hangs_together() {
    let mut desk = compared();
    let mut batch = desk.ledger.begin().unwrap();
    link(&mut batch, &at("003", 0), &at("002", 0), "{\"by\":1}");
    let family = batch.family_of(QUOTES, &at("001", 0)).unwrap();
    let places: Vec<Place> = family.items.iter().map(|item| item.place.clone()).collect();
    assert_eq!(reports(&places), ["001/0", "002/0", "003/0"]);
    assert_eq!((&family.links[1].a, &family.links[1].b), (&at("002", 0), &at("003", 0)));
    assert!(family.is_whole);
    settle(&mut batch);
    batch.commit().unwrap();
    assert_eq!(readings(&desk), ["001/0 002/0 003/0"]);
    desk.check();
}

#[test]
fn findings_come_worst_first_with_the_words_they_rest_on() {
    let mut desk = compared();
    let mut batch = desk.ledger.begin().unwrap();
    let words = strike()[2].span("“I promise nothing,”");
    let copy = finding(FindingKind::Copy, "A copy.", &[("003", words)]);
    let speaker = finding(FindingKind::QuoteSpeaker, "Two speakers.", &[("003", words)]);
    batch.replace_findings(QUOTES, &[at("003", 0)], &[copy, speaker.clone()]).unwrap();
    batch.commit().unwrap();
    assert_eq!(readings(&desk), ["001/0 002/0", "Two speakers.", "A copy."]);
    let found = desk.ledger.findings(&[FindingKind::QuoteSpeaker], 1, 0).unwrap();
    assert_eq!((found.total, &found.rows[0].finding), (1, &speaker));
    let evidence = &found.rows[0].evidence[0];
    assert_eq!((&*evidence.text, &*evidence.source_file), ("“I promise nothing,”", "003.txt"));
    let counts = desk.ledger.finding_counts().unwrap();
    assert_eq!(counts[1], (FindingKind::QuoteSpeaker, 1));
    assert_eq!(
        desk.rows("SELECT words FROM what_differs WHERE kind = 'copy'"),
        ["“I promise nothing,”"]
    );
}

#[test]
fn what_rests_on_a_changed_report_goes_and_its_family_is_touched() {
    let mut desk = compared();
    let changed = Draft::new("002.txt", "The quay is closed.");
    desk.put(&[changed]);
    assert_eq!(readings(&desk), Vec::<String>::new());
    assert!(desk.ledger.is_touched().unwrap());
    assert_eq!(desk.rows("SELECT count(*) FROM links"), ["0"]);
    assert_eq!(desk.rows("SELECT count(*) FROM items"), ["3"]);
    assert_eq!(desk.rows("SELECT count(*) FROM keys"), ["5"]);
    desk.check();
    // The next run looks at what is left.
    let mut batch = desk.ledger.begin().unwrap();
    assert_eq!(reports(&batch.touched(QUOTES, 9).unwrap()), ["001/0"]);
    settle(&mut batch);
    batch.commit().unwrap();
    assert!(!desk.ledger.is_touched().unwrap());
}

#[test]
fn what_is_touched_outlives_a_run_that_ends_before_its_findings() {
    let mut desk = compared();
    let mut batch = desk.ledger.begin().unwrap();
    link(&mut batch, &at("003", 0), &at("002", 0), "{}");
    batch.commit().unwrap();
    let mut batch = desk.ledger.begin().unwrap();
    assert_eq!(reports(&batch.touched(QUOTES, 9).unwrap()), ["002/0", "003/0"]);
    settle(&mut batch);
    batch.commit().unwrap();
    assert_eq!(readings(&desk), ["001/0 002/0 003/0"]);
    assert!(!desk.ledger.is_touched().unwrap());
}

#[test]
fn a_name_that_is_not_there_is_said_and_nothing_is_kept() {
    let mut desk = compared();
    let mut batch = desk.ledger.begin().unwrap();
    let error = batch.number_of(QUOTES, &at("009", 0)).unwrap_err();
    assert!(matches!(error.cause, Cause::UnknownItem(..)), "{error}");
    let known = batch.number_of(QUOTES, &at("001", 0)).unwrap();
    let error = batch.put_link(known, 1_000, "{}").unwrap_err();
    assert!(matches!(error.cause, Cause::UnknownNumber(1_000)), "{error}");
    assert!(matches!(batch.commit().unwrap_err().cause, Cause::Unfinished));
    assert_eq!(readings(&desk), ["001/0 002/0"]);
}
