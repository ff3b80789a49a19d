//! What a file is, by its first bytes; its name is not asked.
//!
//! ```text
//! 1F 8B …            gzip         {"text": …}\n{   JSON lines     [{ …   JSON elements
//! ---\ntitle: …      front matter <!doctype html   HTML           else   plain text
//! ```

/// What the first bytes of a file say that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// One JSON object a line.
    JsonLines,
    /// A JSON array of objects, or objects over several lines.
    JsonElements,
    /// An HTML page.
    Html,
    /// RSS or Atom.
    Feed,
    /// Web archive records.
    Warc,
    /// A text after a block of fields.
    FrontMatter,
    /// Anything else that is text.
    Plain,
}

/// Whether the bytes are packed with gzip.
pub(crate) fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1F, 0x8B, 0x08])
}

/// The encoding that a page or an XML file declares in its first bytes.
pub(crate) fn declared_encoding(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = bytes[..bytes.len().min(2048)].trim_ascii_start();
    if !head.starts_with(b"<") {
        return None;
    }
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let at =
        head.find("charset").map(|at| at + 7).or_else(|| head.find("encoding").map(|at| at + 8))?;
    let value =
        head[at..].trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let end = value
        .find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | ':'))
        .unwrap_or(value.len());
    encoding_rs::Encoding::for_label(&value.as_bytes()[..end])
}

/// The format of a decoded text, or of its beginning.
pub(crate) fn format(text: &str) -> Format {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    if text.starts_with("WARC/1.") {
        return Format::Warc;
    }
    if opens_object(text) {
        let line = text.lines().next().unwrap_or_default().trim_end();
        // An object over several lines ends its first line inside it.
        let is_whole =
            line.ends_with('}') || line.len() > 200 || line.len() == text.trim_end().len();
        return if is_whole { Format::JsonLines } else { Format::JsonElements };
    }
    if text.strip_prefix('[').is_some_and(|rest| opens_object(rest.trim_start())) {
        return Format::JsonElements;
    }
    if crate::front_matter::split(text).is_some() {
        return Format::FrontMatter;
    }
    markup(text).unwrap_or(Format::Plain)
}

/// `{` and then a name or the end, not a brace in prose.
fn opens_object(text: &str) -> bool {
    text.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with(['"', '}']))
}

fn markup(text: &str) -> Option<Format> {
    if !text.starts_with('<') {
        return None;
    }
    let mut end = text.len().min(4096);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text[..end].to_ascii_lowercase();
    let has = |tag: &str| {
        head.match_indices(tag).any(|(at, _)| {
            head[at + tag.len()..]
                .starts_with(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))
        })
    };
    if ["<rss", "<feed", "<rdf:rdf"].iter().any(|tag| has(tag)) && !has("<html") {
        return Some(Format::Feed);
    }
    const TAGS: [&str; 16] = [
        "<html",
        "<!doctype",
        "<head",
        "<body",
        "<article",
        "<div",
        "<p",
        "<main",
        "<section",
        "<table",
        "<h1",
        "<h2",
        "<meta",
        "<title",
        "<span",
        "<script",
    ];
    TAGS.iter().any(|tag| has(tag)).then_some(Format::Html)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_says_what_a_file_is() {
        for (text, expected) in [
            ("{\"text\": \"a\"}\n{\"text\": \"b\"}\n", Format::JsonLines),
            ("\u{FEFF} {\"text\": \"a\"}", Format::JsonLines),
            ("{\n  \"text\": \"a\"\n}\n", Format::JsonElements),
            ("[{\"text\": \"a\"}]", Format::JsonElements),
            ("[Photo] The mayor", Format::Plain),
            ("{sic} he said", Format::Plain),
            ("---\ntitle: Strike\n---\nText", Format::FrontMatter),
            ("--- \nA rule of dashes over a text\n---\n", Format::Plain),
            ("<!DOCTYPE html><html>", Format::Html),
            ("<p>Strike</p>", Format::Html),
            ("<?xml version=\"1.0\"?><rss version=\"2.0\">", Format::Feed),
            ("<strike> is what they call it", Format::Plain),
            ("WARC/1.0\r\nWARC-Type: response", Format::Warc),
            ("", Format::Plain),
        ] {
            assert_eq!(format(text), expected, "{text}");
        }
    }
}
