//! What looks like a figure and is none: parts of names, addresses, numbers of lists and telephones;
//! and ages, which are told by what stands beside them.
//!
//! ```text
//! Resolution 2334   10 Downing Street   1. The plan   0800 555 019      no quantities
//! Lina Oke, 44, said                                                    an age
//! ```

use super::figure::Figure;
use super::{After, Before, Reader};
use crate::text::TokenKind;
use onrecord_model::Bound;

impl Reader<'_, '_> {
    /// Whether the figure is only part of a name or an address: "Resolution 2334", "Downing Street".
    pub(super) fn is_named(&self, figure: &Figure) -> bool {
        let previous = figure.start.checked_sub(1).filter(|at| self.sentence.contains(at));
        let next = self.low(figure.end);
        let is_plain = figure.is_digits && figure.is_plain;
        if is_plain && self.is_capital(figure.end) && {
            let streets = [figure.end, figure.end + 1, figure.end + 2];
            streets
                .iter()
                .any(|at| self.is_capital(*at) && self.rules.part(self.low(*at)).is_street)
        } {
            return true;
        }
        let Some(previous) = previous else {
            // "1. The plan": a number of a list.
            return is_plain && matches!(next, "." | ")" | ":");
        };
        let low = self.low(previous);
        let noun_follows = self.is_noun(figure.end) || self.unit_at(figure, figure.end).is_some();
        let has_capital = self.prose.word(previous).contains(char::is_uppercase);
        // "iPhone 4 owners", "the FTSE 100", "Standard & Poor's 500": one token of digits.
        let is_single = figure.end == figure.start + 1;
        let is_of_series = matches!(low, "'s" | "’s")
            && previous > self.sentence.start
            && self.rules.part(self.low(previous - 1)).is_name
            && self.is_capital(previous - 1);
        if is_single && is_of_series {
            return true;
        }
        if is_single && self.rules.part(low).is_name {
            let is_inside = previous > self.sentence.start || self.rules.part(low).is_series;
            return has_capital && is_inside || !noun_follows;
        }
        // "the BMW 3 Series".
        if is_plain
            && has_capital
            && previous > self.sentence.start
            && self.is_capital(figure.end)
            && !self.in_time[previous]
            && self.tag(figure.end) != "NNPS"
            && !self.rules.is_function(low)
        {
            return true;
        }
        if is_plain && self.is_model(figure, previous) {
            return true;
        }
        if low == "/" && self.is_glued(figure.start) {
            return true;
        }
        if low == "#" || low == "-" && self.is_glued(figure.start) && self.is_glued(previous) {
            return true;
        }
        is_plain
            && self.kind(previous) == Some(TokenKind::Word)
            && self.is_capital(previous)
            && previous > self.sentence.start
            && !self.in_time[previous]
            && !noun_follows
            && !self.rules.is_function(low)
    }

    /// "its 777 airliner", "the new 787", "larger 747 planes": digits that name a model.
    fn is_model(&self, figure: &Figure, previous: usize) -> bool {
        let low = self.low(previous);
        let is_large = self.low(figure.start).len() == 3;
        let is_newer = matches!(
            low,
            "new"
                | "newer"
                | "larger"
                | "smaller"
                | "older"
                | "bigger"
                | "latest"
                | "final"
                | "popular"
        );
        if is_newer && is_large {
            return true;
        }
        let is_owned = matches!(
            low,
            "the" | "a" | "an" | "its" | "their" | "his" | "her" | "'s" | "’s" | "first" | "this"
        );
        let next = figure.end;
        let has_noun =
            matches!(self.tag(next), "NN" | "NNP") && self.kind(next) == Some(TokenKind::Word);
        let ends = matches!(self.low(next), "" | "," | "." | "’s" | "'s" | ";" | ")");
        is_owned && is_large && (has_noun || ends) && self.unit_at(figure, next).is_none()
    }

    /// Whether a word in lower case that may be a noun stands at `at`.
    pub(super) fn is_noun(&self, at: usize) -> bool {
        self.kind(at) == Some(TokenKind::Word)
            && !self.is_capital(at)
            && !self.rules.is_function(self.low(at))
            && !self.rules.part(self.low(at)).is_verb
    }

    /// "Lina Oke, 44, said", "aged 11".
    pub(super) fn is_age_beside(&self, figure: &Figure) -> bool {
        let Some(value) = figure.value else { return false };
        if !(figure.is_digits && figure.is_plain && value <= 115.0 && value.fract() == 0.0) {
            return false;
        }
        let at = figure.start;
        let before = |back: usize| at.checked_sub(back).map_or("", |at| self.low(at));
        if matches!(before(1), "aged" | "age" | "ages") || before(1) == "of" && before(2) == "age" {
            return true;
        }
        // "She was 26", "he turned 50": of one person.
        let is_being = matches!(before(1), "is" | "was" | "turned" | "turns" | "be" | "'s")
            && (matches!(before(2), "he" | "she" | "i" | "who")
                || matches!(before(3), "he" | "she" | "i")
                || matches!(before(1), "turned" | "turns"));
        if is_being && !self.is_noun(figure.end) && self.low(figure.end) != "%" {
            return true;
        }
        let is_apart = before(1) == "," && matches!(self.low(figure.end), "," | "." | ";" | ")");
        // "The mayor, 58, was": a noun will do.
        let is_name = at >= 2
            && (self.is_capital(at - 2) || matches!(self.tag(at - 2), "NN" | "NNP"))
            && !self.in_time[at - 2];
        is_apart
            && is_name
            && self.kind(at - 2) == Some(TokenKind::Word)
            && value >= 1.0
            && self.low(figure.end) == ","
    }

    /// Whether what was read is a quantity after all.
    pub(super) fn is_quantity(&self, figure: &Figure, before: &Before, after: &After) -> bool {
        let value = figure.value.or(figure.low).unwrap_or(0.0);
        // "3D", "5G", "150px": digits glued to letters that are no unit.
        let is_coded = figure.is_digits
            && self.is_glued(figure.end)
            && self.kind(figure.end) == Some(TokenKind::Word)
            && after.kind.is_empty();
        // "at one point": no point of a score.
        let is_idiom = figure.is_one
            && figure.start > self.sentence.start
            && matches!(
                (self.low(figure.start - 1), self.low(figure.end)),
                ("at", "point" | "time" | "stage") | ("on", "hand")
            );
        // "the 737-800 range".
        let is_model = figure.is_range
            && figure.is_digits
            && after.unit.is_none()
            && figure.low.unwrap_or(0.0) >= 100.0
            && matches!(self.low(figure.start + 1), "-" | "–");
        // "the 737 Max".
        let is_named = figure.is_plain
            && after.unit.is_none()
            && after.counted.is_none()
            && value >= 100.0
            && before.bound == Bound::Exact
            && self.is_capital(figure.end)
            && self.tag(figure.end) == "NNP";
        if is_coded || is_idiom || is_model || is_named {
            return false;
        }
        if after.unit.is_some() || after.counted.is_some() {
            return true;
        }
        if figure.is_one {
            return false;
        }
        let has_hint =
            before.bound != Bound::Exact || before.change.is_some() || after.bound.is_some();
        // "Ford Five Hundred".
        if !figure.is_digits
            && figure.start > self.sentence.start
            && self.is_capital(figure.start)
            && self.is_capital(figure.start - 1)
        {
            return false;
        }
        // "a crew of six".
        let is_group = figure.start >= self.sentence.start + 2
            && self.low(figure.start - 1) == "of"
            && self.tag(figure.start - 2) == "NN"
            && !matches!(
                self.low(figure.start - 2),
                "part" | "end" | "out" | "kind" | "sort" | "side"
            );
        let has_hint = has_hint || is_group;
        // "the top four", "the two": they stand for what was named before.
        if !has_hint && !figure.is_digits && value <= 12.0 {
            return false;
        }
        let may_be_year = figure.is_plain && figure.is_digits && (1500.0..2100.0).contains(&value);
        // "0800 555 019".
        let is_dialled = figure.is_plain && figure.is_digits && {
            let is_digits = |at: usize| {
                self.kind(at) == Some(TokenKind::Number)
                    && self.low(at).bytes().all(|b| b.is_ascii_digit())
                    && !self.in_time[at]
            };
            let before = figure.start.checked_sub(1).is_some_and(is_digits);
            let word = self.low(figure.start);
            before || is_digits(figure.end) || word.len() > 1 && word.starts_with('0')
        };
        if is_dialled {
            return false;
        }
        // "1) a plan", "(2) a plan": numbers of a list.
        let is_listed = figure.is_plain && value <= 12.0 && self.low(figure.end) == ")" && {
            let mut before = (self.sentence.start..figure.start).rev();
            before
                .find(|at| matches!(self.low(*at), "(" | ")"))
                .is_none_or(|at| self.low(at) == ")" || at + 1 == figure.start)
        };
        if is_listed {
            return false;
        }
        // "50/50", "24/7" and telephone numbers are no quantities.
        let is_slashed = self.low(figure.end) == "/" && self.is_glued(figure.end);
        (has_hint || !may_be_year) && !is_slashed
    }
}
