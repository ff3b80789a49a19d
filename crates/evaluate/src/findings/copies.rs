//! Copies: pairs of reports that carry the same sentences.
//!
//! A pair is wanted if the sentences that both carry have [`WANTED`] words outside quotation marks
//! or more, and these are half of the shorter report's or [`LONG`] on end. It is allowed from
//! [`ALLOWED`] words, if one rewords the other, or if a chain of allowed pairs within the finding
//! joins the two. The evidence in a report must overlap a sentence that another of the finding's
//! reports carries or rewords. A finding for passages between two reports speaks for all reports
//! that carry the text of either. What was made of two real reports is not counted where both of
//! these stand in the finding: nobody planted what they share.

use super::{Found, Tally, Truth, Verdict, overlap};
use crate::newsroom::truth::ReportTruth;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

const WANTED: u32 = 40;
const LONG: u32 = 40;
const ALLOWED: u32 = 15;

/// What two reports have in common.
struct Common {
    own: u32,
    /// On end.
    longest: u32,
    /// Words of sentences that either rewords.
    reworded: u32,
}

fn common(a: &ReportTruth, b: &ReportTruth) -> Common {
    let in_b: BTreeMap<u32, usize> =
        b.sentences.iter().enumerate().map(|(at, sentence)| (sentence.id, at)).collect();
    let sources: BTreeSet<u32> = b
        .sentences
        .iter()
        .flat_map(|sentence| [Some(sentence.id), sentence.rewords])
        .flatten()
        .collect();
    let mut common = Common { own: 0, longest: 0, reworded: 0 };
    let (mut run, mut last) = (0, None);
    for sentence in &a.sentences {
        let at = in_b.get(&sentence.id).copied();
        if let Some(at) = at {
            common.own += sentence.own;
            let follows = last.is_some_and(|last: usize| last + 1 == at);
            run = if follows { run + sentence.own } else { sentence.own };
            common.longest = common.longest.max(run);
        } else if sources.contains(&sentence.id)
            || sentence.rewords.is_some_and(|of| sources.contains(&of))
        {
            common.reworded += sentence.own;
        }
        last = at;
    }
    common
}

fn is_wanted(a: &ReportTruth, b: &ReportTruth) -> bool {
    let common = common(a, b);
    let own = |report: &ReportTruth| report.sentences.iter().map(|s| s.own).sum::<u32>();
    let few = own(a).min(own(b));
    common.own >= WANTED && (common.own * 2 >= few || common.longest >= LONG)
}

fn is_allowed(a: &ReportTruth, b: &ReportTruth) -> bool {
    let common = common(a, b);
    a.story == b.story && (common.own >= ALLOWED || common.own + common.reworded >= WANTED)
}

pub(super) fn judge(truth: &Truth, found: &[&Found]) -> (Tally, Vec<Verdict>) {
    let mut tally = Tally::default();
    let mut verdicts = Vec::new();
    let mut told: BTreeSet<(u32, u32)> = BTreeSet::new();
    let mut wrong: BTreeSet<(u32, u32)> = BTreeSet::new();
    for finding in found {
        let reports: BTreeSet<u32> =
            finding.evidence.iter().map(|evidence| evidence.part).collect();
        let reports: Vec<&ReportTruth> =
            reports.into_iter().filter_map(|part| truth.of(part)).collect();
        // Reports that allowed pairs join, by the first of them.
        let mut root: Vec<usize> = (0..reports.len()).collect();
        for a in 0..reports.len() {
            for b in a + 1..reports.len() {
                if is_allowed(reports[a], reports[b]) {
                    let (x, y) = (root[a], root[b]);
                    root.iter_mut().filter(|root| **root == y).for_each(|root| *root = x);
                }
            }
        }
        let has_words = |report: &ReportTruth| {
            let carried = report.sentences.iter().filter(|sentence| {
                reports.iter().filter(|other| other.report != report.report).any(|other| {
                    other.sentences.iter().any(|of| {
                        of.id == sentence.id
                            || of.rewords == Some(sentence.id)
                            || sentence.rewords == Some(of.id)
                            || of.rewords.is_some() && of.rewords == sentence.rewords
                    })
                })
            });
            let carried: Vec<_> = carried.map(|sentence| sentence.span).collect();
            let own = finding.evidence.iter().filter(|evidence| evidence.part == report.report);
            own.clone().any(|own| carried.iter().any(|&span| overlap(own.span, span)))
        };
        let has_words: Vec<bool> = reports.iter().map(|report| has_words(report)).collect();
        let mut verdict = Verdict::Free;
        for a in 0..reports.len() {
            for b in a + 1..reports.len() {
                let (x, y) = (reports[a], reports[b]);
                if x.is_real && y.is_real || (x.is_real || y.is_real) && x.story != y.story {
                    continue;
                }
                // Two real reports share a text (the questions of an interview, the history of a
                // case): so does what was made of them.
                let has_original = |of: &ReportTruth| {
                    reports.iter().any(|other| other.is_real && other.story == of.story)
                };
                if x.story != y.story && has_original(x) && has_original(y) {
                    continue;
                }
                let pair = (x.report, y.report);
                if root[a] == root[b] && has_words[a] && has_words[b] {
                    told.insert(pair);
                    if verdict == Verdict::Free {
                        verdict = Verdict::Right;
                    }
                } else {
                    wrong.insert(pair);
                    verdict = Verdict::Wrong;
                }
            }
        }
        verdicts.push(verdict);
    }
    // Reports of one text, by the least of them.
    let mut text: BTreeMap<u32, u32> = BTreeMap::new();
    let mut passages: BTreeSet<(u32, u32)> = BTreeSet::new();
    for finding in found {
        let parts: BTreeSet<u32> = finding.evidence.iter().map(|evidence| evidence.part).collect();
        let Some(&first) = parts.first() else { continue };
        if finding.detail["form"] != "passages" {
            text.extend(parts.iter().map(|&part| (part, first)));
        }
    }
    let text_of = |part: u32| text.get(&part).copied().unwrap_or(part);
    for &(a, b) in &told {
        let (a, b) = (text_of(a), text_of(b));
        passages.insert((a.min(b), a.max(b)));
    }
    let mut by_operation: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    let mut stories: BTreeMap<&str, Vec<&ReportTruth>> = BTreeMap::new();
    for report in truth.all() {
        stories.entry(&report.story).or_default().push(report);
    }
    for reports in stories.values() {
        for (at, a) in reports.iter().enumerate() {
            for b in &reports[at + 1..] {
                let pair = (a.report.min(b.report), a.report.max(b.report));
                let texts = (text_of(pair.0), text_of(pair.1));
                let is_told = told.contains(&pair)
                    || passages.contains(&(texts.0.min(texts.1), texts.0.max(texts.1)));
                if is_wanted(a, b) {
                    tally.count.gold += 1;
                    tally.count.right += usize::from(is_told);
                    if !is_told {
                        let common = common(a, b);
                        tally.missed.push(format!(
                            "{pair:?} {} {}: {} words, {} on end",
                            a.operation, b.operation, common.own, common.longest
                        ));
                    }
                }
                if b.parent == Some(a.report) {
                    let by = by_operation.entry(b.operation.clone()).or_default();
                    by[0] += usize::from(is_told);
                    by[1] += 1;
                }
            }
        }
    }
    // Allowed pairs count on neither side.
    tally.count.found = tally.count.right + wrong.len();
    tally.more.insert("wrong pairs".to_owned(), json!(wrong.len()));
    let by_operation: BTreeMap<String, f64> = by_operation
        .into_iter()
        .map(|(operation, [found, all])| {
            (operation, (crate::share(found, all) * 1_000.0).round() / 1_000.0)
        })
        .collect();
    tally.more.insert("children found".to_owned(), json!(by_operation));
    (tally, verdicts)
}
