//! What `rules/en/figures.toml` says, ready for looking up.
//!
//! ```text
//! class("civilian") → people      state("slain") → killed      place("Gazans") → gaza, wide
//! ```
//!
//! Words are folded; places are folded and without blanks ("newyork").

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Debug, Deserialize)]
struct File {
    class: Vec<Named>,
    state: Vec<State>,
    settled: Settled,
    persons: Words,
    parts: Parts,
    running: Words,
    harmless: Words,
    ends: Words,
    units: Units,
    no_names: Words,
    common: Words,
    place: Vec<Place>,
    wide: Words,
    anaphors: Words,
}

#[derive(Debug, Deserialize)]
struct Named {
    name: String,
    words: Vec<String>,
}

/// What befell those who are counted.
#[derive(Debug, Deserialize)]
pub(super) struct State {
    pub(super) name: String,
    /// Tenths of a point.
    pub(super) weight: i32,
    /// Whether it changes from day to day.
    #[serde(default)]
    pub(super) grows: bool,
    /// Whether a later figure is never less, unless one of the two is wrong.
    #[serde(default)]
    pub(super) rises: bool,
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Settled {
    states: FxHashSet<String>,
    words: FxHashSet<String>,
    least: f64,
}

#[derive(Debug, Deserialize)]
struct Parts {
    words: FxHashSet<String>,
    before_only: FxHashSet<String>,
    of_time: FxHashSet<String>,
    others: FxHashSet<String>,
    then: FxHashSet<String>,
    most: FxHashSet<String>,
    forecast: FxHashSet<String>,
}

#[derive(Debug, Deserialize)]
struct Words {
    words: FxHashSet<String>,
}

#[derive(Debug, Deserialize)]
struct Units {
    never: FxHashSet<String>,
    fleeting: FxHashSet<String>,
    bare: FxHashSet<String>,
}

#[derive(Debug, Deserialize)]
struct Place {
    name: String,
    #[serde(default)]
    wide: bool,
    words: Vec<String>,
}

/// The rules.
#[derive(Debug)]
pub(super) struct Rules {
    classes: FxHashMap<String, String>,
    states: Vec<State>,
    state_of: FxHashMap<String, usize>,
    places: FxHashMap<String, String>,
    wide: FxHashSet<String>,
    file: File,
}

/// The rules, read once.
pub(super) fn rules() -> &'static Rules {
    static RULES: LazyLock<Rules> = LazyLock::new(|| {
        let mut file: File = toml::from_str(include_str!("../../rules/en/figures.toml"))
            .expect("the rules are compiled in, and a test reads them");
        let mut classes = FxHashMap::default();
        for Named { name, words } in std::mem::take(&mut file.class) {
            classes.extend(words.into_iter().map(|word| (word, name.clone())));
        }
        let mut state_of = FxHashMap::default();
        let mut states = std::mem::take(&mut file.state);
        for (number, state) in states.iter_mut().enumerate() {
            for word in std::mem::take(&mut state.words) {
                state_of.entry(word).or_insert(number);
            }
        }
        let mut places = FxHashMap::default();
        for Place { name, wide, words } in std::mem::take(&mut file.place) {
            if wide {
                file.wide.words.insert(name.clone());
            }
            places.extend(words.into_iter().map(|word| (word, name.clone())));
        }
        let wide = std::mem::take(&mut file.wide.words);
        Rules { classes, states, state_of, places, wide, file }
    });
    &RULES
}

impl Rules {
    /// The class of a noun in the singular.
    pub(super) fn class(&self, noun: &str) -> Option<&str> {
        self.classes.get(noun).map(String::as_str)
    }

    /// The state that a word tells.
    pub(super) fn state(&self, word: &str) -> Option<&State> {
        self.state_of.get(word).map(|&number| &self.states[number])
    }

    /// The state of this name; of two ("killed+wounded") none.
    pub(super) fn state_named(&self, name: &str) -> Option<&State> {
        self.states.iter().find(|state| state.name == name)
    }

    /// One name for a place, folded and without blanks.
    pub(super) fn place(&self, words: &str) -> String {
        self.places.get(words).map_or_else(|| words.to_owned(), Clone::clone)
    }

    /// Whether a place is so large that two figures in it may be of anything.
    pub(super) fn is_wide(&self, place: &str) -> bool {
        self.wide.contains(place)
    }

    /// Whether a state says no more than that people are in a place.
    pub(super) fn is_settled(&self, state: Option<&str>) -> bool {
        state.is_some_and(|state| self.file.settled.states.contains(state))
    }

    pub(super) fn says_settled(&self, word: &str) -> bool {
        self.file.settled.words.contains(word)
    }

    pub(super) fn least_settled(&self) -> f64 {
        self.file.settled.least
    }

    pub(super) fn is_part(&self, word: &str) -> bool {
        self.file.parts.words.contains(word)
    }

    /// "12 others", "12 more": a part, unless something else befell those before them.
    pub(super) fn is_other(&self, word: &str) -> bool {
        self.file.parts.others.contains(word)
    }

    /// Whether a noun or class is of people told more closely: "miner", "soldiers".
    pub(super) fn is_person(&self, noun: &str) -> bool {
        self.file.persons.words.contains(noun)
    }

    pub(super) fn is_part_before(&self, word: &str) -> bool {
        self.file.parts.before_only.contains(word)
    }

    /// "In the previous 24 hours", "a poll of 1,000 adults": near a figure, these make it one of
    /// many.
    pub(super) fn is_share_of_time(&self, word: &str) -> bool {
        self.file.parts.of_time.contains(word)
    }

    pub(super) fn is_forecast(&self, word: &str) -> bool {
        self.file.parts.forecast.contains(word)
    }

    pub(super) fn is_running(&self, word: &str) -> bool {
        self.file.running.words.contains(word)
    }

    pub(super) fn is_harmless(&self, word: &str) -> bool {
        self.file.harmless.words.contains(word)
    }

    pub(super) fn is_end(&self, word: &str) -> bool {
        self.file.ends.words.contains(word)
    }

    pub(super) fn is_never(&self, unit: &str) -> bool {
        self.file.units.never.contains(unit)
    }

    /// Whether what is measured is another the next hour: a wind's speed.
    pub(super) fn is_fleeting(&self, unit: &str) -> bool {
        self.file.units.fleeting.contains(unit)
    }

    /// "The deadliest since …".
    pub(super) fn is_most(&self, word: &str) -> bool {
        self.file.parts.most.contains(word)
    }

    /// "Seven people died that night": of what the sentences before tell.
    pub(super) fn is_then(&self, word: &str, next: &str) -> bool {
        word == "that" && self.file.parts.then.contains(next)
    }

    pub(super) fn is_bare(&self, unit: &str) -> bool {
        self.file.units.bare.contains(unit)
    }

    pub(super) fn is_no_name(&self, word: &str) -> bool {
        self.file.no_names.words.contains(word)
    }

    pub(super) fn is_common(&self, name: &str) -> bool {
        self.file.common.words.contains(name)
    }

    pub(super) fn is_anaphor(&self, word: &str) -> bool {
        self.file.anaphors.words.contains(word)
    }
}
