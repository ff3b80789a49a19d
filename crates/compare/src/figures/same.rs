//! Whether two figures count one thing: points for what they share, and what parts them for good.
//!
//! ```text
//! killed, Lorne, 35   killed, Lorne, 53, same people in both reports   → one thing
//! killed, Lorne, 35   wounded, Lorne, 53                               → never
//! killed, Lorne, 35   killed, Vaal, 35                                 → never
//! ```
//!
//! Points are tenths, weighed by hand on reports of other years than those that were judged. Where
//! two figures agree in a number of many digits, less else is asked for.

use super::age;
use super::beside::hash;
use super::bounds::telling_digits;
use super::figure::{Figure, LONG_FRAME};
use super::rules::rules;
use super::slip::{Slip, is_slip};
use crate::stories;

/// Points from which two figures count one thing.
pub(super) const ENOUGH: i32 = 35;

/// Points of two figures in one sentence, which the one report has from the other: more than others
/// can have.
pub(super) const CARRIED: i32 = 300;

/// More than that, where the number is the same too: a report with two figures in such sentences
/// meets each where it stands.
const CARRIED_WELL: i32 = 400;

/// Points of two figures whose numbers are too far apart for one thing.
pub(super) const TOO_FAR: i32 = -1_000;

/// Points of two reports that tell one story, and of two that seem to.
const ONE_STORY: i32 = 30;
const LIKE_STORY: i32 = 20;

/// Points less for numbers that differ in two reports of one day and story.
const SURE: i32 = 0;

/// Days within which reports of one story are of one state of things.
const STORY_DAYS: u64 = 4;

/// Days within which one sentence is carried on; later it may be another year's.
const CARRIED_DAYS: u64 = 3;

/// How two figures that may count one thing stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Likeness {
    /// Tenths.
    pub(super) points: i32,
    /// Whether both can be so.
    pub(super) agree: bool,
}

impl Likeness {
    pub(super) fn is_enough(self) -> bool {
        self.points >= ENOUGH
    }
}

/// How much the two share; none where something parts them for good. `days` between their reports.
pub(super) fn likeness(a: &Figure, b: &Figure, days: Option<u64>) -> Option<Likeness> {
    let rules = rules();
    let agree = agrees(a, b);
    if are_of_one_sentence(a, b, days) {
        let is_same = a.value.is_some() && a.value == b.value;
        return Some(Likeness { points: if is_same { CARRIED_WELL } else { CARRIED }, agree });
    }
    if a.person.is_some() || b.person.is_some() {
        return age::likeness(a, b, days, agree);
    }
    let is_equal = a.value.is_some() && a.value == b.value;
    let by_story = story_points(a, b, days, is_equal);
    let is_one_story = by_story == ONE_STORY;
    // A number that tells something, in two reports of one story: "16 missiles" may be fired in the
    // one and counted in the other.
    let is_told = by_story > 0 && is_equal && digits(a) > 1;
    let is_half_told = a.state.is_none() != b.state.is_none() && is_told;
    let is_one_thing = a.class == b.class && a.unit == b.unit;
    if a.measure.is_empty() || a.measure != b.measure && !(is_one_thing && is_half_told) {
        return None;
    }
    let is_settled = rules.is_settled(a.state.as_deref()) && a.low >= rules.least_settled();
    let has_noun = !a.class.is_empty();

    // What narrows the one and not the other makes it a part, unless the numbers say otherwise.
    let shared_narrow = shared(&a.narrow, &b.narrow);
    let extra = a.narrow.len() + b.narrow.len() - 2 * shared_narrow;
    let is_apart = |a: &[String], b: &[String]| !a.is_empty() && !b.is_empty() && shared(a, b) == 0;
    let is_sure = is_told && (digits(a) > 2 || !has_noun) || is_one_story && shared_narrow > 0;
    let may_have_extra = extra == 0 || is_equal || agree && has_noun;
    if !is_sure && (is_apart(&a.narrow, &b.narrow) || !may_have_extra) {
        return None;
    }
    if (a.is_part || b.is_part) && !is_equal {
        return None;
    }
    // What may come is not what is.
    if a.is_forecast != b.is_forecast && !is_equal {
        return None;
    }
    let place = place_points(a, b, is_equal)?;
    if !(is_settled && place >= 20) && is_apart(&a.whose, &b.whose) {
        return None;
    }
    if a.state != b.state && !is_settled && !is_half_told {
        return None;
    }

    let mut points = place;
    points += (12 * shared_narrow as i32).min(24) - 3 * extra.min(3) as i32;
    points += 8 * i32::from(shared(&a.whose, &b.whose) > 0);
    if let Some(state) = a.state.as_ref().filter(|_| !is_half_told) {
        points += rules.state_named(state).map_or(15, |state| state.weight);
        points += 12 * i32::from(is_settled && place >= 20);
    }
    // A noun of its own: "battalion", "juror".
    let is_class = rules.class(&a.class).is_some() || a.class == "people";
    points += 6 * i32::from(has_noun && !is_class);
    points += 8 * i32::from(has_noun && !is_class && is_equal && place >= 20);

    let names = a.names.iter().filter(|name| b.names.contains(name));
    points += names.map(|name| if rules.is_common(name) { 3 } else { 10 }).sum::<i32>().min(25);
    let near = common(&a.near, &b.near);
    points += (8 * near as i32).min(32);
    let far = common(&a.near, &b.far) + common(&a.far, &b.near) + common(&a.far, &b.far);
    points += (4 * far as i32).min(24);
    points += 6 * i32::from(a.giver.is_some() && a.giver == b.giver);

    let story = common(&a.story, &b.story);
    let is_close = days.is_none_or(|days| days <= 10);
    points += match story {
        _ if by_story > 0 => by_story,
        0 if !a.story.is_empty() && !b.story.is_empty() => -8,
        0 | 1 => 0,
        2 => 7,
        _ if is_close => 17,
        _ => 12,
    };
    // "The worst since 2009, when 31 people were killed": of another time.
    points -= 20 * i32::from(a.then != b.then && !is_equal);
    points += match days {
        Some(0..=2) => 4,
        Some(0..=30) | None => 0,
        Some(_) => -4,
    };
    points += number_points(a, b, agree, is_equal, days).unwrap_or(TOO_FAR);

    // Money and shares have no noun; two officers are met by many.
    if !has_noun {
        points -= 16;
        let least = match (is_told, digits(a)) {
            (true, 3..) => 0,
            (true, _) => 1,
            (false, _) => 3,
        };
        if near + far + shared_narrow < least {
            return None;
        }
    }
    let is_here = place >= 20;
    let ties = near + shared_narrow + usize::from(is_here) + usize::from(is_one_story);
    let least = a.value.unwrap_or(a.low).min(b.value.unwrap_or(b.low));
    if least < 13.0 && has_noun {
        points -= if a.state.is_some() { 4 } else { 20 - 10 * i32::from(!is_class) };
        if a.state.is_none() && ties == 0 {
            return None;
        }
        points -= 10 * i32::from(!grows(a) && days.is_some_and(|days| days > 30));
    }
    // "Millions of Americans" are met by many; so are four candidates, above.
    points -= 8 * i32::from(a.state.is_none()) * (i32::from(a.is_vague) + i32::from(b.is_vague));
    points -= 8 * i32::from(a.state.is_none() && a.is_vague != b.is_vague);
    if !agree && (has_both(a, b) || has_both(b, a)) {
        return None;
    }
    if !grows(a) && !is_settled && !agree {
        // Numbers that differ, of a thing of which nothing is said: what is said near them must
        // tell that it is one thing ("270 electoral votes", "332 electoral votes").
        let is_sure =
            is_one_story && (extra == 0 || shared_narrow > 0) && days.is_some_and(|days| days <= 1);
        points -= if is_sure { SURE } else { 24 };
        if ties < 2 || is_sure && near + far + 2 * shared_narrow + usize::from(is_here) < 3 {
            return None;
        }
    }
    Some(Likeness { points, agree })
}

/// Points for two reports that tell one story within a few days, where neither figure is said to be
/// of another time or of a place that the other report does not name.
fn story_points(a: &Figure, b: &Figure, days: Option<u64>, is_equal: bool) -> i32 {
    if days.is_none_or(|days| days > STORY_DAYS) {
        return 0;
    }
    let is_own = a.then == b.then && !is_elsewhere(a, b) && !is_elsewhere(b, a);
    let is_told = is_equal && digits(a) > 1;
    if !(is_own || is_told) {
        return 0;
    }
    // Of 3,000 pairs of real reports a few days apart, these were of one story in nine of ten, and in
    // three of four.
    let (words, names) = (common(&a.telling, &b.telling), common(&a.story, &b.story));
    match words + names {
        5.. if words >= 2 => ONE_STORY,
        4.. if words >= 1 => LIKE_STORY,
        _ => 0,
    }
}

/// Whether the report of the one figure gives the other's number too, alone or as a sum: 22 killed in
/// one place and nine in another are 31.
fn has_both(a: &Figure, b: &Figure) -> bool {
    let Some(other) = b.value else { return false };
    let own = a.value.unwrap_or(a.low);
    a.beside.iter().any(|&beside| beside == other || beside + own == other)
}

/// How many figures of its number tell something; none where it has no number.
fn digits(figure: &Figure) -> i32 {
    figure.value.map_or(0, telling_digits)
}

/// Whether a figure's sentence names a place, of those that tell something, that the other's
/// report is not about.
fn is_elsewhere(a: &Figure, b: &Figure) -> bool {
    let rules = rules();
    let is_known = |place: &String| {
        rules.is_wide(place)
            || rules.is_common(place)
            || b.place.as_ref() == Some(place)
            || b.places.contains(place)
            || b.names.contains(place)
            || b.story.contains(&hash(place))
    };
    // "Boston Marathon", in a report that is about a marathon.
    let is_told = |place: &&String| {
        a.place.as_ref() == Some(*place)
            && a.place_words.as_ref().is_some_and(|words| {
                words.split(' ').any(|word| b.telling.contains(&stories::hash(word)))
            })
    };
    let mut places = a.place.iter().chain(&a.places);
    places.any(|place| !is_known(place) && !is_told(&place))
}

/// Whether the two stand in one sentence, that one report has from the other: the words around the
/// number are the same ones, and not so few that anybody might write them.
pub(super) fn are_of_one_sentence(a: &Figure, b: &Figure, days: Option<u64>) -> bool {
    let is_one = a.frame == b.frame && a.frame != 0 && a.unit == b.unit;
    is_one
        && days.is_none_or(|days| days <= CARRIED_DAYS)
        && (a.frame_words >= LONG_FRAME
            || a.place.is_some() && a.place == b.place
            || shared(&a.names, &b.names) + shared(&a.places, &b.places) > 0
            || common(&a.story, &b.story) >= 2)
}

/// The slip of the hand that would make the one of the other; none where either is rounded.
pub(super) fn slip(a: &Figure, b: &Figure) -> Option<Slip> {
    is_slip(a.value?, b.value?).filter(|_| a.is_exact() && b.is_exact())
}

/// Whether the two can both be so.
pub(super) fn agrees(a: &Figure, b: &Figure) -> bool {
    let most = |figure: &Figure| figure.high.unwrap_or(f64::MAX);
    a.low <= most(b) && b.low <= most(a)
}

/// Whether each has a word that narrows it and not the other: "20 true stories", "20 false ones".
pub(super) fn are_told_apart(a: &Figure, b: &Figure) -> bool {
    let has_own = |a: &Figure, b: &Figure| a.narrow.iter().any(|word| !b.narrow.contains(word));
    has_own(a, b) && has_own(b, a)
}

/// How many times the one is of the other.
pub(super) fn times(a: &Figure, b: &Figure) -> f64 {
    let of = |figure: &Figure| figure.value.unwrap_or(figure.low).max(1e-9);
    let (a, b) = (of(a), of(b));
    a.max(b) / a.min(b)
}

/// None where the places part the two.
fn place_points(a: &Figure, b: &Figure, is_equal: bool) -> Option<i32> {
    let rules = rules();
    let worth = |place: &String, full: i32| if rules.is_wide(place) { full / 3 } else { full };
    let elsewhere = |figure: &Figure, place: &String| {
        figure.places.contains(place) || figure.names.contains(place)
    };
    let own = match (&a.place, &b.place) {
        (Some(x), Some(y)) if x == y || x.contains(y.as_str()) || y.contains(x.as_str()) => {
            worth(x, 20)
        }
        (Some(x), Some(y)) => {
            // A town and its country may be one place in two reports' words; two towns are not.
            let is_within = elsewhere(a, y) || elsewhere(b, x);
            let is_one_wide = rules.is_wide(x) != rules.is_wide(y);
            if !(is_within || is_one_wide && is_equal) {
                return None;
            }
            if is_within { 6 } else { 0 }
        }
        (Some(place), None) if elsewhere(b, place) => worth(place, 12),
        (None, Some(place)) if elsewhere(a, place) => worth(place, 12),
        _ => 0,
    };
    let others = a.places.iter().filter(|place| b.places.contains(place));
    Some(own + others.map(|place| worth(place, 8)).sum::<i32>().min(16))
}

/// None where the numbers are too far apart for one thing.
fn number_points(
    a: &Figure,
    b: &Figure,
    agree: bool,
    is_equal: bool,
    days: Option<u64>,
) -> Option<i32> {
    if is_equal {
        let value = a.value.unwrap_or(0.0);
        return Some(match telling_digits(value) {
            _ if value < 13.0 => 3,
            0 | 1 => 9,
            2 => 16,
            _ => 30,
        });
    }
    if a.is_vague || b.is_vague {
        return (agree || times(a, b) <= 4.0).then_some(if agree { 0 } else { -4 });
    }
    if agree {
        return Some(5);
    }
    let is_later = days.is_some_and(|days| days > 20) && grows(a);
    match times(a, b) {
        times if times <= 1.3 => Some(0),
        times if times <= 3.0 => Some(if is_later { -5 } else { -10 }),
        times if times <= 8.0 && is_later => Some(-15),
        _ if slip(a, b).is_some() => Some(-10),
        _ => None,
    }
}

/// Whether what befell those counted grows from day to day.
pub(super) fn grows(figure: &Figure) -> bool {
    let state = figure.state.as_deref().and_then(|state| rules().state_named(state));
    state.is_some_and(|state| state.grows)
}

/// Whether what befell those counted cannot be undone: a later figure is never less.
pub(super) fn rises(figure: &Figure) -> bool {
    let state = figure.state.as_deref().and_then(|state| rules().state_named(state));
    state.is_some_and(|state| state.rises)
}

fn shared(a: &[String], b: &[String]) -> usize {
    a.iter().filter(|word| b.contains(word)).count()
}

/// How many hashes two sorted lists share.
pub(super) fn common<H: Ord>(a: &[H], b: &[H]) -> usize {
    let (mut i, mut j, mut found) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                found += 1;
                i += 1;
                j += 1;
            }
        }
    }
    found
}
