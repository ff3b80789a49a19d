//! Words between quotation marks.
//!
//! ```text
//! He called it “a grave mistake” and left.   →  a grave mistake
//! ```
//!
//! A quotation that runs over paragraphs opens each with a mark and closes the last only; so an
//! open quotation ends with its paragraph. Quotations within quotations stay part of the outer.
//! Not handled: straight single marks: an apostrophe looks the same.

use onrecord_model::Span;

/// The quoted stretches of `span`, without their marks, in order.
pub(crate) fn quoted(text: &str, span: Span) -> Vec<Span> {
    let part = span.of(text);
    let base = span.start as usize;
    let mut stretches = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in part.char_indices() {
        let closes = match open {
            None => false,
            Some((_, mark)) => match mark {
                '“' => c == '”',
                '„' => matches!(c, '“' | '”'),
                '«' => c == '»',
                // ’ is an apostrophe too: "the dockers’" ends no word's quotation, "don’t" none.
                '‘' => c == '’' && !part[at + c.len_utf8()..].starts_with(char::is_alphanumeric),
                _ => matches!(c, '"' | '”'),
            },
        };
        match open {
            Some((from, _)) if closes || c == '\n' => {
                stretches.push((from, at));
                open = None;
            }
            None if matches!(c, '“' | '«' | '„' | '"' | '‘') => {
                open = Some((at + c.len_utf8(), c))
            }
            _ => {}
        }
    }
    if let Some((from, _)) = open {
        stretches.push((from, part.len()));
    }
    let spans = stretches.into_iter().map(|(from, to)| Span::new(base + from, base + to));
    spans.map(|span| span.trim(text)).filter(|span| !span.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<&str> {
        quoted(text, Span::new(0, text.len())).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn marks_of_all_kinds() {
        assert_eq!(all("“We go,” he said, \"and soon.\""), ["We go,", "and soon."]);
        assert_eq!(all("He said «so it is»."), ["so it is"]);
        assert_eq!(all("‘We don’t go,’ he said."), ["We don’t go,"]);
    }

    #[test]
    fn an_open_quotation_ends_with_its_paragraph() {
        assert_eq!(all("“One.\n\n“Two,” she said. Three."), ["One.", "Two,"]);
        assert_eq!(all("\"One.\nTwo."), ["One."]);
    }
}
