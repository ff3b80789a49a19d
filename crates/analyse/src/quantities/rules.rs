//! The rules of figures, read from their files and compiled once.
//!
//! ```text
//! rules/en/units.toml        units, with their kind and base factor
//! rules/en/quantities.toml   bounds, rises and falls, vague figures, word lists
//! rules/en/numbers.toml      number words (see `patterns/numbers.rs`)
//! ```
//!
//! Not handled: converting between currencies, or units whose zero differs (Celsius, Fahrenheit).

use crate::patterns::{ClassRule, Patterns};
use onrecord_model::Bound;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

const UNITS_TOML: &str = include_str!("../../rules/en/units.toml");
const QUANTITIES_TOML: &str = include_str!("../../rules/en/quantities.toml");

/// A unit of `units.toml`.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, serde(deny_unknown_fields))]
pub(super) struct Unit {
    pub(super) name: String,
    pub(super) kind: String,
    #[serde(default)]
    r#match: Vec<String>,
    #[serde(default)]
    before: Vec<String>,
    /// What one of it is in its kind's base unit: metres, square metres, kilograms, …
    pub(super) base: Option<f64>,
}

#[derive(Debug, Deserialize)]
struct BoundRule {
    bound: Bound,
    r#match: Vec<String>,
    #[cfg(test)]
    #[serde(default)]
    yes: Vec<Example>,
}

#[derive(Debug, Deserialize)]
struct ChangeRule {
    bound: Bound,
    before: Vec<String>,
    after: Vec<String>,
    /// The nouns among them.
    nouns: Vec<String>,
    #[cfg(test)]
    #[serde(default)]
    yes: Vec<Example>,
}

/// A text and the figure it holds.
#[cfg(test)]
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Example {
    pub(super) text: String,
    pub(super) value: Option<f64>,
    pub(super) low: Option<f64>,
    pub(super) high: Option<f64>,
    pub(super) bound: Bound,
    pub(super) unit: Option<String>,
    pub(super) counted: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Words {
    names: Vec<String>,
    series: Vec<String>,
    streets: Vec<String>,
    verbs: Vec<String>,
    narrowing: Vec<String>,
    narrowers: Vec<String>,
    rates: Vec<String>,
    people: Vec<String>,
    particled: Vec<String>,
    counting: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct File {
    bound: Vec<BoundRule>,
    after: Vec<BoundRule>,
    change: Vec<ChangeRule>,
    multiple: BTreeMap<String, f64>,
    vague: BTreeMap<String, f64>,
    words: Words,
    irregular: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
struct UnitFile {
    unit: Vec<Unit>,
}

/// What stands beside a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beside {
    /// A bound, or with `Exact` a word that only stands between.
    Bound(Bound),
    /// A rise or fall.
    Change(Bound),
    /// A unit, by its number.
    Unit(usize),
}

/// A word's part in finding what is counted.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Part {
    pub(super) is_name: bool,
    pub(super) is_street: bool,
    pub(super) is_verb: bool,
    pub(super) is_narrowing: bool,
    pub(super) is_narrower: bool,
    pub(super) is_rate: bool,
    pub(super) is_people: bool,
    /// Whether it names a series: "FTSE 100", "iPhone 4".
    pub(super) is_series: bool,
    /// Whether it says of counted things how many more or fewer there are.
    pub(super) counts_change: bool,
    /// Whether "up" and "down" after it belong to it.
    pub(super) has_particle: bool,
}

pub(super) struct Rules {
    pub(super) units: Vec<Unit>,
    pub(super) patterns: Patterns,
    /// What each rule of the patterns says.
    pub(super) says: Vec<Beside>,
    pub(super) multiple: BTreeMap<String, f64>,
    pub(super) vague: BTreeMap<String, f64>,
    pub(super) irregular: BTreeMap<String, String>,
    words: FxHashMap<String, Part>,
    changes: FxHashMap<String, Bound>,
    change_nouns: FxHashMap<String, Bound>,
    /// Units of one word, as written: for "mile" in "mile-wide".
    single: FxHashMap<&'static str, usize>,
    function: FxHashSet<&'static str>,
    #[cfg(test)]
    pub(super) examples: Vec<Example>,
}

impl Rules {
    /// What a lower-case word may be.
    pub(super) fn part(&self, low: &str) -> Part {
        self.words.get(low).copied().unwrap_or_default()
    }

    /// The unit that a lower-case word is by itself.
    pub(super) fn unit_named(&self, low: &str) -> Option<usize> {
        self.single.get(low).copied()
    }

    /// What a lower-case verb or noun says by itself: "rose", "cut", "increase".
    pub(super) fn change_of(&self, low: &str) -> Option<Bound> {
        self.changes.get(low).copied()
    }

    /// The same of nouns alone: "increase", "drop".
    pub(super) fn change_of_noun(&self, low: &str) -> Option<Bound> {
        self.change_nouns.get(low).copied()
    }

    /// Whether a lower-case word is a function word: none of a noun phrase's own.
    pub(super) fn is_function(&self, low: &str) -> bool {
        self.function.contains(low)
    }
}

/// What was read; the patterns borrow from it.
struct Read {
    file: File,
    unit_patterns: Vec<Vec<String>>,
}

static READ: LazyLock<Read> = LazyLock::new(|| {
    let file: File = toml::from_str(QUANTITIES_TOML).expect("tested: the rule files parse");
    let units = units();
    let unit_patterns = units.into_iter().flat_map(|unit| [unit.before, unit.r#match]).collect();
    Read { file, unit_patterns }
});

fn units() -> Vec<Unit> {
    toml::from_str::<UnitFile>(UNITS_TOML).expect("tested: the rule files parse").unit
}

static NO_CLASSES: LazyLock<BTreeMap<String, ClassRule>> = LazyLock::new(BTreeMap::new);

pub(super) static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let Read { file, unit_patterns } = &*READ;
    let mut rules: Vec<(&'static [String], usize)> = Vec::new();
    let mut says = Vec::new();
    let mut add = |patterns: &'static [String], pass: usize, beside: Beside| {
        rules.push((patterns, pass));
        says.push(beside);
    };
    for rule in &file.bound {
        add(&rule.r#match, 0, Beside::Bound(rule.bound));
    }
    for rule in &file.after {
        add(&rule.r#match, 1, Beside::Bound(rule.bound));
    }
    for rule in &file.change {
        add(&rule.before, 0, Beside::Change(rule.bound));
        add(&rule.after, 1, Beside::Change(rule.bound));
    }
    for (number, patterns) in unit_patterns.iter().enumerate() {
        add(patterns, number % 2, Beside::Unit(number / 2));
    }
    let mut patterns = Patterns::new(&NO_CLASSES, &rules).expect("tested: the rules compile");
    patterns.intern_all(file.multiple.keys().chain(file.vague.keys()).map(String::as_str));
    let mut words: FxHashMap<String, Part> = FxHashMap::default();
    type Mark = fn(&mut Part);
    let lists: [(&[String], Mark); 10] = [
        (&file.words.names, |part| part.is_name = true),
        (&file.words.series, |part| (part.is_name, part.is_series) = (true, true)),
        (&file.words.streets, |part| part.is_street = true),
        (&file.words.verbs, |part| part.is_verb = true),
        (&file.words.narrowing, |part| part.is_narrowing = true),
        (&file.words.narrowers, |part| part.is_narrower = true),
        (&file.words.rates, |part| part.is_rate = true),
        (&file.words.people, |part| part.is_people = true),
        (&file.words.particled, |part| part.has_particle = true),
        (&file.words.counting, |part| part.counts_change = true),
    ];
    for (list, mark) in lists {
        for word in list {
            mark(words.entry(word.clone()).or_default());
        }
    }
    Rules {
        units: units(),
        patterns,
        says,
        multiple: file.multiple.clone(),
        vague: file.vague.clone(),
        irregular: file.irregular.clone(),
        words,
        changes: changes(&file.change, |rule| &rule.before),
        change_nouns: changes(&file.change, |rule| &rule.nouns),
        single: unit_patterns
            .iter()
            .enumerate()
            .filter(|(number, _)| number % 2 == 1)
            .flat_map(|(number, patterns)| patterns.iter().map(move |p| (number / 2, p)))
            .filter(|(_, pattern)| !pattern.contains(' '))
            .flat_map(|(unit, pattern)| pattern.split('|').map(move |word| (word, unit)))
            .collect(),
        function: crate::patterns::function_words().collect(),
        #[cfg(test)]
        examples: examples(),
    }
});

/// The words of one list that say by themselves which way.
fn changes(
    rules: &[ChangeRule],
    list: impl Fn(&ChangeRule) -> &Vec<String>,
) -> FxHashMap<String, Bound> {
    let words = rules.iter().flat_map(|rule| list(rule).iter().map(|word| (word, rule.bound)));
    words
        .filter(|(word, _)| !word.contains(' '))
        .map(|(word, bound)| (word.clone(), bound))
        .collect()
}

#[cfg(test)]
fn examples() -> Vec<Example> {
    let file: File = toml::from_str(QUANTITIES_TOML).expect("tested: the rule files parse");
    let bounds = file.bound.into_iter().chain(file.after).flat_map(|rule| rule.yes);
    bounds.chain(file.change.into_iter().flat_map(|rule| rule.yes)).collect()
}
