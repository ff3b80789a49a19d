//! The brief on a terminal.

use super::pointers;
use crate::terminal::{ACCENT, BOLD, DIM, MARK, cut, wrapped};
use onrecord_engine::brief::{Group, Line, Page};
use std::fmt::Write;
use textwrap::core::display_width;

/// Rows that a line takes at most; a finding, which tells of two reports, takes one more.
const ROWS: usize = 2;

/// Columns that a label takes.
const LABEL: usize = 15;

/// Sets the page in `width` columns.
pub(crate) fn text(page: &Page, width: usize) -> String {
    let mut out = format!("{}\n", BOLD.of(&page.title));
    for note in &page.notes {
        let _ = writeln!(out, "{}", DIM.of(wrapped(note, width, "")));
    }
    for section in &page.sections {
        let title = section.title.to_uppercase();
        let more = section.more.as_ref().map_or(String::new(), |more| format!(" ({more})"));
        let heading = wrapped(&format!("{title}{more}"), width, "");
        let more = heading.strip_prefix(&title).unwrap_or_default();
        let _ = writeln!(out, "\n{}{}", BOLD.of(&title), DIM.of(more));
        if section.groups.is_empty() {
            let _ = writeln!(out, "  {}", section.empty);
        }
        for group in &section.groups {
            let rows = if section.title == "What differs" { ROWS + 1 } else { ROWS };
            set_group(&mut out, group, width, rows);
        }
    }
    out
}

fn set_group(out: &mut String, group: &Group, width: usize, most: usize) {
    if !group.title.is_empty() {
        let title = MARK.of(cut(&group.title, width.saturating_sub(24)));
        let note = match group.note.as_str() {
            "" => String::new(),
            note => format!("  {}", DIM.of(note)),
        };
        let _ = writeln!(out, "  {title}{note}");
    }
    let indent = if group.title.is_empty() { 2 } else { 4 };
    let has_labels = group.lines.iter().any(|line| !line.label.is_empty());
    for line in &group.lines {
        let rows =
            rows(line, width.saturating_sub(indent + if has_labels { LABEL } else { 0 }), most);
        for (i, row) in rows.iter().enumerate() {
            let label = if i == 0 { line.label.as_str() } else { "" };
            let label = if has_labels { format!("{label:<LABEL$}") } else { String::new() };
            let _ = writeln!(out, "{:indent$}{label}{row}", "");
        }
    }
}

/// A line in at most `most` rows, one more for words that leave no room, its pointers at the end.
fn rows(line: &Line, room: usize, most: usize) -> Vec<String> {
    // Numbers that stand under one another begin with blanks.
    let blanks = line.text.len() - line.text.trim_start_matches(' ').len();
    let room = room.saturating_sub(blanks).max(20);
    let tail = tail(line, room);
    let note = if line.note.is_empty() { String::new() } else { format!("  [{}]", line.note) };
    let words: Vec<&str> = line.text.split_whitespace().collect();
    // As many words as fit beside the note and the pointers.
    let mut shown = words.len();
    let mut rows = loop {
        let mut text = words[..shown].join(" ");
        if shown < words.len() {
            text.truncate(text.trim_end_matches([',', ';', ':']).len());
            text.push_str(" …");
        }
        text.push_str(&note);
        let rows: Vec<String> =
            wrapped(&text, room, "").lines().map(|row| format!("{:blanks$}{row}", "")).collect();
        if shown < 4 || rows.len() < most || (rows.len() == most && fits(&rows, &tail, room)) {
            break rows;
        }
        shown -= 1;
    };
    let is_beside = fits(&rows, &tail, room);
    let tail = ACCENT.of(tail);
    match rows.last_mut() {
        Some(row) if is_beside => *row = format!("{row}  {tail}"),
        _ => rows.push(tail),
    }
    rows
}

/// Whether the pointers fit beside the last row.
fn fits(rows: &[String], tail: &str, room: usize) -> bool {
    rows.last().is_some_and(|row| display_width(row.trim_start()) + 2 + display_width(tail) <= room)
}

/// The first pointers of a line, as many as fit, and how many more there are.
fn tail(line: &Line, room: usize) -> String {
    let (pointers, more) = pointers(line);
    let mut shown = pointers.len();
    loop {
        let mut tail = pointers[..shown].join(" ");
        let more = more + pointers.len() - shown;
        if more > 0 {
            let _ = write!(tail, " +{more}");
        }
        if shown < 2 || display_width(&tail) <= room {
            return tail;
        }
        shown -= 1;
    }
}
