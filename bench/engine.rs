//! How fast the whole path is: JSON lines on disk into a record, compared and ready to show.
//!
//! ```text
//! cargo bench -p onrecord-bench --bench engine
//! ```

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use onrecord_engine::{Ledger, Options, inputs, record};
use std::fmt::Write;

fn recording(criterion: &mut Criterion) {
    let reports = onrecord_bench::reports(500);
    let folder = tempfile::tempdir().expect("a folder");
    let mut lines = String::new();
    for report in &reports {
        let date = report.published_on().map(|date| date.to_string());
        let line = serde_json::json!({
            "text": report.text, "outlet": report.outlet, "published": date,
        });
        writeln!(lines, "{line}").expect("a string takes all");
    }
    let path = folder.path().join("reports.jsonl");
    std::fs::write(&path, lines).expect("a file");
    let found = inputs(&[path]);
    let mut group = criterion.benchmark_group("engine");
    group.throughput(Throughput::Elements(reports.len() as u64)).sample_size(10);
    group.bench_function("record", |bencher| {
        bencher.iter_batched(
            || {
                let folder = tempfile::tempdir().expect("a folder");
                let ledger = Ledger::create_or_open(folder.path().join("bench.db"));
                (folder, ledger.expect("a record"))
            },
            |(folder, mut ledger)| {
                let options = Options::default();
                record(&mut ledger, &found, &options, false, |_| {}, |_| {}).expect("it is read");
                drop(ledger);
                drop(folder);
            },
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

criterion_group!(benches, recording);
criterion_main!(benches);
