//! What comparing costs: keys of one report, two items against each other, and a hundred real
//! reports with one another. Without the real reports only the made ones are timed.

#[path = "../tests/draft/mod.rs"]
mod draft;

use criterion::{Criterion, criterion_group, criterion_main};
use draft::Draft;
use onrecord_compare::{Subject, comparisons, findings};
use std::hint::black_box;

const STORY: &str = "The harbour of Lorne was shut on Monday after two weeks of talks on night work came to nothing, \
and ships waited outside the breakwater with their lamps lit.\n“Closing the port would be an error and something we \
cannot support,” Orla Fenn said.\n";

fn made(name: &str) -> Draft {
    let text = (0..16)
        .map(|day| {
            format!("{STORY}Day {day} was like the one before it, and the {day} ships lay still. ")
        })
        .collect::<String>();
    draft::real::quotations(Draft::new(name).text(&text))
}

fn compare(criterion: &mut Criterion) {
    let drafts = draft::real::reports(100)
        .unwrap_or_else(|| (0..20).map(|n| made(&n.to_string())).collect());
    let subjects: Vec<Subject<'_>> = drafts.iter().map(Draft::subject).collect();
    let made = [made("001"), made("002")];
    for comparison in comparisons() {
        criterion.bench_function(&format!("keys of 100 reports, {}", comparison.name()), |bench| {
            bench.iter(|| {
                subjects.iter().map(|&subject| comparison.keys(subject).len()).sum::<usize>()
            });
        });
        let keyed = made.each_ref().map(|draft| comparison.keys(draft.subject()));
        if let [Some(a), Some(b)] = keyed.each_ref().map(|keyed| keyed.first()) {
            criterion.bench_function(&format!("two items alike, {}", comparison.name()), |bench| {
                bench.iter(|| comparison.compare(black_box(&a.item), black_box(&b.item)));
            });
        }
    }
    criterion.bench_function("all findings of 100 reports", |bench| {
        bench.iter(|| findings(&subjects).len())
    });
}

criterion_group!(benches, compare);
criterion_main!(benches);
