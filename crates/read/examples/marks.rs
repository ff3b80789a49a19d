//! Prints what is read from files: each report's headline, byline, dateline, and its marks.
//!
//! ```text
//! cargo run --release -p onrecord-read --example marks -- PATH…
//! ```

use onrecord_read::{Options, inputs, reports};
use std::io::Write;

fn main() -> std::io::Result<()> {
    let paths: Vec<_> = std::env::args_os().skip(1).map(Into::into).collect();
    let found = inputs(&paths);
    let options = Options::default();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for problem in found.problems.iter().chain(&found.warnings) {
        writeln!(out, "{problem}")?;
    }
    for input in &found.files {
        for report in reports(input, &options) {
            match report {
                Ok(report) => {
                    let name = format!("{}#{}", report.source_file, report.part);
                    writeln!(out, "{name}\theadline\t{:?}", report.headline_text())?;
                    if let Some(byline) = &report.byline {
                        writeln!(
                            out,
                            "{name}\tbyline\t{:?}\t{}",
                            byline.name,
                            byline.span.is_some()
                        )?;
                    }
                    if let Some(dateline) = &report.dateline {
                        writeln!(out, "{name}\tdateline\t{:?}", dateline.span.of(&report.text))?;
                    }
                    if let Some(published) = report.published {
                        writeln!(out, "{name}\tpublished\t{}\t{}", published.date, published.from)?;
                    }
                    writeln!(out, "{name}\tlanguage\t{:?}", report.language)?;
                    for piece in &report.not_text {
                        writeln!(out, "{name}\t{}\t{:?}", piece.kind, piece.span.of(&report.text))?;
                    }
                }
                Err(skipped) => writeln!(out, "{skipped}")?,
            }
        }
    }
    Ok(())
}
