//! From an address to an answer: which view, in which form, and what is said when there is none.
//!
//! ```text
//! /findings                     HTML
//! /api/findings                 JSON
//! /api/findings?format=csv      CSV
//! ```

use crate::address::Ask;
use crate::layout::{self, Shell};
use crate::sums::{Kept, Sums};
use crate::{api, assets, views};
use maud::Markup;
use onrecord_engine::{Error, Ledger};
use serde::Serialize;
use std::sync::Arc;

/// What goes back to whoever asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// As HTTP counts: 200, 400, 404, 500.
    pub status: u16,
    /// The media type.
    pub content_type: &'static str,
    /// The content.
    pub body: Vec<u8>,
    /// Whether it never changes under its address.
    pub is_lasting: bool,
    /// A name for a file to keep it in.
    pub file: Option<String>,
}

impl Answer {
    fn of(status: u16, content_type: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self { status, content_type, body: body.into(), is_lasting: false, file: None }
    }

    /// A page of HTML.
    pub(crate) fn html(status: u16, page: Markup) -> Self {
        Self::of(status, "text/html; charset=utf-8", page.into_string())
    }

    /// JSON, as text.
    pub(crate) fn json(status: u16, json: String) -> Self {
        Self::of(status, "application/json", json)
    }
}

/// Why there is no view.
#[derive(Debug)]
pub(crate) enum Wrong {
    /// There is no such thing; what there is none of.
    Missing(String),
    /// It cannot be understood.
    Asked(Error),
    /// The record cannot be read.
    Failed(Error),
}

impl From<Error> for Wrong {
    fn from(error: Error) -> Self {
        match error {
            Error::Query(_) | Error::Pointer { .. } => Self::Asked(error),
            error => Self::Failed(error),
        }
    }
}

impl From<onrecord_engine::ledger::Error> for Wrong {
    fn from(error: onrecord_engine::ledger::Error) -> Self {
        Self::Failed(error.into())
    }
}

impl Wrong {
    pub(crate) fn status(&self) -> u16 {
        match self {
            Self::Missing(_) => 404,
            Self::Asked(_) => 400,
            Self::Failed(_) => 500,
        }
    }

    /// What happened, and what to try.
    pub(crate) fn told(&self) -> (String, Option<String>) {
        match self {
            Self::Missing(what) => (format!("The record has no {what}."), None),
            Self::Asked(error) | Self::Failed(error) => (error.to_string(), error.hint()),
        }
    }
}

/// One view: what it shows, as data, as a page and as a table.
pub(crate) trait View: Serialize + Sized {
    /// What the record answers.
    fn load(record: &Record<'_>, ask: &Ask) -> Result<Self, Wrong>;

    /// In a few words, for the window's title.
    fn title(&self) -> String;

    /// As a page, without what all pages have.
    fn html(&self, ask: &Ask) -> Markup;

    /// As a table: its columns and its rows.
    fn table(&self) -> Table;

    /// Which of the views in the navigation it belongs to.
    const PLACE: &'static str;
}

/// Rows for a spreadsheet.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) columns: &'static [&'static str],
    pub(crate) rows: Vec<Vec<String>>,
}

/// Where views are loaded from.
pub(crate) struct Record<'l> {
    pub(crate) ledger: &'l Ledger,
    pub(crate) sums: Arc<Sums>,
}

/// The pages over one record.
#[derive(Debug)]
pub struct Site {
    name: String,
    kept: Kept,
}

impl Site {
    /// The pages over the record of this name.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), kept: Kept::default() }
    }

    /// Works out anew what takes a walk over the whole record, if the record has changed. Answers
    /// go on showing what was worked out before until this is done.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn refresh(&self, ledger: &Ledger) -> Result<(), Error> {
        self.kept.refresh(ledger)
    }

    /// What stands at an address: `path` as it came, `query` what followed the question mark.
    pub fn answer(&self, ledger: &Ledger, path: &str, query: &str) -> Answer {
        let mut ask = Ask::new(path, query);
        if let Some(answer) = assets::answer(&ask) {
            return answer;
        }
        let is_data = ask.parts.first().is_some_and(|first| first == "api");
        if is_data {
            ask.is_data = true;
            ask.parts.remove(0);
            match ask.parts.first().map(String::as_str) {
                None => return api::contents(),
                Some("openapi.json") => return Answer::json(200, api::description()),
                Some("overview") => ask.parts.clear(),
                _ => {}
            }
        }
        match self.view(ledger, &ask, is_data) {
            Ok(answer) => answer,
            Err(wrong) => self.wrong(&ask, &wrong, is_data),
        }
    }

    /// Lays a draft on the record: what was sent to `/check` as a form, to `/api/check` as text.
    pub fn check(&self, ledger: &Ledger, path: &str, query: &str, sent: &str) -> Answer {
        let is_data = path.starts_with("/api");
        let ask = Ask::new("/check", query);
        let form = Ask::new("", sent);
        let draft = if is_data { sent } else { form.get("draft").unwrap_or_default() };
        let sums = match self.kept.sums(ledger) {
            Ok(sums) => sums,
            Err(error) => return self.failed(&error),
        };
        match views::check::load(&Record { ledger, sums }, draft) {
            Ok(check) => self.checked(&check, &ask, is_data),
            Err(wrong) => self.wrong(&ask, &wrong, is_data),
        }
    }

    fn checked(&self, check: &views::check::Check, ask: &Ask, is_data: bool) -> Answer {
        if !is_data {
            let place = views::check::PLACE;
            let shell = Shell { record: &self.name, place, title: "Check a draft", ask };
            return Answer::html(200, layout::page(&shell, check.html(), false));
        }
        if ask.get("format") == Some("csv") {
            return Answer::of(200, "text/csv; charset=utf-8", csv(&check.table()));
        }
        let json = serde_json::to_string(check).expect("text and numbers have a form in JSON");
        Answer::json(200, json)
    }

    /// What is said when the record cannot be opened.
    pub fn failed(&self, error: &Error) -> Answer {
        self.note(&Ask::default(), 500, &error.to_string(), error.hint().as_deref())
    }

    /// The page that asks for a token.
    pub fn door(&self, is_wrong: bool) -> Answer {
        Answer::html(401, layout::door(is_wrong))
    }

    fn view(&self, ledger: &Ledger, ask: &Ask, is_data: bool) -> Result<Answer, Wrong> {
        let record = Record { ledger, sums: self.kept.sums(ledger)? };
        let first = ask.parts.first().map_or("", String::as_str);
        match (first, ask.parts.len()) {
            ("", _) => self.show::<views::overview::Overview>(&record, ask, is_data),
            ("reports", 1) => self.show::<views::reports::Reports>(&record, ask, is_data),
            ("report", 2..) => self.show::<views::reader::Reader>(&record, ask, is_data),
            ("findings", 1) => self.show::<views::findings::Findings>(&record, ask, is_data),
            ("finding", 1) => self.show::<views::findings::One>(&record, ask, is_data),
            ("speakers", 1) => self.show::<views::speakers::Speakers>(&record, ask, is_data),
            ("speaker", 3) => self.show::<views::speaker::Spoken>(&record, ask, is_data),
            ("quotations", 1) => self.show::<views::quotations::Quotations>(&record, ask, is_data),
            ("quotation", 3..) => self.show::<views::quotations::Quotation>(&record, ask, is_data),
            ("figures", 1) => self.show::<views::measures::Measures>(&record, ask, is_data),
            ("measure", 1) => self.show::<views::measures::One>(&record, ask, is_data),
            ("counted", 1) => self.show::<views::figures::Besides>(&record, ask, is_data),
            ("figure", 1) => self.show::<views::figures::Counted>(&record, ask, is_data),
            ("copies", 1) => self.show::<views::copies::Copies>(&record, ask, is_data),
            ("stories", 1) => self.show::<views::stories::Stories>(&record, ask, is_data),
            ("timeline", 1) => self.show::<views::timeline::Timeline>(&record, ask, is_data),
            ("event", 3..) => self.show::<views::events::Event>(&record, ask, is_data),
            ("day", 2) => self.show::<views::days::DayOf>(&record, ask, is_data),
            ("search", 1) => self.show::<views::search::Search>(&record, ask, is_data),
            ("check", 1) if !is_data => Ok(self.checked(&views::check::Check::form(), ask, false)),
            _ => Err(Wrong::Missing("such page".to_owned())),
        }
    }

    fn show<V: View>(
        &self,
        record: &Record<'_>,
        ask: &Ask,
        is_data: bool,
    ) -> Result<Answer, Wrong> {
        let view = V::load(record, ask)?;
        if !is_data {
            let shell = Shell { record: &self.name, place: V::PLACE, title: &view.title(), ask };
            return Ok(Answer::html(200, layout::page(&shell, view.html(ask), true)));
        }
        if ask.get("format") == Some("csv") {
            let file = format!("{}.csv", ask.parts.first().map_or("overview", String::as_str));
            let csv = csv(&view.table());
            return Ok(Answer {
                file: Some(file),
                ..Answer::of(200, "text/csv; charset=utf-8", csv)
            });
        }
        let json =
            serde_json::to_string(&view).expect("text and numbers always have a form in JSON");
        Ok(Answer::json(200, json))
    }

    fn wrong(&self, ask: &Ask, wrong: &Wrong, is_data: bool) -> Answer {
        let (told, hint) = wrong.told();
        let status = wrong.status();
        if is_data {
            let json = serde_json::json!({"error": told, "hint": hint}).to_string();
            return Answer::json(status, json);
        }
        self.note(ask, status, &told, hint.as_deref())
    }

    fn note(&self, ask: &Ask, status: u16, told: &str, hint: Option<&str>) -> Answer {
        let title = match status {
            404 => "Nothing here",
            400 => "Not understood",
            _ => "The record cannot be read",
        };
        let shell = Shell { record: &self.name, place: "", title, ask };
        Answer::html(status, layout::page(&shell, layout::note(title, told, hint, ask), false))
    }
}

/// A table as CSV. A cell that a spreadsheet would work out as a formula gets an apostrophe before
/// it: a report's text may begin with `=`.
fn csv(table: &Table) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let written = writer.write_record(table.columns).and_then(|()| {
        table.rows.iter().try_for_each(|row| writer.write_record(row.iter().map(|cell| safe(cell))))
    });
    written.expect("memory takes every write");
    writer.into_inner().expect("memory takes every write")
}

fn safe(cell: &str) -> String {
    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if is_formula && cell.parse::<f64>().is_err() { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        let rows = vec![vec!["=HYPERLINK(1)".to_owned(), "-3.5".to_owned(), "a, b".to_owned()]];
        let table = Table { columns: &["x", "y", "z"], rows };
        assert_eq!(String::from_utf8_lossy(&csv(&table)), "x,y,z\n'=HYPERLINK(1),-3.5,\"a, b\"\n");
    }
}
