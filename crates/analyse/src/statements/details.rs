//! What stands around a statement: who passed it on, on what occasion, on what day.
//!
//! ```text
//! an official told the Herald              →  via The Herald
//! said in an interview with Radio Lorne    →  venue "interview", via Radio Lorne
//! said on Tuesday                          →  said_on, if the time has a whole day
//! ```

use super::find::Draft;
use super::groups::Page;
use super::tags::Tag;
use crate::actors::{Cast, names_outlet, passed_on};
use crate::text::Prose;
use onrecord_model::{Party, Statement, Timex, TimexType};
use std::ops::Range;

/// Nouns of the occasions on which people speak.
pub(crate) const OCCASIONS: &[&str] = &[
    "interview",
    "interviews",
    "statement",
    "briefing",
    "conference",
    "speech",
    "call",
    "email",
    "e-mail",
    "letter",
    "post",
    "tweet",
    "hearing",
    "testimony",
    "rally",
    "debate",
    "address",
    "op-ed",
    "column",
    "memo",
    "message",
    "release",
    "press",
    "appearance",
    "meeting",
    "video",
    "remarks",
    "news",
    "broadcast",
    "event",
    "blog",
    "town",
    "twitter",
    "facebook",
    "podcast",
    "radio",
    "forum",
    "phone",
    "telephone",
    "telegram",
    "editorial",
    "essay",
    "report",
    "article",
    "book",
    "segment",
    "show",
    "program",
    "programme",
    "panel",
];

/// Words for occasions, and the venue each shows.
const VENUES: &[(&str, &str)] = &[
    ("interview", "interview"),
    ("interviews", "interview"),
    ("statement", "statement"),
    ("statements", "statement"),
    ("briefing", "briefing"),
    ("conference", "news conference"),
    ("call", "call"),
    ("phone", "call"),
    ("telephone", "call"),
    ("speech", "speech"),
    ("address", "speech"),
    ("email", "email"),
    ("e-mail", "email"),
    ("letter", "letter"),
    ("post", "post"),
    ("tweet", "post"),
    ("twitter", "post"),
    ("facebook", "post"),
    ("instagram", "post"),
    ("telegram", "post"),
    ("x", "post"),
    ("hearing", "hearing"),
    ("testimony", "hearing"),
    ("op-ed", "op-ed"),
    ("column", "op-ed"),
    ("editorial", "op-ed"),
    ("rally", "rally"),
    ("debate", "debate"),
    ("readout", "readout"),
    ("memo", "memo"),
    ("inquest", "hearing"),
    ("inquiry", "hearing"),
    ("tribunal", "hearing"),
    ("deposition", "hearing"),
    ("appearance", "interview"),
    ("programme", "interview"),
    ("show", "interview"),
    ("voicemail", "message"),
    ("message", "message"),
    ("blog", "post"),
    ("livestream", "video"),
    ("sermon", "speech"),
    ("lecture", "speech"),
    ("remarks", "speech"),
    ("article", "op-ed"),
    ("essay", "op-ed"),
    ("book", "book"),
    ("memoir", "book"),
    ("filing", "court filing"),
    ("podcast", "interview"),
    ("meeting", "meeting"),
    ("visit", "visit"),
    ("video", "video"),
];

/// The tokens of the attributing clause: source, cue and what follows, without the content.
fn clause(page: &Page, draft: &Draft) -> Vec<usize> {
    let sentence = &page.prose.sentences[page.prose.sentence_of(draft.head)].tokens;
    let in_content = |k: usize| draft.content.iter().any(|piece| piece.contains(&k));
    sentence
        .clone()
        .filter(|&k| {
            !in_content(k) && page.quotes.is_quoted(k) == page.quotes.is_quoted(draft.head)
        })
        .collect()
}

/// Where or in what form it was said.
pub(super) fn venue(page: &Page, draft: &Draft) -> Option<String> {
    if draft.cue.is_empty() {
        return None;
    }
    let clause = clause(page, draft);
    let cue_end = draft.cue.last()?.end;
    // Nearest after the cue first, then before it.
    let after = clause.iter().copied().filter(|&k| k >= cue_end && k < cue_end + 14);
    let before = clause.iter().copied().rev().filter(|&k| k < cue_end && k + 24 > draft.head);
    // "told a hearing", "told the news conference"
    let told = draft.addressee.iter().find(|range| is_venue(page, range));
    if let Some(venue) = told.and_then(|range| venue_of(page.low(range.end - 1))) {
        return Some(venue.to_owned());
    }
    let mut posts = draft.lemma == "tweet" || draft.lemma == "retweet";
    posts |= draft.lemma == "post" && page.tag(draft.head).is_verb();
    if posts {
        return Some("post".to_owned());
    }
    for k in after.chain(before) {
        let low = page.low(k);
        let Some(venue) = venue_of(low) else { continue };
        // "the Washington Post", "New Statement Press": a name is no occasion.
        let is_platform = matches!(low, "x" | "twitter" | "facebook" | "instagram" | "telegram");
        if !is_platform && page.tag(k) == Tag::Name {
            continue;
        }
        let phrase = (k.saturating_sub(5)..k)
            .rev()
            .take_while(|&j| clause.contains(&j))
            .find(|&j| page.tag(j) == Tag::Prep || page.tag(j) == Tag::Sub);
        let opener = phrase.map(|p| page.low(p));
        let is_near = phrase.is_some_and(|p| (p + 1..k).all(|j| page.tag(j) == Tag::Det));
        // "wrote an op-ed", "released a statement"
        let is_made = k > draft.head
            && k < draft.head + 5
            && (draft.head + 1..k).all(|j| {
                matches!(page.tag(j), Tag::Det | Tag::Adjective | Tag::Noun | Tag::Possessive)
            })
            && matches!(
                page.low(draft.head),
                "wrote"
                    | "issued"
                    | "released"
                    | "published"
                    | "posted"
                    | "sent"
                    | "writes"
                    | "signed"
                    | "recorded"
                    | "gave"
            );
        let fits = match opener {
            Some("by") => {
                matches!(low, "phone" | "telephone" | "email" | "e-mail" | "letter" | "video")
            }
            Some("in" | "during" | "at" | "on" | "via" | "through" | "over") => {
                !is_platform || opener == Some("on") && is_near
            }
            _ => is_made,
        };
        if fits && (!is_platform || page.prose.word(k).starts_with(char::is_uppercase)) {
            return Some(venue.to_owned());
        }
    }
    let source_is =
        |word: &str| draft.source.iter().cloned().flatten().any(|k| page.low(k) == word);
    source_is("readout").then(|| "readout".to_owned())
}

/// Whether those who are told are an occasion: "told a hearing".
pub(super) fn is_venue(page: &Page, range: &Range<usize>) -> bool {
    let last = range.end - 1;
    page.tag(last) == Tag::Noun && venue_of(page.low(last)).is_some() && page.is_occasion(range)
}

fn venue_of(low: &str) -> Option<&'static str> {
    VENUES.iter().find(|(word, _)| *word == low).map(|&(_, venue)| venue)
}

/// Who passed it on, nearest to the reader first.
pub(super) fn via(page: &Page, cast: &mut Cast, draft: &Draft) -> Vec<Party> {
    let mut via: Vec<Party> = Vec::new();
    let own = page.prose.report.outlet.as_deref().unwrap_or_default().to_lowercase();
    // In the outlet's own report, "told the Herald" only says to whom.
    let is_own = |party: &Party| {
        let mut words = party.name.split(' ').filter(|word| !word.eq_ignore_ascii_case("the"));
        words.all(|word| own.split(' ').any(|own| own == word.to_lowercase()))
    };
    let mut add = |party: Option<Party>| {
        if let Some(party) = party
            && !is_own(&party)
            && !via.iter().any(|known| known.name == party.name)
        {
            via.push(party);
        }
    };
    // "told the Herald"
    if let Some(addressee) = &draft.addressee
        && cast.is_outlet(page, addressee)
    {
        // "told the Herald's Ana Voss": the Herald.
        let outlet = cast.outlet_in(page, addressee.clone());
        add(outlet.or_else(|| cast.party(page, addressee.clone())));
    }
    // "The report quoted the official as saying", "The Herald reported, citing two aides"
    if let Some(passed) = passed_on(page, draft) {
        let outlet = cast.outlet_in(page, passed.by.clone());
        let outlet = outlet.or_else(|| {
            let is_report =
                passed.by.clone().any(|k| matches!(page.low(k), "report" | "article" | "story"));
            is_report.then(|| cast.last_outlet(page, passed.by.start)).flatten()
        });
        add(outlet.or_else(|| cast.party(page, passed.by)));
    }
    // "a joint statement released by the ministry"
    for source in &draft.source {
        let by = source.clone().skip(2).find(|&k| {
            page.low(k) == "by"
                && matches!(
                    page.low(k - 1),
                    "released" | "issued" | "published" | "put" | "carried"
                )
        });
        if let Some(by) = by {
            add(page.noun_group(by + 1, source.end).and_then(|group| cast.party(page, group)));
        }
    }
    let clause = clause(page, draft);
    for &k in &clause {
        let low = page.low(k);
        let next = page.low((k + 1).min(page.tags.len() - 1));
        // "in an interview with Radio Lorne", "in comments to the Herald"
        if matches!(low, "interview" | "remarks" | "comments" | "interviews" | "statement")
            && matches!(next, "with" | "to" | "on" | "for")
            && let Some(outlet) =
                page.noun_group(k + 2, page.tags.len()).filter(|group| cast.is_outlet(page, group))
        {
            // "with the magazine Treble last year"
            let last = outlet.clone().rev().find(|&k| page.tag(k) == Tag::Name);
            let end = last.map_or(outlet.end, |last| last + 1);
            let named = cast.outlet_in(page, outlet.clone());
            add(named.or_else(|| cast.party(page, outlet.start..end)));
        }
        // "was quoted as saying by the Herald"
        if low == "by"
            && k > 0
            && matches!(page.low(k - 1), "saying" | "quoted" | "cited" | "reported")
            && let Some(outlet) = page.noun_group(k + 1, page.tags.len())
            && cast.is_outlet(page, &outlet)
        {
            add(cast.party(page, outlet));
        }
        // "according to the Herald" beside another cue
        if low == "according"
            && next == "to"
            && k != draft.head
            && let Some(source) = page.long_group(k + 2, page.tags.len())
        {
            let source = match source.clone().find(|&k| page.tag(k) == Tag::Comma) {
                Some(comma) => source.start..comma,
                None => source,
            };
            let outlet = cast.outlet_in(page, source.clone());
            let outlet = outlet.or_else(|| {
                names_outlet(page, &source).then(|| cast.party(page, source.clone())).flatten()
            });
            add(outlet);
        }
    }
    via
}

/// Sets `said_on` from a time beside the cue.
pub(super) fn date(statements: &mut [Statement], prose: &Prose, times: &[Timex]) {
    let published = prose.report.published_on().map(|date| format!("{date}T99"));
    for statement in statements {
        let Some(cue) = statement.cue.first().copied() else { continue };
        let sentence = prose.sentence_of(
            prose.token_from(cue.start as usize).min(prose.tokens.len().saturating_sub(1)),
        );
        let Some(sentence) = prose.sentences.get(sentence) else { continue };
        let from = times.partition_point(|time| time.span.end <= sentence.span.start);
        let beside = times[from..]
            .iter()
            .take_while(|time| time.span.start < sentence.span.end)
            .filter(|time| {
                let is_day = matches!(time.kind, TimexType::Date | TimexType::Time)
                    && is_whole_day(&time.value);
                let in_content = statement.content.iter().any(|piece| piece.contains(time.span));
                let gap = if time.span.start >= cue.end {
                    time.span.start - cue.end
                } else {
                    cue.start.saturating_sub(time.span.end)
                };
                // "announced that he will come on Friday": not said on a day after the report's.
                let is_ahead = published.as_ref().is_some_and(|day| time.value[..] > day[..]);
                is_day && !in_content && gap < 60 && !is_ahead
            });
        let nearest = beside.min_by_key(|time| {
            let is_after = time.span.start >= cue.end;
            (!is_after, time.span.start.abs_diff(cue.end))
        });
        statement.said_on = nearest.map(|time| time.value[..10].to_owned());
    }
}

/// "2024-05-12", with or without a time of day.
fn is_whole_day(value: &str) -> bool {
    let bytes = value.as_bytes();
    bytes.len() >= 10
        && bytes[..10]
            .iter()
            .enumerate()
            .all(|(i, b)| if i == 4 || i == 7 { *b == b'-' } else { b.is_ascii_digit() })
        && (bytes.len() == 10 || bytes[10] == b'T')
}
