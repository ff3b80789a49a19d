//! What reports tell of one day, week, month or year: its events, and every sentence that dates
//! something to it.

use crate::address::{self, Ask};
use crate::answer::{Record, Table, View, Wrong};
use crate::data::{At, Paged, iso_cell};
use crate::marked::{Mark, marked};
use crate::parts;
use crate::views::timeline::{EventRow, event};
use crate::words::{self, count, day, line, n};
use maud::{Markup, html};
use onrecord_engine::brief;
use onrecord_engine::ledger::Dated;
use onrecord_model::{Date, Span};
use serde::Serialize;
use utoipa::ToSchema;

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

/// What reports tell of one moment: its events; and, of a day, a page of the sentences that date
/// something to it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DayOf {
    /// As a TIMEX3 value: 2024-05-13, 2024-W20, 2024-05.
    day: String,
    /// What most reports tell first; on the first page.
    events: Vec<EventRow>,
    /// Tellings besides.
    more: usize,
    #[serde(flatten)]
    paged: Paged<DatedRow>,
    #[serde(skip)]
    around: [Option<Date>; 2],
}

/// What reports tell of a day, week, month, quarter, season or year; and the sentences that date
/// something to a day, in order of publication.
#[utoipa::path(get, path = "/api/day/{day}", operation_id = "day",
    params(("day" = String, Path, description = "2024-05-13, 2024-W20, 2024-05"),
        ("page" = Option<usize>, Query), ("rows" = Option<usize>, Query), ("format" = Option<String>, Query)),
    responses((status = 200, body = DayOf), (status = 404, description = "no such day")))]
pub(crate) fn load_day(record: &Record<'_>, ask: &Ask) -> Result<DayOf, Wrong> {
    let when = ask.name(1);
    let date = when.parse::<Date>().ok();
    let (events, more) = match ask.page() {
        1 => {
            let moment = record.sums.moment(record.ledger, &when)?;
            (moment.lines.iter().map(EventRow::of).collect(), moment.more)
        }
        _ => (Vec::new(), 0),
    };
    let is_moment = date.is_some() || brief::first_day(&when).is_some();
    if !is_moment || date.is_none() && events.is_empty() {
        return Err(Wrong::Missing(format!("day {when}")));
    }
    let mut rows: Vec<DatedRow> = Vec::new();
    let mut total = 0;
    let mut around = [None, None];
    if let Some(date) = date {
        let top = record.ledger.dated_from(date, ask.rows(), ask.skipped())?;
        total = top.total;
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
        around = [before, days[at..].iter().map(|day| day.day).find(|&day| day > date)];
    }
    Ok(DayOf { day: when, events, more, paged: Paged::new(ask, total, rows), around })
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

impl DayOf {
    /// With the day of the week, where it is a day.
    fn name(&self) -> String {
        match self.day.parse::<Date>() {
            Ok(date) => date.strftime("%A, %-d %B %Y").to_string(),
            Err(_) => {
                let name = words::moment(&self.day);
                let mut letters = name.chars();
                letters
                    .next()
                    .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
            }
        }
    }

    fn sentences(&self, ask: &Ask) -> Markup {
        html! {
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
}

impl View for DayOf {
    const PLACE: &'static str = "/timeline";

    fn load(record: &Record<'_>, ask: &Ask) -> Result<Self, Wrong> {
        load_day(record, ask)
    }

    fn title(&self) -> String {
        words::moment(&self.day)
    }

    fn html(&self, ask: &Ask) -> Markup {
        let named = count(self.paged.total, "sentence names", "sentences name");
        html! {
            h1 { (crate::words::t(&self.name())) }
            @if ask.page() == 1 {
                p.lead {
                    @match self.events.len() {
                        0 => "No report tells what happened then.",
                        events => { (count(events, "event", "events")) ", those that most reports tell first." }
                    }
                }
            } @else {
                p.lead { (named) " this day. " a href=(address::moment(&self.day)) { "What happened" } }
            }
            nav.pager aria-label="Days" {
                @if let Some(before) = self.around[0] { a rel="prev" href=(address::day(before)) { "← " (day(before)) } }
                @if let Some(after) = self.around[1] { a rel="next" href=(address::day(after)) { (day(after)) " →" } }
                @if self.around == [None, None] { a href="/timeline" { "All of the timeline" } }
            }
            @if !self.events.is_empty() {
                ol.list { @for row in &self.events { li data-item="" { (event(row)) } } }
                @if self.more > 0 { p.soft { "And " (count(self.more, "telling", "tellings")) " more." } }
            }
            @if self.paged.total > 0 {
                @if ask.page() == 1 {
                    details.besides open[self.events.is_empty()] {
                        summary { (named) " this day" }
                        (self.sentences(ask))
                    }
                } @else { (self.sentences(ask)) }
            }
        }
    }

    fn table(&self) -> Table {
        let told = self.events.iter().flat_map(|event| event.cells(&self.day));
        let dated = self.paged.rows.iter().map(|row| {
            vec![
                self.day.clone(),
                "sentence".to_owned(),
                row.text.clone(),
                row.dated_by.clone(),
                row.at.outlet.clone().unwrap_or_default(),
                iso_cell(row.at.published),
                row.at.pointer.clone(),
            ]
        });
        let columns = &["day", "what", "text", "state_or_date", "outlet", "published", "pointer"];
        Table { columns, rows: told.chain(dated).collect() }
    }
}
