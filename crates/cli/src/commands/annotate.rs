//! `onrecord annotate`: what stands in reports, without a record.

use super::{inputs, options};
use crate::Ended;
use crate::args::{Annotate, AnnotateFormat};
use crate::terminal;
use onrecord_engine::{Error, Inputs, formats};
use onrecord_model::{Analysis, Report};
use std::collections::BTreeSet;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

pub(crate) fn annotate(args: &Annotate) -> Result<Ended, Error> {
    let (inputs, problems) = inputs(&args.paths)?;
    let mut files = Files::new(args.into.as_deref(), &inputs)?;
    let mut skipped = problems;
    let mut out = BufWriter::new(std::io::stdout().lock());
    onrecord_engine::annotate(&inputs, &options(&args.reading), |annotated| {
        match annotated {
            Ok((report, analysis)) => match &mut files {
                Some(files) => files.write(&report, &analysis, args)?,
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

/// A folder that takes each report's own files: `004.json`, `004.txt` and `004.ann`, or `004.tml`.
struct Files<'a> {
    folder: &'a Path,
    /// Files that are read: never written over.
    inputs: BTreeSet<PathBuf>,
    /// Names given so far.
    stems: BTreeSet<String>,
}

impl<'a> Files<'a> {
    fn new(folder: Option<&'a Path>, inputs: &Inputs) -> Result<Option<Self>, Error> {
        let Some(folder) = folder else { return Ok(None) };
        std::fs::create_dir_all(folder).map_err(|cause| at(folder, cause))?;
        let inputs = inputs.files.iter().filter_map(|input| input.path.as_ref());
        let inputs = inputs.filter_map(|path| path.canonicalize().ok()).collect();
        Ok(Some(Self { folder, inputs, stems: BTreeSet::new() }))
    }

    fn write(
        &mut self,
        report: &Report,
        analysis: &Analysis,
        args: &Annotate,
    ) -> Result<(), Error> {
        let stem = self.stem(report);
        let ending = match args.format {
            AnnotateFormat::Json => "json",
            AnnotateFormat::Brat => "ann",
            AnnotateFormat::Timeml => "tml",
        };
        if args.format == AnnotateFormat::Brat {
            self.write_file(&stem, "txt", &report.text)?;
        }
        self.write_file(&stem, ending, &form(report, analysis, args))
    }

    /// A name of its own for the report; two files of one name in two folders are told apart.
    fn stem(&mut self, report: &Report) -> String {
        let stem = formats::stem(report);
        let numbered = (2_u32..).map(|number| format!("{stem}~{number}"));
        let mut names = std::iter::once(stem.clone()).chain(numbered);
        let free = names.find(|name| !self.stems.contains(name));
        let stem = free.expect("there are more numbers than reports");
        self.stems.insert(stem.clone());
        stem
    }

    fn write_file(&self, stem: &str, ending: &str, text: &str) -> Result<(), Error> {
        let path = self.folder.join(format!("{stem}.{ending}"));
        if path.canonicalize().is_ok_and(|path| self.inputs.contains(&path)) {
            let why = "it is one of the reports that are read";
            return Err(at(&path, io::Error::new(io::ErrorKind::AlreadyExists, why)));
        }
        std::fs::write(&path, text).map_err(|cause| at(&path, cause))
    }
}

fn at(path: &Path, cause: io::Error) -> Error {
    Error::Write { path: Some(path.to_owned()), cause }
}
