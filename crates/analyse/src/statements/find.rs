//! Cues, each with its source and content, as ranges of tokens.
//!
//! ```text
//! The minister said on Monday that the quay was safe.
//! source^^^^^^ cue^           content^^^^^^^^^^^^^^^
//! ```

use super::content::content_end;
use super::following::{Following, following, skip_time};
use super::frames::{noun, passive, passive_open, phrase, quoted_as, quotes_as};
use super::groups::{Page, VerbGroup, one};
use super::lexicon::{After, LEXICON, Reading};
use super::tags::Tag;
use crate::text::Role;
use onrecord_model::Act;
use std::ops::Range;

/// A statement in the making, in tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Draft {
    pub(crate) source: Vec<Range<usize>>,
    pub(crate) cue: Vec<Range<usize>>,
    pub(crate) content: Vec<Range<usize>>,
    /// The cue's main word.
    pub(crate) head: usize,
    pub(crate) lemma: &'static str,
    pub(crate) after: After,
    pub(crate) act: Act,
    pub(crate) is_negated: bool,
    pub(crate) addressee: Option<Range<usize>>,
    /// Whether it stands in the content of another.
    pub(crate) is_nested: bool,
}

/// All statements that a cue word shows, in order of the cue.
pub(crate) fn drafts(page: &Page) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for sentence in &page.prose.sentences {
        let role = page.prose.paragraphs[sentence.paragraph as usize].role;
        if matches!(role, Role::Byline | Role::Dateline) {
            continue;
        }
        for i in sentence.tokens.clone() {
            let low = page.low(i);
            if page.tag(i).is_verb()
                && let Some(readings) = LEXICON.verbs.get(low)
            {
                drafts.extend(verb(page, i, readings));
            } else if matches!(page.tag(i), Tag::Past | Tag::Third) {
                drafts.extend(unusual(page, i));
            } else if page.tag(i) == Tag::Noun
                && let Some(readings) = LEXICON.nouns.get(low)
            {
                drafts.extend(noun(page, i, readings));
            }
        }
        for i in sentence.tokens.clone() {
            drafts.extend(phrase(page, i));
        }
    }
    drafts.sort_by_key(|draft| draft.head);
    share_sources(page, &mut drafts);
    drafts
}

/// A verb that the lexicon does not have, right beside a quotation: "“Never,” Voss deadpanned",
/// "“Not here!” thundered Rask".
fn unusual(page: &Page, head: usize) -> Option<Draft> {
    if page.quotes.is_quoted(head) {
        return None;
    }
    let stretch = page.stretch(head);
    let group = page.verb_group(head, &stretch);
    let start = group.tokens.start;
    let reading = LEXICON.verbs.get("say")?.iter().find(|reading| reading.after == After::End)?;
    let speech_ends = |at: usize| {
        let quotation = &page.quotes.quotations[page.quotes.closed_before(at)?];
        let is_speech =
            quotation.end - quotation.open > 3 && matches!(page.low(at - 2), "," | "!" | "?" | "…");
        is_speech.then_some(())
    };
    let next = head + 1;
    let ends = next >= stretch.end || matches!(page.tag(next), Tag::Stop | Tag::Comma);
    let after = if start == head && speech_ends(start).is_some() {
        let names = next < stretch.end
            && matches!(page.tag(next), Tag::Name | Tag::Pronoun | Tag::Det | Tag::Possessive);
        names.then_some(After::Clause)?
    } else {
        let subject = page.subject_before(start, &stretch)?;
        speech_ends(subject.start)?;
        ends.then_some(After::End)?
    };
    build(page, head, group, &stretch, Following { after, at: next, addressee: None }, reading)
}

/// "…, noted Voss, adding that …": who noted also adds.
fn share_sources(page: &Page, drafts: &mut [Draft]) {
    for later in 1..drafts.len() {
        let head = drafts[later].head;
        let sentence = &page.prose.sentences[page.prose.sentence_of(head)].tokens;
        let start = drafts[later].cue.first().map_or(head, |cue| cue.start);
        if start == sentence.start {
            continue;
        }
        // "said the quay was old and urged …": who said also urges.
        if page.tag(start - 1) == Tag::And
            && let Some(before) = drafts[..later].iter().rev().find(|draft| {
                !draft.source.is_empty()
                    && page.tag(draft.head) == page.tag(head)
                    && draft.content.iter().any(|piece| piece.end == start - 1)
            })
        {
            drafts[later].source = before.source.clone();
            continue;
        }
        let is_participle = page.tag(head) == Tag::Ing && page.low(head) != "according";
        if !is_participle || page.tag(start - 1) != Tag::Comma {
            continue;
        }
        let before = drafts[..later].iter().rev().find(|draft| {
            sentence.contains(&draft.head)
                && matches!(page.tag(draft.head), Tag::Past | Tag::Third)
                && !draft.source.is_empty()
                && page.quotes.is_quoted(draft.head) == page.quotes.is_quoted(head)
                && !draft.content.iter().any(|piece| piece.contains(&head))
        });
        if let Some(before) = before {
            drafts[later].source = before.source.clone();
        }
    }
}

fn verb(page: &Page, head: usize, readings: &[Reading]) -> Option<Draft> {
    let stretch = page.stretch(head);
    let group = page.verb_group(head, &stretch);
    if page.low(head) == "said" && head > stretch.start && page.tag(head - 1) == Tag::Det {
        return None;
    }
    if head + 1 < stretch.end && page.low(head).starts_with("quot") {
        if group.is_passive && page.low(head + 1) == "as" {
            return quoted_as(page, head, group, &stretch);
        }
        if let Some(draft) = quotes_as(page, head, &group, &stretch) {
            return Some(draft);
        }
    }
    if page.low(head) == "saying" && head >= 2 && page.low(head - 1) == "as" {
        // "quoted Voss as saying": found at "quoted".
        let from = head.saturating_sub(12).max(stretch.start);
        if (from..head).any(|k| page.low(k) == "quoted" || page.low(k) == "quotes") {
            return None;
        }
    }
    let by = head + 1 < stretch.end && page.low(head + 1) == "by";
    if by && page.tag(head) == Tag::Past {
        return passive(page, head, &group, readings, &stretch);
    }
    if group.is_passive {
        return passive_open(page, head, &group, readings, &stretch);
    }
    let (following, reading) = readings
        .iter()
        .map(|reading| reading.takes_addressee)
        .collect::<std::collections::BTreeSet<bool>>()
        .into_iter()
        .rev()
        .find_map(|takes| {
            let some: Vec<&Reading> =
                readings.iter().filter(|r| r.takes_addressee == takes).collect();
            let following = following(page, head, &stretch, &some)?;
            let reading = some.into_iter().find(|r| fits(r, following.after))?;
            Some((following, reading.clone()))
        })?;
    build(page, head, group, &stretch, following, &reading)
}

fn fits(reading: &Reading, after: After) -> bool {
    reading.after == after
}

/// The draft of an active verb.
pub(super) fn build(
    page: &Page,
    head: usize,
    group: VerbGroup,
    stretch: &Range<usize>,
    following: Following,
    reading: &Reading,
) -> Option<Draft> {
    let mut cue = group.tokens.clone();
    let mut content = Vec::new();
    let subject = page.subject_before(group.tokens.start, stretch);
    // An adverb before the verb belongs to the cue only after a subject: "Voss also said".
    let group_left = group.tokens.start;
    let left = left_words(page, subject.as_ref().map_or(group_left, |s| s.start), stretch);
    let left_of_group = left_words(page, group_left, stretch);
    let mut source = subject.clone().into_iter().collect::<Vec<_>>();
    let is_speech = reading_is_speech(reading);

    match following.after {
        After::End => {
            if !is_speech {
                return None;
            }
            let rest = parenthetical(
                page,
                head,
                subject.as_ref().map_or(group_left, |s| s.start),
                stretch,
            );
            match (left, rest) {
                (_, Some(pieces)) => content.extend(pieces),
                (left, None) => content.extend(left.or_else(|| left_of_group.clone())?),
            }
            if subject.is_none() {
                source = governing(page, head, &group, stretch).into_iter().collect();
            }
        }
        After::Noun | After::Clause
            if is_speech
                && left_of_group.is_some()
                && (subject.is_none()
                    || is_shadow(page, subject.as_ref(), left_of_group.as_deref()))
                && inverts(page, &group, head) =>
        {
            let start = head + 1;
            let limit = page.prose.sentences[page.prose.sentence_of(head)].tokens.end;
            let named = page.long_group(skip_time(page, start, limit), limit)?;
            content.extend(left_of_group?);
            let mut next = named.end;
            source = vec![named];
            if next < limit && page.tag(next) == Tag::Comma {
                next += 1;
            }
            if next < limit
                && let Some(number) = page.quotes.opened_by(next)
            {
                content.push(quotation(page, number));
            }
        }
        _ => {
            // "to address the crowd": a noun group after a "to" form is rarely said.
            if following.after == After::Noun && page.tag(group.tokens.start) == Tag::To {
                return None;
            }
            let end = content_end(page, following.at, head, stretch);
            if following.at >= end {
                return None;
            }
            if following.after == After::Quote
                && let Some(before) = left
                && before.iter().all(|piece| page.quotes.closed_before(piece.end).is_some())
            {
                content.extend(before);
            }
            content.push(following.at..end);
            match following.after {
                After::Prep(_) => {
                    cue.end = following.at;
                }
                After::To if reading.takes_noun_after_to => cue.end = following.at,
                After::Colon => cue.end = following.at,
                _ => {}
            }
            if source.is_empty() || !group.is_finite {
                source = governing(page, head, &group, stretch).or(subject).into_iter().collect();
            }
        }
    }
    if cue.end == head + 1 && head + 1 < stretch.end && page.low(head + 1) == "out" {
        cue.end += 1;
    }
    if cue.end > head + 1 && following.addressee.is_some() {
        // "asked the board for": the words between belong to the addressee.
        cue.end = head + 1;
    }
    // "It is right to say": no one does.
    if page.tag(group.tokens.start) == Tag::To
        && source.first().is_some_and(|source| matches!(page.low(source.start), "it" | "there"))
    {
        return None;
    }
    let parted = matches!(following.after, After::Prep(_) | After::Colon) && cue.end > head + 2;
    let cue = if parted { vec![cue.start..head + 1, cue.end - 1..cue.end] } else { vec![cue] };
    Some(Draft {
        source,
        cue,
        content,
        head,
        lemma: reading.lemma,
        after: following.after,
        act: reading.act,
        is_negated: group.is_negated,
        addressee: following.addressee,
        is_nested: false,
    })
}

/// "The bigger risk, he said, is a clash": the pieces before and after.
fn parenthetical(
    page: &Page,
    head: usize,
    start: usize,
    stretch: &Range<usize>,
) -> Option<Vec<Range<usize>>> {
    let after = head + 1;
    let is_between = start > stretch.start + 1
        && page.tag(start - 1) == Tag::Comma
        && after + 1 < stretch.end
        && page.tag(after) == Tag::Comma
        && !page.quotes.is_quoted(start - 1);
    if !is_between || matches!(page.tag(after + 1), Tag::Ing | Tag::Relative | Tag::And | Tag::Sub)
    {
        return None;
    }
    let mut from = clause_start(page, stretch.start, start - 1);
    while from < start - 1 && page.tag(from) == Tag::And {
        from += 1;
    }
    let end = content_end(page, after + 1, head, stretch);
    let mut pieces = Vec::new();
    if from < start - 1 {
        pieces.push(from..start - 1);
    }
    if after + 1 < end {
        pieces.push(after + 1..end);
    }
    Some(pieces)
}

/// Whether the verb may stand before its subject: "…, said Voss".
fn inverts(page: &Page, group: &VerbGroup, head: usize) -> bool {
    group.tokens.start == head && matches!(page.tag(head), Tag::Past | Tag::Third)
        || group.tokens.len() == 2 && page.tag(head) == Tag::Past
}

/// Whether what looked like a subject is the end of the words before the comma.
fn is_shadow(page: &Page, subject: Option<&Range<usize>>, left: Option<&[Range<usize>]>) -> bool {
    let (Some(subject), Some(left)) = (subject, left) else { return false };
    left.iter().any(|piece| piece.contains(&subject.start))
        && page.tag(subject.end.saturating_sub(1)) == Tag::Comma
}

fn reading_is_speech(reading: &Reading) -> bool {
    LEXICON.verbs.get(reading.lemma).is_some_and(|readings| {
        readings.iter().any(|r| r.after == After::End && r.lemma == reading.lemma)
    })
}

/// The words before `at` that an attribution at the end claims: a quotation that closes there, or
/// a clause up to a comma.
pub(super) fn left_words(
    page: &Page,
    at: usize,
    stretch: &Range<usize>,
) -> Option<Vec<Range<usize>>> {
    let mut at = at;
    if at > stretch.start
        && page.tag(at - 1) == Tag::Adverb
        && at >= 2
        && matches!(page.tag(at - 2), Tag::Comma | Tag::Quote)
    {
        at -= 1;
    }
    if at > stretch.start
        && let Some(number) = page.quotes.closed_before(at)
    {
        let range = quotation(page, number);
        let sentence = &page.prose.sentences[page.prose.sentence_of(at - 1)].tokens;
        // A quotation that ends a longer clause: "He called it “a gift,” Voss said."
        let is_whole = range.start <= sentence.start
            || range.len() > 3 && opens_clause(page, range.start, sentence.start);
        if is_whole {
            return Some(vec![range]);
        }
        let start = clause_start(page, sentence.start, range.start);
        return Some(one(start..at));
    }
    if at > stretch.start && matches!(page.tag(at - 1), Tag::Comma) {
        let start = clause_start(page, stretch.start, at - 1);
        let has_verb = (start..at - 1).any(|k| page.is_finite_at(k) || page.tag(k).is_verb());
        return (has_verb && at - 1 - start >= 3).then(|| one(start..at - 1));
    }
    None
}

/// Whether a quotation that starts at `start` is a sentence of its own, after a comma or colon or
/// at the sentence's start.
fn opens_clause(page: &Page, start: usize, sentence: usize) -> bool {
    start == sentence
        || matches!(page.tag(start - 1), Tag::Comma | Tag::Colon | Tag::Stop | Tag::Break)
}

/// Where the clause before `end` starts: after a quotation's end or the sentence's start.
pub(super) fn clause_start(page: &Page, from: usize, end: usize) -> usize {
    let mut start = from;
    for k in from..end {
        if page.tag(k) == Tag::Break && page.low(k) == ";" {
            start = k + 1;
        }
    }
    start
}

/// A quotation with its marks and those that continue it.
fn quotation(page: &Page, number: usize) -> Range<usize> {
    let quotation = &page.quotes.quotations[number];
    quotation.open..quotation.end
}

/// The subject of a form without its own: "Voss left, saying …", "… and said …", "tried to say".
fn governing(
    page: &Page,
    head: usize,
    group: &VerbGroup,
    stretch: &Range<usize>,
) -> Option<Range<usize>> {
    let start = group.tokens.start;
    if start <= stretch.start {
        // "Speaking to reporters, Voss said": the subject follows the comma.
        return following_subject(page, head, stretch);
    }
    let before = page.tag(start - 1);
    if page.tag(head) == Tag::Ing && group.tokens.len() == 1 {
        if before.is_head() && before != Tag::Pronoun {
            // "a survey showing that …"
            return page.subject_before(start, stretch);
        }
        if page.low(start - 1) == "for" && start >= 2 {
            // "was upset with Voss for saying": the one before "for", if he is no owner ("the anger
            // of Voss for saying").
            let object = (stretch.start..start - 1)
                .rev()
                .find(|&k| !page.tag(k).is_nominal())
                .map_or(stretch.start, |k| k + 1);
            let is_owned = object > stretch.start && page.low(object - 1) == "of";
            if object < start - 1 && !is_owned {
                return Some(object..start - 1);
            }
        }
    }
    for k in (stretch.start..start).rev() {
        if page.quotes.is_quoted(k) != page.quotes.is_quoted(head) {
            continue;
        }
        if !page.is_finite_at(k) {
            continue;
        }
        let group_start = (stretch.start..k)
            .rev()
            .take_while(|&j| {
                matches!(
                    page.tag(j),
                    Tag::Adverb | Tag::Not | Tag::Be | Tag::Have | Tag::Do | Tag::Modal
                )
            })
            .last()
            .unwrap_or(k);
        if let Some(subject) = page.subject_before(group_start, stretch) {
            return Some(subject);
        }
    }
    following_subject(page, head, stretch)
}

fn following_subject(page: &Page, head: usize, stretch: &Range<usize>) -> Option<Range<usize>> {
    if page.tag(head) != Tag::Ing {
        return None;
    }
    let comma = (head..stretch.end).find(|&k| page.tag(k) == Tag::Comma)?;
    let group = page.noun_group(comma + 1, stretch.end)?;
    (group.end < stretch.end
        && (page.is_finite_at(group.end) || page.tag(group.end) == Tag::Adverb))
        .then_some(group)
}
