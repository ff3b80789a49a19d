//! Which way a sentence looks at a time it names: back, or ahead.
//!
//! ```text
//! The council | will meet | on Friday   →   ahead        The council | met | on Friday   →   back
//! ```
//!
//! The nearest verb before the expression in its clause decides, else the nearest after it. Not
//! handled: a plain present that means the future ("The council meets on Friday") but for a few
//! verbs in `times-words.toml`.

use super::Reader;
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

/// How far from an expression its verb may be, in tokens.
const REACH: usize = 20;

impl Reader<'_, '_> {
    /// Which way the sentence looks at the expression in `tokens`.
    pub(super) fn look(&self, tokens: &Range<usize>) -> Look {
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
        for token in tokens.end..to {
            match self.cue(token, false) {
                Look::Unknown => {}
                look => return look,
            }
        }
        Look::Unknown
    }

    /// Whether the word at `token` is of a class.
    pub(super) fn is(&self, class: &str, token: usize) -> bool {
        self.sentence.contains(&token)
            && self.compiled.patterns.value(class, self.prose, self.words, token).is_some()
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
            _ if is_before && self.is("leaning", token) => Look::Ahead,
            // "…, she said" after the time says nothing of it.
            "said" if !is_before => Look::Unknown,
            _ if self.is("past", token) => Look::Back,
            _ if low.len() > 4 && low.ends_with("ed") && !low.ends_with("eed") => Look::Back,
            _ => Look::Unknown,
        }
    }
}
