//! The brief: a record on one screen or page.
//!
//! ```text
//! what differs      one line a finding, worst first
//! timeline          what the reports say happened when
//! who said what     most quoted speakers, a few statements each
//! figures           what several reports count, and how many each gives; then what one counts
//! ```
//!
//! [`brief`] asks the record; [`Brief::page`] lays the answer out in sections, groups and lines,
//! which a terminal, Markdown and HTML set each in their own way. Every line has its pointers. Lists
//! are cut at `top` and say how much more there is.

mod measures;
mod page;
mod timeline;

pub use measures::{Series, measures};
pub use page::{Group, Line, Page, Section, grouped};
pub use timeline::{Happening, Moment, Timeline, first_day, glimpse, in_time, moment, undated};

use crate::Error;
use crate::ledger::{Figure, Hit, Ledger, Measure, Speaker, StoredFinding, Top, Totals};
use crate::show::{finding_json, pointer};
use onrecord_model::{Date, FindingKind, Mode, Statement};
use serde_json::{Value, json};

/// Statements of one speaker that are looked through for the few to show.
const STATEMENTS_SEEN: usize = 60;

/// Positions of one speaker that are shown.
const POSITIONS: usize = 2;

/// Figures of one thing that are looked through for the few to show.
const FIGURES_SEEN: usize = 60;

/// A record on a page.
#[derive(Debug)]
pub struct Brief {
    /// What it holds.
    pub totals: Totals,
    /// Outlets with most reports first.
    pub outlets: Top<(String, usize)>,
    /// Findings of each kind, worst first.
    pub finding_counts: Vec<(FindingKind, usize)>,
    /// Findings, worst first.
    pub differs: Top<StoredFinding>,
    /// The length of lists that was asked for.
    pub top: usize,
    /// What happened when.
    pub timeline: Timeline,
    /// Speakers, most quoted first.
    pub speakers: Top<Said>,
    /// What several reports count, the most contested first.
    pub measures: Top<Series>,
    /// What is counted, in most reports first.
    pub figures: Top<Counted>,
}

/// Words with the places they stand at.
#[derive(Debug)]
pub struct Told {
    /// The words.
    pub text: String,
    /// Where: first the earliest.
    pub places: Vec<Place>,
    /// Where in the words the expression begins that dates them, in bytes.
    pub dated_at: usize,
}

/// A place in a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// As `show` takes it.
    pub pointer: String,
    /// Where it begins in its report, in code points.
    pub start: u32,
    /// The report's outlet.
    pub outlet: Option<String>,
    /// When it was published.
    pub published: Option<Date>,
}

/// One speaker and some statements.
#[derive(Debug)]
pub struct Said {
    /// Who.
    pub speaker: Speaker,
    /// In order of time.
    pub lines: Vec<SaidLine>,
    /// What was said on one topic day after day, most statements first.
    pub positions: Top<StoredFinding>,
}

/// One statement, with its like in copies.
#[derive(Debug)]
pub struct SaidLine {
    /// What was said, and where it stands.
    pub told: Told,
    /// The statement.
    pub statement: Statement,
}

/// What is counted, and the figures.
#[derive(Debug)]
pub struct Counted {
    /// What.
    pub measure: Measure,
    /// In order of publication.
    pub figures: Vec<Figure>,
}

/// The brief of a record: each list at most `top` long.
///
/// # Errors
/// If the record cannot be read.
pub fn brief(ledger: &Ledger, top: usize) -> Result<Brief, Error> {
    let lines = top.div_ceil(4).max(1);
    let timeline = timeline::timeline(ledger, top)?;
    let speakers = ledger.speakers(top.div_ceil(2))?;
    let speakers = Top {
        total: speakers.total,
        rows: speakers
            .rows
            .into_iter()
            .map(|speaker| said(ledger, speaker, lines))
            .collect::<Result<_, Error>>()?,
    };
    let measures = measures(ledger, top.div_ceil(2))?;
    let figures = figures(ledger, top)?;
    Ok(Brief {
        totals: ledger.totals()?,
        top,
        outlets: ledger.outlets(3)?,
        finding_counts: ledger.finding_counts()?,
        differs: ledger.findings(&[], top, 0)?,
        timeline,
        speakers,
        measures,
        figures,
    })
}

/// What most reports count; what they count differently first.
fn figures(ledger: &Ledger, top: usize) -> Result<Top<Counted>, Error> {
    let measures = ledger.measures(top.saturating_mul(2))?;
    let mut rows = Vec::new();
    for measure in measures.rows {
        let figures = ledger.figures(&measure.counted, measure.unit.as_deref(), FIGURES_SEEN)?.rows;
        rows.push(Counted { measure, figures });
    }
    rows.sort_by_key(|counted| {
        let mut values = counted.figures.iter().map(|figure| {
            let quantity = &figure.quantity;
            (quantity.low.map(f64::to_bits), quantity.high.map(f64::to_bits))
        });
        let first = values.next();
        values.all(|value| Some(value) == first)
    });
    rows.truncate(top.div_ceil(3));
    Ok(Top { rows, total: measures.total })
}

/// The letters and digits of a text, for telling whether two are the same but for marks.
fn words_only(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A speaker with the few statements to show: whole ones before those inside others, of different
/// reports before the same, the quoted before the reported; given in order of time.
fn said(ledger: &Ledger, speaker: Speaker, lines: usize) -> Result<Said, Error> {
    let found = ledger.said_by(&speaker.name, speaker.kind, STATEMENTS_SEEN, 0)?;
    let mut all: Vec<SaidLine> = Vec::new();
    for hit in found.hits {
        let Some((told, statement)) = said_told(hit) else { continue };
        let words = words_only(&told.text);
        match all.iter_mut().find(|line| words_only(&line.told.text) == words) {
            Some(line) => line.told.places.extend(told.places),
            None => all.push(SaidLine { told, statement }),
        }
    }
    let mut order: Vec<usize> = (0..all.len()).collect();
    let rank = |i: usize| {
        let line = &all[i];
        let report = line.told.places[0].pointer.rsplit_once(':').map(|(report, _)| report);
        let earlier = all[..i]
            .iter()
            .filter(|line| {
                line.told.places[0].pointer.rsplit_once(':').map(|(report, _)| report) == report
            })
            .count();
        let is_short = line.told.text.chars().count() < 25;
        (is_short, line.statement.within.is_some(), earlier, line.statement.mode != Mode::Direct, i)
    };
    order.sort_by_key(|&i| rank(i));
    order.truncate(lines);
    order.sort_unstable();
    let mut keep = vec![false; all.len()];
    order.into_iter().for_each(|i| keep[i] = true);
    let mut keep = keep.into_iter();
    all.retain(|_| keep.next().unwrap_or(false));
    let positions = ledger.positions_of(&speaker.name, speaker.kind, POSITIONS)?;
    Ok(Said { speaker, lines: all, positions })
}

fn said_told(hit: Hit) -> Option<(Told, Statement)> {
    let statement = hit.statement?;
    let words: Vec<&str> = statement
        .content
        .iter()
        .filter_map(|span| {
            let start = span.start.checked_sub(hit.sentence.start)? as usize;
            let end = span.end.checked_sub(hit.sentence.start)? as usize;
            hit.sentence_text.get(start..end)
        })
        .collect();
    let text = if words.is_empty() { hit.sentence_text.clone() } else { words.join(" … ") };
    let place = Place {
        pointer: pointer(&hit.report, hit.code_points),
        start: hit.code_points[0],
        outlet: hit.outlet,
        published: hit.published,
    };
    Some((Told { text, places: vec![place], dated_at: 0 }, statement))
}

impl Brief {
    /// All of it, for a program.
    pub fn json(&self) -> Value {
        let day = |day: Option<Date>| day.map(|day| day.to_string());
        json!({
            "reports": self.totals.reports, "older_revisions": self.totals.superseded,
            "statements": self.totals.statements, "speakers": self.totals.speakers,
            "first": day(self.totals.first), "last": day(self.totals.last),
            "undated": self.totals.undated,
            "outlets": {"total": self.totals.outlets, "top": self.outlets.rows.iter()
                .map(|(outlet, reports)| json!({"outlet": outlet, "reports": reports}))
                .collect::<Vec<_>>()},
            "findings": {"total": self.differs.total,
                "kinds": self.finding_counts.iter()
                    .map(|(kind, count)| (kind.to_string(), json!(count)))
                    .collect::<serde_json::Map<_, _>>(),
                "top": self.differs.rows.iter().map(finding_json).collect::<Vec<_>>()},
            "timeline": {"total": self.timeline.moments.len() + self.timeline.more,
                "top": self.timeline.moments.iter().map(moment_json).collect::<Vec<_>>()},
            "who_said_what": {"total": self.speakers.total, "top": self.speakers.rows.iter()
                .map(|said| json!({
                    "speaker": said.speaker.name, "type": said.speaker.kind,
                    "statements": said.speaker.statements, "reports": said.speaker.reports,
                    "outlets": said.speaker.outlets,
                    "also": said.speaker.also.iter()
                        .map(|(name, statements)| json!({"name": name, "statements": statements}))
                        .collect::<Vec<_>>(),
                    "positions": {"total": said.positions.total,
                        "top": said.positions.rows.iter().map(finding_json).collect::<Vec<_>>()},
                    "top": said.lines.iter().map(said_json).collect::<Vec<_>>(),
                }))
                .collect::<Vec<_>>()},
            "measures": {"total": self.measures.total,
                "top": self.measures.rows.iter().map(Series::json).collect::<Vec<_>>()},
            "figures": {"total": self.figures.total, "top": self.figures.rows.iter()
                .map(|counted| json!({
                    "counted": counted.measure.counted, "unit": counted.measure.unit,
                    "figures": counted.measure.figures, "reports": counted.measure.reports,
                    "top": counted.figures.iter().map(figure_json).collect::<Vec<_>>(),
                }))
                .collect::<Vec<_>>()},
        })
    }
}

fn moment_json(moment: &Moment) -> Value {
    let is_day = moment.when.as_ref().is_some_and(|when| when.parse::<Date>().is_ok());
    let sentences: Vec<Value> = moment
        .lines
        .iter()
        .map(|line| {
            let mut value = told_json(&line.told);
            value["states"] = json!(line.states);
            value["mention"] = json!(line.is_mention);
            value
        })
        .collect();
    json!({
        "when": moment.when, "day": moment.when.as_ref().filter(|_| is_day),
        "told_on": moment.told_on.map(|day| day.to_string()),
        "reports": moment.reports, "more": moment.more, "sentences": sentences,
    })
}

fn told_json(told: &Told) -> Value {
    let places: Vec<Value> = told
        .places
        .iter()
        .map(|place| {
            json!({"pointer": place.pointer, "outlet": place.outlet,
                "published": place.published.map(|date| date.to_string())})
        })
        .collect();
    json!({"text": told.text, "places": places})
}

fn said_json(line: &SaidLine) -> Value {
    let mut value = told_json(&line.told);
    let via: Vec<&str> = line.statement.via.iter().map(|party| party.name.as_str()).collect();
    value["mode"] = json!(line.statement.mode);
    value["act"] = json!(line.statement.act);
    value["negated"] = json!(line.statement.is_negated);
    value["via"] = json!(via);
    value["venue"] = json!(line.statement.venue);
    value["said_on"] = json!(line.statement.said_on);
    value
}

fn figure_json(figure: &Figure) -> Value {
    json!({
        "text": figure.text, "pointer": pointer(&figure.report, figure.code_points),
        "outlet": figure.outlet, "published": figure.published.map(|date| date.to_string()),
        "given_by": figure.given_by, "as_of": figure.quantity.as_of,
        "value": figure.quantity.value.and_then(crate::formats::json::number),
        "low": figure.quantity.low.and_then(crate::formats::json::number),
        "high": figure.quantity.high.and_then(crate::formats::json::number),
        "bound": figure.quantity.bound,
    })
}
