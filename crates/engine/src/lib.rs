//! The façade: the order of the phases, and the public formats.
//!
//! ```text
//! read  →  analyse  →  compare  →  record  →  show
//! ```
//!
//! [`annotate`] goes as far as the analysis and keeps nothing; [`record`] goes all the way into a
//! ledger; [`brief`] and the rest of [`show`] ask it. No terminal, no network, no clock here.

pub mod brief;
pub mod check;
mod error;
pub mod export;
pub mod formats;
mod people;
mod record;
pub mod show;

pub use error::Error;
pub use record::{Progress, Summary, record};

pub use onrecord_analyse::VERSION;
pub use onrecord_compare::{Piece, Reading, readings};
pub use onrecord_ledger as ledger;
pub use onrecord_ledger::Ledger;
pub use onrecord_read::{Inputs, Options, Skipped, inputs};

use onrecord_model::{Analysis, Report};
use rayon::prelude::*;

/// What came of one report: the report and what stands in it, or why it was left out.
pub type Annotated = Result<(Report, Analysis), Skipped>;

/// Reports in one go; enough to keep every core busy, few enough to keep memory flat.
pub(crate) const CHUNK: usize = 128;

/// Reads and analyses every input, in order, and gives each to `take` as soon as it is there; stops
/// at the first error of `take`.
///
/// # Errors
/// Those of `take`.
pub fn annotate<E>(
    inputs: &Inputs,
    options: &Options,
    mut take: impl FnMut(Annotated) -> Result<(), E>,
) -> Result<(), E> {
    let mut reports = inputs.files.iter().flat_map(|input| onrecord_read::reports(input, options));
    loop {
        let chunk: Vec<_> = reports.by_ref().take(CHUNK).collect();
        if chunk.is_empty() {
            return Ok(());
        }
        let analysed: Vec<Annotated> = chunk
            .into_par_iter()
            .map(|report| {
                report.map(|report| {
                    let analysis = onrecord_analyse::analyse(&report);
                    (report, analysis)
                })
            })
            .collect();
        analysed.into_iter().try_for_each(&mut take)?;
    }
}
