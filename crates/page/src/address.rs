//! Addresses: what is asked for, and links to it.
//!
//! ```text
//! /report/003%232?at=1200-1340#at      a place in a report
//! /speaker/person/Jane%20Roe?quoted=1&page=2
//! ```
//!
//! Every view has one address, under `/api` the same as JSON, with `format=csv` as CSV.

use onrecord_engine::ledger::{Place, StoredFinding};
use onrecord_model::{ActorType, Date};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use std::str::FromStr;

/// What may stand in a part of an address as it is.
const PART: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The same, with what parts folders.
const PATH: &AsciiSet = &PART.remove(b'/');

pub(crate) fn encoded(part: &str) -> String {
    utf8_percent_encode(part, PART).to_string()
}

pub(crate) fn report(name: &str) -> String {
    format!("/report/{}", utf8_percent_encode(name, PATH))
}

pub(crate) fn place(name: &str, [start, end]: [u32; 2]) -> String {
    format!("{}?at={start}-{end}#at", report(name))
}

pub(crate) fn speaker(name: &str, kind: ActorType) -> String {
    format!("/speaker/{kind}/{}", encoded(name))
}

pub(crate) fn quotation(place: &Place) -> String {
    format!("/quotation/{}/{}", place.number, utf8_percent_encode(&place.report, PATH))
}

/// The figures of what is counted in the same words.
pub(crate) fn counted(counted: &str, unit: Option<&str>) -> String {
    let unit = unit.map(|unit| format!("&unit={}", encoded(unit))).unwrap_or_default();
    format!("/figure?counted={}{unit}", encoded(counted))
}

/// What several reports count, known by any of its figures: which comes first changes with reading.
pub(crate) fn measure(report: &str, start: u32) -> String {
    format!("/measure?report={}&at={start}", encoded(report))
}

pub(crate) fn day(date: Date) -> String {
    format!("/day/{date}")
}

/// A day, week, month, quarter, season or year, as a TIMEX3 value.
pub(crate) fn moment(when: &str) -> String {
    format!("/day/{}", encoded(when))
}

/// An event, known by any report that tells it.
pub(crate) fn event(place: &Place) -> String {
    format!("/event/{}/{}", place.number, utf8_percent_encode(&place.report, PATH))
}

/// A finding is known by its kind and the first words it rests on: its row in the record changes
/// with every reading.
pub(crate) fn finding(stored: &StoredFinding) -> String {
    let kind = stored.finding.kind;
    match stored.evidence.first() {
        Some(first) => {
            let [start, end] = first.code_points;
            let report = encoded(&first.report);
            format!("/finding?kind={kind}&report={report}&at={start}-{end}")
        }
        None => format!("/findings?kind={kind}"),
    }
}

/// What is asked for: a path without its first slash, and the pairs after the question mark.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ask {
    /// Decoded parts of the path.
    pub(crate) parts: Vec<String>,
    /// Whether a program asks: it gets lists whole, where a page shows their beginning.
    pub(crate) is_data: bool,
    pairs: Vec<(String, String)>,
}

/// Rows on a page unless told.
const ROWS: usize = 25;

/// Rows on a page at most.
const MOST_ROWS: usize = 500;

impl Ask {
    pub(crate) fn new(path: &str, query: &str) -> Self {
        let parts = path.split('/').filter(|part| !part.is_empty()).map(decoded);
        let pairs = query.split('&').filter(|pair| !pair.is_empty()).take(40).map(|pair| {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(&key.replace('+', " ")), decoded(&value.replace('+', " ")))
        });
        Self { parts: parts.collect(), is_data: false, pairs: pairs.collect() }
    }

    /// The value of a field that is there and not blank.
    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        let pair = self.pairs.iter().find(|(known, _)| known == key);
        pair.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// A field's value as its type; none where it is not there, or is none of the type.
    pub(crate) fn of<T: FromStr>(&self, key: &str) -> Option<T> {
        self.get(key)?.parse().ok()
    }

    /// Which page, from 1.
    pub(crate) fn page(&self) -> usize {
        self.of("page").unwrap_or(1).clamp(1, 1_000_000)
    }

    /// Rows on it.
    pub(crate) fn rows(&self) -> usize {
        self.of("rows").unwrap_or(ROWS).clamp(1, MOST_ROWS)
    }

    /// Rows before it.
    pub(crate) fn skipped(&self) -> usize {
        (self.page() - 1) * self.rows()
    }

    /// The span in `at=1200-1340`.
    pub(crate) fn at(&self) -> Option<[u32; 2]> {
        let (start, end) = self.get("at")?.split_once('-')?;
        let (start, end) = (start.parse().ok()?, end.parse().ok()?);
        (start <= end).then_some([start, end])
    }

    /// The parts of the path from number `first` on, as a report's name.
    pub(crate) fn name(&self, first: usize) -> String {
        self.parts.get(first..).unwrap_or_default().join("/")
    }

    /// The same address with another value of a field, or without it; on the first page.
    pub(crate) fn with(&self, key: &str, value: Option<&str>) -> String {
        let is_page = key == "page";
        let mut pairs: Vec<(&str, &str)> = self
            .pairs
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
            .filter(|(known, value)| {
                *known != key && (is_page || *known != "page") && !value.is_empty()
            })
            .collect();
        pairs.extend(value.map(|value| (key, value)));
        self.address("", &pairs)
    }

    /// The address of what this view shows, for programs.
    pub(crate) fn data(&self, is_csv: bool) -> String {
        let mut pairs: Vec<(&str, &str)> =
            self.pairs.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        if is_csv {
            pairs.push(("format", "csv"));
        }
        self.address("/api", &pairs)
    }

    fn address(&self, before: &str, pairs: &[(&str, &str)]) -> String {
        let path: Vec<String> = self.parts.iter().map(|part| encoded(part)).collect();
        let mut address = format!("{before}/{}", path.join("/"));
        if address == "/api/" {
            address = "/api/overview".to_owned();
        }
        for (number, (key, value)) in pairs.iter().enumerate() {
            let sign = if number == 0 { '?' } else { '&' };
            address.push_str(&format!("{sign}{}={}", encoded(key), encoded(value)));
        }
        address
    }
}

fn decoded(part: &str) -> String {
    percent_decode_str(part).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_every_sign_comes_back_from_its_address() {
        for name in ["003#2", "monday/004", "a b&c?d=e", "Ünïcode — 100%", "..", "x@1"] {
            let ask = Ask::new(&report(name), "");
            assert_eq!((ask.parts[0].as_str(), ask.name(1)), ("report", name.to_owned()));
        }
    }

    #[test]
    fn filters_are_kept_and_the_page_begins_anew() {
        let ask = Ask::new("/findings", "kind=copy&page=3&outlet=The+Port+%26+Quay");
        assert_eq!(ask.get("outlet"), Some("The Port & Quay"));
        assert_eq!(ask.with("kind", None), "/findings?outlet=The%20Port%20%26%20Quay");
        assert_eq!(
            ask.with("page", Some("4")),
            "/findings?kind=copy&outlet=The%20Port%20%26%20Quay&page=4"
        );
        assert_eq!(Ask::new("/", "").data(true), "/api/overview?format=csv");
        assert_eq!((ask.skipped(), Ask::new("/x", "page=0&rows=9999").rows()), (50, 500));
    }
}
