//! One input as a stream of reports, in memory that does not grow with the file.
//!
//! ```text
//! articles.jsonl.gz  →  unpacked as it is read, line by line; a line over the limit is passed
//!                       over without being held
//! ```
//!
//! JSON streams; a page, a feed or a plain text is read whole, up to the limit.

use crate::sniff::{self, Format};
use crate::{Input, Options, Skipped, encoding, json, sidecar};
use flate2::bufread::MultiGzDecoder;
use onrecord_model::Report;
use std::io::{self, BufRead, BufReader, Read};

/// The reports of one input, in order.
pub(crate) struct Reports<'i> {
    input: &'i Input,
    options: &'i Options,
    state: State,
    /// Given out one late, so that the first knows whether there is a second.
    held: Option<Report>,
    /// What comes after the one held.
    after: Option<Skipped>,
    given: u32,
}

enum State {
    Start,
    Json { bytes: Box<dyn BufRead>, format: Format, line: u64, part: u32 },
    Ready(std::vec::IntoIter<Result<Report, Skipped>>),
    Done,
}

impl<'i> Reports<'i> {
    pub(crate) fn new(input: &'i Input, options: &'i Options) -> Self {
        Self { input, options, state: State::Start, held: None, after: None, given: 0 }
    }

    fn skipped(&self, cause: impl Into<String>) -> Skipped {
        Skipped::report(&self.input.source_file, cause)
    }

    fn open(&self) -> Result<State, Skipped> {
        let io = |error: io::Error| self.skipped(error_text(&error)).what("cannot read");
        let source: Box<dyn Read> = match &self.input.path {
            Some(path) => Box::new(std::fs::File::open(path).map_err(io)?),
            None => Box::new(io::stdin()),
        };
        let mut bytes: Box<dyn BufRead> =
            Box::new(BufReader::with_capacity(encoding::LOOK, source));
        // Packed twice happens; more often is an attack.
        for _ in 0..3 {
            let head = look(&mut bytes).map_err(io)?;
            if !sniff::is_gzip(&head) {
                return self.sniff(head, bytes);
            }
            let head = io::Cursor::new(head).chain(bytes);
            let unpacked = MultiGzDecoder::new(head);
            bytes = Box::new(BufReader::with_capacity(encoding::LOOK, unpacked));
        }
        Err(self.skipped("it is packed with gzip again and again"))
    }

    fn sniff(&self, head: Vec<u8>, rest: Box<dyn BufRead>) -> Result<State, Skipped> {
        let is_utf_16 = encoding::is_utf_16(&head);
        let format = sniff::format(&encoding::decode(&head, None));
        let mut bytes: Box<dyn BufRead> = Box::new(io::Cursor::new(head).chain(rest));
        if matches!(format, Format::JsonLines | Format::JsonElements) && !is_utf_16 {
            return Ok(State::Json { bytes, format, line: 0, part: 0 });
        }
        let limit = self.options.limit();
        let mut whole = Vec::new();
        let read = bytes.by_ref().take(limit as u64 + 1).read_to_end(&mut whole);
        if let Err(error) = read {
            return Err(self.skipped(error_text(&error)).what("cannot read"));
        }
        if whole.len() > limit {
            return Err(self.too_large());
        }
        let reports = crate::read_bytes(&whole, &self.input.source_file, self.options);
        Ok(State::Ready(reports.into_iter()))
    }

    fn too_large(&self) -> Skipped {
        let limit = self.options.limit();
        let (size, unit) = if limit >= 1 << 20 { (limit >> 20, "MiB") } else { (limit, "bytes") };
        self.skipped(format!("it is longer than {size} {unit}"))
            .hint("split it: that is the longest report that is read")
    }

    /// The next report, without the sidecar and without knowing its siblings.
    fn next_read(&mut self) -> Option<Result<Report, Skipped>> {
        if let State::Start = self.state {
            match self.open() {
                Ok(state) => self.state = state,
                Err(skipped) => {
                    self.state = State::Done;
                    return Some(Err(skipped));
                }
            }
        }
        match &mut self.state {
            State::Start | State::Done => None,
            State::Ready(reports) => reports.next(),
            State::Json { bytes, format, line, part } => {
                let found = match format {
                    Format::JsonLines => next_line(bytes, self.options.limit(), line),
                    _ => next_element(bytes, self.options.limit(), line),
                };
                let at = *line;
                match found {
                    Ok(None) => {
                        self.state = State::Done;
                        None
                    }
                    Ok(Some(Piece::Whole(piece))) => {
                        *part += 1;
                        Some(object(&piece, &self.input.source_file, *part).map_err(|s| s.at(at)))
                    }
                    Ok(Some(Piece::TooLong)) => {
                        *part += 1;
                        Some(Err(self.too_large().at(at)))
                    }
                    Err(error) => {
                        self.state = State::Done;
                        Some(Err(self.skipped(error_text(&error)).at(at).what("cannot read on in")))
                    }
                }
            }
        }
    }

    fn finish(&mut self, mut report: Report, has_next: bool) -> Report {
        let is_streamed = matches!(self.state, State::Json { .. } | State::Done);
        let is_own = report.source_file == self.input.source_file;
        if is_streamed && is_own && !report.has_siblings {
            report.has_siblings = has_next || self.given > 0 || report.part > 1;
        }
        if is_own {
            sidecar::apply(&self.input.sidecar, &mut report);
        }
        self.given += 1;
        report
    }
}

impl Iterator for Reports<'_> {
    type Item = Result<Report, Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(skipped) = self.after.take() {
            return Some(Err(skipped));
        }
        loop {
            match self.next_read() {
                Some(Ok(report)) => {
                    if let Some(held) = self.held.replace(report) {
                        return Some(Ok(self.finish(held, true)));
                    }
                }
                Some(Err(skipped)) => {
                    let Some(held) = self.held.take() else { return Some(Err(skipped)) };
                    self.after = Some(skipped);
                    return Some(Ok(self.finish(held, true)));
                }
                None => {
                    let held = self.held.take()?;
                    return Some(Ok(self.finish(held, false)));
                }
            }
        }
    }
}

/// The report of one JSON object in bytes.
pub(crate) fn object(bytes: &[u8], source_file: &str, part: u32) -> Result<Report, Skipped> {
    let text = encoding::decode(bytes, None);
    let value =
        serde_json::from_str(text.trim_start_matches('\u{FEFF}').trim()).map_err(|error| {
            let cause = if error.is_eof() {
                "the JSON ends before its object does".to_owned()
            } else {
                let error = error.to_string();
                let error = error.split(" at line ").next().unwrap_or(&error);
                format!("it is not valid JSON: {error}")
            };
            Skipped::report(source_file, cause).hint("each line must be one whole JSON object")
        })?;
    json::report(value, source_file, part).map_err(|cause| {
        Skipped::report(source_file, cause)
            .hint("a report needs a field `text`; also: url, outlet, published, headline, byline")
    })
}

/// The first bytes, and what of them was read.
fn look(bytes: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    bytes.by_ref().take(encoding::LOOK as u64).read_to_end(&mut head)?;
    Ok(head)
}

pub(crate) enum Piece {
    Whole(Vec<u8>),
    TooLong,
}

/// The next line with something on it; `line` counts them all.
pub(crate) fn next_line(
    bytes: &mut impl BufRead,
    limit: usize,
    line: &mut u64,
) -> io::Result<Option<Piece>> {
    loop {
        let mut piece = Vec::new();
        let mut is_too_long = false;
        let mut is_end = true;
        loop {
            let buffer = match bytes.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if buffer.is_empty() {
                break;
            }
            is_end = false;
            let newline = memchr::memchr(b'\n', buffer);
            let taken = newline.map_or(buffer.len(), |at| at + 1);
            if piece.len() + taken > limit {
                is_too_long = true;
                piece = Vec::new();
            } else if !is_too_long {
                piece.extend_from_slice(&buffer[..taken]);
            }
            bytes.consume(taken);
            if newline.is_some() {
                break;
            }
        }
        if is_end {
            return Ok(None);
        }
        *line += 1;
        if is_too_long {
            return Ok(Some(Piece::TooLong));
        }
        if !piece.trim_ascii().is_empty() {
            return Ok(Some(Piece::Whole(piece)));
        }
    }
}

/// The next object of an array, or of objects one after another; `line` is that of its brace.
pub(crate) fn next_element(
    bytes: &mut impl BufRead,
    limit: usize,
    line: &mut u64,
) -> io::Result<Option<Piece>> {
    let mut piece = Vec::new();
    let (mut depth, mut in_string, mut is_escaped, mut is_too_long) = (0_u32, false, false, false);
    let mut newlines = 0;
    *line = (*line).max(1);
    loop {
        let buffer = match bytes.fill_buf() {
            Ok(buffer) => buffer,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if buffer.is_empty() {
            *line += newlines;
            return Ok((depth > 0).then_some(if is_too_long {
                Piece::TooLong
            } else {
                Piece::Whole(piece)
            }));
        }
        let length = buffer.len();
        let mut taken = length;
        let mut start = if depth > 0 { Some(0) } else { None };
        for (at, &byte) in buffer.iter().enumerate() {
            if byte == b'\n' {
                newlines += 1;
            }
            if in_string {
                match byte {
                    _ if is_escaped => is_escaped = false,
                    b'\\' => is_escaped = true,
                    b'"' => in_string = false,
                    _ => {}
                }
                continue;
            }
            match byte {
                b'"' => in_string = depth > 0,
                b'{' => {
                    if depth == 0 {
                        start = Some(at);
                        *line += std::mem::take(&mut newlines);
                    }
                    depth = depth.saturating_add(1);
                }
                b'}' if depth > 0 => {
                    depth -= 1;
                    if depth == 0 {
                        taken = at + 1;
                        break;
                    }
                }
                _ => {}
            }
        }
        if let Some(start) = start {
            if piece.len() + (taken - start) > limit {
                is_too_long = true;
                piece = Vec::new();
            } else if !is_too_long {
                piece.extend_from_slice(&buffer[start..taken]);
            }
        }
        let is_whole = depth == 0 && start.is_some();
        bytes.consume(taken);
        if is_whole {
            // The lines inside the object are counted with the next one.
            return Ok(Some(if is_too_long { Piece::TooLong } else { Piece::Whole(piece) }));
        }
    }
}

fn error_text(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => {
            format!("its gzip data is broken: {error}")
        }
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "you may not read it".to_owned(),
        _ => error.to_string(),
    }
}
