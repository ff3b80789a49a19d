//! Words that name a source, resolved to an actor: a name, a pronoun, a role, a group, a document.
//!
//! ```text
//! "she"                       →  the woman who spoke or was named last
//! "the minister"              →  the actor with that role
//! "two aides, who asked …"    →  an anonymous actor, kept whole
//! ```

use super::names::{is_demonym, title_gender};
use super::words::KNOWN;
use super::{Cast, Member};
use crate::statements::tags::Tag;
use crate::statements::{Draft, Page};
use crate::text::Role;
use onrecord_model::{Act, ActorType, Party};
use std::ops::Range;

impl Cast {
    /// Who speaks in `draft`.
    pub(crate) fn speaker(&mut self, page: &Page, draft: &Draft) -> Option<Party> {
        let sentence = page.prose.sentence_of(draft.head);
        let passed_on = passed_on(page, draft).map(|passed| passed.speaker);
        let number = match passed_on.as_ref().or(draft.source.first()) {
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
        self.is_transcript |=
            draft.lemma == ":" && !page.quotes.is_quoted(draft.head) && sentence > 3;
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

    pub(super) fn resolve(
        &mut self,
        page: &Page,
        range: Range<usize>,
        speaks: bool,
    ) -> Option<usize> {
        let range = tidy(page, range)?;
        if range.len() == 1 {
            match page.tag(range.start) {
                Tag::Pronoun | Tag::Possessive if !is_some(page.low(range.start)) => {
                    return self.pronoun(page, range.start);
                }
                Tag::Relative => return self.antecedent(page, range.start),
                _ => {}
            }
        }
        // "he himself", "she, too"
        let opens = page.low(range.start);
        if range.len() == 2 && matches!(opens, "he" | "she" | "they" | "it") {
            return self.pronoun(page, range.start);
        }
        let mut head = main_noun(page, &range)?;
        // "Department of State spokeswoman": the noun goes on after the name.
        let holds = self.mentions_in(&range).find(|&(start, end, _)| (start..end).contains(&head));
        if let Some((_, end, _)) = holds
            && end < range.end
            && page.tag(end) == Tag::Noun
            && page.pos(end).starts_with("NN")
        {
            head = (end..range.end).take_while(|&k| page.tag(k) == Tag::Noun).last().unwrap_or(end);
        }
        if let Some(number) = self.apposed(page, &range, head) {
            return Some(number);
        }
        if let Some(number) = self.pair(page, &range, head) {
            return Some(number);
        }
        if let Some(number) = self.named(page, &range, head) {
            if speaks && self.people[number].kind == ActorType::Place {
                self.people[number].kind = ActorType::Organisation;
            }
            return Some(number);
        }
        self.described(page, &range, head, speaks)
    }

    /// "her brother, Bo", "one, Bo Rask": the name in commas after a word for a person.
    fn apposed(&mut self, page: &Page, range: &Range<usize>, head: usize) -> Option<usize> {
        let low = page.low(head);
        let is_superlative =
            |k: usize| matches!(page.low(k), "youngest" | "oldest" | "eldest" | "other" | "one");
        let is_of = (range.start..range.end.min(range.start + 2)).any(is_superlative);
        let is_one = is_person_noun(low) && !low.ends_with('s') || is_some(low) || is_of;
        if !is_one || page.tag(head) == Tag::Name && !is_of {
            return None;
        }
        let found = self.mentions_in(range).find(|&(start, end, number)| {
            let kind = self.people[number].kind;
            let is_single = end == start + 1 && kind == ActorType::Organisation;
            start > head
                && page.tag(start - 1) == Tag::Comma
                && end == range.end
                && (kind == ActorType::Person || is_single)
        });
        let (.., number) = found?;
        let member = &mut self.people[number];
        member.kind = ActorType::Person;
        member.gender = member.gender.or_else(|| title_gender(low));
        Some(number)
    }

    /// "China and Russia", "Ana Voss and Bo Rask": two who speak as one group.
    fn pair(&mut self, page: &Page, range: &Range<usize>, head: usize) -> Option<usize> {
        let mut mentions = self.mentions_in(range);
        let first = mentions.find(|&(start, end, _)| (start..end).contains(&head))?;
        let second = mentions.next()?;
        let is_pair = first.1 + 1 == second.0
            && page.low(first.1) == "and"
            && second.1 == range.end
            && first.2 != second.2;
        if !is_pair {
            return None;
        }
        let name = format!("{} and {}", self.people[first.2].name, self.people[second.2].name);
        drop(mentions);
        // "the Freedom and Harbour Party"
        let is_body = first.1 - first.0 == 1
            && page.low(range.start) == "the"
            && KNOWN.organisations.contains(page.low(second.1 - 1));
        let kind = if is_body { ActorType::Organisation } else { ActorType::Group };
        Some(self.add(page, name, kind, range))
    }

    /// The actor of a description without a name of its own: "the minister", "two aides", "her
    /// office".
    fn described(
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
            || range.len() > 1 && matches!(pos, "JJ" | "DT" | "JJS" | "JJR" | "PRP");
        if !is_noun || page.tag(head) == Tag::Time {
            return None;
        }
        // "Defence Minister says": headlines leave the article out.
        let is_title = range.len() <= 4 && page.tag(range.start) == Tag::Name;
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
            return Some(number);
        }
        if is_definite
            && matches!(
                low,
                "paper" | "newspaper" | "magazine" | "broadcaster" | "outlet" | "agency"
            )
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
        let is_body = KNOWN.bodies.contains(noun) && first != "both";
        // "Herald website": the outlet.
        if matches!(noun, "website" | "site" | "newspaper" | "paper" | "magazine" | "channel")
            && let Some((start, .., number)) =
                self.mentions_in(range).find(|&(start, end, _)| self.is_outlet(page, &(start..end)))
            && start < head
        {
            return Some(number);
        }
        let is_one = matches!(low, "one" | "another")
            || matches!(page.words(range.clone()).to_lowercase().as_str(), "the other");
        let has_reason = range.clone().any(|k| {
            matches!(page.low(k), "anonymity" | "anonymously" | "unnamed" | "named" | "identified")
        }) && range.len() > 4;
        let kind = if is_one && !KNOWN.documents.contains(noun) || has_reason && is_person {
            ActorType::Anonymous
        } else if KNOWN.documents.contains(noun) {
            ActorType::Document
        } else if is_body && of.is_none() {
            ActorType::Organisation
        } else if KNOWN.sources.contains(noun) {
            ActorType::Anonymous
        } else if is_plural {
            if of.is_some() && low == "one" { ActorType::Anonymous } else { ActorType::Group }
        } else if is_person {
            ActorType::Anonymous
        } else if matches!(page.tag(head), Tag::Det | Tag::Number | Tag::Pronoun | Tag::Adjective)
            || low == "percent"
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
            && matches!(page.low(range.start), "his" | "her" | "its")
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
        Some(self.as_party(self.last_outlet_number(page, at)?))
    }

    fn last_outlet_number(&self, page: &Page, at: usize) -> Option<usize> {
        let before = self.mentions.partition_point(|&(start, ..)| start < at);
        let mut mentions = self.mentions[..before].iter().rev();
        let found = mentions.find(|&&(start, end, number)| {
            self.people[number].kind == ActorType::Organisation
                && self.is_outlet(page, &(start..end))
        });
        found.map(|&(.., number)| number)
    }

    fn note(&mut self, page: &Page, number: usize, range: &Range<usize>) {
        let span = page.prose.span(range.clone());
        let mentions = &mut self.people[number].mentions;
        if !mentions.iter().any(|mention| mention.overlaps(span)) {
            mentions.push(span);
        }
    }

    /// The named actor that `range` is about: the mention that holds its main noun, or the name that
    /// stands beside a role ("its spokesman, Bo Rask").
    fn named(&self, page: &Page, range: &Range<usize>, head: usize) -> Option<usize> {
        let owns =
            |end: usize| end + 1 < range.end && matches!(page.low(end), "'s" | "’s" | "'" | "’");
        let holds = self.mentions_in(range).find(|&(start, end, _)| (start..end).contains(&head));
        if let Some((_, end, number)) = holds
            && !owns(end)
        {
            return Some(number);
        }
        let is_role = is_person_noun(page.low(head)) && !page.low(head).ends_with('s');
        let mut body = None;
        for (start, end, number) in self.mentions_in(range) {
            let complements = start > range.start && {
                let before = if page.tag(start - 1) == Tag::Det && start - 1 > range.start {
                    start - 2
                } else {
                    start - 1
                };
                matches!(page.tag(before), Tag::Prep | Tag::To | Tag::Sub | Tag::And)
            };
            let modifies = end < range.end
                && (matches!(page.tag(end), Tag::Noun | Tag::Adjective | Tag::Name)
                    || page.low(end) == "-");
            if owns(end) || complements || modifies {
                continue;
            }
            if (range.start..start).any(|k| page.tag(k) == Tag::Relative) {
                break;
            }
            let is_person = self.people[number].kind == ActorType::Person;
            let after_comma = (range.start..start).any(|k| page.tag(k) == Tag::Comma);
            if is_person && (is_role || start <= head || !after_comma) {
                return Some(number);
            }
            if !is_person && !is_role && !after_comma && start <= head && head < end {
                body.get_or_insert(number);
            }
        }
        body
    }

    /// The actor with a role that has the word `low` and best fits the words before it: one who was
    /// mentioned before, the latest first, or in a headline one who is named later.
    fn with_role(&self, page: &Page, modifiers: Range<usize>, low: &str) -> Option<usize> {
        let at = modifiers.start;
        let words: Vec<&str> = modifiers
            .filter(|&k| {
                matches!(page.tag(k), Tag::Name | Tag::Noun | Tag::Adjective | Tag::Number)
                    && !matches!(
                        page.low(k),
                        "former" | "senior" | "top" | "new" | "late" | "same" | "first" | "-"
                    )
            })
            .map(|k| page.low(k))
            .collect();
        let score = |text: &str| -> Option<i64> {
            let text = text.to_lowercase();
            let mut has = text.split([' ', '-', ',']).map(|word| word.trim_end_matches('.'));
            has.clone().any(|word| is_same_role(word, low)).then_some(())?;
            let found = words.iter().filter(|word| has.clone().any(|own| own == **word)).count();
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
                && fit >= -2
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
            let held = recent.find(|&&(.., number)| {
                self.people[number].kind == ActorType::Person && has_office(number)
            });
            return held.map(|&(.., number)| number);
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
            && if is_any { has_office(last) } else { is_near(spoke) && !has_office(last) };
        fits.then_some(last)
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

/// Whether the one who says it may go on speaking in the next quotation.
fn is_spoken(draft: &Draft) -> bool {
    !matches!(draft.act, Act::Think | Act::Intend | Act::Expect | Act::Praise | Act::Accuse)
}

/// Words of another that a source passes on.
#[derive(Debug, Clone)]
pub(crate) struct PassedOn {
    /// Who said them: "the official".
    pub(crate) speaker: Range<usize>,
    /// Who passes them on: "the Herald", "a report".
    pub(crate) by: Range<usize>,
}

/// "The Herald quoted the official as saying", "a report, citing two officials": who said it and
/// who passes it on.
pub(crate) fn passed_on(page: &Page, draft: &Draft) -> Option<PassedOn> {
    let source = draft.source.first()?.clone();
    let sentence = page.prose.sentences[page.prose.sentence_of(draft.head)].tokens.clone();
    let quotes = |k: usize| matches!(page.low(k), "quoted" | "quotes" | "quoting" | "citing");
    let in_content = |k: usize| draft.content.iter().any(|piece| piece.contains(&k));
    let cue = draft.cue.iter().cloned().flatten().find(|&k| quotes(k));
    // The rules' form of it: the one quoted is the source already, the paper stands before the cue.
    if let Some(cue) = cue
        && source.start > cue
        && let Some(by) = page.subject_before(cue, &page.stretch(cue))
    {
        return Some(PassedOn { speaker: source, by });
    }
    if let Some(cue) = cue
        && source.start < cue
        && page.low(cue) != "citing"
        && !(cue > sentence.start && page.tag(cue - 1) == Tag::Be)
    {
        // "quoted Deputy Secretary of the Navy for Harbours Bo Rask that …"
        let goes_on = |k: &usize| {
            let tag = page.tag(*k);
            tag.is_nominal() || matches!(page.low(*k), "of" | "for")
        };
        let long = (cue + 1..sentence.end).take_while(goes_on).last().map(|last| cue + 1..last + 1);
        let named = long.filter(|long| long.len() < 16 && page.tag(long.end - 1) == Tag::Name);
        let speaker = named.or_else(|| page.noun_group(cue + 1, sentence.end))?;
        let names = is_one_who_speaks(page, &speaker);
        return names.then_some(PassedOn { speaker, by: source });
    }
    // "The Herald reported, citing two officials", "according to a report, citing two officials"
    let citing = (source.start + 1..sentence.end).find(|&k| {
        matches!(page.low(k), "citing" | "quoting")
            && (!in_content(k) || draft.act == Act::Report)
            && k > draft.head
    })?;
    let is_report = draft.act == Act::Report || source.contains(&citing);
    let speaker = page.long_group(citing + 1, sentence.end)?;
    let names = is_one_who_speaks(page, &speaker);
    (is_report && names && page.low(citing - 1) == ",")
        .then(|| PassedOn { speaker, by: source.start..source.end.min(citing) })
}

fn is_one_who_speaks(page: &Page, group: &Range<usize>) -> bool {
    head(page, group).is_some_and(|k| {
        is_person_noun(page.low(k)) || page.tag(k) == Tag::Name || page.tag(k) == Tag::Pronoun
    })
}

/// Without what opens or closes a source but names nobody: "as", a comma, an adverb.
fn tidy(page: &Page, range: Range<usize>) -> Option<Range<usize>> {
    let (mut start, mut end) = (range.start, range.end);
    let is_loose = |k: usize| {
        matches!(
            page.tag(k),
            Tag::Comma | Tag::Break | Tag::Stop | Tag::Colon | Tag::And | Tag::Adverb
        ) || matches!(page.low(k), "as" | "by" | "even" | "to" | "from")
    };
    while start < end && is_loose(start) {
        start += 1;
    }
    while start < end && matches!(page.tag(end - 1), Tag::Comma | Tag::Stop | Tag::Colon) {
        end -= 1;
    }
    (start < end).then_some(start..end)
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
fn is_abstract(low: &str) -> bool {
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
fn is_some(low: &str) -> bool {
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
fn is_same_role(own: &str, low: &str) -> bool {
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

/// The main noun of a source: where the parse has it, or else the last of its first part.
pub(super) fn main_noun(page: &Page, range: &Range<usize>) -> Option<usize> {
    let parsed = page.tops(range.clone()).find(|&k| {
        matches!(page.pos(k), "NN" | "NNS" | "NNP" | "NNPS" | "PRP" | "CD" | "FW")
            || page.tag(k).is_head() && !page.pos(k).starts_with("VB")
    });
    let by_tags = head(page, range);
    match (parsed, by_tags) {
        // A parse that jumps over a clause is less sure than the first noun group.
        (Some(parsed), Some(plain))
            if parsed > plain && (plain..parsed).any(|k| page.tag(k) == Tag::Comma) =>
        {
            Some(plain)
        }
        (Some(parsed), _) => Some(parsed),
        (None, plain) => plain,
    }
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
