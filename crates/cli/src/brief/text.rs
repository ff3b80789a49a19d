//! The brief on a terminal.

use super::pointers;
use crate::terminal::{ACCENT, BOLD, DIM, MARK, cut};
use onrecord_engine::brief::{Group, Line, Page};
use std::fmt::Write;

/// Columns that a label takes.
const LABEL: usize = 15;

/// Sets the page in `width` columns.
pub(crate) fn text(page: &Page, width: usize) -> String {
    let mut out = format!("{}\n", BOLD.of(&page.title));
    for note in &page.notes {
        let _ = writeln!(out, "{}", DIM.of(cut(note, width)));
    }
    for section in &page.sections {
        let _ = writeln!(out, "\n{}", BOLD.of(section.title.to_uppercase()));
        if section.groups.is_empty() {
            let _ = writeln!(out, "  {}", section.empty);
        }
        for group in &section.groups {
            set_group(&mut out, group, width);
        }
        if let Some(more) = &section.more {
            let _ = writeln!(out, "  {}", DIM.of(more));
        }
    }
    out
}

fn set_group(out: &mut String, group: &Group, width: usize) {
    if !group.title.is_empty() {
        let title = MARK.of(cut(&group.title, width.saturating_sub(24)));
        let _ = writeln!(out, "  {title}  {}", DIM.of(&group.note));
    }
    for line in &group.lines {
        set_line(out, line, width);
    }
}

/// A line in at most three rows, its pointers at the end.
fn set_line(out: &mut String, line: &Line, width: usize) {
    let (pointers, more) = pointers(line);
    let mut tail = pointers.join(" ");
    if more > 0 {
        let _ = write!(tail, " +{more}");
    }
    let indent = if line.label.is_empty() { 4 } else { 4 + LABEL };
    let room = width.saturating_sub(indent).max(20);
    let note = if line.note.is_empty() { String::new() } else { format!("  [{}]", line.note) };
    let words = cut(&line.text, 2 * room) + &note;
    let mut rows: Vec<String> =
        textwrap::wrap(&words, room).iter().map(ToString::to_string).collect();
    let fits = rows.last().is_some_and(|row| {
        textwrap::core::display_width(row) + 2 + textwrap::core::display_width(&tail) <= room
    });
    let tail = ACCENT.of(tail);
    match rows.last_mut() {
        Some(row) if fits => *row = format!("{row}  {tail}"),
        _ => rows.push(tail),
    }
    for (i, row) in rows.iter().enumerate() {
        let label = if i == 0 { line.label.as_str() } else { "" };
        if line.label.is_empty() {
            let _ = writeln!(out, "    {row}");
        } else {
            let _ = writeln!(out, "    {label:<LABEL$}{row}");
        }
    }
}
