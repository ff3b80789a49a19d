//! Which way a sentence looks at a time it names: back, or ahead.
//!
//! ```text
//! The council | will meet | on Friday   →   ahead        The council | met | on Friday   →   back
//! She asked him | to pay | by Friday    →   ahead        He managed | to flee | on Friday → back
//! ```
//!
//! The verb that the expression hangs on decides, with its auxiliaries; words right before the
//! expression ("as early as") come first. Where the tree gives no verb, the nearest one in the
//! clause does. Not handled: a plain present that means the future ("The council votes on Friday")
//! but for some verbs in `times-words.toml`.

use super::{Reader, Reading};
use crate::syntax::{Model, ROOT};
use crate::text::TokenKind;
use std::ops::Range;

/// Which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Back,
    Ahead,
    /// No verb says.
    Unknown,
}

/// How far from an expression its verb may be, in tokens, where no tree says.
const REACH: usize = 20;

/// How many arcs up the tree a verb may be.
const CLIMB: usize = 12;

impl Reader<'_, '_> {
    /// Which way the sentence looks at the expression in `tokens`.
    pub(super) fn look(&self, tokens: &Range<usize>) -> Look {
        let lead = self.look_of_lead(tokens);
        if lead != Look::Unknown {
            return lead;
        }
        let is_due = self.is_led_by(tokens, &["by", "before", "for"]);
        let as_what = self.as_what(tokens);
        match self.look_of_tree(tokens) {
            // "A vote before Sunday looks unlikely."
            Look::Unknown if is_due => Look::Ahead,
            // "as late as Tuesday", unless "ballots can arrive as late as Tuesday"; "as early as
            // April", unless "they knew as early as April".
            Look::Unknown if as_what != Look::Unknown => as_what,
            Look::Unknown => self.look_of_row(tokens),
            look => look,
        }
    }

    /// Whether one of these words stands right before the expression.
    pub(super) fn is_led_by(&self, tokens: &Range<usize>, words: &[&str]) -> bool {
        tokens.start > self.sentence.start && words.contains(&self.prose.low(tokens.start - 1))
    }

    /// "as early as Tuesday", "until Friday", "since Monday".
    fn look_of_lead(&self, tokens: &Range<usize>) -> Look {
        // "until 9 a.m. Tuesday": the words before the clock time count.
        let clock = self.found.last().filter(|found| {
            found.tokens.end == tokens.start && matches!(found.reading, Reading::Time(..))
        });
        let start = clock.map_or(tokens.start, |clock| clock.tokens.start);
        let before = |offset: usize| {
            let at = start.checked_sub(offset).filter(|at| self.sentence.contains(at));
            at.map_or("", |at| self.prose.low(at))
        };
        match (before(3), before(2), before(1)) {
            ("as", "recently", "as") => Look::Back,
            (_, "ahead", "of") | (_, "deadline", "of") => Look::Ahead,
            // "Until Thursday, they had not named him."
            (_, _, "until" | "till") if self.is_before_the_past(tokens) => Look::Back,
            (_, _, "until" | "till" | "starting" | "beginning" | "effective" | "due" | "come") => {
                Look::Ahead
            }
            (_, _, "since") => Look::Back,
            _ => Look::Unknown,
        }
    }

    /// "as early as", "as late as", where no verb says.
    fn as_what(&self, tokens: &Range<usize>) -> Look {
        if tokens.start < self.sentence.start + 3 || !self.is_led_by(tokens, &["as"]) {
            return Look::Unknown;
        }
        match self.prose.low(tokens.start - 2) {
            "early" | "soon" => Look::Ahead,
            "late" => Look::Back,
            _ => Look::Unknown,
        }
    }

    /// Whether the verb that the expression hangs on has "had" before it.
    fn is_before_the_past(&self, tokens: &Range<usize>) -> bool {
        let mut heads = tokens.clone().filter_map(|token| self.governor(token));
        let verb = heads.find(|&head| !tokens.contains(&head) && self.is_verb(head));
        // "Until Thursday, it denied that."
        let is_fronted = tokens.start == self.sentence.start + 1;
        verb.is_some_and(|verb| {
            is_fronted && self.pos(verb) == "VBD"
                || self.below(verb).any(|k| self.prose.low(k) == "had")
        })
    }

    /// By the verb that the expression hangs on.
    pub(super) fn look_of_tree(&self, tokens: &Range<usize>) -> Look {
        let Some(mut at) =
            tokens.clone().find(|&t| self.governor(t).is_none_or(|head| !tokens.contains(&head)))
        else {
            return Look::Unknown;
        };
        // "The deadline is Friday": the day is what is said of it.
        let copula = self.look_of_copula(at);
        if copula != Look::Unknown {
            return copula;
        }
        for _ in 0..CLIMB {
            let Some(head) = self.governor(at) else { return Look::Unknown };
            if self.is_verb(head) {
                // "planned a rally on Saturday", "set a hearing for Friday"; "planned on Saturday
                // to …" says when the planning was.
                let is_plan = self.is("planning", head)
                    && head + 2 < tokens.start
                    && (self.is("future", head) || self.is_led_by(tokens, &["for", "to"]));
                return if is_plan { Look::Ahead } else { self.look_of_verb(head, CLIMB) };
            }
            // "her planned trip on Friday", "the Friday deadline", "is due on Friday".
            // "They had not replied by a Friday deadline": the verb says.
            let is_due_by = (1..=2).any(|back| {
                tokens.start >= self.sentence.start + back
                    && self.prose.low(tokens.start - back) == "by"
            });
            let is_planned = self.is("future", head)
                || self.is("deadline", head) && !is_due_by
                || self.below(head).any(|k| k < head && self.is("future", k));
            if is_planned {
                return Look::Ahead;
            }
            let copula = self.look_of_copula(head);
            if copula != Look::Unknown {
                return copula;
            }
            at = head;
        }
        Look::Unknown
    }

    /// Whether the expression dates something that happened: "the shooting of a man on Aug. 9".
    pub(super) fn dates_happening(&self, tokens: &Range<usize>) -> bool {
        let from = tokens.start.saturating_sub(8).max(self.sentence.start);
        let mut row = (from..tokens.start).rev().take_while(|&token| !self.is_verb(token));
        row.any(|token| self.is("happening", token))
    }

    /// Which way "is", "was", "will be" before a noun or an adjective look.
    fn look_of_copula(&self, token: usize) -> Look {
        let has_copula = self.below(token).any(|k| self.relation(k) == "cop");
        if !has_copula {
            return Look::Unknown;
        }
        let mut words =
            self.below(token).filter(|&k| matches!(self.relation(k), "cop" | "aux" | "auxpass"));
        let mut look = Look::Unknown;
        for k in words.by_ref() {
            match self.prose.low(k) {
                "was" | "were" | "been" | "had" | "has" | "have" => return Look::Back,
                "is" | "are" | "'s" | "’s" | "be" => look = Look::Ahead,
                _ if self.is("modal", k) => look = Look::Ahead,
                _ => {}
            }
        }
        look
    }

    /// Which way a verb looks, with its auxiliaries and, for a form without tense of its own, the
    /// verb above it.
    fn look_of_verb(&self, verb: usize, climb: usize) -> Look {
        if climb == 0 {
            return Look::Unknown;
        }
        let (mut has_to, mut has_modal, mut has_past, mut has_present) =
            (false, false, false, false);
        for k in self.below(verb).filter(|&k| k < verb && verb - k <= 8) {
            // "IS seized the town" is no "is".
            let is_name = self.prose.word(k).bytes().skip(1).any(|byte| byte.is_ascii_uppercase());
            if is_name || !matches!(self.relation(k), "aux" | "auxpass" | "mark" | "cop") {
                continue;
            }
            match self.prose.low(k) {
                "to" => has_to = true,
                "will" | "shall" | "'ll" | "’ll" | "wo" => return Look::Ahead,
                "have" | "has" | "had" | "having" | "'ve" | "’ve" | "was" | "were" | "did" => {
                    has_past = true;
                }
                "is" | "are" | "am" | "'s" | "’s" | "'re" | "’re" => has_present = true,
                _ => has_modal |= self.is("modal", k),
            }
        }
        let low = self.prose.low(verb);
        let above = || match self.governor(verb) {
            Some(head) if self.is_verb(head) => self.look_of_verb(head, climb - 1),
            _ => Look::Unknown,
        };
        // "was due", "had been scheduled": a plan, whatever came of it.
        let is_set = low == "set" && self.prose.low((verb + 1).min(self.sentence.end - 1)) == "for";
        if matches!(self.pos(verb), "VBN" | "JJ") && (is_set || self.is("future", verb)) {
            let is_over = self.below(verb).any(|k| self.prose.low(k) == "had");
            return if is_over { Look::Back } else { Look::Ahead };
        }
        if has_past {
            return Look::Back;
        }
        // "could not be reached on Friday", "would not say on Friday".
        let is_denied = || {
            let mut row = verb.saturating_sub(3).max(self.sentence.start)..verb;
            row.any(|k| matches!(self.prose.low(k), "not" | "n't" | "n’t" | "neither" | "nor"))
                || self.below(verb).any(|k| self.prose.low(k) == "neither")
        };
        if has_modal {
            return if is_denied() { Look::Back } else { Look::Ahead };
        }
        match self.pos(verb) {
            _ if has_to => self.look_of_infinitive(verb, climb),
            "VBD" => Look::Back,
            // "Workers are seen at the quay on Friday": under a picture.
            "VBN" if has_present && matches!(low, "seen" | "pictured" | "shown") => Look::Back,
            "VBN" | "VBG" if has_present => Look::Ahead,
            "VBG" if self.is("opening", verb) => Look::Ahead,
            "VBN" if self.relation(verb) != "conj" => Look::Back,
            "VBZ" | "VBP" if self.is("leaning", verb) || self.is("future", verb) => Look::Ahead,
            "VBZ" | "VBP" if matches!(low, "is" | "are") => Look::Ahead,
            // "if he loses in November", "when she arrives on Friday".
            "VBZ" | "VBP" if self.is_condition(verb) => Look::Ahead,
            "VBZ" | "VBP" => Look::Unknown,
            // "will fly there and meet them on Friday".
            _ => above(),
        }
    }

    /// Whether a clause opens with "if", "when", "until".
    fn is_condition(&self, verb: usize) -> bool {
        self.below(verb).any(|k| {
            k < verb
                && matches!(self.relation(k), "mark" | "advmod")
                && matches!(self.prose.low(k), "if" | "unless" | "when" | "until" | "once")
        })
    }

    /// "agreed to meet on Friday" looks ahead, "managed to flee on Friday" and "went there to meet
    /// them on Friday" look as their own verbs do.
    fn look_of_infinitive(&self, verb: usize, climb: usize) -> Look {
        let Some(head) = self.governor(verb) else { return Look::Ahead };
        // "They had hoped to speak on Saturday."
        if self.is("planning", head) && self.below(head).any(|k| self.prose.low(k) == "had") {
            return Look::Back;
        }
        // "They planned to leave on Thursday."
        if self.pos(head) == "VBD" && self.is("planning", head) {
            return Look::Ahead;
        }
        let goes_with =
            self.is("implying", head) || self.is("future", head) || self.relation(verb) == "advcl";
        if goes_with && self.is_verb(head) {
            return self.look_of_verb(head, climb - 1);
        }
        // "was relieved to learn on Friday", "were allowed to leave on Friday".
        let is_done = !self.is("future", head)
            && (self.look_of_copula(head) == Look::Back
                || self.below(head).any(|k| {
                    self.relation(k) == "auxpass" && matches!(self.prose.low(k), "was" | "were")
                }));
        if is_done {
            return Look::Back;
        }
        // "the first to fall on Friday".
        if matches!(self.prose.low(head), "first" | "last" | "latest" | "only") {
            return Look::Back;
        }
        Look::Ahead
    }

    /// By the nearest verb before the expression in its clause, else the nearest after it.
    fn look_of_row(&self, tokens: &Range<usize>) -> Look {
        let from = tokens.start.saturating_sub(REACH).max(self.sentence.start);
        for token in (from..tokens.start).rev() {
            match self.cue(token, true) {
                Look::Unknown => {}
                look => return look,
            }
            if self.is("bound", token) {
                break;
            }
        }
        let to = (tokens.end + REACH).min(self.sentence.end);
        let mut after = (tokens.end..to).map(|token| self.cue(token, false));
        after.find(|look| *look != Look::Unknown).unwrap_or(Look::Unknown)
    }

    fn cue(&self, token: usize, is_before: bool) -> Look {
        if self.prose.tokens[token].kind != TokenKind::Word {
            return Look::Unknown;
        }
        // "May" the month is no verb.
        let is_small =
            !self.prose.word(token).starts_with(char::is_uppercase) || token == self.sentence.start;
        if !is_small {
            return Look::Unknown;
        }
        let low = self.prose.low(token);
        // "the planned sale", "its expected rise": no verb.
        let is_adjective = token > self.sentence.start
            && matches!(
                self.prose.low(token - 1),
                "the" | "a" | "an" | "its" | "his" | "her" | "their" | "this" | "'s" | "’s"
            );
        if is_adjective {
            return Look::Unknown;
        }
        let next = |offset: usize| {
            let at = token + offset;
            if at < self.sentence.end { self.prose.low(at) } else { "" }
        };
        match low {
            // "is to meet", "are to be heard", "set to open", "has until".
            "is" | "are" | "set" | "has" | "have" if next(1) == "to" => Look::Ahead,
            "set" if next(1) == "for" => Look::Ahead,
            // "could have", "would have": back.
            "would" | "could" | "may" | "might" | "must" | "should" if next(1) == "have" => {
                Look::Back
            }
            _ if self.is("future", token) => Look::Ahead,
            _ if is_before && (self.is("leaning", token) || self.is("modal", token)) => Look::Ahead,
            // "…, she said" after the time says nothing of it.
            "said" if !is_before => Look::Unknown,
            _ if self.is("past", token) => Look::Back,
            _ if low.len() > 4 && low.ends_with("ed") && !low.ends_with("eed") => Look::Back,
            _ => Look::Unknown,
        }
    }

    /// Whether the word at `token` is of a class.
    pub(super) fn is(&self, class: &str, token: usize) -> bool {
        self.sentence.contains(&token)
            && self.compiled.patterns.value(class, self.prose, self.words, token).is_some()
    }

    /// The learned part of speech of a token, as the Penn Treebank names it; "" without a model.
    pub(super) fn pos(&self, token: usize) -> &'static str {
        let tags = &Model::built_in().names.tags;
        tags.get(usize::from(self.syntax.tags[token])).map_or("", String::as_str)
    }

    fn relation(&self, token: usize) -> &'static str {
        let relations = &Model::built_in().names.relations;
        relations.get(usize::from(self.syntax.relations[token])).map_or("", String::as_str)
    }

    fn governor(&self, token: usize) -> Option<usize> {
        let head = self.syntax.heads[token];
        (head != ROOT).then_some(head as usize)
    }

    /// The tokens that hang on `head`, in order.
    fn below(&self, head: usize) -> impl Iterator<Item = usize> {
        self.sentence.clone().filter(move |&token| self.syntax.heads[token] == head as u32)
    }

    fn is_verb(&self, token: usize) -> bool {
        self.pos(token).starts_with("VB") || self.pos(token) == "MD"
    }
}
