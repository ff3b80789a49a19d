//! Opening and closing a record.
//!
//! In goes a path; out comes a [`Ledger`] over one SQLite file, or an error that says what is
//! wrong with the path and what to try.
//!
//! ```text
//! Ledger::create_or_open("story.db")    makes it where there is none
//! Ledger::open_read_only("story.db")    also while another process writes, also from a read-only disk
//! ```
//!
//! Not handled: older schemas (they are refused: reading anew is quicker than bringing up to date),
//! records on a network disk without file locks.

use crate::error::{At, Cause, Error, Result};
use crate::keys::Held;
use crate::put::Names;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The schema that this version writes; also the file's `user_version`.
pub const SCHEMA_VERSION: i64 = 6;

/// "OnRc": tells a record from other SQLite files.
const APPLICATION_ID: i64 = 0x4F6E_5263;

const SCHEMA: &str = include_str!("schema.sql");

/// So much of a record is mapped into memory, for one that only reads.
const MAPPED: u64 = 1 << 40;

/// How long a write waits for another process to finish its own.
const WAIT: Duration = Duration::from_secs(10);

/// An open record.
///
/// One `Ledger` is one connection: it can be sent to another thread, not shared. Several may have
/// the same file open; one writes at a time, the others go on reading what was there before.
#[derive(Debug)]
pub struct Ledger {
    pub(crate) conn: Connection,
    pub(crate) path: PathBuf,
    pub(crate) names: Names,
    pub(crate) held: Held,
}

impl Ledger {
    /// Opens the record at `path`, or makes a new one there.
    ///
    /// # Errors
    /// If the file is something else, newer, older, locked or not writable, or its folder is missing.
    pub fn create_or_open(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        Self::writable(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)
    }

    /// Opens the record at `path` for reading and writing.
    ///
    /// # Errors
    /// As [`Ledger::create_or_open`], and if there is no such file.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        must_exist(path)?;
        Self::writable(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
    }

    /// Opens the record at `path` for reading alone.
    ///
    /// # Errors
    /// If there is no such file, it is something else, newer or older.
    pub fn open_read_only(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        must_exist(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let opened = connect(path, flags).and_then(|conn| {
            check(&conn)?;
            Ok(conn)
        });
        let conn = match opened {
            // A record in a folder that may not be written: SQLite cannot make the index of the
            // write-ahead log beside it, and needs none where no log is.
            Err(Cause::Missing | Cause::NotAllowed | Cause::ReadOnly) if !log_of(path).exists() => {
                let flags = flags | OpenFlags::SQLITE_OPEN_URI;
                let uri = PathBuf::from(immutable_uri(path));
                connect(&uri, flags).and_then(|conn| check(&conn).map(|_| conn))
            }
            opened => opened,
        }
        .at(path, "open")?;
        if state(&conn).at(path, "open")? == State::Empty {
            return Err(Error::new(path, "open", Cause::NotARecord("it is empty")));
        }
        // Pages of the file are read where the system keeps them, not copied one by one: a third of
        // the time of reading a large record. One that writes has no use for it.
        conn.execute_batch(&format!("PRAGMA mmap_size = {MAPPED};")).at(path, "open")?;
        Self::over(conn, path)
    }

    /// Does all of some reading on one state of the record, whatever another process writes in the
    /// meantime; also quicker than one state for each question.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn reading<T>(&self, work: impl FnOnce(&Self) -> T) -> Result<T> {
        self.conn.execute_batch("BEGIN").at(&self.path, "read")?;
        let done = work(self);
        self.conn.execute_batch("COMMIT").at(&self.path, "read")?;
        Ok(done)
    }

    fn writable(path: &Path, flags: OpenFlags) -> Result<Self> {
        let mut conn = connect(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX).at(path, "open")?;
        let is_empty = check(&conn).at(path, "open")? == State::Empty;
        if conn.is_readonly("main").unwrap_or(false) {
            return Err(Error::new(path, "open", Cause::ReadOnly));
        }
        if is_empty && !flags.contains(OpenFlags::SQLITE_OPEN_CREATE) {
            return Err(Error::new(path, "open", Cause::NotARecord("it is empty")));
        }
        if is_empty {
            create(&mut conn).at(path, "make")?;
        }
        // A batch is kept whole or not at all at any kill; a power cut may cost the last batches,
        // never the file.
        conn.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
             PRAGMA wal_autocheckpoint = 32000; PRAGMA journal_size_limit = 134217728;",
        )
        .at(path, "open")?;
        Self::over(conn, path)
    }

    fn over(conn: Connection, path: &Path) -> Result<Self> {
        // Foreign keys are declared for those who read the schema; this crate keeps them itself (a
        // test checks), which saves a look-up for each row written.
        conn.execute_batch(
            "PRAGMA foreign_keys = OFF; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -131072;",
        )
        .at(path, "open")?;
        conn.set_prepared_statement_cache_capacity(128);
        // A plan holds whatever is bound: else SQLite plans `LIMIT ?` anew at every call, a third
        // of the time of writing.
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).at(path, "open")?;
        Ok(Self { conn, path: path.to_owned(), names: Names::default(), held: Held::default() })
    }

    /// The record's file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Moves what stands in the write-ahead log into the file, as far as readers allow.
    ///
    /// # Errors
    /// If the disk is full or the file damaged.
    pub fn checkpoint(&self) -> Result<()> {
        self.conn
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
            .at(&self.path, "write")
    }

    /// Lets the file grow to so many pages of 4 KiB and no further: beyond, writing fails as on a
    /// full disk. Holds until the record is closed.
    ///
    /// # Errors
    /// If the record cannot be read.
    pub fn limit_pages(&self, pages: u32) -> Result<()> {
        self.conn
            .query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))
            .at(&self.path, "open")
    }

    /// Closes the record; where no other process has it open, one file is left.
    ///
    /// # Errors
    /// If the disk is full or the file damaged.
    pub fn close(self) -> Result<()> {
        let Self { conn, path, .. } = self;
        if !conn.is_readonly("main").unwrap_or(true) {
            // Lets the planner know the sizes of the tables; quick, and only where they changed.
            conn.execute_batch("PRAGMA analysis_limit = 400; PRAGMA optimize;")
                .at(&path, "close")?;
        }
        conn.close().map_err(|(_, error)| error).at(&path, "close")
    }
}

fn must_exist(path: &Path) -> Result<()> {
    match path.try_exists() {
        Ok(true) => Ok(()),
        Ok(false) => Err(Error::new(path, "open", Cause::Missing)),
        Err(_) => Err(Error::new(path, "open", Cause::NotAllowed)),
    }
}

fn connect(path: &Path, flags: OpenFlags) -> std::result::Result<Connection, Cause> {
    if path.is_dir() {
        return Err(Cause::NotARecord("it is a folder"));
    }
    let cannot_open = |error: rusqlite::Error| match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::CannotOpen) if !parent_exists(path) => Cause::Missing,
        Some(rusqlite::ErrorCode::CannotOpen) => Cause::NotAllowed,
        _ => error.into(),
    };
    let conn = Connection::open_with_flags(path, flags).map_err(cannot_open)?;
    conn.busy_timeout(WAIT)?;
    // The first read: only now SQLite looks at the file.
    conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())).map_err(cannot_open)?;
    Ok(conn)
}

fn parent_exists(path: &Path) -> bool {
    path.parent().is_none_or(|parent| parent.as_os_str().is_empty() || parent.exists())
}

fn log_of(path: &Path) -> PathBuf {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    log.into()
}

fn immutable_uri(path: &Path) -> String {
    let mut uri = String::from("file:");
    for byte in path.to_string_lossy().bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => {
                uri.push(byte as char);
            }
            _ => uri.push_str(&format!("%{byte:02x}")),
        }
    }
    uri + "?immutable=1"
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Empty,
    Record,
}

/// Whether the file is a record this program can read, or has nothing in it yet.
fn check(conn: &Connection) -> std::result::Result<State, Cause> {
    let state = state(conn)?;
    let found: i64 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if state == State::Record && found > SCHEMA_VERSION {
        return Err(Cause::NewerSchema { found, known: SCHEMA_VERSION });
    }
    if state == State::Record && found < SCHEMA_VERSION {
        return Err(Cause::OlderSchema { found, known: SCHEMA_VERSION });
    }
    Ok(state)
}

fn state(conn: &Connection) -> std::result::Result<State, Cause> {
    let id: i64 = conn.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let tables: i64 = conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    match (id, tables) {
        (APPLICATION_ID, _) => Ok(State::Record),
        (0, 0) => Ok(State::Empty),
        _ => Err(Cause::NotARecord("it is another program's SQLite file")),
    }
}

fn create(conn: &mut Connection) -> std::result::Result<(), Cause> {
    conn.execute_batch("PRAGMA page_size = 4096;")?;
    let transaction = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have made it while this one waited.
    if check(&transaction)? == State::Record {
        return Ok(());
    }
    transaction.execute_batch(SCHEMA)?;
    transaction.execute_batch(&format!(
        "PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {SCHEMA_VERSION};
         INSERT INTO about VALUES
             ('about', 'A record made by OnRecord: who said what, in which report. It never says \
         what is true.'),
             ('begin with', 'the views who_said_what, figures_given, dates_given, \
         what_happened, what_differs'),
             ('schema', {SCHEMA_VERSION});"
    ))?;
    transaction.commit()?;
    Ok(())
}
