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

/// Features with a weight for each class.
pub type Rows = Vec<(u32, Vec<i16>)>;

/// Rows of weights by feature.
///
/// Nearly all the time goes into waiting for memory, so all is kept small: half of the feature as
/// its key, somewhere in the [`WINDOW`] places from its home, and of the rows of many classes only
/// the weights that are not 0.
#[derive(Debug, Default)]
pub struct Table {
    classes: usize,
    homes: usize,
    /// The low half of the feature at each place; 0 where there is none.
    keys: Vec<u16>,
    /// The rows of tables of few classes, in place.
    rows: Vec<i16>,
    /// The rows of tables of many: for each place where its weights begin in `sparse`, times
    /// 64, and how many there are; a weight is its class in the low six bits, and the rest.
    starts: Vec<u32>,
    sparse: Vec<i16>,
}

/// Features that are looked up together.
const AT_ONCE: usize = 32;
/// The lowest bit of each of four keys.
const LOW: u64 = 0x0001_0001_0001_0001;
/// Places that a feature may be in.
const WINDOW: usize = 16;
/// The most classes of a table that keeps its rows in place.
pub const FEW: usize = 8;
/// The most classes of any table.
pub const MANY: usize = 64;

impl Table {
    /// A table of `classes` weights a row.
    pub fn new(classes: usize, rows: &[(u32, Vec<i16>)]) -> Self {
        let mut rows: Vec<_> = rows.iter().collect();
        rows.sort_by_key(|(feature, _)| *feature);
        rows.dedup_by_key(|(feature, _)| *feature);
        let mut homes = rows.len() * 2 + 1;
        let places = loop {
            match places(&rows, homes) {
                Some(places) => break places,
                None => homes += homes / 4 + 1,
            }
        };
        // The place after the last is that of features without weights.
        let mut table = Self { classes, homes, ..Self::default() };
        table.keys = vec![0; homes + WINDOW];
        let stride = table.stride();
        if classes <= FEW {
            table.rows = vec![0; stride * (table.keys.len() + 1)];
        } else {
            table.starts = vec![0; table.keys.len() + 1];
        }
        for ((feature, row), place) in rows.iter().zip(places) {
            table.keys[place] = key(*feature);
            if classes <= FEW {
                let own = &mut table.rows[place * stride..][..classes];
                own.iter_mut().zip(row).for_each(|(own, weight)| *own = *weight);
                continue;
            }
            let start = table.sparse.len() as u32;
            for (class, &weight) in row.iter().enumerate().take(MANY).filter(|(_, w)| **w != 0) {
                table.sparse.push(weight.clamp(-512, 511) << 6 | class as i16);
            }
            table.starts[place] = start << 6 | (table.sparse.len() as u32 - start).min(63);
        }
        table
    }

    /// Weights a row.
    pub fn classes(&self) -> usize {
        self.classes
    }

    fn stride(&self) -> usize {
        match self.classes {
            0..=4 => 4,
            _ => FEW,
        }
    }

    /// The place of a feature, or the one after the last.
    #[inline]
    fn place(&self, feature: u32) -> usize {
        let home = home(feature, self.homes);
        let key = key(feature);
        let none = self.keys.len();
        let Some(window) = self.keys.get(home..).and_then(|keys| keys.first_chunk::<WINDOW>())
        else {
            return none;
        };
        // Four keys at a time: the lanes of `differs` that are 0 are hits, the lowest of them surely.
        let wanted = u64::from(key).wrapping_mul(LOW);
        let mut at = none;
        for (four, keys) in window.chunks_exact(4).enumerate().rev() {
            let own = keys.iter().rev().fold(0, |own, &key| own << 16 | u64::from(key));
            let differs = own ^ wanted;
            let hits = differs.wrapping_sub(LOW) & !differs & (LOW << 15);
            let hit = home + four * 4 + (hits.trailing_zeros() / 16) as usize;
            at = if hits == 0 { at } else { hit };
        }
        at
    }

    /// The sums of the weights of `features`, for a table of at most [`FEW`] classes.
    #[inline]
    pub fn sums(&self, features: &[u32]) -> [i32; FEW] {
        let mut sums = [0; FEW];
        if self.rows.is_empty() {
            return sums;
        }
        if self.stride() == 4 {
            let mut four = [0; 4];
            self.add_rows::<4>(features, &mut four);
            sums[..4].copy_from_slice(&four);
        } else if self.stride() == FEW {
            self.add_rows::<FEW>(features, &mut sums);
        }
        sums
    }

    #[inline]
    fn add_rows<const N: usize>(&self, features: &[u32], sums: &mut [i32; N]) {
        for features in features.chunks(AT_ONCE) {
            let mut places = [0; AT_ONCE];
            for (place, &feature) in places.iter_mut().zip(features) {
                *place = self.place(feature);
            }
            for place in &places[..features.len()] {
                if let Some(row) = self.rows[place * N..].first_chunk::<N>() {
                    sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum += i32::from(*weight));
                }
            }
        }
    }

    /// The class with the highest sum, the first of equals; `scores` is used for the sums.
    pub fn best(&self, features: &[u32], scores: &mut Vec<i32>) -> usize {
        scores.clear();
        if self.classes <= FEW {
            scores.extend(&self.sums(features)[..self.classes]);
            return highest(scores);
        }
        scores.resize(MANY, 0);
        // First where all rows begin, then the rows: so that many waits for memory are one.
        for features in features.chunks(AT_ONCE) {
            let mut starts = [0; AT_ONCE];
            for (start, &feature) in starts.iter_mut().zip(features) {
                *start = self.starts[self.place(feature)];
            }
            for start in &starts[..features.len()] {
                let (start, len) = (*start as usize >> 6, *start as usize & 63);
                for &weight in &self.sparse[start..start + len] {
                    scores[weight as usize & 63] += i32::from(weight >> 6);
                }
            }
        }
        scores.truncate(self.classes);
        highest(scores)
    }
}

fn key(feature: u32) -> u16 {
    (feature as u16).max(1)
}

#[inline]
fn home(feature: u32, homes: usize) -> usize {
    ((u64::from(feature) * homes as u64) >> 32) as usize
}

/// The place of each row, in order, none further than the window from its home.
fn places(rows: &[&(u32, Vec<i16>)], homes: usize) -> Option<Vec<usize>> {
    let mut next = 0;
    let place = |row: &&(u32, Vec<i16>)| {
        let home = home(row.0, homes);
        let place = next.max(home);
        next = place + 1;
        (place < home + WINDOW).then_some(place)
    };
    rows.iter().map(place).collect()
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
        let (classes, rows) = self.rows()?;
        Some(Table::new(classes, &rows))
    }

    /// The classes of a table and its rows.
    pub fn rows(&mut self) -> Option<(usize, Rows)> {
        let classes = self.number()? as usize;
        let count = self.number()? as usize;
        if classes > MANY || count > self.bytes.len() {
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
        Some((classes, rows))
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
        let table = Table::new(3, &[(7, vec![1, -1, 5])]);
        assert_eq!(table.sums(&[8]), [0; FEW]);
        assert_eq!(table.sums(&[8, 7, 7]), [2, -2, 10, 0, 0, 0, 0, 0]);
        assert_eq!(Table::default().sums(&[7]), [0; FEW]);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            rows in proptest::collection::btree_map(any::<u32>(), proptest::collection::vec(-512_i16..512, 11), 0..30),
            numbers in proptest::collection::vec(any::<i32>(), 0..9),
        ) {
            let rows: Vec<_> = rows.into_iter().collect();
            let mut writer = Writer::default();
            writer.table(11, &rows);
            writer.list(&numbers);
            let mut reader = Reader::new(&writer.bytes);
            let table = reader.table().expect("just written");
            for (feature, row) in &rows {
                let mut scores = Vec::new();
                table.best(&[*feature], &mut scores);
                prop_assert!(scores.iter().zip(row).all(|(sum, weight)| *sum == i32::from(*weight)));
            }
            prop_assert_eq!(reader.list().expect("just written"), numbers);
        }

        #[test]
        fn odd_bytes_are_no_table(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = Reader::new(&bytes).table();
        }
    }
}
