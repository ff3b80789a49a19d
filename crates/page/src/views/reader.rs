//! A report's text, with all that stands in it marked, and notes beside each paragraph.
//!
//! ```text
//! The union said on Monday that 2,600 members …     │ Union of Quay Workers said
//! ^^^^^^^^^ ^^^^ ^^ ^^^^^^      ^^^^^                │ 3 Mar 2025 · 2,600 members
//! ```
//!
//! Every mark leads to where else the thing appears. Not handled: a copied passage's other side
//! beside it.

use crate::address::{self, Ask};
use crate::answer::{Record, Table, View, Wrong};
use crate::data::Finding;
use crate::marked::{Mark, marked};
use crate::parts;
use crate::views::measures;
use crate::words::{self, count, cut, day, n, t, time};
use maud::{Markup, html};
use onrecord_engine::formats;
use onrecord_engine::ledger::{Place, Stored, Wanted};
use onrecord_engine::readings;
use onrecord_model::{ActorType, CodePoints, Date, FindingKind, Mode, Quantity, Span, Statement};
use serde::{Serialize, Serializer};
use serde_json::Value;
use std::collections::BTreeMap;

/// Bytes of a line beyond which a text's lines are paragraphs.
const BROKEN: usize = 160;

/// Findings that are listed at the head.
const FINDINGS: usize = 50;

/// A report; as data, the line that `onrecord annotate --with-text` prints for it.
pub(crate) struct Reader {
    stored: Stored,
    findings: Vec<Finding>,
    /// Quotations that stand elsewhere, too: where, which, in how many places besides.
    elsewhere: Vec<(Span, Place, usize)>,
    /// Figures that are of a measure of several reports: where each begins, in bytes; in how many
    /// reports; the measure's page.
    measures: BTreeMap<u32, (usize, String)>,
    /// Events that other reports tell, too: by number, in how many places besides.
    told: BTreeMap<usize, usize>,
    at: Option<Span>,
}

impl Serialize for Reader {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let line = formats::json::line(&self.stored.report, &self.stored.analysis, true);
        let value: Value = serde_json::from_str(&line).map_err(serde::ser::Error::custom)?;
        value.serialize(serializer)
    }
}

/// One report and all that stands in it.
#[utoipa::path(get, path = "/api/report/{name}", operation_id = "report",
    params(("name" = String, Path), ("format" = Option<String>, Query)),
    responses((status = 200, description = "The line that `onrecord annotate --with-text` prints", body = Object),
        (status = 404, description = "there is none")))]
pub(crate) fn load(record: &Record<'_>, ask: &Ask) -> Result<Reader, Wrong> {
    let name = ask.name(1);
    let Some(stored) = record.ledger.report(&name)? else {
        return Err(Wrong::Missing(format!("report called {name}")));
    };
    let wanted = Wanted { report: Some(name.clone()), evidence: Some(1), ..Wanted::default() };
    let findings = record.ledger.findings_of(&wanted, FINDINGS, 0)?;
    let mut elsewhere = Vec::new();
    for (item, others) in record.ledger.linked("quotations", &name)? {
        let pieces = readings(&[&item.body]).pop().map(|reading| reading.pieces);
        for piece in pieces.into_iter().flatten() {
            let end = piece.start + piece.text.len() as u32;
            elsewhere.push((Span { start: piece.start, end }, item.place.clone(), others));
        }
    }
    let mut told = BTreeMap::new();
    for (item, others) in record.ledger.linked("events", &name)? {
        told.insert(item.place.number as usize, others);
    }
    let first = Place { report: name.clone(), number: 0 };
    let known = record.sums.told.range(first..).take_while(|(place, _)| place.report == name);
    told.extend(known.map(|(place, &others)| (place.number as usize, others)));
    let length = stored.report.text.len();
    let points = CodePoints::new(&stored.report.text);
    let mut measures = BTreeMap::new();
    for quantity in &stored.analysis.quantities {
        let start = points.span(quantity.span)[0];
        if let Some(at) = record.sums.measures.at(&name, start) {
            let series = &record.sums.measures.all[at];
            let shared = (series.reports(), measures::address(series));
            measures.insert(quantity.span.start, shared);
        }
    }
    let at = ask.at().map(|at| points.bytes(at)).filter(|at| at.end as usize <= length);
    let findings = findings.rows.iter().map(Finding::of).collect();
    Ok(Reader { findings, elsewhere, measures, told, at, stored })
}

impl Reader {
    /// The words that attribute a statement.
    fn cue(&self, statement: &Statement) -> String {
        let words = statement.cue.iter().map(|span| span.of(&self.stored.report.text));
        words.collect::<Vec<_>>().join(" ")
    }

    fn statement_note(&self, statement: &Statement) -> String {
        let who = statement.speaker.as_ref().map_or("no speaker named", |party| &party.name);
        let cue = self.cue(statement);
        let mut note = format!("{}: {}", cut(who, 60), parts::cue_or_act(&cue, statement.act));
        if statement.is_negated {
            note.push_str(" (not)");
        }
        for party in &statement.via {
            note.push_str(&format!(", through {}", cut(&party.name, 40)));
        }
        note
    }

    /// All marks on the text; those that lead somewhere more exactly come later.
    fn marks(&self) -> Vec<Mark> {
        let report = &self.stored.report;
        let analysis = &self.stored.analysis;
        let mut marks = Vec::new();
        for piece in &report.not_text {
            let title = Some(format!("not report text: {}", piece.kind.as_str().replace('-', " ")));
            marks.push(Mark { title, ..Mark::plain(piece.span, "aside") });
        }
        for (span, name, _) in self.passages() {
            let title = Some(format!("also in {name}"));
            marks.push(Mark { title, ..Mark::plain(span, "carried") });
        }
        for statement in &analysis.statements {
            let key = statement.id.to_string();
            let class = match statement.mode {
                Mode::Indirect => "said indirect",
                _ => "said",
            };
            let note = self.statement_note(statement);
            for (place, &span) in statement.content.iter().enumerate() {
                marks.push(Mark {
                    note: Some(key.clone()),
                    title: Some(note.clone()),
                    id: (place == 0).then(|| key.clone()),
                    ..Mark::plain(span, class)
                });
            }
            let link = statement.speaker.as_ref().filter(|party| has_page(party.kind));
            let link = link.map(|party| address::speaker(&party.name, party.kind));
            for &span in &statement.source {
                let note = Some(key.clone());
                marks.push(Mark { note, link: link.clone(), ..Mark::plain(span, "source-words") });
            }
        }
        for (span, place, _) in &self.elsewhere {
            let link = Some(address::quotation(place));
            marks.push(Mark { link, ..Mark::plain(*span, "elsewhere") });
        }
        for timex in &analysis.times {
            let date = timex.value.get(..10).and_then(|day| day.parse::<Date>().ok());
            marks.push(Mark {
                link: date.map(address::day),
                title: Some(format!("{} {}", timex.kind, timex.value)),
                ..Mark::plain(timex.span, "date")
            });
        }
        for (number, event) in analysis.events.iter().enumerate() {
            let others = self.told.get(&number);
            let link = others.map(|_| self.event_page(number));
            let link = link.or_else(|| event.when.as_deref().map(address::moment));
            let told = others.map(|&others| format!("told by {} more", n(others)));
            let when = event.when.as_deref().map(words::moment);
            let title: Vec<String> = when.into_iter().chain(told).collect();
            let title = (!title.is_empty()).then(|| title.join(", "));
            marks.push(Mark { link, title, ..Mark::plain(event.word, "event") });
        }
        for quantity in &analysis.quantities {
            marks.push(Mark {
                link: self.figure_page(quantity),
                title: Some(figure_told(quantity)),
                ..Mark::plain(quantity.span, "figure")
            });
        }
        if let Some(at) = self.at {
            marks.push(Mark { id: Some("at".to_owned()), ..Mark::plain(at, "at") });
        }
        marks
    }

    /// What several reports count, else all that is counted in the same words.
    fn figure_page(&self, quantity: &Quantity) -> Option<String> {
        let shared = self.measures.get(&quantity.span.start);
        shared.map(|(_, address)| address.clone()).or_else(|| {
            let counted = quantity.counted.as_deref()?;
            Some(address::counted(counted, quantity.unit.as_deref()))
        })
    }

    fn event_page(&self, number: usize) -> String {
        let report = self.stored.name.clone();
        address::event(&Place { report, number: u32::try_from(number).unwrap_or(u32::MAX) })
    }

    /// Passages that other reports have, too: where, in which, where there.
    fn passages(&self) -> Vec<(Span, String, [u32; 2])> {
        let points = CodePoints::new(&self.stored.report.text);
        let mut found = Vec::new();
        let copies = self.findings.iter().filter(|finding| finding.kind == FindingKind::Copy);
        for finding in copies {
            let of_copies = finding.detail.get("copies").and_then(Value::as_array);
            let lists = of_copies
                .into_iter()
                .flatten()
                .filter_map(|copy| copy.get("passages"))
                .chain(finding.detail.get("passages"));
            for pair in lists.filter_map(Value::as_array).flatten() {
                let side = |at: usize| -> Option<(&str, [u32; 2])> {
                    let side = pair.get(at)?;
                    let span = serde_json::from_value(side.get("span")?.clone()).ok()?;
                    Some((side.get("report")?.as_str()?, span))
                };
                let (Some(a), Some(b)) = (side(0), side(1)) else { continue };
                for (own, other) in [(a, b), (b, a)] {
                    if own.0 == self.stored.name && other.0 != self.stored.name {
                        found.push((points.bytes(own.1), other.0.to_owned(), other.1));
                    }
                }
            }
        }
        found.sort();
        found.dedup();
        found
    }

    /// The report's text by paragraphs: lines without a blank one between; each line by itself
    /// where one is so long that lines are not broken to a width.
    fn paragraphs(&self) -> Vec<Span> {
        let text = &self.stored.report.text;
        let is_unbroken = text.lines().any(|line| line.len() > BROKEN);
        let mut paragraphs: Vec<Span> = Vec::new();
        let mut start = None;
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let is_blank = line.trim().is_empty();
            let end = at + line.trim_end_matches(['\n', '\r']).len();
            match (is_blank, start) {
                (true, Some(from)) => {
                    paragraphs.push(Span::new(from, at).trim(text));
                    start = None;
                }
                (false, None) => start = Some(at),
                _ => {}
            }
            // The headline is a paragraph of its own.
            let heads = self.stored.report.headline.is_some_and(|span| span.end as usize == end);
            if let (true, Some(from)) = (heads || is_unbroken, start) {
                paragraphs.push(Span::new(from, end).trim(text));
                start = None;
            }
            at += line.len();
        }
        paragraphs.extend(start.map(|from| Span::new(from, text.len()).trim(text)));
        paragraphs
    }

    fn note_of(&self, statement: &Statement) -> Markup {
        let elsewhere = self
            .elsewhere
            .iter()
            .find(|(span, ..)| statement.content.iter().any(|content| content.overlaps(*span)));
        html! {
            li.note-said id=(format!("n-{}", statement.id)) data-for=(statement.id) {
                @match &statement.speaker {
                    Some(party) if has_page(party.kind) => (parts::speaker(&party.name, Some(party.kind))),
                    Some(party) => span.speaker { (t(&cut(&party.name, 60))) },
                    None => span.soft { "no speaker named" },
                }
                " "
                span.how {
                    @if statement.is_negated { "not: " }
                    (t(parts::cue_or_act(&self.cue(statement), statement.act)))
                    @for party in &statement.via { ", through " (t(&cut(&party.name, 40))) }
                    @if let Some(venue) = &statement.venue { ", " (t(&cut(venue, 30))) }
                }
                @if let Some((_, place, others)) = elsewhere { " · " (parts::readings(place, *others)) }
            }
        }
    }

    fn notes(&self, paragraph: Span, passages: &[(Span, String, [u32; 2])]) -> Markup {
        let analysis = &self.stored.analysis;
        let starts =
            |spans: &[Span]| spans.first().is_some_and(|span| paragraph.has(span.start as usize));
        let here = |span: Span| paragraph.has(span.start as usize);
        let said: Vec<&Statement> =
            analysis.statements.iter().filter(|statement| starts(&statement.content)).collect();
        let mut dates: Vec<Date> = analysis
            .times
            .iter()
            .filter(|timex| here(timex.span))
            .filter_map(|timex| timex.value.get(..10)?.parse().ok())
            .collect();
        dates.dedup();
        let figures: Vec<_> =
            analysis.quantities.iter().filter(|quantity| here(quantity.span)).collect();
        let events: Vec<(usize, usize)> = (analysis.events.iter().enumerate())
            .filter(|(_, event)| here(event.word))
            .filter_map(|(number, _)| Some((number, *self.told.get(&number)?)))
            .collect();
        let mut carried: Vec<(&str, [u32; 2])> = passages
            .iter()
            .filter(|(span, ..)| span.overlaps(paragraph))
            .map(|(_, name, there)| (name.as_str(), *there))
            .collect();
        carried.dedup_by_key(|(name, _)| *name);
        let text = &self.stored.report.text;
        html! {
            @if !said.is_empty() || !dates.is_empty() || !figures.is_empty() || !events.is_empty() || !carried.is_empty() {
                ul.notes {
                    @for statement in said { (self.note_of(statement)) }
                    @if !dates.is_empty() {
                        li.note-date {
                            @for (place, date) in dates.iter().enumerate() {
                                @if place > 0 { " · " }
                                a href=(address::day(*date)) { (day(*date)) }
                            }
                        }
                    }
                    @if !figures.is_empty() {
                        li.note-figure {
                            @for (place, quantity) in figures.iter().enumerate() {
                                @if place > 0 { " · " }
                                @let words = cut(quantity.span.of(text), 48);
                                @match self.figure_page(quantity) {
                                    Some(page) => a href=(page) { (t(&words)) },
                                    None => (t(&words)),
                                }
                                @if let Some((reports, _)) = self.measures.get(&quantity.span.start) {
                                    ", in " (count(*reports, "report", "reports"))
                                }
                            }
                        }
                    }
                    @for (number, others) in events {
                        li.note-event {
                            a href=(self.event_page(number)) {
                                "“" (t(&cut(analysis.events[number].span.of(text), 40))) "”"
                            }
                            " told by " (n(others)) " more"
                        }
                    }
                    @if !carried.is_empty() {
                        li.note-carried {
                            "also in "
                            @for (place, (name, there)) in carried.iter().take(3).enumerate() {
                                @if place > 0 { ", " }
                                a href=(address::place(name, *there)) { (t(name)) }
                            }
                            @if carried.len() > 3 { " and " (n(carried.len() - 3)) " more" }
                        }
                    }
                }
            }
        }
    }
}

/// Whether all that somebody said can be asked for under their name.
fn has_page(kind: ActorType) -> bool {
    kind != ActorType::Place
}

fn figure_told(quantity: &Quantity) -> String {
    let number = |value: Option<f64>| value.map(crate::words::number);
    let value =
        number(quantity.value).or_else(|| match (number(quantity.low), number(quantity.high)) {
            (Some(low), Some(high)) => Some(format!("{low} to {high}")),
            (low, high) => low.or(high),
        });
    let mut told = format!("{} {}", quantity.bound, value.unwrap_or_default());
    if let Some(unit) = &quantity.unit {
        told.push_str(&format!(" {unit}"));
    }
    told
}

impl View for Reader {
    const PLACE: &'static str = "/reports";

    fn load(record: &Record<'_>, ask: &Ask) -> Result<Self, Wrong> {
        load(record, ask)
    }

    fn title(&self) -> String {
        let headline = self.stored.report.headline_text();
        headline.map_or_else(|| self.stored.name.clone(), |headline| cut(headline, 90))
    }

    fn html(&self, _: &Ask) -> Markup {
        let Stored { name, revision, superseded_by, report, analysis, .. } = &self.stored;
        let marks = self.marks();
        let passages = self.passages();
        let headline = report.headline;
        let toggles = [
            ("said", "Statements", analysis.statements.len()),
            ("date", "Dates", analysis.times.len()),
            ("figure", "Figures", analysis.quantities.len()),
            ("event", "Events", analysis.events.len()),
            ("carried", "Copied", passages.len()),
            ("aside", "Not report text", report.not_text.len()),
        ];
        let paragraphs = self.paragraphs();
        html! {
            article.reader {
                p.from.head {
                    @if let Some(outlet) = &report.outlet {
                        a href=(format!("/reports?outlet={}", address::encoded(outlet))) { (t(outlet)) } " · "
                    }
                    (time(report.published_on()))
                    @if let Some(byline) = &report.byline { " · " (t(&cut(&byline.name, 80))) }
                    " · " span.soft { (t(name)) }
                    @if *revision > 1 { " · revision " (revision) }
                }
                h1 {
                    @match headline { Some(span) => (marked(&report.text, span, &marks)), None => (t(name)) }
                }
                @if let Some(newer) = superseded_by {
                    p.problem { "A newer revision replaced this: " a href=(address::report(newer)) { (t(newer)) } }
                }
                @if !self.findings.is_empty() {
                    details.findings {
                        summary { (count(self.findings.len(), "finding rests", "findings rest")) " on this report" }
                        ul {
                            @for finding in &self.findings {
                                li { a href=(finding.address) { (parts::kind(finding.kind)) } " " (t(&cut(&finding.reading, 220))) }
                            }
                        }
                    }
                }
                fieldset.toggles {
                    legend { "Show" }
                    @for (class, label, count) in toggles {
                        @if count > 0 {
                            label class=(format!("key-{class}")) {
                                input type="checkbox" id=(format!("show-{class}")) checked;
                                span { (label) } " " span.number { (n(count)) }
                            }
                        }
                    }
                }
                div.text {
                    @for paragraph in &paragraphs {
                        @let is_headline = headline.is_some_and(|headline| headline.contains(*paragraph));
                        @if !paragraph.is_empty() && !is_headline {
                            div.para {
                                p lang=[report.language.as_deref()] { (marked(&report.text, *paragraph, &marks)) }
                                (self.notes(*paragraph, &passages))
                            }
                        }
                    }
                }
                @if let Some(url) = report.url.as_deref().filter(|url| is_web(url)) {
                    p.from { "Published at " a href=(t(url)) rel="noreferrer noopener external" { (t(&cut(url, 90))) } }
                }
            }
        }
    }

    fn table(&self) -> Table {
        let report = &self.stored.report;
        let points = CodePoints::new(&report.text);
        let words = |spans: &[Span]| -> String {
            let words: Vec<&str> = spans.iter().map(|span| span.of(&report.text)).collect();
            crate::words::line(&words.join(" … "))
        };
        let rows = self.stored.analysis.statements.iter().map(|statement| {
            let party = statement.speaker.as_ref();
            let whole =
                statement.content.iter().chain(&statement.source).copied().reduce(Span::join);
            let pointer = whole
                .map(|span| onrecord_engine::show::pointer(&self.stored.name, points.span(span)));
            vec![
                statement.id.to_string(),
                party.map(|party| party.name.clone()).unwrap_or_default(),
                words(&statement.content),
                words(&statement.source),
                words(&statement.cue),
                statement.mode.to_string(),
                statement.act.to_string(),
                pointer.unwrap_or_default(),
            ]
        });
        let columns = &["statement", "speaker", "text", "source", "cue", "mode", "act", "pointer"];
        Table { columns, rows: rows.collect() }
    }
}

/// Only addresses of the web are links: a report may say `javascript:`.
fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}
