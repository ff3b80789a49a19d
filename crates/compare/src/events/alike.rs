//! Whether two tellings are of one event.
//!
//! ```text
//! Warplanes struck the port of Lorne.   Warplanes struck the port of Vaal.    two: each has a name
//!                                                                             the other lacks
//! ```
//!
//! What is shared counts by how rare it is. Not handled: names that the tellings leave out.

use super::telling::{kind, weight};
use super::told::Told;
use super::weekday::WEEKDAYS;

/// Weight of a sentence's words from which on it can stand for one event and no other: lines that
/// any day may have weigh 6 to 12 in simulated reports.
const TELLING_LINE: u32 = 13;

/// What two tellings have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Common {
    /// Weight of the shared words.
    shared: u32,
    /// The same, in hundredths of the lesser telling.
    share: u32,
    /// How many words.
    words: usize,
    /// Names of the lesser telling that the other has.
    names: usize,
    /// Whether each has a name that the other lacks.
    is_apart: bool,
    /// Whether each has one who does it or to whom it is done, and the other does not name them.
    has_others: bool,
}

fn worth(word: &str) -> u32 {
    kind(word).map_or_else(|| weight(word), |kind| kind.weight)
}

/// "Kessia" and "Kessian", "Torva" and "Torvan".
fn is_near(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    short.len() >= 4 && long.len() - short.len() <= 3 && {
        let stem = &short.as_bytes()[..short.len() - usize::from(short.len() > 5)];
        long.as_bytes().starts_with(stem)
    }
}

/// Whether a name is among a telling's words.
fn has_name(told: &Told, name: &[String]) -> bool {
    let is_there = |word: &String| {
        told.words.binary_search(word).is_ok()
            || told.words.iter().any(|other| is_near(word, other))
    };
    // "Lorne United" and "Lorne Rovers" share a word and are two: the last word, or all others.
    let told_words = name.iter().filter(|word| weight(word) > 0);
    match name {
        [one] => is_there(one),
        [.., last] => {
            is_there(last) || told_words.clone().count() > 0 && told_words.into_iter().all(is_there)
        }
        [] => true,
    }
}

impl Common {
    pub(super) fn of(a: &Told, b: &Told) -> Self {
        let both: Vec<&String> =
            a.words.iter().filter(|word| b.words.binary_search(word).is_ok()).collect();
        let shared: u32 = both.iter().map(|word| worth(word)).sum();
        let whole = |told: &Told| told.words.iter().map(|word| worth(word)).sum::<u32>();
        let least = whole(a).min(whole(b)).max(1);
        let lacks = |told: &Told, other: &Told| {
            told.names.iter().filter(|name| !has_name(other, name)).count()
        };
        let (a_alone, b_alone) = (lacks(a, b), lacks(b, a));
        let meets = |who: &[String], told: &Told| {
            who.iter()
                .any(|word| told.words.iter().any(|other| other == word || is_near(word, other)))
        };
        Self {
            shared,
            share: shared * 100 / least,
            words: both.len(),
            names: (a.names.len() - a_alone).min(b.names.len() - b_alone),
            is_apart: a_alone > 0 && b_alone > 0,
            has_others: !a.who.is_empty()
                && !b.who.is_empty()
                && !meets(&a.who, b)
                && !meets(&b.who, a),
        }
    }
}

/// Whether two tellings of one day are of one event.
pub(super) fn is_one(a: &Told, b: &Told) -> bool {
    use onrecord_model::EventState::{Cancelled, Done, Not, Postponed};
    let is_off = |told: &Told| matches!(told.state, Cancelled | Not | Postponed);
    if is_off(a) && b.state == Done || is_off(b) && a.state == Done {
        return false;
    }
    let common = Common::of(a, b);
    if common.share >= 80 && common.shared >= 12 && !common.is_apart {
        return true;
    }
    // "ruled on Friday", "cleared the way in a ruling on Friday": the word may stand anywhere.
    let meets = |x: &Told, y: &Told| {
        x.head.iter().any(|kind| match kind.strip_prefix('~') {
            Some(stem) => y.words.iter().any(|word| word == stem),
            None => y.kinds.contains(kind),
        })
    };
    if common.is_apart || !(meets(a, b) || meets(b, a)) {
        return false;
    }
    let says = |told: &Told| told.is_said || told.head.iter().any(|kind| kind == "say");
    if says(a) || says(b) {
        return says(a) && says(b) && says_one(a, b);
    }
    // "The minister visited", "the president visited": two, unless all else is the same.
    if common.has_others && common.share < 70 {
        return false;
    }
    // "the 2015 death of Fenn", "protests ended in 2015 when charges were brought in Fenn's death": a
    // mention, and a year, name too little to be met by a word in passing.
    let has_head = a.head.iter().any(|kind| b.head.contains(kind));
    if (a.is_mention || b.is_mention || !a.is_day()) && !has_head {
        return false;
    }
    // "the rebel attack of March 4 on Lorne", "the March 4 attack on Lorne": few words, one day, one kind.
    let is_kind = |kind: &&String| !kind.starts_with('~') && b.head.contains(kind);
    if (a.is_mention || b.is_mention) && common.names > 0 && a.head.iter().any(|k| is_kind(&k)) {
        return true;
    }
    if common.names > 0 {
        common.shared >= 6 && common.share >= 40
    } else {
        common.shared >= 5 && common.share >= 60 && common.words >= 3
    }
}

/// Whether what is said is one, whoever says it.
fn says_one(a: &Told, b: &Told) -> bool {
    let is_name = |told: &Told, word: &String| told.names.iter().flatten().any(|name| name == word);
    let content = |told: &Told| -> Vec<String> {
        let own = told
            .words
            .iter()
            .filter(|word| !is_name(told, word) && kind(word).is_none_or(|k| k.weight > 0));
        own.cloned().collect()
    };
    let (left, right) = (content(a), content(b));
    let weigh = |words: &[String]| words.iter().map(|word| worth(word)).sum::<u32>();
    let both: Vec<String> = left.iter().filter(|word| right.contains(word)).cloned().collect();
    let least = weigh(&left).min(weigh(&right)).max(1);
    weigh(&both) >= 5 && weigh(&both) * 100 / least >= 45 && Common::of(a, b).names > 0
}

/// Whether two tellings of two days are of one event all the same: of a kind that happens once to
/// one and the same. The second was published so many days `later`.
pub(super) fn is_one_of_two_days(a: &Told, b: &Told, later: i64) -> bool {
    use onrecord_model::EventState::Done;
    // "on Tuesday" in both, of two weeks: nobody changed a day.
    if !a.is_day() || !b.is_day() || a.time == b.time {
        return false;
    }
    let is_told = a.state == Done && b.state == Done;
    // Word for word the same but for the day: a copy in which it was changed.
    if a.line.is_some() && a.line == b.line && shape(a) == shape(b) {
        return is_changed(a, b, later, is_told);
    }
    if !is_told || a.is_mention && b.is_mention {
        return false;
    }
    if a.is_said || b.is_said {
        return false;
    }
    let once =
        a.head.iter().any(|name| b.head.contains(name) && kind(name).is_some_and(|kind| kind.once));
    let who = a.who.iter().any(|word| weight(word) > 1 && b.who.contains(word));
    let common = Common::of(a, b);
    // "A fire destroyed the mill in Lorne on Monday", "fought a blaze at the mill in Lorne on
    // Tuesday": who does it is the thing itself, so that more must be shared.
    let is_much = who && common.shared >= 8 && common.share >= 55
        || common.shared >= 12 && common.share >= 70 && common.words >= 4;
    once && is_much && !common.is_apart && common.names > 0 && is_near_day(a, b)
}

/// Whether a sentence that stands in both with two days was changed on its way, and is not told of
/// two days. `later`: days from the first report to the second.
fn is_changed(a: &Told, b: &Told, later: i64, is_told: bool) -> bool {
    let Some(days) = days_on(a, b).filter(|days| days.abs() < 7) else { return false };
    // Of one day: even a plan has but one.
    if later == 0 {
        return true;
    }
    // "Offices kept their usual hours on Saturday": a week on it is the next Saturday's. "Several
    // residents of Lorne wrote to this newspaper": any day may have it. "An earthquake struck
    // on Tuesday", and in a report of three days later "on Friday": two of a kind.
    let common = Common::of(a, b);
    is_told
        && later.abs() <= 3
        && days != later
        && !(a.is_mention || b.is_mention)
        && common.shared >= TELLING_LINE
        && !a.names.is_empty()
}

/// The words that date an event, without the weekday: "on #", "late on # night".
fn shape(told: &Told) -> String {
    let is_weekday = |word: &str| WEEKDAYS.iter().any(|day| word.starts_with(day));
    let word = |word: &str| if is_weekday(word) { "#".to_owned() } else { word.to_owned() };
    told.time.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

/// Days from the first's to the second's.
fn days_on(a: &Told, b: &Told) -> Option<i64> {
    let day = |told: &Told| told.when.parse::<onrecord_model::Date>().ok();
    Some(day(b)?.duration_since(day(a)?).as_hours() / 24)
}

/// Whether two days are such as one event gets in two papers: a few days apart, or one slip of the
/// pen; and the difference is not one of how the day was told.
fn is_near_day(a: &Told, b: &Told) -> bool {
    use onrecord_model::Date;
    let (Ok(x), Ok(y)) = (a.when.parse::<Date>(), b.when.parse::<Date>()) else { return false };
    let days = x.duration_since(y).as_hours().abs() / 24;
    let has = |told: &Told, words: &[&str]| words.iter().any(|word| told.time.contains(word));
    let either = |words: &[&str]| has(a, words) || has(b, words);
    // At midnight, and in another time zone, one event has two days.
    if days <= 1
        && (either(&["night", "late", "early", "overnight", "midnight", "dawn"])
            || either(&["today", "yesterday", "tomorrow", "this morning"]))
    {
        return false;
    }
    // "on Tuesday" in a report that is printed again a week later.
    let weekday = |told: &Told| WEEKDAYS.iter().find(|day| told.time.contains(*day));
    if days % 7 == 0 && weekday(a).is_some() && weekday(a) == weekday(b) {
        return false;
    }
    let shared = [x.day() == y.day(), x.month() == y.month(), x.year() == y.year()];
    let is_slip = shared.into_iter().filter(|is_shared| *is_shared).count() == 2;
    days <= 10 || is_slip && has(a, &["19", "20"]) && has(b, &["19", "20"])
}
