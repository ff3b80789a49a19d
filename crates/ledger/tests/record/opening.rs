//! Opening what is a record and what is none; a full disk; a second process; a kill.

use crate::desk::{Desk, Draft, strike};
use onrecord_ledger::{Cause, Filter, Ledger, NewReport, SCHEMA_VERSION};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

#[test]
fn what_is_no_record_is_named_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let cause = |name: &str| Ledger::create_or_open(path(name)).unwrap_err().cause;

    std::fs::write(path("notes.txt"), "A list of things to buy, and not a record at all.").unwrap();
    assert!(matches!(cause("notes.txt"), Cause::NotARecord(_)));
    assert!(std::fs::read_to_string(path("notes.txt")).unwrap().starts_with("A list"));

    let other = rusqlite::Connection::open(path("other.db")).unwrap();
    other.execute_batch("CREATE TABLE songs (name TEXT)").unwrap();
    assert!(matches!(cause("other.db"), Cause::NotARecord(_)));

    std::fs::create_dir(path("folder")).unwrap();
    assert!(matches!(cause("folder"), Cause::NotARecord(_)));
    assert!(matches!(cause("none/story.db"), Cause::Missing));
    let missing = Ledger::open(path("story.db")).unwrap_err();
    assert!(matches!(missing.cause, Cause::Missing));
    assert!(!path("story.db").exists());
    assert!(missing.to_string().contains("story.db") && missing.hint().is_some());
}

#[test]
fn a_record_of_a_newer_version_is_not_touched() {
    let desk = Desk::with(&strike());
    desk.sql().pragma_update(None, "user_version", SCHEMA_VERSION + 1).unwrap();
    for opened in [Ledger::create_or_open(desk.path()), Ledger::open_read_only(desk.path())] {
        assert!(matches!(opened.unwrap_err().cause, Cause::NewerSchema { .. }));
    }
}

#[test]
fn a_record_of_an_older_version_is_refused_with_what_to_do() {
    let desk = Desk::with(&strike());
    desk.sql().pragma_update(None, "user_version", SCHEMA_VERSION - 1).unwrap();
    for opened in [Ledger::create_or_open(desk.path()), Ledger::open_read_only(desk.path())] {
        let error = opened.unwrap_err();
        assert!(matches!(error.cause, Cause::OlderSchema { .. }));
        assert!(error.hint().is_some_and(|hint| hint.contains("new record")));
    }
}

#[test]
fn closing_leaves_one_file_and_odd_names_are_files_like_others() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file:story #1?%20é.db");
    let mut ledger = Ledger::create_or_open(&path).unwrap();
    let mut batch = ledger.begin().unwrap();
    strike()[0].put(&mut batch);
    batch.commit().unwrap();
    ledger.close().unwrap();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    let ledger = Ledger::open_read_only(&path).unwrap();
    assert_eq!(ledger.reports(&Filter::default()).unwrap().len(), 1);
}

#[test]
fn all_of_one_reading_is_of_one_state() {
    let mut desk = Desk::with(&strike()[..1]);
    let reader = Ledger::open_read_only(desk.path()).unwrap();
    let counts = reader.reading(|reader| {
        let before = reader.totals().unwrap().reports;
        desk.put(&strike()[1..]);
        (before, reader.totals().unwrap().reports)
    });
    assert_eq!(counts.unwrap(), (1, 1));
    assert_eq!(reader.totals().unwrap().reports, 3);
}

#[test]
fn others_read_while_one_writes_and_a_reader_does_not_write() {
    let mut desk = Desk::with(&strike()[..1]);
    let mut reader = Ledger::open_read_only(desk.path()).unwrap();
    let mut batch = desk.ledger.begin().unwrap();
    strike()[1].put(&mut batch);
    assert_eq!(reader.totals().unwrap().reports, 1);
    batch.commit().unwrap();
    assert_eq!(reader.totals().unwrap().reports, 2);
    let wrote = reader.begin().and_then(|mut batch| batch.put(&strike()[2].new_report()));
    assert!(matches!(wrote.unwrap_err().cause, Cause::ReadOnly));
}

#[test]
fn a_full_disk_loses_the_batch_and_nothing_else() {
    let mut desk = Desk::with(&strike());
    let text = "The quay is closed, and so is the harbour. ".repeat(2_000);
    desk.ledger.limit_pages(600).unwrap();
    let outcome = (0..400).try_for_each(|n| {
        let mut batch = desk.ledger.begin()?;
        let draft = Draft::new(&format!("{n}-more.txt"), &text);
        batch.put(&draft.new_report())?;
        batch.commit()
    });
    assert!(matches!(outcome.unwrap_err().cause, Cause::DiskFull));
    desk.check();
    assert!(desk.ledger.report("003").unwrap().is_some());
}

const CHILD: &str = "ONRECORD_TEST_WRITE_TO";

/// Not a test of its own: what the next one starts, and kills.
#[test]
fn writes_until_it_is_killed() {
    let Ok(path) = std::env::var(CHILD) else { return };
    let mut ledger = Ledger::create_or_open(path).unwrap();
    for batch_number in 0.. {
        let mut batch = ledger.begin().unwrap();
        for n in 0..20 {
            for mut draft in strike() {
                draft.report.source_file =
                    format!("{batch_number}-{n}-{}", draft.report.source_file);
                let analysis = &draft.analysis;
                let new = NewReport { report: &draft.report, folder: None, analysis };
                batch.put(&new).unwrap();
            }
        }
        batch.commit().unwrap();
        println!("\nbatch {batch_number}");
    }
}

#[test]
fn after_a_kill_the_record_opens_and_holds_whole_reports_only() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("story.db");
    let mut committed = 0;
    for kill_after in [1, 2, 4] {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "opening::writes_until_it_is_killed", "--nocapture"])
            .env(CHILD, &path)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let batches = lines.map_while(Result::ok).filter(|line| line.starts_with("batch "));
        let seen = batches.take(kill_after).count();
        child.kill().unwrap();
        child.wait().unwrap();
        committed = committed.max(seen);

        let ledger = Ledger::open(&path).unwrap();
        let stored: Vec<_> = ledger
            .reports(&Filter { with_superseded: true, ..Filter::default() })
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        assert!(stored.len() >= committed * 60 && stored.len() % 60 == 0, "{}", stored.len());
        let drafts = strike();
        for stored in stored {
            let draft = drafts
                .iter()
                .find(|draft| draft.report.text == stored.report.text)
                .expect("only whole texts were written");
            assert_eq!(stored.analysis, draft.analysis);
        }
        assert_eq!(ledger.totals().unwrap().statements % 80, 0);
        let conn = rusqlite::Connection::open(&path).unwrap();
        let check: String = conn.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(check, "ok");
    }
}
