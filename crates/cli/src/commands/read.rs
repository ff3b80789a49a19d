//! `onrecord read`: reports into a record.

use super::{inputs, options};
use crate::Ended;
use crate::args::{Read, Reading};
use crate::terminal::{self, BOLD, DIM};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use onrecord_engine::brief::grouped;
use onrecord_engine::{Error, Inputs, Ledger, Progress, Skipped, Summary};
use serde_json::{Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

pub(crate) fn read(args: &Read) -> Result<Ended, Error> {
    let (mut inputs, missing) = inputs(&args.paths)?;
    let mut ledger = Ledger::create_or_open(&args.into)?;
    leave_out_record(&mut inputs, &args.into);
    let mut problems = inputs.problems.clone();
    let summary = read_into(&mut ledger, &inputs, &args.reading, args.again, |skipped| {
        problems.push(skipped.clone());
    })?;
    let totals = ledger.totals()?;
    ledger.close()?;
    let has_skipped = summary.skipped > 0;
    let mut out = terminal::stdout();
    if args.json {
        let mut summary = serde_json::to_value(summary).expect("counts have a form in JSON");
        summary["problems"] = problems.iter().map(as_json).collect();
        writeln!(out, "{summary}")?;
    } else {
        writeln!(out, "{}", told(&summary))?;
        let kept = format!(
            "{} reports, {} statements in {}",
            grouped(totals.reports),
            grouped(totals.statements),
            args.into.display()
        );
        writeln!(out, "{}", DIM.of(kept))?;
        if summary.older_analysis > 0 {
            let hint = "analysed by an older version; `--again` analyses them anew";
            writeln!(out, "{} {hint}", grouped(summary.older_analysis))?;
        }
    }
    let is_whole = !has_skipped && missing == 0;
    Ok(if is_whole { Ended::Well } else { Ended::WithFindings })
}

fn as_json(skipped: &Skipped) -> Value {
    json!({
        "source_file": skipped.source_file, "line": skipped.line, "what": skipped.what,
        "cause": skipped.cause, "hint": skipped.hint,
    })
}

/// The record may stand in a folder that is read; it is no report.
fn leave_out_record(inputs: &mut Inputs, record: &Path) {
    let Ok(record) = record.canonicalize() else { return };
    let beside = ["", "-wal", "-shm", "-journal"].map(|ending| {
        let mut path = record.clone().into_os_string();
        path.push(ending);
        PathBuf::from(path)
    });
    let is_own = |path: &PathBuf| {
        let canonical = path.canonicalize();
        beside.contains(canonical.as_ref().unwrap_or(path))
    };
    inputs.files.retain(|input| !input.path.as_ref().is_some_and(is_own));
}

/// Reads inputs into a record, with a progress bar where a person watches; `take` hears of what is
/// skipped, which the person is told of.
pub(crate) fn read_into(
    ledger: &mut Ledger,
    inputs: &Inputs,
    reading: &Reading,
    is_again: bool,
    mut take: impl FnMut(&Skipped),
) -> Result<Summary, Error> {
    let bar = bar(inputs.files.len());
    let skipped = |skipped: &Skipped| {
        bar.suspend(|| terminal::warn(skipped));
        take(skipped);
    };
    let watch = |progress| match progress {
        Progress::Read { reports, files } => {
            bar.set_position(files.saturating_sub(1) as u64);
            bar.set_message(format!("{} reports", grouped(reports)));
        }
        Progress::Comparing { families } => {
            bar.set_position(inputs.files.len() as u64);
            bar.set_message(format!("laying side by side: {}", grouped(families)));
        }
    };
    let summary =
        onrecord_engine::record(ledger, inputs, &options(reading), is_again, skipped, watch);
    bar.finish_and_clear();
    summary
}

fn bar(files: usize) -> ProgressBar {
    // Not on a terminal: nothing is drawn.
    let bar = ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::stderr());
    let template = if files > 1 {
        "{spinner} {bar:24} {pos}/{len} files  {msg}  {elapsed}"
    } else {
        "{spinner} {msg}  {elapsed}"
    };
    bar.set_style(ProgressStyle::with_template(template).expect("the template is well formed"));
    bar.set_message("reading");
    if terminal::is_watched() {
        bar.enable_steady_tick(Duration::from_millis(120));
    }
    bar
}

fn told(summary: &Summary) -> String {
    let parts = [
        (summary.new, "new"),
        (summary.revised, "revised"),
        (summary.reanalysed, "analysed anew"),
        (summary.same, "there already"),
        (summary.skipped, "skipped"),
    ];
    let told: Vec<String> = parts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{} {what}", BOLD.of(grouped(*count))))
        .collect();
    if told.is_empty() { "nothing to read".to_owned() } else { told.join(", ") }
}
