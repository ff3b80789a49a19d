//! The sets' format: sentences with what is marked in them, and the names that units go by there.
//!
//! ```text
//! {"value": 5, "unit": "percent", "referred_concepts": [["Lorne", "index"]]}
//!   →   value "5", unit "percent" (under the name "percentage"), concepts "Lorne index"
//! ```
//!
//! A file is one JSON array, or a sentence a line. Values may be numbers, text, or a list of two; a
//! concept may be text or a list of words.

use onrecord_analyse::quantities::singular;
use serde_json::Value;

/// A sentence and what is marked in it.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// Its words.
    pub text: String,
    /// The quantities in it.
    pub quantities: Vec<Marked>,
}

/// A quantity as it is marked, or as it was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marked {
    /// `=`, `~`, `up`, `down`, `>`, `<`; none where the set does not say.
    pub change: Option<String>,
    /// "31000", "4-5".
    pub value: String,
    /// "percentage", "fighter jet", "-" for none.
    pub unit: Option<String>,
    /// Of what was found, what a counted noun comes to: "people".
    pub head: Option<String>,
    /// What it is of.
    pub concepts: Vec<String>,
    /// What is counted, in the project's sense.
    pub counted: Option<String>,
}

/// Reads a file of sentences; the error says what is wrong.
pub fn read(text: &str) -> Result<Vec<Sentence>, String> {
    let is_array = text.trim_start().starts_with('[');
    let sentences: Vec<Value> = if is_array {
        serde_json::from_str(text).map_err(|cause| cause.to_string())?
    } else {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        lines
            .map(|line| serde_json::from_str(line).map_err(|cause| cause.to_string()))
            .collect::<Result<_, _>>()?
    };
    sentences.iter().map(sentence).collect()
}

fn sentence(value: &Value) -> Result<Sentence, String> {
    let text = value["text"].as_str().ok_or("a sentence without text")?.to_owned();
    let quantities = value["quantities"].as_array().map(Vec::as_slice).unwrap_or_default();
    Ok(Sentence { text, quantities: quantities.iter().map(marked).collect() })
}

fn marked(value: &Value) -> Marked {
    let first =
        |names: &[&str]| names.iter().map(|name| &value[*name]).find(|value| !value.is_null());
    let unit = first(&["normalized_unit", "unit"]).map(|unit| words(unit, " "));
    let concepts = first(&["referred_concepts", "referred_concept", "concepts", "concept"]);
    Marked {
        change: first(&["change", "bound"]).and_then(Value::as_str).map(str::to_owned),
        value: first(&["value"]).map(|value| words(value, "-")).unwrap_or_default(),
        unit: unit.map(|unit| if unit.is_empty() { "-".to_owned() } else { unit }),
        head: None,
        concepts: match concepts {
            Some(Value::Array(all)) => all
                .iter()
                .map(|one| words(one, " "))
                .filter(|one| !one.is_empty() && one != "-")
                .collect(),
            Some(one) => Some(words(one, " "))
                .filter(|one| !one.is_empty() && one != "-")
                .into_iter()
                .collect(),
            None => Vec::new(),
        },
        counted: first(&["counted"]).and_then(Value::as_str).map(str::to_owned),
    }
}

/// Text, a number, or a list of them, as text.
fn words(value: &Value, join: &str) -> String {
    match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Array(all) => all.iter().map(|one| words(one, join)).collect::<Vec<_>>().join(join),
        Value::Object(all) => {
            all.values().map(|one| words(one, join)).collect::<Vec<_>>().join(join)
        }
        _ => String::new(),
    }
}

/// One name for the ways a unit is called: American and British spelling, with or without the
/// country of the dollar that is meant where none is named.
///
/// ```
/// use onrecord_evaluate::quantities::unit_name;
/// assert_eq!(unit_name("US dollar per share"), unit_name("dollar per share"));
/// assert_eq!(unit_name("Percent"), "percentage");
/// ```
pub fn unit_name(unit: &str) -> String {
    let low = unit.trim().to_lowercase().replace(['-', '_'], " ");
    let low = low.trim();
    if low.is_empty() || low == "none" {
        return "-".to_owned();
    }
    if let Some((unit, rate)) = low.split_once(" per ") {
        return format!("{} per {}", unit_name(unit), unit_name(rate));
    }
    let named = match low {
        "us dollar" | "united states dollar" | "$" | "usd" | "u.s. dollar" => "dollar",
        "percent" | "per cent" | "%" | "percentage" => "percentage",
        "indian rupee" => "rupee",
        "great british pound" | "british pound" | "gbp" | "£" | "pound" => "pound sterling",
        "times" | "time" => "count",
        "eur" | "€" => "euro",
        "yuan" | "renminbi" => "chinese yuan",
        "yen" => "japanese yen",
        "won" => "south korean won",
        "tonne" | "metric tonne" => "metric ton",
        "index point" => "point",
        "kilowatt hour" | "kilowatthour" => "kilowatt hour",
        _ => low,
    };
    named.replace("metre", "meter").replace("litre", "liter")
}

/// The noun phrase of a counted thing as the sets spell it: in lower case, its head in the
/// singular, superlatives in their plain form ("6 largest cities": "large city").
pub(super) fn noun_phrase(words: &str) -> String {
    let low = words.to_lowercase().replace(',', "").replace("'s ", " ").replace("’s ", " ");
    let mut words: Vec<String> = low.split_whitespace().map(plain).collect();
    let Some(head) = words.pop() else { return "-".to_owned() };
    words.push(singular(&head));
    words.join(" ")
}

fn plain(word: &str) -> String {
    match word {
        "best" => "good".to_owned(),
        "worst" => "bad".to_owned(),
        "latest" => "late".to_owned(),
        _ => match word.strip_suffix("est") {
            Some(stem)
                if stem.len() > 3
                    && !matches!(
                        word,
                        "interest"
                            | "forest"
                            | "honest"
                            | "modest"
                            | "harvest"
                            | "protest"
                            | "request"
                            | "midwest"
                            | "southwest"
                            | "northwest"
                            | "conquest"
                            | "invest"
                            | "arrest"
                    ) =>
            {
                match stem.strip_suffix('i') {
                    Some(stem) => format!("{stem}y"),
                    None if stem.ends_with("rg") || stem.ends_with("at") => format!("{stem}e"),
                    None => stem.to_owned(),
                }
            }
            _ => word.to_owned(),
        },
    }
}

/// Words without articles and the like, in lower case and in the singular.
pub(super) fn content_words(words: &str) -> Vec<String> {
    let is_little = |word: &str| {
        matches!(
            word,
            "the"
                | "a"
                | "an"
                | "of"
                | "in"
                | "on"
                | "at"
                | "to"
                | "for"
                | "by"
                | "its"
                | "their"
                | "his"
                | "her"
                | "and"
                | "with"
                | "s"
                | "from"
                | "this"
                | "that"
        )
    };
    let split = words.split(|c: char| !(c.is_alphanumeric() || c == '.' || c == '&'));
    split
        .map(|word| word.trim_matches('.').to_lowercase())
        .filter(|word| !word.is_empty() && !is_little(word))
        .map(|word| singular(&word))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_are_read_as_an_array_or_a_sentence_a_line() {
        let line = r#"{"text": "It fell 3%.", "quantities": [{"change": "down", "value": 3, "unit": "%", "referred_concepts": [["Lorne", "index"]]}]}"#;
        for text in [line.to_owned(), format!("[{line}]")] {
            let sentences = read(&text).unwrap();
            let marked = &sentences[0].quantities[0];
            assert_eq!((marked.value.as_str(), marked.unit.as_deref()), ("3", Some("%")));
            assert_eq!(marked.concepts, ["Lorne index"]);
        }
    }

    #[test]
    fn counted_nouns_are_spelled_as_in_the_sets() {
        assert_eq!(noun_phrase("largest cities"), "large city");
        assert_eq!(noun_phrase("small, friendly deals"), "small friendly deal");
    }
}
