//! Several reports side by side: what is copied, whose words changed, which figures differ.
//!
//! A comparison is three pure functions, so that one contract runs on one machine and on many:
//!
//! ```text
//! keys(subject)         → items with their keys    what could be the same shares a key
//! compare(item, item)   → link or nothing          within one key
//! family(items, links)  → findings                 within one connected family
//! ```
//!
//! Whoever runs them (the ledger here, an engine elsewhere) groups items by key, calls `compare`
//! on pairs that share one, joins linked items into families, and calls `family` on each. The
//! order in which reports arrive changes nothing. [`findings`] does so in memory, and is the
//! reference for every other way:
//!
//! - Under one key an item meets only its [`WINDOW`] neighbours on either side in [`order`], and
//!   none of its own report.
//! - An item without keys meets nothing and is a family by itself: what shows within one report.
//! - An item with keys and no link is in no family.

mod align;
mod copies;
pub mod draft;
mod events;
mod figures;
mod inside;
mod names;
mod packed;
mod positions;
mod quotations;
mod quoted;
mod rules;
mod run;
mod show;
mod sourcing;
mod stories;
pub mod synonyms;
mod words;

pub use events::is_same_day;
pub use figures::draft as draft_figures;
pub use figures::{Given, Measure, measures};
pub use names::{Namesake, listed_as, surname};
pub use quotations::{Piece, Reading, readings};
pub use run::{WINDOW, all_measures, findings, order, run, worst_first};
pub use stories::word_levels;

use onrecord_model::{Analysis, Date, Finding, Report, Span};
use serde::{Deserialize, Serialize};
use std::any::Any;

/// One report as the comparisons see it.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// Its name in the record: `004`, `003#2`. Findings call it so.
    pub name: &'a str,
    /// What was read.
    pub report: &'a Report,
    /// What stands in it.
    pub analysis: &'a Analysis,
}

/// Which item: the report it is from, and its number there within one comparison.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ItemId {
    /// The report's name in the record.
    pub report: String,
    /// Number within the report, from 0.
    pub number: u32,
}

/// Something in one report that may meet its like in another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Which one.
    pub id: ItemId,
    /// When its report was published.
    pub published: Option<Date>,
    /// The report's outlet.
    pub outlet: Option<String>,
    /// All that the comparison needs to know of it, as JSON of the comparison's own making.
    pub body: String,
}

impl Item {
    /// Days between the two reports; none if one has no date.
    pub(crate) fn days_from(&self, other: &Self) -> Option<u64> {
        Some(self.published?.duration_since(other.published?).as_hours().unsigned_abs() / 24)
    }
}

/// An item and the keys it can be found under. What could be the same shares a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keyed {
    /// The item.
    pub item: Item,
    /// Its keys, hashed, without repeats. None: it is a family by itself.
    pub keys: Vec<u64>,
}

impl Keyed {
    /// Item number `number` of a report; its keys are put in order, repeats dropped.
    fn new(subject: Subject<'_>, number: usize, body: String, mut keys: Vec<u64>) -> Self {
        keys.sort_unstable();
        keys.dedup();
        let item = Item {
            id: ItemId { report: subject.name.to_owned(), number: number as u32 },
            published: subject.report.published_on(),
            outlet: subject.report.outlet.clone(),
            body,
        };
        Self { item, keys }
    }
}

/// That two items belong together, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The lesser of the two.
    pub a: ItemId,
    /// The greater.
    pub b: ItemId,
    /// How they hang together, as JSON of the comparison's own making.
    pub body: String,
}

/// An item made ready to be laid beside many: its body taken apart once.
#[derive(Debug)]
pub struct Opened {
    /// The item; its body only where the comparison lays bodies as they are.
    pub item: Item,
    parts: Option<Box<dyn Any + Send + Sync>>,
}

impl Opened {
    /// `item` without its body, of which `parts` were made; none of a body that is not one.
    fn new<P: Any + Send + Sync>(mut item: Item, parts: Option<P>) -> Self {
        item.body = String::new();
        Self { item, parts: parts.map(|parts| Box::new(parts) as Box<_>) }
    }

    /// The lesser of two first, by their ids.
    fn ordered<'o>(a: &'o Self, b: &'o Self) -> (&'o Self, &'o Self) {
        if a.item.id <= b.item.id { (a, b) } else { (b, a) }
    }

    /// What the comparison that opened it made of its body.
    fn parts<P: Any>(&self) -> Option<&P> {
        self.parts.as_ref()?.downcast_ref()
    }
}

/// One way of laying reports side by side.
pub trait Comparison: Sync {
    /// Its name: `copies`, `quotations`, `figures`, `events`.
    fn name(&self) -> &'static str;

    /// The items of one report, with their keys.
    fn keys(&self, subject: Subject<'_>) -> Vec<Keyed>;

    /// How many days apart two reports with items that belong together are published at most; none
    /// if that is no matter. What lies further apart need not be laid side by side.
    fn most_days(&self) -> Option<u64> {
        None
    }

    /// An item made ready for [`lay`](Self::lay), once for all that it is laid beside.
    fn open(&self, item: Item) -> Opened {
        Opened { item, parts: None }
    }

    /// Whether two items that share a key belong together; this comparison opened them. The same
    /// answer either way round.
    fn lay(&self, a: &Opened, b: &Opened) -> Option<Link>;

    /// The answer of [`lay`](Self::lay) for two items as they are.
    fn compare(&self, a: &Item, b: &Item) -> Option<Link> {
        self.lay(&self.open(a.clone()), &self.open(b.clone()))
    }

    /// What one connected family shows. `items` are in order of publication, undated last, then of
    /// id; `links` are in order of their ids.
    fn family(&self, items: &[Item], links: &[Link]) -> Vec<Finding>;
}

/// Every comparison, in the order in which their findings are listed.
pub fn comparisons() -> &'static [&'static dyn Comparison] {
    &[
        &copies::Copies,
        &quotations::Quotations,
        &figures::Figures,
        &events::Events,
        &sourcing::Sourcing,
        &names::Names,
        &positions::Positions,
        &inside::Inside,
        &stories::Stories,
    ]
}

/// Calls `turn` on every span in a finding's `detail`, with its report's name, and puts its answer
/// in the span's stead: from bytes to code points, say.
///
/// A span in `detail` always stands beside its report: `{"report": "004", "span": [12, 40]}`.
pub fn each_detail_span(
    detail: &mut serde_json::Map<String, serde_json::Value>,
    turn: &mut dyn FnMut(&str, Span) -> [u32; 2],
) {
    let report = detail.get("report").and_then(|name| name.as_str()).map(str::to_owned);
    if let (Some(report), Some(value)) = (report, detail.get_mut("span"))
        && let Ok(span) = serde_json::from_value::<Span>(value.clone())
    {
        *value = serde_json::json!(turn(&report, span));
    }
    detail.iter_mut().for_each(|(_, value)| turn_value(value, turn));
}

fn turn_value(value: &mut serde_json::Value, turn: &mut dyn FnMut(&str, Span) -> [u32; 2]) {
    match value {
        serde_json::Value::Object(map) => each_detail_span(map, turn),
        serde_json::Value::Array(values) => {
            values.iter_mut().for_each(|value| turn_value(value, turn));
        }
        _ => {}
    }
}
