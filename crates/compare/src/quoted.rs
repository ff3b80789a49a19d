//! Words between quotation marks.
//!
//! ```text
//! He called it “a grave mistake” and left.   →  a grave mistake
//! ```
//!
//! A quotation that runs over paragraphs opens each with a mark and closes the last only; so an
//! open quotation ends with its paragraph. Quotations within quotations stay part of the outer.
//! A straight single mark opens before a word if one that closes follows in the paragraph: after
//! ",", "." and the like, else after a word that does not end in s ("the dockers'").
//! Not handled: an apostrophe before a word ("'twas") in a paragraph with single marks.

use onrecord_model::Span;

/// The quoted stretches of `span`, without their marks, in order.
pub(crate) fn quoted(text: &str, span: Span) -> Vec<Span> {
    let part = span.of(text);
    let base = span.start as usize;
    let mut stretches = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let mut single = None;
    for (at, c) in part.char_indices() {
        let closes = match open {
            None => false,
            Some((_, mark)) => match mark {
                '“' => c == '”' || c == '"' && is_closing(part, at),
                '„' => matches!(c, '“' | '”'),
                '«' => c == '»',
                '\'' => Some(at) == single,
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
            None if c == '\'' && single != Some(at) => {
                single = closing(part, at);
                open = single.map(|_| (at + 1, c));
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

/// Whether the straight mark at `at` closes what a curly one opened: “We go," Fenn said. “And soon.”
/// Not where a quotation within is closed by it: “He called it "odd" and left.”
fn is_closing(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    let after = &text[at + 1..];
    let paragraph = after.split('\n').next().unwrap_or_default();
    let next = paragraph.find(['“', '”', '"']).and_then(|next| paragraph[next..].chars().next());
    before.is_some_and(|c| !c.is_whitespace() && !matches!(c, '“' | '(' | '['))
        && !after.starts_with(char::is_alphanumeric)
        && (before.is_some_and(|c| matches!(c, ',' | '.' | '!' | '?' | '…'))
            || matches!(next, None | Some('“')))
}

/// Where the straight single mark at `at` is closed, if it opens a quotation.
fn closing(text: &str, at: usize) -> Option<usize> {
    let before = text[..at].chars().next_back();
    let opens = before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–'))
        && text[at + 1..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '…' | '['));
    if !opens {
        return None;
    }
    let paragraph = &text[..text[at..].find('\n').map_or(text.len(), |end| at + end)];
    let mut after_word = None;
    for (close, _) in paragraph.match_indices('\'').skip_while(|&(place, _)| place <= at) {
        let next = paragraph[close + 1..].chars().next();
        if next.is_some_and(char::is_alphanumeric) {
            continue;
        }
        match paragraph[..close].chars().next_back() {
            Some(',' | '.' | '!' | '?' | '…' | ')' | ']') => return Some(close),
            Some(c) if c.is_alphanumeric() && c != 's' => {
                after_word = after_word.or(Some(close));
            }
            _ => {}
        }
    }
    after_word
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
    fn a_straight_mark_closes_a_curly_one() {
        assert_eq!(all("“We go,\" Fenn said. “And soon.”"), ["We go,", "And soon."]);
        assert_eq!(all("“We go,\" Fenn said. \"And soon.”"), ["We go,", "And soon."]);
        let within = "He called it \"odd\" and left.";
        assert_eq!(all(&format!("“{within}”")), [within]);
    }

    #[test]
    fn straight_single_marks_are_no_apostrophes() {
        assert_eq!(
            all("Fenn said: 'We don't sail on the crews' day off.' It was the '90s."),
            ["We don't sail on the crews' day off."]
        );
        assert_eq!(all("The crews' vote was a 'fair deal' for them."), ["fair deal"]);
        assert!(all("The dockers' union said it's over for the '80s boats.").is_empty());
    }

    #[test]
    fn an_open_quotation_ends_with_its_paragraph() {
        assert_eq!(all("“One.\n\n“Two,” she said. Three."), ["One.", "Two,"]);
        assert_eq!(all("\"One.\nTwo."), ["One."]);
    }
}
