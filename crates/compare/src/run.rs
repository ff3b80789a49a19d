//! The contract, run in memory on one machine: the reference that every other way of running it
//! (the ledger's incremental one, an engine's) must agree with.
//!
//! ```text
//! subjects → items by key → pairs → links → families → findings, worst first
//! ```
//!
//! Not handled: more reports than fit in memory.

use crate::{Comparison, Item, ItemId, Keyed, Link, Measure, Subject, comparisons, measures};
use onrecord_model::{Finding, FindingKind};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// How many items before it, and how many after it, an item meets under one key, in the order of
/// [`order`]. A phrase that stands in every report thus costs each report no more than this, and a
/// wire story that three hundred papers carry still hangs together, each copy by its neighbours in
/// time. 32 is a judgement: larger families are met through their neighbours.
pub const WINDOW: usize = 32;

/// The order of items: by publication, undated last, then by id.
pub fn order(a: &Item, b: &Item) -> Ordering {
    let undated = |item: &Item| (item.published.is_none(), item.published);
    undated(a).cmp(&undated(b)).then_with(|| a.id.cmp(&b.id))
}

/// All in which these reports differ, as the comparisons show it, worst first. The order of
/// `subjects` changes nothing; their names are to differ.
pub fn findings(subjects: &[Subject<'_>]) -> Vec<Finding> {
    let all = comparisons().iter().flat_map(|&comparison| run(comparison, subjects));
    let mut findings: Vec<Finding> = all.filter(|finding| finding.kind.is_difference()).collect();
    worst_first(&mut findings);
    findings
}

/// What one comparison shows of these reports, family by family.
pub fn run(comparison: &dyn Comparison, subjects: &[Subject<'_>]) -> Vec<Finding> {
    let families = families(comparison, subjects);
    families.iter().flat_map(|(items, links)| comparison.family(items, links)).collect()
}

/// The measures of these reports, in the order of their first figures: the reference for those that
/// a record gives.
pub fn all_measures(subjects: &[Subject<'_>]) -> Vec<Measure> {
    let figures = comparisons().iter().filter(|comparison| comparison.name() == "figures");
    let families = figures.flat_map(|&comparison| families(comparison, subjects));
    families.flat_map(|(items, links)| measures(&items, &links)).collect()
}

/// Items that hang together, with their links, both in order; families of one only where an item
/// has no keys.
fn families(comparison: &dyn Comparison, subjects: &[Subject<'_>]) -> Vec<(Vec<Item>, Vec<Link>)> {
    let mut keyed: Vec<Keyed> = subjects.iter().flat_map(|&s| comparison.keys(s)).collect();
    keyed.sort_by(|a, b| order(&a.item, &b.item));
    let links = links(comparison, &keyed);
    let items: Vec<Item> = keyed.iter().map(|keyed| keyed.item.clone()).collect();

    let mut root: Vec<usize> = (0..items.len()).collect();
    for &(a, b, _) in &links {
        let (a, b) = (find(&mut root, a), find(&mut root, b));
        root[a.max(b)] = a.min(b);
    }
    let mut families: BTreeMap<usize, (Vec<Item>, Vec<Link>)> = BTreeMap::new();
    for (number, item) in items.into_iter().enumerate() {
        let family = families.entry(find(&mut root, number)).or_default();
        family.0.push(item);
    }
    for (a, _, link) in links {
        families.entry(find(&mut root, a)).or_default().1.push(link);
    }
    families.retain(|&number, (_, links)| !links.is_empty() || keyed[number].keys.is_empty());
    let mut families: Vec<_> = families.into_values().collect();
    for (_, links) in &mut families {
        links.sort_by(|a, b| (&a.a, &a.b).cmp(&(&b.a, &b.b)));
    }
    families
}

/// The links between items, which are in [`order`], with the places of both ends.
fn links(comparison: &dyn Comparison, keyed: &[Keyed]) -> Vec<(usize, usize, Link)> {
    let mut by_key: Vec<(u64, usize)> = Vec::new();
    for (number, keyed) in keyed.iter().enumerate() {
        by_key.extend(keyed.keys.iter().map(|&key| (key, number)));
    }
    by_key.sort_unstable();
    let mut pairs = Vec::new();
    for (place, &(key, b)) in by_key.iter().enumerate() {
        let before = by_key[place.saturating_sub(WINDOW)..place].iter();
        pairs.extend(before.filter(|earlier| earlier.0 == key).map(|earlier| (earlier.1, b)));
    }
    pairs.sort_unstable();
    pairs.dedup();
    let met = pairs.into_iter().filter_map(|(a, b)| {
        let (x, y) = (&keyed[a].item, &keyed[b].item);
        let link = if x.id.report == y.id.report { None } else { comparison.compare(x, y) };
        link.map(|link| (a, b, link))
    });
    met.collect()
}

fn find(root: &mut [usize], mut at: usize) -> usize {
    while root[at] != at {
        root[at] = root[root[at]];
        at = root[at];
    }
    at
}

/// Puts findings in the order in which an editor wants to see them.
///
/// The weight of a kind (changed words before shared text) times the confidence. The weights are a
/// judgement of what is worth a telephone call, not a measure.
pub fn worst_first(findings: &mut [Finding]) {
    fn weight(finding: &Finding) -> f64 {
        let kind = match finding.kind {
            FindingKind::QuoteSpeaker => 1.0,
            FindingKind::QuoteAltered => 0.95,
            FindingKind::FigureDiffers => 0.9,
            FindingKind::Headline => 0.9,
            FindingKind::DateDiffers => 0.8,
            FindingKind::SpeakerDoubt => 0.8,
            FindingKind::QuoteRendered => 0.7,
            FindingKind::SingleOrigin => 0.7,
            FindingKind::QuoteTrimmed => 0.6,
            FindingKind::NameVariant => 0.5,
            FindingKind::Copy => 0.4,
            FindingKind::Position => 0.3,
            FindingKind::Apart => 0.2,
            FindingKind::Story => 0.1,
        };
        kind * finding.confidence
    }
    let place = |finding: &Finding| {
        finding.evidence.first().map(|first| (first.report.clone(), first.span))
    };
    findings.sort_by(|a, b| {
        weight(b)
            .total_cmp(&weight(a))
            .then_with(|| a.kind.cmp(&b.kind))
            .then_with(|| b.evidence.len().cmp(&a.evidence.len()))
            .then_with(|| place(a).cmp(&place(b)))
            .then_with(|| a.reading.cmp(&b.reading))
    });
}

/// The places of items in `items`, by id.
pub(crate) fn places(items: &[Item]) -> BTreeMap<&ItemId, usize> {
    items.iter().enumerate().map(|(place, item)| (&item.id, place)).collect()
}

/// The groups of items, by place, that `joined` pairs of places connect; groups and places in
/// order, groups of one left out.
pub(crate) fn groups(
    items: usize,
    joined: impl Iterator<Item = (usize, usize)>,
) -> Vec<Vec<usize>> {
    let mut root: Vec<usize> = (0..items).collect();
    for (a, b) in joined {
        let (a, b) = (find(&mut root, a), find(&mut root, b));
        root[a.max(b)] = a.min(b);
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for place in 0..items {
        groups.entry(find(&mut root, place)).or_default().push(place);
    }
    groups.into_values().filter(|group| group.len() > 1).collect()
}
