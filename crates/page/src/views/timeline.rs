//! What the reports say happened when: a line for each event, with all that tell it.
//!
//! ```text
//! 4 Mar 2025      Pickets turned back a tanker.            Courier, 5 Mar · Gazette, 5 Mar
//! 7 Mar 2025      The board will meet.  [planned]          Gazette, 4 Mar
//! by 8 Mar 2025   Talks went on.                           Courier, 8 Mar
//! ```
//!
//! As `onrecord brief` has them, but all. Not handled: a choice of what matters, beyond how many
//! reports tell it.

use crate::address::{self, Ask};
use crate::answer::{Record, Table, View, Wrong};
use crate::data::{At, Paged, iso_cell};
use crate::parts::{self, Choice};
use crate::sums::Heard;
use crate::words::{self, count, cut, day, line, n, t};
use maud::{Markup, html};
use onrecord_engine::brief::{Happening, Moment};
use onrecord_model::Date;
use serde::Serialize;
use utoipa::ToSchema;

/// Events of one moment in the list.
const LINES: usize = 3;

/// Places of one event that are told one by one.
const PLACES: usize = 3;

/// Characters of an event's words.
const WORDS: usize = 280;

/// One telling of an event.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Telling {
    text: String,
    #[serde(flatten)]
    pub(crate) at: At,
}

/// One event, with all that tell it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct EventRow {
    /// The words of one telling.
    pub(crate) text: String,
    /// How the reports tell it, first told first: done, planned, possible, postponed, cancelled, not.
    states: Vec<String>,
    /// Whether all only mention it.
    mention: bool,
    pub(crate) tellings: Vec<Telling>,
    /// The page with the words of all.
    pub(crate) address: String,
    #[serde(skip)]
    note: String,
}

impl EventRow {
    pub(crate) fn of(happening: &Happening) -> Self {
        let tellings = happening.told.places.iter().zip(&happening.tellings);
        let first = happening.events.first();
        Self {
            text: line(&happening.told.text),
            states: happening.states.iter().map(|state| state.as_str().to_owned()).collect(),
            mention: happening.is_mention,
            tellings: tellings
                .map(|(place, text)| Telling {
                    text: line(text),
                    at: At::of_pointer(&place.pointer, place.outlet.as_deref(), place.published),
                })
                .collect(),
            address: first.map_or_else(|| "/timeline".to_owned(), address::event),
            note: happening.note(),
        }
    }

    /// A row for each telling.
    pub(crate) fn cells(&self, when: &str) -> impl Iterator<Item = Vec<String>> {
        self.tellings.iter().map(move |telling| {
            vec![
                when.to_owned(),
                "event".to_owned(),
                telling.text.clone(),
                self.states.join(" "),
                telling.at.outlet.clone().unwrap_or_default(),
                iso_cell(telling.at.published),
                telling.at.pointer.clone(),
            ]
        })
    }
}

/// An event on a line, with where it is told.
pub(crate) fn event(row: &EventRow) -> Markup {
    let places = row.tellings.len();
    let mut first: Vec<&Telling> = Vec::new();
    for telling in &row.tellings {
        if !first.iter().any(|known| known.at.report == telling.at.report) {
            first.push(telling);
        }
    }
    html! {
        p.words { (t(&cut(&row.text, WORDS))) }
        p.from {
            @if !row.note.is_empty() { span.state { (row.note) } " " }
            @for (place, telling) in first.iter().take(PLACES).enumerate() {
                @if place > 0 { "· " }
                (parts::source(&telling.at)) " "
            }
            @if places > 1 { "· " a.whole href=(row.address) { (n(places)) " tellings" } " " }
            @if let Some(first) = row.tellings.first() { (parts::copy(&row.text, None, &first.at)) }
        }
    }
}

/// One moment and the events that most reports tell of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MomentRow {
    /// As a TIMEX3 value: 2024-05-13, 2024-W20, 2024-05; none where the text gives none.
    when: Option<String>,
    /// Of what has no date: the day of the reports that tell it.
    told_on: Option<String>,
    /// In how many reports.
    reports: usize,
    events: Vec<EventRow>,
    /// Events besides.
    more: usize,
    address: String,
}

impl MomentRow {
    /// With its first events.
    pub(crate) fn of(moment: &Moment, reports: usize, most: usize) -> Self {
        Self {
            when: moment.when.clone(),
            told_on: moment.told_on.map(|day| day.to_string()),
            reports,
            events: moment.lines.iter().take(most).map(EventRow::of).collect(),
            more: moment.lines.len().saturating_sub(most) + moment.more,
            address: moment.when.as_deref().map_or_else(
                || moment.told_on.map_or_else(|| "/timeline".to_owned(), address::day),
                address::moment,
            ),
        }
    }

    /// "4 Mar 2025", "by 8 Mar 2025".
    fn label(&self) -> Markup {
        let told_on = self.told_on.as_deref().and_then(|day| day.parse::<Date>().ok());
        html! {
            @match (&self.when, told_on) {
                (Some(when), _) => a href=(self.address) { (t(&words::moment(when))) },
                (None, Some(date)) => { "by " (day(date)) },
                (None, None) => "undated",
            }
        }
    }
}

/// Moments with their events, in order of time or of how many tell them.
pub(crate) fn moments(rows: &[MomentRow]) -> Markup {
    html! {
        dl.timeline {
            @for row in rows {
                dt { (row.label()) }
                dd {
                    @for told in &row.events { div.event data-item="" { (event(told)) } }
                    @if row.more > 0 && row.when.is_some() {
                        p.from { a href=(row.address) { (n(row.more)) " more" } }
                    }
                }
            }
        }
    }
}

/// A page of the timeline.
#[derive(Debug, Serialize)]
pub(crate) struct Timeline {
    #[serde(flatten)]
    paged: Paged<MomentRow>,
    #[serde(skip)]
    events: usize,
}

/// What the reports say happened when: in order of time, or what most reports tell first.
#[utoipa::path(get, path = "/api/timeline", operation_id = "timeline",
    params(("order" = Option<String>, Query, description = "told: moments of which most reports tell first"),
        ("page" = Option<usize>, Query), ("rows" = Option<usize>, Query), ("format" = Option<String>, Query)),
    responses((status = 200, body = Paged<MomentRow>)))]
pub(crate) fn load(record: &Record<'_>, ask: &Ask) -> Result<Timeline, Wrong> {
    let sums = &record.sums;
    let mut heard: Vec<&Heard> = sums.moments.iter().collect();
    let is_story = heard.len() <= STORY;
    if is_by_time(heard.len(), ask) {
        heard.sort_by_cached_key(|heard| heard.order());
    }
    let mut rows = Vec::new();
    for heard in heard.iter().skip(ask.skipped()).take(ask.rows()) {
        let moment = sums.glimpse(record.ledger, heard)?;
        // Of a pile only the first line, and what several reports tell.
        let shared = moment.lines.iter().take_while(|line| line.reports() > 1).count();
        let most = if is_story { LINES } else { shared.clamp(1, LINES) };
        rows.push(MomentRow::of(&moment, heard.reports, most));
    }
    let events = heard.iter().map(|heard| heard.events).sum();
    Ok(Timeline { paged: Paged::new(ask, heard.len(), rows), events })
}

/// A story is read in order of time; of a pile, what most tell comes first.
fn is_by_time(moments: usize, ask: &Ask) -> bool {
    match ask.get("order") {
        Some("told") => false,
        Some("time") => true,
        _ => moments <= STORY,
    }
}

/// Moments up to which a timeline is a story.
const STORY: usize = 100;

impl View for Timeline {
    const PLACE: &'static str = "/timeline";

    fn load(record: &Record<'_>, ask: &Ask) -> Result<Self, Wrong> {
        load(record, ask)
    }

    fn title(&self) -> String {
        "Timeline".to_owned()
    }

    fn html(&self, ask: &Ask) -> Markup {
        let is_story = self.paged.total <= STORY;
        // What it is without a word in the address.
        let value = |is_usual: bool, word| (!is_usual).then_some(word);
        let orders = [
            Choice::new(value(is_story, "time"), "in order of time"),
            Choice::new(value(!is_story, "told"), "most told first"),
        ];
        html! {
            h1 { "Timeline" }
            p.lead {
                @if self.paged.total == 0 { "No report says when anything happened." }
                @else {
                    (count(self.events, "telling", "tellings")) " of what happened, or is to happen, at "
                    (count(self.paged.total, "moment", "moments")) "."
                }
            }
            @if self.paged.total > 1 { (parts::choices(ask, "Order", "order", &orders)) }
            (moments(&self.paged.rows))
            (parts::pager(ask, &self.paged))
        }
    }

    fn table(&self) -> Table {
        let rows = self.paged.rows.iter().flat_map(|row| {
            let when =
                row.when.clone().or_else(|| row.told_on.as_ref().map(|day| format!("by {day}")));
            let when = when.unwrap_or_default();
            row.events
                .iter()
                .flat_map(|event| event.cells(&when).collect::<Vec<_>>())
                .collect::<Vec<_>>()
        });
        let columns = &["when", "what", "text", "state", "outlet", "published", "pointer"];
        Table { columns, rows: rows.collect() }
    }
}
