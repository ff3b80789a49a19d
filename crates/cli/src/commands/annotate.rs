//! `onrecord annotate`: what stands in reports, without a record.

use super::{inputs, options};
use crate::Ended;
use crate::args::{Annotate, AnnotateFormat};
use crate::terminal;
use onrecord_engine::{Error, formats};
use onrecord_model::{Analysis, Report};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

pub(crate) fn annotate(args: &Annotate) -> Result<Ended, Error> {
    let (inputs, problems) = inputs(&args.paths);
    let mut skipped = problems;
    let mut out = BufWriter::new(std::io::stdout().lock());
    if let Some(folder) = &args.into {
        std::fs::create_dir_all(folder).map_err(|cause| at(folder, cause))?;
    }
    onrecord_engine::annotate(&inputs, &options(&args.reading), |annotated| {
        match annotated {
            Ok((report, analysis)) => match &args.into {
                Some(folder) => write_files(folder, &report, &analysis, args)?,
                None => {
                    let whole = form(&report, &analysis, args);
                    out.write_all(whole.as_bytes())?;
                }
            },
            Err(why) => {
                skipped += 1;
                terminal::warn(why);
            }
        }
        Ok::<(), Error>(())
    })?;
    out.flush()?;
    Ok(if skipped == 0 { Ended::Well } else { Ended::WithFindings })
}

/// One report in the format that was asked for, line breaks and all.
fn form(report: &Report, analysis: &Analysis, args: &Annotate) -> String {
    match args.format {
        AnnotateFormat::Json => formats::json::line(report, analysis, args.with_text) + "\n",
        AnnotateFormat::Brat => formats::brat::annotations(report, analysis),
        AnnotateFormat::Timeml => formats::timeml::document(report, analysis),
    }
}

/// A report's own files: `004.json`, `004.txt` and `004.ann`, or `004.tml`.
fn write_files(
    folder: &Path,
    report: &Report,
    analysis: &Analysis,
    args: &Annotate,
) -> Result<(), Error> {
    let stem = formats::stem(report);
    let ending = match args.format {
        AnnotateFormat::Json => "json",
        AnnotateFormat::Brat => "ann",
        AnnotateFormat::Timeml => "tml",
    };
    let write = |ending: &str, text: &str| {
        let path: PathBuf = folder.join(format!("{stem}.{ending}"));
        std::fs::write(&path, text).map_err(|cause| at(&path, cause))
    };
    if args.format == AnnotateFormat::Brat {
        write("txt", &report.text)?;
    }
    write(ending, &form(report, analysis, args))
}

fn at(path: &Path, cause: std::io::Error) -> Error {
    Error::Write { path: Some(path.to_owned()), cause }
}
