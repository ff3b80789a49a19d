//! Sourcing: reports that rest on one unnamed source of one outlet.
//!
//! ```text
//! 001  according to the Gazette, citing four officials, the port will reopen …
//! 003  four officials told the Gazette that the port would reopen …
//! → 001 and 003 rest on one source: four officials, by way of Gazette.
//! ```
//!
//! Unnamed sources of different outlets stay apart: nothing says that they are one. Not handled:
//! named sources (their words are found as quotations). Of a chain ("the Post, citing a report by
//! the Gazette") every outlet is kept: one in common joins.

use crate::rules::{is_little, outlets};
use crate::show;
use crate::words::{Word, folded, key, words};
use crate::{Comparison, Item, Keyed, Link, Subject};
use onrecord_model::{ActorType, Evidence, Finding, FindingKind, Party, Span, Statement};
use serde::{Deserialize, Serialize};
use serde_json::{Map, json};

/// Days within which papers pass one thing on.
const PASSED_ON: u64 = 7;

/// Telling words of a statement that are kept, the first ones.
const MOST_WORDS: usize = 40;

/// The comparison.
#[derive(Debug)]
pub(crate) struct Sourcing;

/// What an unnamed source told an outlet.
#[derive(Debug, Serialize, Deserialize)]
struct Told {
    /// The outlets that were told or passed it on, as named here, the one that was told first.
    outlets: Vec<String>,
    /// The source, as called here.
    source: String,
    /// Whether another outlet passes it on.
    is_relay: bool,
    /// Telling words, folded.
    words: Vec<String>,
    /// Those of them with a capital that opens no sentence: names.
    #[serde(default)]
    names: Vec<String>,
    span: Span,
}

impl Comparison for Sourcing {
    fn name(&self) -> &'static str {
        "sourcing"
    }

    fn keys(&self, subject: Subject<'_>) -> Vec<Keyed> {
        let told =
            subject.analysis.statements.iter().filter_map(|statement| told(subject, statement));
        let keyed = told.enumerate().map(|(number, told)| {
            let outlets: Vec<String> = told.outlets.iter().map(|outlet| plain(outlet)).collect();
            let long = told.words.iter().filter(|word| word.len() >= 5).take(16);
            let keys = long
                .flat_map(|word| outlets.iter().map(move |outlet| key("sourcing", &[outlet, word])))
                .collect();
            Keyed::new(subject, number, show::written(&told), keys)
        });
        keyed.filter(|keyed| !keyed.keys.is_empty()).collect()
    }

    fn compare(&self, a: &Item, b: &Item) -> Option<Link> {
        let (a, b) = if a.id <= b.id { (a, b) } else { (b, a) };
        let (left, right): (Told, Told) = (show::body(&a.body)?, show::body(&b.body)?);
        let is_soon = match (a.published, b.published) {
            (Some(a), Some(b)) => a.duration_since(b).as_hours().unsigned_abs() / 24 <= PASSED_ON,
            _ => true,
        };
        // "Two officials told the Gazette" of one port and of another: two things.
        let is_apart = !left.names.is_empty()
            && !right.names.is_empty()
            && left.names.iter().filter(|name| right.names.contains(name)).count() * 2
                < left.names.len().min(right.names.len());
        let has_common_outlet = left
            .outlets
            .iter()
            .any(|outlet| right.outlets.iter().any(|other| plain(outlet) == plain(other)));
        let common = left.words.iter().filter(|word| right.words.contains(word)).count();
        let few = left.words.len().min(right.words.len());
        // Four telling words, and half of what the shorter says, are one thing told.
        let is_one = has_common_outlet && common >= 4 && common * 2 >= few;
        (is_soon && is_one && !is_apart && (left.is_relay || right.is_relay)).then(|| Link {
            a: a.id.clone(),
            b: b.id.clone(),
            body: String::new(),
        })
    }

    fn family(&self, items: &[Item], _: &[Link]) -> Vec<Finding> {
        let told: Vec<(&Item, Told)> =
            items.iter().filter_map(|item| Some((item, show::body::<Told>(&item.body)?))).collect();
        let mut reports: Vec<String> =
            told.iter().map(|(item, _)| item.id.report.clone()).collect();
        reports.sort_unstable();
        reports.dedup();
        let Some((_, first)) = told.first().filter(|_| reports.len() > 1) else {
            return Vec::new();
        };
        let reading = format!(
            "{} rest on one source: {}, by way of {}.",
            show::list(&reports),
            first.source,
            first.outlets[0]
        );
        let evidence: Vec<Evidence> = told
            .iter()
            .map(|(item, told)| {
                show::evidence(
                    &item.id,
                    told.span,
                    if told.is_relay { "passes on" } else { "origin" },
                )
            })
            .collect();
        let mut detail = Map::new();
        detail.insert("origins".to_owned(), json!(1));
        detail.insert("reports".to_owned(), json!(reports));
        detail.insert("source".to_owned(), json!(first.source));
        detail.insert("outlet".to_owned(), json!(first.outlets[0]));
        // `eval/calibration.csv`.
        vec![Finding {
            kind: FindingKind::SingleOrigin,
            reading,
            confidence: 0.9,
            evidence,
            detail,
        }]
    }
}

/// What the statement's unnamed source told which outlet.
fn told(subject: Subject<'_>, statement: &Statement) -> Option<Told> {
    let speaker = statement.speaker.as_ref()?;
    let is_outlet =
        |party: &Party| party.kind == ActorType::Organisation && outlets().names(&party.name);
    let is_unnamed = match speaker.kind {
        ActorType::Anonymous => true,
        // "three individuals close to the inquiry"
        ActorType::Group => !speaker.name.contains(char::is_uppercase),
        _ => false,
    };
    let around = around(subject, statement);
    // "The Gazette reported that …, citing four officials", where nobody saw who is cited.
    if !is_unnamed && !around.cites {
        return None;
    }
    // "Four officials told the Gazette": the one told comes first, then who passes it on.
    let told_to = statement
        .addressee
        .iter()
        .filter(|party| party.kind == ActorType::Organisation && is_unnamed);
    let via = statement.via.iter().filter(|party| party.kind == ActorType::Organisation);
    let speaking = Some(speaker).filter(|speaker| !is_unnamed && is_outlet(speaker));
    let mut named: Vec<String> =
        told_to.chain(via).chain(speaking).map(|party| party.name.clone()).collect();
    named.extend(around.outlets);
    let mut seen: Vec<String> = Vec::new();
    named.retain(|outlet| {
        let is_new = !seen.contains(&plain(outlet));
        seen.push(plain(outlet));
        is_new
    });
    let own = subject.report.outlet.as_deref();
    let is_relay = named.iter().any(|outlet| own.is_none_or(|own| plain(own) != plain(outlet)));
    if named.is_empty() {
        named.push(own?.to_owned());
    }
    let text = &subject.report.text;
    let (mut telling, mut names) = (Vec::new(), Vec::new());
    for &content in &statement.content {
        for (place, word) in words(text, content).into_iter().enumerate() {
            let has_capital = word.span.of(text).starts_with(char::is_uppercase);
            let is_name = has_capital && !outlets().names_nothing(&word.folded);
            if place > 0 && is_name && !names.contains(&word.folded) {
                names.push(word.folded.clone());
            }
            if !is_little(&word.folded)
                && !telling.contains(&word.folded)
                && telling.len() < MOST_WORDS
            {
                telling.push(word.folded);
            }
        }
    }
    let span = statement.content.iter().copied().reduce(Span::join)?;
    let source =
        if is_unnamed { speaker.name.clone() } else { format!("those whom {} cites", named[0]) };
    Some(Told { outlets: named, source, is_relay, words: telling, names, span })
}

/// What the sentence of a statement says of the way it came.
#[derive(Debug, Default)]
struct Around {
    /// Outlets that it names outside what is told, or right after "citing a report by".
    outlets: Vec<String>,
    /// Whether a word says that what is told comes from elsewhere.
    passes: bool,
    /// Whether it says that an outlet cites another or its sources.
    cites: bool,
}

fn around(subject: Subject<'_>, statement: &Statement) -> Around {
    let text = &subject.report.text;
    let at = statement.cue.iter().chain(&statement.source).map(|span| span.start).min();
    let Some(sentence) = at.and_then(|at| subject.analysis.sentence_at(at as usize)) else {
        return Around::default();
    };
    let in_content = |span: Span| statement.content.iter().any(|content| content.contains(span));
    let words = words(text, sentence.span);
    let is_name = |word: &Word| word.span.of(text).starts_with(char::is_uppercase);
    let cites = |word: &Word| matches!(word.folded.as_str(), "citing" | "cited" | "quoting");
    let mut around = Around {
        passes: words.iter().any(|word| outlets().passes(&word.folded)),
        ..Around::default()
    };
    for (end, word) in words.iter().enumerate() {
        if !is_name(word) || !outlets().names(word.span.of(text)) {
            continue;
        }
        let run = words[..end].iter().rev().take_while(|before| is_name(before));
        let run = run.filter(|word| !matches!(word.folded.as_str(), "the" | "citing")).count();
        let start = end - run;
        let before = &words[start.saturating_sub(5)..start];
        // "Citing a report by the Gazette, …": an aside, wherever the content was taken to begin.
        if around.passes && (!in_content(word.span) || before.iter().any(cites)) {
            around.outlets.push(words[start].span.join(word.span).of(text).to_owned());
        }
    }
    around.cites = !around.outlets.is_empty() && words.iter().any(cites);
    around
}

/// An outlet's name without "the" and marks: "The Lorne Gazette" is "Lorne Gazette".
fn plain(outlet: &str) -> String {
    let words = outlet.split_whitespace().map(folded).filter(|word| word != "the");
    words.collect::<Vec<_>>().join(" ")
}
