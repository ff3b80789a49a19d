//! `onrecord export`: a record's contents for other programs.

use super::is_same;
use crate::Ended;
use crate::args::{Export, ExportFormat};
use onrecord_engine::{Error, Ledger, export};
use std::io::{self, BufWriter, Write};

pub(crate) fn export(args: &Export) -> Result<Ended, Error> {
    let ledger = Ledger::open_read_only(&args.record)?;
    match args.format {
        ExportFormat::Jsonl => {
            to(args, |out| export::jsonl(&ledger, !args.without_text, out))?;
        }
        ExportFormat::Webannotation => to(args, |out| export::web_annotations(&ledger, out))?,
        ExportFormat::Csv => match (&args.table, &args.into) {
            (None, Some(folder)) => export::csv_folder(&ledger, folder)?,
            (table, _) => to(args, |out| export::csv(&ledger, table.as_deref(), out))?,
        },
        ExportFormat::Parquet => match (&args.table, &args.into) {
            (None, Some(folder)) => export::parquet_folder(&ledger, folder)?,
            (table, _) => to(args, |out| export::parquet(&ledger, table.as_deref(), out))?,
        },
    }
    Ok(Ended::Well)
}

/// Runs `write` on the file that was asked for, or on standard output.
fn to(
    args: &Export,
    write: impl FnOnce(&mut (dyn Write + Send)) -> Result<(), Error>,
) -> Result<(), Error> {
    match &args.into {
        Some(path) => {
            if is_same(path, &args.record) {
                let cause = io::Error::new(io::ErrorKind::AlreadyExists, "it is the record itself");
                return Err(Error::Write { path: Some(path.clone()), cause });
            }
            export::to_file(path, write)
        }
        None => {
            let mut out = BufWriter::new(std::io::stdout());
            write(&mut out)?;
            Ok(out.flush()?)
        }
    }
}
