//! A coarse tag for every token: enough to find verb groups and noun groups.
//!
//! ```text
//! The  minister who  has  not   resigned said she     was on Tuesday .
//! Det  Noun     Rel  Have Not   Past     Past Pronoun Be  Prep Time  Stop
//! ```
//!
//! A form's possible tags stand in [`super::forms`]; capital and neighbours choose. Not handled: anything that needs a parse.

use super::forms::{Form, LEXICON, guess};
use crate::text::{Prose, Role, TokenKind};
use rustc_hash::FxHashSet;

/// What a token is, coarsely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Tag {
    /// "the", "a", "this", "some", "no".
    Det,
    /// "his", "their", "whose", "'s" of possession.
    Possessive,
    /// "he", "them", "everyone".
    Pronoun,
    /// "who", "which", and "that" for them.
    Relative,
    /// "is", "was", "been", "being".
    Be,
    /// "has", "had", "having".
    Have,
    /// "does", "did".
    Do,
    /// "will", "may", "ought".
    Modal,
    /// "to".
    To,
    /// "not", "n't", "never".
    Not,
    /// "also", "repeatedly".
    Adverb,
    /// "in", "of".
    Prep,
    /// "and", "but", "or".
    And,
    /// "because", "while", "if".
    Sub,
    /// "that" before a clause, or as a pronoun.
    That,
    /// "what", "how", "why", "whether".
    Wh,
    /// A base form.
    Base,
    /// A third person singular.
    Third,
    /// A past form or participle.
    Past,
    /// A form in -ing.
    Ing,
    /// A noun.
    Noun,
    /// An adjective.
    Adjective,
    /// A capitalised word that names.
    Name,
    /// A number, in figures or letters.
    Number,
    /// A weekday, a month, "yesterday".
    Time,
    /// A quotation mark.
    Quote,
    /// ","
    Comma,
    /// ":"
    Colon,
    /// A dash, a bracket, a semicolon.
    Break,
    /// ".", "!", "?", "…".
    Stop,
    /// Anything else.
    Other,
}

impl Tag {
    /// A full verb.
    pub(crate) fn is_verb(self) -> bool {
        matches!(self, Self::Base | Self::Third | Self::Past | Self::Ing)
    }

    /// A helping verb.
    pub(crate) fn is_auxiliary(self) -> bool {
        matches!(self, Self::Be | Self::Have | Self::Do | Self::Modal)
    }

    /// What may stand inside a noun group.
    pub(crate) fn is_nominal(self) -> bool {
        matches!(
            self,
            Self::Det
                | Self::Possessive
                | Self::Pronoun
                | Self::Noun
                | Self::Adjective
                | Self::Name
                | Self::Number
                | Self::Time
                | Self::Other
        )
    }

    /// What may be the head of a noun group.
    pub(crate) fn is_head(self) -> bool {
        matches!(self, Self::Pronoun | Self::Noun | Self::Name)
    }
}

/// The tags of all tokens of `prose`.
pub(crate) fn tags(prose: &Prose) -> Vec<Tag> {
    let names = names_in(prose);
    let mut tags = Vec::with_capacity(prose.tokens.len());
    for sentence in &prose.sentences {
        let is_title = is_title_case(prose, sentence.tokens.clone());
        for i in sentence.tokens.clone() {
            let is_first = i == sentence.tokens.start
                || prose.tokens[i - 1].kind == TokenKind::Quote
                || prose.word(i - 1) == ":";
            let forms = Here { prose, names: &names, is_first, is_title, end: sentence.tokens.end };
            let tag = forms.tag(i, &tags);
            tags.push(tag);
        }
    }
    tags
}

/// Words with a capital somewhere that is not the start of a sentence: they name.
fn names_in<'p>(prose: &'p Prose) -> FxHashSet<&'p str> {
    let mut names = FxHashSet::default();
    for sentence in &prose.sentences {
        if is_title_case(prose, sentence.tokens.clone()) {
            continue;
        }
        let mut is_inside = false;
        for i in sentence.tokens.clone() {
            let kind = prose.tokens[i].kind;
            if kind == TokenKind::Word {
                if is_inside && prose.word(i).starts_with(char::is_uppercase) {
                    names.insert(prose.low(i));
                }
                is_inside = true;
            } else if kind == TokenKind::Quote || prose.word(i) == ":" {
                is_inside = false;
            }
        }
    }
    names
}

/// Whether most words of a sentence have a capital: a headline's way of writing.
pub(crate) fn is_title_case(prose: &Prose, tokens: std::ops::Range<usize>) -> bool {
    let first = tokens.start;
    let (mut long, mut capital) = (0, 0);
    for i in tokens {
        if prose.tokens[i].kind == TokenKind::Word && prose.word(i).len() > 3 {
            long += 1;
            capital += usize::from(prose.word(i).starts_with(char::is_uppercase));
        }
    }
    // A report's first paragraph, or a line without a stop: names alone make no headline.
    let sentence = &prose.sentences[prose.sentence_of(first)];
    let is_headline = sentence.paragraph == 0 && prose.paragraphs.len() > 1
        || prose.paragraphs[sentence.paragraph as usize].role == Role::Headline
        || !prose.word(sentence.tokens.end - 1).starts_with(['.', '!', '?', '…', '”', '"']);
    is_headline && long >= 4 && capital * 10 >= long * 9
}

struct Here<'p, 'r> {
    prose: &'p Prose<'r>,
    names: &'p FxHashSet<&'p str>,
    is_first: bool,
    is_title: bool,
    end: usize,
}

impl Here<'_, '_> {
    /// "the Farmers' League": an apostrophe after a plural, where no single mark is open.
    fn is_possessive(&self, i: usize, before: &[Tag]) -> bool {
        let prose = self.prose;
        let is_single = |k: usize| matches!(prose.word(k), "'" | "’" | "‘" | "`");
        let start = i - before.len();
        matches!(prose.word(i), "'" | "’")
            && i > start
            && prose.tokens[i].is_glued
            && prose.word(i - 1).ends_with('s')
            && prose.tokens[i - 1].kind == TokenKind::Word
            && i + 1 < self.end
            && !prose.tokens[i + 1].is_glued
            && prose.tokens[i + 1].kind == TokenKind::Word
            && !(start..i).any(|k| is_single(k) && before[k - start] == Tag::Quote)
    }

    fn tag(&self, i: usize, before: &[Tag]) -> Tag {
        let prose = self.prose;
        let word = prose.word(i);
        match prose.tokens[i].kind {
            TokenKind::Number => return Tag::Number,
            TokenKind::Quote if self.is_possessive(i, before) => return Tag::Possessive,
            TokenKind::Quote => return Tag::Quote,
            TokenKind::Symbol => return Tag::Other,
            TokenKind::Mark => {
                return match word {
                    "," => Tag::Comma,
                    ":" => Tag::Colon,
                    "-" | "‐" | "‑" if prose.tokens[i].is_glued => Tag::Other,
                    "/" => Tag::Other,
                    _ if word.starts_with(['.', '!', '?', '…']) => Tag::Stop,
                    _ => Tag::Break,
                };
            }
            TokenKind::Word => {}
        }
        let low = prose.low(i);
        let prev = before.last().copied();
        if matches!(low, "'s" | "’s") {
            return self.clitic_s(i, prev);
        }
        // "n’t" and "’ll" as "n't" and "'ll".
        let known = match low.find('’') {
            Some(_) => LEXICON.forms.get(low.replace('’', "'").as_str()).copied(),
            None => LEXICON.forms.get(low).copied(),
        };
        let is_capital = word.starts_with(char::is_uppercase);
        if matches!(low, "i") {
            return Tag::Pronoun;
        }
        if low == "that" {
            return self.that(i, prev);
        }
        if is_capital {
            let is_closed = matches!(known, Some(Form::Is(tag)) if !tag.is_verb() && !matches!(tag, Tag::Noun | Tag::Adjective | Tag::Adverb));
            if is_closed
                && (word.len() == 1 || !word.chars().all(char::is_uppercase) || self.is_title)
            {
                return match known {
                    Some(Form::Is(tag)) => self.context(tag, i, before),
                    _ => Tag::Name,
                };
            }
            if low == "may" || low == "march" {
                return Tag::Time;
            }
            let is_common = if self.is_title {
                known.is_some() && !self.names.contains(low) || self.names.is_empty()
            } else {
                self.is_first
                    && !self.names.contains(low)
                    && (known.is_some() || self.is_plain(low, i))
            };
            if !is_common {
                return Tag::Name;
            }
        }
        let form = known.unwrap_or_else(|| guess(low));
        self.resolve(form, i, before)
    }

    /// Whether the first word of a sentence, unknown to the lexicon, is no name: no capitalised
    /// word follows it, and it has an ending of common words or a plural's shape.
    fn is_plain(&self, low: &str, i: usize) -> bool {
        let next = self.prose.tokens.get(i + 1).filter(|_| i + 1 < self.end);
        let next_is_capital =
            next.is_some() && self.prose.word(i + 1).starts_with(char::is_uppercase);
        low.ends_with("ly") && low.len() > 5
            || !next_is_capital
                && (low.ends_with("ing")
                    || low.ends_with("ed")
                    || (low.ends_with('s') && !low.ends_with("ss") && low.len() > 4))
    }

    fn clitic_s(&self, i: usize, prev: Option<Tag>) -> Tag {
        let is_it = i > 0
            && matches!(
                self.prose.low(i - 1),
                "he" | "she"
                    | "it"
                    | "that"
                    | "there"
                    | "here"
                    | "what"
                    | "who"
                    | "where"
                    | "how"
                    | "let"
            );
        if is_it || prev == Some(Tag::Pronoun) { Tag::Be } else { Tag::Possessive }
    }

    fn that(&self, i: usize, prev: Option<Tag>) -> Tag {
        let next = (i + 1 < self.end).then(|| self.prose.low(i + 1));
        let next_form = next.and_then(|next| LEXICON.forms.get(next).copied());
        let verb_follows = matches!(
            next_form,
            Some(Form::Is(Tag::Be | Tag::Have | Tag::Do | Tag::Modal | Tag::Third | Tag::Past))
                | Some(Form::ThirdOrPlural)
        ) || next
            .is_some_and(|next| next.ends_with("ed") && next_form.is_none());
        match prev {
            Some(Tag::Noun | Tag::Name | Tag::Comma) if verb_follows => Tag::Relative,
            _ => Tag::That,
        }
    }

    fn context(&self, tag: Tag, i: usize, before: &[Tag]) -> Tag {
        let low = self.prose.low(i);
        let prev = before.last().copied();
        let next = if i + 1 < self.end { self.prose.word(i + 1) } else { "" };
        match low {
            "her" => {
                let next_low = next.to_lowercase();
                let ends_group = next.is_empty() || !next.starts_with(char::is_alphabetic)
                    || LEXICON.forms.get(next_low.as_str()).is_some_and(|form| matches!(form, Form::Is(tag) if !matches!(tag, Tag::Noun | Tag::Adjective | Tag::Number | Tag::Adverb | Tag::Base)));
                if ends_group { Tag::Pronoun } else { Tag::Possessive }
            }
            "may" if matches!(prev, Some(Tag::Prep)) => Tag::Time,
            "no" if next == "." => Tag::Noun,
            "one"
                if next.starts_with(char::is_alphabetic) && self.noun_follows(i)
                    || next.starts_with(char::is_uppercase) =>
            {
                Tag::Number
            }
            "like" | "near" if matches!(prev, Some(Tag::To | Tag::Modal | Tag::Not)) => Tag::Base,
            "like" if prev == Some(Tag::Pronoun) => Tag::Base,
            "after" | "before" | "since" | "until" | "as" => Tag::Sub,
            "will" | "can" if matches!(prev, Some(Tag::Det | Tag::Possessive | Tag::Adjective)) => {
                Tag::Noun
            }
            _ => tag,
        }
    }

    fn resolve(&self, form: Form, i: usize, before: &[Tag]) -> Tag {
        let prev = before.last().copied();
        // The last tag that is no adverb: "did not even try".
        let anchor =
            before.iter().rev().copied().find(|tag| !matches!(tag, Tag::Adverb | Tag::Not));
        let next = if i + 1 < self.end { self.prose.low(i + 1) } else { "" };
        let opens_object = LEXICON.forms.get(next).is_some_and(|form| {
            matches!(form, Form::Is(Tag::Det | Tag::Possessive | Tag::Pronoun | Tag::Wh | Tag::To))
        }) || next == "that";
        let in_group =
            matches!(prev, Some(Tag::Det | Tag::Possessive | Tag::Adjective | Tag::Number));
        match form {
            Form::Is(Tag::Past) => {
                let is_article = i > 0 && matches!(self.prose.low(i - 1), "a" | "an" | "the");
                let is_owned = matches!(prev, Some(Tag::Det | Tag::Possessive));
                if is_article || is_owned && self.noun_follows(i) {
                    Tag::Adjective
                } else {
                    Tag::Past
                }
            }
            Form::Is(Tag::Base) => {
                if in_group && !matches!(prev, Some(Tag::Number)) && !opens_object {
                    Tag::Noun
                } else {
                    Tag::Base
                }
            }
            Form::Is(Tag::Third)
                if matches!(prev, Some(Tag::Det | Tag::Possessive | Tag::Adjective)) =>
            {
                Tag::Noun
            }
            Form::Is(Tag::Ing) => {
                if matches!(prev, Some(Tag::Det | Tag::Possessive)) && !opens_object {
                    Tag::Noun
                } else {
                    Tag::Ing
                }
            }
            Form::Is(tag) => self.context(tag, i, before),
            Form::PastOrAdjective => {
                if in_group
                    || matches!(prev, Some(Tag::Prep))
                    || self.noun_follows(i)
                        && !matches!(
                            anchor,
                            Some(
                                Tag::Have
                                    | Tag::Be
                                    | Tag::Name
                                    | Tag::Pronoun
                                    | Tag::Relative
                                    | Tag::And
                                    | Tag::Noun
                            )
                        )
                {
                    Tag::Adjective
                } else {
                    Tag::Past
                }
            }
            Form::PastOrNoun => {
                if in_group || matches!(prev, Some(Tag::Prep | Tag::Noun)) {
                    Tag::Noun
                } else {
                    Tag::Past
                }
            }
            Form::PastOrBase => {
                if in_group {
                    Tag::Noun
                } else if matches!(anchor, Some(Tag::To | Tag::Modal | Tag::Do)) {
                    Tag::Base
                } else {
                    Tag::Past
                }
            }
            Form::ThirdOrPlural => match prev {
                Some(Tag::Relative) => Tag::Third,
                Some(Tag::Pronoun)
                    if matches!(
                        self.prose.low(i - 1),
                        "he" | "she" | "it" | "everyone" | "one" | "that"
                    ) =>
                {
                    Tag::Third
                }
                Some(Tag::Name)
                    if opens_object
                        || self.is_title
                        || self
                            .prose
                            .tokens
                            .get(i + 1)
                            .is_some_and(|t| t.kind == TokenKind::Quote)
                        || matches!(
                            next,
                            "," | "in" | "for" | "on" | "he" | "she" | "there" | "it"
                        ) && !before.is_empty() =>
                {
                    Tag::Third
                }
                Some(Tag::Noun) if opens_object => Tag::Third,
                Some(Tag::Adverb | Tag::And | Tag::Comma | Tag::Quote) if opens_object => {
                    Tag::Third
                }
                Some(Tag::Quote) if self.closes_speech(i) => Tag::Third,
                Some(Tag::Name) if next.is_empty() || next == "." => Tag::Third,
                _ => Tag::Noun,
            },
            Form::BaseOrNoun => match anchor {
                Some(Tag::To | Tag::Modal | Tag::Do) => Tag::Base,
                Some(Tag::Pronoun)
                    if i > 0
                        && matches!(
                            self.prose.low(i - 1),
                            "i" | "you" | "we" | "they" | "us" | "them" | "others"
                        ) =>
                {
                    Tag::Base
                }
                Some(Tag::Relative) => Tag::Base,
                // "polls show", "residents say": a plural before a word that can attribute.
                Some(Tag::Noun)
                    if i > 0
                        && self.prose.low(i - 1).ends_with('s')
                        && (opens_object
                            || matches!(
                                self.prose.low(i),
                                "show" | "claim" | "fear" | "hope" | "support" | "plan" | "call"
                            )) =>
                {
                    Tag::Base
                }
                Some(Tag::Name)
                    if opens_object
                        && i > 0
                        && self.prose.low(i - 1).ends_with('s')
                        && !self.is_title =>
                {
                    Tag::Base
                }
                _ => Tag::Noun,
            },
            Form::BaseOrAdjective => match anchor {
                Some(Tag::To | Tag::Modal | Tag::Do) => Tag::Base,
                Some(Tag::Pronoun | Tag::Noun) if opens_object => Tag::Base,
                _ => Tag::Adjective,
            },
        }
    }

    /// Whether token `i` follows a closing mark and a name or capital stands after: `…," says X`.
    fn closes_speech(&self, i: usize) -> bool {
        (i + 1 < self.end) && self.prose.word(i + 1).starts_with(char::is_uppercase)
    }

    fn noun_follows(&self, i: usize) -> bool {
        i + 1 < self.end && self.prose.tokens[i + 1].kind == TokenKind::Word && {
            let form = LEXICON
                .forms
                .get(self.prose.low(i + 1))
                .copied()
                .unwrap_or_else(|| guess(self.prose.low(i + 1)));
            matches!(
                form,
                Form::Is(Tag::Noun | Tag::Adjective)
                    | Form::BaseOrNoun
                    | Form::ThirdOrPlural
                    | Form::BaseOrAdjective
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_model::Report;

    #[test]
    fn verbs_and_nouns_of_one_shape_are_told_by_their_neighbours() {
        let text =
            "The ministry reports a loss. The reports surprised Ana Voss, who plans to resign.";
        let report = Report { text: text.to_owned(), ..Report::default() };
        let prose = Prose::new(&report);
        let tags = tags(&prose);
        let of = |word: &str, nth: usize| {
            let mut found = (0..prose.tokens.len()).filter(|&i| prose.word(i) == word);
            tags[found.nth(nth).expect("it stands there")]
        };
        assert_eq!(of("reports", 0), Tag::Third);
        assert_eq!(of("reports", 1), Tag::Noun);
        assert_eq!(of("plans", 0), Tag::Third);
        assert_eq!(of("resign", 0), Tag::Base);
        assert_eq!(of("Voss", 0), Tag::Name);
    }
}
