//! The brief's timeline: what the reports say happened when, each event on one line.
//!
//! ```text
//! 2031-03-04 Tue   Work stopped at Lorne on Tuesday.                 001:0-33 004:120-171
//! 2031-03-07 Fri   The board will meet on Friday.  [planned]         002:40-71
//! by 2031-03-08    Talks went on between the board and the dockers.  005:0-52
//! ```
//!
//! Tellings that the comparison of events linked stand on one line, and so do the same words. What a
//! report leads with, without a date, stands at the day of the report: "by". Not handled: a choice
//! of what matters, beyond how many reports tell it.

use super::{Place, Told, words_only};
use crate::Error;
use crate::ledger::{self, Happened, Ledger};
use crate::show::pointer;
use onrecord_model::{Date, EventState};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Events of one moment that are looked through for the few to show.
const SEEN: usize = 120;

/// Reports up to which a record is one story, whose leads are shown though they give no date.
const ONE_STORY: usize = 40;

/// How much of a sentence a brief shows at least, in bytes.
const SHOWN: usize = 100;

/// What happened when.
#[derive(Debug, Default)]
pub struct Timeline {
    /// In order of time.
    pub moments: Vec<Moment>,
    /// Moments besides.
    pub more: usize,
}

/// A day, week, month, quarter, season or year; or a report that gives none.
#[derive(Debug)]
pub struct Moment {
    /// As a TIMEX3 value; none where the text gives none.
    pub when: Option<String>,
    /// Of what has no date: the day of the report that tells it.
    pub told_on: Option<Date>,
    /// In how many reports.
    pub reports: usize,
    /// What most reports tell first.
    pub lines: Vec<Happening>,
    /// Lines besides.
    pub more: usize,
}

/// One event with all that tell it.
#[derive(Debug)]
pub struct Happening {
    /// The words of one telling, and where all stand.
    pub told: Told,
    /// How the reports tell it, first told first, each once.
    pub states: Vec<EventState>,
    /// Whether all only mention it.
    pub is_mention: bool,
    /// The words of each telling, in the order of the places.
    pub tellings: Vec<String>,
    /// Where comparisons know each, in the same order.
    pub events: Vec<ledger::Place>,
}

impl Moment {
    /// In at most 15 letters: "2031-03-04 Tue", "2031-03-03 wk", "2031-03", "by 2031-03-08".
    pub fn label(&self) -> String {
        let Some(when) = &self.when else {
            return self.told_on.map_or_else(|| "undated".to_owned(), |day| format!("by {day}"));
        };
        if let Ok(day) = when.parse::<Date>() {
            return format!("{day} {}", day.strftime("%a"));
        }
        let season = |name: &str| format!("{name} {}", &when[..4]);
        match (first_day(when), when.get(4..6)) {
            (Some(day), Some("-W")) if when.len() > 8 => format!("{day} w/e"),
            (Some(day), Some("-W")) => format!("{day} wk"),
            (_, Some("-Q" | "-H")) => format!("{} {}", &when[..4], &when[5..]),
            _ => match when.get(5..) {
                Some("SP") => season("spring"),
                Some("SU") => season("summer"),
                Some("FA") => season("autumn"),
                Some("WI") => season("winter"),
                _ => when.clone(),
            },
        }
    }

    /// Longer stretches before the shorter that begin with them, days before what is only told by
    /// then, what has no day at all last.
    fn order(&self) -> (bool, Option<Date>, u8) {
        match &self.when {
            Some(when) => in_time(when),
            None => (self.told_on.is_none(), self.told_on, 9),
        }
    }
}

/// Where a TIMEX3 value stands in order of time: a longer stretch before the shorter that begin
/// with it.
pub fn in_time(when: &str) -> (bool, Option<Date>, u8) {
    let length = match when.len() {
        4 => 0,
        7 if when.as_bytes()[5].is_ascii_digit() => 2,
        7 => 1,
        8 | 11 => 3,
        _ => 4,
    };
    (false, first_day(when), length)
}

impl Happening {
    /// In how many reports it is told.
    pub fn reports(&self) -> usize {
        let places = self.told.places.iter();
        places.filter_map(|place| named(&place.pointer)).collect::<BTreeSet<_>>().len()
    }

    /// What a line adds to its words: "planned", "planned, then done".
    pub fn note(&self) -> String {
        let known: Vec<&str> = self.states.iter().map(|state| state.as_str()).collect();
        match known.as_slice() {
            [] | ["done"] if self.is_mention => "mentioned".to_owned(),
            [] | ["done"] => String::new(),
            [one] => (*one).to_owned(),
            all => all.join(", then "),
        }
    }
}

/// The first day of a TIMEX3 value that names a day, week, month, quarter, season or year.
pub fn first_day(when: &str) -> Option<Date> {
    let year: i16 = when.get(..4)?.parse().ok()?;
    let month = match when.get(5..) {
        None | Some("Q1" | "H1") => 1,
        Some("SP") => 3,
        Some("Q2") => 4,
        Some("SU") => 6,
        Some("Q3" | "H2") => 7,
        Some("FA") => 9,
        Some("Q4") => 10,
        Some("WI") => 12,
        Some(rest) if rest.starts_with('W') => {
            let week = rest.get(1..3)?.parse().ok()?;
            let monday = jiff::civil::ISOWeekDate::new(year, week, jiff::civil::Weekday::Monday);
            let monday = Date::from(monday.ok()?);
            let is_weekend = rest.ends_with("WE");
            return if is_weekend {
                monday.checked_add(jiff::Span::new().days(5)).ok()
            } else {
                Some(monday)
            };
        }
        Some(rest) if rest.len() == 2 => rest.parse().ok()?,
        Some(_) => return when.parse().ok(),
    };
    Date::new(year, month, 1).ok()
}

/// The timeline of a record, in about twice `top` lines.
pub(super) fn timeline(ledger: &Ledger, top: usize) -> Result<Timeline, Error> {
    let most = top.saturating_mul(2);
    let found = ledger.moments(most.saturating_mul(2))?;
    let mut moments = Vec::new();
    for found in &found.rows {
        moments.push(Moment { reports: found.reports, ..moment(ledger, &found.when)? });
    }
    moments.extend(undated(ledger)?);
    let passed_over = found.total - found.rows.len();
    Ok(cut(moments, most, (top / 3).max(2), passed_over))
}

/// All that is told of one moment, what most reports tell first; of very much, the earliest told.
///
/// # Errors
/// If the record cannot be read.
pub fn moment(ledger: &Ledger, when: &str) -> Result<Moment, Error> {
    glimpse(ledger, when, SEEN)
}

/// The same of so many events at most, the earliest told.
///
/// # Errors
/// If the record cannot be read.
pub fn glimpse(ledger: &Ledger, when: &str, events: usize) -> Result<Moment, Error> {
    let happened = ledger.happened(Some(when), events)?;
    let more = happened.total - happened.rows.len();
    let lines = joined(ledger, happened.rows)?;
    let mut reports: BTreeSet<&str> = BTreeSet::new();
    for line in &lines {
        reports.extend(line.told.places.iter().filter_map(|place| named(&place.pointer)));
    }
    let reports = reports.len();
    Ok(Moment { when: Some(when.to_owned()), told_on: None, reports, lines, more })
}

/// What has no date, by the day on which it was told; nothing where a record is more than a story.
///
/// # Errors
/// If the record cannot be read.
pub fn undated(ledger: &Ledger) -> Result<Vec<Moment>, Error> {
    if ledger.report_count()? > ONE_STORY {
        return Ok(Vec::new());
    }
    let mut by_day: BTreeMap<Option<Date>, Vec<Happened>> = BTreeMap::new();
    for happened in ledger.happened(None, SEEN)?.rows {
        // "on Friday" in a report without a day is not told by its words' day.
        let told_on = happened.published.filter(|_| happened.time.is_none());
        by_day.entry(told_on).or_default().push(happened);
    }
    let mut moments = Vec::new();
    for (told_on, happened) in by_day {
        let reports: BTreeSet<&str> = happened.iter().map(|h| h.place.report.as_str()).collect();
        let reports = reports.len();
        let lines = joined(ledger, happened)?;
        moments.push(Moment { when: None, told_on, reports, lines, more: 0 });
    }
    Ok(moments)
}

/// The lines that most reports tell, at most `most`, of one moment at most `each`.
fn cut(mut moments: Vec<Moment>, most: usize, each: usize, passed_over: usize) -> Timeline {
    let mut ranked: Vec<(usize, usize)> = Vec::new();
    for (number, moment) in moments.iter().enumerate() {
        ranked.extend((0..moment.lines.len().min(each)).map(|line| (number, line)));
    }
    ranked.sort_by_key(|&(number, line)| {
        let (moment, happening) = (&moments[number], &moments[number].lines[line]);
        let is_day = moment.when.as_ref().is_none_or(|when| when.len() == 10);
        (
            Reverse(happening.reports()),
            line > 0,
            happening.is_mention,
            !is_day,
            moment.order(),
            line,
        )
    });
    ranked.truncate(most);
    let mut kept = vec![0; moments.len()];
    ranked.iter().for_each(|&(number, line)| kept[number] = kept[number].max(line + 1));
    for (moment, kept) in moments.iter_mut().zip(&kept) {
        moment.more += moment.lines.len() - kept;
        moment.lines.truncate(*kept);
    }
    let before = moments.len();
    moments.retain(|moment| !moment.lines.is_empty());
    let more = passed_over + before - moments.len();
    moments.sort_by(|a, b| a.order().cmp(&b.order()).then_with(|| a.when.cmp(&b.when)));
    Timeline { moments, more }
}

/// The report in a pointer.
fn named(pointer: &str) -> Option<&str> {
    pointer.rsplit_once(':').map(|(report, _)| report)
}

/// The events of one moment, each with all its tellings, what most reports tell first.
fn joined(ledger: &Ledger, happened: Vec<Happened>) -> Result<Vec<Happening>, Error> {
    let places: BTreeMap<ledger::Place, usize> =
        happened.iter().enumerate().map(|(at, h)| (h.place.clone(), at)).collect();
    let mut root: Vec<usize> = (0..happened.len()).collect();
    let mut join = |a: usize, b: usize| {
        let (a, b) = (root[a], root[b]);
        root.iter_mut().filter(|at| **at == a.max(b)).for_each(|at| *at = a.min(b));
    };
    for link in ledger.links_between("events", &places.keys().cloned().collect())? {
        if onrecord_compare::is_same_day(&link.body) {
            join(places[&link.a], places[&link.b]);
        }
    }
    let mut by_words: BTreeMap<String, usize> = BTreeMap::new();
    for (at, happened) in happened.iter().enumerate() {
        match by_words.entry(words_only(&happened.text)) {
            std::collections::btree_map::Entry::Occupied(same) => join(at, *same.get()),
            std::collections::btree_map::Entry::Vacant(new) => drop(new.insert(at)),
        }
    }
    // In one story "the attack of 4 March" is one attack, whoever names it.
    let is_one_story = ledger.report_count()? <= ONE_STORY;
    let mut by_noun: BTreeMap<String, usize> = BTreeMap::new();
    for (at, happened) in happened.iter().enumerate() {
        let Some(noun) = mentioned(happened).filter(|_| is_one_story) else { continue };
        let first = *by_noun.entry(noun).or_insert(at);
        join(at, first);
    }
    let mut groups: BTreeMap<usize, Vec<&Happened>> = BTreeMap::new();
    for (at, happened) in happened.iter().enumerate() {
        groups.entry(root[at]).or_default().push(happened);
    }
    let mut lines: Vec<Happening> = groups.into_values().map(|group| happening(&group)).collect();
    lines.sort_by_key(|line| {
        let is_cut = line.told.dated_at > SHOWN;
        (Reverse(line.reports()), line.is_mention, is_cut, line.told.places[0].start)
    });
    Ok(lines)
}

/// The noun of an event of a certain day that is only mentioned.
fn mentioned(happened: &Happened) -> Option<String> {
    let event = &happened.event;
    let is_day = event.when.as_ref().is_some_and(|when| when.len() == 10);
    let from = event.word.start.checked_sub(event.span.start)? as usize;
    let word = happened.text.get(from..from + event.word.len())?;
    (event.is_mention && is_day).then(|| word.to_lowercase())
}

/// One event from its tellings, which are in order of publication.
fn happening(group: &[&Happened]) -> Happening {
    let mut order: Vec<&&Happened> = group.iter().collect();
    // Told as done before planned; a sentence before a phrase; with its day in sight; neither cut
    // short nor long; the earliest.
    order.sort_by_key(|happened| {
        let length = happened.text.chars().count();
        let event = &happened.event;
        (
            event.state != EventState::Done,
            event.is_mention,
            happened.dated_at > SHOWN,
            !(40..=220).contains(&length),
        )
    });
    let best = order[0];
    let mut states: Vec<EventState> = Vec::new();
    for happened in group {
        if !states.contains(&happened.event.state) {
            states.push(happened.event.state);
        }
    }
    let mut all: Vec<&Happened> = vec![best];
    all.extend(group.iter().copied().filter(|other| other.place != best.place));
    let places = all
        .iter()
        .map(|happened| Place {
            pointer: pointer(&happened.place.report, happened.code_points),
            start: happened.code_points[0],
            outlet: happened.outlet.clone(),
            published: happened.published,
        })
        .collect();
    Happening {
        told: Told { text: best.text.clone(), places, dated_at: best.dated_at },
        states,
        is_mention: group.iter().all(|happened| happened.event.is_mention),
        tellings: all.iter().map(|happened| happened.text.clone()).collect(),
        events: all.iter().map(|happened| happened.place.clone()).collect(),
    }
}
