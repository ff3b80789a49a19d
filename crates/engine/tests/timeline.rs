//! The timeline of a small story: what stands on which line, and with which mark.

use onrecord_engine::{Ledger, Options, brief, inputs, record};
use std::fs;

const REPORTS: [(&str, &str, &str); 4] = [
    (
        "a.txt",
        "2031-03-03",
        "Ferry crews will meet the line in Lorne on Friday, the union said. Work has stopped since the March 1 collision.\n",
    ),
    (
        "b.txt",
        "2031-03-07",
        "Ferry crews met the line in Lorne on Friday. Nobody has been charged after the March 1 collision off Cape Linn.\n",
    ),
    ("c.txt", "2031-03-05", "The ferry line Nordway sold two ships to a firm in Vaal.\n"),
    ("d.txt", "", "The old pier at Lorne burned down on Tuesday.\n"),
];

#[test]
fn plans_and_mentions_join_and_nothing_is_dated_without_an_anchor() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let mut sidecar = "file,published\n".to_owned();
    for (name, day, text) in REPORTS {
        fs::write(folder.path().join(name), text).expect("it can be written");
        sidecar.push_str(&format!("{name},{day}\n"));
    }
    fs::write(folder.path().join("reports.csv"), sidecar).expect("it can be written");
    let outside = tempfile::tempdir().expect("a folder can be made");
    let path = outside.path().join("story.db");
    let mut ledger = Ledger::create_or_open(&path).expect("a record can be made");
    let files = inputs(&[folder.path().to_owned()]);
    record(&mut ledger, &files, &Options::default(), false, |_| (), |_| ()).expect("it is read");
    let timeline = brief::brief(&ledger, 12).expect("the record is read").timeline;
    let lines: Vec<String> = timeline
        .moments
        .iter()
        .flat_map(|moment| {
            moment.lines.iter().map(|line| {
                let reports = line.told.places.len();
                format!("{}, {} [{}]", moment.label(), reports, line.note())
            })
        })
        .collect();
    assert_eq!(
        lines,
        [
            "2031-03-01 Sat, 2 [mentioned]",
            "by 2031-03-05, 1 []",
            "2031-03-07 Fri, 2 [planned, then done]",
            "undated, 1 []",
        ]
    );
}
