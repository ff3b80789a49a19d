//! What is counted besides the measures; and the figures of one thing over time, as a picture, a
//! table and sentences.

use crate::address::{self, Ask};
use crate::answer::{Record, Table, View, Wrong};
use crate::chart::{Point, series};
use crate::data::{At, Paged, iso_cell};
use crate::marked::{Mark, marked};
use crate::parts;
use crate::views::measures;
use crate::words::{count, cut, line, n, number, t};
use maud::{Markup, html};
use onrecord_engine::brief::Series;
use onrecord_engine::ledger::{Figure, Measure};
use onrecord_model::{Bound, Date, Span};
use serde::Serialize;
use utoipa::ToSchema;

/// Figures in one picture at most.
const POINTS: usize = 400;

/// Measures that figures in the same words are of, told at most.
const SHARED: usize = 6;

/// What is counted.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CountedRow {
    counted: String,
    unit: Option<String>,
    figures: usize,
    reports: usize,
    address: String,
}

impl CountedRow {
    pub(crate) fn of(measure: &Measure) -> Self {
        Self {
            counted: measure.counted.clone(),
            unit: measure.unit.clone(),
            figures: measure.figures,
            reports: measure.reports,
            address: address::counted(&measure.counted, measure.unit.as_deref()),
        }
    }
}

/// What is counted besides the measures, a page of it.
#[derive(Debug, Serialize)]
pub(crate) struct Besides(Paged<CountedRow>);

/// What is counted, in most reports first: figures that go with none of another report.
#[utoipa::path(get, path = "/api/counted", operation_id = "counted",
    params(("counted" = Option<String>, Query, description = "only what has a word that begins so"),
        ("page" = Option<usize>, Query), ("rows" = Option<usize>, Query), ("format" = Option<String>, Query)),
    responses((status = 200, body = Paged<CountedRow>)))]
pub(crate) fn load(record: &Record<'_>, ask: &Ask) -> Result<Besides, Wrong> {
    let all = &record.sums.measures.besides;
    Ok(Besides(match ask.get("counted") {
        None => Paged::cut(ask, all, CountedRow::of),
        Some(words) => {
            let found: Vec<Measure> =
                all.iter().filter(|measure| begins(&measure.counted, words)).cloned().collect();
            Paged::cut(ask, &found, CountedRow::of)
        }
    }))
}

/// Whether these words begin one of the words of what is counted.
pub(crate) fn begins(counted: &str, words: &str) -> bool {
    let (counted, words) = (counted.to_lowercase(), words.to_lowercase());
    counted.starts_with(&words) || counted.contains(&format!(" {words}"))
}

/// A unit that the words do not already say.
fn unit<'u>(unit: Option<&'u str>, counted: &str) -> Option<&'u str> {
    unit.filter(|unit| !counted.to_lowercase().contains(&unit.to_lowercase()))
}

/// The rows of what is counted besides.
pub(crate) fn counted_table(rows: &[CountedRow]) -> Markup {
    html! {
        table.quiet {
            thead { tr {
                th scope="col" { "What is counted" }
                th.number scope="col" { "Figures" }
                th.number scope="col" { "Reports" }
            } }
            tbody {
                @for row in rows {
                    tr data-item="" {
                        th scope="row" {
                            a href=(row.address) { (t(&cut(&row.counted, 90))) }
                            @if let Some(unit) = unit(row.unit.as_deref(), &row.counted) { " " span.soft { "in " (t(unit)) } }
                        }
                        td.number { (n(row.figures)) }
                        td.number { (n(row.reports)) }
                    }
                }
            }
        }
    }
}

/// The field that narrows what is counted.
pub(crate) fn counted_form(ask: &Ask, action: &str) -> Markup {
    html! {
        form.narrow action=(action) data-live="results" {
            label for="counted" { "What is counted" }
            input #counted type="search" name="counted" value=(t(ask.get("counted").unwrap_or("")));
            button { "Find" }
        }
    }
}

impl View for Besides {
    const PLACE: &'static str = "/figures";

    fn load(record: &Record<'_>, ask: &Ask) -> Result<Self, Wrong> {
        load(record, ask)
    }

    fn title(&self) -> String {
        "Counted besides".to_owned()
    }

    fn html(&self, ask: &Ask) -> Markup {
        html! {
            h1 { "Counted besides" }
            p.lead {
                (count(self.0.total, "thing is", "things are"))
                " counted in figures that go with none of another report. "
                a href="/figures" { "What several count" }
            }
            (counted_form(ask, "/counted"))
            div #results {
                @if self.0.rows.is_empty() { p.soft { "Nothing of this name is counted." } }
                @else { (counted_table(&self.0.rows)) }
                (parts::pager(ask, &self.0))
            }
        }
    }

    fn table(&self) -> Table {
        let rows = self.0.rows.iter().map(|row| {
            let unit = row.unit.clone().unwrap_or_default();
            vec![row.counted.clone(), unit, row.figures.to_string(), row.reports.to_string()]
        });
        Table { columns: &["counted", "unit", "figures", "reports"], rows: rows.collect() }
    }
}

/// One figure.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FigureRow {
    /// Its words.
    text: String,
    value: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    #[schema(value_type = String)]
    bound: Bound,
    unit: Option<String>,
    place: Option<String>,
    /// As of when, a TIMEX3 value.
    as_of: Option<String>,
    given_by: Option<String>,
    sentence: String,
    #[serde(flatten)]
    at: At,
    #[serde(skip)]
    raw: String,
    #[serde(skip)]
    mark: Span,
}

fn figure_row(figure: &Figure) -> FigureRow {
    let quantity = &figure.quantity;
    let from = figure.sentence.start;
    FigureRow {
        text: line(&figure.text),
        value: quantity.value,
        low: quantity.low,
        high: quantity.high,
        bound: quantity.bound,
        unit: quantity.unit.clone(),
        place: quantity.place.clone(),
        as_of: quantity.as_of.clone(),
        given_by: figure.given_by.clone(),
        sentence: line(&figure.sentence_text),
        at: At::new(&figure.report, figure.code_points, figure.outlet.as_deref(), figure.published),
        raw: figure.sentence_text.clone(),
        mark: Span {
            start: quantity.span.start.saturating_sub(from),
            end: quantity.span.end.saturating_sub(from),
        },
    }
}

impl FigureRow {
    /// The day it is of: as the text has it, else that of its report.
    fn day(&self) -> Option<Date> {
        let as_of = self.as_of.as_deref().and_then(|day| day.get(..10)?.parse().ok());
        as_of.or(self.at.published)
    }

    /// As a number, with what it may be.
    fn told(&self) -> String {
        let exact = |value: f64| number(value);
        match (self.bound, self.value, self.low, self.high) {
            (Bound::Between, _, Some(low), Some(high)) => format!("{}–{}", exact(low), exact(high)),
            (Bound::Exact, Some(value), ..) => exact(value),
            (Bound::AtLeast, Some(value), ..) => format!("≥ {}", exact(value)),
            (Bound::Over, Some(value), ..) => format!("> {}", exact(value)),
            (Bound::UpTo, Some(value), ..) => format!("≤ {}", exact(value)),
            (Bound::Under | Bound::Nearly, Some(value), ..) => format!("< {}", exact(value)),
            (Bound::About, Some(value), ..) => format!("≈ {}", exact(value)),
            (Bound::Up, Some(value), ..) => format!("+{}", exact(value)),
            (Bound::Down, Some(value), ..) => format!("−{}", exact(value)),
            (_, _, Some(low), _) => format!("≥ {}", exact(low)),
            (_, _, _, Some(high)) => format!("≤ {}", exact(high)),
            (_, Some(value), ..) => exact(value),
            _ => "–".to_owned(),
        }
    }
}

/// A measure that figures in the same words are of.
#[derive(Debug)]
struct Shared {
    name: String,
    reports: usize,
    address: String,
}

impl Shared {
    fn of(series: &Series) -> Self {
        Self {
            name: measures::name(series),
            reports: series.reports(),
            address: measures::address(series),
        }
    }
}

/// The figures of one thing.
#[derive(Debug, Serialize)]
pub(crate) struct Counted {
    counted: String,
    unit: Option<String>,
    #[serde(flatten)]
    paged: Paged<FigureRow>,
    #[serde(skip)]
    points: Vec<Point>,
    #[serde(skip)]
    measures: Vec<Shared>,
}

/// The figures of one thing, in order of publication.
#[utoipa::path(get, path = "/api/figure", operation_id = "figure",
    params(("counted" = String, Query), ("unit" = Option<String>, Query),
        ("page" = Option<usize>, Query), ("rows" = Option<usize>, Query), ("format" = Option<String>, Query)),
    responses((status = 200, body = Paged<FigureRow>), (status = 404, description = "it is not counted")))]
pub(crate) fn load_one(record: &Record<'_>, ask: &Ask) -> Result<Counted, Wrong> {
    let counted = ask.get("counted").unwrap_or_default().to_owned();
    let sums = &record.sums.measures;
    // Without a unit, the one in which it is counted most.
    let unit = ask.get("unit").map(str::to_owned).or_else(|| {
        let known = sums.besides.iter().find(|known| known.counted.eq_ignore_ascii_case(&counted));
        known.and_then(|measure| measure.unit.clone())
    });
    let within = sums.within(&counted, unit.as_deref());
    let ids = sums.figures(record.ledger, &counted, unit.as_deref())?;
    if ids.is_empty() {
        return Err(Wrong::Missing(format!("figures of {counted}")));
    }
    let figures = |ids: &[i64]| -> Result<Vec<FigureRow>, Wrong> {
        Ok(record.ledger.figures_at(ids)?.iter().map(figure_row).collect())
    };
    let here: Vec<i64> = ids.iter().copied().skip(ask.skipped()).take(ask.rows()).collect();
    let rows = figures(&here)?;
    let measures = within.into_iter().flat_map(|within| &within.measures);
    let measures = measures.map(|&at| Shared::of(&sums.all[at])).collect();
    let points = match here.len() == ids.len() {
        true => rows.iter().filter_map(point).collect(),
        // Of very many some from all over their time.
        false => {
            let every = ids.len().div_ceil(POINTS);
            let some: Vec<i64> = ids.iter().copied().step_by(every).collect();
            figures(&some)?.iter().filter_map(point).collect()
        }
    };
    let paged = Paged::new(ask, ids.len(), rows);
    Ok(Counted { counted, unit, paged, points, measures })
}

/// A rise or a fall is no level: it has no place on the scale.
fn point(row: &FigureRow) -> Option<Point> {
    if matches!(row.bound, Bound::Up | Bound::Down) {
        return None;
    }
    let outlet = row.at.outlet.as_deref().unwrap_or(&row.at.report);
    Some(Point {
        day: row.day()?,
        value: row.value,
        low: row.low,
        high: row.high,
        title: format!("{} ({outlet})", row.text),
        link: Some(row.at.address.clone()),
        giver: row.given_by.clone(),
    })
}

impl View for Counted {
    const PLACE: &'static str = "/figures";

    fn load(record: &Record<'_>, ask: &Ask) -> Result<Self, Wrong> {
        load_one(record, ask)
    }

    fn title(&self) -> String {
        self.counted.clone()
    }

    fn html(&self, ask: &Ask) -> Markup {
        html! {
            h1 { (t(&self.counted)) @if let Some(unit) = unit(self.unit.as_deref(), &self.counted) { ", in " (t(unit)) } }
            p.lead { (count(self.paged.total, "figure", "figures")) ", in order of publication." }
            @if !self.measures.is_empty() {
                p.filter {
                    "Counted by several: "
                    @for (place, shared) in self.measures.iter().take(SHARED).enumerate() {
                        @if place > 0 { "; " }
                        a href=(shared.address) { (t(&cut(&shared.name, 60))) }
                        " in " (count(shared.reports, "report", "reports"))
                    }
                    @if self.measures.len() > SHARED { "; and " (n(self.measures.len() - SHARED)) " more" }
                    "."
                }
            }
            (series(&self.points, &self.counted, 0))
            @if self.paged.total > POINTS { p.soft { "The picture has " (n(self.points.len())) " of them, from all over their time." } }
            div.scroll tabindex="0" role="group" aria-label="Figures" {
                table.figures {
                    thead { tr {
                        th scope="col" { "Day" } th.number scope="col" { "Figure" } th scope="col" { "Words" }
                        th scope="col" { "Given by" } th scope="col" { "Where" }
                    } }
                    tbody {
                        @for row in &self.paged.rows {
                            tr data-item="" {
                                td { (crate::words::time(row.day())) }
                                td.number { (row.told()) }
                                td { (t(&cut(&row.text, 60))) }
                                td { @if let Some(who) = &row.given_by { (t(&cut(who, 50))) } }
                                td { (parts::source(&row.at)) }
                            }
                        }
                    }
                }
            }
            section aria-labelledby="sentences" {
                h2 #sentences { "The sentences" }
                ol.list {
                    @for row in &self.paged.rows {
                        li {
                            p.words { (marked(&row.raw, Span::new(0, row.raw.len()), &[Mark::plain(row.mark, "figure")])) }
                            p.from { (parts::source(&row.at)) " " (parts::copy(&row.sentence, row.given_by.as_deref(), &row.at)) }
                        }
                    }
                }
            }
            (parts::pager(ask, &self.paged))
        }
    }

    fn table(&self) -> Table {
        let cell = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
        let rows = self.paged.rows.iter().map(|row| {
            vec![
                self.counted.clone(),
                row.text.clone(),
                cell(row.value),
                cell(row.low),
                cell(row.high),
                row.bound.to_string(),
                row.unit.clone().unwrap_or_default(),
                row.place.clone().unwrap_or_default(),
                row.as_of.clone().unwrap_or_default(),
                row.given_by.clone().unwrap_or_default(),
                row.at.outlet.clone().unwrap_or_default(),
                iso_cell(row.at.published),
                row.at.pointer.clone(),
            ]
        });
        let columns = &[
            "counted",
            "text",
            "value",
            "low",
            "high",
            "bound",
            "unit",
            "place",
            "as_of",
            "given_by",
            "outlet",
            "published",
            "pointer",
        ];
        Table { columns, rows: rows.collect() }
    }
}
