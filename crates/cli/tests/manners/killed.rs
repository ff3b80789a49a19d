//! A kill in the middle of reading: the record opens, holds whole reports only, and the same
//! command ends in the same record as a reading that nobody disturbed.

use crate::desk::Desk;
use std::collections::BTreeSet;
use std::process::Stdio;

const REPORTS: usize = 2_000;

/// Short reports: some quote the same words, some count the same thing.
fn wire() -> String {
    let mut lines = String::new();
    for n in 0..REPORTS {
        let (ship, crowd) = (n % 97, 100 + n % 13);
        lines.push_str(&format!(
            "{{\"url\":\"https://example.org/{n}\",\"outlet\":\"Outlet {}\",\
             \"published\":\"2025-03-{:02}\",\"headline\":\"Day {n} of the strike\",\
             \"text\":\"\\\"We will not load ship number {ship} before the spring is here,\\\" said \
             Tilda Marrick. About {crowd} people marched in Port Ellery on Monday, police said.\"}}\n",
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
            std::thread::yield_now();
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
    assert!(again.out.starts_with("2,000 there already\n2,000 reports, "), "{again:?}");
    assert_eq!(exports(&desk, "killed.db"), wanted);
}
