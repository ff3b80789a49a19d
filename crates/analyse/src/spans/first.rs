//! First pass: every token of a paragraph is part of a source, a cue, a content, or of nothing.
//!
//! ```text
//! The mayor said rain fell .   →   source source cue content content –
//! ```
//!
//! Which source belongs to which cue is not asked here: the second pass does.

use super::look::{LIKELY, Look, NONE};
use super::quotes::OUTSIDE;
use crate::learned::feature;
use std::ops::Range;

/// Number of labels: none, then beginning and inside of source, cue and content.
pub const LABELS: usize = 7;
/// Beginning of a source.
pub const SOURCE: u8 = 1;
/// Beginning of a cue.
pub const CUE: u8 = 3;
/// Beginning of a content.
pub const CONTENT: u8 = 5;

/// Whether a label may come after another: the inside only after its beginning or itself.
pub fn may_follow(before: usize, label: usize) -> bool {
    !matches!(label, 2 | 4 | 6) || before == label || before + 1 == label
}

/// The kind of place before token `i` of `range`.
pub fn edge(look: &Look, range: &Range<usize>, i: usize) -> u8 {
    let before = if i > range.start { i - 1 } else { return 0 };
    if look.sentence[i] != look.sentence[before] {
        return if look.quotation[i] != OUTSIDE && look.quotation[i] == look.quotation[before] {
            1
        } else {
            2
        };
    }
    match (look.state[before] % 3, look.state[i] % 3) {
        (_, 1) if look.state[i] > 0 => 3,
        (0, _) if look.state[before] > 0 => 4,
        _ if matches!(look.kinds[before], b',' | b':' | b'-') => 5,
        _ if look.kinds[i] == b'V' || look.kinds[i] == b'M' => 6,
        _ => 7,
    }
}

fn near(distance: usize) -> u32 {
    match distance {
        0..=3 => distance as u32,
        4..=6 => 4,
        7..=12 => 5,
        13..=25 => 6,
        _ => 7,
    }
}

/// What the features of a paragraph share.
pub struct Paragraph {
    range: Range<usize>,
    /// Number of the paragraph, up to 3.
    number: u32,
    /// Quotation marks in it, up to 3; whether it begins and ends with one.
    quoting: u32,
    /// For each token the nearest quotation's end before and start after.
    ends: Vec<(usize, usize)>,
    /// For each token the nearest likely cue before and after it.
    likely: Vec<(usize, usize)>,
    /// Highest level of a cue in each sentence, by token's sentence less the first's.
    top: Vec<u8>,
}

impl Paragraph {
    /// Looks over paragraph number `number` of the report.
    pub fn new(look: &Look, range: Range<usize>, number: usize) -> Self {
        let mut ends = vec![(NONE, NONE); range.len()];
        let mut end = NONE;
        for i in range.clone() {
            ends[i - range.start].0 = end;
            if look.quotation_of(i).is_some_and(|q| q.end == i + 1) {
                end = i + 1;
            }
        }
        let mut start = NONE;
        for i in range.clone().rev() {
            ends[i - range.start].1 = start;
            if look.quotation_of(i).is_some_and(|q| q.start == i) {
                start = i;
            }
        }
        let mut likely = vec![(NONE, NONE); range.len()];
        let mut last = NONE;
        for i in range.clone() {
            likely[i - range.start].0 = last;
            last = if look.level[i] >= LIKELY { i } else { last };
        }
        last = NONE;
        for i in range.clone().rev() {
            likely[i - range.start].1 = last;
            last = if look.level[i] >= LIKELY { i } else { last };
        }
        let first_sentence = look.sentence[range.start];
        let mut top = vec![0; (look.sentence[range.end - 1] - first_sentence) as usize + 1];
        for i in range.clone() {
            let at = (look.sentence[i] - first_sentence) as usize;
            top[at] = top[at].max(look.level[i]);
        }
        let is_in = |i: usize| u32::from(look.quotation[i] != OUTSIDE);
        let starts = range.clone().filter(|&i| look.quotation_of(i).is_some_and(|q| q.start == i));
        let quoting =
            is_in(range.start) << 3 | is_in(range.end - 1) << 2 | starts.count().min(3) as u32;
        Self { range, number: number.min(3) as u32, quoting, ends, likely, top }
    }
}

/// The features of token `i`.
pub fn features(look: &Look, paragraph: &Paragraph, i: usize, out: &mut Vec<u32>) {
    let range = &paragraph.range;
    let at = |offset: isize| {
        let place = i as isize + offset;
        if place >= range.start as isize && place < range.end as isize {
            place as usize
        } else {
            NONE
        }
    };
    let low = |p: usize| if p == NONE { 0 } else { look.low[p] };
    let base = |p: usize| if p == NONE { 0 } else { look.base[p] };
    let tag = |p: usize| if p == NONE { 99 } else { u32::from(look.tags[p]) };
    let level = |p: usize| if p == NONE { 99 } else { u32::from(look.level[p]) };
    let state = |p: usize| if p == NONE { 99 } else { u32::from(look.state[p]) };
    let shape = |p: usize| if p == NONE { 9 } else { u32::from(look.shape[p]) };
    let relation = |p: usize| if p == NONE { 99 } else { u32::from(look.relations[p]) };
    let pair = |a: u32, b: u32| a << 8 | b;
    let triple = |a: u32, b: u32, c: u32| a << 16 | b << 8 | c;
    let [p2, p1, n1, n2] = [-2, -1, 1, 2].map(at);
    let head = look.heads[i];
    let side = u32::from(head != NONE && head > i);
    let (t, l, s) = (tag(i), level(i), state(i));
    out.clear();
    out.extend([
        feature(401, low(i), 0),
        feature(402, low(p1), 0),
        feature(403, low(n1), 0),
        feature(404, low(p2), 0),
        feature(405, low(n2), 0),
        feature(406, low(p1), low(i)),
        feature(407, low(i), low(n1)),
        feature(408, base(i), t),
        feature(409, t, shape(i)),
        feature(410, tag(p1), t),
        feature(411, t, tag(n1)),
        feature(412, triple(tag(p2), tag(p1), t), 0),
        feature(413, triple(tag(p1), t, tag(n1)), 0),
        feature(414, triple(t, tag(n1), tag(n2)), 0),
        feature(415, l, 0),
        feature(416, l, t),
        feature(417, pair(level(p1), l), 0),
        feature(418, pair(l, level(n1)), 0),
        feature(419, level(p1), t),
        feature(420, level(n1), t),
        feature(421, pair(level(p2), level(n2)), 0),
        feature(422, base(p1), t),
        feature(423, base(n1), t),
        feature(424, shape(p1), pair(shape(i), shape(n1))),
        feature(425, relation(i), pair(t, tag(head))),
        feature(426, relation(i), pair(level(head), side)),
        feature(427, relation(i), base(head)),
        feature(428, s, pair(state(p1), state(n1))),
        feature(429, s, pair(t, 0)),
        feature(430, s, l),
    ]);
    // What hangs on it.
    let children = look.children[i];
    let bits = (children ^ children >> 32) as u32;
    let subject = look.subject[i];
    out.extend([
        feature(431, bits, l),
        feature(432, bits, t),
        feature(433, (children >> 32) as u32 ^ bits.rotate_left(7), base(i)),
        feature(434, tag(subject), pair(l, shape(subject))),
        feature(435, low(subject), t),
        feature(436, low(subject), l),
    ]);
    for relation in 0..64 {
        if children >> relation & 1 == 1 {
            out.push(feature(437, relation, l));
            out.push(feature(438, relation, base(i)));
        }
    }
    // What it hangs on.
    let (governor, child, path) = look.governor[i];
    let way = u32::from(governor != NONE && governor > i);
    let top = relation(child);
    out.extend([
        feature(440, path, level(governor) << 1 | way),
        feature(441, top, pair(level(governor), way)),
        feature(442, top, base(governor) ^ way),
        feature(443, path, t),
        feature(444, pair(top, level(governor)), pair(state(child), s)),
    ]);
    for (number, other) in [(445, p1), (446, n1)] {
        let (g, c, _) = if other == NONE { (NONE, NONE, 0) } else { look.governor[other] };
        let same = u32::from(g == governor) << 1 | u32::from(c == child);
        out.push(feature(number, triple(same, top, relation(c)), level(governor)));
        out.push(feature(number + 2, triple(same, top, relation(c)), pair(t, tag(other))));
    }
    // The likely cues beside it, whatever the tree says.
    let (before, after) = paragraph.likely[i - range.start];
    let beside = |p: usize| {
        if p == NONE || look.sentence[p] != look.sentence[i] { 9 } else { near(p.abs_diff(i)) }
    };
    let (to_before, to_after) = (beside(before), beside(after));
    let level_of = |p: usize, near: u32| if near == 9 { 0 } else { level(p) };
    let (before_level, after_level) = (level_of(before, to_before), level_of(after, to_after));
    out.extend([
        feature(470, pair(before_level, to_before), t),
        feature(471, pair(after_level, to_after), t),
        feature(472, if to_before == 9 { 0 } else { base(before) }, to_before),
        feature(473, if to_after == 9 { 0 } else { base(after) }, to_after),
        feature(474, pair(before_level, after_level), pair(to_before, to_after)),
        feature(475, triple(before_level, after_level, u32::from(s > 0)), l),
        feature(476, pair(before_level, to_before), triple(s, state(p1), state(n1))),
        feature(477, pair(after_level, to_after), triple(s, state(p1), state(n1))),
    ]);
    // Its place: in the sentence, by the quotations.
    let sentence = look.sentence[i];
    let is_other = |place: usize| place == NONE || look.sentence[place] != sentence;
    let from_start = (1..=5).find(|&k| is_other(at(-k))).unwrap_or(6);
    let to_end = (1..=5).find(|&k| is_other(at(k))).unwrap_or(6);
    let best = u32::from(paragraph.top[(sentence - look.sentence[range.start]) as usize]);
    let (end, start) = paragraph.ends[i - range.start];
    let since = if end == NONE { 9 } else { near(i - end) };
    let until = if start == NONE { 9 } else { near(start - i) };
    let same_sentence =
        |p: usize| u32::from(p != NONE && p < look.sentence.len() && look.sentence[p] == sentence);
    let words = look.quotation_of(i).map_or(99, |q| near(q.words));
    let last_words = end.checked_sub(1).filter(|_| end != NONE).and_then(|e| look.quotation_of(e));
    let last_words = last_words.map_or(99, |q| near(q.words));
    let next_words =
        look.quotation_of(if start == NONE { i } else { start }).map_or(99, |q| near(q.words));
    out.extend([
        feature(450, from_start as u32, t),
        feature(451, to_end as u32, t),
        feature(452, best, s),
        feature(453, best, pair(paragraph.quoting, u32::from(s > 0))),
        feature(454, since, pair(last_words, l)),
        feature(455, until, pair(next_words, l)),
        feature(456, since, pair(t, same_sentence(end.wrapping_sub(1)))),
        feature(457, until, pair(t, same_sentence(start))),
        feature(458, paragraph.number, pair(t, 0)),
        feature(459, paragraph.number, l),
        feature(460, words, pair(s, paragraph.quoting)),
        feature(461, pair(since, until), pair(u32::from(s > 0), u32::from(l >= u32::from(LIKELY)))),
        feature(462, base(i), triple(since.min(4), until.min(4), u32::from(s > 0))),
        feature(463, from_start as u32, pair(to_end as u32, paragraph.number)),
        feature(464, 0, 0),
    ]);
    // What the rules make of it.
    let hint = |p: usize| if p == NONE { 99 } else { u32::from(look.hinted[p]) };
    let h = hint(i);
    out.extend([
        feature(480, h, 0),
        feature(481, triple(hint(p1), h, hint(n1)), 0),
        feature(482, h, l),
        feature(483, h, t),
        feature(484, h, base(i)),
        feature(485, triple(hint(p1), h, hint(n1)), triple(s, state(p1), state(n1))),
        feature(486, triple(hint(p1), h, hint(n1)), l),
    ]);
}
