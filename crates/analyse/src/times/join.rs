//! The second pass: what the first found, put together.
//!
//! ```text
//! 9 a.m. | EST | Tuesday   →   2024-05-14T09:00
//! ```
//!
//! Not handled: parts that stand apart ("on Tuesday, he said, at nine").

use super::resolve::part_of_day;
use super::rules::{Op, Rule};
use super::when::When;
use super::{Found, Reader, Reading};
use crate::patterns::Captures;
use onrecord_model::TimexMod;

impl Reader<'_, '_> {
    /// What the operations of the second pass give; the outer `None` says that the rule's is none
    /// of them.
    pub(super) fn joined(
        &self,
        rule: &Rule,
        got: &Captures,
    ) -> Option<Option<(Reading, Option<TimexMod>)>> {
        let item = |name: &str| got.item(name).map(|number| &self.found[number]);
        let date = || match &item("date")?.reading {
            Reading::Date(when) => Some(when),
            _ => None,
        };
        let made =
            match rule.op {
                Op::JoinPart => date().filter(|when| is_day(when)).map(|day| {
                    let part = got.text("part").unwrap_or("MO");
                    (Reading::Time(Some(day.clone()), part_of_day(part)), None)
                }),
                Op::JoinClock => item("time").and_then(|time| {
                    let Reading::Time(_, clock) = &time.reading else { return None };
                    let day = date().filter(|when| is_day(when))?.clone();
                    Some((Reading::Time(Some(day), clock.clone()), None))
                }),
                Op::JoinWeekday => item("weekday").and_then(|weekday| {
                    let has_weekday = weekday.tokens.clone().any(|token| {
                        let patterns = &self.compiled.patterns;
                        patterns.value("weekday", self.prose, self.words, token).is_some()
                    });
                    let is_single = !weekday.tokens.clone().any(|token| {
                        self.prose.tokens[token].kind == crate::text::TokenKind::Number
                    });
                    let day = date().filter(|when| matches!(when, When::Day(_)))?.clone();
                    let other = item("date")?;
                    let has_number = other.tokens.clone().any(|token| {
                        self.prose.tokens[token].kind == crate::text::TokenKind::Number
                    });
                    (has_weekday && is_single && has_number).then_some((Reading::Date(day), None))
                }),
                Op::Phase => date().map(|when| {
                    let phase = got.text("phase").and_then(|phase| phase.parse().ok());
                    (Reading::Date(when.clone()), phase)
                }),
                // "over the last few weeks" is within them, not longer.
                Op::Keep if rule.r#mod.is_some() && self.is_bounded(got) => None,
                Op::Keep => item("date")
                    .or_else(|| item("length"))
                    .map(|Found { reading, modifier, .. }| (reading.clone(), *modifier)),
                Op::Event => self.event(rule, got).map(|when| (Reading::Date(when), None)),
                _ => return None,
            };
        Some(made)
    }

    /// Whether the length of a match already says where it lies: "the last few weeks".
    fn is_bounded(&self, got: &Captures) -> bool {
        let first = got.item("length").map(|number| self.found[number].tokens.start);
        first.is_some_and(|at| {
            matches!(self.prose.low(at), "the" | "last" | "past" | "next" | "recent" | "coming")
        })
    }
}

fn is_day(when: &When) -> bool {
    match when {
        When::Day(_) => true,
        When::Text(text) => text.starts_with('X'),
        _ => false,
    }
}
