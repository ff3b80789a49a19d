//! What is no statement, though it stands where one would.
//!
//! ```text
//! an aide, who asked not to be named   known as “the Widow”   vetoed the plan   called her mother
//! ```
//!
//! Not handled: what only the sense of the words tells.

use super::find::Draft;
use super::groups::Page;
use super::lexicon::LEXICON;
use super::tags::Tag;

/// What is no statement, whatever its words look like.
pub(super) fn is_none(page: &Page, draft: &Draft) -> bool {
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
    // "The Herald reported in May, citing two aides, that": found at "reported".
    if cue.start > sentence.start
        && matches!(page.low(cue.start), "citing" | "quoting")
        && page.tag(cue.start - 1) == Tag::Comma
        && draft.content.first().is_some_and(|piece| piece.start == cue.end)
    {
        let reports = |k: usize| {
            matches!(page.low(k), "reported" | "said" | "wrote" | "reports" | "says" | "according")
        };
        if sentence.clone().any(reports) {
            return true;
        }
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
    // "have sought refuge": not with words.
    if matches!(page.low(draft.head), "seek" | "seeks" | "sought" | "seeking")
        && first.is_some_and(|at| at == draft.head + 1 && page.tag(at) != Tag::To)
        && !has_quote()
    {
        return true;
    }
    // "Efforts continue as …": only words in quotation marks are continued.
    if matches!(page.low(draft.head), "continue" | "continues" | "continued") && !has_quote() {
        let is_clause = draft
            .content
            .first()
            .is_some_and(|piece| matches!(page.low(piece.start), "that") || piece.end <= cue.start);
        let goes_on =
            cue.end > draft.head + 1 && matches!(page.tag(draft.head + 1), Tag::To | Tag::Ing);
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
