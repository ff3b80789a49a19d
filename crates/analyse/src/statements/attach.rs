//! Quotations without a cue of their own: joined to the statement that they go on from, or made
//! statements whose speaker is the one who spoke before.
//!
//! ```text
//! “It is late,” Voss said. “We wait.”     one statement, content in two pieces
//! “We wait,                               a paragraph that opens with a mark …
//! “and we hope.”                          … and goes on: one statement
//! ```

use super::find::Draft;
use super::groups::{Page, one};
use super::lexicon::After;
use crate::text::Role;
use onrecord_model::Act;

/// Gives each whole quotation that no cue has claimed to a statement.
pub(super) fn quotations(page: &Page, drafts: &mut Vec<Draft>) {
    let all = &page.quotes.quotations;
    let mut owner: Vec<Option<usize>> = vec![None; all.len()];
    for (number, draft) in drafts.iter().enumerate() {
        if page.quotes.is_quoted(draft.head) {
            continue;
        }
        for k in draft.content.iter().cloned().flatten() {
            if let Some(quotation) = page.quotes.outer(k) {
                owner[quotation].get_or_insert(number);
            }
        }
    }
    let mut before: Option<usize> = None;
    for (number, quotation) in all.iter().enumerate() {
        if quotation.depth > 0 {
            continue;
        }
        if owner[number].is_some() {
            before = Some(number);
            continue;
        }
        let sentence = page.prose.sentence_of(quotation.open);
        let tokens = &page.prose.sentences[sentence].tokens;
        let paragraph = page.prose.sentences[sentence].paragraph;
        let role = page.prose.paragraphs[paragraph as usize].role;
        if role != Role::Body {
            continue;
        }
        let last = page.prose.sentence_of(quotation.end - 1);
        let end = page.prose.sentences[last].tokens.end;
        let is_whole = quotation.open == tokens.start
            && quotation.end >= end
            && quotation.end - quotation.open > 4;
        let target = if quotation.is_continued {
            before.and_then(|before| owner[before])
        } else if is_whole {
            in_paragraph(page, drafts, &owner, number, paragraph)
        } else {
            None
        };
        if let Some(target) = target {
            drafts[target].content.push(quotation.open..quotation.end);
            owner[number] = Some(target);
            before = Some(number);
        } else if is_whole {
            drafts.push(bare(quotation.open, quotation.end));
            owner[number] = Some(drafts.len() - 1);
            before = Some(number);
        }
    }
}

/// The statement of the same paragraph that the quotation goes on from, or leads up to.
fn in_paragraph(
    page: &Page,
    drafts: &[Draft],
    owner: &[Option<usize>],
    number: usize,
    paragraph: u32,
) -> Option<usize> {
    let all = &page.quotes.quotations;
    let same = |i: usize| {
        let sentence = page.prose.sentence_of(all[i].open);
        page.prose.sentences[sentence].paragraph == paragraph && all[i].depth == 0
    };
    let sentence = page.prose.sentence_of(all[number].open);
    // What stands right before: the sentence that ends there has a statement.
    let first = page.prose.paragraphs[paragraph as usize].sentences.start;
    if sentence > first {
        let tokens = &page.prose.sentences[sentence - 1].tokens;
        let claimed = (0..number).rev().find(|&i| all[i].depth == 0).filter(|&i| same(i));
        if let Some(owner) = claimed.and_then(|i| owner[i])
            && page.prose.sentence_of(drafts[owner].head) + 1 >= sentence
        {
            return Some(owner);
        }
        let mut last = drafts.iter().enumerate().filter(|(_, draft)| {
            tokens.contains(&draft.head) && !page.quotes.is_quoted(draft.head) && is_speech(draft)
        });
        if let Some((found, _)) = last.next_back() {
            return Some(found);
        }
        if let Some(owner) = claimed.and_then(|i| owner[i]) {
            return Some(owner);
        }
    }
    let next = (number + 1..all.len()).find(|&i| all[i].depth == 0).filter(|&i| same(i))?;
    owner[next].filter(|&owner| is_speech(&drafts[owner]))
}

fn is_speech(draft: &Draft) -> bool {
    !matches!(draft.act, Act::Think | Act::Intend | Act::Expect)
}

/// A quotation whose cue and source stand in another paragraph.
fn bare(start: usize, end: usize) -> Draft {
    Draft {
        source: Vec::new(),
        cue: Vec::new(),
        content: one(start..end),
        head: start,
        lemma: "",
        after: After::End,
        act: Act::Say,
        is_negated: false,
        addressee: None,
        is_nested: false,
    }
}
