//! The figures of a draft against those of a record.
//!
//! ```text
//! draft: "480 containers stood in Vaal"   record: "380 containers in the port of Vaal"   → the same thing, and they differ
//! ```
//!
//! In: a draft as it was analysed, and items that share its keys. Out: which of them count the same
//! thing, and whether both can be so. Not handled: days, ordinals; a number that is no measure
//! is told only where the record has its sentence.

use super::figure::Figure;
use super::{SERIES, figures_of, keys_of, same};
use crate::{Item, Subject, show};
use onrecord_model::{Date, Span};

/// One figure of a draft.
#[derive(Debug)]
pub struct DraftFigure {
    /// Number and what is counted, in bytes of the draft.
    pub span: Span,
    figure: Figure,
}

/// A figure of the record that counts the same thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Met {
    /// Whether both can be so.
    pub agrees: bool,
    /// Whether both stand in one sentence.
    pub is_one_sentence: bool,
    /// Where it stands in its report, in bytes.
    pub span: Span,
    /// Bound and number: "nearly 400".
    pub amount: String,
    /// With what is counted.
    pub text: String,
    /// Of which day it is, where it says so; a TIMEX3 value.
    pub as_of: Option<String>,
}

/// The figures of a draft that count something, in order.
pub fn figures(subject: Subject<'_>) -> Vec<DraftFigure> {
    let mut figures: Vec<DraftFigure> = figures_of(subject)
        .0
        .into_iter()
        .filter(|figure| !keys_of(figure, &[], None).is_empty())
        .map(|figure| DraftFigure { span: figure.span, figure })
        .collect();
    figures.sort_by_key(|figure| figure.span);
    figures
}

impl DraftFigure {
    /// Bound and number: "nearly 400".
    pub fn amount(&self) -> String {
        self.figure.said()
    }

    /// Whether it counts things or people: else it is only worth telling if the record has it.
    pub fn is_measure(&self) -> bool {
        !self.figure.class.is_empty() && !self.figure.is_vague
    }

    /// Whether it is how old somebody is.
    pub fn is_age(&self) -> bool {
        self.figure.person.is_some()
    }

    /// What figures of the same thing can be found under, in reports of about these days and in
    /// undated ones.
    pub fn keys(&self, days: &[Date]) -> Vec<u64> {
        let mut keys = keys_of(&self.figure, &[], None);
        keys.extend(days.iter().flat_map(|&day| keys_of(&self.figure, &[], Some(day))));
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// How an item of the comparison `figures` stands to it; none where it counts something else.
    /// `day`: of the draft, if it has one.
    pub fn meets(&self, item: &Item, day: Option<Date>) -> Option<Met> {
        let other: Figure = show::body(&item.body)?;
        let days = day
            .zip(item.published)
            .map(|(day, published)| day.duration_since(published).as_hours().unsigned_abs() / 24);
        if days.is_some_and(|days| days > SERIES) {
            return None;
        }
        let likeness = same::likeness(&self.figure, &other, days)?;
        if !likeness.is_enough() {
            return None;
        }
        Some(Met {
            agrees: likeness.agree,
            is_one_sentence: same::are_of_one_sentence(&self.figure, &other, days),
            span: other.span,
            amount: other.said(),
            text: other.text,
            as_of: other.as_of,
        })
    }
}

/// A day of each half-year from the first to the last: what figures are kept under.
pub fn half_years(days: impl IntoIterator<Item = Date>) -> Vec<Date> {
    let mut found: Vec<(i64, Date)> = Vec::new();
    for day in days {
        let half = super::half_year(day);
        if found.last().is_none_or(|last| last.0 != half) {
            found.push((half, day));
        }
    }
    found.into_iter().map(|(_, day)| day).collect()
}
