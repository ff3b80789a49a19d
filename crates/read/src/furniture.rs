//! What on a page is not the report's own words: captions, credits, buttons, notices, repeats.
//!
//! ```text
//! Cranes stand idle (AP)     caption
//! Cranes stand idle (AP)     repeated
//! TT                         credit
//! The strike goes on.        (the report's own)
//! ```
//!
//! Whole lines only, by the patterns of `rules/en/furniture.toml` and by what stood before.
//! Precision first. Not handled: furniture glued to a paragraph of prose.

use crate::lines::{Line, fold};
use onrecord_model::{NotText, NotTextKind, Span};
use regex::{Regex, RegexSet, RegexSetBuilder};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::sync::LazyLock;

const RULES: &str = include_str!("../rules/en/furniture.toml");

/// The longest line that a rule matches if it does not say, in bytes.
const LONGEST: usize = 120;

fn longest() -> usize {
    LONGEST
}

#[derive(Deserialize)]
struct RuleFile {
    names: std::collections::BTreeMap<String, String>,
    line: Vec<Rule>,
}

#[derive(Deserialize)]
struct Rule {
    kind: NotTextKind,
    #[serde(default, rename = "where")]
    place: Place,
    #[serde(default = "longest")]
    longest: usize,
    #[serde(rename = "match")]
    patterns: Vec<String>,
}

/// Where a rule holds.
#[derive(Deserialize, Clone, Copy, Default, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Place {
    #[default]
    Anywhere,
    /// Before the first paragraph of prose.
    Top,
    /// Next to another marked line.
    Beside,
}

struct Rules {
    /// For lines up to `LONGEST`.
    short: Patterns,
    /// For longer lines: the rules that allow them.
    long: Patterns,
    /// An agency in brackets at the end of the last line: "… he said. (ANI)".
    signature: Regex,
}

/// Patterns searched together.
struct Patterns {
    set: RegexSet,
    /// For each pattern of the set: kind, place, longest line.
    marks: Vec<(NotTextKind, Place, usize)>,
}

static READ_RULES: LazyLock<Rules> = LazyLock::new(|| {
    let file: RuleFile =
        toml::from_str(RULES).expect("the rules are part of the program; a test reads them");
    let signature = pattern(r"\s*[(\[]<agency>[)\]]\.?$", &file.names);
    Rules {
        short: Patterns::new(&file, 0),
        long: Patterns::new(&file, LONGEST + 1),
        signature: Regex::new(&signature).expect("it compiles; a test compiles it"),
    }
});

impl Patterns {
    /// Those of the rules that match lines of at least `least` bytes.
    fn new(file: &RuleFile, least: usize) -> Self {
        let rules = file.line.iter().filter(|rule| rule.longest >= least);
        let (patterns, marks): (Vec<String>, Vec<_>) = rules
            .flat_map(|rule| rule.patterns.iter().map(move |pattern| (rule, pattern)))
            .map(|(rule, words)| {
                let whole = format!("^(?:{})$", pattern(words, &file.names));
                (whole, (rule.kind, rule.place, rule.longest))
            })
            .unzip();
        let set =
            RegexSetBuilder::new(&patterns).size_limit(64 << 20).dfa_size_limit(32 << 20).build();
        Self { set: set.expect("every pattern compiles; a test compiles them"), marks }
    }
}

/// A pattern as the rules write it, with its names filled in. `\b`, `\w`, `\d` are those of ASCII:
/// the others are many times slower.
fn pattern(words: &str, names: &std::collections::BTreeMap<String, String>) -> String {
    let words =
        words.replace(r"\b", r"(?-u:\b)").replace(r"\w", "[A-Za-z0-9_]").replace(r"\d", "[0-9]");
    names.iter().fold(words, |words, (name, meaning)| words.replace(&format!("<{name}>"), meaning))
}

/// What a line is by its words alone; `is_top` before the first paragraph of prose.
pub(crate) fn kind(words: &str, is_top: bool) -> Option<NotTextKind> {
    match matched(words, is_top)? {
        (kind, Place::Anywhere | Place::Top) => Some(kind),
        (_, Place::Beside) => None,
    }
}

/// The first rule that matches; a rule for `Beside` only where no other does.
fn matched(words: &str, is_top: bool) -> Option<(NotTextKind, Place)> {
    let rules = if words.len() <= LONGEST { &READ_RULES.short } else { &READ_RULES.long };
    let found = rules.set.matches(words);
    let marks = found.iter().map(|at| rules.marks[at]);
    marks
        .filter(|&(_, place, longest)| words.len() <= longest && (is_top || place != Place::Top))
        .map(|(kind, place, _)| (kind, place))
        .min_by_key(|&(_, place)| place == Place::Beside)
}

/// Whether a line is a paragraph of the report's own: a long one, or a sentence of some words.
pub(crate) fn is_prose(words: &str) -> bool {
    let is_sentence = words.trim_end_matches(['"', '”', '’', '\'', ')']).ends_with(['.', '?', '!']);
    words.len() >= 240 || is_sentence && words.split_ascii_whitespace().nth(5).is_some()
}

/// Whether one of `spans`, which are in order and apart, shares a byte with `span`.
pub(crate) fn touches(spans: &[Span], span: Span) -> bool {
    let at = spans.partition_point(|other| other.end <= span.start);
    spans.get(at).is_some_and(|other| other.overlaps(span))
}

/// The marks of a report's lines. `own` are spans, in order and apart, of which is known what they
/// are: headline, byline, marks made before.
pub(crate) fn marks(
    text: &str,
    lines: &[Line],
    headline: Option<Span>,
    own: &[Span],
) -> Vec<NotText> {
    let folded_headline = headline.map(|span| fold(span.of(text))).unwrap_or_default();
    let headline_len = headline.map_or(0, Span::len);
    let mut seen: FxHashMap<&str, Option<NotTextKind>> = FxHashMap::default();
    let mut kinds: Vec<Option<NotTextKind>> = vec![None; lines.len()];
    let mut beside = Vec::new();
    let mut is_top = true;
    let mut after_label = false;
    for (at, line) in lines.iter().enumerate() {
        let words = line.of(text);
        if touches(own, line.span) {
            continue;
        }
        let is_double = |at: usize| match lines.get(at..at + 2) {
            Some([one, next]) => one.span.len() >= 20 && one.of(text) == next.of(text),
            _ => false,
        };
        let follows_double = at >= 2 && is_double(at - 2);
        let is_headline_again = words.len().abs_diff(headline_len) <= 16 + headline_len / 4
            && folded_headline.contains(' ')
            && fold(words) == folded_headline;
        let mark = if is_headline_again {
            Some(NotTextKind::RepeatedHeadline)
        } else if let Some(before) = seen.get(words)
            && (matches!(before, Some(NotTextKind::Caption))
                || words.len() >= 60
                || at > 0 && is_double(at - 1))
        {
            Some(NotTextKind::Repeated)
        } else {
            match matched(words, is_top && at + 1 < lines.len()) {
                Some((kind, Place::Anywhere | Place::Top)) => Some(kind),
                Some((_, Place::Beside)) => {
                    beside.push(at);
                    None
                }
                // A caption stands twice in a scraped page: as the picture's other text, and under
                // it. In the text below, one such pair may be a sentence set large; a run of them
                // is a gallery.
                None if is_double(at) && (is_top || follows_double || is_double(at + 2)) => {
                    Some(NotTextKind::Caption)
                }
                // "Read more:" and then the titles it points to.
                None if after_label && is_title(words) => Some(NotTextKind::Navigation),
                None => None,
            }
        };
        after_label = match mark {
            Some(NotTextKind::Navigation) if is_label(words) => true,
            Some(NotTextKind::Navigation) => after_label,
            _ => false,
        };
        is_top &= mark.is_some() || !is_prose(words);
        seen.entry(words).or_insert(mark);
        kinds[at] = mark;
    }
    // A button beside a marked line, or beside a button that is.
    for at in beside.iter().copied().chain(beside.iter().rev().copied()) {
        let is_marked =
            |at: usize| kinds.get(at).is_some_and(|kind| *kind == Some(NotTextKind::Navigation));
        let is_button = |at: usize| beside.binary_search(&at).is_ok();
        if is_marked(at + 1)
            || at > 0 && is_marked(at - 1)
            || is_button(at + 1) && at > 0 && is_button(at - 1)
        {
            kinds[at] = Some(NotTextKind::Navigation);
        }
    }
    let mut marks: Vec<NotText> = lines
        .iter()
        .zip(&kinds)
        .filter_map(|(line, kind)| Some(NotText { span: line.span, kind: (*kind)? }))
        .collect();
    // The wire's name after the last sentence.
    let last = lines
        .iter()
        .zip(&kinds)
        .rev()
        .find(|(line, kind)| kind.is_none() && !touches(own, line.span));
    if let Some((line, _)) = last
        && let Some(found) = READ_RULES.signature.find(line.of(text))
        && found.start() > 0
    {
        let start = line.span.start as usize + found.start();
        let span = Span::new(start, line.span.end as usize).trim(text);
        let at = marks.partition_point(|mark| mark.span.start < span.start);
        marks.insert(at, NotText { span, kind: NotTextKind::Credit });
    }
    marks
}

/// A label that titles of other reports follow, one a line.
fn is_label(words: &str) -> bool {
    let words = words.to_lowercase();
    let words = words.trim_end_matches([':', '…', '.']);
    matches!(
        words,
        "read more"
            | "read next"
            | "related stories"
            | "related articles"
            | "related coverage"
            | "related links"
            | "related"
            | "see also"
            | "also read"
            | "most read"
            | "most popular"
            | "top stories"
            | "recommended stories"
            | "further reading"
            | "you may also like"
            | "you might also like"
            | "more on this story"
            | "editors' picks"
    )
}

/// As the title of another report: some words, no full stop.
fn is_title(words: &str) -> bool {
    words.len() <= 140
        && words.split_ascii_whitespace().nth(2).is_some()
        && words
            .ends_with(|c: char| c.is_alphanumeric() || matches!(c, '?' | '’' | '\'' | '”' | '"'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::lines;

    #[derive(Deserialize)]
    struct Examples {
        line: Vec<Example>,
    }

    #[derive(Deserialize)]
    struct Example {
        kind: NotTextKind,
        #[serde(default, rename = "where")]
        place: Place,
        why: String,
        #[serde(rename = "match")]
        patterns: Vec<String>,
        yes: Vec<String>,
        no: Vec<String>,
    }

    #[test]
    fn every_rule_matches_its_examples_and_not_its_counter_examples() {
        let examples: Examples = toml::from_str(RULES).expect("TOML");
        let file: RuleFile = toml::from_str(RULES).expect("TOML");
        let mut wrong = Vec::new();
        for rule in examples.line {
            let is_top = rule.place == Place::Top;
            let mut set = RegexSetBuilder::new(
                rule.patterns.iter().map(|p| format!("^(?:{})$", pattern(p, &file.names))),
            );
            let set = set.size_limit(64 << 20).build().expect("patterns compile");
            for yes in &rule.yes {
                if !set.is_match(yes) || matched(yes, is_top).is_none() {
                    wrong.push(format!("{} ({}): should match: {yes}", rule.kind, rule.why));
                }
            }
            for no in rule.no.iter().filter(|no| kind(no, is_top).is_some()) {
                wrong.push(format!("{} ({}): should not match: {no}", rule.kind, rule.why));
            }
        }
        assert_eq!(wrong, [] as [String; 0]);
    }

    fn marked(text: &str, headline: Option<Span>) -> Vec<(&str, NotTextKind)> {
        let own: Vec<Span> = headline.into_iter().collect();
        let marks = marks(text, &lines(text), headline, &own);
        marks.into_iter().map(|mark| (mark.span.of(text), mark.kind)).collect()
    }

    #[test]
    fn a_caption_given_twice_is_a_caption_and_a_repeat() {
        let text = "Strike enters third week\n\nThe mayor, Ada Holm, at the gate\nThe mayor, Ada Holm, \
                    at the gate\nTT\n\nSTRIKE ENTERS THIRD WEEK\n\nDockers stayed away for a third week.";
        let found = marked(text, Some(Span::new(0, 24)));
        let expected = [
            ("The mayor, Ada Holm, at the gate", NotTextKind::Caption),
            ("The mayor, Ada Holm, at the gate", NotTextKind::Repeated),
            ("TT", NotTextKind::Credit),
            ("STRIKE ENTERS THIRD WEEK", NotTextKind::RepeatedHeadline),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_wires_name_after_the_last_sentence_is_a_credit() {
        let text = "Dockers stayed away for a third week.\n\nTalks go on, the union said. (ANI)";
        assert_eq!(marked(text, None), [("(ANI)", NotTextKind::Credit)]);
    }

    #[test]
    fn a_button_alone_is_a_sub_heading() {
        let text = "The strike is in its third week and no end is in sight.\n\nTwitter\n\nThe firm cut jobs.";
        assert_eq!(marked(text, None), []);
        let text =
            "The strike is in its third week.\n\nShare this article\nTwitter\nEmail\n\nMore came.";
        let found: Vec<_> = marked(text, None).into_iter().map(|(words, _)| words).collect();
        assert_eq!(found, ["Share this article", "Twitter", "Email"]);
    }

    #[test]
    fn titles_after_read_more_belong_to_it() {
        let text = "The strike is in its third week, and the quay is empty.\n\nRead more:\n\nPort closes \
                    its gates\n\nMayor calls for calm\n\nThe union meets on Friday to vote on it.";
        let found: Vec<_> = marked(text, None).into_iter().map(|(words, _)| words).collect();
        assert_eq!(found, ["Read more:", "Port closes its gates", "Mayor calls for calm"]);
    }
}
