//! `onrecord check`: a draft's quotations and figures against the record.

use super::{inputs, options};
use crate::Ended;
use crate::args::Check;
use crate::terminal::{self, ACCENT, ALARM, BOLD, DIM, wrapped};
use onrecord_engine::check::{
    Checked, CheckedFigure, FigureVerdict, Recorded, Verdict, check as checked, check_figures,
};
use onrecord_engine::{Error, Ledger};
use std::io::Write;

/// Places that are shown of one quotation; `--json` gives all.
const PLACES: usize = 3;

pub(crate) fn check(args: &Check) -> Result<Ended, Error> {
    let ledger = Ledger::open_read_only(&args.record)?;
    let (inputs, problems) = inputs(std::slice::from_ref(&args.draft))?;
    let mut out = terminal::stdout();
    let (mut all, mut differing, mut unknown, mut skipped) = (0, 0, 0, problems);
    let mut figures: Vec<CheckedFigure> = Vec::new();
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
        figures.extend(check_figures(&ledger, &report, &analysis)?);
        Ok::<(), Error>(())
    })?;
    for figure in &figures {
        if args.json {
            let line = serde_json::to_string(figure).expect("it is plain data");
            writeln!(out, "{line}")?;
        } else if figure.verdict != FigureVerdict::NotInRecord {
            writeln!(out, "{}", told_figure(figure, terminal::width()))?;
        }
    }
    let of = |verdict: FigureVerdict| figures.iter().filter(move |one| one.verdict == verdict);
    let figures_differ = of(FigureVerdict::FigureDiffers).count();
    let unknown_figures: Vec<&str> =
        of(FigureVerdict::NotInRecord).map(|figure| figure.text.as_str()).collect();
    if !args.json && !unknown_figures.is_empty() {
        let line = format!("Not in the record: {}.", unknown_figures.join("; "));
        writeln!(out, "{}\n", wrapped(&line, terminal::width(), "  "))?;
    }
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
        if !figures.is_empty() {
            let line = format!(
                "{} figure{}: {} as recorded, {figures_differ} differ{}, {} not in the record",
                figures.len(),
                if figures.len() == 1 { "" } else { "s" },
                figures.len() - figures_differ - unknown_figures.len(),
                if figures_differ == 1 { "s" } else { "" },
                unknown_figures.len(),
            );
            writeln!(out, "{}", DIM.of(line))?;
        }
    }
    let is_unknown = unknown > 0 || !unknown_figures.is_empty();
    let fails = differing + figures_differ > 0 || skipped > 0 || args.strict && is_unknown;
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

/// A figure with what the record has, for a terminal.
fn told_figure(figure: &CheckedFigure, width: usize) -> String {
    let verdict = figure.verdict.as_str();
    let mut told = if figure.verdict.differs() { ALARM.of(verdict) } else { BOLD.of(verdict) };
    let [start, end] = figure.span;
    told.push_str(&DIM.of(format!("  {start}-{end}")));
    told.push_str(&format!("\n{}", wrapped(&figure.text, width, "  ")));
    told.push_str(&format!("\n{}\n", wrapped(&figure.reading, width, "  ")));
    for place in figure.recorded.iter().take(PLACES) {
        let day = place.published.map(|day| day.to_string());
        let known: Vec<&str> =
            [place.outlet.as_deref(), day.as_deref()].into_iter().flatten().collect();
        told.push_str(&format!(
            "{}\n    {}{}\n",
            wrapped(&terminal::cut(&place.sentence, 2 * width), width, "    "),
            ACCENT.of(&place.pointer),
            DIM.of(format!("  {}", known.join(", ")))
        ));
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
