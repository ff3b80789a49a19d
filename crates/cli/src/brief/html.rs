//! The brief as one page of HTML: no script, nothing loaded, fit to be mailed and printed.

use onrecord_engine::brief::{Group, Line, Page, Place};
use onrecord_page::{STYLE, escaped};
use std::fmt::Write;

/// Writes the page, under the name of what it is of; in the style of the pages that `serve` shows.
pub(crate) fn html(page: &Page, name: &str) -> String {
    let name = escaped(name);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         style-src 'unsafe-inline'\">\n<title>{name}: the record</title>\n<style>\n{STYLE}</style>\n\
         </head>\n<body>\n<main>\n<header>\n<h1>{name}</h1>\n<p class=\"lead\">{}</p>\n",
        escaped(&page.title)
    );
    for note in &page.notes {
        let _ = writeln!(out, "<p class=\"filter\">{}</p>", escaped(note));
    }
    out.push_str("</header>\n");
    for section in &page.sections {
        let id = section.title.to_lowercase().replace(' ', "-");
        let _ = writeln!(
            out,
            "<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{}</h2>",
            section.title
        );
        if section.groups.is_empty() {
            let _ = writeln!(out, "<p>{}</p>", section.empty);
        }
        for group in &section.groups {
            set_group(&mut out, group);
        }
        if let Some(more) = &section.more {
            let _ = writeln!(out, "<p class=\"filter\">{}</p>", escaped(more));
        }
        out.push_str("</section>\n");
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn set_group(out: &mut String, group: &Group) {
    if !group.title.is_empty() {
        let _ = write!(out, "<h3>{}", escaped(&group.title));
        if !group.note.is_empty() {
            let _ = write!(out, " <span class=\"how\">{}</span>", escaped(&group.note));
        }
        out.push_str("</h3>\n");
    }
    out.push_str("<ul class=\"list brief\">\n");
    for line in &group.lines {
        set_line(out, line);
    }
    out.push_str("</ul>\n");
}

fn set_line(out: &mut String, line: &Line) {
    out.push_str("<li>");
    if !line.label.is_empty() {
        let _ = write!(out, "<p class=\"kind\">{}</p>", escaped(&line.label));
    }
    let _ = write!(out, "<p class=\"words\">{}</p><p class=\"from\">", escaped(&line.text));
    if !line.note.is_empty() {
        let _ = write!(out, "<span class=\"role\">{}</span> ", escaped(&line.note));
    }
    for (number, place) in line.places.iter().enumerate() {
        let comma = if number == 0 { "" } else { " · " };
        let _ = write!(out, "{comma}{} <code>{}</code>", told(place), escaped(&place.pointer));
    }
    out.push_str("</p></li>\n");
}

fn told(place: &Place) -> String {
    let day = place.published.map(|date| date.to_string());
    let parts: Vec<String> = place.outlet.iter().cloned().chain(day).collect();
    escaped(&parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hostile_name_is_text_and_turns_nothing_round() {
        let told = told(&Place {
            pointer: "a:0-1".to_owned(),
            start: 0,
            outlet: Some("\u{202e}<b>Courier</b>".to_owned()),
            published: None,
        });
        assert_eq!(told, "\u{fffd}&lt;b&gt;Courier&lt;/b&gt;");
    }
}
