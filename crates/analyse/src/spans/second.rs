//! Second pass: for one cue, its own source and content.
//!
//! ```text
//! The mayor said rain fell , and the police denied it .    cue "denied":   source "the police", content "it"
//! ```
//!
//! It reads the labels of the first pass, where the cue and other cues stand, and the tree.

use super::first::{CONTENT, CUE, SOURCE};
use super::look::{Look, NONE};
use super::quotes::OUTSIDE;
use crate::learned::feature;
use std::ops::Range;

/// Number of labels: none, beginning and inside of source, of content, and the cue itself.
pub const LABELS: usize = 6;
/// Beginning of a source.
pub const OWN_SOURCE: u8 = 1;
/// Beginning of a content.
pub const OWN_CONTENT: u8 = 3;
/// The cue itself.
pub const OWN_CUE: u8 = 5;

/// Whether a label may come after another.
pub fn may_follow(before: usize, label: usize) -> bool {
    !matches!(label, 2 | 4) || before == label || before + 1 == label
}

/// Longest way from a cue that is looked at, in tokens.
const REACH: usize = 220;

/// A cue and what is looked at for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// The cue's tokens, in order.
    pub cue: Vec<usize>,
    /// What is looked at.
    pub range: Range<usize>,
    /// Of each token of the range: its label by the rule that has this cue, [`Hint::labels`](super::look::Hint::labels).
    pub hinted: Vec<u8>,
    /// Whether a rule has this cue: 0, or 1, or 2 inside another's content.
    pub has_hint: u32,
}

impl Window {
    /// The window of a cue in the paragraph `range`; `next` is the paragraph after it, looked at
    /// where the cue's paragraph ends in a colon.
    pub fn new(look: &Look, cue: Vec<usize>, range: Range<usize>, next: Range<usize>) -> Self {
        let (first, last) = (cue[0], cue[cue.len() - 1]);
        let is_open = look.kinds[range.end - 1] == b':'
            && look.sentence[range.end - 1] == look.sentence[last];
        let end = if is_open { next.end.max(range.end) } else { range.end };
        let range = range.start.max(first.saturating_sub(REACH))..end.min(last + REACH);
        let hint = look.hints.iter().find(|hint| cue.iter().any(|&i| hint.has_cue(i)));
        let mut hinted = Vec::new();
        let mut has_hint = 0;
        if let Some(hint) = hint {
            has_hint = 1 + u32::from(hint.is_inside);
            hinted = hint.labels(&range);
        }
        Self { cue, range, hinted, has_hint }
    }
}

/// What the first pass found, as the second reads it.
#[derive(Debug, Default)]
pub struct Found {
    /// Labels of the first pass, one a token.
    pub labels: Vec<u8>,
    /// For each token the number of cues that began before it.
    cues_before: Vec<u32>,
    /// The same for sources and for contents: spans begun up to it.
    sources: Vec<u32>,
    contents: Vec<u32>,
    /// Quotations begun up to it.
    quotations: Vec<u32>,
}

impl Found {
    /// Counts over the labels.
    pub fn new(look: &Look, labels: Vec<u8>) -> Self {
        let count = |begins: &dyn Fn(usize) -> bool| {
            let mut sum = 0;
            (0..labels.len())
                .map(|i| {
                    sum += u32::from(begins(i));
                    sum
                })
                .collect::<Vec<u32>>()
        };
        let cues_before = count(&|i| labels[i] == CUE);
        let sources = count(&|i| labels[i] == SOURCE);
        let contents = count(&|i| labels[i] == CONTENT);
        let quotations = count(&|i| look.quotation_of(i).is_some_and(|q| q.start == i));
        Self { cues_before, sources, contents, quotations, labels }
    }
}

fn near(distance: usize) -> u32 {
    match distance {
        0..=4 => distance as u32,
        5..=7 => 5,
        8..=12 => 6,
        13..=20 => 7,
        21..=40 => 8,
        _ => 9,
    }
}

/// The features of token `i` that do not depend on the cue.
pub fn still_features(look: &Look, found: &Found, i: usize, out: &mut Vec<u32>) {
    let at = |offset: isize| {
        let place = i as isize + offset;
        if place >= 0 && (place as usize) < look.low.len() { place as usize } else { NONE }
    };
    let low = |p: usize| if p == NONE { 0 } else { look.low[p] };
    let tag = |p: usize| if p == NONE { 99 } else { u32::from(look.tags[p]) };
    let state = |p: usize| if p == NONE { 99 } else { u32::from(look.state[p]) };
    let relation = |p: usize| if p == NONE { 99 } else { u32::from(look.relations[p]) };
    let label = |p: usize| if p == NONE { 9 } else { u32::from(found.labels[p]) };
    let pair = |a: u32, b: u32| a << 8 | b;
    let triple = |a: u32, b: u32, c: u32| a << 16 | b << 8 | c;
    let [p2, p1, n1, n2] = [-2, -1, 1, 2].map(at);
    let head = look.heads[i];
    out.clear();
    out.extend([
        feature(501, low(i), 0),
        feature(502, low(p1), 0),
        feature(503, low(n1), 0),
        feature(504, low(p1), low(i)),
        feature(505, low(i), low(n1)),
        feature(506, pair(tag(p1), tag(i)), 0),
        feature(507, pair(tag(i), tag(n1)), 0),
        feature(508, triple(tag(p2), tag(p1), tag(i)), 0),
        feature(509, triple(tag(p1), tag(i), tag(n1)), 0),
        feature(510, triple(tag(i), tag(n1), tag(n2)), 0),
        feature(511, triple(state(p1), state(i), state(n1)), 0),
        feature(512, triple(label(p1), label(i), label(n1)), 0),
        feature(513, triple(label(p2), label(p1), label(i)), 0),
        feature(514, triple(label(i), label(n1), label(n2)), 0),
        feature(515, label(i), tag(i)),
        feature(516, label(i), low(i)),
        feature(517, triple(relation(i), tag(i), tag(head)), 0),
        feature(518, low(p2), 0),
        feature(519, low(n2), 0),
        feature(520, 0, 0),
    ]);
}

/// The features of token `i` seen from the cue of `window`.
pub fn features(look: &Look, found: &Found, window: &Window, i: usize, out: &mut Vec<u32>) {
    let (first, last) = (window.cue[0], window.cue[window.cue.len() - 1]);
    let at = |offset: isize| {
        let place = i as isize + offset;
        if place >= window.range.start as isize && place < window.range.end as isize {
            place as usize
        } else {
            NONE
        }
    };
    let tag = |p: usize| if p == NONE { 99 } else { u32::from(look.tags[p]) };
    let relation = |p: usize| if p == NONE { 99 } else { u32::from(look.relations[p]) };
    let label = |p: usize| if p == NONE { 9 } else { u32::from(found.labels[p]) };
    let pair = |a: u32, b: u32| a << 8 | b;
    let triple = |a: u32, b: u32, c: u32| a << 16 | b << 8 | c;
    let [p1, n1] = [-1, 1].map(at);
    // Side: before, after, or between the cue's own words.
    let (side, distance) = if i < first {
        (0, first - i)
    } else if i > last {
        (1, i - last)
    } else {
        (2, 0)
    };
    let heads = |w: usize| look.heads[w] == NONE || !window.cue.contains(&look.heads[w]);
    let head = window.cue.iter().copied().rfind(|&w| heads(w)).unwrap_or(last);
    let verb = look.base[head];
    let level = u32::from(look.level[head]);
    let (low_end, high_end) = (i.min(first), i.max(last));
    let between = |counts: &[u32]| counts[high_end] - counts[low_end];
    let cues = between(&found.cues_before).min(3);
    // Spans of the first pass between the cue and the token, its own counted, so that 1 is nearest.
    let own_label = found.labels[i];
    let rank = match own_label {
        1 | 2 => between(&found.sources) + u32::from(side == 0),
        5 | 6 => between(&found.contents) + u32::from(side == 0),
        _ => 0,
    }
    .min(4);
    let kind = u32::from(own_label.div_ceil(2));
    let sentences = (i64::from(look.sentence[i]) - i64::from(look.sentence[head])).clamp(-3, 3) + 3;
    let sentences = sentences as u32;
    // The way through the tree: below the cue, above it, or on another branch.
    let way = |p: usize| -> (u32, usize, u32, u32) {
        if p == NONE {
            return (9, NONE, 99, 0);
        }
        if let Some((child, length, path)) = look.below(p, head) {
            return (1, child, relation(child), path ^ length << 28);
        }
        if let Some((_, length, path)) = look.below(head, p) {
            return (2, p, relation(head), path ^ length << 28 ^ 0x55);
        }
        if look.sentence[p] != look.sentence[head] {
            return (4, NONE, 98, 0);
        }
        let above = look.heads[head];
        if above != NONE
            && let Some((child, _, path)) = look.below(p, above)
        {
            return (3, child, pair(relation(child), relation(head)), path ^ 0xaaaa);
        }
        (5, NONE, 97, 0)
    };
    let (own_way, own_child, own_top, path) = way(i);
    let (before_way, before_child, before_top, _) = way(p1);
    let (next_way, next_child, next_top, _) = way(n1);
    // Quotations.
    let in_quotation = look.quotation[i] != OUTSIDE;
    let cue_quoted = look.quotation[head] != OUTSIDE;
    let same = in_quotation && look.quotation[i] == look.quotation[head];
    let quotations = between(&found.quotations).min(3);
    let quoted = u32::from(in_quotation) << 2 | u32::from(cue_quoted) << 1 | u32::from(same);
    let words = look.quotation_of(i).map_or(0, |q| near(q.words));
    let state = u32::from(look.state[i]);
    let mark = if state == 0 { 0 } else { state % 3 + 1 };
    // Whether a likelier cue stands nearer to the token, in its own part of the tree.
    let (governor, _, _) = look.governor[i];
    let governed = if governor == NONE {
        0
    } else if window.cue.contains(&governor) {
        1
    } else if found.labels[governor] == CUE || found.labels[governor] == CUE + 1 {
        2
    } else {
        3
    };
    let d = near(distance);
    out.clear();
    out.extend([
        feature(601, pair(side, d), 0),
        feature(602, pair(side, d), tag(i)),
        feature(603, pair(side, cues), kind),
        feature(604, triple(side, rank, kind), cues),
        feature(605, triple(side, rank, u32::from(own_label)), d),
        feature(606, triple(side, sentences, quoted), pair(quotations, cues)),
        feature(607, triple(own_way, own_top, side), 0),
        feature(608, triple(own_way, own_top, side), verb),
        feature(609, triple(own_way, own_top, side), pair(tag(i), mark)),
        feature(610, path, side),
        feature(611, path, pair(tag(i), side)),
        feature(612, triple(own_way, own_top, side), look.low[i]),
        feature(
            613,
            triple(before_way, before_top, own_way),
            pair(own_top, u32::from(before_child == own_child)),
        ),
        feature(
            614,
            triple(own_way, own_top, next_way),
            pair(next_top, u32::from(next_child == own_child)),
        ),
        feature(
            615,
            triple(before_way, before_top, own_way),
            triple(own_top, u32::from(before_child == own_child), tag(i)),
        ),
        feature(
            616,
            triple(own_way, own_top, next_way),
            triple(next_top, u32::from(next_child == own_child), tag(i)),
        ),
        feature(617, pair(side, mark), triple(quoted, quotations, words)),
        feature(618, triple(side, mark, quoted), pair(sentences, cues)),
        feature(619, triple(side, cues, sentences), tag(i)),
        feature(620, pair(side, governed), triple(kind, own_way, cues)),
        feature(621, pair(side, governed), tag(i)),
        feature(622, pair(side, d), verb),
        feature(623, pair(side, level), triple(kind, rank, d)),
        feature(624, pair(side, u32::from(own_label)), verb),
        feature(625, triple(side, sentences, quotations), triple(words, quoted, mark)),
        feature(
            626,
            triple(label(p1), u32::from(own_label), label(n1)),
            triple(side, cues, own_way),
        ),
        feature(627, triple(label(p1), u32::from(own_label), label(n1)), triple(side, rank, d)),
        feature(628, pair(side, d), pair(tag(p1), tag(i))),
        feature(629, pair(side, d), pair(tag(i), tag(n1))),
        feature(630, look.low[i], pair(side, d.min(5))),
        feature(631, tag(head), triple(side, own_way, own_top)),
        feature(632, u32::from(look.shape[i]), triple(side, own_top, d)),
        feature(633, triple(side, cues, rank), triple(kind, quoted, sentences)),
        feature(634, window.cue.len().min(4) as u32, pair(side, d)),
        feature(635, side, look.low[first]),
        feature(636, side, look.low[last]),
        feature(637, u32::from(look.relations[head]), triple(side, kind, own_way)),
        feature(638, side, 0),
    ]);
    // What the rule of this cue makes of it, or else the other rules.
    let hint = |p: usize| match (p, window.has_hint) {
        (NONE, _) => 99,
        (_, 0) => 20 + u32::from(look.hinted[p]),
        _ => u32::from(window.hinted[p - window.range.start]),
    };
    let h = hint(i);
    let hints = triple(hint(p1), h, hint(n1));
    out.extend([
        feature(640, h, window.has_hint),
        feature(641, hints, pair(side, window.has_hint)),
        feature(642, h, triple(side, u32::from(own_label), window.has_hint)),
        feature(643, h, pair(tag(i), side)),
        feature(644, h, verb),
        feature(645, hints, triple(label(p1), u32::from(own_label), label(n1))),
        feature(646, hints, triple(mark, quoted, side)),
        feature(647, hints, triple(own_way, own_top, side)),
        feature(648, pair(h, u32::from(look.hinted[i])), side),
    ]);
}
