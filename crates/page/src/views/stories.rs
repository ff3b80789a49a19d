//! Stories: reports gathered by what they are about, the largest first.
//!
//! ```text
//! Torva, Clara Denk: earthquake, aftershocks     14 reports, 8 outlets, 6 to 9 May 2031
//! ```

use crate::address::{self, Ask};
use crate::answer::{Record, Table, View, Wrong};
use crate::data::{At, Paged, iso, iso_cell};
use crate::parts;
use crate::words::{count, cut, n, t, time};
use maud::{Markup, html};
use onrecord_engine::ledger::StoredFinding;
use onrecord_engine::show::story_name;
use onrecord_model::Date;
use serde::Serialize;
use utoipa::ToSchema;

/// Stories on a page.
const ROWS: usize = 40;

/// Reports of one story that are told one by one.
const REPORTS: usize = 12;

/// A report of a story.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Member {
    /// Its headline, or its first sentence.
    text: String,
    #[serde(flatten)]
    at: At,
}

/// Reports of one event and what followed from it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StoryRow {
    /// Its most telling names and words.
    name: String,
    #[serde(serialize_with = "iso")]
    #[schema(value_type = Option<String>)]
    from: Option<Date>,
    #[serde(serialize_with = "iso")]
    #[schema(value_type = Option<String>)]
    to: Option<Date>,
    /// How many reports.
    reports: usize,
    /// Of how many outlets.
    outlets: usize,
    /// The first of them.
    members: Vec<Member>,
}

/// A page of stories.
#[derive(Debug, Serialize)]
pub(crate) struct Stories(Paged<StoryRow>);

/// Reports gathered into stories, those of most reports first.
#[utoipa::path(get, path = "/api/stories", operation_id = "stories",
    params(("page" = Option<usize>, Query), ("rows" = Option<usize>, Query), ("format" = Option<String>, Query)),
    responses((status = 200, body = Paged<StoryRow>)))]
pub(crate) fn load(record: &Record<'_>, ask: &Ask) -> Result<Stories, Wrong> {
    let most = ask.rows().min(ROWS);
    let stories = record.ledger.stories(Some(REPORTS), most, (ask.page() - 1) * most)?;
    let pages = stories.total.div_ceil(most).max(1);
    let rows = stories.rows.iter().map(StoryRow::of).collect();
    Ok(Stories(Paged { total: stories.total, page: ask.page(), pages, rows }))
}

impl StoryRow {
    fn of(stored: &StoredFinding) -> Self {
        let detail = &stored.finding.detail;
        let day = |field: &str| detail.get(field).and_then(|day| day.as_str()?.parse().ok());
        let number =
            |field: &str| detail.get(field).and_then(|n| n.as_u64()).unwrap_or_default() as usize;
        let member = |evidence: &onrecord_engine::ledger::StoredEvidence| Member {
            text: evidence.text.clone(),
            at: At::new(
                &evidence.report,
                evidence.code_points,
                evidence.outlet.as_deref(),
                evidence.published,
            ),
        };
        Self {
            name: story_name(stored),
            from: day("from"),
            to: day("to"),
            reports: number("reports"),
            outlets: number("outlets"),
            members: stored.evidence.iter().map(member).collect(),
        }
    }
}

impl View for Stories {
    const PLACE: &'static str = "/stories";

    fn load(record: &Record<'_>, ask: &Ask) -> Result<Self, Wrong> {
        load(record, ask)
    }

    fn title(&self) -> String {
        "Stories".to_owned()
    }

    fn html(&self, ask: &Ask) -> Markup {
        html! {
            h1 { "Stories" }
            p.lead {
                (count(self.0.total, "story", "stories"))
                " of two reports or more, gathered by their names, places, words and days."
            }
            @if self.0.rows.is_empty() { p.soft { "No two reports are of one story." } }
            ol.list.stories {
                @for story in &self.0.rows {
                    li data-item="" { (told(story)) }
                }
            }
            (parts::pager(ask, &self.0))
        }
    }

    fn table(&self) -> Table {
        let columns: &'static [&'static str] =
            &["story", "from", "to", "reports", "outlets", "text", "outlet", "published", "report"];
        let rows = self.0.rows.iter().flat_map(|story| {
            story.members.iter().map(|member| {
                vec![
                    story.name.clone(),
                    iso_cell(story.from),
                    iso_cell(story.to),
                    story.reports.to_string(),
                    story.outlets.to_string(),
                    member.text.clone(),
                    member.at.outlet.clone().unwrap_or_default(),
                    iso_cell(member.at.published),
                    member.at.report.clone(),
                ]
            })
        });
        Table { columns, rows: rows.collect() }
    }
}

fn told(story: &StoryRow) -> Markup {
    let more = story.reports.saturating_sub(story.members.len());
    html! {
        h2 { (t(&story.name)) }
        p.filter {
            (count(story.reports, "report", "reports"))
            @if story.outlets > 0 { ", " (count(story.outlets, "outlet", "outlets")) }
            @if story.from.is_some() { ", " (time(story.from)) }
            @if story.to != story.from { " to " (time(story.to)) }
        }
        ul.members {
            @for member in &story.members {
                li {
                    a href=(address::report(&member.at.report)) { (t(&cut(&member.text, 140))) }
                    " "
                    span.soft {
                        @if let Some(outlet) = &member.at.outlet { (t(outlet)) ", " }
                        (time(member.at.published))
                    }
                }
            }
            @if more > 0 { li.soft { "and " (n(more)) " more" } }
        }
    }
}
