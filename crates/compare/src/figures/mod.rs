//! Figures: one thing counted by several reports.
//!
//! ```text
//! 001  over a million displaced Lorners seeking refuge in Vaal
//! 002  more than 1.3 million civilians in Vaal
//! 003  millions of Lorners who have sought refuge in Vaal
//! → 003 has "millions of Lorners", 001 and 002 have "over a million displaced Lorners".
//! ```
//!
//! No findings: rounding, bounds that overlap, figures that grow from day to day. Not handled:
//! levels against changes ("rose by 3 percent").

mod measure;

use crate::run::places;
use crate::show;
use crate::words::key;
use crate::{Comparison, Item, Keyed, Link, Subject};
use measure::{Figure, measure, tally};
use onrecord_model::{Finding, FindingKind};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// Figures of one measure in a report from which it is a list (results, prices) and no account of
/// one thing.
const MOST_OF_ONE_MEASURE: usize = 4;

/// Days from which two figures are of two times, whatever they count.
const SERIES: u64 = 92;

/// The comparison.
#[derive(Debug)]
pub(crate) struct Figures;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Join {
    /// Whether both can be so.
    agree: bool,
    /// Whether they are of one time: else one may have grown into the other.
    near: bool,
    /// Whether the difference is of a size that one thing has in two papers' words.
    close: bool,
}

impl Comparison for Figures {
    fn name(&self) -> &'static str {
        "figures"
    }

    fn keys(&self, subject: Subject<'_>) -> Vec<Keyed> {
        let quantities = subject.analysis.quantities.iter();
        let own = quantities.filter(|quantity| {
            let at = quantity.span.start as usize;
            !subject.report.is_not_text(at)
        });
        let figures: Vec<Figure> =
            own.filter_map(|quantity| Figure::of(subject, quantity)).collect();
        let tally = tally(&figures);
        let told =
            figures.into_iter().filter(|figure| tally[&measure(figure)] <= MOST_OF_ONE_MEASURE);
        let keyed = told.enumerate().map(|(number, figure)| {
            let measure = measure(&figure);
            let names = figure.place.iter().chain(&figure.names).take(8);
            let keys = names.map(|name| key("figures", &[&measure, name])).collect();
            Keyed::new(subject, number, show::written(&figure), keys)
        });
        // Without a place or a name beside it a figure could be of anything.
        keyed.filter(|keyed| !keyed.keys.is_empty()).collect()
    }

    fn compare(&self, a: &Item, b: &Item) -> Option<Link> {
        let (a, b) = if a.id <= b.id { (a, b) } else { (b, a) };
        let (left, right): (Figure, Figure) = (show::body(&a.body)?, show::body(&b.body)?);
        let days = match (a.published, b.published) {
            (Some(a), Some(b)) => Some(a.duration_since(b).as_hours().unsigned_abs() / 24),
            _ => None,
        };
        if !left.counts_with(&right) || days.is_some_and(|days| days > SERIES) {
            return None;
        }
        let is_day = |as_of: &&String| as_of.len() == 10 && !as_of.contains('X');
        let near = match (left.as_of.as_ref().filter(is_day), right.as_of.as_ref().filter(is_day)) {
            (Some(a), Some(b)) => a == b,
            _ => days.is_some_and(|days| days <= 1),
        };
        let join = Join { agree: left.agrees_with(&right), near, close: left.times(&right) <= 4.0 };
        Some(Link { a: a.id.clone(), b: b.id.clone(), body: show::written(&join) })
    }

    fn family(&self, items: &[Item], links: &[Link]) -> Vec<Finding> {
        let places = places(items);
        let figures: Vec<Option<Figure>> =
            items.iter().map(|item| show::body(&item.body)).collect();
        let mut joins: Vec<(usize, usize, Join)> = Vec::new();
        for link in links {
            let (Some(&a), Some(&b)) = (places.get(&link.a), places.get(&link.b)) else { continue };
            joins.extend(show::body(&link.body).map(|join| (a.min(b), a.max(b), join)));
        }
        joins.sort_by_key(|&(a, b, _)| (a, b));
        let family = Family { items, figures, joins };
        let outliers: Vec<(usize, Vec<usize>)> =
            (0..items.len()).filter_map(|x| Some((x, family.against(x)?))).collect();
        let mut findings: Vec<Finding> = outliers
            .iter()
            .filter_map(|(x, others)| family.finding(*x, others, "outlier"))
            .collect();
        let is_told = |place: usize| outliers.iter().any(|(x, _)| *x == place);
        let mut told: Vec<(&str, &str)> = Vec::new();
        for &(a, b, join) in &family.joins {
            let reports = (items[a].id.report.as_str(), items[b].id.report.as_str());
            if !join.agree
                && join.near
                && join.close
                && !is_told(a)
                && !is_told(b)
                && !family.is_met(a, b)
                && !told.contains(&reports)
            {
                told.push(reports);
                findings.extend(family.finding(b, &[a], "later"));
            }
        }
        findings
    }
}

/// Figures that hang together.
struct Family<'i> {
    items: &'i [Item],
    figures: Vec<Option<Figure>>,
    /// The lesser place first.
    joins: Vec<(usize, usize, Join)>,
}

impl Family<'_> {
    fn join(&self, a: usize, b: usize) -> Option<Join> {
        let pair = (a.min(b), a.max(b));
        let at = self.joins.binary_search_by_key(&pair, |&(a, b, _)| (a, b)).ok()?;
        Some(self.joins[at].2)
    }

    /// Figures that are linked to the one at `x`, with how.
    fn beside(&self, x: usize) -> impl Iterator<Item = (usize, Join)> {
        self.joins.iter().filter_map(move |&(a, b, join)| match x {
            _ if x == a => Some((b, join)),
            _ if x == b => Some((a, join)),
            _ => None,
        })
    }

    /// The figures that agree with one another and not with the one at `x`, where that cannot have
    /// come by growth: some are as early as it and some as late, or nothing is dated.
    fn against(&self, x: usize) -> Option<Vec<usize>> {
        let report = |place: usize| self.items[place].id.report.as_str();
        let (mut agree, mut differ) = (Vec::new(), Vec::new());
        for (other, join) in self.beside(x) {
            if join.agree {
                agree.push(other)
            } else if join.close {
                differ.push(other)
            }
        }
        // The report may give several figures, of which one is the same thing.
        differ.retain(|&other| !self.is_met(x, other));
        let of_one = |&first: &usize| -> Vec<usize> {
            let with = differ.iter().copied().filter(|&other| {
                other == first || self.join(first, other).is_some_and(|join| join.agree)
            });
            let mut reports = Vec::new();
            let with = with.filter(|&other| {
                let is_new = !reports.contains(&report(other));
                reports.push(report(other));
                is_new
            });
            with.collect()
        };
        let most = differ
            .iter()
            .map(of_one)
            .max_by_key(|others| (others.len(), std::cmp::Reverse(others.first().copied())))?;
        let day = |place: usize| self.items[place].published;
        let is_bracketed = match day(x) {
            Some(at) => {
                most.iter().any(|&other| day(other).is_some_and(|day| day <= at))
                    && most.iter().any(|&other| day(other).is_some_and(|day| day >= at))
            }
            None => most.len() >= 2 && most.iter().all(|&other| day(other).is_none()),
        };
        (most.len() >= 2 && agree.len() * 2 < most.len() && is_bracketed).then_some(most)
    }

    /// Whether either report has another figure that agrees with the other's.
    fn is_met(&self, a: usize, b: usize) -> bool {
        let report = |place: usize| &self.items[place].id.report;
        let agrees = |one: usize, with: usize| {
            self.beside(one).any(|(other, join)| join.agree && report(other) == report(with))
        };
        agrees(a, b) || agrees(b, a)
    }

    fn finding(&self, x: usize, others: &[usize], role: &str) -> Option<Finding> {
        let figure = self.figures[x].as_ref()?;
        let first = self.figures[*others.first()?].as_ref()?;
        let names: Vec<String> =
            others.iter().map(|&other| show::report(&self.items[other])).collect();
        let has = if others.len() == 1 { "has" } else { "have" };
        let place = figure.place.as_ref().or(first.place.as_ref());
        let reading = format!(
            "{} has {}, {} {has} {}.",
            show::report(&self.items[x]),
            show::quote(&figure.text),
            show::list(&names),
            show::quote(&first.text),
        );
        let mut evidence = vec![show::evidence(&self.items[x].id, figure.span, role)];
        evidence.extend(others.iter().filter_map(|&other| {
            Some(show::evidence(&self.items[other].id, self.figures[other].as_ref()?.span, "other"))
        }));
        let series: Vec<Value> = std::iter::once(&x)
            .chain(others)
            .filter_map(|&place| {
                let figure = self.figures[place].as_ref()?;
                let high = Some(figure.high).filter(|high| *high < f64::MAX);
                Some(json!({
                    "report": self.items[place].id.report, "span": figure.span, "text": figure.text,
                    "value": figure.value, "low": figure.low, "high": high, "giver": figure.giver,
                }))
            })
            .collect();
        let mut detail = Map::new();
        detail.insert("counted".to_owned(), json!(figure.class));
        detail.insert("state".to_owned(), json!(figure.state));
        detail.insert("place".to_owned(), json!(place));
        detail.insert("unit".to_owned(), json!(figure.unit));
        detail.insert("series".to_owned(), Value::Array(series));
        // Not yet measured on the product's own quantities. An outlier has two witnesses.
        let confidence = if role == "outlier" { 0.7 } else { 0.5 };
        Some(Finding { kind: FindingKind::FigureDiffers, reading, confidence, evidence, detail })
    }
}
