//! `onrecord differ`: where reports differ, worst first.

use crate::Ended;
use crate::args::Differ;
use crate::terminal::{self, ACCENT, BOLD, DIM, wrapped};
use onrecord_engine::ledger::StoredFinding;
use onrecord_engine::{Error, Ledger, show};
use onrecord_model::FindingKind;
use std::io::Write;

pub(crate) fn differ(args: &Differ) -> Result<Ended, Error> {
    let ledger = Ledger::open_read_only(&args.record)?;
    let kinds = |words: &[String]| -> Vec<FindingKind> {
        words.iter().filter_map(|word| word.parse().ok()).collect()
    };
    let findings = ledger.all_findings(&kinds(&args.kind))?;
    let is_none = findings.len() == 0;
    let mut out = terminal::stdout();
    for finding in findings {
        let finding = finding?;
        if args.json {
            writeln!(out, "{}", show::finding_json(&finding))?;
        } else {
            writeln!(out, "{}", told(&finding, terminal::width()))?;
        }
    }
    if is_none && !args.json {
        writeln!(out, "nothing differs")?;
    }
    let fail_on = kinds(&args.fail_on);
    let counts = ledger.finding_counts()?;
    let fails = counts.iter().any(|(kind, count)| *count > 0 && fail_on.contains(kind));
    Ok(if fails { Ended::WithFindings } else { Ended::Well })
}

/// Pieces of evidence of one role that are shown.
const ALIKE: usize = 3;

/// A finding with its evidence, for a terminal.
pub(crate) fn told(stored: &StoredFinding, width: usize) -> String {
    let finding = &stored.finding;
    let mut told = format!("{}\n", BOLD.of(wrapped(&finding.reading, width, "")));
    told.push_str(&format!(
        "  {}\n",
        DIM.of(format!("{}, {:.2}", finding.kind, finding.confidence))
    ));
    let mut left_out = 0;
    for (at, evidence) in stored.evidence.iter().enumerate() {
        let alike = stored.evidence[..at].iter().filter(|other| other.role == evidence.role);
        if alike.count() >= ALIKE {
            left_out += 1;
            continue;
        }
        let words = wrapped(&terminal::cut(&evidence.text, 3 * width), width, "    ");
        let pointer = show::pointer(&evidence.report, evidence.code_points);
        let outlet =
            evidence.outlet.as_deref().map_or(String::new(), |outlet| format!(" {outlet}"));
        let day = evidence.published.map_or(String::new(), |day| format!(" {day}"));
        told.push_str(&format!("{words}\n    {}{}", ACCENT.of(pointer), DIM.of(outlet + &day)));
        if !evidence.role.is_empty() {
            told.push_str(&DIM.of(format!(" ({})", evidence.role)));
        }
        told.push('\n');
    }
    if left_out > 0 {
        told.push_str(&DIM.of(format!("    and {left_out} more (--json gives all)")));
        told.push('\n');
    }
    told
}
