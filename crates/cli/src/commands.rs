//! The commands, one a file. Each takes its arguments, asks the engine, and prints.

mod annotate;
mod brief;
mod check;
mod differ;
mod export;
mod find;
mod read;
mod serve;
mod show;
mod stories;

pub(crate) use annotate::annotate;
pub(crate) use brief::brief;
pub(crate) use check::check;
pub(crate) use differ::differ;
pub(crate) use export::export;
pub(crate) use find::find;
pub(crate) use read::{read, read_into};
pub(crate) use serve::serve;
pub(crate) use show::show;
pub(crate) use stories::stories;

use crate::args::Reading;
use crate::terminal;
use onrecord_engine::{Error, Inputs, Options};
use std::path::{Path, PathBuf};

fn options(reading: &Reading) -> Options {
    Options { selector: reading.selector.clone(), ..Options::default() }
}

/// The files to read, and how many paths could not be opened; those are told of.
fn inputs(paths: &[PathBuf]) -> Result<(Inputs, usize), Error> {
    let inputs = onrecord_engine::inputs(paths);
    let mut told = inputs.problems.iter().chain(&inputs.warnings);
    let first = if inputs.files.is_empty() { told.next() } else { None };
    for problem in told {
        terminal::warn(problem);
    }
    match first {
        Some(first) => Err(Error::Nothing(first.clone())),
        None => {
            let problems = inputs.problems.len();
            Ok((inputs, problems))
        }
    }
}

/// Whether two paths lead to one file.
fn is_same(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}
