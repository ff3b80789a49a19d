//! Tokens in digits as parts of dates: days, years, decades, clock times.
//!
//! ```text
//! "7th" as a day   →   7        "'98" as a short year   →   1998        "4:49" as a clock   →   289
//! ```
//!
//! Not handled: numbers as amounts, which are `numbers.rs`'s.

/// Classes that code decides, not a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BuiltIn {
    /// A cardinal in digits or words: "31,000", "two and a half", "a dozen".
    Number,
    /// 1 to 31, with or without "st", "nd", "rd", "th".
    Day,
    /// 1 to 31 with its ending.
    DayTh,
    /// 1000 to 2199 in four digits.
    Year,
    /// "'98".
    ShortYear,
    /// "1990s", "'90s", "60s": the first year.
    Decade,
    /// "4:49", "16.30": minutes of the day.
    Clock,
    /// "0735": minutes of the day.
    Clock4,
    /// 1 to 12 without ending.
    Hour,
    /// One or two digits.
    TwoDigits,
    /// Something an earlier pass found.
    Item,
    /// Any capitalised word; not as the first element.
    Name,
}

/// What a token in digits stands for in a class.
pub(super) fn digits(class: BuiltIn, low: &str) -> Option<f64> {
    let whole = |text: &str, most: usize| -> Option<u32> {
        let is_digits = !text.is_empty() && text.len() <= most;
        (is_digits && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
    };
    let in_range = |number: u32, low: u32, high: u32| (low..=high).contains(&number);
    let low = match class {
        BuiltIn::Year | BuiltIn::Decade => after_lead(low).unwrap_or(low),
        _ => low,
    };
    let found = match class {
        BuiltIn::Day | BuiltIn::DayTh => {
            let bare = low.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            let ending = &low[bare.len()..];
            let is_ending = matches!(ending, "st" | "nd" | "rd" | "th")
                || ending.is_empty() && class == BuiltIn::Day;
            whole(bare, 2).filter(|&day| is_ending && in_range(day, 1, 31))
        }
        BuiltIn::Year => {
            let year = if low.len() == 4 { whole(low, 4) } else { None };
            year.filter(|&year| in_range(year, 1000, 2199))
        }
        BuiltIn::ShortYear => whole(low.strip_prefix(['\'', '’', '‘', 'ʼ'])?, 2).map(century),
        BuiltIn::Decade => {
            let bare = low.strip_suffix('s')?;
            let short = bare.trim_start_matches(['\'', '’', '‘', 'ʼ']);
            let year = match whole(short, 4)? {
                year if short.len() == 4 && in_range(year, 1000, 2199) => year,
                year if short.len() == 2 => century(year),
                _ => return None,
            };
            (year % 10 == 0).then_some(year)
        }
        BuiltIn::Clock => {
            let (hour, minute) = low.split_once([':', '.'])?;
            let minute = minute.split(':').next().filter(|minute| minute.len() == 2)?;
            let (hour, minute) = (whole(hour, 2)?, whole(minute, 2)?);
            (hour < 24 && minute < 60).then_some(hour * 60 + minute)
        }
        BuiltIn::Clock4 => {
            let clock = if low.len() == 4 { whole(low, 4)? } else { return None };
            (clock / 100 < 24 && clock % 100 < 60).then_some(clock / 100 * 60 + clock % 100)
        }
        BuiltIn::Hour => whole(low, 2).filter(|&hour| in_range(hour, 1, 12)),
        BuiltIn::TwoDigits => whole(low, 2),
        BuiltIn::Number | BuiltIn::Item | BuiltIn::Name => None,
    };
    found.map(f64::from)
}

/// The year or decade in one word with what goes before it: "early-2019", "late-1980s", "pre-2014".
pub(super) fn after_lead(low: &str) -> Option<&str> {
    let (lead, rest) = low.split_once('-')?;
    let is_dated = rest.starts_with(|c: char| c.is_ascii_digit());
    (is_dated && matches!(lead, "early" | "late" | "mid" | "pre" | "post")).then_some(rest)
}

/// The year that two digits stand for: 30 and up in the last century.
fn century(year: u32) -> u32 {
    if year < 30 { 2000 + year } else { 1900 + year }
}
