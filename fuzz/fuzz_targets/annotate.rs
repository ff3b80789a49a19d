//! Any text through reading and analysis: nothing panics, every span is on characters of its
//! report, the same report gives the same analysis.
//!
//! ```text
//! cargo +nightly fuzz run annotate -- -max_total_time=60
//! ```
#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord_model::Span;
use onrecord_read::{Options, read_bytes};

fuzz_target!(|bytes: &[u8]| {
    for report in read_bytes(bytes, "input", &Options::default()).iter().flatten() {
        let analysis = onrecord_analyse::analyse(report);
        assert_eq!(analysis, onrecord_analyse::analyse(report), "same report, same analysis");
        let check = |span: Span| drop(span.of(&report.text).len());
        analysis.sentences.iter().for_each(|sentence| check(sentence.span));
        analysis.actors.iter().flat_map(|actor| &actor.mentions).for_each(|span| check(*span));
        for statement in &analysis.statements {
            let spans = [&statement.source, &statement.cue, &statement.content];
            spans.into_iter().flatten().for_each(|span| check(*span));
        }
        analysis.times.iter().for_each(|timex| check(timex.span));
        analysis.quantities.iter().for_each(|quantity| check(quantity.span));
        analysis.warnings.iter().for_each(|warning| check(warning.span));
    }
});
