//! Where a figure is counted, and as of when.
//!
//! ```text
//! On Monday, 14 dockers were held in Port Lorne.   →   place Port Lorne, as of Monday's date
//! ```
//!
//! Not handled: a place or date given in another sentence.

use super::counted::Counted;
use super::{Reader, one_line};
use crate::text::TokenKind;
use onrecord_model::{Timex, TimexType};
use std::ops::Range;

impl Reader<'_, '_> {
    /// The place a quantity is counted in: named in its own words, else after it, else before it.
    pub(super) fn place(&self, tokens: &Range<usize>, counted: Option<&Counted>) -> Option<String> {
        let far = counted.map_or(tokens.end, |counted| counted.tokens.end);
        let after = (tokens.end..(far + 8).min(self.sentence.end))
            .take_while(|at| !matches!(self.low(*at), "." | ";" | "while" | "but"));
        let before = (self.sentence.start..tokens.start.min(self.sentence.start + 12)).rev();
        after.chain(before).find_map(|at| self.place_at(at))
    }

    fn place_at(&self, at: usize) -> Option<String> {
        // "the city of Vaal".
        let is_city = self.low(at) == "of"
            && at > self.sentence.start
            && matches!(
                self.low(at - 1),
                "city" | "town" | "village" | "province" | "state" | "district" | "island" | "port"
            );
        if !is_city
            && !matches!(
                self.low(at),
                "in" | "inside" | "across" | "throughout" | "outside" | "near"
            )
        {
            return None;
        }
        let start = at + 1 + usize::from(self.low(at + 1) == "the");
        let mut end = start;
        while self.kind(end) == Some(TokenKind::Word) && self.is_capital(end) && !self.in_time[end]
        {
            end += 1;
        }
        let is_possessed = matches!(self.low(end), "'s" | "’s");
        (end > start && !is_possessed)
            .then(|| one_line(self.prose.span(start..end).of(self.prose.text)))
    }

    /// The date a quantity is given for: one that opens the sentence ("On Monday, 14 …"), follows
    /// what is counted ("14 dockers on Monday"), or stands after "as of".
    pub(super) fn as_of(
        &self,
        tokens: &Range<usize>,
        kind: &str,
        counted: Option<&Counted>,
    ) -> Option<String> {
        let sentence = self.prose.span(self.sentence.clone());
        let end = counted.map_or(tokens.end, |counted| counted.tokens.end.max(tokens.end));
        let is_dateable = matches!(kind, "" | "money" | "share" | "points" | "mass" | "volume");
        if !is_dateable {
            return None;
        }
        let first = self.times.partition_point(|timex| timex.span.end <= sentence.start);
        let fits = |timex: &&Timex| {
            let start = self.prose.token_from(timex.span.start as usize);
            let word = |back: usize| {
                let at = start.checked_sub(back).filter(|at| self.sentence.contains(at));
                at.map_or("", |at| self.low(at))
            };
            let is_dated = matches!(word(1), "in" | "on" | "by" | "at" | "during" | "through" | "");
            let opens = start <= self.sentence.start + 1 && is_dated;
            let follows = (end..end + 2).contains(&start) && (is_dated || start == end);
            let is_as_of = word(1) == "of" && word(2) == "as";
            opens || follows || is_as_of
        };
        self.times[first..]
            .iter()
            .take_while(|timex| timex.span.start < sentence.end)
            .filter(|timex| timex.kind == TimexType::Date)
            .filter(|timex| timex.value.starts_with(|c: char| c.is_ascii_digit()))
            .find(fits)
            .map(|timex| timex.value.clone())
    }
}
