//! The brief: a record on one screen or page.
//!
//! ```text
//! what differs      one line a finding, worst first
//! timeline          what the reports say of which day
//! who said what     most quoted speakers, a few statements each
//! figures           what is counted, and how many each report counts
//! ```
//!
//! [`brief`] asks the record; [`Brief::page`] lays the answer out in sections, groups and lines,
//! which a terminal, Markdown and HTML set each in their own way. Every line has its pointers. Lists
//! are cut at `top` and say how much more there is.

mod page;

pub use page::{Group, Line, Page, Section, grouped};

use crate::Error;
use crate::ledger::{Dated, Figure, Hit, Ledger, Measure, Speaker, StoredFinding, Top, Totals};
use crate::show::{finding_json, pointer};
use onrecord_model::{Date, FindingKind, Mode, Statement};
use serde_json::{Value, json};
use std::cmp::Reverse;

/// Statements of one speaker that are looked through for the few to show.
const STATEMENTS_SEEN: usize = 60;

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
    /// Days of which most reports speak, in order of time.
    pub timeline: Top<Day>,
    /// Speakers, most quoted first.
    pub speakers: Top<Said>,
    /// What is counted, in most reports first.
    pub figures: Top<Counted>,
}

/// What reports say of one day.
#[derive(Debug)]
pub struct Day {
    /// The day.
    pub day: Date,
    /// In how many reports it stands.
    pub reports: usize,
    /// Sentences; those of copies stand once.
    pub lines: Vec<Told>,
    /// Sentences besides.
    pub more: usize,
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

impl Told {
    /// Whether all who tell it wrote before that day: "will meet on Friday".
    pub(crate) fn is_planned(&self, day: Date) -> bool {
        self.places.iter().all(|place| place.published.is_some_and(|published| published < day))
    }
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
    let timeline = timeline(ledger, top)?;
    let speakers = ledger.speakers(top.div_ceil(2))?;
    let speakers = Top {
        total: speakers.total,
        rows: speakers
            .rows
            .into_iter()
            .map(|speaker| said(ledger, speaker, lines))
            .collect::<Result<_, Error>>()?,
    };
    let figures = figures(ledger, top)?;
    Ok(Brief {
        totals: ledger.totals()?,
        top,
        outlets: ledger.outlets(3)?,
        finding_counts: ledger.finding_counts()?,
        differs: ledger.findings(&[], top, 0)?,
        timeline,
        speakers,
        figures,
    })
}

/// How much of a sentence a brief shows at least, in bytes.
const SHOWN: usize = 100;

/// The days of which most reports speak. What is left of a day without its datelines and headings
/// may be nothing: such a day is passed over.
fn timeline(ledger: &Ledger, top: usize) -> Result<Top<Day>, Error> {
    let lines = top.div_ceil(8).max(1);
    let found = ledger.timeline(top.saturating_mul(2))?;
    let mut days = Vec::new();
    for day in &found.rows {
        let dated = ledger.dated(day.day, STATEMENTS_SEEN)?;
        let told = dated.rows.iter().filter(|dated| is_sentence(&dated.text));
        let mut all = gathered(told.map(dated_told));
        // What most reports carry first; then what was written after the day before what was
        // written ahead of it; then what shows its date when shortened ("Cranes moved on Monday …
        // after a deal was signed on Sunday" looks wrong on Sunday); then what stands near the head
        // of its report.
        all.sort_by_key(|told| {
            let place = &told.places[0];
            let is_ahead = place.published.is_none() || told.is_planned(day.day);
            let is_cut = told.dated_at > SHOWN;
            (Reverse(told.places.len()), is_ahead, is_cut, place.start)
        });
        let more = all.len().saturating_sub(lines) + dated.total - dated.rows.len();
        all.truncate(lines);
        if !all.is_empty() {
            days.push(Day { day: day.day, reports: day.reports, lines: all, more });
        }
    }
    let passed_over = found.rows.len() - days.len();
    days.sort_by_key(|day| (Reverse(day.reports), day.day));
    days.truncate(top);
    days.sort_by_key(|day| day.day);
    Ok(Top { rows: days, total: found.total - passed_over })
}

/// Whether a text ends as sentences do: datelines ("PORT VARROW, March 3 (HPW) —"), headings and
/// captions mostly do not.
fn is_sentence(text: &str) -> bool {
    let closing =
        |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']');
    text.trim_end_matches(closing).ends_with(['.', '!', '?', '…', ',', ';', ':'])
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

fn dated_told(dated: &Dated) -> Told {
    let place = Place {
        pointer: pointer(&dated.report, dated.code_points),
        start: dated.code_points[0],
        outlet: dated.outlet.clone(),
        published: dated.published,
    };
    let dated_at = dated.timex.span.start.saturating_sub(dated.sentence.start) as usize;
    Told { text: dated.text.clone(), places: vec![place], dated_at }
}

/// The same words in several places stand once, with all their places.
fn gathered(all: impl Iterator<Item = Told>) -> Vec<Told> {
    let mut gathered: Vec<(String, Told)> = Vec::new();
    for told in all {
        let key = words_only(&told.text);
        match gathered.iter_mut().find(|(known, _)| *known == key) {
            Some((_, known)) => known.places.extend(told.places),
            None => gathered.push((key, told)),
        }
    }
    gathered.into_iter().map(|(_, told)| told).collect()
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
    Ok(Said { speaker, lines: all })
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
            "timeline": {"total": self.timeline.total, "top": self.timeline.rows.iter()
                .map(|day| json!({
                    "day": day.day.to_string(), "reports": day.reports, "more": day.more,
                    "sentences": day.lines.iter().map(told_json).collect::<Vec<_>>(),
                }))
                .collect::<Vec<_>>()},
            "who_said_what": {"total": self.speakers.total, "top": self.speakers.rows.iter()
                .map(|said| json!({
                    "speaker": said.speaker.name, "type": said.speaker.kind,
                    "statements": said.speaker.statements, "reports": said.speaker.reports,
                    "outlets": said.speaker.outlets,
                    "top": said.lines.iter().map(said_json).collect::<Vec<_>>(),
                }))
                .collect::<Vec<_>>()},
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
