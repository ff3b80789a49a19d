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
/// Nearly all the time goes into waiting for memory, so a look-up reads one number of a short list
/// that stays near the processor, and then one place, with the weights beside the key. The places
/// are found by shifting: the high half of a feature names its group and its key, the low half its
/// column; each group is shifted as a whole so far that its columns fall on free places. Place and
/// key together tell the whole feature, so none is taken for another.
#[derive(Debug, Default)]
pub struct Table {
    classes: usize,
    /// How many places there are, in units of [`COLUMNS`].
    sheets: usize,
    /// How far each group is shifted, in units of `sheets`.
    shifts: Vec<u16>,
    /// For tables of up to [`THREE`] classes: the weights, the last the key.
    three: Vec<[i16; THREE + 1]>,
    /// For tables of up to [`SEVEN`] classes, the same.
    seven: Vec<[i16; SEVEN + 1]>,
    /// For tables of up to [`FEW`] classes, the same.
    few: Vec<[i16; FEW + 1]>,
    /// For tables of more: where the weights are in `sparse`, or in `full`.
    many: Vec<Many>,
    /// A weight is its class in the low six bits, and the rest.
    sparse: Vec<i16>,
    /// Whole rows, of the features that have a say in many classes.
    full: Vec<i16>,
}

/// The weights of a row of many classes that are not 0.
#[derive(Debug, Clone, Copy, Default)]
struct Many {
    start: u32,
    len: u16,
    key: u16,
}

/// The sums of a table of at most [`FEW`] classes; what is beyond them is 0.
pub type Sums = [i32; FEW];

/// The length of a row that is kept whole.
const WHOLE: u16 = u16::MAX;
/// Features that are looked up together.
const AT_ONCE: usize = 32;
/// What the low half of a feature can be.
const COLUMNS: usize = 1 << 16;
/// Classes of a table of the smallest rows: eight to a line of cache.
const THREE: usize = 3;
/// Classes of a table of rows that are four to a line.
const SEVEN: usize = 7;
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
        let mut table = Self { classes, ..Self::default() };
        if rows.is_empty() {
            return table;
        }
        table.lay(&rows);
        let places = table.sheets * COLUMNS;
        if classes <= THREE {
            table.three = vec![Default::default(); places];
        } else if classes <= SEVEN {
            table.seven = vec![Default::default(); places];
        } else if classes <= FEW {
            table.few = vec![Default::default(); places];
        } else {
            table.many = vec![Many::default(); places];
        }
        for (feature, row) in rows {
            let (place, key) = (table.place(*feature), key(*feature));
            let row = &row[..classes.min(row.len())];
            if classes <= THREE {
                table.three[place][..row.len()].copy_from_slice(row);
                table.three[place][THREE] = key as i16;
            } else if classes <= SEVEN {
                table.seven[place][..row.len()].copy_from_slice(row);
                table.seven[place][SEVEN] = key as i16;
            } else if classes <= FEW {
                table.few[place][..row.len()].copy_from_slice(row);
                table.few[place][FEW] = key as i16;
            } else {
                let clamped = row.iter().map(|weight| *weight.clamp(&-512, &511));
                let weights = || clamped.clone().enumerate().filter(|(_, weight)| *weight != 0);
                let count = weights().count();
                let (start, len) = if count * 3 > classes {
                    table.full.extend(clamped.clone());
                    table.full.resize(table.full.len() + classes - row.len(), 0);
                    (table.full.len() - classes, WHOLE)
                } else {
                    table.sparse.extend(weights().map(|(class, w)| w << 6 | class as i16));
                    (table.sparse.len() - count, count as u16)
                };
                let start = start as u32;
                table.many[place] = Many { start, len, key };
            }
        }
        table
    }

    /// Finds the number of places and the shift of each group, so that no two of `rows`, which are
    /// in order, share a place.
    fn lay(&mut self, rows: &[&(u32, Vec<i16>)]) {
        let group = |feature: u32| usize::from(key(feature));
        let mut of_group: Vec<_> =
            rows.chunk_by(|a, b| group(a.0) == group(b.0)).map(|rows| (rows.len(), rows)).collect();
        // The largest first, while there is room.
        of_group.sort_by_key(|(len, _)| std::cmp::Reverse(*len));
        self.sheets = rows.len() / (COLUMNS * 7 / 10) + 1;
        loop {
            self.shifts = vec![0; COLUMNS];
            let mut is_taken = vec![false; self.sheets * COLUMNS];
            let fits = of_group.iter().all(|(_, rows)| {
                let place = |row: &&(u32, Vec<i16>), shift: u16| place(row.0, shift, self.sheets);
                let is_free = |&shift: &u16| rows.iter().all(|row| !is_taken[place(row, shift)]);
                // Begun anywhere, so that no part fills up before the others.
                let start = key(rows[0].0).wrapping_mul(0x9E37);
                let mut shifts = (0..=u16::MAX).map(|step| start.wrapping_add(step));
                let Some(shift) = shifts.find(is_free) else { return false };
                rows.iter().for_each(|row| is_taken[place(row, shift)] = true);
                self.shifts[group(rows[0].0)] = shift;
                true
            });
            if fits {
                return;
            }
            self.sheets += 1;
        }
    }

    /// Weights a row.
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// Where the row of a feature is, if there is one.
    #[inline]
    fn place(&self, feature: u32) -> usize {
        place(feature, self.shifts[usize::from(key(feature))], self.sheets)
    }

    /// The sums of the weights of `features`, for a table of at most [`FEW`] classes.
    #[inline]
    pub fn sums(&self, features: &[u32]) -> Sums {
        if self.classes <= THREE {
            self.row_sums(&self.three, features)
        } else if self.classes <= SEVEN {
            self.row_sums(&self.seven, features)
        } else {
            self.row_sums(&self.few, features)
        }
    }

    #[inline]
    fn row_sums<const N: usize>(&self, rows: &[[i16; N]], features: &[u32]) -> Sums {
        let mut sums = [0; N];
        let mut padded = [0; FEW];
        if rows.is_empty() {
            return padded;
        }
        // First all rows are fetched, then they are looked at: so that many waits for memory are
        // one. Nothing branches on whether a feature is known, which is as good as chance.
        for features in features.chunks(AT_ONCE) {
            let mut found = [[0; N]; AT_ONCE];
            for (found, &feature) in found.iter_mut().zip(features) {
                *found = rows[self.place(feature)];
            }
            for (row, &feature) in found.iter().zip(features) {
                let differs = u32::from(row[N - 1] as u16 ^ key(feature));
                let mask = (differs.wrapping_sub(1) >> 16) as i16;
                sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum += i32::from(weight & mask));
            }
        }
        // The last is the key's.
        padded.iter_mut().zip(&sums[..N - 1]).for_each(|(own, sum)| *own = *sum);
        padded
    }

    /// The class with the highest sum, the first of equals; `scores` is used for the sums.
    pub fn best(&self, features: &[u32], scores: &mut Vec<i32>) -> usize {
        scores.clear();
        if self.classes <= FEW {
            scores.extend(&self.sums(features)[..self.classes]);
            return highest(scores);
        }
        scores.resize(MANY, 0);
        if self.many.is_empty() {
            scores.truncate(self.classes);
            return 0;
        }
        // First where all rows begin, then the rows: so that many waits for memory are one.
        for features in features.chunks(AT_ONCE) {
            let mut found = [Many::default(); AT_ONCE];
            for (found, &feature) in found.iter_mut().zip(features) {
                *found = self.many[self.place(feature)];
                // Nothing of what belongs to another feature.
                let is_own = found.key == key(feature);
                found.len *= u16::from(is_own);
                found.start *= u32::from(is_own);
            }
            for found in &found[..features.len()] {
                let start = found.start as usize;
                if found.len == WHOLE {
                    let row = &self.full[start..start + self.classes];
                    scores.iter_mut().zip(row).for_each(|(sum, w)| *sum += i32::from(*w));
                    continue;
                }
                for &weight in &self.sparse[start..start + usize::from(found.len)] {
                    scores[weight as usize & 63] += i32::from(weight >> 6);
                }
            }
        }
        scores.truncate(self.classes);
        highest(scores)
    }
}

#[inline]
fn key(feature: u32) -> u16 {
    (feature >> 16) as u16
}

#[inline]
fn place(feature: u32, shift: u16, sheets: usize) -> usize {
    let places = sheets * COLUMNS;
    let place = usize::from(feature as u16) + usize::from(shift) * sheets;
    if place < places { place } else { place - places }
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
        fn sums_are_those_of_a_plain_map(
            rows in proptest::collection::btree_map(
                any::<u32>(), proptest::collection::vec(-512_i16..512, 11), 0..300,
            ),
            others in proptest::collection::vec(any::<u32>(), 0..50),
            classes in 1_usize..12,
        ) {
            // Neighbours of what is known are the likeliest to be taken for it.
            let near = |f: &u32| [*f, f ^ 1, f ^ 0x1_0000, f ^ 0x8000_0000, f.swap_bytes()];
            let features: Vec<u32> = rows.keys().flat_map(near).chain(others).collect();
            let mut expected = vec![0; classes];
            for row in features.iter().filter_map(|feature| rows.get(feature)) {
                expected.iter_mut().zip(row).for_each(|(sum, weight)| *sum += i32::from(*weight));
            }
            let listed: Vec<_> =
                rows.iter().map(|(feature, row)| (*feature, row[..classes].to_vec())).collect();
            let table = Table::new(classes, &listed);
            let mut scores = Vec::new();
            let best = table.best(&features, &mut scores);
            prop_assert_eq!(best, highest(&expected));
            prop_assert_eq!(&scores, &expected);
        }

        #[test]
        fn odd_bytes_are_no_table(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = Reader::new(&bytes).table();
        }
    }
}
