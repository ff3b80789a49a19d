//! What must hold of every reading, whatever the bytes: the checks that all targets share.

use onrecord_read::{Options, read_bytes};

/// Reads `bytes`: nothing panics, every span is inside, marks are in order and apart, texts join.
///
/// # Panics
/// If one of these does not hold.
pub fn reads(bytes: &[u8]) {
    let read = read_bytes(bytes, "input", &Options::default());
    assert!(!read.is_empty(), "a file gives reports or a reason");
    let mut joined = String::new();
    for report in read.iter().flatten() {
        let text = &report.text;
        let mut end = 0;
        for piece in &report.not_text {
            assert!(piece.span.start >= end && !piece.span.is_empty(), "marks are in order and apart");
            end = piece.span.end;
            // Slicing panics off a boundary.
            let _ = piece.span.of(text);
        }
        let spans = [
            report.headline,
            report.byline.as_ref().and_then(|byline| byline.span),
            report.dateline.as_ref().map(|dateline| dateline.span),
        ];
        for span in spans.into_iter().flatten() {
            let _ = span.of(text);
            assert!(!report.not_text.iter().any(|piece| piece.span.overlaps(span)));
        }
        joined.push_str(text);
    }
    // Reports of one file with running offsets: the text in order, whole.
    let reports: Vec<_> = read.iter().flatten().collect();
    if reports.iter().skip(1).any(|report| report.start > 0) {
        let mut start = 0;
        for report in &reports {
            assert_eq!(report.start, start);
            start += report.text.chars().count() as u32;
        }
    }
}

/// Reads `bytes` behind an opening that sends them to one reader.
pub fn reads_as(opening: &str, bytes: &[u8]) {
    reads(&[opening.as_bytes(), bytes].concat());
}
