//! Words that name a source, resolved to an actor: a name, a pronoun, a role, a group, a document.
//!
//! ```text
//! "she"                       →  the woman who spoke or was named last
//! "the minister"              →  the actor with that role
//! "two aides, who asked …"    →  an anonymous actor, kept whole
//! ```

use super::names::Gender;
use super::words::KNOWN;
use super::{Cast, Member};
use crate::statements::tags::Tag;
use crate::statements::{Draft, Page};
use onrecord_model::{Act, ActorType, Party};
use std::ops::Range;

impl Cast {
    /// Who speaks in `draft`.
    pub(crate) fn speaker(&mut self, page: &Page, draft: &Draft) -> Option<Party> {
        let sentence = page.prose.sentence_of(draft.head);
        let number = match draft.source.first() {
            // "Q:", "A:": the layout names no one.
            Some(source)
                if source.len() == 1
                    && page.prose.word(source.start).len() <= 2
                    && draft.lemma == ":" =>
            {
                None
            }
            Some(source) => self.resolve(page, source.clone(), true),
            None if draft.cue.is_empty() => self.last_speaker.map(|(number, _)| number),
            None => None,
        }?;
        if !draft.is_nested && !page.quotes.is_quoted(draft.head) && is_spoken(draft) {
            self.last_speaker = Some((number, sentence));
        }
        Some(self.as_party(number))
    }

    /// The actor that `range` names.
    pub(crate) fn party(&mut self, page: &Page, range: Range<usize>) -> Option<Party> {
        let number = self.resolve(page, range, false)?;
        Some(self.as_party(number))
    }

    /// Whether `range` names an outlet.
    pub(crate) fn is_outlet(&self, page: &Page, range: &Range<usize>) -> bool {
        range.clone().any(|k| {
            page.prose.word(k).starts_with(char::is_uppercase)
                && KNOWN.outlets.contains(page.low(k))
                || matches!(page.low(k), "newspaper" | "broadcaster" | "magazine")
        }) && range.clone().all(|k| !KNOWN.titles.contains(page.low(k)))
    }

    /// The outlet named in `range`: "a Lorne Times report".
    pub(crate) fn outlet_in(&mut self, page: &Page, range: Range<usize>) -> Option<Party> {
        let found =
            self.mentions_in(&range).find(|&(start, end, _)| self.is_outlet(page, &(start..end)));
        let (.., number) = found?;
        Some(self.as_party(number))
    }

    fn resolve(&mut self, page: &Page, range: Range<usize>, speaks: bool) -> Option<usize> {
        if range.is_empty() {
            return None;
        }
        let first = page.low(range.start);
        if range.len() == 1 {
            match page.tag(range.start) {
                Tag::Pronoun | Tag::Possessive => return self.pronoun(page, range.start),
                Tag::Relative => return self.antecedent(page, range.start),
                _ => {}
            }
        }
        if range.len() == 2 && page.tag(range.start) == Tag::Possessive {
            return self.pronoun(page, range.start);
        }
        if let Some(number) = self.named(page, &range) {
            if speaks && self.people[number].kind == ActorType::Place {
                self.people[number].kind = ActorType::Organisation;
            }
            return Some(number);
        }
        let head = head(page, &range)?;
        let low = page.low(head);
        // "Defence Minister says": headlines leave the article out.
        let is_title = range.len() <= 3 && page.tag(range.start) == Tag::Name;
        let is_definite = is_title || matches!(first, "the" | "that" | "this");
        let is_plural = low.ends_with('s') && !low.ends_with("ss")
            || matches!(low, "people" | "men" | "women" | "police");
        let is_person =
            KNOWN.people.contains(low) || KNOWN.sources.contains(low) || KNOWN.titles.contains(low);
        // Words inside a longer description of the same one: "aides" in "aides, who asked …".
        let span = page.prose.tokens[head].span;
        let described = self.people.iter().position(|member| {
            matches!(member.kind, ActorType::Anonymous | ActorType::Group | ActorType::Document)
                && member.mentions.iter().any(|mention| mention.contains(span))
        });
        if described.is_some() {
            return described;
        }
        if is_definite
            && is_person
            && range.len() <= 4
            && let Some(number) = self.with_role(page, range.start, low)
        {
            self.note(page, number, &range);
            return Some(number);
        }
        if is_definite
            && KNOWN.bodies.contains(low)
            && let Some(number) = self.body(page, range.start, low)
        {
            self.note(page, number, &range);
            return Some(number);
        }
        let singular = low.strip_suffix('s').unwrap_or(low);
        let kind = if KNOWN.documents.contains(low) {
            ActorType::Document
        } else if KNOWN.bodies.contains(low) {
            ActorType::Organisation
        } else if KNOWN.sources.contains(low) {
            ActorType::Anonymous
        } else if is_plural {
            ActorType::Group
        } else if KNOWN.people.contains(singular) || KNOWN.titles.contains(singular) {
            if is_definite || page.tag(range.start) == Tag::Possessive {
                ActorType::Person
            } else {
                ActorType::Anonymous
            }
        } else if matches!(page.tag(head), Tag::Det | Tag::Number | Tag::Pronoun | Tag::Adjective) {
            ActorType::Group
        } else {
            ActorType::Organisation
        };
        let name = self.spoken_name(page, &range);
        Some(self.add(page, name, kind, &range))
    }

    /// A name without the article, and without commas at its end.
    fn spoken_name(&self, page: &Page, range: &Range<usize>) -> String {
        let mut words = page.words(range.clone()).trim_end_matches([',', ' ']);
        for article in ["The ", "the "] {
            words = words.strip_prefix(article).unwrap_or(words);
        }
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn add(&mut self, page: &Page, name: String, kind: ActorType, range: &Range<usize>) -> usize {
        let known =
            self.people.iter().position(|member| member.kind == kind && member.name == name);
        let number = known.unwrap_or_else(|| {
            self.people.push(Member {
                name,
                kind,
                gender: None,
                roles: Vec::new(),
                mentions: Vec::new(),
            });
            self.people.len() - 1
        });
        self.note(page, number, range);
        number
    }

    /// The outlet named last before token `at`.
    pub(crate) fn last_outlet(&self, page: &Page, at: usize) -> Option<Party> {
        let before = self.mentions.partition_point(|&(start, ..)| start < at);
        let mut mentions = self.mentions[..before].iter().rev();
        let &(.., number) =
            mentions.find(|&&(start, end, _)| self.is_outlet(page, &(start..end)))?;
        Some(self.as_party(number))
    }

    fn note(&mut self, page: &Page, number: usize, range: &Range<usize>) {
        let span = page.prose.span(range.clone());
        let mentions = &mut self.people[number].mentions;
        if !mentions.iter().any(|mention| mention.overlaps(span)) {
            mentions.push(span);
        }
    }

    /// The named actor that is the head of `range`: not an owner, nor one after "for" or "of".
    fn named(&self, page: &Page, range: &Range<usize>) -> Option<usize> {
        let mut body = None;
        for (start, end, number) in self.mentions_in(range) {
            let owns = end < range.end
                && matches!(page.low(end), "'s" | "’s" | "'" | "’")
                && end + 1 < range.end;
            let complements = start > range.start && {
                let before = if page.tag(start - 1) == Tag::Det && start - 1 > range.start {
                    start - 2
                } else {
                    start - 1
                };
                matches!(page.tag(before), Tag::Prep | Tag::To | Tag::Sub)
            };
            let modifies = end < range.end
                && matches!(page.tag(end), Tag::Noun | Tag::Adjective)
                && self.people[number].kind != ActorType::Person;
            if owns || complements || modifies {
                continue;
            }
            if self.people[number].kind == ActorType::Person {
                return Some(number);
            }
            let in_clause =
                (range.start..start).any(|k| matches!(page.tag(k), Tag::Relative | Tag::Comma));
            if !in_clause {
                body.get_or_insert(number);
            }
        }
        body
    }

    /// The latest actor with a role that has the word `low`.
    fn with_role(&self, _page: &Page, at: usize, low: &str) -> Option<usize> {
        let before = self.mentions.partition_point(|&(start, ..)| start < at);
        self.mentions[..before]
            .iter()
            .rev()
            .map(|&(.., number)| number)
            .find(|&number| {
                let member = &self.people[number];
                member.kind == ActorType::Person
                    && member.roles.iter().any(|role| {
                        role.to_lowercase()
                            .split([' ', '-'])
                            .any(|word| word.trim_end_matches('.') == low)
                    })
            })
            .or_else(|| {
                // "the official": an anonymous one named so before.
                self.people.iter().rposition(|member| {
                    member.kind == ActorType::Anonymous
                        && member.name.split([' ', ',']).any(|word| word == low)
                })
            })
    }

    /// The latest organisation whose name has the word `low`.
    fn body(&self, _page: &Page, at: usize, low: &str) -> Option<usize> {
        let before = self.mentions.partition_point(|&(start, ..)| start < at);
        self.mentions[..before].iter().rev().map(|&(.., number)| number).find(|&number| {
            let member = &self.people[number];
            member.kind == ActorType::Organisation
                && member.name.to_lowercase().split(' ').any(|word| word == low)
        })
    }

    /// The one that "who" stands for.
    fn antecedent(&mut self, page: &Page, at: usize) -> Option<usize> {
        let stretch = page.stretch(at);
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
    fn pronoun(&mut self, page: &Page, at: usize) -> Option<usize> {
        let low = page.low(at);
        let sentence = page.prose.sentence_of(at);
        let paragraph = page.prose.sentences[sentence].paragraph;
        if matches!(low, "i" | "we" | "my" | "our" | "me" | "us") {
            return self.last_speaker.map(|(number, _)| number);
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
                    || member.kind == ActorType::Anonymous && !is_many(&member.name)
            }
            None if is_thing => {
                matches!(member.kind, ActorType::Organisation | ActorType::Document)
            }
            None => matches!(
                member.kind,
                ActorType::Group | ActorType::Organisation | ActorType::Anonymous
            ),
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
            let is_subject = start < first + 4;
            let is_object = start > 0 && page.tag(start - 1) == Tag::Prep;
            let is_owner =
                page.prose.tokens.len() > start + 1 && matches!(page.low(start + 1), "'s" | "’s");
            let score = 100 - 12 * back - 10 * paragraphs - rank as i64
                + if is_subject { 14 } else { 0 }
                - if is_object { 8 } else { 0 }
                - if is_owner { 4 } else { 0 }
                - if page.quotes.is_quoted(start) != page.quotes.is_quoted(at) { 40 } else { 0 }
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

/// Whether the one who says it may go on speaking in the next quotation.
fn is_spoken(draft: &Draft) -> bool {
    !matches!(draft.act, Act::Think | Act::Intend | Act::Expect | Act::Praise | Act::Accuse)
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

/// The main noun of a group: the last of its first part.
fn head(page: &Page, range: &Range<usize>) -> Option<usize> {
    let mut k = range.start;
    let mut head = None;
    while k < range.end {
        let tag = page.tag(k);
        if tag.is_head() {
            head = Some(k);
        } else if head.is_some()
            && !matches!(tag, Tag::Possessive | Tag::Other | Tag::Adjective | Tag::Number)
            && !(tag == Tag::And && k + 1 < range.end && page.tag(k + 1).is_head())
        {
            break;
        }
        k += 1;
    }
    head.or(Some(range.end - 1))
}
