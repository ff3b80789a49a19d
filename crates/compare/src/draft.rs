//! A draft's quotation laid on a stretch of a report's text.
//!
//! ```text
//! draft    “We have made a final offer … and that is all”
//! report   “We have made a fair offer, as we said, and that is all,” Fenn said.
//! → altered: final | fair; the dots stand for what is left out
//! ```
//!
//! No differences: curly or straight marks, spelling, contractions, [words in brackets], (sic), dots
//! for what is left out, where the quotation begins and ends. Not handled: words in another order.

use crate::align::align;
use crate::quotations::{Spoken, Utterance, goes_on_with_condition, is_shown, keys, spoken_key};
use crate::quoted::quoted;
use crate::words::{own_text, words};
use crate::{Item, show};
use onrecord_model::{Analysis, Party, Report, Span, Statement};

/// Words between quotation marks, and who is said to have said them.
#[derive(Debug, Clone, PartialEq)]
pub struct Quotation {
    /// Where they stand, without the marks.
    pub span: Span,
    /// Who says them, where the text tells.
    pub speaker: Option<Party>,
    /// Under which keys of the comparison of quotations its like are found.
    pub keys: Vec<u64>,
}

/// Words that a quotation within another has at least.
const LEAST_WITHIN: usize = 3;

/// The quotations of a report, in order; one within another by itself, too.
pub fn quotations(report: &Report, analysis: &Analysis) -> Vec<Quotation> {
    let text = &report.text;
    let mut stretches: Vec<Span> = report.headline.into_iter().collect();
    stretches.extend(own_text(report));
    let mut spans: Vec<Span> = stretches.into_iter().flat_map(|span| quoted(text, span)).collect();
    spans.sort();
    // “Fenn told us, ‘We will not sign,’ and left”: what is quoted within is somebody's own words.
    let mut within: Vec<(Span, Span)> = Vec::new();
    for &outer in &spans {
        let inner = quoted(text, outer).into_iter();
        let inner = inner.filter(|inner| {
            words(text, *inner).len() >= LEAST_WITHIN && inner.len() + 8 < outer.len()
        });
        within.extend(inner.map(|inner| (inner, outer)));
    }
    spans.extend(within.iter().map(|(inner, _)| *inner));
    spans.sort();
    let quotation = |span: Span| {
        let utterance = Utterance::of(text, &[span]);
        let outer = within.iter().find(|(inner, _)| *inner == span).map(|(_, outer)| *outer);
        let of_outer = outer.and_then(|outer| statement_of(&analysis.statements, outer));
        let said = statement_of(&analysis.statements, span);
        let said = said.filter(|said| of_outer.is_none_or(|outer| outer.id != said.id));
        let speaker = said.and_then(|said| said.speaker.clone());
        let keys = keys(&utterance.words(), speaker.as_ref().and_then(spoken_key).as_ref());
        Quotation { span, speaker, keys }
    };
    let has_word = |span: &Span| span.of(text).contains(char::is_alphanumeric);
    spans.into_iter().filter(has_word).map(quotation).collect()
}

/// The statement whose content holds most of `span`; of several the innermost.
pub fn statement_of(statements: &[Statement], span: Span) -> Option<&Statement> {
    let shared = |said: &Statement| -> u32 {
        let common =
            |piece: &Span| piece.end.min(span.end).saturating_sub(piece.start.max(span.start));
        said.content.iter().map(common).sum()
    };
    let size = |said: &Statement| -> usize { said.content.iter().map(|piece| piece.len()).sum() };
    let holding = statements.iter().filter(|said| shared(said) * 2 > span.len() as u32);
    holding.max_by_key(|said| (shared(said), std::cmp::Reverse(size(said))))
}

/// Where the words of an item of the comparison of quotations stand in its report.
pub fn place_of(item: &Item) -> Option<Span> {
    let utterance: Utterance = show::body(&item.body)?;
    let first = utterance.pieces.first()?;
    let last = utterance.pieces.last()?;
    Some(Span { start: first.0, end: last.0 + last.1.len() as u32 })
}

/// Words that tell a quotation apart, rarest first as far as their length shows it; folded as a
/// search index has them.
pub fn telling_words(quotation: &str) -> Vec<String> {
    let words = Utterance::of(quotation, &[Span::new(0, quotation.len())]).words();
    let telling = words.iter().filter(|word| !word.is_bracketed && !word.is_little());
    let mut found: Vec<String> =
        telling.map(|word| word.span.of(quotation).to_lowercase()).collect();
    if found.is_empty() {
        found = words.iter().map(|word| word.span.of(quotation).to_lowercase()).collect();
    }
    found.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    found.dedup();
    found
}

/// The longest stretch of a quotation that has no brackets and no dots.
pub fn phrase(quotation: &str) -> &str {
    let is_edge = |c: char| matches!(c, '[' | ']' | '(' | ')' | '…');
    let stretches = quotation.split(is_edge).flat_map(|stretch| stretch.split(".."));
    stretches.max_by_key(|stretch| stretch.len()).unwrap_or_default().trim()
}

/// A quotation found in a report's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Laid {
    /// Where, from the first word in common or changed to the last.
    pub span: Span,
    /// The words that differ: where they stand in the quotation, where in the report. Either may
    /// be empty: a place between two words.
    pub changes: Vec<(Span, Span)>,
    /// Where the report goes on with a condition ("if …") after the quotation has ended its
    /// sentence.
    pub goes_on: Option<Span>,
    /// Whether the report has the words between quotation marks.
    pub is_quoted: bool,
    /// Words in common.
    pub words: usize,
}

/// Share of a quotation's words that must stand in the report, in percent: fewer are another
/// quotation. With a changed speaker or none the greater.
const LEAST: [usize; 2] = [60, 75];

/// Lays `quotation` on what `window` of a report's text holds. `is_same_speaker`: whether the words
/// there are of the one to whom the quotation is given.
pub fn lay(quotation: &str, text: &str, window: Span, is_same_speaker: bool) -> Option<Laid> {
    let draft = Utterance::of(quotation, &[Span::new(0, quotation.len())]);
    let a = draft.words();
    let between_marks = quoted(text, window);
    let spoken = laid(&a, &Utterance::of(text, &between_marks), quotation, text, true);
    let written = laid(&a, &Utterance::of(text, &[window]), quotation, text, false);
    let is_enough = |laid: &Laid| {
        let own = a.iter().filter(|word| !word.is_bracketed).count();
        let is_short = own < 4;
        if is_short {
            laid.changes.is_empty() && laid.words >= own
        } else {
            laid.words * 100 >= own * LEAST[usize::from(!is_same_speaker)]
                && (laid.words >= 4 || laid.changes.is_empty())
        }
    };
    let (spoken, written) = (spoken.filter(is_enough), written.filter(is_enough));
    match (spoken, written) {
        (Some(spoken), Some(written)) => {
            Some(if spoken.changes.len() <= written.changes.len() { spoken } else { written })
        }
        (spoken, written) => spoken.or(written),
    }
}

fn laid(
    a: &[Spoken],
    other: &Utterance,
    quotation: &str,
    text: &str,
    is_quoted: bool,
) -> Option<Laid> {
    let b = other.words();
    let alignment = align(a, &b, Spoken::weight);
    let (&first, &last) = (alignment.pairs.first()?, alignment.pairs.last()?);
    let mut changes: Vec<((usize, usize), (usize, usize))> = alignment
        .differences()
        .into_iter()
        .filter(|step| !is_shown(a, &b, step))
        .map(|step| (step.a, step.b))
        .collect();
    // What the quotation has before the first word in common, and after the last. A small word there
    // is too light for the alignment: "the final | offer" begins as "the fair | offer" does.
    let is_marked = |words: &[Spoken]| words.iter().all(|word| word.is_bracketed);
    let lead = &a[..first.0];
    if !is_marked(lead) {
        let (same, wide) = edge(lead.len(), first.1, |of, at| a[at] == b[first.1 - of + at]);
        changes.insert(0, ((same, first.0), (first.1 - wide + same, first.1)));
    }
    let rest = &a[last.0 + 1..];
    if !is_marked(rest) {
        let (from, left) = (last.1 + 1, b.len() - last.1 - 1);
        let (same, wide) =
            edge(rest.len(), left, |of, at| a[a.len() - 1 - at] == b[from + of - 1 - at]);
        changes.push(((last.0 + 1, a.len() - same), (from, from + wide - same)));
    }
    let rest = rest.len();
    let ends = quotation.trim_end().ends_with('.');
    let goes_on = if ends && rest == 0 { goes_on_with_condition(&b, last.1) } else { None };
    let words = |row: &[Spoken], range: (usize, usize), text: &str| stretch(row, range, text.len());
    let changes: Vec<(Span, Span)> =
        changes.into_iter().map(|(x, y)| (words(a, x, quotation), words(&b, y, text))).collect();
    let common = b[first.1].span.join(b[last.1].span);
    let changed = changes.iter().map(|change| change.1).filter(|span| !span.is_empty());
    Some(Laid {
        span: changed.fold(common, Span::join),
        changes,
        goes_on,
        is_quoted,
        words: alignment.pairs.len(),
    })
}

/// How many words at the outer end of an edge of `own` words are the same in the report, and how
/// many of the `there` words that the report has there are laid against the edge.
fn edge(own: usize, there: usize, is_same: impl Fn(usize, usize) -> bool) -> (usize, usize) {
    let common = |wide: usize| (0..own.min(wide)).take_while(|&at| is_same(wide, at)).count();
    let widths = (0..=own + 2).filter(|&wide| wide <= there);
    let best = widths.map(|wide| (common(wide), wide)).filter(|&(same, _)| same > 0);
    best.max_by_key(|&(same, wide)| (same, std::cmp::Reverse(wide.abs_diff(own))))
        .unwrap_or((0, own.min(there)))
}

/// From the first word to the last; where there are none, the point after the word before.
fn stretch(words: &[Spoken], (from, to): (usize, usize), length: usize) -> Span {
    if from < to {
        return words[from].span.join(words[to - 1].span);
    }
    let point = match from.checked_sub(1) {
        Some(before) => words.get(before).map_or(length, |word| word.span.end as usize),
        None => words.first().map_or(0, |word| word.span.start as usize),
    };
    Span::new(point, point)
}

/// Whether a quotation is given to the same speaker in two texts; `None` where one does not tell.
pub fn is_same_speaker(one: &Party, other: &Party) -> Option<bool> {
    let (one, other) = (spoken_key(one)?, spoken_key(other)?);
    if one.can_be(&other) {
        return Some(true);
    }
    one.cannot_be(&other).then_some(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Fenn spoke on Monday. \"We have made a fair offer to the crews, and we \
        cannot go further if the eastern quay stays open,\" she said. \"It's the organisation's \
        last.\" The port would lose 40 percent of its trade, she said.";

    fn whole() -> Span {
        Span::new(0, TEXT.len())
    }

    /// Changed words, as "draft | report".
    fn changed(quotation: &str) -> Option<Vec<String>> {
        let laid = lay(quotation, TEXT, whole(), true)?;
        let told = |(x, y): &(Span, Span)| format!("{} | {}", x.of(quotation), y.of(TEXT));
        Some(laid.changes.iter().map(told).collect())
    }

    #[test]
    fn house_style_is_no_difference() {
        let none = Some(Vec::new());
        assert_eq!(changed("We have made a fair offer"), none);
        assert_eq!(changed("We've made a fair offer to the crews … and we can’t go further"), none);
        assert_eq!(changed("[Management has] made a fair offer [to them], and we cannot go"), none);
        assert_eq!(changed("made a fair offer (sic) to the crews"), none);
        assert_eq!(changed("It is the organization's last."), none);
        assert_eq!(changed("we cannot go further … It's the organisation's last"), none);
    }

    #[test]
    fn changed_words_are_told() {
        assert_eq!(
            changed("We have made a final offer to the crews"),
            Some(vec!["final | fair".to_owned()])
        );
        assert_eq!(
            changed("We have made a fair offer, and we cannot go further"),
            Some(vec![" | to the crews".to_owned()])
        );
        assert_eq!(changed("a final offer to the crews"), Some(vec!["final | fair".to_owned()]));
        assert_eq!(
            changed("We never have made a fair offer to the crews"),
            Some(vec!["never | ".to_owned()])
        );
        assert_eq!(
            changed("go further if the eastern quay stays quite open"),
            Some(vec!["quite | ".to_owned()])
        );
        assert_eq!(changed("They had a long and happy voyage to the north"), None);
    }

    #[test]
    fn what_the_report_has_without_marks_is_told_apart() {
        let at = |quotation: &str| lay(quotation, TEXT, whole(), true).expect("it is found");
        assert!(at("a fair offer").is_quoted);
        assert!(!at("would lose 40 percent of its trade").is_quoted);
        let cut = at("We have made a fair offer to the crews, and we cannot go further.");
        assert_eq!(cut.goes_on.map(|rest| rest.of(TEXT)), Some("if the eastern quay stays open"));
    }
}
