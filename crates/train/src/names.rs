//! Learns to find names.
//!
//! ```text
//! reports with names marked, by people and by CoreNLP  →  the bytes of models/names.bin
//! ```
//!
//! Learned from: CoreNLP's names of the reports of PolNeAR (silver), GUM, MEANTIME, lines made from
//! templates, and paragraphs of all these in capitals. What people marked counts more. The second
//! pass learns from what the first finds in reports that the first did not learn from (jackknife).

use crate::crf::{self, Data, Settings};
use crate::wire;
use flate2::read::GzDecoder;
use onrecord_analyse::learned::Writer;
use onrecord_analyse::named::features::{self, Memory, Rows};
use onrecord_analyse::named::lexicon::{COUNTED, Lexicon};
use onrecord_analyse::named::sight::{Case, Sight};
use onrecord_analyse::named::{self, Kind, LABELS, Model};
use onrecord_analyse::spans::chain::Chain;
use onrecord_analyse::syntax::{self, Syntax};
use onrecord_analyse::text::Prose;
use onrecord_evaluate::Count;
use onrecord_evaluate::names::{Named, gum, sets};
use onrecord_model::{CodePoints, Report};
use rustc_hash::FxHashMap;
use serde_json::Value;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// Parts of the jackknife.
const FOLDS: usize = 3;
/// Settings of both passes.
const SETTINGS: Settings = Settings { rounds: 8, rate: 0.15, l1: 1.0 };
/// Texts of lines made from templates.
const WIRES: usize = 600;
/// Of the unmarked news each so manieth report is read.
const NEWS_STEP: usize = 2;
/// Labels that a step may have: any, or nothing for a gap.
const ANY: u8 = 0xff;
const NOTHING: u8 = 1;

/// Where a text comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum From {
    Silver,
    Meantime,
    /// GUM's news and interviews.
    GumNews,
    /// The rest of GUM.
    Gum,
    Made,
}

struct Text {
    from: From,
    named: Named,
}

/// A text made ready to learn from.
struct Page {
    from: From,
    named: Named,
    report: Report,
}

/// What is seen of a page, and its labels.
struct View<'p> {
    sight: Sight<'p, 'p>,
    rows: Rows,
    gold: Vec<u8>,
    /// Whether each step is in the marked part.
    is_marked: Vec<bool>,
}

/// The bytes of a model; sets in `without` ("meantime", "gum-news") are left out and scored.
pub(crate) fn learn(
    data_folder: &Path,
    without: &[String],
    said: &dyn Fn(&str),
) -> Result<Vec<u8>, String> {
    let mut texts = texts(data_folder)?;
    let held = |from: From| match from {
        From::Meantime => without.iter().any(|set| set == "meantime"),
        From::GumNews => without.iter().any(|set| set == "gum-news"),
        _ => false,
    };
    let (tests, rest): (Vec<Text>, Vec<Text>) = texts.drain(..).partition(|text| held(text.from));
    let mut texts = rest;
    loud(&mut texts);
    let count: usize = texts.iter().map(|text| text.named.names.len()).sum();
    said(&format!("names: {} texts, {count} names", texts.len()));
    let pages: Vec<Page> = texts.into_iter().map(Page::new).collect();
    let cut: Vec<(Prose, Syntax)> = pages.iter().map(Page::cut).collect();
    let views = |lexicon: &Lexicon| -> Vec<View> {
        let each = pages.iter().zip(&cut);
        each.map(|(page, (prose, syntax))| View::new(page, prose, syntax, lexicon)).collect()
    };
    // A tagger without the lexicon reads much news; what it finds there makes the lexicon.
    let lexicon = {
        let (data, chains) = first_data(&views(&Lexicon::default()));
        let which = weighed(&pages, &chains, |_| true);
        let chain = crf::chain(&crf::learn::<LABELS>(&data, &which, SETTINGS));
        said("names, tagger for the lexicon");
        lexicon(&data_news(data_folder)?, &chain)
    };
    said(&format!("names, lexicon of {} words", lexicon.len()));
    let views = views(&lexicon);

    let (first_data, chains) = first_data(&views);
    let mut labels: Vec<Vec<u8>> = vec![Vec::new(); views.len()];
    for fold in 0..FOLDS {
        let which = weighed(&pages, &chains, |page| page % FOLDS != fold);
        let chain = crf::chain(&crf::learn::<LABELS>(&first_data, &which, SETTINGS));
        for (page, view) in views.iter().enumerate().skip(fold).step_by(FOLDS) {
            labels[page] = named::first_pass(&chain, &view.sight, &view.rows);
        }
        said(&format!("names, first pass without part {}", fold + 1));
    }
    let mut writer = Writer::default();
    lexicon.write(&mut writer);
    let mut bytes = writer.bytes;
    bytes.extend(crf::learn::<LABELS>(&first_data, &weighed(&pages, &chains, |_| true), SETTINGS));
    drop(first_data);
    said("names, first pass");
    let (second_data, chains) = second_data(&views, &labels);
    bytes.extend(crf::learn::<LABELS>(&second_data, &weighed(&pages, &chains, |_| true), SETTINGS));
    let model = Model::read(&bytes).expect("what was just written is read");
    said(&format!("names, second pass: {} bytes", bytes.len()));
    for from in [From::Meantime, From::GumNews] {
        let of: Vec<&Named> =
            tests.iter().filter(|text| text.from == from).map(|text| &text.named).collect();
        if !of.is_empty() {
            said(&format!("names of {from:?}, not learned from: {}", score(&model, &of)));
        }
    }
    Ok(bytes)
}

/// All texts, with the names that are marked in them.
fn texts(data: &Path) -> Result<Vec<Text>, String> {
    let mut texts = Vec::new();
    let mut add = |from: From, named: Vec<Named>| {
        texts.extend(named.into_iter().map(|named| Text { from, named }));
    };
    add(From::Silver, silver(data)?);
    add(From::Meantime, sets::meantime(&data.join("meantime"))?);
    add(From::GumNews, sets::gum_news(&data.join("gum-news"))?);
    for part in ["train", "dev", "test"] {
        let conllu = unpacked(&data.join(format!("ud/en_gum-{part}.conllu.gz")))?;
        let mut named = sets::gum(&conllu);
        // News and interviews stand in `gum-news` too.
        named.retain(|named| {
            let genre = named.name.split('_').nth(1).unwrap_or_default();
            gum::FREE.contains(&genre) && !matches!(genre, "news" | "interview")
        });
        add(From::Gum, named);
    }
    add(From::Made, wire::texts(WIRES));
    Ok(texts)
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}

fn unpacked(path: &Path) -> Result<String, String> {
    let file = std::fs::File::open(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut text = String::new();
    GzDecoder::new(file)
        .read_to_string(&mut text)
        .map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(text)
}

/// The reports of PolNeAR with CoreNLP's names.
fn silver(data: &Path) -> Result<Vec<Named>, String> {
    let path = data.join("polnear/corenlp-train.jsonl.gz");
    let file = std::fs::File::open(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut all = Vec::new();
    for line in BufReader::new(GzDecoder::new(file)).lines() {
        let line = line.map_err(|e| format!("{}: {e}", path.display()))?;
        let value: Value = serde_json::from_str(&line).map_err(|e| e.to_string())?;
        let name = value["n"].as_str().unwrap_or_default().to_owned();
        let text = read(&data.join("polnear/train/text").join(&name))?;
        let points = CodePoints::new(&text);
        let mut names: Vec<(usize, usize, &'static str)> = Vec::new();
        for sentence in value["s"].as_array().into_iter().flatten() {
            let mut before = "";
            for token in sentence["t"].as_array().into_iter().flatten() {
                let byte = |v: &Value| points.byte(v.as_u64().unwrap_or(0) as u32);
                let kind = match token[4].as_str() {
                    Some("PERSON") => "person",
                    Some("ORGANIZATION") => "organisation",
                    Some("LOCATION") => "place",
                    Some("MISC") => "other",
                    _ => "",
                };
                match names.last_mut() {
                    Some(last) if !kind.is_empty() && kind == before => last.1 = byte(&token[2]),
                    _ if !kind.is_empty() => names.push((byte(&token[1]), byte(&token[2]), kind)),
                    _ => {}
                }
                before = kind;
            }
        }
        let until = text.len();
        all.push(Named { name, text, names, until, ..Named::default() });
    }
    Ok(all)
}

/// Texts of each second report of the news, unmarked.
fn data_news(data: &Path) -> Result<Vec<String>, String> {
    let path = data.join("news/articles.jsonl.gz");
    let file = std::fs::File::open(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut texts = Vec::new();
    for line in BufReader::new(GzDecoder::new(file)).lines().step_by(NEWS_STEP) {
        let line = line.map_err(|e| format!("{}: {e}", path.display()))?;
        let value: Value = serde_json::from_str(&line).map_err(|e| e.to_string())?;
        texts.extend(value["text"].as_str().map(str::to_owned));
    }
    Ok(texts)
}

/// What each word mostly is in the reports, as the tagger reads them; a report counts once.
fn lexicon(texts: &[String], chain: &Chain) -> Lexicon {
    let mut counts: FxHashMap<u32, [u32; COUNTED]> = FxHashMap::default();
    let none = Lexicon::default();
    for text in texts {
        let report = Report { text: text.clone(), ..Report::default() };
        let prose = Prose::new(&report);
        let syntax = syntax::syntax(&prose);
        let sight = Sight::new(&prose, &syntax, &none);
        let labels = named::first_pass(chain, &sight, &features::rows(&sight));
        let mut own: FxHashMap<u32, [u32; COUNTED]> = FxHashMap::default();
        for (step, label) in sight.steps.iter().zip(labels) {
            let Some(token) = step.token else { continue };
            let sentence = prose.sentence_of(token);
            let is_first = prose.sentences[sentence].tokens.start == token;
            if !sight.seen[token].is_capital || is_first || sight.cases[sentence] != Case::Plain {
                continue;
            }
            let kind = Kind::of(label).map_or(0, |kind| kind as usize + 1);
            own.entry(sight.seen[token].low).or_default()[kind] += 1;
        }
        for (word, kinds) in own {
            let most = (0..COUNTED).rev().max_by_key(|&kind| kinds[kind]).unwrap_or(0);
            counts.entry(word).or_default()[most] += 1;
        }
    }
    Lexicon::new(&counts)
}

/// Adds copies of some texts with each third paragraph in capitals, as headlines are.
fn loud(texts: &mut Vec<Text>) {
    let mut copies = Vec::new();
    for text in texts.iter().filter(|text| text.from != From::Made).step_by(6) {
        let named = &text.named;
        let end = named.text.char_indices().nth(3000).map_or(named.text.len(), |(at, _)| at);
        let end = named.text[..end].rfind('\n').unwrap_or(end).min(named.until);
        let mut copy = String::with_capacity(end);
        for (number, line) in named.text[..end].split_inclusive('\n').enumerate() {
            // Of the same length in bytes, so that names stay where they are.
            let is_loud = number % 3 == 0 && line.len() < 300;
            copy.push_str(&if is_loud { line.to_ascii_uppercase() } else { line.to_owned() });
        }
        let mut names = named.names.clone();
        names.retain(|name| name.1 <= end);
        let name = format!("{}-loud", named.name);
        let named = Named { name, text: copy, names, until: end, ..named.clone() };
        copies.push(Text { from: text.from, named });
    }
    texts.extend(copies);
}

/// How often a text is learned from in a round.
fn weight(from: From) -> usize {
    match from {
        From::Silver | From::Made => 1,
        From::Gum => 3,
        From::Meantime | From::GumNews => 5,
    }
}

fn weighed(pages: &[Page], chains: &[Vec<usize>], take: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut which = Vec::new();
    for (page, chains) in chains.iter().enumerate().filter(|(page, _)| take(*page)) {
        for _ in 0..weight(pages[page].from) {
            which.extend(chains);
        }
    }
    which
}

impl Page {
    fn new(text: Text) -> Self {
        let report = Report { text: text.named.text.clone(), ..Report::default() };
        Self { from: text.from, named: text.named, report }
    }

    fn cut(&self) -> (Prose<'_>, Syntax) {
        let prose = Prose::new(&self.report);
        let syntax = syntax::syntax(&prose);
        (prose, syntax)
    }
}

impl<'p> View<'p> {
    fn new(page: &Page, prose: &'p Prose<'p>, syntax: &'p Syntax, lexicon: &Lexicon) -> Self {
        let sight = Sight::new(prose, syntax, lexicon);
        let rows = features::rows(&sight);
        let of_token = labels(prose, &page.named);
        let gold = sight.steps.iter().map(|step| step.token.map_or(0, |token| of_token[token]));
        let gold: Vec<u8> = gold.collect();
        let mut is_inside = true;
        let is_marked = sight.steps.iter().map(|step| {
            if let Some(token) = step.token {
                let span = prose.tokens[token].span;
                is_inside = page.named.counts(span.start as usize, span.end as usize);
            }
            is_inside
        });
        let is_marked = is_marked.collect();
        Self { gold: whole(&gold), is_marked, rows, sight }
    }

    /// The steps from gap to gap, as far as they are marked.
    fn chains(&self) -> Vec<std::ops::Range<usize>> {
        let mut chains = Vec::new();
        let mut start = 0;
        for step in 1..=self.sight.steps.len() {
            let ends = step == self.sight.steps.len() || self.sight.steps[step].token.is_none();
            if ends {
                if step > start + 1 && self.is_marked[start + 1..step].iter().all(|&is| is) {
                    chains.push(start..step);
                }
                start = step;
            }
        }
        chains
    }
}

/// The label of each token.
fn labels(prose: &Prose, named: &Named) -> Vec<u8> {
    let mut labels = vec![0; prose.tokens.len()];
    for &(start, end, kind) in &named.names {
        let kind = match kind {
            "person" => Kind::Person,
            "organisation" => Kind::Organisation,
            "place" => Kind::Place,
            _ => Kind::Other,
        };
        let mut from = prose.tokens.partition_point(|token| token.span.end as usize <= start);
        let to = prose.tokens.partition_point(|token| (token.span.start as usize) < end);
        while from < to && matches!(prose.low(from), "the" | "a" | "an") {
            from += 1;
        }
        if from < to {
            labels[from..to].fill(kind.label() + u8::from(kind != Kind::Other));
            labels[from] = kind.label();
        }
    }
    labels
}

/// Without words that begin inside a name.
fn whole(labels: &[u8]) -> Vec<u8> {
    let mut before = 0;
    let each = labels.iter().map(|&label| {
        let label =
            if named::may_follow(before as usize, label as usize) { label } else { label - 1 };
        before = label;
        label
    });
    each.collect()
}

fn first_data(views: &[View]) -> (Data, Vec<Vec<usize>>) {
    let mut data = Data::default();
    let mut of_view = Vec::new();
    for view in views {
        let mut chains = Vec::new();
        for chain in view.chains() {
            for step in chain {
                let may = if view.sight.steps[step].token.is_some() { ANY } else { NOTHING };
                data.token(view.rows.of(step), view.sight.steps[step].edge, view.gold[step], may);
            }
            chains.push(data.end_chain());
        }
        of_view.push(chains);
    }
    data.number(2);
    (data, of_view)
}

fn second_data(views: &[View], labels: &[Vec<u8>]) -> (Data, Vec<Vec<usize>>) {
    let mut data = Data::default();
    let mut of_view = Vec::new();
    let (mut more, mut row) = (Vec::new(), Vec::new());
    for (view, labels) in views.iter().zip(labels) {
        let memory = Memory::new(&view.sight, labels);
        let mut chains = Vec::new();
        for chain in view.chains() {
            for step in chain {
                row.clear();
                row.extend(view.rows.of(step));
                features::of_memory(&view.sight, &memory, labels, step, &mut more);
                row.extend(&more);
                let may = if view.sight.steps[step].token.is_some() { ANY } else { NOTHING };
                data.token(&row, view.sight.steps[step].edge, view.gold[step], may);
            }
            chains.push(data.end_chain());
        }
        of_view.push(chains);
    }
    data.number(2);
    (data, of_view)
}

/// F1 of each type with exact spans.
fn score(model: &Model, texts: &[&Named]) -> String {
    let mut counts = [Count::default(); 3];
    for named in texts {
        let report = Report { text: named.text.clone(), ..Report::default() };
        let prose = Prose::new(&report);
        let syntax = syntax::syntax(&prose);
        let found: Vec<(usize, usize, Kind)> = model
            .names(&prose, &syntax)
            .into_iter()
            .map(|name| {
                let span = prose.span(name.tokens);
                (span.start as usize, span.end as usize, name.kind)
            })
            .filter(|name| named.counts(name.0, name.1))
            .collect();
        if std::env::var_os("ONRECORD_MISSES").is_some() {
            misses(named, &found);
        }
        for (kind, what) in
            [(Kind::Person, "person"), (Kind::Organisation, "organisation"), (Kind::Place, "place")]
        {
            let gold: Vec<_> =
                named.names.iter().filter(|name| name.2 == what && name.0 < named.until).collect();
            let right = gold.iter().filter(|gold| found.contains(&(gold.0, gold.1, kind))).count();
            let found = found.iter().filter(|name| name.2 == kind).count();
            counts[kind as usize].add(Count { right, found, gold: gold.len() });
        }
    }
    let shown = counts.map(|c| format!("{:.3} ({:.3}, {:.3})", c.f1(), c.precision(), c.recall()));
    format!("person {}, organisation {}, place {}", shown[0], shown[1], shown[2])
}

fn misses(named: &Named, found: &[(usize, usize, Kind)]) {
    let name = |kind: Kind| ["person", "organisation", "place", "other"][kind as usize];
    for gold in named.names.iter().filter(|gold| gold.2 != "other" && gold.0 < named.until) {
        if !found.iter().any(|f| f.0 == gold.0 && f.1 == gold.1 && name(f.2) == gold.2) {
            println!(
                "MISSED\t{}\t{}\t{}",
                gold.2,
                &named.text[gold.0..gold.1],
                line(&named.text, gold.0)
            );
        }
    }
    for f in found.iter().filter(|f| f.2 != Kind::Other) {
        if !named.names.iter().any(|gold| f.0 == gold.0 && f.1 == gold.1 && name(f.2) == gold.2) {
            println!("EXTRA\t{}\t{}\t{}", name(f.2), &named.text[f.0..f.1], line(&named.text, f.0));
        }
    }
}

fn line(text: &str, at: usize) -> String {
    let start = text[..at].char_indices().rev().nth(50).map_or(0, |(i, _)| i);
    let end = text[at..].char_indices().nth(60).map_or(text.len(), |(i, _)| at + i);
    text[start..end].replace('\n', " / ")
}
