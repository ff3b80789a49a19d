//! Events: several reports of one thing that happened, and the days that they give it.
//!
//! ```text
//! 001  The ferry Morning Star sank off Cape Linn on Tuesday.         (4 March)
//! 002  The Morning Star went down off Cape Linn on Wednesday.        (5 March)
//! → 001 dates it 4 March, 002 5 March
//! ```
//!
//! Tellings of one day are linked for the timeline; of two days only where the thing happens once.
//! No findings: a plan and its change, a month beside a day of it, a night between two days, what
//! comes again (visits, talks, strikes). Not handled: a day that follows from the text without
//! being named, events told over several sentences.

mod alike;
mod published;
mod telling;
mod told;
mod weekday;

use crate::run::{groups, places};
use crate::show;
use crate::words::key;
use crate::{Comparison, Item, Keyed, Link, Opened, Subject};
use onrecord_model::{Date, Evidence, Finding, FindingKind};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
pub(crate) use telling::{is_calendar, stem, weight};
use told::Told;

/// Items of one report, at most: a chronicle of a century is no news.
const MOST_ITEMS: usize = 60;

/// Words by which an event is found, at most.
const MOST_TELLING: usize = 4;

/// The comparison's name, under which the record keeps its links.
pub(crate) const NAME: &str = "events";

/// The comparison.
#[derive(Debug)]
pub(crate) struct Events;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Join {
    /// Whether both give one day.
    same: bool,
}

/// Whether a link of this comparison joins two tellings on one line of the timeline.
pub fn is_same_day(link: &str) -> bool {
    show::body::<Join>(link).is_some_and(|join| join.same)
}

/// What an item is: a telling, or an odd date that shows within its report.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Body {
    Told(Told),
    Odd(weekday::Odd),
    Unfit(published::Unfit),
}

impl Comparison for Events {
    fn name(&self) -> &'static str {
        NAME
    }

    fn keys(&self, subject: Subject<'_>) -> Vec<Keyed> {
        let events = subject.analysis.events.iter().enumerate();
        let mut keyed: Vec<Keyed> = events
            .filter_map(|(number, event)| Some((number, Told::of(subject, event)?)))
            .filter_map(|(number, told)| {
                let keys = keys(&told);
                (!keys.is_empty()).then(|| Keyed::new(subject, number, show::written(&told), keys))
            })
            .take(MOST_ITEMS)
            .collect();
        // Numbers of events are kept: the record finds an event's lines by them.
        let after = subject.analysis.events.len();
        let odd = weekday::odd(subject).into_iter().enumerate().map(|(number, odd)| {
            Keyed::new(subject, after + number, show::written(&odd), Vec::new())
        });
        keyed.extend(odd);
        let after = after + keyed.len();
        let unfit = published::unfit(subject).into_iter().enumerate().map(|(number, unfit)| {
            Keyed::new(subject, after + number, show::written(&unfit), Vec::new())
        });
        keyed.extend(unfit);
        keyed
    }

    fn open(&self, item: Item) -> Opened {
        let told: Option<Told> = show::body(&item.body);
        Opened::new(item, told)
    }

    fn lay(&self, a: &Opened, b: &Opened) -> Option<Link> {
        let (a, b) = Opened::ordered(a, b);
        let (left, right): (&Told, &Told) = (a.parts()?, b.parts()?);
        let (a, b) = (&a.item, &b.item);
        let same = left.when == right.when;
        let is_one = if same {
            alike::is_one(left, right) || left.line.is_some() && left.line == right.line
        } else {
            let later = match (a.published, b.published) {
                (Some(a), Some(b)) => b.duration_since(a).as_hours() / 24,
                _ => 0,
            };
            alike::is_one_of_two_days(left, right, later)
        };
        is_one.then(|| Link {
            a: a.id.clone(),
            b: b.id.clone(),
            body: show::written(&Join { same }),
        })
    }

    fn family(&self, items: &[Item], links: &[Link]) -> Vec<Finding> {
        if let [item] = items {
            return match show::body(&item.body) {
                Some(Body::Odd(odd)) => vec![odd.finding(item)],
                Some(Body::Unfit(unfit)) => unfit.finding(item).into_iter().collect(),
                _ => Vec::new(),
            };
        }
        let places = places(items);
        let told: Vec<Option<Told>> = items.iter().map(|item| show::body(&item.body)).collect();
        let mut same = Vec::new();
        let mut other = Vec::new();
        for link in links {
            let (Some(&a), Some(&b)) = (places.get(&link.a), places.get(&link.b)) else { continue };
            if is_same_day(&link.body) { same.push((a, b)) } else { other.push((a, b)) }
        }
        if other.is_empty() {
            return Vec::new();
        }
        // Each place with all that tell the same of the same day.
        let mut group: Vec<Vec<usize>> = (0..items.len()).map(|place| vec![place]).collect();
        for joined in groups(items.len(), same.into_iter()) {
            for &place in &joined {
                group[place].clone_from(&joined);
            }
        }
        let mut findings = Vec::new();
        let mut seen = BTreeSet::new();
        for (a, b) in other {
            let (left, right) = (&group[a], &group[b]);
            if !seen.insert((left[0].min(right[0]), left[0].max(right[0]))) {
                continue;
            }
            let reports = |group: &[usize]| -> BTreeSet<&str> {
                group.iter().map(|&place| items[place].id.report.as_str()).collect()
            };
            // A report that has both tells of two things.
            if !reports(left).is_disjoint(&reports(right)) {
                continue;
            }
            findings.extend(finding(items, &told, [left, right]));
        }
        findings
    }
}

fn keys(told: &Told) -> Vec<u64> {
    let telling = told.telling(MOST_TELLING);
    let mut keys = Vec::new();
    for kind in told.kinds.iter().take(3) {
        keys.extend(telling.iter().map(|word| key(NAME, &[&told.when, kind, word])));
    }
    for (place, a) in telling.iter().take(3).enumerate() {
        for b in telling.iter().take(3).skip(place + 1) {
            let (a, b) = if a < b { (a, b) } else { (b, a) };
            keys.push(key("one day", &[&told.when, a, b]));
        }
    }
    // A copy whose day alone was changed: the sentence stands as it stood.
    if let Some(line) = told.line.filter(|_| told.is_day()) {
        keys.push(key("one sentence", &[&line.to_string()]));
    }
    let once = told.head.iter().filter(|name| telling::kind(name).is_some_and(|kind| kind.once));
    for kind in once.filter(|_| told.is_day()).take(2) {
        for (place, a) in telling.iter().enumerate() {
            for b in &telling[place + 1..] {
                let (a, b) = if a < b { (a, b) } else { (b, a) };
                keys.push(key("one day or another", &[kind, a, b]));
            }
        }
    }
    keys
}

/// Two groups of tellings, each of one day.
fn finding(items: &[Item], told: &[Option<Told>], groups: [&Vec<usize>; 2]) -> Option<Finding> {
    let mut groups = groups;
    // The day that most reports give stands first.
    groups.sort_by_key(|group| (std::cmp::Reverse(group.len()), group[0]));
    let first = |group: &[usize]| told[group[0]].as_ref();
    let (usual, other) = (first(groups[0])?, first(groups[1])?);
    let names = |group: &[usize]| {
        let mut names: Vec<String> =
            group.iter().map(|&place| show::report(&items[place])).collect();
        names.dedup();
        show::list(&names)
    };
    let reading = format!(
        "{} {} {}: {}; {} {} {}.",
        names(groups[0]),
        if groups[0].len() > 1 { "give" } else { "gives" },
        day_named(&usual.when),
        show::quote(&usual.text),
        names(groups[1]),
        if groups[1].len() > 1 { "give" } else { "gives" },
        day_named(&other.when),
    );
    let mut evidence: Vec<Evidence> = Vec::new();
    let mut days: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for (group, role) in groups.into_iter().zip(["first day", "other day"]) {
        for &place in group {
            let Some(told) = &told[place] else { continue };
            evidence.push(show::evidence(&items[place].id, told.span, role));
            days.entry(&told.when).or_default().push(show::place(&items[place].id, told.span));
        }
    }
    let mut detail = Map::new();
    detail.insert("days".to_owned(), json!(days));
    // Of 151 in three simulated newsrooms 146 are right (`eval/calibration.csv`); 9,387 real reports
    // have shown none, right or wrong.
    Some(Finding { kind: FindingKind::DateDiffers, reading, confidence: 0.7, evidence, detail })
}

/// "Tuesday 4 March 2031".
fn day_named(when: &str) -> String {
    when.parse::<Date>()
        .map_or_else(|_| when.to_owned(), |day| day.strftime("%A %-d %B %Y").to_string())
}
