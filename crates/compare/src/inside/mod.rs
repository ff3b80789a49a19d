//! Within one report: a headline that says what its report does not or quotes it in other words, a
//! speaker who does not fit.
//!
//! ```text
//! Crane Drivers Walk Out at Lorne          … the drivers would walk out if talks fail …
//! Vaals: "We will never sell the quay"     … "We will not sell the old quay," Vaals said …
//! Fenn will see to it, noted Fenn.         … between two statements of Vaals
//! ```
//!
//! All are kept narrow: what could be read otherwise is no finding. Not handled: headlines whose
//! body says the same in other words only; speakers named by their office.

mod headline;
mod lead;
mod speaker;
mod words_of;

use crate::show;
use crate::{Comparison, Item, ItemId, Keyed, Link, Opened, Subject};
use onrecord_model::{Finding, FindingKind, Span};
use serde::{Deserialize, Serialize};
use serde_json::{Map, json};

/// The comparison: its items are findings already, and meet nothing.
#[derive(Debug)]
pub(crate) struct Inside;

/// Something odd within one report.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Oddity {
    kind: FindingKind,
    /// Without the report's name, which stands before it.
    reading: String,
    confidence: f64,
    /// The words, each with its part.
    evidence: Vec<(Span, String)>,
    /// Why: the words of the headline that the body lacks, the other speaker.
    about: Vec<String>,
}

impl Comparison for Inside {
    fn name(&self) -> &'static str {
        "inside"
    }

    fn keys(&self, subject: Subject<'_>) -> Vec<Keyed> {
        let headline = headline::oddity(subject)
            .or_else(|| lead::oddity(subject))
            .or_else(|| words_of::oddity(subject));
        let oddities = headline.into_iter().chain(speaker::oddities(subject));
        let keyed = oddities.enumerate().map(|(number, oddity)| {
            let item = Item {
                id: ItemId { report: subject.name.to_owned(), number: number as u32 },
                published: subject.report.published_on(),
                outlet: subject.report.outlet.clone(),
                body: show::written(&oddity),
            };
            Keyed { item, keys: Vec::new() }
        });
        keyed.collect()
    }

    fn lay(&self, _: &Opened, _: &Opened) -> Option<Link> {
        None
    }

    fn family(&self, items: &[Item], _: &[Link]) -> Vec<Finding> {
        let finding = |item: &Item| {
            let oddity: Oddity = show::body(&item.body)?;
            let evidence = oddity.evidence.iter();
            let mut detail = Map::new();
            detail.insert("about".to_owned(), json!(oddity.about));
            Some(Finding {
                kind: oddity.kind,
                reading: format!("{} {}", show::report(item), oddity.reading),
                confidence: oddity.confidence,
                evidence: evidence
                    .map(|(span, role)| show::evidence(&item.id, *span, role))
                    .collect(),
                detail,
            })
        };
        items.iter().filter_map(finding).collect()
    }
}
