//! Quarters, halves and years that figures are given for, and stretches that the text named before.
//!
//! ```text
//! Profit fell in the third quarter. | The year-ago period | was better.   →   2022-Q3
//! ```
//!
//! Not handled: fiscal quarters that are not the calendar's, but where the day they ended is given.

use super::Reader;
use super::look::Look;
use super::resolve::year;
use super::rules::Rule;
use super::when::{Unit, When, add, add_days, stretch, unknown};
use crate::patterns::{Captures, Value};
use onrecord_model::Date;
use std::ops::Range;

impl Reader<'_, '_> {
    /// Quarters and halves of a year.
    pub(super) fn part_of_year(
        &self,
        rule: &Rule,
        got: &Captures,
        tokens: &Range<usize>,
        parts: i8,
    ) -> Option<When> {
        let number = match got.whole("ordinal")? {
            // "last quarter" is the one before this, "the last quarter of 2019" its fourth.
            -1 if year(got).is_none()
                && rule.shift.is_none()
                && tokens.clone().any(|token| self.prose.low(token) == "last") =>
            {
                return None;
            }
            -1 => parts,
            number => i8::try_from(number).ok().filter(|number| *number <= parts)?,
        };
        let make = |year: i16| match parts {
            4 => When::Quarter { year, quarter: number },
            _ => When::HalfYear { year, half: number },
        };
        let shift = rule.shift.or(got.whole("turn"));
        let shifted = shift.and_then(|shift| Some(self.story.anchor?.year() + shift as i16));
        if let Some(year) = year(got).or(shifted) {
            return Some(make(year));
        }
        let Some(anchor) = self.story.anchor else {
            let letter = if parts == 4 { 'Q' } else { 'H' };
            return Some(When::Text(format!("XXXX-{letter}{number}")));
        };
        // The last one that has begun, unless the verb looks ahead.
        let now = (anchor.month() - 1) / (12 / parts) + 1;
        let year = match self.look(tokens) {
            // The one just past is never meant ahead: "it expects third-quarter profit" in October.
            Look::Ahead if number < now && (number - now).rem_euclid(parts) < parts - 1 => {
                anchor.year() + 1
            }
            Look::Ahead if number >= now => anchor.year(),
            // "resulting in a loss in the fourth quarter", in August: the one to come.
            Look::Unknown if number > now && (now - number).rem_euclid(parts) == 3 => anchor.year(),
            _ if number > now => anchor.year() - 1,
            _ => anchor.year(),
        };
        Some(make(year))
    }

    pub(super) fn that_unit(&self, unit: Unit, tokens: &Range<usize>) -> Option<When> {
        if unit == Unit::Quarter {
            let last_whole = || Some(stretch(add(self.story.anchor?, -3, Unit::Month)?, unit));
            // "in the latest quarter" after "it expects a better fourth quarter": not that one.
            let is_latest = tokens.len() > 2;
            let is_over = |quarter: &When| {
                let end = quarter.first_day().and_then(|day| add(day, 3, Unit::Month));
                !is_latest || end.zip(self.story.anchor).is_none_or(|(end, anchor)| end <= anchor)
            };
            let named = || self.story.quarter.clone().filter(is_over);
            return self.quarter_ended(tokens).or_else(named).or_else(last_whole);
        }
        if unit == Unit::Day
            && let Some(day) = self.story.last_day
        {
            return Some(When::Day(day));
        }
        match (&self.story.last, self.story.anchor) {
            // "That day", where only a year was named, is no day that is known.
            (Some(last), _) if last.unit().is_some_and(|named| named.days() > unit.days()) => {
                Some(unknown(unit))
            }
            (Some(last), anchor) => match last.first_day().or(anchor) {
                Some(day) => Some(stretch(day, unit)),
                None => Some(unknown(unit)),
            },
            (None, Some(anchor)) => Some(stretch(anchor, unit)),
            (None, None) => Some(unknown(unit)),
        }
    }

    /// "the quarter ended Sept. 30": the quarter whose middle lies six weeks before.
    fn quarter_ended(&self, tokens: &Range<usize>) -> Option<When> {
        let after = |offset: usize| {
            let token = tokens.end + offset;
            (token < self.sentence.end).then_some(token)
        };
        if !matches!(self.prose.low(after(0)?), "ended" | "ending") {
            return None;
        }
        let patterns = &self.compiled.patterns;
        let value = patterns.value("month", self.prose, self.words, after(1)?)?;
        let Value::Number(month) = value else { return None };
        let anchor = self.story.anchor?;
        let year = if month as i8 > anchor.month() { anchor.year() - 1 } else { anchor.year() };
        let end = Date::new(year, month as i8, 28).ok()?;
        Some(stretch(add_days(end, -42)?, Unit::Quarter))
    }

    /// "the year-ago quarter", "the 1988 period", "the latest period".
    pub(super) fn reported_period(
        &self,
        rule: &Rule,
        got: &Captures,
        tokens: &Range<usize>,
    ) -> Option<When> {
        let is_quarter = tokens.clone().any(|token| self.prose.low(token) == "quarter");
        let quarter = match self.story.compared.as_ref().map(|(when, _)| when) {
            Some(when) if !is_quarter => when.clone(),
            _ if is_quarter => self.that_unit(Unit::Quarter, tokens)?,
            _ => return None,
        };
        match (year(got), &quarter) {
            (Some(year), When::Quarter { quarter, .. }) => {
                Some(When::Quarter { year, quarter: *quarter })
            }
            (Some(year), _) => Some(When::Year(year)),
            _ => quarter.plus(rule.shift.unwrap_or(0), Unit::Year),
        }
    }

    pub(super) fn reported_year(&self, tokens: &Range<usize>) -> Option<When> {
        let Some(anchor) = self.story.anchor else { return Some(unknown(Unit::Year)) };
        let reported = match self.story.quarter {
            Some(When::Quarter { year, .. }) => year,
            // Early in a year news looks back on the last.
            _ if anchor.month() <= 2 && self.look(tokens) == Look::Back => anchor.year() - 1,
            _ => anchor.year(),
        };
        Some(When::Year(reported))
    }
}
