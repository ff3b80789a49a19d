//! What is changed in a real report: a word of a quotation, its speaker, a figure, a name, a day.
//!
//! ```text
//! “We will not wait another winter,” said Orla Fenn.   →   … another bridges …   or   … said Piet Vaals.
//! ```
//!
//! Not handled: quotations without “ ” or " "; speakers who stand before their words.

use super::chance::Chance;
use super::grammar::names;
use super::write::written;

/// What was done to the words of a report.
pub(super) enum Done {
    Quotation { from: String, to: String, at: u32, speaker: String },
    Speaker { other: String, speaker: String },
    Figure { from: f64, to: f64 },
    Name { from: String, to: String },
    Date { from: String, to: String },
}

/// New words for a stretch of one paragraph.
pub(super) struct Edit {
    pub(super) paragraph: usize,
    /// In bytes of the paragraph: what is replaced.
    pub(super) at: (usize, usize),
    pub(super) new: String,
    /// What is marked in either report: bytes before, and after.
    pub(super) mark: [(usize, usize); 2],
    pub(super) done: Done,
}

/// Something changed in one of the paragraphs.
pub(super) fn edit(chance: &mut Chance, paragraphs: &[&str]) -> Option<Edit> {
    let kind = chance.below(100);
    let mut places: Vec<usize> = (0..paragraphs.len()).collect();
    chance.shuffle(&mut places);
    places.into_iter().find_map(|place| {
        let paragraph = paragraphs[place];
        match kind {
            0..=49 => changed_word(chance, place, paragraph),
            50..=64 => other_speaker(place, paragraph, paragraphs),
            65..=79 => mistyped(chance, place, paragraph),
            80..=89 => spelled(place, paragraph, paragraphs),
            _ => other_day(chance, place, paragraph),
        }
    })
}

/// Quoted stretches of a paragraph, in bytes, without their marks.
fn quotations(paragraph: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in paragraph.char_indices() {
        match (open, c) {
            (None, '“' | '"') => open = Some(at + c.len_utf8()),
            (Some(from), '”' | '"') => {
                found.push((from, at));
                open = None;
            }
            _ => {}
        }
    }
    found
}

/// Who says what stands before byte `at`, without a title: ", Orla Fenn said", ", said Sen. Orla
/// Fenn". Not where the name goes on: half a name is nobody's.
fn attribution(paragraph: &str, at: usize) -> Option<(usize, usize)> {
    let close = paragraph[at..].chars().next()?.len_utf8();
    let rest = &paragraph[at + close..];
    let place = |word: &str| word.as_ptr() as usize - paragraph.as_ptr() as usize;
    let is_name = |word: &str| {
        let plain = word.trim_end_matches([',', '.']);
        plain.len() > 2
            && plain.starts_with(char::is_uppercase)
            && plain.chars().skip(1).all(|c| c.is_lowercase())
            && !matches!(plain, "The" | "Mr" | "Mrs" | "Ms" | "But" | "And" | "She" | "Her" | "His")
    };
    let is_said = |word: &str| matches!(word.trim_end_matches([',', '.']), "said" | "says");
    let is_title = |word: &str| word.ends_with('.') && word.starts_with(char::is_uppercase);
    let mut words = rest.split_whitespace().take(7).peekable();
    let is_said_before = words.next_if(|word| is_said(word)).is_some();
    words.next_if(|word| is_title(word));
    let mut names: Vec<&str> = Vec::new();
    while let Some(name) = words.next_if(|word| is_name(word)) {
        names.push(name);
        if name.ends_with([',', '.']) {
            break;
        }
    }
    let (first, last) = (names.first()?, names.last()?);
    let ends = last.ends_with([',', '.']);
    let is_whole = match words.peek() {
        Some(next) if is_said_before => ends || !next.starts_with(char::is_uppercase),
        Some(next) => !ends && is_said(next),
        None => is_said_before,
    };
    let end = place(last) + last.trim_end_matches([',', '.']).len();
    (is_whole && (2..=3).contains(&names.len())).then(|| (place(first), end))
}

fn changed_word(chance: &mut Chance, place: usize, paragraph: &str) -> Option<Edit> {
    let told = quotations(paragraph).into_iter().find_map(|(from, to)| {
        let ends = paragraph[..to].ends_with([',', '.', '?', '!']);
        let by = attribution(paragraph, to).filter(|_| ends)?;
        let long = (10..60).contains(&paragraph[from..to].split_whitespace().count());
        long.then_some((from, to, by))
    });
    let (from, to, by) = told?;
    let quote = &paragraph[from..to];
    let words: Vec<&str> = quote.split_whitespace().collect();
    let is_plain = |word: &str| word.len() >= 5 && word.bytes().all(|b| b.is_ascii_lowercase());
    let candidates: Vec<usize> = (2..words.len() - 1).filter(|&at| is_plain(words[at])).collect();
    if candidates.is_empty() {
        return None;
    }
    let at = *chance.pick(&candidates);
    let old = words[at];
    // Another word of the same ending, so that it reads on.
    let others = [
        ["delayed", "ignored", "praised"],
        ["waiting", "turning", "building"],
        ["quickly", "rarely", "quietly"],
        ["bridges", "letters", "winters"],
        ["harbour", "winter", "silver"],
    ];
    let endings = ["ed", "ing", "ly", "s"];
    let row = endings.iter().position(|ending| old.ends_with(ending)).unwrap_or(4);
    let new = others[row].iter().find(|new| **new != old)?;
    let start = from + (old.as_ptr() as usize - quote.as_ptr() as usize);
    Some(Edit {
        paragraph: place,
        at: (start, start + old.len()),
        new: (*new).to_owned(),
        mark: [(from, to), (from, to + new.len() - old.len())],
        done: Done::Quotation {
            from: old.to_owned(),
            to: (*new).to_owned(),
            at: at as u32,
            speaker: paragraph[by.0..by.1].to_owned(),
        },
    })
    .filter(|edit| edit.mark[1].1 > edit.mark[1].0)
}

fn other_speaker(place: usize, paragraph: &str, paragraphs: &[&str]) -> Option<Edit> {
    let told = quotations(paragraph).into_iter().find_map(|(from, to)| {
        let long = (10..60).contains(&paragraph[from..to].split_whitespace().count());
        Some((from, to, attribution(paragraph, to).filter(|_| long)?))
    });
    let (from, to, by) = told?;
    let speaker = &paragraph[by.0..by.1];
    let mut others = paragraphs.iter().flat_map(|other| {
        let told = quotations(other).into_iter();
        told.filter_map(|(_, end)| attribution(other, end)).map(|by| other[by.0..by.1].to_owned())
    });
    let parts: Vec<&str> = speaker.split(' ').collect();
    let other = others.find(|other| !parts.iter().any(|part| other.contains(part)))?;
    Some(Edit {
        paragraph: place,
        at: by,
        new: other.clone(),
        mark: [(from, to); 2],
        done: Done::Speaker { other, speaker: speaker.to_owned() },
    })
}

fn mistyped(chance: &mut Chance, place: usize, paragraph: &str) -> Option<Edit> {
    let words = paragraph.split(' ');
    let words: Vec<(usize, &str)> =
        words.map(|word| (word.as_ptr() as usize - paragraph.as_ptr() as usize, word)).collect();
    let found = words.windows(2).find_map(|two| {
        let (number, noun) = (two[0].1, two[1].1.trim_end_matches([',', '.']));
        let value: u64 = number.replace(',', "").parse().ok()?;
        // "Orla Fenn, 49, teaches": an age, not a count of teaches.
        let is_count = number.bytes().all(|b| b.is_ascii_digit() || b == b',')
            && number.ends_with(|last: char| last.is_ascii_digit());
        let is_year = (1_900..2_100).contains(&value);
        let counts = noun == "people" || noun.len() > 3 && noun.ends_with('s');
        let is_lower = noun.bytes().all(|b| b.is_ascii_lowercase());
        let is_span =
            matches!(noun, "years" | "days" | "hours" | "minutes" | "months" | "weeks" | "points");
        (is_count && value >= 20 && !is_year && counts && is_lower && !is_span).then_some((
            two[0].0,
            number,
            value,
            noun.len(),
        ))
    });
    let (at, number, value, noun) = found?;
    let new = if chance.percent(50) { value * 10 } else { value + value / 2 + 1 };
    let text = written(new);
    Some(Edit {
        paragraph: place,
        at: (at, at + number.len()),
        mark: [(at, at + number.len() + 1 + noun), (at, at + text.len() + 1 + noun)],
        new: text,
        done: Done::Figure { from: value as f64, to: new as f64 },
    })
}

fn spelled(place: usize, paragraph: &str, paragraphs: &[&str]) -> Option<Edit> {
    let forenames = names().women.iter().chain(&names().men);
    forenames.filter_map(|name| name.split_once('/')).find_map(|(one, other)| {
        [(one, other), (other, one)].into_iter().find_map(|(from, to)| {
            let at = paragraph.find(&format!("{from} "))?;
            let rest = &paragraph[at + from.len() + 1..];
            let surname: String = rest.chars().take_while(|c| c.is_alphabetic()).collect();
            let is_name = surname.len() > 3 && surname.starts_with(char::is_uppercase);
            let is_first = at == 0 || !paragraph[..at].ends_with(char::is_alphabetic);
            // Named in full elsewhere too, the report would have both spellings.
            let full = format!("{from} {surname}");
            let once = paragraphs.iter().map(|of| of.matches(&full).count()).sum::<usize>() == 1;
            (is_name && is_first && once).then(|| Edit {
                paragraph: place,
                at: (at, at + from.len()),
                new: to.to_owned(),
                mark: [
                    (at, at + from.len() + 1 + surname.len()),
                    (at, at + to.len() + 1 + surname.len()),
                ],
                done: Done::Name {
                    from: format!("{from} {surname}"),
                    to: format!("{to} {surname}"),
                },
            })
        })
    })
}

fn other_day(chance: &mut Chance, place: usize, paragraph: &str) -> Option<Edit> {
    let days = &names().days;
    days.iter().find_map(|day| {
        let at = paragraph.find(&format!("on {day}"))?;
        let new =
            days[(days.iter().position(|other| other == day)? + 1 + chance.below(2)) % 7].clone();
        Some(Edit {
            paragraph: place,
            at: (at + 3, at + 3 + day.len()),
            mark: [(at, at + 3 + day.len()), (at, at + 3 + new.len())],
            done: Done::Date { from: day.clone(), to: new.clone() },
            new,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_name_is_no_name() {
        let by = |text: &str| attribution(text, 0).map(|(from, to)| text[from..to].to_owned());
        for (text, name) in [
            ("” said Orla Fenn, a docker", Some("Orla Fenn")),
            ("” Orla Fenn said in Lorne", Some("Orla Fenn")),
            ("” said Orla Fenn Vaals, a docker", Some("Orla Fenn Vaals")),
            ("” said Sen. Orla Fenn, a docker", Some("Orla Fenn")),
            ("” said Orla Fenn Vaals McKorr, a docker", None),
            ("” said Orla McKorr, a docker", None),
        ] {
            assert_eq!(by(text).as_deref(), name, "{text}");
        }
    }
}
