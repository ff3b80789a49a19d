//! Names: people, organisations and places found in a text against those that people marked.
//!
//! ```text
//! gold.jsonl         {"file": "a.txt", "until": 812, "names": [[0, 8, "person"], [22, 34, "place"]]}
//! predictions.jsonl  the lines of `onrecord annotate`
//! ```
//!
//! Offsets count code points. A name is found if an actor of that type has a mention with exactly
//! its characters. What stands after `until` is not scored: some sets mark only the opening
//! sentences; nor is what is found inside an `unclear` stretch and touches no marked name. [`meantime`]
//! and [`gum`] make gold of public sets.

pub mod gum;
pub mod meantime;
pub mod sets;

use crate::Count;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A text and the names that are marked in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Named {
    /// What the text is called, without an ending.
    pub name: String,
    /// The text.
    pub text: String,
    /// Names as start, end (bytes of `text`) and type: `person`, `organisation`, `place`, `other`.
    pub names: Vec<(usize, usize, &'static str)>,
    /// Stretches in which not every name is marked: what is found there apart from the names is
    /// neither right nor wrong.
    pub unclear: Vec<(usize, usize)>,
    /// Where the marked part of the text ends, in bytes.
    pub until: usize,
}

impl Named {
    /// The line of gold of this text.
    pub fn line(&self) -> String {
        let points = |byte: usize| self.text[..byte].chars().count();
        let names =
            self.names.iter().map(|&(start, end, kind)| json!([points(start), points(end), kind]));
        let unclear = self.unclear.iter().map(|&(start, end)| json!([points(start), points(end)]));
        json!({
            "file": format!("{}.txt", self.name), "until": points(self.until),
            "names": names.collect::<Vec<_>>(), "unclear": unclear.collect::<Vec<_>>(),
        })
        .to_string()
    }

    /// Whether a name that was found here counts: not where names are marked now and then only.
    pub fn counts(&self, start: usize, end: usize) -> bool {
        start < self.until
            && (self.names.iter().any(|name| name.0 < end && start < name.1)
                || !self.unclear.iter().any(|part| part.0 <= start && end <= part.1))
    }
}

/// The types that are scored.
const TYPES: [&str; 3] = ["person", "organisation", "place"];

type Spans = BTreeSet<(u64, u64, String)>;

/// Scores of JSON-lines predictions against JSON-lines gold, for each type and for all.
///
/// # Errors
/// If a line is not a JSON object.
pub fn score(gold: &str, predictions: &str) -> Result<Value, serde_json::Error> {
    let mut found: BTreeMap<String, Spans> = BTreeMap::new();
    for line in lines(predictions)? {
        let spans = found.entry(base(&line["source_file"])).or_default();
        for actor in line["actors"].as_array().into_iter().flatten() {
            let kind = actor["type"].as_str().unwrap_or_default();
            for mention in actor["mentions"].as_array().into_iter().flatten() {
                spans.extend(span(mention, kind));
            }
        }
    }
    let mut counts: BTreeMap<&str, Count> = TYPES.map(|kind| (kind, Count::default())).into();
    for line in lines(gold)? {
        let until = line["until"].as_u64().unwrap_or(u64::MAX);
        let none = Spans::new();
        let found = found.get(&base(&line["file"])).unwrap_or(&none);
        let names = line["names"].as_array().into_iter().flatten();
        let gold: Spans =
            names.filter_map(|name| span(name, name[2].as_str().unwrap_or_default())).collect();
        let marked: Vec<(u64, u64)> = gold.iter().map(|span| (span.0, span.1)).collect();
        let unclear: Vec<(u64, u64)> = line["unclear"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|part| Some((part[0].as_u64()?, part[1].as_u64()?)))
            .collect();
        let counts_at = |span: &&(u64, u64, String)| {
            let (start, end) = (span.0, span.1);
            start < until
                && (marked.iter().any(|name| name.0 < end && start < name.1)
                    || !unclear.iter().any(|part| part.0 <= start && end <= part.1))
        };
        for (kind, count) in &mut counts {
            let of = |spans: &Spans| -> Spans {
                spans.iter().filter(|span| span.2 == *kind).filter(counts_at).cloned().collect()
            };
            let (gold, found) = (of(&gold), of(found));
            count.add(Count {
                right: gold.intersection(&found).count(),
                found: found.len(),
                gold: gold.len(),
            });
        }
    }
    let mut all = Count::default();
    let mut scores = Map::new();
    for kind in TYPES {
        all.add(counts[kind]);
        scores.insert(kind.to_owned(), shown(counts[kind]));
    }
    scores.insert("all".to_owned(), shown(all));
    Ok(Value::Object(scores))
}

fn shown(count: Count) -> Value {
    let rounded = |share: f64| (share * 1e4).round() / 1e4;
    json!({
        "p": rounded(count.precision()), "r": rounded(count.recall()), "f1": rounded(count.f1()),
        "gold": count.gold,
    })
}

fn span(value: &Value, kind: &str) -> Option<(u64, u64, String)> {
    Some((value[0].as_u64()?, value[1].as_u64()?, kind.to_owned()))
}

fn lines(text: &str) -> Result<Vec<Value>, serde_json::Error> {
    text.lines().filter(|line| !line.trim().is_empty()).map(serde_json::from_str).collect()
}

fn base(file: &Value) -> String {
    let file = file.as_str().unwrap_or_default();
    file.rsplit('/').next().unwrap_or(file).to_owned()
}

/// Adds words to a text, with a space before each that does not lean on its neighbour.
#[derive(Debug, Default)]
struct Writing {
    text: String,
    is_open: bool,
    leans: bool,
}

impl Writing {
    /// Adds a word; its bytes.
    fn word(&mut self, word: &str, is_glued: bool) -> (usize, usize) {
        let is_space = !is_glued && !self.text.is_empty() && !self.text.ends_with('\n');
        if is_space {
            self.text.push(' ');
        }
        let start = self.text.len();
        self.text.push_str(word);
        (start, self.text.len())
    }

    /// Adds a word of a text whose spaces are lost.
    fn guessed(&mut self, word: &str) -> (usize, usize) {
        let word = match word {
            "``" | "''" => "\"",
            "-LRB-" => "(",
            "-RRB-" => ")",
            word => word,
        };
        let mut is_glued = self.leans;
        self.leans = false;
        match word {
            "," | "." | ":" | ";" | "?" | "!" | ")" | "%" | "'s" | "’s" | "n't" | "'re" | "'ve"
            | "'ll" | "'d" | "'m" => is_glued = true,
            "'" => is_glued = true,
            "\"" => {
                is_glued |= self.is_open;
                self.leans = !self.is_open;
                self.is_open = !self.is_open;
            }
            "(" | "$" | "£" | "€" | "US$" => self.leans = true,
            _ => {}
        }
        self.word(word, is_glued)
    }

    fn new_paragraph(&mut self) {
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        self.is_open = false;
        self.leans = false;
    }
}

/// Words before a person's name that are not part of it.
const BEFORE_NAMES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "prof",
    "professor",
    "sir",
    "dame",
    "lord",
    "lady",
    "president",
    "vice",
    "premier",
    "prime",
    "chancellor",
    "secretary",
    "minister",
    "senator",
    "sen",
    "rep",
    "representative",
    "congressman",
    "congresswoman",
    "governor",
    "gov",
    "mayor",
    "judge",
    "justice",
    "general",
    "gen",
    "colonel",
    "col",
    "lieutenant",
    "lt",
    "major",
    "maj",
    "captain",
    "capt",
    "sergeant",
    "sgt",
    "admiral",
    "commander",
    "ambassador",
    "chairman",
    "chief",
    "commissioner",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "king",
    "queen",
    "prince",
    "princess",
    "pope",
    "archbishop",
    "bishop",
    "rabbi",
    "imam",
    "sheikh",
    "cardinal",
    "speaker",
    "director",
    "ceo",
    "executive",
    "officer",
    "foreign",
    "finance",
    "presiding",
    "attorney",
    "deputy",
    "reverend",
    "rev",
    "father",
    "saint",
    "detective",
    "inspector",
    "constable",
    "superintendent",
    "coach",
    "u.s.",
    "us",
    "the",
    "first",
    "lady",
    "acting",
    "former",
    "of",
    "state",
    "treasury",
    "defense",
    "defence",
    "analyst",
    "economist",
    "author",
];

/// Whether a word before a person's name is a title.
fn is_before_name(word: &str) -> bool {
    let low = word.to_lowercase();
    BEFORE_NAMES.contains(&low.as_str()) || BEFORE_NAMES.contains(&low.trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_right_with_its_own_characters_and_its_own_type() {
        let gold = r#"{"file": "a.txt", "until": 60, "names": [[0, 8, "person"], [22, 34, "place"], [40, 45, "organisation"], [70, 75, "person"]]}"#;
        let found = r#"{"source_file": "x/a.txt", "actors": [{"type": "person", "mentions": [[0, 8], [50, 53]]}, {"type": "organisation", "mentions": [[22, 34], [40, 45]]}]}"#;
        let scores = score(gold, found).expect("it is JSON");
        assert_eq!(scores["person"], json!({"p": 0.5, "r": 1.0, "f1": 0.6667, "gold": 1}));
        assert_eq!(scores["organisation"]["f1"], json!(0.6667));
        assert_eq!(scores["place"]["f1"], json!(0.0));
        assert_eq!(scores["all"]["gold"], json!(3));
    }

    #[test]
    fn where_names_are_marked_now_and_then_only_what_is_marked_counts() {
        let gold = r#"{"file": "a.txt", "until": 60, "names": [[10, 18, "person"]], "unclear": [[0, 30]]}"#;
        let found = r#"{"source_file": "a.txt", "actors": [{"type": "person", "mentions": [[10, 18], [20, 25], [12, 20], [28, 33]]}]}"#;
        let scores = score(gold, found).expect("it is JSON");
        assert_eq!(scores["person"]["p"], json!(0.3333));
    }

    #[test]
    fn spaces_are_guessed_where_they_are_lost() {
        let mut writing = Writing::default();
        for word in ["Voss", "'s", "``", "tide", "''", "(", "2", ")", "cost", "$", "3", "."] {
            writing.guessed(word);
        }
        assert_eq!(writing.text, "Voss's \"tide\" (2) cost $3.");
    }
}
