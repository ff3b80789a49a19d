//! Tags and trees of short invented sentences, and laws on any text.

use super::*;
use onrecord_model::Report;
use proptest::prelude::*;

fn read(text: &str) -> Vec<(String, String, String, String)> {
    let report = Report { text: text.to_owned(), ..Report::default() };
    let prose = Prose::new(&report);
    let (names, syntax) = (&Model::built_in().names, syntax(&prose));
    (0..prose.tokens.len())
        .map(|i| {
            let head = syntax.heads[i];
            let head = if head == ROOT { "" } else { prose.word(head as usize) };
            let relation = &names.relations[syntax.relations[i] as usize];
            let tag = &names.tags[syntax.tags[i] as usize];
            (prose.word(i).to_owned(), tag.clone(), relation.clone(), head.to_owned())
        })
        .collect()
}

#[test]
fn a_clause_hangs_on_the_verb_of_saying() {
    let read = read("The mayor said the bridge would close.");
    let of = |word: &str| {
        let (_, tag, relation, head) = read.iter().find(|w| w.0 == word).expect("a word of it");
        (tag.as_str(), relation.as_str(), head.as_str())
    };
    assert_eq!(of("mayor"), ("NN", "nsubj", "said"));
    assert_eq!(of("said"), ("VBD", "root", ""));
    assert_eq!(of("bridge"), ("NN", "nsubj", "close"));
    assert_eq!(of("would"), ("MD", "aux", "close"));
    assert_eq!(of("close"), ("VB", "ccomp", "said"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn every_sentence_is_a_tree_with_one_root(text in "([a-zA-Z]{1,7}[ ,.\"]{1,2}){0,60}") {
        let report = Report { text, ..Report::default() };
        let prose = Prose::new(&report);
        let syntax = syntax(&prose);
        for sentence in &prose.sentences {
            let range = sentence.tokens.clone();
            let roots = range.clone().filter(|&i| syntax.heads[i] == ROOT).count();
            prop_assert_eq!(roots, 1);
            for i in range.clone() {
                let mut at = i;
                for _ in range.clone() {
                    if syntax.heads[at] == ROOT {
                        break;
                    }
                    at = syntax.heads[at] as usize;
                    prop_assert!(range.contains(&at));
                }
                prop_assert_eq!(syntax.heads[at], ROOT);
            }
        }
    }
}
