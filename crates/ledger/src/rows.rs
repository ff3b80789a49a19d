//! Between the model's types and a table's columns: spans as code points, parties, words of a set.
//!
//! ```text
//! [Span(0..5), Span(9..12)] of "Élan said it"  →  [[0,4],[8,11]]
//! ```
//!
//! Not handled: spans that are not of the text they are given with; they come back at its end.

use onrecord_model::{ActorId, ActorType, CodePoints, Date, EventPart, PartRole, Party, Span};
use rusqlite::Row;
use rusqlite::types::Type;
use serde::{Deserialize, Serialize};
use std::fmt::Write;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// Rows of one report have ids from its own id times this.
pub(crate) const PER_REPORT: i64 = 1_000_000;

/// Items of one comparison have ids from the comparison's id times this, within their report's. So
/// many are kept.
pub const ITEMS_KEPT: usize = 50_000;

/// The ids of a report's items.
pub(crate) fn items_of(report: i64) -> RangeInclusive<i64> {
    report * PER_REPORT..=(report + 1) * PER_REPORT - 1
}

/// The id of item `number` of a report; `items_at(report, comparison, 0)` is the least.
pub(crate) fn item_at(report: i64, comparison: i64, number: u32) -> i64 {
    report * PER_REPORT + comparison * ITEMS_KEPT as i64 + i64::from(number)
}

/// The comparison of an item.
pub(crate) fn comparison_of(item: i64) -> i64 {
    item % PER_REPORT / ITEMS_KEPT as i64
}

/// Spans as JSON, in code points.
pub(crate) fn spans_json(spans: &[Span], points: &CodePoints<'_>, json: &mut String) {
    json.clear();
    json.push('[');
    for (i, &span) in spans.iter().enumerate() {
        let [start, end] = points.span(span);
        let comma = if i == 0 { "" } else { "," };
        write!(json, "{comma}[{start},{end}]").expect("a string takes every write");
    }
    json.push(']');
}

/// Spans from JSON, in bytes.
pub(crate) fn spans_from(json: &str, points: &CodePoints<'_>) -> rusqlite::Result<Vec<Span>> {
    let spans: Vec<[u32; 2]> = serde_json::from_str(json).map_err(odd)?;
    Ok(spans.into_iter().map(|span| points.bytes(span)).collect())
}

/// Who and what take part in an event, as JSON: `[["who", 4, 9]]`, in code points.
pub(crate) fn parts_json(parts: &[EventPart], points: &CodePoints<'_>) -> String {
    let rows: Vec<(PartRole, u32, u32)> = parts
        .iter()
        .map(|part| {
            let [start, end] = points.span(part.span);
            (part.role, start, end)
        })
        .collect();
    serde_json::to_string(&rows).expect("words and numbers are always JSON")
}

/// The same from JSON, in bytes.
pub(crate) fn parts_from(json: &str, points: &CodePoints<'_>) -> rusqlite::Result<Vec<EventPart>> {
    let rows: Vec<(PartRole, u32, u32)> = serde_json::from_str(json).map_err(odd)?;
    let part = |(role, start, end)| EventPart { role, span: points.bytes([start, end]) };
    Ok(rows.into_iter().map(part).collect())
}

/// One that a statement was passed on by, as it stands in the column `via`.
#[derive(Serialize, Deserialize)]
pub(crate) struct Via {
    name: String,
    #[serde(rename = "type")]
    kind: ActorType,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    actor: Option<ActorId>,
}

pub(crate) fn via_json(via: &[Party]) -> Option<String> {
    if via.is_empty() {
        return None;
    }
    let rows: Vec<Via> = via
        .iter()
        .map(|party| Via { name: party.name.clone(), kind: party.kind, actor: party.actor })
        .collect();
    Some(serde_json::to_string(&rows).expect("names, words and numbers are always JSON"))
}

pub(crate) fn via_from(json: Option<&str>) -> rusqlite::Result<Vec<Party>> {
    let Some(json) = json else { return Ok(Vec::new()) };
    let rows: Vec<Via> = serde_json::from_str(json).map_err(odd)?;
    let party = |via: Via| Party { actor: via.actor, name: via.name, kind: via.kind };
    Ok(rows.into_iter().map(party).collect())
}

/// A word of a closed set, or a date, as its type.
pub(crate) fn word<T: FromStr>(text: &str) -> rusqlite::Result<T>
where
    T::Err: std::error::Error + Send + Sync + 'static,
{
    text.parse().map_err(odd)
}

/// A day in one column.
pub(crate) fn published(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Date>> {
    let day: Option<String> = row.get(column)?;
    day.map(|day| day.parse().map_err(odd)).transpose()
}

/// A cell that this crate would not have written.
pub(crate) fn odd(error: impl std::error::Error + Send + Sync + 'static) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(error))
}
