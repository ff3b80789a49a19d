//! Statements, times and figures as W3C Web Annotations, one JSON-LD object a line.
//!
//! ```text
//! {"@context": "http://www.w3.org/ns/anno.jsonld", "id": "urn:onrecord:004:s1",
//!  "type": "Annotation", "motivation": "identifying", "body": {…},
//!  "target": {"source": "…", "selector": [TextPositionSelector, TextQuoteSelector]}}
//! ```
//!
//! Positions count code points of the report's text. A statement's target is its content, piece by
//! piece; the body says who, how, and where source and cue stand.

use super::json::number;
use onrecord_model::{Analysis, CodePoints, Report, Span, Statement};
use serde_json::{Value, json};

/// Code points of context that a quote selector gives on each side.
const CONTEXT: u32 = 32;

/// The annotations of one report, named as the record names it.
pub fn annotations(name: &str, report: &Report, analysis: &Analysis) -> Vec<Value> {
    let page = Page {
        name,
        source: report.url.clone().unwrap_or_else(|| report.source_file.clone()),
        text: &report.text,
        points: CodePoints::new(&report.text),
    };
    let mut annotations = Vec::new();
    for statement in &analysis.statements {
        annotations.push(page.annotation(
            &statement.id.to_string(),
            page.statement(statement),
            &statement.content,
        ));
    }
    for (i, timex) in analysis.times.iter().enumerate() {
        let body = json!({"type": "onrecord:Timex", "timex": timex.kind, "value": timex.value});
        annotations.push(page.annotation(&format!("t{}", i + 1), body, &[timex.span]));
    }
    for (i, quantity) in analysis.quantities.iter().enumerate() {
        let body = json!({
            "type": "onrecord:Quantity", "value": quantity.value.and_then(number),
            "low": quantity.low.and_then(number), "high": quantity.high.and_then(number),
            "bound": quantity.bound, "unit": quantity.unit, "counted": quantity.counted,
        });
        annotations.push(page.annotation(&format!("q{}", i + 1), body, &[quantity.span]));
    }
    annotations
}

struct Page<'a> {
    name: &'a str,
    source: String,
    text: &'a str,
    points: CodePoints<'a>,
}

impl Page<'_> {
    fn annotation(&self, id: &str, body: Value, spans: &[Span]) -> Value {
        let targets: Vec<Value> = spans.iter().map(|&span| self.target(span)).collect();
        json!({
            "@context": ["http://www.w3.org/ns/anno.jsonld", {"onrecord": "urn:onrecord:terms:"}],
            "id": format!("urn:onrecord:{}:{id}", self.name.replace(' ', "%20")),
            "type": "Annotation",
            "motivation": "identifying",
            "body": body,
            "target": if targets.len() == 1 { targets[0].clone() } else { Value::Array(targets) },
        })
    }

    fn statement(&self, statement: &Statement) -> Value {
        let quoted = |spans: &[Span]| -> Vec<Value> {
            spans.iter().map(|&span| self.target(span)).collect()
        };
        json!({
            "type": "onrecord:Statement",
            "speaker": statement.speaker.as_ref().map(|party| &party.name),
            "mode": statement.mode, "act": statement.act, "negated": statement.is_negated,
            "via": statement.via.iter().map(|party| &party.name).collect::<Vec<_>>(),
            "venue": statement.venue, "said_on": statement.said_on,
            "source": quoted(&statement.source), "cue": quoted(&statement.cue),
        })
    }

    fn target(&self, span: Span) -> Value {
        let [start, end] = self.points.span(span);
        let before = Span::new(self.points.byte(start.saturating_sub(CONTEXT)), span.range().start);
        let after = Span::new(span.range().end, self.points.byte(end + CONTEXT));
        json!({
            "source": self.source,
            "selector": [
                {"type": "TextPositionSelector", "start": start, "end": end},
                {"type": "TextQuoteSelector", "exact": span.of(self.text),
                 "prefix": before.of(self.text), "suffix": after.of(self.text)},
            ],
        })
    }
}
