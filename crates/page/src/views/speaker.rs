//! What one speaker said, in order of time: what is new in the words, by outlet, day and topic.
//!
//! ```text
//! 3 Mar   We will not go back to work until every dismissed worker is reinstated
//! 6 Mar   We will go back to work when [most] of the dismissed workers are reinstated
//!                                      ^^^^ new beside 3 Mar
//! ```
//!
//! The same words in several reports stand once. Positions, topic by topic, and offices with their
//! days stand before the list. Not handled: two people with one name.

use crate::address::{self, Ask};
use crate::answer::{Record, Table, View, Wrong};
use crate::data::{At, Finding, Paged, Statement, iso};
use crate::marked::{Mark, marked};
use crate::parts::{self, Choice};
use crate::words::{count, days, is_telling, moment, n, t, words};
use maud::{Markup, html};
use onrecord_engine::ledger::{Held, Said, Speaker, StoredFinding};
use onrecord_model::{ActorType, CodePoints, Date, Span};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// Of a hundred telling words of two statements, how many must be in common for them to be on one
/// thing.
const ALIKE: usize = 45;

/// Positions that are shown.
const POSITIONS: usize = 12;

/// A statement, with the other places that have the same words.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SaidRow {
    #[serde(flatten)]
    statement: Statement,
    /// Other reports with the same words.
    also: Vec<At>,
    /// The earlier statement on the same thing, if there is one.
    after: Option<At>,
    /// The words that it does not have.
    new_words: Vec<String>,
    #[serde(skip)]
    new: Vec<Span>,
}

/// An office, and when reports give it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RoleRow {
    role: String,
    reports: usize,
    /// The day, 2024-05-13.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = Option<String>)]
    first: Option<Date>,
    #[serde(serialize_with = "iso")]
    #[schema(value_type = Option<String>)]
    last: Option<Date>,
}

/// What was said on one topic, in order of time.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PositionRow {
    topic: Vec<String>,
    statements: Vec<PositionLine>,
    /// The page that shows it as a finding.
    address: String,
}

/// One of the statements.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PositionLine {
    /// The day it was said.
    day: String,
    text: String,
    /// The words that the statement before does not have.
    new_words: Vec<String>,
    /// Other reports with the same statement.
    also: Vec<String>,
    at: At,
    #[serde(skip)]
    new: Vec<Span>,
}

impl PositionRow {
    fn of(stored: &StoredFinding) -> Self {
        let Finding { address, evidence, detail, .. } = Finding::of(stored);
        let list = |value: Option<&Value>| -> Vec<Value> {
            value.and_then(Value::as_array).cloned().unwrap_or_default()
        };
        let texts = |values: &[Value]| -> Vec<String> {
            values.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        };
        let statements = list(detail.get("statements"));
        let lines = statements.iter().zip(evidence).map(|(statement, evidence)| {
            let new = list(statement.get("new"));
            let points = CodePoints::new(&evidence.text);
            // Spans in detail count the code points of the report.
            let start = evidence.points[0];
            let spans = new.iter().filter_map(|new| {
                let span: [u32; 2] = serde_json::from_value(new["span"].clone()).ok()?;
                Some(points.bytes([span[0].checked_sub(start)?, span[1].checked_sub(start)?]))
            });
            PositionLine {
                day: statement["day"].as_str().unwrap_or_default().to_owned(),
                new: spans.collect(),
                new_words: new
                    .iter()
                    .filter_map(|new| new["text"].as_str().map(str::to_owned))
                    .collect(),
                also: texts(&list(statement.get("also"))),
                at: evidence.at,
                text: evidence.text.clone(),
            }
        });
        Self { topic: texts(&list(detail.get("topic"))), statements: lines.collect(), address }
    }
}

/// One speaker and a page of what they said.
#[derive(Debug, Serialize)]
pub(crate) struct Spoken {
    speaker: String,
    r#type: ActorType,
    statements: usize,
    reports: usize,
    outlets: usize,
    /// Other names of the same person, with the number of statements.
    also: Vec<(String, usize)>,
    roles: Vec<RoleRow>,
    positions: Vec<PositionRow>,
    #[serde(skip)]
    more_positions: usize,
    #[serde(flatten)]
    paged: Paged<SaidRow>,
    #[serde(skip)]
    carried: Vec<(String, usize)>,
    #[serde(skip)]
    topics: Vec<(String, usize)>,
}

/// What one speaker said, in order of time.
#[utoipa::path(get, path = "/api/speaker/{type}/{name}", operation_id = "speaker",
    params(("type" = String, Path), ("name" = String, Path),
        ("quoted" = Option<String>, Query, description = "1: only what is quoted; 0: only what is not"),
        ("outlet" = Option<String>, Query), ("from" = Option<String>, Query), ("to" = Option<String>, Query),
        ("about" = Option<String>, Query, description = "only statements with this word"),
        ("page" = Option<usize>, Query), ("rows" = Option<usize>, Query), ("format" = Option<String>, Query)),
    responses((status = 200, body = Paged<SaidRow>), (status = 404, description = "there is none")))]
pub(crate) fn load(record: &Record<'_>, ask: &Ask) -> Result<Spoken, Wrong> {
    let name = ask.name(2);
    let kind: Option<ActorType> = ask.parts.get(1).and_then(|kind| kind.parse().ok());
    let missing = || Wrong::Missing(format!("speaker called {name}"));
    let Some(kind) = kind else { return Err(missing()) };
    let speaker = record.ledger.speaker(&name, kind)?.ok_or_else(missing)?;
    let quoted = record.sums.quoted(record.ledger, &speaker)?;
    let Speaker { name, statements, also, .. } = speaker;
    let said = Said {
        outlet: ask.get("outlet").map(str::to_owned),
        from: ask.of("from"),
        to: ask.of("to"),
        is_quoted: match ask.get("quoted") {
            Some("1") => Some(true),
            Some("0") => Some(false),
            _ => None,
        },
        about: ask.get("about").map(str::to_owned),
    };
    let found = record.ledger.said(&name, kind, &said, ask.rows(), ask.skipped())?;
    let rows = laid(found.hits.iter().filter_map(Statement::of).collect());
    let role = |Held { role, reports, first, last }| RoleRow { role, reports, first, last };
    let positions = record.ledger.positions_of(&name, kind, POSITIONS)?;
    let paged = Paged::new(ask, found.total, rows);
    Ok(Spoken {
        speaker: name,
        r#type: kind,
        statements,
        reports: quoted.reports,
        outlets: quoted.outlets,
        also,
        roles: quoted.held.iter().cloned().map(role).collect(),
        more_positions: positions.more(),
        positions: positions.rows.iter().map(PositionRow::of).collect(),
        paged,
        carried: quoted.carried.clone(),
        topics: quoted.topics.clone(),
    })
}

/// The same words once, each beside the last statement on the same thing.
fn laid(statements: Vec<Statement>) -> Vec<SaidRow> {
    let mut rows: Vec<(Vec<(String, Span)>, SaidRow)> = Vec::new();
    for statement in statements {
        let words = words(&statement.text);
        let is_same = |row: &&mut (Vec<(String, Span)>, SaidRow)| {
            row.0.len() == words.len() && row.0.iter().zip(&words).all(|(a, b)| a.0 == b.0)
        };
        if let Some((_, row)) = rows.iter_mut().find(is_same) {
            row.also.push(statement.at);
            continue;
        }
        let telling = |words: &[(String, Span)]| -> Vec<String> {
            let mut telling: Vec<String> =
                words.iter().map(|word| word.0.clone()).filter(|word| is_telling(word)).collect();
            telling.sort_unstable();
            telling.dedup();
            telling
        };
        let own = telling(&words);
        let alike = rows.iter().enumerate().filter_map(|(place, (other, _))| {
            let other = telling(other);
            let common = own.iter().filter(|word| other.binary_search(word).is_ok()).count();
            let share = common * 200 / (own.len() + other.len()).max(1);
            (common >= 3 && share >= ALIKE).then_some((common, place))
        });
        let last = alike.max().map(|(_, place)| place);
        let mut new = Vec::new();
        if let Some(last) = last {
            let other: Vec<&String> = rows[last].0.iter().map(|word| &word.0).collect();
            for (word, span) in &words {
                if !other.contains(&word) && is_telling(word) {
                    new.push(*span);
                }
            }
        }
        let row = SaidRow {
            also: Vec::new(),
            after: last.map(|last| rows[last].1.statement.at.clone()),
            new_words: new.iter().map(|span| span.of(&statement.text).to_owned()).collect(),
            new,
            statement,
        };
        rows.push((words, row));
    }
    rows.into_iter().map(|(_, row)| row).collect()
}

impl View for Spoken {
    const PLACE: &'static str = "/speakers";

    fn load(record: &Record<'_>, ask: &Ask) -> Result<Self, Wrong> {
        load(record, ask)
    }

    fn title(&self) -> String {
        self.speaker.clone()
    }

    fn html(&self, ask: &Ask) -> Markup {
        let quoted = [
            Choice::new(None, "all"),
            Choice::new(Some("1"), "quoted"),
            Choice::new(Some("0"), "in the report’s words"),
        ];
        let also = parts::other_names(&self.speaker, &self.also);
        let has_positions = self.is_unfiltered(ask) && !self.positions.is_empty();
        html! {
            h1 { (t(&self.speaker)) }
            p.lead {
                @if self.r#type != ActorType::Person { (self.r#type) ": " }
                (count(self.statements, "statement", "statements")) " in "
                (count(self.reports, "report", "reports"))
                @if self.outlets > 1 { " of " (n(self.outlets)) " outlets" } "."
                @if !also.is_empty() {
                    " Also written "
                    @for (place, (name, statements)) in also.into_iter().enumerate() {
                        @if place > 0 { ", " }
                        (t(name)) " (" (n(*statements)) ")"
                    }
                    "."
                }
            }
            @if !self.roles.is_empty() { (roles(&self.roles)) }
            @if has_positions {
                section.positions aria-labelledby="positions" {
                    h2 #positions { "Positions" }
                    p.soft { "On one topic, day after day; words that the statement before does not have are marked." }
                    @for position in &self.positions { (position_section(position)) }
                    @if self.more_positions > 0 { p.soft { (n(self.more_positions)) " more" } }
                }
                h2 { "All statements" }
            }
            div.filters {
                (parts::choices(ask, "Words", "quoted", &quoted))
                @if self.carried.len() > 1 { (parts::choices(ask, "Outlet", "outlet", &Choice::of_all(&self.carried))) }
                @if !self.topics.is_empty() { (parts::choices(ask, "Topic", "about", &Choice::of_all(&self.topics))) }
                form.narrow {
                    @for key in ["quoted", "outlet"] {
                        @if let Some(value) = ask.get(key) { input type="hidden" name=(key) value=(t(value)); }
                    }
                    label for="about" { "Word" }
                    input #about type="search" name="about" value=(t(ask.get("about").unwrap_or("")));
                    span.pair {
                        label for="from" { "From" }
                        input #from type="date" name="from" value=[ask.of::<Date>("from")];
                    }
                    span.pair {
                        label for="to" { "To" }
                        input #to type="date" name="to" value=[ask.of::<Date>("to")];
                    }
                    button { "Narrow" }
                }
            }
            @if self.paged.total != self.statements {
                p.filter { (count(self.paged.total, "statement", "statements")) " · "
                    a href=(address::speaker(&self.speaker, self.r#type)) { "all" } }
            }
            ol.list.said {
                @for row in &self.paged.rows { li data-item="" { (said(row)) } }
            }
            (parts::pager(ask, &self.paged))
        }
    }

    fn table(&self) -> Table {
        let rows = self.paged.rows.iter().map(|row| row.statement.cells());
        Table { columns: Statement::COLUMNS, rows: rows.collect() }
    }
}

impl Spoken {
    /// Whether the whole first page is asked for.
    fn is_unfiltered(&self, ask: &Ask) -> bool {
        self.paged.total == self.statements && ask.skipped() == 0
    }
}

fn roles(roles: &[RoleRow]) -> Markup {
    html! {
        details {
            summary { "Offices that reports give" }
            ul {
                @for row in roles {
                    li {
                        (t(&row.role)) " " span.soft {
                            (count(row.reports, "report", "reports"))
                            @if let (Some(first), Some(last)) = (row.first, row.last) {
                                ", " (days(first, last))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// One topic, to be opened: the statements of twelve would push the list far down the page.
fn position_section(position: &PositionRow) -> Markup {
    let ends = position.statements.first().zip(position.statements.last());
    let ends = ends.map(|(first, last)| (first.day.as_str(), last.day.as_str()));
    html! {
        details {
            summary {
                b { (t(&position.topic.join(", "))) } " "
                (count(position.statements.len(), "statement", "statements"))
                @if let Some((first, last)) = ends {
                    ", " (t(&moment(first))) @if first != last { " to " (t(&moment(last))) }
                }
            }
            ol.list {
                @for line in &position.statements {
                    @let marks: Vec<Mark> = line.new.iter().map(|&span| Mark::plain(span, "new")).collect();
                    li data-item="" {
                        p.words { (marked(&line.text, Span::new(0, line.text.len()), &marks)) }
                        p.from {
                            (t(&moment(&line.day))) " · " (parts::source(&line.at))
                            @if !line.also.is_empty() {
                                " and " (count(line.also.len(), "report", "reports")) " more"
                            }
                        }
                    }
                }
            }
            p.from { a href=(position.address) { "By itself" } }
        }
    }
}

fn said(row: &SaidRow) -> Markup {
    let text = &row.statement.text;
    let marks: Vec<Mark> = row.new.iter().map(|&span| Mark::plain(span, "new")).collect();
    html! {
        (parts::statement(&row.statement, false, marked(text, Span::new(0, text.len()), &marks)))
        @if let Some(after) = &row.after {
            p.from { "New words marked beside " (parts::source(after)) }
        }
        @if !row.also.is_empty() {
            p.from {
                "Same words in "
                @for (place, at) in row.also.iter().take(4).enumerate() {
                    @if place > 0 { "; " }
                    (parts::source(at))
                }
                @if row.also.len() > 4 { " and " (n(row.also.len() - 4)) " more" }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_model::{Act, Mode};

    fn statement(text: &str, report: &str) -> Statement {
        Statement {
            text: text.to_owned(),
            sentence: text.to_owned(),
            speaker: Some("Jane Roe".to_owned()),
            speaker_type: Some(ActorType::Person),
            mode: Mode::Direct,
            act: Act::Say,
            negated: false,
            cue: "said".to_owned(),
            via: Vec::new(),
            addressee: None,
            venue: None,
            said_on: None,
            at: At::new(report, [0, 9], None, None),
        }
    }

    #[test]
    fn new_words_are_told_beside_the_statement_on_the_same_thing() {
        let rows = laid(vec![
            statement("“We will reinstate every dismissed crane driver”", "1"),
            statement("The weather is cold.", "2"),
            statement("We will reinstate some dismissed crane drivers in April", "3"),
            statement("We will reinstate every dismissed crane driver", "4"),
        ]);
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[0].also[0].report, "4");
        assert_eq!((rows[1].after.as_ref(), rows[1].new.len()), (None, 0));
        assert_eq!(rows[2].after.as_ref().map(|at| at.report.as_str()), Some("1"));
        assert_eq!(rows[2].new_words, ["drivers", "April"]);
    }
}
