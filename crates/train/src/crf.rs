//! Learns the weights of a chain (a linear-chain CRF) with L1, by FTRL-proximal.
//!
//! ```text
//! loss of each paragraph  =  − log P(its labels)      weights that help little stay 0
//! ```
//!
//! One paragraph at a time, in an order that is the same each time (McMahan et al. 2013).

use crate::perceptron::Dice;
use onrecord_analyse::learned::Reader;
use onrecord_analyse::learned::Writer;
use onrecord_analyse::spans::chain::{Chain, EDGES};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Chains to learn from.
#[derive(Default)]
pub(crate) struct Data {
    /// Features of all tokens, one after another.
    features: Vec<u32>,
    ends: Vec<usize>,
    edges: Vec<u8>,
    gold: Vec<u8>,
    /// The labels that a token may have, a bit each.
    may: Vec<u8>,
    chains: Vec<Range<usize>>,
    /// The hashes by number, once numbered.
    hashes: Vec<u32>,
}

/// How to learn.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settings {
    pub(crate) rounds: usize,
    pub(crate) rate: f32,
    pub(crate) l1: f32,
}

impl Data {
    /// Adds a token to the chain that is being made.
    pub(crate) fn token(&mut self, features: &[u32], edge: u8, gold: u8, may: u8) {
        self.features.extend(features);
        self.ends.push(self.features.len());
        self.edges.push(edge);
        self.gold.push(gold);
        self.may.push(may);
    }

    /// Ends the chain; its number.
    pub(crate) fn end_chain(&mut self) -> usize {
        let start = self.chains.last().map_or(0, |chain| chain.end);
        self.chains.push(start..self.gold.len());
        self.chains.len() - 1
    }

    /// Replaces hashes by numbers; features seen fewer than `least` times share number 0.
    pub(crate) fn number(&mut self, least: u32) {
        let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
        for &feature in &self.features {
            *counts.entry(feature).or_default() += 1;
        }
        let mut numbers: FxHashMap<u32, u32> = FxHashMap::default();
        self.hashes = vec![0];
        for feature in &mut self.features {
            let hash = *feature;
            *feature = 0;
            if counts[&hash] >= least {
                *feature = *numbers.entry(hash).or_insert_with(|| {
                    self.hashes.push(hash);
                    self.hashes.len() as u32 - 1
                });
            }
        }
        // The rare ones are taken out.
        let (mut kept, mut from) = (0, 0);
        for end in &mut self.ends {
            let to = *end;
            for i in from..to {
                if self.features[i] != 0 {
                    self.features[kept] = self.features[i];
                    kept += 1;
                }
            }
            from = to;
            *end = kept;
        }
        self.features.truncate(kept);
    }

    fn of(&self, token: usize) -> &[u32] {
        let start = if token == 0 { 0 } else { self.ends[token - 1] };
        &self.features[start..self.ends[token]]
    }
}

/// The weights of one feature, by label, with what FTRL keeps of the slopes so far.
#[derive(Clone, Copy)]
struct Weight<const L: usize> {
    w: [f32; L],
    z: [f32; L],
    n: [f32; L],
}

impl<const L: usize> Weight<L> {
    fn learn(&mut self, label: usize, slope: f32, settings: Settings) {
        let before = self.n[label].sqrt();
        self.n[label] += slope * slope;
        let after = self.n[label].sqrt();
        self.z[label] += slope - (after - before) / settings.rate * self.w[label];
        let z = self.z[label];
        self.w[label] = if z.abs() <= settings.l1 {
            0.0
        } else {
            -(z - settings.l1 * z.signum()) / ((1.0 + after) / settings.rate)
        };
    }
}

/// Weights of pairs of labels by kind of place, then those of first labels; plain AdaGrad.
struct Pairs {
    weights: Vec<f32>,
    powers: Vec<f32>,
    slopes: Vec<f32>,
    squares: Vec<f32>,
}

impl Pairs {
    fn new(labels: usize) -> Self {
        let len = EDGES * labels * labels + labels;
        Self {
            weights: vec![0.0; len],
            powers: vec![1.0; len],
            slopes: vec![0.0; len],
            squares: vec![1.0; len],
        }
    }

    fn begin(&mut self) {
        for (power, weight) in self.powers.iter_mut().zip(&self.weights) {
            *power = weight.exp();
        }
        self.slopes.fill(0.0);
    }

    fn learn(&mut self, rate: f32) {
        for (i, &slope) in self.slopes.iter().enumerate().filter(|(_, slope)| **slope != 0.0) {
            self.squares[i] += slope * slope;
            self.weights[i] -= rate * slope / self.squares[i].sqrt();
        }
    }
}

/// What is likely at each token of one chain, given its scores.
#[derive(Default)]
struct Lattice<const L: usize> {
    emit: Vec<[f32; L]>,
    forward: Vec<[f32; L]>,
    backward: Vec<[f32; L]>,
}

fn whole<const L: usize>(row: [f32; L]) -> [f32; L] {
    let sum = row.iter().sum::<f32>().max(1e-30);
    row.map(|p| p / sum)
}

impl<const L: usize> Lattice<L> {
    fn fill(&mut self, data: &Data, chain: Range<usize>, weights: &[Weight<L>], powers: &[f32]) {
        self.emit.clear();
        for t in chain.clone() {
            let mut row = [0.0_f32; L];
            for &feature in data.of(t) {
                let weight = &weights[feature as usize].w;
                row.iter_mut().zip(weight).for_each(|(score, w)| *score += w);
            }
            for (label, score) in row.iter_mut().enumerate() {
                if data.may[t] >> label & 1 == 0 {
                    *score = -1e9;
                }
            }
            let top = row.iter().copied().fold(f32::MIN, f32::max);
            self.emit.push(row.map(|score| (score - top).exp()));
        }
        let n = chain.len();
        let power = |t: usize| pairs_at::<L>(powers, data.edges[chain.start + t]);
        self.forward.clear();
        for t in 0..n {
            let mut row = [0.0_f32; L];
            if t == 0 {
                row.copy_from_slice(&powers[EDGES * L * L..]);
            } else {
                for (before, pairs) in self.forward[t - 1].iter().zip(power(t).chunks_exact(L)) {
                    row.iter_mut().zip(pairs).for_each(|(p, pair)| *p += before * pair);
                }
            }
            row.iter_mut().zip(&self.emit[t]).for_each(|(p, emit)| *p *= emit);
            self.forward.push(whole(row));
        }
        self.backward.clear();
        self.backward.resize(n, [1.0; L]);
        for t in (0..n.saturating_sub(1)).rev() {
            let mut row = [0.0_f32; L];
            let mut after = self.emit[t + 1];
            after.iter_mut().zip(&self.backward[t + 1]).for_each(|(p, later)| *p *= later);
            for (p, pairs) in row.iter_mut().zip(power(t + 1).chunks_exact(L)) {
                *p = pairs.iter().zip(&after).map(|(pair, after)| pair * after).sum();
            }
            self.backward[t] = whole(row);
        }
    }

    /// How likely each label is at token `t`.
    fn at(&self, t: usize) -> [f32; L] {
        let mut row = self.forward[t];
        row.iter_mut().zip(&self.backward[t]).for_each(|(p, later)| *p *= later);
        whole(row)
    }

    /// Adds to `slopes` how likely each pair of labels is before token `t`.
    fn pairs_before(&self, t: usize, powers: &[f32], slopes: &mut [f32]) {
        let mut after = self.emit[t];
        after.iter_mut().zip(&self.backward[t]).for_each(|(p, later)| *p *= later);
        let joint = |before: &f32, pairs: &[f32]| -> f32 {
            pairs.iter().zip(&after).map(|(pair, after)| before * pair * after).sum()
        };
        let rows = || self.forward[t - 1].iter().zip(powers.chunks_exact(L));
        let scale = 1.0 / rows().map(|(b, pairs)| joint(b, pairs)).sum::<f32>().max(1e-30);
        for ((before, pairs), slopes) in rows().zip(slopes.chunks_exact_mut(L)) {
            for ((slope, pair), after) in slopes.iter_mut().zip(pairs).zip(&after) {
                *slope += before * pair * after * scale;
            }
        }
    }
}

fn pairs_at<const L: usize>(pairs: &[f32], edge: u8) -> &[f32] {
    &pairs[edge as usize * L * L..][..L * L]
}

/// Learns from the chains of `which`; gives the bytes that `Chain::read` reads.
pub(crate) fn learn<const L: usize>(data: &Data, which: &[usize], settings: Settings) -> Vec<u8> {
    let mut weights = vec![Weight { w: [0.0; L], z: [0.0; L], n: [0.0; L] }; data.hashes.len()];
    let mut pairs = Pairs::new(L);
    let mut lattice = Lattice::default();
    let mut order = which.to_vec();
    let mut dice = Dice(3);
    for _ in 0..settings.rounds {
        dice.shuffle(&mut order);
        for &number in &order {
            let chain = data.chains[number].clone();
            pairs.begin();
            lattice.fill(data, chain.clone(), &weights, &pairs.powers);
            for (t, token) in chain.enumerate() {
                let gold = data.gold[token] as usize;
                let mut slope = lattice.at(t);
                slope[gold] -= 1.0;
                if t == 0 {
                    let firsts = &mut pairs.slopes[EDGES * L * L..];
                    firsts.iter_mut().zip(&slope).for_each(|(first, slope)| *first += slope);
                } else {
                    let powers = pairs_at::<L>(&pairs.powers, data.edges[token]);
                    let at = data.edges[token] as usize * L * L;
                    lattice.pairs_before(t, powers, &mut pairs.slopes[at..at + L * L]);
                    pairs.slopes[at + data.gold[token - 1] as usize * L + gold] -= 1.0;
                }
                // What is as good as right is left alone: most tokens are, and it saves the time.
                for (label, slope) in slope.into_iter().enumerate().filter(|s| s.1.abs() > 1e-3) {
                    for &feature in data.of(token) {
                        weights[feature as usize].learn(label, slope, settings);
                    }
                }
            }
            pairs.learn(settings.rate);
        }
    }
    bytes(data, &weights, &pairs)
}

fn bytes<const L: usize>(data: &Data, weights: &[Weight<L>], pairs: &Pairs) -> Vec<u8> {
    let whole = |w: f32| (w * 256.0).round().clamp(-32000.0, 32000.0) as i16;
    let rows: Vec<(u32, Vec<i16>)> = data.hashes[1..]
        .iter()
        .zip(&weights[1..])
        .map(|(&hash, weight)| (hash, weight.w.iter().map(|&w| whole(w)).collect()))
        .collect();
    let pairs: Vec<i32> = pairs.weights.iter().map(|&w| i32::from(whole(w))).collect();
    let mut writer = Writer::default();
    writer.table(L, &rows);
    writer.list(&pairs[..EDGES * L * L]);
    writer.list(&pairs[EDGES * L * L..]);
    writer.bytes
}

/// The bytes of a chain, read.
pub(crate) fn chain(bytes: &[u8]) -> Chain {
    Chain::read(&mut Reader::new(bytes)).expect("what was just written is read")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_that_only_its_neighbour_tells_is_learned() {
        // Feature 7 begins a span of two: the second has nothing of its own to show.
        let mut data = Data::default();
        for _ in 0..40 {
            for (feature, gold) in [(5, 0), (5, 0), (7, 1), (5, 2), (5, 0)] {
                data.token(&[feature], 7, gold, 0b111);
            }
            data.end_chain();
        }
        data.number(2);
        let settings = Settings { rounds: 10, rate: 0.3, l1: 0.1 };
        let chain = chain(&learn::<3>(&data, &(0..40).collect::<Vec<_>>(), settings));
        let scores: Vec<i32> =
            [5, 5, 7, 5, 5].iter().flat_map(|&f| chain.table.sums(&[f])[..3].to_vec()).collect();
        assert_eq!(chain.best(&scores, &[7; 5], |_, _| true, |_, _| true), [0, 0, 1, 2, 0]);
    }
}
