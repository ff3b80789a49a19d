//! Real reports and their scorer, which are not public: they stand in a folder `shared` beside the
//! repository. Where it is missing these tests say so and pass.

use onrecord_engine::{Annotated, Options, annotate, formats, inputs};
use onrecord_model::{Analysis, Report};
use std::convert::Infallible;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(name);
    if !path.exists() {
        println!("skipped: there is no ../shared/{name}");
        return None;
    }
    Some(path)
}

/// The reports under a path; nothing may be skipped.
fn reports(path: &Path) -> Vec<(Report, Analysis)> {
    let inputs = inputs(&[path.to_owned()]);
    assert_eq!(inputs.problems, []);
    assert_eq!(inputs.warnings, []);
    let mut all = Vec::new();
    let taken = annotate(&inputs, &Options::default(), |annotated: Annotated| {
        all.push(annotated.expect("every file is read"));
        Ok::<(), Infallible>(())
    });
    taken.expect("it cannot fail");
    all
}

#[test]
fn the_real_reports_are_read_whole_and_without_a_warning() {
    let Some(seeds) = shared("seeds") else { return };
    let all = reports(&seeds);
    let names: Vec<String> =
        all.iter().map(|(report, _)| format!("{}#{}", report.source_file, report.part)).collect();
    assert_eq!(
        names,
        ["000.txt#1", "001.txt#1", "002.txt#1", "003.txt#1", "003.txt#2", "004.txt#1"]
    );
    // The first opens without a headline.
    assert_eq!(all.iter().filter(|(report, _)| report.headline.is_some()).count(), 5);
    for (report, analysis) in &all {
        let warnings: Vec<_> = analysis
            .warnings
            .iter()
            .map(|warning| (&warning.text, warning.span.of(&report.text)))
            .collect();
        assert_eq!(warnings, [], "{}", report.source_file);
        assert!(!analysis.statements.is_empty(), "{}", report.source_file);
    }
}

/// The scorer reads the brat files that are written, and finds in them what the JSON lines say.
#[test]
fn brat_files_scored_against_the_json_lines_agree_in_everything() {
    let Some(scorer) = shared("score/attribution.py") else { return };
    let harbour = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/harbour");
    let folder = tempfile::tempdir().expect("a folder can be made");
    let [texts, sheets] = ["text", "attributions"].map(|name| folder.path().join(name));
    for new in [&texts, &sheets] {
        fs::create_dir(new).expect("a folder can be made");
    }
    let mut lines = String::new();
    for (report, analysis) in reports(&harbour) {
        // The offsets of brat are those of one report, the offsets of JSON those of its file.
        if report.has_siblings {
            continue;
        }
        let stem = formats::stem(&report);
        let report = Report { source_file: format!("{stem}.txt"), ..report };
        let write = |path: PathBuf, text: &str| fs::write(path, text).expect("it can be written");
        write(texts.join(format!("{stem}.txt")), &report.text);
        let sheet = formats::brat::annotations(&report, &analysis);
        write(sheets.join(format!("{stem}_own.ann")), &sheet);
        lines.push_str(&(formats::json::line(&report, &analysis, false) + "\n"));
    }
    let predictions = folder.path().join("predictions.jsonl");
    fs::write(&predictions, lines).expect("it can be written");
    let ran = Command::new("python3").arg(scorer).arg(folder.path()).arg(&predictions).output();
    let Ok(ran) = ran else {
        println!("skipped: there is no python3");
        return;
    };
    let score: serde_json::Value =
        serde_json::from_slice(&ran.stdout).expect("the scorer prints JSON");
    assert_eq!(score["strict"]["f1"], 1.0, "{score}");
    assert_eq!(score["linked"]["f1"], 1.0, "{score}");
}
