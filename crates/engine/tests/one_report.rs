//! Findings lie between reports: what one report says twice is its own affair.

use onrecord_engine::{Ledger, Options, inputs, record};
use onrecord_model::FindingKind;
use std::fs;

const QUOTE: &str = "\u{201c}The ferries will not sail before the lights are mended,\u{201d}";

/// How many findings of one quotation with two speakers a folder of these texts gives.
fn two_speakers(texts: &[String]) -> usize {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let reports = folder.path().join("reports");
    fs::create_dir(&reports).expect("a folder can be made");
    for (number, text) in texts.iter().enumerate() {
        fs::write(reports.join(format!("{number}.txt")), text).expect("it can be written");
    }
    let mut ledger =
        Ledger::create_or_open(folder.path().join("story.db")).expect("a record can be made");
    record(&mut ledger, &inputs(&[reports]), &Options::default(), false, |_| {}, |_| {})
        .expect("it can be read");
    ledger.findings(&[FindingKind::QuoteSpeaker], 9, 0).expect("it can be read").total
}

#[test]
fn one_quotation_with_two_speakers_is_found_between_reports_only() {
    let of = |name: &str| format!("{QUOTE} {name} said in Port Lorne.\n");
    let (tilda, bram) = (of("Tilda Marrick"), of("Bram Ostler"));
    assert_eq!(two_speakers(&[format!("{tilda}\n{bram}")]), 0);
    assert_eq!(two_speakers(&[tilda, bram]), 1);
}

/// A line of JSON, at one address for one name.
fn line(name: &str, text: &str) -> String {
    serde_json::json!({ "text": text, "url": format!("https://{name}.example/"), "outlet": name })
        .to_string()
}

#[test]
fn a_report_that_is_revised_in_the_batch_it_came_in_leaves_no_link() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let reports = folder.path().join("reports.jsonl");
    let of = |speaker: &str| format!("{QUOTE} {speaker} said in Port Lorne.");
    let lines = [
        line("mail", &of("Tilda Marrick")),
        line("post", &of("Bram Ostler")),
        line("post", "The ferry office in Port Lorne was shut for the day."),
        line("echo", &format!("{} So it was.", of("Tilda Marrick"))),
    ];
    fs::write(&reports, lines.join("\n")).expect("it can be written");
    let mut ledger =
        Ledger::create_or_open(folder.path().join("story.db")).expect("a record can be made");
    let read = inputs(&[reports]);
    let summary = record(&mut ledger, &read, &Options::default(), false, |_| {}, |_| {})
        .expect("it can be read");
    assert_eq!((summary.new, summary.revised), (3, 1));
    assert_eq!(ledger.findings(&[FindingKind::QuoteSpeaker], 9, 0).expect("readable").total, 0);
    assert_eq!(ledger.families("quotations", 9).expect("readable").0.len(), 1);
}
