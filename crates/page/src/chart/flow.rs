//! Who carries whose text or source: outlets that it comes from on the left, those that carry it on
//! the right, lines as wide as the number of texts; dashed where only what a source told is passed
//! on, not the text.

use crate::words::{cut, n, t};
use maud::{Markup, html};

const WIDE: f64 = 720.0;
const HIGH: f64 = 28.0;
const NAMES: f64 = 220.0;

/// Names on either side at most.
const MOST: usize = 14;

/// Texts that went from one to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Flow {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) texts: usize,
    /// How many of these are what a source told, in other words.
    pub(crate) told: usize,
}

/// The picture; nothing where nothing flows. `flows` have most texts first.
pub(crate) fn flow(flows: &[Flow]) -> Markup {
    let mut left: Vec<&str> = Vec::new();
    let mut right: Vec<&str> = Vec::new();
    let mut shown: Vec<&Flow> = Vec::new();
    for flow in flows {
        let has = |side: &[&str], name: &str| side.contains(&name) || side.len() < MOST;
        if has(&left, &flow.from) && has(&right, &flow.to) {
            for (side, name) in [(&mut left, &flow.from), (&mut right, &flow.to)] {
                if !side.contains(&name.as_str()) {
                    side.push(name);
                }
            }
            shown.push(flow);
        }
    }
    if shown.is_empty() {
        return html! {};
    }
    let rows = left.len().max(right.len());
    let high = rows as f64 * HIGH + 30.0;
    let most = shown.iter().map(|flow| flow.texts).max().unwrap_or(1) as f64;
    let widest = (12.0 / most).min(3.0);
    let y = |side: &[&str], name: &str| {
        let place = side.iter().position(|known| *known == name).unwrap_or(0);
        // The shorter side stands in the middle.
        30.0 + (place as f64 + 0.5 + (rows - side.len()) as f64 / 2.0) * HIGH
    };
    html! {
        figure.picture {
            div.scroll tabindex="0" role="group" aria-label="Who carries whose text or source" {
                svg viewBox=(format!("0 0 {WIDE} {high}")) width=(WIDE) height=(high) role="img" aria-labelledby="flow flow-told" {
                    title #flow { "Who carries whose text or source" }
                    desc #flow-told { "Lines from " (left.len()) " origins to " (right.len()) " outlets; the numbers stand in the table under it." }
                    text.axis x=(NAMES - 12.0) y="14" text-anchor="end" { "from" }
                    text.axis x=(WIDE - NAMES + 12.0) y="14" { "carried by" }
                    @for flow in shown.iter().rev() {
                        @let (from, to) = (y(&left, &flow.from), y(&right, &flow.to));
                        @let (start, end) = (NAMES, WIDE - NAMES);
                        @let middle = (start + end) / 2.0;
                        path.flow.told[flow.told == flow.texts] d=(format!("M{start} {from:.1} C{middle} {from:.1} {middle} {to:.1} {end} {to:.1}"))
                            stroke-width=(format!("{:.1}", (flow.texts as f64 * widest).max(1.5))) {
                            title {
                                (t(&flow.from)) " to " (t(&flow.to)) ": " (n(flow.texts))
                                @if flow.told > 0 { ", of these " (n(flow.told)) " by a source" }
                            }
                        }
                    }
                    @for name in &left {
                        text.name x=(NAMES - 12.0) y=(format!("{:.1}", y(&left, name) + 4.0)) text-anchor="end" { (t(&cut(name, 30))) }
                    }
                    @for name in &right {
                        text.name x=(WIDE - NAMES + 12.0) y=(format!("{:.1}", y(&right, name) + 4.0)) { (t(&cut(name, 30))) }
                    }
                }
            }
            @if shown.iter().any(|flow| flow.told == flow.texts) {
                figcaption { "Dashed: what a source told is passed on, not the text." }
            }
            details {
                summary { "As a table" }
                table {
                    thead { tr { th scope="col" { "From" } th scope="col" { "Carried by" } th.number scope="col" { "Texts and sources" } th.number scope="col" { "Sources" } } }
                    tbody {
                        @for flow in &shown {
                            tr { td { (t(&flow.from)) } td { (t(&flow.to)) } td.number { (n(flow.texts)) } td.number { (n(flow.told)) } }
                        }
                    }
                }
            }
        }
    }
}
