//! What stands beside a name and tells who it is: a role or kin before it, a gender.
//!
//! ```text
//! Her finance minister, Per Aase, stayed   →  role "finance minister"
//! police chief Anders Moe                  →  role "police chief"
//! the widow's son, Mirek,                  →  a person, male
//! ```
//!
//! Not handled: what is said of a person in a sentence of its own ("Voss is the director").

use super::names::{Gender, Name, title_gender};
use super::nouns::is_person_noun;
use super::words::KNOWN;
use crate::statements::Page;
use crate::statements::tags::Tag;
use crate::text::TokenKind;
use onrecord_model::ActorType;
use std::ops::Range;

/// "Farmers' | League": a name that owns the next word of a body's name is part of it.
pub(super) fn joined(page: &Page, names: Vec<Name>) -> Vec<Name> {
    let mut joined: Vec<Name> = Vec::with_capacity(names.len());
    for name in names {
        let owner = joined.last().filter(|owner| {
            let mark = owner.tokens.end;
            mark + 1 == name.tokens.start
                && matches!(page.low(mark), "'" | "’")
                && page.prose.word(mark - 1).ends_with('s')
                && KNOWN.organisations.contains(page.low(name.tokens.end - 1))
        });
        match owner {
            Some(owner) => {
                let tokens = owner.tokens.start..name.tokens.end;
                joined.pop();
                joined.push(Name {
                    tokens,
                    kind: ActorType::Organisation,
                    gender: None,
                    role: None,
                });
            }
            None => joined.push(name),
        }
    }
    joined
}

/// Adds what the words before a name say of it.
pub(super) fn beside(page: &Page, name: &mut Name) {
    let start = name.tokens.start;
    let sentence = page.prose.sentences[page.prose.sentence_of(start)].tokens.clone();
    let Some(noun) = start.checked_sub(1).filter(|&k| k >= sentence.start) else { return };
    // "Referee Lorna Petty": what opens a sentence and is a word for a person is no forename.
    while name.kind == ActorType::Person
        && name.tokens.len() >= 3
        && KNOWN.people.contains(page.low(name.tokens.start))
        && !KNOWN.male_names.contains(page.low(name.tokens.start))
        && !KNOWN.female_names.contains(page.low(name.tokens.start))
    {
        let word = page.prose.word(name.tokens.start);
        name.role = Some(name.role.take().map_or(word.to_owned(), |role| format!("{role} {word}")));
        name.tokens.start += 1;
    }
    let start = name.tokens.start;
    let is_unsure =
        matches!(name.kind, ActorType::Organisation | ActorType::Group | ActorType::Place)
            && name.tokens.len() <= 3
            && name.tokens.clone().all(|k| {
                let word = page.prose.word(k);
                word.starts_with(char::is_uppercase)
                    && word.chars().skip(1).any(char::is_lowercase)
                    && !KNOWN.organisations.contains(page.low(k))
                    && !KNOWN.outlets.contains(page.low(k))
                    && !KNOWN.states.contains(page.low(k))
                    && !KNOWN.places.contains(page.low(k))
            });
    // "her brother, the surgeon | Nils Holm"
    let group = before(page, noun + 1, sentence.start);
    let opening = group.as_ref().map_or(start, |group| group.start);
    let comma = opening.checked_sub(1).filter(|&k| k >= sentence.start);
    let apposed = comma
        .filter(|&comma| page.tag(comma) == Tag::Comma)
        .and_then(|comma| before(page, comma, sentence.start))
        .filter(|apposed| closes(page, apposed, name.tokens.end, sentence.end));
    if let Some(apposed) = &apposed {
        let low = page.low(apposed.end - 1);
        // "The mayor, Lucian Brand,"; a firm too has an owner and a maker.
        let is_kin = title_gender(low).is_some();
        let names_one = is_kin || name.tokens.len() > 1 && !may_be_firm(low);
        if is_unsure && group.is_none() && names_one {
            name.kind = ActorType::Person;
        }
        if name.kind == ActorType::Person {
            name.gender = title_gender(low).or(name.gender);
        }
    }
    if name.kind != ActorType::Person {
        return;
    }
    for group in [group, apposed].into_iter().flatten() {
        let low = page.low(group.end - 1);
        name.gender = name.gender.or_else(|| title_gender(low));
        // Kin is no role: "the brother" may be another's.
        let is_kin = title_gender(low).is_some() && !KNOWN.titles.contains(low);
        let is_address = matches!(low.trim_end_matches('.'), "mr" | "mrs" | "ms" | "miss" | "sir");
        let is_age = low.ends_with("year-old");
        if name.role.is_none() && !is_kin && !is_address && !is_age {
            let words = page.words(group).split_whitespace().collect::<Vec<_>>().join(" ");
            name.role = Some(words);
        }
    }
    name.gender = name.gender.or_else(|| gender_by_ending(page, &name.tokens));
}

/// Words for a person that are as often said of a firm.
pub(super) fn may_be_firm(low: &str) -> bool {
    matches!(
        low,
        "owner"
            | "maker"
            | "operator"
            | "publisher"
            | "parent"
            | "supplier"
            | "builder"
            | "developer"
            | "employer"
            | "rival"
            | "partner"
            | "producer"
            | "investor"
            | "lender"
            | "shareholder"
            | "sponsor"
            | "donor"
            | "client"
            | "customer"
            | "insurer"
            | "manufacturer"
            | "distributor"
            | "broadcaster"
            | "printer"
            | "contractor"
            | "regulator"
            | "competitor"
            | "tenant"
            | "buyer"
            | "seller"
            | "bidder"
            | "carrier"
            | "neighbour"
            | "neighbor"
            | "backer"
    ) || KNOWN.bodies.contains(low)
}

/// The words for a person that end right before `end`, without article and owner.
fn before(page: &Page, end: usize, from: usize) -> Option<Range<usize>> {
    let noun = end.checked_sub(1).filter(|&k| k >= from)?;
    let is_word = |k: usize| page.prose.tokens[k].kind == TokenKind::Word;
    let names_one = is_word(noun)
        && matches!(page.tag(noun), Tag::Noun | Tag::Name)
        && is_person_noun(page.low(noun))
        && (!page.low(noun).ends_with('s') || page.low(noun).ends_with("ss"));
    if !names_one {
        return None;
    }
    let mut start = noun;
    while start > from
        && noun - start < 5
        && is_word(start - 1)
        && matches!(page.tag(start - 1), Tag::Noun | Tag::Adjective | Tag::Name)
        && !matches!(page.low(start - 1), "former" | "new" | "late" | "old" | "young")
    {
        start -= 1;
    }
    Some(start..end)
}

/// Whether the name after "the captain, …" is all that stands there: a list ("the captain, Marek
/// and Lund") has other names.
fn closes(page: &Page, apposed: &Range<usize>, end: usize, limit: usize) -> bool {
    let opens = apposed.start == 0 || !matches!(page.tag(apposed.start - 1), Tag::And | Tag::Comma);
    let stops = end >= limit
        || matches!(
            page.tag(end),
            Tag::Comma | Tag::Stop | Tag::Quote | Tag::Break | Tag::Relative
        )
        || page.is_finite_at(end);
    opens && stops
}

/// Forenames that the lists do not have, by an ending that nearly always tells.
fn gender_by_ending(page: &Page, tokens: &Range<usize>) -> Option<Gender> {
    if tokens.len() < 2 {
        return None;
    }
    let low = page.low(tokens.start);
    let ends = |endings: &[&str]| endings.iter().any(|ending| low.ends_with(ending));
    if low.len() < 4 {
        None
    } else if ends(&["ina", "ella", "etta", "anna", "ette", "elle", "lyn", "issa", "icia"]) {
        Some(Gender::Female)
    } else if ends(&["slav", "bert", "olf", "ardo", "berto", "ius", "win", "rico", "van"]) {
        Some(Gender::Male)
    } else {
        None
    }
}
