//! A text with a block of fields before it, as Markdown files have.
//!
//! ```text
//! ---
//! title: Dockers walk out
//! date: 2024-03-13
//! ---
//! The dockers …
//! ```
//!
//! The block is part of the text as read, marked as front matter. `+++` with `key = "value"` is
//! read too. Not handled: nested fields; lists other than `[a, b]`.

use crate::fields::Fields;
use crate::lines::lines;
use crate::plain::{self, Headline};
use onrecord_model::{NotText, NotTextKind, Report, Span};
use serde_json::{Map, Value};

/// The fields, and the byte at which the text after the block begins; none if the text does not
/// open with such a block.
pub(crate) fn split(text: &str) -> Option<(Map<String, Value>, usize)> {
    let start =
        text.len() - text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}').len();
    let rest = &text[start..];
    let (fence, separator) = match rest.as_bytes() {
        [b'-', b'-', b'-', ..] => ("---", ':'),
        [b'+', b'+', b'+', ..] => ("+++", '='),
        _ => return None,
    };
    let mut fields = Map::new();
    let mut at = start;
    for (number, line) in rest.split_inclusive('\n').enumerate() {
        at += line.len();
        let words = line.trim();
        match number {
            0 if words == fence => continue,
            0 => return None,
            1..=200 if words == fence || words == "..." && fence == "---" => {
                return (!fields.is_empty()).then_some((fields, at));
            }
            1..=200 => {}
            _ => return None,
        }
        if words.is_empty() || words.starts_with(['#', '-', ' ']) || line.starts_with([' ', '\t']) {
            continue;
        }
        let (name, value) = words.split_once(separator)?;
        let name = name.trim();
        if name.is_empty() || name.contains(char::is_whitespace) {
            return None;
        }
        fields.insert(name.to_owned(), Value::String(unquoted(value.trim()).to_owned()));
    }
    None
}

fn unquoted(value: &str) -> &str {
    let value = value.strip_prefix('[').and_then(|v| v.strip_suffix(']')).unwrap_or(value).trim();
    ['"', '\'']
        .iter()
        .find_map(|&mark| value.strip_prefix(mark)?.strip_suffix(mark))
        .unwrap_or(value)
}

/// The report of a text with front matter.
pub(crate) fn report(text: &str, source_file: &str) -> Option<Report> {
    let (fields, at) = split(text)?;
    let fields = Fields::take(fields);
    let mut report = Report {
        source_file: source_file.to_owned(),
        part: 1,
        text: text.to_owned(),
        ..Report::default()
    };
    report
        .not_text
        .push(NotText { span: Span::new(0, at).trim(text), kind: NotTextKind::FrontMatter });
    let body = lines(&text[at..]);
    // The headline: a first line that is the title, or "# " and a heading.
    let headline = body.first().and_then(|line| {
        let words = line.of(&text[at..]);
        let bare = words.trim_start_matches('#').trim_start();
        let is_title = fields
            .headline
            .as_deref()
            .is_some_and(|title| crate::lines::fold(title) == crate::lines::fold(bare));
        let start = at + line.span.end as usize - bare.len();
        (is_title || bare.len() < words.len()).then(|| Span::new(start, start + bare.len()))
    });
    let title = fields.headline.clone();
    fields.fill(&mut report);
    plain::describe(&mut report, Headline::Known(headline));
    // The title stands in the block itself: there are the headline's words, and they are report.
    if report.headline.is_none()
        && let Some(title) = title.filter(|title| !title.is_empty())
        && let Some(found) = text[..at].find(&title)
    {
        let headline = Span::new(found, found + title.len());
        let block = report.not_text.remove(0).span.range();
        let pieces = [Span::new(block.start, found), Span::new(found + title.len(), block.end)];
        let marks = pieces.map(|span| NotText { span, kind: NotTextKind::FrontMatter });
        report.not_text.splice(0..0, marks);
        report.headline = Some(headline);
    }
    Some(report)
}
