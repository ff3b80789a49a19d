//! `onrecord brief`: the story on a page.

use super::{inputs, read_into};
use crate::args::{Brief, BriefFormat};
use crate::brief::{markdown, text};
use crate::{Ended, terminal};
use onrecord_engine::{Error, Ledger};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

pub(crate) fn brief(args: &Brief) -> Result<Ended, Error> {
    if let [record] = args.paths.as_slice()
        && is_record(record)
    {
        let ledger = Ledger::open_read_only(record)?;
        write(&ledger, &record.display().to_string(), args)?;
        return Ok(Ended::Well);
    }
    let (inputs, problems) = inputs(&args.paths)?;
    // Files and folders: a record of their own, which goes when the brief is written.
    let folder = tempfile::tempdir()
        .map_err(|cause| Error::Write { path: Some(std::env::temp_dir()), cause })?;
    let path = folder.path().join("brief.db");
    let mut ledger = Ledger::create_or_open(&path)?;
    let summary = read_into(&mut ledger, &inputs, &args.reading, false, |_| {})?;
    write(&ledger, &names(&args.paths), args)?;
    let is_whole = summary.skipped == 0 && problems == 0;
    Ok(if is_whole { Ended::Well } else { Ended::WithFindings })
}

fn write(ledger: &Ledger, name: &str, args: &Brief) -> Result<(), Error> {
    let top = args.top.unwrap_or(match args.format {
        BriefFormat::Text => 5,
        BriefFormat::Md | BriefFormat::Html | BriefFormat::Json => 12,
    });
    let brief = onrecord_engine::brief::brief(ledger, top)?;
    let whole = match args.format {
        BriefFormat::Text => text(&brief.page(), terminal::width()),
        BriefFormat::Md => markdown(&brief.page(), name),
        BriefFormat::Html => onrecord_page::mailed(&brief, ledger, name)?,
        BriefFormat::Json => brief.json().to_string() + "\n",
    };
    let mut out = terminal::stdout();
    out.write_all(whole.as_bytes())?;
    out.flush()?;
    Ok(())
}

/// Whether a path is an SQLite file; one that is missing counts, so that its name is told.
fn is_record(path: &Path) -> bool {
    if path.as_os_str() == "-" || path.is_dir() {
        return false;
    }
    let mut magic = [0; 16];
    match std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut magic)) {
        Ok(()) => magic == *b"SQLite format 3\0",
        Err(_) => !path.exists(),
    }
}

fn names(paths: &[PathBuf]) -> String {
    let names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    names.join(", ")
}
