//! Tables as CSV (RFC 4180, UTF-8, header row). An empty field is "the text does not say".
//!
//! A cell that a spreadsheet would run as a formula ("=…", "+…", "-…", "@…") is given as it is: the
//! file says what the report says.

use super::{Cell, Table};
use std::io::{self, Write};

/// Writes one table.
#[derive(Debug)]
pub struct Sheet<W: Write> {
    writer: csv::Writer<W>,
}

impl<W: Write> Sheet<W> {
    /// Starts a table with its header.
    pub fn new(table: &Table, out: W) -> io::Result<Self> {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(table.columns.iter().map(|(name, _)| name)).map_err(cause)?;
        Ok(Self { writer })
    }

    /// Adds a row.
    pub fn row(&mut self, row: &[Cell]) -> io::Result<()> {
        let cells = row.iter().map(|cell| match cell {
            Cell::Empty => String::new(),
            Cell::Text(text) => text.clone(),
            Cell::Integer(number) => number.to_string(),
            Cell::Number(number) => number.to_string(),
        });
        self.writer.write_record(cells).map_err(cause)
    }

    /// Writes out what is left.
    pub fn finish(mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// The error of the stream itself, so that a closed pipe and a full disk are known as such.
fn cause(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        _ => io::Error::other("a row has another length than the header"),
    }
}
