//! Figures over time: each with its bounds, coloured by who gives it.

use super::{axis, days_between};
use crate::words::{cut, day, number, t};
use maud::{Markup, html};
use onrecord_model::Date;

/// Givers with a colour of their own.
const GIVERS: usize = 5;

const WIDE: f64 = 720.0;
const HIGH: f64 = 280.0;
/// Of few figures.
const LOW: f64 = 150.0;
const LEFT: f64 = 104.0;
const RIGHT: f64 = 16.0;
const TOP: f64 = 14.0;
const FOOT: f64 = 30.0;

/// Greater numbers are no count of anything, and would leave no room for others.
const MOST: f64 = 1e15;

/// Figures up to which there are few.
const FEW: usize = 12;

/// Levels up to which there are few.
const FEW_LEVELS: usize = 3;

/// From how many times the least the greatest needs a scale of magnitudes.
const WIDE_APART: f64 = 30.0;

/// One figure in a chart.
#[derive(Debug, Clone)]
pub(crate) struct Point {
    pub(crate) day: Date,
    pub(crate) value: Option<f64>,
    pub(crate) low: Option<f64>,
    pub(crate) high: Option<f64>,
    /// Its words, and where they stand.
    pub(crate) title: String,
    /// Where it leads, in a page that can.
    pub(crate) link: Option<String>,
    pub(crate) giver: Option<String>,
}

impl Point {
    /// Where its mark stands.
    fn at(&self) -> Option<f64> {
        let at = self.value.or(match (self.low, self.high) {
            (Some(low), Some(high)) => Some((low + high) / 2.0),
            (low, high) => low.or(high),
        });
        at.filter(|at| at.abs() <= MOST)
    }
}

/// From a number to a height.
struct Scale {
    low: f64,
    high: f64,
    is_log: bool,
    tall: f64,
}

impl Scale {
    fn over(points: &[Point]) -> Option<Self> {
        // Few levels need no height: thirty reports of "four" are one line.
        let mut levels: Vec<u64> = points.iter().filter_map(Point::at).map(f64::to_bits).collect();
        levels.sort_unstable();
        levels.dedup();
        let tall = if levels.len() > FEW_LEVELS && points.len() > FEW { HIGH } else { LOW };
        let at = points.iter().filter_map(Point::at);
        let bounds = points.iter().filter(|point| point.at().is_some());
        let bounds = bounds.flat_map(|point| [point.low, point.high]).flatten();
        // An arrow needs room over it.
        let open = points.iter().filter(|point| point.high.is_none() && point.low == point.at());
        let open = open.filter_map(Point::at).map(|at| at * 1.1);
        let all = at.chain(bounds).chain(open).filter(|at| at.abs() <= MOST);
        let all: Vec<f64> = all.collect();
        let low = all.iter().copied().fold(f64::INFINITY, f64::min);
        let high = all.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if all.is_empty() {
            return None;
        }
        // A nought or a minus among many has no magnitude: it stands on the lowest line.
        let positive: Vec<f64> = all.iter().copied().filter(|at| *at > 0.0).collect();
        let least = positive.iter().copied().fold(f64::INFINITY, f64::min);
        let is_log = positive.len() * 10 >= all.len() * 9 && high / least >= WIDE_APART;
        Some(match is_log {
            true => {
                let low = least;
                Self {
                    low: 10_f64.powf(low.log10().floor()),
                    high: 10_f64.powf(high.log10().ceil()),
                    is_log,
                    tall,
                }
            }
            false => {
                let step = step(high.max(0.0) - low.min(0.0));
                let low = (low.min(0.0) / step).floor() * step;
                let high = (high.max(0.0) / step).ceil() * step;
                Self { low, high: if high > low { high } else { low + 1.0 }, is_log, tall }
            }
        })
    }

    fn y(&self, value: f64) -> f64 {
        let share = if self.is_log {
            let value = value.max(self.low);
            (value / self.low).ln() / (self.high / self.low).ln()
        } else {
            (value - self.low) / (self.high - self.low)
        };
        self.tall - FOOT - share.clamp(0.0, 1.0) * (self.tall - FOOT - TOP)
    }

    fn ticks(&self) -> Vec<f64> {
        let mut ticks = Vec::new();
        if self.is_log {
            let decades = (self.high / self.low).log10().round() as i32;
            let every = 1 + decades / 7;
            ticks.extend(
                (0..=decades).step_by(every as usize).map(|power| self.low * 10_f64.powi(power)),
            );
        } else {
            let step = step(self.high - self.low);
            let count = ((self.high - self.low) / step).round() as i32;
            ticks.extend((0..=count.min(12)).map(|place| self.low + f64::from(place) * step));
        }
        ticks
    }
}

/// A step of 1, 2 or 5 that cuts a stretch into some four parts.
fn step(wide: f64) -> f64 {
    let rough = if wide > 0.0 { wide / 4.0 } else { 1.0 };
    let power = 10_f64.powf(rough.log10().floor());
    let lead = rough / power;
    power
        * if lead > 5.0 {
            10.0
        } else if lead > 2.0 {
            5.0
        } else if lead > 1.0 {
            2.0
        } else {
            1.0
        }
}

/// How far figures are from each other that would stand on one another.
const BESIDE: f64 = 9.0;

/// The chart of a measure; `name` is what is counted, `of` tells charts of one page apart.
/// Nothing where there is no number with a day.
pub(crate) fn series(points: &[Point], name: &str, of: usize) -> Markup {
    let Some(scale) = Scale::over(points) else { return html! {} };
    let days = points.iter().map(|point| point.day);
    let (Some(first), Some(last)) = (days.clone().min(), days.max()) else { return html! {} };
    let whole = days_between(first, last).max(1) as f64;
    let room = WIDE - LEFT - RIGHT - 24.0;
    let x = |date: Date| match first == last {
        true => LEFT + 12.0 + room / 2.0,
        false => LEFT + 12.0 + days_between(first, date) as f64 / whole * room,
    };
    let givers = givers(points);
    let class = |point: &Point| {
        let place = givers.iter().position(|giver| Some(giver) == point.giver.as_ref());
        match (place, &point.giver) {
            (Some(place), _) => format!("giver-{}", place + 1),
            (None, Some(_)) => "giver-other".to_owned(),
            (None, None) => "giver-none".to_owned(),
        }
    };
    let dot_size = if points.len() > 80 { "3" } else { "4.5" };
    let ticks = scale.ticks();
    let step = if ticks.len() > 1 { ticks[1] / ticks[0] } else { 10.0 };
    let has_other = points.iter().any(|point| class(point) == "giver-other");
    let has_none = points.iter().any(|point| point.giver.is_none());
    let dots = places(points, &scale, x, if points.len() > 80 { 4.0 } else { BESIDE });
    html! {
        figure.picture {
            div.scroll tabindex="0" role="group" aria-label="Figures over time" {
                svg.series viewBox=(format!("0 0 {WIDE} {}", scale.tall)) width=(WIDE) height=(scale.tall) role="img" aria-labelledby=(format!("series-{of} told-{of}")) {
                    title id=(format!("series-{of}")) { (t(name)) " over time" }
                    desc id=(format!("told-{of}")) {
                        (points.len()) " figures from " (day(first)) " to " (day(last)) "; the scale goes from "
                        (number(scale.low)) " to " (number(scale.high))
                        @if scale.is_log { ", by magnitudes" } "."
                    }
                    @for &tick in &ticks {
                        @let y = format!("{:.1}", scale.y(tick));
                        line.rule x1=(LEFT) x2=(WIDE - RIGHT) y1=(y) y2=(y) {}
                        text.number x=(LEFT - 8.0) y=(format!("{:.1}", scale.y(tick) + 4.0)) text-anchor="end" { (number(tick)) }
                    }
                    @for (point, place) in points.iter().zip(&dots) {
                        @if let Some((px, py)) = *place {
                            a class=(format!("point {}", class(point))) href=[point.link.as_deref()] tabindex="-1" {
                                title { (t(&point.title)) }
                                (bounds(point, &scale, px))
                                circle cx=(format!("{px:.1}")) cy=(format!("{py:.1}")) r=(dot_size) {}
                            }
                        }
                    }
                    (axis(first, last, scale.tall - 8.0, LEFT, WIDE - RIGHT))
                }
            }
            figcaption {
                ul.legend {
                    @for (place, giver) in givers.iter().enumerate() {
                        li class=(format!("giver-{}", place + 1)) { (dot()) (t(&cut(giver, 40))) }
                    }
                    @if has_other { li.giver-other { (dot()) "other speakers" } }
                    @if has_none { li.giver-none { (dot()) "the report itself" } }
                    @if scale.is_log { li.soft { "each line " (number(step)) " times the one under it" } }
                }
            }
        }
    }
}

/// Where each figure stands: those of one day and size beside each other, as one.
fn places(
    points: &[Point],
    scale: &Scale,
    x: impl Fn(Date) -> f64,
    apart: f64,
) -> Vec<Option<(f64, f64)>> {
    let mut places: Vec<Option<(f64, f64)>> = Vec::new();
    for point in points {
        let place = point.at().map(|at| {
            let (middle, py) = (x(point.day), scale.y(at));
            let is_free = |px: f64| {
                let near =
                    |(other, y): &(f64, f64)| (other - px).abs() < apart && (y - py).abs() < apart;
                !places.iter().flatten().any(near)
            };
            // Right, left, further right: until one is free, or the row is too long to mean a day.
            let steps = (0..24)
                .map(|step| f64::from((step + 1) / 2) * if step % 2 == 1 { 1.0 } else { -1.0 });
            let free = steps.map(|step| (middle + step * apart).clamp(LEFT + 4.0, WIDE - 6.0));
            (free.into_iter().find(|&px| is_free(px)).unwrap_or(middle), py)
        });
        places.push(place);
    }
    places
}

fn dot() -> Markup {
    html! { svg.dot viewBox="0 0 10 10" width="10" height="10" aria-hidden="true" { circle cx="5" cy="5" r="4" {} } }
}

/// A line over what it may be; open bounds end in an arrow.
fn bounds(point: &Point, scale: &Scale, x: f64) -> Markup {
    let at = point.at();
    let (low, high) = match (point.low, point.high) {
        (Some(low), Some(high)) if low < high => (scale.y(low), scale.y(high)),
        (Some(low), None) if at == Some(low) => (scale.y(low), (scale.y(low) - 22.0).max(TOP)),
        (None, Some(high)) if at == Some(high) => {
            (scale.y(high), (scale.y(high) + 22.0).min(scale.tall - FOOT))
        }
        _ => return html! {},
    };
    let is_open = point.high.is_none() || point.low.is_none();
    let tip = if point.high.is_none() { high + 5.0 } else { high - 5.0 };
    html! {
        line x1=(format!("{x:.1}")) x2=(format!("{x:.1}")) y1=(format!("{low:.1}")) y2=(format!("{high:.1}")) {}
        @if is_open {
            polyline points=(format!("{:.1},{tip:.1} {x:.1},{high:.1} {:.1},{tip:.1}", x - 4.0, x + 4.0)) {}
        }
    }
}

/// Those who give most figures, most first.
fn givers(points: &[Point]) -> Vec<String> {
    let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for giver in points.iter().filter_map(|point| point.giver.as_deref()) {
        *counts.entry(giver).or_default() += 1;
    }
    let mut givers: Vec<(&str, usize)> = counts.into_iter().collect();
    givers.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    givers.into_iter().take(GIVERS).map(|(giver, _)| giver.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(value: f64, giver: Option<&str>) -> Point {
        Point {
            day: "2025-03-04".parse().expect("a day"),
            value: Some(value),
            low: Some(value),
            high: None,
            title: "<b>".to_owned(),
            link: Some("/report/1".to_owned()),
            giver: giver.map(str::to_owned),
        }
    }

    #[test]
    fn figures_of_several_magnitudes_get_a_scale_of_magnitudes() {
        let near = Scale::over(&[point(11.0, None), point(14.0, None)]).expect("numbers");
        assert_eq!((near.is_log, near.low, near.high, near.ticks().len()), (false, 0.0, 20.0, 5));
        let far = Scale::over(&[point(20.0, None), point(1_300_000.0, None)]).expect("numbers");
        assert_eq!((far.is_log, far.low, far.high), (true, 10.0, 1e7));
        assert_eq!(far.ticks().len(), 7);
        let mut many = vec![point(0.0, None)];
        many.extend((0..12).map(|power| point(10_f64.powi(power), None)));
        assert!(Scale::over(&many).is_some_and(|scale| scale.is_log && scale.low == 1.0));
        assert!(Scale::over(&[]).is_none());
    }

    #[test]
    fn odd_numbers_draw_something_and_words_are_text() {
        for value in [0.0, -4.0, 1e300, f64::MAX] {
            let chart = series(&[point(value, Some("<i>police</i>"))], "ships", 0).0;
            assert!(!chart.contains("NaN") && !chart.contains("inf") && !chart.contains("<i>"));
            assert_eq!(chart.contains("circle"), value < 1e15);
        }
    }
}
