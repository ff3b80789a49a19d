//! What a word mostly is in much news, as a first tagger reads it: a class by hash.
//!
//! ```text
//! "rask" in 40 reports a person, in 1 a body   →   person, nearly always, often
//! ```

use crate::learned::{Reader, Writer};
use rustc_hash::FxHashMap;

/// Kinds that are counted: no name, person, organisation, place, other.
pub const COUNTED: usize = 5;
/// Words seen in fewer reports are as good as unknown.
const LEAST: u32 = 3;

/// Classes of words by hash.
#[derive(Debug, Default)]
pub struct Lexicon {
    classes: FxHashMap<u32, u8>,
}

impl Lexicon {
    /// The class of a word; 0 where nothing is known.
    pub fn of(&self, word: u32) -> u8 {
        self.classes.get(&word).copied().unwrap_or(0)
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.classes.len()
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.classes.is_empty()
    }

    /// From how many reports have a word as which kind.
    pub fn new(counts: &FxHashMap<u32, [u32; COUNTED]>) -> Self {
        let classes = counts.iter().filter_map(|(&word, counts)| Some((word, class(counts)?)));
        Self { classes: classes.collect() }
    }

    /// Reads what [`Self::write`] wrote.
    pub fn read(reader: &mut Reader) -> Option<Self> {
        let mut classes = FxHashMap::default();
        let mut word = 0_u32;
        for _ in 0..reader.number()? {
            word = word.checked_add(reader.number()?)?;
            classes.insert(word, u8::try_from(reader.number()?).ok()?);
        }
        Some(Self { classes })
    }

    /// Writes the classes, by word.
    pub fn write(&self, writer: &mut Writer) {
        let mut classes: Vec<_> = self.classes.iter().collect();
        classes.sort();
        writer.number(classes.len() as u32);
        let mut before = 0;
        for (word, class) in classes {
            writer.number(word - before);
            writer.number(u32::from(*class));
            before = *word;
        }
    }
}

/// The kind, how often it is that, and how often it is there at all.
fn class(counts: &[u32; COUNTED]) -> Option<u8> {
    let all: u32 = counts.iter().sum();
    if all < LEAST {
        return None;
    }
    let mut best = 0;
    for kind in 1..COUNTED {
        if counts[kind] > counts[best] {
            best = kind;
        }
    }
    let purity = match counts[best] * 100 / all {
        95.. => 3,
        80.. => 2,
        60.. => 1,
        _ => 0,
    };
    let often = u8::from(all >= 8) + u8::from(all >= 40);
    Some(1 + best as u8 * 12 + purity * 3 + often)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_word_mostly_is_is_kept_and_read_back() {
        let counts = [(7, [0, 40, 1, 0, 0]), (9, [1, 0, 0, 0, 0]), (900, [3, 0, 0, 3, 0])];
        let lexicon = Lexicon::new(&counts.into_iter().collect());
        assert_eq!([7, 9, 900].map(|word| lexicon.of(word)), [1 + 12 + 9 + 2, 0, 1]);
        let mut writer = Writer::default();
        lexicon.write(&mut writer);
        let read = Lexicon::read(&mut Reader::new(&writer.bytes)).expect("just written");
        assert_eq!([7, 900].map(|word| read.of(word)), [24, 1]);
    }
}
