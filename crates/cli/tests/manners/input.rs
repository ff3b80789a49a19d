//! Bad input: each bad file is named with the reason, skipped and counted; the rest is read.

use crate::desk::{Desk, MARCH, Ran, STRIKE};

/// Reads one bad file beside a good one; the good one is read, the bad one named.
fn read_beside_a_good_one(name: &str, bytes: impl AsRef<[u8]>) -> Ran {
    let desk = Desk::new();
    desk.write("in/good.txt", STRIKE);
    desk.write(&format!("in/{name}"), bytes);
    let ran = desk.run(&["read", "in", "--into", "story.db"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.out.starts_with("1 new, 1 skipped\n"), "{ran:?}");
    let shown = desk.run(&["show", "story.db", "good"]);
    assert!(shown.out.contains("We will not load one more ship"), "{shown:?}");
    ran
}

#[test]
fn an_empty_file_is_named_and_skipped() {
    for empty in ["", " \n\n\t\n"] {
        let ran = read_beside_a_good_one("empty.txt", empty);
        assert_eq!(ran.err, "warning: cannot read report `empty.txt`\n  cause: it is empty\n");
    }
}

#[test]
fn a_binary_file_is_named_and_skipped() {
    let ran = read_beside_a_good_one("photo.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0");
    assert!(ran.err.starts_with("warning: cannot read report `photo.txt`\n  cause: "), "{ran:?}");
    assert!(ran.err.contains("\n  hint: OnRecord reads text"), "{ran:?}");
}

#[test]
fn text_in_an_older_encoding_is_read() {
    let desk = Desk::new();
    let mut bytes =
        b"The caf\xe9 strike\n\n\x93We will not serve,\x94 said Zo\xeb Marrick, who leads "
            .to_vec();
    bytes.extend(b"the union. The owners of the town\x92s caf\xe9s said nothing on Monday.\n");
    desk.write("cafe.txt", bytes);
    let ran = desk.run(&["annotate", "cafe.txt", "--with-text"]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.out.contains("“We will not serve,” said Zoë Marrick"), "{ran:?}");
}

#[test]
fn a_broken_line_of_json_is_named_by_its_number_and_the_others_are_read() {
    let desk = Desk::new();
    let good = |n: u32| format!("{{\"headline\":\"Day {n}\",\"text\":\"The strike goes on.\"}}\n");
    let lines = good(1) + &good(2) + "{\"headline\": \"Day 3\", \"text\": \"The str\n" + &good(4);
    desk.write("wire.jsonl", lines);
    let ran = desk.run(&["annotate", "wire.jsonl"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert_eq!(ran.out.lines().count(), 3);
    assert!(ran.err.starts_with("warning: cannot read report `wire.jsonl`, line 3\n"), "{ran:?}");
    assert_eq!(ran.err.lines().count(), 3, "{ran:?}");
}

#[test]
fn a_line_that_is_too_long_is_skipped_and_the_next_is_read() {
    let desk = Desk::new();
    let mut lines = b"{\"text\": \"".to_vec();
    lines.resize(34 << 20, b'a');
    lines.extend(b"\"}\n{\"text\": \"The strike goes on, the mayor said.\"}\n");
    desk.write("wire.jsonl", lines);
    let ran = desk.run(&["annotate", "wire.jsonl"]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    assert_eq!(ran.out.lines().count(), 1);
    assert!(
        ran.err.contains("`wire.jsonl`, line 1\n  cause: it is longer than 32 MiB"),
        "{}",
        ran.err
    );
}

#[test]
fn a_path_that_is_missing_is_named_and_the_others_are_read() {
    let desk = Desk::new();
    desk.write("good.txt", STRIKE);
    let ran = desk.run(&["annotate", "no-such.txt", "good.txt"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert_eq!(ran.out.lines().count(), 1);
    let told = "warning: cannot read `no-such.txt`\n  cause: there is no such file or folder\n";
    assert_eq!(ran.err, told);
}

#[test]
fn with_nothing_to_read_it_fails_and_makes_no_record() {
    let desk = Desk::new();
    std::fs::create_dir(desk.path("none")).expect("a folder can be made");
    desk.write("sheet/reports.csv", "file,outlet\n");
    for (path, what) in [
        ("no-such", "error: cannot read `no-such`\n  cause: there is no such file or folder\n"),
        ("none", "error: nothing to read in folder `none`\n  cause: it holds no files\n"),
        ("sheet", "error: nothing to read in folder `sheet`\n"),
    ] {
        let ran = desk.run(&["read", path, "--into", "story.db"]);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.err.starts_with(what), "{ran:?}");
        assert!(ran.err.contains("\n  hint: "), "{ran:?}");
        assert!(!desk.path("story.db").exists());
        assert_eq!(desk.run(&["annotate", path]).code, Some(2));
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    desk.write("in/good.txt", STRIKE);
    desk.write("in/secret.txt", MARCH);
    let path = desk.path("in/secret.txt");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).expect("it is ours");
    if std::fs::read(&path).is_ok() {
        println!("skipped: this user may read every file");
        return;
    }
    let ran = desk.run(&["read", "in", "--into", "story.db"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert_eq!(ran.err, "warning: cannot read `secret.txt`\n  cause: you may not read it\n");
}

#[test]
fn a_record_in_the_folder_that_is_read_is_no_report() {
    let desk = Desk::new();
    desk.write("strike.txt", STRIKE);
    for told in ["1 new\n", "1 there already\n"] {
        let ran = desk.run(&["read", ".", "--into", "story.db"]);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{ran:?}");
        assert!(ran.out.starts_with(told), "{ran:?}");
    }
}

#[test]
fn standard_input_is_read() {
    let desk = Desk::new();
    desk.write("strike.txt", STRIKE);
    let mut command = desk.command(&["annotate", "-"]);
    command.stdin(std::fs::File::open(desk.path("strike.txt")).expect("it is there"));
    let ran = Ran::from(command.output().expect("the program starts"));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.out.starts_with("{\"schema\":1,\"source_file\":\"-\",\"part\":1,"), "{ran:?}");
}

#[test]
fn what_was_skipped_is_told_as_json_too() {
    let desk = Desk::new();
    desk.write("in/good.txt", STRIKE);
    desk.write("in/empty.txt", "");
    let ran = desk.run(&["read", "in", "--into", "story.db", "--json"]);
    let told: serde_json::Value = serde_json::from_str(&ran.out).expect("it is JSON");
    assert_eq!((told["new"].as_u64(), told["skipped"].as_u64()), (Some(1), Some(1)));
    assert_eq!(told["problems"][0]["source_file"], "empty.txt");
    assert_eq!(told["problems"][0]["cause"], "it is empty");
}
