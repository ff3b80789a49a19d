//! Pieces of pages that come again: where words stand, one statement, one finding, a list's pages.

use crate::address::{self, Ask};
use crate::data::{At, Finding, Paged, Statement};
use crate::marked::{Mark, marked};
use crate::words::{cut, day, line, n, plain, t};
use maud::{Markup, html};
use onrecord_engine::ledger::Place;
use onrecord_model::{Act, ActorType, CodePoints, Date, FindingKind, Mode, Span};

/// Characters of evidence that are shown before the reader is asked to open it.
const EVIDENCE: usize = 320;

/// Pieces of evidence of one role that are shown at once.
const ALIKE: usize = 3;

/// Where words stand, as a link to them.
pub(crate) fn source(at: &At) -> Markup {
    html! {
        a.source href=(at.address) title=(t(&at.pointer)) {
            (t(at.outlet.as_deref().unwrap_or(&at.report)))
            @if let Some(date) = at.published { ", " time datetime=(date) { (day(date)) } }
        }
    }
}

/// A button that copies words with where they are from; the script shows it.
pub(crate) fn copy(words: &str, speaker: Option<&str>, at: &At) -> Markup {
    let speaker = speaker.map(|speaker| format!("{speaker}, ")).unwrap_or_default();
    let outlet = at.outlet.as_deref().unwrap_or(&at.report);
    let date = at.published.map(|date| format!(", {}", day(date))).unwrap_or_default();
    let words = line(words);
    let is_quoted = words.starts_with(['"', '“', '‘', '\'']);
    let words = if is_quoted { words } else { format!("“{words}”") };
    let source = plain(&format!("{words} — {speaker}{outlet}{date}"));
    html! {
        button.copy type="button" hidden data-copy=(t(&source)) data-address=(at.address) {
            "Copy with source"
        }
    }
}

/// A speaker as a link to all they said; those without a name of their own have no page.
pub(crate) fn speaker(name: &str, kind: Option<ActorType>) -> Markup {
    html! {
        @match kind {
            Some(kind) => a.speaker href=(address::speaker(name, kind)) { (t(&cut(name, 80))) },
            None => span.speaker { (t(&cut(name, 80))) },
        }
    }
}

/// Other names of a speaker, but for those that are this one in other letters.
pub(crate) fn other_names<'a>(name: &str, also: &'a [(String, usize)]) -> Vec<&'a (String, usize)> {
    let mut known = vec![name.to_lowercase()];
    let mut others = Vec::new();
    for other in also {
        let folded = other.0.to_lowercase();
        if !known.contains(&folded) {
            known.push(folded);
            others.push(other);
        }
    }
    others
}

/// How it was said: in the report's own word, where that is one word and no plain saying, for
/// "defended" is not quite "praised"; else by the kind of saying it is.
pub(crate) fn cue_or_act(cue: &str, kind: Act) -> &str {
    let is_word = !cue.is_empty() && cue.chars().all(char::is_alphabetic);
    if is_word && kind != Act::Say { cue } else { act(kind) }
}

/// What kind of saying it is, as a reader would say it.
fn act(act: Act) -> &'static str {
    match act {
        Act::Say => "said",
        Act::Announce => "announced",
        Act::Report => "reported",
        Act::Confirm => "confirmed",
        Act::Deny => "denied",
        Act::Decline => "declined",
        Act::Warn => "warned",
        Act::Ask => "asked",
        Act::Urge => "urged",
        Act::Promise => "promised",
        Act::Accuse => "accused",
        Act::Praise => "praised",
        Act::Think => "thought",
        Act::Intend => "intended",
        Act::Expect => "expected",
    }
}

/// How it was said: what is not plain saying in quotation marks.
pub(crate) fn how(statement: &Statement) -> String {
    let mut how = Vec::new();
    match (statement.negated, statement.act) {
        (true, what) => how.push(format!("not: {}", cue_or_act(&statement.cue, what))),
        (false, Act::Say) => {}
        (false, what) => how.push(cue_or_act(&statement.cue, what).to_owned()),
    }
    match statement.mode {
        Mode::Direct => {}
        Mode::Mixed => how.push("quoted in part".to_owned()),
        Mode::Indirect => how.push("in the report’s words".to_owned()),
    }
    let said_on = statement.said_on.as_deref().and_then(|day| day.parse::<Date>().ok());
    let other_day = said_on.filter(|day| Some(*day) != statement.at.published);
    how.extend(other_day.map(|said| format!("on {}", day(said))));
    how.extend(statement.addressee.iter().map(|name| format!("to {}", cut(name, 40))));
    how.extend(statement.venue.iter().map(|venue| cut(venue, 40)));
    if !statement.via.is_empty() {
        let via: Vec<String> = statement.via.iter().map(|name| cut(name, 40)).collect();
        how.push(format!("through {}", via.join(", ")));
    }
    how.join(" · ")
}

/// A statement in a list; with its speaker, if the list is of several.
pub(crate) fn statement(statement: &Statement, has_speaker: bool, words: Markup) -> Markup {
    let how = how(statement);
    html! {
        @if has_speaker || !how.is_empty() {
            p.who {
                @if has_speaker {
                    @match &statement.speaker {
                        Some(name) => (speaker(name, statement.speaker_type)),
                        None => span.soft { "no speaker named" },
                    }
                    " "
                }
                span.how { (t(&how)) }
            }
        }
        p.words.indirect[statement.mode == Mode::Indirect] { (words) }
        p.from {
            (source(&statement.at)) " "
            (copy(&statement.text, statement.speaker.as_deref(), &statement.at))
        }
    }
}

/// What a kind of finding is called.
pub(crate) fn kind(kind: FindingKind) -> &'static str {
    match kind {
        FindingKind::Copy => "Copy",
        FindingKind::QuoteTrimmed => "Quotation trimmed",
        FindingKind::QuoteAltered => "Quotation altered",
        FindingKind::QuoteRendered => "Quotation reworded",
        FindingKind::QuoteSpeaker => "Two speakers",
        FindingKind::FigureDiffers => "Figures differ",
        FindingKind::DateDiffers => "Dates differ",
        FindingKind::SingleOrigin => "One source",
        FindingKind::Position => "Position",
        FindingKind::Headline => "Headline",
        FindingKind::SpeakerDoubt => "Speaker in doubt",
        FindingKind::NameVariant => "Name spelled apart",
        FindingKind::Apart => "Apart",
        FindingKind::Story => "Story",
    }
}

/// Pieces of evidence that a finding in a list comes with at most.
pub(crate) const LISTED: usize = 8;

/// A finding with the words it rests on: in a list the first, by itself all.
pub(crate) fn finding(finding: &Finding, is_brief: bool, is_whole: bool) -> Markup {
    let most = if is_brief { 2 } else { ALIKE };
    let shown = |at: usize| {
        let role = &finding.evidence[at].role;
        finding.evidence[..at].iter().filter(|other| other.role == *role).count() < most
    };
    let (first, rest): (Vec<usize>, Vec<usize>) =
        (0..finding.evidence.len()).partition(|&at| shown(at));
    html! {
        p.kind { a href=(finding.address) { (kind(finding.kind)) } }
        p.reading { (t(&finding.reading)) }
        ul.evidence { @for at in first { (evidence(finding, at)) } }
        @if !is_whole && finding.evidence.len() >= LISTED {
            p.from { a href=(finding.address) { "All its words" } }
        } @else if !rest.is_empty() && !is_brief {
            details {
                summary { "and " (n(rest.len())) " more" }
                ul.evidence { @for at in rest { (evidence(finding, at)) } }
            }
        }
    }
}

/// The words of a piece of evidence, with what is other than in its fellows marked.
pub(crate) fn evidence_words(finding: &Finding, at: usize) -> Markup {
    let evidence = &finding.evidence[at];
    let marks = changed(finding, at);
    let text = &evidence.text;
    html! {
        @if let Some(sentence) = &evidence.sentence {
            @let mark = Mark::plain(evidence.in_sentence, "figure");
            (marked(sentence, Span::new(0, sentence.len()), &[mark]))
        } @else if text.chars().count() <= EVIDENCE || !marks.is_empty() {
            (marked(text, Span::new(0, text.len()), &marks))
        } @else { (t(&cut(text, EVIDENCE))) }
    }
}

fn evidence(finding: &Finding, at: usize) -> Markup {
    let evidence = &finding.evidence[at];
    let text = &evidence.text;
    html! {
        li {
            p.words { (evidence_words(finding, at)) }
            p.from {
                @if !evidence.role.is_empty() { span.role { (t(&evidence.role)) } " " }
                (source(&evidence.at)) " " (copy(evidence.sentence.as_deref().unwrap_or(text), None, &evidence.at))
            }
        }
    }
}

/// The words of a piece of evidence that are other than in its fellows, as its detail has them.
fn changed(finding: &Finding, at: usize) -> Vec<Mark> {
    let evidence = &finding.evidence[at];
    let points = CodePoints::new(&evidence.text);
    let changes = finding.detail.get("changes").and_then(|changes| changes.as_array());
    let mut marks = Vec::new();
    for change in changes.into_iter().flatten() {
        for side in ["from_span", "to_span"] {
            let Some(place) = change.get(side) else { continue };
            let report = place.get("report").and_then(|report| report.as_str());
            let span: Option<[u32; 2]> =
                place.get("span").and_then(|span| serde_json::from_value(span.clone()).ok());
            let (Some(report), Some([start, end])) = (report, span) else { continue };
            let [from, to] = evidence.points;
            if report == evidence.at.report && start >= from && end <= to && start < end {
                let span = points.bytes([start - from, end - from]);
                marks.push(Mark::plain(span, "changed"));
            }
        }
    }
    marks
}

/// Links to the pages before and after, where there are several.
pub(crate) fn pager<T>(ask: &Ask, paged: &Paged<T>) -> Markup {
    let to = |page: usize| ask.with("page", (page > 1).then(|| page.to_string()).as_deref());
    html! {
        @if paged.pages > 1 {
            nav.pager aria-label="Pages" {
                @if paged.page > 1 { a rel="prev" href=(to(paged.page - 1)) { "← Back" } }
                span { "Page " (n(paged.page)) " of " (n(paged.pages)) }
                @if paged.page < paged.pages { a rel="next" href=(to(paged.page + 1)) { "More →" } }
            }
        }
    }
}

/// One choice of a filter.
#[derive(Debug)]
pub(crate) struct Choice {
    /// What the address has; none for all.
    value: Option<String>,
    name: String,
    /// How many it leaves.
    count: Option<usize>,
}

impl Choice {
    pub(crate) fn new(value: Option<&str>, name: &str) -> Self {
        Self { value: value.map(str::to_owned), name: name.to_owned(), count: None }
    }

    pub(crate) fn counted(value: Option<&str>, name: &str, count: usize) -> Self {
        Self { count: Some(count), ..Self::new(value, name) }
    }

    /// All, then each of these values.
    pub(crate) fn of_all(values: &[(String, usize)]) -> Vec<Self> {
        let each = values.iter().map(|(value, count)| Self::counted(Some(value), value, *count));
        std::iter::once(Self::new(None, "all")).chain(each).collect()
    }
}

/// Choices of one filter as links; the one that is on is marked.
pub(crate) fn choices(ask: &Ask, label: &str, key: &str, choices: &[Choice]) -> Markup {
    let on = ask.get(key);
    html! {
        nav.choices aria-label=(label) {
            span.label { (label) }
            ul {
                @for Choice { value, name, count } in choices {
                    li {
                        a href=(ask.with(key, value.as_deref()))
                            aria-current=[(on == value.as_deref()).then_some("true")] { (t(name)) }
                        @if let Some(count) = count { " " span.number { (n(*count)) } }
                    }
                }
            }
        }
    }
}

/// Where one utterance stands in several reports.
pub(crate) fn readings(place: &Place, others: usize) -> Markup {
    let noun = if others == 1 { "other reading" } else { "other readings" };
    html! { a href=(address::quotation(place)) { (n(others)) " " (noun) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_capitals_is_no_other_name() {
        let also = ["JANE ROE", "Roe", "J. Roe", "ROE"].map(|name| (name.to_owned(), 2));
        let others = other_names("Jane Roe", &also);
        let others: Vec<&str> = others.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(others, ["Roe", "J. Roe"]);
    }
}
