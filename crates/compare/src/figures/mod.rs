//! Figures: one thing counted by several reports.
//!
//! ```text
//! 001  over a million displaced Lorners seeking refuge in Vaal
//! 002  more than 1.3 million civilians in Vaal
//! 003  millions of Lorners who have sought refuge in Vaal
//! → 003 counts millions of people in Vaal, two other reports over a million.
//! ```
//!
//! A key is what is counted with a name beside it and the half-year of the report, so that what
//! stands in every report (the dead of a long war) meets those of its time: the ledger keeps a
//! bounded number under each key. No findings: rounding, bounds that overlap, figures that grow from
//! day to day. [`draft`] lays the figures of a text that is in no record on those of a record. Not
//! handled: changes ("rose by 3 percent"); a report without a date meets only
//! reports without one.

mod age;
mod beside;
mod bounds;
mod differ;
pub mod draft;
mod figure;
mod measure;
mod rules;
mod same;
mod slip;
mod what;

pub use measure::{Given, Measure, measures};

use crate::show;
use crate::words::key;
use crate::{Comparison, Item, Keyed, Link, Opened, Subject};
use bounds::telling_digits;
use figure::{Figure, Report};
use onrecord_model::{Date, Finding};
use rules::rules;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Figures of one measure in a report from which it is a list (results, prices) and no account of
/// one thing.
const MOST_OF_ONE_MEASURE: usize = 6;

/// Numbers of a report that are no measures and are looked for in other reports all the same.
const MOST_NUMBERS: usize = 16;

/// Days from which two figures are of two times, whatever they count.
const SERIES: u64 = 183;

/// Keys of one figure besides its sentence and its story, each for two half-years.
const KEYS: usize = 5;

/// Words of a report's story under which its figures are found.
const STORY_KEYS: usize = 6;

/// From so many on, people of whom nothing more is said may be counted by two reports of one story.
const MANY: f64 = 100.0;

/// Days of a drawer in which reports of one story lie together.
const MONTH: i64 = 30;

/// The comparison.
#[derive(Debug)]
pub(crate) struct Figures;

/// What a link says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Join {
    /// How alike the two are: see `same`.
    points: i32,
}

impl Comparison for Figures {
    fn name(&self) -> &'static str {
        "figures"
    }

    fn keys(&self, subject: Subject<'_>) -> Vec<Keyed> {
        let (told, telling) = figures_of(subject);
        let keyed = told.into_iter().enumerate().map(|(number, figure)| {
            let keys = keys_of(&figure, &telling, subject.report.published_on());
            Keyed::new(subject, number, show::written(&figure), keys)
        });
        // Without a place, a name or a telling word beside it a figure could be of anything.
        keyed.filter(|keyed| !keyed.keys.is_empty()).collect()
    }

    fn most_days(&self) -> Option<u64> {
        Some(SERIES)
    }

    fn open(&self, item: Item) -> Opened {
        let figure: Option<Figure> = show::body(&item.body);
        Opened::new(item, figure)
    }

    fn lay(&self, a: &Opened, b: &Opened) -> Option<Link> {
        let (a, b) = Opened::ordered(a, b);
        let (left, right): (&Figure, &Figure) = (a.parts()?, b.parts()?);
        let (a, b) = (&a.item, &b.item);
        // Most of what meets differs in frame and class.
        let days = a.days_from(b);
        if left.frame != right.frame && class(left) != class(right)
            || a.published.is_some() != b.published.is_some()
            || days.is_some_and(|days| days > SERIES)
        {
            return None;
        }
        let likeness = same::likeness(left, right, days).filter(|likeness| likeness.is_enough())?;
        let join = Join { points: likeness.points };
        Some(Link { a: a.id.clone(), b: b.id.clone(), body: show::written(&join) })
    }

    fn family(&self, items: &[Item], links: &[Link]) -> Vec<Finding> {
        differ::findings(&measure::Gathered::of(items, links))
    }
}

/// The figures of a report, without lists of many, and the words that tell its story.
fn figures_of(subject: Subject<'_>) -> (Vec<Figure>, Vec<u16>) {
    let report = Report::new(subject);
    let quantities = subject.analysis.quantities.iter();
    let own = quantities.filter(|quantity| {
        let at = quantity.span.start as usize;
        !subject.report.is_not_text(at)
    });
    let figures: Vec<Figure> = own.filter_map(|quantity| report.figure(quantity)).collect();
    let mut tally: BTreeMap<(String, Vec<String>), usize> = BTreeMap::new();
    let list = |figure: &Figure| (figure.measure.clone(), figure.narrow.clone());
    for figure in &figures {
        *tally.entry(list(figure)).or_default() += 1;
    }
    let mut numbers = 0;
    let mut told = |figure: &Figure| {
        if figure.measure.is_empty() {
            numbers += 1;
            return numbers <= MOST_NUMBERS;
        }
        tally[&list(figure)] <= MOST_OF_ONE_MEASURE
    };
    let mut kept: Vec<Figure> = figures.iter().filter(|figure| told(figure)).cloned().collect();
    for figure in kept.iter_mut().filter(|figure| !figure.measure.is_empty()) {
        let value = |figure: &Figure| figure.value.unwrap_or(figure.low);
        let own = value(figure);
        let others = figures.iter().filter(|other| other.measure == figure.measure);
        figure.beside = others.map(value).filter(|&other| other != own).collect();
        figure.beside.sort_by(f64::total_cmp);
        figure.beside.dedup();
    }
    (kept, report.first)
}

/// The class of a figure's measure.
fn class(figure: &Figure) -> &str {
    figure.measure.split('/').next().unwrap_or_default()
}

/// What a figure can be found under.
fn keys_of(figure: &Figure, telling: &[u16], published: Option<Date>) -> Vec<u64> {
    let rules = rules();
    let measure = figure.measure.as_str();
    let mut found: Vec<u64> = Vec::new();
    let names = || figure.place.iter().chain(&figure.names).chain(&figure.places);
    let is_telling = |name: &&String| !rules.is_common(name) && !rules.is_wide(name);
    let hashes = || {
        let near = figure.near.iter().map(u32::to_string);
        figure.narrow.iter().cloned().chain(near)
    };
    if figure.measure.is_empty() {
        // Only the same sentence tells what it is of.
    } else if figure.person.is_some() {
        found.push(key("figures", &[measure]));
    } else if figure.class.is_empty() {
        // Money and shares: a name is not enough.
        let value = figure.value.unwrap_or(figure.low).to_string();
        found.extend(hashes().take(2).map(|word| key("figures", &[measure, &word, &value])));
        let told = names().filter(is_telling).take(1);
        found.extend(told.flat_map(|name| {
            hashes().take(3).map(move |word| key("figures", &[measure, name, &word]))
        }));
    } else {
        found.extend(
            names().filter(is_telling).take(4).map(|name| key("figures", &[measure, name])),
        );
        let wide = names().filter(|name| !is_telling(name)).take(2);
        let words: Vec<String> = hashes().take(2).collect();
        found.extend(
            wide.flat_map(|name| {
                words.iter().map(move |word| key("figures", &[measure, name, word]))
            }),
        );
    }
    found.truncate(KEYS);
    if figure.frame != 0 {
        found.push(key("figures", &["frame", &figure.frame.to_string()]));
    }
    // Each half-year and the next: two figures within half a year share one of them.
    let Some(day) = published else {
        return found;
    };
    let half = half_year(day);
    let halves =
        |&base: &u64| [half, half + 1].map(|half| key(&base.to_string(), &[&half.to_string()]));
    let mut keys: Vec<u64> = found.iter().flat_map(halves).collect();
    keys.extend(by_story(figure, telling, day));
    keys
}

/// By what the report is about: two reports of one event need not share a word beside a figure. A
/// noun tells enough with it; money and shares need a word that narrows them, or their number.
fn by_story(figure: &Figure, telling: &[u16], day: Date) -> Vec<u64> {
    // One drawer of a month: two reports of one day share it always, of two days nearly always.
    let month = ((i64::from(day.year()) * 366 + i64::from(day.day_of_year())) / MONTH).to_string();
    let of = |what: &str, most: usize| -> Vec<u64> {
        let words = telling.iter().take(most).map(u16::to_string);
        words.map(|word| key("story figures", &[what, &word, &month])).collect()
    };
    let has_noun = !figure.class.is_empty();
    let (measure, class) = (&figure.measure, &figure.class);
    let mut keys = Vec::new();
    if measure.is_empty() || figure.person.is_some() {
        return keys;
    }
    if figure.state.is_some() || has_noun && (class != "people" || figure.low >= MANY) {
        keys.extend(of(measure, STORY_KEYS));
    } else if let Some(narrow) = figure.narrow.first() {
        keys.extend(of(&format!("{measure}/{narrow}"), STORY_KEYS));
    }
    if let Some(number) = figure.value.filter(|&value| telling_digits(value) > 1) {
        let unit = figure.unit.as_deref().unwrap_or("");
        keys.extend(of(&format!("{class}/{unit}/{number}"), STORY_KEYS / 2));
    }
    keys
}

/// Which half-year a day is in, counted on.
fn half_year(day: Date) -> i64 {
    (i64::from(day.year()) * 366 + i64::from(day.day_of_year())) / SERIES as i64
}
