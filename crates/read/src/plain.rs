//! A plain text as it was scraped: one report or several, and what beside them.
//!
//! ```text
//! Strike ends          →  report 1
//! The dockers …
//!
//!
//! Mayor resigns        →  report 2: it begins at its own headline, which its page says twice
//! TT
//! Mayor resigns
//! The mayor …
//! ```
//!
//! Every character belongs to one report; joined, the reports are the text. A new report needs
//! proof: a headline-like line after a gap, and what stands over a report only (itself again, a
//! caption, a credit, a byline, a dateline). Not handled: reports that follow one another bare.

use crate::lines::{Line, lines};
use crate::{furniture, heading, language};
use onrecord_model::{CodePoints, Published, PublishedFrom, Report, Span};

/// The reports of a plain text, in order.
pub(crate) fn reports(text: &str, source_file: &str) -> Vec<Report> {
    let lines = lines(text);
    let starts = starts(text, &lines);
    let points = CodePoints::new(text);
    let mut reports = Vec::with_capacity(starts.len());
    for (at, &start) in starts.iter().enumerate() {
        let end = starts.get(at + 1).copied().unwrap_or(text.len());
        let mut report = Report {
            source_file: source_file.to_owned(),
            part: at as u32 + 1,
            has_siblings: starts.len() > 1,
            start: points.at(start),
            text: text[start..end].to_owned(),
            ..Report::default()
        };
        describe(&mut report, Headline::InText);
        reports.push(report);
    }
    reports
}

/// Where the headline of a report is known from.
pub(crate) enum Headline {
    /// It may be the text's first line.
    InText,
    /// It is here, or there is none.
    Known(Option<Span>),
}

/// Fills in what the text of a report tells: headline, byline, dateline, date, language, and what is
/// not its own words. What is known already stays.
pub(crate) fn describe(report: &mut Report, headline: Headline) {
    let text = report.text.as_str();
    let lines = lines(text);
    report.headline = match headline {
        Headline::InText => heading::headline(text, &lines),
        Headline::Known(headline) => headline,
    };
    let byline = heading::byline_in(text, &lines, report.headline);
    let known = std::mem::take(&mut report.not_text);
    let mut own: Vec<Span> = known.iter().map(|mark| mark.span).collect();
    own.extend(report.headline);
    own.extend(byline.as_ref().and_then(|byline| byline.span));
    own.sort();
    let mut marks = furniture::marks(text, &lines, report.headline, &own);
    let is_own = |line: &Line| furniture::touches(&own, line.span);
    let is_marked =
        |line: &Line| marks.binary_search_by_key(&line.span.start, |mark| mark.span.start).is_ok();
    let body = lines.iter().filter(|line| !is_own(line) && !is_marked(line));
    // The dateline opens the body; a kicker or a summary may stand before.
    report.dateline = body.take(3).find_map(|line| heading::dateline(text, line.span));
    if report.published.is_none() {
        let date = heading::published(text, &lines, report.dateline.as_ref());
        report.published = date.map(|date| Published { date, from: PublishedFrom::Text });
    }
    if report.language.is_none() {
        report.language = language::language(text);
    }
    report.byline = match (report.byline.take(), byline) {
        (Some(known), found) => {
            let span = found.and_then(|found| found.span);
            Some(onrecord_model::Byline { span: known.span.or(span), ..known })
        }
        (None, found) => found,
    };
    marks.extend(known);
    marks.sort_by_key(|mark| mark.span);
    report.not_text = marks;
}

/// The bytes at which reports start; the first is 0.
fn starts(text: &str, lines: &[Line]) -> Vec<usize> {
    let mut starts = vec![0];
    let mut has_body = false;
    for (at, line) in lines.iter().enumerate() {
        let words = line.of(text);
        let is_gap =
            line.gap >= 2 || line.is_new_page || at > 0 && is_separator(lines[at - 1].of(text));
        if has_body
            && is_gap
            && heading::is_headline_like(words)
            && is_over_a_report(text, &lines[at..])
        {
            starts.push(line.span.start as usize);
            has_body = false;
            continue;
        }
        has_body |= furniture::is_prose(words) && furniture::kind(words, !has_body).is_none();
    }
    starts
}

/// A line of marks between two things: "* * *", "-----", "___".
fn is_separator(words: &str) -> bool {
    words.len() >= 3
        && words.chars().all(|c| matches!(c, '*' | '-' | '_' | '=' | '#' | '~' | ' ' | '—' | '•'))
}

/// Whether what follows the headline-like first line stands over a report only: the line again, a
/// caption, a credit, a byline, a date, a dateline; and then prose.
fn is_over_a_report(text: &str, lines: &[Line]) -> bool {
    let headline = lines[0].of(text);
    let mut is_proven = false;
    for (at, line) in lines.iter().enumerate().skip(1).take(12) {
        let words = line.of(text);
        let is_double = lines.get(at + 1).is_some_and(|next| next.of(text) == words);
        let is_double = is_double || lines[at - 1].of(text) == words;
        if words == headline || is_double {
            is_proven = true;
            continue;
        }
        let kind = furniture::kind(words, true);
        let is_known = matches!(
            kind,
            Some(onrecord_model::NotTextKind::Caption | onrecord_model::NotTextKind::Credit)
        );
        if is_known
            || heading::byline(words).is_some()
            || heading::published(text, &lines[at..=at], None).is_some()
        {
            is_proven = true;
            continue;
        }
        if kind.is_some() {
            continue;
        }
        if heading::dateline(text, line.span).is_some() {
            return true;
        }
        if furniture::is_prose(words) {
            return is_proven;
        }
    }
    false
}
