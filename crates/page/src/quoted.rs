//! What is counted over all statements of one speaker: reports, outlets, offices, topics.
//!
//! ```text
//! quoted("Jane Roe", Person)   14 reports of 4 outlets; minister from 3 March on; strike 5, offer 3
//! ```
//!
//! Of those who are quoted most it takes a walk over tens of thousands of rows: [`Sums`] keeps it.
//!
//! [`Sums`]: crate::sums::Sums

use crate::words::{is_telling, words};
use onrecord_engine::Error;
use onrecord_engine::ledger::{Held, Ledger, Speaker};
use onrecord_model::ActorType;
use std::collections::BTreeMap;

/// Statements from which on it is kept.
pub(crate) const MANY: usize = 1_500;

/// Statements that are looked through for topics.
const LAID: usize = 200;

/// Outlets and topics that are offered to choose from.
const CHOICES: usize = 10;

/// Offices that are shown.
const ROLES: usize = 8;

/// What is counted over all statements of one speaker.
#[derive(Debug, Clone)]
pub(crate) struct Quoted {
    pub(crate) reports: usize,
    /// In how many outlets.
    pub(crate) outlets: usize,
    /// The outlets with most statements.
    pub(crate) carried: Vec<(String, usize)>,
    pub(crate) held: Vec<Held>,
    /// Words that come in several of the statements that were looked through.
    pub(crate) topics: Vec<(String, usize)>,
}

impl Quoted {
    pub(crate) fn of(ledger: &Ledger, speaker: &Speaker) -> Result<Self, Error> {
        let Speaker { name, kind, .. } = speaker;
        let carried = ledger.outlets_of(name, *kind, CHOICES)?;
        Ok(Self {
            reports: match speaker.also.is_empty() {
                true => speaker.reports,
                false => ledger.reports_of(name, *kind)?,
            },
            outlets: carried.total,
            carried: carried.rows,
            held: ledger.roles_of(name, *kind, ROLES)?,
            topics: topics(ledger.words_of(name, *kind, LAID)?.into_iter(), name),
        })
    }

    /// Of all who are quoted so often that it is kept.
    pub(crate) fn of_many(ledger: &Ledger) -> Result<BTreeMap<(ActorType, String), Self>, Error> {
        let mut all = BTreeMap::new();
        loop {
            let page = ledger.speakers_of("", None, 100, all.len())?.rows;
            for speaker in &page {
                if speaker.statements < MANY {
                    return Ok(all);
                }
                all.insert((speaker.kind, speaker.name.clone()), Self::of(ledger, speaker)?);
            }
            if page.is_empty() {
                return Ok(all);
            }
        }
    }
}

/// Words that come in several statements, most first; not those of the speaker's name.
fn topics(texts: impl Iterator<Item = String>, name: &str) -> Vec<(String, usize)> {
    let name = name.to_lowercase();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for text in texts {
        let mut all: Vec<String> = words(&text)
            .into_iter()
            .map(|(word, _)| word.trim_end_matches("'s").trim_end_matches("’s").to_owned())
            .filter(|word| word.len() >= 5 && is_telling(word) && !name.contains(word.as_str()))
            .collect();
        all.sort_unstable();
        all.dedup();
        for word in all {
            *counts.entry(word).or_default() += 1;
        }
    }
    let mut topics: Vec<(String, usize)> =
        counts.into_iter().filter(|(_, count)| *count >= 2).collect();
    topics.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    topics.truncate(CHOICES);
    topics
}
