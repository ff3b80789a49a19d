//! Tags and dependencies made by CoreNLP, laid over OnRecord's own tokens.
//!
//! ```text
//! {"n": "a.txt", "s": [{"t": [["The", 0, 3, "DT", "O"], …], "d": [["det", 2, 1], …]}]}
//! ```
//!
//! Where the two cut words differently, a token takes the tag of the one it begins in; the parts
//! of one word hang on its last part. Sentences that do not begin and end alike give tags only.

use crate::corpus::Annotated;
use flate2::read::GzDecoder;
use onrecord_analyse::syntax::tagger::Form;
use onrecord_analyse::syntax::{Names, ROOT};
use onrecord_analyse::text::Prose;
use onrecord_model::CodePoints;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// One sentence to learn from.
#[derive(Debug, Clone)]
pub(crate) struct Sentence {
    pub(crate) forms: Vec<Form>,
    pub(crate) tags: Vec<u8>,
    /// Heads within the sentence and relations, where they are whole and do not cross.
    pub(crate) tree: Option<(Vec<u32>, Vec<u8>)>,
}

/// A word of CoreNLP's: bytes, tag, head (its number in the report), relation.
struct Word {
    start: usize,
    end: usize,
    tag: u8,
    head: usize,
    relation: u8,
    sentence: usize,
}

const NO_HEAD: usize = usize::MAX;

/// The sentences of each report that has silver, by the report's place.
pub(crate) fn read(
    path: &Path,
    reports: &[Annotated],
) -> Result<(Names, BTreeMap<usize, Vec<Sentence>>), String> {
    let place: BTreeMap<&str, usize> =
        reports.iter().enumerate().map(|(i, report)| (report.name.as_str(), i)).collect();
    let file = std::fs::File::open(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut names = Names::default();
    let mut sentences = BTreeMap::new();
    for line in BufReader::new(GzDecoder::new(file)).lines() {
        let line = line.map_err(|e| format!("{}: {e}", path.display()))?;
        let value: Value = serde_json::from_str(&line).map_err(|e| e.to_string())?;
        let Some(&at) = value["n"].as_str().and_then(|name| place.get(name)) else { continue };
        let words = words(&value, &reports[at].report.text, &mut names);
        sentences.insert(at, lay(&Prose::new(&reports[at].report), &words));
    }
    Ok((names, sentences))
}

fn number(names: &mut Vec<String>, name: &str) -> u8 {
    let at = names.iter().position(|known| known == name).unwrap_or_else(|| {
        names.push(name.to_owned());
        names.len() - 1
    });
    at as u8
}

fn words(value: &Value, text: &str, names: &mut Names) -> Vec<Word> {
    let points = CodePoints::new(text);
    let mut words = Vec::new();
    let empty = Vec::new();
    for (sentence, s) in value["s"].as_array().unwrap_or(&empty).iter().enumerate() {
        let first = words.len();
        for t in s["t"].as_array().unwrap_or(&empty) {
            let byte = |v: &Value| points.byte(v.as_u64().unwrap_or(0) as u32);
            words.push(Word {
                start: byte(&t[1]),
                end: byte(&t[2]),
                tag: number(&mut names.tags, t[3].as_str().unwrap_or("NN")),
                head: NO_HEAD,
                relation: number(&mut names.relations, "dep"),
                sentence,
            });
        }
        for d in s["d"].as_array().unwrap_or(&empty) {
            let index = |v: &Value| v.as_u64().unwrap_or(0) as usize;
            let Some(word) = words.get_mut(first + index(&d[2]).saturating_sub(1)) else {
                continue;
            };
            word.head = match index(&d[1]) {
                0 => NO_HEAD,
                head => first + head - 1,
            };
            word.relation = number(&mut names.relations, d[0].as_str().unwrap_or("dep"));
        }
    }
    words
}

fn lay(prose: &Prose, words: &[Word]) -> Vec<Sentence> {
    // For each own token the words that share a byte with it, and for each word its last token.
    let mut of_token: Vec<std::ops::Range<usize>> = Vec::with_capacity(prose.tokens.len());
    let mut last_token = vec![NO_HEAD; words.len()];
    let mut from = 0;
    for (i, token) in prose.tokens.iter().enumerate() {
        while from < words.len() && words[from].end <= token.span.start as usize {
            from += 1;
        }
        let mut to = from;
        while to < words.len() && words[to].start < token.span.end as usize {
            last_token[to] = i;
            to += 1;
        }
        of_token.push(from..to);
    }
    let mut sentences = Vec::new();
    for sentence in &prose.sentences {
        let range = sentence.tokens.clone();
        let forms: Vec<_> = range.clone().map(|i| Form::new(prose.word(i))).collect();
        if range.clone().any(|i| of_token[i].is_empty()) {
            continue;
        }
        // Of several words in one token the one whose head is outside speaks for it.
        let speaks = |i: usize| {
            let own = of_token[i].clone();
            own.clone().find(|&w| !own.contains(&words[w].head)).unwrap_or(own.start)
        };
        let tags = range.clone().map(|i| words[speaks(i)].tag).collect();
        let tree = tree(&range, words, &speaks, &last_token, &of_token);
        sentences.push(Sentence { forms, tags, tree });
    }
    sentences
}

fn tree(
    range: &std::ops::Range<usize>,
    words: &[Word],
    speaks: &dyn Fn(usize) -> usize,
    last_token: &[usize],
    of_token: &[std::ops::Range<usize>],
) -> Option<(Vec<u32>, Vec<u8>)> {
    let first = words[of_token[range.start].start].sentence;
    let last = words[of_token[range.end - 1].end - 1].sentence;
    let before = of_token[range.start].start.checked_sub(1).map(|w| words[w].sentence);
    let after = words.get(of_token[range.end - 1].end).map(|word| word.sentence);
    if before == Some(first) || after == Some(last) {
        return None;
    }
    let mut heads = Vec::with_capacity(range.len());
    let mut relations = Vec::with_capacity(range.len());
    let mut root = None;
    for i in range.clone() {
        let word = speaks(i);
        if last_token[word] != i {
            heads.push((last_token[word] - range.start) as u32);
            relations.push(words[word].relation);
            continue;
        }
        relations.push(words[word].relation);
        heads.push(match words[word].head {
            NO_HEAD => match root {
                None => {
                    root = Some((i - range.start) as u32);
                    ROOT
                }
                Some(root) => root,
            },
            head => {
                let token = last_token[head];
                (range.contains(&token) && token != i).then(|| (token - range.start) as u32)?
            }
        });
    }
    root?;
    is_tree(&heads).then_some((heads, relations))
}

/// Whether every word reaches the root and no two arcs cross.
fn is_tree(heads: &[u32]) -> bool {
    for (word, &head) in heads.iter().enumerate() {
        let mut at = head;
        for _ in 0..=heads.len() {
            if at == ROOT {
                break;
            }
            at = heads[at as usize];
        }
        if at != ROOT {
            return false;
        }
        if head == ROOT {
            continue;
        }
        let (low, high) = (word.min(head as usize), word.max(head as usize));
        let crosses = (low + 1..high)
            .any(|i| heads[i] == ROOT || (heads[i] as usize) < low || heads[i] as usize > high);
        if crosses {
            return false;
        }
    }
    true
}
