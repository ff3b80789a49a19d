//! Days and months of a calendar, with the year that they lack.
//!
//! ```text
//! the Oct. 7 attack   (of 2024-05-15)   →   2023-10-07
//! In 2008, they had chosen by | March 5   →   2008-03-05
//! ```
//!
//! A year comes from the expression, from its sentence, or from the report's day and which way the
//! verb looks. Not handled: a year that an earlier sentence spoke of.

use super::look::Look;
use super::resolve::{days_between, small, year};
use super::rules::Rule;
use super::when::{Unit, When, add, weekday_number};
use super::{Reader, Reading};
use crate::patterns::{Captures, Value};
use onrecord_model::Date;
use std::ops::Range;

/// How far ahead a date without a year may lie when no verb says which way to look.
const AHEAD_DAYS: i32 = 60;

impl Reader<'_, '_> {
    /// A day or a month, with its year.
    pub(super) fn calendar(
        &self,
        rule: &Rule,
        got: &Captures,
        tokens: &Range<usize>,
    ) -> Option<When> {
        let month = small(got, "month")?;
        if !(1..=12).contains(&month) {
            return None;
        }
        let day = match got.number("day") {
            Some(_) => Some(small(got, "day")?),
            None => None,
        };
        let shifted = rule.shift.and_then(|shift| Some(self.story.anchor?.year() + shift as i16));
        if let Some(year) = year(got).or(shifted).or_else(|| self.year_of_sentence(tokens)) {
            return match day {
                Some(day) => Date::new(year, month, day).ok().map(When::Day),
                None => Some(When::Month { year, month }),
            };
        }
        if day.is_some()
            && let Some(year) = self.year_of_pair(tokens)
        {
            return Date::new(year, month, day?).ok().map(When::Day);
        }
        if day.is_none()
            && let Some((second, year)) = self.year_of_months(tokens)
        {
            let year = if second < month { year - 1 } else { year };
            return Some(When::Month { year, month });
        }
        let Some(anchor) = self.story.anchor else {
            let Some(day) = day else { return Some(When::Text(format!("XXXX-{month:02}"))) };
            // A leap year holds every day that any year holds.
            Date::new(2024, month, day).ok()?;
            return Some(When::Text(format!("XXXX-{month:02}-{day:02}")));
        };
        let look = self.look(tokens);
        let Some(day) = day else {
            let (now, year) = (anchor.month(), anchor.year());
            let ahead = if month < now { year + 1 } else { year };
            let back = if month > now { year - 1 } else { year };
            let months_ahead = (month - now).rem_euclid(12);
            let is_for = tokens.start > self.sentence.start
                && matches!(self.prose.low(tokens.start - 1), "for" | "until" | "till");
            // "touting December's cuts".
            let is_possessed = self.sentence.contains(&tokens.end)
                && matches!(self.prose.low(tokens.end), "'s" | "’s")
                && !(1..4).any(|more| self.is("event", tokens.end + more));
            let looks_ahead = match look {
                _ if is_possessed && months_ahead > 0 => false,
                _ if is_for && months_ahead <= 4 => true,
                // "Gains for October were small", in January.
                _ if is_for && self.look_of_tree(tokens) != Look::Ahead => false,
                Look::Ahead => months_ahead < 10,
                Look::Unknown => months_ahead <= 2,
                Look::Back => false,
            };
            return Some(When::Month { year: if looks_ahead { ahead } else { back }, month });
        };
        if let Some(weekday) = got.whole("weekday").or_else(|| got.whole("shortday")) {
            // The year in which that day falls on that weekday, nearest to the report's.
            let near = [0, -1, 1, -2, 2, -3, 3].into_iter();
            let mut days =
                near.filter_map(|shift| Date::new(anchor.year() + shift, month, day).ok());
            if let Some(day) = days.find(|day| weekday_number(*day) == weekday) {
                return Some(When::Day(day));
            }
        }
        let day_in = |year: i16| Date::new(year, month, day).ok();
        let year = anchor.year();
        let back = (0..8).filter_map(|less| day_in(year - less)).find(|day| *day <= anchor)?;
        let ahead = (0..8).filter_map(|more| day_in(year + more)).find(|day| *day >= anchor)?;
        // News that names a day nearly a year off without its year means the near one: "by
        // Jan. 14" on Jan. 6. What has happened is behind: "the Oct. 7 attack" on Sept. 20.
        let (to_ahead, since_back) = (days_between(anchor, ahead), days_between(back, anchor));
        let is_behind = self.is("happening", tokens.end)
            || self.dates_happening(tokens)
            || tokens.start > self.sentence.start && self.prose.low(tokens.start - 1) == "since"
            || self.prose.low(tokens.start) == "last";
        let looks_ahead = match look {
            _ if is_behind => false,
            Look::Ahead => to_ahead <= 300 || since_back > 60,
            Look::Back => to_ahead <= 45 && since_back > 300,
            Look::Unknown => to_ahead <= AHEAD_DAYS && since_back > 240,
        };
        Some(When::Day(if looks_ahead { ahead } else { back }))
    }

    /// The year that stands only with the second of two days: "between July 28 and August 27, 2011".
    fn year_of_pair(&self, tokens: &Range<usize>) -> Option<i16> {
        let low = |token: usize| (token < self.sentence.end).then(|| self.prose.low(token));
        let mut at = tokens.end;
        if !matches!(low(at)?, "and" | "to" | "-" | "–" | "through" | "until") {
            return None;
        }
        at += 1;
        at += usize::from(self.is("month", at));
        let is_day = low(at)?.trim_end_matches(char::is_alphabetic).parse::<u8>().is_ok();
        at += usize::from(is_day);
        at += usize::from(low(at)? == ",");
        let word = low(at)?;
        let year = word.parse::<i16>().ok().filter(|year| word.len() == 4 && *year >= 1500)?;
        is_day.then_some(year)
    }

    /// The month and year after the first of two months: "between January and June of 2005".
    fn year_of_months(&self, tokens: &Range<usize>) -> Option<(i8, i16)> {
        let low = |token: usize| (token < self.sentence.end).then(|| self.prose.low(token));
        let mut at = tokens.end;
        if !matches!(low(at)?, "and" | "to" | "-" | "–" | "through" | "until" | "or") {
            return None;
        }
        let second = Some(at + 1).filter(|next| self.sentence.contains(next))?;
        let patterns = &self.compiled.patterns;
        let value = patterns.value("month", self.prose, self.words, second)?;
        let Value::Number(second) = value else { return None };
        at += 2;
        at += usize::from(matches!(low(at)?, "of" | ","));
        let word = low(at)?;
        let year = word.parse::<i16>().ok().filter(|year| word.len() == 4 && *year >= 1500)?;
        Some((second as i8, year))
    }

    /// The year that a sentence opens with: "In 2008, most of them were chosen by March 5".
    pub(super) fn year_of_sentence(&self, tokens: &Range<usize>) -> Option<i16> {
        let opening = self.found.first()?;
        let at = opening.tokens.start - self.sentence.start;
        let is_led = at == 0
            || at == 1 && matches!(self.prose.low(self.sentence.start), "in" | "during" | "by");
        // "In 2008, most of them …", "In 2008 the bank …", not "In 2008 polls …".
        let follows = [",", "the", "a", "an", "he", "she", "it", "they", "his", "her", "its", "we"];
        let is_apart = opening.tokens.end < tokens.start
            && follows.contains(&self.prose.low(opening.tokens.end));
        // "This year, they will be done by January": the verb says which.
        let now = self.story.anchor.map(Date::year);
        match opening.reading {
            Reading::Date(When::Year(year)) if is_led && is_apart && now != Some(year) => {
                Some(year)
            }
            _ => None,
        }
    }

    /// A month, with its year.
    pub(super) fn month_named(
        &self,
        rule: &Rule,
        got: &Captures,
        tokens: &Range<usize>,
    ) -> Option<(i16, i8)> {
        if let Some(turn) = got.whole("turn") {
            let day = add(self.story.anchor?, turn, Unit::Month)?;
            return Some((day.year(), day.month()));
        }
        match self.calendar(rule, got, tokens)? {
            When::Month { year, month } => Some((year, month)),
            _ => None,
        }
    }

    /// "on the 7th": of the month named last, else of the report's, not after it.
    pub(super) fn day_of_month(&self, day: i8) -> Option<When> {
        let Some(anchor) = self.story.anchor else {
            return Some(When::Text(format!("XXXX-XX-{day:02}")));
        };
        if let Some(When::Month { year, month }) = self.story.last {
            return Date::new(year, month, day).ok().map(When::Day);
        }
        let mut month = anchor.first_of_month();
        if day > anchor.day() {
            month = add(month, -1, Unit::Month)?;
        }
        Date::new(month.year(), month.month(), day).ok().map(When::Day)
    }

    pub(super) fn day_after_date(&self, day: i8, tokens: &Range<usize>) -> Option<When> {
        let before = self.found.last().filter(|found| found.tokens.end + 1 == tokens.start)?;
        let ends_in_day = self.prose.tokens[before.tokens.end - 1].kind
            == crate::text::TokenKind::Number
            && self.prose.low(before.tokens.end - 1).len() <= 4;
        match &before.reading {
            Reading::Date(When::Day(first)) if ends_in_day && day > first.day() => {
                Date::new(first.year(), first.month(), day).ok().map(When::Day)
            }
            _ => None,
        }
    }
}
