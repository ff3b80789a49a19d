//! A report as JSON, and the truth of it.
//!
//! ```text
//! “{q},” {S} said.  →  “We will not move a crate,” Mayor Orla Fenn said.   quotation 4..30, name …
//! ```
//!
//! Here a house writes as it does: "harbor", straight marks. Spans are counted as words are put
//! down, in code points. Not handled: markup.

use super::grammar::{capital, names, pairs, tidy, title};
use super::sheet::{Mention, Sentence, Sheet, What};
use super::speech::{Cut, Reading};
use super::truth::{
    DateTruth, FigureTruth, NameTruth, Points, QuotationTruth, ReportTruth, SentenceTruth,
    StatementTruth,
};
use super::world::{Event, Outlet, World};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Text on its way to paper.
struct Pen<'h> {
    text: String,
    at: u32,
    house: &'h Outlet,
    is_reworded: bool,
}

impl Pen<'_> {
    /// Puts words down as the house writes them; says where they stand.
    fn put(&mut self, words: &str) -> Points {
        let from = self.at;
        let styled = self.styled(words);
        self.at += styled.chars().count() as u32;
        self.text.push_str(&styled);
        [from, self.at]
    }

    fn styled(&self, words: &str) -> String {
        let mut out = String::with_capacity(words.len());
        for piece in words.split_inclusive(|c: char| !c.is_alphabetic()) {
            let word = piece.trim_end_matches(|c: char| !c.is_alphabetic());
            out.push_str(&self.word(word));
            out.push_str(&piece[word.len()..]);
        }
        if !self.house.is_curly {
            out = out.replace(['“', '”'], "\"").replace('’', "'");
        }
        out
    }

    fn word(&self, word: &str) -> String {
        let lower = word.to_lowercase();
        let to = |text: &str| match word.starts_with(char::is_uppercase) {
            true => capital(text),
            false => text.to_owned(),
        };
        if self.is_reworded
            && lower == word
            && let Some(other) = other_words(true).get(lower.as_str())
        {
            return to(&other.replace('_', " "));
        }
        if self.house.is_american
            && let Some(other) = other_words(false).get(lower.as_str())
        {
            return to(other);
        }
        word.to_owned()
    }
}

/// What a machine that rewords, or an American house, writes for a word.
fn other_words(is_reworded: bool) -> &'static BTreeMap<&'static str, &'static str> {
    static SYNONYMS: LazyLock<BTreeMap<&str, &str>> =
        LazyLock::new(|| pairs(&names().synonyms).collect());
    static SPELLING: LazyLock<BTreeMap<&str, &str>> =
        LazyLock::new(|| pairs(&names().spelling).collect());
    if is_reworded { &SYNONYMS } else { &SPELLING }
}

/// A written report.
pub(super) struct Written {
    pub(super) line: String,
    pub(super) truth: ReportTruth,
}

/// Writes a report.
pub(super) fn write(sheet: &Sheet, events: &[Event], world: &World) -> Written {
    let house = &world.outlets[sheet.outlet];
    let mut pen = Pen { text: String::new(), at: 0, house, is_reworded: false };
    let mut truth = ReportTruth {
        report: sheet.number,
        story: events[0].id.split('.').next().unwrap_or_default().to_owned(),
        event: events[sheet.paragraphs[0][0].event].id.clone(),
        outlet: house.name.clone(),
        published: sheet.day.iso(),
        parent: sheet.parent,
        operation: sheet.operation.to_owned(),
        changes: sheet.changes.clone(),
        is_inflated: sheet.is_inflated,
        ..ReportTruth::default()
    };
    pen.put(&title(&sheet.headline));
    let headline = std::mem::take(&mut pen.text);
    pen.at += 2;
    let mut known = BTreeSet::new();
    for (number, paragraph) in sheet.paragraphs.iter().enumerate() {
        if number > 0 {
            pen.put("\n\n");
        }
        for (place, sentence) in paragraph.iter().enumerate() {
            if place > 0 {
                pen.put(" ");
            }
            let from = pen.at;
            pen.is_reworded = sheet.is_reworded[0];
            let quotations = truth.quotations.len();
            put_sentence(&mut pen, sentence, sheet, events, world, &mut known, &mut truth);
            let span = [from, pen.at];
            let text: String = pen.text.chars().rev().take((pen.at - from) as usize).collect();
            let all = text.split_whitespace().count();
            let quoted: usize = truth.quotations[quotations..]
                .iter()
                .map(|quotation| {
                    let (from, to) = (quotation.span[0] - from, quotation.span[1] - from);
                    let end = text.chars().count() as u32;
                    let inside = text.chars().skip((end - to) as usize);
                    inside.take((to - from) as usize).collect::<String>().split_whitespace().count()
                })
                .sum();
            // What a machine went over is no sentence carried over, even where words stayed.
            let is_reworded = sheet.is_reworded[0];
            truth.sentences.push(SentenceTruth {
                id: if is_reworded { sheet.reworded * 1_000 + sentence.id } else { sentence.id },
                span,
                own: (all - quoted) as u32,
                rewords: sentence.rewords.or(is_reworded.then_some(sentence.id)),
            });
        }
    }
    let line = serde_json::json!({
        "url": format!("https://example.org/{}/{}", truth.event, sheet.number),
        "outlet": house.name,
        "published": truth.published,
        "headline": headline,
        "text": pen.text,
    });
    Written { line: line.to_string(), truth }
}

fn put_sentence(
    pen: &mut Pen<'_>,
    sentence: &Sentence,
    sheet: &Sheet,
    events: &[Event],
    world: &World,
    known: &mut BTreeSet<(usize, usize)>,
    truth: &mut ReportTruth,
) {
    let event = &events[sentence.event];
    let mut frame = sentence.frame.clone();
    if matches!(sentence.what, What::Speech { .. }) {
        frame = with_reading(&frame, sentence, sheet, event);
    }
    let mut is_first = true;
    let mut rest = frame.as_str();
    let mut clause = 0;
    while !rest.is_empty() {
        let at = rest.find('{').unwrap_or(rest.len());
        if at > 0 {
            let plain = if is_first { capital(&rest[..at]) } else { rest[..at].to_owned() };
            pen.put(&plain);
            is_first &= rest[..at].chars().all(|c| !c.is_alphanumeric());
            rest = &rest[at..];
            continue;
        }
        let end = rest.find('}').unwrap_or(rest.len() - 1);
        let slot = rest[1..end].trim_end_matches('^');
        // After a quotation that ends a sentence another begins.
        let opens = [".” ", ".\" "].iter().any(|end| pen.text.ends_with(end));
        is_first |= opens && slot == "S";
        rest = &rest[end + 1..];
        match slot {
            "c" => {
                clause = pen.at;
                // What follows is the clause.
                let end = rest.find("{/c}").unwrap_or(rest.len());
                let words = if is_first { capital(&rest[..end]) } else { rest[..end].to_owned() };
                // A name within it is a mention as others are.
                let (before, after) = split_person(&words, event);
                pen.put(&before);
                if let Some((place, after)) = after {
                    put_name(pen, (sentence.event, place), true, sheet, event, truth);
                    pen.put(&after);
                }
                rest = &rest[end..];
            }
            "/c" => {
                if let What::Told { told, is_second } = sentence.what {
                    let of = &event.told[told];
                    let second = of.second.as_ref().filter(|_| is_second);
                    let (origin, source) =
                        second.map_or((of.outlet, &of.source), |second| (second.0, &second.1));
                    truth.statements.push(StatementTruth {
                        span: [clause, pen.at],
                        speaker: source.clone(),
                        mode: "indirect".to_owned(),
                        told: format!("{}.t{told}", event.id),
                        origin: format!("{}.t{told}.{}", event.id, world.outlets[origin].name),
                        is_unnamed: true,
                    });
                }
            }
            _ => put_slot(pen, slot, rest, is_first, sentence, sheet, events, known, truth),
        }
        is_first = false;
    }
}

/// Up to the first full name of somebody, whose it is, and what follows.
fn split_person(words: &str, event: &Event) -> (String, Option<(usize, String)>) {
    for (place, person) in event.people.iter().enumerate() {
        let slot = format!("{{A.{}}}", person.key);
        if let Some(at) = words.find(&slot) {
            return (words[..at].to_owned(), Some((place, words[at + slot.len()..].to_owned())));
        }
    }
    (words.to_owned(), None)
}

/// The frame, with one sentence left where the reading has but one.
fn with_reading(frame: &str, sentence: &Sentence, sheet: &Sheet, event: &Event) -> String {
    let What::Speech { speech, .. } = sentence.what else { return frame.to_owned() };
    let whole = Reading::default();
    let reading = sheet.readings.get(&(sentence.event, speech)).unwrap_or(&whole);
    let shown = match reading.cut {
        Cut::First => 1,
        _ => event.speeches[speech].sentences.len(),
    };
    match frame.contains("{q2}") && shown < 2 {
        true => "“{q},” {S} said.".to_owned(),
        false => frame.to_owned(),
    }
}

#[allow(clippy::too_many_arguments, reason = "one call, from the loop above")]
fn put_slot(
    pen: &mut Pen<'_>,
    slot: &str,
    rest: &str,
    is_first: bool,
    sentence: &Sentence,
    sheet: &Sheet,
    events: &[Event],
    known: &mut BTreeSet<(usize, usize)>,
    truth: &mut ReportTruth,
) {
    let event = &events[sentence.event];
    let speaker = sheet.speaker(sentence, events);
    match slot {
        "S" => {
            let who = speaker.unwrap_or(0);
            let person = &event.people[who];
            known.insert((sentence.event, who));
            let key = (sentence.event, who);
            match sentence.mention {
                Mention::Before => {
                    let role = &person.role[0];
                    pen.put(&if is_first { capital(role) } else { role.clone() });
                    pen.put(" ");
                    put_name(pen, key, true, sheet, event, truth);
                }
                Mention::After => {
                    put_name(pen, key, true, sheet, event, truth);
                    pen.put(", ");
                    pen.put(&person.role[1]);
                    if rest.starts_with(' ') {
                        pen.put(",");
                    }
                }
                Mention::Surname => put_name(pen, key, false, sheet, event, truth),
                Mention::Role => {
                    let role = &person.role[2];
                    pen.put(&if is_first { capital(role) } else { role.clone() });
                }
            }
        }
        "he" => {
            let is_woman = speaker.is_some_and(|who| event.people[who].is_woman);
            let pronoun = if is_woman { "she" } else { "he" };
            pen.put(&if is_first { capital(pronoun) } else { pronoun.to_owned() });
        }
        "q" | "q1" | "q2" => put_quote(pen, slot, sentence, sheet, events, truth),
        "that" => {
            let What::Speech { speech, .. } = sentence.what else { return };
            let that = tidy(&event.speeches[speech].that);
            let span = pen.put(&if is_first { capital(&that) } else { that });
            truth.statements.push(StatementTruth {
                span,
                speaker: speaker.map(|who| event.people[who].name()).unwrap_or_default(),
                mode: "indirect".to_owned(),
                told: format!("{}.q{speech}", event.id),
                origin: format!("{}.q{speech}", event.id),
                is_unnamed: false,
            });
        }
        "n" => {
            let What::Figure(measure) = sentence.what else { return };
            let by_day = &event.measures[measure].by_day;
            let on =
                |day: i64| by_day[(day - event.day.0).clamp(0, by_day.len() as i64 - 1) as usize];
            let truly = on(sentence.day.0) as f64;
            let counted = written(on(sentence.day.0));
            let given = sheet.figures.get(&(sentence.event, measure));
            let (text, value, form) = match given {
                Some(given) => (given.text.clone(), given.value, given.form),
                None => (counted, truly, "as-counted"),
            };
            let truly = if form == "updated" { value } else { truly };
            let mut span = pen.put(&if is_first { capital(&text) } else { text });
            // With what is counted: the next words as they will be put.
            let noun = rest.split([' ', ',', '.']).take(3).collect::<Vec<_>>().join(" ");
            span[1] += noun.trim_end().chars().count() as u32;
            truth.figures.push(FigureTruth {
                measure: format!("{}.m{measure}", event.id),
                span,
                value,
                truly,
                form: form.to_owned(),
                is_open: sentence.frame.to_lowercase().contains("at least {n"),
            });
        }
        "D" => {
            let given = sheet.event_day.filter(|_| sentence.event == 0).unwrap_or(event.day);
            let span = pen.put(&given.told(sentence.day));
            truth.dates.push(DateTruth {
                event: event.id.clone(),
                span,
                day: given.iso(),
                truly: event.day.iso(),
            });
        }
        _ => {
            let key = slot.strip_prefix("A.").unwrap_or_default();
            let who = event.people.iter().position(|person| person.key == key).unwrap_or(0);
            let is_new = known.insert((sentence.event, who));
            if is_new {
                let role = &event.people[who].role[0];
                pen.put(&if is_first { capital(role) } else { role.clone() });
                pen.put(" ");
            }
            put_name(pen, (sentence.event, who), is_new, sheet, event, truth);
        }
    }
}

fn put_name(
    pen: &mut Pen<'_>,
    key: (usize, usize),
    is_full: bool,
    sheet: &Sheet,
    event: &Event,
    truth: &mut ReportTruth,
) {
    let person = &event.people[key.1];
    let (forename, surname) = sheet.spellings.get(&key).copied().unwrap_or((0, 0));
    let (forename, surname) = (&person.forename[forename], &person.surname[surname]);
    let name = format!("{forename} {surname}");
    let span = pen.put(if is_full { &name } else { surname });
    truth.names.push(NameTruth { actor: format!("{}.{}", event.id, person.name()), name, span });
}

fn put_quote(
    pen: &mut Pen<'_>,
    slot: &str,
    sentence: &Sentence,
    sheet: &Sheet,
    events: &[Event],
    truth: &mut ReportTruth,
) {
    let What::Speech { speech, .. } = sentence.what else { return };
    let event = &events[sentence.event];
    let of = &event.speeches[speech];
    let whole = Reading::default();
    let reading = sheet.readings.get(&(sentence.event, speech)).unwrap_or(&whole);
    let sentences = of.text(reading);
    let text = match slot {
        "q1" => sentences[0].clone(),
        "q2" => sentences[1..].join(". "),
        _ => sentences.join(". "),
    };
    pen.is_reworded = sheet.is_reworded[1];
    let is_reworded = pen.is_reworded && {
        let plain = Pen { text: String::new(), at: 0, house: pen.house, is_reworded: false };
        let all = sentences.join(". ");
        plain.styled(&all) != pen.styled(&all)
    };
    let span = pen.put(&text);
    pen.is_reworded = sheet.is_reworded[0];
    let form = match reading {
        _ if is_reworded => "rendered",
        reading if !reading.edits.is_empty() => "altered",
        reading if reading.cut != Cut::Whole => "trimmed",
        _ => "as-said",
    };
    let who = sheet.speaker(sentence, events).unwrap_or(of.who);
    let speaker = event.people[who].name();
    let family = format!("{}.q{speech}", event.id);
    truth.quotations.push(QuotationTruth {
        family: family.clone(),
        span,
        form: form.to_owned(),
        speaker: speaker.clone(),
        changes: of.changes(reading),
    });
    truth.statements.push(StatementTruth {
        span,
        speaker,
        mode: "direct".to_owned(),
        told: family.clone(),
        origin: family,
        is_unnamed: false,
    });
}

/// A count as reports write it.
pub(super) fn written(count: u64) -> String {
    if count >= 1_000_000 && count.is_multiple_of(100_000) {
        return format!("{} million", count as f64 / 1e6);
    }
    let digits = count.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
