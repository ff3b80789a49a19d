//! Reports with annotated statements, from a folder of brat standoff.
//!
//! ```text
//! text/NAME.txt + attributions/NAME_*.ann      or      NAME.txt + NAME.ann
//! T1  Source 0 9  The mayor      E1  Attribution:T4 Source:T1 Cue:T2 Content:T3
//! ```
//!
//! Of several annotators' files for one report the first by name is read. Statements without a cue
//! or without a content are left out.

use onrecord_model::{CodePoints, Report, Span};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

/// One statement as a person marked it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Gold {
    pub(crate) source: Vec<Span>,
    pub(crate) cue: Vec<Span>,
    pub(crate) content: Vec<Span>,
}

/// A report and its statements.
#[derive(Debug, Clone)]
pub(crate) struct Annotated {
    pub(crate) name: String,
    pub(crate) report: Report,
    pub(crate) statements: Vec<Gold>,
}

/// All reports of a folder, by name.
pub(crate) fn read(folder: &Path) -> Result<Vec<Annotated>, String> {
    let (texts, notes) = if folder.join("text").is_dir() {
        (folder.join("text"), folder.join("attributions"))
    } else {
        (folder.to_owned(), folder.to_owned())
    };
    let notes = files(&notes, "ann")?;
    let mut reports = Vec::new();
    for path in files(&texts, "txt")? {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text =
            std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        let own = notes.iter().find(|note| {
            let note = note.file_stem().unwrap_or_default().to_string_lossy();
            note == stem
                || note
                    .strip_prefix(&stem)
                    .is_some_and(|rest| rest.starts_with('_') && !rest[1..].contains(['_', '-']))
        });
        let statements = match own {
            None => Vec::new(),
            Some(note) => {
                let lines = std::fs::read_to_string(note)
                    .map_err(|e| format!("{}: {e}", note.display()))?;
                statements(&lines, &text)
            }
        };
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let report = Report { source_file: name.clone(), text, ..Report::default() };
        reports.push(Annotated { name, report, statements });
    }
    Ok(reports)
}

/// Reports marked by another reader: JSON lines of a text and its statements, spans in code points.
///
/// ```text
/// {"source_file": "a.txt", "text": "…", "statements": [{"source": [[0, 9]], "cue": […], "content": […]}]}
/// ```
pub(crate) fn read_lines(path: &Path) -> Result<Vec<Annotated>, String> {
    let file = std::fs::File::open(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut reports = Vec::new();
    for line in BufReader::new(file).lines() {
        let line = line.map_err(|e| format!("{}: {e}", path.display()))?;
        let value: Value =
            serde_json::from_str(&line).map_err(|e| format!("{}: {e}", path.display()))?;
        let text = value["text"].as_str().unwrap_or_default().to_owned();
        let points = CodePoints::new(&text);
        let spans = |value: &Value| {
            let pieces = value.as_array().into_iter().flatten().filter_map(|piece| {
                let offset = |at: usize| u32::try_from(piece[at].as_u64()?).ok();
                Some(points.bytes([offset(0)?, offset(1)?]))
            });
            tidy(&pieces.collect::<Vec<_>>(), &text)
        };
        let statements = value["statements"].as_array().into_iter().flatten().map(|own| Gold {
            source: spans(&own["source"]),
            cue: spans(&own["cue"]),
            content: spans(&own["content"]),
        });
        let statements = statements.collect();
        let name = value["source_file"].as_str().unwrap_or_default().to_owned();
        let report = Report { source_file: name.clone(), text, ..Report::default() };
        reports.push(Annotated { name, report, statements });
    }
    Ok(reports)
}

fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, String> {
    let entries = std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut files: Vec<_> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|e| e == ending))
        .collect();
    files.sort();
    Ok(files)
}

/// The statements of a standoff file.
fn statements(lines: &str, text: &str) -> Vec<Gold> {
    let points = CodePoints::new(text);
    let mut spans: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    let fields = || lines.lines().filter_map(|line| line.split_once('\t'));
    for (id, rest) in fields().filter(|(id, _)| id.starts_with('T')) {
        let place = rest.split('\t').next().unwrap_or_default();
        let Some((_, place)) = place.split_once(' ') else { continue };
        let pieces = place.split(';').filter_map(|piece| {
            let (start, end) = piece.trim().split_once(' ')?;
            Some(points.bytes([start.parse().ok()?, end.parse().ok()?]))
        });
        spans.insert(id, pieces.collect());
    }
    let mut statements = Vec::new();
    for (_, roles) in fields().filter(|(id, _)| id.starts_with('E')) {
        let mut gold = Gold::default();
        for (role, id) in roles.split_whitespace().filter_map(|part| part.split_once(':')) {
            let role = role.trim_end_matches(|c: char| c.is_ascii_digit()).to_ascii_lowercase();
            let pieces = spans.get(id).into_iter().flatten().copied();
            match role.as_str() {
                "source" => gold.source.extend(pieces),
                "cue" => gold.cue.extend(pieces),
                "content" => gold.content.extend(pieces),
                _ => {}
            }
        }
        for pieces in [&mut gold.source, &mut gold.cue, &mut gold.content] {
            *pieces = tidy(pieces, text);
        }
        if !gold.cue.is_empty() && !gold.content.is_empty() {
            statements.push(gold);
        }
    }
    statements
}

/// Sorted, without white space at the ends, pieces joined that only white space parts.
pub(crate) fn tidy(pieces: &[Span], text: &str) -> Vec<Span> {
    let mut pieces: Vec<_> = pieces.iter().map(|piece| piece.trim(text)).collect();
    pieces.sort();
    let mut tidy: Vec<Span> = Vec::new();
    for piece in pieces.into_iter().filter(|piece| !piece.is_empty()) {
        match tidy.last_mut() {
            Some(last)
                if piece.start <= last.end
                    || text[last.end as usize..piece.start as usize].trim().is_empty() =>
            {
                *last = last.join(piece);
            }
            _ => tidy.push(piece),
        }
    }
    tidy
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_in_pieces_counts_code_points() {
        let text = "“Élan,” Voss said, “is all.”";
        let lines = "T1\tSource 8 12\tVoss\nT2\tCue 13 17\tsaid\n\
                     T3\tContent 0 7;19 28\t“Élan,” “is all.”\n\
                     T4\tAttribution 13 17\tsaid\nE1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\n";
        let found = statements(lines, text);
        let words = |spans: &[Span]| spans.iter().map(|s| s.of(text)).collect::<Vec<_>>();
        assert_eq!(found.len(), 1);
        assert_eq!(words(&found[0].source), ["Voss"]);
        assert_eq!(words(&found[0].cue), ["said"]);
        assert_eq!(words(&found[0].content), ["“Élan,”", "“is all.”"]);
    }

    #[test]
    fn a_statement_without_content_is_left_out() {
        let lines = "T1\tCue 0 4\tsaid\nE1\tAttribution:T1 Cue:T1\n";
        assert!(statements(lines, "said").is_empty());
    }

    #[test]
    fn pieces_that_only_white_space_parts_are_one() {
        let tidy = tidy(&[Span::new(4, 8), Span::new(0, 4)], "one two ");
        assert_eq!(tidy, [Span::new(0, 7)]);
    }
}
