//! Tokens: words, numbers, marks.
//!
//! ```text
//! the U.S.'s two-day, $1.3 million cease-fire…   →
//! the | U.S. | 's | two | - | day | , | $ | 1.3 | million | cease-fire | …
//! ```
//!
//! A hyphen stays inside a word, unless a number or a number word is part of it: figures and times
//! need to see those ("11 - year-old", "two - day", "mid - March"). "F-15" stays whole. Clitics are
//! tokens of their own ("did | n't", "he | 'll", "Lorne | 's"). A stop belongs to the abbreviation
//! before it ("Gen.", "U.S.", "J.").

use super::sentences::{After, abbreviation};
use onrecord_model::Span;

/// One token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
    /// Whether it follows the token before without white space.
    pub is_glued: bool,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TokenKind {
    /// Begins with a letter: "minister", "U.S.", "F-15", "'s", "n't".
    Word,
    /// Begins with a digit: "31,000", "4:49", "1990s", "7th".
    Number,
    /// A quotation mark of any shape, or an apostrophe that may be one.
    Quote,
    /// A stop, comma, colon, bracket, dash, hyphen.
    Mark,
    /// Anything else: "$", "%", "&", an emoji.
    Symbol,
}

/// Appends the tokens of `piece`.
pub(super) fn tokens(text: &str, piece: Span, out: &mut Vec<Token>) {
    let mut scanner = Scanner { text, end: piece.end as usize, at: piece.start as usize, out };
    scanner.run();
}

struct Scanner<'t, 'o> {
    text: &'t str,
    end: usize,
    at: usize,
    out: &'o mut Vec<Token>,
}

/// Words that, beside a hyphen, part the compound.
const NUMBER_WORDS: &[&str] = &[
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
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "hundred",
    "thousand",
    "million",
    "billion",
    "trillion",
    "dozen",
    "half",
    "quarter",
    "quarters",
    "third",
    "thirds",
    "fifth",
    "fifths",
    "mid",
];

impl Scanner<'_, '_> {
    fn run(&mut self) {
        while let Some(c) = self.peek(self.at) {
            if c.is_whitespace() || is_invisible(c) {
                self.at += c.len_utf8();
            } else if c.is_ascii_digit() {
                self.number();
            } else if c.is_alphabetic() || ((c == '@' || c == '#') && self.letter_after(c)) {
                self.word();
            } else {
                self.mark(c);
            }
        }
    }

    fn peek(&self, at: usize) -> Option<char> {
        self.text[at..self.end].chars().next()
    }

    fn letter_after(&self, c: char) -> bool {
        self.peek(self.at + c.len_utf8()).is_some_and(char::is_alphabetic)
    }

    fn push(&mut self, start: usize, end: usize, kind: TokenKind) {
        let is_glued = self.out.last().is_some_and(|last| last.span.end as usize == start);
        self.out.push(Token { span: Span::new(start, end), kind, is_glued });
    }

    /// Digits with commas, stops and colons between them; then "th", "s", "am" or a letter
    /// that is glued to it: "7th", "1990s", "5pm", "5G".
    fn number(&mut self) {
        let bytes = &self.text.as_bytes()[..self.end];
        let mut at = self.at;
        let mut has_colon = false;
        while at < bytes.len() {
            let digit_after = bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
            match bytes[at] {
                b'0'..=b'9' => {}
                b',' if digit_after && !has_colon && is_thousands(&bytes[at + 1..]) => {}
                b'.' if digit_after => {}
                b':' if digit_after && bytes.get(at + 2).is_some_and(u8::is_ascii_digit) => {
                    has_colon = true;
                }
                _ => break,
            }
            at += 1;
        }
        let digits = at;
        // Letters glued to the digits: short ones are an ending, long ones a word of their own.
        let letters = self.text[at..self.end]
            .find(|c: char| !c.is_alphanumeric())
            .map_or(self.end, |found| at + found);
        let ending = self.text[digits..letters].to_ascii_lowercase();
        let is_ending = matches!(ending.as_str(), "st" | "nd" | "rd" | "th" | "s" | "g");
        if !ending.is_empty() && (is_ending || ending.contains(|c: char| c.is_ascii_digit())) {
            at = letters;
        }
        self.push(self.at, at, TokenKind::Number);
        self.at = at;
        self.hyphen();
    }

    /// A hyphen glued between two parts of a compound that was parted.
    fn hyphen(&mut self) {
        let mut rest = self.text[self.at..self.end].chars();
        if let (Some(c @ ('-' | '‐' | '‑')), Some(after)) = (rest.next(), rest.next())
            && after.is_alphanumeric()
        {
            self.push(self.at, self.at + c.len_utf8(), TokenKind::Mark);
            self.at += c.len_utf8();
        }
    }

    /// A word from its first letter to the last that belongs to it.
    fn word(&mut self) {
        let start = self.at;
        if self.address() {
            return;
        }
        let first = self.peek(start).map_or(1, char::len_utf8);
        let mut at = start + first;
        while let Some(c) = self.peek(at) {
            let after = self.peek(at + c.len_utf8());
            let is_inside = c.is_alphanumeric()
                || is_joiner(c)
                || (matches!(c, '-' | '‐' | '‑' | '&')
                    && after.is_some_and(char::is_alphanumeric)
                    && (c != '&' || is_upper(self.text[start..at].chars().next_back())))
                || (is_apostrophe(c) && after.is_some_and(char::is_alphabetic))
                || (c == '.' && self.is_inner_stop(start, at));
            if !is_inside {
                break;
            }
            at += c.len_utf8();
        }
        if self.peek(at) == Some('.') && self.keeps_stop(start, at) {
            at += 1;
        }
        self.at = at;
        self.parts(start, at);
    }

    /// "www.example.org/x", "name@example.org": one token each.
    fn address(&mut self) -> bool {
        let rest = &self.text[self.at..self.end];
        let end = rest.find(|c: char| c.is_whitespace() || "\"<>()[]“”‘’".contains(c));
        let chunk =
            rest[..end.unwrap_or(rest.len())].trim_end_matches(['.', ',', ';', ':', '!', '?']);
        let is_mail = chunk.find('@').is_some_and(|at| at > 0 && chunk[at + 1..].contains('.'));
        if !(chunk.starts_with("http://")
            || chunk.starts_with("https://")
            || chunk.starts_with("www.")
            || is_mail)
        {
            return false;
        }
        self.push(self.at, self.at + chunk.len(), TokenKind::Word);
        self.at += chunk.len();
        true
    }

    /// Whether the stop at `at` stands inside a word: "U.S", "Amazon.com", but not "end.The".
    fn is_inner_stop(&self, start: usize, at: usize) -> bool {
        let Some(after) = self.peek(at + 1) else { return false };
        let part = &self.text[start..at];
        let last = part.rsplit(['.', '-']).next().unwrap_or(part);
        let is_initial = last.chars().count() == 1 && last.chars().all(char::is_alphabetic);
        // "U.S.-led" goes on through the hyphen; "9 a.m.-5 p.m." does not.
        let is_led = after == '-'
            && part.contains('.')
            && !self.peek(at + 2).is_some_and(|c| c.is_ascii_digit());
        if is_initial {
            // Nor does "J.Smith".
            let next_is_single =
                self.peek(at + 1 + after.len_utf8()).is_none_or(|c| !c.is_alphabetic());
            return after.is_alphabetic() && next_is_single || is_led;
        }
        is_led
            || after.is_lowercase() && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '.')
    }

    /// Whether the stop after the word belongs to it.
    fn keeps_stop(&self, start: usize, at: usize) -> bool {
        let word = &self.text[start..at];
        if self.peek(at + 1) == Some('.') {
            return false;
        }
        let last = word.rsplit('-').next().unwrap_or(word);
        let is_dotted = last.contains('.') && last.split('.').all(|part| part.chars().count() == 1);
        let mut chars = last.chars();
        let is_initial =
            chars.next().is_some_and(char::is_uppercase) && chars.next().is_none() && last != "I";
        let number_follows =
            self.text[at + 1..self.end].trim_start().starts_with(|c: char| c.is_ascii_digit());
        is_dotted
            || is_initial
            || abbreviation(last).is_some_and(|after| after != After::Number || number_follows)
    }

    /// Parts a word into clitics and, where a number word is in it, at its hyphens.
    fn parts(&mut self, start: usize, end: usize) {
        let word = &self.text[start..end];
        let body = start + word.len() - clitic(word);
        if body > start {
            let is_compound = self.text[start..body]
                .split(is_hyphen)
                .any(|part| NUMBER_WORDS.iter().any(|number| part.eq_ignore_ascii_case(number)));
            if is_compound && self.text[start..body].contains(is_hyphen) {
                let mut from = start;
                for (at, hyphen) in self.text[start..body].match_indices(is_hyphen) {
                    let at = start + at;
                    if at > from {
                        self.push(from, at, TokenKind::Word);
                    }
                    self.push(at, at + hyphen.len(), TokenKind::Mark);
                    from = at + hyphen.len();
                }
                if from < body {
                    let is_number = self.text.as_bytes()[from].is_ascii_digit();
                    self.push(
                        from,
                        body,
                        if is_number { TokenKind::Number } else { TokenKind::Word },
                    );
                }
            } else {
                self.push(start, body, TokenKind::Word);
            }
        }
        if body < end {
            self.push(body, end, TokenKind::Word);
        }
    }

    fn mark(&mut self, c: char) {
        let start = self.at;
        let rest = &self.text[start..self.end];
        // "'s" and the like after a closing mark or a number, "'90s", "'em".
        if is_apostrophe(c) {
            let letters = rest[c.len_utf8()..].find(|c: char| !c.is_alphanumeric());
            let end = c.len_utf8() + letters.unwrap_or(rest.len() - c.len_utf8());
            let tail = rest[c.len_utf8()..end].to_ascii_lowercase();
            let follows = self.out.last().is_some_and(|last| last.span.end as usize == start);
            let is_clitic = if follows {
                matches!(tail.as_str(), "s" | "re" | "ve" | "ll" | "d" | "m")
            } else {
                matches!(tail.as_str(), "em" | "til" | "tis" | "twas" | "cause" | "n")
                    || matches!(
                        tail.as_bytes(),
                        [b'0'..=b'9', b'0'..=b'9'] | [b'0'..=b'9', b'0'..=b'9', b's']
                    )
            };
            if is_clitic {
                let is_year = tail.as_bytes()[0].is_ascii_digit();
                self.push(
                    start,
                    start + end,
                    if is_year { TokenKind::Number } else { TokenKind::Word },
                );
                self.at = start + end;
                return;
            }
        }
        let (len, kind) = match c {
            '`' if rest.starts_with("``") => (2, TokenKind::Quote),
            '\'' if rest.starts_with("''") => (2, TokenKind::Quote),
            _ if is_quote(c) => (c.len_utf8(), TokenKind::Quote),
            '.' | '-' => {
                let run = rest.bytes().take_while(|&b| b == c as u8).count();
                (run, TokenKind::Mark)
            }
            ',' | ':' | ';' | '!' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '/' | '…' | '–'
            | '—' | '―' | '‒' | '‐' | '‑' | '•' | '|' => {
                (c.len_utf8(), TokenKind::Mark)
            }
            _ => (c.len_utf8(), TokenKind::Symbol),
        };
        self.push(start, start + len, kind);
        self.at = start + len;
    }
}

/// Length in bytes of the clitic at the end of a word; the whole word if it is one.
fn clitic(word: &str) -> usize {
    let Some((at, mark)) = word.char_indices().rfind(|&(_, c)| is_apostrophe(c)) else { return 0 };
    let tail = &word[at + mark.len_utf8()..];
    let is = |s: &str| tail.eq_ignore_ascii_case(s);
    if is("t") && word[..at].ends_with(['n', 'N']) && at > 1 {
        return word.len() - at + 1;
    }
    if is("s") || is("re") || is("ve") || is("ll") || is("d") || is("m") {
        return word.len() - at;
    }
    0
}

/// Whether "," and what follows is a group of three digits, and no more.
fn is_thousands(after: &[u8]) -> bool {
    after.iter().take_while(|b| b.is_ascii_digit()).count() == 3
}

fn is_upper(c: Option<char>) -> bool {
    c.is_some_and(char::is_uppercase)
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑')
}

pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

pub(crate) fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '“'
            | '”'
            | '„'
            | '‟'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '\''
            | '‘'
            | '’'
            | '‚'
            | '‛'
            | '`'
            | '＂'
    )
}

/// Characters that take no room: a soft hyphen, a byte-order mark, joiners at the edge of a word.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '\u{00AD}' | '\u{2060}' | '\u{202A}'..='\u{202E}')
}

/// The same inside a word.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{200C}' | '\u{200D}' | '_')
        || ('\u{0300}'..='\u{036F}').contains(&c)
}
