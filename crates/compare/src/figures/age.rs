//! How old reports say a person is.
//!
//! ```text
//! 001  The pilot, Lina Oke, 44, was rescued      002  Captain Lina Oke, who is 54, was rescued
//! → 002 gives 54 as the age of Lina Oke, 001 44.
//! ```
//!
//! One person is one first and last name in reports of one story within a month; a birthday may lie
//! between them. Not handled: ages of people of whom one name is given, or none; an age of then ("who
//! was 30 at the time").

use super::beside::{frame, hash};
use super::figure::{Figure, Report, one_line};
use super::same::{ENOUGH, Likeness, common};
use crate::stories;
use crate::words::{folded, words};
use onrecord_model::{ActorType, Bound, Quantity, Span};

/// How the unit of an age is called.
const UNIT: &str = "year of age";

/// Days between two reports in which nobody is older by more than a birthday, and is not told of as of
/// another time.
const MONTH: u64 = 31;

/// Other names and words that two reports have in common, of those that tell most of either, from
/// which on a name in both is one person's.
const ONE_STORY: usize = 3;

impl Report<'_> {
    /// The age of somebody who is named in full.
    pub(super) fn age(&self, quantity: &Quantity, sentence: Span) -> Option<Figure> {
        if quantity.unit.as_deref() != Some(UNIT) || quantity.bound != Bound::Exact {
            return None;
        }
        let (value, counted) = (quantity.value?, quantity.counted_span?);
        let text = &self.subject.report.text;
        let mut actors = self.subject.analysis.actors.iter();
        let person = actors.find(|actor| {
            actor.kind == ActorType::Person
                && actor.mentions.iter().any(|mention| {
                    mention.overlaps(counted) && is_beside(text, *mention, quantity.span)
                })
        })?;
        let mut names = person.name.split_whitespace();
        let (first, last) = (names.next()?, names.next_back()?);
        let (frame, frame_words) = frame(&words(text, sentence), quantity.span).unwrap_or_default();
        let span = quantity.span.join(counted);
        Some(Figure {
            frame,
            frame_words,
            measure: format!("age/{} {}/", folded(first), folded(last)),
            // 44 and 45 may both be so.
            low: value - 0.5,
            high: Some(value + 0.5),
            value: Some(value),
            class: "age".to_owned(),
            person: Some(format!("{first} {last}")),
            unit: quantity.unit.clone(),
            story: self.story.clone(),
            telling: self.telling.clone(),
            span,
            text: one_line(span.of(text)),
            // "27-year-old"
            amount: value.to_string(),
            ..Figure::default()
        })
    }
}

/// Whether the age stands right beside a mention, as of now: "Lina Oke, 44", "the 44-year-old Oke".
fn is_beside(text: &str, mention: Span, age: Span) -> bool {
    let between = |from: u32, to: u32| text.get(from as usize..to as usize);
    match between(mention.end, age.start) {
        Some(words) => {
            matches!(words, ", " | ", aged " | ", age " | ", who is " | " (" | ", who’s ")
        }
        None => between(age.end, mention.start) == Some(" "),
    }
}

/// Whether two ages are of one person; `agree`: whether both can be so.
pub(super) fn likeness(a: &Figure, b: &Figure, days: Option<u64>, agree: bool) -> Option<Likeness> {
    if days.is_some_and(|days| days > MONTH) {
        return None;
    }
    let person = a.person.as_deref().filter(|_| a.measure == b.measure)?;
    // The name itself is known of both.
    let own = |figure: &Figure| -> usize {
        let names = person.split(' ').map(folded);
        let is_among = |name: &String| {
            usize::from(figure.story.contains(&hash(name)))
                + usize::from(figure.telling.contains(&stories::hash(name)))
        };
        names.map(|name| is_among(&name)).sum()
    };
    let in_common = common(&a.story, &b.story) + common(&a.telling, &b.telling);
    let is_one = in_common >= ONE_STORY + own(a).min(own(b));
    is_one.then_some(Likeness { points: 2 * ENOUGH, agree })
}
