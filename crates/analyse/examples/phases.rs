//! Where the time of an analysis goes: milliseconds a report for each phase, on one core.
//!
//! ```text
//! cargo run --release -p onrecord-analyse --example phases -- FILE…
//! ```
//!
//! A file holds texts of reports, with a form feed between two.

use onrecord_analyse::quotes::Quotes;
use onrecord_analyse::text::Prose;
use onrecord_analyse::{analyse, quantities, statements, syntax, times};
use onrecord_model::Report;
use std::hint::black_box;
use std::time::Instant;

fn main() -> std::io::Result<()> {
    let mut reports = Vec::new();
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(path)?;
        let texts = text.split('\u{c}');
        reports.extend(texts.map(|t| Report { text: t.to_owned(), ..Report::default() }));
    }
    let began = Instant::now();
    reports.first().into_iter().for_each(|report| drop(black_box(analyse(report))));
    println!("{:8.3} ms to begin with", began.elapsed().as_secs_f64() * 1e3);

    let prose: Vec<Prose<'_>> = phase("text", &reports, Prose::new);
    let words: usize = prose.iter().map(|prose| prose.tokens.len()).sum();
    let syntax = phase("tags, tree", &prose, syntax::syntax);
    let both: Vec<_> = prose.iter().zip(&syntax).collect();
    let found = phase("times", &both, |(prose, syntax)| times::times_with(prose, syntax));
    let all: Vec<_> = both.iter().zip(&found).collect();
    phase("quantities", &all, |((prose, syntax), times)| {
        quantities::quantities_with(prose, times, syntax)
    });
    phase("who said what", &both, |(prose, syntax)| {
        statements::who_with(prose, &Quotes::new(prose), syntax)
    });
    phase("all", &reports, analyse);
    println!("{} reports of {} tokens", reports.len(), words / reports.len().max(1));
    Ok(())
}

fn phase<'t, T, R>(name: &str, of: &'t [T], work: impl Fn(&'t T) -> R) -> Vec<R> {
    let began = Instant::now();
    let done = of.iter().map(work).collect();
    println!("{:8.3} {name}", began.elapsed().as_secs_f64() * 1e3 / of.len().max(1) as f64);
    done
}
