use super::grammar::kinds;
use super::truth::ReportTruth;
use super::*;

fn text(simulated: &Simulated) -> Vec<char> {
    let line: serde_json::Value = serde_json::from_str(&simulated.line).expect("a line is JSON");
    let field = |name: &str| line[name].as_str().expect("a field is text").to_owned();
    format!("{}\n\n{}", field("headline"), field("text")).chars().collect()
}

fn part(text: &[char], span: Points) -> String {
    text[span[0] as usize..span[1] as usize].iter().collect()
}

#[test]
fn every_speaker_has_a_role() {
    for kind in kinds() {
        assert!(kind.says.iter().all(|say| kind.roles.contains_key(&say.who)), "{}", kind.kind);
        assert!(kind.facts.iter().all(|fact| fact.len() > 1), "{}", kind.kind);
    }
}

#[test]
fn one_seed_gives_one_world() {
    let all = |seed: u64| Newsroom::of(seed, 200).collect::<Vec<_>>();
    assert_eq!(all(3), all(3));
    assert_ne!(all(3), all(4));
    // What comes first does not depend on how much is asked for.
    assert_eq!(all(3)[..50], Newsroom::of(3, 50).collect::<Vec<_>>());
}

#[test]
fn no_slot_stays_open_and_every_span_holds_its_words() {
    for simulated in Newsroom::of(5, 2_000) {
        let text = text(&simulated);
        let whole: String = text.iter().collect();
        assert!(!whole.contains(['{', '}', '|', '<', '_']), "{whole}");
        assert!(!whole.contains("  ") && !whole.contains(" ,"), "{whole}");
        let truth: &ReportTruth = &simulated.truth;
        for name in &truth.names {
            let mention = part(&text, name.span);
            assert!(name.name.ends_with(&mention), "{mention} {}", name.name);
        }
        for quotation in &truth.quotations {
            let before = text[quotation.span[0] as usize - 1];
            assert!(matches!(before, '“' | '"'), "{}", part(&text, quotation.span));
        }
        for figure in &truth.figures {
            let figure = part(&text, figure.span);
            assert!(figure.contains(|c: char| c.is_ascii_digit()), "{figure}: {whole}");
        }
        for date in &truth.dates {
            assert!(part(&text, date.span).starts_with("on "));
        }
        for sentence in &truth.sentences {
            assert!(!part(&text, sentence.span).starts_with(' '));
        }
    }
}

#[test]
fn every_operation_comes_to_pass() {
    let mut done = std::collections::BTreeSet::new();
    let mut forms = std::collections::BTreeSet::new();
    for simulated in Newsroom::of(6, 1_000) {
        done.insert(simulated.truth.operation.clone());
        forms.extend(simulated.truth.quotations.iter().map(|quotation| quotation.form.clone()));
        forms.extend(simulated.truth.figures.iter().map(|figure| figure.form.clone()));
    }
    for operation in [
        "original",
        "own",
        "same",
        "other-lede",
        "trimmed",
        "extended",
        "passages",
        "reworded",
        "page",
    ] {
        assert!(done.contains(operation), "{operation}");
    }
    for form in ["altered", "trimmed", "rendered", "as-said", "rounded", "updated", "mistyped"] {
        assert!(forms.contains(form), "{form}");
    }
}
