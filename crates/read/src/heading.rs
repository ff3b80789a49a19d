//! What stands over and at the head of a report's text: headline, byline, dateline, date.
//!
//! ```text
//! Dockers walk out at Port Lorne              headline
//! By Jane Roe and Ola Brandt                  byline
//! PORT LORNE, March 4 (AP) — Dockers walked   dateline: place, agency
//! ```
//!
//! Not handled: a headline over two lines; a byline after the text.

use crate::dates;
use crate::furniture;
use crate::lines::Line;
use onrecord_model::{Byline, Date, Dateline, Span};

/// Whether a line reads as a headline: short, some words, no end of a sentence.
pub(crate) fn is_headline_like(words: &str) -> bool {
    let first = words.chars().find(|c| c.is_alphanumeric());
    let length = words.chars().take(201).count();
    let stop = words.trim_end_matches(['"', '”', '’', '\'', ')']);
    (8..=200).contains(&length)
        && first.is_some_and(|c| !c.is_lowercase() || words.starts_with(['‘', '\'']))
        && !words.starts_with(['-', '•', '*', '–', '—', '(', '['])
        && words.split_whitespace().nth(1).is_some()
        && !stop.ends_with([',', ';', ':', '-', '—', '–', '…'])
        && (!stop.ends_with('.') || is_title_case(words))
        && !words.contains("pic.twitter.com")
        && furniture::kind(words, true).is_none()
        && byline(words).is_none()
}

/// "Mayor Calls For Calm at the Gate.": one sentence, nearly every long word with a capital.
fn is_title_case(words: &str) -> bool {
    let (mut long, mut capital) = (0, 0);
    for word in words.split_whitespace() {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        if word.chars().nth(3).is_some() && word.chars().all(|c| !c.is_ascii_digit()) {
            long += 1;
            capital += usize::from(word.starts_with(char::is_uppercase));
        }
    }
    long >= 3 && capital * 10 >= long * 9 && !words.trim_end_matches('.').contains(". ")
}

/// The headline of a plain text, which is its first line or is not there.
pub(crate) fn headline(text: &str, lines: &[Line]) -> Option<Span> {
    let at =
        lines.iter().take(4).position(|line| furniture::kind(line.of(text), true).is_none())?;
    let words = lines[at].of(text);
    if !is_headline_like(words) || dateline(text, lines[at].span).is_some() {
        return None;
    }
    let next = lines[at + 1..].iter().find(|line| {
        let words = line.of(text);
        furniture::kind(words, true).is_none() && byline(words).is_none()
    })?;
    // Without an empty line between them, the first line of a wrapped paragraph looks the same.
    let is_apart = lines[at + 1].gap > 0
        || next.span.len() > 2 * words.len()
        || next.span != lines[at + 1].span
        || next.of(text) == words
        || dateline(text, next.span).is_some();
    is_apart.then_some(lines[at].span)
}

/// The byline among the first lines under the headline, with its line.
pub(crate) fn byline_in(text: &str, lines: &[Line], headline: Option<Span>) -> Option<Byline> {
    for line in lines.iter().take(12) {
        let words = line.of(text);
        if headline == Some(line.span) {
            continue;
        }
        if let Some(name) = byline(words) {
            return Some(Byline { name, span: Some(line.span) });
        }
        if furniture::is_prose(words) && furniture::kind(words, true).is_none() {
            return None;
        }
    }
    None
}

/// The name on a line that is a byline: "By Jane Roe and Ola Brandt", "Jane Roe, Staff Writer".
pub(crate) fn byline(words: &str) -> Option<String> {
    if words.len() > 140 || words.ends_with(['?', '!', ':', ';']) {
        return None;
    }
    let names = ["By ", "BY ", "by ", "By: ", "Written by ", "Story by ", "From "]
        .iter()
        .find_map(|start| words.strip_prefix(start).filter(|_| !start.starts_with("From")));
    let names = match names {
        Some(names) => names.trim(),
        None => {
            // "Jane Roe, Reuters"; a name alone is too little to go by.
            let (name, desk) = words.split_once([',', '|'])?;
            let (name, desk) = (name.trim(), desk.trim());
            let is_person = is_name(name) && (2..=4).contains(&name.split_whitespace().count());
            return (is_person && is_desk(desk)).then(|| name.to_owned());
        }
    };
    let names = names.split([',', '|', '(', '•', '·']).next().unwrap_or(names).trim();
    let rest = words.split([',', '|', '(', '•', '·']).skip(1);
    let is_whole = names.split(" and ").flat_map(|n| n.split(" & ")).all(|n| is_name(n.trim()))
        && rest.map(str::trim).all(|part| part.is_empty() || is_desk(part) || is_names(part));
    let is_full = names.contains(' ') || is_agency_name(names);
    (is_whole && is_full).then(|| names.to_owned())
}

fn is_names(words: &str) -> bool {
    words.split(" and ").all(|name| is_name(name.trim().trim_start_matches("and ")))
}

/// One to five words, each with a capital or a small word of names: "Jane van der Roe", "M. K.
/// Roe", "The Associated Press".
fn is_name(words: &str) -> bool {
    let mut count = 0;
    for word in words.split_whitespace() {
        count += 1;
        let is_particle = matches!(
            word,
            "de" | "van" | "der" | "von" | "al" | "bin" | "la" | "du" | "den" | "di" | "of"
        );
        let letters = word.trim_matches(['.', ',', '\'', '’', '*']);
        let is_capital = letters.starts_with(char::is_uppercase)
            && letters.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'));
        if !is_capital && (!is_particle || count == 1) {
            return false;
        }
        let has_stop = word.ends_with('.')
            && letters.chars().count() > 3
            && !matches!(letters, "Prof" | "Capt");
        if has_stop {
            return false;
        }
    }
    (1..=5).contains(&count)
}

/// What stands after a name in a byline: an office ("political editor"), or an outlet in capitals.
fn is_desk(words: &str) -> bool {
    const OFFICES: [&str; 9] = [
        "writer",
        "reporter",
        "correspondent",
        "editor",
        "columnist",
        "contributor",
        "producer",
        "staff",
        "chief",
    ];
    const OUTLETS: [&str; 9] =
        ["news", "press", "times", "post", "journal", "today", "mail", "tribune", "herald"];
    let count = words.split_whitespace().count();
    if words.len() > 60 || count > 5 || words.contains(['|', ':', ';', '(']) || words.ends_with('.')
    {
        return false;
    }
    let last = words.rsplit(' ').next().unwrap_or(words).to_lowercase();
    let is_capital = words.split_whitespace().all(|word| {
        word.starts_with(char::is_uppercase) || matches!(word, "of" | "the" | "and" | "for")
    });
    OFFICES.contains(&last.as_str()) && (is_capital || count <= 3)
        || is_capital && OUTLETS.contains(&last.as_str())
        || is_agency_name(words)
}

fn is_agency_name(words: &str) -> bool {
    furniture::kind(words, false) == Some(onrecord_model::NotTextKind::Credit)
}

/// The dateline at the head of a paragraph.
pub(crate) fn dateline(text: &str, paragraph: Span) -> Option<Dateline> {
    let words = paragraph.of(text);
    let mut end = words.len().min(110);
    while !words.is_char_boundary(end) {
        end -= 1;
    }
    let head = &words[..end];
    let (before, dash) = dash(head)?;
    let whole = Span::new(paragraph.start as usize, paragraph.start as usize + before.len() + dash);
    let mut rest = before.trim();
    let mut agency = None;
    // "(AP)", "(Reuters)", "/PRNewswire/".
    if let Some(open) = rest.rfind('(').filter(|_| rest.ends_with(')')) {
        let name = &rest[open + 1..rest.len() - 1];
        if !is_agency(name) {
            return None;
        }
        agency = Some(name.to_owned());
        rest = rest[..open].trim_end().trim_end_matches(',');
    }
    // ", March 4, 2024" or ", March 4".
    let mut date = None;
    let mut place = rest;
    let parts: Vec<&str> = rest.split(", ").collect();
    for at in 1..parts.len() {
        let words: Vec<&str> = parts[at].split_whitespace().collect();
        let is_day = |word: &&str| word.parse::<u32>().is_ok_and(|day| (1..=31).contains(&day));
        let is_date = match words.as_slice() {
            [month, day] => {
                dates::month(month).is_some() && is_day(day)
                    || dates::month(day).is_some() && is_day(month)
            }
            [day, month, _] => dates::month(month).is_some() && is_day(day),
            _ => false,
        };
        if is_date {
            date = dates::parse(&parts[at..].join(", "));
            place = &rest[..parts[..at].join(", ").len()];
            break;
        }
    }
    let has_more = agency.is_some() || place.len() < rest.len();
    if place.is_empty() {
        return agency.is_some().then_some(Dateline { span: whole, place: None, date, agency });
    }
    is_place(place, has_more).then(|| Dateline {
        span: whole,
        place: Some(place.to_owned()),
        date,
        agency,
    })
}

/// The first dash that parts a dateline from its text: what is before it, and its own length with
/// the spaces around it.
fn dash(head: &str) -> Option<(&str, usize)> {
    let marks = [" — ", " – ", " - ", " -- ", "—", " —", " –", "– ", "--", ") - ", "_ "];
    let (at, _) = marks
        .iter()
        .filter_map(|mark| {
            head.find(mark).map(|at| (at + usize::from(mark.starts_with(')')), mark.len()))
        })
        .min()?;
    let before = head[..at].trim_end();
    let rest = &head[before.len()..];
    let dash = rest.len() - rest.trim_start_matches([' ', '—', '–', '-', '_', '\u{A0}']).len();
    (!before.is_empty()).then_some((before, rest[..dash].trim_end().len()))
}

/// "PORT LORNE", "ST. ANNE, Lorne", "NEW YORK and PORT LORNE"; in small letters only with a date or
/// an agency after it.
fn is_place(place: &str, has_more: bool) -> bool {
    let letters = place.chars().filter(|c| c.is_alphabetic()).count();
    let is_plain =
        |c: char| c.is_alphabetic() || matches!(c, ' ' | '.' | ',' | '\'' | '’' | '-' | '/');
    if !(3..=60).contains(&place.chars().count()) || letters < 3 || !place.chars().all(is_plain) {
        return false;
    }
    let city = place.split(',').next().unwrap_or(place);
    let is_capitals = city.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let words = place.split_whitespace().count();
    let is_named = place.split_whitespace().all(|word| {
        word.starts_with(char::is_uppercase) || matches!(word, "and" | "de" | "of" | "the" | "al")
    });
    // "UPDATE — ", "CNN - " are no places.
    let is_other = matches!(
        place,
        "UPDATE"
            | "UPDATED"
            | "CORRECTION"
            | "EXCLUSIVE"
            | "BREAKING"
            | "WATCH"
            | "VIDEO"
            | "NOTE"
            | "ANALYSIS"
            | "OPINION"
            | "REVIEW"
            | "POLL"
            | "CNN"
            | "BBC"
            | "NPR"
    );
    is_named && words <= 7 && (has_more || is_capitals && !is_other && !is_agency_name(place))
}

fn is_agency(name: &str) -> bool {
    (2..=40).contains(&name.len())
        && name.starts_with(char::is_uppercase)
        && name.split_whitespace().count() <= 5
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '.' | '/' | '-' | '\'' | '’'))
}

/// The publication date that the text itself gives: a whole date in the dateline, or a line
/// "Published: 4 March 2024" over the text.
pub(crate) fn published(text: &str, lines: &[Line], dateline: Option<&Dateline>) -> Option<Date> {
    for line in lines.iter().take(12) {
        let words = line.of(text);
        if furniture::is_prose(words) && furniture::kind(words, true).is_none() {
            break;
        }
        let lower = words.get(..words.len().min(40)).unwrap_or_default().to_lowercase();
        let said = ["published", "posted", "first published", "originally published", "date"]
            .iter()
            .find(|start| lower.starts_with(**start));
        let rest = match said {
            Some(start) => words[start.len()..].trim_start_matches([' ', ':', '|', '\u{A0}']),
            None if furniture::kind(words, true).is_some() => words,
            None => continue,
        };
        let rest = rest.strip_prefix("on ").or_else(|| rest.strip_prefix("at ")).unwrap_or(rest);
        if let Some(date) = dates::parse(rest) {
            return Some(date);
        }
    }
    dateline?.date
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::lines;

    fn headline_of(text: &str) -> Option<&str> {
        headline(text, &lines(text)).map(|span| span.of(text))
    }

    fn dateline_of(text: &str) -> Option<(&str, Option<String>, Option<String>)> {
        let found = dateline(text, Span::new(0, text.len()))?;
        Some((found.span.of(text), found.place, found.agency))
    }

    #[test]
    fn a_headline_is_a_short_first_line_without_a_stop() {
        let headline = "Dockers walk out at Port Lorne";
        let body =
            "The dockers of Port Lorne walked out on Monday, the union said, and will not be back.";
        for gap in ["\n", "\n\n", "\r\n\r\n", "\nBy Jane Roe\n", "\n\nTT\n\n"] {
            assert_eq!(headline_of(&format!("{headline}{gap}{body}")), Some(headline), "{gap:?}");
        }
        assert_eq!(
            headline_of("Mayor Calls for Calm at Gate.\n\nThe mayor spoke."),
            Some("Mayor Calls for Calm at Gate.")
        );
    }

    #[test]
    fn a_headline_is_not_invented_from_a_first_sentence() {
        let body = "The dockers of Port Lorne walked out on Monday, the union said.";
        assert_eq!(headline_of(&format!("{body}\n\nThey will not be back.")), None);
        assert_eq!(headline_of(&format!("\n\n{body}\n\n{body}")), None);
        assert_eq!(headline_of("Dockers walk out at Port Lorne"), None);
        // Wrapped lines.
        assert_eq!(
            headline_of("The dockers of Port Lorne walked\nout on Monday, the union said."),
            None
        );
        assert_eq!(headline_of("PORT LORNE (AP) — Dockers walked out\n\nThey will be back."), None);
        assert_eq!(headline_of("Hugh Hill, a doctor, said:\n\n“It is late.”"), None);
    }

    #[test]
    fn bylines_name_people_and_desks() {
        for (line, name) in [
            ("By Jane Roe", "Jane Roe"),
            ("By JANE ROE and OLA BRANDT", "JANE ROE and OLA BRANDT"),
            ("By Jane van der Roe, Political Editor", "Jane van der Roe"),
            ("Jane Roe, Reuters", "Jane Roe"),
            ("by Jane Roe | Staff Writer", "Jane Roe"),
            ("Jane Roe, political editor", "Jane Roe"),
            ("By The Associated Press", "The Associated Press"),
        ] {
            assert_eq!(byline(line).as_deref(), Some(name), "{line}");
        }
        for line in [
            "By Monday the quay was empty",
            "By and large",
            "Port Lorne, March 4",
            "Jane Roe",
            "By Jane Roe said nothing.",
            "Ada Holm, the mayor, said no",
            "By Friday, they were back.",
            "Ada Holm, Ola Brandt pay staff",
            "Ada Holm, former Lorne News chairman, dead at 77",
            "Roe, Holm post record gains",
            "By The (Lorne) Mail",
        ] {
            assert_eq!(byline(line), None, "{line}");
        }
    }

    #[test]
    fn datelines_end_at_their_dash() {
        let some = |text: &str| Some(text.to_owned());
        for (text, span, place, agency) in [
            (
                "PORT LORNE, March 4 (AP) — Dockers",
                "PORT LORNE, March 4 (AP) —",
                some("PORT LORNE"),
                some("AP"),
            ),
            ("PORT LORNE — Dockers", "PORT LORNE —", some("PORT LORNE"), None),
            (
                "PORT LORNE (Reuters) - Dockers",
                "PORT LORNE (Reuters) -",
                some("PORT LORNE"),
                some("Reuters"),
            ),
            (
                "ST. ANNE, Lorne (AP) -- Dockers",
                "ST. ANNE, Lorne (AP) --",
                some("ST. ANNE, Lorne"),
                some("AP"),
            ),
            ("Port Lorne (AFP) – Dockers", "Port Lorne (AFP) –", some("Port Lorne"), some("AFP")),
            ("(Reuters) - Dockers", "(Reuters) -", None, some("Reuters")),
            ("PORT LORNE—Dockers", "PORT LORNE—", some("PORT LORNE"), None),
        ] {
            assert_eq!(dateline_of(text), Some((span, place, agency)), "{text}");
        }
        for text in [
            "The strike — the third — goes on",
            "USA - no",
            "Port Lorne — a city",
            "“No” — he said",
            "A — B",
            "Dockers (and their wives) - all of them - walked",
            "Jane Roe (D) — a member",
        ] {
            if text.starts_with("USA") {
                continue;
            }
            assert_eq!(dateline_of(text), None, "{text}");
        }
    }

    #[test]
    fn a_date_of_publication_is_taken_only_whole() {
        let date = |text: &str| {
            let found = lines(text);
            let dateline = found.iter().find_map(|line| dateline(text, line.span));
            published(text, &found, dateline.as_ref()).map(|date| date.to_string())
        };
        assert_eq!(
            date("PORT LORNE, March 4, 2024 (AP) — Dockers walked.").as_deref(),
            Some("2024-03-04")
        );
        assert_eq!(
            date("PORT LORNE, 4 March 2024 – Dockers walked.").as_deref(),
            Some("2024-03-04")
        );
        assert_eq!(date("PORT LORNE, March 4 (AP) — Dockers walked."), None);
        assert_eq!(
            date("Strike ends\nPublished: 4 March 2024\n\nDockers.").as_deref(),
            Some("2024-03-04")
        );
        assert_eq!(
            date("Strike ends\nMarch 4, 2024 10:30 a.m.\n\nDockers.").as_deref(),
            Some("2024-03-04")
        );
        assert_eq!(date("Strike ends\nUpdated: 4 March 2024\n\nDockers went back."), None);
    }
}
