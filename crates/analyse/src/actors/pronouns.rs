//! Pronouns, resolved to who was spoken of or spoke before.
//!
//! ```text
//! "she"                              →  the woman who spoke or was named last
//! the minister, "who" warned …       →  the minister
//! ```
//!
//! By closeness, subject before object, and gender. Not handled: a pronoun before its name.

use super::names::Gender;
use super::sources::main_noun;
use super::words::KNOWN;
use super::{Cast, Member};
use crate::statements::Page;
use crate::statements::tags::Tag;
use onrecord_model::ActorType;

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
        let paragraph = page.prose.sentences[sentence].paragraph;
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
        let mut best: Option<(i64, usize)> = None;
        let mut consider = |score: i64, number: usize| {
            if best.is_none_or(|(known, _)| score > known) {
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
            let theirs = page.prose.sentence_of(start);
            let back = (sentence - theirs) as i64;
            let paragraphs = i64::from(paragraph - page.prose.sentences[theirs].paragraph);
            let first = page.prose.sentences[theirs].tokens.start;
            let last = (start..page.tags.len()).take_while(|&k| page.tag(k) == Tag::Name).last();
            let relation = page.relation(last.unwrap_or(start));
            let is_subject = start < first + 4 && relation != "compound"
                || matches!(relation, "nsubj" | "nsubjpass")
                    && page
                        .governor(last.unwrap_or(start))
                        .is_some_and(|verb| page.governor(verb).is_none());
            let is_object = start > 0 && page.tag(start - 1) == Tag::Prep;
            let is_owner =
                page.prose.tokens.len() > start + 1 && matches!(page.low(start + 1), "'s" | "’s");
            let score = 100 - 12 * back - 10 * paragraphs - rank as i64
                + if is_subject { 14 } else { 0 }
                - if is_object { 8 } else { 0 }
                - if is_owner { 4 } else { 0 }
                - if page.quotes.is_quoted(start) != page.quotes.is_quoted(at) { 40 } else { 0 }
                - if is_plural && member.kind == ActorType::Organisation { 25 } else { 0 }
                + if gender.is_some() && member.gender == gender { 10 } else { 0 };
            consider(score, number);
        }
        if let Some((number, spoke)) = self.last_speaker
            && fits(&self.people[number])
        {
            let back = sentence.saturating_sub(spoke) as i64;
            consider(112 - 6 * back, number);
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

/// Whether a description is of several.
fn is_many(name: &str) -> bool {
    name.split([' ', ',']).next().is_some_and(|first| {
        matches!(
            first.to_lowercase().as_str(),
            "two" | "three" | "four" | "five" | "six" | "several" | "some" | "many" | "multiple"
        )
    }) || name.split([',', ' ']).any(|word| KNOWN.sources.contains(word) && word.ends_with('s'))
}
