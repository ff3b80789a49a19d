//! Positions: what one speaker said on one topic, day after day, and what was new in the words.
//!
//! ```text
//! 3 May   Fenn: the northern quay will stay closed until every crane is inspected
//! 9 May   Fenn: the northern quay may open for ferries once half of the cranes are inspected
//!                                     ^^^^^^^^^^^^^^^^      ^^^^ new
//! → Orla Fenn on northern quay, cranes: two statements from 3 to 9 May.
//! ```
//!
//! A topic is what the statements share: two telling words or names that do not stand together. No
//! label of for or against. No findings: one utterance quoted again; statements of one day; reports
//! without a day. Not handled: a topic in other words ("truce", "ceasefire"); what a spokesperson
//! says for somebody.

mod moved;
mod said;

use crate::show;
use crate::words::key;
use crate::{Comparison, Item, Keyed, Link, Opened, Subject};
use onrecord_model::Finding;
use said::Said;

/// Days that may lie between two statements which are laid side by side: what is said on a port
/// in one year and in another is seldom one topic.
const NEXT: i64 = 45;

/// Telling words by which a statement can be found, in pairs.
const MOST_FOUND_BY: usize = 5;

/// Statements of one report that are kept, the first ones: an interview has hundreds.
const MOST_STATEMENTS: usize = 24;

/// The comparison.
#[derive(Debug)]
pub(crate) struct Positions;

impl Comparison for Positions {
    fn name(&self) -> &'static str {
        "positions"
    }

    fn keys(&self, subject: Subject<'_>) -> Vec<Keyed> {
        let statements = &subject.analysis.statements;
        let said = statements.iter().filter_map(|statement| Said::of(subject, statement));
        let said = said.take(MOST_STATEMENTS).enumerate();
        said.map(|(number, said)| {
            let surname = said.speaker.surname();
            let mut by: Vec<&str> = said.most_telling(MOST_FOUND_BY).map(|t| &*t.stem).collect();
            by.sort_unstable();
            let pairs = by.iter().enumerate().flat_map(|(place, a)| {
                let surname = &surname;
                by[place + 1..].iter().map(move |b| key("positions", &[surname, a, b]))
            });
            let keys = pairs.collect();
            Keyed::new(subject, number, show::written(&said), keys)
        })
        .collect()
    }

    fn open(&self, item: Item) -> Opened {
        let said: Option<Said> = show::body(&item.body);
        Opened::new(item, said)
    }

    fn lay(&self, a: &Opened, b: &Opened) -> Option<Link> {
        let (a, b) = Opened::ordered(a, b);
        let (left, right): (&Said, &Said) = (a.parts()?, b.parts()?);
        let (a, b) = (&a.item, &b.item);
        let days = left.days_to(right)?;
        ((1..=NEXT).contains(&days.abs())
            && left.is_one_speaker(right)
            && left.is_on_topic_of(right))
        .then(|| Link { a: a.id.clone(), b: b.id.clone(), body: String::new() })
    }

    fn family(&self, items: &[Item], links: &[Link]) -> Vec<Finding> {
        moved::positions(items, links)
    }
}
