//! One sentence's words and dependencies, as the search for events walks them.
//!
//! ```text
//! The mayor who resigned on Tuesday …    clause(resigned) → "who resigned on Tuesday"
//! ```
//!
//! Not handled: what the parser got wrong.

use crate::syntax::{Model, ROOT, Syntax};
use crate::text::{Prose, SentenceTokens};
use onrecord_model::Span;
use std::ops::Range;
use std::sync::LazyLock;

/// Declares the relations and tags that are asked for, by the name of each.
macro_rules! numbers {
    ($name:ident, $of:ident: $($field:ident = $word:literal),+ $(,)?) => {
        #[derive(Debug)]
        pub(super) struct $name { $(pub(super) $field: u8),+ }
        impl $name {
            fn new() -> Self {
                let names = &Model::built_in().names;
                Self { $($field: names.$of($word)),+ }
            }
        }
    };
}

numbers!(Relations, relation:
    acl = "acl", relative = "acl:relcl", advcl = "advcl", agent_or_nmod = "nmod", amod = "amod",
    appos = "appos", aux = "aux", auxpass = "auxpass", case = "case", ccomp = "ccomp",
    compound = "compound", conj = "conj", cop = "cop", dobj = "dobj", iobj = "iobj",
    mark = "mark", neg = "neg", nsubj = "nsubj", nsubjpass = "nsubjpass",
    csubj = "csubj", parataxis = "parataxis", particle = "compound:prt",
    possessor = "nmod:poss", xcomp = "xcomp", punct = "punct",
    advmod = "advmod", cc = "cc", dep = "dep",
);
numbers!(Tags, tag:
    vb = "VB", vbd = "VBD", vbg = "VBG", vbn = "VBN", vbp = "VBP", vbz = "VBZ",
    nn = "NN", nns = "NNS", nnp = "NNP", nnps = "NNPS", wp = "WP", wdt = "WDT",
    jj = "JJ", cd = "CD", possessive = "POS",
);

pub(super) static RELATIONS: LazyLock<Relations> = LazyLock::new(Relations::new);
pub(super) static TAGS: LazyLock<Tags> = LazyLock::new(Tags::new);

/// A sentence and its tree.
#[derive(Debug)]
pub(super) struct Tree<'p, 'r> {
    pub(super) prose: &'p Prose<'r>,
    syntax: &'p Syntax,
    /// The sentence's tokens.
    pub(super) tokens: Range<usize>,
}

impl<'p, 'r> Tree<'p, 'r> {
    pub(super) fn new(prose: &'p Prose<'r>, syntax: &'p Syntax, sentence: &SentenceTokens) -> Self {
        Self { prose, syntax, tokens: sentence.tokens.clone() }
    }

    pub(super) fn low(&self, i: usize) -> &'p str {
        self.prose.low(i)
    }

    /// The token that `i` hangs on; none for the root.
    pub(super) fn head(&self, i: usize) -> Option<usize> {
        let head = self.syntax.heads[i];
        (head != ROOT).then_some(head as usize)
    }

    pub(super) fn relation(&self, i: usize) -> u8 {
        self.syntax.relations[i]
    }

    pub(super) fn tag(&self, i: usize) -> u8 {
        self.syntax.tags[i]
    }

    pub(super) fn children(&self, of: usize) -> impl Iterator<Item = usize> + '_ {
        self.tokens.clone().filter(move |&i| self.syntax.heads[i] == of as u32)
    }

    /// The first child by one of these relations.
    pub(super) fn child(&self, of: usize, relations: &[u8]) -> Option<usize> {
        self.children(of).find(|&i| relations.contains(&self.relation(i)))
    }

    pub(super) fn is_verb(&self, i: usize) -> bool {
        let t = &*TAGS;
        [t.vb, t.vbd, t.vbg, t.vbn, t.vbp, t.vbz].contains(&self.tag(i))
    }

    pub(super) fn is_noun(&self, i: usize) -> bool {
        let t = &*TAGS;
        [t.nn, t.nns, t.nnp, t.nnps].contains(&self.tag(i))
    }

    pub(super) fn is_number(&self, i: usize) -> bool {
        self.tag(i) == TAGS.cd
    }

    pub(super) fn is_name(&self, i: usize) -> bool {
        [TAGS.nnp, TAGS.nnps].contains(&self.tag(i))
    }

    /// Whether a clause's predicate: a verb, or a noun or adjective with a copula.
    pub(super) fn is_predicate(&self, i: usize) -> bool {
        let is_premodifier = [RELATIONS.amod, RELATIONS.compound].contains(&self.relation(i));
        (self.is_verb(i) && !is_premodifier) || self.child(i, &[RELATIONS.cop]).is_some()
    }

    /// The preposition of a noun.
    pub(super) fn preposition(&self, i: usize) -> Option<&'p str> {
        self.child(i, &[RELATIONS.case]).map(|case| self.low(case))
    }

    /// Whether `i` hangs on `top`, at whatever depth.
    fn is_under(&self, mut i: usize, top: usize) -> bool {
        for _ in 0..self.tokens.len() {
            if i == top {
                return true;
            }
            match self.head(i) {
                Some(head) => i = head,
                None => return false,
            }
        }
        false
    }

    /// The tokens of `top` and all that hangs on it, but for what `is_left` leaves out; from the
    /// first to the last of the unbroken run around `top`.
    pub(super) fn run(&self, top: usize, is_left: impl Fn(usize) -> bool) -> Range<usize> {
        let is_in = |mut i: usize| {
            for _ in 0..self.tokens.len() {
                if i == top {
                    return true;
                }
                if is_left(i) {
                    return false;
                }
                match self.head(i) {
                    Some(head) => i = head,
                    None => return false,
                }
            }
            false
        };
        let mut from = top;
        while from > self.tokens.start && is_in(from - 1) {
            from -= 1;
        }
        let mut to = top + 1;
        while to < self.tokens.end && is_in(to) {
            to += 1;
        }
        from..to
    }

    /// A noun with its modifiers, without clauses and what is set beside it.
    pub(super) fn phrase(&self, top: usize) -> Range<usize> {
        let r = &*RELATIONS;
        self.run(top, |i| {
            let relation = self.relation(i);
            [r.relative, r.acl, r.appos, r.conj, r.cc, r.punct, r.parataxis, r.dep, r.cop]
                .contains(&relation)
                || [
                    r.case,
                    r.nsubj,
                    r.nsubjpass,
                    r.aux,
                    r.mark,
                    r.advmod,
                    r.advcl,
                    r.ccomp,
                    r.xcomp,
                    r.neg,
                ]
                .contains(&relation)
                    && self.head(i) == Some(top)
        })
    }

    /// The words of a predicate's clause.
    pub(super) fn clause(&self, top: usize) -> Range<usize> {
        let mut from = top;
        let mut to = top + 1;
        for i in self.tokens.clone().filter(|&i| self.is_under(i, top)) {
            from = from.min(i);
            to = to.max(i + 1);
        }
        // Marks at the edges are of the sentence around it.
        let is_mark = |i: usize| !self.prose.word(i).starts_with(char::is_alphanumeric);
        while to > top + 1 && is_mark(to - 1) {
            to -= 1;
        }
        while from < top && is_mark(from) && !self.prose.word(from).starts_with(['$', '£', '€'])
        {
            from += 1;
        }
        from..to
    }

    /// Where the subject that holds token `from` begins, if the tree has lost part of it: "the union
    /// and | the company signed", "Around | 4,000 marched".
    pub(super) fn whole_subject(&self, mut from: usize) -> usize {
        let is_about = |i: usize| {
            matches!(
                self.low(i),
                "about" | "around" | "nearly" | "almost" | "some" | "over" | "than"
            )
        };
        while from > self.tokens.start {
            let before = from - 1;
            let is_and = matches!(self.low(before), "and" | "or" | "&")
                && before > self.tokens.start
                && self.is_noun(before - 1)
                && !self.is_verb(from);
            let is_part = self.is_noun(before)
                || self.tag(before) == TAGS.jj
                || matches!(self.low(before), "the" | "a" | "an" | "'s" | "’s");
            let counts = self.is_number(from) && is_about(before) || self.low(from) == "than";
            // After "and" its left side is taken in, word by word, up to its article.
            let goes_on =
                is_and || counts || is_part && !matches!(self.low(from), "the" | "a" | "an");
            if !goes_on {
                break;
            }
            from = before;
        }
        from
    }

    pub(super) fn span(&self, tokens: Range<usize>) -> Span {
        self.prose.span(tokens)
    }
}
