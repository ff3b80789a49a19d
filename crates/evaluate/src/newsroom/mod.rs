//! A simulated newsroom: reports of an invented world, with the truth beside them.
//!
//! ```text
//! Newsroom::of(7, 1000)   →   1,000 reports of some 120 stories by 40 papers, each with its truth:
//!                             parent and operation, changed words, mistyped figures, origins
//! ```
//!
//! The same seed gives the same bytes. Stories are made one after another and forgotten, so a
//! million reports need no more memory than a hundred. Not handled: reports in other languages;
//! pictures; what is not written in these frames (for that there is `real`).

mod chance;
mod day;
mod edits;
mod grammar;
mod operations;
pub mod real;
mod sheet;
pub mod sources;
mod speech;
pub mod truth;
mod world;
mod write;

use chance::Chance;
use day::Day;
use sheet::{Desk, Sheet};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use truth::{Copied, Points, ReportTruth};
use world::World;

/// A report as a JSON line, and its truth.
#[derive(Debug, Clone, PartialEq)]
pub struct Simulated {
    /// With `url`, `outlet`, `published`, `headline`, `text`.
    pub line: String,
    /// What is true of it.
    pub truth: ReportTruth,
}

/// Reports of a simulated world, one by one.
#[derive(Debug)]
pub struct Newsroom {
    world: World,
    left: u32,
    number: u32,
    story: u64,
    ready: VecDeque<Simulated>,
}

impl Newsroom {
    /// So many reports of the world of a seed.
    pub fn of(seed: u64, reports: u32) -> Self {
        Self { world: World::of(seed), left: reports, number: 0, story: 0, ready: VecDeque::new() }
    }

    fn tell(&mut self) {
        let story = self.story;
        self.story += 1;
        let mut chance = Chance::of(self.world.seed, &[4, story]);
        let events = vec![self.world.event(story, 0), self.world.event(story, 1)];
        let size = if chance.percent(18) { 1 } else { 3 + chance.below(11) };
        let wires = self.world.outlets.iter().filter(|outlet| outlet.is_wire).count();
        let mut papers: Vec<usize> = (wires..self.world.outlets.len()).collect();
        chance.shuffle(&mut papers);
        let mut desk = Desk {
            world: &self.world,
            events,
            chance,
            next: 0,
            used: BTreeSet::new(),
            ids: BTreeMap::new(),
        };
        let mut sheets: Vec<Sheet> = Vec::new();
        let mut spans: BTreeMap<u32, BTreeMap<u32, Points>> = BTreeMap::new();
        for (place, &paper) in papers.iter().enumerate().take(size) {
            self.number += 1;
            let number = self.number;
            let first = desk.events[0].day.0;
            let sheet = if place == 0 {
                let outlet = match size > 2 && desk.chance.percent(60) {
                    true => desk.chance.below(wires),
                    false => paper,
                };
                desk.original(number, 0, outlet, Day(first))
            } else {
                // Mostly of what came first: that is what papers have.
                let parent = match desk.chance.percent(55) {
                    true => 0,
                    false => desk.chance.below(sheets.len()),
                };
                let day = sheets[parent].day.0 + [0, 0, 0, 1, 1, 2][desk.chance.below(6)];
                let mut sheet = match desk.chance.percent(28) {
                    true => {
                        let mut own = desk.original(number, 0, paper, Day(day));
                        own.operation = "own";
                        own
                    }
                    false => {
                        let parent = sheets[parent].clone();
                        desk.derived(&parent, number, paper, Day(day))
                    }
                };
                desk.touched(&mut sheet);
                sheet
            };
            let mut written = write::write(&sheet, &desk.events, &self.world);
            let own: BTreeMap<u32, Points> =
                written.truth.sentences.iter().map(|s| (s.id, s.span)).collect();
            if let Some(of) = sheet.parent.and_then(|parent| spans.get(&parent)) {
                written.truth.copied = passages(&written.truth, of);
            }
            spans.insert(number, own);
            sheets.push(sheet);
            self.ready.push_back(Simulated { line: written.line, truth: written.truth });
        }
    }
}

impl Iterator for Newsroom {
    type Item = Simulated;

    fn next(&mut self) -> Option<Simulated> {
        if self.left == 0 {
            return None;
        }
        self.left -= 1;
        while self.ready.is_empty() {
            self.tell();
        }
        self.ready.pop_front()
    }
}

/// A word as British houses spell it.
pub(crate) fn british(word: &str) -> &str {
    let mut pairs = grammar::pairs(&grammar::names().spelling);
    pairs.find(|pair| pair.1.replace('-', "") == word).map_or(word, |pair| pair.0)
}

/// Sentences in a row that stand in the parent too, joined.
fn passages(report: &ReportTruth, parent: &BTreeMap<u32, Points>) -> Vec<Copied> {
    let mut passages: Vec<Copied> = Vec::new();
    for sentence in &report.sentences {
        let Some(&of_span) = parent.get(&sentence.id) else { continue };
        match passages.last_mut() {
            // An empty line or a space lies between.
            Some(last)
                if sentence.span[0] - last.span[1] <= 2
                    && of_span[0].checked_sub(last.of_span[1]).is_some_and(|gap| gap <= 2) =>
            {
                last.span[1] = sentence.span[1];
                last.of_span[1] = of_span[1];
            }
            _ => passages.push(Copied { span: sentence.span, of_span }),
        }
    }
    passages
}

#[cfg(test)]
mod tests;
