//! The form of learned weights as bytes: numbers of seven bits a byte, tables in order of features.
//!
//! ```text
//! classes, rows; for each row the step from the feature before, which weights are not 0, these
//! ```
//!
//! Bytes of another form give `None`, never an error.

use super::{MANY, Table};

/// Features with a weight for each class.
pub type Rows = Vec<(u32, Vec<i16>)>;

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
