//! Events: what the text says happened, or is to happen, on which day.
//!
//! In: a report's prose, its tree and its time expressions. Out: events in order, each with the
//! clause or noun that its date belongs to.
//!
//! ```text
//! The ferry, which sank on Monday, was insured.   →   "which sank on Monday": not the insuring
//! since the walkout of 4 March                    →   "the walkout of 4 March", only mentioned
//! work goes on until Friday                       →   none: a bound is no day of the work
//! ```
//!
//! A date belongs to the word that it hangs on in the tree. Not handled: events over several
//! sentences, events without a date but for the head of a report, ranges and lengths of time.

mod state;
mod tree;
mod words;

use crate::syntax::Syntax;
use crate::text::{Prose, Role};
use onrecord_model::{
    Date, Event, EventPart, EventState, PartRole, Span, Statement, Timex, TimexMod, TimexType,
};
use std::ops::Range;
use tree::{RELATIONS, TAGS, Tree};
use words::WORDS;

/// The events of a report, in order of the text.
pub fn events(
    prose: &Prose,
    syntax: &Syntax,
    times: &[Timex],
    statements: &[Statement],
) -> Vec<Event> {
    if syntax.tags.is_empty() || crate::syntax::Model::built_in().names.tags.is_empty() {
        return Vec::new();
    }
    let ranges: Vec<Range<usize>> = times.iter().map(|time| tokens_of(prose, time.span)).collect();
    let mut events = Vec::new();
    let mut at = 0;
    for sentence in &prose.sentences {
        let first = at;
        while at < times.len() && times[at].span.start < sentence.span.end {
            at += 1;
        }
        let role = prose.paragraphs[sentence.paragraph as usize].role;
        if first == at || !matches!(role, Role::Body) {
            continue;
        }
        let tree = Tree::new(prose, syntax, sentence);
        let seen = Seen { tree, times: &times[first..at], ranges: &ranges[first..at] };
        for number in 0..seen.times.len() {
            events.extend(seen.event(number));
        }
    }
    head_of_report(prose, syntax, times, &mut events);
    for event in &mut events {
        event.parts.retain(|part| !event.time.is_some_and(|time| time.overlaps(part.span)));
        let said = statements
            .iter()
            .find(|said| said.cue.iter().any(|cue| cue.contains(event.word)) && !event.is_mention);
        event.statement = said.map(|said| said.id);
    }
    events.sort_by_key(|event| (event.word, event.time));
    events.dedup_by(|next, event| next.word == event.word && next.when == event.when);
    events
}

fn tokens_of(prose: &Prose, span: Span) -> Range<usize> {
    let from = prose.token_from(span.start as usize);
    from..prose.token_from(span.end as usize).max(from + 1).min(prose.tokens.len())
}

/// The lead of a report, where it dates nothing: what it tells is known by the day it was
/// published only.
fn head_of_report(prose: &Prose, syntax: &Syntax, times: &[Timex], events: &mut Vec<Event>) {
    let is_lead = |paragraph: u32| matches!(prose.paragraphs[paragraph as usize].role, Role::Body);
    let Some(lead) = prose.sentences.iter().find(|sentence| is_lead(sentence.paragraph)) else {
        return;
    };
    let has_date = times.iter().any(|time| {
        lead.span.contains(time.span) && !matches!(time.value.as_str(), "PRESENT_REF" | "PAST_REF")
    });
    let ends = prose.text[..lead.span.end as usize].ends_with(['.', '!', '?', '”', '"']);
    if has_date || !ends || events.iter().any(|event| lead.span.contains(event.span)) {
        return;
    }
    let tree = Tree::new(prose, syntax, lead);
    let Some(root) = tree.tokens.clone().find(|&i| tree.head(i).is_none()) else { return };
    if !tree.is_verb(root) || tree.child(root, &[RELATIONS.nsubj, RELATIONS.nsubjpass]).is_none() {
        return;
    }
    events.push(Event {
        span: lead.span,
        word: prose.tokens[root].span,
        when: None,
        time: None,
        state: state::state(&tree, root, None, prose.report.published_on()),
        is_mention: false,
        statement: None,
        parts: parts(&tree, root),
    });
}

/// A sentence with its time expressions.
struct Seen<'p, 'r> {
    tree: Tree<'p, 'r>,
    times: &'p [Timex],
    ranges: &'p [Range<usize>],
}

/// What a date belongs to.
struct Dates {
    /// The word that names the event.
    word: usize,
    is_mention: bool,
}

impl Seen<'_, '_> {
    fn event(&self, number: usize) -> Option<Event> {
        let time = &self.times[number];
        let range = self.ranges[number].clone();
        let tree = &self.tree;
        if !matches!(time.kind, TimexType::Date | TimexType::Time)
            || range.end > tree.tokens.end
            || matches!(
                time.modifier,
                Some(
                    TimexMod::Before | TimexMod::After | TimexMod::OnOrBefore | TimexMod::OnOrAfter
                )
            )
        {
            return None;
        }
        if let Some(event) = self.counted_from(time, range.clone()) {
            return Some(event);
        }
        let when = calendar(&time.value);
        if when.is_none() && !time.value.starts_with("XXXX-") {
            return None;
        }
        if when.is_none() && time.kind == TimexType::Time || self.is_of_a_range(&range) {
            return None;
        }
        let published = tree.prose.report.published_on();
        if let Some(event) = self.appointed(time, &range, when.clone()) {
            return Some(event);
        }
        let dates = self.dates(&range)?;
        let word = dates.word;
        if !dates.is_mention && self.is_order(word) {
            return None;
        }
        let state = if dates.is_mention {
            state::of_noun(tree, word, when.as_deref(), published)
        } else {
            state::state(tree, word, when.as_deref(), published)
        };
        Some(Event {
            span: self.words_of(&dates, &range),
            word: tree.prose.tokens[word].span,
            when,
            time: Some(time.span),
            state,
            is_mention: dates.is_mention,
            statement: None,
            parts: parts(tree, word),
        })
    }

    /// "a week after the party's victory in the vote": the victory was a week before the value.
    fn counted_from(&self, time: &Timex, range: Range<usize>) -> Option<Event> {
        let tree = &self.tree;
        let after = range.clone().find(|&i| tree.low(i) == "after")?;
        let rest = after + 1..range.end;
        let word = rest.clone().rev().find(|&i| WORDS.is_happening(tree.low(i)))?;
        // Of "victory in the vote" the victory is the event.
        let word = rest.clone().find(|&i| WORDS.is_happening(tree.low(i))).unwrap_or(word);
        let days = days(tree, range.start..after)?;
        let day: Date = time.value.get(..10)?.parse().ok()?;
        let day = day.checked_sub(jiff::Span::new().try_days(days).ok()?).ok()?;
        Some(Event {
            span: tree.span(rest),
            word: tree.prose.tokens[word].span,
            when: Some(day.to_string()),
            time: Some(time.span),
            state: EventState::Done,
            is_mention: true,
            statement: None,
            parts: parts(tree, word),
        })
    }

    /// Whether the expression is one end of a stretch: "from March 3 to March 5", "since Monday".
    fn is_of_a_range(&self, range: &Range<usize>) -> bool {
        let tree = &self.tree;
        let next = (range.end < tree.tokens.end).then(|| tree.low(range.end));
        let begins = |at: usize| self.ranges.iter().any(|other| other.start == at);
        if matches!(next, Some("-" | "–" | "—" | "to" | "through" | "until" | "till"))
            && begins(range.end + 1)
        {
            return true;
        }
        let mut before = range.start;
        while before > tree.tokens.start
            && matches!(
                tree.low(before - 1),
                "the" | "late" | "early" | "about" | "around" | "last"
            )
        {
            before -= 1;
        }
        if before == tree.tokens.start {
            return false;
        }
        let previous = tree.low(before - 1);
        if matches!(previous, "-" | "–")
            && self.ranges.iter().any(|other| other.end + 1 == range.start)
        {
            return true;
        }
        // "after the March 4 walkout": the preposition is of the attack, which the date is part of.
        let head = self.head_of(range);
        let is_inside = head.is_some_and(|(top, _)| {
            tree.head(top).is_some_and(|on| {
                on >= range.end && tree.is_noun(on) && self.is_premodifier(top, on, range)
            })
        });
        let is_bound = WORDS.bounds.contains(previous)
            // "the walkout of March 4": of a noun that happens.
            && !(previous == "of" && before >= 2 + tree.tokens.start && WORDS.is_happening(tree.low(before - 2)))
            && !self.is_appointed(head.map(|(top, _)| top), previous);
        is_bound && !is_inside
    }

    /// Whether a noun's date stands before it: "Tuesday's vote", "the March 4 attack".
    fn is_premodifier(&self, top: usize, noun: usize, range: &Range<usize>) -> bool {
        let tree = &self.tree;
        // Nothing but words of the noun's own phrase between them.
        (range.end..noun).all(|i| {
            tree.tag(i) == TAGS.possessive
                || tree.is_noun(i)
                || tree.tag(i) == TAGS.jj
                || matches!(tree.low(i), "'s" | "’s" | "'" | "’" | "-")
        }) && tree.relation(top) != RELATIONS.nsubj
    }

    /// The token of the expression that the rest hangs on, and what that hangs on.
    fn head_of(&self, range: &Range<usize>) -> Option<(usize, usize)> {
        let tree = &self.tree;
        range
            .clone()
            .filter_map(|i| tree.head(i).map(|head| (i, head)))
            .find(|(_, head)| !range.contains(head))
    }

    /// Whether a date after "to", "until", "for" is the new day of something: "moved to Friday".
    fn is_appointed(&self, top: Option<usize>, preposition: &str) -> bool {
        let Some(on) = top.and_then(|top| self.tree.head(top)) else { return false };
        matches!(preposition, "to" | "until" | "till" | "for" | "by")
            && preposition != "by"
            && self.tree.is_verb(on)
            && WORDS.is(self.tree.low(on), &WORDS.appoint)
    }

    /// "The meeting was postponed until Friday": the meeting, planned for Friday.
    fn appointed(&self, time: &Timex, range: &Range<usize>, when: Option<String>) -> Option<Event> {
        let tree = &self.tree;
        let (top, verb) = self.head_of(range)?;
        let preposition = tree
            .preposition(top)
            .or_else(|| (range.start > tree.tokens.start).then(|| tree.low(range.start - 1)))?;
        if !self.is_appointed(Some(top), preposition) {
            return None;
        }
        let r = &*RELATIONS;
        let thing = tree
            .child(verb, &[r.nsubjpass])
            .or_else(|| tree.child(verb, &[r.dobj]))
            .or_else(|| {
                let is_participle = [r.acl, r.amod].contains(&tree.relation(verb));
                is_participle.then(|| tree.head(verb)).flatten()
            })?;
        // "The meeting, planned for Friday, was called off": the state is that of the meeting.
        let state = match tree.relation(verb) {
            relation if relation == r.acl => {
                state::of_noun(tree, thing, when.as_deref(), tree.prose.report.published_on())
            }
            _ => EventState::Planned,
        };
        let state = if state == EventState::Done { EventState::Planned } else { state };
        Some(Event {
            span: self.clause_or_sentence(verb),
            word: tree.prose.tokens[thing].span,
            when,
            time: Some(time.span),
            state,
            is_mention: false,
            statement: None,
            parts: parts(tree, thing),
        })
    }

    /// What the expression dates.
    fn dates(&self, range: &Range<usize>) -> Option<Dates> {
        let tree = &self.tree;
        let (top, mut on) = self.head_of(range)?;
        let mut below = top;
        let before = range.start.checked_sub(1).filter(|&i| i > tree.tokens.start);
        if let Some(preposition) = before.filter(|_| tree.is_predicate(on)) {
            // "Those who took part in March 4 will not forget it": a day that is a name.
            let is_day = self.times.iter().zip(self.ranges).any(|(time, other)| {
                other == range && calendar(&time.value).is_some_and(|when| when.len() == 10)
            });
            let word = tree.low(preposition);
            if word == "in" && is_day && range.clone().all(|i| !is_part_of_day(tree.low(i))) {
                return None;
            }
            // "seized by the crews following their walkout on March 4": of the noun just before.
            let noun = preposition - 1;
            let is_outside = tree.relation(noun) == RELATIONS.agent_or_nmod
                && tree.preposition(noun).is_some_and(|word| !WORDS.inside.contains(word));
            if word == "on" && is_outside && WORDS.is_happening(tree.low(noun)) {
                return Some(Dates { word: noun, is_mention: true });
            }
        }
        for _ in 0..12 {
            // "on the night of March 3": on from one expression to the next.
            if tree.is_predicate(on) {
                return Some(Dates { word: on, is_mention: false });
            }
            if tree.is_noun(on) || tree.is_number(on) || WORDS.is_happening(tree.low(on)) {
                if below == top
                    && on >= range.end
                    && self.is_premodifier(top, on, range)
                    && !WORDS.is_happening(tree.low(on))
                {
                    // "a March 4 letter", "the Monday edition": of the noun, which does not happen.
                    return None;
                }
                if WORDS.is_happening(tree.low(on)) && !tree.is_name(on) {
                    return Some(self.by_noun(on, range));
                }
                // "up from 23 on Wednesday": of the 23.
                let bounds = ["from", "than", "since", "until", "till"];
                if tree.preposition(on).is_some_and(|word| bounds.contains(&word)) {
                    return None;
                }
                let preposition = tree.preposition(below);
                if below == top && matches!(preposition, Some("of")) {
                    return None;
                }
            }
            below = on;
            on = tree.head(on)?;
        }
        None
    }

    /// A noun that happens: the clause around it where both share the day, else the noun itself.
    fn by_noun(&self, noun: usize, range: &Range<usize>) -> Dates {
        let tree = &self.tree;
        let r = &*RELATIONS;
        let mention = Dates { word: noun, is_mention: true };
        // "some of Monday's talks", "two days of talks on Friday"
        let Some(verb) = tree.head(noun) else { return mention };
        if !tree.is_predicate(verb) {
            return mention;
        }
        let is_light = WORDS.is(tree.low(verb), &WORDS.light);
        let shares = match tree.relation(noun) {
            relation if relation == r.dobj => is_light,
            relation if relation == r.agent_or_nmod => {
                tree.preposition(noun).is_some_and(|word| WORDS.inside.contains(word))
                    // "criticised the strike on Monday's talks": of a noun in between.
                    && (range.start < noun || tree.is_verb(verb))
            }
            // "A blast on Monday killed six."
            relation if relation == r.nsubj => {
                range.start > noun && !WORDS.is(tree.low(verb), &WORDS.plan)
            }
            relation if relation == r.nsubjpass => {
                range.start > noun && WORDS.is(tree.low(verb), &WORDS.light)
            }
            _ => false,
        };
        if shares { Dates { word: verb, is_mention: false } } else { mention }
    }

    /// "The offer came a day after the walkout": what it places is told elsewhere.
    fn is_order(&self, word: usize) -> bool {
        let tree = &self.tree;
        let subject = tree.child(word, &[RELATIONS.nsubj]);
        let points_back = subject.is_some_and(|subject| {
            let first = tree.phrase(subject).start;
            matches!(tree.low(first), "this" | "that" | "it" | "these" | "which" | "the")
        });
        points_back && WORDS.is(tree.low(word), &WORDS.order)
    }

    /// The shortest words that tell the event and stand by themselves.
    fn words_of(&self, dates: &Dates, range: &Range<usize>) -> Span {
        let tree = &self.tree;
        if dates.is_mention {
            let phrase = tree.run(dates.word, |i| {
                [
                    RELATIONS.relative,
                    RELATIONS.case,
                    RELATIONS.punct,
                    RELATIONS.parataxis,
                    RELATIONS.cc,
                ]
                .contains(&tree.relation(i))
                    && tree.head(i) == Some(dates.word)
                    || [RELATIONS.conj, RELATIONS.relative].contains(&tree.relation(i))
            });
            let (from, mut to) = (phrase.start.min(range.start), phrase.end.max(range.end));
            while to > from + 1 && tree.prose.word(to - 1) == "," {
                to -= 1;
            }
            return tree.span(from..to);
        }
        self.clause_or_sentence(dates.word)
    }

    /// The sentence, unless the clause is one that its own day sets apart.
    fn clause_or_sentence(&self, verb: usize) -> Span {
        let tree = &self.tree;
        let r = &*RELATIONS;
        let whole = tree.span(tree.tokens.clone());
        let mut top = verb;
        // What the sentence says, or what somebody in it says, is told with the one who says it.
        for _ in 0..8 {
            let relation = tree.relation(top);
            let Some(head) = tree.head(top) else { return whole };
            if [r.ccomp, r.xcomp, r.csubj, r.parataxis, r.dep].contains(&relation) {
                top = head;
            } else if relation == r.conj && !tree.is_noun(head) {
                let has_subject = tree.child(top, &[r.nsubj, r.nsubjpass]).is_some();
                let has_date =
                    self.ranges.iter().any(|other| other.start < top && other.start > head);
                if has_subject && has_date {
                    break;
                }
                top = head;
            } else {
                break;
            }
        }
        let relation = tree.relation(top);
        if [r.relative, r.acl].contains(&relation) {
            let Some(noun) = tree.head(top) else { return whole };
            let clause = tree.clause(top);
            let phrase = tree.phrase(noun);
            let from = tree.whole_subject(phrase.start.min(clause.start));
            return tree.span(from..clause.end.max(phrase.end));
        }
        let has_subject = tree.child(top, &[r.nsubj, r.nsubjpass]).is_some();
        // Without a word that opens it, it may be what somebody says: "4,000 marched, police said".
        let is_opened = relation == r.conj || tree.child(top, &[r.mark]).is_some();
        if [r.advcl, r.conj].contains(&relation)
            && has_subject
            && is_opened
            && tree.tag(top) != TAGS.vbg
        {
            let clause = tree.clause(top);
            // "after", "as", "when": the words after it stand by themselves.
            let from = clause.clone().find(|&i| {
                tree.head(i) != Some(top)
                    || ![r.mark, r.advmod, r.cc].contains(&tree.relation(i))
                    || i > top
            });
            let from = tree.whole_subject(from.unwrap_or(clause.start));
            // "police said" and the like: nothing but the clause stands in the sentence.
            let is_all = from == tree.tokens.start;
            return if is_all { whole } else { tree.span(from..clause.end) };
        }
        whole
    }
}

fn is_part_of_day(word: &str) -> bool {
    matches!(word, "morning" | "afternoon" | "evening" | "night" | "hours" | "hour" | "dawn")
}

/// So many days: "a week", "two days".
fn days(tree: &Tree<'_, '_>, range: Range<usize>) -> Option<i64> {
    const NUMBERS: [&str; 11] =
        ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let unit = match tree.low(range.end.checked_sub(1)?) {
        "day" | "days" => 1,
        "week" | "weeks" => 7,
        _ => return None,
    };
    // "more than a week after" counts no days.
    let word = (range.len() == 2).then(|| tree.low(range.start))?;
    let count = match word {
        "a" | "an" => 1,
        _ => match NUMBERS.iter().position(|known| *known == word) {
            Some(count) => count as i64,
            None => word.parse().ok()?,
        },
    };
    Some(count * unit)
}

/// The part of a TIMEX3 value that a calendar has: without time of day; none for what is vague or
/// longer than a year.
fn calendar(value: &str) -> Option<String> {
    let date = value.split('T').next().unwrap_or(value);
    let bytes = date.as_bytes();
    let digits =
        |range: Range<usize>| bytes.get(range).is_some_and(|b| b.iter().all(u8::is_ascii_digit));
    if !digits(0..4) {
        return None;
    }
    let is_known = match bytes.len() {
        4 => true,
        _ if bytes[4] != b'-' => false,
        7 => {
            digits(5..7)
                || matches!(
                    &date[5..],
                    "Q1" | "Q2" | "Q3" | "Q4" | "H1" | "H2" | "SP" | "SU" | "FA" | "WI"
                )
        }
        8 => bytes[5] == b'W' && digits(6..8),
        10 => digits(5..7) && bytes[7] == b'-' && digits(8..10) && date.parse::<Date>().is_ok(),
        11 => bytes[5] == b'W' && digits(6..8) && date.ends_with("-WE"),
        _ => false,
    };
    is_known.then(|| date.to_owned())
}

/// Who and what take part in what `word` names.
fn parts(tree: &Tree<'_, '_>, word: usize) -> Vec<EventPart> {
    let r = &*RELATIONS;
    let is_verb = tree.is_predicate(word);
    let mut parts: Vec<(PartRole, usize)> = Vec::new();
    let mut verb = word;
    for _ in 0..4 {
        let above = verb != word;
        for i in tree.children(verb) {
            let relation = tree.relation(i);
            let preposition = tree.preposition(i);
            let role = if relation == r.nsubj {
                Some(PartRole::Who)
            } else if relation == r.nsubjpass {
                Some(PartRole::Whom)
            } else if above {
                None
            } else if relation == r.dobj || relation == r.iobj {
                Some(PartRole::Whom)
            } else if relation == r.possessor || relation == r.compound || relation == r.amod {
                (!is_verb).then_some(PartRole::Who)
            } else if relation == r.agent_or_nmod {
                Some(match preposition {
                    Some("by" | "between") => PartRole::Who,
                    Some("of") if !is_verb => PartRole::Who,
                    Some("in" | "at" | "near" | "off" | "outside" | "inside" | "across") => {
                        PartRole::Where
                    }
                    _ => PartRole::With,
                })
            } else {
                None
            };
            // "who", "which": the one before.
            let i = match tree.tag(i) {
                tag if [TAGS.wp, TAGS.wdt].contains(&tag) || tree.low(i) == "that" => {
                    tree.head(verb).unwrap_or(i)
                }
                _ => i,
            };
            parts.extend(role.map(|role| (role, i)));
        }
        let has_subject =
            parts.iter().any(|(_, i)| [r.nsubj, r.nsubjpass].contains(&tree.relation(*i)));
        let relation = tree.relation(verb);
        let goes_on = [r.xcomp, r.conj].contains(&relation)
            || (relation == r.advcl && tree.tag(verb) == TAGS.vbg);
        match tree.head(verb) {
            Some(head) if is_verb && !has_subject && goes_on => verb = head,
            Some(noun) if is_verb && relation == r.acl && !above => {
                let role = if tree.tag(verb) == TAGS.vbn { PartRole::Whom } else { PartRole::Who };
                parts.push((role, noun));
                break;
            }
            _ => break,
        }
    }
    let mut parts: Vec<EventPart> = parts
        .into_iter()
        .map(|(role, i)| EventPart { role, span: tree.span(tree.phrase(i)) })
        .collect();
    parts.sort_by_key(|part| (part.span, part.role));
    parts.dedup();
    parts
}
