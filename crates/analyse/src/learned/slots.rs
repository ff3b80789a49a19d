//! A table from features to small values, laid out so that a look-up waits for memory once.
//!
//! ```text
//! group of a feature  →  its shift  →  the one slot where it can be, with its key beside the value
//! ```
//!
//! Which features are known is known when the table is made. So each group of some four is shifted as
//! a whole until its features fall on free slots (hash and displace: Belazzougui, Botelho and
//! Dietzfelbinger, 2009), and none is ever looked for in two places. Not handled: adding to it.

/// A value that may be let go without a branch.
pub(super) trait Value: Copy {
    /// What adds nothing.
    const NOTHING: Self;

    /// Itself, or nothing.
    fn only_if(self, is: bool) -> Self;
}

impl<const N: usize> Value for [i16; N] {
    const NOTHING: Self = [0; N];

    #[inline]
    fn only_if(self, is: bool) -> Self {
        let mask = -i16::from(is);
        self.map(|weight| weight & mask)
    }
}

/// Features and their values.
#[derive(Debug)]
pub(super) struct Slots<V> {
    /// How far each group is shifted; a power of two of them, if any.
    shifts: Vec<u16>,
    slots: Vec<Slot<V>>,
}

#[derive(Debug, Clone, Copy)]
struct Slot<V> {
    value: V,
    key: u32,
}

/// Features that are looked up together.
const AT_ONCE: usize = 32;

/// Features of a group, on average.
const GROUP: usize = 4;

impl<V: Value> Slots<V> {
    /// Of `values`, each feature once.
    pub(super) fn new(values: &[(u32, V)]) -> Self {
        if values.is_empty() {
            return Self { shifts: Vec::new(), slots: Vec::new() };
        }
        let groups = (values.len() / GROUP).next_power_of_two();
        // Five slots for four features: so a shift is found for all but the unluckiest sets.
        let mut count = values.len() * 5 / 4 + 1;
        loop {
            let mut laid = Self {
                shifts: vec![0; groups],
                slots: vec![Slot { value: V::NOTHING, key: 0 }; count],
            };
            if laid.lay(values) {
                return laid;
            }
            count += count / 8 + 1;
        }
    }

    /// Puts every value in its slot; false if there are too few slots.
    fn lay(&mut self, values: &[(u32, V)]) -> bool {
        let mut of_group: Vec<Vec<usize>> = vec![Vec::new(); self.shifts.len()];
        for (at, (feature, _)) in values.iter().enumerate() {
            of_group[self.group(*feature)].push(at);
        }
        let mut order: Vec<usize> = (0..of_group.len()).collect();
        // The largest first, while there is room.
        order.sort_by_key(|&group| std::cmp::Reverse(of_group[group].len()));
        let mut is_taken = vec![false; self.slots.len()];
        let mut here: Vec<usize> = Vec::new();
        for group in order {
            let members = &of_group[group];
            let fits = (0..=u16::MAX).any(|shift| {
                here.clear();
                members.iter().all(|&at| {
                    let slot = self.slot(values[at].0, shift);
                    let is_free = !is_taken[slot] && !here.contains(&slot);
                    here.push(slot);
                    is_free
                }) && {
                    self.shifts[group] = shift;
                    true
                }
            });
            if !fits {
                return false;
            }
            for (&at, &slot) in members.iter().zip(&here) {
                is_taken[slot] = true;
                self.slots[slot] = Slot { key: values[at].0, value: values[at].1 };
            }
        }
        true
    }

    #[inline]
    fn group(&self, feature: u32) -> usize {
        // The low bits: those that `slot` makes least of.
        feature as usize & (self.shifts.len() - 1)
    }

    #[inline]
    fn slot(&self, feature: u32, shift: u16) -> usize {
        let mixed =
            (feature ^ u32::from(shift).wrapping_mul(0x9E37_79B9)).wrapping_mul(0x85EB_CA6B);
        ((u64::from(mixed) * self.slots.len() as u64) >> 32) as usize
    }

    /// Calls `take` on the values of `features`, some at a time; those that are not known have
    /// [`Value::NOTHING`].
    ///
    /// First all are fetched, then they are looked at: so that many waits for memory are one. Nothing
    /// branches on whether a feature is known, which is as good as chance.
    #[inline]
    pub(super) fn each(&self, features: &[u32], mut take: impl FnMut(&[V])) {
        if self.slots.is_empty() {
            return;
        }
        for features in features.chunks(AT_ONCE) {
            let mut fetched = [Slot { value: V::NOTHING, key: 0 }; AT_ONCE];
            for (fetched, &feature) in fetched.iter_mut().zip(features) {
                *fetched = self.slots[self.slot(feature, self.shifts[self.group(feature)])];
            }
            let mut values = [V::NOTHING; AT_ONCE];
            for ((value, fetched), &feature) in values.iter_mut().zip(&fetched).zip(features) {
                *value = fetched.value.only_if(fetched.key == feature);
            }
            take(&values[..features.len()]);
        }
    }
}
