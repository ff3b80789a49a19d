//! Scores of quantities, in the format of CQE's test sets (Almasian et al., EMNLP 2023).
//!
//! ```text
//! [{"text": "Lorne fell 3% to 41.", "quantities": [{"change": "down", "value": "3",
//!    "normalized_unit": "percentage", "referred_concepts": ["Lorne"]}, …]}, …]
//! ```
//!
//! Each sentence is read as a report of its own. Within a sentence, what was found and what is
//! marked are matched one to one, as sets:
//!
//! - by **value**: the numbers are equal; a range has two;
//! - by value and **unit**: units under one name ([`unit_name`]); of counted things the noun with
//!   its adjectives ("fighter jet"), or the noun alone, or "people" where the set says so;
//! - by value and **change**: one of `=` `~` `up` `down` `>` `<`;
//! - by value and **what it is of**, partly (a word in common) or wholly (the same words, articles
//!   aside). The sets name the one who counts ("the *firm* hired 300 people") where we keep both
//!   what is counted and whom it is said of: either answer may be the one that fits. Quantities
//!   for which nothing is marked are left out of this count;
//! - by value and what is **counted** in our own sense, where a set gives it, partly.
//!
//! Fields that no sentence marks are not scored. Lengths of time inside dates ("three years ago")
//! are quantities to these sets, and time expressions to us; the scorer adds them. Not handled:
//! sets that spell one unit in two ways.

mod format;

use crate::Count;
use onrecord_analyse::syntax::syntax;
use onrecord_analyse::text::Prose;
use onrecord_analyse::{analyse, quantities};
use onrecord_model::{Bound, Quantity, Report, Span, TimexType};

pub use format::{Marked, Sentence, read, unit_name};

/// What a set of sentences comes to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scores {
    /// How many sentences.
    pub sentences: usize,
    /// By value.
    pub value: Count,
    /// By value and unit.
    pub unit: Count,
    /// By value and change; empty where none is marked.
    pub change: Count,
    /// By value and what it is of, a word in common.
    pub concept_partly: Count,
    /// By value and what it is of, all words.
    pub concept_wholly: Count,
    /// By value and what is counted, a word in common.
    pub counted_partly: Count,
}

/// A sentence in which something is missed or too much, for reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// The sentence.
    pub text: String,
    /// Marked and not found in all that the set marks.
    pub missed: Vec<Marked>,
    /// Found and not marked.
    pub extra: Vec<Marked>,
}

/// Scores sentences, and lists where they differ from what is marked.
pub fn scores(sentences: &[Sentence]) -> (Scores, Vec<Miss>) {
    let mut scores = Scores { sentences: sentences.len(), ..Scores::default() };
    let mut misses = Vec::new();
    let all = || sentences.iter().flat_map(|sentence| &sentence.quantities);
    let has_change = all().any(|marked| marked.change.is_some());
    let has_concepts = all().any(|marked| !marked.concepts.is_empty());
    let has_counted = all().any(|marked| marked.counted.is_some());
    for sentence in sentences {
        let found = found(&sentence.text);
        let gold = &sentence.quantities;
        scores.value.add(matched(gold, &found, same_value).0);
        let with_unit =
            |gold: &Marked, found: &Marked| same_value(gold, found) && same_unit(gold, found);
        scores.unit.add(matched(gold, &found, with_unit).0);
        if has_change {
            let same = |gold: &Marked, found: &Marked| {
                same_value(gold, found) && change(gold) == change(found)
            };
            scores.change.add(matched(gold, &found, same).0);
        }
        if has_concepts {
            let of = |gold: &Marked| !gold.concepts.is_empty();
            scores.concept_partly.add(told(gold, &found, of, shares_a_word));
            scores.concept_wholly.add(told(gold, &found, of, has_the_words));
        }
        if has_counted {
            let of = |gold: &Marked| gold.counted.is_some();
            scores.counted_partly.add(told(gold, &found, of, counts_the_same));
        }
        let same = |gold: &Marked, found: &Marked| {
            with_unit(gold, found)
                && (!has_change || change(gold) == change(found))
                && (gold.concepts.is_empty() || shares_a_word(gold, found))
        };
        let (_, missed, extra) = matched(gold, &found, same);
        if !(missed.is_empty() && extra.is_empty()) {
            misses.push(Miss { text: sentence.text.clone(), missed, extra });
        }
    }
    (scores, misses)
}

fn change(marked: &Marked) -> &str {
    marked.change.as_deref().unwrap_or("=")
}

/// The quantities of a sentence, in the set's format.
fn found(text: &str) -> Vec<Marked> {
    let report = Report { text: text.to_owned(), ..Report::default() };
    let analysis = analyse(&report);
    let prose = Prose::new(&report);
    let actors = quantities::actors(&prose, &analysis.times, &syntax(&prose));
    let with_actor = |(quantity, actor): (&Quantity, &Option<Span>)| {
        let mut marked = marked(quantity, text)?;
        marked
            .concepts
            .extend(actor.filter(|_| marked.head.is_some()).map(|span| span.of(text).to_owned()));
        Some(marked)
    };
    let mut all: Vec<Marked> =
        analysis.quantities.iter().zip(&actors).filter_map(with_actor).collect();
    // "three years ago" is three years to these sets, a date to us.
    let dates = analysis.times.iter().filter(|timex| timex.kind != TimexType::Duration);
    for timex in dates {
        let is_apart = analysis.quantities.iter().all(|quantity| {
            quantity.span.end <= timex.span.start || timex.span.end <= quantity.span.start
        });
        if let Some(length) = length(timex.span.of(text)).filter(|_| is_apart) {
            all.push(length);
        }
    }
    all
}

/// The length of time in a date: "three years ago", "the past two weeks".
fn length(date: &str) -> Option<Marked> {
    let words: Vec<&str> = date.split_whitespace().collect();
    let is_after = |word: &&str| {
        matches!(*word, "ago" | "earlier" | "later" | "before" | "after" | "since" | "from" | "now")
    };
    let from = words
        .iter()
        .take_while(|word| matches!(**word, "the" | "past" | "last" | "next" | "first"))
        .count();
    let to = words.iter().position(is_after).unwrap_or(words.len());
    let part = words.get(from..to)?.join(" ");
    let analysis = analyse(&Report { text: part.clone(), ..Report::default() });
    let quantity = analysis.quantities.first()?;
    let is_time = quantity.unit.as_deref().and_then(quantities::kind_of) == Some("time");
    is_time.then(|| marked(quantity, &part)).flatten()
}

fn marked(quantity: &Quantity, text: &str) -> Option<Marked> {
    let number = |value: f64| value.to_string();
    let value = match (quantity.value, quantity.low, quantity.high) {
        (Some(value), ..) => number(value),
        (None, Some(low), Some(high)) => format!("{}-{}", number(low), number(high)),
        (None, Some(one), None) | (None, None, Some(one)) => number(one),
        (None, None, None) => return None,
    };
    let change = match quantity.bound {
        Bound::Exact | Bound::Between => "=",
        Bound::About | Bound::Nearly => "~",
        Bound::Over | Bound::AtLeast => ">",
        Bound::UpTo | Bound::Under => "<",
        Bound::Up => "up",
        Bound::Down => "down",
    };
    let is_measured = quantity.unit.as_deref().is_some_and(|unit| {
        quantities::kind_of(unit.split(" per ").next().unwrap_or(unit)).is_some()
    });
    let (unit, head) = match (&quantity.unit, quantity.counted_span) {
        (Some(unit), _) if is_measured => (unit.clone(), None),
        // "two-thirds of the city", "fell by half": a number without a unit where no noun stands in
        // the figure itself.
        (Some(unit), counted)
            if unit == "share"
                && counted
                    .is_none_or(|counted| !quantity.span.contains(head_of(counted, text))) =>
        {
            ("-".to_owned(), None)
        }
        (Some(unit), Some(counted)) => {
            let inside = quantity.span.end.clamp(counted.start, counted.end);
            // "three of the five judges": the noun stands after the next figure.
            let end = if inside > counted.start { inside } else { head_of(counted, text).end };
            let words = Span { start: counted.start, end }.of(text);
            (format::noun_phrase(words), Some(unit.clone()))
        }
        (Some(unit), None) => (unit.clone(), None),
        (None, _) => ("-".to_owned(), None),
    };
    Some(Marked {
        change: Some(change.to_owned()),
        value,
        unit: Some(unit),
        head,
        concepts: quantity.counted.iter().cloned().collect(),
        counted: quantity.counted.clone(),
    })
}

/// The words of a noun phrase up to what narrows it.
fn head_of(counted: Span, text: &str) -> Span {
    let words = counted.of(text);
    let end = [" of ", " in ", " at ", " for ", " who ", " with ", " from "]
        .iter()
        .filter_map(|word| words.find(word))
        .min()
        .unwrap_or(words.len());
    Span { start: counted.start, end: counted.start + end as u32 }
}

fn same_value(gold: &Marked, found: &Marked) -> bool {
    // "-5" is one number, "4-5" are two.
    let numbers = |value: &str| -> Vec<Option<f64>> {
        let value = value.trim().replace(',', "");
        match value.parse::<f64>() {
            Ok(one) => vec![Some(one)],
            Err(_) => value.split('-').map(|part| part.trim().parse().ok()).collect(),
        }
    };
    let (gold, found) = (numbers(&gold.value), numbers(&found.value));
    gold.len() == found.len()
        && gold.iter().zip(&found).all(|(gold, found)| match (gold, found) {
            // Thirds are written with four digits or so.
            (Some(gold), Some(found)) => {
                (gold - found).abs() <= gold.abs() * 2e-3 && (gold.fract() != 0.0 || gold == found)
            }
            _ => false,
        })
}

fn same_unit(gold: &Marked, found: &Marked) -> bool {
    let name = |unit: &Option<String>| format::unit_name(unit.as_deref().unwrap_or("-"));
    let (gold, own) = (name(&gold.unit), name(&found.unit));
    gold == own
        || found.head.is_some() && {
            // "villagers": "villager", or "people".
            let noun = own.rsplit(' ').next().unwrap_or_default();
            gold == noun || gold == name(&found.head)
        }
}

fn shares_a_word(gold: &Marked, found: &Marked) -> bool {
    let own: Vec<String> =
        found.concepts.iter().flat_map(|words| format::content_words(words)).collect();
    gold.concepts
        .iter()
        .flat_map(|words| format::content_words(words))
        .any(|word| own.contains(&word))
}

fn has_the_words(gold: &Marked, found: &Marked) -> bool {
    let mut all: Vec<String> =
        gold.concepts.iter().flat_map(|words| format::content_words(words)).collect();
    all.sort_unstable();
    found.concepts.iter().any(|words| {
        let mut own = format::content_words(words);
        own.sort_unstable();
        own == all
            || gold.concepts.len() > 1
                && gold.concepts.iter().any(|one| {
                    let mut one = format::content_words(one);
                    one.sort_unstable();
                    own == one
                })
    })
}

fn counts_the_same(gold: &Marked, found: &Marked) -> bool {
    let words = |counted: &Option<String>| {
        counted.as_deref().map(format::content_words).unwrap_or_default()
    };
    let own = words(&found.counted);
    words(&gold.counted).iter().any(|word| own.contains(word))
}

/// Matches one to one; gives the count, what is missed and what is too much.
fn matched(
    gold: &[Marked],
    found: &[Marked],
    same: impl Fn(&Marked, &Marked) -> bool,
) -> (Count, Vec<Marked>, Vec<Marked>) {
    let mut left: Vec<&Marked> = found.iter().collect();
    let mut missed = Vec::new();
    for gold in gold {
        match left.iter().position(|found| same(gold, found)) {
            Some(at) => {
                left.remove(at);
            }
            None => missed.push(gold.clone()),
        }
    }
    let right = gold.len() - missed.len();
    let count = Count { right, found: found.len(), gold: gold.len() };
    (count, missed, left.into_iter().cloned().collect())
}

/// Counts those of which the set says something; what was found of the others is set aside.
fn told(
    gold: &[Marked],
    found: &[Marked],
    is_told: impl Fn(&Marked) -> bool,
    same: impl Fn(&Marked, &Marked) -> bool,
) -> Count {
    let (told, others): (Vec<Marked>, Vec<Marked>) =
        gold.iter().cloned().partition(|marked| is_told(marked));
    let both = |gold: &Marked, found: &Marked| same_value(gold, found) && same(gold, found);
    let (right, missed, left) = matched(&told, found, both);
    let (aside, ..) = matched(&others, &left, same_value);
    debug_assert_eq!(right.right + missed.len(), told.len());
    Count { found: right.found - aside.right, ..right }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(text: &str, marked: &[(&str, &str)]) -> Sentence {
        let quantities = marked.iter().map(|(value, unit)| Marked {
            value: (*value).to_owned(),
            unit: Some((*unit).to_owned()),
            ..Marked::default()
        });
        Sentence { text: text.to_owned(), quantities: quantities.collect() }
    }

    #[test]
    fn a_right_value_with_another_unit_counts_for_the_value_alone() {
        let sentences = [sentence("The tug hauled 3 barges.", &[("3", "boat")])];
        let (scores, misses) = scores(&sentences);
        assert_eq!(scores.value, Count { right: 1, found: 1, gold: 1 });
        assert_eq!(scores.unit, Count { right: 0, found: 1, gold: 1 });
        assert_eq!(misses.len(), 1);
    }

    #[test]
    fn what_is_marked_twice_must_be_found_twice() {
        let sentences = [sentence("It cost 3% here.", &[("3", "percentage"), ("3", "percentage")])];
        assert_eq!(scores(&sentences).0.unit, Count { right: 1, found: 1, gold: 2 });
    }

    #[test]
    fn a_range_is_one_value() {
        let sentences = [sentence("It drew 40 to 50 percent.", &[("40-50", "percentage")])];
        assert_eq!(scores(&sentences).0.unit.right, 1);
    }

    #[test]
    fn people_fit_under_their_noun_and_as_people() {
        for unit in ["docker", "people"] {
            let sentences = [sentence("The port let 300 dockers go.", &[("300", unit)])];
            assert_eq!(scores(&sentences).0.unit.right, 1, "{unit}");
        }
    }

    #[test]
    fn a_length_inside_a_date_is_a_quantity_of_these_sets() {
        let sentences = [sentence("The pier burned three years ago.", &[("3", "year")])];
        assert_eq!(scores(&sentences).0.unit.right, 1);
    }
}
