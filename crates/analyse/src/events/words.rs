//! The words by which a clause or a noun tells of something that happens: data, read once.
//!
//! ```text
//! "held" → light     "scheduled" → plan     "talks" → a noun that happens
//! ```
//!
//! Not handled: forms that no rule of spelling gives, but for those listed as irregular.

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::sync::LazyLock;

/// What the file says, as sets of base forms.
pub(super) struct Words {
    pub(super) nouns: FxHashSet<String>,
    pub(super) light: FxHashSet<String>,
    pub(super) plan: FxHashSet<String>,
    pub(super) appoint: FxHashSet<String>,
    pub(super) postpone: FxHashSet<String>,
    pub(super) cancel: FxHashSet<String>,
    pub(super) particle: FxHashMap<String, String>,
    pub(super) fail: FxHashSet<String>,
    pub(super) order: FxHashSet<String>,
    pub(super) bounds: FxHashSet<String>,
    pub(super) inside: FxHashSet<String>,
    irregular: FxHashMap<String, String>,
}

#[derive(Deserialize)]
struct File {
    nouns: String,
    light: String,
    plan: String,
    appoint: String,
    postpone: String,
    cancel: String,
    particle: FxHashMap<String, String>,
    fail: String,
    order: String,
    bounds: String,
    inside: String,
    irregular: FxHashMap<String, String>,
}

impl Words {
    /// The base form of `word` (in lower case) that is in `set`.
    pub(super) fn base<'w>(&'w self, word: &str, set: &'w FxHashSet<String>) -> Option<&'w str> {
        let find = |form: &str| set.get(form).map(String::as_str);
        if let Some(base) = self.irregular.get(word) {
            return find(base);
        }
        if let Some(found) = find(word) {
            return Some(found);
        }
        for ending in ["ing", "ed", "es", "s", "d"] {
            let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.len() > 2) else {
                continue;
            };
            let doubled = stem.as_bytes()[stem.len() - 1] == stem.as_bytes()[stem.len() - 2];
            let single = if doubled && stem.is_ascii() { &stem[..stem.len() - 1] } else { stem };
            let y = stem.strip_suffix('i').map(|stem| format!("{stem}y"));
            let found = find(stem)
                .or_else(|| find(&format!("{stem}e")))
                .or_else(|| find(single))
                .or_else(|| y.and_then(|form| find(&form)));
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// Whether some form of a word of `set`.
    pub(super) fn is(&self, word: &str, set: &FxHashSet<String>) -> bool {
        self.base(word, set).is_some()
    }

    /// Whether a noun that names something that happens.
    pub(super) fn is_happening(&self, word: &str) -> bool {
        let word = word.rsplit('-').next().filter(|last| !last.is_empty()).unwrap_or(word);
        self.is(word, &self.nouns)
    }
}

/// The words, read once.
pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../../rules/en/happenings.toml"))
        .expect("the rules are compiled in, and a test reads them");
    let set = |words: &str| words.split_whitespace().map(str::to_owned).collect();
    Words {
        nouns: set(&file.nouns),
        light: set(&file.light),
        plan: set(&file.plan),
        appoint: set(&file.appoint),
        postpone: set(&file.postpone),
        cancel: set(&file.cancel),
        particle: file.particle,
        fail: set(&file.fail),
        order: set(&file.order),
        bounds: set(&file.bounds),
        inside: set(&file.inside),
        irregular: file.irregular,
    }
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_found_by_their_base() {
        for (word, base) in [("held", "hold"), ("planned", "plan"), ("scheduled", "schedule")] {
            let all: FxHashSet<String> = WORDS.light.union(&WORDS.plan).cloned().collect();
            assert_eq!(WORDS.base(word, &all), Some(base));
        }
        assert!(WORDS.is_happening("air-strikes") || WORDS.is_happening("strikes"));
        assert!(WORDS.is_happening("rallies") && !WORDS.is_happening("people"));
    }
}
