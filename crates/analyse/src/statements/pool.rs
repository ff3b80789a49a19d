//! Two readers as one: the learned reader's spans, with what the rules know of them, and the
//! statements that only the rules see.
//!
//! ```text
//! learned   [the minister] [said] [the quay was safe]
//! rules     [minister] [said] act say, not negated, to nobody     →  one draft
//! ```
//!
//! Where both see a statement the learned spans stand. A statement that only the rules see is kept
//! if it names its source, or is a quotation, and stands apart; or if it is plain speech inside
//! another's content.

use super::find::Draft;
use super::groups::Page;
use super::lexicon::{After, LEXICON};
use crate::spans::SpanStatement;
use onrecord_model::{Act, Span};
use std::ops::Range;

/// The learned statements as drafts, then those that the rules add, in no order.
pub(super) fn pooled(page: &Page, rules: Vec<Draft>, learned: &[SpanStatement]) -> Vec<Draft> {
    let mut is_used = vec![false; rules.len()];
    let mut drafts: Vec<Draft> = Vec::with_capacity(rules.len().max(learned.len()));
    let mut matched = Vec::with_capacity(learned.len());
    for spans in learned {
        let cue = tokens(page, &spans.cue);
        let found = rules.iter().position(|rule| meets(&rule.cue, &cue) > 0);
        if let Some(found) = found {
            is_used[found] = true;
        }
        let rule = found.map(|found| &rules[found]);
        // "was quoted as saying", "quoted him as saying": the rules know whose words they are; and
        // who speaks in "…, noted Voss", where the learned reader took the name for what was noted.
        let is_inverted = |rule: &Draft| {
            let said = tokens(page, &spans.content);
            rule.source.first().is_some_and(|source| said.contains(source))
        };
        drafts.push(match rule.filter(|rule| quotes(page, rule) || is_inverted(rule)) {
            Some(rule) => rule.clone(),
            None => draft(page, spans, cue, rule),
        });
        matched.push(found);
    }
    share(page, &mut drafts);
    // Of each token: whether a learned content, or cue, holds it.
    let mut is_content = vec![false; page.prose.tokens.len()];
    let mut is_cue = is_content.clone();
    for draft in &drafts {
        draft.content.iter().cloned().for_each(|piece| is_content[piece].fill(true));
        draft.cue.iter().cloned().for_each(|piece| is_cue[piece].fill(true));
    }
    for (draft, rule) in drafts.iter_mut().zip(matched) {
        let Some(rule) = rule.map(|rule| &rules[rule]) else { continue };
        let more = further(rule, draft, |i| is_content[i] || is_cue[i]);
        more.iter().cloned().for_each(|piece| is_content[piece].fill(true));
        draft.content.extend(more);
    }
    for (rule, is_used) in rules.into_iter().zip(is_used) {
        if is_used || rule.cue.iter().cloned().flatten().any(|i| is_cue[i]) {
            continue;
        }
        let content: usize = rule.content.iter().map(Range::len).sum();
        let shared = rule.content.iter().cloned().flatten().filter(|&i| is_content[i]).count();
        let is_inside = rule.cue.iter().cloned().flatten().any(|i| is_content[i]);
        let keeps = if is_inside {
            is_plain_speech(&rule)
        } else {
            shared * 2 < content && (!rule.source.is_empty() || is_quotation(page, &rule))
                || closes(page, &rule)
        };
        if keeps {
            drafts.push(rule);
        }
    }
    drafts
}

/// "Voss stated, acknowledging the delay": who states also acknowledges, by the parse.
fn share(page: &Page, drafts: &mut [Draft]) {
    for later in 0..drafts.len() {
        let head = drafts[later].head;
        if !drafts[later].source.is_empty() || !matches!(page.pos(head), "VBG" | "VB") {
            continue;
        }
        let mut above = page.governor(head);
        for _ in 0..3 {
            let Some(verb) = above else { break };
            let before = drafts.iter().find(|draft| {
                draft.cue.iter().any(|cue| cue.contains(&verb)) && !draft.source.is_empty()
            });
            if let Some(before) = before {
                let source = before.source.clone();
                if meets(&source, &drafts[later].content) == 0 {
                    drafts[later].source = source;
                }
                break;
            }
            if !matches!(page.relation(verb), "advcl" | "xcomp" | "conj" | "ccomp") {
                break;
            }
            above = page.governor(verb);
        }
    }
}

/// A learned statement as a draft, with what the rule's draft of the same cue knows.
fn draft(
    page: &Page,
    spans: &SpanStatement,
    cue: Vec<Range<usize>>,
    rule: Option<&Draft>,
) -> Draft {
    let of_cue = || cue.iter().cloned().flatten();
    let mut content = tokens(page, &spans.content);
    if let Some(rule) = rule {
        content.iter_mut().for_each(|piece| mend_edges(page, piece, rule));
    }
    let rule_head = rule.map(|rule| rule.head).filter(|head| of_cue().any(|i| i == *head));
    let reading = of_cue().rev().find_map(|i| {
        let map = if page.tag(i).is_verb() { &LEXICON.verbs } else { &LEXICON.nouns };
        Some((i, map.get(page.low(i))?.first()?))
    });
    let head = rule_head
        .or(reading.map(|(i, _)| i))
        .or_else(|| of_cue().rev().find(|&i| page.tag(i).is_verb()))
        .or_else(|| of_cue().next())
        .or_else(|| content.first().map(|piece| piece.start))
        .unwrap_or(0);
    let phrase = || {
        let words: Vec<&str> = of_cue().map(|i| page.low(i)).collect();
        LEXICON.phrases.iter().find(|(phrase, _)| *phrase == words).map(|&(_, act)| act)
    };
    let act = rule.map(|rule| rule.act).or_else(phrase).or(reading.map(|(_, r)| r.act));
    let is_negated = of_cue().any(|i| {
        matches!(page.low(i), "not" | "n't" | "n’t" | "never" | "neither" | "nor" | "without")
    });
    let addressee = rule.and_then(|rule| rule.addressee.clone()).filter(|addressee| {
        !content.iter().any(|piece| piece.start < addressee.end && addressee.start < piece.end)
    });
    // The rules know who it is where the learned reader names nobody.
    let mut source = tokens(page, &spans.source);
    if source.is_empty()
        && let Some(rule) = rule
        && meets(&rule.source, &content) == 0
        && meets(&rule.source, &cue) == 0
    {
        source.clone_from(&rule.source);
    }
    Draft {
        source,
        cue,
        content,
        head,
        lemma: rule.map(|rule| rule.lemma).or(reading.map(|(_, r)| r.lemma)).unwrap_or(""),
        after: rule.map(|rule| rule.after).unwrap_or(After::Clause),
        act: act.unwrap_or(Act::Say),
        is_negated: is_negated || rule.is_some_and(|rule| rule.is_negated),
        addressee,
        is_nested: false,
    }
}

/// Edges that the rules are sure of: "that" opens what is said, behind the addressee ("warned the
/// council in a letter that …"); what follows a closed quotation in a new sentence is not of it.
fn mend_edges(page: &Page, piece: &mut Range<usize>, rule: &Draft) {
    for own in &rule.content {
        let opens = matches!(rule.after, After::That | After::Quote) && own.end == piece.end;
        if opens && piece.start < own.start && own.start < piece.end {
            piece.start = own.start;
        }
        let closes = own.start == piece.start
            && own.end < piece.end
            && page.quotes.closed_before(own.end).is_some()
            && page.prose.sentence_of(own.end) != page.prose.sentence_of(own.end - 1);
        if closes {
            piece.end = own.end;
        }
    }
}

fn quotes(page: &Page, rule: &Draft) -> bool {
    rule.cue.iter().cloned().flatten().any(|i| page.low(i).starts_with("quot"))
}

/// The pieces of content that only the rule has, after those on which both agree: "The bigger risk,
/// she said, is a clash"; a quotation that goes on in the next paragraph.
fn further(rule: &Draft, draft: &Draft, is_taken: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let agrees = |piece: &Range<usize>| {
        let shared = meets(std::slice::from_ref(piece), &rule.content);
        shared * 5 >= piece.len() * 4
    };
    if !draft.content.iter().all(agrees) {
        return Vec::new();
    }
    let is_new = |piece: &&Range<usize>| !(*piece).clone().any(&is_taken);
    rule.content.iter().filter(is_new).cloned().collect()
}

/// "…, who said that …": what may stand inside another's content without a doubt.
fn is_plain_speech(rule: &Draft) -> bool {
    let is_speech = !matches!(rule.act, Act::Think | Act::Intend | Act::Expect | Act::Praise);
    let is_clause = matches!(rule.after, After::Quote | After::That | After::Clause | After::End);
    is_speech && is_clause && !rule.source.is_empty() && !rule.cue.is_empty()
}

/// "Fenn made clear that wages come first, noted Fenn.": all that stands before in the sentence,
/// another's statement too, is what the last one said.
fn closes(page: &Page, rule: &Draft) -> bool {
    let ([content], [cue], [source]) = (&rule.content[..], &rule.cue[..], &rule.source[..]) else {
        return false;
    };
    let sentence = &page.prose.sentences[page.prose.sentence_of(rule.head)].tokens;
    content.start == sentence.start
        && page.low(content.end) == ","
        && content.end + 1 == cue.start
        && cue.end == source.start
        && source.end + 1 >= sentence.end
}

/// Whether the content is a quotation from mark to mark.
fn is_quotation(page: &Page, rule: &Draft) -> bool {
    rule.content.first().is_some_and(|piece| page.quotes.opened_by(piece.start).is_some())
}

/// How many tokens two lists of ranges share.
fn meets(a: &[Range<usize>], b: &[Range<usize>]) -> usize {
    a.iter()
        .flat_map(|a| b.iter().map(move |b| a.end.min(b.end).saturating_sub(a.start.max(b.start))))
        .sum()
}

fn tokens(page: &Page, spans: &[Span]) -> Vec<Range<usize>> {
    spans
        .iter()
        .map(|span| {
            page.prose.token_from(span.start as usize)..page.prose.token_from(span.end as usize)
        })
        .filter(|range| !range.is_empty())
        .collect()
}
