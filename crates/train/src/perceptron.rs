//! Averaged perceptron over hashed features.
//!
//! ```text
//! right class + 1, wrong class − 1 for each feature of a mistake; the model is the mean of all steps
//! ```

use onrecord_analyse::learned::Rows;
use rustc_hash::FxHashMap;

/// Weights being learned.
pub(crate) struct Perceptron {
    classes: usize,
    place: FxHashMap<u32, u32>,
    weights: Vec<f32>,
    /// Sum of step × change, to take from the weights for their mean.
    stepped: Vec<f32>,
    /// Times each feature was changed.
    changes: Vec<u32>,
    step: f32,
}

impl Perceptron {
    pub(crate) fn new(classes: usize) -> Self {
        Self {
            classes,
            place: FxHashMap::default(),
            weights: Vec::new(),
            stepped: Vec::new(),
            changes: Vec::new(),
            step: 1.0,
        }
    }

    /// Sums of weights by class.
    pub(crate) fn scores(&self, features: &[u32], scores: &mut Vec<f32>) {
        scores.clear();
        scores.resize(self.classes, 0.0);
        for feature in features {
            if let Some(&place) = self.place.get(feature) {
                let row = &self.weights[place as usize * self.classes..][..self.classes];
                for (score, weight) in scores.iter_mut().zip(row) {
                    *score += weight;
                }
            }
        }
    }

    /// One example seen; `wrong` is what was said instead of `right`.
    pub(crate) fn learn(&mut self, features: &[u32], right: usize, wrong: usize) {
        self.step += 1.0;
        if right == wrong {
            return;
        }
        for feature in features {
            let next = self.changes.len() as u32;
            let place = *self.place.entry(*feature).or_insert(next) as usize;
            if place == self.changes.len() {
                self.changes.push(0);
                self.weights.resize(self.weights.len() + self.classes, 0.0);
                self.stepped.resize(self.stepped.len() + self.classes, 0.0);
            }
            self.changes[place] += 1;
            for (class, change) in [(right, 1.0), (wrong, -1.0)] {
                self.weights[place * self.classes + class] += change;
                self.stepped[place * self.classes + class] += change * self.step;
            }
        }
    }

    /// The mean weights, as whole numbers of which all but one in 20,000 are at most 127, without
    /// features changed fewer than `least` times and those whose weights are all under `floor`.
    pub(crate) fn rows(&self, least: u32, floor: i16) -> Rows {
        let mean = |i: usize| self.weights[i] - self.stepped[i] / self.step;
        let mut sizes: Vec<f32> = (0..self.weights.len()).map(|i| mean(i).abs()).collect();
        sizes.sort_by(f32::total_cmp);
        let top = sizes.get(sizes.len().saturating_sub(1 + sizes.len() / 20000)).copied();
        let scale = 127.0 / top.unwrap_or(1.0).max(1e-6);
        let mut rows: Rows = self
            .place
            .iter()
            .filter(|&(_, &place)| self.changes[place as usize] >= least)
            .map(|(&feature, &place)| {
                let row = (0..self.classes).map(|class| {
                    let weight = mean(place as usize * self.classes + class) * scale;
                    weight.clamp(-508.0, 508.0).round() as i16
                });
                (feature, row.collect())
            })
            .collect();
        rows.retain(|(_, row)| row.iter().any(|weight| weight.abs() >= floor));
        rows.sort();
        rows
    }
}

/// The place of the highest score.
pub(crate) fn highest(scores: &[f32]) -> usize {
    let mut best = 0;
    for (class, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = class;
        }
    }
    best
}

/// Numbers that look like chance and are the same every time.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((self.0 >> 33) % end.max(1) as u64) as usize
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}
