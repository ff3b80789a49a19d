//! `onrecord find`: statements and sentences that answer a query.

use crate::Ended;
use crate::args::Find;
use crate::terminal::{self, ACCENT, BOLD, DIM, MARK};
use onrecord_engine::brief::grouped;
use onrecord_engine::ledger::{Hit, Query, QueryError};
use onrecord_engine::{Error, Ledger, show};
use onrecord_model::Span;
use serde_json::json;
use std::io::Write;

pub(crate) fn find(args: &Find) -> Result<Ended, Error> {
    let ledger = Ledger::open_read_only(&args.record)?;
    let query: Query =
        args.query.join(" ").parse().map_err(|error: QueryError| Error::Query(error))?;
    let found = ledger.find(&query, args.limit, args.skip)?;
    let mut out = terminal::stdout();
    for hit in &found.hits {
        if args.json {
            writeln!(out, "{}", as_json(hit))?;
        } else {
            writeln!(out, "{}", told(hit, terminal::width()))?;
        }
    }
    if !args.json {
        let shown = found.hits.len();
        let more = found.total.saturating_sub(args.skip + shown);
        let line = match (shown, more) {
            (0, _) => "nothing found".to_owned(),
            (_, 0) => format!("{} found", grouped(found.total)),
            _ => format!(
                "{} found; {} more: --skip {}",
                grouped(found.total),
                grouped(more),
                args.skip + shown
            ),
        };
        writeln!(out, "{}", DIM.of(line))?;
    }
    Ok(Ended::Well)
}

fn told(hit: &Hit, width: usize) -> String {
    let mut head = String::new();
    if let Some(statement) = &hit.statement {
        let speaker = statement.speaker.as_ref().map_or("no speaker", |party| &party.name);
        head.push_str(&BOLD.of(speaker));
        head.push_str(&DIM.of(format!(
            " ({}, {}{})  ",
            statement.mode,
            if statement.is_negated { "not " } else { "" },
            statement.act
        )));
    }
    head.push_str(&ACCENT.of(show::pointer(&hit.report, hit.code_points)));
    let day = hit.published.map(|date| date.to_string());
    for word in hit.outlet.iter().chain(&day) {
        head.push_str(&DIM.of(format!("  {word}")));
    }
    let words = terminal::wrapped(&marked(hit), width, "  ");
    format!("{head}\n{words}\n")
}

/// The sentence with what matches marked.
fn marked(hit: &Hit) -> String {
    let mut out = String::new();
    let mut at = 0;
    let text = hit.sentence_text.as_str();
    for &Span { start, end } in &hit.highlights {
        let Some(start) = start.checked_sub(hit.sentence.start).map(|start| start as usize) else {
            continue;
        };
        let end = (end.saturating_sub(hit.sentence.start) as usize).min(text.len());
        if start < at || start >= end {
            continue;
        }
        out.push_str(&text[at..start]);
        // Each word of a phrase by itself, so that wrapping never parts a mark from its end.
        let words: Vec<String> =
            text[start..end].split_whitespace().map(|word| MARK.of(word)).collect();
        out.push_str(&words.join(" "));
        at = end;
    }
    out.push_str(&text[at..]);
    out
}

fn as_json(hit: &Hit) -> serde_json::Value {
    let statement = hit.statement.as_ref().map(|statement| {
        json!({
            "speaker": statement.speaker.as_ref().map(|party| &party.name),
            "mode": statement.mode, "act": statement.act, "negated": statement.is_negated,
            "via": statement.via.iter().map(|party| &party.name).collect::<Vec<_>>(),
            "venue": statement.venue, "said_on": statement.said_on,
        })
    });
    json!({
        "report": hit.report, "outlet": hit.outlet,
        "published": hit.published.map(|date| date.to_string()),
        "pointer": show::pointer(&hit.report, hit.code_points),
        "span": hit.code_points, "text": hit.sentence_text, "statement": statement,
    })
}
