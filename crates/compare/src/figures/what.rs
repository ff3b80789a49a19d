//! What a figure counts: the class of its noun, whose it is, and what narrows it.
//!
//! ```text
//! "over a million displaced Lorners" → people, Lorner's      "12 containers of medicine" → container, medicine
//! ```
//!
//! Not handled: what stands in another sentence ("They numbered 40").

use super::rules::Rules;
use crate::rules::is_little;
use crate::words::{Word, words};
use onrecord_model::{Quantity, Span};

/// What a quantity counts.
pub(super) struct What {
    pub(super) class: String,
    pub(super) unit: Option<String>,
    pub(super) whose: Vec<String>,
    pub(super) narrow: Vec<String>,
    pub(super) span: Option<Span>,
    /// Every word of it, folded.
    pub(super) all: Vec<String>,
    /// How many of these come before its complements.
    pub(super) heads: usize,
}

impl What {
    pub(super) fn of(rules: &Rules, text: &str, quantity: &Quantity) -> Option<Self> {
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
            // "The House voted 230-197".
            (None, Some("house")) if head_is_name => return None,
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

pub(super) fn is_name(rules: &Rules, word: &Word, source: &str) -> bool {
    word.span.of(source).starts_with(|c: char| c.is_uppercase()) && !rules.is_no_name(&word.folded)
}

/// A plural's singular, where endings tell: "fatalities" is "fatality".
pub(super) fn singular(word: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_meet_their_singulars() {
        assert_eq!(singular("fatalities"), "fatality");
        assert_eq!(singular("soldiers"), "soldier");
        assert_eq!(singular("glass"), "glass");
    }
}
