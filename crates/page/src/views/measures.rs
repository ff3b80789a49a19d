//! What several reports count: each measure as a picture, a table and the sentences, the most
//! contested first.
//!
//! ```text
//! /figures                             all of them, a few on a page
//! /measure?report=001&at=120           one, known by any of its figures
//! ```
//!
//! Not handled: what one report counts alone; that is `figures`.

use crate::address::{self, Ask};
use crate::answer::{Record, Table, View, Wrong};
use crate::chart::{Point, series};
use crate::data::{At, Finding, Paged, iso_cell};
use crate::marked::{Mark, marked};
use crate::parts;
use crate::views::figures::{CountedRow, begins, counted_form, counted_table};
use crate::words::{count, cut, line, n, number, t};
use maud::{Markup, html};
use onrecord_engine::Error;
use onrecord_engine::brief::{Place, Series};
use onrecord_engine::ledger::{Ledger, Wanted};
use onrecord_model::{CodePoints, Date, FindingKind, Span};
use serde::Serialize;
use std::ops::Range;
use utoipa::ToSchema;

/// Measures on a page.
const ROWS: usize = 8;

/// Rows of a measure's table, and its sentences, in a list of several.
const SHOWN: usize = 8;

/// What is counted besides, under the list.
const BESIDES: usize = 12;

/// Figures in one picture at most.
const POINTS: usize = 400;

/// Places of one row that are told one by one.
const PLACES: usize = 3;

/// One figure of a measure.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct GivenRow {
    /// Bound and number alone: "over a million".
    amount: String,
    /// Its words, with what is counted.
    text: String,
    value: Option<f64>,
    /// The least that readers take it for.
    low: f64,
    /// The most; none if there is none.
    high: Option<f64>,
    /// As of when, a TIMEX3 value.
    as_of: Option<String>,
    given_by: Option<String>,
    /// The sentence it stands in; in a list of measures of the first figures only.
    sentence: Option<String>,
    #[serde(flatten)]
    at: At,
    #[serde(skip)]
    mark: Span,
}

/// What several reports count, and how many each gives.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MeasureRow {
    /// In plain words: "people killed", "containers".
    what: String,
    place: Option<String>,
    unit: Option<String>,
    reports: usize,
    /// Pairs of figures of one time that cannot both be so.
    contested: usize,
    address: String,
    /// In order of the day they are of, else of publication.
    series: Vec<GivenRow>,
}

/// What is counted, and where.
pub(crate) fn name(series: &Series) -> String {
    let measure = &series.measure;
    let place = measure.place.as_deref().map(|place| format!(" in {place}"));
    format!("{}{}", measure.what, place.unwrap_or_default())
}

/// The page of a measure.
pub(crate) fn address(series: &Series) -> String {
    let first = series.measure.series.first().zip(series.places.first());
    first.map_or_else(
        || "/figures".to_owned(),
        |(given, place)| address::measure(&given.report, place.start),
    )
}

/// The rows of a measure, the first `told` with their sentences.
pub(crate) fn measure_row(
    ledger: &Ledger,
    series: &Series,
    told: Range<usize>,
) -> Result<MeasureRow, Error> {
    let measure = &series.measure;
    let mut rows = Vec::new();
    for (number, (given, place)) in measure.series.iter().zip(&series.places).enumerate() {
        let mut row = GivenRow {
            amount: given.amount.clone(),
            text: line(&given.text),
            value: given.value,
            low: given.low,
            high: given.high,
            as_of: given.as_of.clone(),
            given_by: given.giver.clone(),
            sentence: None,
            at: at(place),
            mark: Span::new(0, 0),
        };
        if told.contains(&number) {
            row.tell(ledger, place)?;
        }
        rows.push(row);
    }
    Ok(MeasureRow {
        what: measure.what.clone(),
        place: measure.place.clone(),
        unit: measure.unit.clone(),
        reports: series.reports(),
        contested: measure.contested,
        address: address(series),
        series: rows,
    })
}

fn at(place: &Place) -> At {
    At::of_pointer(&place.pointer, place.outlet.as_deref(), place.published)
}

/// The code points in a pointer.
fn span_of(pointer: &str) -> Option<[u32; 2]> {
    let (start, end) = pointer.rsplit_once(':')?.1.split_once('-')?;
    Some([start.parse().ok()?, end.parse().ok()?])
}

impl GivenRow {
    /// Looks up the sentence.
    fn tell(&mut self, ledger: &Ledger, place: &Place) -> Result<(), Error> {
        let Some([start, end]) = span_of(&place.pointer) else { return Ok(()) };
        let Some((sentence, [from, _])) = ledger.sentence_at(&self.at.report, [start, end])? else {
            return Ok(());
        };
        let points = CodePoints::new(&sentence);
        self.mark = points.bytes([start - from.min(start), end.saturating_sub(from)]);
        self.sentence = Some(sentence);
        Ok(())
    }

    /// The day it is of: as the text has it, else that of its report.
    fn day(&self) -> Option<Date> {
        let as_of = self.as_of.as_deref().and_then(|day| day.get(..10)?.parse().ok());
        as_of.or(self.at.published)
    }

    /// What it may be, as a picture shows it: "millions" has no most worth drawing, "over a million"
    /// an open one; that "11" may be a little rounded shows nothing.
    fn bounds(&self) -> [Option<f64>; 2] {
        let (low, high) = (self.low, self.high);
        match (self.value, high) {
            (None, Some(high)) if high > low.abs() * 4.0 => [Some(low), None],
            (Some(value), Some(_)) if value == low => [Some(low), None],
            (Some(value), Some(high)) if value == high => [None, Some(high)],
            (Some(value), Some(high)) if high - low <= value.abs() * 0.26 => [Some(value); 2],
            _ => [Some(low), high],
        }
    }

    /// Bound and number as the text has them; where that is not known apart, the number.
    fn amount(&self, unit: Option<&str>) -> String {
        match (self.amount.is_empty(), self.value) {
            (true, Some(value)) => {
                let unit = unit.map(|unit| format!(" {unit}")).unwrap_or_default();
                format!("{}{unit}", number(value))
            }
            (true, None) => cut(&self.text, 40),
            (false, _) => cut(&self.amount, 40),
        }
    }

    fn point(&self, link: Option<String>) -> Option<Point> {
        let outlet = self.at.outlet.as_deref().unwrap_or(&self.at.report);
        let [low, high] = self.bounds();
        Some(Point {
            day: self.day()?,
            value: self.value,
            low,
            high,
            title: format!("{} ({outlet})", cut(&self.text, 80)),
            link,
            giver: self.given_by.clone(),
        })
    }
}

/// Figures of one day, size and giver.
struct Same<'r> {
    first: &'r GivenRow,
    places: Vec<&'r At>,
}

impl MeasureRow {
    pub(crate) fn name(&self) -> String {
        let place = self.place.as_deref().map(|place| format!(" in {place}"));
        format!("{}{}", self.what, place.unwrap_or_default())
    }

    pub(crate) fn note(&self) -> String {
        let mut note = format!(
            "{} in {}",
            count(self.series.len(), "figure", "figures"),
            count(self.reports, "report", "reports")
        );
        if self.contested > 0 {
            note.push_str(" · figures of one time differ");
        }
        note
    }

    /// The picture on a page.
    pub(crate) fn picture(&self, number: usize) -> Markup {
        self.picture_to(number, |_, row| Some(row.at.address.clone()))
    }

    /// The picture, its figures leading where they are told to; `number` tells those of one page
    /// apart.
    pub(crate) fn picture_to(
        &self,
        number: usize,
        link: impl Fn(usize, &GivenRow) -> Option<String>,
    ) -> Markup {
        let rows = self.series.iter().take(POINTS).enumerate();
        let points: Vec<Point> = rows.filter_map(|(at, row)| row.point(link(at, row))).collect();
        series(&points, &self.name(), number)
    }

    /// Rows with the same day, amount and giver as one.
    fn same(&self) -> Vec<Same<'_>> {
        let mut rows: Vec<Same<'_>> = Vec::new();
        for row in &self.series {
            let known = rows.iter_mut().find(|known| {
                let first = known.first;
                (first.day(), &first.amount, &first.given_by)
                    == (row.day(), &row.amount, &row.given_by)
            });
            match known {
                Some(known) => known.places.push(&row.at),
                None => rows.push(Same { first: row, places: vec![&row.at] }),
            }
        }
        rows
    }

    /// The table under the picture: at most `most` rows, those of most reports.
    pub(crate) fn rows(&self, most: usize, source: impl Fn(&At) -> Markup) -> Markup {
        let mut rows = self.same();
        let left_out = rows.len().saturating_sub(most);
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by_key(|&at| (std::cmp::Reverse(rows[at].places.len()), at));
        order.truncate(most);
        let mut number = 0;
        rows.retain(|_| {
            number += 1;
            order.contains(&(number - 1))
        });
        html! {
            div.scroll tabindex="0" role="group" aria-label=(t(&format!("Figures: {}", self.name()))) {
                table.figures {
                    thead { tr {
                        th scope="col" { "Day" } th.number scope="col" { "Figure" }
                        th scope="col" { "Given by" } th scope="col" { "Where" }
                    } }
                    tbody {
                        @for row in &rows {
                            tr {
                                td { (crate::words::time(row.first.day())) }
                                td.number { (t(&row.first.amount(self.unit.as_deref()))) }
                                td { @if let Some(who) = &row.first.given_by { (t(&cut(who, 50))) } }
                                td {
                                    @for (place, at) in row.places.iter().take(PLACES).enumerate() {
                                        @if place > 0 { " · " }
                                        (source(at))
                                    }
                                    @if row.places.len() > PLACES { " and " (n(row.places.len() - PLACES)) " more" }
                                }
                            }
                        }
                    }
                }
            }
            @if left_out > 0 { p.from { "and " (count(left_out, "row", "rows")) " more" } }
        }
    }

    /// The sentences that were looked up, each with its place in the series.
    pub(crate) fn told(&self) -> impl Iterator<Item = (usize, Markup, &At)> {
        self.series.iter().enumerate().filter_map(|(number, row)| {
            let sentence = row.sentence.as_ref()?;
            let mark = Mark::plain(row.mark, "figure");
            let words = marked(sentence, Span::new(0, sentence.len()), &[mark]);
            Some((number, words, &row.at))
        })
    }

    /// The sentences of those that were looked up.
    fn sentences(&self) -> Markup {
        html! {
            ol.list {
                @for row in &self.series {
                    @if let Some(sentence) = &row.sentence {
                        li {
                            p.words { (marked(sentence, Span::new(0, sentence.len()), &[Mark::plain(row.mark, "figure")])) }
                            p.from { (parts::source(&row.at)) " " (parts::copy(sentence, row.given_by.as_deref(), &row.at)) }
                        }
                    }
                }
            }
        }
    }

    fn cells(&self) -> impl Iterator<Item = Vec<String>> {
        let cell = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
        self.series.iter().map(move |row| {
            vec![
                self.name(),
                row.text.clone(),
                row.amount.clone(),
                cell(row.value),
                row.low.to_string(),
                cell(row.high),
                self.unit.clone().unwrap_or_default(),
                row.as_of.clone().unwrap_or_default(),
                row.given_by.clone().unwrap_or_default(),
                row.at.outlet.clone().unwrap_or_default(),
                iso_cell(row.at.published),
                row.at.pointer.clone(),
            ]
        })
    }
}

const COLUMNS: &[&str] = &[
    "measure",
    "text",
    "amount",
    "value",
    "low",
    "high",
    "unit",
    "as_of",
    "given_by",
    "outlet",
    "published",
    "pointer",
];

/// A page of measures.
#[derive(Debug, Serialize)]
pub(crate) struct Measures {
    #[serde(flatten)]
    paged: Paged<MeasureRow>,
    #[serde(skip)]
    besides: Vec<CountedRow>,
    #[serde(skip)]
    besides_total: usize,
}

/// What several reports count, the most contested first.
#[utoipa::path(get, path = "/api/figures", operation_id = "figures",
    params(("counted" = Option<String>, Query, description = "only what has a word that begins so"),
        ("page" = Option<usize>, Query), ("rows" = Option<usize>, Query), ("format" = Option<String>, Query)),
    responses((status = 200, body = Paged<MeasureRow>)))]
pub(crate) fn load(record: &Record<'_>, ask: &Ask) -> Result<Measures, Wrong> {
    let sums = &record.sums.measures;
    let words = ask.get("counted");
    let is_asked = |counted: &str| words.is_none_or(|words| begins(counted, words));
    let all: Vec<&Series> = sums.all.iter().filter(|series| is_asked(&name(series))).collect();
    let most = ask.of("rows").unwrap_or(ROWS).clamp(1, if ask.is_data { 500 } else { 40 });
    let here = all.iter().skip((ask.page() - 1) * most).take(most);
    let rows = here.map(|series| measure_row(record.ledger, series, 0..SHOWN));
    let rows = rows.collect::<Result<Vec<_>, _>>()?;
    let besides: Vec<CountedRow> = match ask.page() {
        1 => {
            let asked = sums.besides.iter().filter(|measure| is_asked(&measure.counted));
            asked.take(BESIDES).map(CountedRow::of).collect()
        }
        _ => Vec::new(),
    };
    let besides_total = sums.besides.iter().filter(|measure| is_asked(&measure.counted)).count();
    let pages = all.len().div_ceil(most).max(1);
    let paged = Paged { total: all.len(), page: ask.page(), pages, rows };
    Ok(Measures { paged, besides, besides_total })
}

impl View for Measures {
    const PLACE: &'static str = "/figures";

    fn load(record: &Record<'_>, ask: &Ask) -> Result<Self, Wrong> {
        load(record, ask)
    }

    fn title(&self) -> String {
        "Figures".to_owned()
    }

    fn html(&self, ask: &Ask) -> Markup {
        let words = ask.get("counted").map(|words| format!("?counted={}", address::encoded(words)));
        html! {
            h1 { "Figures" }
            p.lead {
                @match self.paged.total {
                    0 => "No two reports count the same thing.",
                    total => { (count(total, "thing is", "things are")) " counted by several reports; those on which they differ come first." }
                }
            }
            (counted_form(ask, "/figures"))
            div #results {
                @for (number, row) in self.paged.rows.iter().enumerate() {
                    section.measure aria-labelledby=(format!("measure-{number}")) {
                        h2 id=(format!("measure-{number}")) data-item="" { a href=(row.address) { (t(&cut(&row.name(), 100))) } }
                        p.filter { (row.note()) }
                        (row.picture(number))
                        (row.rows(SHOWN, parts::source))
                        details {
                            summary { "The sentences" }
                            (row.sentences())
                            @if row.series.len() > SHOWN { p.from { a href=(row.address) { "All " (n(row.series.len())) } } }
                        }
                    }
                }
                (parts::pager(ask, &self.paged))
                @if !self.besides.is_empty() {
                    section.besides aria-labelledby="besides" {
                        h2 #besides { "Counted besides" }
                        p.soft { "Figures that go with none of another report." }
                        (counted_table(&self.besides))
                        @if self.besides_total > self.besides.len() {
                            p.more { a href=(format!("/counted{}", words.unwrap_or_default())) { "All " (n(self.besides_total)) " things" } }
                        }
                    }
                }
            }
        }
    }

    fn table(&self) -> Table {
        let rows = self.paged.rows.iter().flat_map(MeasureRow::cells);
        Table { columns: COLUMNS, rows: rows.collect() }
    }
}

/// One measure.
#[derive(Debug, Serialize)]
pub(crate) struct One {
    #[serde(flatten)]
    row: MeasureRow,
    #[serde(skip)]
    paged: Paged<()>,
    #[serde(skip)]
    findings: Vec<Finding>,
}

/// What several reports count, known by any of its figures.
#[utoipa::path(get, path = "/api/measure", operation_id = "measure",
    params(("report" = String, Query, description = "a report that gives a figure of it"),
        ("at" = u32, Query, description = "where the figure begins, in code points of its text"),
        ("page" = Option<usize>, Query), ("format" = Option<String>, Query)),
    responses((status = 200, body = MeasureRow), (status = 404, description = "there is none")))]
pub(crate) fn load_one(record: &Record<'_>, ask: &Ask) -> Result<One, Wrong> {
    let sums = &record.sums.measures;
    let report = ask.get("report").unwrap_or_default();
    let start = ask.get("at").and_then(|at| at.split('-').next()?.parse().ok());
    let Some(found) = start.and_then(|start| sums.at(report, start)) else {
        return Err(Wrong::Missing(format!("such measure in {report}")));
    };
    let series = &sums.all[found];
    let told = match ask.is_data {
        true => 0..MOST_TOLD,
        false => ask.skipped()..ask.skipped() + ask.rows(),
    };
    let row = measure_row(record.ledger, series, told)?;
    let paged = Paged::new(ask, row.series.len(), Vec::new());
    let mut findings: Vec<Finding> = Vec::new();
    let mut reports: Vec<&str> = row.series.iter().map(|row| row.at.report.as_str()).collect();
    reports.sort_unstable();
    reports.dedup();
    for report in reports.into_iter().take(ASKED) {
        let kinds = vec![FindingKind::FigureDiffers];
        let wanted = Wanted { kinds, report: Some(report.to_owned()), ..Wanted::default() };
        for stored in &record.ledger.findings_of(&wanted, ASKED, 0)?.rows {
            let is_of_it = stored
                .evidence
                .iter()
                .any(|evidence| sums.at(&evidence.report, evidence.code_points[0]) == Some(found));
            let finding = Finding::of(stored);
            if is_of_it && !findings.contains(&finding) {
                findings.push(finding);
            }
        }
    }
    Ok(One { row, paged, findings })
}

/// Sentences of one measure that a program gets.
const MOST_TOLD: usize = 500;

/// Reports of a measure that are asked for findings.
const ASKED: usize = 12;

impl View for One {
    const PLACE: &'static str = "/figures";

    fn load(record: &Record<'_>, ask: &Ask) -> Result<Self, Wrong> {
        load_one(record, ask)
    }

    fn title(&self) -> String {
        self.row.name()
    }

    fn html(&self, ask: &Ask) -> Markup {
        html! {
            h1 { (t(&self.row.name())) }
            p.lead { (self.row.note()) ", in order of the day they are of." }
            @for finding in &self.findings {
                p.filter { a href=(finding.address) { (parts::kind(finding.kind)) } ": " (t(&finding.reading)) }
            }
            (self.row.picture(0))
            (self.row.rows(TABLE, parts::source))
            section aria-labelledby="sentences" {
                h2 #sentences { "The sentences" }
                (self.row.sentences())
            }
            (parts::pager(ask, &self.paged))
        }
    }

    fn table(&self) -> Table {
        Table { columns: COLUMNS, rows: self.row.cells().collect() }
    }
}

/// Rows of the table of one measure.
const TABLE: usize = 100;
