//! One event as every report tells it.
//!
//! ```text
//! /event/3/001      the fourth event of report 001, with all that tell the same
//! ```
//!
//! Not handled: whether they tell the truth of it.

use crate::address::Ask;
use crate::answer::{Record, Table, View, Wrong};
use crate::data::{At, iso_cell};
use crate::parts;
use crate::words::{self, count, cut, line, t};
use maud::{Markup, html};
use onrecord_engine::brief::Happening;
use onrecord_engine::ledger::{Cause, Happened, Ledger, Place};
use serde::Serialize;
use utoipa::ToSchema;

/// Tellings with another time that are shown.
const LINKED: usize = 40;

/// One telling of an event.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ToldRow {
    /// The words.
    text: String,
    /// When it happens by them, as a TIMEX3 value; none where they do not say.
    when: Option<String>,
    /// done, planned, possible, postponed, cancelled, not
    state: String,
    #[serde(flatten)]
    at: At,
}

/// One event and its tellings.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Event {
    /// The tellings of one time.
    tellings: Vec<ToldRow>,
    /// Tellings that the comparison of events links to them, of another time or of none.
    linked: Vec<ToldRow>,
    when: Option<String>,
}

/// One event as every report tells it, known by any of its tellings.
#[utoipa::path(get, path = "/api/event/{number}/{report}", operation_id = "event",
    params(("number" = u32, Path, description = "the event's number in its report, from 0"),
        ("report" = String, Path), ("format" = Option<String>, Query)),
    responses((status = 200, body = Event), (status = 404, description = "there is none")))]
pub(crate) fn load(record: &Record<'_>, ask: &Ask) -> Result<Event, Wrong> {
    let missing = || Wrong::Missing(format!("event {} of {}", ask.parts[1], ask.name(2)));
    let number = ask.parts[1].parse().map_err(|_| missing())?;
    let place = Place { report: ask.name(2), number };
    let first = record.ledger.happened_at(&place)?.ok_or_else(missing)?;
    let when = first.event.when.clone();
    let told = told_with(record, &first)?;
    let mut linked = Vec::new();
    for other in family(record.ledger, &place)? {
        if !told.contains(&other) && linked.len() < LINKED {
            linked.extend(record.ledger.happened_at(&other)?);
        }
    }
    let mut tellings = Vec::new();
    for other in &told {
        tellings.extend(record.ledger.happened_at(other)?);
    }
    tellings.sort_by_key(|told: &Happened| (told.published.is_none(), told.published));
    Ok(Event {
        tellings: tellings.iter().map(row).collect(),
        linked: linked.iter().map(row).collect(),
        when,
    })
}

/// All tellings of one time that stand on one line of the timeline with this one.
fn told_with(record: &Record<'_>, first: &Happened) -> Result<Vec<Place>, Wrong> {
    let has = |line: &&Happening| line.events.contains(&first.place);
    let line = match &first.event.when {
        Some(when) => record
            .sums
            .moment(record.ledger, when)?
            .lines
            .iter()
            .find(has)
            .map(|line| line.events.clone()),
        None => {
            let heard = record.sums.moments.iter().filter(|heard| heard.when.is_none());
            let mut lines =
                heard.filter_map(|heard| heard.moment.as_ref()).flat_map(|moment| &moment.lines);
            lines.find(has).map(|line| line.events.clone())
        }
    };
    Ok(line.unwrap_or_else(|| vec![first.place.clone()]))
}

/// What the comparison of events links, near or far.
fn family(ledger: &Ledger, place: &Place) -> Result<Vec<Place>, Wrong> {
    match ledger.family_of("events", place) {
        Ok(family) => Ok(family.items.into_iter().map(|item| item.place).collect()),
        Err(error) if matches!(error.cause, Cause::UnknownItem(..)) => Ok(Vec::new()),
        Err(error) => Err(error.into()),
    }
}

fn row(happened: &Happened) -> ToldRow {
    ToldRow {
        text: line(&happened.text),
        when: happened.event.when.clone(),
        state: happened.event.state.as_str().to_owned(),
        at: At::new(
            &happened.place.report,
            happened.code_points,
            happened.outlet.as_deref(),
            happened.published,
        ),
    }
}

fn rows(rows: &[ToldRow], has_time: bool) -> Markup {
    html! {
        ol.list {
            @for row in rows {
                li data-item="" {
                    p.words { (t(&row.text)) }
                    p.from {
                        @if has_time {
                            span.state { (row.when.as_deref().map_or_else(|| "no time given".to_owned(), words::moment)) } " "
                        }
                        @if row.state != "done" { span.state { (row.state) } " " }
                        (parts::source(&row.at)) " " (parts::copy(&row.text, None, &row.at))
                    }
                }
            }
        }
    }
}

impl View for Event {
    const PLACE: &'static str = "/timeline";

    fn load(record: &Record<'_>, ask: &Ask) -> Result<Self, Wrong> {
        load(record, ask)
    }

    fn title(&self) -> String {
        self.tellings.first().map_or_else(|| "An event".to_owned(), |told| cut(&told.text, 90))
    }

    fn html(&self, _: &Ask) -> Markup {
        let when = self.when.as_deref();
        html! {
            h1 { "An event" @if let Some(when) = when { " of " (t(&words::moment(when))) } }
            p.lead {
                @match self.tellings.len() {
                    1 => "Told once.",
                    many => { (count(many, "telling", "tellings")) ", the earliest first." }
                }
                @if let Some(when) = when { " " a href=(crate::address::moment(when)) { "What else happened then" } }
            }
            (rows(&self.tellings, false))
            @if !self.linked.is_empty() {
                section aria-labelledby="linked" {
                    h2 #linked { "Much the same, of another time or of none" }
                    (rows(&self.linked, true))
                }
            }
        }
    }

    fn table(&self) -> Table {
        let rows = self.tellings.iter().chain(&self.linked).map(|row| {
            vec![
                row.text.clone(),
                row.when.clone().unwrap_or_default(),
                row.state.clone(),
                row.at.outlet.clone().unwrap_or_default(),
                iso_cell(row.at.published),
                row.at.pointer.clone(),
            ]
        });
        let columns = &["text", "when", "state", "outlet", "published", "pointer"];
        Table { columns, rows: rows.collect() }
    }
}
