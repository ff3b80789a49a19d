//! The days of which reports speak, and what they say of one.

use crate::address::{self, Ask};
use crate::answer::{Record, Table, View, Wrong};
use crate::data::{At, Paged, iso_cell};
use crate::marked::{Mark, marked};
use crate::parts;
use crate::words::{count, day, line, n};
use maud::{Markup, html};
use onrecord_engine::ledger::{Dated, Day};
use onrecord_model::{Date, Span};
use serde::Serialize;
use utoipa::ToSchema;

/// One day in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DayRow {
    day: String,
    /// Sentences that date something to it.
    sentences: usize,
    reports: usize,
    address: String,
}

/// A page of days.
#[derive(Debug, Serialize)]
pub(crate) struct Days {
    #[serde(flatten)]
    paged: Paged<DayRow>,
    #[serde(skip)]
    days: Vec<Day>,
    #[serde(skip)]
    most: usize,
}

/// Days of which reports speak: in order of time, or those of which most reports speak first.
#[utoipa::path(get, path = "/api/timeline", operation_id = "timeline",
    params(("order" = Option<String>, Query, description = "time: in order of time"),
        ("page" = Option<usize>, Query), ("rows" = Option<usize>, Query), ("format" = Option<String>, Query)),
    responses((status = 200, body = Paged<DayRow>)))]
pub(crate) fn load(record: &Record<'_>, ask: &Ask) -> Result<Days, Wrong> {
    let mut days = record.sums.days.clone();
    if ask.get("order") != Some("time") {
        days.sort_by_key(|day| (std::cmp::Reverse((day.reports, day.sentences)), day.day));
    }
    let paged = Paged::cut(ask, &days, |day| DayRow {
        day: day.day.to_string(),
        sentences: day.sentences,
        reports: day.reports,
        address: address::day(day.day),
    });
    let most = days.iter().map(|day| day.reports).max().unwrap_or(1);
    let days = days.into_iter().skip(ask.skipped()).take(ask.rows()).collect();
    Ok(Days { paged, days, most })
}

impl View for Days {
    const PLACE: &'static str = "/timeline";

    fn load(record: &Record<'_>, ask: &Ask) -> Result<Self, Wrong> {
        load(record, ask)
    }

    fn title(&self) -> String {
        "Timeline".to_owned()
    }

    fn html(&self, ask: &Ask) -> Markup {
        let orders = [(None, "most told first"), (Some("time"), "in order of time")];
        let orders = orders.map(|(value, name)| (value.map(str::to_owned), name.to_owned()));
        html! {
            h1 { "Timeline" }
            p.lead { (count(self.paged.total, "day", "days")) " of which reports speak." }
            (parts::choices(ask, "Order", "order", &orders))
            table.days {
                thead { tr {
                    th scope="col" { "Day" }
                    th.number scope="col" { "Reports" }
                    th.number scope="col" { "Sentences" }
                    th scope="col" { span.unseen { "As a bar" } }
                } }
                tbody {
                    @for told in &self.days {
                        tr data-item="" {
                            th scope="row" { a href=(address::day(told.day)) { (day(told.day)) } }
                            td.number { (n(told.reports)) }
                            td.number { (n(told.sentences)) }
                            td.share { (crate::chart::bar(told.reports, self.most)) }
                        }
                    }
                }
            }
            (parts::pager(ask, &self.paged))
        }
    }

    fn table(&self) -> Table {
        let rows = self.days.iter().map(|day| {
            vec![day.day.to_string(), day.reports.to_string(), day.sentences.to_string()]
        });
        Table { columns: &["day", "reports", "sentences"], rows: rows.collect() }
    }
}

/// A sentence that dates something.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DatedRow {
    /// The sentence.
    text: String,
    /// The words that date it.
    dated_by: String,
    #[serde(flatten)]
    at: At,
    /// Other places with the same words.
    also: Vec<At>,
    #[serde(skip)]
    raw: String,
    #[serde(skip)]
    mark: Span,
}

/// A page of what reports say of one day.
#[derive(Debug, Serialize)]
pub(crate) struct DayOf {
    day: String,
    #[serde(flatten)]
    paged: Paged<DatedRow>,
    #[serde(skip)]
    date: Date,
    #[serde(skip)]
    around: [Option<Date>; 2],
}

/// Sentences that date something to a day, in order of publication.
#[utoipa::path(get, path = "/api/day/{day}", operation_id = "day",
    params(("day" = String, Path, description = "2024-05-13"),
        ("page" = Option<usize>, Query), ("rows" = Option<usize>, Query), ("format" = Option<String>, Query)),
    responses((status = 200, body = Paged<DatedRow>), (status = 404, description = "no such day")))]
pub(crate) fn load_day(record: &Record<'_>, ask: &Ask) -> Result<DayOf, Wrong> {
    let written = ask.name(1);
    let Ok(date) = written.parse::<Date>() else {
        return Err(Wrong::Missing(format!("day {written}")));
    };
    let top = record.ledger.dated_from(date, ask.rows(), ask.skipped())?;
    let mut rows: Vec<DatedRow> = Vec::new();
    for dated in &top.rows {
        let row = dated_row(dated);
        match rows.iter_mut().find(|known| known.text == row.text) {
            Some(known) => known.also.push(row.at),
            None => rows.push(row),
        }
    }
    let days = &record.sums.days;
    let at = days.partition_point(|day| day.day < date);
    let before = at.checked_sub(1).map(|at| days[at].day);
    let after = days[at..].iter().map(|day| day.day).find(|&day| day > date);
    let paged = Paged::new(ask, top.total, rows);
    Ok(DayOf { day: date.to_string(), paged, date, around: [before, after] })
}

fn dated_row(dated: &Dated) -> DatedRow {
    let from = dated.sentence.start;
    let span = dated.timex.span;
    let mark = Span { start: span.start.saturating_sub(from), end: span.end.saturating_sub(from) };
    DatedRow {
        text: line(&dated.text),
        dated_by: dated.text.get(mark.range()).unwrap_or_default().to_owned(),
        at: At::new(&dated.report, dated.code_points, dated.outlet.as_deref(), dated.published),
        also: Vec::new(),
        raw: dated.text.clone(),
        mark,
    }
}

impl View for DayOf {
    const PLACE: &'static str = "/timeline";

    fn load(record: &Record<'_>, ask: &Ask) -> Result<Self, Wrong> {
        load_day(record, ask)
    }

    fn title(&self) -> String {
        day(self.date)
    }

    fn html(&self, ask: &Ask) -> Markup {
        html! {
            h1 { (self.date.strftime("%A, %-d %B %Y")) }
            p.lead { (count(self.paged.total, "sentence", "sentences")) " of this day." }
            nav.pager aria-label="Days" {
                @if let Some(before) = self.around[0] { a rel="prev" href=(address::day(before)) { "← " (day(before)) } }
                @if let Some(after) = self.around[1] { a rel="next" href=(address::day(after)) { (day(after)) " →" } }
            }
            ol.list {
                @for row in &self.paged.rows {
                    li data-item="" {
                        p.words { (marked(&row.raw, Span::new(0, row.raw.len()), &[Mark::plain(row.mark, "date")])) }
                        p.from {
                            (parts::source(&row.at)) " "
                            @for at in row.also.iter().take(3) { "· " (parts::source(at)) " " }
                            @if row.also.len() > 3 { "and " (n(row.also.len() - 3)) " more " }
                            (parts::copy(&row.text, None, &row.at))
                        }
                    }
                }
            }
            (parts::pager(ask, &self.paged))
        }
    }

    fn table(&self) -> Table {
        let rows = self.paged.rows.iter().map(|row| {
            vec![
                self.day.clone(),
                row.text.clone(),
                row.dated_by.clone(),
                row.at.outlet.clone().unwrap_or_default(),
                iso_cell(row.at.published),
                row.at.pointer.clone(),
            ]
        });
        let columns = &["day", "text", "dated_by", "outlet", "published", "pointer"];
        Table { columns, rows: rows.collect() }
    }
}
