//! The record under the clock: putting in, knowing again, finding, summing up.
//!
//! ```text
//! cargo bench -p onrecord-ledger
//! ```
//!
//! On made-up reports of the size of news. For growth over many thousands see `examples/load`.

#[path = "../examples/load/synthetic.rs"]
mod synthetic;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use onrecord_ledger::{Ledger, NewReport, Query};
use std::hint::black_box;
use synthetic::{Synthetic, synthetic};

const BATCH: u64 = 200;

fn put(ledger: &mut Ledger, reports: &[Synthetic]) {
    let mut batch = ledger.begin().expect("no other writes to it");
    for Synthetic { report, analysis } in reports {
        let new = NewReport { report, folder: Some("/news"), analysis };
        batch.put(&new).expect("it fits the tables");
    }
    batch.commit().expect("the disk has room");
}

fn ledger(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let mut ledger =
        Ledger::create_or_open(folder.path().join("bench.db")).expect("the folder is there");
    let mut next = 0;
    let mut reports = || {
        next += BATCH;
        (next - BATCH..next).map(synthetic).collect::<Vec<_>>()
    };
    for _ in 0..10 {
        put(&mut ledger, &reports());
    }

    let mut group = criterion.benchmark_group("ledger");
    group.sample_size(10).throughput(Throughput::Elements(BATCH));
    group.bench_function("put", |bencher| {
        bencher.iter_batched(&mut reports, |made| put(&mut ledger, &made), BatchSize::LargeInput);
    });
    let known: Vec<Synthetic> = (0..BATCH).map(synthetic).collect();
    group.bench_function("known", |bencher| {
        let ask: Vec<_> = known.iter().map(|made| (&made.report, Some("/news"))).collect();
        bencher.iter(|| ledger.known(black_box(&ask), "synthetic"));
    });
    group.throughput(Throughput::Elements(1));
    for line in ["liska", "\"of the\" liska", "mode:direct act:deny liska -said"] {
        let query: Query = line.parse().expect("the lines above are queries");
        group.bench_function(format!("find {line}"), |bencher| {
            bencher.iter(|| ledger.find(black_box(&query), 20, 0));
        });
    }
    group.bench_function("speakers", |bencher| bencher.iter(|| ledger.speakers(20)));
    group.bench_function("timeline", |bencher| bencher.iter(|| ledger.timeline(20)));
    group.bench_function("measures", |bencher| bencher.iter(|| ledger.measures(20)));
    group.finish();
}

criterion_group!(benches, ledger);
criterion_main!(benches);
