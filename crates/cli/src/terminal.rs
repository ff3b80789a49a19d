//! How things look on a terminal: its width, wrapped lines, a few styles.

use anstream::AutoStream;
use std::fmt::Display;
use std::io::{self, IsTerminal, Write};

/// A style: the codes that switch it on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style(&'static str);

pub(crate) const BOLD: Style = Style("\x1b[1m");
pub(crate) const DIM: Style = Style("\x1b[2m");
pub(crate) const ACCENT: Style = Style("\x1b[36m");
pub(crate) const MARK: Style = Style("\x1b[1;33m");
pub(crate) const ALARM: Style = Style("\x1b[1;31m");

impl Style {
    /// `words` in this style. Where colours are off, the stream strips the codes.
    pub(crate) fn of(self, words: impl Display) -> String {
        format!("{}{words}\x1b[0m", self.0)
    }
}

/// Widest that text is set, in columns: longer lines are hard to read.
const WIDEST: usize = 100;

/// Columns to set text in.
pub(crate) fn width() -> usize {
    let terminal = terminal_size::terminal_size_of(io::stdout());
    terminal.map_or(WIDEST, |(width, _)| usize::from(width.0)).clamp(40, WIDEST)
}

/// Lines part between words only: `05-courier-march` stays whole.
fn options(width: usize) -> textwrap::Options<'static> {
    textwrap::Options::new(width).word_splitter(textwrap::WordSplitter::NoHyphenation)
}

/// Wraps `text` (white space folded) to `width` columns, each line after `indent`.
pub(crate) fn wrapped<'i>(text: &str, width: usize, indent: &'i str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let options: textwrap::Options<'i> = options(width);
    let options = options.initial_indent(indent).subsequent_indent(indent);
    textwrap::fill(&text, options)
}

/// `text` in at most `columns` columns on one line, cut at a word with "…".
pub(crate) fn cut(text: &str, columns: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if textwrap::core::display_width(&text) <= columns {
        return text;
    }
    let lines = textwrap::wrap(&text, options(columns.saturating_sub(2).max(1)));
    format!("{} …", lines.first().map_or("", |line| line.trim_end_matches([',', ' '])))
}

/// Whether standard output shows colours.
pub(crate) fn has_colours() -> bool {
    AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
}

/// Standard output, with or without colours.
pub(crate) fn stdout() -> AutoStream<io::StdoutLock<'static>> {
    AutoStream::auto(io::stdout().lock())
}

/// Standard error, with or without colours.
pub(crate) fn stderr() -> AutoStream<io::StderrLock<'static>> {
    AutoStream::auto(io::stderr().lock())
}

/// Whether a person watches standard error.
pub(crate) fn is_watched() -> bool {
    io::stderr().is_terminal()
}

/// Tells of something that was left out; the rest goes on.
pub(crate) fn warn(what: impl Display) {
    // Nobody to tell if standard error is closed.
    let _ = writeln!(stderr(), "{}: {what}", MARK.of("warning"));
}
