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
//! order in which reports arrive changes nothing.

use onrecord_model::{Analysis, Date, Finding, Report};
use serde::{Deserialize, Serialize};

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

/// An item and the keys it can be found under. What could be the same shares a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keyed {
    /// The item.
    pub item: Item,
    /// Its keys, hashed, without repeats.
    pub keys: Vec<u64>,
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

/// One way of laying reports side by side.
pub trait Comparison: Sync {
    /// Its name: `copies`, `quotations`, `figures`.
    fn name(&self) -> &'static str;

    /// The items of one report, with their keys.
    fn keys(&self, subject: Subject<'_>) -> Vec<Keyed>;

    /// Whether two items that share a key belong together. The same answer either way round.
    fn compare(&self, a: &Item, b: &Item) -> Option<Link>;

    /// What one connected family shows. `items` are in order of publication, undated last, then of
    /// id; `links` are in order of their ids.
    fn family(&self, items: &[Item], links: &[Link]) -> Vec<Finding>;
}

/// Every comparison, in the order in which their findings are listed.
pub fn comparisons() -> &'static [&'static dyn Comparison] {
    &[]
}
