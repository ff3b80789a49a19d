//! What can go wrong with a record: the file, the disk, another program; or a question that cannot
//! be understood.
//!
//! ```text
//! error: cannot open record `story.db`
//!   cause: it was written by a newer version of OnRecord (schema 9; this one knows 1)
//!   hint: update OnRecord, or read the reports into a new record
//! ```

use crate::QueryError;
use std::fmt;
use std::path::{Path, PathBuf};

/// A record that could not be opened, read or written.
#[derive(Debug)]
pub struct Error {
    /// The record's file.
    pub path: PathBuf,
    /// What was being done: "open", "read", "write".
    pub doing: &'static str,
    /// Why it failed.
    pub cause: Cause,
}

/// Why a record could not be opened, read or written.
#[derive(Debug)]
#[non_exhaustive]
pub enum Cause {
    /// There is no such file, or no such folder to make it in.
    Missing,
    /// A file, but no record: another SQLite file, or no SQLite file at all.
    NotARecord(&'static str),
    /// Written by a newer version of this program.
    NewerSchema {
        /// The file's schema.
        found: i64,
        /// The newest that this program knows.
        known: i64,
    },
    /// Written by an older version of this program, with tables that this one does not read.
    OlderSchema {
        /// The file's schema.
        found: i64,
        /// The one that this program writes.
        known: i64,
    },
    /// The disk (or the quota) is full. Nothing of the batch under way was kept.
    DiskFull,
    /// Another process writes to it and did not finish in time.
    Locked,
    /// The file or its folder may not be written.
    ReadOnly,
    /// The file or its folder may not be read.
    NotAllowed,
    /// The disk failed to read or write, for another reason than want of room.
    Disk(rusqlite::Error),
    /// The file is damaged.
    Damaged(rusqlite::Error),
    /// A report that cannot be kept: its name, and why.
    Refused(String, String),
    /// No report of this name is in the record.
    UnknownReport(String),
    /// A comparison names an item that it never put in: comparison, report, number.
    UnknownItem(String, String, u32),
    /// No item has this number in the record.
    UnknownNumber(i64),
    /// An earlier write of the batch failed, so that none of it is kept.
    Unfinished,
    /// The question could not be understood.
    Query(QueryError),
    /// Anything else the database says.
    Database(rusqlite::Error),
}

/// The result of what a record does.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    pub(crate) fn new(path: &Path, doing: &'static str, cause: Cause) -> Self {
        Self { path: path.to_owned(), doing, cause }
    }

    /// What to try, where there is something to try.
    pub fn hint(&self) -> Option<&'static str> {
        Some(match &self.cause {
            Cause::Missing => {
                "check the path; `onrecord read PATH --into RECORD` makes a new record"
            }
            Cause::NotARecord(_) => "give the path of a record, or of a file that does not exist",
            Cause::NewerSchema { .. } => "update OnRecord, or read the reports into a new record",
            Cause::OlderSchema { .. } => {
                "read the reports into a new record: `onrecord read PATH --into NEW`"
            }
            Cause::DiskFull => {
                "make room and run it again: what was kept before stays, the rest is read anew"
            }
            Cause::Disk(_) => {
                "make room, or check the disk, and run it again: what was kept before stays"
            }
            Cause::Locked => "wait until the other process has finished, then run it again",
            Cause::ReadOnly => "copy the record to a place where you may write",
            Cause::NotAllowed => "ask for leave to read the file and its folder",
            Cause::Damaged(_) => {
                "take the record from a backup, or read the reports into a new one"
            }
            Cause::Query(error) => return error.hint(),
            Cause::Refused(..)
            | Cause::UnknownReport(_)
            | Cause::UnknownItem(..)
            | Cause::UnknownNumber(_)
            | Cause::Unfinished
            | Cause::Database(_) => return None,
        })
    }
}

impl From<rusqlite::Error> for Cause {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        match error.sqlite_error_code() {
            Some(Code::DiskFull) => Self::DiskFull,
            Some(Code::DatabaseBusy | Code::DatabaseLocked) => Self::Locked,
            Some(Code::SystemIoFailure) => Self::Disk(error),
            Some(Code::ReadOnly) => Self::ReadOnly,
            Some(Code::PermissionDenied | Code::AuthorizationForStatementDenied) => {
                Self::NotAllowed
            }
            Some(Code::DatabaseCorrupt) => Self::Damaged(error),
            Some(Code::NotADatabase) => Self::NotARecord("it is not an SQLite file"),
            _ => Self::Database(error),
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("there is no such file or folder"),
            Self::NotARecord(why) => write!(f, "it is not a record: {why}"),
            Self::NewerSchema { found, known } => write!(
                f,
                "it was written by a newer version of OnRecord (schema {found}; this one knows \
                 {known})"
            ),
            Self::OlderSchema { found, known } => write!(
                f,
                "it was written by an older version of OnRecord (schema {found}; this one reads \
                 {known})"
            ),
            Self::DiskFull => f.write_str("the disk is full"),
            Self::Disk(error) => write!(f, "the disk failed ({error})"),
            Self::Locked => f.write_str("another process is writing to it"),
            Self::ReadOnly => f.write_str("it may not be written"),
            Self::NotAllowed => f.write_str("it may not be read"),
            Self::Damaged(error) => write!(f, "the file is damaged ({error})"),
            Self::Refused(report, why) => write!(f, "report `{report}` cannot be kept: {why}"),
            Self::UnknownReport(name) => write!(f, "it has no report called `{name}`"),
            Self::UnknownItem(comparison, report, number) => {
                write!(f, "`{comparison}` has no item {number} of report `{report}`")
            }
            Self::UnknownNumber(number) => write!(f, "it has no item number {number}"),
            Self::Unfinished => {
                f.write_str("an earlier write of the batch failed; nothing of it was kept")
            }
            Self::Query(error) => error.fmt(f),
            Self::Database(error) => error.fmt(f),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {} record `{}`: {}", self.doing, self.path.display(), self.cause)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.cause {
            Cause::Disk(error) | Cause::Damaged(error) | Cause::Database(error) => Some(error),
            Cause::Query(error) => Some(error),
            _ => None,
        }
    }
}

/// Gives a cause the path it lacks.
pub(crate) trait At<T> {
    fn at(self, path: &Path, doing: &'static str) -> Result<T>;
}

impl<T, C: Into<Cause>> At<T> for std::result::Result<T, C> {
    fn at(self, path: &Path, doing: &'static str) -> Result<T> {
        self.map_err(|cause| Error::new(path, doing, cause.into()))
    }
}

impl From<QueryError> for Cause {
    fn from(error: QueryError) -> Self {
        Self::Query(error)
    }
}
