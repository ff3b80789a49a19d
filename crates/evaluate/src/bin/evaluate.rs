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
//! $ evaluate figures eval/figures/kept.toml
//! {"pairs":33,"right":0.9,"same":{"p":0.9,"r":0.8,"f1":0.9}}
//! $ evaluate newsroom --seed 7 --reports 1000 --out work; onrecord read work/reports.jsonl --into work.db
//! $ onrecord differ work.db --json > found.jsonl; evaluate findings work/truth.jsonl found.jsonl
//! {"copy":{"p":0.99,"r":0.98,…},"quote-altered":{…},…}
//! ```
//!
//! `--misses` prints each sentence whose figures differ, or each wrong speaker, to standard error.
//! `--first` scores every other sentence, `--other` the rest. Exit code 2 if a file cannot be read.

use onrecord_evaluate::newsroom::{Newsroom, Simulated, real, sources};
use onrecord_evaluate::{Count, figures, findings, names, quantities, speakers, speech};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "usage: evaluate quantities [--misses] [--first|--other] PATH…
       evaluate figures [--misses] PAIRS
       evaluate speakers GOLD PREDICTIONS
       evaluate names GOLD PREDICTIONS
       evaluate names-gold meantime|gum-news FOLDER OUT
       evaluate speech [--misses] FOLDER…
       evaluate newsroom --seed N --reports N [--from FILE|FOLDER]… --out FOLDER
       evaluate stories [--misses] REPORTS FINDINGS
       evaluate findings [--misses] (TRUTH FINDINGS)… [--calibration FILE] [--plot FILE]";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let shows_misses = arguments.iter().any(|argument| argument == "--misses");
    let has = |option: &str| arguments.iter().any(|argument| argument == option);
    let part = match (has("--first"), has("--other")) {
        (true, false) => Part::First,
        (false, true) => Part::Other,
        _ => Part::All,
    };
    let is_flag = |word: &&str| matches!(*word, "--misses" | "--first" | "--other");
    let words: Vec<&str> =
        arguments.iter().map(String::as_str).filter(|word| !is_flag(word)).collect();
    let done = match words.as_slice() {
        ["quantities", paths @ ..] if !paths.is_empty() => {
            score_quantities(paths, shows_misses, part)
        }
        ["figures", pairs] => score_figures(pairs, shows_misses),
        ["speakers", gold, predictions] => score_speakers(gold, predictions),
        ["names", gold, predictions] => score_names(gold, predictions),
        ["names-gold", set, folder, out] => names_gold(set, Path::new(folder), Path::new(out)),
        ["newsroom", options @ ..] => newsroom(options),
        ["stories", reports, found] => score_stories(reports, found, shows_misses),
        ["findings", paths @ ..] if paths.len() > 1 => score_findings(paths, shows_misses),
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

/// Scores files of sentences, all or every other one of them.
fn score_quantities(paths: &[&str], shows_misses: bool, part: Part) -> Result<(), String> {
    let mut all = Vec::new();
    for path in paths {
        let sentences = quantities::read(&read(path)?)
            .map_err(|cause| format!("error: cannot read `{path}`\n  cause: {cause}"))?;
        // Counted over all files, so that the halves are alike whatever the files' lengths.
        let from = all.len();
        all.extend(sentences);
        println!("{}", line(path, &part.of(&all, from), shows_misses));
    }
    if paths.len() > 1 {
        println!("{}", line("all", &part.of(&all, 0), false));
    }
    Ok(())
}

/// Which sentences are scored.
#[derive(Debug, Clone, Copy)]
enum Part {
    All,
    /// The first, third, fifth …
    First,
    /// The others.
    Other,
}

impl Part {
    fn of(self, all: &[quantities::Sentence], from: usize) -> Vec<quantities::Sentence> {
        let is_in = |at: &usize| match self {
            Self::All => true,
            Self::First => at.is_multiple_of(2),
            Self::Other => !at.is_multiple_of(2),
        };
        (from..all.len()).filter(is_in).map(|at| all[at].clone()).collect()
    }
}

fn score_figures(pairs: &str, shows_misses: bool) -> Result<(), String> {
    let miss = |line: &str| {
        if shows_misses {
            eprintln!("{line}");
        }
    };
    let scores = figures::score(&read(pairs)?, miss)
        .map_err(|cause| format!("error: cannot score `{pairs}`\n  cause: {cause}"))?;
    println!("{scores}");
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

/// Writes simulated reports and their truth into a folder, one by one.
fn newsroom(options: &[&str]) -> Result<(), String> {
    let (mut out, mut from) = (None, Vec::new());
    let (mut seed, mut reports) = (1u64, 100u32);
    let wrong = |value: &str| format!("error: `{value}` is no number\n{USAGE}");
    for pair in options.chunks(2) {
        match *pair {
            ["--seed", value] => seed = value.parse().map_err(|_| wrong(value))?,
            ["--reports", value] => reports = value.parse().map_err(|_| wrong(value))?,
            ["--from", value] => from.push(Path::new(value)),
            ["--out", value] => out = Some(Path::new(value)),
            _ => return Err(USAGE.to_owned()),
        }
    }
    let out = out.ok_or(USAGE)?;
    let failed = |cause: std::io::Error| {
        format!("error: cannot write `{}`\n  cause: {cause}", out.display())
    };
    std::fs::create_dir_all(out).map_err(failed)?;
    let open = |name: &str| std::fs::File::create(out.join(name)).map(BufWriter::new);
    let mut lines = open("reports.jsonl").map_err(failed)?;
    let mut truths = open("truth.jsonl").map_err(failed)?;
    let mut write = |simulated: &Simulated| -> Result<(), String> {
        let truth = serde_json::to_string(&simulated.truth).map_err(|cause| cause.to_string())?;
        writeln!(lines, "{}", simulated.line)
            .and_then(|()| writeln!(truths, "{truth}"))
            .map_err(failed)
    };
    if from.is_empty() {
        Newsroom::of(seed, reports).try_for_each(|simulated| write(&simulated))?;
    } else {
        let (mut number, mut story) = (1, 0);
        for path in from {
            sources::each(path, &mut |plain| {
                if number > reports {
                    return Ok(false);
                }
                story += 1;
                let made = real::reports(seed, story, number, &plain);
                number += made.len() as u32;
                made.iter().try_for_each(&mut write)?;
                Ok(true)
            })?;
        }
    }
    lines.flush().and_then(|()| truths.flush()).map_err(failed)
}

/// Scores findings, a line for each truth; all together go into a table and a plot, where asked.
fn score_findings(paths: &[&str], shows_misses: bool) -> Result<(), String> {
    let mut calibration = findings::Calibration::default();
    let mut drawn: Vec<(&str, &str)> = Vec::new();
    for pair in paths.chunks(2) {
        let [truth, found] = *pair else { return Err(USAGE.to_owned()) };
        if matches!(truth, "--calibration" | "--plot") {
            drawn.push((truth, found));
            continue;
        }
        let scores = findings::score(&read(truth)?, &read(found)?)
            .map_err(|cause| format!("error: cannot score `{found}`\n  cause: {cause}"))?;
        if shows_misses {
            scores.misses.iter().for_each(|line| eprintln!("{line}"));
        }
        calibration.merge(&scores.calibration);
        println!("{}", scores.json);
    }
    for (option, path) in drawn {
        let text = if option == "--plot" { calibration.svg() } else { calibration.csv() };
        std::fs::write(path, text)
            .map_err(|cause| format!("error: cannot write `{path}`\n  cause: {cause}"))?;
    }
    Ok(())
}

/// Scores stories against reports that are marked with theirs.
fn score_stories(reports: &str, found: &str, shows_misses: bool) -> Result<(), String> {
    let (scores, misses) = findings::score_marked(&read(reports)?, &read(found)?)
        .map_err(|cause| format!("error: cannot score `{found}`\n  cause: {cause}"))?;
    if shows_misses {
        misses.iter().for_each(|line| eprintln!("{line}"));
    }
    println!("{scores}");
    Ok(())
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

fn line(file: &str, sentences: &[quantities::Sentence], shows_misses: bool) -> String {
    let (scores, misses) = quantities::scores(sentences);
    if shows_misses {
        for miss in misses {
            let list = |marked: &[quantities::Marked]| {
                let each = marked.iter().map(|marked| {
                    format!(
                        "{} {} {} ({})",
                        marked.change.as_deref().unwrap_or(""),
                        marked.value,
                        marked.unit.as_deref().unwrap_or("-"),
                        marked.concepts.join(" | ")
                    )
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
    let others = [
        ("change", scores.change),
        ("concept partly", scores.concept_partly),
        ("concept wholly", scores.concept_wholly),
        ("counted partly", scores.counted_partly),
    ];
    for (name, scored) in others {
        if scored.gold > 0 {
            out[name] = count(scored);
        }
    }
    out.to_string()
}

fn rounded(share: f64) -> f64 {
    (share * 10_000.0).round() / 10_000.0
}
