//! What could not be read, told to a person: what happened, why, and what to try.
//!
//! ```text
//! cannot read report `march.html`
//!   cause: no article text was found
//!   hint: pass --selector to point at the text
//! ```
//!
//! The caller puts "error: " or "warning: " before it. The rest of the input goes on.

use std::fmt;

/// One file, line or row that was left out, or read only in part.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Skipped {
    /// The file, as the reader of a listing knows it.
    pub source_file: String,
    /// The line of that file, from 1, where it is one line only.
    pub line: Option<u64>,
    /// What happened: "cannot read report".
    pub what: String,
    /// Why.
    pub cause: String,
    /// What to try.
    pub hint: Option<String>,
}

impl Skipped {
    /// A report that cannot be read.
    pub(crate) fn report(source_file: &str, cause: impl Into<String>) -> Self {
        Self {
            source_file: source_file.to_owned(),
            line: None,
            what: "cannot read report".to_owned(),
            cause: cause.into(),
            hint: None,
        }
    }

    pub(crate) fn what(mut self, what: &str) -> Self {
        self.what = what.to_owned();
        self
    }

    pub(crate) fn at(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Skipped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} `{}`", self.what, self.source_file)?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        write!(f, "\n  cause: {}", self.cause)?;
        if let Some(hint) = &self.hint {
            write!(f, "\n  hint: {hint}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Skipped {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_happened_why_and_what_to_try() {
        let skipped = Skipped::report("wire.jsonl", "the line ends inside a string")
            .at(3)
            .hint("mend the line, or leave it out");
        assert_eq!(
            skipped.to_string(),
            "cannot read report `wire.jsonl`, line 3\n  cause: the line ends inside a string\n  \
             hint: mend the line, or leave it out"
        );
    }
}
