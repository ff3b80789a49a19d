//! Chance from a seed number: the same draws on every machine.
//!
//! ```text
//! Chance::of(7, &[3]).below(6)   → always the same number from 0 to 5
//! ```
//!
//! SplitMix64 (Steele, Lea and Flood, 2014). Not handled: secrecy.

/// A row of draws.
#[derive(Debug, Clone)]
pub(super) struct Chance(u64);

impl Chance {
    /// The draws of one place in a world: its seed and the numbers that lead there.
    pub(super) fn of(seed: u64, path: &[u64]) -> Self {
        let mut chance = Self(seed ^ 0x5DEE_CE66_D1CE_4E5B);
        for step in path {
            chance.0 = chance.next() ^ step.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        }
        chance
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `limit`, which is not 0.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.next() % (high - low + 1)
    }

    /// Yes in so many of a hundred draws.
    pub(super) fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of them.
    pub(super) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// Puts them into another order.
    pub(super) fn shuffle<T>(&mut self, of: &mut [T]) {
        for at in (1..of.len()).rev() {
            of.swap(at, self.below(at + 1));
        }
    }
}
