//! Reports into the record: read, analyse, keep, compare.
//!
//! ```text
//! a thread reads  →  all cores analyse  →  this thread writes, a transaction a chunk
//! then, for each family of things that the new reports joined: what does it show now?
//! ```
//!
//! Chunks of reports pass through bounded channels, so memory stays flat however long the input.
//! A report that the record holds already is not analysed again.

use crate::{CHUNK, Error};
use onrecord_analyse::{VERSION, analyse};
use onrecord_compare::{
    Comparison, Item, ItemId, Keyed, Link, Opened, Subject, comparisons, each_detail_span,
};
use onrecord_ledger::{
    Batch, Family, ITEMS_KEPT, Known, Ledger, Limits, Met, NewItem, NewReport, Place, Put,
    StoredItem, StoredLink,
};
use onrecord_model::{Analysis, CodePoints, Finding, Report};
use onrecord_read::{Inputs, Options, Skipped};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::sync::{Arc, LazyLock};

/// Items of other reports that one item is laid beside, at most.
const NEIGHBOURS: usize = 64;

/// Items of other reports that are kept at hand, some two kilobytes each.
const AT_HAND: usize = 40_000;

/// An item that is made ready when it is first laid beside another.
type ToOpen = Arc<LazyLock<Opened, Box<dyn FnOnce() -> Opened + Send>>>;

fn to_open(comparison: &'static dyn Comparison, item: Item) -> ToOpen {
    Arc::new(LazyLock::new(Box::new(move || comparison.open(item))))
}

/// Items by their number in the record; those not asked for lately are let go.
#[derive(Default)]
struct AtHand {
    lately: FxHashMap<i64, ToOpen>,
    before: FxHashMap<i64, ToOpen>,
}

impl AtHand {
    fn get(&mut self, id: i64) -> Option<ToOpen> {
        if let Some(item) = self.lately.get(&id) {
            return Some(Arc::clone(item));
        }
        let item = self.before.remove(&id)?;
        self.keep(id, Arc::clone(&item));
        Some(item)
    }

    fn keep(&mut self, id: i64, item: ToOpen) {
        if self.lately.len() >= AT_HAND / 2 {
            self.before = std::mem::take(&mut self.lately);
        }
        self.lately.insert(id, item);
    }
}

/// Families looked at in one transaction.
const FAMILIES_A_BATCH: usize = 1_000;

/// How far reading has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// So many reports are in the record or passed over.
    Read {
        /// Reports so far.
        reports: usize,
        /// Files begun.
        files: usize,
    },
    /// All are read; families of like things are laid side by side.
    Comparing {
        /// Families so far.
        families: usize,
    },
}

/// What came of a reading.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct Summary {
    /// Reports that were not in the record.
    pub new: usize,
    /// Reports that were there already.
    pub same: usize,
    /// Reports whose text or data changed; the old ones stay as older revisions.
    pub revised: usize,
    /// Reports analysed anew with this version of the rules.
    pub reanalysed: usize,
    /// Reports there already, analysed by an older version and left so.
    pub older_analysis: usize,
    /// Reports that could not be read.
    pub skipped: usize,
}

impl Summary {
    /// Reports that were looked at.
    pub fn reports(&self) -> usize {
        self.new + self.same + self.revised + self.reanalysed + self.older_analysis + self.skipped
    }
}

/// One report on its way through the phases.
enum Step {
    Read(Box<Report>, Option<String>),
    Skipped(Skipped),
    Same,
    Older,
}

/// One report ready for the record.
enum Ready {
    Report(Box<Analysed>),
    Skipped(Skipped),
    Same,
    Older,
}

struct Analysed {
    report: Report,
    folder: Option<String>,
    analysis: Analysis,
    /// For each comparison, the report's items.
    items: Vec<Vec<Keyed>>,
}

/// A chunk of steps, and how many files were begun before its end.
type Chunk<T> = Result<(Vec<T>, usize), Error>;

/// Reads every input into the record. `is_again`: analyse anew what an older version analysed.
/// `skipped` hears of each report that cannot be read, `watch` how far it has come.
///
/// # Errors
/// If the record cannot be written. What was committed before stays.
pub fn record(
    ledger: &mut Ledger,
    inputs: &Inputs,
    options: &Options,
    is_again: bool,
    mut skipped: impl FnMut(&Skipped),
    mut watch: impl FnMut(Progress),
) -> Result<Summary, Error> {
    let mut summary = Summary::default();
    let mut known = AtHand::default();
    let path = ledger.path().to_owned();
    std::thread::scope(|scope| {
        let (to_analyse, read) = sync_channel(2);
        let (to_write, analysed) = sync_channel(2);
        scope.spawn(move || read_all(inputs, options, &path, is_again, &to_analyse));
        scope.spawn(move || analyse_all(&read, &to_write));
        for chunk in analysed {
            let (chunk, files) = chunk?;
            write_chunk(ledger, chunk, &mut summary, &mut known, &mut skipped)?;
            watch(Progress::Read { reports: summary.reports(), files });
        }
        Ok::<(), Error>(())
    })?;
    ledger.write_keys()?;
    settle(ledger, watch)?;
    crate::people::settle(ledger)?;
    ledger.checkpoint()?;
    Ok(summary)
}

/// The reading thread. Ends when the input does, or when nobody listens any more.
fn read_all(
    inputs: &Inputs,
    options: &Options,
    path: &Path,
    is_again: bool,
    to_analyse: &SyncSender<Chunk<Step>>,
) {
    let known = match Ledger::open_read_only(path) {
        Ok(known) => known,
        Err(error) => return drop(to_analyse.send(Err(error.into()))),
    };
    let mut chunk = Vec::with_capacity(CHUNK);
    let mut files = 0;
    for input in &inputs.files {
        files += 1;
        let folder = input.folder.as_ref().map(|folder| folder.to_string_lossy().into_owned());
        for report in onrecord_read::reports(input, options) {
            chunk.push(match report {
                Ok(report) => Step::Read(Box::new(report), folder.clone()),
                Err(skipped) => Step::Skipped(skipped),
            });
            if chunk.len() == CHUNK {
                let full = std::mem::replace(&mut chunk, Vec::with_capacity(CHUNK));
                if to_analyse.send(look_up(&known, full, is_again).map(|c| (c, files))).is_err() {
                    return;
                }
            }
        }
    }
    // An error on the other side is told there.
    let _ = to_analyse.send(look_up(&known, chunk, is_again).map(|chunk| (chunk, files)));
}

/// Leaves out what the record holds already.
fn look_up(ledger: &Ledger, mut chunk: Vec<Step>, is_again: bool) -> Result<Vec<Step>, Error> {
    let reports: Vec<(&Report, Option<&str>)> = chunk
        .iter()
        .filter_map(|step| match step {
            Step::Read(report, folder) => Some((report.as_ref(), folder.as_deref())),
            _ => None,
        })
        .collect();
    let known = ledger.known(&reports, VERSION)?;
    let read = chunk.iter_mut().filter(|step| matches!(step, Step::Read(..)));
    for (step, known) in read.zip(known) {
        match known {
            Known::Same => *step = Step::Same,
            Known::OtherVersion if !is_again => *step = Step::Older,
            Known::No | Known::Changed | Known::OtherVersion => {}
        }
    }
    Ok(chunk)
}

/// The analysing thread, which sets all cores to work on each chunk.
fn analyse_all(read: &Receiver<Chunk<Step>>, to_write: &SyncSender<Chunk<Ready>>) {
    for chunk in read {
        let chunk = chunk.map(|(steps, files)| {
            let ready: Vec<Ready> = steps
                .into_par_iter()
                .map(|step| match step {
                    Step::Read(report, folder) => {
                        Ready::Report(Box::new(analysed(*report, folder)))
                    }
                    Step::Skipped(skipped) => Ready::Skipped(skipped),
                    Step::Same => Ready::Same,
                    Step::Older => Ready::Older,
                })
                .collect();
            (ready, files)
        });
        if to_write.send(chunk).is_err() {
            return;
        }
    }
}

fn analysed(report: Report, folder: Option<String>) -> Analysed {
    let analysis = analyse(&report);
    // The record gives the name when it takes the report.
    let subject = Subject { name: "", report: &report, analysis: &analysis };
    let items = |comparison: &&dyn Comparison| {
        let mut items = comparison.keys(subject);
        items.truncate(ITEMS_KEPT);
        items
    };
    let items = comparisons().iter().map(items).collect();
    Analysed { report, folder, analysis, items }
}

fn write_chunk(
    ledger: &mut Ledger,
    chunk: Vec<Ready>,
    summary: &mut Summary,
    known: &mut AtHand,
    skipped: &mut impl FnMut(&Skipped),
) -> Result<(), Error> {
    let mut batch = ledger.begin()?;
    let (give, take) = channel::<(usize, Vec<Laid>)>();
    // Reports that were put in anew, and how many of the chunk came before.
    let mut renewed: Vec<(usize, String)> = Vec::new();
    // This thread writes; all cores lay side by side what has met so far.
    rayon::in_place_scope(|cores| {
        for (number, ready) in chunk.into_iter().enumerate() {
            let analysed = match ready {
                Ready::Report(analysed) => *analysed,
                Ready::Same => {
                    summary.same += 1;
                    continue;
                }
                Ready::Older => {
                    summary.older_analysis += 1;
                    continue;
                }
                Ready::Skipped(why) => {
                    summary.skipped += 1;
                    skipped(&why);
                    continue;
                }
            };
            let Analysed { report, folder, analysis, items } = analysed;
            let folder = folder.as_deref();
            let put = batch.put(&NewReport { report: &report, folder, analysis: &analysis })?;
            match put {
                Put::New(_) => summary.new += 1,
                Put::Same(_) => summary.same += 1,
                Put::Revised { .. } => summary.revised += 1,
                Put::Reanalysed(_) => summary.reanalysed += 1,
            }
            if matches!(put, Put::Revised { .. } | Put::Reanalysed(_)) {
                // What it had is gone, and so may be the numbers of its items.
                renewed.push((number, put.name().to_owned()));
                *known = AtHand::default();
            }
            if put.is_change() {
                let mut meetings: Vec<Meeting> = Vec::new();
                for (comparison, items) in comparisons().iter().zip(items) {
                    meetings.extend(meet(&mut batch, *comparison, put.name(), items, known)?);
                }
                let give = give.clone();
                cores.spawn(move |_| {
                    let links = meetings.into_iter().flat_map(Meeting::links).collect();
                    // Who takes them waits for the last.
                    let _ = give.send((number, links));
                });
            }
        }
        Ok::<(), Error>(())
    })?;
    let mut laid: Vec<(usize, Vec<Laid>)> = take.try_iter().collect();
    laid.sort_by_key(|&(number, _)| number);
    for (number, links) in laid {
        for (a, b, link) in links {
            let is_gone = |(before, name): &(usize, String)| {
                number < *before && [&link.a.report, &link.b.report].contains(&name)
            };
            if !renewed.iter().any(is_gone) {
                batch.put_link(a, b, &link.body)?;
            }
        }
    }
    batch.commit()?;
    Ok(())
}

/// Two items that belong together, by their numbers in the record, and how.
type Laid = (i64, i64, Link);

/// An item and those of other reports that share a key with it, with their numbers in the record.
struct Meeting {
    comparison: &'static dyn Comparison,
    item: (i64, ToOpen),
    others: Vec<(i64, ToOpen)>,
}

impl Meeting {
    /// Whom the item belongs together with, by their numbers.
    fn links(self) -> impl Iterator<Item = Laid> {
        let Self { comparison, item: (own, item), others } = self;
        others.into_iter().filter_map(move |(number, other)| {
            // What one report says twice is its own affair.
            let is_own = other.item.id.report == item.item.id.report;
            let link = if is_own { None } else { comparison.lay(&item, &other) };
            link.map(|link| (own, number, link))
        })
    }
}

/// Keeps a report's items for one comparison, and finds whom each meets.
fn meet(
    batch: &mut Batch<'_>,
    comparison: &'static dyn Comparison,
    report: &str,
    items: Vec<Keyed>,
    known: &mut AtHand,
) -> Result<Vec<Meeting>, Error> {
    if items.is_empty() {
        return Ok(Vec::new());
    }
    let (items, new): (Vec<Item>, Vec<NewItem>) = items
        .into_iter()
        .map(|Keyed { item, keys }| {
            let new = NewItem { number: item.id.number, body: item.body.clone(), keys };
            (item, new)
        })
        .unzip();
    let limits = Limits { most_days: comparison.most_days(), most: NEIGHBOURS };
    let met = batch.meet(comparison.name(), report, &new, limits)?;
    let mut meetings = Vec::new();
    for (mut item, Met { id: own, others: ids }) in items.into_iter().zip(met) {
        if ids.is_empty() {
            continue;
        }
        report.clone_into(&mut item.id.report);
        let mut others: Vec<(i64, ToOpen)> = Vec::with_capacity(ids.len());
        let mut missing: Vec<i64> = Vec::new();
        for id in ids {
            match known.get(id) {
                Some(other) => others.push((id, other)),
                None => missing.push(id),
            }
        }
        for (id, other) in batch.items(&missing)? {
            let other = to_open(comparison, as_item(other));
            known.keep(id, Arc::clone(&other));
            others.push((id, other));
        }
        // Who has met others is soon met by the next.
        let item = to_open(comparison, item);
        known.keep(own, Arc::clone(&item));
        meetings.push(Meeting { comparison, item: (own, item), others });
    }
    Ok(meetings)
}

/// Looks anew at every family that changed, those left by an interrupted run too, and keeps what
/// each shows now.
fn settle(ledger: &mut Ledger, mut watch: impl FnMut(Progress)) -> Result<(), Error> {
    if !ledger.is_touched()? {
        return Ok(());
    }
    let mut families = 0;
    for comparison in comparisons() {
        loop {
            let mut batch = ledger.begin()?;
            let touched = batch.touched(comparison.name(), FAMILIES_A_BATCH)?;
            if touched.is_empty() {
                batch.commit()?;
                break;
            }
            let mut seen = BTreeSet::new();
            let mut changed: Vec<(Vec<Item>, Vec<Link>)> = Vec::new();
            for place in touched {
                if seen.contains(&place) {
                    continue;
                }
                let Family { items, links, .. } = batch.family_of(comparison.name(), &place)?;
                seen.extend(items.iter().map(|item| item.place.clone()));
                let link =
                    |link: StoredLink| Link { a: as_id(link.a), b: as_id(link.b), body: link.body };
                changed.push((
                    items.into_iter().map(as_item).collect(),
                    links.into_iter().map(link).collect(),
                ));
            }
            let shown: Vec<Vec<Finding>> =
                changed.par_iter().map(|(items, links)| comparison.family(items, links)).collect();
            for ((items, _), mut findings) in changed.iter().zip(shown) {
                for finding in &mut findings {
                    in_code_points(&batch, finding)?;
                }
                let places: Vec<Place> = items.iter().map(|item| as_place(&item.id)).collect();
                batch.replace_findings(comparison.name(), &places, &findings)?;
                families += 1;
            }
            batch.commit()?;
            watch(Progress::Comparing { families });
        }
    }
    Ok(())
}

/// Spans in a finding's detail count code points, as all do that leave OnRecord.
fn in_code_points(ledger: &Ledger, finding: &mut Finding) -> Result<(), Error> {
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    each_detail_span(&mut finding.detail, &mut |report, span| {
        texts.insert(report.to_owned(), String::new());
        [span.start, span.end]
    });
    for (name, text) in &mut texts {
        *text = ledger.text(name)?.unwrap_or_default();
    }
    let points: BTreeMap<&str, CodePoints<'_>> =
        texts.iter().map(|(name, text)| (name.as_str(), CodePoints::new(text))).collect();
    each_detail_span(&mut finding.detail, &mut |report, span| points[report].span(span));
    Ok(())
}

pub(crate) fn as_item(stored: StoredItem) -> Item {
    Item {
        id: as_id(stored.place),
        published: stored.published,
        outlet: stored.outlet,
        body: stored.body,
    }
}

pub(crate) fn as_id(place: Place) -> ItemId {
    ItemId { report: place.report, number: place.number }
}

fn as_place(id: &ItemId) -> Place {
    Place { report: id.report.clone(), number: id.number }
}
