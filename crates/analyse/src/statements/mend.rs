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
use super::tags::Tag;
use onrecord_model::Act;
use std::ops::Range;

/// The drafts without what is none, mended; and those of the rules whose place is free again.
pub(super) fn mended(page: &Page, mut drafts: Vec<Draft>, rules: Vec<Draft>) -> Vec<Draft> {
    let before = drafts.len();
    drafts.retain(|draft| !is_none(page, draft));
    if drafts.len() < before {
        again(&mut drafts, rules.into_iter().filter(|rule| !is_none(page, rule)));
    }
    for draft in &mut drafts {
        swapped(page, draft);
        according(page, draft);
        whole_source(page, draft);
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
    drafts
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

/// What is no statement, whatever its words look like.
fn is_none(page: &Page, draft: &Draft) -> bool {
    let Some(cue) = draft.cue.first() else { return false };
    let sentence = &page.prose.sentences[page.prose.sentence_of(draft.head)].tokens;
    let has_quote = || draft.content.iter().cloned().flatten().any(|k| page.tag(k) == Tag::Quote);
    // "who asked not to be named", "spoke on condition of anonymity": how, not what.
    let near = draft.head..(draft.head + 9).min(sentence.end);
    let is_unnamed = near.clone().any(|k| {
        matches!(page.low(k), "anonymity" | "anonymously")
            || matches!(page.low(k), "named" | "identified") && page.low(k - 1) == "be"
    });
    let asks = matches!(
        page.low(draft.head),
        "asked"
            | "asking"
            | "requested"
            | "requesting"
            | "declined"
            | "spoke"
            | "speaking"
            | "insisted"
            | "wished"
            | "refused"
            | "wanted"
            | "granted"
            | "preferred"
    );
    if is_unnamed && asks && !has_quote() {
        return true;
    }
    // "In a recent discussion held in Cairo": nothing that speaks.
    if cue.len() == 1 && page.low(cue.start) == "in" {
        let speaks = draft.source.iter().cloned().flatten().any(|k| {
            matches!(
                page.low(k),
                "poll"
                    | "survey"
                    | "words"
                    | "view"
                    | "opinion"
                    | "statement"
                    | "letter"
                    | "interview"
                    | "report"
                    | "email"
                    | "tweet"
                    | "post"
                    | "polls"
                    | "surveys"
                    | "study"
                    | "memo"
                    | "filing"
                    | "op-ed"
                    | "article"
                    | "column"
                    | "eyes"
                    | "mind"
                    | "book"
                    | "complaint"
                    | "lawsuit"
                    | "affidavit"
                    | "ruling"
                    | "tweets"
                    | "speech"
            )
        });
        return !speaks;
    }
    // "known as “the Widow”" names; "was upset with Rask for saying" feels.
    let with = page.low(cue.end - 1) == "with" && cue.len() > 2;
    let is_known = |k: usize| LEXICON.verbs.contains_key(page.low(k));
    if page.low(draft.head) == "known" && page.low((draft.head + 1).min(sentence.end - 1)) == "as"
        || with && !cue.clone().any(is_known)
    {
        return true;
    }
    // "Asked about the fire, Voss said": what Voss said is the statement.
    if cue.start == sentence.start && page.low(cue.start) == "asked" && draft.source.is_empty() {
        return true;
    }
    // "has seen the evidence": with the eyes.
    let sees = matches!(page.low(draft.head), "see" | "sees" | "saw" | "seen");
    let first = draft.content.first().map(|piece| piece.start);
    if sees && first.is_some_and(|at| !matches!(page.tag(at), Tag::That | Tag::Wh | Tag::Relative))
    {
        let names = first.and_then(|at| page.noun_group(at, sentence.end));
        if names.is_some_and(|group| group.end >= sentence.end || !page.is_finite_at(group.end)) {
            return true;
        }
    }
    // "Efforts continue as …": only words in quotation marks are continued.
    if matches!(page.low(draft.head), "continue" | "continues" | "continued") && !has_quote() {
        let is_clause = draft
            .content
            .first()
            .is_some_and(|piece| matches!(page.low(piece.start), "that") || piece.end <= cue.start);
        let goes_on = cue.end > draft.head + 1;
        return !is_clause && !goes_on;
    }
    // "The U.S. recently vetoed a resolution", "has exposed a rift": done, not said.
    if is_deed(page, draft) {
        return true;
    }
    // "called her counterpart", by telephone: no second complement, no mark.
    if matches!(page.low(draft.head), "call" | "calls" | "called" | "calling")
        && cue.end == draft.head + 1
        && let [piece] = draft.content.as_slice()
        && piece.start == cue.end
        && !has_quote()
    {
        let group = page.noun_group(piece.start, piece.end);
        return group.is_some_and(|group| group.end == piece.end);
    }
    false
}

/// A verb of doing with a noun group for its content.
fn is_deed(page: &Page, draft: &Draft) -> bool {
    let mut verbs = draft.cue.iter().cloned().flatten().filter(|&k| page.tag(k).is_verb());
    let is_deed = verbs.next_back().is_some_and(|k| LEXICON.deeds.contains(page.low(k)));
    let clause = draft.content.iter().cloned().flatten().any(|k| {
        matches!(page.tag(k), Tag::That | Tag::Quote) && !page.quotes.is_quoted(draft.head)
    });
    is_deed && draft.lemma.is_empty() && !clause
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
    let group = comma + 1..source.end;
    let has_verb = page.is_finite_at(source.end)
        || page.tag(source.end) == Tag::Adverb
        || page.tag(source.end) == Tag::Comma
            && draft.content.first().is_some_and(|piece| page.is_finite_at(piece.start));
    // "Ana Voss, the director, has": an apposition opens with an article after a name; a subject of
    // its own has a name of its own, or stands after what is no name.
    let has_name = |range: Range<usize>| range.into_iter().any(|k| page.tag(k) == Tag::Name);
    let is_apposed = page.tag(comma.saturating_sub(1)) == Tag::Name && !has_name(group.clone())
        || page.tag(source.end) == Tag::Comma && page.tag(comma.saturating_sub(1)) == Tag::Name;
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

/// "who was not authorised to speak | publicly said": the adverb is the source's.
fn publicly(page: &Page, draft: &mut Draft) {
    let ([source], Some(cue)) = (draft.source.as_mut_slice(), draft.cue.first_mut()) else {
        return;
    };
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
