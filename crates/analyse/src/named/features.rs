//! Features of the two passes.
//!
//! ```text
//! "Bank" in "the Bank of Lorne said"  →  its word, its shape, its run's last word, what governs it …
//! ```

use super::sight::{Case, Sight};
use super::{Kind, LABELS};
use crate::learned::{feature, text};
use crate::text::TokenKind;
use rustc_hash::FxHashMap;

/// The features of all steps.
#[derive(Debug, Default)]
pub struct Rows {
    features: Vec<u32>,
    ends: Vec<u32>,
}

impl Rows {
    /// The features of a step.
    pub fn of(&self, step: usize) -> &[u32] {
        let start = if step == 0 { 0 } else { self.ends[step - 1] as usize };
        &self.features[start..self.ends[step] as usize]
    }
}

/// The features that both passes see.
pub fn rows(sight: &Sight) -> Rows {
    let mut rows = Rows::default();
    let mut run = u32::MAX;
    let mut around = Around::default();
    let mut number = 0;
    for step in &sight.steps {
        if let Some(token) = step.token {
            if step.run != run {
                run = step.run;
                number = sight.prose.sentence_of(token);
                around = Around::new(sight, run, number);
            }
            push(sight, &around, token, number, &mut rows.features);
        }
        rows.ends.push(rows.features.len() as u32);
    }
    rows
}

/// What is seen around a run.
#[derive(Debug, Default)]
struct Around {
    start: usize,
    end: usize,
    before: u32,
    before_lists: u32,
    after: u32,
    /// The word after a comma after the run.
    later: u32,
    governor: u32,
    relation: u32,
}

impl Around {
    fn new(sight: &Sight, run: u32, number: usize) -> Self {
        let run = sight.runs[run as usize].clone();
        let sentence = &sight.prose.sentences[number].tokens;
        let before = sight.at(sentence, run.start, -1);
        let after = sight.at(sentence, run.end, 0);
        let is_comma = run.end < sentence.end && matches!(sight.prose.word(run.end), "," | "(");
        let later = if is_comma { sight.at(sentence, run.end, 1).low } else { 0 };
        let (governor, relation) = sight.governor(&run);
        Self {
            start: run.start,
            end: run.end,
            before: before.low,
            before_lists: before.lists,
            after: after.low,
            later,
            governor,
            relation,
        }
    }
}

fn push(sight: &Sight, around: &Around, token: usize, number: usize, out: &mut Vec<u32>) {
    let sentence = &sight.prose.sentences[number].tokens;
    let case = sight.cases[number];
    let word = &sight.seen[token];
    let at = |offset| sight.at(sentence, token, offset);
    let (one, two) = (at(-1), at(1));
    let low = sight.prose.low(token);
    let is_first = token == sentence.start
        || sight.prose.tokens[token - 1].kind == TokenKind::Quote
        || sight.prose.word(token - 1) == ":";
    let elsewhere = u32::from(sight.elsewhere.get(&word.low).copied().unwrap_or(0));
    let written = case as u32 * 2 + u32::from(is_first);
    let (t, t1, t2) = (u32::from(word.tag), u32::from(one.tag), u32::from(two.tag));
    let position = (token - around.start).min(3) as u32;
    let left = (around.end - 1 - token).min(3) as u32;
    let length = (around.end - around.start).min(5) as u32;
    out.extend([
        feature(101, word.low, 0),
        feature(102, one.low, 0),
        feature(103, two.low, 0),
        feature(104, at(-2).low, 0),
        feature(105, at(2).low, 0),
        feature(106, one.low, word.low),
        feature(107, word.low, two.low),
        feature(108, one.low, two.low),
        feature(109, text(tail(low, 2)), 0),
        feature(110, text(tail(low, 3)), 0),
        feature(111, text(tail(low, 4)), 0),
        feature(112, text(head(low, 3)), 0),
        feature(113, word.shape, written),
        feature(114, one.shape << 16 ^ word.shape, two.shape),
        feature(115, t << 8 | t1, 0),
        feature(116, t << 8 | t2, 0),
        feature(117, t1 << 8 | t2, u32::from(word.is_capital)),
        feature(118, word.lists, written),
        feature(119, word.lists, word.shape),
        feature(120, one.lists, word.lists),
        feature(121, word.lists, two.lists),
        feature(122, one.lists, two.lists),
        feature(123, one.low, word.lists),
        feature(124, two.low, word.lists),
        feature(125, elsewhere << 4 | written, word.shape),
        feature(126, elsewhere << 4 | written, word.lists),
        feature(127, t << 4 | written, elsewhere),
        feature(128, text(tail(low, 3)), word.shape),
        feature(129, word.low, written),
        feature(130, 0, written),
        feature(131, u32::from(word.elsewhere), written),
        feature(132, u32::from(word.elsewhere), word.lists),
        feature(133, u32::from(word.elsewhere) << 8 | u32::from(two.elsewhere), 0),
        feature(134, u32::from(word.elsewhere) << 8 | u32::from(one.elsewhere), 0),
        feature(135, u32::from(word.elsewhere), word.shape),
        feature(136, u32::from(word.elsewhere), one.low),
        feature(137, u32::from(word.elsewhere), two.low),
    ]);
    if case == Case::Plain {
        let first = sight.seen[around.start];
        let last = sight.seen[around.end - 1];
        out.extend([
            feature(140, first.low, position),
            feature(141, last.low, left),
            feature(142, around.before, position << 4 | left),
            feature(143, around.after, position << 4 | left),
            feature(144, around.before, around.after),
            feature(145, length, position),
            feature(146, last.lists, left),
            feature(147, first.lists, position),
            feature(148, around.governor, around.relation),
            feature(149, around.relation, word.lists),
            feature(150, around.before_lists, position),
            feature(151, around.later, left),
            feature(152, around.before, length),
            feature(153, around.after, length),
            feature(154, around.governor, length),
            feature(155, u32::from(last.elsewhere), left),
            feature(156, u32::from(first.elsewhere), position),
            feature(157, u32::from(word.elsewhere), around.before),
            feature(158, u32::from(word.elsewhere), around.after),
            feature(159, u32::from(word.elsewhere) << 8 | around.relation, length),
        ]);
    }
}

fn tail(word: &str, n: usize) -> &str {
    word.char_indices().rev().nth(n - 1).map_or(word, |(at, _)| &word[at..])
}

fn head(word: &str, n: usize) -> &str {
    word.char_indices().nth(n).map_or(word, |(at, _)| &word[..at])
}

/// Wide enough for a report that says one word a hundred thousand times.
type Counts = [u32; LABELS];

/// What the first pass made of each word, and of each pair of words, in the whole report.
#[derive(Debug, Default)]
pub struct Memory {
    words: FxHashMap<u32, Counts>,
    pairs: FxHashMap<u32, Counts>,
    /// Of names of several words only.
    long: FxHashMap<u32, Counts>,
}

impl Memory {
    /// Counts the labels of the first pass.
    pub fn new(sight: &Sight, labels: &[u8]) -> Self {
        let mut memory = Self::default();
        for step in 0..sight.steps.len() {
            let Some(token) = sight.steps[step].token else { continue };
            let word = sight.seen[token].low;
            let label = labels[step] as usize;
            memory.words.entry(word).or_default()[label] += 1;
            if is_long(labels, step) {
                memory.long.entry(word).or_default()[label] += 1;
            }
            if let Some(next) = next(sight, step) {
                memory.pairs.entry(pair(word, sight.seen[next].low)).or_default()[label] += 1;
            }
        }
        memory
    }
}

fn pair(one: u32, two: u32) -> u32 {
    one.rotate_left(7) ^ two
}

fn next(sight: &Sight, step: usize) -> Option<usize> {
    sight.steps.get(step + 1).and_then(|step| step.token)
}

/// Whether the word is in a name of several words.
fn is_long(labels: &[u8], step: usize) -> bool {
    matches!(labels[step], 2 | 4 | 6)
        || labels
            .get(step + 1)
            .is_some_and(|&next| matches!(next, 2 | 4 | 6) && next == labels[step] + 1)
}

/// The most frequent label but for one occurrence of `own`, and how clear it is: 0 for none.
fn most(counts: Option<&Counts>, own: Option<u8>) -> u32 {
    let Some(counts) = counts else { return 0 };
    let mut counts = *counts;
    if let Some(own) = own {
        counts[own as usize] = counts[own as usize].saturating_sub(1);
    }
    let all: u32 = counts.iter().sum();
    let mut best = 0;
    for label in 1..LABELS {
        if counts[label] > counts[best] {
            best = label;
        }
    }
    if all == 0 {
        return 0;
    }
    let clear = if counts[best] == all { 2 } else { u32::from(counts[best] * 3 > all * 2) };
    (1 + (best as u32)) << 4 | clear << 2 | (u32::from(all > 1) + u32::from(all > 3))
}

/// The same by kind of name.
fn most_kind(counts: Option<&Counts>, own: Option<u8>) -> u32 {
    let Some(counts) = counts else { return 0 };
    let mut kinds = [0_u32; 5];
    for (label, count) in counts.iter().enumerate() {
        let own = u32::from(own == Some(label as u8));
        kinds[Kind::of(label as u8).map_or(0, |kind| kind as usize + 1)] +=
            count.saturating_sub(own);
    }
    let all: u32 = kinds.iter().sum();
    let best = (0..5).rev().max_by_key(|&kind| kinds[kind]).unwrap_or(0);
    if all == 0 {
        return 0;
    }
    (1 + (best as u32)) << 4
        | u32::from(kinds[best] == all) << 2
        | (u32::from(all > 1) + u32::from(all > 3))
}

/// The further features of a step in the second pass.
pub fn of_memory(sight: &Sight, memory: &Memory, labels: &[u8], step: usize, out: &mut Vec<u32>) {
    out.clear();
    let Some(token) = sight.steps[step].token else { return };
    let word = sight.seen[token];
    let own = labels[step];
    let label =
        |at: Option<usize>| at.and_then(|at| labels.get(at)).map_or(9, |&label| u32::from(label));
    let (one, two) = (label(step.checked_sub(1)), label(Some(step + 1)));
    let this = u32::from(own);
    let of_long = is_long(labels, step).then_some(own);
    let words = most(memory.words.get(&word.low), Some(own));
    let kinds = most_kind(memory.words.get(&word.low), Some(own));
    let long = most(memory.long.get(&word.low), of_long);
    let long_kinds = most_kind(memory.long.get(&word.low), of_long);
    let number = sight.prose.sentence_of(token);
    let case = sight.cases[number] as u32;
    let after = next(sight, step)
        .map_or(0, |next| most(memory.pairs.get(&pair(word.low, sight.seen[next].low)), Some(own)));
    let before = step.checked_sub(1).map_or(0, |at| match sight.steps[at].token {
        Some(before) => {
            most(memory.pairs.get(&pair(sight.seen[before].low, word.low)), Some(labels[at]))
        }
        None => 0,
    });
    let run = sight.runs[sight.steps[step].run as usize].clone();
    let last = sight.seen[run.end - 1];
    let last_kinds = most_kind(memory.words.get(&last.low), None);
    let left = (run.end - 1 - token).min(3) as u32;
    out.extend([
        feature(201, this, one << 4 | two),
        feature(202, this, case),
        feature(203, words, this),
        feature(204, words, word.shape),
        feature(205, kinds, this << 4 | case),
        feature(206, kinds, word.lists),
        feature(207, long, this),
        feature(208, long, one << 4 | two),
        feature(209, long_kinds, words),
        feature(210, after, this),
        feature(211, before, this),
        feature(212, after, before),
        feature(213, last_kinds, left << 4 | this),
        feature(214, kinds, one << 4 | two),
        feature(215, long_kinds, case << 4 | this),
    ]);
}
