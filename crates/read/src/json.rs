//! A report from a JSON object: fields of a data set, or a line that OnRecord exported.
//!
//! ```text
//! {"headline": "Strike ends", "published": "2024-03-13", "text": "The dockers …"}
//! → text as read: "Strike ends\n\nThe dockers …", headline 0..11
//! ```
//!
//! An exported line gives back the report that was exported, span for span.

use crate::fields::Fields;
use crate::lines::{fold, lines};
use crate::plain::{self, Headline};
use onrecord_model::{
    Byline, CodePoints, Date, Dateline, NotText, Published, PublishedFrom, Report, Span,
};
use serde_json::{Map, Value};

/// The report of one object; the error says in plain words why there is none.
pub(crate) fn report(value: Value, source_file: &str, part: u32) -> Result<Report, String> {
    let Value::Object(object) = value else {
        return Err("it is JSON, but not an object with fields".to_owned());
    };
    if object.contains_key("schema") && object.get("report").is_some_and(Value::is_object) {
        return exported(object);
    }
    let mut fields = Fields::take(object);
    let body = fields.text.take().unwrap_or_default();
    let title = fields.headline.take().unwrap_or_default();
    if body.trim().is_empty() && title.is_empty() {
        return Err("the object has no text: none of its fields is called `text`".to_owned());
    }
    let (text, headline) = with_headline(&title, body);
    let mut report =
        Report { source_file: source_file.to_owned(), part, text, ..Report::default() };
    fields.fill(&mut report);
    plain::describe(&mut report, Headline::Known(headline));
    Ok(report)
}

/// The text as read: the headline, an empty line, the text; the headline once, if the text opens
/// with it.
fn with_headline(title: &str, body: String) -> (String, Option<Span>) {
    if title.is_empty() {
        return (body, None);
    }
    let first = lines(&body).first().copied();
    if let Some(line) = first
        && fold(line.of(&body)) == fold(title)
    {
        return (body, Some(line.span));
    }
    // A title is one line.
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let headline = Span::new(0, title.len());
    let text = if body.is_empty() { title } else { title + "\n\n" + &body };
    (text, Some(headline))
}

/// The report of a line that OnRecord exported with its text.
fn exported(mut line: Map<String, Value>) -> Result<Report, String> {
    let Some(Value::String(text)) = line.remove("text") else {
        return Err("it is an exported line without its text".to_owned());
    };
    match line.get("schema").and_then(Value::as_u64) {
        Some(1) => {}
        _ => return Err("it was exported by another version, in a schema that is not 1".to_owned()),
    }
    let Some(Value::Object(mut fields)) = line.remove("report") else {
        return Err("it is an exported line without its report".to_owned());
    };
    let string = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
    let start =
        fields.get("span").and_then(|span| span.get(0)).and_then(Value::as_u64).unwrap_or(0);
    let start = u32::try_from(start).map_err(|_| "its span is out of bounds".to_owned())?;
    let points = CodePoints::new(&text);
    // Code points of the file to bytes of this text.
    let bytes = |value: &Value| -> Option<Span> {
        let at = |at: usize| u32::try_from(value.get(at)?.as_u64()?).ok()?.checked_sub(start);
        let (from, to) = (at(0)?, at(1)?);
        (from <= to).then(|| points.bytes([from, to]))
    };
    let span = |value: Option<&Value>| value.and_then(|value| bytes(value.get("span")?));
    let not_text = fields.get("not_text").and_then(Value::as_array).into_iter().flatten();
    let mut not_text: Vec<NotText> = not_text
        .filter_map(|piece| {
            let kind = piece.get("kind")?.as_str()?.parse().ok()?;
            Some(NotText { span: bytes(piece.get("span")?)?, kind })
        })
        .collect();
    not_text.sort_by_key(|piece| piece.span);
    let mut end = 0;
    not_text.retain(|piece| {
        let is_apart = piece.span.start >= end;
        end = end.max(piece.span.end);
        is_apart
    });
    let date = |value: Option<&Value>| -> Option<Date> { value?.as_str()?.parse().ok() };
    let published = date(fields.get("published")).map(|date| {
        let from = fields.get("published_from").and_then(Value::as_str);
        let from = from.and_then(|from| from.parse().ok()).unwrap_or(PublishedFrom::Page);
        Published { date, from }
    });
    let byline = match fields.get("byline") {
        Some(Value::String(name)) => Some(Byline { name: name.clone(), span: None }),
        Some(value) => {
            string(value.get("name")).map(|name| Byline { name, span: span(Some(value)) })
        }
        None => None,
    };
    let dateline = fields.get("dateline").and_then(|value| {
        Some(Dateline {
            span: span(Some(value))?,
            place: string(value.get("place")),
            date: date(value.get("date")),
            agency: string(value.get("agency")),
        })
    });
    let part = line.get("part").and_then(Value::as_u64).and_then(|part| u32::try_from(part).ok());
    let part = part.filter(|&part| part > 0).unwrap_or(1);
    Ok(Report {
        source_file: string(line.get("source_file")).unwrap_or_default(),
        part,
        has_siblings: fields.get("has_siblings").and_then(Value::as_bool).unwrap_or(part > 1),
        start,
        headline: span(fields.get("headline")),
        byline,
        dateline,
        outlet: string(fields.get("outlet")),
        url: string(fields.get("url")),
        published,
        language: string(fields.get("language")),
        not_text,
        extra: match fields.remove("extra") {
            Some(Value::Object(extra)) => extra,
            _ => Map::new(),
        },
        text,
    })
}
