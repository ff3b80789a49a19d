//! Quotations: one utterance as several reports give it.
//!
//! ```text
//! 001  “Closing the port would be an error,” Fenn said.
//! 004  “Closing the port would be a mistake,” Fenn said.
//! → 004 has "would be a mistake" where 001 has "would be an error", in words of Fenn.
//! ```
//!
//! No findings: a part of the words, dots, brackets, spelling, contractions, quotations moved to
//! reported speech. Not handled: indirect speech.

mod heard;
mod laid;
mod reading;
mod reworded;
mod shown;
mod speakers;
mod utterance;

pub use laid::{Piece, Reading, readings};

use crate::events::{stem, weight};
use crate::quoted::quoted;
use crate::run::places;
use crate::show;
use crate::words::{key, winnow};
use crate::{Comparison, Item, ItemId, Keyed, Link, Opened, Subject};
use heard::Heard;
use onrecord_model::{Date, Finding, Mode, Span, Statement};
use reading::{Form, Join};
pub(crate) use reading::{goes_on_with_condition, is_shown};
pub(crate) use utterance::{Speaker, Spoken, Utterance};

/// Words that a quoted stretch must have: fewer are a turn of phrase.
const LEAST_WORDS: usize = 5;

/// Words of a quoted stretch that counts although nobody was seen to say it.
const LEAST_ORPHAN: usize = 10;

/// Keys of one quotation at most: a speech printed whole has no more than a long answer.
const MOST_KEYS: usize = 96;

/// Days of one period: more than lie between reports of one occasion.
const PERIOD: i64 = 8;

/// A word that is a key by itself, with the speaker.
const RARE: u32 = 4;

/// How far apart two telling words stand that are a key together.
const NEAR: usize = 4;

/// The comparison.
#[derive(Debug)]
pub(crate) struct Quotations;

impl Comparison for Quotations {
    fn name(&self) -> &'static str {
        "quotations"
    }

    fn keys(&self, subject: Subject<'_>) -> Vec<Keyed> {
        let mut keyed = Vec::new();
        for utterance in utterances(subject) {
            let words = utterance.words();
            let telling = words.iter().filter(|word| !word.is_little()).count();
            if words.len() < LEAST_WORDS || telling < 2 {
                continue;
            }
            let item = Item {
                id: ItemId { report: subject.name.to_owned(), number: keyed.len() as u32 },
                published: subject.report.published_on(),
                outlet: subject.report.outlet.clone(),
                body: show::written(&utterance),
            };
            let speaker = utterance.speaker.as_ref();
            let mut keys = keys(&words, speaker);
            keys.extend(keys_of_day(&words, speaker, item.published));
            keys.sort_unstable();
            keys.dedup();
            keyed.push(Keyed { item, keys });
        }
        keyed
    }

    fn open(&self, item: Item) -> Opened {
        let heard = show::body(&item.body).map(Heard::new);
        Opened::new(item, heard)
    }

    fn lay(&self, a: &Opened, b: &Opened) -> Option<Link> {
        let (a, b) = Opened::ordered(a, b);
        let (left, right): (&Heard, &Heard) = (a.parts()?, b.parts()?);
        let (a, b) = (&a.item, &b.item);
        let join = reading::join(left, right, a.days_from(b))?;
        Some(Link { a: a.id.clone(), b: b.id.clone(), body: show::written(&join) })
    }

    fn family(&self, items: &[Item], links: &[Link]) -> Vec<Finding> {
        let places = places(items);
        let utterances: Vec<Option<Utterance>> =
            items.iter().map(|item| show::body(&item.body)).collect();
        // Each link from the earlier item to the later.
        let mut joins: Vec<(usize, usize, Join)> = Vec::new();
        for link in links {
            let (Some(&a), Some(&b)) = (places.get(&link.a), places.get(&link.b)) else { continue };
            let Some(join) = show::body::<Join>(&link.body) else { continue };
            joins.push(if a < b { (a, b, join) } else { (b, a, join.turned()) });
        }
        joins.sort_by_key(|&(a, b, _)| (b, a));
        let mut findings = speakers::findings(items, &utterances, &joins);

        // The item whose reading each item repeats; itself where it is the first to have it.
        let mut repeats: Vec<usize> = (0..items.len()).collect();
        let mut variants: Vec<(usize, usize, &Join)> = Vec::new();
        for later in 0..items.len() {
            let to = joins.iter().filter(|join| join.1 == later);
            let same = to.clone().find(|(_, _, join)| join.form == Form::Same && join.covers_b());
            if let Some(&(earlier, ..)) = same {
                repeats[later] = repeats[earlier];
                continue;
            }
            let changed = to.filter(|(_, _, join)| join.form.is_change());
            let best = changed.max_by_key(|(a, _, join)| (join.words, usize::MAX - a));
            variants.extend(best.map(|(earlier, later, join)| (*earlier, *later, join)));
        }
        let mut told: Vec<(usize, Vec<(String, String)>)> = Vec::new();
        for (earlier, later, join) in variants {
            let sides = [&utterances[earlier], &utterances[later]];
            let [Some(base), Some(other)] = sides else { continue };
            let changes = (repeats[earlier], join.changed_words(base, other));
            if !told.contains(&changes) {
                let also: Vec<&Item> = (0..items.len())
                    .filter(|&place| place != later && repeats[place] == later)
                    .map(|place| &items[place])
                    .collect();
                findings.extend(shown::finding(
                    (&items[earlier], base),
                    (&items[later], other),
                    join,
                    &also,
                ));
                told.push(changes);
            }
        }
        findings
    }
}

/// The quotations of a report: the stretches of a direct statement together, those of a mixed one
/// each by itself.
///
/// A stretch counts whole, from mark to mark, however much of it the statement was taken to hold;
/// a long one that is nobody's is a quotation without a speaker.
fn utterances(subject: Subject<'_>) -> Vec<Utterance> {
    let (report, statements) = (subject.report, &subject.analysis.statements);
    let text = &report.text;
    let mut stretches = quoted(text, Span::new(0, text.len()));
    // “… understands," Fenn said. "It …”: marks of two kinds that do not pair.
    let is_paired = |stretch: &Span| !stretch.of(text).contains('"');
    stretches.retain(|stretch| is_paired(stretch) && !report.is_not_text(stretch.start as usize));
    // The statement that has most of it; one within another before that other: "Vaals said Fenn had
    // called it “a mistake”" are words of Fenn. Reported speech has no words of its own.
    let shared = |statement: &Statement, stretch: Span| -> u32 {
        let within = statement.content.iter().filter(|content| content.overlaps(stretch));
        within.map(|&c| c.end.min(stretch.end) - c.start.max(stretch.start)).sum()
    };
    let giver: Vec<Option<usize>> = stretches
        .iter()
        .map(|&stretch| {
            let given = (0..statements.len()).filter(|&at| {
                statements[at].mode != Mode::Indirect && shared(&statements[at], stretch) > 0
            });
            given.max_by_key(|&at| {
                let statement = &statements[at];
                let is_most = shared(statement, stretch) * 2 > stretch.len() as u32;
                // One stretch in two: the one that is all quotation was cut to fit.
                let is_direct = statement.mode == Mode::Direct;
                let within = statement.within.is_some();
                (is_most, within, shared(statement, stretch), is_direct, usize::MAX - at)
            })
        })
        .collect();
    let about = speakers::about(subject);
    let mut found: Vec<(u32, Utterance)> = Vec::new();
    let mut of: Vec<Option<usize>> = vec![None; statements.len()];
    for (&stretch, giver) in stretches.iter().zip(giver) {
        let piece = (stretch.start, stretch.of(text).to_owned());
        let statement = giver.map(|at| &statements[at]);
        let speaker = statement.and_then(|statement| {
            let speaker = Speaker::of(statement.speaker.as_ref()?)?;
            let is_named = speakers::is_named(subject, stretch, statement, &speaker);
            Some(Speaker { is_named, ..speaker })
        });
        let is_direct = statement.is_some_and(|statement| statement.mode == Mode::Direct);
        match giver.and_then(|at| of[at]).filter(|_| is_direct) {
            Some(place) => found[place].1.pieces.push(piece),
            None if statement.is_some() || piece.1.split_whitespace().count() >= LEAST_ORPHAN => {
                if let Some(at) = giver {
                    of[at] = Some(found.len());
                }
                let near = speaker.as_ref().map_or_else(Vec::new, |own| {
                    speakers::names_near(subject, stretch, statement, own)
                });
                // Words that are compared by speaker: what they are about is asked only then.
                let is_named = speaker.as_ref().is_some_and(|speaker| speaker.is_named);
                let about = if is_named { about.clone() } else { Vec::new() };
                found
                    .push((stretch.start, Utterance { speaker, near, about, pieces: vec![piece] }));
            }
            None => {}
        }
    }
    found.into_iter().map(|(_, utterance)| utterance).collect()
}

/// Where an utterance can be found: under rows of four words, whoever speaks, and under pairs of
/// telling words with the speaker, in any order and form, which a changed word here and there leaves.
pub(crate) fn keys(words: &[Spoken], speaker: Option<&Speaker>) -> Vec<u64> {
    let rows: Vec<u64> = words
        .windows(4)
        .filter(|row| row.iter().filter(|word| !word.is_little()).count() >= 2)
        .map(|row| {
            key("quotations/row", &[&row[0].folded, &row[1].folded, &row[2].folded, &row[3].folded])
        })
        .collect();
    let mut keys = winnow(&rows, 4);
    if let Some(surname) = speaker.map(Speaker::surname) {
        let pairs = stems(words);
        let pairs = pairs
            .windows(2)
            .map(|two| (two[0].as_str().min(&two[1]), two[0].as_str().max(&two[1])));
        keys.extend(pairs.map(|(one, two)| key("quotations/pair", &[&surname, one, two])));
    }
    keys.sort_unstable();
    keys.dedup();
    keys.truncate(MOST_KEYS);
    keys
}

/// Where it can be found in other words: under rare words, and pairs of words farther apart, with the
/// speaker and the time. A speaker's standing themes would fill such keys were they not of a time.
fn keys_of_day(words: &[Spoken], speaker: Option<&Speaker>, day: Option<Date>) -> Vec<u64> {
    let Some(surname) = speaker.map(Speaker::surname) else { return Vec::new() };
    let stems = stems(words);
    let mut parts: Vec<[&str; 2]> = Vec::new();
    for (at, one) in stems.iter().enumerate() {
        if weight(one) >= RARE {
            parts.push([one, ""]);
        }
        for two in stems.iter().skip(at + 2).take(NEAR - 1) {
            if one != two && weight(one).min(weight(two)) >= 1 {
                parts.push([one.min(two), one.max(two)]);
            }
        }
    }
    parts.sort_unstable();
    parts.dedup();
    // Two days that are near each other lie in one period, or in two that follow each other.
    let period =
        |day: Date| day.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24 / PERIOD;
    let periods: Vec<String> = day.map_or_else(
        || vec![String::new()],
        |day| vec![period(day).to_string(), (period(day) + 1).to_string()],
    );
    let mut keys: Vec<u64> = parts
        .iter()
        .flat_map(|[one, two]| {
            periods.iter().map(|period| key("quotations/day", &[&surname, one, two, period]))
        })
        .collect();
    keys.sort_unstable();
    keys.truncate(MOST_KEYS);
    keys
}

fn stems(words: &[Spoken]) -> Vec<String> {
    words.iter().filter(|word| !word.is_little()).map(|word| stem(&word.folded)).collect()
}

/// A speaker by name, where there is one.
pub(crate) fn spoken_key(party: &onrecord_model::Party) -> Option<Speaker> {
    Speaker::of(party)
}
