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
    pub(crate) l2: f32,
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

#[derive(Clone, Copy)]
struct Weight<const L: usize> {
    w: [f32; L],
    z: [f32; L],
    n: [f32; L],
}

/// Learns from the chains of `which`; gives the bytes that `Chain::read` reads.
pub(crate) fn learn<const L: usize>(data: &Data, which: &[usize], settings: Settings) -> Vec<u8> {
    let mut weights =
        vec![Weight::<L> { w: [0.0; L], z: [0.0; L], n: [0.0; L] }; data.hashes.len()];
    // Pairs of labels by edge, then first labels; plain AdaGrad.
    let mut pairs = vec![0.0_f32; EDGES * L * L + L];
    let mut squares = vec![1.0_f32; pairs.len()];
    let mut slopes = vec![0.0_f32; pairs.len()];
    let mut powers = vec![0.0_f32; pairs.len()];
    let mut order = which.to_vec();
    let mut dice = Dice(3);
    let (mut emit, mut forward, mut backward) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..settings.rounds {
        dice.shuffle(&mut order);
        for &number in &order {
            let chain = data.chains[number].clone();
            let n = chain.len();
            if n == 0 {
                continue;
            }
            for (power, weight) in powers.iter_mut().zip(&pairs) {
                *power = weight.exp();
            }
            emit.clear();
            for t in chain.clone() {
                let mut row = [0.0_f32; L];
                for &feature in data.of(t) {
                    let w = &weights[feature as usize].w;
                    for l in 0..L {
                        row[l] += w[l];
                    }
                }
                for (l, score) in row.iter_mut().enumerate() {
                    if data.may[t] >> l & 1 == 0 {
                        *score = -1e9;
                    }
                }
                let top = row.iter().copied().fold(f32::MIN, f32::max);
                emit.push(row.map(|score| (score - top).exp()));
            }
            forward.clear();
            forward.resize(n, [0.0_f32; L]);
            backward.clear();
            backward.resize(n, [1.0_f32; L]);
            let power = |t: usize| &powers[data.edges[chain.start + t] as usize * L * L..][..L * L];
            for t in 0..n {
                let mut row = [0.0_f32; L];
                if t == 0 {
                    row.copy_from_slice(&powers[EDGES * L * L..]);
                } else {
                    let power = power(t);
                    for a in 0..L {
                        for b in 0..L {
                            row[b] += forward[t - 1][a] * power[a * L + b];
                        }
                    }
                }
                for l in 0..L {
                    row[l] *= emit[t][l];
                }
                let sum: f32 = row.iter().sum::<f32>().max(1e-30);
                forward[t] = row.map(|p| p / sum);
            }
            for t in (0..n - 1).rev() {
                let power = power(t + 1);
                let mut row = [0.0_f32; L];
                for a in 0..L {
                    for b in 0..L {
                        row[a] += power[a * L + b] * emit[t + 1][b] * backward[t + 1][b];
                    }
                }
                let sum: f32 = row.iter().sum::<f32>().max(1e-30);
                backward[t] = row.map(|p| p / sum);
            }
            // Pairs.
            slopes.fill(0.0);
            for t in 1..n {
                let at = data.edges[chain.start + t] as usize * L * L;
                let power = power(t);
                let mut joint = [[0.0_f32; L]; L];
                let mut sum = 0.0;
                for a in 0..L {
                    for b in 0..L {
                        let p = forward[t - 1][a] * power[a * L + b] * emit[t][b] * backward[t][b];
                        joint[a][b] = p;
                        sum += p;
                    }
                }
                let scale = 1.0 / f32::max(sum, 1e-30);
                for a in 0..L {
                    for b in 0..L {
                        slopes[at + a * L + b] += joint[a][b] * scale;
                    }
                }
                let (a, b) = (data.gold[chain.start + t - 1], data.gold[chain.start + t]);
                slopes[at + a as usize * L + b as usize] -= 1.0;
            }
            // Tokens.
            for t in 0..n {
                let mut slope = [0.0_f32; L];
                let mut sum = 0.0;
                for l in 0..L {
                    slope[l] = forward[t][l] * backward[t][l];
                    sum += slope[l];
                }
                let scale = 1.0 / f32::max(sum, 1e-30);
                slope.iter_mut().for_each(|p| *p *= scale);
                slope[data.gold[chain.start + t] as usize] -= 1.0;
                if t == 0 {
                    for l in 0..L {
                        slopes[EDGES * L * L + l] += slope[l];
                    }
                }
                let active: Vec<usize> = (0..L).filter(|&l| slope[l].abs() > 1e-3).collect();
                if active.is_empty() {
                    continue;
                }
                for &feature in data.of(chain.start + t) {
                    let weight = &mut weights[feature as usize];
                    for &l in &active {
                        let g = slope[l];
                        let before = weight.n[l].sqrt();
                        weight.n[l] += g * g;
                        let after = weight.n[l].sqrt();
                        weight.z[l] += g - (after - before) / settings.rate * weight.w[l];
                        let z = weight.z[l];
                        weight.w[l] = if z.abs() <= settings.l1 {
                            0.0
                        } else {
                            -(z - settings.l1 * z.signum())
                                / ((1.0 + after) / settings.rate + settings.l2)
                        };
                    }
                }
            }
            for (i, &slope) in slopes.iter().enumerate() {
                if slope != 0.0 {
                    squares[i] += slope * slope;
                    pairs[i] -= settings.rate * slope / squares[i].sqrt();
                }
            }
        }
    }
    let whole = |w: f32| (w * 256.0).round().clamp(-32000.0, 32000.0);
    let rows: Vec<(u32, Vec<i16>)> = (1..data.hashes.len())
        .map(|i| (data.hashes[i], weights[i].w.iter().map(|&w| whole(w) as i16).collect()))
        .collect();
    let whole_pairs: Vec<i32> = pairs.iter().map(|&w| whole(w) as i32).collect();
    let mut writer = Writer::default();
    writer.table(L, &rows);
    writer.list(&whole_pairs[..EDGES * L * L]);
    writer.list(&whole_pairs[EDGES * L * L..]);
    writer.bytes
}

/// The bytes of a chain, read.
pub(crate) fn chain(bytes: &[u8]) -> Chain {
    Chain::read(&mut Reader::new(bytes)).expect("what was just written is read")
}
