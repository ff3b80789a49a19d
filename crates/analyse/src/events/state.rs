//! Whether an event has happened.
//!
//! ```text
//! will meet on Friday  →  planned      Friday's talks were called off  →  cancelled
//! ```
//!
//! Not handled: what a later sentence takes back.

use super::tree::{RELATIONS, TAGS, Tree};
use super::words::WORDS;
use onrecord_model::{Date, EventState};

/// The state of what a verb tells.
pub(super) fn state(
    tree: &Tree<'_, '_>,
    verb: usize,
    when: Option<&str>,
    published: Option<Date>,
) -> EventState {
    let r = &*RELATIONS;
    let t = &*TAGS;
    if tree.child(verb, &[r.neg]).is_some() {
        return EventState::Not;
    }
    let is_ahead = is_ahead(when, published);
    let mut auxiliaries =
        tree.children(verb).filter(|&i| [r.aux, r.auxpass, r.cop].contains(&tree.relation(i)));
    let mut is_to = false;
    let mut is_perfect = false;
    let mut modal = None;
    for i in auxiliaries.by_ref() {
        match tree.low(i) {
            "will" | "'ll" | "’ll" | "shall" | "wo" => modal = Some(EventState::Planned),
            "would" => modal = Some(EventState::Planned),
            "may" | "might" | "could" | "can" | "should" | "must" | "ca" => {
                modal = Some(EventState::Possible);
            }
            "to" => is_to = true,
            "have" => is_perfect = true,
            _ => {}
        }
    }
    if let Some(state) = modal {
        // "would have met", "may have been": not, or perhaps.
        return if is_perfect { EventState::Possible } else { state };
    }
    let is_if = tree.child(verb, &[r.mark]).is_some_and(|i| matches!(tree.low(i), "if" | "unless"));
    if is_if {
        return EventState::Possible;
    }
    let is_infinitive = is_to || tree.tag(verb) == t.vb && tree.relation(verb) == r.xcomp;
    if let Some(head) = tree.head(verb).filter(|_| is_infinitive) {
        let above = tree.low(head);
        if WORDS.is(above, &WORDS.fail) {
            return EventState::Not;
        }
        if WORDS.is(above, &WORDS.plan)
            || matches!(above, "is" | "are" | "was" | "were" | "going" | "plans")
        {
            return EventState::Planned;
        }
    }
    if WORDS.is(tree.low(verb), &WORDS.appoint) && tree.tag(verb) == t.vbn && is_ahead {
        return EventState::Planned;
    }
    if is_ahead { EventState::Planned } else { EventState::Done }
}

/// The state of what a noun names, by what is done to it: "cancelled Friday's talks".
pub(super) fn of_noun(
    tree: &Tree<'_, '_>,
    noun: usize,
    when: Option<&str>,
    published: Option<Date>,
) -> EventState {
    let r = &*RELATIONS;
    let relation = tree.relation(noun);
    if [r.nsubj, r.nsubjpass, r.dobj].contains(&relation)
        && let Some(verb) = tree.head(noun)
    {
        let word = tree.low(verb);
        let particle = tree.child(verb, &[r.particle]).map(|i| tree.low(i));
        let phrase = particle.map(|particle| {
            WORDS.particle.iter().find(|(known, _)| {
                known.split_once(' ').is_some_and(|(verb, known)| {
                    known == particle
                        && (word == verb || word.strip_suffix("ed") == Some(verb) || word == "put")
                })
            })
        });
        match phrase.flatten().map(|(_, state)| state.as_str()) {
            Some("cancelled") => return EventState::Cancelled,
            Some(_) => return EventState::Postponed,
            None => {}
        }
        if WORDS.is(word, &WORDS.cancel) {
            return EventState::Cancelled;
        }
        if WORDS.is(word, &WORDS.postpone) {
            return EventState::Postponed;
        }
    }
    if is_ahead(when, published) { EventState::Planned } else { EventState::Done }
}

/// Whether the day is after that of the report.
fn is_ahead(when: Option<&str>, published: Option<Date>) -> bool {
    let (Some(when), Some(published)) = (when, published) else { return false };
    match when.len() {
        10 => *when > *published.to_string(),
        7 if !when.ends_with(|c: char| c.is_ascii_alphabetic()) && !when.contains('Q') => {
            *when > published.to_string()[..7]
        }
        8 | 11 if when.as_bytes()[5] == b'W' => {
            let week = published.iso_week_date();
            when[..8] > *format!("{:04}-W{:02}", week.year(), week.week())
        }
        4 => *when > published.to_string()[..4],
        _ => false,
    }
}
