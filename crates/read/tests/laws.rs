//! Laws by generated input: no character is lost, every span is inside and on boundaries, and the
//! same bytes give the same reports.

use onrecord_model::{Report, Span};
use onrecord_read::{Options, Skipped, read_bytes};
use proptest::prelude::*;

fn check(report: &Report) -> Result<(), TestCaseError> {
    let text = &report.text;
    let inside = |span: Span| {
        let (start, end) = (span.start as usize, span.end as usize);
        end <= text.len() && text.is_char_boundary(start) && text.is_char_boundary(end)
    };
    let mut end = 0;
    for piece in &report.not_text {
        prop_assert!(inside(piece.span) && !piece.span.is_empty());
        prop_assert!(piece.span.start >= end, "marks are in order and apart");
        end = piece.span.end;
    }
    let byline = report.byline.as_ref().and_then(|byline| byline.span);
    let dateline = report.dateline.as_ref().map(|dateline| dateline.span);
    for span in [report.headline, byline, dateline].into_iter().flatten() {
        prop_assert!(inside(span));
        prop_assert!(report.not_text.iter().all(|piece| !piece.span.overlaps(span)));
    }
    Ok(())
}

/// Lines as they come on pages, real ones and nonsense.
fn page() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        Just("Dockers walk out at Port Lorne".to_owned()),
        Just("The mayor at the gate (AP)".to_owned()),
        Just("TT".to_owned()),
        Just("By Jane Roe".to_owned()),
        Just("PORT LORNE, March 4, 2024 (AP) — The dockers walked out.".to_owned()),
        Just(
            "The dockers of Port Lorne walked out on Monday, “for good”, the union said."
                .to_owned()
        ),
        Just("Advertisement".to_owned()),
        Just("Read more:".to_owned()),
        Just("---".to_owned()),
        Just("title: Dockers".to_owned()),
        Just("* * *".to_owned()),
        Just(String::new()),
        Just("\u{FEFF}".to_owned()),
        Just("<p>".to_owned()),
        Just("{\"text\": \"Élan\"}".to_owned()),
        "\\PC{0,60}",
    ];
    let end = prop_oneof![
        Just("\n"),
        Just("\n\n"),
        Just("\n\n\n"),
        Just("\r\n"),
        Just("\r"),
        Just("\u{C}\n")
    ];
    prop::collection::vec((line, end), 0..24)
        .prop_map(|lines| lines.into_iter().map(|(line, end)| line + end).collect())
}

/// A piece of a page.
fn piece() -> impl Strategy<Value = String> {
    let text = "The dockers of Port Lorne walked out on Monday, “for good”, the union said. ";
    prop_oneof![
        prop::sample::select(vec![
            "<p>",
            "</p>",
            "<article>",
            "</article>",
            "<h1>",
            "</h1>",
            "<h2>",
            "<figure>",
            "<figcaption>",
            "</figure>",
            "<br>",
            "<nav>",
            "</nav>",
            "<td>",
            "<li>",
            "<b>",
            "</div>",
            "<div hidden>",
            "&nbsp;",
            "By Jane Roe",
            "\u{200B}",
        ])
        .prop_map(str::to_owned),
        Just(text.repeat(4)),
        "\\PC{0,40}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn spans_are_inside_and_apart_and_plain_texts_lose_nothing(text in page()) {
        let options = Options::default();
        let read = read_bytes(text.as_bytes(), "a.txt", &options);
        prop_assert_eq!(&read, &read_bytes(text.as_bytes(), "a.txt", &options));
        let reports: Vec<&Report> = read.iter().flatten().collect();
        for report in &reports {
            check(report)?;
        }
        let is_plain = !text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}').starts_with(['{', '[', '<']);
        if is_plain && !reports.is_empty() {
            let joined: String = reports.iter().map(|report| report.text.as_str()).collect();
            prop_assert_eq!(&joined, &text);
            let mut start = 0;
            for (at, report) in reports.iter().enumerate() {
                prop_assert_eq!(report.part as usize, at + 1);
                prop_assert_eq!(report.has_siblings, reports.len() > 1);
                prop_assert_eq!(report.start, start);
                start += report.text.chars().count() as u32;
            }
        }
    }

    #[test]
    fn pages_of_any_tags_are_read_or_skipped(pieces in prop::collection::vec(piece(), 0..40)) {
        let html = format!("<html><body>{}", pieces.concat());
        let read = read_bytes(html.as_bytes(), "a.html", &Options::default());
        prop_assert!(!read.is_empty());
        let mut start = 0;
        for report in read.iter().flatten() {
            check(report)?;
            prop_assert_eq!(report.start, start);
            start += report.text.chars().count() as u32;
        }
    }

    #[test]
    fn any_bytes_are_read_or_skipped_with_a_reason(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for report in read_bytes(&bytes, "a", &Options::default()) {
            match report {
                Ok(report) => check(&report)?,
                Err(Skipped { cause, .. }) => prop_assert!(!cause.is_empty()),
            }
        }
    }

    #[test]
    fn fields_of_any_words_are_read(headline in "\\PC{0,80}", text in "\\PC{1,200}", date in "\\PC{0,20}") {
        let line = serde_json::json!({"headline": headline, "text": text, "published": date}).to_string();
        for report in read_bytes(line.as_bytes(), "a.jsonl", &Options::default()).into_iter().flatten() {
            check(&report)?;
            prop_assert!(report.text.ends_with(&text) || text.trim().is_empty());
        }
    }
}
