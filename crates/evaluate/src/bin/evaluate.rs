//! `evaluate quantities PATH…`: scores the project's figures on files of marked sentences.
//!
//! ```text
//! $ evaluate quantities currency.json
//! {"file":"currency.json","sentences":180,"value":{"p":0.9,"r":0.9,"f1":0.9},"unit":{…}}
//! ```
//!
//! `--misses` prints each sentence that differs, to standard error. Exit code 2 if a file cannot be
//! read.

use onrecord_evaluate::{Count, quantities};
use std::process::ExitCode;

const USAGE: &str = "usage: evaluate quantities [--misses] PATH…";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [task, rest @ ..] = arguments.as_slice() else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let shows_misses = rest.iter().any(|argument| argument == "--misses");
    let paths: Vec<&String> = rest.iter().filter(|argument| *argument != "--misses").collect();
    if task != "quantities" || paths.is_empty() {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    }
    let mut all = Vec::new();
    for path in &paths {
        match sentences(path) {
            Ok(sentences) => {
                println!("{}", line(path, &sentences, shows_misses));
                all.extend(sentences);
            }
            Err(cause) => {
                eprintln!("error: cannot read `{path}`\n  cause: {cause}");
                return ExitCode::from(2);
            }
        }
    }
    if paths.len() > 1 {
        println!("{}", line("all", &all, false));
    }
    ExitCode::SUCCESS
}

fn sentences(path: &str) -> Result<Vec<quantities::Sentence>, String> {
    let json = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    serde_json::from_str(&json).map_err(|error| error.to_string())
}

fn line(file: &str, sentences: &[quantities::Sentence], shows_misses: bool) -> String {
    let (scores, misses) = quantities::scores(sentences);
    if shows_misses {
        for miss in misses {
            let list = |marked: &[quantities::Marked]| {
                let each = marked.iter().map(|marked| {
                    format!("{} {}", marked.value, marked.normalized_unit.as_deref().unwrap_or("-"))
                });
                each.collect::<Vec<_>>().join("; ")
            };
            eprintln!(
                "{}\n  missed: {}\n  extra:  {}",
                miss.text,
                list(&miss.missed),
                list(&miss.extra)
            );
        }
    }
    let count = |count: Count| {
        serde_json::json!({
            "p": rounded(count.precision()), "r": rounded(count.recall()), "f1": rounded(count.f1())
        })
    };
    let mut out = serde_json::json!({
        "file": file, "sentences": scores.sentences,
        "value": count(scores.value), "unit": count(scores.unit),
    });
    if scores.change.gold > 0 {
        out["change"] = count(scores.change);
    }
    out.to_string()
}

fn rounded(share: f64) -> f64 {
    (share * 10_000.0).round() / 10_000.0
}
