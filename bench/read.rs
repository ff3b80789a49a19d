//! How fast bytes become reports: invented plain texts, JSON lines and a page, of the length of
//! real reports (about 960 words).
//!
//! ```text
//! cargo bench -p onrecord-bench --bench read
//! ```

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use onrecord_read::{Options, read_bytes};
use std::hint::black_box;

fn paragraphs(number: usize) -> Vec<String> {
    const PEOPLE: [&str; 4] = ["Ada Holm", "Ola Brandt", "Kim Aster", "the union’s Jane Roe"];
    const WHERE: [&str; 5] =
        ["on the quay", "at the gate", "in the hall", "on the radio", "in the yard"];
    (0..34)
        .map(|at| {
            let (person, place) = (PEOPLE[(at + number) % 4], WHERE[(at * 3 + number) % 5]);
            format!(
                "“The strike is in its week {at} and no end is in sight,” {person} said {place} on Monday. \
                 About {} dockers of Port Lorne stood there, and a ship of the Lorne line had to turn back.",
                at * 7 + number
            )
        })
        .collect()
}

fn reading(criterion: &mut Criterion) {
    let options = Options::default();
    let head = "Dockers walk out at Port Lorne\n\nThe mayor at the gate (AP)\nThe mayor at the gate (AP)\nTT\n\n";
    let plain: Vec<String> = (0..100)
        .map(|n| head.to_owned() + &paragraphs(n).join("\n\n") + "\n\nAdvertisement\n")
        .collect();
    let lines: String = (0..100)
        .map(|n| {
            let text = paragraphs(n).join("\n\n");
            serde_json::json!({"headline": format!("Strike, day {n}"), "text": text}).to_string()
                + "\n"
        })
        .collect();
    let page = format!(
        "<html><body><nav><a>Home</a></nav><article><h1>Dockers walk out</h1><p>{}</p></article></body></html>",
        paragraphs(1).join("</p><p>")
    );
    let mut group = criterion.benchmark_group("read");
    group.throughput(Throughput::Elements(100)).sample_size(20);
    group.bench_function("plain", |bencher| {
        bencher.iter(|| {
            plain
                .iter()
                .map(|text| read_bytes(black_box(text.as_bytes()), "a.txt", &options).len())
                .sum::<usize>()
        });
    });
    group.bench_function("json lines", |bencher| {
        bencher.iter(|| read_bytes(black_box(lines.as_bytes()), "a.jsonl", &options).len());
    });
    group.throughput(Throughput::Elements(1));
    group.bench_function("html", |bencher| {
        bencher.iter(|| read_bytes(black_box(page.as_bytes()), "a.html", &options).len());
    });
    group.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
