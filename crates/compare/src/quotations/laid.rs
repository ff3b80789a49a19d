//! The readings of one utterance laid against each other, for those who show them.
//!
//! ```text
//! 001  Closing the port would be an [error]
//! 004  Closing the port would be a  [mistake]     in place of “an error”
//! ```
//!
//! Each reading is laid against the earlier one with which it has most words in common. Words that
//! brackets or dots account for are no difference. Not handled: words in another order.

use super::reading::is_shown;
use super::utterance::{Spoken, Utterance};
use crate::align::align;
use crate::show;
use std::ops::Range;

/// One report's reading of an utterance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Who says it, where the report names one.
    pub speaker: Option<String>,
    /// The quoted stretches, in order.
    pub pieces: Vec<Piece>,
    /// Which earlier reading it was laid against, by its place; none for the first.
    pub against: Option<usize>,
}

/// A quoted stretch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The byte of the report's text at which it begins.
    pub start: u32,
    /// Its words.
    pub text: String,
    /// Bytes of `text` whose words are other than in the reading it was laid against; of a reading
    /// that others were laid against, also what they have otherwise.
    pub changed: Vec<Range<usize>>,
}

/// The quotations that these items' bodies hold, the earliest first.
pub fn readings(bodies: &[&str]) -> Vec<Reading> {
    let utterances: Vec<Utterance> = bodies.iter().filter_map(|body| show::body(body)).collect();
    let words: Vec<Vec<Spoken>> = utterances.iter().map(Utterance::words).collect();
    let mut readings: Vec<Reading> = utterances.iter().map(plain).collect();
    for later in 1..words.len() {
        let laid = (0..later)
            .map(|earlier| (align(&words[earlier], &words[later], Spoken::weight), earlier));
        // Most words in common; of those the earliest.
        let best = laid.max_by_key(|(laid, earlier)| (laid.pairs.len(), usize::MAX - earlier));
        let Some((laid, earlier)) = best.filter(|(laid, _)| laid.pairs.len() >= 3) else {
            continue;
        };
        readings[later].against = Some(earlier);
        for step in laid.differences() {
            if is_shown(&words[earlier], &words[later], &step) {
                continue;
            }
            mark(&mut readings[earlier], &words[earlier][step.a.0..step.a.1]);
            mark(&mut readings[later], &words[later][step.b.0..step.b.1]);
        }
    }
    for piece in readings.iter_mut().flat_map(|reading| &mut reading.pieces) {
        piece.changed = joined(std::mem::take(&mut piece.changed), &piece.text);
    }
    readings
}

fn plain(utterance: &Utterance) -> Reading {
    let pieces = utterance.pieces.iter();
    Reading {
        speaker: utterance.speaker.as_ref().map(|speaker| speaker.name.clone()),
        pieces: pieces
            .map(|(start, text)| Piece { start: *start, text: text.clone(), changed: Vec::new() })
            .collect(),
        against: None,
    }
}

fn mark(reading: &mut Reading, words: &[Spoken]) {
    for word in words {
        let Some(piece) = reading.pieces.get_mut(word.piece) else { continue };
        let from = word.span.start.saturating_sub(piece.start) as usize;
        piece.changed.push(from..from + word.span.len());
    }
}

/// In order, those with only white space between them as one.
fn joined(mut ranges: Vec<Range<usize>>, text: &str) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last)
                if range.start <= last.end
                    || text.get(last.end..range.start).is_some_and(|gap| gap.trim().is_empty()) =>
            {
                last.end = last.end.max(range.end);
            }
            _ => joined.push(range),
        }
    }
    joined.retain(|range| text.get(range.clone()).is_some());
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(texts: &[&str]) -> Vec<Vec<String>> {
        let body = |text: &&str| format!("{{\"pieces\": [[7, {}]]}}", serde_json::json!(text));
        let bodies: Vec<String> = texts.iter().map(body).collect();
        let bodies: Vec<&str> = bodies.iter().map(String::as_str).collect();
        let marked = |reading: &Reading| {
            let piece = &reading.pieces[0];
            piece.changed.iter().map(|range| piece.text[range.clone()].to_owned()).collect()
        };
        readings(&bodies).iter().map(marked).collect()
    }

    #[test]
    fn changed_words_are_marked_on_both_sides() {
        assert_eq!(
            changed(&[
                "Closing the port would be an error for us",
                "Closing the port would be a mistake for us",
                "the port would be an error",
            ]),
            [vec!["an error"], vec!["a mistake"], vec![]] as [Vec<&str>; 3]
        );
    }

    #[test]
    fn words_in_brackets_dots_and_what_only_one_has_at_its_ends_are_no_change() {
        let texts = ["We told them that we would not sign", "told [the owners] that we would"];
        assert_eq!(changed(&texts), [Vec::<&str>::new(), Vec::new()]);
        let texts =
            ["Nobody wants this, least of all you, but it comes", "Nobody wants this … but it"];
        assert_eq!(changed(&texts), [Vec::<&str>::new(), Vec::new()]);
        assert_eq!(readings(&["not JSON"]), []);
    }
}
