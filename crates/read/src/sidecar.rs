//! `reports.csv`: what is known of a folder's plain files from outside their text.
//!
//! ```text
//! file,part,published,outlet,url,headline
//! 003.txt,2,2024-03-13,Lorne Mail,https://mail.example/strike,
//! ```
//!
//! Only `file` is needed; columns may stand in any order and unknown ones are passed over. A row
//! without `part` is for every report of its file. A row that cannot be read is a warning.

use crate::dates;
use crate::skipped::Skipped;
use onrecord_model::{Date, Published, PublishedFrom, Report};
use std::path::Path;

/// The name that a sidecar has in its folder.
pub(crate) const NAME: &str = "reports.csv";

/// What one row of a sidecar says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SidecarRow {
    /// The file, relative to the sidecar's folder, with `/` between folders.
    pub file: String,
    /// Which report of the file, from 1; none for all of them.
    pub part: Option<u32>,
    /// The day it was published.
    pub published: Option<Date>,
    /// The outlet's name.
    pub outlet: Option<String>,
    /// The report's address.
    pub url: Option<String>,
    /// The headline, to be found in the text.
    pub headline: Option<String>,
}

/// Reads the sidecar at `path`; `name` is what warnings call it.
pub(crate) fn read(path: &Path, name: &str) -> (Vec<SidecarRow>, Vec<Skipped>) {
    match std::fs::read(path) {
        Ok(bytes) => rows(&bytes, name),
        Err(error) => {
            let skipped = Skipped::report(name, error.to_string()).what("cannot read sidecar");
            (Vec::new(), vec![skipped])
        }
    }
}

/// The rows of a sidecar, and a warning for each that cannot be used.
pub(crate) fn rows(bytes: &[u8], name: &str) -> (Vec<SidecarRow>, Vec<Skipped>) {
    let (mut rows, mut skipped) = (Vec::new(), Vec::new());
    let text = crate::encoding::decode(bytes, None);
    let text = text.trim_start_matches('\u{FEFF}');
    let first_line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |mark: char| first_line.matches(mark).count();
    let delimiter = [',', ';', '\t'].into_iter().max_by_key(|&mark| (count(mark), mark == ','));
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .trim(csv::Trim::All)
        .delimiter(delimiter.map_or(b',', |mark| mark as u8))
        .from_reader(text.as_bytes());
    let columns: Vec<String> = match reader.headers() {
        Ok(headers) => headers.iter().map(|name| name.to_lowercase()).collect(),
        Err(error) => {
            let skipped = Skipped::report(name, error.to_string()).what("cannot read sidecar");
            return (rows, vec![skipped]);
        }
    };
    if !columns.iter().any(|column| column == "file") {
        let cause = format!("it has no column `file`; its columns are: {}", columns.join(", "));
        let skipped = Skipped::report(name, cause)
            .what("cannot read sidecar")
            .hint("the first line must be: file,part,published,outlet,url");
        return (rows, vec![skipped]);
    }
    for record in reader.records() {
        let bad = |line, cause: String| {
            Skipped::report(name, cause).what("cannot use all of sidecar").at(line)
        };
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                skipped.push(bad(line, error.to_string()));
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        let mut row = SidecarRow::default();
        let mut is_usable = true;
        for (column, value) in columns.iter().zip(record.iter()).filter(|(_, v)| !v.is_empty()) {
            match column.as_str() {
                "file" => row.file = value.replace('\\', "/").trim_start_matches("./").to_owned(),
                "outlet" => row.outlet = Some(value.to_owned()),
                "url" => row.url = Some(value.to_owned()),
                "headline" => row.headline = Some(value.to_owned()),
                "part" => match value.parse() {
                    Ok(part @ 1..) => row.part = Some(part),
                    _ => {
                        let cause = format!("`{value}` is no number of a part; parts count from 1");
                        skipped.push(bad(line, cause));
                        is_usable = false;
                    }
                },
                "published" => match dates::parse(value) {
                    Some(date) => row.published = Some(date),
                    None => {
                        let cause = format!("`{value}` is no date that can be read for certain");
                        skipped.push(bad(line, cause).hint("write dates as 2024-03-13"));
                    }
                },
                _ => {}
            }
        }
        if row.file.is_empty() {
            skipped.push(bad(line, "it names no file".to_owned()));
        } else if is_usable {
            rows.push(row);
        }
    }
    (rows, skipped)
}

/// Writes what the rows say into a report of their file; a row for its part goes before one for
/// all parts.
pub(crate) fn apply(rows: &[SidecarRow], report: &mut Report) {
    let general = rows.iter().filter(|row| row.part.is_none());
    let own = rows.iter().filter(|row| row.part == Some(report.part));
    for row in general.chain(own) {
        if let Some(date) = row.published {
            report.published = Some(Published { date, from: PublishedFrom::Sidecar });
        }
        if row.outlet.is_some() {
            report.outlet.clone_from(&row.outlet);
        }
        if row.url.is_some() {
            report.url.clone_from(&row.url);
        }
        if let Some(headline) = &row.headline {
            let found = crate::lines::lines(&report.text).into_iter().take(12).find(|line| {
                crate::lines::fold(line.of(&report.text)) == crate::lines::fold(headline)
            });
            if let Some(line) = found {
                report.headline = Some(line.span);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_in_any_order_and_spaces_and_marks_do_no_harm() {
        let csv =
            "\u{FEFF}published , FILE,desk,part\r\n2024-03-13, a.txt ,north,2\r\n,b.txt,,\r\n";
        let (rows, skipped) = rows(csv.as_bytes(), "reports.csv");
        assert_eq!(skipped, []);
        assert_eq!(rows.len(), 2);
        assert_eq!((rows[0].file.as_str(), rows[0].part), ("a.txt", Some(2)));
        assert_eq!(rows[0].published.map(|date| date.to_string()).as_deref(), Some("2024-03-13"));
        assert_eq!(rows[1], SidecarRow { file: "b.txt".to_owned(), ..SidecarRow::default() });
    }

    #[test]
    fn semicolons_of_a_spreadsheet_are_understood() {
        let (rows, skipped) = rows(b"file;outlet\na.txt;Lorne Mail, The\n", "reports.csv");
        assert_eq!(skipped, []);
        assert_eq!(rows[0].outlet.as_deref(), Some("Lorne Mail, The"));
    }

    #[test]
    fn a_bad_row_is_named_and_the_others_stay() {
        let csv = "file,part,published\na.txt,first,\nb.txt,,03/04/2024\n,1,\nc.txt,1,2024-01-02\n";
        let (rows, skipped) = rows(csv.as_bytes(), "reports.csv");
        let files: Vec<&str> = rows.iter().map(|row| row.file.as_str()).collect();
        assert_eq!(files, ["b.txt", "c.txt"]);
        assert_eq!(skipped.iter().map(|s| s.line).collect::<Vec<_>>(), [Some(2), Some(3), Some(4)]);
    }

    #[test]
    fn a_sidecar_without_its_column_says_so() {
        let (rows, skipped) = rows(b"name,date\na,b\n", "reports.csv");
        assert_eq!(rows, []);
        assert!(skipped[0].to_string().contains("no column `file`"));
    }
}
