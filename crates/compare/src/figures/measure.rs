//! Measures: the figures of several reports that count one thing, in order of time.
//!
//! ```text
//! people in Vaal   14 March  001  over a million
//!                  22 March  000  millions            differs
//!                   2 April  002  more than 1.3 million
//! ```
//!
//! A family hangs together by links, so its ends may be of different things: within it, figures are
//! gathered best likeness first, and a figure joins only what it is like on the whole. Not handled:
//! families past what the record hands over as one.

use super::Join;
use super::figure::Figure;
use super::rules::rules;
use super::same::{self, CARRIED, ENOUGH, Likeness, TOO_FAR};
use super::slip::Slip;
use crate::run::places;
use crate::{Item, Link, show};
use onrecord_model::{Date, Span};
use rustc_hash::FxHashSet;

/// How many of each of two groups are laid side by side before they become one.
const SEEN: usize = 6;

/// What several reports count, and what each gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// In plain words: "people killed", "containers".
    pub what: String,
    /// Where, as the reports write it.
    pub place: Option<String>,
    /// What befell those who are counted: "killed", "displaced".
    pub state: Option<String>,
    /// Of what is measured, not counted: "US dollar".
    pub unit: Option<String>,
    /// Pairs of figures of one time that cannot both be so.
    pub contested: usize,
    /// In order of the day they are of, else of publication; undated last.
    pub series: Vec<Given>,
}

/// One figure of a measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    /// The report's name in the record.
    pub report: String,
    /// The report's outlet.
    pub outlet: Option<String>,
    /// When the report was published.
    pub published: Option<Date>,
    /// As of when, a TIMEX3 value.
    pub as_of: Option<String>,
    /// Where it stands, in bytes.
    pub span: Span,
    /// Its words, with what is counted.
    pub text: String,
    /// Bound and number alone: "over a million".
    pub amount: String,
    /// The number given; none for ranges and "dozens".
    pub value: Option<f64>,
    /// The least and the most that readers take it for.
    pub low: f64,
    /// None if there is no most.
    pub high: Option<f64>,
    /// Who gives it; none if the outlet does.
    pub giver: Option<String>,
}

/// The measures of a family of figures, in order of their first figure. `items` and `links` are
/// those of one family of the comparison `figures`, as for `Comparison::family`.
pub fn measures(items: &[Item], links: &[Link]) -> Vec<Measure> {
    let family = Gathered::of(items, links);
    // Numbers that are no measures are looked at for slips alone; an age is of no story.
    let is_measure = |group: &&Vec<usize>| {
        let first = group.first().and_then(|&place| family.figures[place].as_ref());
        first.is_some_and(|figure| !figure.measure.is_empty() && figure.person.is_none())
    };
    family.groups.iter().filter(is_measure).filter_map(|group| family.measure(group)).collect()
}

/// A family's figures, in groups that count one thing.
pub(super) struct Gathered<'i> {
    pub(super) items: &'i [Item],
    pub(super) figures: Vec<Option<Figure>>,
    /// Places in `items`, in order.
    pub(super) groups: Vec<Vec<usize>>,
}

impl<'i> Gathered<'i> {
    pub(super) fn of(items: &'i [Item], links: &[Link]) -> Self {
        let at = places(items);
        let figures = items.iter().map(|item| show::body(&item.body)).collect();
        let mut family = Self { items, figures, groups: Vec::new() };
        let mut joins: Vec<(i32, usize, usize)> = Vec::new();
        for link in links {
            let (Some(&a), Some(&b)) = (at.get(&link.a), at.get(&link.b)) else { continue };
            let join: Option<Join> = show::body(&link.body);
            joins.extend(join.map(|join| (-join.points, a.min(b), a.max(b))));
        }
        joins.sort_unstable();
        let mut groups: Vec<Vec<usize>> = (0..items.len()).map(|place| vec![place]).collect();
        let mut of: Vec<usize> = (0..items.len()).collect();
        let mut apart: FxHashSet<(usize, usize, usize, usize)> = FxHashSet::default();
        let slips: FxHashSet<usize> = joins
            .iter()
            .filter(|join| -join.0 == CARRIED)
            .flat_map(|join| [join.1, join.2])
            .collect();
        for (_, a, b) in joins {
            let (a, b) = (of[a].min(of[b]), of[a].max(of[b]));
            let pair = (a, groups[a].len(), b, groups[b].len());
            if a == b || apart.contains(&pair) {
                continue;
            }
            if !family.are_one(&groups[a], &groups[b], &slips) {
                apart.insert(pair);
                continue;
            }
            let moved = std::mem::take(&mut groups[b]);
            moved.iter().for_each(|&place| of[place] = a);
            groups[a].extend(moved);
        }
        groups.iter_mut().for_each(|group| group.sort_unstable());
        groups.retain(|group| family.reports(group) > 1);
        groups.sort_unstable();
        family.groups = groups;
        family
    }

    fn reports(&self, group: &[usize]) -> usize {
        let mut names: Vec<&str> =
            group.iter().map(|&place| self.items[place].id.report.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names.len()
    }

    /// Whether two groups count one thing: no two of them are parted, and on the whole they are
    /// alike. A number far from the others is no reason where it has another in its sentence
    /// elsewhere: it may be a slip.
    fn are_one(&self, a: &[usize], b: &[usize], slips: &FxHashSet<usize>) -> bool {
        // One report that gives two numbers sets them apart.
        for &x in a {
            let here = b.iter().filter(|&&y| self.items[x].id.report == self.items[y].id.report);
            for &y in here {
                let (Some(one), Some(other)) = (&self.figures[x], &self.figures[y]) else {
                    return false;
                };
                let is_equal = same::agrees(one, other) && same::times(one, other) <= 1.1;
                let is_told_apart = same::are_told_apart(one, other);
                if is_told_apart || !is_equal && self.as_of(x) == self.as_of(y) {
                    return false;
                }
            }
        }
        let (mut points, mut met) = (0, 0);
        for &x in &spread(a) {
            for &y in &spread(b) {
                let Some(likeness) = self.likeness(x, y) else { return false };
                let may_be_slip = slips.contains(&x) || slips.contains(&y);
                if may_be_slip && likeness.points < TOO_FAR / 2 {
                    continue;
                }
                if self.items[x].id.report != self.items[y].id.report {
                    points += likeness.points.min(ENOUGH * 2);
                    met += 1;
                }
            }
        }
        met > 0 && points >= (ENOUGH - 3) * met
    }

    fn as_of(&self, place: usize) -> Option<&str> {
        self.figures[place].as_ref()?.as_of.as_deref()
    }

    pub(super) fn likeness(&self, x: usize, y: usize) -> Option<Likeness> {
        let days = self.items[x].days_from(&self.items[y]);
        same::likeness(self.figures[x].as_ref()?, self.figures[y].as_ref()?, days)
    }

    /// Whether two figures are of one time: else one may have grown into the other.
    pub(super) fn are_of_one_time(&self, x: usize, y: usize) -> bool {
        let is_day = |as_of: &&str| as_of.len() == 10 && !as_of.contains('X');
        match (self.as_of(x).filter(is_day), self.as_of(y).filter(is_day)) {
            (Some(a), Some(b)) => a == b,
            _ => {
                // A toll grows overnight.
                let grows = self.figures[x].as_ref().is_some_and(same::grows);
                let most = u64::from(!grows);
                self.items[x].days_from(&self.items[y]).is_some_and(|days| days <= most)
            }
        }
    }

    /// Whether the two cannot both be so, by an amount that one thing has in two reports' words.
    pub(super) fn differ(&self, x: usize, y: usize) -> bool {
        let (Some(a), Some(b)) = (&self.figures[x], &self.figures[y]) else { return false };
        let is_likely = || {
            same::times(a, b) <= 4.0 || self.slip(x, y).is_some() || self.are_of_one_sentence(x, y)
        };
        !same::agrees(a, b) && is_likely()
    }

    /// The slip of the hand that would make the one of the other.
    pub(super) fn slip(&self, x: usize, y: usize) -> Option<Slip> {
        same::slip(self.figures[x].as_ref()?, self.figures[y].as_ref()?)
    }

    pub(super) fn are_of_one_sentence(&self, x: usize, y: usize) -> bool {
        let (Some(a), Some(b)) = (&self.figures[x], &self.figures[y]) else { return false };
        same::are_of_one_sentence(a, b, self.items[x].days_from(&self.items[y]))
    }

    fn measure(&self, group: &[usize]) -> Option<Measure> {
        let (what, place) = self.named(group)?;
        let first = self.figures[*group.first()?].as_ref()?;
        let mut contested = 0;
        for (at, &x) in group.iter().enumerate() {
            for &y in &group[at + 1..] {
                contested += usize::from(self.are_of_one_time(x, y) && self.differ(x, y));
            }
        }
        let mut series: Vec<Given> = group.iter().filter_map(|&place| self.given(place)).collect();
        let day = |given: &Given| {
            let own = given.as_of.as_ref().filter(|day| day.len() == 10 && !day.contains('X'));
            own.cloned().or_else(|| given.published.map(|day| day.to_string()))
        };
        series.sort_by_cached_key(|given| {
            let day = day(given);
            (day.is_none(), day, given.report.clone(), given.span)
        });
        let (state, unit) = (first.state.clone(), first.unit.clone());
        Some(Measure { what, place, state, unit, contested, series })
    }

    fn given(&self, place: usize) -> Option<Given> {
        let figure = self.figures[place].as_ref()?;
        let item = &self.items[place];
        Some(Given {
            report: item.id.report.clone(),
            outlet: item.outlet.clone(),
            published: item.published,
            as_of: figure.as_of.clone(),
            span: figure.span,
            text: show::short(&figure.text, 200),
            amount: figure.said(),
            value: figure.value,
            low: figure.low,
            high: figure.high,
            giver: figure.giver.clone(),
        })
    }

    /// What a group counts in plain words, and where.
    pub(super) fn named(&self, group: &[usize]) -> Option<(String, Option<String>)> {
        let figures: Vec<&Figure> =
            group.iter().filter_map(|&place| self.figures[place].as_ref()).collect();
        let first = figures.first()?;
        let places = figures.iter().filter_map(|figure| figure.place_words.as_deref());
        let place = most(places, figures.len()).map(str::to_owned);
        let is_people = first.class == "people";
        let shortest = figures
            .iter()
            .map(|figure| counted(figure))
            .filter(|words| !words.is_empty())
            .min_by_key(|words| words.chars().count());
        let what = match (&first.state, shortest) {
            (Some(state), _) if is_people && rules().is_settled(Some(state)) => "people".to_owned(),
            (Some(state), _) if is_people => match state.as_str() {
                "marched" | "voted" | "signed" => format!("people who {state}"),
                "cut" => "people dismissed".to_owned(),
                _ => format!("people {state}"),
            },
            (_, Some(words)) => words,
            (_, None) => {
                let unit = first.unit.as_ref().unwrap_or(&first.class);
                // As the text has it: "minutes", not "minute".
                let own = first.amount.split_whitespace().find(|word| word.starts_with(unit));
                own.unwrap_or(unit).to_owned()
            }
        };
        let what = show::short(&what, 60);
        let place = place.filter(|place| !what.contains(place.as_str()));
        Some((what, place))
    }
}

/// The words of a figure without bound and number.
fn counted(figure: &Figure) -> String {
    let line = figure.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let rest = line.strip_prefix(figure.amount.as_str()).unwrap_or("");
    let rest = rest.trim_start_matches(['-', ' ']);
    rest.strip_prefix("of ").unwrap_or(rest).to_owned()
}

/// What stands most often, and first among equals; none where it is of less than half of `all`.
fn most<'a>(words: impl Iterator<Item = &'a str>, all: usize) -> Option<&'a str> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for word in words {
        match counts.iter_mut().find(|(known, _)| *known == word) {
            Some((_, count)) => *count += 1,
            None => counts.push((word, 1)),
        }
    }
    let best = counts.iter().map(|&(_, count)| count).max().filter(|best| best * 2 >= all)?;
    counts.iter().find(|&&(_, count)| count == best).map(|&(word, _)| word)
}

/// A few of many, evenly.
fn spread(group: &[usize]) -> Vec<usize> {
    let step = group.len().div_ceil(SEEN).max(1);
    group.iter().copied().step_by(step).collect()
}
