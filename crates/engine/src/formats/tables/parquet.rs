//! Tables as Parquet: every column optional, text as UTF-8, whole numbers as INT64, numbers as
//! DOUBLE; row groups of at most 50,000 rows, so that memory stays flat.

use super::{Cell, Kind, Table};
use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;
use std::io::{self, Write};
use std::sync::Arc;

const ROWS_A_GROUP: usize = 50_000;

/// Writes one table.
pub struct Sheet<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    table: &'static Table,
    rows: Vec<Vec<Cell>>,
}

impl<W: Write + Send> std::fmt::Debug for Sheet<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sheet").field("table", &self.table.name).finish_non_exhaustive()
    }
}

impl<W: Write + Send> Sheet<W> {
    /// Starts a table.
    pub fn new(table: &'static Table, out: W) -> io::Result<Self> {
        let schema = schema(table).map_err(cause)?;
        let properties = WriterProperties::builder().set_created_by("onrecord".to_owned()).build();
        let writer = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))
            .map_err(cause)?;
        Ok(Self { writer, table, rows: Vec::new() })
    }

    /// Adds a row.
    pub fn row(&mut self, row: Vec<Cell>) -> io::Result<()> {
        self.rows.push(row);
        if self.rows.len() >= ROWS_A_GROUP {
            self.group().map_err(cause)?;
        }
        Ok(())
    }

    /// Writes out what is left, and the footer.
    pub fn finish(mut self) -> io::Result<()> {
        if !self.rows.is_empty() {
            self.group().map_err(cause)?;
        }
        self.writer.close().map_err(cause)?;
        Ok(())
    }

    fn group(&mut self) -> Result<(), ParquetError> {
        let mut group = self.writer.next_row_group()?;
        let mut column = 0;
        while let Some(mut writer) = group.next_column()? {
            let cells = || self.rows.iter().map(|row| &row[column]);
            let levels: Vec<i16> =
                cells().map(|cell| i16::from(!matches!(cell, Cell::Empty))).collect();
            match self.table.columns[column].1 {
                Kind::Text => {
                    let values: Vec<ByteArray> = cells().filter_map(text).collect();
                    writer.typed::<ByteArrayType>().write_batch(&values, Some(&levels), None)?;
                }
                Kind::Integer => {
                    let values: Vec<i64> = cells().filter_map(integer).collect();
                    writer.typed::<Int64Type>().write_batch(&values, Some(&levels), None)?;
                }
                Kind::Number => {
                    let values: Vec<f64> = cells().filter_map(float).collect();
                    writer.typed::<DoubleType>().write_batch(&values, Some(&levels), None)?;
                }
            }
            writer.close()?;
            column += 1;
        }
        group.close()?;
        self.rows.clear();
        Ok(())
    }
}

fn text(cell: &Cell) -> Option<ByteArray> {
    match cell {
        Cell::Text(text) => Some(text.as_str().into()),
        _ => None,
    }
}

fn integer(cell: &Cell) -> Option<i64> {
    match cell {
        Cell::Integer(number) => Some(*number),
        _ => None,
    }
}

fn float(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Number(number) => Some(*number),
        _ => None,
    }
}

fn schema(table: &Table) -> Result<Type, ParquetError> {
    let fields = table.columns.iter().map(|&(name, kind)| {
        let (physical, logical) = match kind {
            Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Kind::Integer => (Physical::INT64, None),
            Kind::Number => (Physical::DOUBLE, None),
        };
        Type::primitive_type_builder(name, physical)
            .with_logical_type(logical)
            .with_repetition(Repetition::OPTIONAL)
            .build()
            .map(Arc::new)
    });
    Type::group_type_builder(table.name).with_fields(fields.collect::<Result<_, _>>()?).build()
}

/// The error of the stream itself, so that a closed pipe and a full disk are known as such.
fn cause(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(error) => io::Error::other(error),
        },
        error => io::Error::other(error),
    }
}
