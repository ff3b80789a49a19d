//! Who speaks, most quoted first.

use crate::address::{self, Ask};
use crate::answer::{Record, Table, View, Wrong};
use crate::data::Paged;
use crate::parts::{self, Choice};
use crate::views::overview::speakers_table;
use crate::words::{count, t};
use maud::{Markup, html};
use onrecord_engine::ledger::Speaker;
use onrecord_model::ActorType;
use serde::Serialize;
use utoipa::ToSchema;

/// One speaker in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SpeakerRow {
    pub(crate) speaker: String,
    /// person, organisation, group, anonymous, document.
    #[schema(value_type = String)]
    pub(crate) r#type: ActorType,
    pub(crate) statements: usize,
    pub(crate) reports: usize,
    /// Other names of the same person, with the number of statements.
    pub(crate) also: Vec<(String, usize)>,
    pub(crate) address: String,
}

impl SpeakerRow {
    pub(crate) fn of(speaker: &Speaker) -> Self {
        Self {
            address: address::speaker(&speaker.name, speaker.kind),
            speaker: speaker.name.clone(),
            r#type: speaker.kind,
            statements: speaker.statements,
            reports: speaker.reports,
            also: speaker.also.clone(),
        }
    }
}

/// A page of speakers.
#[derive(Debug, Serialize)]
pub(crate) struct Speakers {
    #[serde(flatten)]
    paged: Paged<SpeakerRow>,
    #[serde(skip)]
    speakers: Vec<Speaker>,
}

/// Speakers, most quoted first.
#[utoipa::path(get, path = "/api/speakers", operation_id = "speakers",
    params(("name" = Option<String>, Query, description = "each of these words begins a word of the name"),
        ("type" = Option<String>, Query, description = "person, organisation, group, anonymous or document"),
        ("page" = Option<usize>, Query), ("rows" = Option<usize>, Query), ("format" = Option<String>, Query)),
    responses((status = 200, body = Paged<SpeakerRow>)))]
pub(crate) fn load(record: &Record<'_>, ask: &Ask) -> Result<Speakers, Wrong> {
    let name = ask.get("name").unwrap_or_default();
    let mut top = record.ledger.speakers_of(name, ask.of("type"), ask.rows(), ask.skipped())?;
    record.sums.count_reports(record.ledger, &mut top.rows)?;
    let speakers = top.rows.clone();
    Ok(Speakers { paged: Paged::of(ask, top, |speaker| SpeakerRow::of(&speaker)), speakers })
}

impl View for Speakers {
    const PLACE: &'static str = "/speakers";

    fn load(record: &Record<'_>, ask: &Ask) -> Result<Self, Wrong> {
        load(record, ask)
    }

    fn title(&self) -> String {
        "Who said what".to_owned()
    }

    fn html(&self, ask: &Ask) -> Markup {
        let kinds = ["person", "organisation", "group", "anonymous", "document"];
        let kinds: Vec<Choice> = std::iter::once(Choice::new(None, "all"))
            .chain(kinds.iter().map(|kind| Choice::new(Some(kind), kind)))
            .collect();
        html! {
            h1 { "Who said what" }
            p.lead { (count(self.paged.total, "speaker", "speakers")) ", most quoted first." }
            form.narrow action="/speakers" data-live="results" {
                label for="name" { "Name" }
                input #name type="search" name="name" value=(t(ask.get("name").unwrap_or("")));
                @if let Some(kind) = ask.get("type") { input type="hidden" name="type" value=(t(kind)); }
                button { "Find" }
            }
            (parts::choices(ask, "Type", "type", &kinds))
            div #results {
                @if self.speakers.is_empty() { p.soft { "Nobody of this name is quoted." } }
                @else { (speakers_table(&self.speakers)) }
                (parts::pager(ask, &self.paged))
            }
        }
    }

    fn table(&self) -> Table {
        let rows = self.paged.rows.iter().map(|row| {
            let counts = (row.statements.to_string(), row.reports.to_string());
            vec![row.speaker.clone(), row.r#type.to_string(), counts.0, counts.1]
        });
        Table { columns: &["speaker", "type", "statements", "reports"], rows: rows.collect() }
    }
}
