//! Learns to find statements.
//!
//! ```text
//! reports with statements, tags and trees  →  the bytes of models/statements.bin
//! ```
//!
//! The second pass reads what the first found in reports that the first did not learn from
//! (jackknife), for so it will be with every new report.

use crate::corpus::{Annotated, Gold};
use crate::crf::{Data, Settings};
use onrecord_analyse::learned::Writer;
use onrecord_analyse::quotes::Quotes;
use onrecord_analyse::spans::chain::Chain;
use onrecord_analyse::spans::look::{Lexicon, Look};
use onrecord_analyse::spans::second::{self, Found};
use onrecord_analyse::spans::{self, SpanStatement, first};
use onrecord_analyse::statements::{hints_of, pooled};
use onrecord_analyse::syntax::{Names, Syntax};
use onrecord_analyse::text::Prose;
use onrecord_model::Span;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A report made ready to learn from.
pub(crate) struct Page<'r> {
    pub(crate) prose: Prose<'r>,
    pub(crate) syntax: Syntax,
    pub(crate) quotes: Quotes,
    pub(crate) look: Look,
    pub(crate) gold: &'r [Gold],
    labels: Vec<u8>,
    counts: FxHashMap<u32, [u32; 2]>,
}

/// A label, and the spans that have it.
type Role = (u8, fn(&Gold) -> &Vec<Span>);

/// Tokens that share a byte with the span.
fn tokens(prose: &Prose, span: Span) -> Range<usize> {
    let from = prose.tokens.partition_point(|token| token.span.end <= span.start);
    let to = prose.tokens.partition_point(|token| token.span.start < span.end);
    from..to.max(from)
}

impl<'r> Page<'r> {
    pub(crate) fn new(
        report: &'r Annotated,
        syntax: &dyn Fn(&Prose) -> Syntax,
        names: &Names,
    ) -> Self {
        let prose = Prose::new(&report.report);
        let quotes = Quotes::new(&prose);
        let syntax = syntax(&prose);
        let mut look = Look::new(&prose, &syntax, names);
        look.heed(hints_of(&prose, &quotes, &syntax));
        let mut labels = vec![0; prose.tokens.len()];
        let roles: [Role; 3] = [
            (first::CONTENT, |g| &g.content),
            (first::SOURCE, |g| &g.source),
            (first::CUE, |g| &g.cue),
        ];
        for (label, role) in roles {
            for &span in report.statements.iter().flat_map(role) {
                let range = tokens(&prose, span);
                labels[range.clone()].fill(label + 1);
                if !range.is_empty() {
                    labels[range.start] = label;
                }
            }
        }
        for range in spans::paragraphs(&prose) {
            let mut before = 0;
            for label in &mut labels[range] {
                if !first::may_follow(before as usize, *label as usize) {
                    *label -= 1;
                }
                before = *label;
            }
        }
        let is_cue: Vec<_> = labels.iter().map(|l| matches!(l, 3 | 4)).collect();
        let counts = look.counts(&is_cue);
        Self { prose, syntax, quotes, look, gold: &report.statements, labels, counts }
    }
}

/// The counts of all pages; every page is weighed without its own.
pub(crate) fn lexicon(pages: &mut [Page]) -> Lexicon {
    let mut lexicon = Lexicon::default();
    for page in pages.iter() {
        for (base, count) in &page.counts {
            let sum = lexicon.counts.entry(*base).or_default();
            sum[0] += count[0];
            sum[1] += count[1];
        }
    }
    for page in pages.iter_mut() {
        page.look.weigh(&lexicon, Some(&page.counts));
    }
    lexicon
}

/// First-pass chains of all pages, and of which chains each page is made.
pub(crate) fn first_data(pages: &[Page]) -> (Data, Vec<Vec<usize>>) {
    let mut data = Data::default();
    let mut of_page = Vec::new();
    let mut features = Vec::new();
    for page in pages {
        let mut chains = Vec::new();
        for (number, range) in spans::paragraphs(&page.prose).into_iter().enumerate() {
            let paragraph = first::Paragraph::new(&page.look, range.clone(), number);
            for i in range.clone() {
                first::features(&page.look, &paragraph, i, &mut features);
                data.token(&features, first::edge(&page.look, &range, i), page.labels[i], 0x7f);
            }
            chains.push(data.end_chain());
        }
        of_page.push(chains);
    }
    data.number(2);
    (data, of_page)
}

/// Second-pass chains: each page's cues, found or missed, with their own source and content.
pub(crate) fn second_data(pages: &[Page], found: &[Found]) -> (Data, Vec<Vec<usize>>) {
    let mut data = Data::default();
    let mut of_page = Vec::new();
    let mut features = Vec::new();
    let mut more = Vec::new();
    for (page, found) in pages.iter().zip(found) {
        let paragraphs = spans::paragraphs(&page.prose);
        let said = spans::cues(&found.labels);
        let mut chains = Vec::new();
        let mut examples: Vec<(Vec<usize>, &Gold)> = Vec::new();
        for gold in page.gold {
            let own: Vec<usize> = gold.cue.iter().flat_map(|&s| tokens(&page.prose, s)).collect();
            let at = said.iter().position(|cue| cue.iter().any(|i| own.contains(i)));
            if let Some(at) = at {
                examples.push((said[at].clone(), gold));
            } else if !own.is_empty() {
                examples.push((own, gold));
            }
        }
        for (cue, gold) in examples {
            let window = spans::window(&page.look, &paragraphs, cue);
            let mut labels = vec![0_u8; page.prose.tokens.len()];
            let roles: [Role; 2] =
                [(second::OWN_CONTENT, |g| &g.content), (second::OWN_SOURCE, |g| &g.source)];
            for (label, role) in roles {
                for &span in role(gold) {
                    let range = tokens(&page.prose, span);
                    labels[range.clone()].fill(label + 1);
                    if !range.is_empty() {
                        labels[range.start] = label;
                    }
                }
            }
            let mut before = 0;
            for i in window.range.clone() {
                let is_cue = window.cue.contains(&i);
                if is_cue {
                    labels[i] = second::OWN_CUE;
                }
                if !second::may_follow(before as usize, labels[i] as usize) {
                    labels[i] -= 1;
                }
                before = labels[i];
                second::still_features(&page.look, found, i, &mut features);
                if !is_cue {
                    second::features(&page.look, found, &window, i, &mut more);
                    features.append(&mut more);
                }
                let edge = first::edge(&page.look, &window.range, i);
                data.token(&features, edge, labels[i], if is_cue { 0x20 } else { 0x1f });
            }
            chains.push(data.end_chain());
        }
        of_page.push(chains);
    }
    data.number(2);
    (data, of_page)
}

/// The chains of the pages that `take` takes.
pub(crate) fn chains(of_page: &[Vec<usize>], take: impl Fn(usize) -> bool) -> Vec<usize> {
    let pages = of_page.iter().enumerate().filter(|(page, _)| take(*page));
    pages.flat_map(|(_, chains)| chains.iter().copied()).collect()
}

/// What the first pass finds in a page.
pub(crate) fn found(page: &Page, first: &Chain) -> Found {
    Found::new(&page.look, spans::first_pass(first, &page.prose, &page.look))
}

/// What the second pass makes of a page.
pub(crate) fn statements(page: &Page, found: &Found, second: &Chain) -> Vec<SpanStatement> {
    spans::second_pass(second, &page.prose, &page.look, found, spans::cues(&found.labels))
}

/// What the whole program makes of them: with the statements that only the rules see.
pub(crate) fn with_rules(page: &Page, learned: &[SpanStatement]) -> Vec<SpanStatement> {
    pooled(&page.prose, &page.quotes, &page.syntax, learned)
}

/// The bytes of a model.
pub(crate) fn model(lexicon: &Lexicon, first: &[u8], second: &[u8]) -> Vec<u8> {
    let mut writer = Writer::default();
    // A word seen twice or less and never as a cue is as good as unknown.
    let mut counts: Vec<_> =
        lexicon.counts.iter().filter(|(_, count)| count[0] > 0 || count[1] > 3).collect();
    counts.sort();
    writer.number(counts.len() as u32);
    for (base, [cues, total]) in counts {
        writer.number(*base);
        writer.number(*cues);
        writer.number(*total);
    }
    writer.bytes.extend(first);
    writer.bytes.extend(second);
    writer.bytes
}

/// Settings of the first pass.
pub(crate) const FIRST: Settings = Settings { rounds: 10, rate: 0.15, l1: 2.0 };
/// Settings of the second.
pub(crate) const SECOND: Settings = Settings { rounds: 8, rate: 0.15, l1: 4.0 };
