//! The word lists of `rules/en/actors.toml`, ready to look up.

use rustc_hash::FxHashSet;
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Debug, Deserialize)]
struct Lists {
    titles: String,
    male: String,
    female: String,
    offices: String,
    organisations: String,
    outlets: String,
    states: String,
    towns: String,
    regions: String,
    surnames: String,
    places: String,
    place_openers: String,
    sources: String,
    people: String,
    bodies: String,
    documents: String,
    forenames: Forenames,
}

#[derive(Debug, Deserialize)]
struct Forenames {
    male: String,
    female: String,
}

type Words = FxHashSet<&'static str>;

/// Sets of words in lower case.
pub(super) struct Known {
    pub(super) titles: Words,
    pub(super) male: Words,
    pub(super) female: Words,
    pub(super) offices: Words,
    pub(super) organisations: Words,
    pub(super) outlets: Words,
    pub(super) states: Words,
    pub(super) towns: Words,
    /// Joined by "_".
    pub(super) regions: Words,
    pub(super) surnames: Words,
    pub(super) places: Words,
    pub(super) place_openers: Words,
    pub(super) sources: Words,
    pub(super) people: Words,
    pub(super) bodies: Words,
    pub(super) documents: Words,
    pub(super) male_names: Words,
    pub(super) female_names: Words,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| {
    toml::from_str(include_str!("../../rules/en/actors.toml")).expect("tested: it parses")
});

pub(super) static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let lists: &'static Lists = &LISTS;
    let set = |words: &'static str| words.split_whitespace().collect::<Words>();
    Known {
        titles: set(&lists.titles),
        male: set(&lists.male),
        female: set(&lists.female),
        offices: set(&lists.offices),
        organisations: set(&lists.organisations),
        outlets: set(&lists.outlets),
        states: set(&lists.states),
        towns: set(&lists.towns),
        regions: set(&lists.regions),
        surnames: set(&lists.surnames),
        places: set(&lists.places),
        place_openers: set(&lists.place_openers),
        sources: set(&lists.sources),
        people: set(&lists.people),
        bodies: set(&lists.bodies),
        documents: set(&lists.documents),
        male_names: set(&lists.forenames.male),
        female_names: set(&lists.forenames.female),
    }
});
