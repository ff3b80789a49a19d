//! Pictures as SVG, made here: reports by day and outlet, figures over time, who carries whom.
//!
//! ```text
//! Courier   ▂ ▆█▃  ▂        figures   │ ┬ ●   ┬        origins ──┬── carriers
//! Gazette    ▃ ▂ ▂                    │ ●  ┴  ●                  └──
//! ```
//!
//! Each has a title and a description for those who do not see it, and the numbers stand in a table
//! beside it. Colours come from the style alone, so that they follow light and dark. Not handled:
//! moving and zooming.

mod flow;
mod series;

pub(crate) use flow::{Flow, flow};
pub(crate) use series::{Point, series};

use crate::address::encoded;
use crate::words::{cut, day, n, t};
use maud::{Markup, html};
use onrecord_engine::ledger::DayCount;
use onrecord_model::Date;
use std::collections::BTreeMap;

/// Outlets with a row of their own.
const ROWS: usize = 8;

/// Stretches of time at most.
const MOST: i64 = 120;

const WIDE: f64 = 720.0;
const NAMES: f64 = 168.0;
const COUNTS: f64 = 56.0;
const HIGH: f64 = 30.0;

/// How time is cut into stretches.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Day,
    Week,
    Month,
    Year,
}

impl Step {
    fn of(first: Date, last: Date) -> Self {
        let days = days_between(first, last);
        match () {
            () if days < MOST => Self::Day,
            () if days < MOST * 7 => Self::Week,
            () if days < MOST * 40 => Self::Month,
            () => Self::Year,
        }
    }

    /// The stretch of `date`, counted from that of `first`.
    fn place(self, first: Date, date: Date) -> i64 {
        match self {
            Self::Day => days_between(first, date),
            Self::Week => days_between(first, date) / 7,
            Self::Month => {
                i64::from(date.year() - first.year()) * 12 + i64::from(date.month() - first.month())
            }
            Self::Year => i64::from(date.year() - first.year()),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

fn days_between(first: Date, last: Date) -> i64 {
    last.duration_since(first).as_hours() / 24
}

/// Reports by day and outlet: a row of bars for each of the outlets with most; bars lead to the
/// reports where there are pages.
pub(crate) fn reports(days: &[DayCount], outlets: &[(String, usize)], has_pages: bool) -> Markup {
    let dated: Vec<(Date, Option<&str>, usize)> = days
        .iter()
        .filter_map(|row| Some((row.day?, row.outlet.as_deref(), row.reports)))
        .collect();
    let (Some(first), Some(last)) = (dated.first().map(|row| row.0), dated.last().map(|row| row.0))
    else {
        return html! {};
    };
    let step = Step::of(first, last);
    let columns = step.place(first, last) + 1;
    let named = if outlets.len() > ROWS { ROWS - 1 } else { outlets.len() };
    let mut names: Vec<Option<&str>> =
        outlets.iter().take(named).map(|(outlet, _)| Some(outlet.as_str())).collect();
    let is_named = |outlet: Option<&str>| outlet.is_some() && names.contains(&outlet);
    let has_others = dated.iter().any(|row| !is_named(row.1));
    let mut counts: BTreeMap<(usize, i64), (usize, Date, Date)> = BTreeMap::new();
    for &(date, outlet, reports) in &dated {
        let row = names.iter().position(|name| outlet.is_some() && *name == outlet);
        let row = row.unwrap_or(names.len());
        let cell = counts.entry((row, step.place(first, date))).or_insert((0, date, date));
        *cell = (cell.0 + reports, cell.1.min(date), cell.2.max(date));
    }
    if has_others {
        names.push(None);
    }
    // All others together would dwarf each one: they have a scale of their own.
    let most_of = |is_named: bool| {
        let cells = counts.iter().filter(|((row, _), _)| (*row < named) == is_named);
        cells.map(|(_, cell)| cell.0).max().unwrap_or(1)
    };
    let (most, most_others) = (most_of(named > 0), most_of(false));
    let room = WIDE - NAMES - COUNTS;
    let pitch = room / columns as f64;
    let bar = (pitch * 0.78).clamp(1.0, 22.0);
    let high = names.len() as f64 * HIGH + 26.0;
    let others = if outlets.is_empty() { "reports" } else { "others (own scale)" };
    let total = |row: usize| -> usize {
        counts.iter().filter(|((of, _), _)| *of == row).map(|(_, cell)| cell.0).sum()
    };
    html! {
        figure.picture {
            div.scroll tabindex="0" role="group" aria-label="Reports by outlet over time" {
                svg viewBox=(format!("0 0 {WIDE} {high}")) width=(WIDE) height=(high)
                    role="img" aria-labelledby="by-day by-day-told" {
                    title #by-day { "Reports by outlet and " (step.name()) }
                    desc #by-day-told {
                        "From " (day(first)) " to " (day(last)) "; the most in one " (step.name())
                        " is " (most) "."
                    }
                    @for (row, name) in names.iter().enumerate() {
                        @let foot = (row + 1) as f64 * HIGH;
                        text.name x=(NAMES - 12.0) y=(foot - 3.0) text-anchor="end" {
                            (t(&cut(name.unwrap_or(others), 24)))
                        }
                        line.rule x1=(NAMES) x2=(WIDE - COUNTS) y1=(foot) y2=(foot) {}
                        text.number x=(WIDE) y=(foot - 3.0) text-anchor="end" { (n(total(row))) }
                    }
                    @for ((row, column), (reports, from, to)) in &counts {
                        @let scale = if *row < named { most } else { most_others };
                        @let tall = (*reports as f64 / scale as f64 * (HIGH - 7.0)).max(1.5);
                        @let x = NAMES + *column as f64 * pitch + (pitch - bar) / 2.0;
                        @let outlet = names.get(*row).copied().flatten();
                        a href=[has_pages.then(|| reports_of(outlet, *from, *to))] tabindex="-1" {
                            rect.bar x=(format!("{x:.1}")) y=(format!("{:.1}", (*row + 1) as f64 * HIGH - tall))
                                width=(format!("{bar:.1}")) height=(format!("{tall:.1}")) {
                                title {
                                    (t(outlet.unwrap_or(others))) ", " (crate::words::days(*from, *to)) ": " (n(*reports))
                                }
                            }
                        }
                    }
                    (axis(first, last, names.len() as f64 * HIGH + 18.0, NAMES, WIDE - COUNTS))
                }
            }
            details {
                summary { "As a table" }
                table {
                    thead { tr { th scope="col" { "Outlet" } th.number scope="col" { "Reports" } } }
                    tbody {
                        @for (row, name) in names.iter().enumerate() {
                            tr {
                                th scope="row" {
                                    @match name {
                                        Some(name) if has_pages => a href=(format!("/reports?outlet={}", encoded(name))) { (t(name)) },
                                        Some(name) => (t(name)),
                                        None => (others),
                                    }
                                }
                                td.number { (n(total(row))) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn reports_of(outlet: Option<&str>, from: Date, to: Date) -> String {
    let outlet = outlet.map(|outlet| format!("outlet={}&", encoded(outlet))).unwrap_or_default();
    format!("/reports?{outlet}from={from}&to={to}")
}

/// Days under a picture: the first, the last, and one between where there is room.
fn axis(first: Date, last: Date, y: f64, from: f64, to: f64) -> Markup {
    let days = days_between(first, last);
    let middle = (days > 3).then(|| first.checked_add(jiff_days(days / 2)).ok()).flatten();
    html! {
        @if first == last {
            text.axis x=((from + to) / 2.0) y=(y) text-anchor="middle" { (day(first)) }
        } @else {
            text.axis x=(from) y=(y) { (day(first)) }
        }
        @if let Some(middle) = middle {
            text.axis x=((from + to) / 2.0) y=(y) text-anchor="middle" { (day(middle)) }
        }
        @if first != last { text.axis x=(to) y=(y) text-anchor="end" { (day(last)) } }
    }
}

fn jiff_days(days: i64) -> std::time::Duration {
    std::time::Duration::from_secs(days.unsigned_abs() * 86_400)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_without_a_day_or_an_outlet_make_no_trouble() {
        assert_eq!(reports(&[], &[], true).0, "");
        let row = |day: Option<&str>, outlet: Option<&str>| DayCount {
            day: day.map(|day| day.parse().expect("a day")),
            outlet: outlet.map(str::to_owned),
            reports: 2,
        };
        let days = [
            row(None, None),
            row(Some("1999-01-01"), Some("<Courier>")),
            row(Some("2025-01-01"), None),
        ];
        let picture = reports(&days, &[("<Courier>".to_owned(), 2)], true).0;
        assert!(picture.contains("Reports by outlet and year"), "{picture}");
        assert!(picture.contains("&lt;Courier&gt;") && !picture.contains("<Courier>"));
        assert!(picture.contains("others"));
    }
}
