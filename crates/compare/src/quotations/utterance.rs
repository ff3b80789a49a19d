//! One quotation as it is kept for comparing: its speaker, its pieces, its words.
//!
//! ```text
//! “We’ll talk [to them],” said Orla Fenn, “… and soon.”
//! → Orla Fenn: we · will · talk · to* · them* · (gap) and · soon        * in brackets
//! ```
//!
//! Not handled: which of two speakers with one surname is meant.

use crate::rules::{is_little, spelling};
use crate::words::{each_word, folded};
use onrecord_model::{ActorType, Party, Span};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

/// A quotation: what [`crate::Item`]s of this comparison hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Utterance {
    /// Who says it, where the report names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) speaker: Option<Speaker>,
    /// Names that stand near, folded: somebody else there may be the one who speaks, or be spoken
    /// for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) near: Vec<String>,
    /// What names the report has most often, hashed; where the speaker is named at the words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) about: Vec<u16>,
    /// The quoted stretches, each with the byte at which it begins.
    pub(crate) pieces: Vec<(u32, String)>,
}

/// Who says it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Speaker {
    /// As the report gives the name.
    pub(crate) name: String,
    pub(crate) kind: ActorType,
    /// Whether the report names them at these words, and not by a pronoun or an office.
    #[serde(default)]
    pub(crate) is_named: bool,
}

impl Speaker {
    /// A speaker with a name of their own; "he" and "an official" have none.
    pub(crate) fn of(party: &Party) -> Option<Self> {
        let is_named = matches!(party.kind, ActorType::Person | ActorType::Organisation)
            && party.actor.is_some()
            && party
                .name
                .split_whitespace()
                .last()
                .is_some_and(|last| last.starts_with(char::is_uppercase));
        is_named.then(|| Self { name: party.name.clone(), kind: party.kind, is_named: false })
    }

    /// The last name of a person, the whole name of a body, folded.
    pub(crate) fn surname(&self) -> String {
        match self.kind {
            ActorType::Person => {
                let words = self.name.split_whitespace().map(folded);
                let is_suffix =
                    |word: &String| matches!(word.as_str(), "jr" | "sr" | "ii" | "iii" | "iv");
                let names: Vec<String> = words.filter(|word| !word.is_empty()).collect();
                let last = names.iter().rev().find(|word| !is_suffix(word)).or(names.last());
                last.cloned().unwrap_or_default()
            }
            _ => folded(&self.name.replace(' ', "")),
        }
    }

    /// Whether the two can be one: the same surname, and no forenames that part them.
    pub(crate) fn can_be(&self, other: &Self) -> bool {
        self.kind == other.kind && self.surname() == other.surname()
    }

    /// Whether the two are surely two: persons, neither of whose names stands in the other's.
    pub(crate) fn cannot_be(&self, other: &Self) -> bool {
        let within = |a: &Self, b: &Self| {
            let names: Vec<String> = b.name.split_whitespace().map(folded).collect();
            let own: Vec<String> = a.name.split_whitespace().map(folded).collect();
            // "Simon Korr" and "Simon Vaals" are two; "Simon", or a third name, may be either.
            let are_full = own.len() == 2 && names.len() == 2;
            let shared = own.iter().filter(|name| name.len() > 1 && names.contains(*name)).count();
            shared > usize::from(are_full && own[0] == names[0])
        };
        // "Falrik" and "Falnik" may be a slip of the pen; "Dirk Falrik" and "Ida Falnik" are two.
        let forename = |of: &Self| of.name.split_whitespace().map(folded).find(|n| n.len() > 1);
        let is_slip = |a: &Self, b: &Self| {
            let is_one_forename = match (forename(a), forename(b)) {
                (Some(x), Some(y)) if x != a.surname() && y != b.surname() => almost(&x, &y),
                _ => true,
            };
            is_one_forename && almost(&a.surname(), &b.surname())
        };
        self.kind == ActorType::Person
            && other.kind == ActorType::Person
            && !within(self, other)
            && !is_slip(self, other)
    }
}

/// Whether two names are spellings of one: a letter more, less or other.
fn almost(a: &str, b: &str) -> bool {
    crate::names::distance(a, b) <= 2
}

/// A word of an utterance.
#[derive(Debug, Clone)]
pub(crate) struct Spoken {
    pub(crate) folded: String,
    pub(crate) span: Span,
    /// Whether it stands in brackets: the reporter's word.
    pub(crate) is_bracketed: bool,
    /// Whether the report shows that words may be missing before it: dots, or a new piece.
    pub(crate) after_gap: bool,
    /// Which piece it stands in.
    pub(crate) piece: usize,
    /// Whether it is the hidden half of a contraction: "is" of "it's", which may be "has".
    pub(crate) is_hidden: bool,
    /// Whether a sentence ends before it.
    pub(crate) opens_sentence: bool,
    /// Of the folded word: what two words are told apart by first.
    pub(super) hash: u32,
    is_little: bool,
}

impl PartialEq for Spoken {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash && self.folded == other.folded
    }
}

impl Spoken {
    /// What a word in common is worth to an alignment.
    pub(crate) fn weight(&self) -> i32 {
        if self.is_little { 10 } else { 30 }
    }

    pub(crate) fn is_little(&self) -> bool {
        self.is_little
    }
}

impl Utterance {
    /// Whether somebody's name, or a part of it, stands near these words.
    pub(crate) fn has_near(&self, somebody: &Speaker) -> bool {
        let names = somebody.name.split_whitespace().map(folded);
        names.filter(|name| name.len() > 2).any(|name| self.near.contains(&name))
    }

    /// Stretches of a text, nobody's.
    pub(crate) fn of(text: &str, stretches: &[Span]) -> Self {
        let piece = |span: &Span| (span.start, span.of(text).to_owned());
        let pieces = stretches.iter().map(piece).collect();
        Self { speaker: None, near: Vec::new(), about: Vec::new(), pieces }
    }

    /// Its words in order, contractions taken apart.
    pub(crate) fn words(&self) -> Vec<Spoken> {
        let mut words: Vec<Spoken> = Vec::new();
        for (number, (start, piece)) in self.pieces.iter().enumerate() {
            let mut at = 0;
            let mut is_first = true;
            let mut is_bracketed = false;
            each_word(piece, Span::new(0, piece.len()), |folded, span| {
                let (from, to) = (span.start as usize, span.end as usize);
                let between = &piece[at..from];
                for mark in between.bytes() {
                    match mark {
                        b'[' | b'(' => is_bracketed = true,
                        b']' | b')' => is_bracketed = false,
                        _ => {}
                    }
                }
                let after_gap = is_first
                    || between.contains('…')
                    || between.contains("..")
                    || between.contains(". .");
                let opens_sentence = is_first || between.contains(['.', '!', '?', ':', ';']);
                let span = Span { start: start + span.start, end: start + span.end };
                // "[W]e will": a letter made to fit. "dismissed worker[s]": an ending of the reporter's.
                let joins = |mark: &str| at > 0 && between == mark;
                if let Some(last) = words.last_mut().filter(|last| {
                    joins("[")
                        || joins("]") && last.is_bracketed && last.folded.chars().count() == 1
                }) {
                    last.is_bracketed = between == "[";
                    last.folded.push_str(folded);
                    last.span.end = span.end;
                    at = to;
                    return;
                }
                let word = Spoken {
                    folded: folded.to_owned(),
                    span,
                    is_bracketed: is_bracketed || is_masked(piece, from, to),
                    after_gap,
                    piece: number,
                    is_hidden: false,
                    opens_sentence,
                    hash: 0,
                    is_little: false,
                };
                // "LET US GO": not the states.
                let is_shouted = || {
                    let around = &piece[piece.floor_char_boundary(from.saturating_sub(6))
                        ..piece.ceil_char_boundary(piece.len().min(to + 6))];
                    !around.contains(|c: char| c.is_lowercase())
                };
                let full = spelling().in_full(&piece[from..to]);
                if !full.is_empty() && !is_shouted() {
                    for (place, folded) in full.iter().enumerate() {
                        let (after_gap, opens_sentence) =
                            (after_gap && place == 0, opens_sentence && place == 0);
                        let folded = folded.clone();
                        words.push(Spoken { folded, after_gap, opens_sentence, ..word.clone() });
                    }
                    at = to;
                    is_first = false;
                    return;
                }
                match spelling().apart(&piece[from..to]) {
                    Some((first, second)) => {
                        words.push(Spoken { folded: first, ..word.clone() });
                        words.push(Spoken {
                            folded: second,
                            after_gap: false,
                            opens_sentence: false,
                            is_hidden: true,
                            ..word
                        });
                    }
                    None => words.push(word),
                }
                if piece[to..].starts_with('%') {
                    let percent =
                        Spoken { folded: "percent".to_owned(), ..words[words.len() - 1].clone() };
                    words.push(Spoken { after_gap: false, opens_sentence: false, ..percent });
                }
                at = to;
                is_first = false;
            });
        }
        for word in &mut words {
            word.hash = xxh3_64(word.folded.as_bytes()) as u32;
            word.is_little = is_little(&word.folded);
        }
        words
    }

    /// The text from the first word to the last, where both stand in one piece; else with dots
    /// for what lies between.
    pub(crate) fn text(&self, words: &[Spoken]) -> String {
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return String::new() };
        let mut parts = Vec::new();
        for (start, piece) in &self.pieces {
            let end = start + piece.len() as u32;
            if first.span.start < end && last.span.end > *start {
                let from = first.span.start.max(*start) - start;
                let to = last.span.end.min(end) - start;
                parts.push(piece.get(from as usize..to as usize).unwrap_or_default());
            }
        }
        parts.join(" … ")
    }
}

/// Whether other letters of a word are masked: "d---", "s**t". What stands for them is the paper's.
fn is_masked(piece: &str, from: usize, to: usize) -> bool {
    let word = &piece[from..to];
    let is_mask = |marks: [Option<char>; 2]| match marks {
        [Some('*'), _] => true,
        // "to--and" is no mask.
        [Some('-' | '—' | '_'), Some('-' | '—' | '_')] => {
            !word.contains(['a', 'e', 'i', 'o', 'u', 'I', 'A'])
        }
        _ => false,
    };
    let (mut before, mut after) = (piece[..from].chars().rev(), piece[to..].chars());
    word.chars().count() <= 2
        && (is_mask([before.next(), before.next()]) || is_mask([after.next(), after.next()]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded_words(pieces: &[&str]) -> Vec<String> {
        let pieces = pieces.iter().map(|piece| (7, (*piece).to_owned())).collect();
        let words =
            Utterance { speaker: None, near: Vec::new(), about: Vec::new(), pieces }.words();
        let mark = |word: &Spoken| match (word.after_gap, word.is_bracketed) {
            (true, _) => format!("|{}", word.folded),
            (_, true) => format!("{}*", word.folded),
            _ => word.folded.clone(),
        };
        words.iter().map(mark).collect()
    }

    #[test]
    fn gaps_brackets_and_contractions_are_seen() {
        assert_eq!(
            folded_words(&["We’ll talk [to them]", "and … soon, too"]),
            ["|we", "will", "talk", "to*", "them*", "|and", "|soon", "too"]
        );
    }

    #[test]
    fn a_bracket_inside_a_word_parts_no_word() {
        assert_eq!(
            folded_words(&["[W]e paid the worker[s] and [the] driver"]),
            ["|we", "paid", "the", "workers*", "and", "the*", "driver"]
        );
    }

    #[test]
    fn what_a_house_shortens_is_read_in_full_and_what_it_masks_is_its_own() {
        assert_eq!(
            folded_words(&["The U.S. told us, Gov. Fenn"]),
            ["|the", "united", "states", "told", "us", "governor", "fenn"]
        );
        assert_eq!(
            folded_words(&["LET US GO, US men"]),
            ["|let", "us", "go", "united", "states", "men"]
        );
        assert_eq!(
            folded_words(&["a d--- lie, a s**t plan, to--and fro"]),
            ["|a", "d*", "lie", "a", "s*", "t*", "plan", "to", "and", "fro"]
        );
    }

    fn person(name: &str) -> Speaker {
        Speaker { name: name.to_owned(), kind: ActorType::Person, is_named: true }
    }

    #[test]
    fn two_people_are_two_only_where_nothing_joins_them() {
        assert!(person("Orla Fenn").can_be(&person("Fenn")));
        assert!(person("Orla Fenn").cannot_be(&person("Piet Vaals")));
        assert!(person("Orla Fenn").cannot_be(&person("Orla Vaals")));
        assert!(!person("Orla Fenn").cannot_be(&person("Orla")));
        assert!(!person("Orla Fenn Vaals").cannot_be(&person("Orla Fenn")));
        assert!(!person("Karin Zelenka").cannot_be(&person("Zelenkaa")));
        assert!(!person("Karin Falrik").cannot_be(&person("Falnik")));
        assert!(person("Karin Falrik").cannot_be(&person("Dirk Falnik")));
    }
}
