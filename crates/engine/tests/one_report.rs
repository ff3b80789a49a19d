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
