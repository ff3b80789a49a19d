//! Output: colours, quiet, closed pipes, exports that lose nothing.

use crate::desk::{Desk, STRIKE};

#[test]
fn output_to_a_pipe_is_plain_and_standard_error_quiet() {
    let desk = Desk::with_record();
    for args in [
        &["read", "strike.txt", "--into", "story.db"] as &[&str],
        &["brief", "story.db"],
        &["brief", "strike.txt", "march.txt"],
        &["find", "story.db", "strike"],
        &["show", "story.db", "march:0-8"],
        &["differ", "story.db"],
        &["annotate", "strike.txt"],
        &["export", "story.db", "--format", "csv"],
    ] {
        let ran = desk.run(args);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{args:?}");
        assert!(!ran.out.contains('\x1b'), "{args:?}: {ran:?}");
    }
}

#[test]
fn colours_can_be_asked_for_and_refused() {
    let desk = Desk::with_record();
    let has_colours = |args: &[&str], no_color: Option<&str>| {
        let mut command = desk.command(args);
        command.envs(no_color.map(|value| ("NO_COLOR", value)));
        let output = command.output().expect("the program starts");
        String::from_utf8_lossy(&output.stdout).contains('\x1b')
    };
    assert!(has_colours(&["brief", "story.db", "--color", "always"], None));
    assert!(has_colours(&["--color=always", "brief", "story.db"], Some("1")));
    assert!(!has_colours(&["brief", "story.db"], None));
    assert!(!has_colours(&["brief", "story.db", "--color", "never"], None));
    // What a program reads, or a file holds, has none.
    for format in ["md", "html", "json"] {
        let args = ["brief", "story.db", "--format", format, "--color", "always"];
        assert!(!has_colours(&args, None), "{format}");
    }
}

#[test]
fn the_place_shown_is_marked_without_colours_too() {
    let desk = Desk::with_record();
    let shown = desk.run(&["show", "story.db", "strike:33-59"]).out;
    assert!(shown.contains("[The strike began on Monday], the harbour"), "{shown}");
}

/// `… | head -n 1`: what is not wanted any more is not printed, and nobody complains.
#[test]
fn a_closed_pipe_is_no_error() {
    use std::io::{BufRead, BufReader};
    use std::process::Stdio;
    let desk = Desk::new();
    for n in 0..300 {
        let story = STRIKE.replace("one more ship", &format!("ship {n}, nor the next")).repeat(8);
        desk.write(&format!("in/{n:03}.txt"), story);
    }
    assert_eq!(desk.run(&["read", "in", "--into", "story.db"]).code, Some(0));
    for args in [
        &["annotate", "in"] as &[&str],
        &["annotate", "in", "--format", "timeml"],
        &["export", "story.db"],
        &["export", "story.db", "--format", "csv"],
        &["export", "story.db", "--format", "parquet"],
        &["export", "story.db", "--format", "webannotation"],
        &["find", "story.db", "ship", "-n", "5000"],
        &["differ", "story.db", "--json"],
        &["brief", "story.db", "--top", "1000"],
    ] {
        let mut command = desk.command(args);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut line = Vec::new();
        let mut out = BufReader::with_capacity(64, child.stdout.take().expect("it is piped"));
        out.read_until(b'\n', &mut line).expect("it can be read");
        drop(out);
        let output = child.wait_with_output().expect("it ends");
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), err.as_str()), (Some(0), ""), "{args:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_of() {
    let desk = Desk::with_record();
    for line in [
        "export story.db",
        "export story.db --format csv",
        "export story.db --format parquet",
        "export story.db --into /dev/full",
        "annotate strike.txt",
        "brief story.db",
        "find story.db strike",
        "show story.db march",
        "differ story.db",
    ] {
        let ran = desk.shell(&format!("onrecord {line} > /dev/full"));
        assert_eq!(ran.code, Some(2), "{line}: {ran:?}");
        assert!(ran.err.starts_with("error: cannot write "), "{line}: {ran:?}");
        assert!(
            ran.err.contains("\n  cause: the disk is full\n  hint: make room"),
            "{line}: {ran:?}"
        );
    }
}

#[test]
fn an_export_writes_a_file_whole_or_leaves_the_old_one() {
    let desk = Desk::with_record();
    let printed = desk.run(&["export", "story.db"]).out;
    assert_eq!(desk.run(&["export", "story.db", "--into", "all.jsonl"]).code, Some(0));
    assert_eq!(desk.bytes("all.jsonl"), printed.as_bytes());
    assert!(!desk.path("all.jsonl.part").exists());
    // The folder is missing: told, and nothing made.
    let ran = desk.run(&["export", "story.db", "--into", "no-such/all.jsonl"]);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    let told = "error: cannot write `no-such/all.jsonl`\n  cause: there is no such folder\n";
    assert!(ran.err.starts_with(told), "{ran:?}");
}

#[test]
fn nothing_is_written_over_the_record_the_reports_or_their_sidecar() {
    let desk = Desk::with_record();
    let record = desk.bytes("story.db");
    desk.write("reports.csv", "file,outlet\nstrike.txt,The Ellery Post\n");
    for args in [
        &["export", "story.db", "--into", "story.db"] as &[&str],
        &["export", "story.db", "--into", "./story.db", "--format", "csv"],
        &["export", "story.db", "--into", ".", "--format", "csv"],
        &["annotate", "strike.txt", "--format", "brat", "--into", "."],
    ] {
        let ran = desk.run(args);
        assert_eq!(ran.code, Some(2), "{args:?}: {ran:?}");
        assert!(ran.err.contains("\n  cause: it "), "{args:?}: {ran:?}");
        assert!(ran.err.contains("\n  hint: give another path"), "{args:?}: {ran:?}");
    }
    assert_eq!(desk.bytes("story.db"), record);
    assert_eq!(desk.bytes("strike.txt"), STRIKE.as_bytes());
    assert!(desk.bytes("reports.csv").starts_with(b"file,outlet"));
    // What an export wrote, the next may write again.
    for _ in 0..2 {
        let ran = desk.run(&["export", "story.db", "--into", "tables", "--format", "csv"]);
        assert_eq!(ran.code, Some(0), "{ran:?}");
    }
}

#[test]
fn two_reports_of_one_name_have_a_file_each() {
    let desk = Desk::new();
    desk.write("in/monday/a.txt", STRIKE);
    desk.write("in/tuesday/a.txt", STRIKE);
    let ran = desk.run(&["annotate", "in", "--format", "timeml", "--into", "out"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(std::fs::read_dir(desk.path("out")).expect("it was made").count(), 2);
}
