//! Days with a name: holidays, and public events that a text counts from.
//!
//! ```text
//! Christmas Eve   →   2024-12-24        a week after the Brexit vote   →   2016-06-30
//! ```
//!
//! The tables are data: `rules/en/holidays.toml`, `events.toml`. Not handled: events that the text
//! itself dates elsewhere.

use super::look::Look;
use super::resolve::{days_between, whole_units, year};
use super::rules::{FILES, Holiday, Rule};
use super::when::{
    Unit, When, add, add_days, easter, month_of, nth_weekday, stretch, unknown, weekday_number,
};
use super::{Reader, Reading};
use crate::patterns::{Captures, Value};
use onrecord_model::Date;
use std::ops::Range;

impl Reader<'_, '_> {
    pub(super) fn holiday(
        &self,
        rule: &Rule,
        got: &Captures,
        tokens: &Range<usize>,
    ) -> Option<When> {
        let is_name = self.prose.word(tokens.start).starts_with(char::is_uppercase)
            || rule.shift.is_some()
            || self.prose.low(tokens.start) == "the";
        if !is_name {
            return None;
        }
        let holiday = &FILES.holidays[rule.entry];
        let make = |day: Date| if holiday.month { month_of(day) } else { When::Day(day) };
        let opening = || self.year_of_sentence(tokens).filter(|_| rule.shift.is_none());
        if let Some(year) = year(got).or_else(opening) {
            return holiday_in(holiday, year).map(make);
        }
        let Some(anchor) = self.story.anchor else {
            let fixed = holiday.on.as_ref();
            return Some(fixed.map_or(unknown(Unit::Day), |on| When::Text(format!("XXXX-{on}"))));
        };
        if let Some(unit) = rule.unit.as_deref().and_then(Unit::named) {
            return self.around_holiday(holiday, anchor, unit, tokens);
        }
        let days: Vec<Date> =
            (-2..=2).filter_map(|more| holiday_in(holiday, anchor.year() + more)).collect();
        let back = days.iter().rev().find(|day| **day <= anchor);
        let ahead = days.iter().find(|day| **day > anchor);
        let look = match rule.shift {
            Some(-1) => Look::Back,
            Some(1) => Look::Ahead,
            Some(_) => return holiday_in(holiday, anchor.year()).map(make),
            None => self.look(tokens),
        };
        let day = match (look, back, ahead) {
            (Look::Ahead, _, Some(ahead)) => ahead,
            (Look::Unknown, Some(back), Some(ahead))
                if days_between(anchor, *ahead) <= 14 && days_between(*back, anchor) > 30 =>
            {
                ahead
            }
            (_, Some(back), _) => back,
            _ => return Some(unknown(Unit::Day)),
        };
        Some(make(*day))
    }

    /// "Easter week", "Labor Day weekend": the nearest one that the verb allows.
    fn around_holiday(
        &self,
        holiday: &Holiday,
        anchor: Date,
        unit: Unit,
        tokens: &Range<usize>,
    ) -> Option<When> {
        let look = self.look(tokens);
        let days = (-1..=1).filter_map(|more| holiday_in(holiday, anchor.year() + more));
        let day = days
            .filter(|day| match look {
                Look::Ahead => days_between(anchor, *day) > -7,
                // "as Easter week began", on the Monday of it.
                Look::Back => days_between(anchor, *day) < 7,
                Look::Unknown => true,
            })
            .min_by_key(|day| days_between(anchor, *day).abs())?;
        // The weekend of a Monday is the one before it.
        let is_after_weekend = unit == Unit::Weekend && weekday_number(day) <= 2;
        Some(stretch(if is_after_weekend { add_days(day, -7)? } else { day }, unit))
    }

    /// So long after or before a public event: the last such event by the report's day.
    pub(super) fn event(&self, rule: &Rule, got: &Captures) -> Option<When> {
        let event = &FILES.events[rule.entry];
        let days = || event.days.iter().filter_map(|day| day.parse::<Date>().ok());
        let named = got.whole("year").and_then(|year| days().find(|d| i32::from(d.year()) == year));
        let last = |anchor: Date| days().filter(|day| *day <= anchor).max();
        // Without an anchor, only what happened once is known.
        let only = || days().next().filter(|_| event.days.len() == 1);
        let day = named.or_else(|| self.story.anchor.map_or_else(only, last))?;
        let (count, unit) = match got.get("length").map(|capture| capture.value) {
            Some(Value::Item(number)) => match self.found[number].reading {
                Reading::Length(Some(count), unit) => whole_units(count, unit)?,
                _ => return None,
            },
            _ => (1, Unit::Day),
        };
        let day = add(day, rule.shift? * count, unit)?;
        // "a week after" a day is a day; "a year after" is that year's same month.
        Some(match unit.days() {
            days if days < 15.0 => When::Day(day),
            days if days < 100.0 => month_of(day),
            _ => When::Year(day.year()),
        })
    }
}

fn holiday_in(holiday: &Holiday, year: i16) -> Option<Date> {
    if let Some(on) = &holiday.on {
        let (month, day) = on.split_once('-')?;
        return Date::new(year, month.parse().ok()?, day.parse().ok()?).ok();
    }
    if let Some([month, weekday, nth]) = holiday.nth {
        return nth_weekday(year, i8::try_from(month).ok()?, weekday, nth);
    }
    if let Some(days) = holiday.easter {
        return add_days(easter(year)?, days);
    }
    let mut days = holiday.days.iter().filter_map(|day| day.parse::<Date>().ok());
    days.find(|day| day.year() == year)
}
