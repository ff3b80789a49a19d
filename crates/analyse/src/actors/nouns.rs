//! Nouns by which people, offices and abstractions are told apart.
//!
//! ```text
//! "dispatcher", "senators"  →  people      "insistence", "plan"  →  nobody who speaks
//! ```
//!
//! Lists are data, `rules/en/actors.toml`; endings stand here.

use super::names::title_gender;
use super::words::KNOWN;

/// One spelling for words that British and American English write differently.
pub(super) fn british(word: &str) -> &str {
    match word {
        "defense" => "defence",
        "labor" => "labour",
        "center" => "centre",
        "harbor" => "harbour",
        word => word,
    }
}

/// Offices that one person holds: "the president" is not the one who spoke last without an office.
pub(super) fn is_high_office(low: &str) -> bool {
    matches!(
        low,
        "president"
            | "premier"
            | "minister"
            | "chancellor"
            | "king"
            | "queen"
            | "pope"
            | "mayor"
            | "governor"
            | "secretary"
            | "judge"
            | "speaker"
            | "chairman"
            | "chairwoman"
            | "chair"
            | "spokesman"
            | "spokeswoman"
            | "spokesperson"
            | "ambassador"
            | "prince"
            | "princess"
    )
}

/// Nouns of people by list, or by their ending.
pub(super) fn is_person_noun(low: &str) -> bool {
    let one = low.strip_suffix('s').unwrap_or(low);
    let is_listed = |word: &str| {
        KNOWN.people.contains(word) || KNOWN.sources.contains(word) || KNOWN.titles.contains(word)
    };
    let is_thing = KNOWN.documents.contains(one)
        || KNOWN.bodies.contains(one)
        || KNOWN.outlets.contains(one)
        || matches!(
            one,
            "matter"
                | "number"
                | "power"
                | "order"
                | "center"
                | "centre"
                | "summer"
                | "winter"
                | "quarter"
                | "factor"
                | "error"
                | "offer"
                | "answer"
                | "water"
                | "weather"
                | "chapter"
                | "disorder"
                | "sector"
                | "poster"
                | "counter"
                | "cover"
                | "tower"
                | "river"
                | "border"
                | "corner"
                | "dinner"
                | "computer"
                | "flavor"
                | "rumor"
                | "behavior"
                | "color"
                | "labor"
                | "favor"
                | "terror"
                | "other"
                | "another"
                | "theater"
        );
    is_listed(low)
        || is_listed(one)
        || low.ends_with("year-old")
        || title_gender(one).is_some()
        || !is_thing
            && one.len() > 4
            && ["ist", "er", "or", "ian", "man", "woman", "person", "classmate", "teammate"]
                .iter()
                .any(|ending| one.ends_with(ending))
}

/// "the insistence", "the use": nobody speaks by such a noun.
pub(super) fn is_abstract(low: &str) -> bool {
    low.len() > 5
        && ["tion", "sion", "ness", "ity", "ism", "ence", "ing"]
            .iter()
            .any(|ending| low.ends_with(ending))
        || matches!(
            low,
            "use"
                | "history"
                | "class"
                | "myth"
                | "idea"
                | "move"
                | "way"
                | "time"
                | "day"
                | "week"
                | "year"
                | "month"
                | "fact"
                | "case"
                | "thing"
                | "question"
                | "answer"
                | "number"
                | "result"
                | "plan"
                | "deal"
                | "issue"
                | "point"
                | "problem"
                | "reason"
                | "goal"
                | "effort"
                | "attack"
                | "war"
                | "election"
                | "vote"
                | "race"
                | "language"
                | "growth"
                | "fear"
                | "threat"
                | "reversal"
                | "support"
                | "trial"
                | "test"
                | "fight"
                | "life"
        )
}

/// Pronouns for people who were not named.
pub(super) fn is_some(low: &str) -> bool {
    matches!(
        low,
        "another"
            | "one"
            | "others"
            | "some"
            | "many"
            | "neither"
            | "both"
            | "several"
            | "most"
            | "few"
    )
}

/// Whether two words name one office: "spokesman" and "spokesperson", "Sen." and "senator".
pub(super) fn is_same_role(own: &str, low: &str) -> bool {
    fn plain(word: &str) -> &str {
        match word {
            "spokesman" | "spokeswoman" | "spokesperson" => "spokes",
            "sen" => "senator",
            "rep" | "congressman" | "congresswoman" | "congressmember" => "representative",
            "gov" => "governor",
            "gen" => "general",
            "prof" => "professor",
            "chairman" | "chairwoman" | "chairperson" => "chair",
            "ceo" | "boss" | "head" => "chief",
            "doctor" => "dr",
            word => word,
        }
    }
    plain(own) == plain(low)
}
