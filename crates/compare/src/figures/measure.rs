//! What a figure counts, and whether two figures count one thing.
//!
//! ```text
//! "over a million displaced Lorners seeking refuge in Vaal"  → people, displaced, Vaal
//! "1.3 million refugees" (Vaal)                              → people, displaced, Vaal
//! ```
//!
//! Not handled: places named in another sentence, unless the analysis gives the figure its place.

use crate::Subject;
use crate::words::{folded, words};
use onrecord_model::{Bound, Quantity, Span};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Debug, Deserialize)]
struct Rules {
    class: Vec<Named>,
    state: Vec<Named>,
    parts: Words,
    ends: Words,
    no_names: Words,
}

#[derive(Debug, Deserialize)]
struct Named {
    name: String,
    words: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Words {
    words: Vec<String>,
}

impl Words {
    fn has(&self, word: &str) -> bool {
        self.words.iter().any(|known| known == word)
    }
}

fn rules() -> &'static Rules {
    static RULES: LazyLock<Rules> = LazyLock::new(|| {
        toml::from_str(include_str!("../../rules/en/figures.toml"))
            .expect("the rules are compiled in, and a test reads them")
    });
    &RULES
}

/// The name of the set that holds `word`.
fn name_of(sets: &'static [Named], word: &str) -> Option<&'static str> {
    let set = sets.iter().find(|set| set.words.iter().any(|known| known == word))?;
    Some(set.name.as_str())
}

/// One figure, with what it counts: what items of this comparison hold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Figure {
    /// The least and the most it may be, as readers take it.
    pub(crate) low: f64,
    pub(crate) high: f64,
    /// The number as given.
    pub(crate) value: Option<f64>,
    pub(crate) class: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) state: Option<String>,
    pub(crate) unit: Option<String>,
    /// Words with a capital that narrow what is counted: "US", "Palestinian".
    pub(crate) whose: Vec<String>,
    /// Other words that narrow it.
    pub(crate) narrow: Vec<String>,
    /// Folded.
    pub(crate) place: Option<String>,
    /// Names in the sentence, folded.
    pub(crate) names: Vec<String>,
    pub(crate) as_of: Option<String>,
    pub(crate) span: Span,
    pub(crate) text: String,
    /// Who gives it, where somebody does.
    pub(crate) giver: Option<String>,
}

impl Figure {
    /// The figure of a quantity; none where it counts nothing that could be told apart.
    pub(crate) fn of(subject: Subject<'_>, quantity: &Quantity) -> Option<Self> {
        let text = &subject.report.text;
        let (low, high) = bounds(quantity)?;
        let sentence = subject.analysis.sentence_at(quantity.span.start as usize)?;
        let counted_span = quantity.counted_span.or_else(|| counted_in(text, quantity));
        let counted = match (counted_span, &quantity.counted) {
            (Some(span), _) => words(text, span),
            (None, Some(counted)) => words(counted, Span::new(0, counted.len())),
            (None, None) => Vec::new(),
        };
        let raw =
            counted_span.map(|span| span.of(text)).or(quantity.counted.as_deref()).unwrap_or("");
        let end =
            counted.iter().position(|word| rules().ends.has(&word.folded)).unwrap_or(counted.len());
        let head_words = &counted[..end];
        let head = head_words.last().map(|word| singular(&word.folded));

        let around = beside(text, sentence.span, quantity, counted_span);
        if around.iter().any(|word| rules().parts.has(word)) {
            return None;
        }
        let mut states = counted
            .iter()
            .map(|word| word.folded.as_str())
            .chain(around.iter().map(String::as_str));
        let state = states.find_map(|word| name_of(&rules().state, word));

        let is_name = |word: &crate::words::Word, source: &str| {
            word.span.of(source).starts_with(|c: char| c.is_uppercase())
                && !rules().no_names.has(&word.folded)
        };
        let source = if counted_span.is_some() { text.as_str() } else { raw };
        let class_of = |word: &str| name_of(&rules().class, word);
        let unit = quantity.unit.clone().filter(|unit| class_of(&singular(unit)).is_none());
        let head_is_name = head_words.last().is_some_and(|word| is_name(word, source));
        let class = match head.as_deref() {
            Some(head) if class_of(head).is_some() => class_of(head)?.to_owned(),
            // "millions of Palestinians"
            Some(head)
                if head_is_name && head_words.last().is_some_and(|word| word.folded != *head) =>
            {
                "people".to_owned()
            }
            Some(head) if !head.is_empty() => head.to_owned(),
            // "at least 12 were killed"
            _ if state.is_some() && unit.is_none() => "people".to_owned(),
            _ if quantity.unit.as_deref() == Some("people") => "people".to_owned(),
            _ => return None,
        };
        let narrows = head_words.iter().filter(|word| {
            let single = singular(&word.folded);
            Some(&single) != head.as_ref()
                && class_of(&single).is_none()
                && name_of(&rules().state, &word.folded).is_none()
        });
        let (whose, narrow): (Vec<_>, Vec<_>) = narrows.partition(|word| is_name(word, source));
        let mut whose: Vec<String> = whose.iter().map(|word| word.folded.clone()).collect();
        if head_is_name {
            whose.extend(head.clone());
        }
        let all = words(text, sentence.span);
        let mut names: Vec<String> = all
            .iter()
            .filter(|word| is_name(word, text) && !quantity.span.contains(word.span))
            .filter(|word| word.span.start != sentence.span.start || is_actor(subject, word.span))
            .map(|word| word.folded.clone())
            .collect();
        names.sort_unstable();
        names.dedup();
        let giver = quantity
            .statement
            .and_then(|id| subject.analysis.statement(id))
            .and_then(|statement| statement.speaker.as_ref().map(|party| party.name.clone()));
        let span = counted_span.map_or(quantity.span, |counted| quantity.span.join(counted));
        Some(Self {
            low,
            high,
            value: quantity.value,
            class,
            state: state.map(str::to_owned),
            unit,
            whose,
            narrow: narrow.iter().map(|word| word.folded.clone()).collect(),
            place: quantity.place.as_deref().map(|place| folded(&place.replace(' ', ""))),
            names,
            as_of: quantity.as_of.clone(),
            span,
            text: span.of(text).to_owned(),
            giver,
        })
    }

    /// Whether the two count one thing, as far as their words say.
    pub(crate) fn counts_with(&self, other: &Self) -> bool {
        let is_large = self.low.min(other.low) >= 10_000.0;
        // Those who fled to a city are counted among the people in it, where nearly all fled.
        let is_settled =
            |state: &Option<String>| matches!(state.as_deref(), None | Some("displaced"));
        let same_state = self.state == other.state
            || is_large && is_settled(&self.state) && is_settled(&other.state);
        let apart = |a: &[String], b: &[String]| {
            !a.is_empty() && !b.is_empty() && !a.iter().any(|word| b.contains(word))
        };
        let shared = |a: &[String], b: &[String]| a.iter().filter(|word| b.contains(word)).count();
        let same_place = match (&self.place, &other.place) {
            (Some(a), Some(b)) => a == b || a.contains(b.as_str()) || b.contains(a.as_str()),
            (Some(place), None) => other.names.contains(place),
            (None, Some(place)) => self.names.contains(place),
            (None, None) => {
                let names = shared(&self.names, &other.names);
                names >= 2 || names == 1 && shared(&self.narrow, &other.narrow) > 0
            }
        };
        // Few things of a kind are told apart by more than their kind: "two officers".
        let is_told = self.high.min(other.high) >= 10.0 || self.state.is_some();
        // What is measured in a unit ("percent", "US dollar") needs all of its words.
        let is_kind = self.unit.is_none() || self.narrow == other.narrow;
        self.class == other.class
            && self.unit == other.unit
            && same_state
            && same_place
            && is_told
            && is_kind
            && !apart(&self.whose, &other.whose)
            && !apart(&self.narrow, &other.narrow)
    }

    /// Whether the two can both be so.
    pub(crate) fn agrees_with(&self, other: &Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }

    /// How many times the one is of the other.
    pub(crate) fn times(&self, other: &Self) -> f64 {
        let of = |figure: &Self| figure.value.unwrap_or(figure.low).max(f64::MIN_POSITIVE);
        let (a, b) = (of(self), of(other));
        a.max(b) / a.min(b)
    }
}

/// What is counted where the analysis does not say: the words after the number inside its span.
fn counted_in(text: &str, quantity: &Quantity) -> Option<Span> {
    let inside = words(text, quantity.span);
    let number = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_digit())
            || matches!(
                word,
                "hundred"
                    | "thousand"
                    | "million"
                    | "billion"
                    | "dozen"
                    | "dozens"
                    | "hundreds"
                    | "thousands"
                    | "millions"
                    | "of"
                    | "a"
            )
    };
    let last = inside.iter().rposition(|word| number(&word.folded))?;
    let rest = inside.get(last + 1..)?;
    Some(rest.first()?.span.join(rest.last()?.span))
}

/// Words that stand right beside a figure: three before it, four after what it counts.
fn beside(text: &str, sentence: Span, quantity: &Quantity, counted: Option<Span>) -> Vec<String> {
    let end = counted.map_or(quantity.span.end, |counted| counted.end.max(quantity.span.end));
    let before = Span { start: sentence.start, end: quantity.span.start.max(sentence.start) };
    let after = Span { start: end.min(sentence.end), end: sentence.end };
    let close = |span: Span| -> Span {
        let stop = span.of(text).find([',', ';', ':', '.', '(', '—', '"', '”']);
        stop.map_or(span, |stop| Span { start: span.start, end: span.start + stop as u32 })
    };
    let start = before
        .of(text)
        .rfind([',', ';', ':', '(', '—', '"', '“'])
        .map_or(before.start, |at| before.start + at as u32);
    let start =
        (start..=before.end).find(|&at| text.is_char_boundary(at as usize)).unwrap_or(before.end);
    let mut near: Vec<String> = words(text, Span { start, end: before.end })
        .into_iter()
        .rev()
        .take(3)
        .map(|word| word.folded)
        .collect();
    near.extend(words(text, close(after)).into_iter().take(4).map(|word| word.folded));
    near
}

fn is_actor(subject: Subject<'_>, span: Span) -> bool {
    subject
        .analysis
        .actors
        .iter()
        .any(|actor| actor.mentions.iter().any(|mention| mention.contains(span)))
}

/// A plural's singular, where endings tell: "fatalities" is "fatality".
fn singular(word: &str) -> String {
    match word {
        "people" | "lives" => {
            if word == "lives" {
                "life".to_owned()
            } else {
                word.to_owned()
            }
        }
        "children" => "child".to_owned(),
        "women" => "woman".to_owned(),
        _ if word.ends_with("ies") && word.len() > 4 => format!("{}y", &word[..word.len() - 3]),
        _ if word.ends_with("ss") || word.len() < 4 => word.to_owned(),
        _ => word.strip_suffix('s').unwrap_or(word).to_owned(),
    }
}

/// The least and the most that readers take a figure for.
///
/// "More than a million" is no two million, or it would say so: the most is the next step of the
/// first figure. A round number is right to within half its last figure.
fn bounds(quantity: &Quantity) -> Option<(f64, f64)> {
    let value = quantity.value.or(quantity.low).or(quantity.high)?;
    if !value.is_finite() || value < 0.0 {
        return None;
    }
    let step = last_step(value);
    Some(match quantity.bound {
        Bound::Exact => (value - step / 2.0, value + step / 2.0),
        Bound::About
            if quantity.value.is_none() || quantity.high.is_none() && quantity.low.is_some() =>
        {
            // "dozens", "millions"
            (quantity.low.unwrap_or(value), quantity.high.unwrap_or(value * 50.0))
        }
        Bound::About => (value * 0.85, value * 1.15 + 0.5),
        // The next step itself would be said: "millions" is not "over a million".
        Bound::Over => (value, value + step * 0.999),
        Bound::AtLeast => (value, f64::MAX),
        Bound::UpTo => (0.0, value),
        Bound::Under => (value * 0.5, value),
        Bound::Nearly => (value * 0.8, value),
        Bound::Between => (quantity.low?, quantity.high?),
        // A change is no level.
        Bound::Up | Bound::Down => return None,
    })
}

/// What one more of the last figure that is not nought is worth: 1,000 for 31,000.
fn last_step(value: f64) -> f64 {
    if value < 1.0 {
        return value.max(0.1);
    }
    let mut step = 1.0;
    // Tenths and hundredths: 1.5
    while (value / step).fract().abs() > 1e-6 && step > 0.001 {
        step /= 10.0;
    }
    while value / (step * 10.0) >= 1.0 && (value / (step * 10.0)).fract().abs() < 1e-9 {
        step *= 10.0;
    }
    step
}

/// Every measure's own words, for keys.
pub(crate) fn measure(figure: &Figure) -> String {
    // The state is left out for people in large numbers: see `counts_with`.
    let state =
        figure.state.as_deref().filter(|state| figure.low < 10_000.0 || *state != "displaced");
    format!("{}/{}/{}", figure.class, state.unwrap_or(""), figure.unit.as_deref().unwrap_or(""))
}

/// How many figures of each measure a report gives.
pub(crate) fn tally(figures: &[Figure]) -> BTreeMap<String, usize> {
    let mut tally = BTreeMap::new();
    for figure in figures {
        *tally.entry(measure(figure)).or_default() += 1;
    }
    tally
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_the_last_figure_that_says_something() {
        assert_eq!(last_step(31_000.0), 1_000.0);
        assert_eq!(last_step(1_000_000.0), 1_000_000.0);
        assert_eq!(last_step(1_300_000.0), 100_000.0);
        assert_eq!(last_step(35.0), 1.0);
        assert!((last_step(4.5) - 0.1).abs() < 1e-9);
    }

    #[test]
    fn plurals_meet_their_singulars() {
        assert_eq!(singular("fatalities"), "fatality");
        assert_eq!(singular("soldiers"), "soldier");
        assert_eq!(singular("glass"), "glass");
    }
}
