//! Quantities: every figure, how exactly it is given, its unit and what it counts.
//!
//! In: a report's prose, its time expressions and its syntax. Out: its figures in
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
//! `numbers.toml`. A length of time is a figure and a time expression; dates and clock times are
//! none. What a measure is of ("shares of X rose 3 percent") is found by the syntax tree. Not
//! handled: ordinals and names with numbers (they are no quantities), sums over several figures,
//! "a dozen" in idioms.

mod apart;
mod beside;
mod circumstances;
mod counted;
mod figure;
mod rules;
mod said_of;

use crate::patterns::{NoItems, Place, Word};
use crate::syntax::Syntax;
use crate::text::{Prose, TokenKind};
use counted::Counted;
use figure::Figure;
use onrecord_model::{Bound, Quantity, Span, Statement, Timex, TimexType};
use rules::{Beside, RULES, Rules};
use std::ops::Range;

pub use counted::singular;

/// The figures of a report, in order, apart from one another. Whose they are is not said yet: see
/// [`give`].
pub fn quantities(prose: &Prose, times: &[Timex]) -> Vec<Quantity> {
    quantities_with(prose, times, &crate::syntax::syntax(prose))
}

/// The same, with the report's tags and dependencies at hand.
pub fn quantities_with(prose: &Prose, times: &[Timex], syntax: &Syntax) -> Vec<Quantity> {
    let mut all = Vec::new();
    read_all(prose, times, syntax, &mut all, |_, _| {});
    all
}

/// For each figure, who counts, has or does what is counted: "the *firm* hired 300 people".
pub fn actors(prose: &Prose, times: &[Timex], syntax: &Syntax) -> Vec<Option<Span>> {
    let mut actors = Vec::new();
    read_all(prose, times, syntax, &mut Vec::new(), |reader, quantity| {
        let from = prose.token_from(quantity.span.start as usize);
        let to = prose.token_from(quantity.span.end as usize);
        actors.push(reader.actor_of(&(from..to)).map(|actor| actor.span(prose)));
    });
    actors
}

fn read_all(
    prose: &Prose,
    times: &[Timex],
    syntax: &Syntax,
    all: &mut Vec<Quantity>,
    mut each: impl FnMut(&Reader, &Quantity),
) {
    let rules: &'static Rules = &RULES;
    let words = rules.patterns.read(prose);
    let in_time = marked(prose, times, |_| true);
    let in_length = marked(prose, times, |timex| timex.kind == TimexType::Duration);
    for sentence in &prose.sentences {
        let from = all.len();
        let mut reader = Reader {
            prose,
            rules,
            words: &words,
            in_time: &in_time,
            in_length: &in_length,
            times,
            syntax,
            sentence: sentence.tokens.clone(),
            marks: Vec::new(),
        };
        reader.read(all);
        all[from..].iter().for_each(|quantity| each(&reader, quantity));
    }
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

/// For each token, whether it stands in a time expression of a kind.
fn marked(prose: &Prose, times: &[Timex], is_of_kind: impl Fn(&&Timex) -> bool) -> Vec<bool> {
    let mut marked = vec![false; prose.tokens.len()];
    for timex in times.iter().filter(is_of_kind) {
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
    /// Of these, the lengths of time: "30 years" is a quantity too.
    in_length: &'p [bool],
    times: &'p [Timex],
    syntax: &'p Syntax,
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
    /// The word that says so.
    change_at: Option<usize>,
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
        let before = self.before(figure);
        if let Some((first, second)) = figure.score {
            return self.score(figure, first, second, all);
        }
        if before.unit.is_none() && self.is_named(figure) {
            return None;
        }
        let after = self.after(figure, &before);
        // Of a time expression only the length is a figure.
        if self.in_time[figure.start] && !matches!(after.kind, "time" | "age") {
            return None;
        }
        if !self.is_quantity(figure, &before, &after) {
            return None;
        }
        let mut bound = after.bound.unwrap_or(before.bound);
        // "repaid over 30 years" is no more than 30, "for over 30 years" is more.
        let is_during =
            after.kind == "time" && bound == Bound::Over && self.low(before.start) == "over" && {
                let previous = before.start.checked_sub(1).map_or("", |at| self.low(at));
                !matches!(
                    previous,
                    "for"
                        | "after"
                        | "lasted"
                        | "took"
                        | "spent"
                        | "been"
                        | "is"
                        | "was"
                        | "of"
                        | "just"
                        | "well"
                        | "last"
                        | "takes"
                        | ""
                )
            };
        if is_during {
            bound = Bound::Exact;
        }
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
        // "minus 20 degrees".
        let is_minus = sign.is_some_and(|at| {
            self.low(at) == "minus" && self.low(at - usize::from(at > 0)) != "or"
        });
        if is_minus && matches!(after.kind, "temperature" | "share") {
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
        let tokens = before.start..after.end;
        let last = all
            .last()
            .filter(|last| last.span.start >= self.prose.tokens[self.sentence.start].span.start);
        if let Some(change) = self.change(figure, &before, &after, bound) {
            bound = change;
        } else if matches!(bound, Bound::Exact)
            && let Some(last) = last
            && matches!(last.bound, Bound::Up | Bound::Down)
            && (last.unit == after.unit
                || !after.kind.is_empty() && self.low(tokens.start.saturating_sub(1)) == "or")
            && self.is_listed_after(last, &tokens)
        {
            // "rose 9 percent in Marrow and 6 percent in Lorne".
            bound = last.bound;
        }
        // What a measure or a bare number is of may stand anywhere in the sentence.
        let is_measured = !after.kind.is_empty() || after.unit.is_none();
        let changed = figure.is_multiple.then(|| self.object_after(figure.start)).flatten();
        let far = match after.kind {
            _ if !is_measured || self.is_like_the_last(&tokens) => None,
            "age" => self.aged(&tokens),
            _ => changed.or_else(|| self.said_of(&tokens)),
        };
        let far = far
            .or_else(|| self.noun_before(&tokens).filter(|_| figure.is_multiple))
            .filter(|_| after.counted.is_none());
        let counted = after.counted.as_ref().or(far.as_ref());
        // "31 points, or 0.5 percent", "$1.2 billion (£900m)": of the same as the figure before.
        let counted_span = counted.map(|counted| counted.span(self.prose)).or_else(|| {
            last.filter(|last| {
                is_measured
                    && last.unit.as_deref().is_none_or(|unit| {
                        kind_of(unit.split(" per ").next().unwrap_or(unit)).is_some()
                            || unit == "times"
                    })
            })
            .and_then(|last| last.counted_span)
        });
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

    /// Whether a figure says by how much something rose or fell.
    fn change(
        &self,
        figure: &Figure,
        before: &Before,
        after: &After,
        bound: Bound,
    ) -> Option<Bound> {
        if matches!(after.kind, "age" | "time") || figure.is_multiple {
            return None;
        }
        // "fell below $1 trillion", "rose above 5 percent" name a level.
        let is_level =
            matches!(self.low(before.start), "below" | "above" | "under" | "past" | "beyond");
        if is_level {
            return None;
        }
        let is_counted = after.kind.is_empty() && after.counted.is_some();
        if let Some(change) = before.change.or(after.change) {
            // "called up 300,000 reservists" is no rise.
            let is_particle = is_counted
                && before.change_at.is_some_and(|at| matches!(self.low(at), "up" | "down"));
            // "sank 50 boats" is no fall; "added 200 jobs", "rose by 200 jobs" say how many more.
            let is_of_counts = !is_counted
                || before.change_at.is_none_or(|at| {
                    self.rules.part(self.low(at)).counts_change
                        || matches!(self.low(before.start - 1), "by" | "of")
                });
            return (!is_particle && is_of_counts).then_some(change);
        }
        if is_counted || !matches!(bound, Bound::Exact | Bound::Between) {
            return None;
        }
        self.change_above(&(before.start..after.end))
    }

    /// Whether a figure is of what the one before it is of: "23%, up from 15%", "Terns (57% vs.
    /// 42%)", "1% who sail".
    fn is_like_the_last(&self, tokens: &Range<usize>) -> bool {
        let before = |back: usize| {
            let at = tokens.start.checked_sub(back).filter(|at| self.sentence.contains(at));
            at.map_or("", |at| self.low(at))
        };
        let is_from = before(1) == "from" && matches!(before(2), "up" | "down");
        let is_closed = before(1) == "(" && self.low(tokens.end) == ")";
        is_from || is_closed || before(1) == "vs." || self.low(tokens.end) == "who"
    }

    /// Whether a figure goes on with the list that the last one began.
    fn is_listed_after(&self, last: &Quantity, tokens: &Range<usize>) -> bool {
        let from = self.prose.token_from(last.span.end as usize);
        let between = from..tokens.start;
        between.len() <= 7
            && between.clone().any(|at| matches!(self.low(at), "and" | "," | "or"))
            && !between.clone().any(|at| self.is_tagged_verb(at))
            && !matches!(
                self.low(tokens.start - 1),
                "a" | "an"
                    | "the"
                    | "its"
                    | "to"
                    | "at"
                    | "from"
                    | "of"
                    | "for"
                    | "than"
                    | "below"
                    | "above"
            )
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
}

/// Words of a text on one line: hard-wrapped text has breaks inside a name.
fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
