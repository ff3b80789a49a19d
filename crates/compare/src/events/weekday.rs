//! A weekday that is not the day's: "Monday, March 19" where March 19 is a Wednesday.
//!
//! ```text
//! The hearing is set for Monday, March 19, 2031.   →   19 March 2031 is a Wednesday
//! ```
//!
//! Without a year the weekday must be wrong in the years beside the report's too. Not handled:
//! weekday and date in two sentences.

use crate::show;
use crate::{Item, Subject};
use onrecord_model::{Date, Finding, FindingKind, Span};
use serde::{Deserialize, Serialize};
use serde_json::{Map, json};

pub(super) const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A date whose weekday is another's.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Odd {
    odd: Span,
    words: String,
    day: String,
}

/// The dates of a report that name another's weekday.
pub(super) fn odd(subject: Subject<'_>) -> Vec<Odd> {
    let times = subject.analysis.times.iter();
    let odd = times.filter_map(|time| {
        let words = time.span.of(&subject.report.text);
        let lower = words.to_lowercase();
        let mut parts = lower
            .split(|c: char| !c.is_alphanumeric())
            .filter(|part| !part.is_empty() && !matches!(*part, "the" | "on" | "of"));
        let weekday = WEEKDAYS.iter().position(|day| Some(*day) == parts.clone().next())?;
        parts.next();
        let (mut month, mut day, mut year) = (None, None, None);
        for part in parts {
            let digits = part.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            let number = digits
                .parse::<i16>()
                .ok()
                .filter(|_| part.starts_with(|c: char| c.is_ascii_digit()));
            match number {
                Some(number) if digits.len() == 4 && year.is_none() => year = Some(number),
                Some(number) if (1..=31).contains(&number) && day.is_none() => {
                    day = Some(number as i8)
                }
                // A clock time, a second date: not sure enough.
                Some(_) => return None,
                None => {
                    let known = MONTHS.iter().position(|month| part.starts_with(month));
                    if month.is_some() || known.is_none() {
                        return None;
                    }
                    month = known;
                }
            }
        }
        let (month, day) = (month? as i8 + 1, day?);
        let near = match year {
            Some(year) => vec![year],
            None => {
                let year = time.value.get(..4)?.parse::<i16>().ok()?;
                vec![year, year - 1, year + 1]
            }
        };
        let fits = |year: &i16| {
            Date::new(*year, month, day)
                .is_ok_and(|date| date.weekday().to_monday_zero_offset() as usize == weekday)
        };
        let date = Date::new(near[0], month, day).ok()?;
        let is_odd = !near.iter().any(fits);
        is_odd.then(|| Odd { odd: time.span, words: show::short(words, 60), day: date.to_string() })
    });
    odd.collect()
}

impl Odd {
    pub(super) fn finding(&self, item: &Item) -> Finding {
        let reading = format!(
            "{} has \"{}\"; {}.",
            show::report(item),
            self.words,
            self.day.parse::<Date>().map_or_else(
                |_| self.day.clone(),
                |day| day.strftime("%-d %B %Y is a %A").to_string()
            )
        );
        let mut detail = Map::new();
        detail.insert("day".to_owned(), json!(self.day));
        let evidence = vec![show::evidence(&item.id, self.odd, "weekday")];
        // 9,387 real reports showed two of one story, both right.
        Finding { kind: FindingKind::DateDiffers, reading, confidence: 0.5, evidence, detail }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_model::{Analysis, Report, Timex, TimexType};

    /// The day that a date with a weekday is found to be, where the weekday is another's.
    fn found(words: &str, value: &str) -> Option<String> {
        let report = Report { text: words.to_owned(), ..Report::default() };
        let time = Timex {
            span: Span::new(0, words.len()),
            kind: TimexType::Date,
            value: value.to_owned(),
            modifier: None,
        };
        let analysis = Analysis { times: vec![time], ..Analysis::default() };
        let subject = Subject { name: "001", report: &report, analysis: &analysis };
        odd(subject).pop().map(|odd| odd.day)
    }

    #[test]
    fn a_weekday_of_another_day_is_found() {
        let wednesday = Some("2031-03-19".to_owned());
        assert_eq!(found("Monday, March 19, 2031", "2031-03-19"), wednesday);
        assert_eq!(found("Monday, March 19", "2031-03-19"), wednesday);
        assert_eq!(found("Wednesday, March 19", "2031-03-19"), None);
        // Of the year before or after.
        assert_eq!(found("Friday, March 19", "2031-03-19"), None);
        assert_eq!(found("Tuesday, March 19", "2031-03-19"), None);
        assert_eq!(found("Monday, March 19 or 20", "2031-03-19"), None);
    }
}
