//! How fast a report is analysed, phase by phase and as a whole.
//!
//! ```text
//! cargo bench -p onrecord-bench --bench analyse
//! ```

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use onrecord_analyse::quotes::Quotes;
use onrecord_analyse::text::Prose;
use onrecord_analyse::{analyse, quantities, statements, syntax, times};
use std::hint::black_box;

fn analysing(criterion: &mut Criterion) {
    let reports = onrecord_bench::reports(100);
    let prose: Vec<Prose<'_>> = reports.iter().map(Prose::new).collect();
    // Tags and dependencies are of another phase: statements need them too.
    let parsed: Vec<_> = prose.iter().map(|prose| (prose, syntax::syntax(prose))).collect();
    let dated: Vec<_> =
        parsed.iter().map(|(prose, syntax)| (*prose, times::times_with(prose, syntax))).collect();
    let mut group = criterion.benchmark_group("analyse");
    group.throughput(Throughput::Elements(reports.len() as u64)).sample_size(10);
    group.bench_function("text", |bencher| {
        bencher.iter(|| reports.iter().for_each(|report| drop(black_box(Prose::new(report)))));
    });
    group.bench_function("times", |bencher| {
        bencher.iter(|| {
            parsed.iter().for_each(|(prose, syntax)| {
                drop(black_box(times::times_with(prose, syntax)));
            });
        });
    });
    group.bench_function("quantities", |bencher| {
        bencher.iter(|| {
            dated.iter().zip(&parsed).for_each(|((prose, times), (_, syntax))| {
                drop(black_box(quantities::quantities_with(prose, times, syntax)));
            });
        });
    });
    group.bench_function("statements", |bencher| {
        bencher.iter(|| {
            prose.iter().for_each(|prose| {
                drop(black_box(statements::who(prose, &Quotes::new(prose))));
            });
        });
    });
    group.bench_function("all", |bencher| {
        bencher.iter(|| reports.iter().for_each(|report| drop(black_box(analyse(report)))));
    });
    group.finish();
}

criterion_group!(benches, analysing);
criterion_main!(benches);
