//! Parts of speech and dependencies of a report's sentences.
//!
//! ```text
//! The mayor said rain fell .     →   DT NN VBD NN VBD .
//! mayor ← nsubj – said – ccomp → fell;  rain ← nsubj – fell
//! ```
//!
//! Tags are the Penn Treebank's, relations the basic dependencies of Universal Dependencies 1, as
//! CoreNLP gives them. Crossing arcs are not made, so now and then a far-off relative clause hangs
//! on the wrong word.

pub mod parser;
pub mod tagger;

use crate::learned::{Reader, Table};
use crate::text::Prose;
use parser::Parser;
use std::sync::LazyLock;
use tagger::{Form, Tagger};

/// The weights that are compiled in.
static MODEL: LazyLock<Model> =
    LazyLock::new(|| Model::read(include_bytes!("../../../models/syntax.bin")).unwrap_or_default());

/// The head of a sentence's root.
pub const ROOT: u32 = u32::MAX;

/// Tag, head and relation of every token of a report, by the token's number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Syntax {
    /// Part of speech, as its place in [`Names::tags`].
    pub tags: Vec<u8>,
    /// The token that each hangs on; [`ROOT`] for the root of a sentence.
    pub heads: Vec<u32>,
    /// Its relation to that, as its place in [`Names::relations`].
    pub relations: Vec<u8>,
}

/// What the numbers of tags and relations stand for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// "NN", "VBD", …
    pub tags: Vec<String>,
    /// "nsubj", "ccomp", …
    pub relations: Vec<String>,
}

impl Names {
    /// The number of a tag; 255 if there is none of that name.
    pub fn tag(&self, name: &str) -> u8 {
        place(&self.tags, name)
    }

    /// The number of a relation; 255 if there is none of that name.
    pub fn relation(&self, name: &str) -> u8 {
        place(&self.relations, name)
    }
}

fn place(names: &[String], name: &str) -> u8 {
    names.iter().position(|known| known == name).map_or(u8::MAX, |at| at as u8)
}

/// Weights of the tagger and the parser.
#[derive(Debug, Default)]
pub struct Model {
    /// Names of tags and relations.
    pub names: Names,
    /// Tags.
    pub tags: Table,
    /// Moves of the parser.
    pub moves: Table,
    /// Relations.
    pub relations: Table,
}

impl Model {
    /// Reads a model file.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(bytes);
        let names = Names { tags: reader.words()?, relations: reader.words()? };
        let (tags, moves, relations) = (reader.table()?, reader.table()?, reader.table()?);
        let fits = tags.classes() == names.tags.len()
            && relations.classes() == names.relations.len()
            && moves.classes() == parser::MOVES;
        fits.then_some(Self { names, tags, moves, relations })
    }

    /// The model that is compiled in; its names are empty if there is none.
    pub fn built_in() -> &'static Self {
        &MODEL
    }

    /// Tags and dependencies of a report.
    pub fn syntax(&self, prose: &Prose) -> Syntax {
        let mut syntax = Syntax {
            tags: vec![0; prose.tokens.len()],
            heads: vec![ROOT; prose.tokens.len()],
            relations: vec![0; prose.tokens.len()],
        };
        if self.names.tags.is_empty() {
            return syntax;
        }
        let mut tagger = Tagger::new(&self.tags);
        let mut parser = Parser::new(&self.moves, &self.relations);
        let mut forms = Vec::new();
        for sentence in &prose.sentences {
            forms.clear();
            forms.extend(sentence.tokens.clone().map(|i| Form::new(prose.word(i))));
            let tags = &mut syntax.tags[sentence.tokens.clone()];
            tagger.tag(&forms, tags);
            let heads = &mut syntax.heads[sentence.tokens.clone()];
            parser.parse(&forms, tags, heads, &mut syntax.relations[sentence.tokens.clone()]);
            for head in heads.iter_mut().filter(|head| **head != ROOT) {
                *head += sentence.tokens.start as u32;
            }
        }
        syntax
    }
}

/// Tags and dependencies of a report, by the compiled-in weights.
pub fn syntax(prose: &Prose) -> Syntax {
    MODEL.syntax(prose)
}

#[cfg(test)]
mod tests;
