//! Words for a page: reports' words made harmless, numbers and days as people read them.
//!
//! ```text
//! "<b>\u{202e}abc"  →  &lt;b&gt;�abc          12345  →  12,345          2025-03-04  →  4 Mar 2025
//! ```
//!
//! Every string that comes from a report goes through [`t`]: controls and marks that turn the
//! direction of writing show as �, one for one, so that offsets hold.

use maud::{Markup, PreEscaped, html};
use onrecord_engine::brief;
use onrecord_model::{Date, Span};

/// Whether a character could change how the rest of a page reads: controls, marks that override the
/// direction of writing, characters that no text has.
fn is_harmful(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fdd0}'..='\u{fdef}' | '\u{feff}')
        || c.is_control() && !matches!(c, '\n' | '\t')
}

/// A report's words as plain text without what could change how the rest reads.
pub(crate) fn plain(text: &str) -> String {
    text.chars().map(|c| if is_harmful(c) { '\u{fffd}' } else { c }).collect()
}

/// A report's words, for HTML.
pub(crate) fn t(text: &str) -> Markup {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if is_harmful(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    PreEscaped(out)
}

/// Words on one line: white space folded.
pub(crate) fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words on one line, cut at a word after some `most` characters.
pub(crate) fn cut(text: &str, most: usize) -> String {
    let text = line(text);
    if text.chars().count() <= most {
        return text;
    }
    let end = text.char_indices().nth(most).map_or(text.len(), |(at, _)| at);
    let end = text[..end].rfind(' ').filter(|&space| space > end / 2).unwrap_or(end);
    format!("{} …", text[..end].trim_end_matches([',', ';', ':', ' ']))
}

/// A count with a comma at every third digit.
pub(crate) fn n(count: usize) -> String {
    brief::grouped(count)
}

/// "1 report", "12,000 reports".
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", n(number), if number == 1 { one } else { many })
}

/// A number of a text: whole where it is, else with at most two digits after the point.
pub(crate) fn number(value: f64) -> String {
    let size = value.abs();
    let (unit, name) = match size {
        _ if size >= 1e12 => (1e12, " trillion"),
        _ if size >= 1e9 => (1e9, " billion"),
        _ if size >= 1e6 => (1e6, " million"),
        _ => (1.0, ""),
    };
    let value = value / unit;
    let digits = format!("{:.2}", value.abs());
    let (whole, part) = digits.split_once('.').unwrap_or((&digits, ""));
    let part = part.trim_end_matches('0');
    let whole = whole.parse::<usize>().map_or_else(|_| whole.to_owned(), n);
    let sign = if value < 0.0 { "−" } else { "" };
    let point = if part.is_empty() { "" } else { "." };
    format!("{sign}{whole}{point}{part}{name}")
}

/// A day as people write it.
pub(crate) fn day(date: Date) -> String {
    date.strftime("%-d %b %Y").to_string()
}

/// From the first day to the last: "3 to 12 Mar 2025".
pub(crate) fn days(first: Date, last: Date) -> String {
    if first == last {
        return day(first);
    }
    let first = match () {
        () if (first.year(), first.month()) == (last.year(), last.month()) => {
            first.day().to_string()
        }
        () if first.year() == last.year() => first.strftime("%-d %b").to_string(),
        () => day(first),
    };
    format!("{first} to {}", day(last))
}

/// A day, week, month, quarter, season or year as people write it.
pub(crate) fn moment(when: &str) -> String {
    if let Ok(date) = when.parse::<Date>() {
        return day(date);
    }
    let (year, rest) = (when.get(..4).unwrap_or(when), when.get(5..).unwrap_or_default());
    let season = match rest {
        "SP" => Some("spring"),
        "SU" => Some("summer"),
        "FA" => Some("autumn"),
        "WI" => Some("winter"),
        "Q1" => Some("first quarter of"),
        "Q2" => Some("second quarter of"),
        "Q3" => Some("third quarter of"),
        "Q4" => Some("fourth quarter of"),
        "H1" => Some("first half of"),
        "H2" => Some("second half of"),
        _ => None,
    };
    if let Some(season) = season {
        return format!("{season} {year}");
    }
    match (rest.starts_with('W'), brief::first_day(when)) {
        (true, Some(first)) if rest.ends_with("WE") => format!("weekend of {}", day(first)),
        (true, Some(first)) => format!("week of {}", day(first)),
        (false, Some(first)) if rest.len() == 2 => first.strftime("%b %Y").to_string(),
        _ => when.to_owned(),
    }
}

/// A day for HTML.
pub(crate) fn time(date: Option<Date>) -> Markup {
    html! {
        @match date {
            Some(date) => time datetime=(date) { (day(date)) },
            None => span.soft { "undated" },
        }
    }
}

/// The words of a text in lower case, with where they stand.
pub(crate) fn words(text: &str) -> Vec<(String, Span)> {
    let base = text.as_ptr().addr();
    text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’')
        .filter(|word| !word.is_empty())
        .map(|word| {
            let start = word.as_ptr().addr() - base;
            (word.to_lowercase(), Span::new(start, start + word.len()))
        })
        .collect()
}

/// Whether a word says what a statement is about: not one of the little words of every sentence.
pub(crate) fn is_telling(word: &str) -> bool {
    const LITTLE: [&str; 62] = [
        "about", "after", "again", "also", "been", "being", "before", "because", "between", "both",
        "could", "does", "doing", "done", "don't", "don’t", "each", "ever", "every", "from",
        "going", "have", "having", "here", "into", "it's", "it’s", "just", "like", "made", "make",
        "many", "more", "most", "much", "must", "need", "never", "only", "other", "over", "said",
        "same", "should", "some", "still", "such", "than", "that", "their", "them", "then",
        "there", "these", "they", "this", "those", "very", "were", "will", "with", "would",
    ];
    const MORE: [&str; 36] = [
        "during",
        "former",
        "what",
        "when",
        "where",
        "which",
        "while",
        "your",
        "people",
        "year",
        "years",
        "think",
        "know",
        "want",
        "take",
        "time",
        "come",
        "even",
        "think",
        "well",
        "back",
        "good",
        "really",
        "thing",
        "further",
        "without",
        "later",
        "first",
        "second",
        "today",
        "tomorrow",
        "yesterday",
        "another",
        "against",
        "under",
        "among",
    ];
    word.len() >= 4
        && !LITTLE.contains(&word)
        && !MORE.contains(&word)
        && !word.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_change_a_page_shows_as_text() {
        let hostile = "<script>alert('1')</script>\u{202e}\u{1b}[31m\0 \"&";
        assert_eq!(
            t(hostile).0,
            "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;\u{fffd}\u{fffd}[31m\u{fffd} &quot;&amp;"
        );
        assert_eq!(plain(hostile).chars().count(), hostile.chars().count());
        assert_eq!(t("Élan “said”\nשלום").0, "Élan “said”\nשלום");
    }

    #[test]
    fn numbers_and_days_read_as_people_write_them() {
        let told: Vec<String> =
            [0.0, 1234.5, -3.0, 1_300_000.0, 2e9, 0.126].into_iter().map(number).collect();
        assert_eq!(told, ["0", "1,234.5", "−3", "1.3 million", "2 billion", "0.13"]);
        let date = |text: &str| text.parse::<Date>().expect("a day");
        assert_eq!(days(date("2025-03-03"), date("2025-03-12")), "3 to 12 Mar 2025");
        assert_eq!(days(date("2025-02-03"), date("2025-03-12")), "3 Feb to 12 Mar 2025");
        assert_eq!(cut("one two three four", 12), "one two …");
        let told =
            ["2025-03-04", "2025-W10", "2025-W10-WE", "2025-03", "2025-SU", "2025-Q2", "2025"];
        assert_eq!(
            told.map(moment),
            [
                "4 Mar 2025",
                "week of 3 Mar 2025",
                "weekend of 8 Mar 2025",
                "Mar 2025",
                "summer 2025",
                "second quarter of 2025",
                "2025"
            ]
        );
        for odd in ["", "x", "2025-", "2025-99", "2025-W99", "BEFORE_TIMES", "ÄÖÜß-ÄÖ"] {
            moment(odd);
        }
    }
}
