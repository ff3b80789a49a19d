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
use super::groups::Page;
use super::lexicon::LEXICON;
use super::tags::Tag;
use onrecord_model::Act;
use std::ops::Range;

/// The drafts without what is none, mended; and those of the rules whose place is free again.
pub(super) fn mended(page: &Page, mut drafts: Vec<Draft>, rules: Vec<Draft>) -> Vec<Draft> {
    let before = drafts.len();
    drafts.retain(|draft| !is_none(page, draft));
    if drafts.len() < before {
        again(&mut drafts, rules);
    }
    for draft in &mut drafts {
        according(page, draft);
        whole_source(page, draft);
        told(page, draft);
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
fn again(drafts: &mut Vec<Draft>, rules: Vec<Draft>) {
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
            draft.cue = vec![cue.start..cue.start + 2];
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
        draft.source = vec![source.start..comma];
        let end = draft.content.last().map_or(source.end, |piece| piece.end);
        draft.content = vec![comma + 1..end];
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
