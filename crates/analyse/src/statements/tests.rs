//! Statements by example (`cases/statements.md`, `cases/speakers.md`, refreshed with `UPDATE_CASES=1`), the examples of
//! the cue rules, and laws.

use super::*;
use onrecord_model::{CodePoints, Party, Report};
use proptest::prelude::*;
use std::fmt::Write as _;

const CASES: [&str; 2] = [
    concat!(env!("CARGO_MANIFEST_DIR"), "/cases/statements.md"),
    concat!(env!("CARGO_MANIFEST_DIR"), "/cases/speakers.md"),
];

fn report(text: &str) -> Report {
    Report { text: text.to_owned(), ..Report::default() }
}

fn found(report: &Report) -> Who {
    let prose = Prose::new(report);
    who(&prose, &Quotes::new(&prose))
}

/// Statements as lines that read: who, how, what.
fn lines(text: &str) -> String {
    let report = report(text);
    let who = found(&report);
    let mut out = String::new();
    let words = |spans: &[Span]| {
        spans.iter().map(|s| s.of(text).replace('\n', "⏎")).collect::<Vec<_>>().join(" … ")
    };
    let named = |party: &Party| format!("{} ({})", party.name, party.kind);
    for s in &who.statements {
        let _ = write!(out, "{} {}", s.id, s.act);
        if s.is_negated {
            out.push_str(" not");
        }
        let speaker = s.speaker.as_ref().map_or("?".to_owned(), named);
        let _ = write!(out, ", {}, {speaker}", s.mode);
        for (label, value) in [
            ("to", s.addressee.as_ref().map(named)),
            (
                "via",
                Some(s.via.iter().map(named).collect::<Vec<_>>().join(" < "))
                    .filter(|v| !v.is_empty()),
            ),
            ("venue", s.venue.clone()),
            ("within", s.within.map(|id| id.to_string())),
        ] {
            if let Some(value) = value {
                let _ = write!(out, ", {label} {value}");
            }
        }
        let _ =
            writeln!(out, "\n   [{}] [{}] {}", words(&s.source), words(&s.cue), words(&s.content));
    }
    if out.is_empty() {
        out.push_str("none\n");
    }
    out
}

/// A case: everything up to the text, the text, the result.
struct Case<'t> {
    head: &'t str,
    text: &'t str,
    result: &'t str,
}

fn cases(file: &str) -> Vec<Case<'_>> {
    let mut cases = Vec::new();
    let mut rest = file;
    while let Some(at) = rest.find("```text\n") {
        let text_start = at + "```text\n".len();
        let text_end = text_start + rest[text_start..].find("\n```").expect("a text block closes");
        let after = &rest[text_end + 4..];
        let result_at = after.find("```statements\n").expect("each text has its statements");
        let result_start = result_at + "```statements\n".len();
        let result_end = result_start + after[result_start..].find("```").expect("it closes");
        cases.push(Case {
            head: &rest[..text_start],
            text: &rest[text_start..text_end],
            result: &after[result_start..result_end],
        });
        rest = &after[result_end + 3..];
    }
    cases
}

#[test]
fn the_cases_hold() {
    CASES.into_iter().for_each(cases_hold);
}

fn cases_hold(path: &str) {
    let file = std::fs::read_to_string(path).expect("the cases stand beside the crate");
    let cases = cases(&file);
    if std::env::var_os("UPDATE_CASES").is_some() {
        let mut out = String::new();
        for case in &cases {
            let _ = write!(
                out,
                "{}{}\n```\n\n```statements\n{}```",
                case.head,
                case.text,
                lines(case.text)
            );
        }
        out.push('\n');
        std::fs::write(path, out).expect("the cases can be written");
        return;
    }
    for case in cases {
        let title =
            case.head.trim().lines().find(|line| line.starts_with("## ")).unwrap_or_default();
        assert_eq!(lines(case.text), case.result, "{title}\n{}", case.text);
    }
}

/// What the rules alone find: the acts of their drafts.
fn acts_by_rule(text: &str) -> Vec<&'static str> {
    let report = report(text);
    let prose = Prose::new(&report);
    let (tags, quotes) = (tags::tags(&prose), Quotes::new(&prose));
    let syntax = crate::syntax::syntax(&prose);
    let page = Page { prose: &prose, quotes: &quotes, tags: &tags, syntax: &syntax };
    find::drafts(&page).iter().map(|draft| draft.act.as_str()).collect()
}

#[test]
fn the_examples_of_the_cues_hold() {
    let rules: toml::Table = toml::from_str(lexicon::CUES_TOML).expect("it parses");
    for rule in rules["cue"].as_array().expect("a list of rules") {
        let act = rule["act"].as_str().expect("each names an act");
        for text in rule["yes"].as_array().expect("each has examples") {
            let text = text.as_str().expect("examples are texts");
            let found = acts_by_rule(text);
            assert!(found.contains(&act), "{act}: {text}: {found:?}");
        }
        for text in rule["no"].as_array().expect("each has counter-examples") {
            let text = text.as_str().expect("examples are texts");
            assert_eq!(acts_by_rule(text), [""; 0], "{act}: {text}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_text_is_read_with_spans_inside_it(
        words in prop::collection::vec("said|Voss|the minister|“|”|\"|'|‘|’|,|\\.|:|\n\n|that|according to|who|told|he|—|\\(|claim|to|quoted as saying|Élan|»|«|is|by|[a-z]{1,5}", 0..60)
    ) {
        let text = words.join(" ");
        let report = report(&text);
        let who = found(&report);
        let points = CodePoints::new(&text);
        for (number, s) in who.statements.iter().enumerate() {
            prop_assert_eq!(s.id.0 as usize, number + 1);
            prop_assert!(!s.content.is_empty());
            for span in s.source.iter().chain(&s.cue).chain(&s.content) {
                prop_assert!(!span.is_empty() && span.end as usize <= text.len());
                let [start, end] = points.span(*span);
                prop_assert!(start < end);
            }
            if let Some(party) = &s.speaker {
                let id = party.actor.expect("speakers are actors");
                prop_assert!(who.actors.iter().any(|actor| actor.id == id && actor.name == party.name));
            }
            prop_assert!(s.within != Some(s.id));
        }
        prop_assert_eq!(&who, &found(&report));
    }
}

#[test]
fn a_day_beside_the_cue_dates_the_statement_and_one_inside_the_content_does_not() {
    use onrecord_model::TimexType;
    let text = "Bo Rask said on Tuesday that the quay would open on Friday.";
    let report = report(text);
    let prose = Prose::new(&report);
    let mut statements = who(&prose, &Quotes::new(&prose)).statements;
    let timex = |word: &str, value: &str| {
        let start = text.find(word).expect("it stands there");
        Timex {
            span: Span::new(start, start + word.len()),
            kind: TimexType::Date,
            value: value.to_owned(),
            modifier: None,
        }
    };
    date(&mut statements, &prose, &[timex("Friday", "2031-05-09")]);
    assert_eq!(statements[0].said_on, None);
    date(&mut statements, &prose, &[timex("Tuesday", "2031-W19"), timex("Friday", "2031-05-09")]);
    assert_eq!(statements[0].said_on, None, "a week is no day");
    date(&mut statements, &prose, &[timex("Tuesday", "2031-05-06"), timex("Friday", "2031-05-09")]);
    assert_eq!(statements[0].said_on.as_deref(), Some("2031-05-06"));
}
