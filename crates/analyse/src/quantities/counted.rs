//! What is counted: the noun phrase after a figure, its head, and what narrows it.
//!
//! ```text
//! 31,000 | displaced Gazans seeking refuge in Rafah | have …
//!          ^^^^^^^^^ ^^^^^^ head                            a participle and a place narrow it
//! ```
//!
//! Closed lists of words and the shape of plurals decide, not a parser. Not handled: heads before
//! the figure ("the dead number 14"), and heads after a clause of their own.

use super::figure::Figure;
use super::rules::{RULES, Rules};
use super::{After, Reader};
use crate::text::{Prose, TokenKind};
use onrecord_model::Span;
use std::ops::Range;

/// A noun phrase that is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Counted {
    /// With what narrows it.
    pub(super) tokens: Range<usize>,
    /// The head noun.
    pub(super) head: usize,
}

impl Counted {
    pub(super) fn span(&self, prose: &Prose) -> Span {
        prose.span(self.tokens.clone())
    }
}

/// How many words may stand before a head.
const LONGEST: usize = 7;

/// How many words what narrows may have.
const LONGEST_TAIL: usize = 9;

impl Reader<'_, '_> {
    /// What a figure without a unit counts.
    pub(super) fn count(&self, figure: &Figure, after: &mut After) {
        if figure.is_share {
            after.unit = Some("share".to_owned());
            after.kind = "share";
        }
        let at = after.end;
        let is_hyphen = self.low(at) == "-" && self.is_glued(at) && self.is_glued(at + 1);
        if is_hyphen && !figure.is_share {
            self.count_hyphened(at, after);
            return;
        }
        if self.count_of_number(at, after) {
            return;
        }
        // "one of the tugs" is one of several.
        let is_single = (figure.is_one || figure.value == Some(1.0)) && self.low(after.end) != "of";
        let Some(counted) = self.noun_phrase(at, is_single, figure.is_share || figure.is_vague)
        else {
            if after.unit.is_none() && !figure.is_one && self.is_of_people(figure, after.end) {
                after.unit = Some("people".to_owned());
            }
            return;
        };
        if !figure.is_share {
            // "thousands of armed Reef Front left": its people.
            let is_body = figure.is_vague
                && self.tag(counted.head) == "NNP"
                && self.tag(counted.tokens.start).starts_with("JJ");
            after.unit =
                Some(if is_body { "people".to_owned() } else { self.unit_of(counted.head) });
        }
        after.end = counted.head + 1;
        after.counted = Some(counted);
    }

    /// "Three of the five judges", "112 of the chamber's 230 seats": the noun is counted twice, and
    /// the second figure is read on its own.
    fn count_of_number(&self, at: usize, after: &mut After) -> bool {
        if self.low(at) != "of" {
            return false;
        }
        let from = at + 1;
        let to = (from + 5).min(self.sentence.end);
        let is_between = |at: &usize| {
            self.kind(*at) == Some(TokenKind::Word)
                || matches!(self.low(*at), "'s" | "’s" | "'" | "’")
        };
        let number = (from..to)
            .take_while(is_between)
            .chain((from..to).find(|at| self.kind(*at) == Some(TokenKind::Number)))
            .filter(|at| !self.in_time[*at])
            .filter(|at| *at > from && !matches!(self.low(*at), "a" | "an" | "one"))
            .find_map(|at| crate::patterns::numbers::number(self.prose, at, self.sentence.end))
            // "five of the three-ton satellites" is one figure of these.
            .filter(|number| self.low(number.end) != "-");
        let Some(counted) = number.and_then(|number| self.noun_phrase(number.end, false, false))
        else {
            return false;
        };
        after.unit = Some(self.unit_of(counted.head));
        after.counted = Some(counted);
        true
    }

    /// "a four-member council", "the 12-nation bloc": the hyphened word is counted.
    fn count_hyphened(&self, at: usize, after: &mut After) {
        let head = at + 1;
        let is_noun = self.kind(head) == Some(TokenKind::Word)
            && !self.rules.is_function(self.low(head))
            && !matches!(
                self.low(head),
                "time" | "way" | "on" | "sided" | "off" | "fold" | "strong"
            );
        if is_noun && !self.is_capital(head) {
            after.unit = Some(self.unit_of(head));
            after.end = head + 1;
            after.counted = Some(Counted { tokens: head..head + 1, head });
        }
    }

    /// What stands after a unit: "of grain", "in aid", "loan".
    pub(super) fn counted_after_unit(&self, at: usize) -> Option<Counted> {
        match self.low(at) {
            "of" | "in" | "worth" => {
                let of = usize::from(self.low(at) == "worth" && self.low(at + 1) == "of");
                let is_place = self.low(at) == "in" && {
                    let next = at + 1 + usize::from(self.low(at + 1) == "the");
                    self.is_capital(next) || self.sentence.contains(&next) && self.in_time[next]
                };
                if is_place { None } else { self.mass_phrase(at + 1 + of) }
            }
            _ => None,
        }
    }

    /// A noun phrase whose head need not be a plural: "grain", "military aid".
    fn mass_phrase(&self, at: usize) -> Option<Counted> {
        let start = self.skip_determiners(at);
        let end = self.run(start, (start + LONGEST).min(self.sentence.end).max(start));
        if end == start || self.kind(start) != Some(TokenKind::Word) {
            return None;
        }
        // "60 percent of the navy's pilots".
        let owned = matches!(self.low(end), "'s" | "’s").then(|| {
            let limit = (end + 1 + LONGEST).min(self.sentence.end).max(end + 1);
            self.run(end + 1, limit)
        });
        let end = owned.filter(|owned| *owned > end + 1).unwrap_or(end);
        let head = end - 1;
        Some(Counted { tokens: start..self.tail(end), head })
    }

    /// A noun phrase with a plural head, or a single one after "one".
    fn noun_phrase(&self, at: usize, is_single: bool, is_share: bool) -> Option<Counted> {
        let has_of = self.low(at) == "of";
        let mut start =
            if has_of || is_share { self.skip_determiners(at + usize::from(has_of)) } else { at };
        // "one of the line's largest tugs".
        if has_of {
            let owner = (start..(start + 4).min(self.sentence.end))
                .take_while(|at| {
                    self.kind(*at) == Some(TokenKind::Word) || matches!(self.low(*at), "'s" | "’s")
                })
                .find(|at| matches!(self.low(*at), "'s" | "’s"));
            start = owner.map_or(start, |owner| owner + 1);
        }
        while matches!(
            self.low(start),
            "more" | "other" | "others" | "additional" | "extra" | "further" | "such"
        ) && self.kind(start + 1) == Some(TokenKind::Word)
            && (self.is_noun(start + 1) || self.is_capital(start + 1))
        {
            start += 1;
        }
        let mut end = start;
        let mut plural = None;
        while end < self.sentence.end && end < start + LONGEST && self.is_of_phrase(end) {
            let low = self.low(end);
            if plural.is_some() && (low.ends_with("ed") || low.ends_with("ing")) {
                break;
            }
            // "56 Florida ICUs".
            let is_named_plural = self.is_capital(end)
                && low.ends_with('s')
                && matches!(self.tag(end), "NNS" | "NNPS")
                && !self.is_capital(end + 1);
            let is_digits_plural = self.kind(end) == Some(TokenKind::Number) && low.ends_with('s');
            if is_plural(self.rules, low, self.is_capital(end))
                || is_named_plural
                || is_digits_plural
            {
                plural = Some(end);
            } else if plural.is_some() {
                break;
            }
            end += 1;
        }
        let head = match plural {
            Some(head) if !is_single => head,
            _ if is_single || is_share => {
                let last = end.checked_sub(1).filter(|last| *last >= start)?;
                // "one former docker said": no more than a few words.
                let last = if is_single { last.min(start + 2) } else { last };
                // "one thinks", "the one alleged", "one another" count nothing.
                let is_thing = (start..=last).any(|at| self.tag(at).starts_with("NN"))
                    && self.low(start) != "another";
                if is_single && (!is_thing || !self.is_noun(start) && !self.is_capital(start)) {
                    return None;
                }
                if is_single {
                    (start..=last).rev().find(|at| self.tag(*at).starts_with("NN"))?
                } else {
                    last
                }
            }
            _ => return None,
        };
        Some(Counted { tokens: start..self.tail(head + 1), head })
    }

    pub(super) fn skip_determiners(&self, mut at: usize) -> usize {
        while matches!(
            self.low(at),
            "the"
                | "its"
                | "their"
                | "his"
                | "her"
                | "our"
                | "my"
                | "those"
                | "these"
                | "a"
                | "an"
                | "all"
                | "own"
        ) {
            at += 1;
        }
        at
    }

    /// Whether the token may be inside a noun phrase.
    fn is_of_phrase(&self, at: usize) -> bool {
        // "its five current models": an adjective of time is no time of its own here.
        let is_adjective = self.tag(at) == "JJ" && self.tag(at + 1).starts_with("NN");
        if self.in_time[at] && !is_adjective {
            return false;
        }
        match self.kind(at) {
            Some(TokenKind::Word) => {
                let low = self.low(at);
                // "41,000 turns to": a verb by its tag.
                let is_finite =
                    matches!(self.tag(at), "VBZ" | "VBP" | "MD") && !self.is_capital(at);
                !is_finite
                    && (!self.rules.is_function(low) || self.prose.word(at) == "US")
                    && (!self.rules.part(low).is_verb || self.is_capital(at))
                    && low.len() > 1
                    && !low.ends_with("ly")
            }
            // "some 500 “sanctuary” cities".
            Some(TokenKind::Mark) if matches!(self.low(at), "“" | "”") => {
                matches!(self.tag(at + 1), "NN" | "JJ") && self.low(at + 2) == "”"
                    || self.low(at) == "”" && at >= 2 && self.low(at - 2) == "“"
            }
            // "thousands of small, friendly deals".
            Some(TokenKind::Mark) if self.low(at) == "," => {
                at > self.sentence.start
                    && self.tag(at - 1).starts_with("JJ")
                    && !is_plural(self.rules, self.low(at - 1), false)
                    && self.tag(at + 1).starts_with("JJ")
                    && self.tag(at + 2).starts_with("NN")
            }
            // "five new 737 aircraft", "four Trent 900 engines".
            Some(TokenKind::Number) => {
                let low = self.low(at);
                let follows = at > self.sentence.start
                    && (self.is_capital(at - 1) || self.tag(at - 1).starts_with("JJ"));
                let is_model = (2..=4).contains(&low.len())
                    && low.bytes().all(|b| b.is_ascii_digit())
                    && matches!(self.tag(at + 1), "NNS" | "NN" | "NNP");
                // "three Boeing 737s".
                let is_plural = low.len() > 2
                    && low.strip_suffix('s').is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()));
                follows && is_model || is_plural
            }
            Some(TokenKind::Mark) => {
                self.low(at) == "-" && self.is_glued(at) && self.is_glued(at + 1)
            }
            _ => false,
        }
    }

    /// One past what narrows a head that ends before `at`.
    fn tail(&self, at: usize) -> usize {
        let limit = (at + LONGEST_TAIL).min(self.sentence.end);
        if at >= limit || self.in_time[at] {
            return at;
        }
        let low = self.low(at);
        let part = self.rules.part(low);
        let is_participle =
            part.is_narrowing || low.len() > 5 && low.ends_with("ing") && self.is_noun(at);
        let is_relative = matches!(low, "who" | "whose");
        if is_relative {
            let mut end = at + 1;
            let mut has_verb = false;
            while end < limit && self.kind(end) == Some(TokenKind::Word) && !self.in_time[end] {
                let is_aux = matches!(
                    self.low(end),
                    "have" | "had" | "has" | "are" | "were" | "was" | "is" | "will" | "would"
                );
                if is_aux && has_verb
                    || matches!(
                        self.low(end),
                        "and" | "but" | "that" | "after" | "when" | "because" | "since" | "as"
                    )
                {
                    break;
                }
                has_verb |= end > at + 1 || !is_aux;
                end += 1;
            }
            while end > at + 1 && self.rules.is_function(self.low(end - 1)) {
                end -= 1;
            }
            // A bare "who" narrows nothing.
            return if end > at + 1 { end } else { at };
        }
        if is_participle {
            let end = self.run(at + 1, limit);
            let is_by = self.low(end) == "by" && end + 1 < limit;
            let agent = if is_by { self.run(self.skip_determiners(end + 1), limit) } else { end };
            return self.preposition(if agent > end + 1 { agent } else { end }, limit);
        }
        self.preposition(at, limit)
    }

    /// One past a prepositional phrase at `at`; `at` if there is none.
    fn preposition(&self, at: usize, limit: usize) -> usize {
        let low = self.low(at);
        if at + 1 >= limit
            || !self.rules.part(low).is_narrower
            || matches!(low, "to" | "by" | "on" | "at" | "under" | "against")
        {
            return at;
        }
        let start = self.skip_determiners(at + 1);
        let end = self.run(start, limit);
        let is_first_time = start < self.sentence.end && self.in_time[start];
        if end == start || is_first_time { at } else { end }
    }

    /// One past a run of words of a noun phrase.
    pub(super) fn run(&self, mut at: usize, limit: usize) -> usize {
        at = at.min(limit);
        let start = at;
        while at < limit && self.is_of_phrase(at) {
            // A verb in the past ends it: "in Port Lorne walked out".
            if at > start && self.low(at).ends_with("ed") && !self.is_capital(at) {
                break;
            }
            at += 1;
        }
        at
    }

    /// The unit that a head noun is: "people", or the noun in the singular.
    pub(super) fn unit_of(&self, head: usize) -> String {
        let low = self.low(head);
        let is_people_name = self.is_capital(head) && low.ends_with('s') && is_people_name(low);
        if self.rules.part(low).is_people || is_people_name {
            return "people".to_owned();
        }
        if self.is_capital(head) { self.prose.word(head).to_owned() } else { singular(low) }
    }

    /// Whether a bare figure counts people by the verb beside it: "14 were killed", "killing 14".
    fn is_of_people(&self, figure: &Figure, end: usize) -> bool {
        let hurt = |low: &str| {
            matches!(
                low,
                "killed"
                    | "wounded"
                    | "injured"
                    | "dead"
                    | "died"
                    | "killing"
                    | "wounding"
                    | "injuring"
                    | "displaced"
                    | "arrested"
                    | "missing"
                    | "kills"
                    | "hospitalized"
                    | "detained"
                    | "drowned"
                    | "displacing"
            )
        };
        let after = (end..(end + 4).min(self.sentence.end))
            .take_while(|at| self.kind(*at) == Some(TokenKind::Word))
            .any(|at| hurt(self.low(at)));
        let from = figure.start.saturating_sub(4).max(self.sentence.start);
        let before = (from..figure.start).any(|at| {
            matches!(
                self.low(at),
                "killed" | "killing" | "wounded" | "wounding" | "injured" | "injuring" | "kills"
            )
        });
        after || before
    }
}

/// Whether a word is a plural noun by its form.
fn is_plural(rules: &Rules, low: &str, is_capital: bool) -> bool {
    if rules.irregular.contains_key(low) || rules.part(low).is_people {
        return true;
    }
    let is_form = low.len() > 3
        && low.ends_with('s')
        && !low.ends_with("ss")
        && !low.ends_with("us")
        && !low.ends_with("is");
    is_form && (!is_capital || is_people_name(low))
}

/// Whether a capitalised plural names people: "Gazans", "Israelis".
fn is_people_name(low: &str) -> bool {
    ["ans", "ians", "ish", "ese", "is", "ers", "ites", "ists", "eans", "crats", "eens"]
        .iter()
        .any(|ending| low.ends_with(ending))
}

/// A noun in the singular, by its form and a list of the odd ones; in lower case.
///
/// ```
/// assert_eq!(onrecord_analyse::quantities::singular("ferries"), "ferry");
/// ```
pub fn singular(noun: &str) -> String {
    let low = noun.to_lowercase();
    if let Some(singular) = RULES.irregular.get(&low) {
        return singular.clone();
    }
    let cut = |ending: usize, more: &str| low[..low.len() - ending].to_owned() + more;
    if low.len() > 4 && low.ends_with("ies") {
        cut(3, "y")
    } else if ["sses", "shes", "ches", "xes", "zzes", "oes"].iter().any(|e| low.ends_with(e))
        && low.len() > 4
    {
        cut(2, "")
    } else if low.len() > 2
        && low.ends_with('s')
        && !["ss", "us", "is"].iter().any(|e| low.ends_with(e))
    {
        cut(1, "")
    } else {
        low
    }
}
