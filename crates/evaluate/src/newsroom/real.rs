//! The same operations on real reports: copied, trimmed, extended, a word of a quotation changed, a
//! figure mistyped, words given to another, a name or a day written otherwise.
//!
//! ```text
//! real(seed, report 7) → report 7 as it came, then one to three reports made from it
//! ```
//!
//! Real reports have no truth of their own: only what was done is known, so findings between
//! reports as they came are not scored. Not handled: paraphrase; quotations without “ ” or " ".

use super::Simulated;
use super::chance::Chance;
use super::day::Day;
use super::edits::{Done, Edit, edit};
use super::grammar::{capital, frames, names};
use super::truth::{
    Change, Copied, DateTruth, FigureTruth, NameTruth, Points, QuotationTruth, ReportTruth,
    SentenceTruth,
};
use super::world::slot;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_quotation_holds_to_the_end_of_its_paragraph() {
        assert_eq!(own_words("“We go,” she said. “And we"), 2);
        assert_eq!(own_words("He went home"), 3);
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
