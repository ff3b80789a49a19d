//! Makes OnRecord's models from annotated reports.
mod corpus;
mod crf;
mod perceptron;
mod score;
mod silver;
mod spans;
mod syntax;

use onrecord_analyse::spans::second::Found;
use onrecord_analyse::syntax::{Model, Names, Syntax};
use onrecord_analyse::text::Prose;
use std::path::Path;
use std::time::Instant;

fn env(name: &str, default: f32) -> f32 {
    std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(default)
}

const FOLDS: usize = 5;

fn main() -> Result<(), String> {
    let started = Instant::now();
    let data = Path::new("../shared/data/polnear");
    let reports = corpus::read(&data.join("train"))?;
    let (names, silver) = silver::read(&data.join("corenlp-train.jsonl.gz"), &reports)?;
    eprintln!("read {:?}", started.elapsed());
    let effort = syntax::Effort { tag_rounds: 5, parse_rounds: 6, tag_folds: 4 };
    let mut models: Vec<Model> = Vec::new();
    for fold in 0..FOLDS + 1 {
        let cache = format!("/tmp/learn-cache/syntax{fold}.bin");
        let bytes = std::fs::read(&cache).unwrap_or_else(|_| {
            let sentences: Vec<_> = silver
                .iter()
                .filter(|(i, _)| **i % FOLDS != fold)
                .flat_map(|(_, s)| s.iter())
                .collect();
            let (bytes, _) = syntax::learn(&names, &sentences, effort);
            std::fs::create_dir_all("/tmp/learn-cache").unwrap();
            std::fs::write(&cache, &bytes).unwrap();
            bytes
        });
        models.push(Model::read(&bytes).unwrap());
        if fold == FOLDS {
            std::fs::write("models/syntax.bin", &bytes).unwrap();
        }
    }
    eprintln!("syntax {:?}", started.elapsed());
    let mut pages: Vec<_> = reports
        .iter()
        .enumerate()
        .map(|(i, r)| spans::Page::new(r, &|p: &Prose| models[i % FOLDS].syntax(p), &names))
        .collect();
    let lexicon = spans::lexicon(&mut pages);
    eprintln!("pages {:?}", started.elapsed());
    let (first_data, of_page) = spans::first_data(&pages);
    eprintln!("first data {:?}", started.elapsed());
    let mut f = spans::FIRST;
    f.rounds = env("R1", f.rounds as f32) as usize;
    f.rate = env("A1", f.rate);
    f.l1 = env("L1", f.l1);
    let mut s = spans::SECOND;
    s.rounds = env("R2", s.rounds as f32) as usize;
    s.rate = env("A2", s.rate);
    s.l1 = env("L2", s.l1);
    let eager = (env("EAGER", 0.0) * 256.0) as i32;
    let only = env("ONLY", 0.0) as usize;
    let mut found: Vec<Found> = Vec::new();
    found.resize_with(pages.len(), Found::default);
    for fold in 0..FOLDS {
        if only == 1 && fold > 0 {
            break;
        }
        let bytes =
            crf::learn::<7>(&first_data, &spans::chains(&of_page, |p| p % FOLDS != fold), f);
        let chain = crf::chain(&bytes);
        let (mut right, mut there, mut said) = ([0; 3], [0; 3], [0; 3]);
        for (i, page) in pages.iter().enumerate().filter(|(i, _)| i % FOLDS == fold) {
            let labels =
                onrecord_analyse::spans::first_pass(&chain, eager, &page.prose, &page.look);
            page.count(&labels, &mut right, &mut said, &mut there);
            found[i] = Found::new(&page.look, labels);
        }
        let f1: Vec<_> = (0..3)
            .map(|k| {
                format!(
                    "{:.4} ({:.3}/{:.3})",
                    2.0 * right[k] as f64 / (there[k] + said[k]) as f64,
                    right[k] as f64 / said[k] as f64,
                    right[k] as f64 / there[k] as f64
                )
            })
            .collect();
        eprintln!("fold {fold}: {} bytes, {f1:?} {:?}", bytes.len(), started.elapsed());
    }
    if only == 1 {
        return Ok(());
    }
    let (second_data, of_page2) = spans::second_data(&pages, &found);
    eprintln!("second data {:?}", started.elapsed());
    let mut all = score::Score::default();
    for fold in 0..env("CV", 1.0) as usize {
        let bytes =
            crf::learn::<6>(&second_data, &spans::chains(&of_page2, |p| p % FOLDS != fold), s);
        let mut score = score::Score::default();
        for (i, page) in pages.iter().enumerate().filter(|(i, _)| i % FOLDS == fold) {
            let statements = spans::statements(page, &found[i], &bytes);
            score.add(page.gold, &statements, page.prose.text);
            all.add(page.gold, &statements, page.prose.text);
        }
        eprintln!("fold {fold}: {} bytes {score} {:?}", bytes.len(), started.elapsed());
    }
    eprintln!("cv: {all}");
    if env("FINAL", 0.0) > 0.0 {
        let first = crf::learn::<7>(&first_data, &spans::chains(&of_page, |_| true), f);
        let second = crf::learn::<6>(&second_data, &spans::chains(&of_page2, |_| true), s);
        let bytes = spans::model(&lexicon, eager, &first, &second);
        std::fs::write("models/statements.bin", &bytes).unwrap();
        let model = onrecord_analyse::spans::Model::read(&bytes).unwrap();
        let mut score = score::Score::default();
        let dev = corpus::read(&data.join("dev"))?;
        let (mut words, t) = (0, Instant::now());
        for report in &dev {
            let prose = Prose::new(&report.report);
            words += prose.tokens.len();
            let syntax: Syntax = models[FOLDS].syntax(&prose);
            let statements = model.spans(&prose, &syntax, &names);
            score.add(&report.statements, &statements, prose.text);
        }
        eprintln!("dev: {score}  {} reports, {words} tokens in {:?}", dev.len(), t.elapsed());
    }
    let _: &Names = &names;
    Ok(())
}
