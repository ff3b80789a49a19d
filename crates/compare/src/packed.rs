//! Many small numbers as one short string, so that an item's body stays small.
//!
//! ```text
//! [3, 300, 0] → "A6wCAA"      seven bits a byte, six bits a letter
//! ```
//!
//! Not handled: strings that it did not write; they give what could be read of them.

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Numbers on their way into a string.
#[derive(Debug, Default)]
pub(crate) struct Packer {
    bytes: Vec<u8>,
}

impl Packer {
    /// Adds a number, seven bits a byte, least first.
    pub(crate) fn number(&mut self, mut number: u32) {
        while number >= 0x80 {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    /// Adds two bytes as they are: numbers that are as often great as small.
    pub(crate) fn two(&mut self, number: u16) {
        self.bytes.extend(number.to_le_bytes());
    }

    /// The string.
    pub(crate) fn finish(self) -> String {
        let mut out = String::with_capacity(self.bytes.len() * 4 / 3 + 3);
        for three in self.bytes.chunks(3) {
            let bits = three.iter().fold(0u32, |bits, &byte| bits << 8 | u32::from(byte));
            let bits = bits << (8 * (3 - three.len()));
            for letter in 0..=three.len() {
                out.push(LETTERS[(bits >> (18 - 6 * letter)) as usize & 63] as char);
            }
        }
        out
    }
}

/// Numbers on their way out of a string.
#[derive(Debug)]
pub(crate) struct Unpacker {
    bytes: Vec<u8>,
    at: usize,
}

impl Unpacker {
    /// Reads what [`Packer::finish`] wrote.
    pub(crate) fn new(packed: &str) -> Self {
        let value = |letter: u8| match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'-' => 62,
            _ => 63,
        };
        let mut bytes = Vec::with_capacity(packed.len() * 3 / 4);
        for four in packed.as_bytes().chunks(4) {
            let bits = four.iter().fold(0u32, |bits, &letter| bits << 6 | u32::from(value(letter)));
            let bits = bits << (6 * (4 - four.len()));
            for byte in 0..four.len() - 1 {
                bytes.push((bits >> (16 - 8 * byte)) as u8);
            }
        }
        Self { bytes, at: 0 }
    }

    /// The next number; none at the end.
    pub(crate) fn number(&mut self) -> Option<u32> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            number |= u32::from(byte & 0x7f).checked_shl(shift).unwrap_or(0);
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        Some(number)
    }

    /// The next two bytes; none at the end.
    pub(crate) fn two(&mut self) -> Option<u16> {
        let &[low, high] = self.bytes.get(self.at..self.at + 2)? else { return None };
        self.at += 2;
        Some(u16::from_le_bytes([low, high]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_goes_in_comes_out(numbers in prop::collection::vec((any::<u32>(), any::<u16>()), 0..50)) {
            let mut packer = Packer::default();
            for &(number, two) in &numbers {
                packer.number(number);
                packer.two(two);
            }
            let mut unpacker = Unpacker::new(&packer.finish());
            for &(number, two) in &numbers {
                prop_assert_eq!(unpacker.number(), Some(number));
                prop_assert_eq!(unpacker.two(), Some(two));
            }
            prop_assert_eq!(unpacker.two(), None);
        }

        #[test]
        fn any_string_is_read_without_harm(text in "\\PC{0,40}") {
            let mut unpacker = Unpacker::new(&text);
            while unpacker.number().is_some() {}
        }
    }
}
