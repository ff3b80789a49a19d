//! The language of `find`: a line of words and fields, as a [`Query`].
//!
//! ```text
//! speaker:Roe mode:direct strike        who said it, how much is quoted, a word of it
//! "lay down tools" OR walkout -fish*    a phrase or a word; no word that begins with fish
//! speaker:"Jane Roe" after:2024-03 on:2024-05-12 outlet:Courier report:004 kind:statement
//! ```
//!
//! All terms must hold; `OR` stands between two of which one must. `after:` and `before:` leave
//! out the day, month or year they name. Not handled: brackets, words near each other.

use onrecord_model::{Act, Mode};
use std::fmt;
use std::str::FromStr;

/// The fields a query knows.
pub const FIELDS: [&str; 10] =
    ["speaker", "outlet", "mode", "act", "after", "before", "on", "about", "report", "kind"];

/// Terms in one query, at most.
const MOST_TERMS: usize = 100;

/// A question that was understood. Made by [`str::parse`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// All must hold; of the terms in one group, one.
    pub(crate) groups: Vec<Vec<Term>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Term {
    pub(crate) is_negated: bool,
    pub(crate) what: What,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum What {
    Words(Words),
    Speaker(Words),
    Outlet(Words),
    About(Words),
    Mode(Mode),
    Act(Act),
    /// A day, month or year: `2024-05-12`, `2024-05`, `2024`.
    After(String),
    Before(String),
    On(String),
    Report(String),
    Kind(Kind),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Sentence,
    Statement,
}

/// One word, or several that follow each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Words {
    text: String,
    is_prefix: bool,
}

impl Words {
    fn new(text: &str, is_quoted: bool) -> Result<Self, QueryError> {
        let (text, is_prefix) = match text.strip_suffix('*') {
            Some(start) if !is_quoted => (start, true),
            _ => (text, false),
        };
        if !text.chars().any(char::is_alphanumeric) {
            return Err(QueryError::NoWord(text.to_owned()));
        }
        // The database reads up to the first NUL; it parts words, as every other control does.
        Ok(Self { text: text.replace('\0', " "), is_prefix })
    }

    /// As FTS5 has it: a string in quotes, which can hold anything.
    pub(crate) fn fts(&self) -> String {
        let star = if self.is_prefix { "*" } else { "" };
        format!("\"{}\"{star}", self.text.replace('"', "\"\""))
    }
}

/// Why a query was not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum QueryError {
    /// Nothing to look for.
    Empty,
    /// A quotation mark that opens and is not closed; what follows it.
    Unbalanced(String),
    /// A field that there is not, and the nearest that there is.
    UnknownField {
        /// As written.
        field: String,
        /// If one is near.
        nearest: Option<&'static str>,
    },
    /// A field without a value.
    NoValue(&'static str),
    /// A value that the field does not take.
    UnknownValue {
        /// The field.
        field: &'static str,
        /// As written.
        value: String,
        /// If one is near.
        nearest: Option<&'static str>,
        /// All that it takes.
        known: Vec<&'static str>,
    },
    /// A date that the calendar does not have, or that is not written as one.
    BadDate {
        /// The field.
        field: &'static str,
        /// As written.
        value: String,
    },
    /// Signs alone, where a word should be.
    NoWord(String),
    /// `OR` without something on either side.
    LooseOr,
    /// So many terms that no person wrote them.
    TooLong,
}

impl QueryError {
    /// What to try, where there is something to try.
    pub fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::Empty => "write words, or a field such as speaker:Roe",
            Self::Unbalanced(_) => "close the quotation mark, or leave it out",
            Self::UnknownField { .. } => {
                "to look for words with a colon in them, put them in quotation marks"
            }
            Self::NoValue(_) => "write the value right after the colon: speaker:Roe",
            Self::BadDate { .. } => "write 2024-05-12, 2024-05 or 2024",
            Self::LooseOr => "write it between two terms: strike OR walkout",
            Self::UnknownValue { .. } | Self::NoWord(_) | Self::TooLong => return None,
        })
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let perhaps = |f: &mut fmt::Formatter<'_>, nearest: &Option<&str>| match nearest {
            Some(nearest) => write!(f, "did you mean `{nearest}`? "),
            None => Ok(()),
        };
        match self {
            Self::Empty => f.write_str("there is nothing to look for"),
            Self::Unbalanced(rest) => {
                write!(f, "the quotation mark before `{}` is not closed", start_of(rest))
            }
            Self::UnknownField { field, nearest } => {
                write!(f, "there is no field `{}`; ", start_of(field))?;
                perhaps(f, nearest)?;
                write!(f, "There are: {}", FIELDS.join(", "))
            }
            Self::NoValue(field) => write!(f, "`{field}:` has no value"),
            Self::UnknownValue { field, value, nearest, known } => {
                write!(f, "`{field}:` does not take `{}`; ", start_of(value))?;
                perhaps(f, nearest)?;
                write!(f, "It takes: {}", known.join(", "))
            }
            Self::BadDate { field, value } => {
                write!(f, "`{field}:{}` is not a date", start_of(value))
            }
            Self::NoWord(text) => write!(f, "there is no word in `{}`", start_of(text)),
            Self::LooseOr => f.write_str("`OR` stands alone"),
            Self::TooLong => write!(f, "it has more than {MOST_TERMS} terms"),
        }
    }
}

impl std::error::Error for QueryError {}

/// Enough of a text to know it by.
fn start_of(text: &str) -> String {
    let mut start: String = text.chars().take(40).collect();
    if start.len() < text.len() {
        start.push('…');
    }
    start
}

impl FromStr for Query {
    type Err = QueryError;

    fn from_str(line: &str) -> Result<Self, QueryError> {
        let mut groups: Vec<Vec<Term>> = Vec::new();
        let mut is_or = false;
        let mut count = 0;
        let mut rest = line.trim_start();
        while !rest.is_empty() {
            let (piece, after) = piece(rest)?;
            rest = after.trim_start();
            let term = match piece {
                Piece::Or if groups.is_empty() || is_or || rest.is_empty() => {
                    return Err(QueryError::LooseOr);
                }
                Piece::Or => {
                    is_or = true;
                    continue;
                }
                Piece::And => continue,
                Piece::Term(term) => term,
            };
            count += 1;
            if count > MOST_TERMS {
                return Err(QueryError::TooLong);
            }
            match groups.last_mut() {
                Some(group) if is_or => group.push(term),
                _ => groups.push(vec![term]),
            }
            is_or = false;
        }
        match (groups.is_empty(), is_or) {
            (_, true) => Err(QueryError::LooseOr),
            (true, _) => Err(QueryError::Empty),
            _ => Ok(Self { groups }),
        }
    }
}

enum Piece {
    Or,
    And,
    Term(Term),
}

fn is_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»')
}

/// The first piece of a line that does not begin with white space, and what follows it.
fn piece(line: &str) -> Result<(Piece, &str), QueryError> {
    let negated = line.strip_prefix(['-', '−']);
    let is_negated =
        negated.is_some_and(|rest| !rest.is_empty() && !rest.starts_with(char::is_whitespace));
    let line = if is_negated { negated.unwrap_or(line) } else { line };
    let term = |what| Piece::Term(Term { is_negated, what });

    let name_end = line.find(|c: char| !c.is_ascii_alphabetic() && c != '_').unwrap_or(line.len());
    if name_end > 0 && line[name_end..].starts_with(':') {
        let name = &line[..name_end];
        let field = FIELDS.into_iter().find(|field| field.eq_ignore_ascii_case(name));
        let Some(field) = field else {
            let nearest = nearest(name, &FIELDS);
            return Err(QueryError::UnknownField { field: name.to_owned(), nearest });
        };
        let (value, is_quoted, rest) = value(&line[name_end + 1..])?;
        if value.trim().is_empty() {
            return Err(QueryError::NoValue(field));
        }
        return Ok((term(field_value(field, value.trim(), is_quoted)?), rest));
    }
    let (text, is_quoted, rest) = value(line)?;
    match text {
        "OR" if !is_quoted && !is_negated => Ok((Piece::Or, rest)),
        "AND" if !is_quoted && !is_negated => Ok((Piece::And, rest)),
        text => Ok((term(What::Words(Words::new(text, is_quoted)?)), rest)),
    }
}

/// What stands in quotation marks, or up to the next white space or mark.
fn value(line: &str) -> Result<(&str, bool, &str), QueryError> {
    let mut chars = line.chars();
    if chars.next().is_some_and(is_mark) {
        let inside = chars.as_str();
        let end = inside.find(is_mark).ok_or_else(|| QueryError::Unbalanced(inside.to_owned()))?;
        let mut after = inside[end..].chars();
        after.next();
        return Ok((&inside[..end], true, after.as_str()));
    }
    let end = line.find(|c: char| c.is_whitespace() || is_mark(c)).unwrap_or(line.len());
    Ok((&line[..end], false, &line[end..]))
}

fn field_value(field: &'static str, value: &str, is_quoted: bool) -> Result<What, QueryError> {
    fn one_of<T: Copy>(
        field: &'static str,
        value: &str,
        known: Vec<(&'static str, T)>,
    ) -> Result<T, QueryError> {
        let found = known.iter().find(|(word, _)| word.eq_ignore_ascii_case(value));
        found.map(|&(_, member)| member).ok_or_else(|| {
            let known: Vec<_> = known.iter().map(|&(word, _)| word).collect();
            let nearest = nearest(value, &known);
            QueryError::UnknownValue { field, value: value.to_owned(), nearest, known }
        })
    }
    let words = || Words::new(value, is_quoted);
    let day = || match is_day(value) {
        true => Ok(value.to_owned()),
        false => Err(QueryError::BadDate { field, value: value.to_owned() }),
    };
    Ok(match field {
        "speaker" => What::Speaker(words()?),
        "outlet" => What::Outlet(words()?),
        "about" => What::About(words()?),
        "mode" => {
            let known = Mode::ALL.iter().map(|&mode| (mode.as_str(), mode)).collect();
            What::Mode(one_of(field, value, known)?)
        }
        "act" => {
            let known = Act::ALL.iter().map(|&act| (act.as_str(), act)).collect();
            What::Act(one_of(field, value, known)?)
        }
        "kind" => {
            let known = vec![("statement", Kind::Statement), ("sentence", Kind::Sentence)];
            What::Kind(one_of(field, value, known)?)
        }
        "after" => What::After(day()?),
        "before" => What::Before(day()?),
        "on" => What::On(day()?),
        _ => What::Report(value.to_owned()),
    })
}

/// Whether it is a day, a month or a year of the calendar.
fn is_day(value: &str) -> bool {
    let has_form = |form: &str| {
        form.len() == value.len()
            && form.bytes().zip(value.bytes()).all(|(form, byte)| match form {
                b'0' => byte.is_ascii_digit(),
                sign => sign == byte,
            })
    };
    let day = match () {
        () if has_form("0000-00-00") => value.to_owned(),
        () if has_form("0000-00") => format!("{value}-01"),
        () if has_form("0000") => format!("{value}-01-01"),
        () => return false,
    };
    day.parse::<onrecord_model::Date>().is_ok()
}

/// The word that takes the fewest changes, if they are few.
fn nearest(word: &str, known: &[&'static str]) -> Option<&'static str> {
    let word = word.to_ascii_lowercase();
    let near = known.iter().map(|&other| (changes(&word, other), other)).min()?;
    (near.0 <= 1 + near.1.len() / 3).then_some(near.1)
}

/// Letters to put in, leave out or replace between two words.
fn changes(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    // A field is short: what is longer than any is not near.
    for (i, a) in a.chars().take(40).enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, &b) in b.iter().enumerate() {
            let replaced = corner + usize::from(a != b);
            corner = row[j + 1];
            row[j + 1] = replaced.min(corner + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(line: &str) -> String {
        line.parse::<Query>().expect_err("this line has an error").to_string()
    }

    #[test]
    fn a_line_is_words_phrases_and_fields() {
        let query: Query =
            "speaker:“Jane Roe” -mode:direct strike OR walk* \"lay down\"".parse().unwrap();
        let words = |text: &str, is_prefix| Words { text: text.to_owned(), is_prefix };
        let term = |is_negated, what| Term { is_negated, what };
        assert_eq!(
            query.groups,
            [
                vec![term(false, What::Speaker(words("Jane Roe", false)))],
                vec![term(true, What::Mode(Mode::Direct))],
                vec![
                    term(false, What::Words(words("strike", false))),
                    term(false, What::Words(words("walk", true)))
                ],
                vec![term(false, What::Words(words("lay down", false)))],
            ]
        );
    }

    #[test]
    fn errors_say_what_there_is_and_what_is_near() {
        assert!(
            error("speeker:Roe").contains("did you mean `speaker`? There are: speaker, outlet")
        );
        assert!(error("act:denny").contains("did you mean `deny`?"));
        assert!(error("after:2024-13-01").contains("`after:2024-13-01` is not a date"));
        assert!(error("on:yesterday").contains("not a date"));
        assert!(error("a \"b c").contains("before `b c` is not closed"));
        assert!(error("speaker:").contains("`speaker:` has no value"));
        assert!(error("a OR").contains("stands alone"));
        assert!(error("OR a").contains("stands alone"));
        assert!(error("a OR OR b").contains("stands alone"));
        assert!(error(" ").contains("nothing to look for"));
        assert!(error("… strike").contains("no word in `…`"));
    }

    #[test]
    fn a_clock_time_and_a_hyphen_are_words() {
        let query: Query = "10:30 cease-fire".parse().unwrap();
        assert_eq!(query.groups.len(), 2);
    }
}
