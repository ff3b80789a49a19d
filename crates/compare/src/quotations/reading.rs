//! Two readings of one utterance: whether they are one, and what differs.
//!
//! ```text
//! Closing the port would be an error     ─┐
//! Closing the port would be a mistake    ─┴→ altered: an error | a mistake
//! ```
//!
//! Not handled: two changes that cross.

use super::heard::Heard;
use super::reworded;
use super::speakers;
use super::utterance::{Spoken, Utterance};
use crate::align::{Difference, align};
use crate::rules::is_condition;
use onrecord_model::Span;
use serde::{Deserialize, Serialize};

/// How two quotations hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Form {
    /// The same words, as far as both go.
    Same,
    /// The same words, given to two people.
    Speakers,
    /// Words of substance left out, without dots.
    Trimmed,
    /// Words put in, left out or replaced.
    Altered,
    /// The same speaker on the same thing in other words.
    Rendered,
}

impl Form {
    pub(crate) fn is_change(self) -> bool {
        matches!(self, Self::Trimmed | Self::Altered | Self::Rendered)
    }
}

/// Places of the words that differ, on either side; ends exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Change {
    pub(super) a: (usize, usize),
    pub(super) b: (usize, usize),
}

/// Two quotations of one utterance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Join {
    pub(crate) form: Form,
    /// Words in common.
    pub(crate) words: usize,
    /// Words in common, of those that either side has where both go.
    pub(super) ratio: f64,
    /// The share of either side's words that are in common.
    cover: [f64; 2],
    /// Places of the first and the last word in common.
    pub(super) a: (usize, usize),
    pub(super) b: (usize, usize),
    pub(super) changes: Vec<Change>,
}

impl Join {
    /// Whether the second quotation says nothing that the first does not.
    pub(crate) fn covers_b(&self) -> bool {
        self.cover[1] >= 0.9
    }

    /// The same, the other way round.
    pub(crate) fn turned(self) -> Self {
        let changes = self.changes.iter().map(|change| Change { a: change.b, b: change.a });
        Self {
            changes: changes.collect(),
            cover: [self.cover[1], self.cover[0]],
            a: self.b,
            b: self.a,
            ..self
        }
    }

    /// Places of the first and the last word that are in common or differ, of either side.
    pub(super) fn reach(&self, side: usize) -> (usize, usize) {
        let common = [self.a, self.b][side];
        let changed = self.changes.iter().map(|change| [change.a, change.b][side]);
        changed
            .filter(|(from, to)| from < to)
            .fold(common, |(first, last), (from, to)| (first.min(from), last.max(to - 1)))
    }

    /// The words that differ, folded.
    pub(crate) fn changed_words(&self, a: &Utterance, b: &Utterance) -> Vec<(String, String)> {
        let (a, b) = (a.words(), b.words());
        let texts = self.changes.iter().map(|change| (row(&a, change.a), row(&b, change.b)));
        texts.collect()
    }
}

fn row(words: &[Spoken], (from, to): (usize, usize)) -> String {
    let words = words.get(from..to).unwrap_or_default();
    words.iter().map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ")
}

/// Days within which changed words are taken for one occasion: a speaker's standing phrases come
/// again with other words, week after week.
pub(super) const OCCASION: u64 = 7;

/// Days within which other words of one speaker on one matter are taken for one occasion.
const SAME_OCCASION: u64 = 3;

/// Whether two quotations are of one utterance, and how. `days` lie between their reports.
pub(crate) fn join(left: &Heard, right: &Heard, days: Option<u64>) -> Option<Join> {
    let is_one = left.can_be_one_speaker(right);
    aligned(left, right, is_one, days).or_else(|| {
        let is_near = days.is_none_or(|days| days <= SAME_OCCASION);
        if is_one && is_near { in_other_words(left, right, days.is_some()) } else { None }
    })
}

/// The same in other words, and in another order.
fn in_other_words(left: &Heard, right: &Heard, is_dated: bool) -> Option<Join> {
    let shared = reworded::shared(left, right, is_dated)?;
    let change = Change { a: (shared.a.0, shared.a.1 + 1), b: (shared.b.0, shared.b.1 + 1) };
    let round = |share: f64| (share * 1000.0).round() / 1000.0;
    let wide = |(first, last): (usize, usize), all: usize| (last + 1 - first) as f64 / all as f64;
    Some(Join {
        form: Form::Rendered,
        words: shared.words,
        ratio: round(shared.share),
        cover: [round(wide(shared.a, left.words.len())), round(wide(shared.b, right.words.len()))],
        a: shared.a,
        b: shared.b,
        changes: vec![change],
    })
}

/// Words in common, and those of them that tell something, that any two readings of one utterance
/// have which are laid word by word: of one speaker, else.
const LEAST: [(usize, usize); 2] = [(5, 0), (6, 3)];

/// Word by word. `same`: the two can be one speaker's.
fn aligned(left: &Heard, right: &Heard, same: bool, days: Option<u64>) -> Option<Join> {
    let least = LEAST[usize::from(!same)];
    if !left.shares(right, least.0, least.1) {
        return None;
    }
    let (a, b) = (&left.words[..], &right.words[..]);
    let (left, right) = (&left.utterance, &right.utterance);
    let pairs = align(a, b, Spoken::weight);
    let (&first, &last) = (pairs.pairs.first()?, pairs.pairs.last()?);
    let common = pairs.pairs.len();
    let telling = pairs.pairs.iter().filter(|(i, _)| !a[*i].is_little()).count();

    let mut changes: Vec<Change> = Vec::new();
    let differences = pairs.differences().into_iter().filter(|step| !is_shown(a, b, step));
    changes.extend(differences.map(|Difference { a, b }| Change { a, b }));
    // What dots stand for, where it is of substance.
    let dotted = pairs.differences().into_iter().find(|step| {
        let out = Change { a: step.a, b: step.b };
        let has_dots = |words: &[Spoken], at: usize| {
            at > 0 && words[at].after_gap && words[at].piece == words[at - 1].piece
        };
        let is_dotted = step.b.0 == step.b.1 && has_dots(b, step.b.1)
            || step.a.0 == step.a.1 && has_dots(a, step.a.1);
        is_dotted && is_trim(a, b, &[out])
    });
    let mut hanging = 0;
    let (x, y) = (&a[first.0], &b[first.1]);
    let opens = x.opens_sentence && y.opens_sentence || x.after_gap || y.after_gap;
    match edge(&a[..first.0], &b[..first.1], opens) {
        Edge::Changed => {
            // "I trusted my partners", "I warned my partners": one small word in common before the
            // change is not worth a difference to the alignment.
            let same = a[..first.0].iter().zip(&b[..first.1]).take_while(|(x, y)| x == y).count();
            changes.insert(0, Change { a: (same, first.0), b: (same, first.1) });
        }
        Edge::Apart(words) => hanging += words,
        Edge::Free => {}
    }
    let (a_rest, b_rest) = (&a[last.0 + 1..], &b[last.1 + 1..]);
    let is_boundary =
        |word: Option<&Spoken>| word.is_some_and(|word| word.opens_sentence || word.after_gap);
    match edge(a_rest, b_rest, is_boundary(a_rest.first()) || is_boundary(b_rest.first())) {
        Edge::Changed => {
            let ends = a_rest.iter().rev().zip(b_rest.iter().rev());
            let same = ends.take_while(|(x, y)| x == y).count();
            let (a_end, b_end) = (a.len() - same, b.len() - same);
            changes.push(Change { a: (last.0 + 1, a_end), b: (last.1 + 1, b_end) });
        }
        Edge::Apart(words) => hanging += words,
        Edge::Free => {}
    }
    let wide = |(from, to): (usize, usize)| to - from;
    let differing: usize = changes.iter().map(|change| wide(change.a).max(wide(change.b))).sum();
    let ratio = common as f64 / (common + differing + hanging) as f64;

    let different = || match (&left.speaker, &right.speaker) {
        (Some(left), Some(right)) => left.cannot_be(right),
        _ => false,
    };
    let is_within = |most: u64| days.is_none_or(|days| days <= most);
    let is_slight =
        |words: &[Spoken]| words.iter().all(|word| crate::rules::is_slight(&word.folded));
    if changes.iter().all(|change| {
        is_slight(&a[change.a.0..change.a.1]) && is_slight(&b[change.b.0..change.b.1])
    }) {
        changes.clear();
    }
    // "Nobody in Lorne will be asked", "Nobody in Vaal will be asked": of two places, by two people.
    let has_name = |side: &Utterance, words: &[Spoken]| {
        let own = words.iter().filter(|word| !word.opens_sentence);
        own.clone()
            .any(|word| side.text(std::slice::from_ref(word)).starts_with(char::is_uppercase))
    };
    let is_elsewhere = changes.iter().any(|change| {
        has_name(left, &a[change.a.0..change.a.1]) && has_name(right, &b[change.b.0..change.b.1])
    });
    if is_elsewhere && !same {
        return None;
    }
    let form = if changes.is_empty() && hanging == 0 {
        if let Some(cut) = cut(left, right, a, b, last).filter(|_| same && common >= 5) {
            changes.push(cut);
            Form::Trimmed
        } else if let Some(step) = dotted.filter(|_| same && common >= 8) {
            changes.push(Change { a: step.a, b: step.b });
            Form::Trimmed
        } else if different() {
            let given = speakers::Given { words: common, telling, days };
            given.is_to_two(left, right).then_some(Form::Speakers)?
        } else {
            let least = if same { (5, 2) } else { (6, 3) };
            (common >= least.0 && telling >= least.1).then_some(Form::Same)?
        }
    } else if same && hanging == 0 && common >= 8 && is_within(OCCASION) && is_trim(a, b, &changes)
    {
        Form::Trimmed
    } else if same && ratio >= 0.7 && common >= 6 && telling >= 3 && is_within(OCCASION)
        // "The worst part of this report is what is not in it": little words, but many.
        || same && ratio >= 0.85 && common >= 10 && telling >= 2 && is_within(SAME_OCCASION)
        || !same && ratio >= 0.85 && common >= 10 && telling >= 4 && is_within(3) && !different()
    {
        Form::Altered
    } else if same && hanging == 0 && common >= 8 && is_within(OCCASION) && is_trim(a, b, &changes)
    {
        Form::Trimmed
    } else if same
        && !is_elsewhere
        && ratio >= if days.is_some() { 0.5 } else { 0.6 }
        && common >= 7
        && telling >= 5
        && is_within(SAME_OCCASION)
    {
        Form::Rendered
    } else {
        return None;
    };
    let round = |share: f64| (share * 1000.0).round() / 1000.0;
    let cover = [a.len(), b.len()].map(|all| round(common as f64 / all as f64));
    Some(Join {
        form,
        words: common,
        ratio: round(ratio),
        cover,
        a: (first.0, last.0),
        b: (first.1, last.1),
        changes,
    })
}

/// Whether the text itself shows the difference: by dots, by brackets, or because it is none but
/// of spelling ("two-day", "two day") or of a tongue that stumbles ("in — in taking").
pub(crate) fn is_shown(a: &[Spoken], b: &[Spoken], step: &Difference) -> bool {
    let (x, y) = (&a[step.a.0..step.a.1], &b[step.b.0..step.b.1]);
    let joined =
        |words: &[Spoken]| words.iter().map(|word| word.folded.as_str()).collect::<String>();
    let is_bracketed =
        |words: &[Spoken]| !words.is_empty() && words.iter().all(|word| word.is_bracketed);
    // Dots that both sides have stand for the same, and not for a word that was changed before them.
    let (next_a, next_b) = (a.get(step.a.1), b.get(step.b.1));
    let is_after_gap = |word: Option<&Spoken>| word.is_some_and(|word| word.after_gap);
    let is_mirrored =
        x.len() == y.len() && x.len() <= 3 && is_after_gap(next_a) && is_after_gap(next_b);
    let to = |(from, to): (usize, usize), words: &[Spoken]| -> std::ops::RangeInclusive<usize> {
        from..=(to - usize::from(is_mirrored && to > from)).min(words.len() - 1)
    };
    // Dots stand for words where there are fewer of them. Where the name stands between two pieces
    // of speech ("rest before dawn," he said. "It …") no word need be missing.
    let has_gap = |words: &[Spoken], step: (usize, usize)| {
        words[to(step, words)].iter().any(|word| word.after_gap)
    };
    let has_dots = |words: &[Spoken], step: (usize, usize)| {
        to(step, words)
            .any(|at| words[at].after_gap && at > 0 && words[at - 1].piece == words[at].piece)
    };
    let is_hidden = |words: &[Spoken], other: &[Spoken]| match (words, other) {
        // "it's made", "it has made"; "he'd gone", "he had gone"
        ([hidden], [full]) => {
            hidden.is_hidden && matches!(full.folded.as_str(), "is" | "has" | "had" | "would")
        }
        // "the military's changed", "the military has changed"
        ([hidden], [full, verb]) => {
            hidden.folded.strip_suffix('s') == Some(&full.folded)
                && matches!(verb.folded.as_str(), "is" | "has")
        }
        _ => false,
    };
    joined(x) == joined(y)
        || is_bracketed(x)
        || is_bracketed(y)
        || is_hidden(x, y)
        || is_hidden(y, x)
        || y.is_empty() && (is_stumble(a, step.a) || is_piece(a, step.a))
        || x.is_empty() && (is_stumble(b, step.b) || is_piece(b, step.b))
        || x.len() <= y.len() && has_dots(a, step.a)
        || y.len() <= x.len() && has_dots(b, step.b)
        || x.len() < y.len() && has_gap(a, step.a)
        || y.len() < x.len() && has_gap(b, step.b)
}

/// Whether the words stand right before or after once more.
fn is_stumble(words: &[Spoken], (from, to): (usize, usize)) -> bool {
    let wide = to - from;
    let before = from.checked_sub(wide).and_then(|start| words.get(start..from));
    let after = words.get(to..to + wide);
    wide <= 2 && [before, after].contains(&Some(&words[from..to]))
}

/// Whether the words are quoted stretches of their own: a name in quotation marks between two
/// pieces of the speech.
fn is_piece(words: &[Spoken], (from, to): (usize, usize)) -> bool {
    let piece = |at: usize| words.get(at).map(|word| word.piece);
    let starts = from == 0 || piece(from - 1) != piece(from);
    starts && (to == words.len() || piece(to) != piece(to - 1))
}

/// What stands before the first word in common, or after the last.
enum Edge {
    /// One side has nothing there, or a sentence ends: no difference.
    Free,
    /// A few words on both sides, which differ.
    Changed,
    /// So many words on both sides that they are likely of something else.
    Apart(usize),
}

fn edge(a: &[Spoken], b: &[Spoken], is_boundary: bool) -> Edge {
    let (few, many) = (a.len().min(b.len()), a.len().max(b.len()));
    // "commander in chief", "commander-in-chief"
    let joined =
        |words: &[Spoken]| words.iter().map(|word| word.folded.as_str()).collect::<String>();
    if joined(a) == joined(b) {
        return Edge::Free;
    }
    let is_marked = |words: &[Spoken]| words.iter().all(|word| word.is_bracketed);
    match few {
        0 => Edge::Free,
        _ if is_boundary || is_marked(a) || is_marked(b) => Edge::Free,
        1..=3 if many <= 4 => Edge::Changed,
        _ => Edge::Apart(few.min(12)),
    }
}

/// Whether all that differs is that one side leaves out stretches of substance.
fn is_trim(a: &[Spoken], b: &[Spoken], changes: &[Change]) -> bool {
    let is_long = |words: &[Spoken]| {
        words.len() >= 4 && words.iter().filter(|word| !word.is_little()).count() >= 2
    };
    let is_out = |change: &Change, from_a: bool| {
        let (x, y) = (&a[change.a.0..change.a.1], &b[change.b.0..change.b.1]);
        if from_a { y.is_empty() && is_long(x) } else { x.is_empty() && is_long(y) }
    };
    [true, false].into_iter().any(|side| changes.iter().all(|change| is_out(change, side)))
}

/// The condition with which words go on after place `at`: "… if the quay stays open".
fn goes_on(words: &[Spoken], at: usize) -> Option<(usize, usize)> {
    let next = words.get(at + 1)?;
    if next.opens_sentence || next.after_gap || !is_condition(&next.folded) {
        return None;
    }
    let ends = words[at + 2..].iter().position(|word| word.opens_sentence);
    Some((at + 1, ends.map_or(words.len(), |ends| at + 2 + ends)))
}

/// The same, as a span.
pub(crate) fn goes_on_with_condition(words: &[Spoken], at: usize) -> Option<Span> {
    let (from, to) = goes_on(words, at)?;
    Some(words[from].span.join(words[to - 1].span))
}

/// A condition that one side goes on with where the other has ended its sentence.
fn cut(
    left: &Utterance,
    right: &Utterance,
    a: &[Spoken],
    b: &[Spoken],
    (i, j): (usize, usize),
) -> Option<Change> {
    let stops = |utterance: &Utterance, words: &[Spoken], at: usize| {
        at + 1 == words.len()
            && utterance.pieces.last().is_some_and(|(_, piece)| piece.trim_end().ends_with('.'))
    };
    if stops(right, b, j) {
        goes_on(a, i).map(|out| Change { a: out, b: (j + 1, j + 1) })
    } else if stops(left, a, i) {
        goes_on(b, j).map(|out| Change { a: (i + 1, i + 1), b: out })
    } else {
        None
    }
}
