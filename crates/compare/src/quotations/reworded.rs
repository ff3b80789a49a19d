//! One utterance in other words: a machine's paraphrase, two translations.
//!
//! ```text
//! Closing the port would be an error, and we do not endorse it.
//! We don't support closing the port. It would be a mistake.
//! → closing port error|mistake endorse|support
//! ```
//!
//! Sentences are laid on each other, one or two at a time, by their telling words in any order; a
//! word meets itself, its other forms and its synonyms. Not handled: "unnecessary" for "not
//! necessary"; who may have said it is for the caller to know.

use super::heard::Heard;
use super::utterance::{Spoken, Utterance};
use crate::events::{stem, weight};
use crate::synonyms::{groups, may_stand};
use xxhash_rust::xxh3::xxh3_64;

/// What two utterances share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Shared {
    /// Places of the first and the last word of the sentences.
    pub(super) a: (usize, usize),
    pub(super) b: (usize, usize),
    /// Telling words that meet.
    pub(super) words: usize,
    /// Of these, those in other words or forms.
    pub(super) others: usize,
    /// How much of what both sides tell meets, rare words counted more.
    pub(super) share: f64,
}

/// Telling words that must meet.
const LEAST_WORDS: usize = 5;

/// The share that must meet where ten words do.
const LEAST_SHARE: f64 = 0.45;

/// How much more must meet where nobody knows that both are of one day: in a campaign the same is
/// said every week.
const MORE_UNDATED: f64 = 0.15;

/// Sentences that are looked at on either side.
const MOST_SENTENCES: usize = 12;

/// A telling word.
#[derive(Debug)]
pub(super) struct Telling {
    at: usize,
    stem: String,
    /// Of the stem: what two words are told apart by first.
    hash: u32,
    groups: &'static [u16],
    /// How much it tells, from 2 to 6.
    worth: u32,
    /// Whether it is written as a name.
    is_name: bool,
}

/// One or two sentences: their telling words and all their words, ends exclusive.
struct Unit {
    telling: (usize, usize),
    words: (usize, usize),
}

/// The sentences of two utterances that share most, if that is more than chance gives one speaker
/// on one matter.
pub(super) fn shared(left: &Heard, right: &Heard, is_dated: bool) -> Option<Shared> {
    let (x, y) = (&left.telling[..], &right.telling[..]);
    if x.len() < LEAST_WORDS || y.len() < LEAST_WORDS {
        return None;
    }
    let is_near = x.iter().filter(|x| y.iter().any(|y| y.is_same(x))).take(2).count() == 2;
    if !is_near {
        return None;
    }
    let (a, b) = (&left.words[..], &right.words[..]);
    // 2: the same stem; 1: the one may stand for the other.
    let meets: Vec<u8> = x.iter().flat_map(|x| y.iter().map(move |y| meet(x, y))).collect();
    let (left, right) = (units(a, x), units(b, y));
    let mut best: Option<Shared> = None;
    for one in &left {
        for two in &right {
            let found = laid(x, y, &meets, one, two);
            let is_better = |best: &Shared| found.margin() > best.margin();
            if found.words >= LEAST_WORDS && best.as_ref().is_none_or(is_better) {
                best = Some(found);
            }
        }
    }
    best.filter(|best| best.margin() >= if is_dated { 0.0 } else { MORE_UNDATED })
}

impl Shared {
    /// By how much it is more than one speaker's words on one matter share by chance: the fewer
    /// words meet, the more of them must. Read off some 9,000 real reports.
    fn margin(&self) -> f64 {
        self.share - LEAST_SHARE - 0.06 * 10usize.saturating_sub(self.words) as f64
    }
}

impl Telling {
    fn is_same(&self, other: &Self) -> bool {
        self.hash == other.hash && self.stem == other.stem
    }
}

/// The telling words of an utterance, in order.
pub(super) fn telling(of: &Utterance, words: &[Spoken]) -> Vec<Telling> {
    let own = words.iter().enumerate().filter(|(_, word)| !word.is_little());
    own.map(|(at, word)| {
        let stem = stem(&word.folded);
        let worth = 2 + weight(&stem);
        let is_name = !word.opens_sentence
            && of.text(std::slice::from_ref(word)).starts_with(char::is_uppercase);
        let hash = xxh3_64(stem.as_bytes()) as u32;
        Telling { at, stem, hash, groups: groups(&word.folded), worth, is_name }
    })
    .take(150)
    .collect()
}

/// "Democrat", "Democratic"; "Britain", "British".
fn begins_alike(one: &str, other: &str) -> bool {
    let common = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    common >= 4
}

fn meet(x: &Telling, y: &Telling) -> u8 {
    if x.is_same(y) { 2 } else { u8::from(may_stand(x.groups, y.groups)) }
}

/// Each sentence, and each two that follow each other.
fn units(words: &[Spoken], telling: &[Telling]) -> Vec<Unit> {
    let mut starts: Vec<usize> =
        (0..words.len()).filter(|&at| at == 0 || words[at].opens_sentence).collect();
    starts.truncate(MOST_SENTENCES);
    starts.push(words.len());
    let mut units = Vec::new();
    for wide in [1, 2] {
        for ends in starts.windows(wide + 1) {
            let (from, to) = (ends[0], ends[wide]);
            let place = |end: usize| telling.partition_point(|word| word.at < end);
            units.push(Unit { telling: (place(from), place(to)), words: (from, to) });
        }
    }
    units
}

fn laid(x: &[Telling], y: &[Telling], meets: &[u8], one: &Unit, two: &Unit) -> Shared {
    let wide = y.len();
    let mut taken = vec![false; two.telling.1 - two.telling.0];
    let mut met = vec![false; one.telling.1 - one.telling.0];
    let (mut words, mut others, mut points) = (0, 0, 0.0);
    for kind in [2, 1] {
        for i in one.telling.0..one.telling.1 {
            if met[i - one.telling.0] {
                continue;
            }
            let free = |j: &usize| !taken[j - two.telling.0] && meets[i * wide + j] == kind;
            let Some(j) = (two.telling.0..two.telling.1).find(free) else { continue };
            (met[i - one.telling.0], taken[j - two.telling.0]) = (true, true);
            words += 1;
            others += usize::from(kind == 1);
            let worth = f64::from(x[i].worth + y[j].worth);
            points += if kind == 2 { worth } else { worth * 0.9 };
        }
    }
    // "Closing Port Lorne would be a mistake", "… Port Vaal …": said of two things.
    let is_other = |from: usize, own: &[bool], side: &[Telling], others: &[Telling]| {
        own.iter().zip(&side[from..]).any(|(met, word)| {
            !met && word.is_name
                && !others.iter().any(|other| begins_alike(&word.stem, &other.stem))
        })
    };
    if is_other(one.telling.0, &met, x, y) && is_other(two.telling.0, &taken, y, x) {
        words = 0;
    }
    let all = |telling: &[Telling]| -> f64 { telling.iter().map(|t| f64::from(t.worth)).sum() };
    let (left, right) = (&x[one.telling.0..one.telling.1], &y[two.telling.0..two.telling.1]);
    let last = |words: (usize, usize)| (words.0, words.1.saturating_sub(1));
    Shared {
        a: last(one.words),
        b: last(two.words),
        words,
        others,
        share: points / (all(left) + all(right)).max(1.0),
    }
}
