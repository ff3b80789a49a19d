//! Descriptions of who speaks, without a name: the actor who has the role, or a new one.
//!
//! ```text
//! the minister            →  the person with that role
//! two aides, who asked …  →  an anonymous actor, kept whole
//! her office              →  an organisation, "Ana Voss's office"
//! ```
//!
//! Not handled: bodies that only knowledge of the world connects ("the carrier", an airline).

use super::Cast;
use super::again::is_epithet;
use super::names::{is_demonym, title_gender};
use super::nouns::{british, is_abstract, is_high_office, is_person_noun, is_same_role, is_some};
use super::words::KNOWN;
use crate::statements::Page;
use crate::statements::tags::Tag;
use crate::text::Role;
use onrecord_model::ActorType;
use std::ops::Range;

impl Cast {
    /// The actor of a description without a name of its own: "the minister", "two aides", "her
    /// office".
    pub(super) fn described(
        &mut self,
        page: &Page,
        range: &Range<usize>,
        head: usize,
        speaks: bool,
    ) -> Option<usize> {
        let first = page.low(range.start);
        let low = page.low(head);
        let pos = page.pos(head);
        // "No one knows", "one might think"
        let is_modal = range.len() == 1 && page.tags.get(range.end) == Some(&Tag::Modal);
        if matches!(first, "no" | "nobody" | "none" | "anyone" | "everyone" | "everybody")
            || low == "one" && is_modal
        {
            return None;
        }
        let is_noun = pos.is_empty()
            || pos.starts_with("NN")
            || matches!(pos, "CD" | "FW")
            || is_person_noun(low)
            || is_some(low)
            || matches!(
                low,
                "some"
                    | "many"
                    | "others"
                    | "both"
                    | "several"
                    | "most"
                    | "few"
                    | "all"
                    | "those"
                    | "another"
                    | "percent"
            )
            || page.tag(head) == Tag::Noun && low.ends_with('s')
            || low == "%"
            || range.len() > 1 && matches!(pos, "JJ" | "DT" | "JJS" | "JJR" | "PRP");
        if !is_noun || page.tag(head) == Tag::Time {
            return None;
        }
        // "Defence Minister says": headlines leave the article out.
        let is_bare = range.len() == 1
            && page.prose.word(range.start).starts_with(char::is_uppercase)
            && KNOWN.titles.contains(low);
        let is_title = range.len() <= 4 && page.tag(range.start) == Tag::Name || is_bare;
        let is_owned = page.tag(range.start) == Tag::Possessive;
        let is_definite = is_title || matches!(first, "the" | "that" | "this");
        let of = self.counted(page, range, head);
        let noun = page.low(of.unwrap_or(head));
        let is_plural =
            noun.ends_with('s') && !noun.ends_with("ss") && page.pos(of.unwrap_or(head)) != "NN"
                || matches!(noun, "people" | "men" | "women" | "children");
        let is_name = page.tag(head) == Tag::Name
            && !KNOWN.titles.contains(low)
            && title_gender(low).is_none();
        let is_person = is_person_noun(noun) && !is_name;
        // Words inside a longer description of the same one: "aides" in "aides, who asked …".
        let span = page.prose.tokens[head].span;
        let described = self.people.iter().position(|member| {
            matches!(member.kind, ActorType::Anonymous | ActorType::Group | ActorType::Document)
                && member.mentions.iter().any(|mention| mention.contains(span))
        });
        if described.is_some() {
            return described;
        }
        let before = range.start..head;
        if is_definite
            && is_person
            && of.is_none()
            && !(head + 1..range.end).any(|k| page.tag(k) == Tag::Name)
            && let Some(number) = self.with_role(page, before.clone(), low)
        {
            self.note(page, number, range);
            self.add_reason(page, number, range);
            return Some(number);
        }
        if is_definite
            && of.is_none()
            && is_epithet(low)
            && let Some(number) = self.just_named(page, range.start)
        {
            self.note(page, number, range);
            return Some(number);
        }
        if is_definite
            && (matches!(low, "paper" | "newspaper" | "magazine" | "broadcaster" | "outlet")
                || low == "agency" && page.low(head.saturating_sub(1)) == "news")
            && let Some(number) = self.last_outlet_number(page, range.start)
        {
            self.note(page, number, range);
            return Some(number);
        }
        if is_definite
            && KNOWN.bodies.contains(low)
            && let Some(number) = self.body(page, range.start, low)
        {
            self.note(page, number, range);
            return Some(number);
        }
        // "the company", "the social media giant"
        let is_short = before.len() == 1
            || matches!(
                low,
                "giant" | "titan" | "behemoth" | "carmaker" | "automaker" | "planemaker"
            ) && !before.clone().any(|k| page.tag(k) == Tag::Possessive);
        if is_definite
            && of.is_none()
            && is_short
            && let Some(number) = self.latest_body(page, range.start, low)
        {
            self.note(page, number, range);
            return Some(number);
        }
        let is_body = KNOWN.bodies.contains(noun) && first != "both";
        // "Herald website", "the government's ISNA news agency": the outlet.
        let publishes = matches!(
            noun,
            "website"
                | "site"
                | "newspaper"
                | "paper"
                | "magazine"
                | "channel"
                | "daily"
                | "network"
        ) || noun == "agency" && page.low(head.saturating_sub(1)) == "news";
        let outlet =
            self.mentions_in(range).find(|&(start, end, _)| self.is_outlet(page, &(start..end)));
        if publishes && let Some((.., number)) = outlet {
            self.people[number].kind = ActorType::Organisation;
            return Some(number);
        }
        let is_one = matches!(low, "one" | "another")
            || matches!(page.words(range.clone()).to_lowercase().as_str(), "the other");
        let has_reason = range.clone().any(|k| {
            matches!(page.low(k), "anonymity" | "anonymously" | "unnamed" | "named" | "identified")
        }) && range.len() > 4;
        let is_crowd = range.len() == 1 && noun == "people"
            || matches!(
                noun,
                "crew"
                    | "crowd"
                    | "audience"
                    | "family"
                    | "couple"
                    | "public"
                    | "congregation"
                    | "trio"
            );
        let kind = if is_crowd {
            ActorType::Group
        } else if is_one && !KNOWN.documents.contains(noun) || has_reason && is_person {
            ActorType::Anonymous
        } else if KNOWN.documents.contains(noun) {
            ActorType::Document
        } else if is_body && of.is_none()
            || KNOWN.organisations.contains(noun) && is_name
            || range.clone().any(|k| matches!(page.low(k), "daily" | "newspaper" | "broadcaster"))
        {
            ActorType::Organisation
        } else if KNOWN.sources.contains(noun) {
            ActorType::Anonymous
        } else if is_plural {
            if of.is_some() && low == "one" { ActorType::Anonymous } else { ActorType::Group }
        } else if is_person {
            ActorType::Anonymous
        } else if matches!(page.tag(head), Tag::Det | Tag::Number | Tag::Pronoun | Tag::Adjective)
            || matches!(low, "percent" | "%")
        {
            ActorType::Group
        } else if speaks && (!is_definite || is_owned) && page.tag(head) != Tag::Name {
            // "sense", "concern": nobody.
            return None;
        } else if speaks
            && (is_abstract(noun) || matches!(first, "this" | "that" | "these" | "those"))
        {
            return None;
        } else {
            ActorType::Organisation
        };
        let range = &match kind {
            ActorType::Anonymous => with_reason(page, range),
            _ => range.clone(),
        };
        let name = match kind {
            ActorType::Document => self.document_name(page, range, head),
            _ => self.owned_name(page, range),
        };
        let number = self.add(page, name, kind, range);
        if matches!(kind, ActorType::Anonymous) {
            let gender = &mut self.people[number].gender;
            *gender = gender.or_else(|| title_gender(noun));
        }
        Some(number)
    }

    /// "one of the officials", "a group of residents": who is counted.
    fn counted(&self, page: &Page, range: &Range<usize>, head: usize) -> Option<usize> {
        let counts = matches!(
            page.low(head),
            "one"
                | "two"
                | "three"
                | "four"
                | "five"
                | "some"
                | "many"
                | "several"
                | "most"
                | "half"
                | "majority"
                | "number"
                | "percent"
                | "per"
                | "dozens"
                | "hundreds"
                | "thousands"
                | "all"
                | "each"
                | "both"
                | "few"
                | "none"
                | "group"
                | "handful"
                | "couple"
                | "another"
                | "third"
                | "pair"
                | "generation"
                | "share"
                | "percentage"
                | "proportion"
                | "portion"
                | "faction"
                | "scores"
                | "crowd"
        );
        let of = head + 1;
        if !counts || of + 1 >= range.end || page.low(of) != "of" {
            return None;
        }
        let group = page.noun_group(of + 1, range.end)?;
        group.rev().find(|&k| page.tag(k).is_head())
    }

    /// The words of a description, its owner with full name: "his office" as "Ana Voss's office".
    fn owned_name(&mut self, page: &Page, range: &Range<usize>) -> String {
        let words = self.spoken_name(page, range);
        let owner = if page.tag(range.start) == Tag::Possessive
            && matches!(page.low(range.start), "his" | "her" | "its" | "my")
        {
            self.pronoun(page, range.start).map(|number| (number, range.start + 1))
        } else {
            let owner = self.mentions_in(range).find(|&(start, end, number)| {
                start == range.start
                    && self.people[number].kind == ActorType::Person
                    && end < range.end
                    && matches!(page.low(end), "'s" | "’s")
            });
            owner.map(|(_, end, number)| (number, end + 1))
        };
        match owner {
            Some((number, rest)) if rest < range.end => {
                let rest = self.spoken_name(page, &(rest..range.end));
                format!("{}'s {rest}", self.people[number].name)
            }
            _ => words,
        }
    }

    /// The words of a document, without who passed it on: "a letter seen by …". A document that
    /// was described before, "a readout of the call", goes on as "the readout".
    fn document_name(&self, page: &Page, range: &Range<usize>, head: usize) -> String {
        let stop = (head + 1..range.end).find(|&k| {
            page.tag(k) == Tag::Comma
                || matches!(page.tag(k), Tag::Past | Tag::Relative)
                || matches!(page.pos(k), "VBN" | "VBD" | "VBG")
        });
        let own = range.start..stop.unwrap_or(range.end);
        let name = self.spoken_name(page, &own);
        if own.len() <= 2 && matches!(page.low(own.start), "the" | "that" | "this") {
            let low = page.low(head);
            let known = self.people.iter().rev().find(|member| {
                member.kind == ActorType::Document
                    && member.name.to_lowercase().split(' ').any(|word| word == low)
            });
            if let Some(known) = known {
                return known.name.clone();
            }
        }
        name
    }

    /// The actor with a role that has the word `low` and best fits the words before it: one who was
    /// mentioned before, the latest first, or in a headline one who is named later.
    fn with_role(&self, page: &Page, modifiers: Range<usize>, low: &str) -> Option<usize> {
        let at = modifiers.start;
        let qualified = modifiers.clone();
        let words: Vec<&str> = modifiers
            .filter(|&k| {
                matches!(page.tag(k), Tag::Name | Tag::Noun | Tag::Adjective | Tag::Number)
                    && !matches!(
                        page.low(k),
                        "former"
                            | "senior"
                            | "top"
                            | "new"
                            | "late"
                            | "same"
                            | "first"
                            | "-"
                            | "interim"
                            | "acting"
                            | "vice"
                            | "deputy"
                            | "assistant"
                            | "outgoing"
                            | "incoming"
                    )
            })
            .map(|k| page.low(k))
            .collect();
        let qualifiers = |word: &&str| {
            matches!(
                *word,
                "former" | "interim" | "acting" | "vice" | "deputy" | "assistant" | "incoming"
            )
        };
        let own_qualifiers: Vec<&str> =
            qualified.map(|k| page.low(k)).filter(|word| qualifiers(word)).collect();
        let score = |text: &str| -> Option<i64> {
            let text = text.to_lowercase();
            let mut has = text
                .split([' ', '-', ','])
                .map(|word| british(word.trim_end_matches('.')))
                .filter(|word| !word.is_empty());
            has.clone().any(|word| is_same_role(word, low)).then_some(())?;
            let is_found = |word: &&str| has.clone().any(|own| own == british(word));
            let found = words.iter().filter(|word| is_found(word)).count();
            // "the finance minister" is not the prime minister.
            let differs = |word: &&str| !is_demonym(word) && !is_found(word);
            let is_other = words.iter().any(differs)
                && !words.iter().any(|word| !is_demonym(word) && is_found(word))
                && has.clone().any(|own| {
                    !is_same_role(own, low)
                        && !is_demonym(own)
                        && !matches!(
                            own,
                            "of" | "the" | "former" | "new" | "'s" | "’s" | "vice" | "deputy"
                        )
                });
            // "the president" is not the vice president, nor the former one.
            let is_qualified = |word: &str| qualifiers(&word) && !own_qualifiers.contains(&word);
            let is_less = own_qualifiers.iter().any(|word| !has.clone().any(|own| own == *word));
            if is_other
                || is_less && low != "deputy"
                || has.clone().any(is_qualified) && low != "deputy"
            {
                return None;
            }
            let other = words.iter().any(|word| is_demonym(word))
                && has.any(|own| is_demonym(own) && !words.contains(&own));
            let missing = words.len() - found;
            Some(2 * found as i64 - missing as i64 - if other { 4 } else { 0 })
        };
        let before = self.mentions.partition_point(|&(start, ..)| start < at);
        let is_title =
            page.prose.paragraph_of(page.prose.sentence_of(at)).role == Role::Headline || at < 40;
        let (earlier, later) = self.mentions.split_at(before);
        let later = if is_title { later } else { &[] };
        let order = earlier.iter().rev().chain(later).map(|&(.., number)| number);
        let mut best: Option<(i64, usize)> = None;
        for number in order {
            let member = &self.people[number];
            if member.kind != ActorType::Person {
                continue;
            }
            let fit = member.roles.iter().filter_map(|role| score(role)).max();
            if let Some(fit) = fit
                && fit >= -1
                && best.is_none_or(|(known, _)| fit > known)
            {
                best = Some((fit, number));
            }
        }
        // "the official": an anonymous one named so before.
        let here = page.prose.tokens[at].span.start;
        let unnamed = self
            .people
            .iter()
            .enumerate()
            .filter(|(_, member)| member.kind == ActorType::Anonymous)
            .filter_map(|(number, member)| {
                let last = member.mentions.iter().filter(|span| span.start < here).max()?;
                let own = member.name.to_lowercase();
                let same = own.split([' ', ',']).any(|word| word == low);
                let fit = score(&own).filter(|fit| same && *fit >= -1)?;
                Some(((fit, last.start), number))
            })
            .max();
        if let Some((_, number)) = best {
            return Some(number);
        }
        if let Some((_, number)) = unnamed {
            return Some(number);
        }
        // "The official added": the last to speak holds an office. "“No,” Voss said. “Not yet,” the
        // pharmacist said": the office of one who was named without any.
        let sentence = page.prose.sentence_of(at);
        let paragraph = page.prose.sentences[sentence].paragraph;
        let is_near = |spoke: usize| {
            spoke <= sentence
                && (sentence - spoke <= 1 || page.prose.sentences[spoke].paragraph == paragraph)
        };
        let has_office = |number: usize| {
            let short = |role: &String| role.trim_end_matches('.').len() > 3;
            self.people[number].roles.iter().any(short)
        };
        let is_any =
            matches!(low, "official" | "politician" | "lawmaker" | "diplomat") && words.is_empty();
        let (last, spoke) = self.last_speaker?;
        if is_any && self.people[last].kind != ActorType::Person {
            let mut recent = self.mentions[..before].iter().rev().take(20);
            let latest =
                recent.find(|&&(.., number)| self.people[number].kind == ActorType::Person);
            return latest.map(|&(.., number)| number).filter(|&number| has_office(number));
        }
        // Nobody else is named since, or only in the same paragraph; and the words are not about
        // the speaker.
        let mut since = self.mentions[..before].iter().rev();
        let is_latest = since
            .find(|&&(.., number)| self.people[number].kind == ActorType::Person)
            .is_some_and(|&(.., number)| number == last)
            || page.prose.sentences[spoke.min(sentence)].paragraph == paragraph;
        let tokens = &page.prose.sentences[sentence].tokens;
        let is_about = self.mentions_in(tokens).any(|(.., number)| number == last);
        let fits = self.people[last].kind == ActorType::Person
            && is_latest
            && !is_about
            && !is_high_office(low)
            && if is_any { has_office(last) } else { is_near(spoke) && !has_office(last) };
        fits.then_some(last)
    }

    /// A reason without a name that is given later: "according to the aides, who were granted
    /// anonymity to …".
    fn add_reason(&mut self, page: &Page, number: usize, range: &Range<usize>) {
        let member = &self.people[number];
        if member.kind != ActorType::Anonymous || member.name.contains(" anonym") {
            return;
        }
        let whole = with_reason(page, range);
        let opens = |k: &usize| matches!(page.low(*k), "who" | "speaking" | "granted");
        let Some(from) = whole.clone().find(opens) else { return };
        let is_reason = (from..whole.end).any(|k| page.low(k).starts_with("anonym"));
        if is_reason {
            let reason =
                page.words(from..whole.end).split_whitespace().collect::<Vec<_>>().join(" ");
            self.people[number].name = format!("{}, {reason}", self.people[number].name);
        }
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
}

/// An unnamed source with the reason it has no name: "two aides, who asked not to be named".
fn with_reason(page: &Page, range: &Range<usize>) -> Range<usize> {
    let end = page.prose.sentences[page.prose.sentence_of(range.start)].tokens.end;
    let mut at = range.end;
    if at < end && page.tag(at) == Tag::Comma {
        at += 1;
    }
    let opens = at < end && (matches!(page.low(at), "who" | "speaking" | "granted"));
    let stop = (at..end)
        .find(|&k| {
            matches!(page.tag(k), Tag::Comma | Tag::Stop | Tag::Break | Tag::Colon | Tag::Quote)
        })
        .unwrap_or(end);
    let is_reason = (at..stop).any(|k| {
        matches!(
            page.low(k),
            "anonymity" | "anonymously" | "anonymous" | "unnamed" | "named" | "identified"
        )
    });
    if opens && is_reason { range.start..stop } else { range.clone() }
}
