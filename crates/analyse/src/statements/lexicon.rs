//! The words that attribute, from `rules/en/cues.toml`, by form.
//!
//! ```text
//! "told"   →  verb, act say, an addressee may follow, then that / clause / quote …
//! "claim"  →  noun, act say, then "that"
//! ```

use onrecord_model::Act;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Debug, Deserialize)]
struct Rules {
    cue: Vec<Rule>,
    deeds: String,
    irregular: BTreeMap<String, String>,
}

/// One entry of the file.
#[derive(Debug, Deserialize)]
struct Rule {
    act: Act,
    kind: Kind,
    r#match: Vec<String>,
    #[serde(default)]
    after: String,
    #[serde(default)]
    addressee: bool,
    #[serde(default)]
    noun_after_to: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Verb,
    Noun,
    Phrase,
}

/// What follows a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum After {
    Quote,
    That,
    Clause,
    End,
    To,
    Wh,
    Ing,
    Noun,
    Colon,
    Prep(&'static str),
}

/// One reading of a word as a cue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) lemma: &'static str,
    pub(super) act: Act,
    pub(super) after: After,
    pub(super) takes_addressee: bool,
    pub(super) takes_noun_after_to: bool,
}

/// The readings of verb forms and of nouns.
pub(super) struct Lexicon {
    pub(super) verbs: FxHashMap<String, Vec<Reading>>,
    pub(super) nouns: FxHashMap<String, Vec<Reading>>,
    pub(super) phrases: Vec<(Vec<&'static str>, Act)>,
    /// Forms of verbs that say nothing.
    pub(super) deeds: FxHashSet<String>,
}

/// The rules as they stand in their file.
pub(super) const CUES_TOML: &str = include_str!("../../rules/en/cues.toml");

static RULES: LazyLock<Rules> =
    LazyLock::new(|| toml::from_str(CUES_TOML).expect("tested: it parses"));

pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let rules: &'static Rules = &RULES;
    let forms = |lemma: &str| verb_forms(lemma, rules.irregular.get(lemma));
    let mut lexicon = Lexicon {
        verbs: FxHashMap::default(),
        nouns: FxHashMap::default(),
        phrases: Vec::new(),
        deeds: rules.deeds.split_whitespace().flat_map(forms).collect(),
    };
    for rule in &rules.cue {
        for lemma in &rule.r#match {
            let forms = match rule.kind {
                Kind::Phrase => {
                    lexicon.phrases.push((lemma.split(' ').collect(), rule.act));
                    continue;
                }
                Kind::Noun => vec![lemma.clone(), plural(lemma)],
                Kind::Verb => verb_forms(lemma, rules.irregular.get(lemma)),
            };
            let map = if rule.kind == Kind::Verb { &mut lexicon.verbs } else { &mut lexicon.nouns };
            for form in forms {
                let readings: &mut Vec<Reading> = map.entry(form).or_default();
                for after in rule.after.split(' ').filter_map(after) {
                    if readings.iter().any(|known| known.after == after && known.lemma == lemma) {
                        continue;
                    }
                    readings.push(Reading {
                        lemma,
                        act: rule.act,
                        after,
                        takes_addressee: rule.addressee,
                        takes_noun_after_to: rule.noun_after_to,
                    });
                }
            }
        }
    }
    lexicon
});

fn after(word: &'static str) -> Option<After> {
    Some(match word {
        "" => return None,
        "quote" => After::Quote,
        "that" => After::That,
        "clause" => After::Clause,
        "end" => After::End,
        "to" => After::To,
        "wh" => After::Wh,
        "ing" => After::Ing,
        "np" => After::Noun,
        "colon" => After::Colon,
        prep => After::Prep(prep),
    })
}

fn plural(noun: &str) -> String {
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o']) => format!("{stem}ies"),
        _ if noun.ends_with(['s', 'x', 'h']) => format!("{noun}es"),
        _ => format!("{noun}s"),
    }
}

/// Base, third person, past, participle, -ing.
fn verb_forms(lemma: &str, irregular: Option<&String>) -> Vec<String> {
    let mut forms = vec![lemma.to_owned()];
    if let Some(irregular) = irregular {
        forms.extend(irregular.split(' ').map(str::to_owned));
    } else {
        forms.push(plural(lemma));
        let (past, ing) = match lemma.strip_suffix('e') {
            Some(stem) if stem.ends_with('e') => (format!("{lemma}d"), format!("{lemma}ing")),
            Some(stem) => (format!("{lemma}d"), format!("{stem}ing")),
            None => match lemma.strip_suffix('y') {
                Some(stem) if !stem.ends_with(['a', 'e', 'o']) => {
                    (format!("{stem}ied"), format!("{lemma}ing"))
                }
                _ => (format!("{lemma}ed"), format!("{lemma}ing")),
            },
        };
        forms.push(past);
        forms.push(ing);
    }
    forms.sort_unstable();
    forms.dedup();
    forms
}
