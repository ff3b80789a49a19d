//! Scores statements against a person's: whole spans, linked statements, strict ones.
//!
//! ```text
//! linked: cues overlap, sources overlap or are both absent, contents share half of their bytes
//! ```

use crate::corpus::{Gold, tidy};
use onrecord_analyse::spans::SpanStatement;
use onrecord_model::Span;
use std::collections::BTreeSet;

/// Counts over reports: right, found, there.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Score {
    /// Source, cue, content, linked, strict.
    counts: [[usize; 3]; 5],
    /// Statements whose cue was found at all.
    pub(crate) cue_found: usize,
}

fn overlap(a: &[Span], b: &[Span]) -> usize {
    let one = |x: Span, y: Span| {
        (x.end.min(y.end) as usize).saturating_sub(x.start.max(y.start) as usize)
    };
    a.iter().map(|&x| b.iter().map(|&y| one(x, y)).sum::<usize>()).sum()
}

fn size(spans: &[Span]) -> usize {
    spans.iter().map(|span| span.len()).sum()
}

impl Score {
    /// Counts a report; gives the statements that were missed, each as kind, what was found, its
    /// words, and what was said instead, parted by tabs.
    pub(crate) fn add(
        &mut self,
        gold: &[Gold],
        found: &[SpanStatement],
        text: &str,
    ) -> Vec<String> {
        let found: Vec<Gold> = found
            .iter()
            .map(|s| Gold {
                source: tidy(&s.source, text),
                cue: tidy(&s.cue, text),
                content: tidy(&s.content, text),
            })
            .collect();
        let roles: [fn(&Gold) -> &Vec<Span>; 3] = [|g| &g.source, |g| &g.cue, |g| &g.content];
        for (number, role) in roles.iter().enumerate() {
            let there: BTreeSet<_> = gold.iter().flat_map(role).collect();
            let said: BTreeSet<_> = found.iter().flat_map(role).collect();
            self.counts[number][0] += there.intersection(&said).count();
            self.counts[number][1] += said.len();
            self.counts[number][2] += there.len();
        }
        let both = |a: &[Span], b: &[Span]| overlap(a, b) > 0 || a.is_empty() && b.is_empty();
        let mut pairs = Vec::new();
        for (j, said) in found.iter().enumerate() {
            for (i, there) in gold.iter().enumerate() {
                let shared = overlap(&there.content, &said.content);
                let all = size(&there.content) + size(&said.content) - shared;
                if shared * 2 >= all
                    && all > 0
                    && both(&there.cue, &said.cue)
                    && both(&there.source, &said.source)
                {
                    pairs.push((shared as f64 / all as f64, i, j));
                }
            }
        }
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((b.1, b.2).cmp(&(a.1, a.2))));
        let (mut used_gold, mut used_found) = (BTreeSet::new(), BTreeSet::new());
        for (_, i, j) in pairs {
            if used_gold.contains(&i) || used_found.contains(&j) {
                continue;
            }
            used_gold.insert(i);
            used_found.insert(j);
            self.counts[3][0] += 1;
            self.counts[4][0] += usize::from(gold[i] == found[j]);
        }
        let has_cue = |gold: &Gold| found.iter().find(|f| overlap(&gold.cue, &f.cue) > 0);
        self.cue_found += gold.iter().filter(|gold| has_cue(gold).is_some()).count();
        for counts in &mut self.counts[3..] {
            counts[1] += found.len();
            counts[2] += gold.len();
        }
        let missed = gold.iter().enumerate().filter(|(i, _)| !used_gold.contains(i));
        missed.map(|(_, gold)| line(gold, has_cue(gold), text)).collect()
    }

    /// Precision, recall and F1 of source, cue, content, linked, strict.
    pub(crate) fn figures(&self) -> [[f64; 3]; 5] {
        self.counts.map(|[right, found, there]| {
            let share = |of: usize| right as f64 / of.max(1) as f64;
            [share(found), share(there), 2.0 * right as f64 / (found + there).max(1) as f64]
        })
    }
}

fn line(gold: &Gold, found: Option<&Gold>, text: &str) -> String {
    let words = |spans: &[Span]| {
        let words: Vec<_> =
            spans.iter().map(|span| span.of(text).replace(['\n', '\t'], " ")).collect();
        words.join(" / ")
    };
    let is_quote = |c: char| "\"“”".contains(c);
    let content = words(&gold.content);
    let kind = match content.contains(is_quote) || content.contains("''") {
        true if content.starts_with(is_quote) && content.ends_with(is_quote) => "direct",
        true => "mixed",
        false => "indirect",
    };
    let one = |g: &Gold| format!("{}\t{}\t{}", words(&g.source), words(&g.cue), words(&g.content));
    let found = found.map_or("no cue\t\t\t".to_owned(), |found| format!("cue\t{}", one(found)));
    format!("{kind}\t{}\t{found}", one(gold))
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        for (name, [p, r, f1]) in
            ["source", "cue", "content", "linked", "strict"].iter().zip(self.figures())
        {
            write!(f, "{name} {f1:.4} ({p:.3}/{r:.3})  ")?;
        }
        write!(f, "cue found {:.3}", self.cue_found as f64 / self.counts[4][2].max(1) as f64)
    }
}
