//! Scores of the project's reading, one JSON object a line.
//!
//! ```text
//! $ evaluate quantities currency.json
//! {"file":"currency.json","sentences":180,"value":{"p":0.9,"r":0.9,"f1":0.9},"unit":{…}}
//! $ evaluate speakers gold.jsonl predictions.jsonl
//! {"statements":221,"found":0.9,"speaker":0.8,…}
//! $ evaluate names-gold meantime ../shared/data/meantime work/meantime
//! $ onrecord annotate work/meantime > found.jsonl; evaluate names work/meantime.jsonl found.jsonl
//! {"person":{"p":0.9,"r":0.9,"f1":0.9,"gold":64},"organisation":{…},"place":{…},"all":{…}}
//! $ evaluate speech meantime/corpus_airbus
//! {"events":120,"found":0.8,"source of found":0.9,…}
//! ```
//!
//! `--misses` prints each sentence whose figures differ, or each wrong speaker, to standard error. Exit code 2 if a file
//! cannot be read.

use onrecord_evaluate::{Count, names, quantities, speakers, speech};
use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "usage: evaluate quantities [--misses] PATH…
       evaluate speakers GOLD PREDICTIONS
       evaluate names GOLD PREDICTIONS
       evaluate names-gold meantime|gum-news FOLDER OUT
       evaluate speech [--misses] FOLDER…";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let shows_misses = arguments.iter().any(|argument| argument == "--misses");
    let words: Vec<&str> =
        arguments.iter().map(String::as_str).filter(|word| *word != "--misses").collect();
    let done = match words.as_slice() {
        ["quantities", paths @ ..] if !paths.is_empty() => score_quantities(paths, shows_misses),
        ["speakers", gold, predictions] => score_speakers(gold, predictions),
        ["names", gold, predictions] => score_names(gold, predictions),
        ["names-gold", set, folder, out] => names_gold(set, Path::new(folder), Path::new(out)),
        ["speech", folders @ ..] if !folders.is_empty() => score_speech(folders, shows_misses),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

fn score_quantities(paths: &[&str], shows_misses: bool) -> Result<(), String> {
    let mut all = Vec::new();
    for path in paths {
        let sentences = sentences(path)?;
        println!("{}", line(path, &sentences, shows_misses));
        all.extend(sentences);
    }
    if paths.len() > 1 {
        println!("{}", line("all", &all, false));
    }
    Ok(())
}

fn score_speakers(gold: &str, predictions: &str) -> Result<(), String> {
    let scores = speakers::score(&read(gold)?, &read(predictions)?)
        .map_err(|cause| format!("error: cannot score `{predictions}`\n  cause: {cause}"))?;
    println!("{scores}");
    Ok(())
}

fn score_names(gold: &str, predictions: &str) -> Result<(), String> {
    let scores = names::score(&read(gold)?, &read(predictions)?)
        .map_err(|cause| format!("error: cannot score `{predictions}`\n  cause: {cause}"))?;
    println!("{scores}");
    Ok(())
}

/// Writes the texts of a public set into a folder, and `OUT.jsonl` beside it with their names.
fn names_gold(set: &str, folder: &Path, out: &Path) -> Result<(), String> {
    let mut all = match set {
        "meantime" => names::sets::meantime(folder)?,
        "gum-news" => names::sets::gum_news(folder)?,
        _ => return Err(USAGE.to_owned()),
    };
    // Of GUM the news alone: interviews are no reports.
    all.retain(|named| !named.name.starts_with("GUM_interview"));
    let failed = |cause: std::io::Error| {
        format!("error: cannot write `{}`\n  cause: {cause}", out.display())
    };
    std::fs::create_dir_all(out).map_err(failed)?;
    let mut lines = String::new();
    for named in &all {
        std::fs::write(out.join(format!("{}.txt", named.name)), &named.text).map_err(failed)?;
        lines.push_str(&named.line());
        lines.push('\n');
    }
    std::fs::write(out.with_extension("jsonl"), lines).map_err(failed)
}

/// The scores of all XML files in the folders together.
fn score_speech(folders: &[&str], shows_misses: bool) -> Result<(), String> {
    let mut scores = speech::Scores::default();
    for folder in folders {
        let failed =
            |cause: std::io::Error| format!("error: cannot read `{folder}`\n  cause: {cause}");
        let entries = std::fs::read_dir(folder).map_err(failed)?;
        let mut paths: Vec<_> = entries
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<_, _>>()
            .map_err(failed)?;
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "xml"));
        paths.sort();
        for path in paths {
            let path = path.to_string_lossy();
            let (own, wrong) = speech::score(&read(&path)?)
                .map_err(|cause| format!("error: cannot read `{path}`\n  cause: {cause}"))?;
            scores.add(own);
            if shows_misses {
                wrong.iter().for_each(|line| eprintln!("{path}: {line}"));
            }
        }
    }
    println!("{}", scores.json());
    Ok(())
}

fn read(path: &str) -> Result<String, String> {
    std::fs::read_to_string(path)
        .map_err(|cause| format!("error: cannot read `{path}`\n  cause: {cause}"))
}

fn sentences(path: &str) -> Result<Vec<quantities::Sentence>, String> {
    serde_json::from_str(&read(path)?)
        .map_err(|cause| format!("error: cannot read `{path}`\n  cause: {cause}"))
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
