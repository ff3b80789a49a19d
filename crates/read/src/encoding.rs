//! Bytes to text, in any encoding that browsers know.
//!
//! ```text
//! 63 61 66 E9            → "café"    (windows-1252, found by chardetng)
//! EF BB BF 63 61 66 …    → "\u{FEFF}café"   the mark is kept: offsets count it
//! ```
//!
//! Not handled: a file that changes its encoding half-way.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// How many bytes the sniffers look at.
pub(crate) const LOOK: usize = 64 * 1024;

/// The text of `bytes`: by its byte-order mark, else by `declared`, else as UTF-8 if it is that,
/// else as it looks. A byte-order mark stays in the text as U+FEFF.
pub(crate) fn decode<'b>(bytes: &'b [u8], declared: Option<&'static Encoding>) -> Cow<'b, str> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(bytes).0;
    }
    if let Some(encoding) = utf_16(bytes) {
        return encoding.decode_without_bom_handling(bytes).0;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => match declared {
            Some(encoding) if encoding != UTF_8 => encoding.decode_without_bom_handling(bytes).0,
            _ if is_damaged_utf_8(bytes) => String::from_utf8_lossy(bytes),
            _ => detect(bytes).decode_without_bom_handling(bytes).0,
        },
    }
}

/// Whether the bytes are no text, and what they are.
pub(crate) fn binary(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 12] = [
        (b"%PDF-", "it is a PDF"),
        (b"PK\x03\x04", "it is a zip archive or an office document"),
        (b"\x89PNG", "it is an image"),
        (b"\xFF\xD8\xFF", "it is an image"),
        (b"GIF8", "it is an image"),
        (b"SQLite format 3\0", "it is a database"),
        (b"\x7FELF", "it is a program"),
        (b"BZh9", "it is packed with bzip2"),
        (b"\xFD7zXZ\0", "it is packed with xz"),
        (b"\x28\xB5\x2F\xFD", "it is packed with zstd"),
        (b"7z\xBC\xAF\x27\x1C", "it is a 7z archive"),
        (b"\xD0\xCF\x11\xE0", "it is an office document"),
    ];
    if let Some((_, name)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(name);
    }
    if Encoding::for_bom(bytes).is_some() || utf_16(bytes).is_some() {
        return None;
    }
    let look = &bytes[..bytes.len().min(LOOK)];
    // ESC opens the shifts of ISO-2022-JP, which is text.
    let is_control = |&&byte: &&u8| byte < 9 || (14..32).contains(&byte) && byte != 27;
    let controls = look.iter().filter(is_control).count();
    (look.contains(&0) || controls * 20 > look.len()).then_some("it is binary, not text")
}

/// Whether the bytes are UTF-16, with a mark or without.
pub(crate) fn is_utf_16(bytes: &[u8]) -> bool {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    marked.is_some_and(|encoding| encoding != UTF_8) || utf_16(bytes).is_some()
}

/// UTF-16 without a mark: European text has a zero in every other byte.
fn utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let look = &bytes[..bytes.len().min(512) & !1];
    if look.len() < 8 {
        return None;
    }
    let zeros = |odd: usize| look.iter().skip(odd).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), look.len() / 2);
    match () {
        () if odd * 10 > half * 7 && even == 0 => Some(UTF_16LE),
        () if even * 10 > half * 7 && odd == 0 => Some(UTF_16BE),
        () => None,
    }
}

/// UTF-8 with a few broken bytes, cut or pasted badly, rather than another encoding.
fn is_damaged_utf_8(bytes: &[u8]) -> bool {
    let (mut good, mut broken) = (0, 0);
    for chunk in bytes[..bytes.len().min(LOOK)].utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    good > 4 * broken
}

fn detect(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(&bytes[..bytes.len().min(1 << 20)], true);
    detector.guess(None, Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_kept_and_obeyed() {
        assert_eq!(decode(b"\xEF\xBB\xBFport", None), "\u{FEFF}port");
        assert_eq!(decode(b"\xFF\xFEp\0o\0r\0t\0", None), "\u{FEFF}port");
    }

    #[test]
    fn old_encodings_are_recognised() {
        let text = b"Le maire de Port-Lorne a d\xE9clar\xE9 que la gr\xE8ve \xE9tait finie.";
        assert!(decode(text, None).contains("déclaré que la grève était"));
        let quoted = b"The \x93strike\x94 isn\x92t over, the mayor said.";
        assert_eq!(decode(quoted, None), "The “strike” isn’t over, the mayor said.");
    }

    #[test]
    fn one_broken_byte_does_not_turn_utf_8_into_mojibake() {
        let mut bytes = "“The quay,” she said, “isn’t closed – not yet.”".as_bytes().to_vec();
        bytes.push(0xE2);
        assert!(decode(&bytes, None).starts_with("“The quay,” she said"));
    }

    #[test]
    fn binary_is_told_from_text() {
        assert_eq!(binary(b"%PDF-1.7 rest"), Some("it is a PDF"));
        assert_eq!(binary(b"ab\0cd\x01\x02"), Some("it is binary, not text"));
        assert_eq!(binary("Straße\r\n\tgut".as_bytes()), None);
        assert_eq!(binary(b"p\0o\0r\0t\0 \0o\0f\0"), None);
    }
}
