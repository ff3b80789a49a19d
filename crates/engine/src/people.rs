//! Who is one person, once all reports are read: names listed under names.
//!
//! ```text
//! names that were touched → all who share the surname → which are one → listed so
//! ```
//!
//! Only names that new reports brought or used are looked at, each surname once, so the cost of a
//! report stays flat.

use crate::Error;
use onrecord_compare::{Namesake, listed_as};
use onrecord_ledger::Ledger;
use std::collections::{BTreeMap, BTreeSet};

/// Names looked at in one transaction.
const NAMES_A_BATCH: usize = 1_000;

/// Lists every name that may be listed otherwise since the last look, those left by an interrupted
/// run too.
pub(crate) fn settle(ledger: &mut Ledger) -> Result<(), Error> {
    loop {
        let mut batch = ledger.begin()?;
        let touched = batch.touched_names(NAMES_A_BATCH)?;
        if touched.is_empty() {
            return Ok(());
        }
        let mut seen: BTreeSet<i64> = BTreeSet::new();
        for name in touched {
            if seen.contains(&name) {
                continue;
            }
            let kin = batch.namesakes(name)?;
            let place: BTreeMap<i64, usize> =
                kin.iter().enumerate().map(|(place, one)| (one.id, place)).collect();
            let names: Vec<Namesake> = kin
                .iter()
                .map(|one| Namesake {
                    name: one.name.clone(),
                    statements: one.statements,
                    reports: one.reports,
                    roles: one.roles.clone(),
                    spellings: one
                        .spellings
                        .iter()
                        .filter_map(|id| place.get(id).copied())
                        .collect(),
                })
                .collect();
            let under = listed_as(&names).into_iter().map(|place| kin[place].id);
            let listed: Vec<(i64, i64)> = kin.iter().map(|one| one.id).zip(under).collect();
            batch.list_names(&listed)?;
            seen.extend(listed.iter().map(|(name, _)| *name));
        }
        batch.commit()?;
    }
}
