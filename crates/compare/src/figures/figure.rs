//! What a figure counts: its class, what befell it, where, and the words around it.
//!
//! ```text
//! "over a million displaced Lorners seeking refuge in Vaal"  → people, displaced, in Vaal
//! "the city, where … more than 1.3 million civilians"        → people, living, in Vaal
//! ```
//!
//! Not handled: changes ("rose by 3 percent"), ages, scores and lengths of time, which give no
//! figure here.

use super::bounds::{bounds, is_vague};
use super::rules::{Rules, rules};
use crate::Subject;
use crate::rules::is_little;
use crate::words::{Word, folded, words};
use onrecord_model::{ActorType, Quantity, Span};
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

/// Names of a report that tell its story.
const STORY: usize = 10;

/// Words on either side of a figure that are near it.
const NEAR: usize = 7;

/// One figure, with what it counts: what items of this comparison hold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Figure {
    /// Class, state and unit, for keys. First: `compare` looks no further where it differs.
    #[serde(rename = "m")]
    pub(crate) measure: String,
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

/// A name somewhere in the report.
struct Name {
    span: Span,
    folded: String,
    is_place: bool,
    words: String,
}

/// What a report's figures have in common.
pub(crate) struct Report<'a> {
    subject: Subject<'a>,
    /// In order.
    names: Vec<Name>,
    story: Vec<u32>,
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
        Self { subject, names, story }
    }

    /// Names that begin inside `span`, in order.
    fn names_in(&self, span: Span) -> impl Iterator<Item = &Name> {
        let from = self.names.partition_point(|name| name.span.start < span.start);
        self.names[from..].iter().take_while(move |name| name.span.start < span.end)
    }

    /// The figure of a quantity; none where it counts nothing that could be told apart.
    pub(crate) fn figure(&self, quantity: &Quantity) -> Option<Figure> {
        let rules = rules();
        let text = &self.subject.report.text;
        let (low, high) = bounds(quantity)?;
        if quantity.unit.as_deref().is_some_and(|unit| rules.is_never(unit)) {
            return None;
        }
        let sentence = self.subject.analysis.sentence_at(quantity.span.start as usize)?.span;
        if is_no_measure(text, sentence, quantity) || is_run_together(sentence.of(text)) {
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
        let class = if what.class.is_empty() && what.unit.is_none() {
            "people".to_owned()
        } else {
            what.class
        };
        let is_settled = rules.is_settled(state.as_deref()) && low >= rules.least_settled();
        let said = if is_settled { "there" } else { state.as_deref().unwrap_or("") };
        let measure = format!("{class}/{said}/{}", what.unit.as_deref().unwrap_or(""));
        let giver = quantity
            .statement
            .and_then(|id| self.subject.analysis.statement(id))
            .and_then(|statement| statement.speaker.as_ref().map(|party| party.name.clone()));
        let span = what.span.map_or(quantity.span, |counted| quantity.span.join(counted));
        let stop = what.span.map_or(quantity.span.end, |counted| {
            counted.start.clamp(quantity.span.start, quantity.span.end)
        });
        let amount = Span { start: quantity.span.start, end: stop }.of(text).trim();
        let amount = amount.strip_suffix(" of").unwrap_or(amount).trim_end_matches(['-', ' ']);
        let (place, place_words) = place.take().unzip();
        let place_words = place_words.filter(|words: &String| !words.is_empty());
        Some(Figure {
            measure,
            low,
            high: Some(high).filter(|high| *high < f64::MAX),
            value: quantity.value,
            is_vague: is_vague(quantity),
            class,
            state,
            unit: what.unit,
            is_part,
            is_forecast,
            whose: what.whose,
            narrow: what.narrow,
            place,
            place_words,
            places,
            names,
            near,
            far,
            story: self.story.clone(),
            as_of: quantity.as_of.clone(),
            span,
            text: span.of(text).to_owned(),
            amount: one_line(amount),
            giver,
        })
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

/// "One another", "the 2020 candidates", and "Five takeaways" in the middle of a sentence: no
/// measures.
fn is_no_measure(text: &str, sentence: Span, quantity: &Quantity) -> bool {
    let words = quantity.span.of(text);
    let is_inside = quantity.span.start > sentence.start + 1;
    let is_title = is_inside
        && words.starts_with(|c: char| c.is_uppercase())
        && !words.starts_with("US")
        && text[..quantity.span.start as usize].ends_with(' ')
        && text[..quantity.span.start as usize].trim_end().ends_with(|c: char| c.is_alphanumeric());
    let is_year = quantity.bound == onrecord_model::Bound::Exact
        && quantity.value.is_some_and(|value| (1900.0..2040.0).contains(&value))
        && words.split_whitespace().next().is_some_and(|first| first.len() == 4);
    let is_one = quantity.value == Some(1.0);
    is_title || is_year || is_one || quantity.value == Some(0.0)
}

/// Whether a sentence is a list of links that was read as text: "… President FennFenn to visit Vaal
/// Harbour talks fail MORE said", "Storm nears | Harbour talks fail".
fn is_run_together(sentence: &str) -> bool {
    let is_glued = |word: &str| {
        let bytes = word.as_bytes();
        let at = (3..bytes.len().saturating_sub(2)).find(|&at| {
            bytes[at - 1].is_ascii_lowercase()
                && bytes[at].is_ascii_uppercase()
                && bytes[at + 1].is_ascii_lowercase()
        });
        bytes.first().is_some_and(u8::is_ascii_uppercase) && at.is_some() && bytes.len() > 7
    };
    sentence.contains(" | ")
        || sentence.len() > 240
            && sentence.split_whitespace().filter(|word| is_glued(word)).count() > 0
}

/// "15 more people", "44 of those cases": the words between number and noun.
fn ends_in_part(rules: &Rules, text: &str, quantity: &Quantity, counted: Option<Span>) -> bool {
    let Some(counted) = counted.filter(|counted| counted.start > quantity.span.start) else {
        return false;
    };
    let between = Span { start: quantity.span.start, end: counted.start };
    let last = words(text, between).pop();
    last.is_some_and(|word| rules.is_part(&word.folded) || rules.is_part_before(&word.folded))
}

/// What a quantity counts.
struct What {
    class: String,
    unit: Option<String>,
    whose: Vec<String>,
    narrow: Vec<String>,
    span: Option<Span>,
    /// Every word of it, folded.
    all: Vec<String>,
    /// How many of these come before its complements.
    heads: usize,
}

impl What {
    fn of(rules: &Rules, text: &str, quantity: &Quantity) -> Option<Self> {
        let counted = match (quantity.counted_span, &quantity.counted) {
            (Some(span), _) => words(text, span),
            (None, Some(counted)) => words(counted, Span::new(0, counted.len())),
            (None, None) => Vec::new(),
        };
        let source = match quantity.counted_span {
            Some(_) => text,
            None => quantity.counted.as_deref().unwrap_or(""),
        };
        let end = counted.iter().position(|word| rules.is_end(&word.folded));
        let head_words = &counted[..end.unwrap_or(counted.len())];
        let head_word = head_words.last();
        let head = head_word.map(|word| singular(&word.folded)).filter(|head| !head.is_empty());
        let head_is_name = head_word.is_some_and(|word| is_name(rules, word, source));

        let bare = quantity.unit.clone().filter(|unit| rules.is_bare(unit));
        let (mut whose, mut narrow) = (Vec::new(), Vec::new());
        let class = match (&bare, head.as_deref()) {
            // What is measured in a unit has its noun among the words that narrow it.
            (Some(_), head) => {
                narrow.extend(head.map(str::to_owned).filter(|_| !head_is_name));
                String::new()
            }
            (None, Some(head)) if rules.is_never(head) => return None,
            (None, Some(head)) => match rules.class(head) {
                Some(class) => class.to_owned(),
                // "millions of Palestinians"
                None if head_is_name && quantity.unit.as_deref() == Some("people") => {
                    "people".to_owned()
                }
                None => head.to_owned(),
            },
            (None, None) if quantity.unit.as_deref() == Some("people") => "people".to_owned(),
            (None, None) => String::new(),
        };
        let unit = bare.or_else(|| {
            let unit = quantity.unit.clone()?;
            let is_noun = unit == "people"
                || head.as_ref().is_some_and(|head| *head == unit.to_lowercase())
                || rules.class(&unit).is_some();
            (!is_noun && class.is_empty()).then_some(unit)
        });
        // Lengths and speeds of anything.
        if class.is_empty() && unit.as_ref().is_some_and(|unit| !rules.is_bare(unit)) {
            return None;
        }
        for (at, word) in head_words.iter().enumerate() {
            let is_head = at + 1 == head_words.len();
            let single = singular(&word.folded);
            if is_name(rules, word, source) {
                if !is_head || class == "people" && rules.class(&single).is_none() {
                    whose.push(rules.place(&word.folded));
                }
            } else if !is_head
                && rules.class(&single).is_none()
                && rules.state(&word.folded).is_none()
                && !rules.is_harmless(&word.folded)
                && !is_little(&word.folded)
            {
                narrow.push(single);
            }
        }
        // "containers of medicine": of another thing than "containers of cement".
        let complement = end.filter(|&end| counted[end].folded == "of" && class != "people");
        let complement = complement.map_or(&[][..], |end| &counted[end + 1..]);
        for word in complement.iter().take_while(|word| !rules.is_end(&word.folded)).take(3) {
            if !is_name(rules, word, source) && !is_little(&word.folded) {
                narrow.push(singular(&word.folded));
            }
        }
        narrow.sort_unstable();
        narrow.dedup();
        narrow.truncate(4);
        whose.truncate(3);
        let all = counted.iter().map(|word| word.folded.clone()).collect();
        let (span, heads) = (quantity.counted_span, head_words.len());
        Some(Self { class, unit, whose, narrow, span, all, heads })
    }
}

fn is_name(rules: &Rules, word: &Word, source: &str) -> bool {
    word.span.of(source).starts_with(|c: char| c.is_uppercase()) && !rules.is_no_name(&word.folded)
}

/// Words right before a figure, nearest first, and right after what it counts, inside their clause.
fn beside(
    rules: &Rules,
    text: &str,
    sentence: Span,
    start: u32,
    end: u32,
) -> (Vec<String>, Vec<String>) {
    let marks = [',', ';', ':', '.', '(', ')', '—', '–', '"', '“', '”'];
    let before = Span { start: sentence.start, end: start.max(sentence.start) };
    let from = before.of(text).rfind(marks).map_or(before.start, |at| before.start + at as u32);
    let from =
        (from..=before.end).find(|&at| text.is_char_boundary(at as usize)).unwrap_or(before.end);
    let after = Span { start: end.min(sentence.end), end: sentence.end };
    let to = after.of(text).find(marks).map_or(after.end, |at| after.start + at as u32);
    let is_join = |word: &Word| matches!(word.folded.as_str(), "but" | "while");
    let near = words(text, Span { start: from, end: before.end }).into_iter().rev();
    let mut left: Vec<String> =
        near.take_while(|word| !is_join(word)).take(4).map(|word| word.folded).collect();
    let far = words(text, Span { start: after.start, end: to }).into_iter();
    let mut right: Vec<String> =
        far.take_while(|word| !is_join(word)).take(4).map(|word| word.folded).collect();
    // "killing 12 and wounding 30": the one before "and" is of another figure.
    for list in [&mut left, &mut right] {
        let stop = list.iter().enumerate().position(|(at, word)| {
            let is_pair = at > 0
                && rules.state(&list[at - 1]).is_some()
                && list.get(at + 1).is_some_and(|next| rules.state(next).is_some());
            matches!(word.as_str(), "and" | "or") && !is_pair
        });
        list.truncate(stop.unwrap_or(list.len()));
    }
    (left, right)
}

/// What befell those who are counted: by the words before, after, and of what is counted.
fn state_of(
    rules: &Rules,
    before: &[String],
    after: &[String],
    counted: &[String],
) -> Option<String> {
    [&before[..before.len().min(3)], after, counted].into_iter().find_map(|words| {
        let at = words.iter().position(|word| rules.state(word).is_some())?;
        let first = rules.state(&words[at])?;
        // "killed or wounded" is a state of its own.
        let is_joined = words.get(at + 1).is_some_and(|word| matches!(word.as_str(), "and" | "or"));
        let second = words.get(at + 2).filter(|_| is_joined).and_then(|word| rules.state(word));
        Some(match second.filter(|second| second.name != first.name) {
            Some(second) => {
                let mut both = [first.name.as_str(), second.name.as_str()];
                both.sort_unstable();
                both.join(" or ")
            }
            None => first.name.clone(),
        })
    })
}

/// Stems of the words near a figure, and of the sentence's others.
fn around(rules: &Rules, all: &[Word], start: u32, end: u32, text: &str) -> (Vec<u32>, Vec<u32>) {
    let first = all.partition_point(|word| word.span.end <= start);
    let last = all.partition_point(|word| word.span.start < end);
    let (mut near, mut far) = (Vec::new(), Vec::new());
    for (at, word) in all.iter().enumerate() {
        let is_inside = word.span.end > start && word.span.start < end;
        let says = !is_inside && word.folded.len() > 2 && tells(rules, word, text);
        if !says {
            continue;
        }
        let is_near = at + NEAR >= first && at < last + NEAR;
        if is_near {
            near.push(hash(&stem(&word.folded)))
        } else {
            far.push(hash(&stem(&word.folded)))
        }
    }
    for list in [&mut near, &mut far] {
        list.sort_unstable();
        list.dedup();
        list.truncate(14);
    }
    far.retain(|word| !near.contains(word));
    (near, far)
}

/// Whether a word besides names and nouns for people tells what a figure is of.
fn tells(rules: &Rules, word: &Word, text: &str) -> bool {
    !word.folded.starts_with(|c: char| c.is_ascii_digit())
        && !is_little(&word.folded)
        && !is_name(rules, word, text)
        && rules.class(&singular(&word.folded)).is_none()
        && !rules.is_no_name(&word.folded)
}

pub(super) fn hash(word: &str) -> u32 {
    xxh3_64(word.as_bytes()) as u32
}

/// The part of a word that its forms share, roughly: "raised" and "raising" are "rais".
fn stem(word: &str) -> String {
    let cut = ["ing", "ed", "es", "s", "ly", "e"]
        .into_iter()
        .find_map(|end| word.strip_suffix(end).filter(|left| left.len() >= 4));
    let stem = cut.unwrap_or(word);
    stem.char_indices().nth(8).map_or(stem, |(at, _)| &stem[..at]).to_owned()
}

/// A plural's singular, where endings tell: "fatalities" is "fatality".
fn singular(word: &str) -> String {
    match word {
        "lives" => "life".to_owned(),
        "children" => "child".to_owned(),
        "women" => "woman".to_owned(),
        "men" => "man".to_owned(),
        _ if word.ends_with("ies") && word.len() > 4 => format!("{}y", &word[..word.len() - 3]),
        _ if word.ends_with("ss") || word.len() < 4 => word.to_owned(),
        _ => word.strip_suffix('s').unwrap_or(word).to_owned(),
    }
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_not(flag: &bool) -> bool {
    !flag
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_meet_their_singulars() {
        assert_eq!(singular("fatalities"), "fatality");
        assert_eq!(singular("soldiers"), "soldier");
        assert_eq!(singular("glass"), "glass");
    }

    #[test]
    fn forms_of_a_verb_share_a_stem() {
        assert_eq!(stem("raised"), stem("raising"));
        assert_ne!(stem("raised"), stem("ran"));
    }
}
