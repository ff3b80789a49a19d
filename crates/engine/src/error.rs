//! What can fail: the record, a question, a pointer, a file to write, an input that is not there.
//!
//! ```text
//! error: cannot open pointer `004:9000-9010`
//!   cause: the text of `004` goes from 0 to 2035
//!   hint: a pointer is a report, `004` or `003#2`, or a place in one, `004:1200-1340`
//! ```
//!
//! A report that cannot be read is no error: see [`crate::Skipped`].

use onrecord_ledger as ledger;
use onrecord_read::Skipped;
use std::fmt;
use std::io;
use std::path::PathBuf;

/// What failed, why, and what to try.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The record.
    Ledger(ledger::Error),
    /// A question that cannot be understood.
    Query(ledger::QueryError),
    /// A pointer that points nowhere.
    Pointer {
        /// As given.
        pointer: String,
        /// Why it points nowhere.
        cause: String,
    },
    /// None of the paths holds anything to read; the first, and why.
    Nothing(Skipped),
    /// A file that cannot be written.
    Write {
        /// Which one; none for standard output.
        path: Option<PathBuf>,
        /// Why.
        cause: io::Error,
    },
    /// An address that cannot be listened at.
    Serve {
        /// Which one.
        address: String,
        /// Why.
        cause: io::Error,
    },
}

impl Error {
    /// What to try, where there is something to try.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Ledger(error) => error.hint().map(str::to_owned),
            Self::Query(error) => error.hint().map(str::to_owned),
            Self::Pointer { .. } => Some(
                "a pointer is a report, `004` or `003#2`, or a place in one, `004:1200-1340`"
                    .into(),
            ),
            Self::Nothing(skipped) => skipped.hint.clone().or_else(|| {
                Some("give files, folders that hold reports, or `-` for standard input".into())
            }),
            Self::Write { cause, .. } => match cause.kind() {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                    Some("make room, or write to another disk".into())
                }
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                    Some("give a place where you may write".into())
                }
                io::ErrorKind::NotFound => Some("make its folder first".into()),
                io::ErrorKind::AlreadyExists => Some("give another path".into()),
                _ => None,
            },
            Self::Serve { cause, .. } => match cause.kind() {
                io::ErrorKind::AddrInUse => {
                    Some("give another port with --port, or 0 for any that is free".into())
                }
                io::ErrorKind::PermissionDenied => Some("give a port over 1023".into()),
                io::ErrorKind::AddrNotAvailable => {
                    Some("give an address of this machine with --bind".into())
                }
                _ => None,
            },
        }
    }

    /// What happened, without the cause.
    pub fn what(&self) -> String {
        match self {
            Self::Ledger(error) => {
                format!("cannot {} record `{}`", error.doing, error.path.display())
            }
            Self::Query(_) => "cannot understand the query".into(),
            Self::Pointer { pointer, .. } => format!("cannot open pointer `{pointer}`"),
            Self::Nothing(skipped) => format!("{} `{}`", skipped.what, skipped.source_file),
            Self::Write { path: Some(path), .. } => format!("cannot write `{}`", path.display()),
            Self::Write { path: None, .. } => "cannot write to standard output".into(),
            Self::Serve { address, .. } => format!("cannot listen at `{address}`"),
        }
    }

    /// Why.
    pub fn cause(&self) -> String {
        match self {
            Self::Ledger(error) => error.cause.to_string(),
            Self::Query(error) => error.to_string(),
            Self::Pointer { cause, .. } => cause.clone(),
            Self::Nothing(skipped) => skipped.cause.clone(),
            Self::Write { cause, .. } => match cause.kind() {
                io::ErrorKind::StorageFull => "the disk is full".into(),
                io::ErrorKind::PermissionDenied => "you may not write there".into(),
                io::ErrorKind::NotFound => "there is no such folder".into(),
                // As the system tells it; our own says what is there.
                io::ErrorKind::AlreadyExists if cause.raw_os_error().is_some() => {
                    "it is a file, not a folder".into()
                }
                _ => cause.to_string(),
            },
            Self::Serve { cause, .. } => match cause.kind() {
                io::ErrorKind::AddrInUse => "another program listens there".into(),
                _ => cause.to_string(),
            },
        }
    }

    /// Whether a reader of ours has closed its end: no error to speak of.
    pub fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Write { cause, .. } if cause.kind() == io::ErrorKind::BrokenPipe)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.what(), self.cause())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Ledger(error) => Some(error),
            Self::Query(error) => Some(error),
            Self::Write { cause, .. } | Self::Serve { cause, .. } => Some(cause),
            Self::Nothing(skipped) => Some(skipped),
            Self::Pointer { .. } => None,
        }
    }
}

impl From<ledger::Error> for Error {
    fn from(error: ledger::Error) -> Self {
        Self::Ledger(error)
    }
}

impl From<io::Error> for Error {
    fn from(cause: io::Error) -> Self {
        Self::Write { path: None, cause }
    }
}
