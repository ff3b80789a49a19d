//! Cues that are no active verbs: passives, quotations passed on, nouns, "according to".
//!
//! ```text
//! was criticised by Voss   the report quoted Voss as saying   Voss's claim that   according to Voss
//! ```

use super::content::{content_end, noun_clause_end};
use super::find::{Draft, build, clause_start, left_words};
use super::following::following;
use super::groups::{Page, VerbGroup, one};
use super::lexicon::{After, LEXICON, Reading};
use super::tags::Tag;
use onrecord_model::Act;
use std::ops::Range;

/// "was quoted as saying", "quoted Voss as saying".
pub(super) fn quoted_as(
    page: &Page,
    head: usize,
    group: VerbGroup,
    stretch: &Range<usize>,
) -> Option<Draft> {
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
pub(super) fn quotes_as(
    page: &Page,
    head: usize,
    group: &VerbGroup,
    stretch: &Range<usize>,
) -> Option<Draft> {
    let named = page.noun_group(head + 1, stretch.end)?;
    let saying = named.end + 1;
    if saying >= stretch.end || page.low(named.end) != "as" || page.low(saying) != "saying" {
        return None;
    }
    let readings = LEXICON.verbs.get("saying")?;
    let some: Vec<&Reading> = readings.iter().collect();
    let following = following(page, saying, stretch, &some)?;
    let end = content_end(page, following.at, saying, stretch);
    let content = if following.after == After::End {
        // "“It is late,” the report quoted Voss as saying."
        let subject = page.subject_before(group.tokens.start, stretch)?;
        left_words(page, subject.start, stretch)?
    } else {
        one(following.at..end)
    };
    (!content.iter().any(Range::is_empty)).then(|| Draft {
        source: vec![named.clone()],
        cue: vec![group.tokens.clone(), named.end..saying + 1],
        content,
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
pub(super) fn passive(
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
pub(super) fn passive_open(
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
pub(super) fn noun(page: &Page, head: usize, readings: &[Reading]) -> Option<Draft> {
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
        After::That | After::To => noun_clause_end(page, at, &stretch),
        _ => page.long_group(at, stretch.end)?.end,
    };
    (at < end).then(|| Draft {
        source: vec![owner],
        cue: one(k..cue_end),
        content: one(at..end),
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
pub(super) fn phrase(page: &Page, start: usize) -> Option<Draft> {
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
        && (named.len() > 1
            || matches!(page.tag(named.start), Tag::Name | Tag::Pronoun)
            || page.low(named.start).ends_with('s'));
    (speaks && content.start < content.end).then(|| Draft {
        source: vec![named],
        cue: one(start..end),
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
