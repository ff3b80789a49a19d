//! Makes OnRecord's models from annotated reports.
//!
//! ```text
//! cargo run --release -p onrecord-train -- --data ../shared/data --out models
//! cargo run --release -p onrecord-train -- --brat my-corrections --out models
//! cargo run --release -p onrecord-train -- --score ../shared/data/polnear/dev > misses.tsv
//! ```
//!
//! `--data` holds `polnear/train` (brat) and `polnear/corenlp-train.jsonl.gz` (tags and trees), and
//! gives both `syntax.bin` and `statements.bin`. `--brat FOLDER`, as often as wanted, adds reports
//! with statements, `--lines FILE` those that another reader marked; without `--data` the tags and trees are made by the compiled-in model, and only
//! `statements.bin` is made. `--parses FOLDER` keeps the taggers and parsers of the parts there and
//! takes them from there the next time. `--check` cross-validates all passes over five parts. `--score FOLDER`
//! scores the compiled-in models and prints each statement that they miss. `--synonyms WORDNET NEWS`
//! makes `synonyms.bin` alone, of WordNet's files and the words of `news/articles.jsonl.gz`.

mod common;
mod corpus;
mod crf;
mod names;
mod perceptron;
mod score;
mod silver;
mod spans;
mod synonyms;
mod syntax;
mod wire;

use corpus::Annotated;
use onrecord_analyse::quotes::Quotes;
use onrecord_analyse::spans::{Model as SpanModel, second::Found};
use onrecord_analyse::statements::hints_of;
use onrecord_analyse::syntax::{Model, Names};
use onrecord_analyse::text::Prose;
use score::Score;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

/// Parts of the jackknife.
const FOLDS: usize = 5;

/// What was asked for.
#[derive(Default)]
struct Asked {
    data: Option<PathBuf>,
    brat: Vec<PathBuf>,
    lines: Vec<PathBuf>,
    parses: Option<PathBuf>,
    out: Option<PathBuf>,
    check: bool,
    score: Option<PathBuf>,
    /// WordNet's folder and a file of news: makes only the table of synonyms.
    synonyms: Option<(PathBuf, PathBuf)>,
    /// Makes only the model of names.
    only_names: bool,
    /// Makes only the table of how common words are.
    only_words: bool,
    /// Sets of names that are not learned from but scored.
    without: Vec<String>,
}

const USAGE: &str = "usage: onrecord-train [--data FOLDER] [--brat FOLDER]… [--lines FILE]… --out FOLDER [--check]\n       onrecord-train --synonyms WORDNET NEWS --out FOLDER\n       onrecord-train --score FOLDER";

fn main() -> ExitCode {
    match asked(std::env::args().skip(1)).and_then(|asked| train(&asked)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn asked(mut words: impl Iterator<Item = String>) -> Result<Asked, String> {
    let mut asked = Asked::default();
    while let Some(word) = words.next() {
        let mut folder = || words.next().map(PathBuf::from).ok_or(format!("{word} needs a folder"));
        match word.as_str() {
            "--data" => asked.data = Some(folder()?),
            "--brat" => asked.brat.push(folder()?),
            "--lines" => asked.lines.push(folder()?),
            "--parses" => asked.parses = Some(folder()?),
            "--out" => asked.out = Some(folder()?),
            "--score" => asked.score = Some(folder()?),
            "--synonyms" => asked.synonyms = Some((folder()?, folder()?)),
            "--check" => asked.check = true,
            "--only-names" => asked.only_names = true,
            "--only-words" => asked.only_words = true,
            "--without" => asked.without.extend(words.next()),
            _ => return Err(format!("`{word}` is not known\n  {USAGE}")),
        }
    }
    if asked.score.is_some() {
        return Ok(asked);
    }
    let has_input = asked.data.is_some() || !asked.brat.is_empty() || asked.synonyms.is_some();
    if asked.out.is_none() || !has_input {
        return Err(USAGE.to_owned());
    }
    Ok(asked)
}

fn train(asked: &Asked) -> Result<(), String> {
    if let Some(folder) = &asked.score {
        return misses(folder);
    }
    let started = Instant::now();
    let said = |what: &str| eprintln!("{:6.0} s  {what}", started.elapsed().as_secs_f64());
    if let (Some((wordnet, news)), Some(out)) = (&asked.synonyms, &asked.out) {
        return write(&out.join("synonyms.bin"), &synonyms::learn(wordnet, news)?);
    }
    if let (Some(data), Some(out)) = (&asked.data, &asked.out) {
        write(&out.join("words.txt"), common::words(data)?.as_bytes())?;
        if asked.only_words {
            return Ok(());
        }
        write(&out.join("names.bin"), &names::learn(data, &asked.without, &said)?)?;
        if asked.only_names {
            return Ok(());
        }
    }
    let mut reports = Vec::new();
    let mut silver = BTreeMap::new();
    let mut names = Model::built_in().names.clone();
    if let Some(data) = &asked.data {
        reports = corpus::read(&data.join("polnear/train"))?;
        (names, silver) = silver::read(&data.join("polnear/corenlp-train.jsonl.gz"), &reports)?;
    }
    for folder in &asked.brat {
        reports.extend(corpus::read(folder)?);
    }
    let marked = reports.len();
    for file in &asked.lines {
        reports.extend(corpus::read_lines(file)?);
    }
    let statements: usize = reports.iter().map(|report| report.statements.len()).sum();
    said(&format!("{} reports, {statements} statements", reports.len()));

    let syntax = Parses::learn(&names, &silver, asked.parses.as_deref(), &said)?;
    let mut pages: Vec<_> = reports
        .iter()
        .enumerate()
        .map(|(i, report)| {
            spans::Page::new(report, &|prose: &Prose| syntax.of(i).syntax(prose), &names)
        })
        .collect();
    let lexicon = spans::lexicon(&mut pages);

    let (data, of_page) = spans::first_data(&pages);
    let mut found: Vec<Found> = Vec::new();
    found.resize_with(pages.len(), Found::default);
    for fold in 0..FOLDS {
        let others = spans::chains(&of_page, |page| page % FOLDS != fold);
        let chain = crf::chain(&crf::learn::<7>(&data, &others, spans::FIRST));
        for (page, found) in pages.iter().zip(&mut found).skip(fold).step_by(FOLDS) {
            *found = spans::found(page, &chain);
        }
        said(&format!("first pass without part {}", fold + 1));
    }
    let first = crf::learn::<7>(&data, &spans::chains(&of_page, |_| true), spans::FIRST);
    drop(data);
    said("first pass");

    // Where a statement's source and content end is learned from people alone.
    let (pages, found) = (&pages[..marked], &found[..marked]);
    let (data, of_page) = spans::second_data(pages, found);
    let second = crf::learn::<6>(&data, &spans::chains(&of_page, |_| true), spans::SECOND);
    said("second pass");
    if asked.check {
        let (mut score, mut whole) = (Score::default(), Score::default());
        for fold in 0..FOLDS {
            let others = spans::chains(&of_page, |page| page % FOLDS != fold);
            let chain = crf::chain(&crf::learn::<6>(&data, &others, spans::SECOND));
            for (page, found) in pages.iter().zip(found).skip(fold).step_by(FOLDS) {
                let learned = spans::statements(page, found, &chain);
                score.add(page.gold, &learned, page.prose.text);
                whole.add(page.gold, &spans::with_rules(page, &learned), page.prose.text);
            }
            said(&format!("second pass without part {}: so far {score}", fold + 1));
            said(&format!("  with the rules: so far {whole}"));
        }
    }

    let bytes = spans::model(&lexicon, &first, &second);
    let model = SpanModel::read(&bytes).expect("what was just written is read");
    let out = asked.out.as_deref().unwrap_or(Path::new("models"));
    if let Some((syntax, _)) = &syntax.whole {
        write(&out.join("syntax.bin"), syntax)?;
    }
    write(&out.join("statements.bin"), &bytes)?;
    said(&format!("written to {}", out.display()));
    if let Some(data) = &asked.data {
        let dev = corpus::read(&data.join("polnear/dev"))?;
        said(&format!("development part: {}", score(&model, syntax.of(usize::MAX), &dev)));
    }
    Ok(())
}

/// Scores the compiled-in models; each missed statement is a line of its kind, how much of it was
/// found, source, cue and content.
fn misses(folder: &Path) -> Result<(), String> {
    let mut score = Score::default();
    let mut words = 0;
    let mut times = [std::time::Duration::ZERO; 3];
    // The models are read once, at the first use.
    onrecord_analyse::spans::spans(&Prose::new(&onrecord_model::Report::default()));
    for report in corpus::read(folder)? {
        let starts = Instant::now();
        let prose = Prose::new(&report.report);
        let tokens_done = Instant::now();
        let syntax = Model::built_in().syntax(&prose);
        let syntax_done = Instant::now();
        let hints = hints_of(&prose, &Quotes::new(&prose), &syntax);
        let found = onrecord_analyse::spans::spans_with(&prose, &syntax, hints);
        times[0] += tokens_done - starts;
        times[1] += syntax_done - tokens_done;
        times[2] += syntax_done.elapsed();
        words += prose.tokens.len();
        for missed in score.add(&report.statements, &found, prose.text) {
            println!("{}\t{missed}", report.name);
        }
    }
    eprintln!("{score}");
    let [tokens, syntax, spans] = times.map(|time| words as f64 / time.as_secs_f64());
    eprintln!(
        "tokens a second: cutting {tokens:.0}, tags and trees {syntax:.0}, statements {spans:.0}"
    );
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    std::fs::write(path, bytes).map_err(|e| format!("cannot write {}: {e}", path.display()))
}

fn score(model: &SpanModel, syntax: &Model, reports: &[Annotated]) -> Score {
    let mut score = Score::default();
    for report in reports {
        let prose = Prose::new(&report.report);
        let (quotes, syntax_of) = (Quotes::new(&prose), syntax.syntax(&prose));
        let hints = hints_of(&prose, &quotes, &syntax_of);
        let statements = model.spans(&prose, &syntax_of, hints, &syntax.names);
        score.add(&report.statements, &statements, prose.text);
    }
    score
}

/// Taggers and parsers: one of all sentences, and one for each part that did not see it.
struct Parses {
    whole: Option<(Vec<u8>, Model)>,
    parts: Vec<Model>,
    /// Reports that the parts are of; those after had no part in it.
    reports: usize,
}

impl Parses {
    fn learn(
        names: &Names,
        silver: &BTreeMap<usize, Vec<silver::Sentence>>,
        kept: Option<&Path>,
        said: &dyn Fn(&str),
    ) -> Result<Self, String> {
        let reports = silver.keys().last().map_or(0, |last| last + 1);
        if reports == 0 {
            return Ok(Self { whole: None, parts: Vec::new(), reports });
        }
        // What was learned the last time, where it is kept.
        let learn = |name: &str, sentences: Vec<&silver::Sentence>| {
            let path = kept.map(|kept| kept.join(name));
            let bytes = path.as_ref().and_then(|path| std::fs::read(path).ok());
            if let Some((bytes, model)) =
                bytes.and_then(|bytes| Model::read(&bytes).map(|model| (bytes, model)))
            {
                return Ok::<_, String>((bytes, model));
            }
            let learned = syntax::learn(names, &sentences, syntax::EFFORT);
            if let Some(path) = path {
                write(&path, &learned.0)?;
            }
            Ok(learned)
        };
        let sentences = |take: &dyn Fn(usize) -> bool| -> Vec<_> {
            silver.iter().filter(|(report, _)| take(**report)).flat_map(|(_, s)| s).collect()
        };
        let mut parts = Vec::new();
        for fold in 0..FOLDS {
            let others = sentences(&|report| report % FOLDS != fold);
            let (_, model) = learn(&format!("part{}.bin", fold + 1), others)?;
            let own = sentences(&|report| report % FOLDS == fold);
            let [tags, heads, relations] = syntax::score(&model, &own);
            said(&format!(
                "syntax, part {}: tags {tags:.4}, heads {heads:.4}, with relations {relations:.4}",
                fold + 1
            ));
            parts.push(model);
        }
        let whole = learn("whole.bin", sentences(&|_| true))?;
        said(&format!("syntax, {} bytes", whole.0.len()));
        Ok(Self { whole: Some(whole), parts, reports })
    }

    /// The model that did not learn from a report.
    fn of(&self, report: usize) -> &Model {
        match &self.whole {
            None => Model::built_in(),
            Some(_) if report < self.reports => &self.parts[report % FOLDS],
            Some((_, model)) => model,
        }
    }
}
