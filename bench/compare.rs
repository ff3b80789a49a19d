//! What comparing costs: the keys of one report for each comparison, and a hundred reports laid
//! side by side.
//!
//! ```text
//! cargo bench -p onrecord-bench --bench compare
//! ```

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use onrecord_analyse::analyse;
use onrecord_compare::{Subject, comparisons, findings};
use onrecord_model::{Analysis, Report};
use std::hint::black_box;

fn comparing(criterion: &mut Criterion) {
    let analysed: Vec<(String, Report, Analysis)> = onrecord_bench::reports(100)
        .into_iter()
        .map(|report| (report.source_file.clone(), analyse(&report), report))
        .map(|(name, analysis, report)| (name, report, analysis))
        .collect();
    let subjects: Vec<Subject<'_>> = analysed
        .iter()
        .map(|(name, report, analysis)| Subject { name, report, analysis })
        .collect();
    let mut group = criterion.benchmark_group("compare");
    group.throughput(Throughput::Elements(subjects.len() as u64)).sample_size(10);
    for comparison in comparisons() {
        group.bench_function(format!("keys {}", comparison.name()), |bencher| {
            bencher.iter(|| {
                subjects.iter().for_each(|subject| drop(black_box(comparison.keys(*subject))));
            });
        });
    }
    group.bench_function("all", |bencher| bencher.iter(|| findings(black_box(&subjects))));
    group.finish();
}

criterion_group!(benches, comparing);
criterion_main!(benches);
