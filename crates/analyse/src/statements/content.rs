//! Where the content of a statement ends.
//!
//! ```text
//! Voss said the quay was safe, adding that it was new.
//!           content^^^^^^^^^^
//! ```

use super::groups::Page;
use super::lexicon::{After, LEXICON};
use super::tags::Tag;
use std::ops::Range;

/// One past the last token of the content that starts at `at` and whose cue is `head`.
pub(super) fn content_end(page: &Page, at: usize, head: usize, stretch: &Range<usize>) -> usize {
    if at >= page.tags.len() {
        return at;
    }
    let sentence = &page.prose.sentences[page.prose.sentence_of(head)].tokens;
    let is_inside = page.quotes.is_quoted(head);
    let limit = if is_inside { stretch.end } else { sentence.end };
    // "She wrote:" and a paragraph: the content is the paragraph.
    let limit = if at >= limit {
        let paragraph = page.prose.paragraph_of(page.prose.sentence_of(at));
        page.prose.sentences[paragraph.sentences.end - 1].tokens.end
    } else {
        limit
    };
    // A quotation may run over several sentences; the content is all of it.
    if !is_inside && let Some(number) = page.quotes.opened_by(at) {
        let quotation = &page.quotes.quotations[number];
        if quotation.end >= limit
            || !is_small(page, number) && ends_there(page, quotation.end, limit)
        {
            return quotation.end;
        }
    }
    // "that the crews, which sailed at noon, were late": no end before the clause has its verb.
    let needs_verb = page.tag(at) == Tag::That;
    let mut has_verb = false;
    let mut k = at;
    while k < limit {
        if !is_inside && let Some(number) = page.quotes.opened_by(k) {
            let end = page.quotes.quotations[number].end;
            if end >= limit {
                return trimmed(page, at, end.max(k + 1));
            }
            k = end.max(k + 1);
            continue;
        }
        has_verb |= page.is_finite_at(k);
        if k > at && (has_verb || !needs_verb) && stops_before(page, k, head, limit) {
            break;
        }
        k += 1;
    }
    trimmed(page, at, k)
}

/// The end of a clause that a noun has ("the claim that …"): it ends where the main verb comes.
pub(super) fn noun_clause_end(page: &Page, at: usize, stretch: &Range<usize>) -> usize {
    let mut finite = 0;
    for k in at + 1..stretch.end {
        if matches!(page.tag(k), Tag::Comma | Tag::Stop | Tag::Break | Tag::Colon) {
            return k;
        }
        let begins = page.is_finite_at(k)
            && !page.is_finite_at(k - 1)
            && !matches!(
                page.tag(k - 1),
                Tag::Adverb | Tag::Not | Tag::Relative | Tag::And | Tag::Modal | Tag::Base
            );
        if begins && page.tag(at) != Tag::To {
            finite += 1;
            if finite == 2 {
                return k;
            }
        }
        if begins && page.tag(at) == Tag::To && page.tag(k) != Tag::Past {
            return k;
        }
    }
    trimmed(page, at, stretch.end)
}

/// A quotation of under four words, which rarely is a whole utterance.
fn is_small(page: &Page, number: usize) -> bool {
    let quotation = &page.quotes.quotations[number];
    quotation.end - quotation.open < 6
}

/// Whether nothing of the same clause follows a quotation's end.
fn ends_there(page: &Page, end: usize, limit: usize) -> bool {
    end >= limit
        || matches!(page.tag(end), Tag::Stop | Tag::Comma | Tag::Break | Tag::And | Tag::Sub)
        || matches!(page.tag(end - 2), Tag::Stop | Tag::Comma)
}

/// Without stops and commas at the end, if they are not inside a quotation.
pub(super) fn trimmed(page: &Page, at: usize, end: usize) -> usize {
    let mut end = end;
    while end > at
        && matches!(page.tag(end - 1), Tag::Stop | Tag::Comma | Tag::And | Tag::Break | Tag::Colon)
        && !page.quotes.is_quoted(end - 1)
        && !matches!(page.low(end - 1), ")" | "]")
    {
        end -= 1;
    }
    end
}

/// Whether the outlet speaks again from token `k` on.
fn stops_before(page: &Page, k: usize, head: usize, limit: usize) -> bool {
    let tag = page.tag(k);
    let low = page.low(k);
    let next = |n: usize| (k + n < limit).then(|| page.tag(k + n));
    let next_low = |n: usize| if k + n < limit { page.low(k + n) } else { "" };
    // "and said", "and also urged", in the form of the cue itself.
    let cue_after = |i: usize| {
        let i = if i < limit && page.tag(i) == Tag::Adverb { i + 1 } else { i };
        i < limit
            && page.tag(i) == page.tag(head)
            && page.tag(i).is_verb()
            && page.tag(i) != Tag::Base
            && LEXICON.verbs.contains_key(page.low(i))
    };
    match tag {
        Tag::Break if low == ";" => true,
        Tag::Adverb if low == "even" && next_low(1) == "as" => true,
        Tag::Break if matches!(low, "—" | "–" | "--" | "-") => true,
        Tag::Comma => {
            if next_low(1) == "according" {
                return true;
            }
            match next(1) {
                // ", saying", ", which", ", who": of the contents in news, six in ten end here.
                Some(Tag::Ing | Tag::Relative | Tag::Past) => next_low(1) != "including",
                Some(Tag::Sub) => {
                    matches!(next_low(1), "while" | "although" | "though" | "whereas" | "where")
                }
                Some(Tag::Adverb) if next_low(1) == "even" => true,
                // ", indirectly naming"
                Some(Tag::Adverb) if next(2) == Some(Tag::Ing) => true,
                Some(Tag::And) if next_low(1) == "but" => true,
                Some(Tag::And) => {
                    matches!(next(2), Some(Tag::Pronoun | Tag::Past))
                        || cue_after(k + 2)
                        || speaks_again(page, k + 2, limit)
                }
                Some(Tag::Pronoun) => true,
                _ => begins_anew(page, k + 1, limit),
            }
        }
        Tag::And => {
            // "said she was tired and wanted": the clause goes on; "endorsed him and wanted" not.
            let is_clause = page.is_finite_at(head + 1)
                || (head + 1..k).any(|i| page.is_finite_at(i) && !page.quotes.is_quoted(i));
            let is_past = next(1) == Some(Tag::Past) && page.tag(head) == Tag::Past && !is_clause;
            let is_pronoun = next(1) == Some(Tag::Pronoun)
                && matches!(next_low(1), "he" | "she" | "they" | "it" | "i" | "we");
            is_past
                || is_pronoun
                || cue_after(k + 1)
                || low == "but" && next(1).is_some_and(|tag| tag.is_verb() || tag.is_auxiliary())
        }
        _ => false,
    }
}

/// Whether a clause with its own subject begins at token `k`.
fn begins_anew(page: &Page, k: usize, limit: usize) -> bool {
    let Some(group) = page.noun_group(k, limit) else { return false };
    let mut verb = group.end;
    while verb < limit && page.tag(verb) == Tag::Adverb {
        verb += 1;
    }
    verb < limit && page.is_finite_at(verb) && !(verb + 1 < limit && page.low(verb + 1) == "by")
}

/// Whether "X said" stands from token `k` on.
fn speaks_again(page: &Page, k: usize, limit: usize) -> bool {
    let Some(group) = page.noun_group(k, limit) else { return false };
    let mut verb = group.end;
    while verb < limit && matches!(page.tag(verb), Tag::Adverb | Tag::Have | Tag::Be) {
        verb += 1;
    }
    verb < limit
        && page.tag(verb).is_verb()
        && LEXICON
            .verbs
            .get(page.low(verb))
            .is_some_and(|readings| readings.iter().any(|r| r.after == After::End))
}
