//! Bytes to reports: which files, in which encoding and format, how many reports in each, and what
//! in them is not the report's own words.
//!
//! ```text
//! story/003.txt   →  two reports, captions and repeated headlines marked
//! articles.jsonl.gz  →  one report a line, streamed
//! ```
//!
//! Every character of a plain text belongs to a report; nothing is dropped, only marked. What
//! cannot be read is a [`Skipped`] that says why; the rest goes on. No network, no clock; dates are
//! those that pages, fields, sidecars and texts state. Not handled: PDF, office documents, pictures,
//! web archives.

mod dates;
mod encoding;
mod feed;
mod fields;
mod front_matter;
mod furniture;
mod heading;
mod html;
mod inputs;
mod json;
mod language;
mod lines;
mod page;
mod plain;
mod sidecar;
mod skipped;
mod sniff;
mod stream;

pub use inputs::{Input, Inputs, inputs};
pub use sidecar::SidecarRow;
pub use skipped::Skipped;

use onrecord_model::Report;
use sniff::Format;

/// How to read.
#[derive(Debug, Clone)]
pub struct Options {
    /// CSS selector of the article text; of HTML pages only.
    pub selector: Option<String>,
    /// The longest report, in bytes: a JSON line, or a whole file of another format. Longer ones
    /// are skipped. At most 1 GiB.
    pub max_report: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { selector: None, max_report: 32 << 20 }
    }
}

impl Options {
    fn limit(&self) -> usize {
        self.max_report.min(1 << 30)
    }
}

/// The reports of one input, in order, read as they are asked for: a packed file of JSON lines of
/// any size takes the memory of a few lines.
pub fn reports<'i>(
    input: &'i Input,
    options: &'i Options,
) -> impl Iterator<Item = Result<Report, Skipped>> + 'i {
    stream::Reports::new(input, options)
}

/// The reports of a file's bytes, without its sidecar. The texts of a plain file's reports, joined,
/// are the file's decoded text.
pub fn read_bytes(
    bytes: &[u8],
    source_file: &str,
    options: &Options,
) -> Vec<Result<Report, Skipped>> {
    let skipped = |cause: &str| Err(Skipped::report(source_file, cause));
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return vec![skipped("it is empty")];
    }
    if bytes.len() > options.limit() {
        return vec![skipped("it is longer than the limit for one report")];
    }
    if let Some(cause) = encoding::binary(bytes) {
        let skipped = Skipped::report(source_file, cause);
        return vec![Err(
            skipped.hint("OnRecord reads text, HTML and JSON lines, plain or gzipped")
        )];
    }
    let text = encoding::decode(bytes, sniff::declared_encoding(bytes));
    match sniff::format(&text) {
        format @ (Format::JsonLines | Format::JsonElements) => {
            json_reports(text.as_bytes(), source_file, options, format)
        }
        Format::FrontMatter => match front_matter::report(&text, source_file) {
            Some(report) => vec![Ok(report)],
            None => plain_reports(&text, source_file),
        },
        Format::Html => match html::reports(&text, source_file, options) {
            Ok(reports) => reports.into_iter().map(Ok).collect(),
            Err(skipped) => vec![Err(skipped)],
        },
        Format::Feed => {
            let skipped = |cause| Skipped::report(source_file, cause).what("cannot read entry of");
            let reports = feed::reports(&text, source_file).into_iter();
            reports.map(|report| report.map_err(skipped)).collect()
        }
        Format::Warc => {
            let skipped = Skipped::report(source_file, "web archives (WARC) cannot be read");
            vec![Err(skipped.hint("unpack its pages into a folder of HTML files"))]
        }
        Format::Plain => plain_reports(&text, source_file),
    }
}

fn plain_reports(text: &str, source_file: &str) -> Vec<Result<Report, Skipped>> {
    let reports = plain::reports(text, source_file);
    if reports.iter().all(|report| lines::lines(&report.text).is_empty()) {
        return vec![Err(Skipped::report(source_file, "it is empty"))];
    }
    reports.into_iter().map(Ok).collect()
}

fn json_reports(
    mut bytes: &[u8],
    source_file: &str,
    options: &Options,
    format: Format,
) -> Vec<Result<Report, Skipped>> {
    let (mut reports, mut line, mut part) = (Vec::new(), 0, 0);
    loop {
        let found = match format {
            Format::JsonLines => stream::next_line(&mut bytes, options.limit(), &mut line),
            _ => stream::next_element(&mut bytes, options.limit(), &mut line),
        };
        let Ok(Some(stream::Piece::Whole(piece))) = found else { break };
        part += 1;
        reports.push(stream::object(&piece, source_file, part).map_err(|skipped| skipped.at(line)));
    }
    if part > 1 {
        let own = reports.iter_mut().flatten().filter(|report| report.source_file == source_file);
        own.for_each(|report| report.has_siblings = true);
    }
    reports
}
