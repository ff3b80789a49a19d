//! Learns tags and dependencies.
//!
//! ```text
//! sentences with CoreNLP's tags and trees  →  the bytes of models/syntax.bin
//! ```
//!
//! The parser learns from its own mistakes: after a wrong move it is told the best moves that are
//! left (a dynamic oracle), and it reads tags by taggers that did not see the sentence.

use crate::perceptron::{Dice, Perceptron, highest};
use crate::silver::Sentence;
use onrecord_analyse::learned::{Rows, Writer};
use onrecord_analyse::syntax::parser::{
    LEFT, MOVES, Parser, RIGHT, SHIFT, State, move_features, relation_features,
};
use onrecord_analyse::syntax::tagger::{Tagger, features};
use onrecord_analyse::syntax::{Model, Names, ROOT};

/// How long and how fine.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Effort {
    pub(crate) tag_rounds: usize,
    pub(crate) parse_rounds: usize,
    /// Parts of the jackknife for the parser's tags; under 2 the parser reads the given tags.
    pub(crate) tag_folds: usize,
}

/// What the shipped model is made with.
pub(crate) const EFFORT: Effort = Effort { tag_rounds: 5, parse_rounds: 6, tag_folds: 4 };

/// A model from sentences, as bytes and read back.
pub(crate) fn learn(names: &Names, sentences: &[&Sentence], effort: Effort) -> (Vec<u8>, Model) {
    let tag_rows = tags(names.tags.len(), sentences, effort.tag_rounds);
    let own_tags: Vec<Vec<u8>> = if effort.tag_folds < 2 {
        sentences.iter().map(|s| s.tags.clone()).collect()
    } else {
        jackknifed_tags(names.tags.len(), sentences, effort)
    };
    let (moves, relations) =
        trees(names.relations.len(), sentences, &own_tags, effort.parse_rounds);
    let mut writer = Writer::default();
    writer.words(&names.tags);
    writer.words(&names.relations);
    writer.table(names.tags.len(), &tag_rows);
    writer.table(MOVES, &moves);
    writer.table(names.relations.len(), &relations);
    let model = Model::read(&writer.bytes).expect("what was just written is read");
    (writer.bytes, model)
}

fn tags(classes: usize, sentences: &[&Sentence], rounds: usize) -> Rows {
    let mut perceptron = Perceptron::new(classes);
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    let mut dice = Dice(1);
    let (mut seen, mut scores) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        dice.shuffle(&mut order);
        for &s in &order {
            let sentence = sentences[s];
            let mut before = [u8::MAX; 2];
            for (i, &tag) in sentence.tags.iter().enumerate() {
                features(&sentence.forms, i, before, &mut seen);
                perceptron.scores(&seen, &mut scores);
                let said = highest(&scores);
                perceptron.learn(&seen, tag as usize, said);
                before = [said as u8, before[0]];
            }
        }
    }
    perceptron.rows(2, 6)
}

fn jackknifed_tags(classes: usize, sentences: &[&Sentence], effort: Effort) -> Vec<Vec<u8>> {
    let mut own = vec![Vec::new(); sentences.len()];
    let fold = |i: usize| i * effort.tag_folds / sentences.len().max(1);
    for part in 0..effort.tag_folds {
        let others: Vec<_> =
            (0..sentences.len()).filter(|&i| fold(i) != part).map(|i| sentences[i]).collect();
        let rows = tags(classes, &others, effort.tag_rounds.min(3));
        let table = onrecord_analyse::learned::Table::new(classes, &rows);
        let mut tagger = Tagger::new(&table);
        for i in (0..sentences.len()).filter(|&i| fold(i) == part) {
            own[i] = vec![0; sentences[i].forms.len()];
            tagger.tag(&sentences[i].forms, &mut own[i]);
        }
    }
    own
}

fn trees(classes: usize, sentences: &[&Sentence], tags: &[Vec<u8>], rounds: usize) -> (Rows, Rows) {
    let mut moves = Perceptron::new(MOVES);
    let mut relations = Perceptron::new(classes);
    let mut order: Vec<usize> =
        (0..sentences.len()).filter(|&i| sentences[i].tree.is_some()).collect();
    let mut dice = Dice(2);
    let mut state = State::default();
    let (mut seen, mut scores) = (Vec::new(), Vec::new());
    for round in 0..rounds {
        dice.shuffle(&mut order);
        for &s in &order {
            let Some((heads, gold_relations)) = &sentences[s].tree else { continue };
            let (forms, tags) = (&sentences[s].forms, &tags[s]);
            state.begin(forms.len());
            while !state.is_done() {
                let legal = state.legal();
                let costs = costs(&state, heads);
                move_features(&state, forms, tags, &mut seen);
                moves.scores(&seen, &mut scores);
                let best = |allowed: &dyn Fn(usize) -> bool| {
                    (0..MOVES)
                        .filter(|&m| legal[m] && allowed(m))
                        .max_by(|&a, &b| scores[a].total_cmp(&scores[b]).then(b.cmp(&a)))
                        .unwrap_or(SHIFT)
                };
                let least = (0..MOVES).filter(|&m| legal[m]).map(|m| costs[m]).min().unwrap_or(0);
                let said = best(&|_| true);
                let right = best(&|m| costs[m] == least);
                let wrong = if costs[said] == least { right } else { said };
                moves.learn(&seen, right, wrong);
                // From the second round on it mostly goes where it would go by itself.
                let step = if round > 0 && dice.below(10) > 0 { said } else { right };
                let mut relation = 0;
                if let Some((word, head)) = state.arc(step) {
                    relation_features(&state, forms, tags, (word, head), &mut seen);
                    relations.scores(&seen, &mut scores);
                    relation = highest(&scores) as u8;
                    if heads[word] == head {
                        relations.learn(&seen, gold_relations[word] as usize, relation as usize);
                    }
                }
                state.step(step, relation);
            }
        }
    }
    (moves.rows(3, 12), relations.rows(2, 12))
}

/// How many right arcs each move makes impossible (Goldberg & Nivre 2013, arc-hybrid).
fn costs(state: &State, heads: &[u32]) -> [usize; MOVES] {
    let mut costs = [0; MOVES];
    let next = state.next;
    let is_in_buffer = |word: u32| word == ROOT || word as usize >= next;
    let Some(&top) = state.stack.last() else { return costs };
    let below = state.stack.len().checked_sub(2).map(|at| state.stack[at]);
    if next < state.len {
        let head = heads[next];
        costs[SHIFT] += state.stack.iter().filter(|&&w| heads[w] as usize == next).count();
        let without_top = &state.stack[..state.stack.len() - 1];
        costs[SHIFT] += usize::from(head != ROOT && without_top.contains(&(head as usize)));
    }
    let later = (next..state.len).filter(|&w| heads[w] as usize == top).count();
    let head = heads[top];
    let from_below = below.is_some_and(|below| head as usize == below && head != ROOT);
    let is_next = if next < state.len { head as usize == next } else { head == ROOT };
    costs[LEFT] = later + usize::from(from_below || is_in_buffer(head) && !is_next);
    costs[RIGHT] = later + usize::from(is_in_buffer(head));
    costs
}

/// Shares of right tags, heads, and heads with relations; without punctuation.
pub(crate) fn score(model: &Model, sentences: &[&Sentence]) -> [f64; 3] {
    let mut tagger = Tagger::new(&model.tags);
    let mut parser = Parser::new(&model.moves, &model.relations);
    let (mut right, mut words, mut tree_words) = ([0; 3], 0, 0);
    for sentence in sentences {
        let len = sentence.forms.len();
        let mut tags = vec![0; len];
        tagger.tag(&sentence.forms, &mut tags);
        words += len;
        right[0] += tags.iter().zip(&sentence.tags).filter(|(a, b)| a == b).count();
        let Some((heads, relations)) = &sentence.tree else { continue };
        let (mut own_heads, mut own_relations) = (vec![ROOT; len], vec![0; len]);
        parser.parse(&sentence.forms, &tags, &mut own_heads, &mut own_relations);
        for i in (0..len).filter(|&i| model.names.relations[relations[i] as usize] != "punct") {
            tree_words += 1;
            let is_head = heads[i] == own_heads[i];
            right[1] += usize::from(is_head);
            right[2] += usize::from(is_head && relations[i] == own_relations[i]);
        }
    }
    [
        right[0] as f64 / words.max(1) as f64,
        right[1] as f64 / tree_words.max(1) as f64,
        right[2] as f64 / tree_words.max(1) as f64,
    ]
}
