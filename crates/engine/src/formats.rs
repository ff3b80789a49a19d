//! The formats that others rely on: what leaves OnRecord, and in what shape.
//!
//! ```text
//! json           one object a line for each report; the format of `annotate`
//! brat           standoff annotations beside the text, as PolNeAR lays them out
//! timeml         the text with TIMEX3 tags
//! webannotation  W3C Web Annotations, one a line
//! tables         CSV and Parquet, a table a kind of thing
//! ```
//!
//! Every offset counts Unicode code points, end exclusive. In `json` they count from the start of
//! the file as read; in the others, whose texts are one report's, from the start of that report.

pub mod brat;
pub mod json;
pub mod tables;
pub mod timeml;
pub mod webannotation;

#[cfg(test)]
mod tests;

/// A file name for a report's own file: `003.txt`, part 2 → `003-2`.
pub fn stem(report: &onrecord_model::Report) -> String {
    let file = report.source_file.rsplit('/').next().unwrap_or(&report.source_file);
    let file = file.strip_suffix(".gz").unwrap_or(file);
    let stem = match file.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => file,
    };
    let stem: String = stem
        .chars()
        .map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '_' })
        .collect();
    if report.has_siblings || report.part > 1 { format!("{stem}-{}", report.part) } else { stem }
}
