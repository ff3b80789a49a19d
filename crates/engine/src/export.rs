//! A whole record, written out for other programs, a few reports in memory at a time.

use crate::Error;
use crate::formats::{json, tables, webannotation};
use crate::ledger::{Filter, Ledger, Stored};
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use tables::{Cell, FINDINGS, STATEMENTS, TABLES, Table};

/// One line a report, in the format of `annotate`. With the text, `read` takes it back as it was.
///
/// # Errors
/// If the record cannot be read, or `out` not written.
pub fn jsonl(ledger: &Ledger, has_text: bool, out: &mut dyn Write) -> Result<(), Error> {
    for stored in ledger.reports(&Filter::default())? {
        let Stored { report, analysis, .. } = stored?;
        writeln!(out, "{}", json::line(&report, &analysis, has_text))?;
    }
    Ok(())
}

/// One W3C Web Annotation a line.
///
/// # Errors
/// If the record cannot be read, or `out` not written.
pub fn web_annotations(ledger: &Ledger, out: &mut dyn Write) -> Result<(), Error> {
    for stored in ledger.reports(&Filter::default())? {
        let stored = stored?;
        for annotation in webannotation::annotations(&stored.name, &stored.report, &stored.analysis)
        {
            writeln!(out, "{annotation}")?;
        }
    }
    Ok(())
}

/// One table as CSV; the statements, if none is named.
///
/// # Errors
/// If the record cannot be read, or `out` not written.
pub fn csv(ledger: &Ledger, table: Option<&str>, out: &mut dyn Write) -> Result<(), Error> {
    let table = named(table);
    let mut sheet = tables::csv::Sheet::new(table, out)?;
    each_row(ledger, table, |row| Ok(sheet.row(&row)?))?;
    Ok(sheet.finish()?)
}

/// One table as Parquet; the statements, if none is named.
///
/// # Errors
/// If the record cannot be read, or `out` not written.
pub fn parquet(
    ledger: &Ledger,
    table: Option<&str>,
    out: &mut (dyn Write + Send),
) -> Result<(), Error> {
    let table = named(table);
    let mut sheet = tables::parquet::Sheet::new(table, out)?;
    each_row(ledger, table, |row| Ok(sheet.row(row)?))?;
    Ok(sheet.finish()?)
}

/// Every table as a file of CSV in a folder.
///
/// # Errors
/// If the record cannot be read, or the folder not written.
pub fn csv_folder(ledger: &Ledger, folder: &Path) -> Result<(), Error> {
    each_table(folder, "csv", |table, out| csv(ledger, Some(table), out))
}

/// Every table as a file of Parquet in a folder.
///
/// # Errors
/// If the record cannot be read, or the folder not written.
pub fn parquet_folder(ledger: &Ledger, folder: &Path) -> Result<(), Error> {
    each_table(folder, "parquet", |table, out| parquet(ledger, Some(table), out))
}

fn each_table(
    folder: &Path,
    ending: &str,
    write: impl Fn(&str, &mut (dyn Write + Send)) -> Result<(), Error>,
) -> Result<(), Error> {
    let at = |path: &Path, cause| Error::Write { path: Some(path.to_owned()), cause };
    std::fs::create_dir_all(folder).map_err(|cause| at(folder, cause))?;
    for table in TABLES {
        let path = folder.join(format!("{}.{ending}", table.name));
        if is_sidecar(&path) {
            let why = "it holds the dates and outlets of a folder of reports";
            return Err(at(&path, io::Error::new(io::ErrorKind::AlreadyExists, why)));
        }
        to_file(&path, |out| write(table.name, out))?;
    }
    Ok(())
}

/// Whether this is the `reports.csv` that goes with reports, not one written here.
fn is_sidecar(path: &Path) -> bool {
    let Ok(file) = File::open(path) else { return false };
    let mut head = String::new();
    let is_read = BufReader::new(file.take(4096)).read_line(&mut head).is_ok();
    is_read && path.ends_with("reports.csv") && !head.starts_with("report,")
}

/// Writes a file whole or not at all: what stood there before stays until all is written.
///
/// # Errors
/// Those of `write`, and if the file cannot be made.
pub fn to_file(
    path: &Path,
    write: impl FnOnce(&mut (dyn Write + Send)) -> Result<(), Error>,
) -> Result<(), Error> {
    let at = |cause| Error::Write { path: Some(path.to_owned()), cause };
    // A pipe or a device takes what comes; nothing can be put in its place.
    let is_device = path.metadata().is_ok_and(|metadata| !metadata.is_file());
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let beside = if is_device { path.to_owned() } else { PathBuf::from(beside) };
    let mut out = BufWriter::new(File::create(&beside).map_err(at)?);
    let written = write(&mut out).and_then(|()| out.flush().map_err(at));
    drop(out);
    if is_device {
        return written;
    }
    if written.is_err() {
        // What is left over is of no use; the error that matters is the first.
        let _ = std::fs::remove_file(&beside);
        return written.map_err(|error| match error {
            Error::Write { path: None, cause } => at(cause),
            error => error,
        });
    }
    std::fs::rename(&beside, path).map_err(at)
}

fn named(table: Option<&str>) -> &'static Table {
    let found = table.and_then(|name| TABLES.into_iter().find(|table| table.name == name));
    found.unwrap_or(&STATEMENTS)
}

fn each_row(
    ledger: &Ledger,
    table: &'static Table,
    mut take: impl FnMut(Vec<Cell>) -> Result<(), Error>,
) -> Result<(), Error> {
    if table == &FINDINGS {
        for (number, stored) in ledger.all_findings(&[])?.enumerate() {
            let stored = stored?;
            for evidence in &stored.evidence {
                take(vec![
                    Cell::Integer(number as i64 + 1),
                    stored.finding.kind.as_str().into(),
                    stored.finding.reading.as_str().into(),
                    Cell::Number(stored.finding.confidence),
                    evidence.report.as_str().into(),
                    evidence.role.as_str().into(),
                    evidence.text.as_str().into(),
                    evidence.code_points[0].into(),
                    evidence.code_points[1].into(),
                ])?;
            }
        }
        return Ok(());
    }
    for stored in ledger.reports(&Filter::default())? {
        let stored = stored?;
        for (of, row) in tables::rows(&stored.name, &stored.report, &stored.analysis) {
            if of == table {
                take(row)?;
            }
        }
    }
    Ok(())
}
