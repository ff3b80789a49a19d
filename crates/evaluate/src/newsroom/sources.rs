//! Real reports to work on: JSON lines, gzipped or not, and CSV with a title and a text.
//!
//! ```text
//! each("articles.jsonl.gz", see)      each("wikinews", see)   every CSV file of the folder
//! ```
//!
//! Not handled: other formats, which the product reads.

use super::real::Plain;
use serde::Deserialize;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

#[derive(Debug, Deserialize)]
struct Row {
    #[serde(default)]
    outlet: Option<String>,
    #[serde(alias = "date")]
    published: Option<String>,
    #[serde(alias = "title")]
    headline: Option<String>,
    text: String,
}

impl Row {
    fn plain(self, outlet: &str) -> Plain {
        Plain {
            outlet: self.outlet.unwrap_or_else(|| outlet.to_owned()),
            published: self.published.unwrap_or_default(),
            headline: self.headline.unwrap_or_default(),
            text: self.text,
        }
    }
}

/// Shows every report of a file or folder, in order, until one says that it is enough.
///
/// # Errors
/// If a file cannot be read, with its path; or what `see` fails with.
pub fn each(path: &Path, see: &mut dyn FnMut(Plain) -> Result<bool, String>) -> Result<(), String> {
    let failed =
        |cause: String| format!("error: cannot read `{}`\n  cause: {cause}", path.display());
    if path.is_dir() {
        let entries = std::fs::read_dir(path).map_err(|cause| failed(cause.to_string()))?;
        let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.retain(|path| path.extension().is_some_and(|extension| extension == "csv"));
        paths.sort();
        return paths.iter().try_for_each(|path| each(path, see));
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let file = File::open(path).map_err(|cause| failed(cause.to_string()))?;
    let bytes: Box<dyn Read> = match name.ends_with(".gz") {
        true => Box::new(flate2::read::MultiGzDecoder::new(file)),
        false => Box::new(file),
    };
    if name.ends_with(".csv") {
        let outlet = name.split(['_', '.']).next().unwrap_or_default().to_owned();
        for row in csv::Reader::from_reader(bytes).deserialize() {
            let row: Row = row.map_err(|cause| failed(cause.to_string()))?;
            if !see(row.plain(&outlet))? {
                break;
            }
        }
        return Ok(());
    }
    for line in BufReader::new(bytes).lines() {
        let line = line.map_err(|cause| failed(cause.to_string()))?;
        let row: Row = serde_json::from_str(&line).map_err(|cause| failed(cause.to_string()))?;
        if !see(row.plain(""))? {
            break;
        }
    }
    Ok(())
}
