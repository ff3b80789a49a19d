use super::*;
use onrecord_model::Report;

/// The names of a text and what they are of.
fn of(text: &str) -> Vec<(String, Kind)> {
    let report = Report { text: text.to_owned(), ..Report::default() };
    let prose = Prose::new(&report);
    let syntax = crate::syntax::syntax(&prose);
    let names = named(&prose, &syntax);
    names
        .into_iter()
        .filter(|name| name.kind != Kind::Other)
        .map(|name| (prose.span(name.tokens).of(text).to_owned(), name.kind))
        .collect()
}

#[test]
fn only_words_with_capitals_and_what_joins_them_are_looked_at() {
    let report = Report {
        text: "the Bank of Lorne said on Monday that rain fell".to_owned(),
        ..Report::default()
    };
    let prose = Prose::new(&report);
    let syntax = crate::syntax::syntax(&prose);
    let sight = Sight::new(&prose, &syntax, &Lexicon::default());
    let words: Vec<&str> =
        sight.steps.iter().map(|step| step.token.map_or("…", |token| prose.word(token))).collect();
    assert_eq!(words, ["…", "Bank", "of", "Lorne", "…", "Monday", "…"]);
}

#[test]
fn odd_bytes_are_no_model() {
    assert!(Model::read(&[1, 2, 3]).is_none());
    assert!(Model::default().names(&Prose::new(&Report::default()), &Syntax::default()).is_empty());
}

#[test]
fn people_bodies_and_places_are_told_apart() {
    use Kind::{Organisation, Person, Place};
    let text = "President Maria Hartwell met officials of the World Bank in Nairobi on Tuesday. \
        Hartwell said Kenya would repay the bank.";
    assert_eq!(
        of(text),
        [
            ("Maria Hartwell", Person),
            ("World Bank", Organisation),
            ("Nairobi", Place),
            ("Hartwell", Person),
            ("Kenya", Place)
        ]
        .map(|(name, kind)| (name.to_owned(), kind))
    );
}
