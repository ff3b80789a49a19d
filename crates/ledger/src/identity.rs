//! Which report is which: its content, its place, its name.
//!
//! ```text
//! monday/000.txt          → 000          or monday/000 where 000 is taken
//! 003.txt, part 2 of 2    → 003#2
//! 004.txt, before it was changed → 004@1
//! ```
//!
//! Two reports of one address and text are one. Not handled: addresses that differ only in what
//! follows `?` (they may be two reports).

use onrecord_model::Report;
use rusqlite::Connection;
use xxhash_rust::xxh3::Xxh3;

/// The XXH3-128 hash of a report's text and of all that is known of it, without its place (file,
/// part, folder): the same report read from another file has the same hash.
pub fn content_hash(report: &Report) -> [u8; 16] {
    let mut hash = Fields(Xxh3::new());
    let span = |span: onrecord_model::Span| (u64::from(span.start) << 32) | u64::from(span.end);
    hash.text(Some(&report.text));
    hash.number(report.headline.map(span));
    hash.text(report.byline.as_ref().map(|byline| &byline.name));
    hash.number(report.byline.as_ref().and_then(|byline| byline.span).map(span));
    hash.number(report.dateline.as_ref().map(|line| span(line.span)));
    hash.text(report.dateline.as_ref().and_then(|line| line.place.as_ref()));
    hash.text(report.dateline.as_ref().and_then(|line| line.date).map(|d| d.to_string()).as_ref());
    hash.text(report.dateline.as_ref().and_then(|line| line.agency.as_ref()));
    hash.text(report.outlet.as_ref());
    hash.text(report.url.as_ref());
    hash.text(report.published.map(|published| published.date.to_string()).as_ref());
    hash.text(report.published.map(|published| published.from.as_str()));
    hash.text(report.language.as_ref());
    hash.number(Some(report.not_text.len() as u64));
    for piece in &report.not_text {
        hash.number(Some(span(piece.span)));
        hash.text(Some(piece.kind.as_str()));
    }
    let mut extra: Vec<_> = report.extra.iter().collect();
    extra.sort_by_key(|(name, _)| *name);
    hash.number(Some(extra.len() as u64));
    for (name, value) in extra {
        hash.text(Some(name));
        hash.text(Some(value.to_string()));
    }
    hash.0.digest128().to_be_bytes()
}

/// The hash of where a report stands: its address, else its folder, file and part.
///
/// The reports of one page share its address: those that do not open the file (`start` past 0)
/// keep their part.
pub(crate) fn location_hash(report: &Report, folder: Option<&str>) -> [u8; 16] {
    let mut hash = Fields(Xxh3::new());
    hash.text(report.url.as_ref());
    if report.url.is_none() {
        hash.text(folder);
        hash.text(Some(&report.source_file));
    }
    if report.url.is_none() || report.start > 0 {
        hash.number(Some(u64::from(report.part)));
    }
    hash.0.digest128().to_be_bytes()
}

/// Hashes fields so that no two lists of fields run together.
struct Fields(Xxh3);

impl Fields {
    fn text(&mut self, text: Option<impl AsRef<str>>) {
        match text {
            Some(text) => {
                let text = text.as_ref();
                self.number(Some(text.len() as u64));
                self.0.update(text.as_bytes());
            }
            None => self.number(None),
        }
    }

    fn number(&mut self, number: Option<u64>) {
        match number {
            Some(number) => {
                self.0.update(&[1]);
                self.0.update(&number.to_le_bytes());
            }
            None => self.0.update(&[0]),
        }
    }
}

/// A name that no other report has, as short as it can be.
pub(crate) fn free_name(
    conn: &Connection,
    report: &Report,
    folder: Option<&str>,
) -> rusqlite::Result<String> {
    let file = report.source_file.replace('\\', "/");
    let file = file.trim_matches('/');
    let bare = without_ending(file);
    let short = bare.rsplit('/').next().unwrap_or(bare);
    let within = if file.contains('/') { None } else { folder.and_then(last_folder) };
    let mut names = vec![short.to_owned(), bare.to_owned()];
    names.extend(within.map(|folder| format!("{folder}/{bare}")));
    names.push(file.to_owned());
    names.extend(within.map(|folder| format!("{folder}/{file}")));
    names.retain(|name| !name.is_empty());
    if names.is_empty() {
        names.push("report".to_owned());
    }
    let part = match report.part {
        part if report.has_siblings || part > 1 => format!("#{part}"),
        _ => String::new(),
    };
    for name in &names {
        let name = format!("{name}{part}");
        if is_free(conn, &name)? {
            return Ok(name);
        }
    }
    let longest = names.last().expect("one was put in above");
    numbered(conn, |number| format!("{longest}~{number}{part}"), 2)
}

/// A free name for a revision that is no longer the newest: `004@1`.
pub(crate) fn old_name(conn: &Connection, name: &str, revision: i64) -> rusqlite::Result<String> {
    let old = format!("{name}@{revision}");
    if is_free(conn, &old)? {
        return Ok(old);
    }
    numbered(conn, |number| format!("{name}@{revision}~{number}"), 2)
}

/// The first free name of a numbered row. Doubles its steps, so that the ten-thousandth `index.html`
/// needs some fourteen looks, then halves them to leave no gaps.
fn numbered(
    conn: &Connection,
    name: impl Fn(u64) -> String,
    first: u64,
) -> rusqlite::Result<String> {
    let (mut taken, mut step) = (first - 1, 1);
    while !is_free(conn, &name(taken + step))? {
        taken += step;
        step *= 2;
    }
    let mut free = taken + step;
    while free - taken > 1 {
        let middle = taken + (free - taken) / 2;
        if is_free(conn, &name(middle))? {
            free = middle;
        } else {
            taken = middle;
        }
    }
    Ok(name(free))
}

fn is_free(conn: &Connection, name: &str) -> rusqlite::Result<bool> {
    conn.prepare_cached("SELECT 1 FROM reports WHERE name = ?")?.exists([name]).map(|taken| !taken)
}

fn last_folder(folder: &str) -> Option<&str> {
    folder.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().filter(|name| !name.is_empty())
}

/// A file's path without what says its format: `articles.jsonl.gz` is `articles`.
fn without_ending(file: &str) -> &str {
    let packed = [".gz", ".bz2", ".zst", ".xz"];
    let file = packed.iter().find_map(|ending| file.strip_suffix(ending)).unwrap_or(file);
    match file.rsplit_once('.') {
        Some((bare, ending))
            if !bare.is_empty()
                && !bare.ends_with('/')
                && (1..=8).contains(&ending.len())
                && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
                && ending.bytes().any(|byte| byte.is_ascii_alphabetic()) =>
        {
            bare
        }
        _ => file,
    }
}

#[cfg(test)]
mod tests {
    use super::without_ending;

    #[test]
    fn an_ending_is_what_says_the_format() {
        assert_eq!(without_ending("004.txt"), "004");
        assert_eq!(without_ending("monday/articles.jsonl.gz"), "monday/articles");
        assert_eq!(without_ending("quay.4.2"), "quay.4.2");
        assert_eq!(without_ending("notes/.hidden"), "notes/.hidden");
        assert_eq!(without_ending("-"), "-");
    }
}
