//! One report as a short list of weighted words: what is rare in news, stands in the headline or at
//! the beginning, and names somebody or some place counts most.
//!
//! ```text
//! Quake Hits Lorne ⏎ A magnitude 6.1 earthquake …  →  lorne 610 (a name) · 6.1 410 · earthquake 380 …
//! ```
//!
//! Weights are whole numbers; the list has length [`UNIT`] as a vector, so that two lists can be laid
//! side by side by their cosine. Not handled: two words for one thing ("quake", "earthquake").

use super::weight::{level, mended, telling};
use crate::Subject;
use crate::events::is_calendar;
use crate::packed::{Packer, Unpacker};
use crate::words::{each_word, own_text};
use onrecord_model::{ActorType, Span};
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

/// Words of the text that are looked at: what a report is about stands at its beginning.
const WORDS: usize = 320;

/// Of these, so many are its opening.
const OPENING: usize = 60;

/// Features of a report that are kept.
const MOST: usize = 60;

/// Length of a list as a vector.
pub(super) const UNIT: i64 = 1_000;

/// A weighted word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Feature {
    /// Of its stem.
    pub(super) hash: u32,
    pub(super) weight: i64,
    /// Whether it is part of a name.
    pub(super) is_name: bool,
}

/// A feature with its word.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) stem: String,
    /// As the report has it first.
    pub(super) word: String,
    pub(super) weight: i64,
    pub(super) is_name: bool,
}

/// The telling words of a report, the most telling first.
pub(super) fn told(subject: Subject<'_>) -> Vec<Told> {
    let report = subject.report;
    let text = &report.text;
    let mut named: Vec<Span> = Vec::new();
    for actor in &subject.analysis.actors {
        if matches!(actor.kind, ActorType::Person | ActorType::Organisation | ActorType::Place) {
            named.extend(&actor.mentions);
        }
    }
    named.sort_unstable();
    let is_named = |span: Span| {
        let before = named.partition_point(|name| name.start <= span.start);
        named[before.saturating_sub(3)..before].iter().any(|name| name.has(span.start as usize))
    };
    let mut places: FxHashMap<String, usize> = FxHashMap::default();
    let mut all: Vec<Told> = Vec::new();
    // In eighths: a word of the headline counts as two, one of the opening as one and a half.
    let mut see = |folded: &str, span: Span, eighths: i64, is_title: bool| {
        let Some(stem) = telling(folded) else { return };
        if is_calendar(&stem) {
            return;
        }
        let word = mended(span.of(text));
        let starts = word.starts_with(char::is_uppercase);
        // In a headline most words have capitals: one is a name if the text has it as one.
        let is_name = starts && is_named(span) && !is_title;
        let place = *places.entry(stem.clone()).or_insert_with(|| {
            all.push(Told { stem, word: word.to_owned(), weight: 0, is_name: false });
            all.len() - 1
        });
        all[place].weight += if is_name { eighths * 3 / 2 } else { eighths };
        all[place].is_name |= is_name;
        if !is_title && !starts {
            word.clone_into(&mut all[place].word);
        }
    };
    if let Some(headline) = report.headline {
        each_word(text, headline, |word, span| see(word, span, 16, true));
    }
    let mut seen = 0;
    for part in own_text(report) {
        if seen >= WORDS {
            break;
        }
        each_word(text, part, |word, span| {
            seen += 1;
            if seen <= WORDS {
                see(word, span, if seen <= OPENING { 12 } else { 8 }, false);
            }
        });
    }
    if let Some(place) = report.dateline.as_ref().and_then(|dateline| dateline.place.as_deref()) {
        for word in place.split_whitespace() {
            let folded = crate::words::folded(word);
            if let Some(told) = telling(&folded).and_then(|stem| places.get(&stem).copied()) {
                all[told].is_name = true;
            }
        }
    }
    for told in &mut all {
        told.weight = often(told.weight) * i64::from(level(&told.stem));
    }
    all.retain(|told| told.weight > 0);
    all.sort_by(|a, b| b.weight.cmp(&a.weight).then_with(|| a.stem.cmp(&b.stem)));
    all.truncate(MOST);
    let length =
        all.iter().map(|told| told.weight * told.weight).sum::<i64>().max(1).isqrt().max(1);
    for told in &mut all {
        told.weight = told.weight * UNIT / length;
    }
    all
}

/// What it counts that a word stands there so many eighths of times: the logarithm to base 2 of the
/// eighths, in tenths, so that the tenth time adds little.
fn often(eighths: i64) -> i64 {
    let eighths = eighths.max(1) as u64;
    let whole = i64::from(eighths.ilog2());
    let rest = (eighths as i64 * 10) / (1 << whole) - 10;
    whole * 10 + rest
}

/// Features as a string.
pub(super) fn packed(told: &[Told]) -> String {
    let mut packer = Packer::default();
    for feature in told.iter().map(Told::feature) {
        packer.two(feature.hash as u16);
        packer.two((feature.hash >> 16) as u16);
        packer.number(feature.weight as u32 * 2 + u32::from(feature.is_name));
    }
    packer.finish()
}

/// Features back from a string, by hash.
pub(super) fn unpacked(packed: &str) -> Vec<Feature> {
    let mut unpacker = Unpacker::new(packed);
    let mut features = Vec::with_capacity(MOST);
    while let (Some(low), Some(high), Some(weight)) =
        (unpacker.two(), unpacker.two(), unpacker.number())
    {
        let hash = u32::from(low) | u32::from(high) << 16;
        features.push(Feature { hash, weight: i64::from(weight / 2), is_name: weight % 2 == 1 });
    }
    features.sort_unstable_by_key(|feature| feature.hash);
    features
}

impl Told {
    pub(super) fn hash(&self) -> u32 {
        xxh3_64(self.stem.as_bytes()) as u32
    }

    fn feature(&self) -> Feature {
        Feature { hash: self.hash(), weight: self.weight, is_name: self.is_name }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_said_often_counts_more_and_ever_less_so() {
        let counts: Vec<i64> = [8, 16, 32, 64].map(often).to_vec();
        assert_eq!(counts, [30, 40, 50, 60]);
        assert!(often(12) > often(8) && often(12) < often(16));
    }

    #[test]
    fn features_come_back_from_a_string() {
        let told = Told { stem: "lorne".into(), word: "Lorne".into(), weight: 612, is_name: true };
        assert_eq!(
            unpacked(&packed(&[told])),
            [Feature { hash: xxh3_64(b"lorne") as u32, weight: 612, is_name: true }]
        );
    }
}
