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
use crate::named::{self, Kind};
use crate::statements::Page;
use crate::statements::tags::Tag;
use crate::text::TokenKind;
use onrecord_model::ActorType;
use std::ops::Range;

/// All names, in order.
pub(super) fn names(page: &Page) -> Vec<Name> {
    let found = joined(page, named::named(page.prose, page.syntax));
    let mut names: Vec<Name> = Vec::with_capacity(found.len());
    for name in &found {
        let kind = match name.kind {
            Kind::Person => ActorType::Person,
            Kind::Organisation => ActorType::Organisation,
            Kind::Place => ActorType::Place,
            Kind::Other => continue,
        };
        let before = names.last().map_or(0, |last| last.tokens.end);
        names.push(if kind == ActorType::Person {
            person(page, name.tokens.clone(), before)
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
    let mut more = names::names(page);
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
            name.role.is_some() || page.tags.get(name.tokens.end) == Some(&Tag::Colon)
        }
        _ => false,
    }
}

/// "Bo “Tide” Rask" is one name; a title is no part of one.
fn joined(page: &Page, found: Vec<named::Name>) -> Vec<named::Name> {
    let mut names: Vec<named::Name> = Vec::with_capacity(found.len());
    for mut name in found {
        if name.kind == Kind::Person {
            while name.tokens.len() > 1 && KNOWN.titles.contains(page.low(name.tokens.start)) {
                name.tokens.start += 1;
            }
            let past = names.last().and_then(|last| {
                names::past_nickname(page, last.tokens.end, name.tokens.end)
                    .filter(|&past| last.kind == Kind::Person && past == name.tokens.start)
            });
            if let (Some(_), Some(last)) = (past, names.last_mut()) {
                last.tokens.end = name.tokens.end;
                continue;
            }
        }
        names.push(name);
    }
    names
}

/// A person's name with role and gender; no name before `before` belongs to the role.
fn person(page: &Page, tokens: Range<usize>, before: usize) -> Name {
    let sentence = page.prose.sentences[page.prose.sentence_of(tokens.start)].tokens.clone();
    let role = role_before(page, tokens.start, sentence.start.max(before));
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
    if is_low && title + 1 == start && matches!(page.low(title), "major" | "general" | "chief" | "miss" | "deputy") {
        return None;
    }
    let mut from = title;
    while from > first && start - from < 9 {
        let k = from - 1;
        let is_word = page.prose.tokens[k].kind == TokenKind::Word;
        let belongs = is_word && matches!(page.tag(k), Tag::Noun | Tag::Adjective | Tag::Name)
            || is_word && is_title(k)
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
