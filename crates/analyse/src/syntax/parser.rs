//! Dependencies, by shifting words onto a stack and hanging them on one another (arc-hybrid).
//!
//! ```text
//! stack … a b | c …      shift: c onto the stack; left: b hangs on c; right: b hangs on a
//! ```
//!
//! Two moves a word, so time grows with the length of the sentence alone. The tree is whole and
//! has one root; arcs do not cross.

use super::ROOT;
use super::tagger::Form;
use crate::learned::{Table, feature, highest};

/// Kinds of move.
pub const MOVES: usize = 3;
/// The next word goes onto the stack.
pub const SHIFT: usize = 0;
/// The top of the stack hangs on the next word.
pub const LEFT: usize = 1;
/// The top of the stack hangs on the one below it.
pub const RIGHT: usize = 2;

const NONE: usize = usize::MAX;

/// Where the parse of a sentence stands.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// Words that wait for their head.
    pub stack: Vec<usize>,
    /// The next word; the number of words when all are read.
    pub next: usize,
    /// Number of words.
    pub len: usize,
    /// Heads so far; [`ROOT`] where not yet known.
    pub heads: Vec<u32>,
    /// Relations so far.
    pub relations: Vec<u8>,
    /// First and last child to the left, last and last but one to the right.
    children: Vec<[usize; 3]>,
    left: Vec<u8>,
    right: Vec<u8>,
}

impl State {
    /// Begins a sentence of `len` words.
    pub fn begin(&mut self, len: usize) {
        self.stack.clear();
        self.next = 0;
        self.len = len;
        self.heads.clear();
        self.heads.resize(len, ROOT);
        self.relations.clear();
        self.relations.resize(len, 0);
        self.children.clear();
        self.children.resize(len, [NONE; 3]);
        self.left.clear();
        self.left.resize(len, 0);
        self.right.clear();
        self.right.resize(len, 0);
    }

    /// Whether every word has its head.
    pub fn is_done(&self) -> bool {
        self.next == self.len && self.stack.is_empty()
    }

    /// The moves that may be made.
    pub fn legal(&self) -> [bool; MOVES] {
        let at_end = self.next == self.len;
        [
            !at_end,
            // Only the last word on the stack hangs on the root: a sentence has one.
            if at_end { self.stack.len() == 1 } else { !self.stack.is_empty() },
            self.stack.len() > 1,
        ]
    }

    /// The word that a left or right move gives a head to, and that head ([`ROOT`] for the root).
    pub fn arc(&self, step: usize) -> Option<(usize, u32)> {
        let top = *self.stack.last()?;
        match step {
            LEFT if self.next == self.len => Some((top, ROOT)),
            LEFT => Some((top, self.next as u32)),
            RIGHT => Some((top, *self.stack.get(self.stack.len().wrapping_sub(2))? as u32)),
            _ => None,
        }
    }

    /// Makes a move; `relation` is that of the new arc.
    pub fn step(&mut self, step: usize, relation: u8) {
        let Some((word, head)) = self.arc(step) else {
            self.stack.push(self.next);
            self.next += 1;
            return;
        };
        self.stack.pop();
        self.heads[word] = head;
        self.relations[word] = relation;
        if head == ROOT {
            return;
        }
        let head = head as usize;
        let children = &mut self.children[head];
        if word < head {
            // Left children come from near to far.
            children[0] = word;
            self.left[head] = self.left[head].saturating_add(1);
        } else {
            children[2] = children[1];
            children[1] = word;
            self.right[head] = self.right[head].saturating_add(1);
        }
    }

    fn waiting(&self, depth: usize) -> usize {
        self.stack.len().checked_sub(depth + 1).map_or(NONE, |at| self.stack[at])
    }

    fn child(&self, word: usize, which: usize) -> usize {
        if word == NONE || word >= self.len { NONE } else { self.children[word][which] }
    }
}

/// A word as the features see it: hash, tag, relation so far.
struct See<'s> {
    state: &'s State,
    forms: &'s [Form],
    tags: &'s [u8],
}

impl See<'_> {
    fn word(&self, i: usize) -> u32 {
        self.forms.get(i).map_or(i32::MAX as u32, |form| form.word)
    }

    fn tag(&self, i: usize) -> u32 {
        self.tags.get(i).map_or(if i == NONE { 254 } else { 255 }, |&tag| u32::from(tag))
    }

    fn relation(&self, i: usize) -> u32 {
        if i == NONE { 255 } else { u32::from(self.state.relations[i]) }
    }

    fn valency(&self, i: usize) -> u32 {
        if i == NONE || i >= self.state.len {
            return 0;
        }
        u32::from(self.state.left[i].min(3)) << 2 | u32::from(self.state.right[i].min(3))
    }
}

fn near(distance: usize) -> u32 {
    match distance {
        0..=4 => distance as u32,
        5..=7 => 5,
        8..=12 => 6,
        _ => 7,
    }
}

/// The features of the next move.
pub fn move_features(state: &State, forms: &[Form], tags: &[u8], out: &mut Vec<u32>) {
    let see = See { state, forms, tags };
    let (s0, s1, s2) = (state.waiting(0), state.waiting(1), state.waiting(2));
    let b0 = if state.next < state.len { state.next } else { state.len };
    let (b1, b2) = (b0 + 1, b0 + 2);
    let (s0w, s1w, b0w, b1w) = (see.word(s0), see.word(s1), see.word(b0), see.word(b1));
    let [s0t, s1t, s2t, b0t, b1t, b2t] = [s0, s1, s2, b0, b1, b2].map(|i| see.tag(i));
    let (s0l, s0r, s0q) = (state.child(s0, 0), state.child(s0, 1), state.child(s0, 2));
    let (s1l, s1r) = (state.child(s1, 0), state.child(s1, 1));
    let b0l = state.child(b0, 0);
    let distance = if s0 == NONE { 0 } else { near(b0 - s0) };
    let gap = if s1 == NONE || s0 == NONE { 0 } else { near(s0 - s1) };
    let (s0v, s1v, b0v) = (see.valency(s0), see.valency(s1), see.valency(b0));
    let pair = |a: u32, b: u32| a << 8 | b;
    let triple = |a: u32, b: u32, c: u32| a << 16 | b << 8 | c;
    out.clear();
    out.extend([
        feature(101, s0w, s0t),
        feature(102, s0t, distance),
        feature(103, s1w, s1t),
        feature(104, s1t, gap),
        feature(105, b0w, b0t),
        feature(106, b0t, s0v),
        feature(107, b1w, b1t),
        feature(108, pair(b0t, b1t), b2t),
        feature(109, s0w, b0w),
        feature(110, s0w, pair(s0t, b0t)),
        feature(111, b0w, pair(s0t, b0t)),
        feature(112, pair(s0t, b0t), distance),
        feature(113, s1w, s0w),
        feature(114, s1w, pair(s1t, s0t)),
        feature(115, s0w, pair(s1t, s0t)),
        feature(116, pair(s1t, s0t), gap),
        feature(117, triple(s0t, b0t, b1t), 0),
        feature(118, triple(s1t, s0t, b0t), 0),
        feature(119, triple(s2t, s1t, s0t), b0t),
        feature(120, triple(s0t, b0t, see.tag(b0l)), 0),
        feature(121, triple(s0t, b0t, see.tag(s0r)), see.relation(s0r)),
        feature(122, triple(s1t, s0t, see.tag(s0l)), see.relation(s0l)),
        feature(123, triple(s1t, s0t, see.tag(s1r)), see.relation(s1r)),
        feature(124, triple(s1t, s0t, see.tag(s1l)), see.relation(s1l)),
        feature(125, pair(s0t, see.relation(s0r)), see.relation(s0q)),
        feature(126, pair(s0t, see.relation(s0l)), see.relation(s0r)),
        feature(127, s0w, s0v),
        feature(128, s1w, s1v),
        feature(129, b0w, b0v),
        feature(130, s1w, triple(s1t, s0t, b0t)),
        feature(131, s0w, triple(s1t, s0t, b0t)),
        feature(132, b0w, triple(s1t, s0t, b0t)),
        feature(133, triple(s1t, s0t, b0t), b1t),
        feature(134, s1w, b0w),
        feature(135, pair(s1t, b0t), s0v),
        feature(136, s0w, b1w),
        feature(137, pair(s1t, b0t), triple(s1v, see.relation(s1r), see.relation(s0l))),
        feature(138, see.word(s0r), s0t),
        feature(139, see.word(s2), pair(s1t, s0t)),
        feature(140, see.tag(s0.wrapping_sub(1)), pair(s0t, b0t)),
        feature(141, 0, 0),
    ]);
}

/// The features of the relation of `word` to `head`.
pub fn relation_features(
    state: &State,
    forms: &[Form],
    tags: &[u8],
    (word, head): (usize, u32),
    out: &mut Vec<u32>,
) {
    let see = See { state, forms, tags };
    let head = if head == ROOT { state.len } else { head as usize };
    let (ww, wt, hw, ht) = (see.word(word), see.tag(word), see.word(head), see.tag(head));
    let way =
        u32::from(word < head) << 4 | near(word.abs_diff(head)) << 1 | u32::from(head == state.len);
    let side = u32::from(word < head);
    let (left, right) = (state.child(word, 0), state.child(word, 1));
    let sister = if word < head { state.child(head, 0) } else { state.child(head, 1) };
    let pair = |a: u32, b: u32| a << 8 | b;
    out.clear();
    out.extend([
        feature(201, ww, side),
        feature(202, pair(wt, ht), way),
        feature(203, hw, pair(wt, side)),
        feature(204, ww, pair(ht, side)),
        feature(205, ww, hw),
        feature(206, forms[word].ends[2], pair(ht, side)),
        feature(207, pair(wt, ht), pair(see.relation(left), side)),
        feature(208, pair(wt, ht), pair(see.relation(right), side)),
        feature(209, pair(see.relation(left), see.relation(right)), pair(wt, ht)),
        feature(210, see.word(left), pair(wt, side)),
        feature(211, pair(wt, ht), pair(see.relation(sister), side)),
        feature(212, hw, pair(see.relation(sister), side)),
        feature(213, pair(wt, ht), pair(see.tag(word.wrapping_sub(1)), see.tag(word + 1))),
        feature(214, see.word(word.wrapping_sub(1)), pair(wt, side)),
        feature(215, see.word(word + 1), pair(wt, side)),
        feature(216, pair(wt, see.valency(word)), pair(ht, see.valency(head))),
        feature(217, see.tag(word.wrapping_sub(2)), pair(wt, see.tag(word.wrapping_sub(1)))),
        feature(218, ww, pair(see.relation(left), see.relation(right))),
        feature(219, 0, 0),
    ]);
}

/// Parses sentences with two tables of weights.
#[derive(Debug)]
pub struct Parser<'m> {
    moves: &'m Table,
    relations: &'m Table,
    state: State,
    features: Vec<u32>,
    scores: Vec<i32>,
}

impl<'m> Parser<'m> {
    /// A parser by tables of moves and relations.
    pub fn new(moves: &'m Table, relations: &'m Table) -> Self {
        let (features, scores) = (Vec::new(), Vec::new());
        Self { moves, relations, state: State::default(), features, scores }
    }

    /// Sets heads and relations of a sentence; heads are numbers within it, or [`ROOT`].
    pub fn parse(&mut self, forms: &[Form], tags: &[u8], heads: &mut [u32], relations: &mut [u8]) {
        self.state.begin(forms.len());
        while !self.state.is_done() {
            let legal = self.state.legal();
            let step = match legal {
                [true, false, false] => SHIFT,
                [false, true, false] => LEFT,
                [false, false, true] => RIGHT,
                _ => {
                    move_features(&self.state, forms, tags, &mut self.features);
                    self.moves.best(&self.features, &mut self.scores);
                    for (score, is_legal) in self.scores.iter_mut().zip(legal) {
                        if !is_legal {
                            *score = i32::MIN;
                        }
                    }
                    highest(&self.scores)
                }
            };
            let relation = match self.state.arc(step) {
                None => 0,
                Some(arc) => {
                    relation_features(&self.state, forms, tags, arc, &mut self.features);
                    self.relations.best(&self.features, &mut self.scores) as u8
                }
            };
            self.state.step(step, relation);
        }
        heads.copy_from_slice(&self.state.heads);
        relations.copy_from_slice(&self.state.relations);
    }
}
