//! Files as they come: packed, broken, endless, and lines that OnRecord exported.

use flate2::{Compression, write::GzEncoder};
use onrecord_model::{CodePoints, NotTextKind, PublishedFrom, Report, Span};
use onrecord_read::{Input, Options, Skipped, inputs, read_bytes, reports};
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;

fn write(folder: &Path, name: &str, bytes: &[u8]) -> Input {
    std::fs::write(folder.join(name), bytes).expect("a file");
    let found = inputs(&[folder.join(name)]);
    found.files.into_iter().next().expect("one input")
}

fn read(name: &str, bytes: &[u8], options: &Options) -> Vec<Result<Report, Skipped>> {
    let folder = tempfile::tempdir().expect("a folder");
    let input = write(folder.path(), name, bytes);
    reports(&input, options).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

const LINES: &str = concat!(
    "{\"headline\": \"Strike begins\", \"published\": \"2024-03-13\", \"outlet\": \"Lorne Mail\", ",
    "\"byline\": \"Jane Roe\", \"text\": \"The dockers walked out.\", \"desk\": \"north\"}\n",
    "\n",
    "{\"headline\": \"Strike goes on\", \"text\": \"The \n",
    "{\"title\": \"Strike ends\", \"body\": \"STRIKE ENDS\\n\\nThe dockers went back.\"}\n",
);

#[test]
fn json_lines_are_read_packed_or_not_and_a_broken_one_is_named() {
    for bytes in [LINES.as_bytes().to_vec(), gzip(LINES.as_bytes()), gzip(&gzip(LINES.as_bytes()))]
    {
        let read = read("any-name", &bytes, &Options::default());
        let [Ok(first), Err(skipped), Ok(third)] = read.as_slice() else { panic!("{read:?}") };
        assert_eq!(first.text, "Strike begins\n\nThe dockers walked out.");
        assert_eq!(first.headline, Some(Span::new(0, 13)));
        assert_eq!(first.byline.as_ref().map(|byline| byline.span), Some(None));
        assert_eq!(first.published.map(|p| p.from), Some(PublishedFrom::Page));
        assert_eq!(Value::Object(first.extra.clone()), json!({"desk": "north"}));
        assert_eq!((first.part, first.has_siblings), (1, true));
        // The headline that the text opens with is not put before it again.
        assert_eq!(third.text, "STRIKE ENDS\n\nThe dockers went back.");
        assert_eq!((third.part, third.headline), (3, Some(Span::new(0, 11))));
        assert_eq!(skipped.line, Some(3));
        assert!(skipped.to_string().contains("the JSON ends before"), "{skipped}");
    }
}

#[test]
fn one_line_is_a_report_without_siblings() {
    let read = read("a.jsonl", b"{\"text\": \"The dockers walked out.\"}", &Options::default());
    assert!(!read[0].as_ref().expect("a report").has_siblings);
}

#[test]
fn arrays_and_objects_over_several_lines_are_read() {
    let array = "[\n  {\"text\": \"One } \\\" [ {\"},\n  {\n    \"text\": \"Two\"\n  }\n]\n";
    let texts = |bytes: &str| -> Vec<String> {
        let read = read("a.json", bytes.as_bytes(), &Options::default());
        read.into_iter().map(|report| report.expect("a report").text).collect()
    };
    assert_eq!(texts(array), ["One } \" [ {", "Two"]);
    assert_eq!(texts("{\n  \"text\": \"One\"\n}\n"), ["One"]);
    let of_bytes = read_bytes(array.as_bytes(), "a.json", &Options::default());
    assert_eq!(of_bytes.iter().flatten().count(), 2);
}

#[test]
fn a_line_over_the_limit_is_passed_over_and_the_rest_goes_on() {
    let long = format!("{{\"text\": \"{}\"}}\n{{\"text\": \"Short.\"}}\n", "long ".repeat(100_000));
    let options = Options { max_report: 1000, ..Options::default() };
    let read = read("a.jsonl", &gzip(long.as_bytes()), &options);
    assert!(read[0].as_ref().expect_err("too long").cause.contains("longer than 1000 bytes"));
    assert_eq!(read[1].as_ref().expect("a report").text, "Short.");
    let plain = "long ".repeat(1000);
    let read = read_bytes(plain.as_bytes(), "a.txt", &options);
    assert!(read[0].is_err());
}

#[test]
fn what_is_no_report_is_skipped_with_its_reason() {
    let deep = format!("{{\"text\": {}1{}}}", "[".repeat(9000), "]".repeat(9000));
    let broken = &gzip(LINES.as_bytes())[..60];
    for (bytes, cause) in [
        (b"".as_slice(), "it is empty"),
        (b" \n\n", "it is empty"),
        (b"\xEF\xBB\xBF\n", "it is empty"),
        (b"%PDF-1.7\nabc", "it is a PDF"),
        (b"a\0b\0\0\0\x01", "it is binary, not text"),
        (b"{\"headline\": \"\", \"n\": 1}", "no text"),
        (deep.as_bytes(), "recursion limit"),
        (broken, "gzip data is broken"),
    ] {
        let read = read("a", bytes, &Options::default());
        let skipped = read.iter().find_map(|report| report.as_ref().err()).expect("skipped");
        assert!(skipped.cause.contains(cause), "{skipped}");
    }
}

#[test]
fn the_sidecar_has_the_last_word_on_each_part() {
    let folder = tempfile::tempdir().expect("a folder");
    let csv = "file,part,published,outlet\na.jsonl,,2024-01-01,Lorne Mail\na.jsonl,2,2024-02-02,\n";
    std::fs::write(folder.path().join("reports.csv"), csv).expect("a file");
    let lines = b"{\"text\":\"One.\",\"published\":\"2020-01-01\"}\n{\"text\":\"Two.\"}\n";
    let input = write(folder.path(), "a.jsonl", lines);
    let options = Options::default();
    let read: Vec<Report> =
        reports(&input, &options).map(|report| report.expect("a report")).collect();
    let dates: Vec<_> =
        read.iter().map(|report| report.published_on().map(|d| d.to_string())).collect();
    assert_eq!(dates, [Some("2024-01-01".to_owned()), Some("2024-02-02".to_owned())]);
    assert!(read.iter().all(|report| report.outlet.as_deref() == Some("Lorne Mail")));
    assert_eq!(read[0].published.map(|p| p.from), Some(PublishedFrom::Sidecar));
}

#[test]
fn front_matter_is_marked_and_its_fields_are_known() {
    let text = "---\ntitle: \"Strike ends\"\ndate: 2024-03-13\nauthor: Jane Roe\n---\n\nThe dockers went back.\n";
    let read = read_bytes(text.as_bytes(), "a.md", &Options::default());
    let report = read[0].as_ref().expect("a report");
    assert_eq!(report.text, text);
    assert_eq!(report.headline_text(), Some("Strike ends"));
    assert_eq!(report.published_on().map(|date| date.to_string()).as_deref(), Some("2024-03-13"));
    assert!(report.not_text.iter().all(|piece| piece.kind == NotTextKind::FrontMatter));
    let own: String =
        (0..text.len()).filter(|&at| !report.is_not_text(at)).map(|at| &text[at..=at]).collect();
    assert_eq!(own, "Strike ends\n\nThe dockers went back.\n");
}

/// A line as `onrecord export` writes it.
fn export(report: &Report) -> String {
    let points = CodePoints::new(&report.text);
    let at = |span: Span| points.span(span).map(|offset| offset + report.start);
    let whole = Span::new(0, report.text.len());
    let not_text: Vec<Value> = report
        .not_text
        .iter()
        .map(|piece| json!({"span": at(piece.span), "kind": piece.kind}))
        .collect();
    json!({
        "schema": 1, "source_file": report.source_file, "part": report.part, "text": report.text,
        "report": {
            "headline": report.headline.map(|span| json!({"span": at(span)})),
            "outlet": report.outlet, "url": report.url, "language": report.language,
            "byline": report.byline.as_ref().map(|byline| json!({"name": byline.name, "span": byline.span.map(at)})),
            "dateline": report.dateline.as_ref().map(|dateline| json!({
                "span": at(dateline.span), "place": dateline.place, "agency": dateline.agency,
                "date": dateline.date.map(|date| date.to_string()),
            })),
            "published": report.published.map(|published| published.date.to_string()),
            "published_from": report.published.map(|published| published.from),
            "span": at(whole), "not_text": not_text, "has_siblings": report.has_siblings, "extra": report.extra,
        },
    })
    .to_string()
}

#[test]
fn an_exported_report_is_read_back_as_it_was() {
    let page = "Élan strike begins\n\nThe mayor (AP)\nThe mayor (AP)\nTT\n\nBy Jane Roe\n\nPORT LORNE, March 4, 2024 \
                (AP) — The “dockers” walked out on Monday, the union said.\n\n\n\nÉlan strike ends\n\nThe quay \
                (AP)\n\nThe dockers went back on Friday, the union of Port Lorne said.\n";
    let mut read: Vec<Report> =
        read_bytes(page.as_bytes(), "a.txt", &Options::default()).into_iter().flatten().collect();
    read.extend(read_bytes(LINES.as_bytes(), "b.jsonl", &Options::default()).into_iter().flatten());
    assert_eq!(read.len(), 4);
    assert!(read[0].dateline.is_some() && read[0].not_text.len() == 3 && read[1].start > 0);
    let lines: String = read.iter().map(|report| export(report) + "\n").collect();
    let folder = tempfile::tempdir().expect("a folder");
    let input = write(folder.path(), "export.jsonl", lines.as_bytes());
    let options = Options::default();
    let again: Vec<Report> =
        reports(&input, &options).map(|report| report.expect("a report")).collect();
    assert_eq!(again, read);
}
