//! Which keys a run cannot have: a Bloom filter (Bloom, 1970) whose bits for one key lie in one line
//! of the processor's cache (Putze, Sanders and Singler, 2007).
//!
//! ```text
//! filter.insert(comparison, key)
//! filter.may_have(comparison, other)    false: it is not there; true: it is, but for 1 in 100
//! ```
//!
//! A key takes twelve bits. Not handled: taking a key out.

/// Words of one line of the cache.
const LINE: usize = 8;

const BITS_A_LINE: usize = LINE * 64;

const BITS_A_KEY: usize = 12;

/// Bits that are set for a key.
const SET: u32 = 4;

#[derive(Debug)]
pub(crate) struct Filter {
    lines: Vec<[u64; LINE]>,
}

impl Filter {
    pub(crate) fn for_keys(keys: usize) -> Self {
        Self { lines: vec![[0; LINE]; keys * BITS_A_KEY / BITS_A_LINE + 1] }
    }

    /// What [`Self::written`] wrote.
    pub(crate) fn read(written: &[u8]) -> Self {
        let word = |eight: &[u8]| u64::from_le_bytes(eight.try_into().expect("chunks of eight"));
        let lines = written.chunks_exact(LINE * 8).map(|line| {
            let mut words = line.chunks_exact(8).map(word);
            std::array::from_fn(|_| words.next().unwrap_or(u64::MAX))
        });
        let mut lines: Vec<[u64; LINE]> = lines.collect();
        // Of nothing nothing is known to be absent.
        if lines.is_empty() {
            lines.push([u64::MAX; LINE]);
        }
        Self { lines }
    }

    /// As bytes, the least first.
    pub(crate) fn written(&self) -> Vec<u8> {
        self.lines.iter().flatten().flat_map(|word| word.to_le_bytes()).collect()
    }

    pub(crate) fn insert(&mut self, comparison: i64, key: i64) {
        let (line, bits) = self.place(comparison, key);
        for bit in bits {
            self.lines[line][bit / 64] |= 1 << (bit % 64);
        }
    }

    pub(crate) fn may_have(&self, comparison: i64, key: i64) -> bool {
        let (line, mut bits) = self.place(comparison, key);
        bits.all(|bit| self.lines[line][bit / 64] & 1 << (bit % 64) != 0)
    }

    /// The line of a key, and its bits there.
    fn place(&self, comparison: i64, key: i64) -> (usize, impl Iterator<Item = usize> + use<>) {
        // Keys are hashes already, but some are not made to be spread.
        let mixed = (key as u64 ^ (comparison as u64) << 56).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mixed = (mixed ^ mixed >> 32).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        let line = (u128::from(mixed) * self.lines.len() as u128) >> 64;
        let bits = mixed.wrapping_mul(0xA076_1D64_78BD_642F);
        (line as usize, (0..SET).map(move |n| (bits >> (55 - 9 * n)) as usize % BITS_A_LINE))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_passes_and_most_else_does_not() {
        const KEYS: i64 = 200_000;
        let hash = |n: i64| n.wrapping_mul(0x5851_F42D_4C95_7F2D) ^ n << 7;
        let mut filter = Filter::for_keys(KEYS as usize);
        for n in 0..KEYS {
            filter.insert(n % 9, hash(n));
        }
        let filter = Filter::read(&filter.written());
        assert!((0..KEYS).all(|n| filter.may_have(n % 9, hash(n))));
        let others = (0..KEYS).filter(|&n| filter.may_have(1, hash(n + KEYS))).count();
        assert!(others < KEYS as usize / 50, "{others} of {KEYS} pass");
        // The same key of another comparison is another key.
        let others = (0..KEYS).filter(|&n| filter.may_have(n % 9 + 9, hash(n))).count();
        assert!(others < KEYS as usize / 50, "{others} of {KEYS} pass");
    }
}
