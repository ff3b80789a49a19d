//! One report and what stands in it, as one line of JSON.
//!
//! ```text
//! {"schema": 1, "source_file": "004.txt", "part": 1, "report": {…}, "actors": […],
//!  "statements": […], "times": […], "events": […], "quantities": […], "warnings": […]}
//! ```
//!
//! The fields are those of the documentation (`docs/format.md`); they are only ever added to. With
//! the text, a line holds the whole report, and `read` takes it back as it was.

use onrecord_model::{
    Act, Actor, ActorType, Analysis, Bound, CodePoints, Event, EventState, Mode, NotTextKind,
    PartRole, Party, PublishedFrom, Quantity, Report, Span, Statement, Timex, TimexMod, TimexType,
    Warning,
};
use serde::Serialize;

/// The version of the format.
pub const SCHEMA: u32 = 1;

/// The line for one report, without the line break.
pub fn line(report: &Report, analysis: &Analysis, has_text: bool) -> String {
    let places = Places { points: CodePoints::new(&report.text), start: report.start };
    let line = Line {
        schema: SCHEMA,
        source_file: &report.source_file,
        part: report.part,
        analysed_by: &analysis.version,
        report: head(report, &places),
        actors: analysis.actors.iter().map(|actor| JsonActor::new(actor, &places)).collect(),
        statements: analysis.statements.iter().map(|s| JsonStatement::new(s, &places)).collect(),
        times: analysis.times.iter().map(|timex| JsonTimex::new(timex, &places)).collect(),
        events: analysis.events.iter().map(|event| JsonEvent::new(event, &places)).collect(),
        quantities: analysis.quantities.iter().map(|q| JsonQuantity::new(q, &places)).collect(),
        warnings: analysis.warnings.iter().map(|w| JsonWarning::new(w, &places)).collect(),
        text: has_text.then_some(&report.text),
    };
    serde_json::to_string(&line).expect("text and numbers always have a form in JSON")
}

/// Places in the file, from places in the report.
struct Places<'t> {
    points: CodePoints<'t>,
    start: u32,
}

type Place = [u32; 2];

impl Places<'_> {
    fn of(&self, span: Span) -> Place {
        self.points.span(span).map(|offset| offset + self.start)
    }

    fn all(&self, spans: &[Span]) -> Vec<Place> {
        spans.iter().map(|&span| self.of(span)).collect()
    }
}

#[derive(Serialize)]
struct Line<'a> {
    schema: u32,
    source_file: &'a str,
    part: u32,
    analysed_by: &'a str,
    report: Head<'a>,
    actors: Vec<JsonActor<'a>>,
    statements: Vec<JsonStatement<'a>>,
    times: Vec<JsonTimex<'a>>,
    events: Vec<JsonEvent<'a>>,
    quantities: Vec<JsonQuantity<'a>>,
    warnings: Vec<JsonWarning<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a String>,
}

#[derive(Serialize)]
struct Head<'a> {
    headline: Option<Headline>,
    outlet: Option<&'a str>,
    byline: Option<JsonByline<'a>>,
    dateline: Option<JsonDateline<'a>>,
    language: Option<&'a str>,
    url: Option<&'a str>,
    published: Option<String>,
    published_from: Option<PublishedFrom>,
    span: Place,
    has_siblings: bool,
    not_text: Vec<JsonNotText>,
    #[serde(skip_serializing_if = "serde_json::Map::is_empty")]
    extra: &'a serde_json::Map<String, serde_json::Value>,
}

fn head<'a>(report: &'a Report, places: &Places<'_>) -> Head<'a> {
    Head {
        headline: report.headline.map(|span| Headline { span: places.of(span) }),
        outlet: report.outlet.as_deref(),
        byline: report.byline.as_ref().map(|byline| JsonByline {
            name: &byline.name,
            span: byline.span.map(|span| places.of(span)),
        }),
        dateline: report.dateline.as_ref().map(|dateline| JsonDateline {
            span: places.of(dateline.span),
            place: dateline.place.as_deref(),
            date: dateline.date.map(|date| date.to_string()),
            agency: dateline.agency.as_deref(),
        }),
        language: report.language.as_deref(),
        url: report.url.as_deref(),
        published: report.published_on().map(|date| date.to_string()),
        published_from: report.published.map(|published| published.from),
        span: places.of(Span::new(0, report.text.len())),
        has_siblings: report.has_siblings,
        not_text: report
            .not_text
            .iter()
            .map(|piece| JsonNotText { span: places.of(piece.span), kind: piece.kind })
            .collect(),
        extra: &report.extra,
    }
}

#[derive(Serialize)]
struct Headline {
    span: Place,
}

#[derive(Serialize)]
struct JsonByline<'a> {
    name: &'a str,
    span: Option<Place>,
}

#[derive(Serialize)]
struct JsonDateline<'a> {
    span: Place,
    place: Option<&'a str>,
    date: Option<String>,
    agency: Option<&'a str>,
}

#[derive(Serialize)]
struct JsonNotText {
    span: Place,
    kind: NotTextKind,
}

#[derive(Serialize)]
struct JsonActor<'a> {
    id: String,
    name: &'a str,
    r#type: ActorType,
    roles: &'a [String],
    mentions: Vec<Place>,
}

impl<'a> JsonActor<'a> {
    fn new(actor: &'a Actor, places: &Places<'_>) -> Self {
        Self {
            id: actor.id.to_string(),
            name: &actor.name,
            r#type: actor.kind,
            roles: &actor.roles,
            mentions: places.all(&actor.mentions),
        }
    }
}

#[derive(Serialize)]
struct JsonParty<'a> {
    actor: Option<String>,
    name: &'a str,
    r#type: ActorType,
}

impl<'a> JsonParty<'a> {
    fn new(party: &'a Party) -> Self {
        Self {
            actor: party.actor.map(|actor| actor.to_string()),
            name: &party.name,
            r#type: party.kind,
        }
    }
}

#[derive(Serialize)]
struct JsonStatement<'a> {
    id: String,
    source: Vec<Place>,
    cue: Vec<Place>,
    content: Vec<Place>,
    mode: Mode,
    act: Act,
    negated: bool,
    speaker: Option<JsonParty<'a>>,
    addressee: Option<JsonParty<'a>>,
    via: Vec<JsonParty<'a>>,
    venue: Option<&'a str>,
    said_on: Option<&'a str>,
    within: Option<String>,
}

impl<'a> JsonStatement<'a> {
    fn new(statement: &'a Statement, places: &Places<'_>) -> Self {
        Self {
            id: statement.id.to_string(),
            source: places.all(&statement.source),
            cue: places.all(&statement.cue),
            content: places.all(&statement.content),
            mode: statement.mode,
            act: statement.act,
            negated: statement.is_negated,
            speaker: statement.speaker.as_ref().map(JsonParty::new),
            addressee: statement.addressee.as_ref().map(JsonParty::new),
            via: statement.via.iter().map(JsonParty::new).collect(),
            venue: statement.venue.as_deref(),
            said_on: statement.said_on.as_deref(),
            within: statement.within.map(|id| id.to_string()),
        }
    }
}

#[derive(Serialize)]
struct JsonTimex<'a> {
    span: Place,
    r#type: TimexType,
    value: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    r#mod: Option<TimexMod>,
}

impl<'a> JsonTimex<'a> {
    fn new(timex: &'a Timex, places: &Places<'_>) -> Self {
        Self {
            span: places.of(timex.span),
            r#type: timex.kind,
            value: &timex.value,
            r#mod: timex.modifier,
        }
    }
}

#[derive(Serialize)]
struct JsonEvent<'a> {
    span: Place,
    word: Place,
    when: Option<&'a str>,
    time: Option<Place>,
    state: EventState,
    mention: bool,
    statement: Option<String>,
    parts: Vec<JsonPart>,
}

#[derive(Serialize)]
struct JsonPart {
    role: PartRole,
    span: Place,
}

impl<'a> JsonEvent<'a> {
    fn new(event: &'a Event, places: &Places<'_>) -> Self {
        let part = |role, span| JsonPart { role, span: places.of(span) };
        Self {
            span: places.of(event.span),
            word: places.of(event.word),
            when: event.when.as_deref(),
            time: event.time.map(|time| places.of(time)),
            state: event.state,
            mention: event.is_mention,
            statement: event.statement.map(|id| id.to_string()),
            parts: event.parts.iter().map(|known| part(known.role, known.span)).collect(),
        }
    }
}

#[derive(Serialize)]
struct JsonQuantity<'a> {
    span: Place,
    value: Option<serde_json::Number>,
    low: Option<serde_json::Number>,
    high: Option<serde_json::Number>,
    bound: Bound,
    unit: Option<&'a str>,
    counted: Option<&'a str>,
    counted_span: Option<Place>,
    place: Option<&'a str>,
    as_of: Option<&'a str>,
    statement: Option<String>,
}

impl<'a> JsonQuantity<'a> {
    fn new(quantity: &'a Quantity, places: &Places<'_>) -> Self {
        Self {
            span: places.of(quantity.span),
            value: quantity.value.and_then(number),
            low: quantity.low.and_then(number),
            high: quantity.high.and_then(number),
            bound: quantity.bound,
            unit: quantity.unit.as_deref(),
            counted: quantity.counted.as_deref(),
            counted_span: quantity.counted_span.map(|span| places.of(span)),
            place: quantity.place.as_deref(),
            as_of: quantity.as_of.as_deref(),
            statement: quantity.statement.map(|id| id.to_string()),
        }
    }
}

/// A whole number without ".0", as people write it; none for what is no number.
pub(crate) fn number(value: f64) -> Option<serde_json::Number> {
    /// Whole numbers up to here have an exact form.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value.fract() == 0.0 && value.abs() <= EXACT {
        Some((value as i64).into())
    } else {
        serde_json::Number::from_f64(value)
    }
}

#[derive(Serialize)]
struct JsonWarning<'a> {
    span: Place,
    text: &'a str,
}

impl<'a> JsonWarning<'a> {
    fn new(warning: &'a Warning, places: &Places<'_>) -> Self {
        Self { span: places.of(warning.span), text: &warning.text }
    }
}
