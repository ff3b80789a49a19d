//! Leaves out of the tagger and parser the features that hardly ever have a say in news.
//!
//! ```text
//! news/articles.jsonl.gz, syntax.bin  →  the same file, each table with its weightiest features
//! ```
//!
//! A table that stays near the processor is read faster, and what most of the others say, one sentence
//! in many thousand asks for. Not so of names and statements: what is left out there is missed.

use crate::common::texts;
use onrecord_analyse::learned::{Reader, Table, Writer};
use onrecord_analyse::syntax::Model;
use onrecord_analyse::text::Prose;
use onrecord_model::Report;
use std::path::Path;

/// One report in so many is read.
const STEP: usize = 12;

/// Features that a table keeps (`models/README.md` has what other numbers gave).
const MOST: usize = 64_000;

/// Thins `syntax.bin` in `folder` by the news of `data`.
///
/// # Errors
/// If the reports or the model cannot be read, or the model not written.
pub(crate) fn thin(data: &Path, folder: &Path) -> Result<(), String> {
    let path = folder.join("syntax.bin");
    let bytes = std::fs::read(&path).map_err(|e| format!("cannot read {}: {e}", path.display()))?;
    let odd = || format!("{} is no model", path.display());
    let mut model = Model::read(&bytes).ok_or_else(odd)?;
    [&mut model.tags, &mut model.moves, &mut model.relations].into_iter().for_each(Table::listen);
    for text in texts(data)?.into_iter().step_by(STEP) {
        let report = Report { text, ..Report::default() };
        model.syntax(&Prose::new(&report));
    }
    let tables = [&model.tags, &model.moves, &model.relations];
    let thinned = thinned(&bytes, &tables).ok_or_else(odd)?;
    std::fs::write(&path, thinned).map_err(|e| format!("cannot write {}: {e}", path.display()))
}

/// A model's bytes with the weightiest features of its tables, which stand behind two lists of names.
fn thinned(bytes: &[u8], tables: &[&Table]) -> Option<Vec<u8>> {
    let mut reader = Reader::new(bytes);
    let mut writer = Writer::default();
    for _ in 0..2 {
        writer.words(&reader.words()?);
    }
    for table in tables {
        let kept = table.weightiest(MOST);
        let (classes, mut rows) = reader.rows()?;
        rows.retain(|(feature, _)| kept.binary_search(feature).is_ok());
        writer.table(classes, &rows);
    }
    Some(writer.bytes)
}
