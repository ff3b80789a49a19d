//! A kill in the middle of reading: the record opens, holds whole reports only, and the same
//! command ends in the same record as a reading that nobody disturbed.

use crate::desk::Desk;
use std::collections::BTreeSet;
use std::process::Stdio;
use std::time::Duration;

const REPORTS: usize = 1_200;

/// A word of its own for each number.
fn word(n: usize) -> String {
    let syllables = ["ba", "del", "fi", "gor", "hu", "kam", "lo", "min", "nar", "pe", "ros", "tu"];
    [n / 144 % 12, n / 12 % 12, n % 12].map(|digit| syllables[digit]).concat()
}

/// Short reports in pairs that quote the same words.
fn wire() -> String {
    let mut lines = String::new();
    for n in 0..REPORTS {
        let [ship, captain, cargo] = [2, 3, 5].map(|step| word(n / 2 * step));
        let text = format!(
            "\\\"The {ship} of {captain} will carry no {cargo} to {captain},\\\" said Tilda \
             Marrick. On Monday the {captain} came in, police said."
        );
        lines.push_str(&format!(
            "{{\"url\":\"https://example.org/{n}\",\"outlet\":\"Outlet {}\",\
             \"published\":\"2025-03-{:02}\",\"headline\":\"Day {n}\",\"text\":\"{text}\"}}\n",
            n % 7,
            1 + n % 28,
        ));
    }
    lines
}

fn exports(desk: &Desk, record: &str) -> [String; 2] {
    let csv = ["export", record, "--format", "csv", "--table", "findings"];
    [&["export", record] as &[&str], &csv].map(|args| {
        let ran = desk.run(args);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        ran.out
    })
}

#[test]
fn after_a_kill_the_record_holds_whole_reports_and_reading_goes_on() {
    let desk = Desk::new();
    desk.write("wire.jsonl", wire());
    let undisturbed = desk.run(&["read", "wire.jsonl", "--into", "undisturbed.db"]);
    assert_eq!(undisturbed.code, Some(0), "{undisturbed:?}");
    let wanted = exports(&desk, "undisturbed.db");
    let whole: BTreeSet<&str> = wanted[0].lines().collect();
    assert_eq!(whole.len(), REPORTS);

    let mut seen = 0;
    for kilobytes in [200, 900, 2_000] {
        let mut command = desk.command(&["read", "wire.jsonl", "--into", "killed.db"]);
        let mut child =
            command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
        let grown = || {
            ["killed.db", "killed.db-wal"]
                .iter()
                .filter_map(|name| desk.path(name).metadata().ok())
                .map(|metadata| metadata.len())
                .sum::<u64>()
        };
        // Killed once it has written so much, or at its end if it never does.
        let before = grown();
        while child.try_wait().expect("it is ours").is_none() {
            if grown() > before + kilobytes * 1024 {
                child.kill().expect("it is ours");
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        child.wait().expect("it is ours");
        let [kept, _] = exports(&desk, "killed.db");
        assert!(kept.lines().all(|line| whole.contains(line)), "only whole reports are kept");
        assert!(kept.lines().count() >= seen, "what was kept stays");
        seen = kept.lines().count();
    }
    assert!(seen > 0);

    let ran = desk.run(&["read", "wire.jsonl", "--into", "killed.db"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.out.contains("there already"), "{ran:?}");
    assert_eq!(exports(&desk, "killed.db"), wanted);
    let again = desk.run(&["read", "wire.jsonl", "--into", "killed.db"]);
    assert!(again.out.starts_with("1,200 there already\n1,200 reports, "), "{again:?}");
    assert_eq!(exports(&desk, "killed.db"), wanted);
}
