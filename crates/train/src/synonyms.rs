//! Words that may stand for each other, from Princeton WordNet's files.
//!
//! ```text
//! index.verb   endorse … 02453889     support … 02453889        → one group
//! ```
//!
//! A word is kept in the forms in which news has it. Its groups are its lemma, what is derived from
//! it ("decision", "decide") and the sets of synonyms of its more frequent senses, numbered anew.
//! Not handled: words of several parts ("put off").

use flate2::read::GzDecoder;
use onrecord_compare::synonyms::{MAIN, word_key};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader};
use std::path::Path;

/// Times that news must have a form.
const LEAST_COUNT: usize = 5;

/// Senses of a lemma that are kept, and of these those that count as its own: WordNet has the most
/// frequent first.
const SENSES: usize = 8;
const MAIN_SENSES: usize = 3;

/// Parts of speech, each with the endings of its forms and what stands in their stead in a lemma.
const PARTS: [(&str, &[(&str, &str)]); 4] = [
    (
        "noun",
        &[("ies", "y"), ("ses", "s"), ("xes", "x"), ("ches", "ch"), ("shes", "sh"), ("s", "")],
    ),
    (
        "verb",
        &[
            ("ies", "y"),
            ("ied", "y"),
            ("es", "e"),
            ("es", ""),
            ("s", ""),
            ("ed", "e"),
            ("ed", ""),
            ("ing", "e"),
            ("ing", ""),
        ],
    ),
    ("adj", &[("er", ""), ("er", "e"), ("est", ""), ("est", "e")]),
    ("adv", &[]),
];

/// A set of synonyms: part of speech and WordNet's number of it.
type Synset = (usize, u32);

/// The table that [`onrecord_compare::synonyms`] reads.
pub(crate) fn learn(wordnet: &Path, news: &Path) -> Result<Vec<u8>, String> {
    let counts = counts(news)?;
    let read = |name: String| {
        let path = wordnet.join(name);
        std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))
    };
    let mut senses: BTreeMap<(usize, String), Vec<u32>> = BTreeMap::new();
    let mut irregular: BTreeMap<(usize, String), Vec<String>> = BTreeMap::new();
    let mut derived: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (part, (name, _)) in PARTS.iter().enumerate() {
        for line in read(format!("index.{name}"))?.lines().filter(|line| !line.starts_with(' ')) {
            let words: Vec<&str> = line.split_whitespace().collect();
            let [lemma, _, number, ..] = words[..] else { continue };
            let number = number.parse().unwrap_or(0).min(words.len());
            let sets = words[words.len() - number..].iter().take(SENSES);
            senses.insert(
                (part, lemma.to_owned()),
                sets.filter_map(|set| set.parse().ok()).collect(),
            );
        }
        for line in read(format!("{name}.exc"))?.lines() {
            let mut words = line.split_whitespace().map(str::to_owned);
            if let Some(form) = words.next() {
                irregular.insert((part, form), words.collect());
            }
        }
    }
    for (part, (name, _)) in PARTS.iter().enumerate() {
        let sets = read(format!("data.{name}"))?;
        let lemmas = lemmas_of(&sets, part);
        if *name == "verb" {
            derive(&sets, &lemmas, &lemmas_of(&read("data.noun".to_owned())?, 0), &mut derived);
        }
    }

    // Each form's groups, in order: its lemmas, what they are derived from or to, synonyms.
    let mut forms: BTreeMap<u32, Vec<(Group, bool)>> = BTreeMap::new();
    for (form, _) in counts.iter().filter(|(_, count)| **count >= LEAST_COUNT) {
        let groups = forms.entry(word_key(form)).or_default();
        for (part, lemma) in lemmas(form, &senses, &irregular) {
            groups.push((Group::Lemma(lemma.clone()), true));
            let kin = derived.get(&lemma).into_iter().flatten();
            groups.extend(kin.map(|kin| (Group::Lemma(kin.clone()), true)));
            let sets = senses[&(part, lemma)].iter().enumerate();
            groups.extend(sets.map(|(at, &set)| (Group::Set((part, set)), at < MAIN_SENSES)));
        }
    }
    let mut members: BTreeMap<&Group, usize> = BTreeMap::new();
    for groups in forms.values() {
        for (group, _) in groups.iter().collect::<BTreeSet<_>>() {
            *members.entry(group).or_default() += 1;
        }
    }
    let shared = members.into_iter().filter(|(_, count)| *count > 1);
    let numbers: BTreeMap<&Group, u16> = shared.map(|(group, _)| group).zip(0..).collect();
    if numbers.len() >= usize::from(MAIN) {
        return Err(format!("{} groups are too many", numbers.len()));
    }
    let mut table = Vec::new();
    let mut lists = Vec::new();
    for (key, groups) in &forms {
        let mut own: BTreeMap<u16, u16> = BTreeMap::new();
        for (group, is_main) in groups {
            if let Some(&number) = numbers.get(group) {
                *own.entry(number).or_default() |= if *is_main { MAIN } else { 0 };
            }
        }
        if !own.is_empty() {
            table.push((*key, own.len() as u16));
            lists.extend(own.into_iter().map(|(number, main)| number | main));
        }
    }
    let mut bytes = (table.len() as u32).to_le_bytes().to_vec();
    for (key, _) in &table {
        bytes.extend(key.to_le_bytes());
    }
    for (_, number) in &table {
        bytes.extend(number.to_le_bytes());
    }
    for group in &lists {
        bytes.extend(group.to_le_bytes());
    }
    Ok(bytes)
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Lemma(String),
    Set(Synset),
}

/// How often news has each word in small letters.
fn counts(news: &Path) -> Result<BTreeMap<String, usize>, String> {
    let file = std::fs::File::open(news).map_err(|e| format!("{}: {e}", news.display()))?;
    let mut counts = BTreeMap::new();
    for line in BufReader::new(GzDecoder::new(file)).lines() {
        let line = line.map_err(|e| format!("{}: {e}", news.display()))?;
        let report: serde_json::Value = serde_json::from_str(&line).map_err(|e| e.to_string())?;
        let text = report["text"].as_str().unwrap_or_default();
        let words = text.split(|c: char| !c.is_ascii_alphabetic() && c != '-');
        for word in
            words.filter(|word| word.len() > 2 && word.bytes().all(|b| b.is_ascii_lowercase()))
        {
            *counts.entry(word.to_owned()).or_default() += 1;
        }
    }
    Ok(counts)
}

/// The lemmas that a form may be of, with their part of speech.
fn lemmas(
    form: &str,
    senses: &BTreeMap<(usize, String), Vec<u32>>,
    irregular: &BTreeMap<(usize, String), Vec<String>>,
) -> BTreeSet<(usize, String)> {
    let mut found = BTreeSet::new();
    for (part, (_, endings)) in PARTS.iter().enumerate() {
        let regular = endings.iter().filter_map(|(ending, lemma)| {
            form.strip_suffix(ending).map(|stem| format!("{stem}{lemma}"))
        });
        let known = irregular.get(&(part, form.to_owned())).into_iter().flatten().cloned();
        let all = known.chain(regular).chain([form.to_owned()]).map(|lemma| (part, lemma));
        found.extend(all.filter(|lemma| lemma.1.len() > 1 && senses.contains_key(lemma)));
    }
    found
}

/// The words of each set of synonyms.
fn lemmas_of(sets: &str, part: usize) -> BTreeMap<Synset, Vec<String>> {
    let lines = sets.lines().filter(|line| !line.starts_with(' '));
    let set = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let number = words.first()?.parse().ok()?;
        let many = usize::from_str_radix(words.get(3)?, 16).ok()?;
        let lemmas = words.get(4..)?.chunks(2).take(many).map(|word| word[0].to_lowercase());
        Some(((part, number), lemmas.collect()))
    };
    lines.filter_map(set).collect()
}

/// Verbs and nouns that are derived from each other: "decide", "decision". Only those that begin
/// alike, for the forms of a family meet by that alone.
fn derive(
    sets: &str,
    verbs: &BTreeMap<Synset, Vec<String>>,
    nouns: &BTreeMap<Synset, Vec<String>>,
    derived: &mut BTreeMap<String, BTreeSet<String>>,
) {
    for line in sets.lines().filter(|line| !line.starts_with(' ')) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let Some(number) = words.first().and_then(|word| word.parse().ok()) else { continue };
        let Some(own) = verbs.get(&(1, number)) else { continue };
        for pointer in words.windows(4).filter(|p| p[0] == "+" && p[2] == "n") {
            let (Ok(target), Ok(from_to)) =
                (pointer[1].parse::<u32>(), u16::from_str_radix(pointer[3], 16))
            else {
                continue;
            };
            let place = |at: u16| usize::from(at).wrapping_sub(1);
            let verb = own.get(place(from_to >> 8));
            let noun = nouns.get(&(0, target)).and_then(|nouns| nouns.get(place(from_to & 0xff)));
            let (Some(verb), Some(noun)) = (verb, noun) else { continue };
            let is_alike = verb.get(..3).is_some_and(|start| noun.starts_with(start));
            if verb != noun && is_alike {
                derived.entry(noun.clone()).or_default().insert(verb.clone());
            }
        }
    }
}
