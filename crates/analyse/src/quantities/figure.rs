//! Figures: the number itself, in digits or words, alone or as a range, share or vague count.
//!
//! ```text
//! 50 to 60   two-thirds   one in five   hundreds of thousands   doubled   6-3
//! ```
//!
//! Not handled: a figure spread over several clauses ("50 on Monday and as many on Tuesday").

use super::Reader;
use crate::patterns::numbers::{self, Number, Part};
use crate::text::TokenKind;
use onrecord_model::Bound;

/// A number in the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Figure {
    pub(super) start: usize,
    /// One past its last token.
    pub(super) end: usize,
    /// The number; of a range or a vague count, none.
    pub(super) value: Option<f64>,
    pub(super) low: Option<f64>,
    pub(super) high: Option<f64>,
    /// What the words themselves say: "dozens" is about so many.
    pub(super) bound: Option<Bound>,
    pub(super) is_range: bool,
    pub(super) is_digits: bool,
    /// Whether it is digits alone: no comma, stop or scale.
    pub(super) is_plain: bool,
    /// Whether it is the word "one".
    pub(super) is_one: bool,
    /// Whether it is a part of a whole: "two-thirds".
    pub(super) is_share: bool,
    /// Whether it is "doubled" and its like.
    pub(super) is_multiple: bool,
    /// Whether "of" before what is counted belongs to it: "dozens of".
    pub(super) is_vague: bool,
    /// The two sides of a score.
    pub(super) score: Option<(f64, f64)>,
}

impl Figure {
    fn new(start: usize, end: usize) -> Self {
        Self {
            start,
            end,
            value: None,
            low: None,
            high: None,
            bound: None,
            is_range: false,
            is_digits: false,
            is_plain: false,
            is_one: false,
            is_share: false,
            is_multiple: false,
            is_vague: false,
            score: None,
        }
    }

    fn share(start: usize, end: usize, value: f64) -> Self {
        Self { value: Some(value), is_share: true, ..Self::new(start, end) }
    }
}

impl Reader<'_, '_> {
    /// The figure that begins at `token`, if it is not in a time expression.
    pub(super) fn figure(&self, token: usize) -> Option<Figure> {
        let kind = self.prose.tokens[token].kind;
        let is_apart = |at: usize| self.in_time[at] && !self.in_length[at];
        if is_apart(token)
            || !matches!(kind, TokenKind::Number | TokenKind::Word | TokenKind::Symbol)
        {
            return None;
        }
        if kind == TokenKind::Word && !self.rules.patterns.is_known(self.words[token]) {
            return None;
        }
        if kind == TokenKind::Word
            && let Some(figure) = self.figure_word(token)
        {
            return Some(figure);
        }
        let number = numbers::number(self.prose, token, self.sentence.end)?;
        if (token..number.end).any(is_apart) {
            return None;
        }
        let figure = self.plain(token, number);
        self.fraction(token, number)
            .or_else(|| self.ratio(token, number))
            .or_else(|| self.range(token, number))
            .or(Some(figure))
    }

    fn plain(&self, token: usize, number: Number) -> Figure {
        let word = self.prose.word(token);
        Figure {
            value: Some(number.value),
            bound: (self.low(number.end - 1) == "couple" || self.low(number.end - 1) == "of")
                .then_some(Bound::About),
            is_digits: number.is_digits,
            is_plain: number.end == token + 1 && word.bytes().all(|b| b.is_ascii_digit()),
            is_one: word.eq_ignore_ascii_case("one") && number.end == token + 1,
            ..Figure::new(token, number.end)
        }
    }

    /// "dozens", "hundreds of thousands", "half the city", "a third of", "doubled".
    fn figure_word(&self, token: usize) -> Option<Figure> {
        let low = self.low(token);
        if let Some(&times) = self.rules.multiple.get(low) {
            if matches!(self.low(token + 1), "down" | "over" | "as") {
                return None;
            }
            let bound = if times < 1.0 { Bound::Down } else { Bound::Up };
            return Some(Figure {
                value: Some(times),
                bound: Some(bound),
                is_multiple: true,
                ..Figure::new(token, token + 1)
            });
        }
        if let Some(&least) = self.rules.vague.get(low) {
            let mut end = token + 1;
            let mut least = least;
            while self.low(end) == "of"
                && let Some(&more) = self.rules.vague.get(self.low(end + 1))
            {
                least *= more;
                end += 2;
            }
            // "scores 20 goals" is a verb.
            let counts = self.low(end) == "of" || low != "scores";
            return counts.then(|| Figure {
                low: Some(least),
                bound: Some(Bound::About),
                is_vague: true,
                ..Figure::new(token, end)
            });
        }
        let is_article = matches!(low, "a" | "an");
        if low == "half" || is_article {
            let at = token + usize::from(is_article);
            let of_whole = |end: usize| {
                matches!(
                    self.low(end),
                    "of" | "the" | "its" | "his" | "her" | "their" | "those" | "our" | "all"
                )
            };
            if self.low(at) == "half" && !is_article && of_whole(at + 1) {
                return Some(Figure::share(token, at + 1, 0.5));
            }
            let previous = token.checked_sub(1).map_or("", |at| self.low(at));
            // "fell by half", "cut by more than a third".
            let is_much = matches!(
                previous,
                "by" | "almost" | "nearly" | "about" | "than" | "roughly" | "around"
            ) && !self.is_noun(at + 1);
            if is_article
                && let Some((Part::Fraction, value)) = numbers::part(self.low(at))
                && (self.low(at + 1) == "of" || is_much)
            {
                return Some(Figure::share(token, at + 1, value));
            }
            if low == "half"
                && matches!(previous, "by" | "in")
                && !self.is_noun(at + 1)
                && !of_whole(at + 1)
                && !matches!(self.low(at + 1), "a" | "an" | "-")
            {
                return Some(Figure::share(token, at + 1, 0.5));
            }
            // "half a cent", "half a point".
            if low == "half"
                && matches!(self.low(at + 1), "a" | "an")
                && !self.in_time[token]
                && self
                    .unit_at(&Figure::new(token, at + 2), at + 2)
                    .is_some_and(|(unit, _)| self.rules.units[unit].kind != "time")
            {
                return Some(Figure { value: Some(0.5), ..Figure::new(token, at + 2) });
            }
        }
        None
    }

    /// "two-thirds", "one fifth of".
    fn fraction(&self, token: usize, number: Number) -> Option<Figure> {
        if number.is_digits || !(1.0..10.0).contains(&number.value) {
            return None;
        }
        let hyphen = usize::from(self.low(number.end) == "-" && self.is_glued(number.end));
        let at = number.end + hyphen;
        let (Part::Fraction, part) = numbers::part(self.low(at))? else { return None };
        let value = number.value * part;
        // "one quarter" may be three months; "of" or a plural says that it is a share.
        let is_share = self.low(at + 1) == "of" || number.value > 1.0 || hyphen == 1;
        (is_share && value < 1.0).then(|| Figure::share(token, at + 1, value))
    }

    /// "one in five", "9 out of 10".
    fn ratio(&self, token: usize, number: Number) -> Option<Figure> {
        let at = match (self.low(number.end), self.low(number.end + 1)) {
            // "six-in-ten".
            ("-", "in") if self.low(number.end + 2) == "-" => number.end + 3,
            ("in" | "in every", _) => number.end + 1,
            ("out", "of") => number.end + 2,
            _ => return None,
        };
        if at >= self.sentence.end || number.value > 10.0 || self.in_time[at] {
            return None;
        }
        let whole = numbers::number(self.prose, at, self.sentence.end)?;
        let is_ratio = number.value < whole.value
            && whole.value <= 1000.0
            && number.value >= 1.0
            && (number.is_digits == whole.is_digits || !number.is_digits) | (at == number.end + 2)
            && !self.in_time[at];
        is_ratio.then(|| Figure::share(token, whole.end, number.value / whole.value))
    }

    /// "50 to 60", "50-60", "between 4 and 5"; "6-3" as a score.
    fn range(&self, token: usize, number: Number) -> Option<Figure> {
        let at = number.end;
        let previous = token.checked_sub(1).map_or("", |at| self.low(at));
        let is_between = previous == "between"
            || matches!(previous, "$" | "£" | "€")
                && token >= 2
                && self.low(token - 2) == "between";
        // The first may carry the unit too: "between 4% and 5%", "$3 million to $4 million".
        let unit_end = if matches!(self.low(at), "%" | "percent") { at + 1 } else { at };
        let join = self.low(unit_end);
        let is_dash = matches!(join, "-" | "–" | "—");
        let is_glued_dash = is_dash && self.is_glued(unit_end) && self.is_glued(unit_end + 1);
        let is_joined = is_dash || join == "to" || join == "and" && is_between || join == "or";
        if !is_joined {
            return None;
        }
        let mut second = unit_end + 1;
        if matches!(self.low(second), "$" | "£" | "€") {
            second += 1;
        }
        if second >= self.sentence.end || self.in_time[second] && !self.in_length[second] {
            return None;
        }
        let other = numbers::number(self.prose, second, self.sentence.end)?;
        // "rose 6 percent to 41": two figures, not a range.
        let is_risen = self.marks.iter().any(|mark| {
            let is_by = previous == "by" && mark.end + 1 == token;
            (mark.end == token || is_by) && matches!(mark.says, super::Beside::Change(_))
        });
        if is_risen && join == "to" && !self.is_noun(other.end) {
            return None;
        }
        // "3 percent to $41", "$41 to 3 percent": not of one kind.
        let is_share = |at: usize| matches!(self.low(at), "%" | "percent");
        let is_money = matches!(previous, "$" | "£" | "€");
        let is_mixed = unit_end > at && !is_share(other.end)
            || second > unit_end + 1 && !is_money
            || is_money && is_share(other.end);
        if is_mixed {
            return None;
        }
        let (mut low, high) = (number.value, other.value);
        if other.is_scaled && !number.is_scaled {
            let scale = [1e12, 1e9, 1e6, 1e3].into_iter().find(|scale| high >= *scale)?;
            if low <= high / scale {
                low *= scale;
            }
        }
        let is_vote = matches!(self.low(other.end), "vote" | "majority" | "ruling" | "decision");
        let is_small = |number: Number, at: usize| {
            number.is_digits
                && number.value < if is_vote { 600.0 } else { 200.0 }
                && number.value.fract() == 0.0
                && number.end == at + 1
        };
        let next = self.low(other.end);
        let goes_on = next == "-" && self.is_glued(other.end);
        let has_unit = self.is_noun(other.end)
            || self.unit_at(&self.plain(second, other), other.end).is_some()
            || goes_on
            || unit_end > at
            || second > unit_end + 1;
        let is_sport = matches!(
            next,
            "vote"
                | "win"
                | "victory"
                | "loss"
                | "defeat"
                | "decision"
                | "ruling"
                | "lead"
                | "draw"
                | "tie"
                | "majority"
                | "record"
                | "score"
                | "run"
                | "home"
                | "away"
        );
        if is_glued_dash
            && is_small(number, token)
            && is_small(other, second)
            && (is_sport || !has_unit)
        {
            return Some(Figure {
                is_digits: true,
                score: Some((number.value, other.value)),
                ..Figure::new(token, other.end)
            });
        }
        // "or" joins near numbers of one kind: "two or three boats".
        let is_near = join != "or" || high - low <= 2.0;
        let is_from = previous == "from" || {
            let back = token.checked_sub(2).map_or("", |at| self.low(at));
            back == "from"
        };
        // "goes from 0 to 60 mph" is a range, "rose from 3 to 5" are two figures.
        let is_from = is_from
            && self
                .marks
                .iter()
                .any(|mark| mark.end + 6 > token && matches!(mark.says, super::Beside::Change(_)));
        // "rose from 3 to 5": two figures, not a range.
        (low < high && is_near && !(is_from && join == "to")).then(|| Figure {
            low: Some(low),
            high: Some(high),
            is_range: true,
            is_digits: number.is_digits,
            ..Figure::new(token, other.end)
        })
    }
}
