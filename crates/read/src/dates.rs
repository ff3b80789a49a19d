//! A whole calendar date, as pages, fields and datelines write it.
//!
//! ```text
//! 2024-03-13T09:30:00+01:00 · Wed, 13 Mar 2024 08:30:00 GMT · March 13, 2024 · 13 March 2024
//! ```
//!
//! The day is the one written, in the writer's own zone. Not handled, on purpose: a date that can
//! be read in two ways (`03/04/2024`), and one without its year. A date is never guessed.

use jiff::civil::Date;

/// The date that `text` is, or begins with.
pub(crate) fn parse(text: &str) -> Option<Date> {
    let text = text.trim().trim_start_matches('\u{FEFF}');
    iso(text).or_else(|| compact(text)).or_else(|| slashed(text)).or_else(|| in_words(text))
}

/// Seconds or milliseconds since 1970, as feeds and databases have them.
pub(crate) fn from_number(number: i64) -> Option<Date> {
    let seconds = if number.abs() >= 100_000_000_000 { number / 1000 } else { number };
    // Before 1973 such a number is more likely something else.
    if seconds < 100_000_000 {
        return None;
    }
    let timestamp = jiff::Timestamp::from_second(seconds).ok()?;
    Some(timestamp.to_zoned(jiff::tz::TimeZone::UTC).date())
}

/// "2024-03-13", "2024/3/13", alone or before a time.
fn iso(text: &str) -> Option<Date> {
    let (year, rest) = digits(text, 4, 4)?;
    let separator = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
    let (month, rest) = digits(&rest[1..], 1, 2)?;
    let (day, rest) = digits(rest.strip_prefix(separator)?, 1, 2)?;
    // "2024-03-13T09:30" goes on with a letter that belongs to it.
    let is_end = rest.chars().next().is_none_or(|c| !c.is_alphanumeric() || matches!(c, 'T' | 't'));
    is_end.then(|| date(year, month, day)).flatten()
}

/// "20240313", "20240313T093000Z".
fn compact(text: &str) -> Option<Date> {
    let (number, rest) = digits(text, 8, 8)?;
    let is_end = rest.chars().next().is_none_or(|c| c == 'T');
    is_end.then(|| date(number / 10_000, number / 100 % 100, number % 100)).flatten()
}

/// "25/03/2024" and "3/25/2024": read where only one reading is a date.
fn slashed(text: &str) -> Option<Date> {
    let (first, rest) = digits(text, 1, 2)?;
    let separator = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
    let (second, rest) = digits(&rest[1..], 1, 2)?;
    let (year, rest) = digits(rest.strip_prefix(separator)?, 4, 4)?;
    if rest.chars().next().is_some_and(char::is_alphanumeric) {
        return None;
    }
    match (date(year, second, first), date(year, first, second)) {
        (Some(one), Some(other)) => (one == other).then_some(one),
        (one, other) => one.or(other),
    }
}

/// "Wed, 13 Mar 2024 08:30:00 GMT", "March 13, 2024", "13th March 2024 at 9:30".
fn in_words(text: &str) -> Option<Date> {
    let (mut year, mut of_year, mut day) = (None, None, None);
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '/' | '-' | '.'));
    for word in words.filter(|word| !word.is_empty()).take(8) {
        if let Some(number) = month(word) {
            if of_year.replace(number).is_some() {
                return None;
            }
            continue;
        }
        let number = word
            .strip_suffix("th")
            .or_else(|| word.strip_suffix("st"))
            .or_else(|| word.strip_suffix("nd"))
            .or_else(|| word.strip_suffix("rd"))
            .unwrap_or(word);
        if let Some((number, "")) = digits(number, 1, 4) {
            match word.len() {
                4 if year.is_none() && number >= 1000 => year = Some(number),
                _ if day.is_none() && (1..=31).contains(&number) => day = Some(number),
                _ => return None,
            }
        } else if of_year.is_none() && day.is_none() && !is_weekday(word) {
            return None;
        }
        if let (Some(year), Some(of_year), Some(day)) = (year, of_year, day) {
            return date(year, of_year, day);
        }
    }
    None
}

/// The number of a month by its name or abbreviation.
pub(crate) fn month(word: &str) -> Option<i32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.trim_end_matches('.').to_ascii_lowercase();
    if word == "sept" {
        return Some(9);
    }
    let at =
        MONTHS.iter().position(|&name| name == word || (word.len() == 3 && name[..3] == word))?;
    Some(at as i32 + 1)
}

fn is_weekday(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().any(|day| word.starts_with(day))
}

/// The number at the start of `text`, of `least` to `most` digits and no more, and the rest.
fn digits(text: &str, least: usize, most: usize) -> Option<(i32, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let number = (least..=most).contains(&length).then(|| text[..length].parse().ok()).flatten()?;
    Some((number, &text[length..]))
}

fn date(year: i32, month: i32, day: i32) -> Option<Date> {
    let (year, month, day) = (year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?);
    (1500..2200).contains(&year).then(|| Date::new(year, month, day).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_dates_are_read_in_every_usual_form() {
        for text in [
            "2024-03-13",
            "2024/03/13",
            "2024-03-13T23:59:59-05:00",
            "2024-03-13 09:30:00",
            "20240313T093000Z",
            "Wed, 13 Mar 2024 08:30:00 GMT",
            "March 13, 2024",
            "Mar. 13, 2024 at 9:30 a.m.",
            "13 March 2024",
            "Wednesday 13th March 2024",
            "13/03/2024",
            "3/13/2024",
            "13-Mar-2024",
        ] {
            assert_eq!(parse(text).map(|d| d.to_string()).as_deref(), Some("2024-03-13"), "{text}");
        }
    }

    #[test]
    fn a_date_is_never_guessed() {
        for text in [
            "03/04/2024",
            "March 13",
            "2024",
            "2024-13-40",
            "13 Mar 24",
            "yesterday",
            "",
            "2882015",
            "The 13 ports closed in March 2024",
            "20240313888",
            "May 2024",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_are_seconds_or_milliseconds() {
        assert_eq!(from_number(1_710_288_000), parse("2024-03-13"));
        assert_eq!(from_number(1_710_288_000_000), parse("2024-03-13"));
        assert_eq!(from_number(20), None);
    }
}
