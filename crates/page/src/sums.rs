//! What takes a walk over the whole record, worked out once and kept until the record changes.
//!
//! ```text
//! sums(ledger)      what was worked out last; the first time, now
//! refresh(ledger)   worked out anew if the record has changed; called beside the answering
//! ```
//!
//! So an answer costs the same however much is in the record, and reading goes on while `read`
//! writes: lists that sum the whole record follow a moment later.

use onrecord_engine::Error;
use onrecord_engine::brief::{Brief, brief};
use onrecord_engine::ledger::{Day, DayCount, Kin, Ledger, Measure, StoredFinding, Wanted};
use onrecord_model::FindingKind;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Lengths of the overview's lists.
const TOP: usize = 12;

/// Measures that are kept: the first of them count.
const MEASURES: usize = 20_000;

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
    /// What is counted, in most reports first.
    pub(crate) measures: Vec<Measure>,
    /// Quotations in several reports by their first place, those in most first.
    pub(crate) quotations: Vec<Kin>,
    /// Days of which reports speak, in order of time.
    pub(crate) days: Vec<Day>,
    /// Copies, and reports that rest on one source.
    pub(crate) copies: Vec<StoredFinding>,
}

impl Sums {
    fn of(ledger: &Ledger, state: Vec<i64>) -> Result<Self, Error> {
        let kinds = vec![FindingKind::Copy, FindingKind::SingleOrigin];
        let copies = Wanted { kinds, ..Wanted::default() };
        Ok(Self {
            state,
            brief: brief(ledger, TOP)?,
            reports: ledger.days()?,
            outlets: ledger.outlets(usize::MAX)?.rows,
            measures: ledger.measures_of("", MEASURES, 0)?.rows,
            quotations: ledger.kindred("quotations")?,
            days: ledger.days_told(usize::MAX, 0)?.rows,
            copies: ledger.findings_of(&copies, COPIES, 0)?.rows,
        })
    }
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
