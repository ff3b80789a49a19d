//! A text with marks on it, which may overlap: cut where a mark begins or ends, each stretch in one
//! element with the classes of all marks over it.
//!
//! ```text
//! [ said ......[figure]..... ]  →  <span said>…</span><a said figure>…</a><span said>…</span>
//! ```

use crate::words::t;
use maud::{Markup, PreEscaped, html};
use onrecord_model::Span;

/// A mark on a stretch of a text.
#[derive(Debug, Clone)]
pub(crate) struct Mark {
    /// Where, in bytes of the text.
    pub(crate) span: Span,
    /// What it is.
    pub(crate) class: &'static str,
    /// The note beside the text that belongs to it.
    pub(crate) note: Option<String>,
    /// Where it leads; of several over one stretch, that of the last counts.
    pub(crate) link: Option<String>,
    /// What it says when looked at.
    pub(crate) title: Option<String>,
    /// Its name as a place on the page.
    pub(crate) id: Option<String>,
}

impl Mark {
    /// A mark that only shows.
    pub(crate) fn plain(span: Span, class: &'static str) -> Self {
        Self { span, class, note: None, link: None, title: None, id: None }
    }
}

/// The words of `within` with the marks on them.
pub(crate) fn marked(text: &str, within: Span, marks: &[Mark]) -> Markup {
    let over: Vec<&Mark> =
        marks.iter().filter(|mark| mark.span.overlaps(within) && !mark.span.is_empty()).collect();
    let mut cuts: Vec<u32> = vec![within.start, within.end];
    for mark in &over {
        cuts.extend([mark.span.start, mark.span.end].iter().filter(|&&at| within.has(at as usize)));
    }
    cuts.sort_unstable();
    cuts.dedup();
    let mut out = String::new();
    for pair in cuts.windows(2) {
        let here = Span { start: pair[0], end: pair[1] };
        // A span that is not of this text would be a bug of whoever made it; nothing is lost.
        let Some(words) = text.get(here.range()) else { continue };
        let on: Vec<&Mark> = over.iter().filter(|mark| mark.span.overlaps(here)).copied().collect();
        out.push_str(&stretch(words, here, within, &on).0);
    }
    PreEscaped(out)
}

fn stretch(words: &str, here: Span, within: Span, on: &[&Mark]) -> Markup {
    if on.is_empty() {
        return t(words);
    }
    let mut classes: Vec<&str> = Vec::new();
    for mark in on {
        if !classes.contains(&mark.class) {
            classes.push(mark.class);
        }
    }
    let notes: Vec<&str> = on.iter().filter_map(|mark| mark.note.as_deref()).collect();
    let titles: Vec<&str> = on.iter().filter_map(|mark| mark.title.as_deref()).collect();
    let link = on.iter().rev().find_map(|mark| mark.link.as_deref());
    let starts = |mark: &&&Mark| mark.span.start.max(within.start) == here.start;
    let id = on.iter().filter(starts).rev().find_map(|mark| mark.id.as_deref());
    let classes = classes.join(" ");
    let notes = (!notes.is_empty()).then(|| notes.join(" "));
    let titles = (!titles.is_empty()).then(|| titles.join("; "));
    let is_mark = classes == "hit" || classes == "at";
    html! {
        @if let Some(link) = link {
            a class=(classes) id=[id] href=(link) data-note=[notes] title=[titles.as_deref().map(t)] { (t(words)) }
        } @else if is_mark {
            mark class=(classes) id=[id] { (t(words)) }
        } @else {
            span class=(classes) id=[id] data-note=[notes] title=[titles.as_deref().map(t)] { (t(words)) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_overlap_are_cut_where_they_cross() {
        let text = "she said <11> ships";
        let marks =
            [Mark::plain(Span::new(4, 13), "said"), Mark::plain(Span::new(9, 19), "figure")];
        assert_eq!(
            marked(text, Span::new(0, text.len()), &marks).0,
            "she <span class=\"said\">said </span><span class=\"said figure\">&lt;11&gt;</span>\
             <span class=\"figure\"> ships</span>"
        );
        assert_eq!(marked(text, Span::new(0, 3), &marks).0, "she");
    }
}
