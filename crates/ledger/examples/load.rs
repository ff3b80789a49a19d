//! Measures a record as it grows: reports a second and bytes a report, by thousands, then the
//! time of each question that a brief asks.
//!
//! ```text
//! cargo run --release -p onrecord-ledger --example load -- NEW.db 20000 [KEYS [articles.jsonl.gz]]
//! ```
//!
//! `KEYS` items of eight keys each are put in for every report and looked up, as the comparisons do.
//! The making of the reports is not counted.

#[path = "../benches/plain.rs"]
mod plain;
#[path = "../benches/synthetic.rs"]
mod synthetic;

use onrecord_ledger::{Ledger, NewItem, NewReport};
use std::time::{Duration, Instant};
use synthetic::{Synthetic, synthetic};

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

const BATCH: u64 = 500;

fn main() -> Outcome<()> {
    let mut args = std::env::args().skip(1);
    let path = args.next().ok_or("give the path of a new record")?;
    let count: u64 = args.next().ok_or("give a number of reports")?.parse()?;
    let keys: u32 = args.next().map_or(Ok(0), |keys| keys.parse())?;
    let mut made: Box<dyn Iterator<Item = Synthetic>> = match args.next() {
        Some(path) => Box::new(plain::plain(path)?),
        None => Box::new((0..count).map(synthetic)),
    };
    let mut ledger = Ledger::create_or_open(&path)?;
    let (mut putting, mut meeting, mut text) = (Duration::ZERO, Duration::ZERO, 0);
    let step = (count / 10 / BATCH).max(1) * BATCH;
    println!("reports\tput/s\tms of comparing a report\tbytes a report\tof which not text");
    for start in (0..count).step_by(BATCH as usize) {
        let reports: Vec<_> = made.by_ref().take((count - start).min(BATCH) as usize).collect();
        text += reports.iter().map(|made| made.report.text.len()).sum::<usize>();
        let begun = Instant::now();
        let mut comparing = Duration::ZERO;
        let mut batch = ledger.begin()?;
        for (n, made) in (start..).zip(&reports) {
            let put = batch.put(&NewReport {
                report: &made.report,
                folder: Some("/news"),
                analysis: &made.analysis,
            })?;
            let begun = Instant::now();
            let items: Vec<NewItem> = (0..keys).map(|number| item(n, number)).collect();
            for item in &items {
                batch.sharing("measured", &item.keys, 64)?;
            }
            batch.put_items("measured", put.name(), &items)?;
            for place in batch.touched("measured", 1_000)? {
                let family = batch.family_of("measured", &place)?;
                let places: Vec<_> = family.items.iter().map(|item| item.place.clone()).collect();
                batch.replace_findings("measured", &places, &[])?;
            }
            comparing += begun.elapsed();
        }
        batch.commit()?;
        putting += begun.elapsed() - comparing;
        meeting += comparing;
        let done = start + reports.len() as u64;
        if done % step == 0 || done == count {
            let since = if done % step == 0 { step } else { done % step } as f64;
            ledger.checkpoint()?;
            let bytes = std::fs::metadata(&path)?.len();
            println!(
                "{done}\t{:.0}\t{:.2}\t{}\t{}",
                since / putting.as_secs_f64(),
                meeting.as_secs_f64() * 1000.0 / since,
                bytes / done,
                (bytes - text as u64) / done
            );
            (putting, meeting) = (Duration::ZERO, Duration::ZERO);
        }
    }
    ledger.close()?;
    ask(&Ledger::open_read_only(&path)?)
}

/// An item whose keys are shared with some ten others among a hundred thousand reports.
fn item(report: u64, number: u32) -> NewItem {
    let key = |i: u64| {
        let like = (report * 31 + u64::from(number) * 7 + i) % 40_000;
        (like * 8 + i).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    };
    NewItem { number, body: format!("{{\"n\":{report}}}"), keys: (0..8).map(key).collect() }
}

fn ask(ledger: &Ledger) -> Outcome<()> {
    let timed = |what: &str, ask: &dyn Fn() -> onrecord_ledger::Result<String>| {
        let begun = Instant::now();
        let answer = ask()?;
        println!("{:8.1} ms\t{what}\t{answer}", begun.elapsed().as_secs_f64() * 1000.0);
        Ok::<_, onrecord_ledger::Error>(())
    };
    timed("totals", &|| Ok(format!("{:?}", ledger.totals()?)))?;
    timed("days", &|| Ok(ledger.days()?.len().to_string()))?;
    timed("outlets", &|| Ok(ledger.outlets(10)?.total.to_string()))?;
    timed("speakers", &|| Ok(format!("{:?}", ledger.speakers(10)?.rows.first())))?;
    if let Some(first) = ledger.speakers(1)?.rows.first() {
        timed("said_by", &|| {
            Ok(ledger.said_by(&first.name, first.kind, 20, 0)?.total.to_string())
        })?;
        let surname = first.name.split(' ').next_back().unwrap_or_default();
        let line = format!("speaker:{surname} mode:direct");
        timed(&line, &|| find(ledger, &line))?;
    }
    timed("timeline", &|| Ok(format!("{:?}", ledger.timeline(20)?.rows.first())))?;
    if let Some(day) = ledger.timeline(1)?.rows.first() {
        timed("dated", &|| Ok(ledger.dated(day.day, 20)?.total.to_string()))?;
    }
    timed("measures", &|| Ok(format!("{:?}", ledger.measures(10)?.rows.first())))?;
    if let Some(first) = ledger.measures(1)?.rows.first() {
        timed("figures", &|| {
            Ok(ledger.figures(&first.counted, first.unit.as_deref(), 20)?.total.to_string())
        })?;
    }
    for line in
        ["sota", "the", "\"not the\" sota", "mode:direct act:deny sota -pan", "report:articles#7"]
    {
        timed(line, &|| find(ledger, line))?;
    }
    Ok(())
}

fn find(ledger: &Ledger, line: &str) -> onrecord_ledger::Result<String> {
    let query = line.parse().expect("the lines above are queries");
    Ok(ledger.find(&query, 20, 0)?.total.to_string())
}
