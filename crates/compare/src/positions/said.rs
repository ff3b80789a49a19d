//! One statement as it is kept for positions: who, when, the words, and those that tell its topic.
//!
//! ```text
//! Fenn said on Monday that the northern quay would stay closed until every crane is inspected
//! → Orla Fenn, 2031-05-03: northern · quay · crane · inspect …
//! ```
//!
//! Not handled: what a pronoun in the words stands for.

use crate::Subject;
use crate::events::{is_calendar, stem, weight};
use crate::quotations::{Speaker, Spoken, Utterance};
use crate::rules::{is_little, outlets};
use crate::words::folded;
use onrecord_model::{Act, ActorType, Date, Mode, Span, Statement};
use serde::{Deserialize, Serialize};

/// Words that a statement must have: fewer take no position that can be understood alone.
const LEAST_WORDS: usize = 8;

/// Words of a statement beyond which it is a speech.
const MOST_WORDS: usize = 200;

/// What a shared word must weigh to make a topic: it stands in fewer than 3 of 100 reports, or is a
/// name and stands in fewer than 8.
const TOPICAL: u32 = 2;

/// A word that tells what a statement is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Telling {
    pub(super) stem: String,
    /// How rare it is, 1 to 5; names count one more.
    pub(super) weight: u32,
    /// Its place among the words.
    pub(super) place: usize,
    /// Which run of capitals it stands in, from 1: "Harbour President Orla Fenn" is one; 0: none.
    #[serde(default)]
    run: usize,
}

/// A statement.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Said {
    pub(super) speaker: Speaker,
    /// The day it was said, else that of its report.
    pub(super) day: String,
    pub(super) mode: Mode,
    pub(super) act: Act,
    pub(super) words: Utterance,
    /// In the order of the words, each once.
    pub(super) telling: Vec<Telling>,
}

impl Said {
    /// A statement that may be a position; none of those that cannot: a question, a report, a
    /// thought that somebody else puts into words, "did not say".
    pub(super) fn of(subject: Subject<'_>, statement: &Statement) -> Option<Self> {
        let is_told = matches!(
            statement.act,
            Act::Say
                | Act::Announce
                | Act::Confirm
                | Act::Deny
                | Act::Decline
                | Act::Warn
                | Act::Urge
                | Act::Promise
                | Act::Accuse
        );
        let report = subject.report;
        let first = *statement.content.first()?;
        let is_apart = report.is_not_text(first.start as usize)
            || report.headline.is_some_and(|headline| headline.overlaps(first));
        if !is_told || statement.is_negated || is_apart {
            return None;
        }
        let party = statement.speaker.as_ref()?;
        let speaker = Speaker::of(party)?;
        if speaker.kind != ActorType::Person && outlets().names(&speaker.name) {
            return None;
        }
        let said_on: Option<Date> =
            statement.said_on.as_deref().and_then(|day| day.get(..10)?.parse().ok());
        let day = said_on.or(report.published_on())?.to_string();
        let words = Utterance::of(&report.text, &statement.content);
        let spoken = words.words();
        if !(LEAST_WORDS..=MOST_WORDS).contains(&spoken.len()) {
            return None;
        }
        let telling = telling(&report.text, &spoken, &speaker.name);
        let said = Self { speaker, day, mode: statement.mode, act: statement.act, words, telling };
        (said.most_telling(2).count() == 2).then_some(said)
    }

    /// The words that tell most of the topic, at most `most`.
    pub(super) fn most_telling(&self, most: usize) -> impl Iterator<Item = &Telling> {
        let mut all: Vec<&Telling> =
            self.telling.iter().filter(|telling| telling.weight >= TOPICAL).collect();
        all.sort_by(|a, b| b.weight.cmp(&a.weight).then_with(|| a.stem.cmp(&b.stem)));
        all.into_iter().take(most)
    }

    /// From the first word to the last, with what stands between.
    pub(super) fn whole(&self) -> Span {
        let pieces = &self.words.pieces;
        let start = pieces.iter().map(|(start, _)| *start).min().unwrap_or(0);
        let end = pieces.iter().map(|(start, piece)| start + piece.len() as u32).max();
        Span { start, end: end.unwrap_or(start) }
    }

    /// Days from this one to the other.
    pub(super) fn days_to(&self, other: &Self) -> Option<i64> {
        let [from, to]: [Date; 2] = [self.day.parse().ok()?, other.day.parse().ok()?];
        Some(to.duration_since(from).as_hours() / 24)
    }

    /// Whether nothing speaks against one speaker: "Fenn" may be Orla Fenn; Piet Fenn is not she,
    /// nor is Orla Fenn Jr.
    pub(super) fn is_one_speaker(&self, other: &Self) -> bool {
        let (a, b) = (&self.speaker, &other.speaker);
        if a.kind != b.kind {
            return false;
        }
        if a.kind != ActorType::Person {
            return a.surname() == b.surname();
        }
        let parts = |name: &str| -> Vec<String> { name.split_whitespace().map(folded).collect() };
        let (left, right) = (parts(&a.name), parts(&b.name));
        let is_one_forename = match (left.first(), right.first()) {
            (Some(x), Some(y)) if left.len() > 1 && right.len() > 1 => {
                x == y || crate::names::is_one_spelling(x, y)
            }
            _ => true,
        };
        a.surname() == b.surname() && left.last() == right.last() && is_one_forename
    }

    /// Whether the two share enough that is rare for a topic: two or more words that do not stand
    /// together, as those of a name do, and much of the lesser statement.
    pub(super) fn is_on_topic_of(&self, other: &Self) -> bool {
        let shared = |telling: &&Telling| other.telling.iter().any(|t| t.stem == telling.stem);
        let weigh = |all: &[Telling]| all.iter().map(|telling| telling.weight).sum::<u32>();
        let weight: u32 = self.telling.iter().filter(shared).map(|telling| telling.weight).sum();
        let least = weigh(&self.telling).min(weigh(&other.telling)).max(1);
        let topical: Vec<&str> = self
            .telling
            .iter()
            .filter(shared)
            .filter(|telling| telling.weight >= TOPICAL)
            .map(|telling| telling.stem.as_str())
            .collect();
        let is_much = weight >= 6 && weight * 100 / least >= 40 || weight >= 9;
        is_much && self.notions(&topical) >= 2 && other.notions(&topical) >= 2
    }

    /// How many things these stems name here: stems side by side name one, and so do those of a name.
    pub(super) fn notions(&self, stems: &[&str]) -> usize {
        let mut last: Option<&Telling> = None;
        let mut notions = 0;
        for telling in self.telling.iter().filter(|t| stems.contains(&t.stem.as_str())) {
            let is_same = |last: &Telling| {
                telling.place <= last.place + 1 || telling.run > 0 && telling.run == last.run
            };
            if !last.is_some_and(is_same) {
                notions += 1;
            }
            last = Some(telling);
        }
        notions
    }
}

/// The telling words, each at its first place; not those of the speaker's own name.
fn telling(text: &str, spoken: &[Spoken], name: &str) -> Vec<Telling> {
    let own: Vec<String> = name.split_whitespace().map(|word| stem(&folded(word))).collect();
    let mut telling: Vec<Telling> = Vec::new();
    let (mut runs, mut was_capital) = (0, false);
    for (place, word) in spoken.iter().enumerate() {
        let is_capital = word.span.of(text).starts_with(char::is_uppercase);
        runs += usize::from(is_capital && (!was_capital || word.opens_sentence));
        was_capital = is_capital;
        let root = stem(&word.folded);
        let tells = root.len() > 2
            && !word.is_hidden
            && !is_little(&word.folded)
            && !is_calendar(&root)
            && !own.contains(&root)
            && !root.starts_with(|c: char| c.is_ascii_digit());
        if !tells || telling.iter().any(|other| other.stem == root) {
            continue;
        }
        let is_name = !word.opens_sentence && is_capital;
        let weight = weight(&root) + u32::from(is_name);
        if weight > 0 {
            let run = if is_capital { runs } else { 0 };
            telling.push(Telling { stem: root, weight, place, run });
        }
    }
    telling
}
