//! Reports to measure with: the invented ones of this repository, strung together to the length of
//! real ones (about 960 words), each in another order.
//!
//! ```text
//! reports(100)   →  a hundred different reports of 900 to 1,100 words
//! ```

use onrecord_engine::{Options, inputs};
use onrecord_model::{Date, Published, PublishedFrom, Report};
use std::path::Path;

/// Words that a real news report has on average.
const WORDS: usize = 960;

/// So many reports, always the same.
///
/// # Panics
/// If the repository's own reports cannot be read.
pub fn reports(count: usize) -> Vec<Report> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folders = [root.join("examples/harbour"), root.join("eval/speakers/reports")];
    let mut paragraphs: Vec<String> = Vec::new();
    let found = inputs(&folders);
    onrecord_engine::annotate(&found, &Options::default(), |annotated| {
        let (report, _) = annotated.map_err(|skipped| skipped.to_string())?;
        let texts = report.text.split('\n').map(str::trim);
        paragraphs.extend(texts.filter(|text| text.len() > 60).map(str::to_owned));
        Ok::<(), String>(())
    })
    .expect("the repository's reports are readable");
    (0..count).map(|number| report(&paragraphs, number)).collect()
}

fn report(paragraphs: &[String], number: usize) -> Report {
    // A step that shares no factor with the length meets every paragraph once.
    let step = (number * 2 + 1..).find(|step| gcd(*step, paragraphs.len()) == 1).unwrap_or(1);
    let mut text = format!("Quay news, number {number}\n");
    let mut words = 0;
    for at in 0..paragraphs.len() {
        let paragraph = &paragraphs[(number + at * step) % paragraphs.len()];
        text.push('\n');
        text.push_str(paragraph);
        text.push('\n');
        words += paragraph.split(' ').count();
        if words >= WORDS {
            break;
        }
    }
    Report {
        source_file: format!("{number}.txt"),
        part: 1,
        text,
        outlet: Some(format!("Paper {}", number % 7)),
        published: Some(Published {
            date: Date::constant(2031, 3, 1 + (number % 28) as i8),
            from: PublishedFrom::Page,
        }),
        language: Some("en".to_owned()),
        ..Report::default()
    }
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}
