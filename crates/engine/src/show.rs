//! Pointers into the record, opened in their place; findings as others see them.
//!
//! ```text
//! 004               report 004
//! 003#2             the second report of file 003
//! 004:1200-1340     code points 1200 to 1340 of report 004's text
//! ```

use crate::Error;
use crate::ledger::{Ledger, Stored, StoredFinding};
use onrecord_model::{CodePoints, Date, Span};
use serde_json::{Value, json};

/// A place that a pointer opens.
#[derive(Debug)]
pub struct Place {
    /// The report.
    pub stored: Stored,
    /// The words pointed at; none for the whole report.
    pub span: Option<Span>,
}

/// The pointer to `span` of a report.
pub fn pointer(report: &str, [start, end]: [u32; 2]) -> String {
    format!("{report}:{start}-{end}")
}

/// Opens a pointer.
///
/// # Errors
/// If it is no pointer, if there is no such report, or if its text has no such place.
pub fn open(ledger: &Ledger, pointer: &str) -> Result<Place, Error> {
    let nowhere = |cause: String| Error::Pointer { pointer: pointer.to_owned(), cause };
    // A name may hold a colon: the whole is tried first.
    if let Some(stored) = ledger.report(pointer)? {
        return Ok(Place { stored, span: None });
    }
    let Some((name, place)) = pointer.rsplit_once(':') else {
        return Err(nowhere(format!("the record has no report called `{pointer}`")));
    };
    let Some((start, end)) = place
        .split_once('-')
        .and_then(|(start, end)| Some((start.parse::<u32>().ok()?, end.parse::<u32>().ok()?)))
    else {
        return Err(nowhere(format!("`{place}` is no place in a text")));
    };
    let Some(stored) = ledger.report(name)? else {
        return Err(nowhere(format!("the record has no report called `{name}`")));
    };
    let points = CodePoints::new(&stored.report.text);
    let length = points.at(stored.report.text.len());
    if start > end || end > length {
        return Err(nowhere(format!("the text of `{name}` goes from 0 to {length}")));
    }
    let span = points.bytes([start, end]);
    Ok(Place { stored, span: Some(span) })
}

/// A finding as one JSON object: what `differ --json` prints. Evidence is placed in its file, as in
/// `annotate`, and by pointer in its report.
pub fn finding_json(stored: &StoredFinding) -> Value {
    let finding = &stored.finding;
    let evidence: Vec<Value> = stored
        .evidence
        .iter()
        .map(|evidence| {
            json!({
                "source_file": evidence.source_file,
                "part": evidence.part,
                "span": evidence.code_points.map(|point| point + evidence.starts_at),
                "text": evidence.text,
                "role": evidence.role,
                "pointer": pointer(&evidence.report, evidence.code_points),
                "outlet": evidence.outlet,
                "published": evidence.published.map(|date| date.to_string()),
            })
        })
        .collect();
    json!({
        "kind": finding.kind, "reading": finding.reading, "confidence": finding.confidence,
        "evidence": evidence, "detail": finding.detail,
    })
}

/// What a story is called: its most telling names, then its most telling words.
pub fn story_name(stored: &StoredFinding) -> String {
    let words = |field: &str, most: usize| {
        let list = stored.finding.detail.get(field).and_then(Value::as_array);
        let words = list.into_iter().flatten().filter_map(Value::as_str);
        words.take(most).collect::<Vec<_>>().join(", ")
    };
    let [names, words] = [words("names", 2), words("words", 3)];
    if names.is_empty() || words.is_empty() { names + &words } else { format!("{names}: {words}") }
}

/// A story as one JSON object: what `stories --json` prints.
pub fn story_json(stored: &StoredFinding) -> Value {
    let reports: Vec<Value> = stored
        .evidence
        .iter()
        .map(|evidence| {
            json!({
                "report": evidence.report,
                "source_file": evidence.source_file,
                "part": evidence.part,
                "outlet": evidence.outlet,
                "published": evidence.published.map(|date| date.to_string()),
                "pointer": pointer(&evidence.report, evidence.code_points),
                "text": evidence.text,
            })
        })
        .collect();
    let detail = |field: &str| stored.finding.detail.get(field).cloned().unwrap_or(Value::Null);
    json!({
        "name": story_name(stored), "from": detail("from"), "to": detail("to"),
        "outlets": detail("outlets"), "names": detail("names"), "words": detail("words"),
        "reports": reports,
    })
}

/// A report as a sentence names it: `004 (Port Gazette, 2024-03-04)`.
pub(crate) fn named(report: &str, outlet: Option<&str>, published: Option<Date>) -> String {
    let day = published.map(|day| day.to_string());
    let known: Vec<&str> = outlet.into_iter().chain(day.as_deref()).collect();
    if known.is_empty() { report.to_owned() } else { format!("{report} ({})", known.join(", ")) }
}

/// A day as JSON has it: `"2024-03-04"`, or null.
pub(crate) fn as_day<S: serde::Serializer>(
    day: &Option<Date>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match day {
        Some(day) => serializer.collect_str(day),
        None => serializer.serialize_none(),
    }
}
