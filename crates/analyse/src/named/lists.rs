//! What lists know of a word or a group of words: bits by hash.
//!
//! ```text
//! "lorne" → CITY;  "new_york" → CITY | STATE, two words
//! ```
//!
//! The lists are data with their sources: `rules/en/names-*.toml`.

use crate::learned::text;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::sync::LazyLock;

/// A town.
pub const CITY: u32 = 1;
/// A country, a region, a sea.
pub const COUNTRY: u32 = 1 << 1;
/// One of the United States.
pub const STATE: u32 = 1 << 2;
/// A people, a faith, a party's members; the adjective of one.
pub const PEOPLE: u32 = 1 << 3;
/// A forename.
pub const FORENAME: u32 = 1 << 4;
/// A surname.
pub const SURNAME: u32 = 1 << 5;
/// A word of a body's name.
pub const BODY: u32 = 1 << 6;
/// A last word of a place's name.
pub const PLACE: u32 = 1 << 7;
/// A title.
pub const TITLE: u32 = 1 << 8;
/// A month, a day, a contest.
pub const OTHER: u32 = 1 << 9;
/// Kinds of list.
pub const KINDS: u32 = 10;

#[derive(Debug, Deserialize)]
struct Places {
    cities: String,
    countries: String,
    states: String,
}

#[derive(Debug, Deserialize)]
struct People {
    forenames: String,
    surnames: String,
}

#[derive(Debug, Deserialize)]
struct Bodies {
    peoples: String,
    bodies: String,
    places: String,
    titles: String,
    others: String,
}

/// The lists, ready to look up.
#[derive(Debug, Default)]
pub struct Lists {
    bits: FxHashMap<u32, u32>,
    /// First words of groups of words.
    openers: FxHashSet<u32>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(Lists::new);

impl Lists {
    /// The lists of English.
    pub fn known() -> &'static Self {
        &LISTS
    }

    fn new() -> Self {
        let places: Places = toml::from_str(include_str!("../../rules/en/names-places.toml"))
            .expect("tested: it parses");
        let people: People = toml::from_str(include_str!("../../rules/en/names-people.toml"))
            .expect("tested: it parses");
        let bodies: Bodies = toml::from_str(include_str!("../../rules/en/names-bodies.toml"))
            .expect("tested: it parses");
        let mut lists = Self::default();
        for (words, bit) in [
            (&places.cities, CITY),
            (&places.countries, COUNTRY),
            (&places.states, STATE),
            (&people.forenames, FORENAME),
            (&people.surnames, SURNAME),
            (&bodies.peoples, PEOPLE),
            (&bodies.bodies, BODY),
            (&bodies.places, PLACE),
            (&bodies.titles, TITLE),
            (&bodies.others, OTHER),
        ] {
            for word in words.split_whitespace() {
                *lists.bits.entry(text(word)).or_default() |= bit;
                if let Some((first, _)) = word.split_once('_') {
                    lists.openers.insert(text(first));
                }
            }
        }
        lists
    }

    /// What is known of a word by its hash, in lower case; groups with "_" between their words.
    pub fn of(&self, hash: u32) -> u32 {
        self.bits.get(&hash).copied().unwrap_or(0)
    }

    /// Whether a word opens a group of words.
    pub fn opens(&self, hash: u32) -> bool {
        self.openers.contains(&hash)
    }

    /// Whether a word or several in lower case are a state or a region: "new zealand".
    pub fn is_state(&self, low: &str) -> bool {
        self.of(text(&low.replace(' ', "_"))) & (COUNTRY | STATE) != 0
    }

    /// Whether a word or several in lower case are of a people: "german", "new zealander".
    pub fn is_people(&self, low: &str) -> bool {
        self.of(text(&low.replace(' ', "_"))) & PEOPLE != 0
    }
}
