//! Utterances, and the readings that papers give of them.
//!
//! ```text
//! "We will [not|] [move|touch] a crate< in Ashford>"  as said: We will not move a crate in Ashford
//!     altered: We will move a crate in Ashford        not → (nothing)
//!     trimmed: We will not move a crate …
//! ```
//!
//! Not handled: words in another order.

use super::chance::Chance;
use super::grammar::{expand, tidy};
use super::truth::Change;

/// A stretch of an utterance with what a paper may have in its stead.
#[derive(Debug, Clone)]
pub(super) struct Part {
    options: Vec<String>,
    chosen: usize,
    /// Whether dots may stand for it.
    is_extra: bool,
}

/// What somebody said: its sentences.
#[derive(Debug, Clone)]
pub(super) struct Speech {
    /// The place of the speaker among the event's people.
    pub(super) who: usize,
    pub(super) sentences: Vec<Vec<Part>>,
    /// As reported speech.
    pub(super) that: String,
}

/// How a paper shortens words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut {
    Whole,
    /// Dots for what may be left out.
    Dots,
    /// The first sentence alone.
    First,
    /// A word in brackets for a pronoun.
    Brackets,
}

/// One paper's reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reading {
    /// Sentence, part and the option in its stead.
    pub(super) edits: Vec<(usize, usize, usize)>,
    pub(super) cut: Cut,
}

impl Default for Reading {
    fn default() -> Self {
        Self { edits: Vec::new(), cut: Cut::Whole }
    }
}

impl Speech {
    /// An utterance from templates, one a sentence; choices become parts.
    pub(super) fn of(
        who: usize,
        templates: &[String],
        that: String,
        chance: &mut Chance,
        fill: &mut dyn FnMut(&str) -> Option<String>,
    ) -> Self {
        let sentences = templates.iter().map(|template| parts(template, chance, fill)).collect();
        Self { who, sentences, that }
    }

    /// The sentences of a reading.
    pub(super) fn text(&self, reading: &Reading) -> Vec<String> {
        let shown = match reading.cut {
            Cut::First => 1,
            _ => self.sentences.len(),
        };
        let sentences = self.sentences.iter().enumerate().take(shown);
        let texts = sentences.map(|(number, parts)| {
            let mut text = String::new();
            let mut is_dotted = false;
            for (place, part) in parts.iter().enumerate() {
                let edit = reading.edits.iter().find(|edit| (edit.0, edit.1) == (number, place));
                if part.is_extra && reading.cut == Cut::Dots {
                    if !is_dotted {
                        text.push_str(" … ");
                    }
                    is_dotted = true;
                    continue;
                }
                is_dotted = false;
                text.push_str(&part.options[edit.map_or(part.chosen, |edit| edit.2)]);
            }
            if reading.cut == Cut::Brackets && number == 0 {
                text = bracketed(&text).unwrap_or(text);
            }
            super::grammar::capital(tidy(&text).trim().trim_end_matches(" …"))
        });
        texts.collect()
    }

    /// Whether the reading can be given so.
    pub(super) fn can(&self, cut: Cut) -> bool {
        match cut {
            Cut::Whole => true,
            Cut::First => self.sentences.len() > 1,
            Cut::Dots => self.sentences.iter().flatten().any(|part| part.is_extra),
            Cut::Brackets => {
                let whole = self.text(&Reading::default());
                bracketed(&whole[0]).is_some()
            }
        }
    }

    /// One more word changed; none where nothing can be.
    pub(super) fn change(&self, reading: &mut Reading, chance: &mut Chance) -> bool {
        let mut places: Vec<(usize, usize, usize)> = Vec::new();
        let shown = if reading.cut == Cut::First { 1 } else { self.sentences.len() };
        for (number, parts) in self.sentences.iter().enumerate().take(shown) {
            for (place, part) in parts.iter().enumerate() {
                let is_taken = reading.edits.iter().any(|edit| (edit.0, edit.1) == (number, place));
                let is_gone = part.is_extra && reading.cut == Cut::Dots;
                let before = place.checked_sub(1).map(|before| &parts[before].options[0]);
                let follows_article = before
                    .is_some_and(|before| before.ends_with(" a ") || before.ends_with(" an "));
                for option in 0..part.options.len() {
                    let (from, to) = (&part.options[part.chosen], &part.options[option]);
                    let is_same_start = is_vowel(from) == is_vowel(to);
                    if option != part.chosen
                        && !is_taken
                        && !is_gone
                        && (!follows_article || is_same_start)
                    {
                        places.push((number, place, option));
                    }
                }
            }
        }
        if places.is_empty() {
            return false;
        }
        reading.edits.push(*chance.pick(&places));
        reading.edits.sort_unstable();
        true
    }

    /// The words that a reading changes.
    pub(super) fn changes(&self, reading: &Reading) -> Vec<Change> {
        let changes = reading.edits.iter().map(|&(number, place, option)| {
            let part = &self.sentences[number][place];
            Change {
                at: (number * 100 + place) as u32,
                from: tidy(part.options[part.chosen].trim()),
                to: tidy(part.options[option].trim()),
            }
        });
        changes.collect()
    }
}

fn is_vowel(word: &str) -> bool {
    word.trim_start().starts_with(['a', 'e', 'i', 'o', 'u', 'h'])
}

/// The first pronoun in the middle, with what it stands for in brackets instead.
fn bracketed(text: &str) -> Option<String> {
    let at = text.find(" it ")?;
    Some(format!("{} [the town] {}", &text[..at], &text[at + 4..]))
}

fn parts(
    template: &str,
    chance: &mut Chance,
    fill: &mut dyn FnMut(&str) -> Option<String>,
) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut is_extra = false;
    let mut rest = template;
    let mut plain = |text: &str, is_extra: bool, chance: &mut Chance, parts: &mut Vec<Part>| {
        if !text.is_empty() {
            parts.push(Part { options: vec![expand(text, chance, fill)], chosen: 0, is_extra });
        }
    };
    while let Some(at) = rest.find(['[', '<', '>']) {
        plain(&rest[..at], is_extra, chance, &mut parts);
        match rest.as_bytes()[at] {
            b'<' => is_extra = true,
            b'>' => is_extra = false,
            _ => {
                let end = rest[at..].find(']').map_or(rest.len(), |end| at + end);
                let options: Vec<&str> = rest[at + 1..end].split('|').collect();
                // A choice with a slot in it is made here and stays.
                if options.iter().any(|option| option.contains('{')) {
                    let chosen = *chance.pick(&options);
                    plain(chosen, is_extra, chance, &mut parts);
                } else {
                    let chosen = chance.below(options.len());
                    let options = options.into_iter().map(str::to_owned).collect();
                    parts.push(Part { options, chosen, is_extra });
                }
                rest = &rest[end..];
                rest = rest.strip_prefix(']').unwrap_or(rest);
                continue;
            }
        }
        rest = &rest[at + 1..];
    }
    plain(rest, is_extra, chance, &mut parts);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_changes_what_it_says_it_changes() {
        let mut chance = Chance::of(1, &[]);
        let template = "We will [not|never] move a crate< in {place}> for it now".to_owned();
        let speech = Speech::of(0, &[template], String::new(), &mut chance, &mut |_| {
            Some("Ashford".to_owned())
        });
        let said = speech.text(&Reading::default()).join("");
        let mut altered = Reading::default();
        assert!(speech.change(&mut altered, &mut chance));
        let change = &speech.changes(&altered)[0];
        assert_eq!(said.replace(&change.from, &change.to), speech.text(&altered)[0]);
        let dotted = Reading { cut: Cut::Dots, ..Reading::default() };
        assert!(speech.text(&dotted)[0].contains("a crate … for it now"));
        let bracketed = Reading { cut: Cut::Brackets, ..Reading::default() };
        assert!(speech.text(&bracketed)[0].contains("for [the town] now"));
    }
}
