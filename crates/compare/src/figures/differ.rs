//! Where the figures of one measure differ: the outlier named, or two figures of one day.
//!
//! ```text
//! → 003 counts millions of people in Vaal, two other reports over a million.
//! → 002 (4 March) counts 53 people killed in Lorne, 001 (4 March) 35.
//! ```
//!
//! No findings: figures that agree within their bounds, figures of different days with nothing on
//! the other side of them, and reports that give both figures.

use super::figure::Figure;
use super::measure::Gathered;
use super::same;
use crate::show;
use onrecord_model::{Finding, FindingKind};
use serde_json::{Map, Value, json};

/// How many times a vague figure ("millions") must be that of another to differ from it.
const VAGUE: f64 = 1.4;

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
        let outliers: Vec<(usize, Vec<usize>)> =
            self.group.iter().filter_map(|&x| Some((x, self.against(x)?))).collect();
        let mut findings: Vec<Finding> =
            outliers.iter().filter_map(|(x, others)| self.finding(*x, others, "outlier")).collect();
        let is_told = |place: usize| outliers.iter().any(|(x, _)| *x == place);
        let mut told: Vec<(&str, &str)> = Vec::new();
        for (at, &a) in self.group.iter().enumerate() {
            for &b in &self.group[at + 1..] {
                let reports = (self.report(a), self.report(b));
                let is_vague = |place: usize| {
                    self.family.figures[place].as_ref().is_none_or(|figure| figure.is_vague)
                };
                if self.family.differ(a, b)
                    && self.family.are_of_one_time(a, b)
                    && reports.0 != reports.1
                    && !is_vague(a)
                    && !is_vague(b)
                    && !is_told(a)
                    && !is_told(b)
                    && !self.is_met(a, b)
                    && !told.contains(&reports)
                {
                    told.push(reports);
                    findings.extend(self.finding(b, &[a], "later"));
                }
            }
        }
        findings
    }

    fn report(&self, place: usize) -> &str {
        &self.family.items[place].id.report
    }

    fn agree(&self, x: usize, y: usize) -> bool {
        match (&self.family.figures[x], &self.family.figures[y]) {
            (Some(a), Some(b)) => same::agrees(a, b),
            _ => false,
        }
    }

    /// The figures that agree with one another and not with the one at `x`, where that cannot have
    /// come by growth: some are as early as it and some as late, or nothing is dated.
    fn against(&self, x: usize) -> Option<Vec<usize>> {
        let others = || self.group.iter().copied().filter(|&y| self.report(y) != self.report(x));
        let agree = others().filter(|&y| self.agree(x, y)).count();
        // The report may give several figures, of which one is the same thing.
        let differ: Vec<usize> =
            others().filter(|&y| self.family.differ(x, y) && !self.is_met(x, y)).collect();
        let of_one = |&first: &usize| -> Vec<usize> {
            let mut reports = Vec::new();
            let with = differ.iter().copied().filter(|&y| y == first || self.agree(first, y));
            with.filter(|&y| {
                let is_new = !reports.contains(&self.report(y));
                reports.push(self.report(y));
                is_new
            })
            .collect()
        };
        let most = differ
            .iter()
            .map(of_one)
            .max_by_key(|others| (others.len(), std::cmp::Reverse(others.first().copied())))?;
        let day = |place: usize| self.family.items[place].published;
        let is_bracketed = match day(x) {
            Some(at) => {
                most.iter().any(|&y| day(y).is_some_and(|day| day <= at))
                    && most.iter().any(|&y| day(y).is_some_and(|day| day >= at))
            }
            None => most.len() >= 2 && most.iter().all(|&y| day(y).is_none()),
        };
        (most.len() >= 2 && agree * 2 < most.len() && is_bracketed && self.is_clear(x, &most))
            .then_some(most)
    }

    /// Whether a vague figure is well outside one of the others: "hundreds" and 180 are not.
    fn is_clear(&self, x: usize, others: &[usize]) -> bool {
        let Some(figure) = &self.family.figures[x] else { return false };
        let beyond = |&y: &usize| {
            let Some(other) = &self.family.figures[y] else { return false };
            let above = other.high.map_or(0.0, |high| figure.low / high);
            let below = figure.high.map_or(0.0, |high| other.low / high);
            above.max(below) >= VAGUE
        };
        !figure.is_vague || others.iter().any(beyond)
    }

    /// Whether either report has another figure that agrees with the other's.
    fn is_met(&self, a: usize, b: usize) -> bool {
        let agrees = |one: usize, with: usize| {
            self.group.iter().any(|&y| self.report(y) == self.report(with) && self.agree(one, y))
        };
        agrees(a, b) || agrees(b, a)
    }

    fn finding(&self, x: usize, others: &[usize], role: &str) -> Option<Finding> {
        let family = self.family;
        let figure = family.figures[x].as_ref()?;
        let first = family.figures[*others.first()?].as_ref()?;
        let (what, place) = family.named(self.group)?;
        let item = &family.items[x];
        let who = match others {
            [one] => show::report(&family.items[*one]),
            _ => show::count(others.len(), "other report", "other reports"),
        };
        // Wind of 45 mph: the number may stand apart from its unit; then the figure's own words.
        let words = |figure: &Figure| {
            let amount = inside(&figure.amount);
            show::short(if amount.trim().is_empty() { &figure.text } else { &amount }, 60)
        };
        let amount = words(figure);
        let of = if figure.is_vague { "of " } else { "" };
        let what = if figure.class.is_empty() { String::new() } else { format!(" {of}{what}") };
        let place_of = place.as_ref().map(|place| format!(" in {place}")).unwrap_or_default();
        let reading = format!(
            "{} counts {amount}{what}{place_of}, {who} {}.",
            show::report(item),
            words(first),
        );
        let mut evidence = vec![show::evidence(&item.id, figure.span, role)];
        evidence.extend(others.iter().filter_map(|&other| {
            let span = family.figures[other].as_ref()?.span;
            Some(show::evidence(&family.items[other].id, span, "other"))
        }));
        let series: Vec<Value> = std::iter::once(&x)
            .chain(others)
            .filter_map(|&place| {
                let figure = family.figures[place].as_ref()?;
                Some(json!({
                    "report": family.items[place].id.report, "span": figure.span,
                    "text": figure.text, "value": figure.value, "low": figure.low,
                    "high": figure.high, "giver": figure.giver,
                }))
            })
            .collect();
        let mut detail = Map::new();
        detail.insert("counted".to_owned(), json!(figure.class));
        detail.insert("state".to_owned(), json!(figure.state));
        detail.insert("place".to_owned(), json!(place));
        detail.insert("unit".to_owned(), json!(figure.unit));
        detail.insert("series".to_owned(), Value::Array(series));
        // Right in .41 and .37 of the simulated reports (`eval/calibration.csv`, where they were 0.7 and
        // 0.5); real reports had too few to tell. An outlier has two witnesses.
        let confidence = if role == "outlier" { 0.5 } else { 0.4 };
        Some(Finding { kind: FindingKind::FigureDiffers, reading, confidence, evidence, detail })
    }
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
