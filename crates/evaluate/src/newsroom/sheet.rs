//! A report before it is written: what stands in it, in which order, and how its paper gives it.
//!
//! ```text
//! lede · figure · “…” of the minister · fact · what two officials told the Gazette
//! ```
//!
//! Sentences keep their frame and their number when a report is made from another, so that what
//! was carried over is known. Not handled: pictures, lists, tables.

use super::chance::Chance;
use super::day::Day;
use super::grammar::{expand, frames};
use super::speech::Reading;
use super::world::{Event, Outlet, World};
use std::collections::{BTreeMap, BTreeSet};

/// How somebody is mentioned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mention {
    /// "Mayor Orla Fenn"
    Before,
    /// "Orla Fenn, the mayor of Ashford,"
    After,
    /// "Fenn"
    Surname,
    /// "the mayor"
    Role,
}

/// What a sentence is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    Lede,
    Fact(usize),
    Figure(usize),
    Speech {
        speech: usize,
        is_direct: bool,
    },
    /// What unnamed sources said; whether it is the second outlet's sources.
    Told {
        told: usize,
        is_second: bool,
    },
    Plan,
    /// The paper's own.
    Local,
}

/// A sentence, with the slots that depend on the report.
#[derive(Debug, Clone)]
pub(super) struct Sentence {
    pub(super) id: u32,
    pub(super) rewords: Option<u32>,
    pub(super) event: usize,
    pub(super) what: What,
    pub(super) frame: String,
    pub(super) mention: Mention,
    /// The report's day when it was written.
    pub(super) day: Day,
}

/// How a figure is given instead of as it was counted.
#[derive(Debug, Clone)]
pub(super) struct Given {
    pub(super) text: String,
    pub(super) value: f64,
    pub(super) form: &'static str,
}

/// A report before it is written. Maps are by event and place there.
#[derive(Debug, Clone)]
pub(super) struct Sheet {
    pub(super) number: u32,
    pub(super) outlet: usize,
    pub(super) day: Day,
    pub(super) parent: Option<u32>,
    pub(super) operation: &'static str,
    pub(super) changes: Vec<String>,
    pub(super) headline: String,
    pub(super) is_inflated: bool,
    pub(super) paragraphs: Vec<Vec<Sentence>>,
    pub(super) readings: BTreeMap<(usize, usize), Reading>,
    pub(super) speakers: BTreeMap<(usize, usize), usize>,
    pub(super) figures: BTreeMap<(usize, usize), Given>,
    pub(super) spellings: BTreeMap<(usize, usize), (usize, usize)>,
    pub(super) event_day: Option<Day>,
    /// Whether a machine reworded the paper's own words, and the quoted ones.
    pub(super) is_reworded: [bool; 2],
    /// Which rewording of the story it is, from 1: its sentences are new ones.
    pub(super) reworded: u32,
}

impl Sheet {
    pub(super) fn sentences(&self) -> impl Iterator<Item = &Sentence> {
        self.paragraphs.iter().flatten()
    }

    pub(super) fn sentences_mut(&mut self) -> impl Iterator<Item = &mut Sentence> {
        self.paragraphs.iter_mut().flatten()
    }

    /// The place of a sentence's speaker among the event's people.
    pub(super) fn speaker(&self, sentence: &Sentence, events: &[Event]) -> Option<usize> {
        let What::Speech { speech, .. } = sentence.what else { return None };
        let key = (sentence.event, speech);
        let who = events[sentence.event].speeches[speech].who;
        Some(self.speakers.get(&key).copied().unwrap_or(who))
    }

    /// What an editor does last: whoever comes first is introduced, and "he" follows one who has
    /// just spoken.
    pub(super) fn introduce(&mut self, events: &[Event]) {
        let mut known: BTreeSet<(usize, usize)> = BTreeSet::new();
        let mut last: Option<(usize, usize)> = None;
        let speakers: Vec<Option<usize>> =
            self.sentences().map(|sentence| self.speaker(sentence, events)).collect();
        for (sentence, speaker) in self.paragraphs.iter_mut().flatten().zip(speakers) {
            let Some(who) = speaker else {
                for (place, person) in events[sentence.event].people.iter().enumerate() {
                    if sentence.frame.contains(&format!("{{A.{}}}", person.key)) {
                        known.insert((sentence.event, place));
                        last = None;
                    }
                }
                continue;
            };
            let who = (sentence.event, who);
            let is_named = sentence.frame.contains("{S}");
            if !is_named && last != Some(who) {
                sentence.frame = sentence.frame.replace("{he}", "{S}").replace("{he^}", "{S}");
                sentence.mention = Mention::Surname;
            }
            if sentence.frame.contains("{S}")
                && known.insert(who)
                && matches!(sentence.mention, Mention::Surname | Mention::Role)
            {
                sentence.mention = Mention::Before;
            }
            last = Some(who);
        }
    }
}

/// Who writes, and what is known so far of a story.
pub(super) struct Desk<'w> {
    pub(super) world: &'w World,
    pub(super) events: Vec<Event>,
    pub(super) chance: Chance,
    /// The next sentence's number.
    pub(super) next: u32,
    /// What reports of their own have said already: no two reporters write one sentence.
    pub(super) used: BTreeSet<String>,
    /// Sentences by event and frame.
    pub(super) ids: BTreeMap<(usize, String), u32>,
}

impl Desk<'_> {
    pub(super) fn id(&mut self) -> u32 {
        self.next += 1;
        self.next
    }

    /// A template with its choices made, and what a paper knows of itself and the event.
    pub(super) fn phrase(&mut self, template: &str, outlet: &Outlet, event: usize) -> String {
        let (far, day) = (self.events[event].place.clone(), self.events[event].day);
        let fixed = [("place".to_owned(), outlet.town.clone()), ("far".to_owned(), far)];
        let mut any = Chance::of(self.chance.below(usize::MAX) as u64, &[]);
        expand(template, &mut self.chance, &mut |name| match name {
            "venue" => Some(any.pick(&frames().venues).clone()),
            "venue_short" => Some("state radio".to_owned()),
            _ => super::world::slot(name, &fixed, day, &mut any),
        })
    }

    /// One of these that nobody has written yet.
    fn fresh(&mut self, of: &[String]) -> Option<String> {
        let left: Vec<&String> = of.iter().filter(|frame| !self.used.contains(*frame)).collect();
        if left.is_empty() {
            return None;
        }
        let frame = (*self.chance.pick(&left)).clone();
        self.used.insert(frame.clone());
        Some(frame)
    }

    /// Something of the paper's own.
    pub(super) fn own(
        &mut self,
        templates: &'static [String],
        outlet: usize,
        event: usize,
        day: Day,
    ) -> Sentence {
        let house = self.world.outlets[outlet].clone();
        let template = self.chance.pick(templates).clone();
        let frame = self.phrase(&template, &house, event);
        self.sentence(event, What::Local, frame, day)
    }

    pub(super) fn sentence(
        &mut self,
        event: usize,
        what: What,
        frame: String,
        day: Day,
    ) -> Sentence {
        let mention = match self.chance.below(10) {
            0..=1 => Mention::Role,
            2..=5 => Mention::Surname,
            6..=7 => Mention::Before,
            _ => Mention::After,
        };
        // One text is one sentence, whoever writes it.
        let id = match self.ids.get(&(event, frame.clone())) {
            Some(&id) if !matches!(what, What::Speech { .. }) => id,
            _ => self.id(),
        };
        self.ids.insert((event, frame.clone()), id);
        Sentence { id, rewords: None, event, what, frame, mention, day }
    }

    /// A report of one's own on an event.
    pub(super) fn original(&mut self, number: u32, event: usize, outlet: usize, day: Day) -> Sheet {
        let of = self.events[event].clone();
        let house = self.world.outlets[outlet].clone();
        let mut paragraphs: Vec<Vec<Sentence>> = Vec::new();
        let mut first = match self.fresh(&of.ledes) {
            Some(lede) => vec![self.sentence(event, What::Lede, lede, day)],
            None => vec![self.own(&frames().local_ledes, outlet, event, day)],
        };
        if house.is_wire {
            let dateline = format!("{} ({}) — ", of.place.to_uppercase(), house.name);
            first[0].frame.insert_str(0, &dateline);
        }
        paragraphs.push(first);

        let mut middle: Vec<Vec<Sentence>> = Vec::new();
        for measure in 0..of.measures.len() {
            if self.chance.percent(85) {
                let frame = self.chance.pick(&of.measures[measure].frames).clone();
                middle.push(vec![self.sentence(event, What::Figure(measure), frame, day)]);
            }
        }
        for fact in 0..of.facts.len() {
            if self.chance.percent(70)
                && let Some(frame) = self.fresh(&of.facts[fact])
            {
                middle.push(vec![self.sentence(event, What::Fact(fact), frame, day)]);
            }
        }
        while middle.len() < 4 {
            middle.push(vec![self.own(&frames().extensions, outlet, event, day)]);
        }
        let mut speeches: Vec<usize> = (0..of.speeches.len()).collect();
        self.chance.shuffle(&mut speeches);
        speeches.truncate(3 + self.chance.below(3));
        for speech in speeches {
            let mut paragraph = vec![self.speech(event, speech, &house, day)];
            // One who has just spoken goes on.
            let more = (0..of.speeches.len()).find(|&other| {
                other != speech
                    && of.speeches[other].who == of.speeches[speech].who
                    && !middle.iter().flatten().any(|sentence| is_speech(sentence, other))
            });
            if let Some(more) = more.filter(|_| self.chance.percent(20)) {
                let template = self.chance.pick(&frames().more).clone();
                let frame = self.phrase(&template, &house, event);
                let what = What::Speech { speech: more, is_direct: true };
                paragraph.push(self.sentence(event, what, frame, day));
            }
            let known: Vec<bool> = paragraph
                .iter()
                .map(|sentence| match sentence.what {
                    What::Speech { speech, .. } => {
                        middle.iter().flatten().any(|other| is_speech(other, speech))
                    }
                    _ => false,
                })
                .collect();
            let mut known = known.into_iter();
            paragraph.retain(|_| !known.next().unwrap_or(false));
            if !paragraph.is_empty() {
                middle.push(paragraph);
            }
        }
        for told in 0..of.told.len() {
            if let Some(sentence) = self.told(event, told, outlet, day) {
                middle.push(vec![sentence]);
            }
        }
        let is_planned = self.chance.percent(25);
        self.chance.shuffle(&mut middle);
        paragraphs.append(&mut middle);
        let mut headline = self.chance.pick(&of.headlines).clone();
        let mut is_inflated = false;
        if is_planned {
            let plan = self.sentence(event, What::Plan, of.plan[2].clone(), day);
            paragraphs.insert(1 + self.chance.below(2), vec![plan]);
            if self.chance.percent(60) {
                is_inflated = self.chance.percent(40);
                headline = of.plan[usize::from(is_inflated)].clone();
            }
        }
        let mut sheet = Sheet {
            number,
            outlet,
            day,
            parent: None,
            operation: "original",
            changes: Vec::new(),
            headline,
            is_inflated,
            paragraphs,
            readings: BTreeMap::new(),
            speakers: BTreeMap::new(),
            figures: BTreeMap::new(),
            spellings: BTreeMap::new(),
            event_day: None,
            is_reworded: [false; 2],
            reworded: 0,
        };
        sheet.introduce(&self.events);
        sheet
    }

    /// A sentence with an utterance.
    pub(super) fn speech(
        &mut self,
        event: usize,
        speech: usize,
        house: &Outlet,
        day: Day,
    ) -> Sentence {
        let that = self.events[event].speeches[speech].that.clone();
        let is_direct = self.chance.percent(70) || !self.used.insert(that);
        let is_long = self.events[event].speeches[speech].sentences.len() > 1;
        let frames = match is_direct {
            true if is_long && self.chance.percent(50) => &frames().split,
            true => &frames().direct,
            false => &frames().indirect,
        };
        let template = self.chance.pick(frames).clone();
        let frame = self.phrase(&template, house, event);
        self.sentence(event, What::Speech { speech, is_direct }, frame, day)
    }

    /// What unnamed sources said, as this outlet can have it; none where it has not.
    fn told(&mut self, event: usize, told: usize, outlet: usize, day: Day) -> Option<Sentence> {
        let of = self.events[event].told[told].clone();
        let second = of.second.as_ref().filter(|second| second.0 == outlet);
        let is_second = second.is_some() || of.second.is_some() && self.chance.percent(40);
        let origin = if is_second { of.second.as_ref()?.0 } else { of.outlet };
        let is_own = origin == outlet;
        if !is_own && !self.chance.percent(45) {
            return None;
        }
        let house = self.world.outlets[outlet].clone();
        let templates = match is_own {
            true => &frames().told,
            false if self.chance.percent(20) => &frames().chain,
            false => &frames().relay,
        };
        let template = self.chance.pick(templates).clone();
        let frame = self.phrase(&template, &house, event);
        let clause = &of.clauses[self.chance.below(2)];
        let source = match &of.second {
            Some(second) if is_second => second.1.clone(),
            _ => of.source.clone(),
        };
        let middle = loop {
            let middle = self.chance.below(self.world.outlets.len());
            if middle != outlet && middle != origin {
                break middle;
            }
        };
        // What is told is fixed when written: those who copy it carry it as it stands.
        let mut frame = frame.replace('^', "");
        for (slot, text) in [
            ("{src}", source),
            ("{O}", self.world.outlets[origin].called()),
            ("{B}", self.world.outlets[middle].called()),
            ("{clause}", format!("{{c}}{clause}{{/c}}")),
        ] {
            frame = frame.replace(slot, &text);
        }
        Some(self.sentence(event, What::Told { told, is_second }, frame, day))
    }
}

pub(super) fn is_speech(sentence: &Sentence, speech: usize) -> bool {
    matches!(sentence.what, What::Speech { speech: other, .. } if other == speech)
}
