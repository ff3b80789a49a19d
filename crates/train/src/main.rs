//! Makes OnRecord's models from annotated reports.
mod corpus;
mod perceptron;
mod silver;
mod syntax;

use std::path::Path;
use std::time::Instant;

fn main() -> Result<(), String> {
    let data = Path::new("../shared/data/polnear");
    let reports = corpus::read(&data.join("train"))?;
    eprintln!(
        "{} reports, {} statements",
        reports.len(),
        reports.iter().map(|r| r.statements.len()).sum::<usize>()
    );
    let (names, silver) = silver::read(&data.join("corenlp-train.jsonl.gz"), &reports)?;
    let all: Vec<_> = silver.iter().collect();
    let train: Vec<_> =
        all.iter().filter(|(i, _)| **i % 10 != 0).flat_map(|(_, s)| s.iter()).collect();
    let test: Vec<_> =
        all.iter().filter(|(i, _)| **i % 10 == 0).flat_map(|(_, s)| s.iter()).collect();
    eprintln!(
        "{} sentences, {} trees, {} words",
        train.len(),
        train.iter().filter(|s| s.tree.is_some()).count(),
        train.iter().map(|s| s.forms.len()).sum::<usize>()
    );
    let t = Instant::now();
    let (bytes, model) = syntax::learn(
        &names,
        &train,
        syntax::Effort { tag_rounds: 5, parse_rounds: std::env::args().nth(1).and_then(|a| a.parse().ok()).unwrap_or(6), tag_folds: 4 },
    );
    eprintln!("{:?} {} bytes", t.elapsed(), bytes.len());
    let t = Instant::now();
    let n: usize = test.iter().map(|s| s.forms.len()).sum();
    eprintln!("{:?} {:?} on {n}", syntax::score(&model, &test), t.elapsed());
    if std::env::args().nth(1).is_none() { return Ok(()); }
    std::fs::write("models/syntax.bin", bytes).map_err(|e| e.to_string())?;
    Ok(())
}
