//! A quotation in a headline that the text has in other words.
//!
//! ```text
//! Vaals: "We will never sell the northern quay"
//! … "We will not sell the old northern quay this year," Vaals said …   → never, old
//! ```
//!
//! Words that carry little, endings and spelling are no change, nor is what is cut at either end.
//! Not handled: quotations of fewer than five words (headlines put single words in marks for other
//! reasons), those with an ellipsis or brackets, and those that no quotation of the text comes near.

use super::Oddity;
use crate::Subject;
use crate::align::align;
use crate::quoted::quoted;
use crate::rules::{is_little, is_slight, spelling};
use crate::show;
use crate::words::{Word, own_text, words};
use onrecord_model::{FindingKind, Span};

/// Words of a headline's quotation, at least.
const LEAST: usize = 5;

/// Of these so many in a hundred must stand in the text's quotation, in order.
const NEAR: usize = 60;

pub(super) fn oddity(subject: Subject<'_>) -> Option<Oddity> {
    let text = &subject.report.text;
    let headline = subject.report.headline?;
    let heads = quoted(text, headline).into_iter().map(|span| (span, words(text, span)));
    let heads: Vec<(Span, Vec<Word>)> = heads
        .filter(|(span, words)| {
            words.len() >= LEAST
                && !span.of(text).contains(['…', '[', '('])
                // 'compare tests' after 'dig': one mark that closes and one that opens.
                && !["' ", "’ "].iter().any(|mark| span.of(text).contains(mark))
                && !span.of(text).contains("..")
        })
        .collect();
    if heads.is_empty() {
        return None;
    }
    let own: Vec<Span> =
        own_text(subject.report).into_iter().filter(|own| !own.overlaps(headline)).collect();
    let body: Vec<Word> = own.iter().flat_map(|&own| words(text, own)).collect();
    let quotations: Vec<Span> = own.iter().flat_map(|&own| quoted(text, own)).collect();
    heads.into_iter().find_map(|(span, head)| {
        let folded = |word: &Word| word.folded.clone();
        let is_there = body
            .windows(head.len())
            .any(|window| window.iter().map(folded).eq(head.iter().map(folded)));
        if is_there { None } else { changed(subject, headline, span, &head, &quotations) }
    })
}

/// The nearest quotation of the text, if it is near and differs.
fn changed(
    subject: Subject<'_>,
    headline: Span,
    span: Span,
    head: &[Word],
    quotations: &[Span],
) -> Option<Oddity> {
    let text = &subject.report.text;
    let near = quotations.iter().filter_map(|&quotation| {
        let sentence = |at: u32| subject.analysis.sentence_at(at as usize).map(|s| s.span);
        let whole = sentence(quotation.start)
            .into_iter()
            .chain(sentence(quotation.end.saturating_sub(1)))
            .fold(quotation, Span::join);
        near(text, head, &words(text, whole), quotation)
    });
    let mut near: Vec<Near> = near.collect();
    near.sort_by_key(|near| (std::cmp::Reverse(near.common), near.changes.len(), near.at.start));
    // Somewhere it stands as it is in the headline, but for small words.
    if near.iter().any(|near| near.changes.is_empty()) {
        return None;
    }
    let nearest = near.into_iter().next()?;
    let reading = format!(
        "has {} in its headline; its text has {}.",
        show::quote(span.of(text)),
        show::quote(nearest.at.of(text)),
    );
    Some(Oddity {
        kind: FindingKind::Headline,
        reading,
        // All seven in 9,387 real reports are other words than the text's.
        confidence: 0.85,
        evidence: vec![(headline, "headline".to_owned()), (nearest.at, "text".to_owned())],
        about: nearest.changes,
    })
}

/// A quotation of the text that is near to the headline's.
struct Near {
    common: usize,
    /// Telling words that only one of the two has, between or beside what they share.
    changes: Vec<String>,
    at: Span,
}

fn near(text: &str, head: &[Word], body: &[Word], quotation: Span) -> Option<Near> {
    let fold =
        |words: &[Word]| -> Vec<String> { words.iter().map(|word| word.folded.clone()).collect() };
    let weight = |word: &String| if is_little(word) { 8 } else { 30 };
    let laid = align(&fold(head), &fold(body), weight);
    let (&first, &last) = (laid.pairs.first()?, laid.pairs.last()?);
    let telling = laid.pairs.iter().filter(|pair| !is_little(&head[pair.0].folded)).count();
    let quoted = laid.pairs.iter().filter(|pair| quotation.contains(body[pair.1].span)).count();
    let common = laid.pairs.len();
    if common * 100 < NEAR * head.len() || telling < 2 || quoted * 2 <= common {
        return None;
    }
    let mut changes: Vec<String> = Vec::new();
    let mut differ = |a: &[Word], b: &[Word]| {
        let joined = |words: &[Word]| fold(words).concat();
        if joined(a) == joined(b) {
            return;
        }
        let tells = |word: &&Word| tells(text, word);
        let lacks = |word: &&Word, others: &[Word]| {
            !others.iter().any(|other| is_form(&word.folded, &other.folded))
        };
        let added = a.iter().filter(tells).filter(|word| lacks(word, b));
        let lost = b.iter().filter(tells).filter(|word| lacks(word, a));
        changes.extend(added.chain(lost).map(|word| word.span.of(text).to_owned()));
    };
    for difference in laid.differences() {
        differ(&head[difference.a.0..difference.a.1], &body[difference.b.0..difference.b.1]);
    }
    // What the headline has beyond the shared words, the text does not have there: against as many
    // words of the text, of which none is missed.
    for (hanging, beside) in [
        (&head[..first.0], &body[first.1.saturating_sub(first.0 + 1)..first.1]),
        (&head[last.0 + 1..], &body[last.1 + 1..body.len().min(last.1 + 1 + head.len() - last.0)]),
    ] {
        // "'Sending Wrong Message'" of "it sent the wrong message": so headlines are written.
        let new = hanging
            .iter()
            .filter(|word| tells(text, word) && !word.folded.ends_with("ing"))
            .filter(|word| !beside.iter().any(|b| is_form(&word.folded, &b.folded)));
        changes.extend(new.map(|word| word.span.of(text).to_owned()));
    }
    let at = body[first.1].span.join(body[last.1].span);
    Some(Near { common, changes, at })
}

/// Whether a word that only one side has makes a difference; "I've" is "I have".
fn tells(text: &str, word: &Word) -> bool {
    !is_little(&word.folded)
        && !is_slight(&word.folded)
        && spelling().apart(word.span.of(text)).is_none()
}

/// Whether two folded words are forms of one: "terror", "terrorism"; "Iran", "Iranian".
fn is_form(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let stem =
        short.strip_suffix("ing").or_else(|| short.strip_suffix(['s', 'e', 'd'])).unwrap_or(short);
    short == long || stem.len() >= 3 && long.starts_with(stem)
}
