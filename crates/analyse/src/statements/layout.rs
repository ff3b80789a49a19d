//! Statements that layout shows: "NAME: …", "Q: …", a headline's "Voss: …", "“…” ― Voss".
//!
//! ```text
//! VOSS: The quay is safe.       source VOSS, cue ":", content the rest
//! Voss: ‘The quay is safe’
//! ```

use super::find::Draft;
use super::forms::is_listed;
use super::groups::Page;
use super::lexicon::After;
use super::tags::Tag;
use crate::text::{Role, TokenKind};
use onrecord_model::Act;
use std::ops::Range;

/// The statements that layout alone shows.
pub(super) fn drafts(page: &Page) -> Vec<Draft> {
    let mut named = Vec::new();
    let mut drafts = Vec::new();
    for paragraph in &page.prose.paragraphs {
        let first = &page.prose.sentences[paragraph.sentences.start].tokens;
        let last = &page.prose.sentences[paragraph.sentences.end - 1].tokens;
        let tokens = first.start..last.end;
        if matches!(paragraph.role, Role::Byline | Role::Dateline) {
            continue;
        }
        drafts.extend(dash_name(page, &tokens));
        if let Some((label, colon)) = label(page, &tokens) {
            named.push((label, colon, tokens, paragraph.role));
        }
    }
    // "ATTACKER: a man of 23", line after line, is a list of fields: in a transcript people speak in
    // sentences.
    let ends = |tokens: &Range<usize>| {
        matches!(page.tag(tokens.end - 1), Tag::Stop | Tag::Quote | Tag::Break)
    };
    let sentences = named.iter().filter(|(_, _, tokens, _)| ends(tokens)).count();
    let is_transcript = named.len() >= 3
        && sentences * 2 > named.len()
        && named.iter().any(|(a, ..)| {
            named.iter().filter(|(b, ..)| page.words(a.clone()) == page.words(b.clone())).count()
                >= 2
        });
    for (label, colon, tokens, role) in named {
        let content = colon + 1..tokens.end;
        let is_quoted = page.quotes.opened_by(content.start).is_some();
        let is_title = role == Role::Headline || tokens.start == 0;
        if !(is_transcript
            || is_quoted
            || is_title && page.tag(label.start) == Tag::Name && label.len() <= 3)
        {
            continue;
        }
        if is_title
            && !is_quoted
            && !is_transcript
            && !(content.clone().any(|k| page.is_finite_at(k)))
        {
            continue;
        }
        let content = match page.quotes.opened_by(content.start) {
            Some(number) => content.start..page.quotes.quotations[number].end,
            None => content.start..super::content::trimmed(page, content.start, content.end),
        };
        let is_question = matches!(page.low(label.start), "q" | "q.");
        drafts.push(draft(
            label,
            colon..colon + 1,
            content,
            if is_question { Act::Ask } else { Act::Say },
        ));
    }
    drafts
}

/// A name or "Q", "A" before a colon at the start of a paragraph.
fn label(page: &Page, tokens: &Range<usize>) -> Option<(Range<usize>, usize)> {
    let colon =
        (tokens.start..tokens.end.min(tokens.start + 7)).find(|&k| page.tag(k) == Tag::Colon)?;
    let label = tokens.start..colon;
    if label.is_empty() || colon + 1 >= tokens.end {
        return None;
    }
    let is_name = label.clone().all(|k| {
        page.prose.tokens[k].kind == TokenKind::Word
            && page.prose.word(k).starts_with(char::is_uppercase)
            || matches!(page.low(k), "." | "of" | "the")
    });
    // "Background:", "Type:" head a passage; nobody speaks.
    let low = page.low(label.start);
    let is_word = label.len() == 1
        && low.len() > 2
        && is_listed(low)
        && page.prose.word(label.start).chars().skip(1).any(char::is_lowercase)
        && !matches!(
            low,
            "reporter" | "question" | "answer" | "host" | "moderator" | "interviewer" | "judge"
        );
    let is_closed = is_word
        || label.clone().any(|k| {
            page.tag(k).is_verb()
                || matches!(page.tag(k), Tag::Wh | Tag::Adverb | Tag::Sub | Tag::Prep)
        });
    let is_q = label.len() == 1 && matches!(page.low(label.start), "q" | "a" | "q." | "a.");
    (is_q || is_name && !is_closed).then_some((label, colon))
}

/// `“…” ― Voss` at a paragraph's end.
fn dash_name(page: &Page, tokens: &Range<usize>) -> Option<Draft> {
    let from = tokens.end.saturating_sub(8).max(tokens.start);
    let dash =
        (from..tokens.end).find(|&k| matches!(page.prose.word(k), "―" | "—" | "–" | "--"))?;
    let number = page.quotes.closed_before(dash)?;
    let start = page.quotes.quotations[number].open;
    let name = dash + 1..tokens.end;
    let is_name = !name.is_empty()
        && name.clone().all(|k| {
            matches!(page.tag(k), Tag::Name | Tag::Comma | Tag::Noun | Tag::Prep | Tag::Det)
        })
        && page.tag(name.start) == Tag::Name;
    (start == tokens.start && is_name).then(|| draft(name, dash..dash + 1, start..dash, Act::Say))
}

fn draft(source: Range<usize>, cue: Range<usize>, content: Range<usize>, act: Act) -> Draft {
    Draft {
        head: cue.start,
        source: vec![source],
        cue: vec![cue],
        content: vec![content],
        lemma: ":",
        after: After::Colon,
        act,
        is_negated: false,
        addressee: None,
        is_nested: false,
    }
}
