//! What follows a cue verb: an addressee, a time, a place; then a quotation, a clause, nothing.
//!
//! ```text
//! told reporters on Monday that the quay was safe   →  addressee "reporters", then "that …"
//! ```

use super::groups::Page;
use super::lexicon::{After, Reading};
use super::tags::Tag;
use std::ops::Range;

/// What follows a cue, and where its content begins.
pub(super) struct Following {
    pub(super) after: After,
    pub(super) at: usize,
    pub(super) addressee: Option<Range<usize>>,
}

/// Past "on Tuesday", "late last week".
pub(super) fn skip_time(page: &Page, from: usize, end: usize) -> usize {
    let mut k = from;
    loop {
        let mut j = k;
        while j < end
            && (matches!(
                page.low(j),
                "on" | "late"
                    | "early"
                    | "last"
                    | "this"
                    | "earlier"
                    | "in"
                    | "next"
                    | "that"
                    | "of"
            ) || page.tag(j) == Tag::Time
                || page.tag(j) == Tag::Number
                || matches!(
                    page.low(j),
                    "morning"
                        | "evening"
                        | "afternoon"
                        | "night"
                        | "week"
                        | "month"
                        | "year"
                        | "ago"
                        | "days"
                        | "later"
                        | "day"
                ))
        {
            j += 1;
        }
        let has_time = (k..j).any(|i| {
            page.tag(i) == Tag::Time
                || matches!(
                    page.low(i),
                    "morning"
                        | "evening"
                        | "afternoon"
                        | "night"
                        | "week"
                        | "month"
                        | "year"
                        | "ago"
                )
        });
        if j == k || !has_time {
            return k;
        }
        // "on Tuesday that": the last word opens the content.
        while j > k
            && matches!(page.low(j - 1), "that" | "in" | "on" | "of" | "this" | "next" | "last")
        {
            j -= 1;
        }
        if j == k {
            return k;
        }
        k = j;
    }
}

/// What follows the verb at `head`.
pub(super) fn following(
    page: &Page,
    head: usize,
    stretch: &Range<usize>,
    readings: &[&Reading],
) -> Option<Following> {
    let end = page.prose.sentences[page.prose.sentence_of(head)].tokens.end;
    let is_inside = page.quotes.is_quoted(head);
    let end = if is_inside { stretch.end } else { end };
    let may = |after: After| readings.iter().any(|r| r.after == after);
    let mut addressee = None;
    let mut has_skipped = false;
    let mut k = head + 1;
    for _ in 0..8 {
        let found = |after, at, addressee| Some(Following { after, at, addressee });
        if k >= end {
            return found(After::End, k, addressee);
        }
        let low = page.low(k);
        match page.tag(k) {
            Tag::Stop => return found(After::End, k, addressee),
            Tag::Quote => {
                return match page.quotes.opened_by(k) {
                    Some(number) => {
                        let quotation = &page.quotes.quotations[number];
                        let is_short = quotation.end - k < 6
                            && quotation.end < end
                            && !matches!(page.tag(quotation.end), Tag::Stop | Tag::Comma);
                        let after = if may(After::Quote) { After::Quote } else { After::Noun };
                        let after = if is_short && may(After::Clause) && !page.tag(k + 1).is_verb()
                        {
                            After::Clause
                        } else {
                            after
                        };
                        found(after, k, addressee)
                    }
                    None => found(After::End, k, addressee),
                };
            }
            Tag::Comma => {
                let next = k + 1;
                if next < end && page.quotes.opened_by(next).is_some() {
                    return found(After::Quote, next, addressee);
                }
                // "said, however, that"
                let second = (next..end.min(next + 7))
                    .find(|&j| matches!(page.tag(j), Tag::Comma | Tag::Colon));
                if let Some(colon) = second.filter(|&j| page.tag(j) == Tag::Colon) {
                    k = colon;
                    continue;
                }
                if let Some(second) = second
                    && second + 1 < end
                    && (page.low(second + 1) == "that"
                        || page.quotes.opened_by(second + 1).is_some())
                    && !(next..second).any(|j| {
                        page.tag(j).is_verb() && !matches!(page.low(j), "citing" | "quoting")
                    })
                {
                    k = second + 1;
                    continue;
                }
                return found(After::End, k, addressee);
            }
            Tag::Colon => {
                // A colon at a paragraph's end speaks of the next.
                let goes_on =
                    k + 1 < end || !is_inside && k + 1 < page.tags.len() && may(After::Quote);
                return if goes_on {
                    found(After::Colon, k + 1, addressee)
                } else {
                    found(After::End, k, addressee)
                };
            }
            Tag::Break if matches!(low, ";" | "—" | "–" | "--" | "-") => {
                return found(After::End, k, addressee);
            }
            Tag::That | Tag::Relative if low == "that" => {
                return found(After::That, k, addressee);
            }
            Tag::Wh | Tag::Relative => return found(After::Wh, k, addressee),
            Tag::Sub if low == "if" => return found(After::Wh, k, addressee),
            Tag::Sub if low == "as" && may(After::Noun) => return None,
            Tag::Sub
                if may(After::Clause)
                    && may(After::End)
                    && has_clause(page, k + 1, end)
                    && matches!(
                        low,
                        "because" | "if" | "when" | "while" | "although" | "unless" | "once"
                    ) =>
            {
                return found(After::Clause, k, addressee);
            }
            Tag::Sub => return found(After::End, k, addressee),
            Tag::To => {
                let next = k + 1;
                if next >= end {
                    return None;
                }
                if page.tag(next) == Tag::Base
                    || page.tag(next) == Tag::Be
                    || page.tag(next) == Tag::Have
                    || page.tag(next) == Tag::Do
                    || page.tag(next) == Tag::Not
                    || page.tag(next) == Tag::Adverb
                {
                    return found(After::To, k, addressee);
                }
                if readings.iter().any(|r| r.takes_noun_after_to) {
                    return found(After::To, next, addressee);
                }
                // "said to reporters that"
                let group = page.noun_group(next, end)?;
                addressee = Some(group.clone());
                k = group.end;
                has_skipped = true;
            }
            Tag::Ing if may(After::Ing) => return found(After::Ing, k, addressee),
            Tag::Adverb if low == "there" && begins_clause(page, &(k..k + 1), end) => {
                return found(After::Clause, k, addressee);
            }
            Tag::Not if k + 1 < end && page.tag(k + 1) == Tag::To => {
                return found(After::To, k, addressee);
            }
            Tag::Adverb | Tag::Not => k += 1,
            Tag::Prep => {
                let after_time = skip_time(page, k, end);
                if after_time > k {
                    k = after_time;
                    continue;
                }
                if let Some(reading) =
                    readings.iter().find(|r| matches!(r.after, After::Prep(p) if p == low))
                {
                    return found(reading.after, k + 1, addressee);
                }
                let mut stop = page
                    .noun_group(k + 1, end)
                    .map(|group| group.end)
                    .or_else(|| (k + 1 < end && page.tag(k + 1) == Tag::Ing).then_some(k + 2))?;
                while stop < end
                    && page.tag(stop) == Tag::Prep
                    && let Some(group) = page.noun_group(stop + 1, end)
                {
                    stop = group.end;
                }
                if low == "of" || low == "about" {
                    return found(After::End, k, addressee);
                }
                k = stop;
                has_skipped = true;
            }
            Tag::Time => {
                let after_time = skip_time(page, k, end);
                k = after_time.max(k + 1);
            }
            _ => {
                let Some(group) = page.noun_group(k, end) else {
                    return (has_skipped || addressee.is_some()).then_some(Following {
                        after: After::End,
                        at: k,
                        addressee,
                    });
                };
                let after_time = skip_time(page, k, end);
                if after_time > k {
                    k = after_time;
                    continue;
                }
                if has_skipped && !may(After::Clause) {
                    return found(After::End, k, addressee);
                }
                let takes = readings.iter().any(|r| r.takes_addressee);
                let is_nominative = matches!(low, "he" | "she" | "they" | "we" | "i" | "there");
                if takes
                    && addressee.is_none()
                    && !is_nominative
                    && !begins_clause(page, &group, end)
                {
                    let mut stop = group.end;
                    while stop < end
                        && (page.low(stop) == "of"
                            || page.low(stop) == "at"
                            || page.low(stop) == "in"
                                && page
                                    .noun_group(stop + 1, end)
                                    .is_some_and(|group| !page.is_occasion(&group))
                            || page.low(stop) == "and"
                            || page.low(stop) == "for" && readings[0].lemma == "tell")
                        && let Some(more) = page.noun_group(stop + 1, end)
                    {
                        if begins_clause(page, &more, end) && page.low(stop) == "and" {
                            break;
                        }
                        stop = more.end;
                    }
                    addressee = Some(group.start..stop);
                    k = stop;
                    continue;
                }
                let after = if is_nominative
                    || begins_clause(page, &group, end)
                    || !may(After::Noun) && has_clause(page, group.end, end)
                {
                    After::Clause
                } else {
                    After::Noun
                };
                let after =
                    if after == After::Clause && !may(After::Clause) { After::Noun } else { after };
                return found(after, k, addressee);
            }
        }
    }
    None
}

/// Whether a verb with this group as its subject follows.
pub(super) fn begins_clause(page: &Page, group: &Range<usize>, end: usize) -> bool {
    let mut k = group.end;
    for _ in 0..4 {
        while k < end && matches!(page.tag(k), Tag::Adverb | Tag::Not) {
            k += 1;
        }
        if k >= end {
            return false;
        }
        if page.is_finite_at(k) {
            return !(page.tag(k) == Tag::Past
                && k + 1 < end
                && matches!(page.low(k + 1), "by" | "in" | "at"));
        }
        if page.tag(k) == Tag::Base {
            return true;
        }
        if page.tag(k) == Tag::Prep || page.tag(k) == Tag::And {
            match page.noun_group(k + 1, end) {
                Some(more) => k = more.end,
                None => return false,
            }
            continue;
        }
        return false;
    }
    false
}

/// Whether a finite verb stands before the next comma or stop.
pub(super) fn has_clause(page: &Page, from: usize, end: usize) -> bool {
    (from..end.min(from + 25))
        .take_while(|&k| !matches!(page.tag(k), Tag::Stop | Tag::Break))
        .any(|k| page.is_finite_at(k))
}
