//! What one report has from unnamed sources or by way of other outlets, by origin.
//!
//! ```text
//! Four officials told the Gazette that the quay would open. … "No ship will wait," one said.
//! → Gazette, four officials: [quay open] [ship wait]
//! ```
//!
//! Unnamed sources that are called otherwise ("officials", "diplomats") are two origins. Not
//! handled: ties over more than one sentence.

use super::outlet::{Tie, plain, ties};
use crate::Subject;
use crate::rules::{is_little, outlets};
use crate::words::{Word, folded, words};
use onrecord_model::{ActorType, Party, Span, Statement};
use serde::{Deserialize, Serialize};

/// Telling words of a sentence that are kept, the first ones.
const MOST_WORDS: usize = 60;

/// What a report has from one origin.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Told {
    /// The outlets that were told or passed it on, as named here, the one that was told first.
    pub(super) outlets: Vec<String>,
    /// The source, as called here; none where only the outlet is named.
    pub(super) source: Option<String>,
    pub(super) tells: Vec<Tell>,
}

/// One sentence of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Tell {
    /// Whether another outlet passes it on.
    pub(super) is_relay: bool,
    /// Whether the source is not named.
    pub(super) is_unnamed: bool,
    /// Who told it, as called here.
    pub(super) source: Option<String>,
    /// Telling words, folded.
    pub(super) words: Vec<String>,
    /// Those of them with a capital that opens no sentence: names.
    pub(super) names: Vec<String>,
    pub(super) span: Span,
}

impl Told {
    pub(super) fn has_outlet_of(&self, other: &Self) -> bool {
        let mine: Vec<String> = self.outlets.iter().map(|outlet| plain(outlet)).collect();
        other.outlets.iter().any(|outlet| mine.contains(&plain(outlet)))
    }
}

pub(super) fn is_unnamed(party: &Party) -> bool {
    match party.kind {
        ActorType::Anonymous => true,
        // "three individuals close to the inquiry"
        ActorType::Group => !party.name.contains(char::is_uppercase),
        _ => false,
    }
}

/// What a report has from each origin, in order of the text.
pub(super) fn told(subject: Subject<'_>) -> Vec<Told> {
    let mut all: Vec<Told> = Vec::new();
    for sentence in &subject.analysis.sentences {
        if subject.report.headline.is_some_and(|headline| headline.overlaps(sentence.span)) {
            continue;
        }
        let Some((outlets, source, tell)) = tell(subject, sentence.span) else { continue };
        let is_one = |told: &&mut Told| {
            plain(&told.outlets[0]) == plain(&outlets[0]) && is_one_source(&told.source, &source)
        };
        match all.iter_mut().find(is_one) {
            Some(told) => {
                let known: Vec<String> = told.outlets.iter().map(|outlet| plain(outlet)).collect();
                let new = outlets.into_iter().filter(|outlet| !known.contains(&plain(outlet)));
                told.outlets.extend(new);
                told.source = told.source.take().or(source);
                told.tells.push(tell);
            }
            None => all.push(Told { outlets, source, tells: vec![tell] }),
        }
    }
    all
}

/// Whether two descriptions may be of one source: "four officials", "one of the officials".
fn is_one_source(a: &Option<String>, b: &Option<String>) -> bool {
    let head = |source: &str| {
        let words = source.split_whitespace().map(folded);
        words.filter_map(|word| outlets().source_head(&word)).next()
    };
    match (a, b) {
        (Some(a), Some(b)) if a != b => head(a).is_some() && head(a) == head(b),
        _ => true,
    }
}

fn tell(subject: Subject<'_>, sentence: Span) -> Option<(Vec<String>, Option<String>, Tell)> {
    let text = &subject.report.text;
    // Statements that are attributed here; their words may have begun before.
    let here: Vec<&Statement> = subject
        .analysis
        .statements
        .iter()
        .filter(|statement| {
            let mut at = statement.cue.iter().chain(&statement.source).peekable();
            match at.peek() {
                Some(_) => at.any(|cue| sentence.contains(*cue)),
                None => statement.content.iter().any(|content| content.overlaps(sentence)),
            }
        })
        .collect();
    let contents = || here.iter().flat_map(|statement| statement.content.iter().copied());
    let own_words = words(text, sentence);
    let ties = ties(subject, &own_words, |at| contents().any(|content| content.contains(at)));
    let unnamed = here
        .iter()
        .filter_map(|statement| statement.speaker.as_ref())
        .find(|party| is_unnamed(party));
    let cited = if ties.is_empty() { None } else { cited(text, &own_words, &ties) };
    let is_unnamed = unnamed.is_some() || cited.is_some();
    let own = subject.report.outlet.as_deref();
    let is_relay = ties.iter().any(|tie| own.is_none_or(|own| plain(own) != plain(&tie.name)));
    let mut named: Vec<String> = ties.iter().map(|tie| tie.name.clone()).collect();
    // "Four officials told the Gazette", where the analysis knows whom they told.
    if named.is_empty() {
        unnamed?;
        named.push(own?.to_owned());
    }
    let is_told = ties.first().is_some_and(Tie::was_told);
    let source = unnamed.map(|party| called(&party.name)).or(cited).or_else(|| {
        let mut named = here.iter().filter_map(|statement| statement.speaker.as_ref());
        named
            .find(|party| party.kind == ActorType::Person && is_told)
            .map(|party| party.name.clone())
    });
    let whole = contents().fold(sentence, Span::join);
    let tellers: Vec<Span> = here
        .iter()
        .flat_map(|told| told.source.iter().copied())
        .filter(|source| !contents().any(|content| content.contains(*source)))
        .collect();
    // "the Island Mail has learned", in the Island Mail.
    let own_name: Vec<Span> = own
        .filter(|own| own.len() > 3)
        .into_iter()
        .flat_map(|own| whole.of(text).match_indices(own))
        .map(|(at, own)| (whole.start as usize + at, own.len()))
        .map(|(start, long)| Span::new(start, start + long))
        .collect();
    let (mut telling, mut names) = (Vec::new(), Vec::new());
    for (place, word) in words(text, whole).into_iter().enumerate() {
        // Two things told by one spokesman have his name in common and nothing else.
        // "The ministry of Vaal promised …, the Post reported": there it is what is told.
        let is_about = ties.iter().any(|tie| tie.at.overlaps(word.span))
            || tellers.iter().any(|source| source.overlaps(word.span))
            || own_name.iter().any(|name| name.overlaps(word.span));
        if is_about || is_little(&word.folded) || outlets().is_of_telling(&word.folded) {
            continue;
        }
        let has_capital = word.span.of(text).starts_with(char::is_uppercase);
        let is_name = has_capital && !outlets().names_nothing(&word.folded);
        if place > 0 && is_name && !names.contains(&word.folded) {
            names.push(word.folded.clone());
        }
        if !telling.contains(&word.folded) && telling.len() < MOST_WORDS {
            telling.push(word.folded);
        }
    }
    let span = contents().reduce(Span::join).unwrap_or(sentence);
    let tell = Tell { is_relay, is_unnamed, source: source.clone(), words: telling, names, span };
    Some((named, source, tell))
}

/// A source's description without the reason for its silence: "three officials in the ministry, who
/// spoke on condition of anonymity because …".
pub(super) fn called(name: &str) -> String {
    let end =
        [", who", ", speaking", ", on condition", " who spoke", " who asked", " who were not"];
    let end = end.iter().filter_map(|end| name.find(end)).min().unwrap_or(name.len());
    let (first, rest) = name[..end].split_once(' ').unwrap_or((&name[..end], ""));
    // "Four officials" that open a sentence are four officials.
    let opens = OPENING.contains(&first.to_lowercase().as_str());
    let first = if opens { first.to_lowercase() } else { first.to_owned() };
    format!("{first} {rest}").trim_end().to_owned()
}

/// Words with which a source's description opens, and that are no name.
const OPENING: [&str; 22] = [
    "a",
    "an",
    "the",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "several",
    "some",
    "many",
    "multiple",
    "another",
    "other",
    "officials",
    "current",
    "senior",
];

/// "the Gazette, citing four people familiar with the talks": four people, where the analysis sees no
/// speaker.
fn cited(text: &str, sentence: &[Word], ties: &[Tie]) -> Option<String> {
    let citing = |word: &Word| matches!(word.folded.as_str(), "citing" | "cited");
    let after = &sentence[sentence.iter().position(citing)? + 1..];
    let is_head = |word: &Word| outlets().source_head(&word.folded).is_some();
    let is_outlet = |word: &Word| ties.iter().any(|tie| tie.at.overlaps(word.span));
    let head = after.iter().take(6).take_while(|word| !is_outlet(word)).position(is_head)?;
    Some(after[0].span.join(after[head].span).of(text).to_owned())
}
