//! Names by rules: runs of capitalised words, cut where a title ends, with their type.
//!
//! ```text
//! U.S. Secretary of State Ana Voss   →   role "U.S. Secretary of State", person "Ana Voss"
//! the Ministry of Health             →   organisation "Ministry of Health"
//! ```

use super::nouns::is_person_noun;
use super::words::KNOWN;
use crate::statements::Page;
use crate::statements::forms::{is_common, is_listed};
use crate::statements::tags::{Tag, is_title_case};
use crate::text::{Role, TokenKind};
use onrecord_model::ActorType;
use std::ops::Range;

/// The gender that pronouns for a person go with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gender {
    Male,
    Female,
}

/// One mention of a name.
#[derive(Debug, Clone)]
pub(super) struct Name {
    pub(super) tokens: Range<usize>,
    pub(super) kind: ActorType,
    pub(super) gender: Option<Gender>,
    pub(super) role: Option<String>,
}

/// All names, in order.
pub(super) fn names(page: &Page) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for sentence in &page.prose.sentences {
        let mut k = sentence.tokens.start;
        while k < sentence.tokens.end {
            if !begins(page, k) {
                k += 1;
                continue;
            }
            let end = run_end(page, k, sentence.tokens.end);
            names.extend(name(page, k..end, &sentence.tokens));
            k = end.max(k + 1);
        }
    }
    cut_titles(page, &mut names);
    single_words(page, &mut names);
    names
}

/// In a headline written in capitals a run of names may hold anything: it is cut to what is a name
/// elsewhere in the report, or begins with a forename.
fn cut_titles(page: &Page, names: &mut Vec<Name>) {
    use std::collections::BTreeMap;
    let is_titled = |name: &Name| {
        let sentence = &page.prose.sentences[page.prose.sentence_of(name.tokens.start)];
        is_title_case(page.prose, sentence.tokens.clone())
    };
    let (titled, plain): (Vec<Name>, Vec<Name>) =
        std::mem::take(names).into_iter().partition(is_titled);
    let mut known: BTreeMap<&str, &Name> = BTreeMap::new();
    for name in &plain {
        known.entry(page.words(name.tokens.clone())).or_insert(name);
        if name.kind == ActorType::Person {
            known.entry(page.prose.word(name.tokens.end - 1)).or_insert(name);
        }
    }
    let mut cut: Vec<Name> = Vec::new();
    for name in titled {
        let mut k = name.tokens.start;
        let mut is_found = false;
        while k < name.tokens.end {
            let longest = (k + 1..=name.tokens.end)
                .rev()
                .find_map(|end| Some((end, known.get(page.words(k..end))?)));
            let Some((end, same)) = longest else {
                k += 1;
                continue;
            };
            let role = (k == name.tokens.start).then(|| name.role.clone()).flatten();
            cut.push(Name { tokens: k..end, kind: same.kind, gender: same.gender, role });
            is_found = true;
            k = end;
        }
        let first = page.low(name.tokens.start);
        if !is_found
            && name.tokens.len() <= 3
            && (forename_gender(first).is_some() || KNOWN.states.contains(first))
        {
            cut.push(name);
        }
    }
    names.extend(plain);
    names.extend(cut);
    names.sort_by_key(|name| name.tokens.start);
}

fn begins(page: &Page, k: usize) -> bool {
    page.tag(k) == Tag::Name && page.prose.word(k).len() > 1
}

fn is_capital(page: &Page, k: usize) -> bool {
    page.prose.tokens[k].kind == TokenKind::Word
        && page.prose.word(k).starts_with(char::is_uppercase)
}

/// One past the run of capitalised words that starts at `k`: "Ministry of Health", "Smith & Sons".
fn run_end(page: &Page, k: usize, end: usize) -> usize {
    let mut j = k + 1;
    while j < end {
        if page.tag(j) == Tag::Name {
            j += 1;
            continue;
        }
        if let Some(past) = past_nickname(page, j, end) {
            j = past;
            continue;
        }
        let joins = match page.low(j) {
            "of" | "for" => {
                is_body_word(page, j - 1)
                    || page.low(j) == "of" && KNOWN.titles.contains(page.low(j - 1))
            }
            // "Union of Quay and Crane Workers"
            "and" => {
                (k..j - 1).any(|i| page.low(i) == "of" && is_body_word(page, i - 1))
                    && j + 2 <= end
                    && !is_body_word(page, j + 1)
                    && page.relation(j + 1) != "nsubj"
            }
            "de" | "la" | "van" | "von" | "bin" | "al" | "el" | "der" | "den" | "ben" | "del"
            | "da" | "di" => true,
            "&" => true,
            _ => false,
        };
        let over =
            if page.low(j) == "of" && j + 1 < end && page.low(j + 1) == "the" { 2 } else { 1 };
        if joins && j + over < end && page.tag(j + over) == Tag::Name {
            j += over + 1;
            continue;
        }
        break;
    }
    j
}

/// "Bo “Tide” Rask": one past the nickname whose opening mark is `j`, if a name goes on there.
pub(super) fn past_nickname(page: &Page, j: usize, end: usize) -> Option<usize> {
    let is_mark = |k: usize| page.prose.tokens[k].kind == TokenKind::Quote;
    if !is_mark(j) || page.low(j).starts_with(['\'', '’']) && page.prose.tokens[j].is_glued {
        return None;
    }
    let close = (j + 2..end.min(j + 5)).find(|&k| is_mark(k))?;
    let is_name = (j + 1..close).all(|k| is_capital(page, k)) && close + 1 < end;
    (is_name && page.tag(close + 1) == Tag::Name).then_some(close + 1)
}

fn is_body_word(page: &Page, k: usize) -> bool {
    KNOWN.organisations.contains(page.low(k))
}

fn name(page: &Page, run: Range<usize>, sentence: &Range<usize>) -> Option<Name> {
    let mut start = run.start;
    let mut role = None;
    let last_title = run.clone().rev().find(|&k| k + 1 < run.end && is_title(page, k));
    let has_body = run.clone().any(|k| is_body_word(page, k));
    if let Some(title) = last_title {
        let mut after = title + 1;
        if after < run.end && page.low(after) == "of" {
            after += 1;
            if page.low(after) == "the" {
                after += 1;
            }
            while after < run.end && KNOWN.offices.contains(page.low(after)) {
                after += 1;
            }
        }
        while after < run.end && matches!(page.low(after), "elect" | "-" | "general") {
            after += 1;
        }
        let body_after = (after..run.end).any(|k| is_body_word(page, k));
        if after < run.end && !body_after {
            start = after;
            role = Some(run.start..after);
        }
    }
    // "Prime Minister", where "Prime" opens the sentence.
    if let Some(own) = &mut role {
        while own.start > sentence.start
            && is_capital(page, own.start - 1)
            && matches!(
                page.low(own.start - 1),
                "prime"
                    | "vice"
                    | "deputy"
                    | "foreign"
                    | "assistant"
                    | "associate"
                    | "chief"
                    | "attorney"
                    | "first"
                    | "acting"
            )
        {
            own.start -= 1;
        }
    }
    let tokens = start..run.end;
    // Titles in small letters before: "spokesman Bo Rask", "Russian foreign minister Bo Rask".
    let mut before = run.start;
    while before > sentence.start
        && (matches!(page.tag(before - 1), Tag::Noun | Tag::Adjective)
            && page.prose.tokens[before - 1].kind == TokenKind::Word)
        && run.start - before < 5
    {
        before -= 1;
    }
    let has_low_title = before < run.start
        && KNOWN.titles.contains(page.low(run.start - 1))
        && !matches!(
            page.low(run.start - 1),
            "major" | "general" | "chief" | "sir" | "miss" | "deputy"
        )
        && !is_demonym(first_of(page, &tokens));
    if has_low_title {
        while before > sentence.start && matches!(page.tag(before - 1), Tag::Name)
            || before > sentence.start + 1
                && matches!(page.low(before - 1), "'s" | "’s")
                && page.tag(before - 2) == Tag::Name
        {
            before -= 1;
        }
        role = Some(before..role.map_or(run.start, |r| r.end));
    }
    let first = first_of(page, &tokens);
    let words: Vec<usize> =
        tokens.clone().filter(|&k| page.prose.tokens[k].kind == TokenKind::Word).collect();
    let is_state = words.len() == 1
        && (KNOWN.states.contains(first) || KNOWN.towns.contains(first))
        || (2..=4).contains(&words.len())
            && KNOWN.regions.contains(
                words.iter().map(|&k| page.low(k)).collect::<Vec<_>>().join("_").as_str(),
            );
    // "Special Operations Bo Rask": a forename opens the name, what stands before is a role.
    let forename = (start + 1..run.end.saturating_sub(1)).find(|&k| {
        forename_gender(page.low(k)).is_some()
            && is_capital(page, k)
            && forename_gender(first).is_none()
    });
    if let Some(forename) = forename
        && run.end - forename <= 3
        && !has_body
    {
        return Some(Name {
            tokens: forename..run.end,
            kind: ActorType::Person,
            gender: forename_gender(page.low(forename)),
            role: Some(one_line(page, role.map_or(start, |r| r.start)..forename)),
        });
    }
    let is_named_place = words.len() >= 2
        && (KNOWN.places.contains(page.low(run.end - 1)) || KNOWN.place_openers.contains(first))
        && !has_body
        && role.is_none()
        && forename_gender(first).is_none();
    // "the White Hall": people do not take an article.
    let has_article = run.start > sentence.start
        && page.low(run.start - 1) == "the"
        && role.is_none()
        && forename_gender(first).is_none();
    let is_before_body = run.end < sentence.end
        && matches!(
            page.low(run.end),
            "administration"
                | "campaign"
                | "presidency"
                | "supporters"
                | "aides"
                | "supporter"
                | "aide"
        );
    let is_acronym = words.len() == 1 && {
        let word = page.prose.word(tokens.start);
        (2..=6).contains(&word.len())
            && word.chars().all(|c| c.is_uppercase() || c == '.' || c.is_ascii_digit())
    };
    let gender_of_title =
        role.clone().and_then(|role| role.clone().find_map(|k| title_gender(page.low(k))));
    let gender = gender_of_title.or_else(|| forename_gender(first));
    let follows_age = tokens.end + 1 < sentence.end
        && page.tag(tokens.end) == Tag::Comma
        && page.tag(tokens.end + 1) == Tag::Number
        && page.prose.word(tokens.end + 1).len() == 2
        && tokens.end + 2 < sentence.end
        && matches!(page.tag(tokens.end + 2), Tag::Comma | Tag::Stop);
    let kind = if is_state || is_named_place {
        ActorType::Place
    } else if has_article && words.len() >= 2 {
        ActorType::Organisation
    } else if words.len() == 1 && is_before_body && !is_acronym
        || role.is_some() && (!has_body || has_low_title)
    {
        ActorType::Person
    } else if has_body && !(tokens.len() == 2 && forename_gender(first).is_some()) || is_acronym {
        ActorType::Organisation
    } else if words.len() >= 2
        && (forename_gender(first).is_some()
            || follows_age
            || tokens.clone().any(|k| page.prose.tokens[k].kind == TokenKind::Quote))
    {
        ActorType::Person
    } else if words.len() >= 2
        && words.len() <= 4
        && words.iter().all(|&k| {
            is_capital(page, k) || matches!(page.low(k), "de" | "la" | "van" | "von" | "bin" | "al")
        })
        && words.iter().all(|&k| page.prose.word(k).len() > 1)
        && (follows_age
            || !words.iter().any(|&k| match page.pos(k) {
                "NNP" => is_listed(page.low(k)),
                _ => is_common(page.low(k)),
            }))
        && !words.iter().any(|&k| KNOWN.states.contains(page.low(k)) || is_demonym(page.low(k)))
    {
        // Two or three capitalised words that are nothing else: a person, if a place's
        // preposition does not stand before them.
        if after_place(page, tokens.start, sentence) { ActorType::Place } else { ActorType::Person }
    } else if words.len() == 1 && KNOWN.surnames.contains(first) {
        ActorType::Person
    } else if words.len() == 1 {
        ActorType::Group
    } else {
        ActorType::Organisation
    };
    let is_role_only = role.is_none()
        && words
            .iter()
            .any(|&k| KNOWN.titles.contains(page.low(k)) || KNOWN.offices.contains(page.low(k)))
        && words.iter().all(|&k| {
            KNOWN.titles.contains(page.low(k))
                || words.len() > 1 && KNOWN.states.contains(page.low(k))
                || KNOWN.offices.contains(page.low(k))
                || matches!(
                    page.low(k),
                    "prime"
                        | "vice"
                        | "of"
                        | "general"
                        | "attorney"
                        | "former"
                        | "supreme"
                        | "crown"
                        | "first"
                        | "deputy"
                        | "assistant"
                        | "chief"
                        | "foreign"
                )
                || words.len() > 1 && is_demonym(page.low(k))
        });
    let is_people = words.len() == 1
        && (is_people(first)
            || page.pos(tokens.start) == "NNPS" && first.ends_with('s') && !is_acronym);
    let kind = if is_people { ActorType::Group } else { kind };
    if is_role_only || words.is_empty() {
        return None;
    }
    let role = role.map(|role| one_line(page, role)).filter(|role| {
        !matches!(role.to_lowercase().trim_end_matches('.'), "mr" | "mrs" | "ms" | "miss")
    });
    let role = role.or_else(|| {
        (kind == ActorType::Person).then(|| role_after(page, tokens.end, sentence)).flatten()
    });
    let gender = if kind == ActorType::Person { gender } else { None };
    Some(Name { tokens, kind, gender, role })
}

fn first_of<'a>(page: &Page<'a, '_>, tokens: &Range<usize>) -> &'a str {
    page.low(tokens.start)
}

/// The words of `range` with single spaces.
pub(super) fn one_line(page: &Page, range: Range<usize>) -> String {
    page.words(range).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// ", the port's director," after a name.
pub(super) fn role_after(page: &Page, at: usize, sentence: &Range<usize>) -> Option<String> {
    if at >= sentence.end || page.tag(at) != Tag::Comma {
        return None;
    }
    let mut from = at + 1;
    if from < sentence.end
        && page.tag(from) == Tag::Number
        && from + 1 < sentence.end
        && page.tag(from + 1) == Tag::Comma
    {
        from += 2;
    }
    let limit = (from + 14).min(sentence.end);
    let mut group = page.long_group(from, limit)?;
    // "the head of the dockers' union"
    while group.end + 1 < limit
        && matches!(page.low(group.end), "'" | "’")
        && page.prose.word(group.end - 1).ends_with('s')
        && page.tag(group.end + 1) == Tag::Noun
        && let Some(owned) = page.long_group(group.end + 1, limit)
    {
        group.end = owned.end;
    }
    let stop = group
        .clone()
        .find(|&k| matches!(page.tag(k), Tag::Comma | Tag::Relative))
        .unwrap_or(group.end);
    let group = group.start..stop;
    let has_title = group.clone().any(|k| {
        KNOWN.titles.contains(page.low(k))
            || KNOWN.people.contains(page.low(k))
            || KNOWN.sources.contains(page.low(k))
    });
    // "the harbour master,", "a retired welder who": whoever he is, and not "the paper said".
    let is_described = || {
        let of = |k: &usize| page.tag(*k) != Tag::Prep;
        let head = group.clone().take_while(of).filter(|&k| page.tag(k) == Tag::Noun).last();
        let opens = matches!(page.low(group.start), "a" | "an" | "the");
        let closes = stop >= sentence.end
            || matches!(
                page.tag(stop),
                Tag::Comma | Tag::Relative | Tag::Stop | Tag::Quote | Tag::Break
            );
        let is_one = |head: usize| is_person_noun(page.low(head)) && !page.low(head).ends_with('s');
        opens && closes && head.is_some_and(is_one)
    };
    ((has_title || is_described()) && !group.is_empty())
        .then(|| page.words(group.clone()).split_whitespace().collect::<Vec<_>>().join(" "))
}

fn is_title(page: &Page, k: usize) -> bool {
    KNOWN.titles.contains(page.low(k))
}

pub(super) fn title_gender(low: &str) -> Option<Gender> {
    if KNOWN.male.contains(low) {
        Some(Gender::Male)
    } else if KNOWN.female.contains(low) {
        Some(Gender::Female)
    } else {
        None
    }
}

pub(super) fn forename_gender(low: &str) -> Option<Gender> {
    if KNOWN.male_names.contains(low) {
        Some(Gender::Male)
    } else if KNOWN.female_names.contains(low) {
        Some(Gender::Female)
    } else {
        None
    }
}

/// "Israeli", "Russian", "American", "Chinese": adjectives of places, which name no one.
pub(super) fn is_demonym(low: &str) -> bool {
    matches!(
        low,
        "democratic" | "islamic" | "catholic" | "muslim" | "arab" | "greek" | "dutch" | "french"
    ) || low.len() > 4
        && (low.ends_with("ian")
            || low.ends_with("ean")
            || low.ends_with("ese")
            || low.ends_with("ish")
            || low.ends_with("can")
            || low.ends_with("raeli")
            || low.ends_with("raqi")
            || low.ends_with("yrian"))
}

/// "Israelis", "Palestinians".
fn is_people(low: &str) -> bool {
    matches!(low, "democrats" | "conservatives" | "liberals" | "tories" | "dems")
        || low
            .strip_suffix('s')
            .is_some_and(|one| is_demonym(one) || one.ends_with("ans") || one == "gazan")
}

fn after_place(page: &Page, start: usize, sentence: &Range<usize>) -> bool {
    start > sentence.start
        && matches!(page.low(start - 1), "in" | "near" | "outside" | "across" | "at")
}

/// Single words wait for the whole report: a surname of someone named in full is that person; one
/// that mostly follows "in" is a place; others are bodies.
fn single_words(page: &Page, names: &mut Vec<Name>) {
    use std::collections::{BTreeMap, BTreeSet};
    let mut surnames: BTreeMap<&str, Option<Gender>> = BTreeMap::new();
    for name in names.iter().filter(|name| name.kind == ActorType::Person) {
        let last = page.prose.word(name.tokens.end - 1);
        surnames.entry(last).or_insert(name.gender);
        if name.tokens.len() >= 2 && forename_gender(page.low(name.tokens.start)).is_some() {
            surnames.entry(page.prose.word(name.tokens.start)).or_insert(name.gender);
        }
    }
    let mut places: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for name in names.iter().filter(|name| name.kind == ActorType::Group) {
        let k = name.tokens.start;
        let sentence = &page.prose.sentences[page.prose.sentence_of(k)].tokens;
        let count = places.entry(page.prose.word(k)).or_default();
        let before = if k > sentence.start { page.low(k - 1) } else { "" };
        let is_placed = matches!(
            before,
            "from"
                | "into"
                | "around"
                | "toward"
                | "towards"
                | "southern"
                | "northern"
                | "eastern"
                | "western"
                | "central"
                | "downtown"
        );
        count.0 += usize::from(after_place(page, k, sentence) || is_placed);
        count.1 +=
            usize::from(name.tokens.end < sentence.end && page.is_finite_at(name.tokens.end));
    }
    // "VOSS:" in a transcript.
    for name in names.iter_mut().filter(|name| name.kind == ActorType::Organisation) {
        let word = page.prose.word(name.tokens.start);
        let is_shouted =
            name.tokens.len() == 1 && word.len() > 3 && word.chars().all(char::is_uppercase);
        let labels = page.tags.get(name.tokens.end) == Some(&Tag::Colon);
        if is_shouted
            && (labels || surnames.keys().any(|surname| surname.eq_ignore_ascii_case(word)))
        {
            name.kind = ActorType::Person;
        }
    }
    // A word whose only capitals open sentences is no name.
    let opens = |name: &Name| {
        let k = name.tokens.start;
        let sentence = &page.prose.sentences[page.prose.sentence_of(k)];
        k == sentence.tokens.start
            || page.prose.tokens[k - 1].kind == TokenKind::Quote
            || page.prose.paragraphs[sentence.paragraph as usize].role == Role::Headline
    };
    let inner: BTreeSet<&str> = names
        .iter()
        .filter(|name| name.kind == ActorType::Group && !opens(name))
        .map(|name| page.prose.word(name.tokens.start))
        .collect();
    names.retain(|name| {
        let word = page.prose.word(name.tokens.start);
        let is_adjective = is_demonym(page.low(name.tokens.start)) && !surnames.contains_key(word);
        let is_verb = page.pos(name.tokens.start).starts_with(['V', 'R', 'M', 'I']);
        name.kind != ActorType::Group
            || !is_adjective && !is_verb && inner.contains(word)
            || surnames.contains_key(word)
            || is_people(page.low(name.tokens.start))
            || forename_gender(page.low(name.tokens.start)).is_some()
    });
    // "Twitter, the favourite of the president": no role of its own.
    let is_platform =
        |low: &str| matches!(low, "twitter" | "facebook" | "instagram" | "youtube" | "google");
    let mut roled: BTreeSet<&str> = BTreeSet::new();
    for name in names.iter_mut().filter(|name| name.kind == ActorType::Group) {
        let word = page.prose.word(name.tokens.start);
        let (placed, spoken) = places[word];
        if is_people(page.low(name.tokens.start)) || page.pos(name.tokens.start) == "NNPS" {
            continue;
        }
        let the = name.tokens.start > 0 && page.low(name.tokens.start - 1) == "the";
        let sentence =
            page.prose.sentences[page.prose.sentence_of(name.tokens.start)].tokens.clone();
        let role = role_after(page, name.tokens.end, &sentence);
        name.kind = if surnames.contains_key(word) {
            ActorType::Person
        } else if role.is_some()
            && !the
            && !KNOWN.outlets.contains(page.low(name.tokens.start))
            && !is_platform(page.low(name.tokens.start))
        {
            roled.insert(word);
            name.role = role;
            ActorType::Person
        } else if forename_gender(page.low(name.tokens.start)).is_some() {
            name.gender = forename_gender(page.low(name.tokens.start));
            ActorType::Person
        } else if placed > spoken && !the {
            ActorType::Place
        } else {
            ActorType::Organisation
        };
    }
    for name in names.iter_mut().filter(|name| name.tokens.len() == 1) {
        if roled.contains(page.prose.word(name.tokens.start)) {
            name.kind = ActorType::Person;
        }
    }
}
