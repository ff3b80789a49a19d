//! From what a rule captured to what it says: calendar arithmetic, and nothing else.
//!
//! ```text
//! op = "calendar", month = 10, day = 7, in a report of 2024-05-15   →   2023-10-07
//! ```
//!
//! `None` says that the rule does not hold after all: a 30 February, a day without a month. Not
//! handled: what the rules do not know; see `rules.rs` for the operations.

use super::look::Look;
use super::rules::{Op, Rule};
use super::when::{
    Unit, When, add, add_days, length, nth_weekday, stretch, unknown, weekday_number,
};
use super::{Found, Reader, Reading};
use crate::patterns::Captures;
use onrecord_model::{Date, TimexMod};
use std::ops::Range;

impl Reader<'_, '_> {
    pub(super) fn reading(
        &self,
        rule: &'static Rule,
        got: &Captures,
        tokens: Range<usize>,
    ) -> Option<(Reading, Option<TimexMod>)> {
        if let Some(reading) = self.joined(rule, got) {
            return reading;
        }
        let reading = match rule.op {
            Op::Literal => Reading::Text(rule.value.clone()?),
            Op::Length => self.length(rule, got, &tokens)?,
            Op::Every => {
                let unit = Unit::named(got.text("unit")?)?;
                let count = rule.count.or_else(|| got.number("number"));
                Reading::Text(length(count, unit))
            }
            Op::EveryNamed => Reading::Text(if let Some(month) = got.whole("month") {
                format!("XXXX-{month:02}")
            } else if let Some(season) = got.text("season") {
                format!("XXXX-{season}")
            } else {
                format!("XXXX-XX-XX{}", part_of_day(got.text("part")?))
            }),
            Op::EveryWeekday => Reading::Text(format!("XXXX-WXX-{}", got.whole("weekday")?)),
            Op::DayPart => {
                let day = self.day(rule.shift.unwrap_or(0))?;
                let part = got.text("part").or(rule.value.as_deref())?;
                Reading::Time(Some(day), part_of_day(part))
            }
            Op::ThatPart => {
                let day = self.story.last_day.or(self.story.anchor);
                let day = match day {
                    Some(day) => When::Day(add_days(day, rule.shift.unwrap_or(0))?),
                    None => unknown(Unit::Day),
                };
                Reading::Time(Some(day), part_of_day(got.text("part")?))
            }
            Op::PartWord => Reading::Time(None, got.text("part")?.to_owned()),
            Op::Clock => Reading::Time(None, self.clock(rule, got, &tokens)?),
            _ => Reading::Date(self.date(rule, got, &tokens)?),
        };
        let phase = got.text("phase").and_then(|phase| phase.parse().ok());
        Some((reading, phase))
    }

    /// What the operations on dates give.
    fn date(&self, rule: &'static Rule, got: &Captures, tokens: &Range<usize>) -> Option<When> {
        let anchor = self.story.anchor;
        match rule.op {
            Op::Calendar => self.calendar(rule, got, tokens),
            Op::MonthOfImpossibleDay => {
                let (year, month) = (year(got)?, small(got, "month")?);
                let exists = Date::new(year, month, small(got, "day")?).is_ok();
                (!exists).then_some(When::Month { year, month })
            }
            Op::SlashDate => {
                let (a, b) = (small(got, "month")?, small(got, "day")?);
                let year = match got.whole("shortyear") {
                    Some(short) => short as i16 + if short < 30 { 2000 } else { 1900 },
                    None => year(got)?,
                };
                let day = Date::new(year, a, b).or_else(|_| Date::new(year, b, a)).ok()?;
                Some(When::Day(day))
            }
            Op::DayOfMonth => self.day_of_month(small(got, "day")?),
            Op::DayAfterDate => self.day_after_date(small(got, "day")?, tokens),
            // "SB 1062" is a bill.
            Op::Year => Some(When::Year(year(got)?)).filter(|when| {
                let leads =
                    ["in", "of", "from", "since", "year", "by", "until", "to", "and", "around"];
                !matches!(when, When::Year(..1500)) || self.is_led_by(tokens, &leads)
            }),
            Op::SpelledYear if got.get("month").is_some() => self.calendar(rule, got, tokens),
            Op::SpelledYear => Some(When::Year(year(got)?)),
            Op::FiscalYear => Some(When::FiscalYear(year(got)?)),
            Op::Decade => match got.whole("decade") {
                // "the 1800s" are a century, "the 2000s" ten years.
                Some(century) if century % 100 == 0 && century < 2000 => {
                    Some(When::Century(century as i16))
                }
                Some(decade) => Some(When::Decade(decade as i16)),
                None => Some(When::Decade(1900 + got.whole("decadeword")? as i16)),
            },
            Op::Century => Some(When::Century((got.whole("hundredth")? as i16 - 1) * 100)),
            Op::Quarter => self.part_of_year(rule, got, tokens, 4),
            Op::HalfYear => self.part_of_year(rule, got, tokens, 2),
            Op::ReportedPeriod => self.reported_period(rule, got, tokens),
            Op::ReportedYear => self.reported_year(tokens),
            Op::LastNamed => self.story.last.clone(),
            Op::ThatUnit => self.that_unit(unit(rule, got)?, tokens),
            Op::Weekday => self.weekday(got, tokens),
            Op::WeekdayOfWeek => {
                let (weekday, turn) = (got.whole("weekday")?, got.whole("turn")?);
                let Some(anchor) = anchor else { return Some(any_weekday(weekday)) };
                let day = add_days(anchor, turn * 7 + weekday - weekday_number(anchor))?;
                Some(When::Day(day))
            }
            Op::WeekdayLessOne => match self.weekday(got, tokens)? {
                When::Day(day) => Some(When::Day(add_days(day, -1)?)),
                _ => Some(unknown(Unit::Day)),
            },
            Op::Day => self.day(rule.shift?),
            Op::Turn => {
                let unit = unit(rule, got)?;
                let is_barred = rule.not_unit.iter().any(|barred| got.text("unit") == Some(barred));
                if is_barred {
                    return None;
                }
                let turn = got.whole("turn").unwrap_or(0);
                let Some(anchor) = anchor else { return Some(unknown(unit)) };
                Some(stretch(add(anchor, turn, unit)?, unit))
            }
            Op::ThisPast => self.this_past(rule, got, tokens),
            Op::TurnedMonth => self.turned_month(small(got, "month")?, got.whole("turn")?),
            Op::TurnReference => {
                let unit = unit(rule, got)?;
                self.reckoned(got.whole("turn")?, unit)
            }
            Op::Season => self.season(got, tokens),
            Op::Weekend => self.weekend(tokens),
            Op::Edge => {
                let is_before = tokens.clone().any(|token| {
                    matches!(self.prose.low(token), "before" | "earlier" | "previous")
                });
                self.reckoned(if is_before { -1 } else { 1 }, Unit::Day)
            }
            // "on Oct. 12, the day before the crash".
            Op::DayBesideEvent => {
                let is_apart = |found: &&Found| {
                    found.tokens.end + 1 == tokens.start && self.prose.low(found.tokens.end) == ","
                };
                let named = match self.found.last().filter(is_apart).map(|found| &found.reading) {
                    Some(Reading::Date(day @ When::Day(_))) => Some(day.clone()),
                    _ => None,
                };
                Some(named.unwrap_or(unknown(Unit::Day)))
            }
            Op::Shift => self.shifted(rule, got, tokens),
            Op::ShiftDay => {
                let unit = unit(rule, got)?;
                let (count, unit) = whole_units(got.number("number").unwrap_or(1.0), unit)?;
                let Some(anchor) = anchor else { return Some(unknown(Unit::Day)) };
                add(anchor, rule.shift?.checked_mul(count)?, unit).map(When::Day)
            }
            Op::ShiftReference => {
                let unit = unit(rule, got)?;
                let count = got.number("number").or(rule.count).unwrap_or(1.0);
                let (count, unit) = whole_units(count, unit)?;
                if unit.days() < 1.0 {
                    return None;
                }
                let when = self.reckoned(rule.shift? * count, unit)?;
                // "Some 400 years later" than what the text does not date is not 2414.
                let is_ahead = when.first_day().zip(anchor).is_some_and(|(day, now)| day > now);
                let is_odd = is_ahead
                    && !self.story.is_narrative
                    && rule.shift? > 0
                    && self.look(tokens) != Look::Ahead;
                Some(if is_odd { unknown(unit) } else { when })
            }
            Op::WeekOf => match self.calendar(rule, got, tokens)? {
                When::Day(day) => Some(When::week_of(day)),
                _ => Some(unknown(Unit::Week)),
            },
            Op::NthWeekday => {
                let (year, month) = self.month_named(rule, got, tokens)?;
                let day = nth_weekday(year, month, got.whole("weekday")?, got.whole("ordinal")?)?;
                Some(When::Day(day))
            }
            Op::NthWeek => {
                let (year, month) = self.month_named(rule, got, tokens)?;
                let first = Date::new(year, month, 1).ok()?;
                let day = match got.whole("ordinal")? {
                    // The last week that has most of its days in the month.
                    -1 => nth_weekday(year, month, 4, -1)?,
                    nth => add_days(first, (nth - 1) * 7)?,
                };
                Some(When::week_of(day))
            }
            Op::Holiday => self.holiday(rule, got, tokens),
            _ => None,
        }
    }

    /// The report's day and so many more.
    fn day(&self, shift: i32) -> Option<When> {
        match self.story.anchor {
            Some(anchor) => Some(When::Day(add_days(anchor, shift)?)),
            None => Some(unknown(Unit::Day)),
        }
    }

    fn weekday(&self, got: &Captures, tokens: &Range<usize>) -> Option<When> {
        let weekday = got.whole("weekday")?;
        let Some(anchor) = self.story.anchor else { return Some(any_weekday(weekday)) };
        let now = weekday_number(anchor);
        if let Some(first) = self.first_of_span(tokens) {
            let days = (weekday - weekday_number(first)).rem_euclid(7);
            return Some(When::Day(add_days(first, days)?));
        }
        // "Wednesday's ruling" was made; "Friday's vote" may be ahead, "heading into Friday's vote"
        // surely.
        let has_event = (1..4).any(|more| self.is("event", tokens.end + more));
        let is_possessed = self.sentence.contains(&tokens.end)
            && matches!(self.prose.low(tokens.end), "'s" | "’s")
            && !has_event;
        let look = match () {
            () if is_possessed => Look::Back,
            () if has_event && self.is_led_by(tokens, &["into", "before", "for"]) => Look::Ahead,
            () => self.look(tokens),
        };
        let days = match got.whole("turn") {
            // "last Monday" on a Tuesday is not yesterday.
            Some(-1) if (now - weekday).rem_euclid(7) == 1 => -8,
            Some(-1) => -(now - weekday - 1).rem_euclid(7) - 1,
            Some(1) => 7 + weekday - now,
            Some(_) if look == Look::Back => weekday - now,
            Some(_) => (weekday - now).rem_euclid(7),
            None if look == Look::Ahead => (weekday - now).rem_euclid(7),
            None => -(now - weekday).rem_euclid(7),
        };
        Some(When::Day(add_days(anchor, days)?))
    }

    /// The first day of "Monday through Friday", at the second.
    fn first_of_span(&self, tokens: &Range<usize>) -> Option<Date> {
        let first = self.found.last().filter(|found| found.tokens.end + 1 == tokens.start)?;
        let joins = ["through", "to", "until", "till", "-", "–"];
        let is_span = joins.contains(&self.prose.low(tokens.start - 1))
            && self.is("weekday", first.tokens.end - 1);
        match first.reading {
            Reading::Date(When::Day(day)) if is_span => Some(day),
            _ => None,
        }
    }

    fn this_past(&self, rule: &Rule, got: &Captures, tokens: &Range<usize>) -> Option<When> {
        let anchor = self.story.anchor;
        if let Some(weekday) = got.whole("weekday") {
            let Some(anchor) = anchor else { return Some(any_weekday(weekday)) };
            let back = (weekday_number(anchor) - weekday - 1).rem_euclid(7) + 1;
            return Some(When::Day(add_days(anchor, -back)?));
        }
        if got.get("month").is_some() {
            return self.turned_month(small(got, "month")?, -1);
        }
        if got.get("season").is_some() {
            return self.season(got, tokens);
        }
        let unit = unit(rule, got)?;
        let Some(anchor) = anchor else { return Some(unknown(unit)) };
        Some(stretch(add(anchor, -1, unit)?, unit))
    }

    fn turned_month(&self, month: i8, turn: i32) -> Option<When> {
        let Some(anchor) = self.story.anchor else {
            return Some(When::Text(format!("XXXX-{month:02}")));
        };
        let year = anchor.year();
        let year = match turn {
            -1 if month >= anchor.month() => year - 1,
            1 if month <= anchor.month() => year + 1,
            _ => year,
        };
        Some(When::Month { year, month })
    }

    /// So many units from what the text named last; without that, from the report's day.
    fn reckoned(&self, count: i32, unit: Unit) -> Option<When> {
        if unit == Unit::Year
            && count.abs() == 1
            && let Some(compared) = self.story.compared()
        {
            return compared.plus(count, unit);
        }
        let is_fine = unit.days() < 6.0;
        if is_fine && let Some(day) = self.story.last_day {
            return Some(stretch(add(day, count, unit)?, unit));
        }
        match &self.story.last {
            // "The next day", where no day was named, is a day that is not known.
            None => Some(unknown(unit)),
            Some(last) if last.unit().is_some_and(|named| named.days() > unit.days()) => {
                Some(unknown(unit))
            }
            Some(last) => last.plus(count, unit),
        }
    }

    fn shifted(&self, rule: &Rule, got: &Captures, tokens: &Range<usize>) -> Option<When> {
        let unit = unit(rule, got)?;
        let is_half = tokens.clone().any(|token| self.prose.low(token) == "half")
            && got.number("number").is_none();
        let has_half = tokens.clone().any(|token| self.prose.low(token) == "half");
        let count = match got.number("number").or(rule.count) {
            Some(count) if has_half && count.fract() == 0.0 => count + 0.5,
            Some(count) => count,
            None if is_half => 0.5,
            None => 1.0,
        };
        if unit == Unit::Year
            && count == 1.0
            && let Some(compared) = self.story.compared()
        {
            return compared.plus(rule.shift?, unit);
        }
        let (whole, fine) = whole_units(count, unit)?;
        let Some(anchor) = self.story.anchor else { return Some(unknown(fine)) };
        let day = add(anchor, rule.shift?.checked_mul(whole)?, fine)?;
        // "a decade ago" and "a century ago" are years.
        let is_coarse = fine.days() > Unit::Year.days();
        Some(stretch(day, if is_coarse { Unit::Year } else { fine }))
    }

    fn season(&self, got: &Captures, tokens: &Range<usize>) -> Option<When> {
        let season = got.text("season")?;
        if let Some(year) = year(got) {
            return Some(When::Season { year, season });
        }
        let Some(anchor) = self.story.anchor else {
            return Some(When::Text(format!("XXXX-{season}")));
        };
        let starts = |year: i16| When::Season { year, season }.first_day();
        // The last that began by the report's day, and whether it is still on.
        let mut year = anchor.year();
        if starts(year)? > anchor {
            year -= 1;
        }
        let is_on = days_between(starts(year)?, anchor) < 92;
        let year = match got.whole("turn") {
            Some(-1) if is_on => year - 1,
            Some(-1) => year,
            Some(1) => year + 1,
            Some(_) if is_on => year,
            // "this summer" in September is over, in March to come: the report's year's, both.
            Some(_) if season != "WI" => anchor.year(),
            Some(_) if self.look(tokens) == Look::Back => year,
            Some(_) => year + 1,
            None if is_on || self.look(tokens) != Look::Ahead => year,
            None => year + 1,
        };
        Some(When::Season { year, season })
    }

    fn weekend(&self, tokens: &Range<usize>) -> Option<When> {
        let Some(anchor) = self.story.anchor else { return Some(unknown(Unit::Weekend)) };
        let is_ahead = self.look(tokens) == Look::Ahead || weekday_number(anchor) >= 6;
        let day = if is_ahead { anchor } else { add(anchor, -1, Unit::Week)? };
        Some(stretch(day, Unit::Weekend))
    }

    fn length(&self, rule: &Rule, got: &Captures, tokens: &Range<usize>) -> Option<Reading> {
        let named = unit(rule, got)?;
        let is_barred =
            got.text("unit").is_some_and(|unit| rule.not_unit.iter().any(|barred| barred == unit));
        // "two-day-old", "11 - year-old".
        let after = |offset: usize| {
            let token = tokens.end + offset;
            if token < self.sentence.end { self.prose.low(token) } else { "" }
        };
        let is_age =
            after(0) == "-" && after(1).starts_with("old") || after(0) == "of" && after(1) == "age";
        // "said on 48 Hours": the name of a programme.
        let last = tokens.end - 1;
        let is_name = tokens.len() > 1
            && self.prose.word(last).starts_with(char::is_uppercase)
            && tokens.start > self.sentence.start
            && self.prose.word(tokens.start - 1).starts_with(char::is_lowercase);
        // "three-quarters of them", "the 1988 quarter".
        let is_fraction = named == Unit::Quarter
            && (self.prose.low(last) == "quarter" && matches!(after(0), "of" | "to" | "the" | "-")
                || self.prose.low(last) == "quarters" && got.number("number") == Some(3.0))
            && (self.prose.low(last) == "quarter"
                || self.prose.low(last - usize::from(last > 0)) == "-"
                || after(0) == "of");
        let is_year = (1500.0..2200.0).contains(&got.number("number").unwrap_or(0.0))
            && self.prose.low(last).ends_with(|c: char| c != 's');
        if is_barred || is_age || is_name || is_fraction || is_year {
            return None;
        }
        let has_half = tokens.clone().skip(1).any(|token| self.prose.low(token) == "half");
        let count = match rule.count {
            Some(-1.0) => None,
            Some(count) => Some(count),
            None => match got.number("number")? {
                number if has_half && number.fract() == 0.0 => Some(number + 0.5),
                number => Some(number),
            },
        };
        // "0-second" and the like are no lengths; nor is a year: "1996 days".
        (count != Some(0.0)).then_some(Reading::Length(count, named))
    }

    fn clock(&self, rule: &Rule, got: &Captures, tokens: &Range<usize>) -> Option<String> {
        if rule.colon && !self.prose.low(tokens.start).contains(':') {
            return None;
        }
        let mut minutes = match got.whole("clock") {
            Some(minutes) => minutes,
            None => {
                let hour = got.whole("hour").filter(|hour| (1..=24).contains(hour))?;
                hour * 60 + rule.shift.unwrap_or(0)
            }
        };
        if let Some(half) = got.whole("half") {
            if minutes >= 13 * 60 {
                return None;
            }
            minutes = minutes % 720 + half * 60;
        } else if let Some(part) = got.text("part") {
            let is_late = matches!(part, "AF" | "EV") || part == "NI" && minutes >= 6 * 60;
            minutes = minutes % 720 + if is_late { 720 } else { 0 };
        } else if tokens.clone().any(|token| self.prose.low(token) == "night") {
            minutes = minutes % 720 + 720;
        }
        let zone = if matches!(got.text("zone"), Some("UTC" | "GMT")) { "Z" } else { "" };
        Some(format!("T{:02}:{:02}{zone}", minutes / 60, minutes % 60))
    }
}

fn any_weekday(weekday: i32) -> When {
    When::Text(format!("XXXX-WXX-{weekday}"))
}

pub(super) fn part_of_day(part: &str) -> String {
    match part {
        "12" => "T12:00".to_owned(),
        "24" => "T24:00".to_owned(),
        part => format!("T{part}"),
    }
}

pub(super) fn year(got: &Captures) -> Option<i16> {
    // "nineteen ninety-six".
    if let (Some(hundred), Some(rest)) = (got.whole("yearhundred"), got.whole("rest")) {
        return (10..100).contains(&rest).then_some((hundred + rest) as i16);
    }
    got.whole("year").and_then(|year| i16::try_from(year).ok())
}

pub(super) fn small(got: &Captures, name: &str) -> Option<i8> {
    i8::try_from(got.whole(name)?).ok()
}

fn unit(rule: &Rule, got: &Captures) -> Option<Unit> {
    Unit::named(got.text("unit").or(rule.unit.as_deref())?)
}

/// A count of units without a fraction: two and a half years are 30 months.
pub(super) fn whole_units(count: f64, unit: Unit) -> Option<(i32, Unit)> {
    if count.is_nan() || count.abs() >= 1e6 {
        return None;
    }
    if count.fract() == 0.0 {
        return Some((count as i32, unit));
    }
    let (times, finer) = match unit {
        Unit::Millennium | Unit::Century | Unit::Decade => (unit.days() / 365.2, Unit::Year),
        Unit::Year => (12.0, Unit::Month),
        Unit::Quarter => (3.0, Unit::Month),
        Unit::Month => (30.0, Unit::Day),
        Unit::Fortnight => (14.0, Unit::Day),
        Unit::Week => (7.0, Unit::Day),
        _ => (1.0, unit),
    };
    Some(((count * times).floor() as i32, finer))
}

pub(super) fn days_between(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}
