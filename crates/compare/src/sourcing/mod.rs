//! Sourcing: reports that rest on one unnamed source of one outlet.
//!
//! ```text
//! 001  according to the Gazette, citing four officials, the port will reopen …
//! 003  four officials told the Gazette that the port would reopen …
//! → 001 and 003 rest on one source: four officials, by way of Gazette.
//! ```
//!
//! Unnamed sources of different outlets stay apart: nothing says that they are one. Not handled:
//! named sources (their words are found as quotations); chains over more than one outlet.

use crate::rules::is_little;
use crate::show;
use crate::words::{folded, key, words};
use crate::{Comparison, Item, Keyed, Link, Subject};
use onrecord_model::{ActorType, Evidence, Finding, FindingKind, Span, Statement};
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
    /// The outlet that was told, as named here.
    outlet: String,
    /// The source, as called here.
    source: String,
    /// Whether another outlet passes it on.
    is_relay: bool,
    /// Telling words, folded.
    words: Vec<String>,
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
            let outlet = plain(&told.outlet);
            let long = told.words.iter().filter(|word| word.len() >= 5).take(16);
            let keys = long.map(|word| key("sourcing", &[&outlet, word])).collect();
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
        let common = left.words.iter().filter(|word| right.words.contains(word)).count();
        let few = left.words.len().min(right.words.len());
        // Four telling words, and half of what the shorter says, are one thing told.
        let is_one =
            plain(&left.outlet) == plain(&right.outlet) && common >= 4 && common * 2 >= few;
        (is_soon && is_one && (left.is_relay || right.is_relay)).then(|| Link {
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
            first.outlet
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
        detail.insert("outlet".to_owned(), json!(first.outlet));
        // Not yet measured with the product's own chains.
        vec![Finding {
            kind: FindingKind::SingleOrigin,
            reading,
            confidence: 0.5,
            evidence,
            detail,
        }]
    }
}

/// What the statement's unnamed source told which outlet.
fn told(subject: Subject<'_>, statement: &Statement) -> Option<Told> {
    let speaker = statement.speaker.as_ref().filter(|party| party.kind == ActorType::Anonymous)?;
    let via = statement.via.iter().rev().find(|party| party.kind == ActorType::Organisation);
    let outlet = via.map(|party| party.name.clone()).or_else(|| subject.report.outlet.clone())?;
    let text = &subject.report.text;
    let mut telling = Vec::new();
    for &content in &statement.content {
        for word in words(text, content) {
            if !is_little(&word.folded)
                && !telling.contains(&word.folded)
                && telling.len() < MOST_WORDS
            {
                telling.push(word.folded);
            }
        }
    }
    let span = statement.content.iter().copied().reduce(Span::join)?;
    let is_relay = via.is_some_and(|via| {
        subject.report.outlet.as_deref().is_none_or(|own| plain(own) != plain(&via.name))
    });
    Some(Told { outlet, source: speaker.name.clone(), is_relay, words: telling, span })
}

/// An outlet's name without "the" and marks: "The Lorne Gazette" is "Lorne Gazette".
fn plain(outlet: &str) -> String {
    let words = outlet.split_whitespace().map(folded).filter(|word| word != "the");
    words.collect::<Vec<_>>().join(" ")
}
