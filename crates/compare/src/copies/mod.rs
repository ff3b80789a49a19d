//! Copies: reports that carry one text.
//!
//! ```text
//! 002  The dock was shut on Monday after …  (Port Gazette, 4 March)
//! 005  LORNE (AP) — The dock was shut on Monday after …
//! → Two reports carry the same text; it is credited to AP.
//! ```
//!
//! What counts is the outlet's own running text: words between quotation marks, which two
//! reporters may have heard in one room, make no copy. Not handled: translated or rewritten text,
//! and what stands past the first [`MOST_WORDS`] words.

mod passages;

use crate::quoted::quoted;
use crate::rules::agency;
use crate::run::{groups, places};
use crate::show;
use crate::words::{each_plain_word, own_text, row, winnow};
use crate::{Comparison, Item, ItemId, Keyed, Link, Opened, Subject};
use onrecord_model::{Evidence, Finding, FindingKind, NotTextKind, Report};
use passages::{PackedWords, Passage, Sketch, WordAt, carried, shares};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use xxhash_rust::xxh3::xxh3_64;

/// Words of a report that are looked at: some five times a usual report. Bounds an item's body to
/// about 16 kB.
pub(crate) const MOST_WORDS: usize = 4_000;

/// Words in a shingle of a key. Six words in a row are seldom a phrase of the language.
const SHINGLE: usize = 6;

/// Shingles of which the least gives a key: any 29 words on end that two texts share give them a
/// common key.
const WIDTH: usize = 24;

/// Keys in common, of texts that have so many: one is as often a phrase as a passage.
const LEAST_SHARED: usize = 2;

/// Words outside quotation marks that must be carried over, whatever their share. Fewer are
/// background phrases of a running story ("which seized the city in 2014, said on Monday").
const LEAST_WORDS: usize = 30;

/// The share of the shorter report's own words from which one is the other's copy, however cut.
const STRONG: f64 = 0.5;

/// The share from which passages were carried over, or …
const WEAK: f64 = 0.25;

/// … the words on end between papers of different outlets.
const LONG_PASSAGE: usize = 60;

/// Words on end that passages have where the share is [`WEAK`]: two reports that pass on what a third
/// was told share a clause of some twenty.
const SHORT_PASSAGE: usize = 25;

/// Days within which passages go from paper to paper. Later ones are standing text: the history of
/// a case, the words under an author's name.
const PASSAGES_TRAVEL: u64 = 14;

/// The share from which two reports of one outlet are one text. Below it they have background in
/// common, as an outlet's reports on one story do.
const REPRINT: f64 = 0.8;

/// The share of a short text's own words that stand in a longer one, in passages of any length, where
/// it was cut out of that one, and how many of them at least are on end.
const CUT: f64 = 0.6;
const LEAST_OF_CUT: u32 = 20;

/// Texts with which a report shares such a passage before it is standing text of an outlet.
const STANDING: usize = 3;

/// Days within which papers carry one story.
const ONE_STORY: u64 = 3;

/// The comparison.
#[derive(Debug)]
pub(crate) struct Copies;

#[derive(Debug, Serialize, Deserialize)]
struct Body {
    /// Words outside quotation marks.
    own: u32,
    /// The news agency that is credited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    agency: Option<String>,
    /// The lower halves of its keys, in order: what two reports share is guessed from them first.
    sketch: Sketch,
    words: PackedWords,
}

#[derive(Debug, Serialize, Deserialize)]
struct Join {
    /// Own words carried.
    words: u32,
    /// Their share of either side's own words.
    shares: [f64; 2],
    passages: Vec<Passage>,
}

impl Join {
    fn share(&self) -> f64 {
        self.shares[0].max(self.shares[1])
    }
}

impl Comparison for Copies {
    fn name(&self) -> &'static str {
        "copies"
    }

    fn keys(&self, subject: Subject<'_>) -> Vec<Keyed> {
        let report = subject.report;
        let mut words: Vec<WordAt> = Vec::new();
        let mut hashes: Vec<u64> = Vec::new();
        for own in own_text(report) {
            let mut inside = quoted(&report.text, own).into_iter().peekable();
            each_plain_word(&report.text, own, |folded, span| {
                if words.len() == MOST_WORDS {
                    return;
                }
                while inside.next_if(|quoted| quoted.end <= span.start).is_some() {}
                let is_quoted = inside.peek().is_some_and(|quoted| quoted.contains(span));
                let hash = xxh3_64(folded.as_bytes());
                hashes.push(hash);
                words.push(WordAt { hash: hash as u16, span, is_quoted });
            });
        }
        let own = words.iter().filter(|word| !word.is_quoted).count();
        if own < LEAST_WORDS {
            return Vec::new();
        }
        let shingles: Vec<u64> = hashes
            .windows(SHINGLE)
            .zip(words.windows(SHINGLE))
            .filter(|(_, words)| words.iter().any(|word| !word.is_quoted))
            .map(|(hashes, _)| row(hashes.iter().copied()))
            .collect();
        let keys = winnow(&shingles, WIDTH);
        let body = Body {
            own: own as u32,
            sketch: Sketch::of(&keys),
            agency: credited(report).map(str::to_owned),
            words: PackedWords::pack(&words),
        };
        let item = Item {
            id: ItemId { report: subject.name.to_owned(), number: 0 },
            published: report.published_on(),
            outlet: report.outlet.clone(),
            body: show::written(&body),
        };
        vec![Keyed { item, keys }]
    }

    fn open(&self, item: Item) -> Opened {
        let body: Option<Body> = show::body(&item.body);
        Opened::new(item, body.map(|body| (body.sketch.halves(), body)))
    }

    fn lay(&self, a: &Opened, b: &Opened) -> Option<Link> {
        let (a, b) = Opened::ordered(a, b);
        let (halves, left): &(Vec<u32>, Body) = a.parts()?;
        let (other_halves, right): &(Vec<u32>, Body) = b.parts()?;
        let (a, b) = (&a.item, &b.item);
        if !shares(halves, other_halves, LEAST_SHARED) {
            return None;
        }
        let (left_words, right_words) = (left.words.unpack(), right.words.unpack());
        let (passages, all) = carried(&left_words, &right_words);
        let words: u32 = passages.iter().map(|passage| passage.own).sum();
        // A short text that is mostly quotations, cut out of a longer one: most of its own words stand
        // in the other, but few of them on end. Two who heard one speaker share a tenth of theirs.
        let is_cut = words >= LEAST_OF_CUT
            && all as usize >= LEAST_WORDS
            && f64::from(all) >= CUT * f64::from(left.own.min(right.own));
        let share = |own: u32| round(f64::from(words) / f64::from(own.max(1)));
        let join = Join { words, shares: [share(left.own), share(right.own)], passages };
        let longest = join.passages.iter().map(|passage| passage.own).max().unwrap_or(0);
        let is_one_outlet = a.outlet.is_some() && a.outlet == b.outlet;
        let is_soon = a.days_from(b).is_none_or(|days| days <= PASSAGES_TRAVEL);
        let is_copy = match join.share() {
            _ if is_cut && is_soon && !is_one_outlet => true,
            _ if (words as usize) < LEAST_WORDS => false,
            share if is_one_outlet => share >= REPRINT && is_soon,
            share if share >= STRONG => true,
            share => {
                let least = if share >= WEAK { SHORT_PASSAGE } else { LONG_PASSAGE };
                is_soon && longest as usize >= least
            }
        };
        is_copy.then(|| Link { a: a.id.clone(), b: b.id.clone(), body: show::written(&join) })
    }

    fn family(&self, items: &[Item], links: &[Link]) -> Vec<Finding> {
        let places = places(items);
        let joins: Vec<(usize, usize, Join)> = links
            .iter()
            .filter_map(|link| {
                let (a, b) = (*places.get(&link.a)?, *places.get(&link.b)?);
                Some((a, b, show::body(&link.body)?))
            })
            .collect();
        let strong = joins.iter().filter(|join| join.2.share() >= STRONG);
        let texts = groups(items.len(), strong.map(|&(a, b, _)| (a, b)));
        let mut findings: Vec<Finding> =
            texts.iter().map(|text| one_text(items, text, &joins)).collect();

        // Passages: once between two texts, however many papers carry either.
        let text_of = |place: usize| {
            texts.iter().position(|text| text.contains(&place)).map_or(place, |text| texts[text][0])
        };
        // With which texts each shares what may be standing text: little of either, or for some days. A
        // good part of a report goes from paper to paper for a day or two, however many carry it.
        let mut beside: Vec<Vec<usize>> = vec![Vec::new(); items.len()];
        for &(a, b, ref join) in &joins {
            let is_soon = items[a].days_from(&items[b]).is_some_and(|days| days <= ONE_STORY);
            if join.share() < STRONG && !(is_soon && join.share() >= WEAK) {
                beside[a].push(text_of(b));
                beside[b].push(text_of(a));
            }
        }
        let is_standing = |place: usize| {
            let mut texts = beside[place].clone();
            texts.sort_unstable();
            texts.dedup();
            texts.len() >= STANDING
        };
        let mut told = Vec::new();
        let mut weak: Vec<&(usize, usize, Join)> = joins.iter().collect();
        weak.sort_by_key(|(a, b, join)| (std::cmp::Reverse(join.words), *a, *b));
        for (a, b, join) in weak {
            let pair = (text_of(*a).min(text_of(*b)), text_of(*a).max(text_of(*b)));
            if pair.0 != pair.1 && !is_standing(*a) && !is_standing(*b) && !told.contains(&pair) {
                told.push(pair);
                findings.push(passages_carried(items, (*a, *b), join));
            }
        }
        findings
    }
}

fn round(share: f64) -> f64 {
    (share * 1000.0).round() / 1000.0
}

/// The agency whose text the report says it is.
fn credited(report: &Report) -> Option<&'static str> {
    let credits = report.not_text.iter().filter(|piece| piece.kind == NotTextKind::Credit);
    let credits = credits.map(|piece| piece.span.of(&report.text));
    // A credit line of a picture ("REUTERS/J. Doe") is no credit of the text: only a line that is
    // a name and little more counts.
    let credits =
        credits.filter(|credit| credit.split_whitespace().count() <= 4 && !credit.contains('/'));
    [
        report.outlet.as_deref(),
        report.dateline.as_ref().and_then(|dateline| dateline.agency.as_deref()),
        report.byline.as_ref().map(|byline| byline.name.as_str()),
    ]
    .into_iter()
    .flatten()
    .chain(credits)
    .find_map(agency)
}

/// The finding for reports that carry one text. `text` holds places in `items`, in order.
fn one_text(items: &[Item], text: &[usize], joins: &[(usize, usize, Join)]) -> Finding {
    let origin = origin(items, text);
    let base = origin.place;
    let within: Vec<&(usize, usize, Join)> = joins
        .iter()
        .filter(|(a, b, join)| join.share() >= STRONG && text.contains(a) && text.contains(b))
        .collect();
    let mut evidence = Vec::new();
    let mut copies = Vec::new();
    for &place in std::iter::once(&base).chain(text.iter().filter(|&&place| place != base)) {
        // Against the origin where the two were laid side by side, else against its best fellow.
        let best = within.iter().filter(|(a, b, _)| *a == place || *b == place).max_by_key(
            |(a, b, join)| ((*a == base || *b == base), join.words, usize::MAX - a - b),
        );
        let Some((a, b, join)) = best else { continue };
        let side = usize::from(*b == place);
        let longest = join
            .passages
            .iter()
            .max_by_key(|passage| (passage.own, usize::MAX - passage.a.start as usize));
        let role = if place == base { origin.role } else { "copy" };
        evidence.extend(longest.map(|passage| {
            let span = if side == 0 { passage.a } else { passage.b };
            show::evidence(&items[place].id, span, role)
        }));
        if place != base {
            let other = if side == 0 { *b } else { *a };
            let shares = (join.shares[side], join.shares[1 - side]);
            copies.push(json!({
                "of": items[other].id.report,
                "copy": items[place].id.report,
                "form": form(shares, join, side),
                "share_of_copy": shares.0,
                "share_of_other": shares.1,
                "words": join.words,
                "passages": aligned((&items[*a], &items[*b]), &join.passages),
            }));
        }
    }
    let whole = within.iter().all(|(_, _, join)| join.share() >= 0.8);
    let what = if whole { "the same text" } else { "much of the same text" };
    let credit = origin
        .agency
        .as_deref()
        .map_or_else(String::new, |agency| format!("; it is credited to {agency}"));
    let first = match origin.role {
        "earliest" => format!("; the earliest is {}", show::report(&items[base])),
        _ => format!("; the longest is {}", show::report(&items[base])),
    };
    let reading = format!(
        "{} carry {what}{}.",
        show::count_first(text.len(), "report", "reports"),
        if origin.is_agency() { credit } else { first },
    );
    let mut detail = Map::new();
    detail.insert(
        "reports".to_owned(),
        text.iter().map(|&place| items[place].id.report.as_str()).collect(),
    );
    detail.insert(
        "origin".to_owned(),
        json!({"report": items[base].id.report, "why": origin.role, "agency": origin.agency}),
    );
    detail.insert("copies".to_owned(), Value::Array(copies));
    // `tests/findings/simulation.rs`: of 201 pairs found, 200 were made copies. By hand, of the 7 among 9,389
    // real reports that were found, 6 were copies and one a gallery of pictures.
    Finding {
        kind: FindingKind::Copy,
        reading,
        confidence: if whole { 0.99 } else { 0.9 },
        evidence,
        detail,
    }
}

/// How one report carries another's text: `side` is the copy's.
fn form((of_copy, of_other): (f64, f64), join: &Join, side: usize) -> &'static str {
    let first =
        join.passages.iter().min_by_key(|passage| if side == 0 { passage.a } else { passage.b });
    let later = |passage: &Passage| passage.first[side] > 12;
    match (of_copy >= 0.95, of_other >= 0.95) {
        (true, true) => "same",
        (true, false) => "trimmed",
        (false, true) if first.is_some_and(later) => "other-lede",
        (false, true) => "extended",
        _ if first.is_some_and(later) => "other-lede",
        _ => "edited",
    }
}

/// Passages as `detail` has them; at most forty, the longest.
fn aligned((a, b): (&Item, &Item), passages: &[Passage]) -> Value {
    let mut longest: Vec<&Passage> = passages.iter().collect();
    longest.sort_by_key(|passage| (std::cmp::Reverse(passage.own), passage.a));
    longest.truncate(40);
    longest.sort_by_key(|passage| passage.a);
    longest
        .into_iter()
        .map(|passage| json!([show::place(&a.id, passage.a), show::place(&b.id, passage.b)]))
        .collect()
}

fn passages_carried(items: &[Item], (a, b): (usize, usize), join: &Join) -> Finding {
    // `items` are in order of publication, so the lesser place is the earlier.
    let (first, later) = (a.min(b), a.max(b));
    let side = |place: usize, passage: &Passage| if place == a { passage.a } else { passage.b };
    let mut longest: Vec<&Passage> = join.passages.iter().collect();
    longest.sort_by_key(|passage| (std::cmp::Reverse(passage.own), passage.a));
    let evidence: Vec<Evidence> = longest
        .iter()
        .take(3)
        .flat_map(|passage| {
            [(first, "earlier"), (later, "later")]
                .map(|(place, role)| show::evidence(&items[place].id, side(place, passage), role))
        })
        .collect();
    let reading = format!(
        "{} and {} share {} of {} words.",
        show::report(&items[first]),
        show::report(&items[later]),
        show::count(join.passages.len(), "passage", "passages"),
        join.words,
    );
    let mut detail = Map::new();
    detail.insert("form".to_owned(), json!("passages"));
    detail.insert("words".to_owned(), json!(join.words));
    let pick = |place: usize| join.shares[usize::from(place == b)];
    detail.insert("share_of_earlier".to_owned(), json!(pick(first)));
    detail.insert("share_of_later".to_owned(), json!(pick(later)));
    detail.insert("passages".to_owned(), aligned((&items[a], &items[b]), &join.passages));
    // `eval/calibration.csv`: .97; of 3 among 1,432 real reports 3 were passages of a text.
    Finding { kind: FindingKind::Copy, reading, confidence: 0.9, evidence, detail }
}

/// Where a text likely comes from.
struct Origin {
    /// The report that stands for it, as a place.
    place: usize,
    /// Why that one: "earliest" or "most-complete".
    role: &'static str,
    /// The agency that is credited.
    agency: Option<String>,
}

impl Origin {
    fn is_agency(&self) -> bool {
        self.agency.is_some()
    }
}

fn origin(items: &[Item], text: &[usize]) -> Origin {
    let bodies: Vec<Option<Body>> =
        text.iter().map(|&place| show::body(&items[place].body)).collect();
    let agency = bodies.iter().flatten().find_map(|body| body.agency.clone());
    let own = |at: usize| bodies[at].as_ref().map_or(0, |body| body.own);
    let is_agency_outlet =
        |place: usize| items[place].outlet.as_deref().and_then(crate::rules::agency).is_some();
    if let Some(&place) = text.iter().find(|&&place| is_agency_outlet(place)) {
        return Origin { place, role: "earliest", agency };
    }
    let first = items[text[0]].published;
    let tied = text.iter().filter(|&&place| items[place].published == first).count();
    if first.is_some() && tied == 1 {
        return Origin { place: text[0], role: "earliest", agency };
    }
    // One day, or no day, for several: the fullest of those.
    let fullest = (0..tied).max_by_key(|&at| (own(at), std::cmp::Reverse(at))).unwrap_or(0);
    Origin { place: text[fullest], role: "most-complete", agency }
}
