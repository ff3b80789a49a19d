//! The brief as Markdown.

use super::pointers;
use onrecord_engine::brief::{Line, Page};
use std::fmt::Write;

/// Writes the page, under the name of what it is of.
pub(crate) fn markdown(page: &Page, name: &str) -> String {
    let mut out = format!("# {}\n\n{}\n", escaped(name), escaped(&page.title));
    for note in &page.notes {
        let _ = writeln!(out, "\n{}", escaped(note));
    }
    for section in &page.sections {
        let _ = writeln!(out, "\n## {}\n", section.title);
        if section.groups.is_empty() {
            let _ = writeln!(out, "{}", section.empty);
        }
        for group in &section.groups {
            if !group.title.is_empty() {
                let note = if group.note.is_empty() {
                    String::new()
                } else {
                    format!(" ({})", escaped(&group.note))
                };
                let _ = writeln!(out, "### {}{note}\n", escaped(&group.title));
            }
            for line in &group.lines {
                set_line(&mut out, line);
            }
            out.push('\n');
        }
        if let Some(more) = &section.more {
            let _ = writeln!(out, "*{}*", escaped(more));
        }
    }
    out
}

fn set_line(out: &mut String, line: &Line) {
    let (pointers, more) = pointers(line);
    out.push_str("- ");
    if !line.label.is_empty() {
        let _ = write!(out, "**{}** ", escaped(&line.label));
    }
    out.push_str(&escaped(&line.text));
    if !line.note.is_empty() {
        let _ = write!(out, " *({})*", escaped(&line.note));
    }
    for pointer in pointers {
        let _ = write!(out, " `{}`", pointer.replace('`', "'"));
    }
    if more > 0 {
        let _ = write!(out, " and {more} more");
    }
    out.push('\n');
}

/// Text on one line, with no character that Markdown or HTML would act on.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (i, word) in text.split_whitespace().enumerate() {
        if i > 0 {
            out.push(' ');
        }
        for c in word.chars() {
            match c {
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '&' => out.push_str("&amp;"),
                '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' => {
                    out.push('\\');
                    out.push(c);
                }
                _ => out.push(c),
            }
        }
    }
    out
}
