//! Times: every date, clock time, length and repetition, with its TIMEX3 value.
//!
//! In: a report's prose. Out: its time expressions in order, apart from one another.
//!
//! ```text
//! The mayor resigned on Tuesday.   (of Wednesday, 2024-05-15)   →   Tuesday  DATE  2024-05-14
//! ```
//!
//! What is relative is reckoned from the publication date; else from the dateline's; else from the
//! last whole date of the text; else its value stays partial (`XXXX-10-07`). Never from a clock.
//! A first pass finds expressions, a second puts them together ("9 a.m. | EST | Tuesday"). The rules
//! are data: `rules/en/times*.toml`, `holidays.toml`, `events.toml`. Not handled: time zones, but
//! for `Z` where the text says UTC or GMT; fiscal years that differ from calendar years; calendars
//! other than the Gregorian, but for the holidays in the table.

mod calendar;
mod join;
mod look;
mod named;
mod periods;
mod resolve;
mod rules;
mod when;

use crate::patterns::{Items, NoItems, Place, Word};
use crate::syntax::Syntax;
use crate::text::{Prose, TokenKind};
use onrecord_model::{Date, Timex, TimexMod, TimexType};
use rules::{COMPILED, Compiled, FILES, Op, Rule};
use std::ops::Range;
use when::{Unit, When, length};

/// How many sentences on "a year earlier" still speaks of the quarter that was named.
const NEAR_SENTENCES: usize = 4;

/// The time expressions of a report, in order, apart from one another.
pub fn times(prose: &Prose) -> Vec<Timex> {
    times_with(prose, &crate::syntax::syntax(prose))
}

/// The same, with the report's tags and dependencies at hand.
pub fn times_with(prose: &Prose, syntax: &Syntax) -> Vec<Timex> {
    found(prose, syntax).into_iter().map(|found| timex(prose, &found)).collect()
}

fn found(prose: &Prose, syntax: &Syntax) -> Vec<Found> {
    let compiled: &'static Compiled = &COMPILED;
    let words = compiled.patterns.read(prose);
    let mut all = Vec::new();
    let mut story = Story::new(prose);
    for (number, sentence) in prose.sentences.iter().enumerate() {
        let mut reader = Reader {
            prose,
            syntax,
            words: &words,
            compiled,
            sentence: sentence.tokens.clone(),
            story,
            found: Vec::new(),
        };
        reader.first_pass(number);
        if !reader.found.is_empty() {
            reader.second_pass();
            reader.give_days();
            reader.remember();
        }
        all.append(&mut reader.found);
        story = reader.story;
    }
    all
}

fn timex(prose: &Prose, found: &Found) -> Timex {
    Timex {
        span: prose.span(found.tokens.clone()),
        kind: found.kind,
        value: found.reading.value(),
        modifier: found.modifier,
    }
}

/// An expression that was found, and what it says.
#[derive(Debug, Clone)]
struct Found {
    tokens: Range<usize>,
    kind: TimexType,
    reading: Reading,
    modifier: Option<TimexMod>,
    /// Whether the text names it, rather than reckons it from another.
    is_named: bool,
    /// The rule that found it.
    #[cfg(test)]
    rule: usize,
}

/// What an expression says.
#[derive(Debug, Clone)]
enum Reading {
    Date(When),
    /// A part of a day or a clock time ("T16:49"), and the day where it is known.
    Time(Option<When>, String),
    /// Without a count where the text gives none.
    Length(Option<f64>, Unit),
    Text(String),
}

impl Reading {
    fn value(&self) -> String {
        match self {
            Self::Date(when) => when.value(),
            Self::Time(Some(day), clock) => day.value() + clock,
            Self::Time(None, clock) => format!("XXXX-XX-XX{clock}"),
            Self::Length(count, unit) => length(*count, *unit),
            Self::Text(text) => text.clone(),
        }
    }
}

/// What the text has said so far.
#[derive(Debug, Clone)]
struct Story {
    /// The day that relative dates count from, where there is one.
    anchor: Option<Date>,
    /// The date named last.
    last: Option<When>,
    /// The day named last.
    last_day: Option<Date>,
    /// The quarter that the text reports on.
    quarter: Option<When>,
    /// What figures are compared over, the quarter or a year, and in which sentence it was named.
    compared: Option<(When, usize)>,
    /// The number of the sentence being read.
    sentence: usize,
    /// Whether the anchor is only the last whole date of the text.
    is_narrative: bool,
}

impl Story {
    fn new(prose: &Prose) -> Self {
        let dateline = prose.report.dateline.as_ref().and_then(|dateline| dateline.date);
        let anchor = prose.report.published_on().or(dateline);
        Self {
            anchor,
            last: None,
            last_day: None,
            quarter: None,
            compared: None,
            sentence: 0,
            is_narrative: anchor.is_none(),
        }
    }

    /// Takes note of a date.
    fn hear(&mut self, when: &When) {
        if let When::Text(_) = when {
            return;
        }
        if let When::Day(day) = *when {
            self.last_day = Some(day);
            if self.is_narrative {
                self.anchor = Some(day);
            }
        }
        self.last = Some(when.clone());
    }

    /// Takes note of what figures are given for: a quarter, or "the first nine months". The same
    /// quarter of an earlier year is what a figure is compared with.
    fn hear_period(&mut self, found: &Found) {
        match &found.reading {
            // "They will lose money through the third quarter of 1990": not yet one with figures.
            Reading::Date(when @ When::Quarter { year, quarter })
                if found.is_named && self.has_begun(when) =>
            {
                let is_comparison = matches!(
                    self.quarter,
                    Some(When::Quarter { year: now, quarter: same }) if same == *quarter && now > *year
                );
                if !is_comparison {
                    self.quarter = Some(when.clone());
                    self.compared = Some((when.clone(), self.sentence));
                }
            }
            Reading::Length(Some(count), Unit::Month) if *count >= 6.0 => self.hear_year(),
            Reading::Date(When::FiscalYear(year)) => {
                self.compared = Some((When::Year(*year), self.sentence));
            }
            _ => {}
        }
    }

    fn has_begun(&self, when: &When) -> bool {
        when.first_day().zip(self.anchor).is_none_or(|(first, anchor)| first <= anchor)
    }

    fn hear_year(&mut self) {
        if let Some(anchor) = self.anchor {
            self.compared = Some((When::Year(anchor.year()), self.sentence));
        }
    }

    /// What "a year earlier" is a year earlier than, where the text said so lately.
    fn compared(&self) -> Option<&When> {
        let (when, sentence) = self.compared.as_ref()?;
        (self.sentence <= sentence + NEAR_SENTENCES).then_some(when)
    }
}

/// Reads one sentence.
struct Reader<'p, 'r> {
    prose: &'p Prose<'r>,
    syntax: &'p Syntax,
    words: &'p [Word],
    compiled: &'static Compiled,
    sentence: Range<usize>,
    story: Story,
    /// What was found so far, in order.
    found: Vec<Found>,
}

/// A match that fits beside its neighbours.
struct Fit {
    rule: usize,
    end: usize,
    captures: crate::patterns::Captures,
}

impl Reader<'_, '_> {
    fn first_pass(&mut self, number: usize) {
        self.story.sentence = number;
        let mut token = self.sentence.start;
        while token < self.sentence.end {
            if !self.compiled.patterns.may_start(self.prose, self.words, token) {
                token += 1;
                continue;
            }
            let fits = self.fits(0, token, &NoItems);
            match self.first_resolved(fits, token) {
                Some(found) => {
                    token = found.tokens.end;
                    if let Reading::Date(when) = &found.reading {
                        self.story.hear(when);
                    }
                    self.story.hear_period(&found);
                    self.found.push(found);
                }
                None => token += 1,
            }
        }
    }

    fn second_pass(&mut self) {
        // What is joined may be joined again: "early | Friday | morning".
        for _ in 0..3 {
            let mut has_changed = false;
            let mut token = self.sentence.start;
            while token < self.sentence.end {
                let starts = Starts { found: &self.found };
                let fits = self.fits(1, token, &starts);
                match self.first_resolved(fits, token) {
                    Some(joined) => {
                        token = joined.tokens.end;
                        has_changed |= self.replace(joined);
                    }
                    None => token += 1,
                }
            }
            if !has_changed {
                return;
            }
        }
    }

    /// Puts a joined expression in the place of its parts; says whether that changed anything.
    fn replace(&mut self, joined: Found) -> bool {
        let from = self.found.partition_point(|found| found.tokens.end <= joined.tokens.start);
        let to = self.found.partition_point(|found| found.tokens.start < joined.tokens.end);
        if self.found[from..to].iter().any(|found| found.tokens == joined.tokens) && to - from == 1
        {
            return false;
        }
        self.found.splice(from..to, [joined]);
        true
    }

    /// Clock times take the day of the nearest date in their sentence, else the one named last in
    /// the text, else the report's.
    fn give_days(&mut self) {
        for i in 0..self.found.len() {
            if !matches!(self.found[i].reading, Reading::Time(None, _)) {
                continue;
            }
            let here = self.found[i].tokens.start;
            let near = self.found.iter().filter_map(|found| match &found.reading {
                Reading::Date(When::Day(day)) | Reading::Time(Some(When::Day(day)), _) => {
                    Some((found.tokens.start.abs_diff(here), *day))
                }
                _ => None,
            });
            let day = near.min_by_key(|(distance, _)| *distance).map(|(_, day)| day);
            let day = day.or(self.story.anchor).map(When::Day);
            if let Reading::Time(unset, _) = &mut self.found[i].reading {
                *unset = day;
            }
        }
    }

    fn remember(&mut self) {
        for found in &self.found {
            match &found.reading {
                Reading::Date(when) | Reading::Time(Some(when), _) => self.story.hear(when),
                _ => {}
            }
        }
    }

    /// The matches at a token whose neighbours fit, longest first.
    fn fits(&self, pass: usize, token: usize, items: &impl Items) -> Vec<Fit> {
        let mut fits = Vec::new();
        let patterns = &self.compiled.patterns;
        let end = self.sentence.end;
        let place = Place { prose: self.prose, words: self.words, token, limit: end };
        patterns.each(pass, place, items, |rule, end, captures| {
            if end > token && self.fits_beside(rule, token, end) {
                fits.push(Fit { rule, end, captures: captures.clone() });
            }
        });
        fits.sort_by_key(|fit| (std::cmp::Reverse(fit.end), fit.rule));
        fits
    }

    fn first_resolved(&self, fits: Vec<Fit>, token: usize) -> Option<Found> {
        fits.into_iter().find_map(|fit| self.resolved(&fit, token))
    }

    fn resolved(&self, fit: &Fit, token: usize) -> Option<Found> {
        let rule: &'static Rule = &FILES.rules[fit.rule];
        if self.is_title(token..fit.end) {
            return None;
        }
        let (reading, modifier) = self.reading(rule, &fit.captures, token..fit.end)?;
        Some(Found {
            tokens: token..fit.end,
            kind: rule.r#type.0,
            reading,
            modifier: rule.r#mod.or(modifier),
            is_named: matches!(rule.op, Op::Quarter | Op::ThatUnit),
            #[cfg(test)]
            rule: fit.rule,
        })
    }

    /// Whether words that need no capital have one inside a sentence: "she told This Week", "USA
    /// Today", "the Weekly Herald", "on the network's Today show".
    fn is_title(&self, tokens: Range<usize>) -> bool {
        let is_capital = |token: usize| self.prose.word(token).starts_with(char::is_uppercase);
        let before = tokens.start.saturating_sub(1);
        let is_inside = tokens.start > self.sentence.start
            && (tokens.len() > 1
                || self.prose.tokens[before].kind == TokenKind::Word
                // "on the network's 'Today Show'".
                || self.prose.tokens[before].kind == TokenKind::Quote
                    && self.is("dayword", tokens.start)
                    && self.sentence.contains(&tokens.end)
                    && is_capital(tokens.end));
        if !is_inside || !tokens.clone().all(|token| is_capital(token) && !self.is_proper(token)) {
            return false;
        }
        let mut words = self.sentence.clone().filter(|&token| {
            !tokens.contains(&token) && self.prose.tokens[token].kind == TokenKind::Word
        });
        // A headline in capitals says nothing.
        words.any(|token| !is_capital(token) && self.prose.low(token).len() > 3)
            && (tokens.len() > 1
                || is_capital(before) && before > self.sentence.start
                || self.is("dayword", tokens.start)
                || self.sentence.contains(&tokens.end) && is_capital(tokens.end))
    }

    /// Whether the word at `token` always has its capital: months, weekdays, holidays' names.
    fn is_proper(&self, token: usize) -> bool {
        const COMMON: [&str; 5] = ["turn", "anyunit", "part", "dayword", "common"];
        !COMMON.iter().any(|class| self.is(class, token))
    }

    fn fits_beside(&self, rule: usize, start: usize, end: usize) -> bool {
        let beside = &self.compiled.beside[rule];
        let inside = |token: usize| (self.sentence.contains(&token)).then_some(token);
        let before = start.checked_sub(1).and_then(inside);
        let holds = |context: &Option<_>, token| {
            context.as_ref().map(|context| {
                let is_first = token == Some(self.sentence.start);
                self.compiled.patterns.holds(context, self.prose, self.words, token, is_first)
            })
        };
        holds(&beside.left, before) != Some(false)
            && holds(&beside.not_left, before) != Some(true)
            && holds(&beside.right, inside(end)) != Some(false)
            && holds(&beside.right2, inside(end + 1)) != Some(false)
            && holds(&beside.not_right, inside(end)) != Some(true)
    }
}

/// What the first pass found, by first token.
struct Starts<'f> {
    found: &'f [Found],
}

impl Items for Starts<'_> {
    fn item(&self, class: &str, token: usize) -> Option<(usize, usize)> {
        let number = self.found.binary_search_by_key(&token, |found| found.tokens.start).ok()?;
        let found = &self.found[number];
        let fits = match class {
            "date" => matches!(found.reading, Reading::Date(_)),
            "time" => matches!(found.reading, Reading::Time(..)),
            _ => matches!(found.reading, Reading::Length(..)) && found.kind == TimexType::Duration,
        };
        fits.then_some((number, found.tokens.end))
    }
}

#[cfg(test)]
mod tests;
