//! Real reports for measuring, where they are at hand: read from a gzipped file of JSON lines
//! beside the repository, with quotations found in a simple way of this test's own.

use super::Draft;
use onrecord_model::{ActorType, Span};
use std::io::{BufRead, BufReader};

const NEWS: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/news/articles.jsonl.gz");

/// The first reports of the file; none, with a line that says so, where there is no file.
pub(crate) fn reports(most: usize) -> Option<Vec<Draft>> {
    let Ok(file) = std::fs::File::open(NEWS) else {
        println!("skipped: no real reports at ../shared/data/news");
        return None;
    };
    let lines = BufReader::new(flate2::read::GzDecoder::new(file)).lines();
    let drafts = lines.take(most).enumerate().map(|(number, line)| {
        let line = line.expect("the file is whole");
        let fields: serde_json::Value = serde_json::from_str(&line).expect("a line is JSON");
        let text = |name: &str| fields[name].as_str().unwrap_or_default();
        let mut draft = Draft::new(&format!("{number:05}")).by(text("outlet"));
        if !text("published").is_empty() {
            draft = draft.on(&text("published")[..10]);
        }
        quotations(draft.text(text("text")))
    });
    Some(drafts.collect())
}

/// Finds quoted stretches and their speakers: a name beside "said" in the paragraph.
pub(crate) fn quotations(mut draft: Draft) -> Draft {
    let text = draft.report.text.clone();
    let mut last: Option<String> = None;
    let mut start = 0;
    for paragraph in text.split_inclusive('\n') {
        let here = start;
        start += paragraph.len();
        let mut stretches = Vec::new();
        let mut open: Option<usize> = None;
        for (at, c) in paragraph.char_indices() {
            match (c, open) {
                ('“' | '"', None) => open = Some(at),
                ('”' | '"', Some(from)) => {
                    stretches.push(Span::new(here + from, here + at + c.len_utf8()));
                    open = None;
                }
                _ => {}
            }
        }
        if stretches.is_empty() {
            continue;
        }
        let speaker = speaker(paragraph).or_else(|| {
            let is_pronoun = [" he said", " she said", "he added", "she added"]
                .iter()
                .any(|cue| paragraph.contains(cue));
            last.clone().filter(|_| is_pronoun)
        });
        last.clone_from(&speaker);
        let said_by = speaker.as_deref().map(|name| (name, ActorType::Person));
        draft = draft.says_at(said_by, stretches);
    }
    draft
}

fn speaker(paragraph: &str) -> Option<String> {
    let words: Vec<&str> = paragraph.split_whitespace().collect();
    let is_name = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        bare.len() > 2
            && bare.starts_with(char::is_uppercase)
            && !matches!(
                bare,
                "The"
                    | "But"
                    | "And"
                    | "They"
                    | "She"
                    | "Mr"
                    | "Mrs"
                    | "This"
                    | "That"
                    | "It’s"
                    | "However"
                    | "You"
                    | "There"
            )
    };
    let bare = |word: &str| {
        word.trim_matches(|c: char| !c.is_alphanumeric()).trim_end_matches("’s").to_owned()
    };
    for (at, word) in words.iter().enumerate() {
        if !matches!(bare(word).as_str(), "said" | "says" | "told" | "added" | "wrote" | "tweeted")
        {
            continue;
        }
        // "said Orla Fenn", "Orla Fenn said"
        let after: Vec<String> = words[at + 1..]
            .iter()
            .take_while(|word| is_name(word))
            .take(3)
            .map(|word| bare(word))
            .collect();
        if !after.is_empty() && !word.ends_with([',', '.']) {
            return Some(after.join(" "));
        }
        let before = words[..at]
            .iter()
            .rev()
            .take_while(|word| is_name(word) && !word.ends_with(['”', '"', '.']))
            .take(3);
        let mut before: Vec<String> = before.map(|word| bare(word)).collect();
        before.reverse();
        if !before.is_empty() {
            return Some(before.join(" "));
        }
    }
    None
}
