//! One event as one report tells it, as the comparison needs it.
//!
//! ```text
//! The ferry Morning Star sank off Cape Linn on Monday.
//! when 2031-03-03, kinds [sink], names [[morning star] [cape linn]], words [ferry sink …]
//! ```
//!
//! Not handled: who "he" is, beyond what the analysis resolved.

use super::telling::{is_calendar, kinds, stem, weight};
use crate::Subject;
use crate::rules::is_little;
use crate::show::short;
use crate::words::{folded, key, words};
use onrecord_model::{Event, EventState, PartRole, Span};
use serde::{Deserialize, Serialize};

/// Words of one event that are kept.
const MOST_WORDS: usize = 40;

/// Words of a sentence by which two reports can be seen to tell one thing: fewer may stand in any.
const LEAST_OF_A_LINE: usize = 12;

/// Words on either side of a date by which a sentence is known again.
const LINE: usize = 14;

/// An event as told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Told {
    /// The day, week, month or year.
    pub(super) when: String,
    pub(super) state: EventState,
    pub(super) is_mention: bool,
    /// Whether it is the saying of a statement.
    pub(super) is_said: bool,
    /// Kinds of what happens by its own word; of a word without a kind "~" and its stem.
    pub(super) head: Vec<String>,
    /// The kinds of all its words.
    pub(super) kinds: Vec<String>,
    /// Names in it, each as stems.
    pub(super) names: Vec<Vec<String>>,
    /// Its telling words as stems, kinds in place of their words, in order of the alphabet.
    pub(super) words: Vec<String>,
    /// Stems of who does it and whom it is done to.
    pub(super) who: Vec<String>,
    /// The words that date it, in lower case.
    pub(super) time: String,
    pub(super) span: Span,
    /// Its words, shortened.
    pub(super) text: String,
    /// The words of its sentence on either side of those that date it, hashed; none where they are
    /// few.
    pub(super) line: Option<u64>,
    /// Of what a report leads with: the words that tell most of its story, hashed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) lead: Vec<u16>,
}

impl Told {
    pub(super) fn of(subject: Subject<'_>, event: &Event) -> Option<Self> {
        let when = event.when.clone()?;
        let text = subject.report.text.as_str();
        let span = event.span;
        let own = |at: Span| !event.time.is_some_and(|time| time.overlaps(at));
        let all: Vec<_> = words(text, span).into_iter().filter(|word| own(word.span)).collect();
        let mut told = Self {
            when,
            state: event.state,
            is_mention: event.is_mention,
            is_said: event.statement.is_some(),
            head: Vec::new(),
            kinds: Vec::new(),
            names: names(subject, event, &all),
            words: Vec::new(),
            who: Vec::new(),
            time: event.time.map(|time| dated_by(text, time)).unwrap_or_default(),
            span,
            text: short(span.of(text), 90),
            line: event.time.and_then(|time| line(subject, time)),
            lead: Vec::new(),
        };
        for (place, word) in all.iter().enumerate() {
            let root = stem(&word.folded);
            if is_calendar(&root) || word.folded.starts_with(|c: char| c.is_ascii_digit()) {
                continue;
            }
            let next = all.get(place + 1).map_or("", |next| next.folded.as_str());
            let is_name = word.span.of(text).starts_with(char::is_uppercase) && place > 0;
            let before = told.kinds.len();
            if !is_name {
                told.kinds.extend(kinds(&root, next).map(|kind| kind.name.clone()));
            }
            if word.span.overlaps(event.word) {
                told.head = told.kinds[before..].to_vec();
                if told.head.is_empty() {
                    told.head.push(format!("~{root}"));
                }
            }
            if told.kinds.len() == before && !is_little(&word.folded) && root.len() > 1 {
                told.words.push(root);
            }
        }
        let head = told.head.clone();
        told.kinds.extend(head.into_iter().filter(|kind| kind.starts_with('~')));
        tidy(&mut told.kinds);
        told.words.extend(told.kinds.iter().filter(|kind| !kind.starts_with('~')).cloned());
        // The actor's full name, where only a pronoun or a surname stands here.
        told.words.extend(told.names.iter().flatten().cloned());
        tidy(&mut told.words);
        told.words.truncate(MOST_WORDS);
        for part in &event.parts {
            if matches!(part.role, PartRole::Who | PartRole::Whom) {
                let stems = words(text, part.span).into_iter().map(|word| stem(&word.folded));
                told.who.extend(stems.filter(|stem| !is_little(stem) && !is_calendar(stem)));
            }
        }
        tidy(&mut told.who);
        Some(told)
    }

    /// Whether it is dated to one day.
    pub(super) fn is_day(&self) -> bool {
        self.when.len() == 10 && !self.when.contains('W') && !self.when.contains('X')
    }

    /// The words that it can be found by, most telling first: names before other words.
    pub(super) fn telling(&self, most: usize) -> Vec<&str> {
        let mut all: Vec<(u32, bool, &str)> = self
            .words
            .iter()
            .map(|word| {
                let is_name = self.names.iter().flatten().any(|name| name == word);
                (weight(word), is_name, word.as_str())
            })
            .filter(|(weight, is_name, word)| {
                (*weight > 1 || *is_name) && super::telling::kind(word).is_none()
            })
            .collect();
        all.sort_by(|a, b| (b.0 + u32::from(b.1) * 2, a.2).cmp(&(a.0 + u32::from(a.1) * 2, b.2)));
        all.into_iter().take(most).map(|(_, _, word)| word).collect()
    }
}

/// The words of a sentence on either side of those that date something in it: two reports that have
/// the same ones have one sentence, whichever day stands in it.
fn line(subject: Subject<'_>, time: Span) -> Option<u64> {
    let text = subject.report.text.as_str();
    let mut sentence = subject.analysis.sentence_at(time.start as usize)?.span;
    // "VAAL, Lorne (HPW) —" is another paper's, or none.
    if let Some(dateline) = &subject.report.dateline {
        sentence.start = sentence.start.max(dateline.span.end.min(time.start));
    }
    let all = words(text, sentence);
    let before = all.partition_point(|word| word.span.end <= time.start);
    let after = all.partition_point(|word| word.span.start < time.end);
    let left = &all[before.saturating_sub(LINE)..before];
    let right = &all[after..(after + LINE).min(all.len())];
    let own = left.iter().chain(right).map(|word| word.folded.as_str());
    let words: Vec<&str> = std::iter::once("#").chain(own).collect();
    (words.len() > LEAST_OF_A_LINE).then(|| key(&format!("line {}", left.len()), &words))
}

/// The words that date it, with the two before them: "late on | Monday".
fn dated_by(text: &str, time: Span) -> String {
    let before = &text[..time.start as usize];
    let line = before.rsplit(['\n', '.', ',']).next().unwrap_or_default();
    let mut last: Vec<&str> = line.split_whitespace().rev().take(2).collect();
    last.reverse();
    format!("{} {}", last.join(" "), time.of(text)).to_lowercase()
}

fn tidy(words: &mut Vec<String>) {
    words.sort_unstable();
    words.dedup();
}

/// The names in an event's words, each as stems: runs of capitals, and actors that are mentioned by
/// less than their name.
fn names(subject: Subject<'_>, event: &Event, all: &[crate::words::Word]) -> Vec<Vec<String>> {
    let text = subject.report.text.as_str();
    let mut names: Vec<Vec<String>> = Vec::new();
    let actors = subject.analysis.actors.iter().filter(|actor| {
        actor.name.starts_with(char::is_uppercase) && actor.name.split(' ').count() < 7
    });
    let mut taken: Vec<Span> = Vec::new();
    for actor in actors {
        let from = actor.mentions.partition_point(|mention| mention.start < event.span.start);
        for mention in actor.mentions[from..].iter().take_while(|m| m.start < event.span.end) {
            if mention.end > event.span.end
                || event.time.is_some_and(|time| time.overlaps(*mention))
            {
                continue;
            }
            taken.push(*mention);
            let name: Vec<String> = actor
                .name
                .split_whitespace()
                .map(|word| stem(&folded(word)))
                .filter(|word| word.len() > 1 && !is_little(word))
                .collect();
            if !name.is_empty() {
                names.push(name);
            }
        }
    }
    // Names that nobody tagged: ships, laws, buildings. The first word of a sentence has its
    // capital for another reason, unless a capital follows.
    let mut run: Vec<String> = Vec::new();
    let mut last_end = 0;
    let mut first = true;
    let mut flush = |run: &mut Vec<String>, is_first: bool| {
        if !run.is_empty() && (!is_first || run.len() > 1) {
            names.push(std::mem::take(run));
        }
        run.clear();
    };
    let mut opens = false;
    for (place, word) in all.iter().enumerate() {
        let raw = word.span.of(text);
        let is_capital = raw.starts_with(char::is_uppercase) && !is_calendar(&stem(&word.folded));
        let is_taken = taken.iter().any(|mention| mention.overlaps(word.span));
        let is_near =
            text.get(last_end..word.span.start as usize).is_some_and(|gap| gap.trim().is_empty());
        if !is_capital || is_taken || !is_near {
            flush(&mut run, opens);
            opens = false;
        }
        if is_capital && !is_taken && !is_little(&word.folded) {
            if run.is_empty() {
                opens = first && place == 0;
            }
            run.push(stem(&word.folded));
        }
        first = false;
        last_end = word.span.end as usize;
    }
    flush(&mut run, opens);
    names.retain(|name| name.iter().any(|word| weight(word) > 0));
    names.sort_unstable();
    names.dedup();
    names
}
