//! Confidence against the share that is right, by kind: as CSV and as a plot.
//!
//! ```text
//! kind,confidence,findings,right,share
//! quote-altered,0.9,212,206,0.972
//! ```
//!
//! Confidences are taken to one figure after the point, 0.95 and more to 0.99. Not handled: spread.

use std::collections::BTreeMap;
use std::fmt::Write;

/// Findings and right ones, by kind and confidence.
#[derive(Debug, Default, Clone)]
pub struct Calibration {
    bins: BTreeMap<(String, u32), (usize, usize)>,
}

impl Calibration {
    pub(super) fn add(&mut self, kind: &str, confidence: f64, is_right: bool) {
        let percent = (confidence * 100.0).round() as u32;
        let bin = if percent >= 95 { 99 } else { (percent + 5) / 10 * 10 };
        let of = self.bins.entry((kind.to_owned(), bin)).or_default();
        of.0 += 1;
        of.1 += usize::from(is_right);
    }

    /// Adds another's.
    pub fn merge(&mut self, other: &Self) {
        for (bin, (all, right)) in &other.bins {
            let of = self.bins.entry(bin.clone()).or_default();
            of.0 += all;
            of.1 += right;
        }
    }

    /// The table.
    pub fn csv(&self) -> String {
        let mut out = "kind,confidence,findings,right,share\n".to_owned();
        for ((kind, bin), (all, right)) in &self.bins {
            let (confidence, share) = (f64::from(*bin) / 100.0, crate::share(*right, *all));
            writeln!(out, "{kind},{confidence},{all},{right},{share:.3}")
                .expect("strings take all");
        }
        out
    }

    /// The plot: confidence to the right, the share that is right upwards, a dot for each kind and
    /// confidence, larger for more findings. On the line confidence means what it says.
    pub fn svg(&self) -> String {
        const SIDE: f64 = 400.0;
        const EDGE: f64 = 50.0;
        let x = |share: f64| EDGE + share * SIDE;
        let y = |share: f64| EDGE + (1.0 - share) * SIDE;
        let colours = ["#1b6ca8", "#c0392b", "#27804a", "#8e44ad", "#b9770e", "#117a8b", "#7f8c8d"];
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"{0}\" height=\"{1}\" fill=\"white\"/>\n",
            SIDE + 2.0 * EDGE + 180.0,
            SIDE + 2.0 * EDGE
        );
        let mut line = |text: String| {
            out.push_str(&text);
            out.push('\n');
        };
        for tenth in (0..=10).step_by(2) {
            let share = f64::from(tenth) / 10.0;
            line(format!(
                "<text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"middle\">{share}</text><text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"end\">{share}</text>",
                x(share),
                y(0.0) + 18.0,
                x(0.0) - 8.0,
                y(share) + 4.0
            ));
        }
        line(format!(
            "<rect x=\"{EDGE}\" y=\"{EDGE}\" width=\"{SIDE}\" height=\"{SIDE}\" fill=\"none\" stroke=\"#999\"/><path d=\"M{:.0} {:.0}L{:.0} {:.0}\" stroke=\"#999\" stroke-dasharray=\"4\"/>",
            x(0.0),
            y(0.0),
            x(1.0),
            y(1.0)
        ));
        line(format!(
            "<text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"middle\">confidence</text><text x=\"{:.0}\" y=\"{:.0}\">share right</text>",
            x(0.5),
            y(0.0) + 36.0,
            x(0.0),
            y(1.0) - 14.0
        ));
        let mut kinds: Vec<&str> = Vec::new();
        for ((kind, bin), (all, right)) in &self.bins {
            if kinds.last() != Some(&kind.as_str()) {
                kinds.push(kind);
            }
            let colour = colours[(kinds.len() - 1) % colours.len()];
            let size = 3.0 + (*all as f64).log10() * 2.5;
            line(format!(
                "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"{size:.1}\" fill=\"{colour}\" fill-opacity=\"0.8\"><title>{kind}: {right} of {all}</title></circle>",
                x(f64::from(*bin) / 100.0),
                y(crate::share(*right, *all))
            ));
        }
        for (place, kind) in kinds.iter().enumerate() {
            let (at, colour) = (EDGE + 20.0 * place as f64, colours[place % colours.len()]);
            line(format!(
                "<circle cx=\"{:.0}\" cy=\"{at:.0}\" r=\"5\" fill=\"{colour}\"/><text x=\"{:.0}\" y=\"{:.0}\">{kind}</text>",
                x(1.0) + 20.0,
                x(1.0) + 32.0,
                at + 4.0
            ));
        }
        out.push_str("</svg>\n");
        out
    }
}
