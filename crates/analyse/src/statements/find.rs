//! Cues, each with its source and content, as ranges of tokens.
//!
//! ```text
//! The minister said on Monday that the quay was safe.
//! source^^^^^^ cue^           content^^^^^^^^^^^^^^^
//! ```

use super::content::content_end;
use super::groups::{Page, VerbGroup};
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

/// What follows a cue, and where its content begins.
struct Following {
    after: After,
    at: usize,
    addressee: Option<Range<usize>>,
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

/// "…, noted Voss, adding that …": who noted also adds.
fn share_sources(page: &Page, drafts: &mut [Draft]) {
    for later in 1..drafts.len() {
        let head = drafts[later].head;
        let sentence = &page.prose.sentences[page.prose.sentence_of(head)].tokens;
        let start = drafts[later].cue.first().map_or(head, |cue| cue.start);
        let is_free = page.tag(head) == Tag::Ing
            && start > sentence.start
            && page.tag(start - 1) == Tag::Comma;
        if !is_free {
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
fn build(
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
    let parted = matches!(following.after, After::Prep(_)) && cue.end > head + 2;
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
fn left_words(page: &Page, at: usize, stretch: &Range<usize>) -> Option<Vec<Range<usize>>> {
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
        return Some(vec![start..at]);
    }
    if at > stretch.start && matches!(page.tag(at - 1), Tag::Comma) {
        let start = clause_start(page, stretch.start, at - 1);
        let has_verb = (start..at - 1).any(|k| page.is_finite_at(k) || page.tag(k).is_verb());
        return (has_verb && at - 1 - start >= 3).then(|| vec![start..at - 1]);
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
fn clause_start(page: &Page, from: usize, end: usize) -> usize {
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

/// Past "on Tuesday", "late last week".
fn skip_time(page: &Page, from: usize, end: usize) -> usize {
    let mut k = from;
    loop {
        let mut j = k;
        while j < end
            && (matches!(
                page.low(j),
                "on" | "late"
                    | "early"
                    | "last"
                    | "this"
                    | "earlier"
                    | "in"
                    | "next"
                    | "that"
                    | "of"
            ) || page.tag(j) == Tag::Time
                || page.tag(j) == Tag::Number
                || matches!(
                    page.low(j),
                    "morning"
                        | "evening"
                        | "afternoon"
                        | "night"
                        | "week"
                        | "month"
                        | "year"
                        | "ago"
                        | "days"
                        | "later"
                        | "day"
                ))
        {
            j += 1;
        }
        let has_time = (k..j).any(|i| {
            page.tag(i) == Tag::Time
                || matches!(
                    page.low(i),
                    "morning"
                        | "evening"
                        | "afternoon"
                        | "night"
                        | "week"
                        | "month"
                        | "year"
                        | "ago"
                )
        });
        if j == k || !has_time {
            return k;
        }
        // "on Tuesday that": the last word opens the content.
        while j > k
            && matches!(page.low(j - 1), "that" | "in" | "on" | "of" | "this" | "next" | "last")
        {
            j -= 1;
        }
        if j == k {
            return k;
        }
        k = j;
    }
}

/// What follows the verb at `head`.
fn following(
    page: &Page,
    head: usize,
    stretch: &Range<usize>,
    readings: &[&Reading],
) -> Option<Following> {
    let end = page.prose.sentences[page.prose.sentence_of(head)].tokens.end;
    let is_inside = page.quotes.is_quoted(head);
    let end = if is_inside { stretch.end } else { end };
    let may = |after: After| readings.iter().any(|r| r.after == after);
    let mut addressee = None;
    let mut has_skipped = false;
    let mut k = head + 1;
    for _ in 0..8 {
        let found = |after, at, addressee| Some(Following { after, at, addressee });
        if k >= end {
            return found(After::End, k, addressee);
        }
        let low = page.low(k);
        match page.tag(k) {
            Tag::Stop => return found(After::End, k, addressee),
            Tag::Quote => {
                return match page.quotes.opened_by(k) {
                    Some(number) => {
                        let quotation = &page.quotes.quotations[number];
                        let is_short = quotation.end - k < 6
                            && quotation.end < end
                            && !matches!(page.tag(quotation.end), Tag::Stop | Tag::Comma);
                        let after = if may(After::Quote) { After::Quote } else { After::Noun };
                        let after = if is_short && may(After::Clause) && !page.tag(k + 1).is_verb()
                        {
                            After::Clause
                        } else {
                            after
                        };
                        found(after, k, addressee)
                    }
                    None => found(After::End, k, addressee),
                };
            }
            Tag::Comma => {
                let next = k + 1;
                if next < end && page.quotes.opened_by(next).is_some() {
                    return found(After::Quote, next, addressee);
                }
                // "said, however, that"
                let second = (next..end.min(next + 7))
                    .find(|&j| matches!(page.tag(j), Tag::Comma | Tag::Colon));
                if let Some(colon) = second.filter(|&j| page.tag(j) == Tag::Colon) {
                    k = colon;
                    continue;
                }
                if let Some(second) = second
                    && second + 1 < end
                    && (page.low(second + 1) == "that"
                        || page.quotes.opened_by(second + 1).is_some())
                    && !(next..second).any(|j| page.tag(j).is_verb())
                {
                    k = second + 1;
                    continue;
                }
                return found(After::End, k, addressee);
            }
            Tag::Colon => {
                // A colon at a paragraph's end speaks of the next.
                let goes_on =
                    k + 1 < end || !is_inside && k + 1 < page.tags.len() && may(After::Quote);
                return if goes_on {
                    found(After::Colon, k + 1, addressee)
                } else {
                    found(After::End, k, addressee)
                };
            }
            Tag::Break if matches!(low, ";" | "—" | "–" | "--" | "-") => {
                return found(After::End, k, addressee);
            }
            Tag::That | Tag::Relative if low == "that" => {
                return found(After::That, k, addressee);
            }
            Tag::Wh | Tag::Relative => return found(After::Wh, k, addressee),
            Tag::Sub if low == "if" => return found(After::Wh, k, addressee),
            Tag::Sub if low == "as" && may(After::Noun) => return None,
            Tag::Sub
                if may(After::Clause)
                    && may(After::End)
                    && has_clause(page, k + 1, end)
                    && matches!(
                        low,
                        "because" | "if" | "when" | "while" | "although" | "unless" | "once"
                    ) =>
            {
                return found(After::Clause, k, addressee);
            }
            Tag::Sub => return found(After::End, k, addressee),
            Tag::To => {
                let next = k + 1;
                if next >= end {
                    return None;
                }
                if page.tag(next) == Tag::Base
                    || page.tag(next) == Tag::Be
                    || page.tag(next) == Tag::Have
                    || page.tag(next) == Tag::Do
                    || page.tag(next) == Tag::Not
                    || page.tag(next) == Tag::Adverb
                {
                    return found(After::To, k, addressee);
                }
                if readings.iter().any(|r| r.takes_noun_after_to) {
                    return found(After::To, next, addressee);
                }
                // "said to reporters that"
                let group = page.noun_group(next, end)?;
                addressee = Some(group.clone());
                k = group.end;
                has_skipped = true;
            }
            Tag::Ing if may(After::Ing) => return found(After::Ing, k, addressee),
            Tag::Adverb if low == "there" && begins_clause(page, &(k..k + 1), end) => {
                return found(After::Clause, k, addressee);
            }
            Tag::Not if k + 1 < end && page.tag(k + 1) == Tag::To => {
                return found(After::To, k, addressee);
            }
            Tag::Adverb | Tag::Not => k += 1,
            Tag::Prep => {
                let after_time = skip_time(page, k, end);
                if after_time > k {
                    k = after_time;
                    continue;
                }
                if let Some(reading) =
                    readings.iter().find(|r| matches!(r.after, After::Prep(p) if p == low))
                {
                    return found(reading.after, k + 1, addressee);
                }
                let mut stop = page
                    .noun_group(k + 1, end)
                    .map(|group| group.end)
                    .or_else(|| (k + 1 < end && page.tag(k + 1) == Tag::Ing).then_some(k + 2))?;
                while stop < end
                    && page.tag(stop) == Tag::Prep
                    && let Some(group) = page.noun_group(stop + 1, end)
                {
                    stop = group.end;
                }
                if low == "of" || low == "about" {
                    return found(After::End, k, addressee);
                }
                k = stop;
                has_skipped = true;
            }
            Tag::Time => {
                let after_time = skip_time(page, k, end);
                k = after_time.max(k + 1);
            }
            _ => {
                let Some(group) = page.noun_group(k, end) else {
                    return (has_skipped || addressee.is_some()).then_some(Following {
                        after: After::End,
                        at: k,
                        addressee,
                    });
                };
                let after_time = skip_time(page, k, end);
                if after_time > k {
                    k = after_time;
                    continue;
                }
                if has_skipped && !may(After::Clause) {
                    return found(After::End, k, addressee);
                }
                let takes = readings.iter().any(|r| r.takes_addressee);
                let is_nominative = matches!(low, "he" | "she" | "they" | "we" | "i" | "there");
                if takes
                    && addressee.is_none()
                    && !is_nominative
                    && !begins_clause(page, &group, end)
                {
                    let mut stop = group.end;
                    while stop < end
                        && (page.low(stop) == "of"
                            || page.low(stop) == "at"
                            || page.low(stop) == "in"
                            || page.low(stop) == "and"
                            || page.low(stop) == "for" && readings[0].lemma == "tell")
                        && let Some(more) = page.noun_group(stop + 1, end)
                    {
                        if begins_clause(page, &more, end) && page.low(stop) == "and" {
                            break;
                        }
                        stop = more.end;
                    }
                    addressee = Some(group.start..stop);
                    k = stop;
                    continue;
                }
                let after = if is_nominative
                    || begins_clause(page, &group, end)
                    || !may(After::Noun) && has_clause(page, group.end, end)
                {
                    After::Clause
                } else {
                    After::Noun
                };
                let after =
                    if after == After::Clause && !may(After::Clause) { After::Noun } else { after };
                return found(after, k, addressee);
            }
        }
    }
    None
}

/// Whether a verb with this group as its subject follows.
fn begins_clause(page: &Page, group: &Range<usize>, end: usize) -> bool {
    let mut k = group.end;
    for _ in 0..4 {
        while k < end && matches!(page.tag(k), Tag::Adverb | Tag::Not) {
            k += 1;
        }
        if k >= end {
            return false;
        }
        if page.is_finite_at(k) {
            return !(page.tag(k) == Tag::Past
                && k + 1 < end
                && matches!(page.low(k + 1), "by" | "in" | "at"));
        }
        if page.tag(k) == Tag::Base {
            return true;
        }
        if page.tag(k) == Tag::Prep || page.tag(k) == Tag::And {
            match page.noun_group(k + 1, end) {
                Some(more) => k = more.end,
                None => return false,
            }
            continue;
        }
        return false;
    }
    false
}

/// Whether a finite verb stands before the next comma or stop.
fn has_clause(page: &Page, from: usize, end: usize) -> bool {
    (from..end.min(from + 25))
        .take_while(|&k| !matches!(page.tag(k), Tag::Stop | Tag::Break))
        .any(|k| page.is_finite_at(k))
}

/// "was quoted as saying", "quoted Voss as saying".
fn quoted_as(page: &Page, head: usize, group: VerbGroup, stretch: &Range<usize>) -> Option<Draft> {
    let saying = head + 2;
    if saying >= stretch.end || page.low(saying) != "saying" {
        return None;
    }
    let readings = LEXICON.verbs.get("saying")?;
    let some: Vec<&Reading> = readings.iter().collect();
    let following = following(page, saying, stretch, &some)?;
    let reading = some.into_iter().find(|r| r.after == following.after)?.clone();
    let whole = VerbGroup { tokens: group.tokens.start..saying + 1, is_finite: true, ..group };
    build(page, saying, whole, stretch, following, &reading)
}

/// "The report quoted the official as saying that": the official speaks.
fn quotes_as(page: &Page, head: usize, group: &VerbGroup, stretch: &Range<usize>) -> Option<Draft> {
    let named = page.noun_group(head + 1, stretch.end)?;
    let saying = named.end + 1;
    if saying >= stretch.end || page.low(named.end) != "as" || page.low(saying) != "saying" {
        return None;
    }
    let readings = LEXICON.verbs.get("saying")?;
    let some: Vec<&Reading> = readings.iter().collect();
    let following = following(page, saying, stretch, &some)?;
    let end = content_end(page, following.at, saying, stretch);
    (following.at < end).then(|| Draft {
        source: vec![named.clone()],
        cue: vec![group.tokens.clone(), named.end..saying + 1],
        content: vec![following.at..end],
        head: saying,
        lemma: "quote",
        after: following.after,
        act: Act::Say,
        is_negated: group.is_negated,
        addressee: None,
        is_nested: false,
    })
}

/// "was criticised by Voss": the source follows, the content is the subject.
fn passive(
    page: &Page,
    head: usize,
    group: &VerbGroup,
    readings: &[Reading],
    stretch: &Range<usize>,
) -> Option<Draft> {
    let reading = readings
        .iter()
        .find(|r| r.after == After::Noun)
        .or_else(|| readings.iter().find(|r| r.after == After::Clause && group.is_passive))?;
    let limit = page.prose.sentences[page.prose.sentence_of(head)].tokens.end;
    let by = page.long_group(head + 2, limit)?;
    let subject = page.subject_before(group.tokens.start, stretch)?;
    Some(Draft {
        source: vec![by],
        cue: vec![group.tokens.clone()],
        content: vec![subject],
        head,
        lemma: reading.lemma,
        after: After::Noun,
        act: reading.act,
        is_negated: group.is_negated,
        addressee: None,
        is_nested: false,
    })
}

/// A passive that names no source: "is expected to", "it was reported that", "were told that".
fn passive_open(
    page: &Page,
    head: usize,
    group: &VerbGroup,
    readings: &[Reading],
    stretch: &Range<usize>,
) -> Option<Draft> {
    let some: Vec<&Reading> = readings.iter().collect();
    let following = following(page, head, stretch, &some)?;
    let reading = some.into_iter().find(|r| r.after == following.after)?;
    let subject = page.subject_before(group.tokens.start, stretch)?;
    let end = content_end(page, following.at, head, stretch);
    if following.at >= end {
        return None;
    }
    let is_it = subject.len() == 1 && page.low(subject.start) == "it";
    let mut content = Vec::new();
    let mut addressee = None;
    match following.after {
        After::To if matches!(reading.act, Act::Expect) => content.push(subject),
        After::That | After::Clause | After::Wh if reading.takes_addressee => {
            addressee = Some(subject)
        }
        After::That if is_it => {}
        _ => return None,
    }
    content.push(following.at..end);
    Some(Draft {
        source: Vec::new(),
        cue: vec![group.tokens.clone()],
        content,
        head,
        lemma: reading.lemma,
        after: following.after,
        act: reading.act,
        is_negated: group.is_negated,
        addressee,
        is_nested: false,
    })
}

/// "Voss's claim that …", "criticism of … by".
fn noun(page: &Page, head: usize, readings: &[Reading]) -> Option<Draft> {
    let stretch = page.stretch(head);
    let next = head + 1;
    if next >= stretch.end {
        return None;
    }
    let after = match page.tag(next) {
        Tag::That => After::That,
        Tag::Relative if page.low(next) == "that" => After::That,
        Tag::To
            if next + 1 < stretch.end
                && matches!(page.tag(next + 1), Tag::Base | Tag::Be | Tag::Have) =>
        {
            After::To
        }
        Tag::Prep => readings
            .iter()
            .map(|r| r.after)
            .find(|after| matches!(after, After::Prep(p) if *p == page.low(next)))?,
        _ => return None,
    };
    let reading = readings.iter().find(|r| r.after == after)?;
    // The owner: "Voss's repeated claim", "their claim".
    let mut k = head;
    while k > stretch.start
        && matches!(page.tag(k - 1), Tag::Adjective | Tag::Adverb | Tag::Number | Tag::Noun)
    {
        k -= 1;
    }
    if k == stretch.start || page.tag(k - 1) != Tag::Possessive {
        return None;
    }
    let owner = if matches!(page.low(k - 1), "'s" | "’s" | "'" | "’") {
        let before = page.subject_before(k - 1, &stretch)?;
        // "in the wake of Voss's claim": the owner is what stands after the preposition.
        let last = before.clone().rev().find(|&i| {
            page.tag(i) == Tag::Prep && page.low(i) != "of"
                || page.low(i) == "of" && page.tag(before.end - 1) == Tag::Name
        });
        last.map_or(before.start, |prep| prep + 1)..k
    } else {
        k - 1..k
    };
    let (cue_end, at) = if after == After::That || after == After::To {
        (head + 1, next)
    } else {
        (next + 1, next + 1)
    };
    let end = match after {
        After::That | After::To => super::content::noun_clause_end(page, at, &stretch),
        _ => page.long_group(at, stretch.end)?.end,
    };
    (at < end).then(|| Draft {
        source: vec![owner],
        cue: vec![k..cue_end],
        content: vec![at..end],
        head,
        lemma: reading.lemma,
        after,
        act: reading.act,
        is_negated: false,
        addressee: None,
        is_nested: false,
    })
}

/// "according to Voss".
fn phrase(page: &Page, start: usize) -> Option<Draft> {
    let (words, act) = LEXICON.phrases.iter().find(|(words, _)| {
        words
            .iter()
            .enumerate()
            .all(|(n, word)| start + n < page.tags.len() && page.low(start + n) == *word)
    })?;
    let stretch = page.stretch(start);
    let end = start + words.len();
    if end >= stretch.end {
        return None;
    }
    let mut named = page.long_group(end, stretch.end)?;
    let first = (stretch.start..start)
        .find(|&k| !matches!(page.tag(k), Tag::And | Tag::Adverb | Tag::Comma));
    let content = if first.is_none() || matches!(page.tag(start - 1), Tag::Break | Tag::Colon) {
        // "According to Voss, the quay is safe": the source ends at the comma, if no apposition
        // to a name follows.
        if let Some(comma) = named.clone().find(|&k| page.tag(k) == Tag::Comma) {
            let has_name = (named.start..comma).any(|k| page.tag(k) == Tag::Name);
            let is_apposition = has_name
                && (matches!(page.low(comma + 1), "a" | "an" | "who" | "which")
                    || page.tag(comma + 1) == Tag::Relative)
                && named.end < stretch.end
                && page.tag(named.end) == Tag::Comma;
            if !is_apposition {
                named.end = comma;
            }
        }
        let mut at = named.end;
        if at < stretch.end && page.tag(at) == Tag::Comma {
            at += 1;
        }
        at..content_end(page, at.min(stretch.end), start, &stretch)
    } else {
        let mut to = start;
        while to > stretch.start && matches!(page.tag(to - 1), Tag::Comma | Tag::Adverb) {
            to -= 1;
        }
        clause_start(page, stretch.start, to)..to
    };
    // Of seats given "according to age", nothing speaks.
    let speaks = content.clone().any(|k| page.is_finite_at(k))
        && page.tag(named.start) != Tag::Number
        && (named.len() > 1
            || matches!(page.tag(named.start), Tag::Name | Tag::Pronoun)
            || page.low(named.start).ends_with('s'));
    (speaks && content.start < content.end).then(|| Draft {
        source: vec![named],
        cue: vec![start..end],
        content: vec![content],
        head: start,
        lemma: "according to",
        after: After::Clause,
        act: *act,
        is_negated: false,
        addressee: None,
        is_nested: false,
    })
}
