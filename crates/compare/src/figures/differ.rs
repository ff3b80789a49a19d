//! Where the figures of one measure differ: which amount is the outlier, and what speaks against it.
//!
//! ```text
//! → 003 counts millions of people in Vaal, two other reports over a million.
//! → 002 (4 March) counts 53 people killed in Lorne, 001 (4 March) 35.
//! → 006 (5 March) counts 4,100 people, two other reports 1,400, in the same sentence.
//! ```
//!
//! Figures with the same bounds are one amount. Two amounts that cannot both be so differ if they
//! were first given on one day, or if the later one is no later count: a slip of the hand in a
//! sentence that was carried over, fewer dead than before, or a number from which newer reports come
//! back. No findings: figures that agree within their bounds, figures of another day with nothing
//! on the other side of them, and reports that give both.

use super::bounds::telling_digits;
use super::figure::Figure;
use super::measure::Gathered;
use super::same;
use super::slip::Slip;
use crate::show;
use onrecord_model::{Date, Finding, FindingKind};
use serde_json::{Map, Value, json};
use std::cmp::Reverse;

/// How many times an amount must be another to lie beyond all later ones.
const BEYOND: f64 = 1.3;

/// How many times a vague figure ("millions") must be that of another to differ from it.
const VAGUE: f64 = 1.4;

/// What speaks against an amount being a later count of the same thing; the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Because {
    /// Another number in one sentence.
    SameSentence,
    /// Both were first given on one day.
    SameDay,
    /// Less than before of what only rises, or newer figures are back where it was.
    Later,
}

/// Figures that say the same number, by their places.
struct Amount {
    places: Vec<usize>,
    /// The first day on which it, or what was rounded to it, was given.
    first: Option<Date>,
}

/// What the measures of a family show.
pub(super) fn findings(family: &Gathered<'_>) -> Vec<Finding> {
    family.groups.iter().flat_map(|group| Group { family, group }.findings()).collect()
}

struct Group<'g, 'i> {
    family: &'g Gathered<'i>,
    group: &'g [usize],
}

impl Group<'_, '_> {
    fn findings(&self) -> Vec<Finding> {
        let amounts = self.amounts();
        let mut pairs = Vec::new();
        for (at, a) in amounts.iter().enumerate() {
            for (with, b) in amounts.iter().enumerate().skip(at + 1) {
                if let Some(because) = self.differ(a, b, &amounts) {
                    // The outlier is the vague one, then what fewer give, then what came later.
                    let order = |amount: &Amount| {
                        let first = amount.places[0];
                        let is_vague = self.figure(first).is_some_and(|figure| figure.is_vague);
                        (is_vague, Reverse(self.reports(amount)), amount.first, self.report(first))
                    };
                    let (main, other) = if order(a) <= order(b) { (at, with) } else { (with, at) };
                    pairs.push((because, Reverse(self.reports(&amounts[main])), other, main));
                }
            }
        }
        pairs.sort_unstable();
        let mut told: Vec<usize> = Vec::new();
        let mut findings = Vec::new();
        for &(because, _, other, main) in &pairs {
            if told.contains(&other) || told.contains(&main) {
                continue;
            }
            told.push(other);
            // All that agree with the one and not with the other speak with it.
            let with = pairs.iter().filter(|pair| pair.2 == other && pair.3 != main);
            let with = with.map(|pair| pair.3).filter(|&third| {
                !told.contains(&third)
                    && self.agree(amounts[main].places[0], amounts[third].places[0])
            });
            let mut others: Vec<usize> = amounts[main].places.clone();
            others.extend(with.flat_map(|third| amounts[third].places.iter().copied()));
            let outlier = self.one_a_report(&amounts[other].places, &others);
            let others = self.one_a_report(&others, &amounts[other].places);
            findings.extend(self.finding(&outlier, &others, because));
        }
        findings
    }

    /// The group's figures by amount, in order of their first one.
    fn amounts(&self) -> Vec<Amount> {
        let mut amounts: Vec<Amount> = Vec::new();
        for &place in self.group {
            let Some(figure) = self.figure(place) else { continue };
            let same = amounts.iter_mut().find(|amount| {
                let first = self.figure(amount.places[0]);
                first.is_some_and(|first| first.low == figure.low && first.high == figure.high)
            });
            match same {
                Some(amount) => amount.places.push(place),
                None => amounts.push(Amount { places: vec![place], first: None }),
            }
        }
        // "Nearly 200,000" is as old as the 198,530 that it rounds.
        let firsts: Vec<Option<Date>> = amounts
            .iter()
            .map(|amount| {
                let alike = amounts.iter().filter(|with| {
                    let (x, y) = (amount.places[0], with.places[0]);
                    let (Some(a), Some(b)) = (self.figure(x), self.figure(y)) else { return false };
                    let digits = |figure: &Figure| figure.value.map_or(0, telling_digits);
                    let is_rounder = digits(a) < digits(b) && same::times(a, b) <= 1.15;
                    x == y || is_rounder && same::agrees(a, b)
                });
                alike.flat_map(|amount| &amount.places).filter_map(|&place| self.day(place)).min()
            })
            .collect();
        for (amount, first) in amounts.iter_mut().zip(firsts) {
            amount.first = first;
        }
        amounts
    }

    /// Why two amounts cannot both be so; none if they can.
    fn differ(&self, a: &Amount, b: &Amount, all: &[Amount]) -> Option<Because> {
        let (x, y) = (a.places[0], b.places[0]);
        if !self.family.differ(x, y) || self.are_met(a, b) || self.are_of_other_days(a, b) {
            return None;
        }
        let (first, second) = (self.figure(x)?, self.figure(y)?);
        if first.is_vague || second.is_vague {
            return self.differ_vaguely(a, b, all);
        }
        let is_carried = a
            .places
            .iter()
            .any(|&x| b.places.iter().any(|&y| self.family.are_of_one_sentence(x, y)));
        // Nobody is two years older within half a year.
        if first.person.is_some() {
            return Some(if is_carried { Because::SameSentence } else { Because::SameDay });
        }
        let is_dated = a.first.is_some() && b.first.is_some();
        if a.first == b.first && (is_dated || is_carried) {
            return Some(if is_carried { Because::SameSentence } else { Because::SameDay });
        }
        let (earlier, later) = if a.first <= b.first { (a, b) } else { (b, a) };
        let (before, after) = (self.figure(earlier.places[0])?, self.figure(later.places[0])?);
        let is_less = after.high.is_some_and(|high| high < before.low);
        let times = same::times(before, after);
        let is_slip = match self.family.slip(x, y) {
            Some(Slip::Noughts | Slip::OfLong) => true,
            // A toll that has doubled overnight is no slip.
            Some(Slip::OfShort) => is_less || !same::grows(after),
            None => false,
        };
        let is_near = self.days(earlier.first, later.first).is_some_and(|days| days <= 2);
        let is_settled = !before.is_running && !after.is_running && is_near;
        if is_carried && (is_slip || is_settled) {
            return Some(Because::SameSentence);
        }
        let is_back = times >= BEYOND && is_near && self.comes_back(earlier, later, all);
        (is_dated && (is_back || is_less && is_near && same::rises(after)))
            .then_some(Because::Later)
    }

    /// "Millions" against "over a million": well outside it, and not grown out of it.
    fn differ_vaguely(&self, a: &Amount, b: &Amount, all: &[Amount]) -> Option<Because> {
        let is_vague =
            |amount: &Amount| self.figure(amount.places[0]).is_some_and(|figure| figure.is_vague);
        let (vague, other) = if is_vague(a) { (a, b) } else { (b, a) };
        let (figure, with) = (self.figure(vague.places[0])?, self.figure(other.places[0])?);
        let above = with.high.map_or(0.0, |high| figure.low / high);
        let below = figure.high.map_or(0.0, |high| with.low / high);
        let agree = |place: usize| {
            let known = self.figure(place);
            known.is_some_and(|known| same::agrees(known, with) && !same::agrees(known, figure))
        };
        let all = || all.iter().flat_map(|amount| &amount.places).copied();
        let around: Vec<Option<Date>> =
            all().filter(|&place| agree(place)).map(|place| self.day(place)).collect();
        let is_clear = all().filter(|&place| agree(place)).any(|place| {
            let Some(known) = self.figure(place) else { return false };
            known.high.is_some_and(|high| figure.low / high >= VAGUE)
                || figure.high.is_some_and(|high| known.low / high >= VAGUE)
        });
        let is_bracketed = match self.day(vague.places[0]) {
            Some(at) => {
                around.iter().flatten().any(|&day| day <= at)
                    && around.iter().flatten().any(|&day| day >= at)
            }
            None => around.iter().all(Option::is_none),
        };
        let is_alone = self.reports(vague) * 2 <= around.len() && around.len() >= 2;
        (is_alone && is_bracketed && (is_clear || above.max(below) >= VAGUE))
            .then_some(Because::Later)
    }

    /// Whether a number that nobody had given before comes after `later` and lies on the side of
    /// `earlier`: then the later one was not on the way to it.
    fn comes_back(&self, earlier: &Amount, later: &Amount, all: &[Amount]) -> bool {
        let (Some(from), Some(to)) = (self.figure(earlier.places[0]), self.figure(later.places[0]))
        else {
            return false;
        };
        let last = later.places.iter().filter_map(|&place| self.day(place)).max();
        all.iter().any(|amount| {
            let Some(new) = self.figure(amount.places[0]) else { return false };
            let is_back = match to.low > from.low {
                true => new.high.is_some_and(|high| high < to.low),
                false => to.high.is_some_and(|high| new.low > high),
            };
            is_back && amount.first > last && amount.first.is_some()
        })
    }

    fn figure(&self, place: usize) -> Option<&Figure> {
        self.family.figures[place].as_ref()
    }

    fn report(&self, place: usize) -> &str {
        &self.family.items[place].id.report
    }

    fn day(&self, place: usize) -> Option<Date> {
        self.family.items[place].published
    }

    fn days(&self, a: Option<Date>, b: Option<Date>) -> Option<u64> {
        Some(a?.duration_since(b?).as_hours().unsigned_abs() / 24)
    }

    /// In how many reports an amount stands.
    fn reports(&self, amount: &Amount) -> usize {
        let mut reports: Vec<&str> =
            amount.places.iter().map(|&place| self.report(place)).collect();
        reports.sort_unstable();
        reports.dedup();
        reports.len()
    }

    fn agree(&self, x: usize, y: usize) -> bool {
        match (self.figure(x), self.figure(y)) {
            (Some(a), Some(b)) => same::agrees(a, b),
            _ => false,
        }
    }

    /// Whether each report with the one amount also has a figure that agrees with the other.
    fn are_met(&self, a: &Amount, b: &Amount) -> bool {
        let meets = |amount: &Amount, with: &Amount| {
            amount.places.iter().all(|&place| self.is_met(place, with.places[0]))
        };
        meets(a, b) || meets(b, a)
    }

    /// Whether the report at `place` has another figure that agrees with the one at `with`.
    fn is_met(&self, place: usize, with: usize) -> bool {
        let own = self.group.iter().filter(|&&other| self.report(other) == self.report(place));
        own.into_iter().any(|&other| self.agree(other, with))
    }

    /// Whether the reports say of which days they are, and these are not the same.
    fn are_of_other_days(&self, a: &Amount, b: &Amount) -> bool {
        let days = |amount: &Amount| -> Option<Vec<String>> {
            let as_of = amount.places.iter().map(|&place| self.figure(place)?.as_of.clone());
            as_of.map(|day| day.filter(|day| day.len() == 10 && !day.contains('X'))).collect()
        };
        match (days(a), days(b)) {
            (Some(a), Some(b)) => !a.iter().any(|day| b.contains(day)),
            _ => false,
        }
    }

    /// The first place of each report, without reports that agree with the other side too.
    fn one_a_report(&self, places: &[usize], against: &[usize]) -> Vec<usize> {
        let mut reports: Vec<&str> = Vec::new();
        let mut kept: Vec<usize> = Vec::new();
        for &place in places {
            if !reports.contains(&self.report(place))
                && !against.iter().any(|&with| self.is_met(place, with))
            {
                reports.push(self.report(place));
                kept.push(place);
            }
        }
        kept
    }

    fn finding(&self, outlier: &[usize], others: &[usize], because: Because) -> Option<Finding> {
        let family = self.family;
        let (&x, &y) = (outlier.first()?, others.first()?);
        let (figure, first) = (self.figure(x)?, self.figure(y)?);
        let role = if others.len() > 1 { "outlier" } else { "later" };
        let who = match others {
            [one] => show::report(&family.items[*one]),
            _ => show::count(others.len(), "other report", "other reports"),
        };
        let more = match outlier.len() - 1 {
            0 => String::new(),
            more => format!(", as {}", show::count(more, "more does", "more do")),
        };
        let in_it = if because == Because::SameSentence { ", in the same sentence" } else { "" };
        let what = if figure.class.is_empty() {
            String::new()
        } else {
            let (what, place) = family.named(self.group)?;
            let of = if figure.is_vague { "of " } else { "" };
            format!(" {of}{what}{}", place.map(|place| format!(" in {place}")).unwrap_or_default())
        };
        let (report, ours, theirs) = (show::report(&family.items[x]), words(figure), words(first));
        let reading = match &figure.person {
            Some(person) => {
                format!(
                    "{report} gives {ours} as the age of {person}{more}, {who} {theirs}{in_it}."
                )
            }
            None => format!("{report} counts {ours}{what}{more}, {who} {theirs}{in_it}."),
        };
        let evidence = |role: &'static str| {
            move |&place: &usize| {
                let span = family.figures[place].as_ref()?.span;
                Some(show::evidence(&family.items[place].id, span, role))
            }
        };
        let mut all: Vec<_> = outlier.iter().filter_map(evidence(role)).collect();
        all.extend(others.iter().filter_map(evidence("other")));
        let series = outlier.iter().chain(others).filter_map(|&place| {
            let figure = self.figure(place)?;
            Some(json!({
                "report": self.report(place), "span": figure.span,
                "text": figure.text, "value": figure.value, "low": figure.low,
                "high": figure.high, "giver": figure.giver,
            }))
        });
        let mut detail = Map::new();
        detail.insert("counted".to_owned(), json!(figure.class));
        detail.insert("state".to_owned(), json!(figure.state));
        detail
            .insert("place".to_owned(), json!(family.named(self.group).and_then(|named| named.1)));
        detail.insert("unit".to_owned(), json!(figure.unit));
        detail.insert("series".to_owned(), Value::Array(series.collect()));
        let confidence = match because {
            Because::SameSentence => 0.9,
            Because::SameDay => 0.5,
            Because::Later => 0.4,
        };
        let kind = FindingKind::FigureDiffers;
        Some(Finding { kind, reading, confidence, evidence: all, detail })
    }
}

/// Bound and number of a figure, else its own words: of wind of 45 mph the number may stand apart
/// from its unit.
fn words(figure: &Figure) -> String {
    let amount = inside(&figure.said());
    let words = if amount.trim().is_empty() { &figure.text } else { &amount };
    show::short(words, 60)
}

/// "Around 4,000" in the middle of a sentence.
fn inside(words: &str) -> String {
    let mut chars = words.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().collect::<String>() + &words[first.len_utf8()..]
        }
        _ => words.to_owned(),
    }
}
