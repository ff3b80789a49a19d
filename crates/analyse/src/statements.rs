//! Statements: who said what.
//!
//! Takes a report's tokens and quotations; gives each source, cue and content, the speaker as an
//! actor of the report, the kind of saying, and who passed it on.
//!
//! ```text
//! "We will appeal," the minister said.
//! content ^^^^^^^^  source ^^^^  cue ^^^^
//! ```
//!
//! By rules over coarse tags; the words that attribute are data, `rules/en/cues.toml`. Not handled:
//! speakers named in another report; what only a parse could tell.

mod attach;
mod content;
mod details;
mod find;
mod following;
pub(crate) mod forms;
mod frames;
mod groups;
mod layout;
mod lexicon;
mod mend;
mod pool;
mod silent;
pub(crate) mod tags;

use crate::actors;
use crate::quotes::Quotes;
use crate::spans::SpanStatement;
use crate::spans::look::Hint;
use crate::syntax::Syntax;
use crate::text::{Prose, TokenKind};
pub(crate) use find::Draft;
pub(crate) use groups::Page;
use onrecord_model::{Act, Actor, ActorType, Mode, Span, Statement, StatementId, Timex};
use std::ops::Range;

/// Who is named in a report, and who said what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Who {
    /// Those who are named or quoted, numbered from 1.
    pub actors: Vec<Actor>,
    /// Statements in order of their first word, numbered from 1.
    pub statements: Vec<Statement>,
}

/// Finds the actors and the statements of a report.
pub fn who(prose: &Prose, quotes: &Quotes) -> Who {
    who_with(prose, quotes, &crate::syntax::syntax(prose))
}

/// The same, with the report's tags and dependencies at hand.
pub fn who_with(prose: &Prose, quotes: &Quotes, syntax: &Syntax) -> Who {
    let tags = tags::tags(prose);
    let page = Page { prose, quotes, tags: &tags, syntax };
    let rules = by_rule(&page);
    let learned = crate::spans::spans_with(prose, syntax, hints(&rules));
    let drafts = joined(&page, rules, &learned);
    let mut cast = actors::Cast::new(&page);
    let mut statements: Vec<Statement> = drafts
        .iter()
        .enumerate()
        .map(|(number, draft)| statement(&page, &mut cast, number, draft))
        .collect();
    within(&mut statements);
    let mut statements = numbered(page.prose.text, statements);
    let actors = cast.into_actors();
    // What an actor is may show late. A state is a place where it is named, a body where it speaks.
    for statement in &mut statements {
        let parties = [&mut statement.speaker, &mut statement.addressee];
        for party in parties.into_iter().flatten().chain(&mut statement.via) {
            if let Some(actor) = party.actor.and_then(|id| actors.get(id.0 as usize - 1)) {
                party.name.clone_from(&actor.name);
                if actor.kind != ActorType::Place {
                    party.kind = actor.kind;
                }
            }
        }
    }
    Who { actors, statements }
}

/// What the rules alone find.
fn by_rule(page: &Page) -> Vec<Draft> {
    let mut drafts = find::drafts(page);
    drafts.extend(layout::drafts(page));
    attach::quotations(page, &mut drafts);
    drafts
}

/// What both readers find, mended, in order.
fn joined(page: &Page, rules: Vec<Draft>, learned: &[SpanStatement]) -> Vec<Draft> {
    let drafts = pool::pooled(page, rules.clone(), learned);
    in_order(page, mend::mended(page, drafts, rules))
}

/// What the rules alone find, for the learned reader to heed.
fn hints(rules: &[Draft]) -> Vec<Hint> {
    let is_inside = |inner: &Draft| {
        rules.iter().any(|outer| outer.content.iter().any(|piece| piece.contains(&inner.head)))
    };
    rules
        .iter()
        .filter(|draft| draft.content.iter().any(|piece| !piece.is_empty()))
        .map(|draft| Hint {
            source: draft.source.clone(),
            cue: draft.cue.clone(),
            content: draft.content.clone(),
            is_inside: is_inside(draft),
        })
        .collect()
}

/// What the rules alone find in `prose`, for the learned reader to heed.
pub fn hints_of(prose: &Prose, quotes: &Quotes, syntax: &Syntax) -> Vec<Hint> {
    let tags = tags::tags(prose);
    hints(&by_rule(&Page { prose, quotes, tags: &tags, syntax }))
}

/// The statements of `learned` with those that the rules add, none inside another's content: what
/// [`who`] makes of them before it asks who the sources are.
pub fn pooled(
    prose: &Prose,
    quotes: &Quotes,
    syntax: &Syntax,
    learned: &[SpanStatement],
) -> Vec<SpanStatement> {
    let tags = tags::tags(prose);
    let page = Page { prose, quotes, tags: &tags, syntax };
    let spans = |ranges: &[Range<usize>]| ranges.iter().map(|r| prose.span(r.clone())).collect();
    joined(&page, by_rule(&page), learned)
        .iter()
        .filter(|draft| !draft.is_nested)
        .map(|draft| SpanStatement {
            source: spans(&draft.source),
            cue: spans(&draft.cue),
            content: spans(&draft.content),
        })
        .collect()
}

/// Sets the day of each statement whose cue has a time beside it: "said on Tuesday".
pub fn date(statements: &mut [Statement], prose: &Prose, times: &[Timex]) {
    details::date(statements, prose, times);
}

/// Whether what stands in another's content passes on somebody's words: not "I think", "you want",
/// "it seems", which are the speaker's own.
fn is_speech_inside(page: &Page, draft: &Draft) -> bool {
    let is_said =
        !matches!(draft.act, Act::Think | Act::Intend | Act::Expect | Act::Praise | Act::Accuse);
    let is_named = draft.source.first().is_some_and(|source| {
        let is_own = source.len() == 1
            && matches!(
                page.low(source.start),
                "i" | "we"
                    | "you"
                    | "it"
                    | "that"
                    | "which"
                    | "one"
                    | "this"
                    | "these"
                    | "my"
                    | "our"
                    | "your"
                    | "its"
            );
        !is_own
    });
    is_said && is_named
}

/// Drops what says nothing, and sorts by first word.
fn in_order(page: &Page, mut drafts: Vec<Draft>) -> Vec<Draft> {
    drafts.retain(|draft| draft.content.iter().any(|piece| !piece.is_empty()));
    // Of stops alone, nothing is said.
    drafts.retain(|draft| {
        let mut tokens = draft.content.iter().cloned().flatten();
        tokens.any(|i| matches!(page.prose.tokens[i].kind, TokenKind::Word | TokenKind::Number))
    });
    for draft in &mut drafts {
        draft.content.retain(|piece| !piece.is_empty());
        draft.content.sort_by_key(|piece| piece.start);
        draft.content.dedup();
    }
    drafts.sort_by_key(|draft| {
        let first = draft.source.iter().chain(&draft.cue).chain(&draft.content);
        (first.map(|range| range.start).min(), draft.head)
    });
    // Two learned cues in one of the rules': "quoted him as | saying".
    drafts.dedup_by(|next, draft| {
        next.source == draft.source && next.cue == draft.cue && next.content == draft.content
    });
    for inner in 0..drafts.len() {
        let head = drafts[inner].head;
        drafts[inner].is_nested = drafts.iter().enumerate().any(|(outer, draft)| {
            outer != inner && draft.content.iter().any(|piece| piece.contains(&head))
        });
    }
    drafts.retain(|draft| !draft.is_nested || is_speech_inside(page, draft));
    // "a report, citing four officials", "the Herald reported, citing two": who is cited speaks.
    let in_source: Vec<bool> = drafts
        .iter()
        .map(|draft| {
            let is_citing = matches!(page.low(draft.head), "citing" | "quoting");
            is_citing
                && drafts.iter().any(|other| {
                    let meets = other
                        .source
                        .iter()
                        .any(|a| draft.source.iter().any(|b| a.start < b.end && b.start < a.end));
                    let same = meets && other.head != draft.head;
                    let carries = other.act == Act::Report || page.low(other.head) == "according";
                    same && carries || other.source.iter().any(|s| s.contains(&draft.head))
                })
        })
        .collect();
    let mut is_in_source = in_source.into_iter();
    drafts.retain(|_| !is_in_source.next().unwrap_or(false));
    drafts
}

fn statement(page: &Page, cast: &mut actors::Cast, number: usize, draft: &Draft) -> Statement {
    let spans = |ranges: &[Range<usize>]| -> Vec<Span> {
        ranges.iter().map(|range| page.prose.span(range.clone())).collect()
    };
    let via = details::via(page, cast, draft);
    let addressee = draft.addressee.clone().filter(|range| !details::is_venue(page, range));
    Statement {
        id: StatementId(number as u32 + 1),
        source: spans(&draft.source),
        cue: spans(&draft.cue),
        content: spans(&draft.content),
        mode: mode(page, draft),
        act: draft.act,
        is_negated: draft.is_negated,
        speaker: cast.speaker(page, draft),
        addressee: addressee.and_then(|range| cast.party(page, range)),
        via,
        venue: details::venue(page, draft),
        said_on: None,
        within: None,
    }
}

/// Whether the content stands in quotation marks: all of it, some, none.
fn mode(page: &Page, draft: &Draft) -> Mode {
    let is_inner = !draft.cue.is_empty() && page.quotes.is_quoted(draft.head);
    let (mut quoted, mut all) = (0, 0);
    for i in draft.content.iter().cloned().flatten() {
        if page.prose.tokens[i].kind == TokenKind::Word {
            all += 1;
            let is_quoted = page.quotes.depth(i) > u32::from(is_inner);
            quoted += usize::from(is_quoted);
        }
    }
    match quoted {
        0 => Mode::Indirect,
        _ if quoted == all => Mode::Direct,
        _ => Mode::Mixed,
    }
}

/// Without what stands in another's content with a source that is nobody ("this investment will
/// show"), and numbered anew.
fn numbered(text: &str, mut statements: Vec<Statement>) -> Vec<Statement> {
    let is_silly = |statement: &Statement| {
        let is_thing = |source: &Span| {
            let source = source.of(text).to_lowercase();
            !matches!(
                source.as_str(),
                "he" | "she" | "they" | "who" | "someone" | "everyone" | "people"
            )
        };
        statement.within.is_some()
            && statement.speaker.is_none()
            && statement.source.first().is_some_and(is_thing)
    };
    statements.retain(|statement| !is_silly(statement));
    for (number, statement) in statements.iter_mut().enumerate() {
        statement.id = StatementId(number as u32 + 1);
    }
    within(&mut statements);
    statements
}

/// Marks each statement that stands in another's content.
fn within(statements: &mut [Statement]) {
    for inner in 0..statements.len() {
        let cue = statements[inner].cue.first().copied();
        let Some(cue) = cue else { continue };
        let mut best: Option<(u32, usize)> = None;
        for (outer, statement) in statements.iter().enumerate() {
            if outer == inner {
                continue;
            }
            for piece in &statement.content {
                let length = piece.end - piece.start;
                let holds = piece.contains(cue)
                    && statements[inner]
                        .content
                        .iter()
                        .all(|c| statement.content.iter().any(|o| o.contains(*c)));
                if holds && best.is_none_or(|(shortest, _)| length < shortest) {
                    best = Some((length, outer));
                }
            }
        }
        statements[inner].within = best.map(|(_, outer)| statements[outer].id);
    }
}

#[cfg(test)]
mod tests;
