//! Gold names of MEANTIME (CC BY 4.0).
//!
//! ```text
//! <token t_id="12" sentence="2">CEO</token> … <ENTITY_MENTION m_id="27" syntactic_type="NAM"> …
//! ```
//!
//! All entities are marked in the first six sentences (headline, date and four more); later ones
//! only where they are one of a chosen few, so they are not scored. A mention is named where its
//! `syntactic_type` is `NAM` or `PRE.NAM`, or where all its words have a capital (that type is not
//! always filled in). Of "Ryanair CEO, Michael O'Leary" the name is the last run of capitalised
//! words that the entity's own name shares, of "the Bank of Lorne near …" the first run: articles,
//! titles and what follows are cut off. Adjectives ("German") are `other`, as are products and
//! indexes. Names inside longer mentions are not always marked, so such mentions are `unclear`.

use super::{Named, Writing, is_before_name};
use std::collections::BTreeMap;
use std::ops::Range;

/// The last sentence in which everything is marked.
const LAST: usize = 5;

/// The text and its names; `is_people` says whether a word in lower case names a people ("german").
pub fn named(name: &str, xml: &str, is_people: &dyn Fn(&str) -> bool) -> Named {
    let mut writing = Writing::default();
    let mut tokens: BTreeMap<usize, (usize, usize, usize)> = BTreeMap::new();
    let mut mentions: BTreeMap<usize, (&str, Vec<usize>)> = BTreeMap::new();
    let mut types: BTreeMap<usize, (&str, String)> = BTreeMap::new();
    let mut entity_of: BTreeMap<usize, usize> = BTreeMap::new();
    let (mut last_sentence, mut until) = (usize::MAX, 0);
    let (mut mention, mut sources) = (None, Vec::new());
    for (tag, after) in tags(xml) {
        let number = |key: &str| value(tag, key).and_then(|value| value.parse::<usize>().ok());
        match tag.split([' ', '/', '>']).next().unwrap_or_default() {
            "token" => {
                let (Some(id), Some(sentence)) = (number("t_id"), number("sentence")) else {
                    continue;
                };
                if sentence != last_sentence && sentence <= 2 {
                    writing.new_paragraph();
                }
                last_sentence = sentence;
                let (start, end) = writing.guessed(&unescaped(after));
                tokens.insert(id, (start, end, sentence));
                if sentence <= LAST {
                    until = end;
                }
            }
            "ENTITY_MENTION" => {
                mention = number("m_id");
                if let Some(id) = mention {
                    mentions
                        .insert(id, (value(tag, "syntactic_type").unwrap_or_default(), Vec::new()));
                }
            }
            "token_anchor" => {
                if let (Some(id), Some(token)) = (mention, number("t_id")) {
                    mentions.entry(id).or_default().1.push(token);
                }
            }
            "/ENTITY_MENTION" => mention = None,
            "ENTITY" => {
                if let (Some(id), Some(kind)) = (number("m_id"), value(tag, "ent_type")) {
                    let own = ["TAG_DESCRIPTOR", "external_ref"]
                        .map(|key| value(tag, key).unwrap_or_default());
                    types.insert(id, (kind, own.join(" ").replace(['_', '/'], " ")));
                }
            }
            "REFERS_TO" => sources.clear(),
            "source" => sources.extend(number("m_id")),
            "target" => {
                if let Some(target) = number("m_id") {
                    entity_of.extend(sources.drain(..).map(|source| (source, target)));
                }
            }
            _ => {}
        }
    }
    let text = writing.text;
    let (mut names, mut unclear) = (Vec::new(), Vec::new());
    for (id, (syntactic, anchors)) in &mentions {
        let words: Vec<_> = anchors.iter().filter_map(|id| tokens.get(id).copied()).collect();
        let (Some(first), Some(last)) = (words.first(), words.last()) else { continue };
        if first.2 > LAST {
            continue;
        }
        unclear.push((first.0, last.1));
        let entity = entity_of.get(id).and_then(|entity| types.get(entity));
        let kind = match entity.map(|entity| entity.0) {
            Some("PER") => "person",
            Some("ORG") => "organisation",
            Some("LOC") => "place",
            _ => "other",
        };
        let own = entity.map_or("", |entity| entity.1.as_str());
        let words: Vec<_> = words.iter().map(|&(start, end, _)| (start, end)).collect();
        let mention = Mention { text: &text, words: &words, own, is_person: kind == "person" };
        let Some(run) = mention.name(matches!(*syntactic, "NAM" | "PRE.NAM" | "APP")) else {
            continue;
        };
        let (start, end) = (words[run.start].0, words[run.end - 1].1);
        let low = text[start..end].to_lowercase();
        let kind = if is_people(&low) || low.ends_with("-based") { "other" } else { kind };
        names.push((start, end, kind));
    }
    names.sort_unstable_by_key(|&(start, end, kind)| (start, std::cmp::Reverse(end), kind));
    names.dedup_by(|next, before| next.0 < before.1);
    unclear.sort_unstable();
    Named { name: name.to_owned(), text, names, unclear, until }
}

/// The words of a mention.
struct Mention<'t> {
    text: &'t str,
    words: &'t [(usize, usize)],
    /// What the entity is called.
    own: &'t str,
    is_person: bool,
}

impl Mention<'_> {
    fn word(&self, i: usize) -> &str {
        &self.text[self.words[i].0..self.words[i].1]
    }

    fn is_capital(&self, i: usize) -> bool {
        self.word(i).chars().any(char::is_uppercase)
    }

    /// The words that are its name; where it `is_named` for sure it may hold others too.
    fn name(&self, is_named: bool) -> Option<Range<usize>> {
        let all = self.words.len();
        if all == 1 && is_pronoun(self.word(0)) {
            return None;
        }
        let mut runs = self.runs();
        let has_article = matches!(self.word(0), "the" | "The" | "a" | "A" | "an" | "An");
        let is_whole = runs.len() == 1 && runs[0] == (usize::from(has_article)..all);
        if !is_named && !is_whole {
            return None;
        }
        let shares = |i: usize| self.own.split_whitespace().any(|own| own == self.word(i));
        let shared = runs.iter().rfind(|run| (*run).clone().any(shares)).cloned();
        if !self.is_person {
            return shared.or_else(|| runs.into_iter().next());
        }
        let run = shared.or_else(|| runs.pop())?;
        let title = run.clone().rev().find(|&i| is_before_name(self.word(i)));
        let run = title.map_or(run.start, |title| title + 1)..run.end;
        (!run.is_empty() && self.is_capital(run.start)).then_some(run)
    }

    /// Runs of capitalised words, with "of" and the like between them.
    fn runs(&self) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        let mut i = 0;
        while i < self.words.len() {
            if !self.is_capital(i) || matches!(self.word(i), "The" | "A" | "An") {
                i += 1;
                continue;
            }
            let start = i;
            i += 1;
            // "Long Beach, Lorne" is marked without its comma: two names.
            while i < self.words.len() && self.words[i].0 <= self.words[i - 1].1 + 1 {
                let word = self.word(i);
                let joins =
                    matches!(word, "of" | "for" | "and" | "&" | "de" | "van" | "-" | "'s" | "'");
                let is_number = word.chars().all(|c| c.is_ascii_digit());
                let goes_on = (i + 1..self.words.len().min(i + 3)).any(|k| self.is_capital(k));
                if !(self.is_capital(i) || is_number || joins && goes_on) {
                    break;
                }
                i += 1;
            }
            runs.push(start..i);
        }
        runs
    }
}

fn is_pronoun(word: &str) -> bool {
    let low = word.to_lowercase();
    matches!(
        low.as_str(),
        "he" | "she"
            | "it"
            | "they"
            | "we"
            | "i"
            | "you"
            | "our"
            | "his"
            | "her"
            | "its"
            | "their"
            | "who"
            | "which"
            | "this"
            | "that"
            | "one"
            | "my"
            | "both"
            | "some"
            | "many"
    )
}

/// Each tag, without its brackets, and the text after it.
fn tags(xml: &str) -> impl Iterator<Item = (&str, &str)> {
    xml.split('<').filter_map(|piece| piece.split_once('>'))
}

fn value<'x>(tag: &'x str, key: &str) -> Option<&'x str> {
    let (_, rest) = tag.split_once(&format!(" {key}=\""))?;
    rest.split('"').next()
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_named_mention_the_name_is_kept() {
        let xml = r#"<token number="0" sentence="2" t_id="1">Port</token>
<token number="1" sentence="2" t_id="2">director</token>
<token number="2" sentence="2" t_id="3">Mr</token>
<token number="3" sentence="2" t_id="4">Voss</token>
<token number="4" sentence="2" t_id="5">,</token>
<token number="5" sentence="6" t_id="6">Lorne</token>
<ENTITY_MENTION m_id="1" syntactic_type="NAM">
<token_anchor t_id="1"/><token_anchor t_id="2"/><token_anchor t_id="3"/><token_anchor t_id="4"/>
</ENTITY_MENTION>
<ENTITY ent_type="PER" m_id="9"/>
<REFERS_TO r_id="3"><source m_id="1"/><target m_id="9"/></REFERS_TO>"#;
        let named = named("a", xml, &|_| false);
        assert_eq!(named.text, "Port director Mr Voss, Lorne");
        assert_eq!(named.names, [(17, 21, "person")]);
        assert_eq!(named.until, 22);
    }
}
