//! The public sets with marked names, as they lie in `shared/data`.
//!
//! ```text
//! shared/data/meantime   →   120 texts;   shared/data/gum-news   →   texts of news and interviews
//! ```

use super::{Named, gum, meantime};
use onrecord_analyse::named::lists::Lists;
use std::path::{Path, PathBuf};

/// The texts of MEANTIME, by part and name.
///
/// # Errors
/// If a file cannot be read.
pub fn meantime(folder: &Path) -> Result<Vec<Named>, String> {
    let mut named = Vec::new();
    for part in ["airbus", "apple", "gm", "stock"] {
        let part = folder.join(format!("intra_cross-doc_annotation/corpus_{part}"));
        for path in files(&part, "xml")? {
            let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let is_people = |low: &str| Lists::known().is_people(low);
            named.push(meantime::named(&stem, &read(&path)?, &is_people));
        }
    }
    Ok(named)
}

/// The news and interviews of GUM, by name.
///
/// # Errors
/// If a file cannot be read.
pub fn gum_news(folder: &Path) -> Result<Vec<Named>, String> {
    let mut named = Vec::new();
    for path in files(&folder.join("dep"), "conllu")? {
        named.extend(gum(&read(&path)?));
    }
    Ok(named)
}

/// The texts of a CoNLL-U file of GUM.
pub fn gum(conllu: &str) -> Vec<Named> {
    let lists = Lists::known();
    gum::all(conllu, &|low| lists.is_people(low), &|low| lists.is_state(low))
}

fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, String> {
    let entries = std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut paths: Vec<_> =
        entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|own| own == ending));
    paths.sort();
    Ok(paths)
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}
