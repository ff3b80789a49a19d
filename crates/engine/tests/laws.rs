//! Laws of the whole: what must hold for every report, whoever wrote it.
//!
//! ```text
//! same input           same bytes, on one thread and on two
//! order of reports     changes nothing in the record
//! export, read, export the same bytes
//! every span           inside its text, on character boundaries
//! ```
//!
//! The reports are put together by chance (with a fixed seed) from pieces of news and of noise. Not
//! here: whether what is found is right.

use onrecord_engine::{
    Annotated, Inputs, Ledger, Options, annotate, export, formats, inputs, record,
};
use onrecord_model::{Analysis, Report, Span};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::Value;
use std::convert::Infallible;
use std::fs;
use std::path::{Path, PathBuf};

/// Runs a law on generated input, the same on every run.
fn holds<S: Strategy>(cases: u32, input: S, law: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, rng);
    if let Err(error) = runner.run(&input, law) {
        panic!("{error}");
    }
}

/// Pieces of news: names, words that say, figures and days in many forms.
fn sentence() -> impl Strategy<Value = String> {
    let who = [
        "Tilda Marrick",
        "The mayor, Ossian Vell,",
        "police",
        "She",
        "Dr. R. Holm-Jensen",
        "a spokesman for the port of Ellery",
    ];
    let says = ["said", "told the Ellery Post", "denied on Monday", "warned", "asked", "will say"];
    let what = [
        "that 400 people had left their homes",
        "“we will not go back”",
        "\"not one more ship,\" she added, \"before 6 a.m. on 4 March\"",
        "the strike would cost $1.2 million a day",
        "‘more than 3,000’ had come, up from 1,100 in 2019",
        "nothing",
        "that “he told me, ‘stay at home,’ and I stayed”",
        "between five and seven tonnes of grain — half of it spoiled — were lost last week",
    ];
    let noise = "[ -~“”‘’«»…—\t\r\néßŁ中😀\u{200B}\u{FEFF}\u{301}\u{0}\u{FFFE}]{0,24}";
    let ends = [".", "!", "?”", "", " …", "\n\n", ".\r\n"];
    let news = (
        prop::sample::select(who.to_vec()),
        prop::sample::select(says.to_vec()),
        prop::sample::select(what.to_vec()),
        prop::sample::select(ends.to_vec()),
        any::<bool>(),
    )
        .prop_map(|(who, says, what, end, is_turned)| match is_turned {
            true => format!("{what}, {who} {says}{end} "),
            false => format!("{who} {says} {what}{end} "),
        });
    prop_oneof![6 => news, 1 => noise]
}

fn story() -> impl Strategy<Value = String> {
    let headline = prop::sample::select(vec![
        "Strike goes on in Ellery\n\n",
        "PORT ELLERY, March 3 (EPA) — ",
        "",
    ]);
    (headline, prop::collection::vec(sentence(), 1..8))
        .prop_map(|(headline, sentences)| headline.to_owned() + &sentences.concat())
}

/// Stories as JSON lines, so that every character arrives as it is.
fn wire(stories: &[String]) -> String {
    stories.iter().enumerate().map(line).collect()
}

fn line((n, text): (usize, &String)) -> String {
    let day = format!("2025-03-{:02}", 1 + n % 28);
    serde_json::json!({"text": text, "outlet": format!("Outlet {}", n % 3), "published": day,
            "url": format!("https://example.org/{n}"), "desk": n})
    .to_string()
        + "\n"
}

fn desk(files: &[(String, String)]) -> (tempfile::TempDir, Vec<PathBuf>) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let paths = files.iter().map(|(name, text)| {
        let path = folder.path().join(name);
        fs::write(&path, text).expect("a file can be written");
        path
    });
    let paths = paths.collect();
    (folder, paths)
}

fn annotated(inputs: &Inputs) -> Vec<(Report, Analysis)> {
    let mut all = Vec::new();
    let taken = annotate(inputs, &Options::default(), |annotated: Annotated| {
        all.extend(annotated.ok());
        Ok::<(), Infallible>(())
    });
    taken.expect("it cannot fail");
    all
}

fn lines(inputs: &Inputs) -> String {
    let line =
        |(report, analysis): &(Report, Analysis)| formats::json::line(report, analysis, true);
    annotated(inputs).iter().map(|one| line(one) + "\n").collect()
}

fn read_into(path: &Path, inputs: &Inputs) -> Ledger {
    let mut ledger = Ledger::create_or_open(path).expect("a record can be made");
    record(&mut ledger, inputs, &Options::default(), false, |_| {}, |_| {}).expect("it is read");
    ledger
}

fn exported(ledger: &Ledger) -> String {
    let mut out = Vec::new();
    export::jsonl(ledger, true, &mut out).expect("it is written");
    String::from_utf8(out).expect("JSON is UTF-8")
}

fn table(ledger: &Ledger, name: &str) -> Vec<csv::StringRecord> {
    let mut out = Vec::new();
    export::csv(ledger, Some(name), &mut out).expect("it is written");
    csv::Reader::from_reader(&out[..]).records().collect::<Result<_, _>>().expect("it is CSV")
}

fn sorted<T: Ord>(all: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut all: Vec<T> = all.into_iter().collect();
    all.sort();
    all
}

/// The findings, whatever their numbers.
fn findings(ledger: &Ledger) -> Vec<Vec<String>> {
    let rows = table(ledger, "findings");
    sorted(rows.iter().map(|row| row.iter().skip(1).map(str::to_owned).collect::<Vec<_>>()))
}

#[test]
fn the_same_input_gives_the_same_bytes_on_one_thread_and_on_two() {
    holds(12, prop::collection::vec(story(), 1..12), |stories| {
        let (_folder, paths) = desk(&[("wire.jsonl".to_owned(), wire(&stories))]);
        let inputs = inputs(&paths);
        let once = lines(&inputs);
        prop_assert_eq!(once.lines().count(), annotated(&inputs).len());
        for threads in [1, 2] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            let again = pool.expect("threads can be made").install(|| lines(&inputs));
            prop_assert_eq!(&once, &again);
        }
        Ok(())
    });
}

#[test]
fn the_order_of_reports_changes_nothing_in_the_record() {
    let shuffled = prop::collection::vec(story(), 2..6).prop_flat_map(|stories| {
        let files: Vec<(String, String)> = stories
            .into_iter()
            .enumerate()
            .map(|(n, story)| (format!("{n}.jsonl"), line((n, &story))))
            .collect();
        (Just(files.clone()), Just(files).prop_shuffle())
    });
    holds(10, shuffled, |(files, shuffled)| {
        let (folder, paths) = desk(&files);
        let straight = read_into(&folder.path().join("straight.db"), &inputs(&paths));
        let other: Vec<PathBuf> =
            shuffled.iter().map(|(name, _)| folder.path().join(name)).collect();
        // As arguments in another order, and one after another into the same record.
        let turned = read_into(&folder.path().join("turned.db"), &inputs(&other));
        prop_assert_eq!(exported(&straight), exported(&turned));
        prop_assert_eq!(findings(&straight), findings(&turned));
        let path = folder.path().join("one-by-one.db");
        for path_of_one in &other {
            drop(read_into(&path, &inputs(std::slice::from_ref(path_of_one))));
        }
        let one_by_one = Ledger::open_read_only(&path).expect("it is there");
        let lines =
            |ledger| sorted(exported(ledger).lines().map(str::to_owned).collect::<Vec<_>>());
        prop_assert_eq!(lines(&straight), lines(&one_by_one));
        prop_assert_eq!(findings(&straight), findings(&one_by_one));
        Ok(())
    });
}

#[test]
fn what_is_exported_is_read_back_and_exported_the_same() {
    holds(12, prop::collection::vec(story(), 1..6), |stories| {
        let (folder, paths) = desk(&[("wire.jsonl".to_owned(), wire(&stories))]);
        let first = read_into(&folder.path().join("first.db"), &inputs(&paths));
        let export = exported(&first);
        let path = folder.path().join("export.jsonl");
        fs::write(&path, &export).expect("a file can be written");
        let second = read_into(&folder.path().join("second.db"), &inputs(&[path]));
        prop_assert_eq!(export, exported(&second));
        prop_assert_eq!(findings(&first), findings(&second));
        Ok(())
    });
}

/// Every `[start, end]` under the keys that hold spans.
fn spans(value: &Value, is_span: bool, found: &mut Vec<[usize; 2]>) {
    match value {
        Value::Array(items) => {
            let numbers: Vec<usize> =
                items.iter().filter_map(Value::as_u64).map(|n| n as usize).collect();
            if let ([start, end], true) = (numbers.as_slice(), is_span) {
                found.push([*start, *end]);
            } else {
                items.iter().for_each(|item| spans(item, is_span, found));
            }
        }
        Value::Object(fields) => {
            let names = ["span", "spans", "mentions", "source", "cue", "content", "counted_span"];
            for (name, value) in fields {
                spans(value, names.contains(&name.as_str()), found);
            }
        }
        _ => {}
    }
}

#[test]
fn every_span_lies_within_the_text_on_character_boundaries() {
    holds(40, prop::collection::vec(story(), 1..4), |stories| {
        let (_folder, paths) = desk(&[("wire.jsonl".to_owned(), wire(&stories))]);
        for (report, analysis) in annotated(&inputs(&paths)) {
            let line: Value = serde_json::from_str(&formats::json::line(&report, &analysis, true))?;
            let length = report.text.chars().count();
            prop_assert_eq!(line["text"].as_str(), Some(report.text.as_str()));
            let mut found = Vec::new();
            spans(&line, false, &mut found);
            for [start, end] in found {
                prop_assert!(
                    start <= end && end <= report.start as usize + length,
                    "{start}-{end}"
                );
            }
            let statements = analysis.statements.iter();
            let inside: Vec<Span> = statements
                .flat_map(|s| s.source.iter().chain(&s.cue).chain(&s.content).copied())
                .chain(analysis.times.iter().map(|timex| timex.span))
                .chain(analysis.quantities.iter().map(|quantity| quantity.span))
                .chain(analysis.events.iter().flat_map(|event| {
                    let parts = event.parts.iter().map(|part| part.span);
                    [event.span, event.word].into_iter().chain(event.time).chain(parts)
                }))
                .chain(analysis.sentences.iter().map(|sentence| sentence.span))
                .collect();
            for span in inside {
                prop_assert!(report.text.get(span.range()).is_some_and(|words| !words.is_empty()));
            }
        }
        Ok(())
    });
}

#[test]
fn brat_gives_the_words_that_its_offsets_point_at() {
    holds(40, story(), |story| {
        let (_folder, paths) = desk(&[("wire.jsonl".to_owned(), wire(&[story]))]);
        for (report, analysis) in annotated(&inputs(&paths)) {
            let text: Vec<char> = report.text.chars().collect();
            let sheet = formats::brat::annotations(&report, &analysis);
            for line in sheet.lines().filter(|line| line.starts_with('T')) {
                let cells: Vec<&str> = line.split('\t').collect();
                prop_assert_eq!(cells.len(), 3, "{}", line);
                let (_, places) = cells[1].split_once(' ').expect("a role and its places");
                let mut words = Vec::new();
                for place in places.split(';') {
                    let (start, end) = place.split_once(' ').expect("a start and an end");
                    let [start, end] =
                        [start, end].map(|at| at.parse::<usize>().expect("a number"));
                    prop_assert!(start < end && end <= text.len(), "{}", line);
                    words.push(text[start..end].iter().collect::<String>());
                }
                let words = words.join(" ").replace(['\t', '\r'], " ");
                prop_assert_eq!(words.as_str(), cells[2]);
            }
        }
        Ok(())
    });
}

#[test]
fn timeml_is_xml_and_keeps_the_text() {
    holds(60, story(), |story| {
        let (_folder, paths) = desk(&[("wire.jsonl".to_owned(), wire(&[story]))]);
        for (report, analysis) in annotated(&inputs(&paths)) {
            let page = formats::timeml::document(&report, &analysis);
            let page = roxmltree::Document::parse(&page)?;
            let inside = page.descendants().find(|node| node.has_tag_name("TEXT"));
            let inside = inside.expect("there is a text");
            let text: String = inside
                .descendants()
                .filter(|node| node.is_text())
                .filter_map(|node| node.text())
                .collect();
            // XML cannot hold these at all.
            let wanted = report.text.replace(|c: char| is_no_xml(c), "\u{FFFD}");
            prop_assert_eq!(text, wanted);
            let tags = inside.descendants().filter(|node| node.has_tag_name("TIMEX3")).count();
            prop_assert!(tags <= analysis.times.len());
        }
        Ok(())
    });
}

fn is_no_xml(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

#[test]
fn tables_and_json_lines_agree() {
    holds(10, prop::collection::vec(story(), 1..6), |stories| {
        let (folder, paths) = desk(&[("wire.jsonl".to_owned(), wire(&stories))]);
        let ledger = read_into(&folder.path().join("story.db"), &inputs(&paths));
        let export = exported(&ledger);
        let lines: Vec<Value> =
            export.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
        prop_assert_eq!(table(&ledger, "reports").len(), lines.len());
        for name in ["statements", "actors", "times", "quantities"] {
            let all: usize =
                lines.iter().map(|line| line[name].as_array().map_or(0, Vec::len)).sum();
            prop_assert_eq!(table(&ledger, name).len(), all, "{}", name);
        }
        let totals = ledger.totals().expect("it can be read");
        prop_assert_eq!(totals.reports, lines.len());
        prop_assert_eq!(totals.statements, table(&ledger, "statements").len());
        Ok(())
    });
}
