//! Quotations that several reports give; and the readings of one, laid against each other word by
//! word.

use crate::address::{self, Ask};
use crate::answer::{Record, Table, View, Wrong};
use crate::data::{At, Paged, iso_cell};
use crate::marked::{Mark, marked};
use crate::parts;
use crate::words::{count, cut, line, n, t};
use maud::{Markup, html};
use onrecord_engine::ledger::{Cause, Family, Ledger, Place, StoredItem};
use onrecord_engine::{Reading, readings};
use onrecord_model::{CodePoints, Span};
use serde::Serialize;
use utoipa::ToSchema;

/// Readings that are laid against each other: those with the same words count once.
const LAID: usize = 24;

/// Quotations on a page.
const ROWS: usize = 40;

/// Places of the same words that are told one by one.
const ALSO: usize = 200;

/// And that are shown at once.
const FIRST: usize = 12;

/// One report's reading of an utterance.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct ReadingRow {
    /// The quoted words; stretches parted by " … ".
    text: String,
    /// The words that are other than in the reading it was laid against.
    changed: Vec<String>,
    speaker: Option<String>,
    #[serde(flatten)]
    at: At,
    /// Other reports with the same words.
    also: Vec<At>,
    /// And in so many places more.
    more: usize,
    #[serde(skip)]
    marks: Vec<Span>,
}

/// One utterance and its readings, the earliest first.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QuotationRow {
    speaker: Option<String>,
    /// Its words, as the report that was read first has them.
    text: String,
    /// Places at which it stands.
    places: usize,
    /// Whether its readings differ: in words, or in who said them.
    differs: bool,
    address: String,
    /// Where it stood first.
    first: At,
}

/// A page of quotations.
#[derive(Debug, Serialize)]
pub(crate) struct Quotations(Paged<QuotationRow>);

/// Quotations that several reports give, those in most places first.
#[utoipa::path(get, path = "/api/quotations", operation_id = "quotations",
    params(("page" = Option<usize>, Query), ("rows" = Option<usize>, Query), ("format" = Option<String>, Query)),
    responses((status = 200, body = Paged<QuotationRow>)))]
pub(crate) fn load(record: &Record<'_>, ask: &Ask) -> Result<Quotations, Wrong> {
    let families = &record.sums.quotations;
    let most = ask.rows().min(ROWS);
    let mut rows = Vec::new();
    for kin in families.iter().skip((ask.page() - 1) * most).take(most) {
        let Some(item) = record.ledger.item("quotations", &kin.first)? else { continue };
        let Some(reading) = readings(&[&item.body]).pop() else { continue };
        rows.push(QuotationRow {
            first: place_of(record.ledger, &item, &reading)?,
            text: text(&reading),
            speaker: reading.speaker,
            places: kin.items,
            differs: kin.has_findings,
            address: address::quotation(&kin.first),
        });
    }
    let pages = families.len().div_ceil(most).max(1);
    Ok(Quotations(Paged { total: families.len(), page: ask.page(), pages, rows }))
}

/// The readings of a family, those with the same words as one.
fn family(ledger: &Ledger, place: &Place) -> Result<Option<Vec<ReadingRow>>, Wrong> {
    let family = match ledger.family_of("quotations", place) {
        Ok(family) => family,
        Err(error)
            if matches!(error.cause, Cause::UnknownItem { .. } | Cause::UnknownReport(_)) =>
        {
            return Ok(None);
        }
        Err(error) => return Err(error.into()),
    };
    Ok(Some(rows(ledger, &family)?))
}

fn rows(ledger: &Ledger, family: &Family) -> Result<Vec<ReadingRow>, Wrong> {
    let mut known: Vec<(String, usize)> = Vec::new();
    let mut firsts: Vec<usize> = Vec::new();
    let mut also: Vec<Vec<usize>> = Vec::new();
    for (at, item) in family.items.iter().enumerate() {
        let Some(reading) = readings(&[&item.body]).pop() else { continue };
        let folded: String = text(&reading)
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect();
        match known.iter().find(|(words, _)| *words == folded) {
            Some(&(_, place)) => also[place].push(at),
            None if firsts.len() < LAID => {
                known.push((folded, firsts.len()));
                firsts.push(at);
                also.push(Vec::new());
            }
            None => {}
        }
    }
    let bodies: Vec<&str> = firsts.iter().map(|&at| family.items[at].body.as_str()).collect();
    let mut rows = Vec::new();
    for ((reading, &first), also) in readings(&bodies).iter().zip(&firsts).zip(&also) {
        let at = |item: usize, reading: &Reading| place_of(ledger, &family.items[item], reading);
        let mut others = Vec::new();
        for &item in also.iter().take(ALSO) {
            if let Some(reading) = readings(&[&family.items[item].body]).pop() {
                others.push(at(item, &reading)?);
            }
        }
        let (text, marks) = laid(reading);
        rows.push(ReadingRow {
            changed: marks.iter().map(|mark| mark.of(&text).to_owned()).collect(),
            text,
            speaker: reading.speaker.clone(),
            at: at(first, reading)?,
            more: also.len().saturating_sub(ALSO),
            also: others,
            marks,
        });
    }
    Ok(rows)
}

/// Where a reading stands in its report, from its first word to its last.
fn place_of(ledger: &Ledger, item: &StoredItem, reading: &Reading) -> Result<At, Wrong> {
    let start = reading.pieces.first().map_or(0, |piece| piece.start);
    let end = reading.pieces.last().map_or(0, |piece| piece.start + piece.text.len() as u32);
    let text = ledger.text(&item.place.report)?.unwrap_or_default();
    let points = CodePoints::new(&text);
    let span = [points.at(start as usize), points.at(end as usize)];
    Ok(At::new(&item.place.report, span, item.outlet.as_deref(), item.published))
}

fn text(reading: &Reading) -> String {
    reading.pieces.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join(" … ")
}

/// A reading's stretches as one text, with the marks on it.
fn laid(reading: &Reading) -> (String, Vec<Span>) {
    let mut text = String::new();
    let mut marks = Vec::new();
    for piece in &reading.pieces {
        if !text.is_empty() {
            text.push_str(" … ");
        }
        let start = text.len();
        let shifted = piece.changed.iter();
        marks.extend(shifted.map(|range| Span::new(start + range.start, start + range.end)));
        text.push_str(&piece.text);
    }
    (text, marks)
}

impl View for Quotations {
    const PLACE: &'static str = "/quotations";

    fn load(record: &Record<'_>, ask: &Ask) -> Result<Self, Wrong> {
        load(record, ask)
    }

    fn title(&self) -> String {
        "Quotations".to_owned()
    }

    fn html(&self, ask: &Ask) -> Markup {
        html! {
            h1 { "Quotations" }
            p.lead {
                (count(self.0.total, "utterance stands", "utterances stand"))
                " in more than one place. Open one for its readings, word by word."
            }
            p.soft {
                a href="/findings?kind=quote-altered" { "Those with other words" } " · "
                a href="/findings?kind=quote-trimmed" { "trimmed" } " · "
                a href="/findings?kind=quote-rendered" { "reworded" } " · "
                a href="/findings?kind=quote-speaker" { "given to two speakers" }
            }
            ol.list {
                @for row in &self.0.rows {
                    li data-item="" {
                        p.who {
                            @match &row.speaker { Some(name) => span.speaker { (t(&cut(name, 80))) }, None => span.soft { "no speaker named" } }
                        }
                        p.words { a.plain href=(row.address) { "“" (t(&cut(row.text.trim_matches(['“', '”', '"']), 320))) "”" } }
                        p.from {
                            (parts::source(&row.first)) " · "
                            a href=(row.address) { "in " (count(row.places, "place", "places")) }
                            @if row.differs { " · " span.changed { "readings differ" } }
                            " " (parts::copy(&row.text, row.speaker.as_deref(), &row.first))
                        }
                    }
                }
            }
            (parts::pager(ask, &self.0))
        }
    }

    fn table(&self) -> Table {
        let rows = self.0.rows.iter().map(|row| {
            let speaker = row.speaker.clone().unwrap_or_default();
            vec![speaker, row.text.clone(), row.places.to_string(), row.differs.to_string()]
        });
        Table { columns: &["speaker", "text", "places", "differs"], rows: rows.collect() }
    }
}

fn sources(places: &[At]) -> Markup {
    html! {
        @for (place, at) in places.iter().enumerate() {
            @if place > 0 { "; " } (parts::source(at))
        }
    }
}

/// One utterance.
#[derive(Debug, Serialize)]
pub(crate) struct Quotation {
    speaker: Option<String>,
    readings: Vec<ReadingRow>,
    /// Whether these are all readings.
    whole: bool,
}

/// The readings of one utterance, the earliest first.
#[utoipa::path(get, path = "/api/quotation/{number}/{report}", operation_id = "quotation",
    params(("number" = u32, Path, description = "number of the quotation in its report, from 0"), ("report" = String, Path),
        ("format" = Option<String>, Query)),
    responses((status = 200, body = Vec<ReadingRow>), (status = 404, description = "there is none")))]
pub(crate) fn load_one(record: &Record<'_>, ask: &Ask) -> Result<Quotation, Wrong> {
    let missing = || Wrong::Missing("such quotation".to_owned());
    let number = ask.parts.get(1).and_then(|number| number.parse().ok()).ok_or_else(missing)?;
    let place = Place { report: ask.name(2), number };
    let readings = family(record.ledger, &place)?.filter(|readings| !readings.is_empty());
    let readings = readings.ok_or_else(missing)?;
    let speaker = readings.iter().find_map(|reading| reading.speaker.clone());
    Ok(Quotation { speaker, whole: readings.len() < LAID, readings })
}

impl View for Quotation {
    const PLACE: &'static str = "/quotations";

    fn load(record: &Record<'_>, ask: &Ask) -> Result<Self, Wrong> {
        load_one(record, ask)
    }

    fn title(&self) -> String {
        let speaker = self.speaker.clone().unwrap_or_else(|| "Quotation".to_owned());
        format!("{speaker}: {}", cut(&self.readings[0].text, 40))
    }

    fn html(&self, _: &Ask) -> Markup {
        let places =
            self.readings.iter().map(|reading| 1 + reading.also.len() + reading.more).sum();
        let differs = self.readings.iter().any(|reading| !reading.changed.is_empty());
        html! {
            h1 { @match &self.speaker { Some(name) => (t(name)), None => "A quotation" } }
            p.lead {
                (count(self.readings.len(), "reading", "readings")) " in "
                (count(places, "place", "places"))
                @if self.readings.len() > 1 { ", the earliest first" } "."
                @if differs { " " span.changed { "Marked" } " words differ." }
            }
            @if !self.whole { p.soft { "Only the first " (LAID) " readings are laid against each other." } }
            ol.readings {
                @for reading in &self.readings {
                    li data-item="" {
                        @let marks = reading.marks.iter().map(|&span| Mark::plain(span, "changed"));
                        @let marks = marks.collect::<Vec<_>>();
                        p.words { (marked(&reading.text, Span::new(0, reading.text.len()), &marks)) }
                        p.from {
                            @if let Some(name) = reading.speaker.as_ref().filter(|name| Some(*name) != self.speaker.as_ref()) {
                                span.role { (t(name)) } " "
                            }
                            (parts::source(&reading.at)) " "
                            (parts::copy(&line(&reading.text), reading.speaker.as_deref(), &reading.at))
                        }
                        @let (first, rest) = reading.also.split_at(reading.also.len().min(FIRST));
                        @if !first.is_empty() { p.from { "Same words in " (sources(first)) } }
                        @if !rest.is_empty() {
                            details {
                                summary { "and " (n(rest.len() + reading.more)) " more" }
                                p.from {
                                    (sources(rest))
                                    @if reading.more > 0 { " and " (n(reading.more)) " more" }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn table(&self) -> Table {
        let row = |reading: &ReadingRow, at: &At| {
            vec![
                reading.speaker.clone().unwrap_or_default(),
                reading.text.clone(),
                reading.changed.join("; "),
                at.outlet.clone().unwrap_or_default(),
                iso_cell(at.published),
                at.report.clone(),
                at.pointer.clone(),
            ]
        };
        let rows = self.readings.iter().flat_map(|reading| {
            std::iter::once(&reading.at).chain(&reading.also).map(move |at| row(reading, at))
        });
        let columns = &["speaker", "text", "changed", "outlet", "published", "report", "pointer"];
        Table { columns, rows: rows.collect() }
    }
}
