//! The record under the clock: putting in, knowing again, finding, summing up.
//!
//! ```text
//! cargo bench -p onrecord-bench --bench ledger
//! ```

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use onrecord_analyse::analyse;
use onrecord_ledger::{Ledger, NewReport, Query};
use onrecord_model::{Analysis, Report};
use std::hint::black_box;

const BATCH: usize = 200;

fn put(ledger: &mut Ledger, reports: &[(Report, Analysis)]) {
    let mut batch = ledger.begin().expect("no other writes to it");
    for (report, analysis) in reports {
        let new = NewReport { report, folder: Some("/news"), analysis };
        batch.put(&new).expect("it fits the tables");
    }
    batch.commit().expect("the disk has room");
}

fn ledger(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let mut ledger =
        Ledger::create_or_open(folder.path().join("bench.db")).expect("the folder is there");
    let analysed: Vec<(Report, Analysis)> = onrecord_bench::reports(BATCH)
        .into_iter()
        .map(|report| {
            let analysis = analyse(&report);
            (report, analysis)
        })
        .collect();
    let mut round = 0;
    // The same reports under new names: the record takes each for a new one.
    let mut renamed = || {
        round += 1;
        let mut reports = analysed.clone();
        for (report, _) in &mut reports {
            report.source_file = format!("{round}/{}", report.source_file);
        }
        reports
    };
    for _ in 0..10 {
        put(&mut ledger, &renamed());
    }
    let mut group = criterion.benchmark_group("ledger");
    group.sample_size(10).throughput(Throughput::Elements(BATCH as u64));
    group.bench_function("put", |bencher| {
        bencher.iter_batched(&mut renamed, |made| put(&mut ledger, &made), BatchSize::LargeInput);
    });
    let known: Vec<_> = analysed.iter().map(|(report, _)| (report, Some("/news"))).collect();
    group.bench_function("known", |bencher| {
        bencher.iter(|| ledger.known(black_box(&known), "bench"));
    });
    group.throughput(Throughput::Elements(1));
    for line in ["crane", "\"of the\" strike", "mode:direct act:deny strike -said"] {
        let query: Query = line.parse().expect("the lines above are queries");
        group.bench_function(format!("find {line}"), |bencher| {
            bencher.iter(|| ledger.find(black_box(&query), 20, 0));
        });
    }
    group.bench_function("speakers", |bencher| bencher.iter(|| ledger.speakers(20)));
    group.bench_function("timeline", |bencher| bencher.iter(|| ledger.moments(20)));
    group.bench_function("measures", |bencher| bencher.iter(|| ledger.measures(20)));
    group.finish();
}

criterion_group!(benches, ledger);
criterion_main!(benches);
