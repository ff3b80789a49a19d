//! How common words are in news: `models/words.txt`, which tells stories apart.
//!
//! ```text
//! news/articles.jsonl.gz  →  "6 minister …" (one report in 2^3 has it)  …  "20 quay …"
//! ```
//!
//! Words and numbers alone, each with how many reports have it, coarsely; no sentence is kept.

use flate2::read::GzDecoder;
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// The table, from the reports of `data`.
///
/// # Errors
/// If the reports cannot be read.
pub(crate) fn words(data: &Path) -> Result<String, String> {
    let path = data.join("news/articles.jsonl.gz");
    let file = std::fs::File::open(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut texts = Vec::new();
    for line in BufReader::new(GzDecoder::new(file)).lines() {
        let line = line.map_err(|e| format!("{}: {e}", path.display()))?;
        let value: Value = serde_json::from_str(&line).map_err(|e| e.to_string())?;
        let part = |field: &str| value[field].as_str().unwrap_or_default();
        texts.push(format!("{}\n\n{}", part("headline"), part("text")));
    }
    Ok(onrecord_compare::word_levels(texts.iter().map(String::as_str)))
}
