//! The commands, one a file. Each takes its arguments, asks the engine, and prints.

mod annotate;
mod brief;
mod differ;
mod export;
mod find;
mod read;
mod show;

pub(crate) use annotate::annotate;
pub(crate) use brief::brief;
pub(crate) use differ::differ;
pub(crate) use export::export;
pub(crate) use find::find;
pub(crate) use read::{read, read_into};
pub(crate) use show::show;

use crate::args::Reading;
use crate::terminal;
use onrecord_engine::{Inputs, Options};
use std::path::PathBuf;

fn options(reading: &Reading) -> Options {
    Options { selector: reading.selector.clone(), ..Options::default() }
}

/// The files to read, and how many paths could not be opened; those are told of.
fn inputs(paths: &[PathBuf]) -> (Inputs, usize) {
    let inputs = onrecord_engine::inputs(paths);
    for problem in inputs.problems.iter().chain(&inputs.warnings) {
        terminal::warn(problem);
    }
    let problems = inputs.problems.len();
    (inputs, problems)
}
