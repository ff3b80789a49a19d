//! What somebody named before is called the second time: "the company", "the New York Democrat".
//!
//! ```text
//! Nordlys Energy shut the plant. The company said …   →  Nordlys Energy
//! Ana Voss spoke first. The 59-year-old said …        →  Ana Voss
//! ```
//!
//! Not handled: what only knowledge of the world connects ("the Bavarian carmaker").

use super::Cast;
use crate::statements::Page;
use crate::statements::tags::Tag;
use onrecord_model::ActorType;

impl Cast {
    /// "The New York Democrat", "the 59-year-old": the person who was the subject of this sentence
    /// or one of the two before.
    pub(super) fn just_named(&self, page: &Page, at: usize) -> Option<usize> {
        let here = page.prose.sentence_of(at);
        let before = self.mentions.partition_point(|&(start, ..)| start < at);
        let mut near = self.mentions[..before]
            .iter()
            .rev()
            .take_while(|&&(start, ..)| page.prose.sentence_of(start) + 2 >= here);
        let found = near.find(|&&(start, end, number)| {
            let sentence = &page.prose.sentences[page.prose.sentence_of(start)].tokens;
            let is_subject = start < sentence.start + 6
                || end < sentence.end && page.is_finite_at(end)
                || page.relation(end - 1) == "nsubj";
            self.people[number].kind == ActorType::Person
                && is_subject
                && !page.quotes.is_quoted(start)
        });
        found.map(|&(.., number)| number)
    }

    /// "The company", "the union": the organisation that was spoken of last, in this sentence or
    /// the two before, if it can be one.
    pub(super) fn latest_body(&self, page: &Page, at: usize, low: &str) -> Option<usize> {
        let (is_firm, is_civil) = (FIRMS.contains(&low), CIVIL.contains(&low));
        if !is_firm && !is_civil {
            return None;
        }
        let here = page.prose.sentence_of(at);
        let before = self.mentions.partition_point(|&(start, ..)| start < at);
        // "Norbank … the bank"
        let bears = self.mentions[..before].iter().rev().find(|&&(.., number)| {
            let member = &self.people[number];
            let name = member.name.to_lowercase();
            member.kind == ActorType::Organisation && name.len() > low.len() && name.contains(low)
        });
        if let Some(&(.., number)) = bears {
            return Some(number);
        }
        let near = |back: usize| {
            let mentions = self.mentions[..before].iter().rev();
            let near = mentions
                .take_while(move |&&(start, ..)| page.prose.sentence_of(start) + back >= here);
            near.filter(|&&(start, end, number)| {
                let member = &self.people[number];
                let name = member.name.to_lowercase();
                let mut words = name.split(' ');
                let is_public = words.clone().any(|word| PUBLIC.contains(&word));
                let fits = !is_firm || !words.any(|word| CIVIL.contains(&word));
                member.kind == ActorType::Organisation
                    && fits
                    && !is_public
                    && !page.quotes.is_quoted(start)
                    && !self.is_outlet(page, &(start..end))
            })
        };
        let is_subject = |&&(start, end, _): &&(usize, usize, usize)| {
            let sentence = &page.prose.sentences[page.prose.sentence_of(start)].tokens;
            start < sentence.start + 3
                || end < sentence.end && page.is_finite_at(end) && page.tag(end - 1) == Tag::Name
        };
        if let Some(&(.., number)) = near(2).find(is_subject) {
            return Some(number);
        }
        // The only one that is named nearby.
        let mut others = near(3).map(|&(.., number)| number);
        let first = others.next()?;
        others.all(|number| number == first).then_some(first)
    }
}

/// What a person is called the second time, by party, age or trade.
pub(super) fn is_epithet(low: &str) -> bool {
    low.ends_with("year-old")
        || matches!(
            low,
            "democrat"
                | "republican"
                | "billionaire"
                | "mogul"
                | "tycoon"
                | "frontrunner"
                | "front-runner"
                | "conservative"
                | "liberal"
                | "socialist"
                | "independent"
                | "libertarian"
                | "centrist"
                | "hopeful"
                | "incumbent"
                | "challenger"
                | "newcomer"
                | "tory"
                | "labourite"
                | "populist"
        )
}

/// What a firm is called the second time.
const FIRMS: &[&str] = &[
    "company",
    "firm",
    "group",
    "corporation",
    "business",
    "maker",
    "manufacturer",
    "retailer",
    "carrier",
    "airline",
    "bank",
    "insurer",
    "operator",
    "developer",
    "supplier",
    "brewer",
    "start-up",
    "startup",
    "carmaker",
    "automaker",
    "planemaker",
    "giant",
    "lender",
    "chain",
];
/// What a body of members is called the second time.
const CIVIL: &[&str] = &[
    "union",
    "party",
    "club",
    "team",
    "league",
    "charity",
    "association",
    "federation",
    "university",
    "college",
    "school",
    "hospital",
    "church",
    "organisation",
    "organization",
    "foundation",
    "museum",
    "movement",
    "institute",
];
/// What names a public body.
const PUBLIC: &[&str] = &[
    "ministry",
    "department",
    "government",
    "council",
    "agency",
    "authority",
    "commission",
    "committee",
    "court",
    "army",
    "navy",
    "police",
    "parliament",
    "senate",
    "congress",
    "house",
    "pentagon",
    "kremlin",
    "treasury",
    "office",
    "board",
    "administration",
];
