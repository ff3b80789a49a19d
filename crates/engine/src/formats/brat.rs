//! Statements as brat standoff annotations, laid out as PolNeAR lays them out.
//!
//! ```text
//! T1 <tab> Source 24 36 <tab> the minister
//! T2 <tab> Cue 37 41 <tab> said
//! T3 <tab> Content 0 23 <tab> "We will appeal,"
//! T4 <tab> Attribution 37 41 <tab> said
//! E1 <tab> Attribution:T4 Source:T1 Cue:T2 Content:T3
//! #1 <tab> AnnotatorNotes E1 <tab> speaker: Ana Voss (person); direct; say
//! ```
//!
//! Offsets are code points of the report's own text. A span that runs over a line break is given in
//! fragments, as brat asks; the reader of such files joins what only white space parts. Statements
//! inside others are left out, as that corpus has none.

use onrecord_model::{Analysis, CodePoints, Report, Span, Statement};
use std::fmt::Write;

/// The `.ann` file of one report; its `.txt` is the report's text as it is.
pub fn annotations(report: &Report, analysis: &Analysis) -> String {
    let mut sheet = Sheet {
        text: &report.text,
        points: CodePoints::new(&report.text),
        out: String::new(),
        bounds: 0,
    };
    let outer = analysis.statements.iter().filter(|statement| statement.within.is_none());
    for (number, statement) in outer.enumerate() {
        sheet.statement(number + 1, statement);
    }
    sheet.out
}

struct Sheet<'t> {
    text: &'t str,
    points: CodePoints<'t>,
    out: String,
    bounds: u32,
}

impl Sheet<'_> {
    fn statement(&mut self, number: usize, statement: &Statement) {
        let roles = [
            ("Source", &statement.source),
            ("Cue", &statement.cue),
            ("Content", &statement.content),
        ];
        let ids = roles.map(|(role, spans)| (role, self.bound(role, spans)));
        // An event needs a trigger; without a cue it is the content.
        let trigger = if statement.cue.is_empty() { &statement.content } else { &statement.cue };
        let Some(trigger) = self.bound("Attribution", trigger) else { return };
        let _ = write!(self.out, "E{number}\tAttribution:T{trigger}");
        for (role, id) in ids {
            if let Some(id) = id {
                let _ = write!(self.out, " {role}:T{id}");
            }
        }
        let _ = write!(self.out, "\n#{number}\tAnnotatorNotes E{number}\t");
        if let Some(speaker) = &statement.speaker {
            let _ = write!(self.out, "speaker: {} ({}); ", one_line(&speaker.name), speaker.kind);
        }
        let _ = writeln!(self.out, "{}; {}", statement.mode, statement.act);
    }

    /// Writes one text-bound annotation; its number.
    fn bound(&mut self, role: &str, spans: &[Span]) -> Option<u32> {
        let fragments: Vec<Span> = spans.iter().flat_map(|&span| lines(self.text, span)).collect();
        if fragments.is_empty() {
            return None;
        }
        self.bounds += 1;
        let places: Vec<String> = fragments
            .iter()
            .map(|&span| {
                let [start, end] = self.points.span(span);
                format!("{start} {end}")
            })
            .collect();
        let words: Vec<&str> = fragments.iter().map(|span| span.of(self.text)).collect();
        let (places, words) = (places.join(";"), words.join(" "));
        let _ = writeln!(self.out, "T{}\t{role} {places}\t{}", self.bounds, one_line(&words));
        Some(self.bounds)
    }
}

/// The parts of a span between line breaks, less the white space at their ends.
fn lines(text: &str, span: Span) -> Vec<Span> {
    let mut start = span.start as usize;
    span.of(text)
        .split('\n')
        .map(|line| {
            let piece = Span::new(start, start + line.len()).trim(text);
            start += line.len() + 1;
            piece
        })
        .filter(|piece| !piece.is_empty())
        .collect()
}

fn one_line(words: &str) -> String {
    words.replace(['\t', '\n', '\r'], " ")
}
