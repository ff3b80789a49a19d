//! `onrecord stories`: reports gathered into stories, the largest first.

use crate::Ended;
use crate::args::Stories;
use crate::terminal::{self, ACCENT, BOLD, DIM, wrapped};
use onrecord_engine::ledger::StoredFinding;
use onrecord_engine::{Error, Ledger, show};
use std::io::Write;

/// Reports of one story that are shown.
const SHOWN: usize = 8;

/// Stories that are asked for at a time.
const AT_A_TIME: usize = 500;

pub(crate) fn stories(args: &Stories) -> Result<Ended, Error> {
    let ledger = Ledger::open_read_only(&args.record)?;
    let mut out = terminal::stdout();
    let reports = if args.json { None } else { Some(SHOWN) };
    let mut told_so_far = 0;
    loop {
        let stories = ledger.stories(reports, AT_A_TIME, told_so_far)?;
        for story in &stories.rows {
            if args.json {
                writeln!(out, "{}", show::story_json(story))?;
            } else {
                writeln!(out, "{}", told(story, terminal::width()))?;
            }
        }
        told_so_far += stories.rows.len();
        if told_so_far >= stories.total || stories.rows.is_empty() {
            break;
        }
    }
    if told_so_far == 0 && !args.json {
        writeln!(out, "no two reports are of one story")?;
    }
    Ok(Ended::Well)
}

/// A story with its first reports, for a terminal.
fn told(story: &StoredFinding, width: usize) -> String {
    let detail = &story.finding.detail;
    let day = |field: &str| detail.get(field).and_then(|day| day.as_str());
    let number = |field: &str| detail.get(field).and_then(|n| n.as_u64()).unwrap_or_default();
    let mut told = format!("{}\n", BOLD.of(wrapped(&show::story_name(story), width, "")));
    let mut about = format!("{} reports", number("reports"));
    match number("outlets") {
        0 => {}
        1 => about.push_str(", one outlet"),
        outlets => about.push_str(&format!(", {outlets} outlets")),
    }
    match (day("from"), day("to")) {
        (Some(from), Some(to)) if from != to => about.push_str(&format!(", {from} to {to}")),
        (Some(from), _) => about.push_str(&format!(", {from}")),
        _ => {}
    }
    told.push_str(&format!("  {}\n", DIM.of(about)));
    for evidence in &story.evidence {
        let words = wrapped(&terminal::cut(&evidence.text, 2 * width), width, "    ");
        let outlet =
            evidence.outlet.as_deref().map_or(String::new(), |outlet| format!(" {outlet}"));
        let day = evidence.published.map_or(String::new(), |day| format!(" {day}"));
        let report = ACCENT.of(&evidence.report);
        told.push_str(&format!("{words}\n    {report}{}\n", DIM.of(outlet + &day)));
    }
    let more = (number("reports") as usize).saturating_sub(story.evidence.len());
    if more > 0 {
        told.push_str(&DIM.of(format!("    and {more} more (--json gives all)")));
        told.push('\n');
    }
    told
}
