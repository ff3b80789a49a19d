//! How alike two groups of reports are: words that both have, less if their names are others, less
//! the more days lie between.
//!
//! ```text
//! a quake in Torva, 6 May    a quake in Torva, 8 May      460 of 1,000
//! a quake in Torva, 6 May    a quake in Senna, 11 May      70: other places and people
//! ```
//!
//! A group is the sum of its reports' lists, so that the likeness of two groups is the mean of that
//! of all pairs across. Look-alike events share the words for what happened; they differ in where,
//! who and when, so these weigh more. Not handled: two sackings by one club in reports that name no day.

use super::features::{Feature, UNIT};
use onrecord_model::Date;
use rustc_hash::FxHashMap;

/// From this on, in thousandths, two groups are one story.
pub(super) const ONE: i64 = 240;

/// Days after which a likeness counts half: a story goes on, and a like one begins.
const HALVED: i64 = 60;

/// From this on, whatever the days, two reports have to do with each other.
pub(super) const NEAR: i64 = 130;

/// Reports from which on a group is a part of a story.
const RUN: i64 = 2;

/// Likeness of the names of two groups, of a hundred, from which on they are the same.
const SAME_NAMES: i64 = 50;

/// Of a hundred: how much more alike parts of a story are than they seem.
const MORE: i64 = 130;

/// What two groups' lists give, multiplied out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Dot {
    all: i64,
    /// Of names alone.
    names: i64,
}

impl Dot {
    pub(super) fn and(self, other: Self) -> Self {
        Self { all: self.all + other.all, names: self.names + other.names }
    }
}

/// How many reports, how much of them are names, and when they were published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    reports: i64,
    /// The square of the length of the names' part.
    names: i64,
    /// The first and the last day, counted from the year 0.
    days: Option<(i64, i64)>,
}

impl Shape {
    pub(super) fn of(features: &[Feature], day: Option<i64>) -> Self {
        let names = features.iter().filter(|f| f.is_name).map(|f| f.weight * f.weight).sum();
        Self { reports: 1, names, days: day.map(|day| (day, day)) }
    }

    /// How alike two groups are, in thousandths; `dot` is that of the two.
    pub(super) fn alike(&self, other: &Self, dot: Dot) -> i64 {
        let alike = self.near(other, dot) * self.by_days(other) / 100;
        alike * self.by_run(other, dot) / 100
    }

    /// Of a hundred: more for two groups of several reports that run at one time under the same names.
    /// Each part of a long story has words of its own, so that its parts are less alike on the whole.
    fn by_run(&self, other: &Self, dot: Dot) -> i64 {
        let (Some(a), Some(b)) = (self.days, other.days) else { return 100 };
        let share = dot.names * 100 / (self.names.isqrt() * other.names.isqrt()).max(1);
        let is_run = self.reports >= RUN && other.reports >= RUN;
        let is_one_time = a.0 <= b.1 && b.0 <= a.1;
        if is_run && is_one_time && share >= SAME_NAMES { MORE } else { 100 }
    }

    /// The same, whatever the days.
    pub(super) fn near(&self, other: &Self, dot: Dot) -> i64 {
        let mean = dot.all * 1_000 / (UNIT * UNIT) / (self.reports * other.reports);
        mean * self.by_names(other, dot) / 100
    }

    /// Of a hundred: all, if the names of one are those of the other; half, if none are.
    fn by_names(&self, other: &Self, dot: Dot) -> i64 {
        let (a, b) = (self.names.isqrt(), other.names.isqrt());
        // A report that names nobody tells nothing by its names.
        let is_nameless = |shape: &Self, length: i64| length < shape.reports * UNIT / 5;
        if is_nameless(self, a) || is_nameless(other, b) {
            return 85;
        }
        let share = dot.names * 100 / (a * b).max(1);
        45 + (share * 55 / 30).min(55)
    }

    /// Of a hundred: all within some days, less with each day that lies between.
    fn by_days(&self, other: &Self) -> i64 {
        let (Some(a), Some(b)) = (self.days, other.days) else { return 100 };
        let between = (a.0 - b.1).max(b.0 - a.1).max(0);
        100 * HALVED / (HALVED + (between - 4).max(0))
    }
}

/// What the lists of two reports give, multiplied out; both are in order of their hashes.
pub(super) fn dot(a: &[Feature], b: &[Feature]) -> Dot {
    let mut dot = Dot::default();
    let mut at = 0;
    for x in a {
        while b.get(at).is_some_and(|y| y.hash < x.hash) {
            at += 1;
        }
        if let Some(y) = b.get(at).filter(|y| y.hash == x.hash) {
            dot.all += x.weight * y.weight;
            dot.names += if x.is_name && y.is_name { x.weight * y.weight } else { 0 };
        }
    }
    dot
}

/// Reports that are taken together.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) members: Vec<usize>,
    pub(super) shape: Shape,
    /// By hash: the summed weight, and that of the reports in which it is a name.
    sum: FxHashMap<u32, (i64, i64)>,
}

impl Group {
    pub(super) fn of(place: usize, features: &[Feature], day: Option<i64>) -> Self {
        let sum = features
            .iter()
            .map(|f| (f.hash, (f.weight, if f.is_name { f.weight } else { 0 })))
            .collect();
        Self { members: vec![place], shape: Shape::of(features, day), sum }
    }

    pub(super) fn dot(&self, other: &Self) -> Dot {
        let (few, many) =
            if self.sum.len() <= other.sum.len() { (self, other) } else { (other, self) };
        let mut dot = Dot::default();
        for (hash, &(all, names)) in &few.sum {
            if let Some(&(other_all, other_names)) = many.sum.get(hash) {
                dot.all += all * other_all;
                dot.names += names * other_names;
            }
        }
        dot
    }

    /// Takes another group in; `dot` is that of the two.
    pub(super) fn take(&mut self, other: Self, dot: Dot) {
        self.members.extend(other.members);
        for (hash, (all, names)) in other.sum {
            let sum = self.sum.entry(hash).or_default();
            sum.0 += all;
            sum.1 += names;
        }
        self.shape.reports += other.shape.reports;
        self.shape.names += other.shape.names + 2 * dot.names;
        self.shape.days = match (self.shape.days, other.shape.days) {
            (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
            (a, b) => a.or(b),
        };
    }

    /// How alike two groups are, in thousandths; `dot` is that of the two.
    pub(super) fn alike(&self, other: &Self, dot: Dot) -> i64 {
        self.shape.alike(&other.shape, dot)
    }
}

/// Days since the year 0.
pub(super) fn days_to(date: Date) -> i64 {
    let start = Date::new(0, 1, 1).unwrap_or_default();
    date.duration_since(start).as_hours() / 24
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(features: &[(u32, i64, bool)], published: Option<&str>) -> Group {
        let of = |&(hash, weight, is_name): &(u32, i64, bool)| Feature { hash, weight, is_name };
        let features: Vec<Feature> = features.iter().map(of).collect();
        Group::of(0, &features, published.map(|date| days_to(date.parse().expect("a date"))))
    }

    #[test]
    fn other_names_and_a_long_time_part_what_words_join() {
        let quake =
            |place: u32, day: &str| group(&[(1, 700, false), (place, 700, true)], Some(day));
        let alike = |a: &Group, b: &Group| a.alike(b, a.dot(b));
        let (torva, senna) = (quake(2, "2031-05-06"), quake(3, "2031-05-06"));
        assert!(alike(&torva, &quake(2, "2031-05-08")) > 900);
        assert!(alike(&torva, &senna) < ONE);
        assert!(alike(&torva, &quake(2, "2033-05-06")) < ONE);
    }

    #[test]
    fn parts_of_a_story_that_run_at_one_time_need_less() {
        let part = |word: u32, day: &str| {
            let one = || group(&[(1, 600, true), (word, 800, false)], Some(day));
            let (mut both, other) = (one(), one());
            let dot = both.dot(&other);
            both.take(other, dot);
            both
        };
        let alike = |a: &Group, b: &Group| a.alike(b, a.dot(b));
        let (strike, grain) = (part(2, "2031-05-06"), part(3, "2031-05-06"));
        assert_eq!(alike(&strike, &grain), 360 * MORE / 100);
        assert_eq!(alike(&strike, &part(3, "2031-05-08")), 360);
    }

    #[test]
    fn a_group_is_as_alike_as_its_reports_are_on_the_whole() {
        let (a, b) = (group(&[(1, 1_000, true)], None), group(&[(2, 1_000, true)], None));
        let mut both = a.clone();
        both.take(b.clone(), a.dot(&b));
        assert_eq!(both.dot(&a), a.dot(&a).and(a.dot(&b)));
    }
}
