//! What a figure counts: its class, what befell it, where, and the words around it.
//!
//! ```text
//! "over a million displaced Lorners seeking refuge in Vaal"  → people, displaced, in Vaal
//! "the city, where … more than 1.3 million civilians"        → people, living, in Vaal
//! ```
//!
//! Ages are in `age`. Not handled: changes ("rose by 3 percent"), scores and lengths of time, which give no
//! figure here.

use super::beside::{
    around, beside, ends_in_part, frame, hash, is_no_measure, is_other_state, is_run_together,
    is_running, state_of,
};
use super::bounds::{bounds, is_vague, last_step};
use super::rules::{Rules, rules};
use super::what::{What, is_name};
use crate::words::{Word, folded, words};
use crate::{Subject, stories};
use onrecord_model::{ActorType, Date, Quantity, Span, Timex, TimexType};
use serde::{Deserialize, Serialize};

/// Words from which a frame is no turn of phrase: two reports that have it have one sentence.
pub(super) const LONG_FRAME: u8 = 10;

/// Names of a report that tell its story.
const STORY: usize = 10;

/// Words of a report that tell its story.
const TELLING: usize = 12;

/// Days after which a time in a sentence is another than the report's own.
const OWN_DAYS: i64 = 20;

/// One figure, with what it counts: what items of this comparison hold.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Figure {
    /// The words on either side of its number, hashed; 0 where they are few.
    #[serde(rename = "k")]
    pub(crate) frame: u32,
    /// Class, state and unit, for keys; empty for what is no measure of its own ("39
    /// times") and meets only the same sentence.
    #[serde(rename = "m")]
    pub(crate) measure: String,
    /// How many words its frame has.
    #[serde(rename = "e", default, skip_serializing_if = "is_nought")]
    pub(crate) frame_words: u8,
    /// The least and the most it may be, as readers take it; no most if there is none.
    #[serde(rename = "l")]
    pub(crate) low: f64,
    #[serde(rename = "h", default, skip_serializing_if = "Option::is_none")]
    pub(crate) high: Option<f64>,
    /// The number as given.
    #[serde(rename = "v", default, skip_serializing_if = "Option::is_none")]
    pub(crate) value: Option<f64>,
    /// "dozens": no number.
    #[serde(rename = "g", default, skip_serializing_if = "is_not")]
    pub(crate) is_vague: bool,
    /// The noun, or the class that it is of; empty for money and shares.
    #[serde(rename = "c")]
    pub(crate) class: String,
    /// Of an age: whose, as first and last name; see `age`.
    #[serde(rename = "q", default, skip_serializing_if = "Option::is_none")]
    pub(crate) person: Option<String>,
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    pub(crate) state: Option<String>,
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    pub(crate) unit: Option<String>,
    /// A part of the whole, or one day's share: "12 more", "including 12".
    #[serde(rename = "pt", default, skip_serializing_if = "is_not")]
    pub(crate) is_part: bool,
    /// What may come: "could kill 75,000".
    #[serde(rename = "fc", default, skip_serializing_if = "is_not")]
    pub(crate) is_forecast: bool,
    /// A count that goes on from day to day: "have fled so far", "since May".
    #[serde(rename = "r", default, skip_serializing_if = "is_not")]
    pub(crate) is_running: bool,
    /// Words with a capital that narrow what is counted: "US", "Palestinian"; as places have them.
    #[serde(rename = "w", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) whose: Vec<String>,
    /// Other words that narrow it.
    #[serde(rename = "n", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) narrow: Vec<String>,
    /// Its own place, folded.
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pub(crate) place: Option<String>,
    /// The place as readers write it.
    #[serde(rename = "P", default, skip_serializing_if = "Option::is_none")]
    pub(crate) place_words: Option<String>,
    /// Other places in the sentence, folded.
    #[serde(rename = "o", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) places: Vec<String>,
    /// Other names in the sentence, folded.
    #[serde(rename = "N", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) names: Vec<String>,
    /// Stems of words near it, hashed.
    #[serde(rename = "a", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) near: Vec<u32>,
    /// Stems of the sentence's other words, hashed.
    #[serde(rename = "f", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) far: Vec<u32>,
    /// The names that the report is about, hashed.
    #[serde(rename = "t", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) story: Vec<u32>,
    /// The words that tell most of the report's story, as stories have them, hashed.
    #[serde(rename = "T", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) telling: Vec<u16>,
    /// A time in its sentence that is not the report's own: "last year's", "in 2009".
    #[serde(rename = "z", default, skip_serializing_if = "Option::is_none")]
    pub(crate) then: Option<String>,
    /// What else its report gives of the same measure: of another event, or a part of the sum.
    #[serde(rename = "b", default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) beside: Vec<f64>,
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    pub(crate) as_of: Option<String>,
    #[serde(rename = "S")]
    pub(crate) span: Span,
    #[serde(rename = "x")]
    pub(crate) text: String,
    /// Bound and number alone: "over a million".
    #[serde(rename = "A")]
    pub(crate) amount: String,
    /// Who gives it, where somebody does.
    #[serde(rename = "G", default, skip_serializing_if = "Option::is_none")]
    pub(crate) giver: Option<String>,
}

impl Figure {
    /// Bound and number as a reader would say them: "between 10 and 15", of which the words of the
    /// figure are "10 and 15".
    pub(super) fn said(&self) -> String {
        let is_range = self.value.is_none()
            && !self.is_vague
            && self.amount.contains(" and ")
            && !self.amount.to_lowercase().starts_with("between");
        format!("{}{}", if is_range { "between " } else { "" }, self.amount)
    }

    /// Whether it is a number as counted, not rounded and no bound.
    pub(super) fn is_exact(&self) -> bool {
        let width = self.high.map(|high| high - self.low);
        self.value.zip(width).is_some_and(|(value, width)| width <= last_step(value) * 1.001)
    }
}

/// A name somewhere in the report.
struct Name {
    span: Span,
    folded: String,
    is_place: bool,
    words: String,
}

/// What a report's figures have in common.
pub(crate) struct Report<'a> {
    pub(super) subject: Subject<'a>,
    /// In order.
    names: Vec<Name>,
    pub(super) story: Vec<u32>,
    pub(super) telling: Vec<u16>,
    /// Under which its figures are found besides their own names: the most telling words.
    pub(crate) first: Vec<u16>,
}

impl<'a> Report<'a> {
    pub(crate) fn new(subject: Subject<'a>) -> Self {
        let rules = rules();
        let mut names = Vec::new();
        let mut known: Vec<(usize, u32)> = Vec::new();
        for actor in &subject.analysis.actors {
            let is_place = actor.kind == ActorType::Place;
            if !is_place && !matches!(actor.kind, ActorType::Person | ActorType::Organisation) {
                continue;
            }
            let whole = folded(&actor.name.replace(' ', ""));
            let last = actor.name.split_whitespace().last().map(folded).unwrap_or_default();
            let name = match actor.kind {
                ActorType::Person => last,
                _ => rules.place(&whole),
            };
            if name.len() < 2 {
                continue;
            }
            if !rules.is_common(&name) && !rules.is_wide(&name) {
                known.push((actor.mentions.len(), hash(&name)));
            }
            names.extend(actor.mentions.iter().map(|&span| Name {
                span,
                folded: name.clone(),
                is_place,
                words: actor.name.clone(),
            }));
        }
        // "VAAL, Lorne (HPW) —": where the reporter sat.
        let dateline = subject.report.dateline.as_ref().map(|dateline| dateline.span);
        names.retain(|name: &Name| !dateline.is_some_and(|span| span.contains(name.span)));
        names.sort_by_key(|name| name.span);
        known.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut story: Vec<u32> = known.into_iter().map(|(_, hash)| hash).take(STORY).collect();
        story.sort_unstable();
        story.dedup();
        let first = stories::telling(subject, TELLING);
        let mut telling = first.clone();
        telling.sort_unstable();
        Self { subject, names, story, telling, first }
    }

    /// Names that begin inside `span`, in order.
    fn names_in(&self, span: Span) -> impl Iterator<Item = &Name> {
        let from = self.names.partition_point(|name| name.span.start < span.start);
        self.names[from..].iter().take_while(move |name| name.span.start < span.end)
    }

    /// The figure of a quantity; none where it could not be told from others.
    pub(crate) fn figure(&self, quantity: &Quantity) -> Option<Figure> {
        let text = &self.subject.report.text;
        let sentence = self.subject.analysis.sentence_at(quantity.span.start as usize)?.span;
        if is_no_measure(text, sentence, quantity) || is_run_together(sentence.of(text)) {
            return None;
        }
        self.age(quantity, sentence)
            .or_else(|| self.measure(quantity, sentence))
            .or_else(|| self.number(quantity, sentence))
    }

    /// A number that is no measure of its own, in a sentence long enough to be known again:
    /// "visited the retreat 39 times, but only …".
    fn number(&self, quantity: &Quantity, sentence: Span) -> Option<Figure> {
        let text = &self.subject.report.text;
        let (low, high) = bounds(quantity)?;
        let all = words(text, sentence);
        let (frame, frame_words) = frame(&all, quantity.span)?;
        if frame_words < LONG_FRAME || quantity.value.is_none() {
            return None;
        }
        let words = one_line(quantity.span.of(text));
        Some(Figure {
            frame,
            frame_words,
            low,
            high: Some(high).filter(|high| *high < f64::MAX),
            value: quantity.value,
            unit: quantity.unit.clone(),
            is_running: is_running(rules(), &all, quantity.span),
            story: self.story.clone(),
            span: quantity.span,
            text: words.clone(),
            amount: words,
            ..Figure::default()
        })
    }

    /// A figure that counts something.
    fn measure(&self, quantity: &Quantity, sentence: Span) -> Option<Figure> {
        let rules = rules();
        let text = &self.subject.report.text;
        let (low, high) = bounds(quantity)?;
        let is_none = |unit: &str| rules.is_never(unit) || rules.is_fleeting(unit);
        if quantity.unit.as_deref().is_some_and(is_none) {
            return None;
        }
        let what = What::of(rules, text, quantity)?;
        let end = what.span.map_or(quantity.span.end, |span| span.end.max(quantity.span.end));
        let (before, after) = beside(rules, text, sentence, quantity.span.start, end);
        let is_part = before.iter().chain(&after).take(2).any(|word| rules.is_part(word))
            || before.iter().skip(1).any(|word| rules.is_part_before(word))
            || what.all.iter().take(what.heads).any(|word| rules.is_part(word));
        // "Dead at 77" is an age; "those three" are of what was said before.
        let is_first = |words: &[&str]| before.first().is_some_and(|w| words.contains(&w.as_str()));
        let is_age = what.span.is_none() && quantity.unit.is_none() && is_first(&["at", "aged"]);
        if is_age || is_first(&["those", "these", "both"]) && high < 14.0 {
            return None;
        }
        let all = words(text, sentence);
        let is_part = is_part || ends_in_part(rules, text, quantity, what.span) || {
            let close = |word: &&Word| {
                word.span.end + 60 > quantity.span.start && word.span.start < end + 60
            };
            all.iter().filter(close).any(|word| rules.is_share_of_time(&word.folded))
        };
        let forecasts = before.iter().chain(&after).chain(&what.all);
        let is_forecast = forecasts.into_iter().any(|word| rules.is_forecast(word));
        let is_people = what.class == "people" && quantity.unit.as_deref() == Some("people");
        // Battalions that "are dispersed" are no people who live there.
        let mut state = state_of(rules, &before, &after, &what.all)
            .filter(|state| is_people || !rules.is_settled(Some(state)));
        // "Three people were killed and 12 others wounded": no part, all who were wounded.
        let is_part = is_part
            && !is_other_state(rules, &all, quantity.span, state.as_deref(), || {
                let words = before.iter().chain(&after).take(2).chain(&what.all);
                words.filter(|word| rules.is_part(word)).all(|word| rules.is_other(word))
            });
        let (near, far) = around(rules, &all, quantity.span.start, end, text);

        let mut place = self.own_place(rules, quantity, sentence, what.span, &all);
        let mut places: Vec<String> = Vec::new();
        let mut names: Vec<String> = Vec::new();
        let mut seen: Vec<Span> = Vec::new();
        for name in self.names_in(sentence) {
            seen.push(name.span);
            if quantity.span.contains(name.span) && !name.is_place {
                continue;
            }
            let list = if name.is_place { &mut places } else { &mut names };
            list.push(name.folded.clone());
        }
        names.extend(
            all.iter()
                .filter(|word| is_name(rules, word, text) && word.span.start != sentence.start)
                .filter(|word| !quantity.span.contains(word.span))
                .filter(|word| !seen.iter().any(|span| span.contains(word.span)))
                .map(|word| rules.place(&word.folded)),
        );
        if let Some((own, _)) = &place {
            places.retain(|place| place != own);
            names.retain(|name| name != own);
        }
        for list in [&mut places, &mut names] {
            list.sort_unstable();
            list.dedup();
            list.truncate(8);
        }
        if is_people && state.is_none() && low >= rules.least_settled() && !is_part {
            let close = |word: &&Word| {
                word.span.end + 80 > quantity.span.start && word.span.start < end + 60
            };
            let is_settled = |word: &Word| rules.says_settled(&word.folded);
            let says = all.iter().filter(close).any(is_settled);
            state = (says && place.is_some()).then(|| "living".to_owned());
        }
        // "at least 12" of nothing that is named.
        let grows = |state: &String| rules.state_named(state).is_some_and(|state| state.grows);
        if what.class.is_empty() && what.unit.is_none() && !state.as_ref().is_some_and(grows) {
            return None;
        }
        let mut narrow = what.narrow;
        let class = match what.class.as_str() {
            "" if what.unit.is_none() => "people".to_owned(),
            // "14 others" of nothing that is named.
            "other" if !state.as_ref().is_some_and(grows) => return None,
            "other" => "people".to_owned(),
            // "Killed 22 pilgrims", "22 people were killed": of people who are told more closely.
            class if rules.is_person(class) && state.as_ref().is_some_and(grows) => {
                narrow.push(class.to_owned());
                narrow.sort_unstable();
                "people".to_owned()
            }
            _ => what.class,
        };
        // Money that "was built" is of nothing else than money that was asked for.
        state = state.filter(|_| !class.is_empty());
        let is_settled = rules.is_settled(state.as_deref()) && low >= rules.least_settled();
        let said = if is_settled { "there" } else { state.as_deref().unwrap_or("") };
        let measure = format!("{class}/{said}/{}", what.unit.as_deref().unwrap_or(""));
        let giver = quantity
            .statement
            .and_then(|id| self.subject.analysis.statement(id))
            .and_then(|statement| statement.speaker.as_ref().map(|party| party.name.clone()));
        let span = what.span.map_or(quantity.span, |counted| quantity.span.join(counted));
        // "Tellus will pay $390 million": what is counted may stand before its number.
        let inside = |counted: &Span| {
            counted.start > quantity.span.start && counted.start < quantity.span.end
        };
        let stop = what.span.filter(inside).map_or(quantity.span.end, |counted| counted.start);
        let number = Span { start: quantity.span.start, end: stop };
        let amount = number.of(text).trim();
        let amount = amount.strip_suffix(" of").unwrap_or(amount).trim_end_matches(['-', ' ']);
        let (frame, frame_words) = frame(&all, number).unwrap_or_default();
        let (place, place_words) = place.take().unzip();
        let place_words = place_words.filter(|words: &String| !words.is_empty());
        Some(Figure {
            frame,
            frame_words,
            measure,
            low,
            high: Some(high).filter(|high| *high < f64::MAX),
            value: quantity.value,
            is_vague: is_vague(quantity),
            class,
            person: None,
            is_part,
            is_forecast,
            is_running: state.as_ref().is_some_and(grows)
                || is_running(rules, &all, Span { start: number.start, end }),
            state,
            unit: what.unit,
            whose: what.whose,
            narrow,
            place,
            place_words,
            places,
            names,
            near,
            far,
            story: self.story.clone(),
            telling: self.telling.clone(),
            then: self
                .other_time(sentence, quantity.span)
                .or_else(|| of_then(rules, &all, quantity.span)),
            beside: Vec::new(),
            as_of: quantity.as_of.clone(),
            span,
            text: span.of(text).to_owned(),
            amount: one_line(amount),
            giver,
        })
    }

    /// A time in a sentence that is not the report's own.
    fn other_time(&self, sentence: Span, number: Span) -> Option<String> {
        let text = &self.subject.report.text;
        // "9,000 marched, more than at any time since 2006": today's are counted.
        let is_measured_by = |time: &Timex| {
            let between = Span { start: number.end, end: time.span.start.max(number.end) };
            words(text, between).iter().any(|word| matches!(word.folded.as_str(), "since" | "than"))
        };
        let published = self.subject.report.published_on()?;
        let inside = |time: &&Timex| {
            time.kind == TimexType::Date && sentence.contains(time.span) && !is_measured_by(time)
        };
        let mut others = self.subject.analysis.times.iter().filter(inside).filter_map(|time| {
            let value = time.value.as_str();
            let year: i16 = value.get(..4)?.parse().ok()?;
            let month = value.get(5..7).and_then(|month| month.parse::<i8>().ok());
            let is_other = match value.get(..10).and_then(|day| day.parse::<Date>().ok()) {
                Some(day) => published.duration_since(day).as_hours().abs() / 24 > OWN_DAYS,
                None => {
                    let months = |year: i16, month: i8| i32::from(year) * 12 + i32::from(month);
                    let own = months(published.year(), published.month());
                    match month {
                        Some(month) => (own - months(year, month)).abs() > 1,
                        None => year != published.year(),
                    }
                }
            };
            is_other.then(|| value.to_owned())
        });
        others.next()
    }

    /// The place a figure is counted in: the one of its own words, else "the city" for the one
    /// named last, else the only one in the sentence.
    fn own_place(
        &self,
        rules: &Rules,
        quantity: &Quantity,
        sentence: Span,
        counted: Option<Span>,
        all: &[Word],
    ) -> Option<(String, String)> {
        let text = &self.subject.report.text;
        if let Some(place) = &quantity.place {
            let words = place.strip_prefix("the ").unwrap_or(place);
            return Some((rules.place(&folded(&words.replace(' ', ""))), words.to_owned()));
        }
        let given = |name: &Name| Some((name.folded.clone(), name.words.clone()));
        if let Some(counted) = counted
            && let Some(name) = self.names_in(counted).find(|name| name.is_place)
            && !text[..name.span.start as usize].ends_with("from ")
        {
            return given(name);
        }
        let is_the = |at: usize| at > 0 && all[at - 1].folded == "the";
        let says_city = all.iter().enumerate().any(|(at, word)| {
            rules.is_anaphor(&word.folded)
                && is_the(at)
                && all.get(at + 1).is_none_or(|next| next.folded != "of")
        });
        if says_city {
            let until = self.names.partition_point(|name| name.span.start < quantity.span.start);
            let mut earlier = self.names[..until].iter().rev();
            let last = earlier.find(|name| name.is_place && !rules.is_wide(&name.folded));
            return last.and_then(given);
        }
        // "The population of Vaal has swelled …, many from other parts of Lorne": the town.
        let only = |is_wide: bool| {
            let is_such =
                move |name: &&Name| name.is_place && rules.is_wide(&name.folded) == is_wide;
            let mut of_sentence = self.names_in(sentence).filter(is_such);
            let only = of_sentence.next()?;
            Some(of_sentence.all(|name| name.folded == only.folded).then_some(only))
        };
        match only(false) {
            Some(town) => town.and_then(given),
            // Where a country stands in the sentence, the figure may be of another place.
            None => only(true).flatten().map(|name| (name.folded.clone(), String::new())),
        }
    }
}

/// "Seven people died that night", "the deadliest since the fire at Marrin, where 13 people died":
/// of what no date tells.
fn of_then(rules: &Rules, all: &[Word], number: Span) -> Option<String> {
    let is_then = |two: &[Word]| rules.is_then(&two[0].folded, &two[1].folded);
    let before = &all[..all.partition_point(|word| word.span.end <= number.start)];
    let since = before.iter().position(|word| word.folded == "since");
    let is_since = |since: usize| before[..since].iter().any(|word| rules.is_most(&word.folded));
    let is_of_then = all.windows(2).any(is_then) || since.is_some_and(is_since);
    is_of_then.then(|| "then".to_owned())
}

pub(super) fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_not(flag: &bool) -> bool {
    !flag
}

fn is_nought(count: &u8) -> bool {
    *count == 0
}
