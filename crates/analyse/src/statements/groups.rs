//! Noun groups and verb groups around a token, by tags alone.
//!
//! ```text
//! Ana Voss, the port's director, has never said …
//! subject ^^^^^^^^^^^^^^^^^^^^^^ verb group ^^^^
//! ```
//!
//! Not handled: groups that only a parse would tell apart ("the man she met said").

use super::details::OCCASIONS;
use super::tags::Tag;
use crate::quotes::Quotes;
use crate::syntax::{Model, ROOT, Syntax};
use crate::text::Prose;
use std::ops::Range;

/// A report with its tags and quotations: what all finding works on.
#[derive(Clone, Copy)]
pub(crate) struct Page<'a, 'r> {
    pub(crate) prose: &'a Prose<'r>,
    pub(crate) quotes: &'a Quotes,
    pub(crate) tags: &'a [Tag],
    /// Learned parts of speech and dependencies; empty names if no model is compiled in.
    pub(crate) syntax: &'a Syntax,
}

/// A list of one range.
pub(crate) fn one(range: Range<usize>) -> Vec<Range<usize>> {
    std::iter::once(range).collect()
}

/// A verb with its helpers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct VerbGroup {
    /// From the first helper or adverb to the verb.
    pub(crate) tokens: Range<usize>,
    pub(crate) is_negated: bool,
    pub(crate) is_passive: bool,
    /// Whether it has a subject of its own: not a bare participle or "to" form.
    pub(crate) is_finite: bool,
}

impl<'a, 'r> Page<'a, 'r> {
    pub(crate) fn low(&self, i: usize) -> &'a str {
        self.prose.low(i)
    }

    pub(crate) fn tag(&self, i: usize) -> Tag {
        self.tags[i]
    }

    /// The learned part of speech of token `i`, as the Penn Treebank names it; "" without a model.
    pub(crate) fn pos(&self, i: usize) -> &'static str {
        let names = &Model::built_in().names.tags;
        names.get(usize::from(self.syntax.tags[i])).map_or("", String::as_str)
    }

    /// The relation of token `i` to the one it hangs on; "" without a model.
    pub(crate) fn relation(&self, i: usize) -> &'static str {
        let names = &Model::built_in().names.relations;
        names.get(usize::from(self.syntax.relations[i])).map_or("", String::as_str)
    }

    /// The token that token `i` hangs on.
    pub(crate) fn governor(&self, i: usize) -> Option<usize> {
        let head = self.syntax.heads[i];
        (head != ROOT).then_some(head as usize)
    }

    /// The tokens of `range` that hang on nothing inside it, in order.
    pub(crate) fn tops(&self, range: Range<usize>) -> impl Iterator<Item = usize> {
        let inside = range.clone();
        range.filter(move |&i| self.governor(i).is_none_or(|head| !inside.contains(&head)))
    }

    /// The part of the sentence around `i` on the same side of quotation marks: the quotation it
    /// stands in, or else the whole sentence.
    pub(crate) fn stretch(&self, i: usize) -> Range<usize> {
        let sentence = &self.prose.sentences[self.prose.sentence_of(i)].tokens;
        match self.quotes.outer(i) {
            Some(number) => {
                let quotation = &self.quotes.quotations[number];
                let close = quotation.end - usize::from(quotation.is_closed);
                sentence.start.max(quotation.open + 1)..sentence.end.min(close)
            }
            None => sentence.clone(),
        }
    }

    /// The verb group that ends with the verb `head`.
    pub(crate) fn verb_group(&self, head: usize, stretch: &Range<usize>) -> VerbGroup {
        let mut start = head;
        let (mut is_negated, mut has_be, mut has_have, mut is_finite) =
            (false, false, false, false);
        while start > stretch.start {
            let tag = self.tag(start - 1);
            match tag {
                Tag::Not => is_negated = true,
                Tag::Adverb if self.low(start - 1) != "so" => {}
                Tag::Be => {
                    has_be |= start == head || !has_have;
                    is_finite |= !matches!(self.low(start - 1), "been" | "being" | "be");
                }
                Tag::Have => {
                    has_have = true;
                    is_finite |= self.low(start - 1) != "having";
                }
                Tag::Do | Tag::Modal => is_finite = true,
                Tag::To => {}
                Tag::Past if self.low(start - 1) == "going" => {}
                _ => break,
            }
            start -= 1;
        }
        // Adverbs at the left edge belong to the group only if a subject stands before them.
        let is_passive = has_be && self.tag(head) == Tag::Past;
        if matches!(self.tag(head), Tag::Past | Tag::Third) {
            is_finite = true;
        }
        if self.tag(head) == Tag::Base && start == head {
            is_finite = true;
        }
        if self.tag(head) == Tag::Ing && !has_be {
            is_finite = false;
        }
        if self.tag(start) == Tag::To {
            is_finite = false;
        }
        VerbGroup { tokens: start..head + 1, is_negated, is_passive, is_finite }
    }

    /// Whether a verb group with a subject of its own begins or goes on at `i`.
    pub(crate) fn is_finite_at(&self, i: usize) -> bool {
        match self.tag(i) {
            Tag::Be => !matches!(self.low(i), "been" | "being" | "be"),
            Tag::Have => self.low(i) != "having",
            Tag::Do | Tag::Modal | Tag::Third => true,
            Tag::Past => true,
            _ => false,
        }
    }

    /// The subject that ends right before `end`, within `stretch`: a noun group with what belongs
    /// to it.
    pub(crate) fn subject_before(
        &self,
        end: usize,
        stretch: &Range<usize>,
    ) -> Option<Range<usize>> {
        let mut end = end;
        // "Voss on Tuesday said"
        if end > stretch.start && self.tag(end - 1) == Tag::Time {
            let mut k = end - 1;
            while k > stretch.start && matches!(self.tag(k - 1), Tag::Time | Tag::Number) {
                k -= 1;
            }
            if k > stretch.start
                && matches!(self.low(k - 1), "on" | "in" | "late" | "early" | "last")
            {
                k -= 1;
            }
            if k > stretch.start {
                end = k;
            }
        }
        if end <= stretch.start {
            return None;
        }
        match self.tag(end - 1) {
            Tag::Relative => return Some(end - 1..end),
            Tag::Comma => return self.subject_with_apposition(end, stretch),
            Tag::Break if self.low(end - 1) == ")" => {
                let open = (stretch.start..end).rev().find(|&k| self.low(k) == "(")?;
                let before = self.plain_subject(open, stretch)?;
                return Some(before.start..end);
            }
            _ => {}
        }
        self.plain_subject(end, stretch)
    }

    /// "Voss, the director, | said": the last part that stands between commas belongs to the name
    /// before it.
    fn subject_with_apposition(&self, end: usize, stretch: &Range<usize>) -> Option<Range<usize>> {
        let mut cut = end - 1;
        for _ in 0..4 {
            let comma = (stretch.start..cut)
                .rev()
                .take_while(|&k| !matches!(self.tag(k), Tag::Stop | Tag::Colon))
                .find(|&k| self.tag(k) == Tag::Comma)?;
            let inside = comma + 1..cut;
            if inside.is_empty() {
                return None;
            }
            // "Voss, 41, said", "Voss, meanwhile, said": the words between are no part of her.
            let is_aside = inside.clone().all(|k| matches!(self.tag(k), Tag::Number | Tag::Adverb));
            if is_aside && let Some(name) = self.plain_subject(comma, stretch) {
                return Some(name);
            }
            let opens = self.tag(inside.start);
            let is_apposition = matches!(
                opens,
                Tag::Relative
                    | Tag::Det
                    | Tag::Noun
                    | Tag::Adjective
                    | Tag::Name
                    | Tag::Number
                    | Tag::Possessive
                    | Tag::Prep
                    | Tag::Past
                    | Tag::Ing
                    | Tag::Adverb
                    | Tag::Sub
                    | Tag::Other
                    | Tag::Pronoun
                    | Tag::And
            );
            if !is_apposition {
                return None;
            }
            let name = self.plain_subject(comma, stretch);
            if let Some(name) = name {
                // "Rask, R-Lorne, said": a party and a place are no speaker.
                let label = self.prose.word(name.start);
                if name.len() <= 2
                    && label.len() > 2
                    && matches!(label.get(..2), Some("R-" | "D-" | "I-"))
                {
                    cut = comma;
                    continue;
                }
                let has_name = name.clone().any(|k| self.tag(k) == Tag::Name);
                let is_part = comma > 0
                    && name.start > stretch.start
                    && self.tag(name.start - 1) == Tag::Comma
                    && !has_name;
                let is_place =
                    inside.len() <= 2 && inside.clone().all(|k| self.tag(k) == Tag::Name);
                if has_name
                    && name.start > stretch.start + 1
                    && self.tag(name.start - 1) == Tag::Comma
                    && is_place
                {
                    // "Jo Berg, a nurse from Lorne, New York, said": go on to the left.
                    cut = comma;
                    continue;
                }
                if is_part {
                    cut = comma;
                    continue;
                }
                return Some(name.start..end);
            }
            cut = comma;
        }
        None
    }

    /// The noun group that ends right before `end`, without commas.
    fn plain_subject(&self, end: usize, stretch: &Range<usize>) -> Option<Range<usize>> {
        let mut k = end;
        let mut last_and = None;
        let mut hit_verb = false;
        while k > stretch.start {
            let tag = self.tag(k - 1);
            let goes_on = match tag {
                _ if tag.is_nominal() => true,
                Tag::Prep => {
                    k - 1 > stretch.start
                        && k < end
                        && (self.tag(k - 2).is_head()
                            || matches!(self.tag(k - 2), Tag::Number | Tag::Det)
                            || matches!(self.tag(k - 2), Tag::Past | Tag::Ing)
                                && k - 2 > stretch.start
                                && matches!(self.tag(k - 3), Tag::Noun | Tag::Name))
                }
                Tag::And => {
                    let joins = k - 1 > stretch.start
                        && k < end
                        && (self.tag(k - 2).is_head() || self.tag(k - 2) == Tag::Adjective);
                    if joins {
                        last_and = Some(k);
                    }
                    joins
                }
                Tag::Quote => self.quotes.outer(k - 1).is_some_and(|number| {
                    // A nickname or scare quote inside the name.
                    let quotation = &self.quotes.quotations[number];
                    quotation.depth == 0
                        && quotation.end - quotation.open <= 6
                        && quotation.open > stretch.start
                        && quotation.end == k
                        && k < end
                        && self.quotes.outer(end).is_none()
                        && !matches!(self.tag(k - 2), Tag::Comma | Tag::Stop)
                }),
                // "the teams known as the Tide Group said", "residents living in Lorne said"
                Tag::Past | Tag::Ing
                    if k < end
                        && k - 1 > stretch.start
                        && matches!(self.tag(k - 2), Tag::Noun | Tag::Name)
                        && (matches!(self.tag(k), Tag::Prep) || self.low(k) == "as") =>
                {
                    true
                }
                Tag::Sub => {
                    self.low(k - 1) == "as" && k - 1 > stretch.start && self.tag(k - 2) == Tag::Past
                }
                Tag::Past | Tag::Ing => {
                    k < end
                        && k - 1 > stretch.start
                        && matches!(self.tag(k - 2), Tag::Det | Tag::Possessive)
                }
                _ => {
                    hit_verb = tag.is_verb() || tag.is_auxiliary();
                    false
                }
            };
            if !goes_on {
                hit_verb |= matches!(tag, Tag::Past | Tag::Ing | Tag::Prep);
                break;
            }
            if tag == Tag::Quote {
                let number = self.quotes.outer(k - 1)?;
                k = self.quotes.quotations[number].open;
            } else {
                k -= 1;
            }
        }
        // "He left and Voss said": what stands before "and" is the object of another verb.
        if hit_verb {
            // "People who support the plan say"
            let from = k.saturating_sub(12).max(stretch.start);
            let relative = (from..k)
                .rev()
                .take_while(|&r| {
                    !matches!(self.tag(r), Tag::Comma | Tag::Stop | Tag::Colon | Tag::Quote)
                })
                .find(|&r| self.tag(r) == Tag::Relative);
            if let Some(relative) = relative
                && relative > stretch.start
                && self.tag(relative - 1).is_nominal()
                && !(relative..k).any(|r| matches!(self.tag(r), Tag::That))
            {
                let head = self.plain_subject(relative, stretch)?;
                return Some(head.start..end);
            }
            if let Some(and) = last_and {
                k = and;
            }
        }
        self.tidy(k..end)
    }

    /// Without what opens a sentence rather than names: "But", "Meanwhile", "In a statement".
    fn tidy(&self, range: Range<usize>) -> Option<Range<usize>> {
        let mut start = range.start;
        while start < range.end {
            match self.tag(start) {
                Tag::And | Tag::Adverb | Tag::Break | Tag::Other => start += 1,
                Tag::Time if range.end - start > 1 && self.tag(start + 1) != Tag::Possessive => {
                    start += 1
                }
                Tag::Prep => {
                    // "In a statement | Voss": the group ends where a name or a determiner follows
                    // a noun.
                    let next = (start + 2..range.end).find(|&k| {
                        matches!(self.tag(k), Tag::Det | Tag::Name | Tag::Pronoun | Tag::Possessive)
                            && matches!(self.tag(k - 1), Tag::Noun | Tag::Time | Tag::Name)
                            && !(self.tag(k) == Tag::Name && self.tag(k - 1) == Tag::Name)
                            && !matches!(self.low(k), "'s" | "’s" | "'" | "’")
                    })?;
                    start = next;
                }
                _ => break,
            }
        }
        let range = start..range.end;
        let has_head = range.clone().any(|k| {
            self.tag(k).is_head()
                || matches!(self.tag(k), Tag::Number | Tag::Possessive)
                || self.tag(k) == Tag::Det
                    && !matches!(self.low(k), "a" | "an" | "the" | "no" | "every")
        });
        // "the accused said", "the general said"
        let is_noun = range.len() == 2
            && self.low(range.start) == "the"
            && self.tag(range.start + 1) == Tag::Adjective;
        let has_head = has_head || is_noun;
        (!range.is_empty() && has_head).then_some(range)
    }

    /// The simple noun group that starts at `start`: "the old council's director".
    pub(crate) fn noun_group(&self, start: usize, end: usize) -> Option<Range<usize>> {
        let mut k = start;
        let mut has_head = false;
        while k < end {
            let tag = self.tag(k);
            match tag {
                Tag::Pronoun => {
                    if k == start {
                        return Some(k..k + 1);
                    }
                    break;
                }
                Tag::Det => {
                    if has_head
                        || (k > start
                            && self.tag(k - 1) == Tag::Det
                            && !matches!(
                                self.low(k - 1),
                                "all" | "both" | "half" | "such" | "many"
                            ))
                    {
                        break;
                    }
                }
                Tag::Possessive => {
                    if has_head && !matches!(self.low(k), "'s" | "’s") {
                        break;
                    }
                }
                Tag::Time => {
                    let is_owner = k + 1 < end && matches!(self.low(k + 1), "'s" | "’s");
                    if has_head && !is_owner {
                        break;
                    }
                    if !has_head && !is_owner && k == start {
                        return None;
                    }
                }
                Tag::Noun | Tag::Name => {
                    // "told the council | Voss would go": a name after a common noun begins anew,
                    // unless the noun is a title.
                    if tag == Tag::Name
                        && k > start
                        && self.tag(k - 1) == Tag::Noun
                        && self.low(k - 1).ends_with('s')
                    {
                        break;
                    }
                    has_head = true;
                }
                Tag::Adjective | Tag::Number | Tag::Other => {
                    if tag == Tag::Other
                        && k == start
                        && !matches!(self.low(k), "$" | "#" | "£" | "€")
                    {
                        return None;
                    }
                }
                Tag::Past | Tag::Ing if k > start && !has_head => {}
                Tag::Quote
                    if self
                        .quotes
                        .opened_by(k)
                        .is_some_and(|n| self.quotes.quotations[n].end - k <= 6)
                        && k > start =>
                {
                    let number = self.quotes.opened_by(k)?;
                    k = self.quotes.quotations[number].end;
                    has_head = true;
                    continue;
                }
                _ => break,
            }
            k += 1;
        }
        (k > start).then_some(start..k)
    }

    /// A noun group with what belongs to it on its right, as a source after its cue has: "Ana
    /// Voss, a professor at the University of Lorne who met him".
    pub(crate) fn long_group(&self, start: usize, end: usize) -> Option<Range<usize>> {
        let first = self.noun_group(start, end)?;
        if self.tag(start) == Tag::Pronoun {
            return Some(first);
        }
        let mut k = first.end;
        let mut in_apposition = false;
        while k < end {
            let tag = self.tag(k);
            match tag {
                Tag::Prep => {
                    let is_inner = self.low(k) == "of"
                        || (in_apposition || self.tag(k - 1) == Tag::Noun)
                            && matches!(
                                self.low(k),
                                "for" | "at" | "in" | "from" | "with" | "on" | "to" | "who"
                            );
                    let Some(group) = self.noun_group(k + 1, end).filter(|_| is_inner) else {
                        break;
                    };
                    let is_occasion = self.is_occasion(&group) && self.low(k) != "of";
                    if is_occasion || group.clone().any(|i| self.tag(i) == Tag::Time) {
                        break;
                    }
                    k = group.end;
                }
                Tag::And => {
                    let Some(group) = self.noun_group(k + 1, end) else { break };
                    let goes_on = group.end < end
                        && (self.is_finite_at(group.end) || self.tag(group.end).is_verb());
                    if goes_on || self.low(k) == "but" || (self.tag(k + 1) == Tag::Pronoun) {
                        break;
                    }
                    k = group.end;
                }
                Tag::To if in_apposition => {
                    let Some(group) = self.noun_group(k + 1, end) else { break };
                    k = group.end;
                }
                Tag::Comma => {
                    if k + 1 >= end {
                        break;
                    }
                    match self.tag(k + 1) {
                        Tag::Relative => {
                            k = self.clause_stop(k + 2, end);
                            in_apposition = true;
                        }
                        Tag::Adverb if k + 2 < end && self.tag(k + 2) == Tag::Det => {
                            let Some(group) = self.noun_group(k + 2, end) else { break };
                            k = group.end;
                            in_apposition = true;
                        }
                        Tag::Det
                        | Tag::Noun
                        | Tag::Adjective
                        | Tag::Name
                        | Tag::Number
                        | Tag::Possessive => {
                            let Some(group) = self.noun_group(k + 1, end) else { break };
                            // A clause of its own begins here.
                            if group.end < end
                                && self.is_finite_at(group.end)
                                && self.tag(group.end) != Tag::Past
                            {
                                break;
                            }
                            k = group.end;
                            in_apposition = true;
                        }
                        _ => break,
                    }
                }
                Tag::Relative => {
                    k = self.clause_stop(k + 1, end);
                    in_apposition = true;
                }
                Tag::Break if self.low(k) == "(" => {
                    // "Bo Rask (R-Lorne)"
                    let Some(close) = (k + 1..end.min(k + 7)).find(|&j| self.low(j) == ")") else {
                        break;
                    };
                    k = close + 1;
                }
                _ => break,
            }
        }
        Some(start..k)
    }

    /// Where a relative clause that runs from `start` stops: at a comma, dash or stop.
    fn clause_stop(&self, start: usize, end: usize) -> usize {
        (start..end)
            .find(|&k| {
                matches!(self.tag(k), Tag::Comma | Tag::Stop | Tag::Break | Tag::Colon | Tag::Quote)
            })
            .unwrap_or(end)
    }

    /// Whether a group names an occasion on which one speaks.
    pub(crate) fn is_occasion(&self, group: &Range<usize>) -> bool {
        group.clone().any(|i| OCCASIONS.contains(&self.low(i)))
    }

    /// The words of `range`.
    pub(crate) fn words(&self, range: Range<usize>) -> &'r str {
        self.prose.span(range).of(self.prose.text)
    }
}
