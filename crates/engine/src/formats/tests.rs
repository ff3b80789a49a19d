//! What each format must hold, on one small report with a character of several bytes before
//! everything else.

use super::*;
use onrecord_model::*;

const TEXT: &str = "Ånå Voss <said>\non Tuesday that 48 men left.";

fn span(words: &str) -> Span {
    let start = TEXT.find(words).expect("the words stand in the text");
    Span::new(start, start + words.len())
}

fn report() -> Report {
    Report {
        source_file: "quay/003.txt".to_owned(),
        part: 2,
        has_siblings: true,
        start: 100,
        text: TEXT.to_owned(),
        published: Some(Published { date: Date::constant(2031, 3, 5), from: PublishedFrom::Page }),
        ..Report::default()
    }
}

fn analysis() -> Analysis {
    let speaker =
        Party { actor: Some(ActorId(1)), name: "Ånå Voss".into(), kind: ActorType::Person };
    Analysis {
        version: "1".into(),
        actors: vec![Actor {
            id: ActorId(1),
            name: "Ånå Voss".into(),
            kind: ActorType::Person,
            roles: vec![],
            mentions: vec![span("Ånå Voss")],
        }],
        statements: vec![Statement {
            id: StatementId(1),
            source: vec![span("Ånå Voss")],
            cue: vec![span("said")],
            content: vec![span("that 48 men left")],
            mode: Mode::Indirect,
            act: Act::Say,
            is_negated: false,
            speaker: Some(speaker),
            addressee: None,
            via: vec![],
            venue: None,
            said_on: Some("2031-03-04".into()),
            within: None,
        }],
        times: vec![Timex {
            span: span("Tuesday"),
            kind: TimexType::Date,
            value: "2031-03-04".into(),
            modifier: None,
        }],
        quantities: vec![Quantity {
            span: span("48 men"),
            value: Some(48.0),
            low: Some(48.0),
            high: Some(48.0),
            bound: Bound::Exact,
            unit: Some("people".into()),
            counted: Some("men".into()),
            counted_span: Some(span("men")),
            place: None,
            as_of: None,
            statement: Some(StatementId(1)),
        }],
        ..Analysis::default()
    }
}

#[test]
fn json_counts_code_points_from_the_start_of_the_file() {
    let line: serde_json::Value =
        serde_json::from_str(&json::line(&report(), &analysis(), false)).expect("it is JSON");
    assert_eq!(line["statements"][0]["source"], serde_json::json!([[100, 108]]));
    assert_eq!(line["statements"][0]["speaker"]["actor"], "a1");
    assert_eq!(line["times"][0]["value"], "2031-03-04");
    assert_eq!(line["quantities"][0]["value"].to_string(), "48");
    assert_eq!(line["report"]["span"], serde_json::json!([100, 100 + TEXT.chars().count()]));
    assert_eq!(line["report"]["published_from"], "page");
    assert_eq!(line.get("text"), None);
}

#[test]
fn brat_gives_a_span_over_a_line_break_in_fragments() {
    let mut analysis = analysis();
    analysis.statements[0].cue = vec![span("<said>\non")];
    let sheet = brat::annotations(&report(), &analysis);
    let lines: Vec<&str> = sheet.lines().collect();
    assert_eq!(
        lines,
        [
            "T1\tSource 0 8\tÅnå Voss",
            "T2\tCue 9 15;16 18\t<said> on",
            "T3\tContent 27 43\tthat 48 men left",
            "T4\tAttribution 9 15;16 18\t<said> on",
            "E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3",
            "#1\tAnnotatorNotes E1\tspeaker: Ånå Voss (person); indirect; say",
        ]
    );
}

#[test]
fn timeml_keeps_the_text_between_its_tags() {
    let document = timeml::document(&report(), &analysis());
    assert!(document.contains(
        "<TEXT>Ånå Voss &lt;said&gt;\non <TIMEX3 tid=\"t1\" type=\"DATE\" value=\"2031-03-04\">\
         Tuesday</TIMEX3> that 48 men left.</TEXT>"
    ));
    assert!(document.contains("<DOCID>003-2</DOCID>"));
}

/// What XML would act on, or cannot hold, before, inside and after a tag.
#[test]
fn timeml_is_read_by_an_xml_parser_and_the_text_stays() {
    let text = "a]]>b & <c> \"d\" 'e' 🚢\r\n\tf\u{1}g\u{7f}\u{85}\u{2028}\u{fffe} on Tues<da>y]]> & so 🚢 </TEXT>\r";
    let at = text.find("Tues").expect("it stands there");
    let report = Report {
        source_file: "a&b<c>]]>.txt".to_owned(),
        part: 1,
        text: text.to_owned(),
        ..Report::default()
    };
    let analysis = Analysis {
        times: vec![Timex {
            span: Span::new(at, at + "Tues<da>y]]>".len()),
            kind: TimexType::Date,
            value: "2031-03-04".into(),
            modifier: Some(TimexMod::Approx),
        }],
        ..Analysis::default()
    };
    let document = timeml::document(&report, &analysis);
    let page = roxmltree::Document::parse(&document).expect("it is XML");
    let named = |name: &str| {
        page.descendants().find(|node| node.has_tag_name(name)).expect("the tag stands there")
    };
    let words = |name: &str| -> String {
        named(name).descendants().filter(|n| n.is_text()).filter_map(|n| n.text()).collect()
    };
    // Two characters have no form in XML.
    assert_eq!(words("TEXT"), text.replace(['\u{1}', '\u{fffe}'], "\u{fffd}"));
    assert_eq!(words("TIMEX3"), "Tues<da>y]]>");
    assert_eq!(named("TIMEX3").attribute("mod"), Some("APPROX"));
    assert_eq!(words("DOCID"), super::stem(&report));
}

#[test]
fn a_web_annotation_points_at_its_words_and_their_neighbours() {
    let annotations = webannotation::annotations("003#2", &report(), &analysis());
    assert_eq!(annotations.len(), 3);
    let selectors = &annotations[1]["target"]["selector"];
    assert_eq!(selectors[0]["start"], 19);
    assert_eq!(selectors[1]["exact"], "Tuesday");
    assert_eq!(selectors[1]["prefix"], "Ånå Voss <said>\non ");
}

#[test]
fn every_row_has_the_columns_of_its_table() {
    let rows = tables::rows("003#2", &report(), &analysis());
    assert_eq!(rows.len(), 5);
    for (table, row) in rows {
        assert_eq!(row.len(), table.columns.len(), "{}", table.name);
    }
}

#[test]
fn csv_and_parquet_hold_the_same_rows() {
    use ::parquet::file::reader::{FileReader, SerializedFileReader};
    let rows = tables::rows("003#2", &report(), &analysis());
    let rows: Vec<_> =
        rows.into_iter().filter(|(table, _)| *table == &tables::QUANTITIES).collect();
    let mut text = Vec::new();
    let mut sheet = tables::csv::Sheet::new(&tables::QUANTITIES, &mut text).expect("memory");
    sheet.row(&rows[0].1).expect("memory");
    sheet.finish().expect("memory");
    let text = String::from_utf8(text).expect("UTF-8");
    assert_eq!(
        text,
        "report,words,value,low,high,bound,unit,counted,place,as_of,statement,start,end\n\
         003#2,48 men,48,48,48,exact,people,men,,,s1,32,38\n"
    );
    let mut file = tempfile::tempfile().expect("a file");
    let mut sheet = tables::parquet::Sheet::new(&tables::QUANTITIES, &mut file).expect("a file");
    for (_, row) in rows {
        sheet.row(row).expect("a file");
    }
    sheet.finish().expect("a file");
    let reader = SerializedFileReader::new(file).expect("it is Parquet");
    let read: Vec<String> = reader
        .get_row_iter(None)
        .expect("it has rows")
        .map(|row| row.expect("a row").to_string())
        .collect();
    assert_eq!(
        read,
        ["{report: \"003#2\", words: \"48 men\", value: 48.0, low: 48.0, high: 48.0, \
          bound: \"exact\", unit: \"people\", counted: \"men\", place: null, as_of: null, \
          statement: \"s1\", start: 32, end: 38}"]
    );
}
