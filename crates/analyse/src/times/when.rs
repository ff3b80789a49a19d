//! A point in time as far as a text tells it, and its TIMEX3 value.
//!
//! ```text
//! When::Week { year: 2024, week: 20 }   →   2024-W20
//! ```
//!
//! Not handled: years before 1000, time zones but UTC (a clock time is as the text gives it).

use jiff::Span as Length;
use jiff::civil::{Date, ISOWeekDate, Weekday};

/// A day, or a stretch of the calendar.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum When {
    Day(Date),
    Week {
        year: i16,
        week: i8,
    },
    Weekend {
        year: i16,
        week: i8,
    },
    Month {
        year: i16,
        month: i8,
    },
    Quarter {
        year: i16,
        quarter: i8,
    },
    HalfYear {
        year: i16,
        half: i8,
    },
    Season {
        year: i16,
        season: &'static str,
    },
    Year(i16),
    FiscalYear(i16),
    /// The first year of ten.
    Decade(i16),
    /// The first year of a hundred.
    Century(i16),
    /// What has no whole value without an anchor, or none at all: "XXXX-10-07", "PAST_REF".
    Text(String),
}

/// A length of calendar or clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Night,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Generation,
    Century,
    Millennium,
}

impl Unit {
    /// The unit that a word class names.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "second" => Self::Second,
            "minute" => Self::Minute,
            "hour" => Self::Hour,
            "day" => Self::Day,
            "night" => Self::Night,
            "weekend" => Self::Weekend,
            "week" => Self::Week,
            "fortnight" => Self::Fortnight,
            "month" => Self::Month,
            "quarter" => Self::Quarter,
            "year" => Self::Year,
            "decade" => Self::Decade,
            "generation" => Self::Generation,
            "century" => Self::Century,
            "millennium" => Self::Millennium,
            _ => return None,
        })
    }

    /// Its letters in a TIMEX3 length, whether it is of the clock, and how many of it.
    fn letters(self) -> (&'static str, bool, f64) {
        match self {
            Self::Second => ("S", true, 1.0),
            Self::Minute => ("M", true, 1.0),
            Self::Hour => ("H", true, 1.0),
            Self::Day => ("D", false, 1.0),
            Self::Night => ("NI", false, 1.0),
            Self::Weekend => ("WE", false, 1.0),
            Self::Week => ("W", false, 1.0),
            Self::Fortnight => ("W", false, 2.0),
            Self::Month => ("M", false, 1.0),
            Self::Quarter => ("Q", false, 1.0),
            Self::Year => ("Y", false, 1.0),
            Self::Decade => ("Y", false, 10.0),
            Self::Generation => ("GE", false, 1.0),
            Self::Century => ("Y", false, 100.0),
            Self::Millennium => ("Y", false, 1000.0),
        }
    }

    /// Its length in days, roughly.
    pub(super) fn days(self) -> f64 {
        match self {
            Self::Second => 1.0 / 86_400.0,
            Self::Minute => 1.0 / 1440.0,
            Self::Hour => 1.0 / 24.0,
            Self::Day | Self::Night => 1.0,
            Self::Weekend => 2.0,
            Self::Week => 7.0,
            Self::Fortnight => 14.0,
            Self::Month => 30.0,
            Self::Quarter => 91.0,
            Self::Year => 365.0,
            Self::Decade => 3652.0,
            Self::Generation => 9131.0,
            Self::Century => 36_525.0,
            Self::Millennium => 365_250.0,
        }
    }
}

/// The TIMEX3 value of a length; without a count, "PXD".
pub(super) fn length(count: Option<f64>, unit: Unit) -> String {
    let (letters, is_clock, times) = unit.letters();
    let t = if is_clock { "T" } else { "" };
    let Some(count) = count else {
        // "decades" are not so many years: they keep their own letters.
        let letters = match unit {
            Unit::Decade => "DE",
            Unit::Century => "CE",
            Unit::Millennium => "ML",
            _ => letters,
        };
        return format!("P{t}X{letters}");
    };
    let count = count * times;
    if count.fract() == 0.5 && unit == Unit::Hour {
        return if count > 1.0 { format!("PT{}H30M", count.trunc()) } else { "PT30M".to_owned() };
    }
    if count.fract() == 0.5 && unit == Unit::Minute {
        return if count > 1.0 { format!("PT{}M30S", count.trunc()) } else { "PT30S".to_owned() };
    }
    // "half a year" is six months, "half a century" fifty years.
    if count == 0.5 && unit == Unit::Year {
        return "P6M".to_owned();
    }
    let count = (count * 100.0).round() / 100.0;
    format!("P{t}{count}{letters}")
}

impl When {
    /// The ISO week of a day.
    pub(super) fn week_of(day: Date) -> Self {
        let week = day.iso_week_date();
        Self::Week { year: week.year(), week: week.week() }
    }

    /// The first day of it.
    pub(super) fn first_day(&self) -> Option<Date> {
        match *self {
            Self::Day(day) => Some(day),
            Self::Week { year, week } => monday(year, week),
            Self::Weekend { year, week } => add_days(monday(year, week)?, 5),
            Self::Month { year, month } => Date::new(year, month, 1).ok(),
            Self::Quarter { year, quarter } => Date::new(year, quarter * 3 - 2, 1).ok(),
            Self::HalfYear { year, half } => Date::new(year, half * 6 - 5, 1).ok(),
            Self::Season { year, season } => {
                let month = match season {
                    "SP" => 3,
                    "SU" => 6,
                    "FA" => 9,
                    _ => 12,
                };
                Date::new(year, month, 1).ok()
            }
            Self::Year(year)
            | Self::FiscalYear(year)
            | Self::Decade(year)
            | Self::Century(year) => Date::new(year, 1, 1).ok(),
            Self::Text(_) => None,
        }
    }

    /// Which unit it is one of.
    pub(super) fn unit(&self) -> Option<Unit> {
        Some(match self {
            Self::Day(_) => Unit::Day,
            Self::Week { .. } => Unit::Week,
            Self::Weekend { .. } => Unit::Weekend,
            Self::Month { .. } => Unit::Month,
            Self::Quarter { .. } | Self::HalfYear { .. } | Self::Season { .. } => Unit::Quarter,
            Self::Year(_) | Self::FiscalYear(_) => Unit::Year,
            Self::Decade(_) => Unit::Decade,
            Self::Century(_) => Unit::Century,
            Self::Text(_) => return None,
        })
    }

    /// The same kind of stretch, so many units on.
    pub(super) fn plus(&self, count: i32, unit: Unit) -> Option<Self> {
        let day = self.first_day()?;
        Some(match (self, unit) {
            (Self::Quarter { .. }, Unit::Year | Unit::Quarter) => {
                quarter_of(add(day, count, unit)?)
            }
            (Self::HalfYear { half, .. }, Unit::Year) => {
                Self::HalfYear { year: add(day, count, unit)?.year(), half: *half }
            }
            (Self::Season { season, .. }, Unit::Year) => {
                Self::Season { year: add(day, count, unit)?.year(), season }
            }
            (Self::Month { .. }, Unit::Year) => month_of(add(day, count, unit)?),
            (Self::FiscalYear(year), Unit::Year) => {
                Self::FiscalYear(year.checked_add(i16::try_from(count).ok()?)?)
            }
            _ => stretch(add(day, count, unit)?, unit),
        })
    }

    /// Its TIMEX3 value.
    pub(super) fn value(&self) -> String {
        match self {
            Self::Day(day) => day.to_string(),
            Self::Week { year, week } => format!("{year:04}-W{week:02}"),
            Self::Weekend { year, week } => format!("{year:04}-W{week:02}-WE"),
            Self::Month { year, month } => format!("{year:04}-{month:02}"),
            Self::Quarter { year, quarter } => format!("{year:04}-Q{quarter}"),
            Self::HalfYear { year, half } => format!("{year:04}-H{half}"),
            Self::Season { year, season } => format!("{year:04}-{season}"),
            Self::Year(year) => format!("{year:04}"),
            Self::FiscalYear(year) => format!("{year:04}"),
            Self::Decade(year) => format!("{:03}", year / 10),
            Self::Century(year) => format!("{:02}", year / 100),
            Self::Text(text) => text.clone(),
        }
    }
}

/// The stretch of a unit's size that holds `day`.
pub(super) fn stretch(day: Date, unit: Unit) -> When {
    match unit {
        Unit::Week | Unit::Fortnight => When::week_of(day),
        Unit::Weekend => {
            let week = day.iso_week_date();
            When::Weekend { year: week.year(), week: week.week() }
        }
        Unit::Month => month_of(day),
        Unit::Quarter => quarter_of(day),
        Unit::Year | Unit::Generation => When::Year(day.year()),
        Unit::Decade => When::Decade(day.year() - day.year().rem_euclid(10)),
        Unit::Century | Unit::Millennium => When::Century(day.year() - day.year().rem_euclid(100)),
        _ => When::Day(day),
    }
}

/// What stands for such a stretch when there is no anchor.
pub(super) fn unknown(unit: Unit) -> When {
    When::Text(
        match unit {
            Unit::Week | Unit::Fortnight => "XXXX-WXX",
            Unit::Weekend => "XXXX-WXX-WE",
            Unit::Month => "XXXX-XX",
            Unit::Quarter => "XXXX-QX",
            Unit::Year | Unit::Generation => "XXXX",
            Unit::Decade => "XXX",
            Unit::Century | Unit::Millennium => "XX",
            _ => "XXXX-XX-XX",
        }
        .to_owned(),
    )
}

pub(super) fn month_of(day: Date) -> When {
    When::Month { year: day.year(), month: day.month() }
}

pub(super) fn quarter_of(day: Date) -> When {
    When::Quarter { year: day.year(), quarter: (day.month() - 1) / 3 + 1 }
}

/// So many units on; months and years keep the day where they can.
pub(super) fn add(day: Date, count: i32, unit: Unit) -> Option<Date> {
    let count = i64::from(count);
    let length = match unit {
        Unit::Second | Unit::Minute | Unit::Hour => Length::new(),
        Unit::Day | Unit::Night => Length::new().try_days(count).ok()?,
        Unit::Weekend | Unit::Week => Length::new().try_weeks(count).ok()?,
        Unit::Fortnight => Length::new().try_weeks(count * 2).ok()?,
        Unit::Month => Length::new().try_months(count).ok()?,
        Unit::Quarter => Length::new().try_months(count * 3).ok()?,
        Unit::Year => Length::new().try_years(count).ok()?,
        Unit::Decade => Length::new().try_years(count * 10).ok()?,
        Unit::Generation => Length::new().try_years(count * 25).ok()?,
        Unit::Century => Length::new().try_years(count * 100).ok()?,
        Unit::Millennium => Length::new().try_years(count * 1000).ok()?,
    };
    let day = day.checked_add(length).ok()?;
    (day.year() >= 1).then_some(day)
}

pub(super) fn add_days(day: Date, days: i32) -> Option<Date> {
    add(day, days, Unit::Day)
}

/// The Monday of an ISO week.
pub(super) fn monday(year: i16, week: i8) -> Option<Date> {
    ISOWeekDate::new(year, week, Weekday::Monday).ok().map(Date::from)
}

/// The weekday from 1, Monday, to 7.
pub(super) fn weekday_number(day: Date) -> i32 {
    i32::from(day.weekday().to_monday_one_offset())
}

/// Western Easter of a year (the anonymous Gregorian computus, Meeus, Astronomical Algorithms).
pub(super) fn easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let a = year % 19;
    let (b, c) = (year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    Date::new(year as i16, month as i8, day as i8).ok()
}

/// The so-manyth weekday of a month; −1 is the last.
pub(super) fn nth_weekday(year: i16, month: i8, weekday: i32, nth: i32) -> Option<Date> {
    let first = Date::new(year, month, 1).ok()?;
    let day = if nth > 0 {
        let ahead = (weekday - weekday_number(first)).rem_euclid(7);
        add_days(first, ahead + (nth - 1) * 7)?
    } else {
        let last = first.last_of_month();
        let back = (weekday_number(last) - weekday).rem_euclid(7);
        add_days(last, -back - (-nth - 1) * 7)?
    };
    (day.month() == month).then_some(day)
}
