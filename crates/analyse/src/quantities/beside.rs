//! What stands beside a figure: before it a currency, bounds, a rise or fall; after it a bound, a
//! unit, a rate, a rise or fall.
//!
//! ```text
//! fell by about | 3 | percent        more than | 500 | tonnes of grain a year
//! ```
//!
//! Not handled: bounds in another clause ("The dead number 14, if not more").

use super::figure::Figure;
use super::rules::Beside;
use super::{After, Before, Mark, Reader, singular};
use crate::patterns::{NoItems, Place};
use crate::text::TokenKind;
use onrecord_model::Bound;

impl Reader<'_, '_> {
    /// Reads back from a figure: a currency, bounds, a rise or fall.
    pub(super) fn before(&self, figure: &Figure) -> Before {
        let start = figure.start;
        let mut before =
            Before { start, bound: Bound::Exact, change: None, change_at: None, unit: None };
        let mut at = start;
        let mut is_owned = false;
        for _ in 0..5 {
            let marks = self.marks.iter().rev().filter(|mark| mark.end == at && self.holds(mark));
            let Some(mark) = marks.min_by_key(|mark| mark.start) else {
                // "rose by 3 percent", "rose to" is no rise of that much.
                let is_by = at > self.sentence.start
                    && (self.low(at - 1) == "by"
                        || figure.is_range && self.low(at - 1) == "between");
                if is_by && before.change.is_none() {
                    at -= 1;
                    continue;
                }
                break;
            };
            match mark.says {
                Beside::Unit(unit) if at == start => {
                    before.unit = Some(unit);
                    before.start = mark.start;
                }
                Beside::Unit(_) => break,
                Beside::Bound(Bound::Exact) => {
                    // "turned down its 50% increase": not down by so much.
                    is_owned |= matches!(
                        self.low(mark.start),
                        "the" | "its" | "their" | "his" | "her" | "these" | "those" | "all" | "a"
                    );
                }
                Beside::Bound(bound) => {
                    if before.bound == Bound::Exact {
                        before.bound = bound;
                    }
                    before.start = mark.start;
                }
                // "made up 54 percent" is no rise.
                Beside::Change(_) if is_owned || self.is_idle_particle(mark.start) => break,
                Beside::Change(change) => {
                    before.change = Some(change);
                    before.change_at = Some(mark.start);
                    break;
                }
            }
            at = mark.start;
        }
        before
    }

    /// "made up", "turned down", "ended up": an "up" or "down" that is part of another verb.
    fn is_idle_particle(&self, at: usize) -> bool {
        let previous = at.checked_sub(1).map_or("", |at| self.low(at));
        matches!(self.low(at), "up" | "down") && self.rules.part(previous).has_particle
    }

    /// Whether a mark is what it seems: "A$" is a currency, "a $5 loan" is not.
    fn holds(&self, mark: &Mark) -> bool {
        match mark.says {
            Beside::Unit(_) if mark.end - mark.start > 1 => {
                self.is_glued(mark.start + 1) && self.is_capital(mark.start)
                    || self.low(mark.start).len() > 1
                    || self.low(mark.start) == "c"
            }
            Beside::Unit(_) => {
                // "Rs 500", "USD 3m": letters must be capitals.
                self.kind(mark.start) == Some(TokenKind::Symbol) || self.is_capital(mark.start)
            }
            _ => true,
        }
    }

    /// Reads on from a figure: bound, unit, rate, what is counted.
    pub(super) fn after(&self, figure: &Figure, before: &Before) -> After {
        let mut after = After {
            end: figure.end,
            bound: None,
            change: None,
            unit: None,
            kind: "",
            counted: None,
        };
        if figure.is_multiple {
            after.unit = Some("times".to_owned());
            after.kind = "ratio";
            return after;
        }
        self.right_bound(&mut after);
        // "millions of dollars", "tens of thousands of tons".
        if figure.is_vague
            && self.low(after.end) == "of"
            && let Some((unit, end)) = self.unit_at(figure, after.end + 1)
            && !matches!(self.rules.units[unit].kind.as_str(), "ratio" | "points")
        {
            after.end = end;
            after.unit = Some(self.rules.units[unit].name.clone());
            after.kind = self.rules.units[unit].kind.as_str();
            after.counted = self.counted_after_unit(end).filter(|_| after.kind != "time");
            return after;
        }
        // "a quarter of a percentage point".
        if figure.is_share
            && self.low(after.end) == "of"
            && matches!(self.low(after.end + 1), "a" | "an" | "one")
            && let Some((unit, end)) = self.unit_at(figure, after.end + 2)
            && self.rules.units[unit].kind != "time"
        {
            after.end = end;
            after.unit = Some(self.rules.units[unit].name.clone());
            after.kind = self.rules.units[unit].kind.as_str();
            return after;
        }
        let unit = before.unit.or_else(|| {
            let (unit, end) = self.unit_at(figure, after.end)?;
            after.end = end;
            Some(unit)
        });
        let Some(unit) = unit else {
            if self.is_age_beside(figure) {
                after.unit = Some("year of age".to_owned());
                after.kind = "age";
                return after;
            }
            self.count(figure, &mut after);
            return after;
        };
        let unit = &self.rules.units[unit];
        after.kind = unit.kind.as_str();
        let mut name = unit.name.clone();
        if name == "pound-mass" && figure.value.or(figure.low).unwrap_or(0.0) >= 1e5 {
            "pound sterling".clone_into(&mut name);
            after.kind = "money";
        }
        // "$64 million dollars" says it twice.
        if before.unit.is_some()
            && let Some((_, end)) = self
                .unit_at(figure, after.end)
                .filter(|(again, _)| self.rules.units[*again].kind == "money")
        {
            after.end = end;
        }
        self.right_bound(&mut after);
        if let Some((rate, end)) = self.rate(after.end) {
            name = format!("{name} per {rate}");
            after.end = end;
        }
        after.unit = Some(name);
        after.change = self.right_change(after.end);
        // "$220 million more to feed them" is no rise, "12 percent more than" is one.
        let is_more = matches!(self.low(after.end), "more" | "less" | "fewer");
        if is_more && after.kind != "share" && !matches!(self.low(after.end + 1), "than" | "per") {
            after.change = None;
        }
        if !matches!(after.kind, "age" | "time") {
            after.counted = self.counted_after_unit(after.end);
        }
        // "2.4 billion gallons of jet fuel a year".
        if let Some(counted) = &after.counted
            && let Some(name) = after.unit.as_mut().filter(|name| !name.contains(" per "))
            && let Some((rate, _)) = self.rate(counted.tokens.end)
        {
            *name = format!("{name} per {rate}");
        }
        after
    }

    fn right_bound(&self, after: &mut After) {
        let (at, end) = (after.end, self.sentence.end);
        if at >= end {
            return;
        }
        let patterns = &self.rules.patterns;
        let place = Place { prose: self.prose, words: self.words, token: at, limit: end };
        patterns.each(1, place, &NoItems, |rule, to, _| {
            if let Beside::Bound(bound) = self.rules.says[rule]
                && to > after.end
            {
                after.bound = Some(bound);
                after.end = to;
            }
        });
    }

    /// "5% increase", "3 points lower".
    fn right_change(&self, at: usize) -> Option<Bound> {
        if at >= self.sentence.end {
            return None;
        }
        let mut change = None;
        let (patterns, end) = (&self.rules.patterns, self.sentence.end);
        let place = Place { prose: self.prose, words: self.words, token: at, limit: end };
        patterns.each(1, place, &NoItems, |rule, to, _| {
            if let Beside::Change(found) = self.rules.says[rule]
                && to > at
            {
                change = Some(found);
            }
        });
        change
    }

    /// The longest unit that begins at `at`.
    pub(super) fn unit_at(&self, figure: &Figure, at: usize) -> Option<(usize, usize)> {
        if at >= self.sentence.end {
            return None;
        }
        let mut found: Option<(usize, usize)> = None;
        let (patterns, end) = (&self.rules.patterns, self.sentence.end);
        let place = Place { prose: self.prose, words: self.words, token: at, limit: end };
        patterns.each(1, place, &NoItems, |rule, to, _| {
            if let Beside::Unit(unit) = self.rules.says[rule]
                && found.is_none_or(|(_, longest)| to > longest)
            {
                found = Some((unit, to));
            }
        });
        // "1,500-mile-wide": one word after the hyphen, whose first part is the unit.
        let is_joined = found.is_none() && self.low(at) == "-" && self.is_glued(at);
        if is_joined && let Some((first, _)) = self.low(at + 1).split_once('-') {
            return self.rules.unit_named(first).map(|unit| (unit, at + 2));
        }
        let (unit, to) = found?;
        let last = self.prose.word(to - 1);
        // One letter is a unit only right after its digits: "75 m" may be a name's initial.
        let is_letter =
            to == at + 1 && last.len() == 1 && last.is_ascii() && !matches!(last, "%" | "m");
        if is_letter && !(self.is_glued(at) && figure.is_digits) {
            return None;
        }
        // A hyphen joins only where it is glued on both sides.
        let is_age = self.rules.units[unit].kind == "age";
        if self.prose.low(at) == "-" && !is_age && !(self.is_glued(at) && self.is_glued(at + 1)) {
            return None;
        }
        Some((unit, to))
    }

    /// "a share", "per barrel", "an hour".
    fn rate(&self, at: usize) -> Option<(String, usize)> {
        // "$70-a-share".
        let hyphen = usize::from(self.low(at) == "-" && self.low(at + 2) == "-");
        let at = at + hyphen;
        let is_joined = matches!(self.low(at), "a" | "an" | "per" | "each" | "/");
        let at = at + hyphen;
        let per = self.low(at + 1);
        // "$3 million a year earlier" is no rate.
        let is_past = matches!(self.low(at + 2), "earlier" | "ago" | "later" | "before" | "after");
        if !is_joined || is_past || !self.rules.part(per).is_rate {
            return None;
        }
        let per = if per == "annum" { "year".to_owned() } else { singular(per) };
        Some((per, at + 2))
    }
}
