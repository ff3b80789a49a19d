//! Sourcing: reports that rest on one source of one outlet.
//!
//! ```text
//! 001  according to the Gazette, citing four officials, the port will reopen …
//! 003  four officials told the Gazette that the port would reopen …
//! → 001 and 003 rest on one source: four officials, by way of Gazette.
//! ```
//!
//! A report that has most of what it tells from one other outlet's unnamed sources is shown by
//! itself. Unnamed sources of different outlets stay apart: nothing says that they are one. Not
//! handled: words that a named speaker said in public (they are found as quotations). Of a chain
//! ("the Post, citing a report by the Gazette") every outlet is kept: one in common joins.

mod alone;
mod outlet;
mod told;

use crate::run::places;
use crate::show;
use crate::words::key;
use crate::{Comparison, Item, Keyed, Link, Opened, Subject};
use alone::Alone;
use onrecord_model::{Evidence, Finding, FindingKind};
use outlet::plain;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use told::{Tell, Told};

/// Days within which papers pass one thing on.
const PASSED_ON: u64 = 7;

/// Sentences of one origin that a report can be found by.
const MOST_TELLS: usize = 12;

/// The comparison.
#[derive(Debug)]
pub(crate) struct Sourcing;

/// What an item is: what a report has from one origin, or that it rests on one by itself.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Body {
    Alone(Alone),
    Told(Told),
}

/// Which sentences of two reports tell one thing, by number.
#[derive(Debug, Serialize, Deserialize)]
struct Join {
    pairs: Vec<(usize, usize)>,
}

impl Comparison for Sourcing {
    fn name(&self) -> &'static str {
        "sourcing"
    }

    fn keys(&self, subject: Subject<'_>) -> Vec<Keyed> {
        let (told, alone) = alone::of_report(subject);
        let number = told.len();
        let keyed = told.into_iter().enumerate().map(|(number, told)| {
            let outlets: Vec<String> = told.outlets.iter().map(|outlet| plain(outlet)).collect();
            let tells = told.tells.iter().take(MOST_TELLS);
            let long =
                tells.flat_map(|tell| tell.words.iter().filter(|word| word.len() >= 5).take(16));
            let keys = long
                .flat_map(|word| outlets.iter().map(move |outlet| key("sourcing", &[outlet, word])))
                .collect();
            Keyed::new(subject, number, show::written(&told), keys)
        });
        let mut keyed: Vec<Keyed> = keyed.filter(|keyed| !keyed.keys.is_empty()).collect();
        keyed.extend(
            alone.map(|alone| Keyed::new(subject, number, show::written(&alone), Vec::new())),
        );
        keyed
    }

    fn most_days(&self) -> Option<u64> {
        Some(PASSED_ON)
    }

    fn open(&self, item: Item) -> Opened {
        let told: Option<Told> = show::body(&item.body);
        Opened::new(item, told)
    }

    fn lay(&self, a: &Opened, b: &Opened) -> Option<Link> {
        let (a, b) = Opened::ordered(a, b);
        let (left, right): (&Told, &Told) = (a.parts()?, b.parts()?);
        let (a, b) = (&a.item, &b.item);
        let days = a.days_from(b);
        if days.is_some_and(|days| days > PASSED_ON) {
            return None;
        }
        if !left.has_outlet_of(right) {
            return None;
        }
        let mut pairs = Vec::new();
        for (x, one) in left.tells.iter().take(MOST_TELLS).enumerate() {
            let others = right.tells.iter().take(MOST_TELLS).enumerate();
            pairs.extend(
                others.filter(|(_, other)| is_one(one, other, days.is_some())).map(|(y, _)| (x, y)),
            );
        }
        (!pairs.is_empty()).then(|| Link {
            a: a.id.clone(),
            b: b.id.clone(),
            body: show::written(&Join { pairs }),
        })
    }

    fn family(&self, items: &[Item], links: &[Link]) -> Vec<Finding> {
        if let ([item], []) = (items, links) {
            return match show::body(&item.body) {
                Some(Body::Alone(alone)) => vec![rests_on(item, &alone)],
                _ => Vec::new(),
            };
        }
        let places = places(items);
        let mut met: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); items.len()];
        for link in links {
            let (Some(&a), Some(&b)) = (places.get(&link.a), places.get(&link.b)) else { continue };
            let Some(join) = show::body::<Join>(&link.body) else { continue };
            for (x, y) in join.pairs {
                met[a].insert(x);
                met[b].insert(y);
            }
        }
        let told: Vec<Carrier<'_>> = items
            .iter()
            .zip(met)
            .filter_map(|(item, met)| Some(Carrier { item, told: show::body(&item.body)?, met }))
            .collect();
        shared(&told).into_iter().collect()
    }
}

/// Whether two sentences tell one thing.
fn is_one(a: &Tell, b: &Tell, is_dated: bool) -> bool {
    if !a.is_relay && !b.is_relay {
        return false;
    }
    // "Two officials told the Gazette" of one port and of another: two things.
    let is_apart = !a.names.is_empty()
        && !b.names.is_empty()
        && a.names.iter().filter(|name| b.names.contains(name)).count() * 2
            <= a.names.len().min(b.names.len());
    let common = a.words.iter().filter(|word| b.words.contains(word)).count();
    let few = a.words.len().min(b.words.len());
    // Four telling words, and half of what the shorter says, are one thing told; more where nobody
    // unnamed is heard: "CNN reported that a grand jury …" is written every week.
    let is_much = common >= 4 && common * 2 >= few;
    let is_more = common >= 5 && common * 5 >= few * 3 || common >= 8;
    let is_unnamed = a.is_unnamed || b.is_unnamed;
    let has_names = !a.names.is_empty() && !b.names.is_empty();
    !is_apart && (is_more || is_much && is_unnamed && has_names && is_dated)
}

/// A report that has a thing from the source that others have it from.
struct Carrier<'a> {
    item: &'a Item,
    told: Told,
    /// The sentences of it that another report has too.
    met: BTreeSet<usize>,
}

impl Carrier<'_> {
    fn tells(&self) -> impl Iterator<Item = &Tell> {
        self.met.iter().filter_map(|&number| self.told.tells.get(number))
    }

    fn is_relay(&self) -> bool {
        self.tells().all(|tell| tell.is_relay)
    }
}

fn shared(told: &[Carrier<'_>]) -> Option<Finding> {
    let mut reports: Vec<String> =
        told.iter().map(|carrier| carrier.item.id.report.clone()).collect();
    reports.sort_unstable();
    reports.dedup();
    // One outlet that tells a thing again is one account in any case.
    let mut papers: Vec<Option<String>> =
        told.iter().map(|carrier| carrier.item.outlet.as_deref().map(plain)).collect();
    papers.sort_unstable();
    papers.dedup();
    if reports.len() < 2 || papers.len() < 2 && papers.iter().all(Option::is_some) {
        return None;
    }
    let outlet = &told.first()?.told.outlets[0];
    let tells = || told.iter().flat_map(Carrier::tells).filter(|tell| tell.source.is_some());
    let unnamed = tells().find(|tell| tell.is_unnamed);
    let source = unnamed.or_else(|| tells().next()).and_then(|tell| tell.source.clone());
    let reading = match &source {
        Some(source) => {
            format!("{} rest on one source: {source}, by way of {outlet}.", show::list(&reports))
        }
        None => format!("{} rest on one source: {outlet}.", show::list(&reports)),
    };
    let evidence = told.iter().flat_map(|carrier| {
        carrier.tells().map(|tell| {
            let role = if tell.is_relay { "passes on" } else { "origin" };
            show::evidence(&carrier.item.id, tell.span, role)
        })
    });
    let evidence: Vec<Evidence> = evidence.collect();
    let mut detail = Map::new();
    detail.insert("origins".to_owned(), json!(1));
    detail.insert("reports".to_owned(), json!(reports));
    detail.insert("source".to_owned(), json!(source));
    detail.insert("outlet".to_owned(), json!(outlet));
    detail.insert("told".to_owned(), Value::Array(ways(told)));
    // `eval/calibration.csv`; of 36 in 9,387 real reports 34 are right.
    Some(Finding { kind: FindingKind::SingleOrigin, reading, confidence: 0.9, evidence, detail })
}

/// For each report how it came by it: from its own source, by way of whom, in whose words.
fn ways(told: &[Carrier<'_>]) -> Vec<Value> {
    let mut ways = Vec::new();
    for (place, carrier) in told.iter().enumerate() {
        let own = carrier.item.outlet.as_deref().map(plain);
        let others = carrier.told.outlets.iter().filter(|o| own.as_ref() != Some(&plain(o)));
        let by_way: Vec<&String> = others.collect();
        let is_same = |other: &&Carrier<'_>| {
            carrier.tells().any(|tell| {
                tell.words.len() > 5 && other.tells().any(|earlier| earlier.words == tell.words)
            })
        };
        let first = told[..place].iter().find(is_same);
        let how = match first {
            Some(_) => "same words",
            None if carrier.is_relay() => "passes on",
            None => "own source",
        };
        let mut way = Map::new();
        way.insert("report".to_owned(), json!(carrier.item.id.report));
        way.insert("outlet".to_owned(), json!(carrier.item.outlet));
        way.insert(
            "published".to_owned(),
            json!(carrier.item.published.map(|day| day.to_string())),
        );
        way.insert("how".to_owned(), json!(how));
        way.insert("by_way_of".to_owned(), json!(by_way));
        way.insert("words_of".to_owned(), json!(first.map(|first| &first.item.id.report)));
        ways.push(Value::Object(way));
    }
    ways
}

/// A report that rests on one other outlet's sources.
fn rests_on(item: &Item, alone: &Alone) -> Finding {
    let reading = format!(
        "{} rests on {}, by way of {}: {} of its {} statements.",
        show::report(item),
        show::list(&alone.sources),
        alone.outlet,
        alone.by_way,
        alone.all,
    );
    let mut detail = Map::new();
    detail.insert("origins".to_owned(), json!(alone.sources.len()));
    detail.insert("reports".to_owned(), json!([item.id.report]));
    detail.insert("source".to_owned(), json!(show::list(&alone.sources)));
    detail.insert("outlet".to_owned(), json!(alone.outlet));
    let evidence =
        alone.spans.iter().map(|&span| show::evidence(&item.id, span, "passes on")).collect();
    // All four in 9,387 real reports are right.
    Finding { kind: FindingKind::SingleOrigin, reading, confidence: 0.8, evidence, detail }
}
