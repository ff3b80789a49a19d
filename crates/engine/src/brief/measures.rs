//! What several reports count: measures out of the record, the most contested first.
//!
//! ```text
//! people in Vaal       14 March  over a million   001      22 March  millions   000
//! ```
//!
//! Not handled: all measures of a record with more than a few hundred families of figures; the
//! largest are looked through.

use super::Place;
use super::page::{Group, Line, grouped, short};
use crate::Error;
use crate::ledger::{Family, Ledger, Top};
use crate::record::{as_id, as_item};
use crate::show::pointer;
use onrecord_compare::{Given, Link, Measure};
use onrecord_model::CodePoints;
use serde_json::{Value, json};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Families of figures that are looked through.
const FAMILIES: usize = 400;

/// A measure with the places of its figures, in the order of its series.
#[derive(Debug)]
pub struct Series {
    /// What is counted, and how many by each report.
    pub measure: Measure,
    /// Where each figure of the series stands.
    pub places: Vec<Place>,
}

impl Series {
    /// In how many reports it stands.
    pub fn reports(&self) -> usize {
        let mut names: Vec<&str> =
            self.measure.series.iter().map(|given| given.report.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names.len()
    }

    /// The measure as a page shows it: a line for each amount of a day, with all who give it;
    /// numbers stand under one another. At most `lines`, those of most reports.
    pub(super) fn group(&self, lines: usize) -> Group {
        let measure = &self.measure;
        let mut rows: Vec<(String, String, Option<String>, Vec<Place>)> = Vec::new();
        for (given, place) in measure.series.iter().zip(&self.places) {
            let day = day(given);
            let who = given.giver.as_deref().map(short);
            match rows
                .iter_mut()
                .find(|row| (&row.0, &row.1, &row.2) == (&day, &given.amount, &who))
            {
                Some(row) => row.3.push(place.clone()),
                None => rows.push((day, given.amount.clone(), who, vec![place.clone()])),
            }
        }
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by_key(|&at| (Reverse(rows[at].3.len()), at));
        let left_out = rows.len().saturating_sub(lines);
        order.truncate(lines);
        order.sort_unstable();
        let width = order.iter().map(|&at| rows[at].1.chars().count()).max().unwrap_or(0);
        let mut shown: Vec<Line> = Vec::new();
        for at in order {
            let (label, amount, who, places) = &rows[at];
            shown.push(Line {
                label: label.clone(),
                text: format!("{amount:>width$}"),
                note: who.as_ref().map_or_else(String::new, |who| format!("given by {who}")),
                places: places.clone(),
            });
        }
        let mut note = Vec::new();
        if measure.contested > 0 {
            note.push("differs".to_owned());
        }
        if left_out > 0 {
            note.push(format!("{} more", grouped(left_out)));
        }
        let place = measure.place.as_deref().map(|place| format!(" in {place}"));
        Group {
            title: format!("{}{}", measure.what, place.unwrap_or_default()),
            note: note.join("; "),
            lines: shown,
        }
    }

    /// For a program.
    pub(super) fn json(&self) -> Value {
        let measure = &self.measure;
        let series = measure.series.iter().zip(&self.places);
        json!({
            "what": measure.what, "place": measure.place, "state": measure.state,
            "unit": measure.unit, "reports": self.reports(), "contested": measure.contested,
            "series": series.map(|(given, place)| given_json(given, place)).collect::<Vec<_>>(),
        })
    }
}

/// The day a figure is of, else of its report.
fn day(given: &Given) -> String {
    let published = || given.published.map(|day| day.to_string());
    given.as_of.clone().or_else(published).unwrap_or_else(|| "undated".to_owned())
}

fn given_json(given: &Given, place: &Place) -> Value {
    let number = crate::formats::json::number;
    json!({
        "amount": given.amount, "text": given.text, "value": given.value.and_then(number),
        "low": number(given.low), "high": given.high.and_then(number),
        "as_of": given.as_of, "published": given.published.map(|date| date.to_string()),
        "given_by": given.giver, "outlet": given.outlet, "pointer": place.pointer,
    })
}

/// The measures of a record: those with most figures of one time that differ first, then those of
/// most reports.
///
/// # Errors
/// If the record cannot be read.
pub fn measures(ledger: &Ledger, top: usize) -> Result<Top<Series>, Error> {
    let (families, _) = ledger.families("figures", FAMILIES)?;
    let mut all: Vec<Measure> = Vec::new();
    for place in &families {
        let Family { items, links, .. } = ledger.family_of("figures", place)?;
        let items: Vec<_> = items.into_iter().map(as_item).collect();
        let links: Vec<Link> = links
            .into_iter()
            .map(|link| Link { a: as_id(link.a), b: as_id(link.b), body: link.body })
            .collect();
        all.extend(onrecord_compare::measures(&items, &links));
    }
    all.sort_by_cached_key(|measure| {
        let first = measure.series.first().map(|given| (given.report.clone(), given.span));
        (Reverse(measure.contested.min(9)), Reverse(measure.series.len()), first)
    });
    let total = all.len();
    all.truncate(top);
    let rows = all.into_iter().map(|measure| placed(ledger, measure)).collect::<Result<_, _>>()?;
    Ok(Top { rows, total })
}

/// A measure with its pointers.
fn placed(ledger: &Ledger, measure: Measure) -> Result<Series, Error> {
    let mut texts: BTreeMap<&str, String> = BTreeMap::new();
    for given in &measure.series {
        if !texts.contains_key(given.report.as_str()) {
            let text = ledger.report(&given.report)?.map(|stored| stored.report.text);
            texts.insert(&given.report, text.unwrap_or_default());
        }
    }
    let points: BTreeMap<&str, CodePoints<'_>> =
        texts.iter().map(|(name, text)| (*name, CodePoints::new(text))).collect();
    let places = measure
        .series
        .iter()
        .map(|given| {
            let span = points[given.report.as_str()].span(given.span);
            Place {
                pointer: pointer(&given.report, span),
                start: span[0],
                outlet: given.outlet.clone(),
                published: given.published,
            }
        })
        .collect();
    Ok(Series { measure, places })
}
