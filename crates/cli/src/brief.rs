//! The brief, set for a terminal and as Markdown; as HTML it is `onrecord_page::mailed`.

mod markdown;
mod text;

pub(crate) use markdown::markdown;
pub(crate) use text::text;

use onrecord_engine::brief::Line;

/// Pointers that a line gives before it counts the rest.
const POINTERS: usize = 3;

/// A line's pointers, the first few, and how many more there are.
fn pointers(line: &Line) -> (Vec<&str>, usize) {
    let mut pointers: Vec<&str> = Vec::new();
    for place in &line.places {
        if !pointers.contains(&place.pointer.as_str()) {
            pointers.push(&place.pointer);
        }
    }
    let more = pointers.len().saturating_sub(POINTERS);
    pointers.truncate(POINTERS);
    (pointers, more)
}
