//! What a word's form can be, before its neighbours are seen.
//!
//! ```text
//! "plans"   →  third person or plural      "resigned"  →  past, by its ending
//! ```
//!
//! Closed classes are listed here, open ones in `rules/en/forms.toml`; what neither has goes by
//! ending.

use super::tags::Tag;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::sync::LazyLock;

/// Words of the closed classes.
const CLOSED: &[(Tag, &str)] = &[
    (
        Tag::Det,
        "the a an this these those some any no every each all both another many several few most much such either neither half other same certain more less fewer",
    ),
    (Tag::Possessive, "my your his her its our their whose"),
    (
        Tag::Pronoun,
        "i you he she it we they me him them us himself herself themselves itself myself yourself ourselves one ones someone somebody everyone everybody anyone anybody nobody none others another",
    ),
    (Tag::Relative, "who whom which"),
    (Tag::Be, "is are was were am been being be 're 'm"),
    (Tag::Have, "has have had having 've"),
    (Tag::Do, "do does did"),
    (Tag::Modal, "will would can could may might shall should must 'll 'd wo ca ought"),
    (Tag::To, "to"),
    (Tag::Not, "not n't never"),
    (
        Tag::Adverb,
        "yes further so then once ago just only even still also again already now here there too very ever perhaps maybe however instead thus hence yet later earlier often soon meanwhile moreover furthermore nevertheless therefore nonetheless indeed almost rather quite twice away together apart up out back down off once",
    ),
    (
        Tag::Prep,
        "of in on at by for from with without within into onto about against over under between among amid amidst during despite toward towards through throughout across behind beyond beside besides near upon via per like unlike above below around along inside outside regarding concerning including plus versus vs minus than except",
    ),
    (Tag::And, "and but or nor & yet"),
    (
        Tag::Sub,
        "because although though while whereas if unless when whenever where wherever since after before until till as once whilst lest",
    ),
    (Tag::Wh, "what how why whether whatever whoever"),
    (
        Tag::Time,
        "monday tuesday wednesday thursday friday saturday sunday january february april june july august september october november december yesterday today tomorrow tonight jan. feb. mar. apr. jun. jul. aug. sept. sep. oct. nov. dec. a.m. p.m.",
    ),
    (
        Tag::Number,
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion dozen dozens hundreds thousands millions billions",
    ),
];

#[derive(Debug, Deserialize)]
struct Forms {
    past: String,
    past_or_adjective: String,
    past_or_noun: String,
    past_or_base: String,
    third: String,
    third_or_plural: String,
    base: String,
    base_or_noun: String,
    base_or_adjective: String,
    adverb: String,
    adjective: String,
    noun: String,
}

/// What an open-class form can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Is(Tag),
    PastOrAdjective,
    PastOrNoun,
    PastOrBase,
    ThirdOrPlural,
    BaseOrNoun,
    BaseOrAdjective,
}

pub(super) struct Lexicon {
    pub(super) forms: FxHashMap<String, Form>,
}

pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let forms: Forms =
        toml::from_str(include_str!("../../rules/en/forms.toml")).expect("tested: it parses");
    let mut map = FxHashMap::default();
    for (form, words) in [
        (Form::Is(Tag::Noun), &forms.noun),
        (Form::Is(Tag::Adjective), &forms.adjective),
        (Form::Is(Tag::Adverb), &forms.adverb),
        (Form::BaseOrAdjective, &forms.base_or_adjective),
        (Form::BaseOrNoun, &forms.base_or_noun),
        (Form::Is(Tag::Base), &forms.base),
        (Form::ThirdOrPlural, &forms.third_or_plural),
        (Form::Is(Tag::Third), &forms.third),
        (Form::PastOrBase, &forms.past_or_base),
        (Form::PastOrNoun, &forms.past_or_noun),
        (Form::PastOrAdjective, &forms.past_or_adjective),
        (Form::Is(Tag::Past), &forms.past),
    ] {
        map.extend(words.split_whitespace().map(|word| (word.to_owned(), form)));
    }
    for (tag, words) in CLOSED {
        map.extend(words.split_whitespace().map(|word| (word.to_owned(), Form::Is(*tag))));
    }
    // "alleges", "mulls": of the words that attribute each form is known.
    for form in super::lexicon::LEXICON.verbs.keys().filter(|form| form.ends_with('s')) {
        map.entry(form.clone()).or_insert(Form::ThirdOrPlural);
    }
    Lexicon { forms: map }
});

/// Whether a word of a name is also a common word: "Strategic", "Real", "Images".
pub(crate) fn is_common(low: &str) -> bool {
    let form = LEXICON.forms.get(low).copied();
    form.is_some() || matches!(guess(low), Form::Is(tag) if tag != Tag::Noun)
}

/// Whether a word is listed as anything, whatever its ending says.
pub(crate) fn is_listed(low: &str) -> bool {
    LEXICON.forms.contains_key(low)
}

/// What an unlisted form is by its ending.
pub(super) fn guess(low: &str) -> Form {
    let ends = |endings: &[&str]| endings.iter().any(|ending| low.ends_with(ending));
    if low.len() < 4 {
        return Form::Is(Tag::Noun);
    }
    if low.ends_with("ly")
        && !ends(&["family", "anomaly", "assembly", "monopoly", "supply", "ally", "bully"])
    {
        Form::Is(Tag::Adverb)
    } else if low.contains('-') && (low.ends_with("ed") || low.ends_with("ing")) {
        Form::Is(Tag::Adjective)
    } else if low.ends_with("ed") && !low.ends_with("eed") {
        Form::Is(Tag::Past)
    } else if low.ends_with("ing") {
        Form::Is(Tag::Ing)
    } else if ends(&["al", "ic", "ous", "ive", "able", "ible", "ful", "less", "ary", "ish"]) {
        Form::Is(Tag::Adjective)
    } else {
        Form::Is(Tag::Noun)
    }
}
