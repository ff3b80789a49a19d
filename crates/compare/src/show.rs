//! How findings speak of reports, dates and counts.
//!
//! ```text
//! 002 (Port Gazette, 4 March)      three reports      "would be a mistake"
//! ```

use crate::{Item, ItemId};
use onrecord_model::{Date, Evidence, Span};
use serde_json::{Value, json};

/// A report by its name, with outlet and day where they are known.
pub(crate) fn report(item: &Item) -> String {
    let day = item.published.map(day);
    match (item.outlet.as_deref(), day) {
        (Some(outlet), Some(day)) => format!("{} ({outlet}, {day})", item.id.report),
        (Some(outlet), None) => format!("{} ({outlet})", item.id.report),
        (None, Some(day)) => format!("{} ({day})", item.id.report),
        (None, None) => item.id.report.clone(),
    }
}

/// A day as a sentence has it: "4 March".
fn day(date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = usize::try_from(date.month()).map_or(0, |month| month - 1);
    format!("{} {}", date.day(), MONTHS[month])
}

/// "one report", "three reports".
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    const WORDS: [&str; 11] =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let noun = if number == 1 { one } else { many };
    match WORDS.get(number) {
        Some(word) => format!("{word} {noun}"),
        None => format!("{number} {noun}"),
    }
}

/// The same, at the beginning of a sentence.
pub(crate) fn count_first(number: usize, one: &str, many: &str) -> String {
    capital(&count(number, one, many))
}

/// With its first letter a capital.
pub(crate) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + chars.as_str())
}

/// A day as ISO has it in words, with its year where the other day is of another: "4 March 2031".
pub(crate) fn day_of(iso: &str, other: &str) -> String {
    let Ok(date) = iso.parse::<Date>() else { return iso.to_owned() };
    if iso.get(..4) == other.get(..4) {
        day(date)
    } else {
        format!("{} {}", day(date), date.year())
    }
}

/// "001", "001 and 002", "001, 002 and 003"; of many the first ones and how many more.
pub(crate) fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first, rest @ ..] if rest.len() > 4 => {
            format!("{first}, {}, {} and {} more", rest[0], rest[1], rest.len() - 2)
        }
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Words in quotation marks, on one line, shortened in the middle where they are many.
pub(crate) fn quote(words: &str) -> String {
    format!("\"{}\"", short(words, 90))
}

/// Words on one line, at most about `limit` characters of them.
pub(crate) fn short(words: &str, limit: usize) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    let line = words.join(" ");
    if line.chars().count() <= limit {
        return line;
    }
    let half = limit / 2;
    let mut head = String::new();
    for word in &words {
        if head.chars().count() + word.chars().count() > half {
            break;
        }
        head.push_str(word);
        head.push(' ');
    }
    let mut tail = String::new();
    for word in words.iter().rev() {
        if tail.chars().count() + word.chars().count() > half {
            break;
        }
        tail = format!(" {word}{tail}");
    }
    format!("{}…{}", head.trim_end(), tail)
}

/// Evidence in one report.
pub(crate) fn evidence(id: &ItemId, span: Span, role: &str) -> Evidence {
    Evidence { report: id.report.clone(), span, role: role.to_owned() }
}

/// A span as `detail` has it: with its report, in bytes. [`crate::each_detail_span`] finds them.
pub(crate) fn place(id: &ItemId, span: Span) -> Value {
    json!({"report": id.report, "span": span})
}

/// An item's or link's body, read back. The comparison wrote it itself.
pub(crate) fn body<T: serde::de::DeserializeOwned>(body: &str) -> Option<T> {
    serde_json::from_str(body).ok()
}

/// A body, as text.
pub(crate) fn written<T: serde::Serialize>(body: &T) -> String {
    serde_json::to_string(body).expect("bodies are plain data with text keys")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_lose_their_middle() {
        assert_eq!(short("a b", 10), "a b");
        assert_eq!(short("one two three four five six seven", 20), "one two… six seven");
    }

    #[test]
    fn many_names_are_counted() {
        let names: Vec<String> = (1..=7).map(|n| format!("00{n}")).collect();
        assert_eq!(list(&names[..3]), "001, 002 and 003");
        assert_eq!(list(&names), "001, 002, 003 and 4 more");
    }
}
