//! `onrecord check`: a draft's quotations against the record.

use super::{inputs, options};
use crate::Ended;
use crate::args::Check;
use crate::terminal::{self, ACCENT, ALARM, BOLD, DIM, wrapped};
use onrecord_engine::check::{Checked, Recorded, Verdict, check as checked};
use onrecord_engine::{Error, Ledger};
use std::io::Write;

/// Places that are shown of one quotation; `--json` gives all.
const PLACES: usize = 3;

pub(crate) fn check(args: &Check) -> Result<Ended, Error> {
    let ledger = Ledger::open_read_only(&args.record)?;
    let (inputs, problems) = inputs(std::slice::from_ref(&args.draft))?;
    let mut out = terminal::stdout();
    let (mut all, mut differing, mut unknown, mut skipped) = (0, 0, 0, problems);
    onrecord_engine::annotate(&inputs, &options(&args.reading), |annotated| {
        let (report, analysis) = match annotated {
            Ok(read) => read,
            Err(why) => {
                skipped += 1;
                terminal::warn(why);
                return Ok(());
            }
        };
        for quotation in checked(&ledger, &report, &analysis)? {
            all += 1;
            differing += usize::from(quotation.verdict.differs());
            unknown += usize::from(quotation.verdict == Verdict::NotInRecord);
            if args.json {
                let line = serde_json::to_string(&quotation).expect("it is plain data");
                writeln!(out, "{line}")?;
            } else {
                writeln!(out, "{}", told(&quotation, terminal::width()))?;
            }
        }
        Ok::<(), Error>(())
    })?;
    if !args.json {
        let line = match all {
            0 => "no quotations in the draft".to_owned(),
            _ => format!(
                "{all} quotation{}: {} as recorded, {differing} differ{}, {unknown} not in the record",
                if all == 1 { "" } else { "s" },
                all - differing - unknown,
                if differing == 1 { "s" } else { "" },
            ),
        };
        writeln!(out, "{}", DIM.of(line))?;
    }
    let fails = differing > 0 || skipped > 0 || args.strict && unknown > 0;
    Ok(if fails { Ended::WithFindings } else { Ended::Well })
}

/// A quotation with what the record has, for a terminal.
fn told(quotation: &Checked, width: usize) -> String {
    let verdict = quotation.verdict.as_str();
    let mut told = if quotation.verdict.differs() { ALARM.of(verdict) } else { BOLD.of(verdict) };
    let speaker = quotation.speaker.as_deref().map_or(String::new(), |name| format!("  {name}"));
    let [start, end] = quotation.span;
    told.push_str(&format!("{}{}\n", BOLD.of(speaker), DIM.of(format!("  {start}-{end}"))));
    told.push_str(&wrapped(&format!("“{}”", quotation.text), width, "  "));
    told.push_str(&format!("\n{}\n", wrapped(&quotation.reading, width, "  ")));
    for place in quotation.recorded.iter().take(PLACES) {
        told.push_str(&line(place, width));
    }
    told
}

fn line(place: &Recorded, width: usize) -> String {
    let day = place.published.map(|day| day.to_string());
    let known: Vec<&str> = [place.speaker.as_deref(), place.outlet.as_deref(), day.as_deref()]
        .into_iter()
        .flatten()
        .collect();
    format!(
        "{}\n    {}{}\n",
        wrapped(&terminal::cut(&place.text, 2 * width), width, "    "),
        ACCENT.of(&place.pointer),
        DIM.of(format!("  {}", known.join(", ")))
    )
}
