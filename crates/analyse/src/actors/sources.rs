//! Words that name a source, resolved to an actor: a name, a pronoun, a role, a group, a document.
//!
//! ```text
//! "she"                       →  the woman who spoke or was named last
//! "the minister"              →  the actor with that role
//! "two aides, who asked …"    →  an anonymous actor, kept whole
//! ```

use super::names::title_gender;
use super::nouns::{is_person_noun, is_some};
use super::roles::may_be_firm;
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
        self.speaking = None;
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
        self.speaking = Some(number);
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
        // "pushed Israel to wait": a place that is spoken to is a body.
        let member = &mut self.people[number];
        if member.kind == ActorType::Place {
            member.kind = ActorType::Organisation;
        }
        Some(self.as_party(number))
    }

    /// Whether `range` names an outlet.
    pub(crate) fn is_outlet(&self, page: &Page, range: &Range<usize>) -> bool {
        range.clone().any(|k| {
            page.prose.word(k).starts_with(char::is_uppercase)
                && KNOWN.outlets.contains(page.low(k))
                || matches!(
                    page.low(k),
                    "newspaper" | "broadcaster" | "magazine" | "daily" | "weekly"
                )
        }) && range.clone().all(|k| !KNOWN.titles.contains(page.low(k)))
    }

    /// The outlet named in `range`: "a Lorne Times report".
    pub(crate) fn outlet_in(&mut self, page: &Page, range: Range<usize>) -> Option<Party> {
        let found = self.mentions_in(&range).find(|&(start, end, _)| {
            let is_kind = matches!(page.low(start), "tv" | "television" | "radio");
            self.is_outlet(page, &(start..end)) && !(is_kind && end == start + 1)
        });
        let (.., number) = found?;
        // "told Le Monde": what publishes is a body, whatever its name looks like.
        self.people[number].kind = ActorType::Organisation;
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
        // "some in the ministry", "one of the aides": not the ministry.
        let first = page.low(range.start);
        if (is_some(first) || page.tag(range.start) == Tag::Number)
            && range.len() > 2
            && page.tag(range.start + 1) == Tag::Prep
        {
            head = range.start;
        }
        // "Department of State spokeswoman": the noun goes on after the name.
        let holds = self.mentions_in(&range).find(|&(start, end, _)| (start..end).contains(&head));
        if let Some((_, end, _)) = holds
            && end < range.end
            && page.tag(end) == Tag::Noun
            && page.pos(end).starts_with("NN")
        {
            head = (end..range.end).take_while(|&k| page.tag(k) == Tag::Noun).last().unwrap_or(end);
        }
        // "state TV", "Tamaran radio"
        let airs = matches!(page.low(head), "tv" | "television" | "radio");
        if airs && head > range.start && head + 1 == range.end && range.len() < 4 {
            let name = self.spoken_name(page, &range);
            return Some(self.add(page, name, ActorType::Organisation, &range));
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
            let member = &mut self.people[number];
            // "Bloomberg reported": an outlet that bears a person's name, if no such person is named.
            if member.kind == ActorType::Person
                && member.roles.is_empty()
                && KNOWN.outlets.contains(member.name.to_lowercase().as_str())
            {
                member.kind = ActorType::Organisation;
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
            // "the leader of the opposition, Hamish Tarrant": whatever the name looks like.
            let may_be_one = kind == ActorType::Organisation
                && end - start <= 3
                && !(start..end).any(|k| KNOWN.organisations.contains(page.low(k)));
            let closes = (end..range.end).all(|k| matches!(page.tag(k), Tag::Comma | Tag::Number));
            start > head
                && page.tag(start - 1) == Tag::Comma
                && closes
                && (kind == ActorType::Person || may_be_one)
        });
        let (.., number) = found.or_else(|| {
            // "the mine's owner, Teldar Resources": a firm.
            may_be_firm(low).then_some(())?;
            self.mentions_in(range).find(|&(start, _, number)| {
                start > head
                    && page.tag(start - 1) == Tag::Comma
                    && self.people[number].kind == ActorType::Organisation
            })
        })?;
        let member = &mut self.people[number];
        if may_be_firm(low) && member.kind == ActorType::Organisation {
            return Some(number);
        }
        member.kind = ActorType::Person;
        member.gender = member.gender.or_else(|| title_gender(low));
        Some(number)
    }

    /// "China and Russia", "Ana Voss and Bo Rask": two who speak as one group.
    fn pair(&mut self, page: &Page, range: &Range<usize>, head: usize) -> Option<usize> {
        let mut mentions = self.mentions_in(range);
        let first = mentions.find(|&(start, end, _)| (start..end).contains(&head))?;
        let second = mentions.next()?;
        let gap = second.0 - first.1;
        let is_pair = (gap == 1 || gap == 2 && page.low(first.1 + 1) == "the")
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

    /// A name without the article, and without commas at its end.
    pub(super) fn spoken_name(&self, page: &Page, range: &Range<usize>) -> String {
        let mut words = page.words(range.clone()).trim_end_matches([',', ' ']);
        for article in ["The ", "the "] {
            words = words.strip_prefix(article).unwrap_or(words);
        }
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    pub(super) fn add(
        &mut self,
        page: &Page,
        name: String,
        kind: ActorType,
        range: &Range<usize>,
    ) -> usize {
        let known =
            self.people.iter().position(|member| member.kind == kind && member.name == name);
        let number = known.unwrap_or_else(|| {
            self.people.push(Member {
                name,
                kind,
                is_place: false,
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

    pub(super) fn last_outlet_number(&self, page: &Page, at: usize) -> Option<usize> {
        let before = self.mentions.partition_point(|&(start, ..)| start < at);
        let mut mentions = self.mentions[..before].iter().rev();
        let found = mentions.find(|&&(start, end, number)| {
            self.people[number].kind == ActorType::Organisation
                && self.is_outlet(page, &(start..end))
        });
        found.map(|&(.., number)| number)
    }

    pub(super) fn note(&mut self, page: &Page, number: usize, range: &Range<usize>) {
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
    // "Citing two aides, the Herald reported"
    let opens = page.low(sentence.start);
    if matches!(opens, "citing" | "quoting")
        && source.start > sentence.start + 2
        && !in_content(sentence.start)
        && draft.lemma != "cite"
    {
        let speaker = page.long_group(sentence.start + 1, source.start)?;
        return names_source(page, &speaker).then_some(PassedOn { speaker, by: source });
    }
    // "The Herald, citing two aides, reported"
    let aside = source.end + 1;
    if aside < draft.head
        && page.tag(source.end) == Tag::Comma
        && matches!(page.low(aside), "citing" | "quoting")
    {
        let speaker = page.long_group(aside + 1, draft.head)?;
        return names_source(page, &speaker).then_some(PassedOn { speaker, by: source });
    }
    // "The Herald reported, citing two officials", "according to a report, citing two officials"
    // An aside right after the source is no content, whatever the content was taken to be:
    // "According to the Herald, citing two aides, the port …".
    let citing = (source.start + 1..sentence.end).find(|&k| {
        matches!(page.low(k), "citing" | "quoting")
            && (!in_content(k) || draft.act == Act::Report || k <= source.end + 1)
            && k > draft.head
    })?;
    let is_carrier = |k: usize| {
        matches!(page.low(k), "report" | "reports" | "article" | "story")
            || page.prose.word(k).starts_with(char::is_uppercase)
                && KNOWN.outlets.contains(page.low(k))
    };
    let is_report = draft.act == Act::Report
        || source.contains(&citing)
        || citing <= source.end + 1 && source.clone().any(is_carrier);
    let speaker = page.long_group(citing + 1, sentence.end)?;
    let names = names_source(page, &speaker);
    (is_report && names && (page.low(citing - 1) == "," || draft.head + 1 == citing))
        .then(|| PassedOn { speaker, by: source.start..source.end.min(citing) })
}

/// Whether a group names one whose words can be cited: people, a body, a document.
fn names_source(page: &Page, group: &Range<usize>) -> bool {
    is_one_who_speaks(page, group)
        || head(page, group).is_some_and(|k| {
            let low = page.low(k);
            KNOWN.bodies.contains(low) || KNOWN.documents.contains(low) || low == "guard"
        })
}

fn is_one_who_speaks(page: &Page, group: &Range<usize>) -> bool {
    head(page, group).is_some_and(|k| {
        is_person_noun(page.low(k)) || page.tag(k) == Tag::Name || page.tag(k) == Tag::Pronoun
    })
}

/// Whether a source is an outlet, or a report of one: "state media", "a Lorne Times report".
pub(crate) fn names_outlet(page: &Page, source: &Range<usize>) -> bool {
    let is_plain = |k: usize| matches!(page.low(k), "media" | "tv" | "television" | "radio");
    let is_named = |k: usize| {
        page.prose.word(k).starts_with(char::is_uppercase) && KNOWN.outlets.contains(page.low(k))
    };
    source.len() < 9
        && source.clone().any(|k| is_plain(k) || is_named(k))
        && source.clone().all(|k| !KNOWN.titles.contains(page.low(k)))
        && !is_person_noun(page.low(source.end - 1))
        && !source.clone().any(|k| page.low(k) == "poll")
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
