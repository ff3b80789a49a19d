//! What the rules know better of a statement than the learned reader: whose words they are, to
//! whom, and that some are no statement.
//!
//! ```text
//! According to a Times report, Voss | has hinted …  →  the source ends at the comma
//! Rask was asked by Voss to leave                    →  source "Voss", addressee "Rask"
//! an aide, who asked not to be named                 →  no statement
//! ```
//!
//! Not handled: edges of contents where only a better reading would help.

use super::find::Draft;
use super::groups::{Page, one};
use super::lexicon::LEXICON;
use super::silent::is_none;
use super::tags::Tag;
use onrecord_model::Act;
use std::ops::Range;

/// The drafts without what is none, mended; and those of the rules whose place is free again.
pub(super) fn mended(page: &Page, mut drafts: Vec<Draft>, rules: Vec<Draft>) -> Vec<Draft> {
    let before = drafts.len();
    drafts.retain(|draft| !is_none(page, draft) && !is_name(page, draft));
    if drafts.len() < before {
        again(&mut drafts, rules.into_iter().filter(|rule| !is_none(page, rule)));
    }
    for draft in &mut drafts {
        swapped(page, draft);
        unsourced(page, draft);
        before_cue(page, draft);
        opened(page, draft);
        from_subject(page, draft);
        according(page, draft);
        whole_source(page, draft);
        apposed(page, draft);
        publicly(page, draft);
        told(page, draft);
        asked(page, draft);
        for_saying(page, draft);
        passive(page, draft);
        act(page, draft);
        draft.content.iter_mut().for_each(|piece| after_quotation(page, piece));
    }
    let starts: Vec<usize> =
        drafts.iter().flat_map(|d| d.source.first()).map(|s| s.start).collect();
    for draft in &mut drafts {
        before_another(page, draft, &starts);
    }
    apart(page, &mut drafts);
    carried(page, &mut drafts);
    drafts
}

/// "Coach | Lars | Tveit assured supporters": a name was taken for the cue.
fn is_name(page: &Page, draft: &Draft) -> bool {
    let mut cue = draft.cue.iter().cloned().flatten();
    draft.cue.iter().map(Range::len).sum::<usize>() == 1
        && cue.all(|k| {
            let low = page.low(k);
            page.pos(k) == "NNP"
                && page.tag(k) == Tag::Name
                && !LEXICON.verbs.contains_key(low)
                && !LEXICON.nouns.contains_key(low)
        })
}

/// Adds rules' statements that meet none of `drafts`.
fn again(drafts: &mut Vec<Draft>, rules: impl Iterator<Item = Draft>) {
    let meets = |a: &[Range<usize>], b: &[Range<usize>]| {
        a.iter().any(|a| b.iter().any(|b| a.start < b.end && b.start < a.end))
    };
    for rule in rules {
        let is_free = !drafts.iter().any(|draft| {
            meets(&draft.cue, &rule.cue)
                || meets(&draft.content, &rule.cue)
                || meets(&draft.content, &rule.content)
                || meets(&draft.cue, &rule.content)
        });
        if is_free && !rule.source.is_empty() && !rule.cue.is_empty() {
            drafts.push(rule);
        }
    }
}

/// "…, the envoy for the region | said on Friday": who says stands right before the cue.
fn unsourced(page: &Page, draft: &mut Draft) {
    let (true, [cue]) = (draft.source.is_empty(), draft.cue.as_slice()) else { return };
    if !matches!(page.tag(draft.head), Tag::Past | Tag::Third) || cue.start < 2 {
        return;
    }
    let Some(piece) = draft.content.iter_mut().find(|piece| piece.end == cue.start) else { return };
    let Some(subject) = page.subject_before(cue.start, &page.stretch(cue.start)) else { return };
    let opens = subject.start > piece.start + 2
        && page.tag(subject.start - 1) == Tag::Comma
        && matches!(page.tag(subject.start), Tag::Det | Tag::Name | Tag::Noun | Tag::Number);
    if opens {
        piece.end = subject.start - 1;
        draft.source = one(subject);
    }
}

/// "In a letter seen by the Herald, | the firm's chief, Bo Rask, had warned": what opens the
/// sentence is no source.
fn opened(page: &Page, draft: &mut Draft) {
    let ([source], Some(cue)) = (draft.source.as_slice(), draft.cue.first()) else { return };
    let is_in = source.start > 0
        && matches!(page.low(source.start - 1), "in" | "during" | "at" | "after" | "on")
        && source.end == cue.start;
    if !is_in {
        return;
    }
    let Some(comma) = source.clone().find(|&k| page.tag(k) == Tag::Comma) else { return };
    let rest = comma + 1..source.end;
    let names = rest.clone().any(|k| page.tag(k) == Tag::Name) && rest.len() > 1
        || page.noun_group(comma + 1, source.end).is_some_and(|group| group.end == source.end);
    if names && !matches!(page.tag(rest.start), Tag::Relative | Tag::Prep | Tag::Ing | Tag::Past) {
        draft.source = one(rest);
    }
}

/// "said | its deputy minister, Bo Rask, | would lead": the clause has its subject.
fn from_subject(page: &Page, draft: &mut Draft) {
    let ([cue], [piece]) = (draft.cue.as_slice(), draft.content.as_mut_slice()) else { return };
    if draft.addressee.is_some()
        || !page.is_finite_at(piece.start)
        || piece.start <= cue.end
        || piece.start > cue.end + 12
    {
        return;
    }
    let start = super::following::skip_time(page, cue.end, piece.start);
    let Some(group) = page.noun_group(start, piece.start) else { return };
    let is_whole = group.end == piece.start
        || page.tag(group.end) == Tag::Comma && page.tag(piece.start - 1) == Tag::Comma;
    if is_whole
        && !draft.source.iter().any(|source| source.start < piece.start && source.end > start)
    {
        piece.start = start;
    }
}

/// "she said, according to the ISNA agency": an outlet that gives another's statement whole is its
/// way, no speaker of its own.
fn carried(page: &Page, drafts: &mut Vec<Draft>) {
    let is_way = |outer: &Draft| {
        let (Some(cue), [source], [content]) =
            (outer.cue.first(), outer.source.as_slice(), outer.content.as_slice())
        else {
            return false;
        };
        page.low(cue.start) == "according"
            && crate::actors::names_outlet(page, source)
            && drafts.iter().any(|inner| {
                let parts = inner.source.iter().chain(&inner.cue).chain(&inner.content);
                let (Some(first), Some(last)) = (
                    parts.clone().map(|part| part.start).min(),
                    parts.clone().map(|part| part.end).max(),
                ) else {
                    return false;
                };
                let is_speech = !matches!(inner.act, Act::Think | Act::Intend | Act::Expect);
                inner.head != outer.head
                    && !inner.source.is_empty()
                    && !inner.cue.is_empty()
                    && is_speech
                    && content.start <= first
                    && first <= content.start + 1
                    && last + 1 >= content.end
                    && last <= content.end + 1
            })
    };
    let ways: Vec<bool> = drafts.iter().map(is_way).collect();
    let mut ways = ways.into_iter();
    drafts.retain(|_| !ways.next().unwrap_or(false));
}

/// Pieces of content that are another's statement, or stand unquoted in a sentence before.
fn apart(page: &Page, drafts: &mut [Draft]) {
    for number in 0..drafts.len() {
        let draft = &drafts[number];
        if draft.content.len() < 2 || draft.cue.is_empty() {
            continue;
        }
        let here = page.prose.sentence_of(draft.head);
        let is_others = |piece: &Range<usize>| {
            drafts.iter().enumerate().any(|(other, one)| {
                other != number
                    && one.source.first().is_some_and(|source| source.start == piece.start)
                    && one.cue.iter().all(|cue| piece.start < cue.start && cue.end <= piece.end)
                    && !one.cue.is_empty()
            })
        };
        let is_earlier = |piece: &Range<usize>| {
            page.prose.sentence_of(piece.start) < here
                && page.prose.sentence_of(piece.end - 1) < here
                && !piece.clone().any(|k| page.tag(k) == Tag::Quote)
        };
        let keeps: Vec<Range<usize>> = draft
            .content
            .iter()
            .filter(|piece| !is_others(piece) && !is_earlier(piece))
            .cloned()
            .collect();
        if !keeps.is_empty() {
            drafts[number].content = keeps;
        }
    }
}

/// "„We wait“, said Voss": where the verb was taken for the source and the name for the cue.
fn swapped(page: &Page, draft: &mut Draft) {
    let ([source], [cue]) = (draft.source.as_slice(), draft.cue.as_slice()) else { return };
    let says = source.len() == 1
        && page.tag(source.start).is_verb()
        && LEXICON.verbs.contains_key(page.low(source.start));
    let names = cue.clone().all(|k| matches!(page.tag(k), Tag::Name | Tag::Pronoun));
    if says && names && source.end == cue.start {
        draft.head = source.start;
        std::mem::swap(&mut draft.source, &mut draft.cue);
        act(page, draft);
    }
}

/// "According to a Times report, Voss | has hinted …": the source ends at the comma. "according to
/// a readout of | the call": the cue is "according to" alone.
fn according(page: &Page, draft: &mut Draft) {
    let Some(cue) = draft.cue.first().cloned() else { return };
    if page.low(cue.start) != "according" || cue.len() < 2 {
        return;
    }
    if draft.cue.len() == 1 && cue.len() > 2 && page.low(cue.start + 1) == "to" {
        let sentence = &page.prose.sentences[page.prose.sentence_of(cue.start)].tokens;
        if let Some(source) = page.long_group(cue.start + 2, sentence.end) {
            draft.cue = one(cue.start..cue.start + 2);
            draft.content.retain(|piece| piece.end <= source.start || piece.start >= source.end);
            draft.source = vec![source];
        }
    }
    let [source] = draft.source.as_slice() else { return };
    let source = source.clone();
    let is_after = draft.content.iter().all(|piece| piece.start >= source.end);
    let Some(comma) = source.clone().find(|&k| page.tag(k) == Tag::Comma) else { return };
    if !is_after || comma + 1 >= source.end || source.end >= page.tags.len() {
        return;
    }
    // "the lawyers for her estate, Berg taught there | …": the source swallowed a whole clause.
    let next = page.noun_group(comma + 1, source.end);
    let swallows = next.clone().is_some_and(|group| {
        group.end < source.end && page.is_finite_at(group.end) && page.pos(group.end) != "VBN"
    });
    let group = comma + 1..source.end;
    let has_verb = swallows
        || page.is_finite_at(source.end)
        || page.tag(source.end) == Tag::Adverb
        || page.tag(source.end) == Tag::Comma
            && draft.content.first().is_some_and(|piece| page.is_finite_at(piece.start));
    // "Ana Voss, the director, has": an apposition opens with an article after a name; a subject of
    // its own has a name of its own, or stands after what is no name.
    let has_name = |range: Range<usize>| range.into_iter().any(|k| page.tag(k) == Tag::Name);
    // "the ministry, the conflict, which …": of a conflict no ministry is called.
    let may_name = next.is_none_or(|next| {
        next.clone().any(|k| crate::actors::is_actor_noun(page.low(k)) || page.tag(k) == Tag::Name)
    });
    let is_apposed = may_name
        && (page.tag(comma.saturating_sub(1)) == Tag::Name && !has_name(group.clone())
            || page.tag(source.end) == Tag::Comma
                && page.tag(comma.saturating_sub(1)) == Tag::Name);
    let is_relative =
        matches!(page.tag(group.start), Tag::Relative | Tag::Prep | Tag::Ing | Tag::Past);
    if has_verb && !is_apposed && !is_relative {
        draft.source = one(source.start..comma);
        let end = draft.content.last().map_or(source.end, |piece| piece.end);
        draft.content = one(comma + 1..end);
    }
}

/// "The Farmers' | League said", "Gunnar “The Wall” | Eide said": the source is the whole subject,
/// where the words before it were taken for what is said.
fn whole_source(page: &Page, draft: &mut Draft) {
    let ([source], Some(cue)) = (draft.source.as_slice(), draft.cue.first()) else { return };
    if source.end != cue.start {
        return;
    }
    let stretch = page.stretch(cue.start);
    let Some(subject) = page.subject_before(cue.start, &stretch) else { return };
    if subject.start >= source.start || subject.end != source.end {
        return;
    }
    let Some(found) = draft
        .content
        .iter()
        .position(|piece| piece.start == subject.start && piece.end <= source.start)
    else {
        return;
    };
    // What remains is all that is said.
    if draft.content.len() > 1 {
        draft.content.remove(found);
        draft.source = vec![subject];
    }
}

/// "A friend of the family, speaking on condition of anonymity, | said": a noun group that opens
/// the sentence and ends at the cue is who says, where there is more that is said.
fn before_cue(page: &Page, draft: &mut Draft) {
    let (true, Some(cue)) = (draft.source.is_empty(), draft.cue.first()) else { return };
    // "Passengers were told", "Voss is expected": who is told, or looked at.
    let is_passive = cue.clone().any(|k| {
        matches!(page.low(k), "was" | "were" | "is" | "are" | "be" | "been" | "being" | "'s" | "’s")
    });
    let is_verb = matches!(page.tag(draft.head), Tag::Past | Tag::Third);
    if draft.content.len() < 2 || !is_verb || is_passive {
        return;
    }
    let Some(found) = draft.content.iter().position(|piece| piece.end == cue.start) else { return };
    let piece = draft.content[found].clone();
    let sentence = &page.prose.sentences[page.prose.sentence_of(cue.start)].tokens;
    let names_one = page.noun_group(piece.start, piece.end).is_some_and(|g| g.start == piece.start);
    let is_clause = piece.clone().any(|k| page.tag(k) == Tag::Quote || page.is_finite_at(k));
    if piece.start == sentence.start && names_one && !is_clause {
        draft.content.remove(found);
        draft.source = one(piece);
    }
}

/// "an official, who spoke on condition of anonymity because …, said": what is said of the source
/// between it and the cue is of the source; "The army | neither confirmed nor denied" is not.
fn apposed(page: &Page, draft: &mut Draft) {
    let ([source], Some(cue)) = (draft.source.as_mut_slice(), draft.cue.first_mut()) else {
        return;
    };
    if source.end == cue.start {
        let last = source.end - 1;
        if source.len() > 1 && matches!(page.low(last), "neither" | "also" | "later" | "then") {
            source.end = last;
            cue.start = last;
        }
        return;
    }
    // "according to two aides, who were granted anonymity to discuss the talks"
    let sentence = &page.prose.sentences[page.prose.sentence_of(source.start)].tokens;
    if source.end + 2 >= sentence.end || page.tag(source.end) != Tag::Comma {
        return;
    }
    let start = source.end + 1;
    let ends = |k: &usize| matches!(page.tag(*k), Tag::Comma | Tag::Stop | Tag::Quote);
    let end = if source.end < cue.start {
        cue.start.min(sentence.end)
    } else {
        (start..sentence.end).find(ends).unwrap_or(sentence.end)
    };
    let gap = start..end;
    let opens = matches!(page.low(start), "who" | "speaking" | "citing" | "asking");
    // Other relative clauses are as often left out.
    let withholds = gap.clone().any(|k| {
        matches!(page.low(k), "anonymity" | "anonymously" | "named" | "identified" | "authorised")
            || matches!(page.low(k), "authorized" | "unnamed")
    });
    let closes = end != cue.start || page.tag(end - 1) == Tag::Comma;
    let is_quoted = gap.clone().any(|k| page.tag(k) == Tag::Quote);
    let is_taken = draft.content.iter().any(|piece| piece.start < gap.end && gap.start < piece.end);
    if closes && opens && withholds && !is_quoted && !is_taken {
        source.end = end;
    }
}

/// "who was not authorised to speak | publicly said": the adverb is the source's.
fn publicly(page: &Page, draft: &mut Draft) {
    let ([source], Some(cue)) = (draft.source.as_mut_slice(), draft.cue.first_mut()) else {
        return;
    };
    // "the official further | added": there it is the cue's.
    let is_adverb = source.len() > 1 && page.tag(source.end - 1) == Tag::Adverb;
    if is_adverb && source.end == cue.start && page.tag(source.end - 2).is_head() {
        source.end -= 1;
        cue.start -= 1;
        return;
    }
    let speaks = matches!(page.low(source.end - 1), "speak" | "comment" | "talk" | "discuss");
    if speaks && source.end == cue.start && cue.len() > 1 && page.tag(cue.start) == Tag::Adverb {
        source.end += 1;
        cue.start += 1;
    }
}

/// "have communicated to | their counterparts that …": who is told stands before "that".
fn told(page: &Page, draft: &mut Draft) {
    let (Some(cue), [piece]) = (draft.cue.last(), draft.content.as_mut_slice()) else { return };
    let is_to = page.low(cue.end - 1) == "to" && cue.len() > 1;
    if piece.start != cue.end || !is_to || draft.addressee.is_some() {
        return;
    }
    let Some(group) = page.noun_group(piece.start, piece.end) else { return };
    if group.end < piece.end && page.low(group.end) == "that" {
        piece.start = group.end;
        draft.addressee = Some(group);
    }
}

/// "urged ministers to listen", "asked the court to wait": who is urged stands in the content.
fn asked(page: &Page, draft: &mut Draft) {
    let asks = matches!(draft.act, Act::Urge | Act::Ask | Act::Say | Act::Warn);
    let [cue] = draft.cue.as_slice() else { return };
    if !asks || draft.addressee.is_some() || !page.tag(draft.head).is_verb() {
        return;
    }
    let takes = LEXICON.verbs.get(page.low(draft.head)).is_some_and(|readings| {
        readings.iter().any(|reading| reading.takes_addressee || reading.act == Act::Urge)
    });
    let Some(piece) = draft.content.iter().find(|piece| piece.start == cue.end) else { return };
    let Some(group) = page.noun_group(piece.start, piece.end) else { return };
    let next = group.end;
    let is_asked = next + 1 < piece.end
        && page.tag(next) == Tag::To
        && (page.tag(next + 1) == Tag::Base
            || page.pos(next + 1) == "VB"
            || page.low(next + 1) == "be");
    if takes && is_asked {
        draft.addressee = Some(group);
    }
}

/// "The bishop was rebuked by the pope for suggesting …": the bishop suggests.
fn for_saying(page: &Page, draft: &mut Draft) {
    let ([source], Some(cue)) = (draft.source.as_slice(), draft.cue.first()) else { return };
    let is_for = page.tag(draft.head) == Tag::Ing
        && source.end + 1 == cue.start
        && page.low(source.end) == "for"
        && source.start >= 2
        && page.low(source.start - 1) == "by"
        && page.tag(source.start - 2) == Tag::Past;
    if !is_for {
        return;
    }
    let stretch = page.stretch(draft.head);
    let group = page.verb_group(source.start - 2, &stretch);
    if group.is_passive
        && let Some(subject) = page.subject_before(group.tokens.start, &stretch)
    {
        draft.source = vec![subject];
    }
}

/// "Rask was asked by Voss to leave", "was warned by engineers that": who is asked is the
/// addressee. "has been accused of lying by his own party": who stands after "by" speaks.
fn passive(page: &Page, draft: &mut Draft) {
    let [cue] = draft.cue.as_slice() else { return };
    let has_be = cue.clone().any(|k| page.tag(k) == Tag::Be);
    if !has_be || page.tag(draft.head) != Tag::Past || !cue.contains(&draft.head) {
        return;
    }
    let cue = cue.clone();
    let takes_addressee = LEXICON
        .verbs
        .get(page.low(draft.head))
        .is_some_and(|readings| readings.iter().any(|reading| reading.takes_addressee))
        || matches!(page.low(draft.head), "urged" | "ordered" | "instructed");
    let is_by = |k: usize| page.tags.len() > k && page.low(k) == "by";
    if draft.source.is_empty() {
        let end = page.prose.sentences[page.prose.sentence_of(draft.head)].tokens.end;
        let by = (cue.end.saturating_sub(1)..end.min(cue.end + 2)).find(|&k| is_by(k));
        let agent = by.and_then(|by| page.noun_group(by + 1, end));
        if let Some(agent) = agent
            && let Some(piece) = draft.content.iter_mut().find(|piece| piece.contains(&agent.start))
            && agent.end < piece.end
        {
            piece.start = agent.end;
            draft.source = vec![agent];
        }
    }
    let Some(subject) = page.subject_before(cue.start, &page.stretch(cue.start)) else { return };
    // "The minister has been accused of lying | by his own party"
    if matches!(draft.act, Act::Accuse | Act::Praise)
        && draft.source.first().is_some_and(|source| *source == subject)
        && let [piece] = draft.content.as_slice()
        && let Some(by) = piece.clone().rev().find(|&k| is_by(k))
        && let Some(agent) = page.noun_group(by + 1, piece.end)
        && agent.end == piece.end
        && by > piece.start
    {
        draft.content = vec![subject, piece.start..by];
        draft.source = vec![agent];
        return;
    }
    let clause = draft.content.iter().any(|piece| {
        piece.start >= cue.end
            && matches!(
                page.tag(piece.start),
                Tag::That | Tag::To | Tag::Wh | Tag::Relative | Tag::Quote
            )
    });
    if takes_addressee && clause && draft.addressee.is_none() {
        let own = |piece: &Range<usize>| piece.start < subject.end && subject.start < piece.end;
        draft.content.retain(|piece| !(own(piece) && piece.end <= cue.start));
        let is_it = subject.len() == 1 && matches!(page.low(subject.start), "it" | "there");
        draft.addressee = (!is_it).then_some(subject);
    }
}

/// The act by the cue's own word, where its tag hid it: "Minister denies he knew" in a headline.
fn act(page: &Page, draft: &mut Draft) {
    if draft.act != Act::Say || !draft.lemma.is_empty() || draft.cue.is_empty() {
        return;
    }
    let mut words = draft.cue.iter().cloned().flatten();
    let reading = words.find_map(|k| LEXICON.verbs.get(page.low(k))?.first());
    if let Some(reading) = reading {
        (draft.act, draft.lemma) = (reading.act, reading.lemma);
    }
}

/// "“We must wait,” underscoring …": the reporter's words after the closing mark are not said.
fn after_quotation(page: &Page, piece: &mut Range<usize>) {
    let Some(number) = page.quotes.opened_by(piece.start) else { return };
    let end = page.quotes.quotations[number].end;
    if end >= piece.end || !matches!(page.low(end.saturating_sub(2)), "," | "." | "!" | "?") {
        return;
    }
    let next = if page.tag(end) == Tag::Comma { end + 1 } else { end };
    let next = if next < piece.end && page.tag(next) == Tag::Adverb { next + 1 } else { next };
    if next < piece.end && page.tag(next) == Tag::Ing {
        piece.end = end;
    }
}

/// "the plan is good but for months | the U.S. has warned": what leads up to another's statement
/// belongs to that.
fn before_another(page: &Page, draft: &mut Draft, starts: &[usize]) {
    for piece in &mut draft.content {
        let leads = starts.contains(&piece.end) && piece.len() > 4;
        let and = (piece.end.saturating_sub(5).max(piece.start + 2)..piece.end)
            .rev()
            .find(|&k| page.tag(k) == Tag::And);
        if let Some(and) = and.filter(|_| leads)
            && !(and..piece.end).any(|k| page.is_finite_at(k) || page.tag(k) == Tag::Quote)
            && matches!(page.tag(and + 1), Tag::Prep | Tag::Adverb | Tag::Time)
        {
            piece.end = and;
        }
    }
}
