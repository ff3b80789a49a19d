//! Real reports as they were scraped, where the shared folder is there: how many reports each file
//! holds, and what in them is not report text. Skips with a line where it is not.

use onrecord_model::{NotTextKind, Report};
use onrecord_read::{Options, inputs, reports};
use std::path::{Path, PathBuf};

fn seeds() -> Option<PathBuf> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/seeds"));
    if !path.is_dir() {
        println!("skipped: {} is not there", path.display());
        return None;
    }
    Some(path.to_owned())
}

fn read(path: PathBuf) -> Vec<Report> {
    let found = inputs(&[path]);
    assert_eq!(found.problems, []);
    let options = Options::default();
    let all = found.files.iter().flat_map(|input| reports(input, &options));
    all.map(|report| report.expect("a seed is a report")).collect()
}

#[test]
fn seeds_hold_the_reports_that_a_person_sees() {
    let Some(path) = seeds() else { return };
    let reports = read(path);
    let names: Vec<_> = reports.iter().map(|r| (r.source_file.as_str(), r.part)).collect();
    let expected = [
        ("000.txt", 1),
        ("001.txt", 1),
        ("002.txt", 1),
        ("003.txt", 1),
        ("003.txt", 2),
        ("004.txt", 1),
    ];
    assert_eq!(names, expected);
    let has_headline: Vec<_> = reports.iter().map(|report| report.headline.is_some()).collect();
    assert_eq!(has_headline, [false, true, true, true, true, true]);
    for report in &reports {
        assert_eq!(report.language.as_deref(), Some("en"), "{}", report.source_file);
        assert_eq!(report.dateline, None, "{}", report.source_file);
        assert_eq!(report.has_siblings, report.source_file == "003.txt");
        if report.source_file != "003.txt" {
            assert_eq!(report.not_text, [], "{}", report.source_file);
        }
    }
}

#[test]
fn a_page_of_two_reports_is_told_apart_at_the_second_headline() {
    use NotTextKind::{Caption, Credit, Repeated, RepeatedHeadline};
    let Some(path) = seeds() else { return };
    let reports = read(path.join("003.txt"));
    assert_eq!(reports.len(), 2);
    for report in &reports {
        assert_eq!(report.headline.map(|span| span.start), Some(0));
        let kinds: Vec<_> = report.not_text.iter().map(|piece| piece.kind).collect();
        assert_eq!(kinds, [Caption, Repeated, Credit, RepeatedHeadline, Repeated, Repeated]);
        let text = report.not_text[3].span.of(&report.text);
        assert_eq!(Some(text), report.headline_text());
    }
    let file = std::fs::read_to_string(path.join("003.txt")).expect("a seed");
    assert_eq!(format!("{}{}", reports[0].text, reports[1].text), file);
    assert_eq!(reports[1].start as usize, reports[0].text.chars().count());
}
