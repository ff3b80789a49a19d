//! The same operations on real reports: copied, trimmed, extended, a word of a quotation changed, a
//! figure mistyped, words given to another, a name or a day written otherwise.
//!
//! ```text
//! real(seed, report 7) → report 7 as it came, then one to three reports made from it
//! ```
//!
//! Real reports have no truth of their own: only what was done is known, so findings between
//! reports as they came are not scored. Not handled: paraphrase; quotations without “ ” or " ".

use super::chance::Chance;
use super::day::Day;
use super::grammar::{capital, frames, names};
use super::truth::{
    Change, Copied, DateTruth, FigureTruth, NameTruth, Points, QuotationTruth, ReportTruth,
    SentenceTruth,
};
use super::world::slot;
use super::{Simulated, write::written};

/// A report as it came.
#[derive(Debug, Clone, Default)]
pub struct Plain {
    /// The paper.
    pub outlet: String,
    /// As ISO 8601.
    pub published: String,
    /// Its first line.
    pub headline: String,
    /// Below it.
    pub text: String,
}

/// What was done to the words of a report.
enum Done {
    Quotation { from: String, to: String, at: u32, speaker: String },
    Speaker { other: String, speaker: String },
    Figure { from: f64, to: f64 },
    Name { from: String, to: String },
    Date { from: String, to: String },
}

/// New words for a stretch of one paragraph.
struct Edit {
    paragraph: usize,
    /// In bytes of the paragraph: what is replaced.
    at: (usize, usize),
    new: String,
    /// What is marked in either report: bytes before, and after.
    mark: [(usize, usize); 2],
    done: Done,
}

/// One real report and what is made of it; `number` is the first one's line. Nothing where it is
/// too short, or too long to be news.
pub fn reports(seed: u64, story: u32, number: u32, plain: &Plain) -> Vec<Simulated> {
    let title = plain.headline.split_whitespace().collect::<Vec<_>>().join(" ");
    // A text that opens with its headline has it once, as it is read: then it begins below it.
    let lines = plain.text.split('\n').map(str::trim).filter(|line| !line.is_empty());
    let letters = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let paragraphs: Vec<&str> = lines.skip_while(|line| letters(line) == letters(&title)).collect();
    let words = plain.text.split_whitespace().count();
    if !(150..2_500).contains(&words) || paragraphs.len() < 4 || plain.headline.trim().is_empty() {
        return Vec::new();
    }
    let mut chance = Chance::of(seed, &[9, u64::from(story)]);
    let mut first = Sheet::of(number, story, plain, &title, &paragraphs);
    first.truth.is_real = true;
    first.truth.operation = "original".to_owned();
    let mut all: Vec<(Sheet, Option<Edit>)> = Vec::new();
    for child in 1..=1 + chance.below(3) as u32 {
        all.push(made(&mut chance, &first, number + child, plain, &title, &paragraphs));
    }
    all.insert(0, (first, None));
    marked(&mut all, &paragraphs);
    all.into_iter().map(|(sheet, _)| sheet.simulated(plain)).collect()
}

/// Marks what each edit is about in every report that carries the paragraph, changed or not, and
/// where the same words are quoted once more: above a text, or between its paragraphs.
fn marked(all: &mut [(Sheet, Option<Edit>)], paragraphs: &[&str]) {
    for editor in 0..all.len() {
        let Some(edit) = all[editor].1.take() else { continue };
        let old = paragraphs[edit.paragraph];
        let changed = format!("{}{}{}", &old[..edit.at.0], edit.new, &old[edit.at.1..]);
        for (place, (sheet, _)) in all.iter_mut().enumerate() {
            if place == editor {
                sheet.mark(&edit, &changed, true);
                sheet.truth.changes.push("changed".to_owned());
            } else if !sheet.edited.contains(&edit.paragraph) {
                sheet.mark(&edit, old, false);
            }
            for (other, paragraph) in paragraphs.iter().enumerate() {
                if other != edit.paragraph && !sheet.edited.contains(&other) {
                    sheet.mark_again(&edit, old, (other, paragraph));
                }
            }
        }
    }
}

/// A report being put together.
struct Sheet {
    text: String,
    at: u32,
    title: String,
    outlet: String,
    /// For each paragraph that stands in it: where it begins.
    starts: Vec<Option<u32>>,
    /// The paragraphs that were changed.
    edited: Vec<usize>,
    truth: ReportTruth,
}

impl Sheet {
    fn of(number: u32, story: u32, plain: &Plain, title: &str, paragraphs: &[&str]) -> Self {
        let truth = ReportTruth {
            report: number,
            story: format!("r{story}"),
            event: format!("r{story}.0"),
            outlet: plain.outlet.clone(),
            published: plain.published.clone(),
            ..ReportTruth::default()
        };
        let mut sheet = Self {
            text: String::new(),
            at: title.chars().count() as u32 + 2,
            title: title.to_owned(),
            outlet: plain.outlet.clone(),
            starts: vec![None; paragraphs.len()],
            edited: Vec::new(),
            truth,
        };
        if number > 0 {
            for (place, paragraph) in paragraphs.iter().enumerate() {
                sheet.starts[place] = Some(sheet.put(paragraph, place as u32));
            }
        }
        sheet
    }

    fn put(&mut self, paragraph: &str, id: u32) -> u32 {
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
            self.at += 2;
        }
        let from = self.at;
        self.at += paragraph.chars().count() as u32;
        self.text.push_str(paragraph);
        let own = own_words(paragraph) as u32;
        self.truth.sentences.push(SentenceTruth { id, span: [from, self.at], own, rewords: None });
        from
    }

    fn simulated(self, plain: &Plain) -> Simulated {
        let line = serde_json::json!({
            "url": format!("https://example.org/{}/{}", self.truth.story, self.truth.report),
            "outlet": self.outlet, "published": plain.published,
            "headline": self.title, "text": self.text,
        });
        Simulated { line: line.to_string(), truth: self.truth }
    }

    /// Marks the words that an edit is about where another paragraph has them too.
    fn mark_again(&mut self, edit: &Edit, old: &str, (place, paragraph): (usize, &str)) {
        let (Done::Quotation { speaker, .. } | Done::Speaker { speaker, .. }) = &edit.done else {
            return;
        };
        let (from, to) = edit.mark[0];
        let words = old[from..to].trim_end_matches([',', '.', '!', '?']);
        let (Some(start), Some(at)) = (self.starts[place], paragraph.find(words)) else { return };
        let points = |byte: usize| start + paragraph[..byte].chars().count() as u32;
        self.truth.quotations.push(QuotationTruth {
            family: format!("{}.p{}.{from}", self.truth.story, edit.paragraph),
            span: [points(at), points(at + words.len())],
            form: "as-said".to_owned(),
            speaker: speaker.clone(),
            changes: Vec::new(),
        });
    }

    /// Marks what an edit is about, in a report in which the paragraph stands.
    fn mark(&mut self, edit: &Edit, paragraph: &str, is_changed: bool) {
        let Some(start) = self.starts[edit.paragraph] else { return };
        let (from, to) = edit.mark[usize::from(is_changed)];
        let points = |byte: usize| start + paragraph[..byte].chars().count() as u32;
        let span: Points = [points(from), points(to)];
        let family = format!("{}.p{}.{}", self.truth.story, edit.paragraph, edit.mark[0].0);
        let pick = |from: &str, to: &str| if is_changed { to.to_owned() } else { from.to_owned() };
        match &edit.done {
            Done::Quotation { from, to, at, speaker } => {
                let change = Change { at: *at, from: from.clone(), to: to.clone() };
                self.truth.quotations.push(QuotationTruth {
                    family,
                    span,
                    form: pick("as-said", "altered"),
                    speaker: speaker.clone(),
                    changes: if is_changed { vec![change] } else { Vec::new() },
                });
            }
            Done::Speaker { other, speaker } => self.truth.quotations.push(QuotationTruth {
                family,
                span,
                form: "as-said".to_owned(),
                speaker: pick(speaker, other),
                changes: Vec::new(),
            }),
            Done::Figure { from, to } => self.truth.figures.push(FigureTruth {
                measure: family,
                span,
                value: if is_changed { *to } else { *from },
                truly: *from,
                form: pick("as-counted", "mistyped"),
                is_open: false,
            }),
            // One person may stand in several reports as they came.
            Done::Name { from, to } => self.truth.names.push(NameTruth {
                actor: format!("{}.{}", self.truth.story, from.min(to)),
                name: pick(from, to),
                span,
            }),
            Done::Date { from, to } => self.truth.dates.push(DateTruth {
                event: family,
                span,
                day: pick(from, to),
                truly: from.clone(),
            }),
        }
    }
}

fn made(
    chance: &mut Chance,
    first: &Sheet,
    number: u32,
    plain: &Plain,
    title: &str,
    paragraphs: &[&str],
) -> (Sheet, Option<Edit>) {
    let mut sheet = Sheet::of(0, 0, plain, title, paragraphs);
    sheet.truth =
        ReportTruth { report: number, parent: Some(first.truth.report), ..first.truth.clone() };
    let truth = &mut sheet.truth;
    truth.is_real = false;
    (truth.sentences, truth.quotations, truth.figures) = (Vec::new(), Vec::new(), Vec::new());
    (truth.names, truth.dates) = (Vec::new(), Vec::new());
    let paper = format!("{} {}", super::world::town(chance), chance.pick(&names().papers));
    (truth.outlet, sheet.outlet) = (paper.clone(), paper);

    let edit = if chance.percent(75) { edit(chance, paragraphs) } else { None };
    let all = paragraphs.len();
    let needed = edit.as_ref().map(|edit| edit.paragraph);
    let (operation, keep): (&str, Vec<usize>) = match chance.below(6) {
        0 => ("same", (0..all).collect()),
        1 => ("other-lede", (1..all).collect()),
        2 => ("trimmed", (0..(all * 7).div_ceil(10)).collect()),
        3 => {
            let gap = 1 + chance.below(all / 2);
            ("trimmed", (0..all).filter(|place| !(gap..gap + all / 4).contains(place)).collect())
        }
        4 => ("extended", (0..all).collect()),
        _ => ("passages", (all / 4..(all * 3).div_ceil(4)).collect()),
    };
    // What was changed stays in.
    let (operation, keep) = match needed {
        Some(place) if !keep.contains(&place) => ("same", (0..all).collect()),
        _ => (operation, keep),
    };
    sheet.truth.operation = operation.to_owned();
    let local = |sheet: &mut Sheet, chance: &mut Chance, times: usize| {
        for time in 0..times {
            let template = chance.pick(&frames().extensions).clone();
            let fixed = [
                ("place".to_owned(), super::world::town(chance)),
                ("far".to_owned(), super::world::town(chance)),
            ];
            let mut any = Chance::of(chance.below(usize::MAX) as u64, &[]);
            let own = super::grammar::expand(&template, chance, &mut |name| {
                slot(name, &fixed, Day(22_000), &mut any)
            });
            sheet.put(&capital(&own), 10_000 * number + time as u32);
        }
    };
    match operation {
        "other-lede" => local(&mut sheet, chance, 1),
        "passages" => local(&mut sheet, chance, 3),
        _ => {}
    }
    for place in keep {
        let changed = edit.as_ref().filter(|edit| edit.paragraph == place).map(|edit| {
            let old = paragraphs[place];
            format!("{}{}{}", &old[..edit.at.0], edit.new, &old[edit.at.1..])
        });
        let text = changed.as_deref().unwrap_or(paragraphs[place]);
        sheet.starts[place] = Some(sheet.put(text, place as u32));
        if changed.is_some() {
            sheet.edited.push(place);
        }
        let of_span = first.truth.sentences[place].span;
        let span = sheet.truth.sentences[sheet.truth.sentences.len() - 1].span;
        sheet.truth.copied.push(Copied { span, of_span });
    }
    if operation == "extended" {
        local(&mut sheet, chance, 3);
    }
    (sheet, edit)
}

/// Words outside quotation marks. A mark that is not closed holds to the end of the paragraph: so
/// does a speech that runs over several.
fn own_words(paragraph: &str) -> usize {
    let mut is_open = false;
    let outside = paragraph.split(['“', '”', '"']).map(|part| {
        let count = if is_open { 0 } else { part.split_whitespace().count() };
        is_open = !is_open;
        count
    });
    outside.sum()
}

/// Something changed in one of the paragraphs.
fn edit(chance: &mut Chance, paragraphs: &[&str]) -> Option<Edit> {
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

/// Who says what stands before byte `at`: ", Orla Fenn said", ", said Orla Fenn".
fn attribution(paragraph: &str, at: usize) -> Option<(usize, usize)> {
    let close = paragraph[at..].chars().next()?.len_utf8();
    let rest = &paragraph[at + close..];
    let rest_at = at + close;
    let words: Vec<(usize, &str)> = rest
        .split_whitespace()
        .take(4)
        .map(|word| (word.as_ptr() as usize - rest.as_ptr() as usize, word))
        .collect();
    let is_name = |word: &str| {
        let plain = word.trim_end_matches([',', '.']);
        plain.len() > 2
            && plain.starts_with(char::is_uppercase)
            && plain.chars().skip(1).all(|c| c.is_lowercase())
            && !matches!(plain, "The" | "Mr" | "Mrs" | "Ms" | "But" | "And" | "She" | "Her" | "His")
    };
    let is_said = |word: &str| matches!(word.trim_end_matches([',', '.']), "said" | "says");
    let [one, two, three, rest @ ..] = words.as_slice() else { return None };
    // "said Sen. Orla Fenn", "said Orla Fenn Vaals": half a name.
    let goes_on = three.1.ends_with(char::is_alphabetic)
        && rest.iter().any(|next| next.1.starts_with(char::is_uppercase));
    let is_title = |word: &str| word.ends_with('.');
    let (first, last) = if is_said(one.1) && is_name(two.1) && is_name(three.1) {
        if goes_on || is_title(two.1) {
            return None;
        }
        (two, three)
    } else if is_name(one.1) && is_name(two.1) && is_said(three.1) && !is_title(one.1) {
        (one, two)
    } else {
        return None;
    };
    let end = last.0 + last.1.trim_end_matches([',', '.']).len();
    Some((rest_at + first.0, rest_at + end))
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
    fn an_open_quotation_holds_to_the_end_of_its_paragraph() {
        assert_eq!(own_words("“We go,” she said. “And we"), 2);
        assert_eq!(own_words("He went home"), 3);
    }

    #[test]
    fn half_a_name_is_no_name() {
        let by = |text: &str| attribution(text, 0).map(|(from, to)| text[from..to].to_owned());
        assert_eq!(by("” said Orla Fenn, a docker").as_deref(), Some("Orla Fenn"));
        assert_eq!(by("” Orla Fenn said in Lorne").as_deref(), Some("Orla Fenn"));
        assert_eq!(by("” said Orla Fenn Vaals, a docker"), None);
        assert_eq!(by("” said Sen. Orla Fenn, a docker"), None);
    }

    #[test]
    fn what_is_changed_is_marked_in_both() {
        let filler = "The dock lay still on Monday and 120 cranes stood idle in the rain, and nobody knew for how long it would go on. ";
        let said = "“We will not wait another winter for the ministry to answer our letters,” said Orla Fenn. “Nor will the others who have been asked to stay away from here,” Piet Vaals said.";
        let text = format!(
            "{filler}{filler}\n{said}\n{filler}{filler}\n{filler}{filler}\n{filler}{filler}"
        );
        let plain = Plain {
            outlet: "Lorne Gazette".to_owned(),
            published: "2031-03-04".to_owned(),
            headline: "Dock lies still".to_owned(),
            text,
        };
        let mut changed = 0;
        for seed in 0..60 {
            let all = reports(seed, 1, 1, &plain);
            assert!(all.len() >= 2 && all[0].truth.is_real);
            // Whoever carries the paragraph has the quotation, changed or not.
            let mut carriers = all.iter().filter(|one| one.line.contains("Nor will the others"));
            let has = |one: &Simulated| !one.truth.quotations.is_empty();
            assert!(!all.iter().any(has) || carriers.all(has));
            for simulated in &all {
                let line: serde_json::Value = serde_json::from_str(&simulated.line).expect("JSON");
                let text: Vec<char> =
                    format!("{}\n\n{}", plain.headline, line["text"].as_str().expect("text"))
                        .chars()
                        .collect();
                let part = |span: Points| -> String {
                    text[span[0] as usize..span[1] as usize].iter().collect()
                };
                for quotation in &simulated.truth.quotations {
                    assert!(part(quotation.span).ends_with(','), "{}", part(quotation.span));
                    changed += quotation.changes.len();
                }
                for figure in &simulated.truth.figures {
                    assert!(part(figure.span).ends_with("cranes"));
                }
            }
        }
        assert!(changed > 5);
    }
}
