//! Stories: reports of one event and what followed from it, gathered.
//!
//! ```text
//! Quake Hits Lorne · Twelve Dead in Lorne · Quake in Senna Kills 31
//! → two reports, 6 to 8 May, are of one story: Lorne, Torva; earthquake
//! ```
//!
//! Names, places, words and days are laid together ([`features`]), what hangs together by chains
//! only is parted ([`gathered`]). A report that stands on one page with another and is of no story
//! while the other is, stands `apart`. Not handled: stories of stories (an election, a war); reports
//! that share neither names nor rare words.

mod alike;
mod features;
mod gathered;
mod weight;

pub use weight::word_levels;

use crate::run::places;
use crate::show;
use crate::words::key;
use crate::{Comparison, Item, Keyed, Link, Opened, Subject};
use alike::{Group, NEAR, ONE, Shape};
use features::{Feature, Told};
use onrecord_model::{ActorType, Date, Evidence, Finding, FindingKind, Span};
use serde::{Deserialize, Serialize};
use serde_json::{Map, json};
use std::collections::{BTreeMap, BTreeSet};

/// The comparison.
#[derive(Debug)]
pub(crate) struct Stories;

/// The most telling words by which others are looked for.
const KEY_WORDS: usize = 7;

/// The most telling of these, by twos whatever the day.
const PAIRED: usize = 5;

/// And alone whatever the day, for what was published long before or has no date.
const ANY_DAY: usize = 4;

/// Days of one drawer: what was published within half of it shares a drawer.
const DRAWER: i64 = 14;

/// Days after which a report has nothing to do with another. At half of it no likeness makes one
/// story of two any more.
const FAR: u64 = 365;

/// Names, and other words, by which a report's story may be called.
const TELLING: usize = 8;

/// Of these, so many call a story.
const CALLED: usize = 4;

/// A report.
#[derive(Debug, Serialize, Deserialize)]
struct Body {
    /// See [`features::packed`].
    features: String,
    names: Vec<String>,
    words: Vec<String>,
    /// Headline or first sentence.
    head: Span,
    /// The day that it is of: of publication, or else the last one that its opening names in full.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    day: Option<i64>,
    /// For a report that shares a page with others: the file, and which report of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    page: Option<(String, u32)>,
}

/// What of a [`Body`] is needed to lay it beside another.
#[derive(Debug, Deserialize)]
struct Lean {
    features: String,
    #[serde(default)]
    day: Option<i64>,
    #[serde(default)]
    page: Option<(String, u32)>,
}

/// The same, taken apart.
struct Parts {
    features: Vec<Feature>,
    shape: Shape,
    page: Option<(String, u32)>,
}

/// How two reports hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Bond {
    /// They are alike.
    Story,
    /// They stand on one page.
    Page,
    /// One of them shares a page with others, and they have to do with each other.
    Near,
}

impl Comparison for Stories {
    fn name(&self) -> &'static str {
        "stories"
    }

    fn keys(&self, subject: Subject<'_>) -> Vec<Keyed> {
        let Some(head) = head(subject) else { return Vec::new() };
        let told = features::told(subject);
        let page = page(subject);
        let mut keys = by_words(&told, subject.report.published_on());
        keys.extend(page.iter().map(|(file, _)| key("story page", &[file])));
        let words = told.iter().filter(|told| !told.is_name && !has_digit(&told.word));
        let body = Body {
            features: features::packed(&told),
            names: names(subject, &told),
            words: words.take(TELLING).map(|told| told.word.clone()).collect(),
            head,
            day: day(subject),
            page,
        };
        vec![Keyed::new(subject, 0, show::written(&body), keys)]
    }

    fn most_days(&self) -> Option<u64> {
        Some(FAR)
    }

    fn open(&self, item: Item) -> Opened {
        let lean: Option<Lean> = show::body(&item.body);
        let parts = lean.map(|Lean { features, day, page }| {
            let features = features::unpacked(&features);
            Parts { shape: Shape::of(&features, day), features, page }
        });
        Opened::new(item, parts)
    }

    fn lay(&self, a: &Opened, b: &Opened) -> Option<Link> {
        let (x, y): (&Parts, &Parts) = (a.parts()?, b.parts()?);
        let (a, b, l, r) = (&a.item, &b.item, &x.shape, &y.shape);
        if a.days_from(b).is_some_and(|days| days > FAR) {
            return None;
        }
        let dot = alike::dot(&x.features, &y.features);
        let bond = match (&x.page, &y.page) {
            _ if l.alike(r, dot) >= ONE => Bond::Story,
            (Some(x), Some(y)) if x.0 == y.0 && x.1 != y.1 => Bond::Page,
            (Some(_), _) | (_, Some(_)) if l.near(r, dot) >= NEAR => Bond::Near,
            _ => return None,
        };
        let (a, b) = if a.id <= b.id { (a, b) } else { (b, a) };
        Some(Link { a: a.id.clone(), b: b.id.clone(), body: show::written(&bond) })
    }

    fn family(&self, items: &[Item], links: &[Link]) -> Vec<Finding> {
        let place = places(items);
        let bonds = |bond: Bond| {
            let here = links.iter().filter(move |link| show::body(&link.body) == Some(bond));
            here.filter_map(|link| Some((*place.get(&link.a)?, *place.get(&link.b)?)))
        };
        let bodies: Vec<Option<Body>> = items.iter().map(|item| show::body(&item.body)).collect();
        let group = |(number, body): (usize, &Option<Body>)| {
            let features: Vec<Feature> =
                body.as_ref().map(|body| features::unpacked(&body.features)).unwrap_or_default();
            Group::of(number, &features, body.as_ref().and_then(|body| body.day))
        };
        let reports: Vec<Group> = bodies.iter().enumerate().map(group).collect();
        let gathered = gathered::gathered(reports, &bonds(Bond::Story).collect::<Vec<_>>());
        let mut of: BTreeMap<usize, usize> = BTreeMap::new();
        let mut findings = Vec::new();
        for (number, story) in gathered.iter().enumerate().filter(|(_, story)| story.len() > 1) {
            of.extend(story.iter().map(|&report| (report, number)));
            let told: Vec<(&Item, &Body)> = story
                .iter()
                .filter_map(|&report| Some((&items[report], bodies[report].as_ref()?)))
                .collect();
            findings.push(of_story(&told));
        }
        // What has to do with a story goes with it, though it is of another month.
        let mut with = of.clone();
        for (a, b) in bonds(Bond::Near) {
            for (near, member) in [(a, b), (b, a)] {
                if let Some(&story) = of.get(&member) {
                    with.entry(near).or_insert(story);
                }
            }
        }
        let mut apart: BTreeMap<usize, usize> = BTreeMap::new();
        for (a, b) in bonds(Bond::Page) {
            for (alone, other) in [(a, b), (b, a)] {
                if !with.contains_key(&alone) && with.contains_key(&other) {
                    apart.entry(alone).or_insert(other);
                }
            }
        }
        findings.extend(apart.into_iter().filter_map(|(alone, other)| {
            let (body, beside) = (bodies[alone].as_ref()?, bodies[other].as_ref()?);
            let story = &gathered[*with.get(&other)?];
            let others = story.iter().filter(|&&report| report != other).count();
            Some(of_one((&items[alone], body), (&items[other], beside), others))
        }));
        findings
    }
}

/// The most telling words of a report, hashed, the most telling first: for comparisons that ask
/// whether two reports are of one story.
pub(crate) fn telling(subject: Subject<'_>, most: usize) -> Vec<u16> {
    let told = features::told(subject);
    told.iter().take(most).map(|told| told.hash() as u16).collect()
}

/// What [`telling`] makes of a word.
pub(crate) fn hash(word: &str) -> u16 {
    let stem = weight::telling(&crate::words::folded(word));
    stem.map_or(0, |stem| xxhash_rust::xxh3::xxh3_64(stem.as_bytes()) as u16)
}

/// The headline, or else the first sentence.
fn head(subject: Subject<'_>) -> Option<Span> {
    let first = subject.analysis.sentences.first().map(|sentence| sentence.span);
    subject.report.headline.or(first)
}

/// Bytes at the beginning of a text in which a whole date mostly says when it was published.
const OPENING: u32 = 600;

/// The day that a report is of, counted from the year 0. Without a date of publication it is the
/// last day that the opening names with its year: "Lorne, September 10, 2008".
fn day(subject: Subject<'_>) -> Option<i64> {
    let named = || {
        let times = subject.analysis.times.iter().filter(|time| time.span.start < OPENING);
        times.filter_map(|time| time.value.get(..10)?.parse::<Date>().ok()).max()
    };
    subject.report.published_on().or_else(named).map(alike::days_to)
}

fn has_digit(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
}

/// The file of a report that shares a page with others. A listing (JSON lines, a feed, a table) is
/// no page: its reports have nothing to do with each other.
fn page(subject: Subject<'_>) -> Option<(String, u32)> {
    const PAGES: [&str; 5] = ["txt", "text", "md", "html", "htm"];
    let report = subject.report;
    let ending = report.source_file.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    let is_page = ending.is_some_and(|ending| PAGES.contains(&ending.as_str()));
    (report.has_siblings && is_page).then(|| (report.source_file.clone(), report.part))
}

/// Keys: the most telling words, each with the days about its publication, for a word alone is
/// common over the years; by twos, and the first few, without days, so that what has no date or is
/// of another month is found too.
fn by_words(told: &[Told], published: Option<Date>) -> Vec<u64> {
    let drawers: Vec<String> = match published.map(alike::days_to) {
        Some(day) => {
            let whole = day.div_euclid(DRAWER);
            let half = (day + DRAWER / 2).div_euclid(DRAWER);
            vec![format!("a{whole}"), format!("b{half}")]
        }
        None => Vec::new(),
    };
    let any_day = if drawers.is_empty() { KEY_WORDS } else { ANY_DAY };
    let mut keys = Vec::new();
    for (place, word) in told.iter().take(KEY_WORDS).enumerate() {
        keys.extend(drawers.iter().map(|drawer| key("story word", &[drawer, &word.stem])));
        keys.extend((place < any_day).then(|| key("story word", &[&word.stem])));
    }
    let most = &told[..told.len().min(PAIRED)];
    for (place, a) in most.iter().enumerate() {
        for b in &most[place + 1..] {
            let (a, b) = if a.stem <= b.stem { (a, b) } else { (b, a) };
            keys.push(key("story words", &[&a.stem, &b.stem]));
        }
    }
    keys
}

/// Names that are among the telling words, the most telling first.
fn names(subject: Subject<'_>, told: &[Told]) -> Vec<String> {
    let mut by_word: BTreeMap<String, &str> = BTreeMap::new();
    for actor in &subject.analysis.actors {
        if matches!(actor.kind, ActorType::Person | ActorType::Organisation | ActorType::Place) {
            for word in actor.name.split_whitespace() {
                let stem = weight::telling(&crate::words::folded(word));
                by_word.extend(stem.map(|stem| (stem, actor.name.as_str())));
            }
        }
    }
    let mut names: Vec<String> = Vec::new();
    for told in told.iter().filter(|told| told.is_name) {
        if let Some(&name) = by_word.get(&told.stem)
            && !names.iter().any(|known| known == name)
        {
            names.push(name.to_owned());
        }
    }
    names.truncate(TELLING);
    names
}

/// What most lists have, and have first; if they have nothing in common, what one has first.
fn shared<'a>(lists: impl Iterator<Item = &'a Vec<String>>) -> Vec<String> {
    let mut counts: BTreeMap<String, (usize, usize, &str)> = BTreeMap::new();
    let mut number = 0;
    for list in lists {
        number += 1;
        for (place, word) in list.iter().enumerate() {
            let count = counts.entry(word.to_lowercase()).or_insert((0, 0, word));
            count.0 += 1;
            count.1 += TELLING - place.min(TELLING);
        }
    }
    let mut all: Vec<(usize, usize, &str)> = counts.into_values().collect();
    all.sort_by(|a, b| (b.0, b.1).cmp(&(a.0, a.1)).then_with(|| a.2.cmp(b.2)));
    let several = (number / 3).max(2);
    let in_several: Vec<&str> =
        all.iter().filter(|word| word.0 >= several).map(|word| word.2).collect();
    let all =
        if in_several.is_empty() { all.iter().map(|word| word.2).collect() } else { in_several };
    all.into_iter().take(CALLED).map(str::to_owned).collect()
}

fn of_story(told: &[(&Item, &Body)]) -> Finding {
    let names = shared(told.iter().map(|(_, body)| &body.names));
    let words = shared(told.iter().map(|(_, body)| &body.words));
    let outlets: BTreeSet<&str> =
        told.iter().filter_map(|(item, _)| item.outlet.as_deref()).collect();
    let days: Vec<Date> = told.iter().filter_map(|(item, _)| item.published).collect();
    let (from, to) = (days.iter().min(), days.iter().max());
    let called = [names.join(", "), words.join(", ")];
    let called: Vec<&str> =
        called.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    let reading = format!(
        "{} of one story: {}.",
        show::count_first(told.len(), "report is", "reports are"),
        called.join("; ")
    );
    let role = |place: usize| if place == 0 { "earliest" } else { "later" };
    let evidence: Vec<Evidence> = told
        .iter()
        .enumerate()
        .map(|(place, (item, body))| show::evidence(&item.id, body.head, role(place)))
        .collect();
    let mut detail = Map::new();
    detail.insert("names".to_owned(), json!(names));
    detail.insert("words".to_owned(), json!(words));
    detail.insert("from".to_owned(), json!(from.map(Date::to_string)));
    detail.insert("to".to_owned(), json!(to.map(Date::to_string)));
    detail.insert("reports".to_owned(), json!(told.len()));
    detail.insert("outlets".to_owned(), json!(outlets.len()));
    Finding { kind: FindingKind::Story, reading, confidence: 0.9, evidence, detail }
}

fn of_one(alone: (&Item, &Body), beside: (&Item, &Body), others: usize) -> Finding {
    let reading = format!(
        "{} is of no story here; {}, on the same page, goes with {}.",
        show::report(alone.0),
        beside.0.id.report,
        show::count(others, "other report", "other reports")
    );
    let evidence = vec![
        show::evidence(&alone.0.id, alone.1.head, "apart"),
        show::evidence(&beside.0.id, beside.1.head, "of a story"),
    ];
    Finding { kind: FindingKind::Apart, reading, confidence: 0.8, evidence, detail: Map::new() }
}
