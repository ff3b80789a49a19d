//! The words around a figure: what they tell of it, and the frame that it stands in.
//!
//! ```text
//! "The blast in Vaal killed 12 people on Monday."   → killed; the words that a copy has too
//! ```
//!
//! Not handled: what the sentence before says.

use super::rules::Rules;
use super::what::{is_name, singular};
use crate::rules::is_little;
use crate::words::{Word, words};
use onrecord_model::{Quantity, Span};
use xxhash_rust::xxh3::xxh3_64;

/// Words on either side of a figure that are near it.
const NEAR: usize = 7;

/// Words on either side of a figure that are its frame.
const FRAME: usize = 8;

/// Words before "12 others" in which those stand that they are other than.
const OTHERS: usize = 9;

/// Fewer words are nobody's own sentence: "some 40 people said".
const LEAST_FRAME: usize = 5;

/// The words on either side of a number, and how many they are: two reports that have the same ones
/// have one sentence, whichever number stands in it. None where they are few.
pub(super) fn frame(all: &[Word], number: Span) -> Option<(u32, u8)> {
    let before = all.partition_point(|word| word.span.end <= number.start);
    let after = all.partition_point(|word| word.span.start < number.end);
    let left = &all[before.saturating_sub(FRAME)..before];
    let right = &all[after..(after + FRAME).min(all.len())];
    let count = left.len() + right.len();
    let join = |words: &[Word]| {
        words.iter().map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ")
    };
    (count >= LEAST_FRAME).then(|| (hash(&format!("{}#{}", join(left), join(right))), count as u8))
}

/// "One another", "the 2020 candidates", and "Five takeaways" in the middle of a sentence: no
/// measures.
pub(super) fn is_no_measure(text: &str, sentence: Span, quantity: &Quantity) -> bool {
    let words = quantity.span.of(text);
    let is_inside = quantity.span.start > sentence.start + 1;
    let is_title = is_inside
        && words.starts_with(|c: char| c.is_uppercase())
        && !words.starts_with("US")
        && text[..quantity.span.start as usize].ends_with(' ')
        && text[..quantity.span.start as usize].trim_end().ends_with(|c: char| c.is_alphanumeric());
    let is_year = quantity.bound == onrecord_model::Bound::Exact
        && quantity.value.is_some_and(|value| (1900.0..2040.0).contains(&value))
        && words.split_whitespace().next().is_some_and(|first| first.len() == 4);
    let is_one = quantity.value == Some(1.0);
    is_title || is_year || is_one || quantity.value == Some(0.0)
}

/// Whether a sentence is a list of links that was read as text: "… President FennFenn to visit Vaal
/// Harbour talks fail MORE said", "Storm nears | Harbour talks fail".
pub(super) fn is_run_together(sentence: &str) -> bool {
    let is_glued = |word: &str| {
        let bytes = word.as_bytes();
        let at = (3..bytes.len().saturating_sub(2)).find(|&at| {
            bytes[at - 1].is_ascii_lowercase()
                && bytes[at].is_ascii_uppercase()
                && bytes[at + 1].is_ascii_lowercase()
        });
        bytes.first().is_some_and(u8::is_ascii_uppercase) && at.is_some() && bytes.len() > 7
    };
    sentence.contains(" | ")
        || sentence.len() > 240
            && sentence.split_whitespace().filter(|word| is_glued(word)).count() > 0
}

/// Whether a count goes on from day to day, by the words near it: "have fled so far", "since May".
pub(super) fn is_running(rules: &Rules, all: &[Word], counted: Span) -> bool {
    let close =
        |word: &&Word| word.span.end + 50 > counted.start && word.span.start < counted.end + 50;
    all.iter().filter(close).any(|word| rules.is_running(&word.folded))
}

/// "15 more people", "44 of those cases": the words between number and noun.
pub(super) fn ends_in_part(
    rules: &Rules,
    text: &str,
    quantity: &Quantity,
    counted: Option<Span>,
) -> bool {
    let Some(counted) = counted.filter(|counted| counted.start > quantity.span.start) else {
        return false;
    };
    let between = Span { start: quantity.span.start, end: counted.start };
    let last = words(text, between).pop();
    last.is_some_and(|word| rules.is_part(&word.folded) || rules.is_part_before(&word.folded))
}

/// Whether "12 others" are all whom something befell, for something else befell those before them:
/// `are_others` tells whether nothing else makes them a part.
pub(super) fn is_other_state(
    rules: &Rules,
    all: &[Word],
    number: Span,
    state: Option<&str>,
    are_others: impl Fn() -> bool,
) -> bool {
    let grows = |name: &str| rules.state_named(name).is_some_and(|state| state.grows);
    let Some(own) = state.filter(|name| grows(name)) else { return false };
    let before = all.partition_point(|word| word.span.end <= number.start);
    let others = all[before.saturating_sub(OTHERS)..before].iter();
    let told = others.filter_map(|word| rules.state(&word.folded));
    let is_told = told.into_iter().any(|state| state.grows && state.name != own);
    is_told && are_others()
}

/// Words right before a figure, nearest first, and right after what it counts, inside their clause.
pub(super) fn beside(
    rules: &Rules,
    text: &str,
    sentence: Span,
    start: u32,
    end: u32,
) -> (Vec<String>, Vec<String>) {
    let marks = [',', ';', ':', '.', '(', ')', '—', '–', '"', '“', '”'];
    let before = Span { start: sentence.start, end: start.max(sentence.start) };
    let from = before.of(text).rfind(marks).map_or(before.start, |at| before.start + at as u32);
    let from =
        (from..=before.end).find(|&at| text.is_char_boundary(at as usize)).unwrap_or(before.end);
    let after = Span { start: end.min(sentence.end), end: sentence.end };
    let to = after.of(text).find(marks).map_or(after.end, |at| after.start + at as u32);
    let is_join = |word: &Word| matches!(word.folded.as_str(), "but" | "while");
    let near = words(text, Span { start: from, end: before.end }).into_iter().rev();
    let mut left: Vec<String> =
        near.take_while(|word| !is_join(word)).take(4).map(|word| word.folded).collect();
    let far = words(text, Span { start: after.start, end: to }).into_iter();
    let mut right: Vec<String> =
        far.take_while(|word| !is_join(word)).take(4).map(|word| word.folded).collect();
    // "killing 12 and wounding 30": the one before "and" is of another figure.
    for list in [&mut left, &mut right] {
        let stop = list.iter().enumerate().position(|(at, word)| {
            let is_pair = at > 0
                && rules.state(&list[at - 1]).is_some()
                && list.get(at + 1).is_some_and(|next| rules.state(next).is_some());
            matches!(word.as_str(), "and" | "or") && !is_pair
        });
        list.truncate(stop.unwrap_or(list.len()));
    }
    (left, right)
}

/// What befell those who are counted: by the words before, after, and of what is counted.
pub(super) fn state_of(
    rules: &Rules,
    before: &[String],
    after: &[String],
    counted: &[String],
) -> Option<String> {
    [&before[..before.len().min(3)], after, counted].into_iter().find_map(|words| {
        let at = words.iter().position(|word| rules.state(word).is_some())?;
        let first = rules.state(&words[at])?;
        // "killed or wounded" is a state of its own.
        let is_joined = words.get(at + 1).is_some_and(|word| matches!(word.as_str(), "and" | "or"));
        let second = words.get(at + 2).filter(|_| is_joined).and_then(|word| rules.state(word));
        Some(match second.filter(|second| second.name != first.name) {
            Some(second) => {
                let mut both = [first.name.as_str(), second.name.as_str()];
                both.sort_unstable();
                both.join(" or ")
            }
            None => first.name.clone(),
        })
    })
}

/// Stems of the words near a figure, and of the sentence's others.
pub(super) fn around(
    rules: &Rules,
    all: &[Word],
    start: u32,
    end: u32,
    text: &str,
) -> (Vec<u32>, Vec<u32>) {
    let first = all.partition_point(|word| word.span.end <= start);
    let last = all.partition_point(|word| word.span.start < end);
    let (mut near, mut far) = (Vec::new(), Vec::new());
    for (at, word) in all.iter().enumerate() {
        let is_inside = word.span.end > start && word.span.start < end;
        let says = !is_inside && word.folded.len() > 2 && tells(rules, word, text);
        if !says {
            continue;
        }
        let is_near = at + NEAR >= first && at < last + NEAR;
        if is_near {
            near.push(hash(&stem(&word.folded)))
        } else {
            far.push(hash(&stem(&word.folded)))
        }
    }
    for list in [&mut near, &mut far] {
        list.sort_unstable();
        list.dedup();
        list.truncate(14);
    }
    far.retain(|word| !near.contains(word));
    (near, far)
}

/// Whether a word besides names and nouns for people tells what a figure is of.
fn tells(rules: &Rules, word: &Word, text: &str) -> bool {
    !word.folded.starts_with(|c: char| c.is_ascii_digit())
        && !is_little(&word.folded)
        && !is_name(rules, word, text)
        && rules.class(&singular(&word.folded)).is_none()
        && !rules.is_no_name(&word.folded)
}

pub(super) fn hash(word: &str) -> u32 {
    xxh3_64(word.as_bytes()) as u32
}

/// The part of a word that its forms share, roughly: "raised" and "raising" are "rais".
fn stem(word: &str) -> String {
    let cut = ["ing", "ed", "es", "s", "ly", "e"]
        .into_iter()
        .find_map(|end| word.strip_suffix(end).filter(|left| left.len() >= 4));
    let stem = cut.unwrap_or(word);
    stem.char_indices().nth(8).map_or(stem, |(at, _)| &stem[..at]).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_verb_share_a_stem() {
        assert_eq!(stem("raised"), stem("raising"));
        assert_ne!(stem("raised"), stem("ran"));
    }

    #[test]
    fn a_frame_is_the_same_whichever_number_stands_in_it() {
        let frame = |text: &str, number: &str| {
            let from = text.find(number).unwrap_or(0);
            let all = words(text, Span::new(0, text.len()));
            super::frame(&all, Span::new(from, from + number.len()))
        };
        let one = frame("The blast at the pier killed 12 people on Monday.", "12");
        assert!(one.is_some());
        assert_eq!(
            one,
            frame("The blast at the pier killed at least 21 people on Monday.", "at least 21")
        );
        assert_ne!(one, frame("The blast at the mill killed 12 people on Monday.", "12"));
        assert_eq!(frame("Some 40 people said so.", "40"), None);
    }
}
