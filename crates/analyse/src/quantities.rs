//! Quantities: every figure, how exactly it is given, its unit and what it counts.
//!
//! In: a report's prose and its time expressions (which are no quantities). Out: its figures in
//! order, apart from one another.
//!
//! ```text
//! more than 1.3 million displaced civilians in Port Lorne
//!   →   1,300,000   over   people   "displaced civilians in Port Lorne"
//! ```
//!
//! The unit of what is counted is its head noun in the singular ("boat"), "people" for nouns that
//! name people, "share" for parts of a whole, "score" for the two sides of "6-3", "times" for
//! "doubled". Figures, bounds and units are data: `rules/en/quantities.toml`, `units.toml`,
//! `numbers.toml`. Not handled: ordinals and names with numbers (they are no quantities), sums
//! over several figures, "a dozen" in idioms.

mod circumstances;
mod counted;
mod figure;
mod rules;

use crate::patterns::{NoItems, Place, Word};
use crate::text::{Prose, TokenKind};
use counted::Counted;
use figure::Figure;
use onrecord_model::{Bound, Quantity, Statement, Timex};
use rules::{Beside, RULES, Rules};
use std::ops::Range;

pub use counted::singular;

/// The figures of a report, in order, apart from one another. Whose they are is not said yet: see
/// [`give`].
pub fn quantities(prose: &Prose, times: &[Timex]) -> Vec<Quantity> {
    let rules: &'static Rules = &RULES;
    let words = rules.patterns.read(prose);
    let in_time = marked(prose, times);
    let mut all = Vec::new();
    for sentence in &prose.sentences {
        let mut reader = Reader {
            prose,
            rules,
            words: &words,
            in_time: &in_time,
            times,
            sentence: sentence.tokens.clone(),
            marks: Vec::new(),
        };
        reader.read(&mut all);
    }
    all
}

/// Gives each quantity the innermost statement whose content holds its figure.
pub fn give(quantities: &mut [Quantity], statements: &[Statement]) {
    for quantity in quantities {
        let holds = |statement: &&Statement| {
            statement.content.iter().any(|content| content.contains(quantity.span))
        };
        let length = |statement: &Statement| -> usize {
            statement.content.iter().map(|content| content.len()).sum()
        };
        let innermost = statements.iter().filter(holds).min_by_key(|statement| length(statement));
        quantity.statement = innermost.map(|statement| statement.id);
    }
}

/// What a value comes to in the base unit of its kind (metres, square metres, cubic metres,
/// kilograms, metres a second, watts, bytes; a share of one for percent); `None` where the unit has
/// none.
pub fn in_base_units(value: f64, unit: &str) -> Option<f64> {
    let unit = RULES.units.iter().find(|known| known.name == unit)?;
    Some(value * unit.base?)
}

/// What kind of unit it is: "money", "length", "share", …; `None` for things counted.
pub fn kind_of(unit: &str) -> Option<&'static str> {
    let rules: &'static Rules = &RULES;
    rules.units.iter().find(|known| known.name == unit).map(|unit| unit.kind.as_str())
}

/// For each token, whether it stands in a time expression.
fn marked(prose: &Prose, times: &[Timex]) -> Vec<bool> {
    let mut marked = vec![false; prose.tokens.len()];
    for timex in times {
        let from = prose.token_from(timex.span.start as usize);
        let tokens = prose.tokens[from..].iter().zip(&mut marked[from..]);
        tokens
            .take_while(|(token, _)| token.span.start < timex.span.end)
            .for_each(|(_, mark)| *mark = true);
    }
    marked
}

/// Something that stands before a figure.
#[derive(Debug, Clone, Copy)]
struct Mark {
    start: usize,
    end: usize,
    says: Beside,
}

struct Reader<'p, 'r> {
    prose: &'p Prose<'r>,
    rules: &'static Rules,
    words: &'p [Word],
    in_time: &'p [bool],
    times: &'p [Timex],
    sentence: Range<usize>,
    /// What was found that may stand before a figure.
    marks: Vec<Mark>,
}

/// What stands before a figure, put together.
struct Before {
    /// The first token of the bound, or the figure's own.
    start: usize,
    bound: Bound,
    change: Option<Bound>,
    unit: Option<usize>,
}

/// What stands after a figure.
struct After {
    end: usize,
    bound: Option<Bound>,
    /// A rise or fall: "a 5% increase".
    change: Option<Bound>,
    unit: Option<String>,
    kind: &'static str,
    counted: Option<Counted>,
}

impl Reader<'_, '_> {
    fn read(&mut self, all: &mut Vec<Quantity>) {
        let mut token = self.sentence.start;
        while token < self.sentence.end {
            if let Some(figure) = self.figure(token) {
                token = match self.quantity(&figure, all) {
                    Some(end) => end.max(token + 1),
                    None => figure.end.max(token + 1),
                };
                continue;
            }
            if self.rules.patterns.may_start(self.prose, self.words, token) {
                let (marks, says) = (&mut self.marks, &self.rules.says);
                let (prose, end) = (self.prose, self.sentence.end);
                let patterns = &self.rules.patterns;
                let place = Place { prose, words: self.words, token, limit: end };
                patterns.each(0, place, &NoItems, |rule, end, _| {
                    if end > token {
                        marks.push(Mark { start: token, end, says: says[rule] });
                    }
                });
            }
            token += 1;
        }
    }

    fn low(&self, token: usize) -> &str {
        if self.sentence.contains(&token) { self.prose.low(token) } else { "" }
    }

    fn kind(&self, token: usize) -> Option<TokenKind> {
        self.sentence.contains(&token).then(|| self.prose.tokens[token].kind)
    }

    fn is_glued(&self, token: usize) -> bool {
        self.sentence.contains(&token) && self.prose.tokens[token].is_glued
    }

    fn is_capital(&self, token: usize) -> bool {
        self.sentence.contains(&token) && self.prose.word(token).starts_with(char::is_uppercase)
    }

    /// Makes the quantity of a figure; gives one past its last token.
    fn quantity(&mut self, figure: &Figure, all: &mut Vec<Quantity>) -> Option<usize> {
        let before = self.before(figure.start);
        if let Some((first, second)) = figure.score {
            return self.score(figure, first, second, all);
        }
        if before.unit.is_none() && self.is_named(figure) {
            return None;
        }
        let after = self.after(figure, &before);
        if !self.is_quantity(figure, &before, &after) {
            return None;
        }
        let mut bound = after.bound.unwrap_or(before.bound);
        if let Some(own) = figure.bound
            && bound == Bound::Exact
        {
            bound = own;
        }
        let (mut value, mut low, mut high) = (figure.value, figure.low, figure.high);
        // "-5 degrees", "−0.3%": a sign, not a hyphen.
        let sign = figure.start.checked_sub(1).filter(|at| self.sentence.contains(at));
        let is_negative = sign.is_some_and(|at| {
            matches!(self.prose.word(at), "-" | "−" | "–")
                && self.is_glued(figure.start)
                && !self.is_glued(at)
        }) && matches!(after.kind, "temperature" | "share" | "points");
        if is_negative {
            value = value.map(|value| -value);
        }
        if let Some(value) = value {
            match bound {
                Bound::Over | Bound::AtLeast => low = Some(value),
                Bound::UpTo | Bound::Under | Bound::Nearly => high = Some(value),
                _ => {}
            }
            if matches!(bound, Bound::Exact) {
                (low, high) = (Some(value), Some(value));
            }
        }
        if figure.is_range {
            bound = Bound::Between;
            value = None;
        }
        let takes_change = after.kind != "age" && !(after.kind.is_empty() && after.unit.is_none());
        if takes_change
            && !figure.is_range
            && let Some(change) = before.change.or(after.change)
        {
            bound = change;
        }
        let counted_span = after.counted.as_ref().map(|counted| counted.span(self.prose));
        let tokens = before.start..after.end;
        all.push(Quantity {
            span: self.prose.span(tokens.clone()),
            value,
            low,
            high,
            bound,
            unit: after.unit,
            counted: counted_span.map(|span| one_line(span.of(self.prose.text))),
            counted_span,
            place: self.place(&tokens, after.counted.as_ref()),
            as_of: self.as_of(&tokens, after.kind, after.counted.as_ref()),
            statement: None,
        });
        Some(after.end)
    }

    /// "6-3": a figure for each side.
    fn score(
        &self,
        figure: &Figure,
        first: f64,
        second: f64,
        all: &mut Vec<Quantity>,
    ) -> Option<usize> {
        for (token, value) in [(figure.start, first), (figure.end - 1, second)] {
            all.push(Quantity {
                span: self.prose.tokens[token].span,
                value: Some(value),
                low: Some(value),
                high: Some(value),
                bound: Bound::Exact,
                unit: Some("score".to_owned()),
                counted: None,
                counted_span: None,
                place: None,
                as_of: None,
                statement: None,
            });
        }
        Some(figure.end)
    }

    /// Reads back from a figure: a currency, bounds, a rise or fall.
    fn before(&self, start: usize) -> Before {
        let mut before = Before { start, bound: Bound::Exact, change: None, unit: None };
        let mut at = start;
        for _ in 0..5 {
            let marks = self.marks.iter().rev().filter(|mark| mark.end == at && self.holds(mark));
            let Some(mark) = marks.min_by_key(|mark| mark.start) else {
                // "rose by 3 percent", "rose to" is no rise of that much.
                let is_by = at > self.sentence.start && self.low(at - 1) == "by";
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
                Beside::Bound(Bound::Exact) => {}
                Beside::Bound(bound) => {
                    if before.bound == Bound::Exact {
                        before.bound = bound;
                    }
                    before.start = mark.start;
                }
                Beside::Change(change) => {
                    before.change = Some(change);
                    break;
                }
            }
            at = mark.start;
        }
        before
    }

    /// Whether a mark is what it seems: "A$" is a currency, "a $5 loan" is not.
    fn holds(&self, mark: &Mark) -> bool {
        match mark.says {
            Beside::Unit(_) if mark.end - mark.start > 1 => {
                self.is_glued(mark.start + 1) && self.is_capital(mark.start)
                    || self.low(mark.start).len() > 1
            }
            Beside::Unit(_) => {
                // "Rs 500", "USD 3m": letters must be capitals.
                self.kind(mark.start) == Some(TokenKind::Symbol) || self.is_capital(mark.start)
            }
            _ => true,
        }
    }

    /// Reads on from a figure: bound, unit, rate, what is counted.
    fn after(&self, figure: &Figure, before: &Before) -> After {
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
        if after.kind != "age" {
            after.counted = self.counted_after_unit(after.end);
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
    fn unit_at(&self, figure: &Figure, at: usize) -> Option<(usize, usize)> {
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
        let is_letter = to == at + 1 && last.len() == 1 && last.is_ascii() && last != "%";
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

    /// Whether the figure is only part of a name or an address: "Resolution 2334", "Downing Street".
    fn is_named(&self, figure: &Figure) -> bool {
        let previous = figure.start.checked_sub(1).filter(|at| self.sentence.contains(at));
        let next = self.low(figure.end);
        let is_plain = figure.is_digits && figure.is_plain;
        if is_plain && self.is_capital(figure.end) && {
            let streets = [figure.end, figure.end + 1, figure.end + 2];
            streets
                .iter()
                .any(|at| self.is_capital(*at) && self.rules.part(self.low(*at)).is_street)
        } {
            return true;
        }
        let Some(previous) = previous else {
            // "1. The plan": a number of a list.
            return is_plain && matches!(next, "." | ")" | ":");
        };
        let low = self.low(previous);
        let noun_follows = self.is_noun(figure.end) || self.unit_at(figure, figure.end).is_some();
        if self.rules.part(low).is_name {
            return self.is_capital(previous) && previous > self.sentence.start || !noun_follows;
        }
        if low == "/" && self.is_glued(figure.start) {
            return true;
        }
        if low == "#" || low == "-" && self.is_glued(figure.start) && self.is_glued(previous) {
            return true;
        }
        is_plain
            && self.kind(previous) == Some(TokenKind::Word)
            && self.is_capital(previous)
            && previous > self.sentence.start
            && !self.in_time[previous]
            && !noun_follows
            && !self.rules.is_function(low)
    }

    /// Whether a word in lower case that may be a noun stands at `at`.
    fn is_noun(&self, at: usize) -> bool {
        self.kind(at) == Some(TokenKind::Word)
            && !self.is_capital(at)
            && !self.rules.is_function(self.low(at))
            && !self.rules.part(self.low(at)).is_verb
    }

    /// "Lina Oke, 44, said", "aged 11".
    fn is_age_beside(&self, figure: &Figure) -> bool {
        let Some(value) = figure.value else { return false };
        if !(figure.is_digits && figure.is_plain && value <= 115.0 && value.fract() == 0.0) {
            return false;
        }
        let at = figure.start;
        let before = |back: usize| at.checked_sub(back).map_or("", |at| self.low(at));
        if matches!(before(1), "aged" | "age" | "ages") {
            return true;
        }
        let is_apart = before(1) == "," && matches!(self.low(figure.end), "," | "." | ";" | ")");
        let is_name = at >= 2 && self.is_capital(at - 2) && !self.in_time[at - 2];
        is_apart
            && is_name
            && self.kind(at - 2) == Some(TokenKind::Word)
            && value >= 1.0
            && self.low(figure.end) == ","
    }

    /// Whether what was read is a quantity after all.
    fn is_quantity(&self, figure: &Figure, before: &Before, after: &After) -> bool {
        if after.unit.is_some() || after.counted.is_some() {
            // "one of the best": a pronoun.
            let is_of = figure.is_one && self.low(figure.end) == "of";
            return !is_of;
        }
        if figure.is_one {
            return false;
        }
        let has_hint =
            before.bound != Bound::Exact || before.change.is_some() || after.bound.is_some();
        let value = figure.value.or(figure.low).unwrap_or(0.0);
        // "the top four", "the two": they stand for what was named before.
        if !has_hint && !figure.is_digits && value <= 12.0 {
            return false;
        }
        let may_be_year = figure.is_plain && figure.is_digits && (1500.0..2100.0).contains(&value);
        // "50/50", "24/7" and telephone numbers are no quantities.
        let is_slashed = self.low(figure.end) == "/" && self.is_glued(figure.end);
        (has_hint || !may_be_year) && !is_slashed
    }
}

/// Words of a text on one line: hard-wrapped text has breaks inside a name.
fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
