//! What takes a walk over the whole record, worked out once and kept until the record changes.
//!
//! ```text
//! sums(ledger)      what was worked out last; the first time, now
//! refresh(ledger)   worked out anew if the record has changed; called beside the answering
//! ```
//!
//! So an answer costs the same however much is in the record, and reading goes on while `read`
//! writes: lists that sum the whole record follow a moment later.

use crate::data::Finding;
use crate::quoted::Quoted;
use onrecord_engine::Error;
use onrecord_engine::brief::{self, Brief, Moment, Series, brief};
use onrecord_engine::ledger::{Day, DayCount, Kin, Ledger, Measure, Place, Speaker, Wanted};
use onrecord_model::{ActorType, Date, FindingKind};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Lengths of the overview's lists.
const TOP: usize = 12;

/// What is counted in the same words: the first of it counts.
const COUNTED: usize = 20_000;

/// Figures of one thing from which on their order is kept.
const MANY: usize = 500;

/// Measures that are kept, the most contested first.
const MEASURES: usize = 2_000;

/// Moments whose events are kept, those of which most reports tell: to join all that is told of a
/// busy day takes some milliseconds.
const MOMENTS: usize = 500;

/// Events of another moment that are looked through for its line in a list.
const GLIMPSE: usize = 16;

/// Other moments that are kept once they were asked for.
const ASKED: usize = 2_000;

/// Findings of copies that the picture of all copies is drawn from.
const COPIES: usize = 2_000;

/// Sums over a record.
#[derive(Debug)]
pub(crate) struct Sums {
    state: Vec<i64>,
    pub(crate) brief: Brief,
    /// Reports by day and outlet.
    pub(crate) reports: Vec<DayCount>,
    /// Outlets with most reports first.
    pub(crate) outlets: Vec<(String, usize)>,
    /// What several reports count.
    pub(crate) measures: Measures,
    /// What is counted over all statements of those who are quoted most.
    quoted: BTreeMap<(ActorType, String), Arc<Quoted>>,
    /// Quotations in several reports by their first place, those in most first.
    pub(crate) quotations: Vec<Kin>,
    /// Days of which reports speak, in order of time.
    pub(crate) days: Vec<Day>,
    /// Moments of which reports tell what happened, those of which most tell first.
    pub(crate) moments: Vec<Heard>,
    /// Events that stand on one line with those of other reports, by where they are told: in how
    /// many places besides.
    pub(crate) told: BTreeMap<Place, usize>,
    /// What was told of other moments that were asked for.
    asked: Mutex<BTreeMap<String, Arc<Moment>>>,
    /// And the first of what was told of moments in a list.
    glimpsed: Mutex<BTreeMap<String, Arc<Moment>>>,
    /// Copies, and reports that rest on one source.
    pub(crate) copies: Vec<Finding>,
}

/// A moment of which reports tell; with what they tell, where that is kept.
#[derive(Debug, Clone)]
pub(crate) struct Heard {
    /// As a TIMEX3 value; none for what has no date.
    pub(crate) when: Option<String>,
    /// Of what has no date: the day of the reports that tell it.
    pub(crate) told_on: Option<Date>,
    pub(crate) events: usize,
    pub(crate) reports: usize,
    pub(crate) moment: Option<Arc<Moment>>,
}

impl Heard {
    /// Longer stretches before the days in them, what is only told by a day after that day.
    pub(crate) fn order(&self) -> impl Ord + use<> {
        let time = match &self.when {
            Some(when) => brief::in_time(when),
            None => (self.told_on.is_none(), self.told_on, 9),
        };
        (time, self.when.clone())
    }
}

/// What several reports count, and what is counted besides; no figure is in both.
#[derive(Debug)]
pub(crate) struct Measures {
    /// The most contested first.
    pub(crate) all: Vec<Series>,
    /// What is counted in the same words, in most reports first, with how often besides.
    pub(crate) besides: Vec<Measure>,
    /// Figures of measures by what they count, in small letters, and its unit.
    within: BTreeMap<(String, Option<String>), Within>,
    /// Numbers of the figures besides of what is counted very often, in order of publication.
    figures: BTreeMap<(String, Option<String>), Arc<[i64]>>,
    /// Which measure the figure of a report is of that begins at a code point.
    by_place: BTreeMap<(String, u32), usize>,
}

/// Figures that count something in the same words and are of measures.
#[derive(Debug, Default)]
pub(crate) struct Within {
    /// Their numbers in the record.
    pub(crate) figures: Vec<i64>,
    /// Of which measures, by their places in the list of all.
    pub(crate) measures: BTreeSet<usize>,
}

/// Figures that are of no measure; all, if each is of one.
fn rest(all: Vec<i64>, within: Option<&Within>) -> Vec<i64> {
    let Some(within) = within else { return all };
    let elsewhere: BTreeSet<i64> = within.figures.iter().copied().collect();
    let rest: Vec<i64> = all.iter().copied().filter(|id| !elsewhere.contains(id)).collect();
    if rest.is_empty() { all } else { rest }
}

impl Measures {
    fn of(ledger: &Ledger) -> Result<Self, Error> {
        let all = brief::measures(ledger, MEASURES)?.rows;
        let mut within: BTreeMap<(String, Option<String>), Within> = BTreeMap::new();
        let mut by_place = BTreeMap::new();
        for (number, series) in all.iter().enumerate() {
            for (given, place) in series.measure.series.iter().zip(&series.places) {
                by_place.entry((given.report.clone(), place.start)).or_insert(number);
                let Some(at) = ledger.figure_at(&given.report, place.start)? else { continue };
                let Some(counted) = at.counted else { continue };
                let within = within.entry((counted.to_lowercase(), at.unit)).or_default();
                within.figures.push(at.id);
                within.measures.insert(number);
            }
        }
        let mut figures: BTreeMap<(String, Option<String>), Arc<[i64]>> = BTreeMap::new();
        let mut besides = Vec::new();
        for mut measure in ledger.measures_of("", COUNTED, 0)?.rows {
            let key = (measure.counted.to_lowercase(), measure.unit.clone());
            if measure.figures > MANY {
                let all = ledger.figure_ids(&measure.counted, measure.unit.as_deref())?;
                figures.insert(key.clone(), rest(all, within.get(&key)).into());
            }
            if let Some(Within { figures, .. }) = within.get(&key) {
                let unit = measure.unit.as_deref();
                let counts = ledger.figures_besides(&measure.counted, unit, figures)?;
                (measure.figures, measure.reports) = counts;
            }
            if measure.figures > 0 {
                besides.push(measure);
            }
        }
        besides.sort_by(|x, y| {
            (y.reports, y.figures)
                .cmp(&(x.reports, x.figures))
                .then_with(|| (&x.counted, &x.unit).cmp(&(&y.counted, &y.unit)))
        });
        Ok(Self { all, besides, within, figures, by_place })
    }

    /// Which measure a figure is of.
    pub(crate) fn at(&self, report: &str, start: u32) -> Option<usize> {
        self.by_place.get(&(report.to_owned(), start)).copied()
    }

    /// Numbers of the figures that count this and are of no measure, in order of publication.
    pub(crate) fn figures(
        &self,
        ledger: &Ledger,
        counted: &str,
        unit: Option<&str>,
    ) -> Result<Arc<[i64]>, Error> {
        let key = (counted.to_lowercase(), unit.map(str::to_owned));
        match self.figures.get(&key) {
            Some(kept) => Ok(Arc::clone(kept)),
            None => Ok(rest(ledger.figure_ids(counted, unit)?, self.within.get(&key)).into()),
        }
    }

    /// The figures that count this and are of measures.
    pub(crate) fn within(&self, counted: &str, unit: Option<&str>) -> Option<&Within> {
        self.within.get(&(counted.to_lowercase(), unit.map(str::to_owned)))
    }
}

impl Sums {
    /// What is counted over all statements of a speaker.
    pub(crate) fn quoted(&self, ledger: &Ledger, speaker: &Speaker) -> Result<Arc<Quoted>, Error> {
        match self.quoted.get(&(speaker.kind, speaker.name.clone())) {
            Some(quoted) => Ok(Arc::clone(quoted)),
            None => Ok(Arc::new(Quoted::of(ledger, speaker)?)),
        }
    }

    /// Counts the reports of speakers with several names.
    pub(crate) fn count_reports(
        &self,
        ledger: &Ledger,
        speakers: &mut [Speaker],
    ) -> Result<(), Error> {
        for speaker in speakers.iter_mut().filter(|speaker| !speaker.also.is_empty()) {
            speaker.reports = match self.quoted.get(&(speaker.kind, speaker.name.clone())) {
                Some(quoted) => quoted.reports,
                None => ledger.reports_of(&speaker.name, speaker.kind)?,
            };
        }
        Ok(())
    }

    /// What is told of a moment.
    pub(crate) fn moment(&self, ledger: &Ledger, when: &str) -> Result<Arc<Moment>, Error> {
        let kept = self.moments.iter().find(|heard| heard.when.as_deref() == Some(when));
        if let Some(moment) = kept.and_then(|heard| heard.moment.clone()) {
            return Ok(moment);
        }
        if let Some(moment) = held(&self.asked).get(when) {
            return Ok(Arc::clone(moment));
        }
        let moment = Arc::new(brief::moment(ledger, when)?);
        let mut asked = held(&self.asked);
        if asked.len() < ASKED {
            asked.insert(when.to_owned(), Arc::clone(&moment));
        }
        Ok(moment)
    }

    /// The first that is told of a moment, for a line of a list of many.
    pub(crate) fn glimpse(&self, ledger: &Ledger, heard: &Heard) -> Result<Arc<Moment>, Error> {
        if let Some(moment) = &heard.moment {
            return Ok(Arc::clone(moment));
        }
        let when = heard.when.as_deref().unwrap_or_default();
        for known in [&self.asked, &self.glimpsed] {
            if let Some(moment) = held(known).get(when) {
                return Ok(Arc::clone(moment));
            }
        }
        let moment = Arc::new(brief::glimpse(ledger, when, GLIMPSE)?);
        let mut glimpsed = held(&self.glimpsed);
        if glimpsed.len() < ASKED {
            glimpsed.insert(when.to_owned(), Arc::clone(&moment));
        }
        Ok(moment)
    }

    fn of(ledger: &Ledger, state: Vec<i64>) -> Result<Self, Error> {
        let kinds = vec![FindingKind::Copy, FindingKind::SingleOrigin];
        let copies = Wanted { kinds, ..Wanted::default() };
        let quoted = Quoted::of_many(ledger)?;
        let moments = moments(ledger)?;
        let kept = moments.iter().filter_map(|heard| heard.moment.as_ref());
        let lines = kept.flat_map(|moment| &moment.lines).filter(|line| line.reports() > 1);
        let told = lines.flat_map(|line| {
            let others = line.events.len() - 1;
            line.events.iter().map(move |place| (place.clone(), others))
        });
        let told = told.collect();
        let brief = brief(ledger, TOP)?;
        let measures = Measures::of(ledger)?;
        Ok(Self {
            state,
            brief,
            reports: ledger.days()?,
            outlets: ledger.outlets(usize::MAX)?.rows,
            measures,
            quoted: quoted.into_iter().map(|(who, quoted)| (who, Arc::new(quoted))).collect(),
            quotations: ledger.kindred("quotations")?,
            days: ledger.days_told(usize::MAX, 0)?.rows,
            moments,
            told,
            asked: Mutex::default(),
            glimpsed: Mutex::default(),
            copies: ledger.findings_of(&copies, COPIES, 0)?.rows.iter().map(Finding::of).collect(),
        })
    }
}

/// All moments of which reports tell; of a single story also what has no date. Of those that are
/// kept, first the ones with an event that most reports tell: a year has much in it, and little
/// that is one thing.
fn moments(ledger: &Ledger) -> Result<Vec<Heard>, Error> {
    let mut all: Vec<Heard> = Vec::new();
    for (number, found) in ledger.moments(usize::MAX)?.rows.into_iter().enumerate() {
        let moment = match number < MOMENTS {
            true => Some(Arc::new(brief::moment(ledger, &found.when)?)),
            false => None,
        };
        let (events, reports) = (found.events, found.reports);
        all.push(Heard { when: Some(found.when), told_on: None, events, reports, moment });
    }
    all.sort_by_cached_key(|heard: &Heard| {
        let told = heard.moment.as_ref().and_then(|moment| moment.lines.first());
        let is_day = heard.when.as_ref().is_some_and(|when| when.len() == 10);
        told.map_or((true, true, true, Reverse(0)), |line| {
            let is_shared_day = is_day && line.reports() > 1;
            (false, line.is_mention, !is_shared_day, Reverse(line.reports()))
        })
    });
    for moment in brief::undated(ledger)? {
        let (told_on, reports) = (moment.told_on, moment.reports);
        let events = moment.lines.len() + moment.more;
        all.push(Heard { when: None, told_on, events, reports, moment: Some(Arc::new(moment)) });
    }
    Ok(all)
}

/// The sums that were worked out last.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    last: Mutex<Option<Arc<Sums>>>,
    /// Held while they are worked out, so that it is done once.
    work: Mutex<()>,
}

/// Nothing is left half done in what these guard.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Kept {
    pub(crate) fn sums(&self, ledger: &Ledger) -> Result<Arc<Sums>, Error> {
        if let Some(sums) = &*held(&self.last) {
            return Ok(Arc::clone(sums));
        }
        self.refresh(ledger)?;
        let last = held(&self.last);
        Ok(Arc::clone(last.as_ref().expect("a refresh without an error leaves sums")))
    }

    pub(crate) fn refresh(&self, ledger: &Ledger) -> Result<(), Error> {
        let _work = held(&self.work);
        let state = ledger.state()?;
        if held(&self.last).as_ref().is_some_and(|last| last.state == state) {
            return Ok(());
        }
        let sums = Arc::new(Sums::of(ledger, state)?);
        *held(&self.last) = Some(sums);
        Ok(())
    }
}
