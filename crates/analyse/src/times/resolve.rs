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
use super::{Reader, Reading};
use crate::patterns::Captures;
use onrecord_model::{Date, TimexMod};
use std::ops::Range;

/// How far ahead a date without a year may lie when no verb says which way to look.
const AHEAD_DAYS: i32 = 60;

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
            Op::Year => Some(When::Year(year(got)?)),
            Op::SpelledYear if got.get("month").is_some() => self.calendar(rule, got, tokens),
            Op::SpelledYear => Some(When::Year(year(got)?)),
            Op::FiscalYear => Some(When::FiscalYear(year(got)?)),
            Op::Decade => match got.whole("decade") {
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
            Op::Shift => self.shifted(rule, got, tokens),
            Op::ShiftReference => {
                let unit = unit(rule, got)?;
                let count = got.number("number").or(rule.count).unwrap_or(1.0);
                let (count, unit) = whole_units(count, unit)?;
                if unit.days() < 1.0 {
                    return None;
                }
                self.reckoned(rule.shift? * count, unit)
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

    fn calendar(&self, rule: &Rule, got: &Captures, tokens: &Range<usize>) -> Option<When> {
        let month = small(got, "month")?;
        if !(1..=12).contains(&month) {
            return None;
        }
        let day = match got.number("day") {
            Some(_) => Some(small(got, "day")?),
            None => None,
        };
        let shifted = rule.shift.and_then(|shift| Some(self.story.anchor?.year() + shift as i16));
        if let Some(year) = year(got).or(shifted) {
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
            let looks_ahead = match look {
                _ if is_for && months_ahead <= 4 => true,
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

    /// A month, with its year.
    fn month_named(&self, rule: &Rule, got: &Captures, tokens: &Range<usize>) -> Option<(i16, i8)> {
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
    fn day_of_month(&self, day: i8) -> Option<When> {
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

    fn day_after_date(&self, day: i8, tokens: &Range<usize>) -> Option<When> {
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

    fn weekday(&self, got: &Captures, tokens: &Range<usize>) -> Option<When> {
        let weekday = got.whole("weekday")?;
        let Some(anchor) = self.story.anchor else { return Some(any_weekday(weekday)) };
        let now = weekday_number(anchor);
        // "Wednesday's ruling" was made; "Friday's vote" may be ahead.
        let is_possessed = self.sentence.contains(&tokens.end)
            && matches!(self.prose.low(tokens.end), "'s" | "’s")
            && !(1..4).any(|more| self.is("event", tokens.end + more));
        let look = if is_possessed { Look::Back } else { self.look(tokens) };
        let days = match got.whole("turn") {
            Some(-1) => -(now - weekday - 1).rem_euclid(7) - 1,
            Some(1) => 7 + weekday - now,
            Some(_) if look == Look::Back => weekday - now,
            Some(_) => (weekday - now).rem_euclid(7),
            None if look == Look::Ahead => (weekday - now).rem_euclid(7),
            None => -(now - weekday).rem_euclid(7),
        };
        Some(When::Day(add_days(anchor, days)?))
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
        Some(stretch(day, if unit == Unit::Decade { Unit::Year } else { fine }))
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
            Some(_) if is_on || self.look(tokens) == Look::Back => year,
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
            && self.prose.word(tokens.start - 1).starts_with(|c: char| !c.is_uppercase());
        // "three-quarters of them", "the 1988 quarter".
        let is_fraction = named == Unit::Quarter
            && self.prose.low(last) == "quarters"
            && got.number("number") == Some(3.0)
            && (self.prose.low(last - usize::from(last > 0)) == "-" || after(0) == "of");
        let is_year = tokens.len() == 2
            && (1500.0..2200.0).contains(&got.number("number").unwrap_or(0.0))
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
            None => got.whole("hour")? * 60,
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

fn small(got: &Captures, name: &str) -> Option<i8> {
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
