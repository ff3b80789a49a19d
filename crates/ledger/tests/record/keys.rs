//! Who meets whom: keys held in memory, keys written, keys that are full.

use crate::comparing::{QUOTES, item};
use crate::desk::{Desk, Draft, strike};
use onrecord_ledger::{ITEMS_KEPT, KEY_LIMIT, Ledger, Limits, NewItem, Place};

pub(crate) fn most(most: usize) -> Limits {
    Limits { most_days: None, most }
}

/// Names of those whom the one item of `report` meets under `keys`.
fn met(ledger: &mut Ledger, report: &str, keys: &[u64]) -> Vec<String> {
    met_within(ledger, report, keys, most(64))
}

fn met_within(ledger: &mut Ledger, report: &str, keys: &[u64], limits: Limits) -> Vec<String> {
    let mut batch = ledger.begin().unwrap();
    let met = batch.meet(QUOTES, report, &[item(0, keys)], limits).unwrap();
    let met = batch.items(&met[0].others).unwrap();
    batch.commit().unwrap();
    met.into_iter().map(|(_, item)| item.place.report).collect()
}

fn counts(desk: &Desk) -> [String; 2] {
    ["keys", "unkeyed"].map(|table| desk.rows(&format!("SELECT count(*) FROM {table}"))[0].clone())
}

#[test]
fn those_that_share_most_keys_come_first_then_the_newest() {
    let mut desk = Desk::with(&strike());
    assert!(met(&mut desk.ledger, "001", &[1, 2]).is_empty());
    assert_eq!(met(&mut desk.ledger, "002", &[2, 3]), ["001"]);
    assert_eq!(met(&mut desk.ledger, "003", &[1, 2, 3]), ["002", "001"]);
    // Put in anew, a report meets itself no more.
    assert_eq!(met(&mut desk.ledger, "002", &[1, 2]), ["003", "001"]);
    desk.check();
}

#[test]
fn what_is_held_in_memory_and_what_is_written_are_one_index() {
    let mut desk = Desk::with(&strike());
    met(&mut desk.ledger, "001", &[1, 2]);
    assert_eq!(counts(&desk), ["0", "1"]);
    desk.ledger.write_keys().unwrap();
    assert_eq!(counts(&desk), ["2", "0"]);
    assert_eq!(met(&mut desk.ledger, "002", &[2, 3]), ["001"]);
    assert_eq!(met(&mut desk.ledger, "003", &[3]), ["002"]);
    desk.check();
}

#[test]
fn a_run_that_ends_before_its_keys_are_written_loses_none() {
    let mut desk = Desk::with(&strike());
    met(&mut desk.ledger, "001", &[1, 2]);
    let mut next = Ledger::open(desk.ledger.path()).unwrap();
    assert_eq!(met(&mut next, "002", &[2]), ["001"]);
    // And of two that write by turns, each meets what the other put in.
    assert_eq!(met(&mut desk.ledger, "003", &[2]), ["002", "001"]);
    next.write_keys().unwrap();
    assert_eq!(counts(&desk), ["4", "0"]);
    desk.ledger.write_keys().unwrap();
    assert_eq!(counts(&desk), ["4", "0"]);
}

#[test]
fn a_batch_that_is_given_up_leaves_no_keys() {
    let mut desk = Desk::with(&strike());
    let mut batch = desk.ledger.begin().unwrap();
    batch.meet(QUOTES, "001", &[item(0, &[1])], most(64)).unwrap();
    drop(batch);
    assert!(met(&mut desk.ledger, "002", &[1]).is_empty());
    desk.ledger.write_keys().unwrap();
    assert_eq!(counts(&desk), ["1", "0"]);
}

#[test]
fn those_that_were_published_too_far_apart_are_not_met() {
    let reports = ["001", "002", "003", "004"];
    let days = ["2024-03-04", "2024-03-06", "", "2024-03-14"];
    let drafts = reports.iter().zip(days).map(|(report, day)| {
        let draft = Draft::new(&format!("{report}.txt"), report);
        if day.is_empty() { draft } else { draft.by("The Courier", day) }
    });
    let mut desk = Desk::with(&drafts.collect::<Vec<_>>());
    met(&mut desk.ledger, "001", &[1, 2, 3]);
    met(&mut desk.ledger, "002", &[2, 3, 4]);
    met(&mut desk.ledger, "003", &[3, 5, 6]);
    let met = |desk: &mut Desk, most_days| {
        let limits = Limits { most_days, most: 64 };
        met_within(&mut desk.ledger, "004", &[1, 2, 3], limits)
    };
    // Opened again, the record says when they were published.
    for is_opened_again in [false, true] {
        assert_eq!(met(&mut desk, None), ["001", "002", "003"]);
        // Eight days lie between 002 and 004; when 003 was published is not known.
        assert_eq!(met(&mut desk, Some(8)), ["002", "003"]);
        assert_eq!(met(&mut desk, Some(7)), ["003"]);
        if !is_opened_again {
            desk.ledger = Ledger::open(desk.ledger.path()).unwrap();
        }
    }
}

#[test]
fn an_item_past_those_that_are_kept_is_refused() {
    let mut desk = Desk::with(&strike());
    let mut batch = desk.ledger.begin().unwrap();
    let last = ITEMS_KEPT as u32 - 1;
    batch.meet(QUOTES, "001", &[item(last, &[1])], most(64)).unwrap();
    let place = Place { report: "001".to_owned(), number: last };
    let number = batch.number_of(QUOTES, &place).unwrap();
    assert_eq!(batch.items(&[number]).unwrap()[0].1.place, place);
    let error = batch.meet(QUOTES, "001", &[item(last + 1, &[1])], most(64)).unwrap_err();
    assert!(error.to_string().contains("item 50000 of `quotations`"), "{error}");
}

/// Items 0 to `number` of report 001 under key 7, and numbers of those that share it.
fn with_full_key(desk: &mut Desk, number: usize) -> Vec<u32> {
    let many: Vec<NewItem> = (0..number as u32).map(|n| item(n, &[7])).collect();
    let mut batch = desk.ledger.begin().unwrap();
    batch.meet(QUOTES, "001", &many, most(64)).unwrap();
    batch.commit().unwrap();
    let sharing = desk.ledger.sharing(QUOTES, &[7], 10_000).unwrap();
    assert_eq!(sharing.full, [7]);
    sharing.items.iter().map(|item| item.place.number).collect()
}

#[test]
fn a_full_key_holds_the_newest() {
    let mut desk = Desk::with(&strike());
    let newest: Vec<u32> = (9..KEY_LIMIT as u32 + 9).collect();
    assert_eq!(with_full_key(&mut desk, KEY_LIMIT + 9), newest);
    desk.ledger.write_keys().unwrap();
    assert_eq!(counts(&desk), [KEY_LIMIT.to_string(), "0".to_owned()]);
    // What is newer pushes the oldest out, wherever either is.
    let mut batch = desk.ledger.begin().unwrap();
    batch.meet(QUOTES, "002", &[item(0, &[7])], most(64)).unwrap();
    let sharing = batch.sharing(QUOTES, &[7], 10_000).unwrap();
    let places: Vec<_> = sharing.items.iter().map(|item| &item.place).collect();
    assert_eq!(places.len(), KEY_LIMIT);
    assert!(places.iter().any(|place| place.report == "002"));
    assert!(places.iter().all(|place| place.report == "002" || place.number > 9), "{places:?}");
    batch.commit().unwrap();
    desk.check();
}

#[test]
fn a_full_key_introduces_only_those_that_share_a_third() {
    let mut desk = Desk::with(&strike());
    with_full_key(&mut desk, KEY_LIMIT);
    assert!(met(&mut desk.ledger, "002", &[7, 8, 9, 10]).is_empty());
    let mut batch = desk.ledger.begin().unwrap();
    let by_a_third = batch.meet(QUOTES, "003", &[item(0, &[7, 8, 11])], most(10)).unwrap();
    let of = batch.items(&by_a_third[0].others).unwrap();
    let reports: Vec<&str> = of.iter().map(|(_, item)| item.place.report.as_str()).collect();
    // 002 shares two, one of them not full; it comes first.
    assert_eq!((reports[0], reports[1], reports.len()), ("002", "001", 10));
    batch.commit().unwrap();
}

#[test]
fn many_short_readings_leave_few_runs_and_lose_no_key() {
    let mut desk = Desk::with(&strike());
    let before: Vec<u64> = (0..40).collect();
    for round in 0..40u64 {
        let report = ["001", "002"][(round % 2) as usize];
        met(&mut desk.ledger, report, &[round, round + 1_000]);
        desk.ledger.write_keys().unwrap();
    }
    // Eight of a size are one: five of eight readings each.
    assert_eq!(desk.rows("SELECT count(*) FROM key_runs"), ["5"]);
    // Each round took the place of the report's last one; what these had is gone from every run.
    assert_eq!(counts(&desk), ["4", "0"]);
    assert_eq!(met(&mut desk.ledger, "003", &before), ["002", "001"]);
    // One that only reads finds the same, without the filters.
    desk.ledger.write_keys().unwrap();
    let reader = Ledger::open_read_only(desk.ledger.path()).unwrap();
    let sharing = reader.sharing(QUOTES, &[38, 39], 10).unwrap();
    let names: Vec<&str> = sharing.items.iter().map(|item| item.place.report.as_str()).collect();
    assert_eq!(names, ["001", "002", "003"]);
    desk.check();
}
