//! What a figure is said of, where no noun right after it says so.
//!
//! ```text
//! Shares of Lorne Shipping rose | 3 percent     →   shares of Lorne Shipping
//! The bank cut its key rate to | 4 percent      →   key rate
//! a budget of | €480 million                    →   budget
//! a | $300 million | contract                   →   contract
//! ```
//!
//! The noun before "of" comes first, then the noun that the figure stands before, then the tree:
//! the object of the verb that the figure hangs on where the figure is not the object itself, else
//! the verb's subject, also that of a verb it is joined to. Not handled: subjects in another
//! sentence; pronouns, which are left out.

use super::Reader;
use super::counted::Counted;
use crate::syntax::{Model, ROOT};
use crate::text::TokenKind;
use std::ops::Range;

/// How many arcs up the tree a figure's noun or verb may be.
const CLIMB: usize = 7;

/// How many words what is said of may have.
const LONGEST: usize = 9;

impl Reader<'_, '_> {
    /// What the figure in `tokens` is said of.
    pub(super) fn said_of(&self, tokens: &Range<usize>) -> Option<Counted> {
        self.before_of(tokens).or_else(|| self.modified(tokens)).or_else(|| self.of_tree(tokens))
    }

    /// The noun right before a verb that is a figure: "Profit more than doubled".
    pub(super) fn noun_before(&self, tokens: &Range<usize>) -> Option<Counted> {
        let is_little = |at: &usize| {
            matches!(self.tag(*at), "RB" | "RBR" | "VBZ" | "VBP" | "VBD" | "VBN" | "MD" | "VB")
                || self.rules.is_function(self.low(*at))
        };
        let mut back = (self.sentence.start..tokens.start).rev().take(6).skip_while(is_little);
        self.noun_at(back.next()?, tokens)
    }

    /// Whose age it is: "a 43-year-old diver", "Lina Oke, 44, said", "the reef is 40 years old".
    pub(super) fn aged(&self, tokens: &Range<usize>) -> Option<Counted> {
        let before =
            |back: usize| tokens.start.checked_sub(back).filter(|at| self.sentence.contains(at));
        let apposed = before(2).filter(|_| before(1).is_some_and(|at| self.low(at) == ","));
        if matches!(self.low(tokens.end), "'s" | "’s") {
            return None;
        }
        self.modified(tokens)
            .or_else(|| apposed.and_then(|head| self.noun_at(head, tokens)))
            .or_else(|| self.of_tree(tokens))
    }

    /// Who counts, has or does what is counted: "the firm hired 300 people".
    pub(super) fn actor_of(&self, tokens: &Range<usize>) -> Option<Counted> {
        let top = self.top(tokens)?;
        self.subject_above(top, tokens)
    }

    /// "winds of 90 mph", "a range of 310 miles", "net worth of £8 million".
    fn before_of(&self, tokens: &Range<usize>) -> Option<Counted> {
        let of = tokens.start.checked_sub(1).filter(|at| self.sentence.contains(at))?;
        let low = self.low(of);
        let is_joined =
            low == "of" || matches!(low, "at" | "worth" | "totaling" | "totalling" | "valued");
        let head = of.checked_sub(1).filter(|at| self.sentence.contains(at))?;
        if !is_joined || !self.is_tagged_noun(head) || self.is_measure(head) {
            return None;
        }
        // "at 43 percent" hangs on a noun only where the tree says so.
        if low == "at" && self.governor_of(tokens) != Some(head) {
            return None;
        }
        // "an increase of 3 percent" is of what rose.
        if self.rules.change_of_noun(self.low(head)).is_some() {
            return self.changed(head, tokens);
        }
        self.noun_at(head, tokens)
    }

    /// "a drop of 2 percent in sales", "sales fell, a drop of 2 percent".
    fn changed(&self, change: usize, tokens: &Range<usize>) -> Option<Counted> {
        if matches!(self.low(tokens.end), "in" | "of" | "for") {
            let at = tokens.end + 1;
            let end = (at..self.sentence.end)
                .take_while(|at| self.kind(*at) == Some(TokenKind::Word) && !self.in_time[*at])
                .find(|at| self.is_tagged_noun(*at) && !self.is_tagged_noun(*at + 1));
            if let Some(counted) = end.and_then(|head| self.noun_at(head, tokens)) {
                return Some(counted);
            }
        }
        self.subject_above(change, tokens)
    }

    /// "a $300 million contract", "the 10-year note", "an 11-year-old girl".
    fn modified(&self, tokens: &Range<usize>) -> Option<Counted> {
        // "a $4.5bn (£3.5bn) aid package".
        let closed = (tokens.end + 1..tokens.end + 6).find(|at| self.low(*at) == ")");
        let at = match closed {
            Some(closed) if self.low(tokens.end) == "(" => closed + 1,
            _ => tokens.end,
        };
        if !self.sentence.contains(&at)
            || self.in_time[at]
            || self.kind(at) != Some(TokenKind::Word)
        {
            return None;
        }
        let mut head = at;
        while head < (at + 5).min(self.sentence.end)
            && self.kind(head) == Some(TokenKind::Word)
            && (self.is_tagged_noun(head) || self.tag(head).starts_with("JJ") && head == at)
            && !self.rules.part(self.low(head)).is_verb
        {
            head += 1;
        }
        let head = head.checked_sub(1).filter(|head| *head >= at && self.is_tagged_noun(*head))?;
        // "rose 3 percent Tuesday", "25% increase": not what it is of.
        if self.in_time[head] || self.rules.is_function(self.low(at)) {
            return None;
        }
        if self.rules.change_of_noun(self.low(head)).is_some() {
            return self.changed(head, &(tokens.start..head + 1));
        }
        Some(Counted { tokens: at..head + 1, head })
    }

    /// By the tree: the noun or the verb that the figure hangs on.
    fn of_tree(&self, tokens: &Range<usize>) -> Option<Counted> {
        let top = self.top(tokens)?;
        // "Turnout was 71%."
        if let Some(subject) = self.subject_of(top, tokens) {
            return Some(subject);
        }
        let mut at = top;
        for _ in 0..CLIMB {
            let head = self.governor(at)?;
            if self.is_tagged_verb(head) || self.has_subject(head) {
                let is_object = self.is_relation(at, "dobj");
                let object = (!is_object).then(|| self.object_of(head, tokens)).flatten();
                return object.or_else(|| self.subject_above(head, tokens));
            }
            let is_joined = self.is_relation(at, "conj");
            if self.is_tagged_noun(head)
                && !is_joined
                && !tokens.contains(&head)
                && !self.is_measure(head)
            {
                if self.rules.change_of_noun(self.low(head)).is_some() {
                    return self.changed(head, tokens);
                }
                return self.noun_at(head, tokens);
            }
            at = head;
        }
        None
    }

    /// The token of a figure that the rest of the sentence holds it by.
    fn top(&self, tokens: &Range<usize>) -> Option<usize> {
        let is_out = |at: &usize| self.governor(*at).is_none_or(|head| !tokens.contains(&head));
        let mut tops = tokens.clone().filter(is_out);
        tops.clone().find(|at| self.has_subject(*at)).or_else(|| tops.next_back())
    }

    fn governor_of(&self, tokens: &Range<usize>) -> Option<usize> {
        self.governor(self.top(tokens)?)
    }

    /// The subject of `verb`, or of a verb that it is joined to or stands under.
    fn subject_above(&self, verb: usize, tokens: &Range<usize>) -> Option<Counted> {
        let mut at = verb;
        for _ in 0..CLIMB {
            if let Some(subject) = self.subject_of(at, tokens) {
                return Some(subject);
            }
            let head = self.governor(at)?;
            // "bonds due in five years", "the shares, which fell 3 percent".
            let is_clause =
                ["acl", "acl:relcl", "amod"].iter().any(|name| self.is_relation(at, name));
            if is_clause && self.is_tagged_noun(head) && !self.is_measure(head) {
                return self.noun_at(head, tokens);
            }
            // What somebody says is not said of the one who says it.
            if self.is_relation(at, "ccomp") || self.is_relation(at, "parataxis") {
                return None;
            }
            at = head;
        }
        None
    }

    fn subject_of(&self, verb: usize, tokens: &Range<usize>) -> Option<Counted> {
        let is_subject = |at: &usize| {
            self.syntax.heads[*at] == verb as u32
                && ["nsubj", "nsubjpass"].iter().any(|name| self.is_relation(*at, name))
        };
        let subject = self.sentence.clone().find(is_subject)?;
        // "which rose 3 percent" stands for the noun before it.
        if matches!(self.low(subject), "which" | "that" | "who") {
            let noun = self.governor(verb).filter(|head| self.is_tagged_noun(*head));
            return noun.and_then(|noun| self.noun_at(noun, tokens));
        }
        self.noun_at(subject, tokens)
    }

    fn object_of(&self, verb: usize, tokens: &Range<usize>) -> Option<Counted> {
        let is_object = |at: &usize| {
            self.syntax.heads[*at] == verb as u32
                && self.is_relation(*at, "dobj")
                && *at < tokens.start
        };
        let object = self.sentence.clone().find(is_object)?;
        let is_figure = self.is_measure(object) || self.kind(object) != Some(TokenKind::Word);
        if is_figure { None } else { self.noun_at(object, tokens) }
    }

    /// "doubled its profits".
    pub(super) fn object_after(&self, verb: usize) -> Option<Counted> {
        let is_object = |at: &usize| {
            self.syntax.heads[*at] == verb as u32 && self.is_relation(*at, "dobj") && *at > verb
        };
        self.noun_at(self.sentence.clone().find(is_object)?, &(verb..verb + 1))
    }

    fn has_subject(&self, token: usize) -> bool {
        self.sentence.clone().any(|at| {
            self.syntax.heads[at] == token as u32
                && ["nsubj", "nsubjpass"].iter().any(|name| self.is_relation(at, name))
        })
    }

    /// The noun phrase around `head`, with the "of" that follows it; none for a pronoun, a number
    /// or a time, or where it runs into the figure.
    fn noun_at(&self, head: usize, tokens: &Range<usize>) -> Option<Counted> {
        let is_none = !self.is_tagged_noun(head)
            || self.in_time[head]
            || self.names_no_thing(head)
            || tokens.contains(&head)
            || self.rules.change_of_noun(self.low(head)).is_some()
                && !self.is_tagged_noun(head - usize::from(head > self.sentence.start));
        if is_none {
            return None;
        }
        let is_part = |at: usize| {
            self.kind(at) == Some(TokenKind::Word)
                && !tokens.contains(&at)
                && !self.in_time[at]
                && (at == head
                    || !self.names_no_thing(at) && self.rules.unit_named(self.low(at)).is_none())
                && (self.is_tagged_noun(at)
                    || self.tag(at).starts_with("JJ")
                    || matches!(self.tag(at), "VBG" | "VBN") && !self.is_capital(head))
                && !self.rules.is_function(self.low(at))
        };
        let mut start = head;
        while start > self.sentence.start && head - start < LONGEST {
            let before = start - 1;
            // "the company's profit", "drug-maker", "AT&T".
            let is_glue = matches!(self.low(before), "'s" | "’s" | "-" | "&" | "'" | "’");
            let joins = is_glue && before > self.sentence.start && is_part(before - 1);
            if !is_part(before) && !joins {
                break;
            }
            start = before;
        }
        let mut end = head + 1;
        while is_part(end)
            && self.is_tagged_noun(end)
            && self.is_capital(end)
            && self.is_capital(head)
        {
            end += 1;
        }
        // "the S&P 500".
        let is_numbered = self.rules.part(self.low(end - 1)).is_series
            && self.kind(end) == Some(TokenKind::Number)
            && !tokens.contains(&end);
        end += usize::from(is_numbered);
        let is_share_in = self.low(end) == "in"
            && matches!(
                self.low(head),
                "shares" | "stock" | "stake" | "interest" | "trading" | "investment"
            );
        if (self.low(end) == "of" || is_share_in) && !tokens.contains(&end) {
            let from = self.skip_determiners(end + 1);
            let to = self.run(from, (from + LONGEST).min(self.sentence.end).max(from));
            let to = (from..to)
                .find(|at| tokens.contains(at) || self.is_tagged_verb(*at) && !self.is_capital(*at))
                .unwrap_or(to);
            if to > from {
                end = to;
            }
        }
        Some(Counted { tokens: start..end, head })
    }

    /// "percent", "points", "two", "thousands", "age": never what a figure is of.
    fn names_no_thing(&self, token: usize) -> bool {
        let low = self.low(token);
        let is_share =
            |unit: usize| matches!(self.rules.units[unit].kind.as_str(), "share" | "points");
        self.rules.unit_named(low).is_some_and(is_share)
            || self.rules.vague.contains_key(low)
            || crate::patterns::numbers::part(low).is_some()
            || matches!(
                low,
                "age" | "ages" | "aged" | "one" | "ones" | "others" | "total" | "average"
            ) && self.low(token + 1) != "of"
    }

    /// Whether a token is a unit or the like, not a thing: "percent", "points".
    fn is_measure(&self, token: usize) -> bool {
        self.kind(token) != Some(TokenKind::Word)
            || self.rules.unit_named(self.low(token)).is_some()
    }

    pub(super) fn governor(&self, token: usize) -> Option<usize> {
        let head = *self.syntax.heads.get(token)?;
        (head != ROOT).then_some(head as usize)
    }

    pub(super) fn is_relation(&self, token: usize, name: &str) -> bool {
        let names = &Model::built_in().names.relations;
        names.get(self.syntax.relations[token] as usize).is_some_and(|known| known == name)
    }

    pub(super) fn tag(&self, token: usize) -> &'static str {
        let tags = &Model::built_in().names.tags;
        if !self.sentence.contains(&token) {
            return "";
        }
        tags.get(self.syntax.tags[token] as usize).map_or("", String::as_str)
    }

    fn is_tagged_noun(&self, token: usize) -> bool {
        self.tag(token).starts_with("NN") && self.kind(token) == Some(TokenKind::Word)
    }

    pub(super) fn is_tagged_verb(&self, token: usize) -> bool {
        self.tag(token).starts_with("VB")
    }

    /// Rise or fall by the verb or noun that the figure hangs on: "rose 9 percent in Marrow and 6
    /// percent in Lorne", "cut output by 500,000 barrels".
    pub(super) fn change_above(&self, tokens: &Range<usize>) -> Option<onrecord_model::Bound> {
        let mut at = self.top(tokens)?;
        for _ in 0..3 {
            let head = self.governor(at)?;
            if tokens.contains(&head) {
                return None;
            }
            let previous = tokens.start.checked_sub(1).map_or("", |at| self.low(at));
            let is_joined = self.is_relation(at, "conj");
            if self.is_tagged_verb(head) || self.is_tagged_noun(head) && previous == "of" {
                let is_much = ["dobj", "nmod:npmod", "nmod:tmod", "advmod", "xcomp", "dep"]
                    .iter()
                    .any(|name| self.is_relation(at, name));
                let is_by = previous == "by" || previous == "of";
                return (is_much && !matches!(previous, "to" | "at" | "from" | "for" | "in")
                    || is_by)
                    .then(|| self.rules.change_of(self.low(head)))
                    .flatten();
            }
            if !is_joined {
                return None;
            }
            at = head;
        }
        None
    }
}
