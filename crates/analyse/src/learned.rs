//! Learned weights: tables from hashed features to whole numbers, and their file form.
//!
//! ```text
//! feature 0x51f3a0c2 ("the word before is 'to'")  →  [0, 14, -3, 0]     one weight for each class
//! ```
//!
//! Scores are sums of whole numbers, so they are the same on every machine. No word is kept, only
//! hashes of 32 bits: two features may share one, and then share their weights.

/// Hash of a piece of text (FNV-1a, folded to 32 bits).
pub fn text(text: &str) -> u32 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in text.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    (hash ^ (hash >> 32)) as u32
}

/// The feature number `template` makes of `a` and `b`.
#[inline]
pub fn feature(template: u32, a: u32, b: u32) -> u32 {
    let mut hash = (u64::from(a) << 32 | u64::from(b))
        ^ u64::from(template).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    hash = (hash ^ (hash >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    hash = (hash ^ (hash >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    (hash ^ (hash >> 32)) as u32
}

/// Rows of weights by feature.
#[derive(Debug, Default)]
pub struct Table {
    classes: usize,
    /// A feature and one more than the number of its row; 0 is an empty slot.
    slots: Vec<(u32, u32)>,
    rows: Vec<i16>,
}

impl Table {
    /// A table of `classes` weights a row. A feature that comes twice keeps its first row.
    pub fn new(classes: usize, rows: &[(u32, Vec<i16>)]) -> Self {
        let capacity = (rows.len() * 2).next_power_of_two().max(2);
        let mut table = Self {
            classes,
            slots: vec![(0, 0); capacity],
            rows: Vec::with_capacity(rows.len() * classes),
        };
        for (number, (feature, row)) in rows.iter().enumerate() {
            let slot = table.slot(*feature);
            if table.slots[slot].1 == 0 {
                table.slots[slot] = (*feature, number as u32 + 1);
            }
            table.rows.extend((0..classes).map(|class| row.get(class).copied().unwrap_or(0)));
        }
        table
    }

    /// Weights a row.
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// Where `feature` is, or would be.
    #[inline]
    fn slot(&self, feature: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = feature as usize & mask;
        while self.slots[slot].1 != 0 && self.slots[slot].0 != feature {
            slot = (slot + 1) & mask;
        }
        slot
    }

    /// The weights of a feature, if it has any.
    #[inline]
    pub fn row(&self, feature: u32) -> Option<&[i16]> {
        if self.slots.is_empty() {
            return None;
        }
        match self.slots[self.slot(feature)].1 as usize {
            0 => None,
            number => Some(&self.rows[(number - 1) * self.classes..number * self.classes]),
        }
    }

    /// Adds the weights of a feature to `scores`.
    #[inline]
    pub fn add(&self, feature: u32, scores: &mut [i32]) {
        if let Some(row) = self.row(feature) {
            for (score, weight) in scores.iter_mut().zip(row) {
                *score += i32::from(*weight);
            }
        }
    }

    /// The class with the highest sum, the first of equals; `scores` is used for the sums.
    pub fn best(&self, features: &[u32], scores: &mut Vec<i32>) -> usize {
        scores.clear();
        scores.resize(self.classes.max(1), 0);
        for &feature in features {
            self.add(feature, scores);
        }
        highest(scores)
    }
}

/// The place of the highest score, the first of equals.
pub fn highest(scores: &[i32]) -> usize {
    let mut best = 0;
    for (class, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = class;
        }
    }
    best
}

/// Reads what [`Writer`] wrote; `None` where the bytes are not of that form.
#[derive(Debug)]
pub struct Reader<'b> {
    bytes: &'b [u8],
}

impl<'b> Reader<'b> {
    /// A reader of `bytes`.
    pub fn new(bytes: &'b [u8]) -> Self {
        Self { bytes }
    }

    fn byte(&mut self) -> Option<u8> {
        let (&first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(first)
    }

    /// A whole number, seven bits a byte, low bits first.
    pub fn number(&mut self) -> Option<u32> {
        let mut number = 0_u64;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return u32::try_from(number).ok();
            }
        }
        None
    }

    /// A number that may be below zero.
    pub fn signed(&mut self) -> Option<i32> {
        let number = self.number()?;
        Some((number >> 1) as i32 ^ -((number & 1) as i32))
    }

    /// A list of words.
    pub fn words(&mut self) -> Option<Vec<String>> {
        (0..self.number()?).map(|_| self.word()).collect()
    }

    fn word(&mut self) -> Option<String> {
        let len = self.number()? as usize;
        let (word, rest) = self.bytes.split_at_checked(len)?;
        self.bytes = rest;
        String::from_utf8(word.to_vec()).ok()
    }

    /// A list of numbers that may be below zero.
    pub fn list(&mut self) -> Option<Vec<i32>> {
        (0..self.number()?).map(|_| self.signed()).collect()
    }

    /// A table.
    pub fn table(&mut self) -> Option<Table> {
        let classes = self.number()? as usize;
        let count = self.number()? as usize;
        if classes > 256 || count > self.bytes.len() {
            return None;
        }
        let mut rows = Vec::with_capacity(count);
        let mut feature = 0_u32;
        for _ in 0..count {
            feature = feature.checked_add(self.number()?)?;
            let mask =
                (0..classes.div_ceil(8)).map(|_| self.byte()).collect::<Option<Vec<u8>>>()?;
            let mut row = vec![0; classes];
            for (class, weight) in row.iter_mut().enumerate() {
                if mask[class / 8] >> (class % 8) & 1 == 1 {
                    *weight = i16::try_from(self.signed()?).ok()?;
                }
            }
            rows.push((feature, row));
        }
        Some(Table::new(classes, &rows))
    }
}

/// Writes weights in the form that [`Reader`] reads.
#[derive(Debug, Default)]
pub struct Writer {
    /// What was written.
    pub bytes: Vec<u8>,
}

impl Writer {
    /// A whole number.
    pub fn number(&mut self, mut number: u32) {
        while number >= 0x80 {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    /// A number that may be below zero.
    pub fn signed(&mut self, number: i32) {
        self.number(((number << 1) ^ (number >> 31)) as u32);
    }

    /// A list of words.
    pub fn words<S: AsRef<str>>(&mut self, words: &[S]) {
        self.number(words.len() as u32);
        for word in words {
            self.number(word.as_ref().len() as u32);
            self.bytes.extend(word.as_ref().as_bytes());
        }
    }

    /// A list of numbers that may be below zero.
    pub fn list(&mut self, numbers: &[i32]) {
        self.number(numbers.len() as u32);
        numbers.iter().for_each(|&number| self.signed(number));
    }

    /// The rows of a table of `classes` weights; rows of nothing but zeros are left out.
    pub fn table(&mut self, classes: usize, rows: &[(u32, Vec<i16>)]) {
        let mut rows: Vec<_> =
            rows.iter().filter(|(_, row)| row.iter().any(|&weight| weight != 0)).collect();
        rows.sort_by_key(|(feature, _)| *feature);
        rows.dedup_by_key(|(feature, _)| *feature);
        self.number(classes as u32);
        self.number(rows.len() as u32);
        let mut before = 0;
        for (feature, row) in rows {
            self.number(feature - before);
            before = *feature;
            for eight in row.chunks(8) {
                let bits = eight.iter().enumerate();
                self.bytes.push(bits.fold(0, |mask, (i, w)| mask | u8::from(*w != 0) << i));
            }
            row.iter().filter(|&&w| w != 0).for_each(|&w| self.signed(i32::from(w)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_unknown_feature_adds_nothing() {
        let table = Table::new(2, &[(7, vec![1, -1])]);
        let mut scores = [0, 0];
        table.add(8, &mut scores);
        assert_eq!(scores, [0, 0]);
        table.add(7, &mut scores);
        assert_eq!(scores, [1, -1]);
        Table::default().add(7, &mut scores);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            rows in proptest::collection::btree_map(any::<u32>(), proptest::collection::vec(any::<i16>(), 11), 0..30),
            numbers in proptest::collection::vec(any::<i32>(), 0..9),
        ) {
            let rows: Vec<_> = rows.into_iter().collect();
            let mut writer = Writer::default();
            writer.table(11, &rows);
            writer.list(&numbers);
            let mut reader = Reader::new(&writer.bytes);
            let table = reader.table().expect("just written");
            for (feature, row) in &rows {
                prop_assert!(table.row(*feature).is_none_or(|read| read == row.as_slice()));
                prop_assert!(table.row(*feature).is_some() || row.iter().all(|&w| w == 0));
            }
            prop_assert_eq!(reader.list().expect("just written"), numbers);
        }

        #[test]
        fn odd_bytes_are_no_table(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = Reader::new(&bytes).table();
        }
    }
}
