//! Pronouns, resolved to who was spoken of or spoke before.
//!
//! ```text
//! "she"                              →  the woman who spoke or was named last
//! the minister, "who" warned …       →  the minister
//! ```
//!
//! By closeness, subject before object, and gender. Not handled: a pronoun before its name.

use super::names::{Gender, title_gender};
use super::nouns::is_person_noun;
use super::sources::main_noun;
use super::words::KNOWN;
use super::{Cast, Member};
use crate::statements::Page;
use crate::statements::tags::Tag;
use onrecord_model::ActorType;
use std::ops::Range;

impl Cast {
    /// The one that "who" stands for.
    pub(super) fn antecedent(&mut self, page: &Page, at: usize) -> Option<usize> {
        let stretch = page.stretch(at);
        // The parse: the noun that the relative clause hangs on.
        let noun = page
            .governor(at)
            .filter(|&verb| page.relation(verb) == "acl:relcl")
            .and_then(|verb| page.governor(verb))
            .filter(|&noun| noun < at && at - noun < 12 && stretch.contains(&noun));
        if let Some(noun) = noun {
            let near = noun.saturating_sub(4)..noun + 1;
            let holds = self.mentions_in(&near).filter(|&(_, end, _)| noun < end).last();
            if page.low(at) == "which"
                && holds.is_some_and(|(.., number)| self.people[number].kind == ActorType::Person)
            {
                return None;
            }
            if let Some((.., number)) = holds
                && (page.low(at) != "who" || self.people[number].kind == ActorType::Person)
            {
                return Some(number);
            }
            let mut start = noun;
            while start > stretch.start
                && page.governor(start - 1) == Some(noun)
                && matches!(page.relation(start - 1), "det" | "amod" | "compound" | "nummod")
            {
                start -= 1;
            }
            if page.pos(noun).starts_with("NN") && holds.is_none() {
                let whole = page.subject_before(at, &stretch).filter(|group| group.contains(&noun));
                if let Some(whole) = whole
                    && whole.start <= start
                    && main_noun(page, &whole) == Some(noun)
                {
                    start = whole.start;
                    return self.resolve(page, start..whole.end, true);
                }
                return self.resolve(page, start..noun + 1, true);
            }
        }
        let mut end = at;
        while end > stretch.start && matches!(page.tag(end - 1), Tag::Comma | Tag::Prep) {
            end -= 1;
        }
        let group = page.subject_before(end, &stretch)?;
        if group.len() == 1 && page.tag(group.start) == Tag::Relative {
            return None;
        }
        self.resolve(page, group, true)
    }

    /// The one that a pronoun stands for.
    pub(super) fn pronoun(&mut self, page: &Page, at: usize) -> Option<usize> {
        let low = page.low(at);
        let sentence = page.prose.sentence_of(at);
        if matches!(low, "i" | "we" | "my" | "our" | "me" | "us") {
            // In a report's own words "I" is its writer, who is none of those named.
            let is_said = self.is_transcript || page.quotes.is_quoted(at);
            return self.last_speaker.filter(|_| is_said).map(|(number, _)| number);
        }
        let gender = match low {
            "he" | "him" | "his" | "himself" => Some(Gender::Male),
            "she" | "her" | "herself" => Some(Gender::Female),
            _ => None,
        };
        let is_plural = matches!(low, "they" | "their" | "them" | "themselves");
        let is_thing = matches!(low, "it" | "its" | "itself");
        if gender.is_none() && !is_plural && !is_thing {
            return None;
        }
        let fits = |member: &Member| match gender {
            Some(gender) => {
                member.kind == ActorType::Person
                    && member.gender.is_none_or(|known| known == gender)
                    || member.kind == ActorType::Anonymous
                        && !is_many(&member.name)
                        && member.gender.is_none_or(|known| known == gender)
            }
            None if is_thing => {
                matches!(member.kind, ActorType::Organisation | ActorType::Document)
            }
            None => {
                matches!(member.kind, ActorType::Group | ActorType::Organisation)
                    || member.kind == ActorType::Anonymous && is_many(&member.name)
            }
        };
        let is_quoted = page.quotes.is_quoted(at);
        // "“He left,” Voss said": another than Voss. "Voss told him": so too; but "his crew" is
        // that of Voss.
        let is_owner = page.tag(at) == Tag::Possessive;
        let said_by = self.last_speaker.filter(|_| is_quoted && gender.is_some());
        let speaking = self.speaking.filter(|_| !is_owner && !low.ends_with("self"));
        let excluded = [said_by.map(|(number, _)| number), speaking];
        let mut best: Option<(i64, usize)> = None;
        let mut consider = |score: i64, number: usize| {
            let is_excluded = excluded.contains(&Some(number));
            if !is_excluded && best.is_none_or(|(known, _)| score > known) {
                best = Some((score, number));
            }
        };
        let before = self.mentions.partition_point(|&(start, ..)| start < at);
        for (rank, &(start, _, number)) in self.mentions[..before].iter().rev().enumerate().take(40)
        {
            let member = &self.people[number];
            if !fits(member) {
                continue;
            }
            let place = Place::of(page, start, at);
            let is_owner =
                page.prose.tokens.len() > start + 1 && matches!(page.low(start + 1), "'s" | "’s");
            let score = place.score()
                - rank as i64
                - if is_owner { 4 } else { 0 }
                - if is_plural && member.kind == ActorType::Organisation { 25 } else { 0 }
                + if gender.is_some() && member.gender == gender { 10 } else { 0 };
            consider(score, number);
        }
        if let Some((number, spoke)) = self.last_speaker
            && fits(&self.people[number])
        {
            let back = sentence.saturating_sub(spoke) as i64;
            let paragraph = |sentence: usize| i64::from(page.prose.sentences[sentence].paragraph);
            let apart = paragraph(sentence) - paragraph(spoke.min(sentence));
            consider(112 - 6 * back - 3 * apart, number);
        }
        if let Some(number) = self.speaking
            && is_owner
            && fits(&self.people[number])
        {
            consider(130, number);
        }
        let unnamed = unnamed(page, at, low);
        if let Some((score, group)) = unnamed
            && best.is_none_or(|(known, _)| score > known)
            // "The captain, Josip Marek, …", "The head of the board, Ana Voss, …": named.
            && !self.mentions_in(&(group.end..group.end + 6)).any(|(start, ..)| {
                page.tag(start - 1) == Tag::Comma
            })
            && let Some(number) = self.resolve(page, group, false)
            && !excluded.contains(&Some(number))
        {
            let member = &mut self.people[number];
            if gender.is_none() || member.gender.is_none_or(|known| Some(known) == gender) {
                member.gender = member.gender.or(gender);
                return Some(number);
            }
        }
        let (_, number) = best?;
        if let Some(gender) = gender
            && self.people[number].kind == ActorType::Person
        {
            self.people[number].gender.get_or_insert(gender);
        }
        Some(number)
    }
}

/// Where an antecedent stands, seen from its pronoun.
struct Place {
    sentences: i64,
    paragraphs: i64,
    is_subject: bool,
    is_object: bool,
    is_otherwise_quoted: bool,
}

impl Place {
    fn of(page: &Page, start: usize, at: usize) -> Self {
        let (here, there) = (page.prose.sentence_of(at), page.prose.sentence_of(start));
        let paragraph = |sentence: usize| i64::from(page.prose.sentences[sentence].paragraph);
        let first = page.prose.sentences[there].tokens.start;
        let last = (start..page.tags.len()).take_while(|&k| page.tag(k) == Tag::Name).last();
        let last = last.unwrap_or(start);
        let relation = page.relation(last);
        Self {
            sentences: (here - there) as i64,
            paragraphs: paragraph(here) - paragraph(there),
            is_subject: start < first + 4 && relation != "compound"
                || matches!(relation, "nsubj" | "nsubjpass")
                    && page.governor(last).is_some_and(|verb| page.governor(verb).is_none()),
            is_object: start > 0 && page.tag(start - 1) == Tag::Prep,
            is_otherwise_quoted: page.quotes.is_quoted(start) != page.quotes.is_quoted(at),
        }
    }

    fn score(&self) -> i64 {
        100 - 12 * self.sentences - 10 * self.paragraphs + if self.is_subject { 14 } else { 0 }
            - if self.is_object { 8 } else { 0 }
            - if self.is_otherwise_quoted { 60 } else { 0 }
    }
}

/// The latest subject without a name that the pronoun `low` can stand for: "The islanders wrote.
/// They …", "Her son disagrees. He …".
fn unnamed(page: &Page, at: usize, low: &str) -> Option<(i64, Range<usize>)> {
    let here = page.prose.sentence_of(at);
    let gender = match low {
        "he" | "him" | "his" => Some(Gender::Male),
        "she" | "her" => Some(Gender::Female),
        _ => None,
    };
    let fits = |noun: usize| {
        let low_noun = page.low(noun);
        let is_plural = page.pos(noun) == "NNS" || matches!(low_noun, "people" | "police");
        match low {
            "he" | "him" | "his" | "she" | "her" => {
                let own = title_gender(low_noun);
                is_person_noun(low_noun) && !is_plural && own.is_none_or(|own| Some(own) == gender)
            }
            "they" | "them" | "their" => {
                is_plural && is_person_noun(low_noun) || low_noun == "police"
            }
            _ => {
                !is_plural
                    && (KNOWN.bodies.contains(low_noun) || KNOWN.documents.contains(low_noun))
            }
        }
    };
    for sentence in (here.saturating_sub(3)..=here).rev() {
        let tokens = page.prose.sentences[sentence].tokens.clone();
        let found = tokens.clone().take_while(|&k| k < at).find_map(|noun| {
            let leads = noun + 1 < tokens.end
                && noun < tokens.start + 5
                && (page.is_finite_at(noun + 1) || page.pos(noun + 1).starts_with("VB"));
            let is_subject = page.tag(noun) == Tag::Noun
                && page.pos(noun).starts_with("NN")
                && (leads || matches!(page.relation(noun), "nsubj" | "nsubjpass"))
                && page.quotes.is_quoted(noun) == page.quotes.is_quoted(at)
                && fits(noun);
            let group = is_subject.then(|| group_of(page, noun))??;
            Some((Place::of(page, group.start, at), group))
        });
        if let Some((place, group)) = found {
            return Some((place.score() - 2, group));
        }
    }
    None
}

/// The noun group of a subject, if it is a certain one: "the islanders", "her son", "four men".
fn group_of(page: &Page, noun: usize) -> Option<Range<usize>> {
    let sentence = &page.prose.sentences[page.prose.sentence_of(noun)].tokens;
    let mut start = noun;
    while start > sentence.start
        && (matches!(page.tag(start - 1), Tag::Noun | Tag::Adjective | Tag::Number | Tag::Name)
            || matches!(page.low(start - 1), "'s" | "’s"))
    {
        start -= 1;
    }
    let opens = start > sentence.start
        && matches!(page.tag(start - 1), Tag::Det | Tag::Possessive)
        && !matches!(page.low(start - 1), "no" | "any" | "every" | "each" | "'s" | "’s");
    if opens {
        start -= 1;
    }
    let is_many = page.pos(noun) == "NNS";
    // A name in the group is no common noun's: "the Voss aide".
    let has_name = (start..noun).any(|k| page.tag(k) == Tag::Name);
    (!has_name && (opens || is_many || page.tag(start) == Tag::Number)).then(|| start..noun + 1)
}

/// Whether a description is of several.
fn is_many(name: &str) -> bool {
    name.split([' ', ',']).next().is_some_and(|first| {
        matches!(
            first.to_lowercase().as_str(),
            "two" | "three" | "four" | "five" | "six" | "several" | "some" | "many" | "multiple"
        )
    }) || name.split([',', ' ']).any(|word| KNOWN.sources.contains(word) && word.ends_with('s'))
}
