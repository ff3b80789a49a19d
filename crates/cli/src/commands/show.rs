//! `onrecord show`: a pointer opened in its place in the text.

use crate::Ended;
use crate::args::Show;
use crate::terminal::{self, ACCENT, BOLD, DIM, MARK};
use onrecord_engine::show::{self, Place};
use onrecord_engine::{Error, Ledger, formats};
use onrecord_model::{CodePoints, Span, Statement};
use std::io::Write;

/// Paragraphs shown on each side of the words pointed at.
const AROUND: u32 = 1;

pub(crate) fn show(args: &Show) -> Result<Ended, Error> {
    let ledger = Ledger::open_read_only(&args.record)?;
    let place = show::open(&ledger, &args.pointer)?;
    let mut out = terminal::stdout();
    if args.json {
        let stored = &place.stored;
        writeln!(out, "{}", formats::json::line(&stored.report, &stored.analysis, true))?;
    } else {
        out.write_all(told(&place, terminal::width()).as_bytes())?;
    }
    Ok(Ended::Well)
}

fn told(place: &Place, width: usize) -> String {
    let report = &place.stored.report;
    let mut out = String::new();
    if let Some(headline) = report.headline_text() {
        out.push_str(&terminal::wrapped(headline, width, ""));
        out = BOLD.of(out) + "\n";
    }
    let day = report.published_on().map(|date| date.to_string());
    let byline = report.byline.as_ref().map(|byline| byline.name.clone());
    let file = match report.has_siblings {
        true => format!("{}, report {}", report.source_file, report.part),
        false => report.source_file.clone(),
    };
    let head: Vec<String> =
        [report.outlet.clone(), day, byline, Some(file)].into_iter().flatten().collect();
    out.push_str(&DIM.of(head.join(" · ")));
    out.push_str("\n\n");
    let whole = Span::new(0, report.text.len());
    let around = place.span.map_or(whole, |span| paragraphs_around(place, span));
    out.push_str(&paragraphs(place, around, width));
    for statement in &place.stored.analysis.statements {
        let spans = statement.source.iter().chain(&statement.cue).chain(&statement.content);
        let Some(extent) = spans.copied().reduce(Span::join) else { continue };
        if place.span.is_some_and(|span| span.overlaps(extent)) {
            out.push_str(&statement_line(statement, extent, place));
        }
    }
    out
}

/// The paragraphs that the span is in, and their neighbours.
fn paragraphs_around(place: &Place, span: Span) -> Span {
    let sentences = &place.stored.analysis.sentences;
    let inside = sentences.iter().filter(|sentence| sentence.span.overlaps(span));
    let (first, last) = inside.fold((u32::MAX, 0), |(first, last), sentence| {
        (first.min(sentence.paragraph), last.max(sentence.paragraph))
    });
    let near = first.saturating_sub(AROUND)..=last.saturating_add(AROUND);
    let shown = sentences.iter().filter(|sentence| near.contains(&sentence.paragraph));
    shown.map(|sentence| sentence.span).fold(span, Span::join)
}

/// Text in paragraphs, the words pointed at marked, what is no report text dimmed.
fn paragraphs(place: &Place, around: Span, width: usize) -> String {
    let report = &place.stored.report;
    let mut out = String::new();
    let mut start = around.start as usize;
    for line in around.of(&report.text).split_inclusive('\n') {
        let span = Span::new(start, start + line.len()).trim(&report.text);
        start += line.len();
        if span.is_empty() {
            continue;
        }
        let is_not_text = report.is_not_text(span.start as usize);
        let words: Vec<String> = words(&report.text, span)
            .map(|word| match place.span {
                Some(marked) if marked.overlaps(word) => self::marked(word, marked, &report.text),
                _ if is_not_text => DIM.of(word.of(&report.text)),
                _ => word.of(&report.text).to_owned(),
            })
            .collect();
        out.push_str(&terminal::wrapped(&words.join(" "), width, ""));
        out.push_str("\n\n");
    }
    out
}

/// A word with what of it is pointed at marked; in brackets at both ends where there are no colours.
fn marked(word: Span, marked: Span, text: &str) -> String {
    let inside = Span { start: word.start.max(marked.start), end: word.end.min(marked.end) };
    let before = Span { start: word.start, end: inside.start }.of(text);
    let after = Span { start: inside.end, end: word.end }.of(text);
    let inside_words = inside.of(text);
    if terminal::has_colours() {
        return format!("{before}{}{after}", MARK.of(inside_words));
    }
    let marked = marked.trim(text);
    let open = if inside.start <= marked.start { "[" } else { "" };
    let close = if inside.end >= marked.end { "]" } else { "" };
    format!("{before}{open}{inside_words}{close}{after}")
}

fn words(text: &str, span: Span) -> impl Iterator<Item = Span> {
    let base = text.as_ptr().addr();
    span.of(text).split_whitespace().map(move |word| {
        let start = word.as_ptr().addr() - base;
        Span::new(start, start + word.len())
    })
}

fn statement_line(statement: &Statement, extent: Span, place: &Place) -> String {
    let speaker = statement.speaker.as_ref().map_or("no speaker named", |party| &party.name);
    let mut words = vec![statement.mode.to_string()];
    words.push(format!("{}{}", if statement.is_negated { "not " } else { "" }, statement.act));
    words.extend(statement.addressee.iter().map(|party| format!("to {}", party.name)));
    words.extend(statement.via.iter().map(|party| format!("through {}", party.name)));
    words.extend(statement.venue.clone());
    words.extend(statement.said_on.iter().map(|day| format!("on {day}")));
    let points = CodePoints::new(&place.stored.report.text).span(extent);
    let pointer = ACCENT.of(show::pointer(&place.stored.name, points));
    format!("{}  {}  {pointer}\n", BOLD.of(speaker), DIM.of(words.join(", ")))
}
