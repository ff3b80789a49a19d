//! A report's text with its time expressions tagged, as a TimeML document.
//!
//! ```text
//! <TEXT>Work stops <TIMEX3 tid="t1" type="DATE" value="2031-03-04">on Tuesday</TIMEX3>.</TEXT>
//! ```
//!
//! Between the tags the text is kept byte for byte, but for the few characters that XML cannot
//! hold: those become U+FFFD.

use onrecord_model::{Analysis, Report};
use std::fmt::Write;

/// The document for one report.
pub fn document(report: &Report, analysis: &Analysis) -> String {
    let mut out = String::with_capacity(report.text.len() + 1024);
    out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TimeML>\n<DOCID>");
    escape(&super::stem(report), &mut out);
    out.push_str("</DOCID>\n<DCT>");
    if let Some(date) = report.published_on() {
        let _ = write!(
            out,
            "<TIMEX3 tid=\"t0\" type=\"DATE\" value=\"{date}\" functionInDocument=\"CREATION_TIME\">{date}</TIMEX3>"
        );
    }
    out.push_str("</DCT>\n<TEXT>");
    let mut at = 0;
    for (number, timex) in analysis.times.iter().enumerate() {
        let range = timex.span.range();
        if range.start < at {
            continue;
        }
        escape(&report.text[at..range.start], &mut out);
        let _ = write!(out, "<TIMEX3 tid=\"t{}\" type=\"{}\" value=\"", number + 1, timex.kind);
        escape(&timex.value, &mut out);
        out.push('"');
        if let Some(modifier) = timex.modifier {
            let _ = write!(out, " mod=\"{modifier}\"");
        }
        out.push('>');
        escape(&report.text[range.clone()], &mut out);
        out.push_str("</TIMEX3>");
        at = range.end;
    }
    escape(&report.text[at..], &mut out);
    out.push_str("</TEXT>\n</TimeML>\n");
    out
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // A parser turns a bare carriage return into a line feed.
            '\r' => out.push_str("&#13;"),
            '\t' | '\n' => out.push(c),
            '\0'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            _ => out.push(c),
        }
    }
}
