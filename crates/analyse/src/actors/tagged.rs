//! Names as the learned tagger finds them, with the role and gender that the words around tell.
//!
//! ```text
//! U.S. Secretary of State Ana Voss   →   person "Ana Voss", role "U.S. Secretary of State"
//! ```
//!
//! What the rules of [`super::names`] alone see stays where no learned name is: the layout of a
//! transcript ("VOSS:"), groups ("Palestinians"). Not handled: roles further off than the same clause.

use super::names::{self, Name};
use super::words::KNOWN;
use crate::named::lists::Lists;
use crate::named::{self, Kind};
use crate::statements::Page;
use crate::statements::forms;
use crate::statements::tags::{Tag, is_title_case};
use crate::text::{Role, TokenKind};
use onrecord_model::ActorType;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// All names, in order.
pub(super) fn names(page: &Page) -> Vec<Name> {
    let found = joined(page, named::named(page.prose, page.syntax));
    let found = agreed(page, titled(page, found));
    let mut more = names::names(page);
    let found = whole_bodies(page, found, &more);
    let mut names: Vec<Name> = Vec::with_capacity(found.len());
    for name in &found {
        let kind = match name.kind {
            Kind::Person => ActorType::Person,
            Kind::Organisation => ActorType::Organisation,
            Kind::Place => ActorType::Place,
            Kind::Other => continue,
        };
        let before = names.last().map_or(0, |last| last.tokens.end);
        let people = names.iter().rev().find(|name| name.kind == ActorType::Person);
        let last_person = people.map_or(0, |last| last.tokens.end);
        names.push(if kind == ActorType::Person {
            person(page, name.tokens.clone(), before, last_person)
        } else {
            Name { tokens: name.tokens.clone(), kind, gender: None, role: None }
        });
    }
    let is_free = |name: &Name| {
        let after = found.partition_point(|own| own.tokens.end <= name.tokens.start);
        found.get(after).is_none_or(|own| own.tokens.start >= name.tokens.end)
    };
    let is_group = |name: &Name| {
        let after = found.partition_point(|own| own.tokens.end <= name.tokens.start);
        let own = found.get(after);
        name.kind == ActorType::Group
            && own.is_some_and(|own| own.kind == Kind::Other && own.tokens == name.tokens)
    };
    more.retain(|name| is_group(name) || is_free(name) && is_sure(page, name));
    names.extend(more);
    names.sort_by_key(|name| name.tokens.start);
    names
}

/// Whether the rules may name what the tagger does not.
fn is_sure(page: &Page, name: &Name) -> bool {
    match name.kind {
        ActorType::Group => true,
        // "VOSS:", "Director Voss": the layout or a title says so.
        ActorType::Person => {
            name.role.is_some()
                || page.tags.get(name.tokens.end) == Some(&Tag::Colon)
                || name.tokens.len() == 1 && KNOWN.surnames.contains(page.low(name.tokens.start))
        }
        _ => false,
    }
}

/// "Bo “Tide” Rask" is one name; a title is no part of one; "Ana Voss" is nobody's ministry.
fn joined(page: &Page, found: Vec<named::Name>) -> Vec<named::Name> {
    let mut names: Vec<named::Name> = Vec::with_capacity(found.len());
    for mut name in found {
        let is_inside = |last: &named::Name| name.tokens.start < last.tokens.end;
        if let Some(last) = names.last_mut().filter(|last| is_inside(last)) {
            last.tokens.end = last.tokens.end.max(name.tokens.end);
            continue;
        }
        if matches!(name.kind, Kind::Organisation | Kind::Other) && is_full_name(page, &name) {
            name.kind = Kind::Person;
        }
        // "Harbour Ministry Adviser Ana Voss" is a body and its adviser; "Secretary of State for Trade
        // Ana Voss" is no body.
        if let Some(person) = adviser(page, &name) {
            let title = person.tokens.start - 1;
            if title > name.tokens.start && KNOWN.titles.contains(page.low(title)) {
                names.push(named::Name { tokens: name.tokens.start..title, kind: name.kind });
            }
            name = person;
        }
        if name.kind == Kind::Person {
            while name.tokens.len() > 1 && KNOWN.titles.contains(page.low(name.tokens.start)) {
                name.tokens.start += 1;
            }
            let sentence = &page.prose.sentences[page.prose.sentence_of(name.tokens.start)];
            let end = sentence.tokens.end;
            let past = names::past_nickname(page, name.tokens.end.min(end - 1), end);
            if let Some(past) = past.filter(|_| name.tokens.end < end) {
                name.tokens.end = past + 1;
            }
        }
        names.push(name);
    }
    names
}

/// The person at the end of a body's name, after a title.
fn adviser(page: &Page, name: &named::Name) -> Option<named::Name> {
    let tokens = name.tokens.end.checked_sub(2)?..name.tokens.end;
    let person = named::Name { tokens, kind: Kind::Person };
    let title = person.tokens.start.checked_sub(1).filter(|&k| k >= name.tokens.start)?;
    let is_title =
        KNOWN.titles.contains(page.low(title)) && !KNOWN.outlets.contains(page.low(title));
    let sentence = &page.prose.sentences[page.prose.sentence_of(title)];
    let has_office = || office_before(page, person.tokens.start, sentence.tokens.start).is_some();
    let is_person = name.kind == Kind::Organisation && is_full_name(page, &person);
    (is_person && (is_title || has_office())).then_some(person)
}

/// Whether a name is a forename or title and a surname, of which the second is no word for a body.
fn is_full_name(page: &Page, name: &named::Name) -> bool {
    let is_plain = |k: usize| {
        let word = page.prose.word(k);
        word.starts_with(char::is_uppercase)
            && word.chars().all(|c| c.is_alphabetic() || c == '-')
            && word.chars().any(char::is_lowercase)
    };
    let (first, last) = (page.low(name.tokens.start), page.low(name.tokens.end - 1));
    name.tokens.len() == 2
        && name.tokens.clone().all(is_plain)
        && (names::forename_gender(first).is_some() || KNOWN.titles.contains(first))
        && !KNOWN.organisations.contains(last)
        && !KNOWN.outlets.contains(last)
        && !KNOWN.places.contains(last)
        && !forms::is_common(last)
}

/// In a headline with a capital on each word only what is a name elsewhere in the report is one, or
/// a state: "Lorne Weighs Using Crews".
fn titled(page: &Page, found: Vec<named::Name>) -> Vec<named::Name> {
    let is_titled: Vec<bool> = page
        .prose
        .sentences
        .iter()
        .map(|sentence| {
            let is_top = sentence.paragraph == 0
                || page.prose.paragraphs[sentence.paragraph as usize].role == Role::Headline;
            // Agencies' headlines in capitals are read by the tagger.
            let has_small = page.words(sentence.tokens.clone()).contains(char::is_lowercase);
            is_top && has_small && is_title_case(page.prose, sentence.tokens.clone())
        })
        .collect();
    let (titled, mut names): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|name| is_titled[page.prose.sentence_of(name.tokens.start)]);
    let mut known: BTreeMap<&str, Kind> = BTreeMap::new();
    for name in &names {
        known.entry(page.words(name.tokens.clone())).or_insert(name.kind);
        if name.kind == Kind::Person {
            known.entry(page.prose.word(name.tokens.end - 1)).or_insert(name.kind);
        }
    }
    // A list of names is no headline: what begins with a forename stays.
    let is_clear = |name: &named::Name| {
        name.kind == Kind::Person
            && name.tokens.len() < 4
            && names::forename_gender(page.low(name.tokens.start)).is_some()
    };
    let clear: Vec<_> = titled.into_iter().filter(is_clear).collect();
    for sentence in page.prose.sentences.iter().zip(&is_titled).filter(|s| *s.1).map(|s| s.0) {
        let mut k = sentence.tokens.start;
        while k < sentence.tokens.end {
            let last = sentence.tokens.end.min(k + 7);
            let longest =
                (k + 1..=last).rev().find_map(|end| Some((end, *known.get(page.words(k..end))?)));
            let of_list = Lists::known()
                .is_state(page.low(k))
                .then_some((k + 1, Kind::Place))
                .filter(|_| page.prose.word(k).starts_with(char::is_uppercase));
            let own = clear.iter().find(|name| name.tokens.start == k);
            let own = own.map(|name| (name.tokens.end, name.kind));
            let Some((end, kind)) = longest.max(own).or(of_list) else {
                k += 1;
                continue;
            };
            names.push(named::Name { tokens: k..end, kind });
            k = end;
        }
    }
    names.sort_by_key(|name| name.tokens.start);
    names
}

/// One word is not a person here and a place there, unless somebody of that surname is named in full.
fn agreed(page: &Page, mut found: Vec<named::Name>) -> Vec<named::Name> {
    let mut counts: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    let (mut surnames, mut firms) = (BTreeSet::new(), BTreeSet::new());
    for name in &found {
        if name.kind == Kind::Organisation && name.tokens.len() > 1 {
            firms.insert(page.prose.word(name.tokens.start));
        }
        if name.tokens.len() == 1 {
            counts.entry(page.prose.word(name.tokens.start)).or_default()[name.kind as usize] += 1;
        } else if name.kind == Kind::Person {
            surnames.insert(page.prose.word(name.tokens.end - 1));
        }
    }
    for name in found.iter_mut().filter(|name| name.tokens.len() == 1) {
        let word = page.prose.word(name.tokens.start);
        let [people, bodies, places, others] = counts[word];
        let is_mixed = people > 0 && bodies + places + others > 0;
        // "Rask" of Ana Rask, where there is no Rask Lines; a surname that papers give alone.
        let is_surname = surnames.contains(word) && !firms.contains(word);
        let is_known = KNOWN.surnames.contains(page.low(name.tokens.start));
        if name.kind == Kind::Organisation && (is_surname || is_known) {
            name.kind = Kind::Person;
        }
        if !is_mixed {
            continue;
        }
        let is_person = surnames.contains(word) || people > bodies + places + others;
        if is_person && matches!(name.kind, Kind::Organisation | Kind::Place) {
            name.kind = Kind::Person;
        } else if !is_person && name.kind == Kind::Person {
            name.kind = if others > bodies + places {
                Kind::Other
            } else if bodies > places {
                Kind::Organisation
            } else {
                Kind::Place
            };
        }
    }
    found
}

/// "Union of Quay and Crane Workers": one body where the rules see one and the tagger two.
fn whole_bodies(page: &Page, mut found: Vec<named::Name>, rules: &[Name]) -> Vec<named::Name> {
    for body in rules.iter().filter(|name| name.kind == ActorType::Organisation) {
        let inside = |name: &named::Name| {
            body.tokens.start <= name.tokens.start && name.tokens.end <= body.tokens.end
        };
        let (mut has_and, mut count, mut is_all) = (false, 0, true);
        for name in found.iter().filter(|name| inside(name)) {
            count += 1;
            is_all &= name.kind == Kind::Organisation;
            has_and |= name.tokens.end < body.tokens.end && page.low(name.tokens.end) == "and";
        }
        if count == 2 && is_all && has_and {
            found.retain(|name| !inside(name));
            found.push(named::Name { tokens: body.tokens.clone(), kind: Kind::Organisation });
        }
    }
    found.sort_by_key(|name| name.tokens.start);
    found
}

/// A person's name with role and gender; no name before `before` belongs to the role, but for one
/// in a long office, after the last person's name.
fn person(page: &Page, tokens: Range<usize>, before: usize, last_person: usize) -> Name {
    let sentence = page.prose.sentences[page.prose.sentence_of(tokens.start)].tokens.clone();
    let role = role_before(page, tokens.start, sentence.start.max(before))
        .or_else(|| office_before(page, tokens.start, sentence.start.max(last_person)));
    let gender = role
        .clone()
        .and_then(|mut role| role.find_map(|k| names::title_gender(page.low(k))))
        .or_else(|| names::forename_gender(page.low(tokens.start)));
    let role = role
        .map(|role| names::one_line(page, role))
        .filter(|role| {
            !matches!(role.to_lowercase().trim_end_matches('.'), "mr" | "mrs" | "ms" | "miss")
        })
        .or_else(|| names::role_after(page, tokens.end, &sentence));
    Name { tokens, kind: ActorType::Person, gender, role }
}

/// The words of a title before `start`: "Israeli foreign minister", "Secretary of State".
fn role_before(page: &Page, start: usize, first: usize) -> Option<Range<usize>> {
    let is_title = |k: usize| KNOWN.titles.contains(page.low(k));
    // The title stands last, but for its office: "Secretary of State", "Attorney General".
    let mut title = start.checked_sub(1).filter(|&k| k >= first)?;
    while !is_title(title) {
        let low = page.low(title);
        let goes_on = KNOWN.offices.contains(low)
            || matches!(low, "of" | "the" | "elect" | "-" | "general" | "emeritus");
        if !goes_on || title == first || start - title > 5 {
            return None;
        }
        title -= 1;
    }
    let is_low = page.prose.word(title).starts_with(char::is_lowercase);
    if is_low
        && title + 1 == start
        && matches!(page.low(title), "major" | "general" | "chief" | "miss" | "deputy")
    {
        return None;
    }
    let mut from = title;
    while from > first && start - from < 9 {
        let k = from - 1;
        let is_word = page.prose.tokens[k].kind == TokenKind::Word;
        let is_noun = matches!(page.tag(k), Tag::Noun | Tag::Adjective | Tag::Name);
        let belongs = is_word && (is_noun || is_title(k))
            || k > first
                && matches!(page.low(k), "'s" | "’s")
                && matches!(page.tag(k - 1), Tag::Name | Tag::Noun);
        if !belongs {
            break;
        }
        from = k;
    }
    Some(from..start)
}

/// A title with a long office before `start`: "Deputy Minister of Ports for Northern Waters".
fn office_before(page: &Page, start: usize, first: usize) -> Option<Range<usize>> {
    let is_capital = |k: usize| page.prose.word(k).starts_with(char::is_uppercase);
    let is_title = |k: usize| is_capital(k) && KNOWN.titles.contains(page.low(k));
    let is_link = |k: usize| matches!(page.low(k), "of" | "for" | "and" | "the");
    let mut title = start.checked_sub(1).filter(|&k| k >= first && is_capital(k))?;
    while !is_title(title) || !matches!(page.low(title + 1), "of" | "for") {
        if title == first || start - title > 8 || !(is_capital(title) || is_link(title)) {
            return None;
        }
        title -= 1;
    }
    let is_rank = |k: usize| {
        is_title(k)
            || is_capital(k)
                && matches!(page.low(k), "assistant" | "associate" | "acting" | "permanent")
    };
    let mut from = title;
    while from > first && start - from < 10 && is_rank(from - 1) {
        from -= 1;
    }
    Some(from..start)
}
