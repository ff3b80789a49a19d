//! What pairing must do, by example and by law.

use super::*;
use onrecord_model::Report;
use proptest::prelude::*;

/// Each quotation as its depth and words, and the warnings.
fn pairs(text: &str) -> (Vec<String>, usize) {
    let report = Report { text: text.to_owned(), ..Report::default() };
    let prose = Prose::new(&report);
    let quotes = Quotes::new(&prose);
    let words = |q: &Quotation| format!("{} {}", q.depth, prose.span(q.open..q.end).of(text));
    (quotes.quotations.iter().map(words).collect(), quotes.warnings.len())
}

#[test]
fn all_shapes_pair() {
    for (text, found) in [
        ("“We sail,” she said.", "“We sail,”"),
        ("\"We sail,\" she said.", "\"We sail,\""),
        ("''We sail,'' she said.", "''We sail,''"),
        ("``We sail,'' she said.", "``We sail,''"),
        ("„We sail“ was said.", "„We sail“"),
        ("«We sail», she said.", "«We sail»"),
        ("»We sail«, she said.", "»We sail«"),
        ("‘We sail,’ she said.", "‘We sail,’"),
        ("'We sail,' she said.", "'We sail,'"),
    ] {
        assert_eq!(pairs(text), (vec![format!("0 {found}")], 0), "{text}");
    }
}

#[test]
fn quotations_nest() {
    let (found, warnings) = pairs("“He said, ‘Wait,’ and went,” she said.");
    assert_eq!(found, ["0 “He said, ‘Wait,’ and went,”", "1 ‘Wait,’"]);
    assert_eq!(warnings, 0);
    assert_eq!(pairs("''He said: 'Wait for us,''' she said.").0.len(), 2);
}

#[test]
fn apostrophes_and_possessives_are_no_marks() {
    assert_eq!(pairs("The dockers' union and Rask’s crew didn't strike in '98."), (vec![], 0));
    assert_eq!(pairs("Hamstra’s men’s boats’ ropes broke."), (vec![], 0));
    let (found, _) = pairs("She wrote ‘the dockers’ vote is ours’ on it.");
    assert_eq!(found, ["0 ‘the dockers’ vote is ours’"]);
}

#[test]
fn inches_are_no_marks() {
    assert_eq!(pairs("The rope was 5\" thick. \"It held,\" she said.").0, ["0 \"It held,\""]);
}

#[test]
fn a_quotation_may_open_each_paragraph_and_close_only_the_last() {
    let text = "“The sea is high.\n\n“The ropes are thin.\n\n“Nobody listens,” she said. “Nobody.”";
    let (found, warnings) = pairs(text);
    assert_eq!(found.len(), 4);
    assert_eq!(warnings, 0);
    let report = Report { text: text.to_owned(), ..Report::default() };
    let prose = Prose::new(&report);
    let continued: Vec<bool> =
        Quotes::new(&prose).quotations.iter().map(|q| q.is_continued).collect();
    assert_eq!(continued, [false, true, true, false]);
}

#[test]
fn a_lost_mark_costs_its_sentence_and_no_more() {
    let (found, warnings) = pairs("He called it “a gift. The rain fell.\n\n“We sail,” she said.");
    assert_eq!(warnings, 0, "it may go on in the next paragraph");
    assert_eq!(found.len(), 2);
    let (found, warnings) = pairs("He called it “a gift. The rain fell.\n\nShe said “no” twice.");
    assert_eq!(found, ["0 “a gift.", "0 “no”"]);
    assert_eq!(warnings, 1);
    let (found, warnings) = pairs("“We sail, he said. “We wait,” she said.");
    assert_eq!((found.len(), warnings), (2, 1));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn quotations_lie_inside_their_paragraph_and_nest(
        parts in prop::collection::vec("[a-z]{1,4}|“|”|\"|'|‘|’|«|»|„|\n\n|\\. |, | ", 0..60)
    ) {
        let text = parts.concat();
        let report = Report { text: text.clone(), ..Report::default() };
        let prose = Prose::new(&report);
        let quotes = Quotes::new(&prose);
        let all = &quotes.quotations;
        for (n, a) in all.iter().enumerate() {
            prop_assert!(a.open < a.end && a.end <= prose.tokens.len());
            let paragraph = |i: usize| prose.sentences[prose.sentence_of(i)].paragraph;
            prop_assert_eq!(paragraph(a.open), paragraph(a.end - 1));
            for b in &all[n + 1..] {
                prop_assert!(b.open >= a.end || b.end <= a.end, "{:?} crosses {:?} in {:?}", a, b, text);
            }
        }
    }
}
