//! The record: files that are none, newer ones, reading again, revisions, full disks.

use crate::desk::{Desk, MARCH, STRIKE};

/// Where SQLite keeps the version of the schema, and the mark of the program, in a file's head.
const USER_VERSION: usize = 60;
const APPLICATION_ID: usize = 68;

#[test]
fn a_record_of_a_newer_version_is_not_touched() {
    let desk = Desk::with_record();
    let mut bytes = desk.bytes("story.db");
    bytes[USER_VERSION..USER_VERSION + 4].copy_from_slice(&99_u32.to_be_bytes());
    desk.write("story.db", &bytes);
    for args in [
        &["brief", "story.db"] as &[&str],
        &["find", "story.db", "strike"],
        &["read", "march.txt", "--into", "story.db"],
        &["export", "story.db"],
    ] {
        let ran = desk.run(args);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(
            ran.err.contains("cause: it was written by a newer version of OnRecord"),
            "{ran:?}"
        );
        assert!(ran.err.contains("\n  hint: update OnRecord"), "{ran:?}");
        assert_eq!((ran.err.lines().count(), ran.out.as_str()), (3, ""), "{ran:?}");
    }
    assert_eq!(desk.bytes("story.db"), bytes);
}

#[test]
fn a_file_that_is_no_record_is_not_touched() {
    let desk = Desk::with_record();
    let mut other = desk.bytes("story.db");
    other[APPLICATION_ID..APPLICATION_ID + 4].copy_from_slice(&7_u32.to_be_bytes());
    desk.write("other.db", &other);
    let cut = &desk.bytes("story.db")[..3000];
    desk.write("cut.db", cut);
    desk.write("empty.db", "");
    for (name, is_writable) in
        [("strike.txt", false), ("other.db", false), ("cut.db", false), ("empty.db", true)]
    {
        let before = desk.bytes(name);
        let ran = desk.run(&["find", name, "strike"]);
        assert_eq!(ran.code, Some(2), "{name}: {ran:?}");
        assert!(ran.err.starts_with("error: cannot "), "{name}: {ran:?}");
        assert!(ran.err.contains("\n  hint: "), "{name}: {ran:?}");
        if !is_writable {
            assert_eq!(desk.run(&["read", "march.txt", "--into", name]).code, Some(2), "{name}");
        }
        assert_eq!(desk.bytes(name), before, "{name}");
    }
    let missing = desk.run(&["brief", "no-such.db"]);
    assert_eq!(missing.code, Some(2));
    assert!(missing.err.contains("cause: there is no such file"), "{missing:?}");
    let folder = desk.run(&["find", ".", "strike"]);
    assert_eq!(folder.code, Some(2), "{folder:?}");
    assert!(folder.err.contains("\n  hint: "), "{folder:?}");
}

#[test]
fn reading_again_changes_nothing() {
    let desk = Desk::with_record();
    let before = desk.run(&["export", "story.db"]).out;
    let ran = desk.run(&["read", "march.txt", "strike.txt", "--into", "story.db"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.out.starts_with("2 there already\n2 reports, "), "{ran:?}");
    let again = desk.run(&["read", ".", "--into", "story.db", "--again"]);
    assert!(again.out.starts_with("2 there already\n2 reports, "), "{again:?}");
    assert_eq!(desk.run(&["export", "story.db"]).out, before);
}

#[test]
fn a_changed_report_is_a_new_revision_and_the_old_one_stays() {
    let desk = Desk::with_record();
    desk.write("march.txt", MARCH.replace("About 400", "More than 900"));
    let ran = desk.run(&["read", "march.txt", "--into", "story.db"]);
    assert!(ran.out.starts_with("1 revised\n2 reports, "), "{ran:?}");
    assert!(desk.run(&["show", "story.db", "march"]).out.contains("More than 900 people"));
    assert!(desk.run(&["show", "story.db", "march@1"]).out.contains("About 400 people"));
    assert!(desk.run(&["brief", "story.db"]).out.contains("1 older revision"));
    let found = desk.run(&["find", "story.db", "marched"]).out;
    assert!(found.contains("900") && !found.contains("About 400"), "{found}");
}

#[test]
fn a_pointer_that_points_nowhere_says_why() {
    let desk = Desk::with_record();
    for (pointer, why) in [
        ("april", "the record has no report called `april`"),
        ("march:5", "`5` is no place in a text"),
        ("march:9-4", "the text of `march` goes from 0 to "),
        ("march:0-99999", "the text of `march` goes from 0 to "),
        ("april:0-5", "the record has no report called `april`"),
    ] {
        let ran = desk.run(&["show", "story.db", pointer]);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.err.contains(&format!("  cause: {why}")), "{ran:?}");
        assert!(ran.err.contains("\n  hint: a pointer is a report"), "{ran:?}");
    }
}

#[test]
fn a_question_that_cannot_be_understood_says_why() {
    let desk = Desk::with_record();
    for query in ["mode:loud", "after:yesterday", "\"one more", ""] {
        let ran = desk.run(&["find", "story.db", query]);
        assert_eq!(ran.code, Some(2), "{query}: {ran:?}");
        assert!(ran.err.starts_with("error: cannot understand the query\n  cause: "), "{ran:?}");
    }
}

#[test]
fn options_after_the_query_are_options() {
    let desk = Desk::with_record();
    let ran = desk.run(&["find", "story.db", "strike", "-n", "1", "--json"]);
    assert_eq!((ran.code, ran.out.lines().count()), (Some(0), 1), "{ran:?}");
    let without = desk.run(&["find", "story.db", "--", "-march strike"]);
    assert_eq!(without.code, Some(0), "{without:?}");
}

/// A limit on the size of files stands for a full disk.
#[cfg(unix)]
#[test]
fn when_the_disk_fills_up_the_record_holds_whole_reports_only() {
    let desk = Desk::new();
    for n in 0..400 {
        desk.write(&format!("in/{n:03}.txt"), STRIKE.replace("Marrick", &format!("Marrick{n}")));
    }
    let ran = desk.shell("trap '' XFSZ; ulimit -f 3000; exec onrecord read in --into story.db");
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.starts_with("error: cannot write to record `story.db`\n  cause: "), "{ran:?}");
    assert!(ran.err.contains("\n  hint: make room"), "{ran:?}");
    let whole = desk.run(&["export", "story.db"]);
    assert_eq!(whole.code, Some(0), "{}", whole.err);
    let kept = whole.out.lines().count();
    assert!(kept > 0 && kept < 400, "{kept} reports");
    assert_eq!(whole.out.matches("We will not load one more ship").count(), kept);
    // With room again the same command goes on from there.
    let ran = desk.run(&["read", "in", "--into", "story.db"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let told = format!("{} new, {kept} there already\n400 reports, ", 400 - kept);
    assert!(ran.out.starts_with(&told), "{ran:?}");
}

#[cfg(unix)]
#[test]
fn a_record_that_may_not_be_written_says_so() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::with_record();
    let path = desk.path("story.db");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o444)).expect("it is ours");
    if std::fs::OpenOptions::new().append(true).open(&path).is_ok() {
        println!("skipped: this user may write every file");
        return;
    }
    desk.write("new.txt", STRIKE);
    let ran = desk.run(&["read", "new.txt", "--into", "story.db"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("cause: it may not be written"), "{ran:?}");
    assert_eq!(desk.run(&["brief", "story.db"]).code, Some(0));
}

#[test]
fn a_port_that_is_taken_is_told_with_what_to_try() {
    let desk = Desk::with_record();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = taken.local_addr().expect("it is bound").port().to_string();
    let ran = desk.run(&["serve", "story.db", "--port", &port]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    assert!(ran.err.contains("cause: another program listens there"), "{ran:?}");
    assert!(ran.err.contains("hint: give another port with --port"), "{ran:?}");
    let missing = desk.run(&["serve", "no-such.db"]);
    assert!(missing.err.contains("cause: there is no such file"), "{missing:?}");
}
