//! A draft against the record: each quotation as the reports have it.
//!
//! ```text
//! “We have made a final offer,” Hallaster said.
//! → altered: has "final" where 03-examiner-gates (The Varrow Examiner, 3 March) has "fair"
//! ```
//!
//! A quotation meets the sentences that share its words, and the quotations that share its keys;
//! where the words fit is decided by [`onrecord_compare::draft`]. Nothing of the draft is kept.
//! Its figures: [`check_figures`]. Not handled: what the draft says in words of its own.

mod figures;

pub use figures::{
    CheckedFigure, FigureRecorded, FigureVerdict, check_figures, check_figures_of_text,
};

use crate::show::pointer;
use crate::{Error, Ledger};
use onrecord_compare::draft::{self, Laid, Quotation};
use onrecord_compare::{Item, ItemId};
use onrecord_ledger::Stored;
use onrecord_model::{Analysis, CodePoints, Date, Report, Span};
use serde::Serialize;
use std::collections::BTreeMap;

/// Sentences of the record that a quotation is laid on, at most.
const SENTENCES: usize = 40;

/// Quotations of the record that it is laid on besides, at most.
const QUOTATIONS: usize = 64;

/// Words that are looked for at most: the longest.
const WORDS: usize = 8;

/// Fewer words may be said by two people: no dispute.
const PHRASE: usize = 6;

/// Fewer words, or fewer that tell something, are nobody's own.
const FEW: usize = 4;
const FEW_TELLING: usize = 2;

/// Sentences before and after that belong to the window.
const AROUND: usize = 3;

/// How the words of a draft stand in the record; the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The same words, between quotation marks, of nobody else.
    AsRecorded,
    /// The same words, given to somebody else.
    OtherSpeaker,
    /// The same words, but not between quotation marks.
    NotQuoted,
    /// Words are left out without dots, or the sentence ends before a condition.
    Trimmed,
    /// Words put in, left out or replaced.
    Altered,
    /// Not in the record.
    NotInRecord,
}

impl Verdict {
    /// Whether the record has it otherwise than the draft.
    pub fn differs(self) -> bool {
        !matches!(self, Self::AsRecorded | Self::NotInRecord)
    }

    /// As it is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AsRecorded => "as recorded",
            Self::OtherSpeaker => "other speaker",
            Self::NotQuoted => "not quoted",
            Self::Trimmed => "trimmed",
            Self::Altered => "altered",
            Self::NotInRecord => "not in the record",
        }
    }
}

/// One change of words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// In the draft; empty where the draft leaves words out.
    pub draft: String,
    /// In the record; empty where the draft puts words in.
    pub record: String,
    /// Where in the draft, in code points.
    pub draft_span: [u32; 2],
    /// Where in the report's text, in code points.
    pub record_span: [u32; 2],
}

/// Where the record has the words.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Recorded {
    /// How they stand there.
    pub verdict: Verdict,
    /// The report's name in the record.
    pub report: String,
    /// Its outlet.
    pub outlet: Option<String>,
    /// When it was published.
    #[serde(serialize_with = "crate::show::as_day")]
    pub published: Option<Date>,
    /// Opens the words: `onrecord show`.
    pub pointer: String,
    /// The words.
    pub text: String,
    /// Who says them there.
    pub speaker: Option<String>,
    /// What differs.
    pub changes: Vec<Change>,
    /// Whether that is the draft's speaker, where both texts tell.
    #[serde(skip)]
    is_same_speaker: Option<bool>,
}

/// One quotation of a draft, checked.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Checked {
    /// Code points of the draft, without the marks.
    pub span: [u32; 2],
    /// Its words.
    pub text: String,
    /// To whom the draft gives it.
    pub speaker: Option<String>,
    /// How it stands in the record at best.
    pub verdict: Verdict,
    /// The same in a sentence.
    pub reading: String,
    /// Where, nearest first, then earliest.
    pub recorded: Vec<Recorded>,
}

/// The same for a draft that is at hand as text, plain or HTML. Empty where there is nothing to read.
///
/// # Errors
/// If the record cannot be read.
pub fn check_text(ledger: &Ledger, draft: &str) -> Result<Vec<Checked>, Error> {
    let mut all = Vec::new();
    let read = onrecord_read::read_bytes(draft.as_bytes(), "draft", &crate::Options::default());
    for report in read.into_iter().flatten() {
        all.extend(check(ledger, &report, &onrecord_analyse::analyse(&report))?);
    }
    Ok(all)
}

/// Every quotation of a draft, in order, as the record has it.
///
/// # Errors
/// If the record cannot be read.
pub fn check(ledger: &Ledger, report: &Report, analysis: &Analysis) -> Result<Vec<Checked>, Error> {
    let points = CodePoints::new(&report.text);
    let mut stored = BTreeMap::new();
    let mut all = Vec::new();
    for quotation in draft::quotations(report, analysis) {
        let text = quotation.span.of(&report.text);
        let span = points.span(quotation.span).map(|point| point + report.start);
        let mut recorded = Vec::new();
        for (name, windows) in windows(ledger, &quotation, text, &mut stored)? {
            let Some(Some(stored)) = stored.get(&name) else { continue };
            recorded.extend(best_of(stored, &windows, &quotation, (text, span[0])));
        }
        recorded.sort_by(|a, b| {
            let order = |x: &Recorded| {
                let is_other = x.is_same_speaker == Some(false);
                let undated = x.published.is_none();
                (x.verdict, is_other, x.changes.len(), undated, x.published, x.report.clone())
            };
            order(a).cmp(&order(b))
        });
        let first = recorded.first().map_or(Verdict::NotInRecord, |first| first.verdict);
        // One report bears the draft out, another gives the words to somebody else: an editor is
        // to know. A turn of phrase is anybody's.
        let is_long = text.split_whitespace().count() >= PHRASE;
        let is_disputed =
            is_long && recorded.iter().any(|place| place.verdict == Verdict::OtherSpeaker);
        let verdict = if is_disputed { first.max(Verdict::OtherSpeaker) } else { first };
        let speaker = quotation.speaker.map(|speaker| speaker.name);
        all.push(Checked {
            span,
            text: text.to_owned(),
            reading: reading(verdict, speaker.as_deref(), &recorded, is_few(text)),
            speaker,
            verdict,
            recorded,
        });
    }
    Ok(all)
}

/// Reports that may have the quotation, each with the places to look at.
fn windows(
    ledger: &Ledger,
    quotation: &Quotation,
    text: &str,
    stored: &mut BTreeMap<String, Option<Stored>>,
) -> Result<BTreeMap<String, Vec<Span>>, Error> {
    let mut windows: BTreeMap<String, Vec<Span>> = BTreeMap::new();
    let sharing = ledger.sharing("quotations", &quotation.keys, QUOTATIONS)?;
    for item in sharing.items {
        let report = item.place.report;
        let id = ItemId { report: report.clone(), number: item.place.number };
        let (published, outlet, body) = (item.published, item.outlet, item.body);
        let place = draft::place_of(&Item { id, published, outlet, body });
        windows.entry(report).or_default().extend(place);
    }
    let mut words = draft::telling_words(text);
    words.truncate(WORDS);
    for alike in ledger.sentences_with(draft::phrase(text), &words, SENTENCES)? {
        if !stored.contains_key(&alike.report) {
            stored.insert(alike.report.clone(), ledger.report(&alike.report)?);
        }
        let Some(Some(stored)) = stored.get(&alike.report) else { continue };
        let sentences = &stored.analysis.sentences;
        let from = alike.sentence.saturating_sub(AROUND);
        let to = (alike.sentence + AROUND).min(sentences.len().saturating_sub(1));
        if let (Some(first), Some(last)) = (sentences.get(from), sentences.get(to)) {
            windows.entry(alike.report).or_default().push(first.span.join(last.span));
        }
    }
    for name in windows.keys() {
        if !stored.contains_key(name) {
            stored.insert(name.clone(), ledger.report(name)?);
        }
    }
    Ok(windows)
}

/// The nearest place of the quotation in one report.
fn best_of(
    stored: &Stored,
    windows: &[Span],
    quotation: &Quotation,
    (text, starts_at): (&str, u32),
) -> Option<Recorded> {
    let body = &stored.report.text;
    let places = windows.iter().filter_map(|&window| {
        // An item's place is the words without their marks: take the paragraph's marks in.
        let window = with_marks(body, window);
        let fits = draft::statement_of(&stored.analysis.statements, window)
            .and_then(|said| said.speaker.as_ref())
            .zip(quotation.speaker.as_ref())
            .and_then(|(theirs, ours)| draft::is_same_speaker(ours, theirs));
        let laid = draft::lay(text, body, window, fits == Some(true))?;
        Some(recorded(stored, quotation, (text, starts_at), &laid))
    });
    let is_few = is_few(text);
    let places = places.map(|place| match place.verdict {
        Verdict::OtherSpeaker if is_few => Recorded { verdict: Verdict::AsRecorded, ..place },
        _ => place,
    });
    places.min_by_key(|place| {
        (place.verdict, place.is_same_speaker == Some(false), place.changes.len())
    })
}

/// Whether the words are too few to be known as somebody's: "for ever", "at every hour".
fn is_few(text: &str) -> bool {
    text.split_whitespace().count() < FEW || draft::telling_words(text).len() < FEW_TELLING
}

fn with_marks(text: &str, span: Span) -> Span {
    let (from, to) = (span.start as usize, span.end as usize);
    let is_mark = |c: &char| matches!(c, '"' | '“' | '”' | '‘' | '’' | '\'' | '«' | '»' | '„');
    let before = text[..from].chars().next_back().filter(is_mark).map_or(0, char::len_utf8);
    let after = text[to..].chars().next().filter(is_mark).map_or(0, char::len_utf8);
    Span::new(from - before, to + after)
}

fn recorded(
    stored: &Stored,
    quotation: &Quotation,
    (text, starts_at): (&str, u32),
    laid: &Laid,
) -> Recorded {
    let (report, body) = (&stored.report, &stored.report.text);
    let said = draft::statement_of(&stored.analysis.statements, laid.span);
    let theirs = said.and_then(|said| said.speaker.as_ref());
    let is_same = quotation
        .speaker
        .as_ref()
        .zip(theirs)
        .and_then(|(ours, theirs)| draft::is_same_speaker(ours, theirs));
    let points = CodePoints::new(body);
    let own = CodePoints::new(text);
    let change = |ours: Span, theirs: Span| Change {
        draft: ours.of(text).to_owned(),
        record: theirs.of(body).to_owned(),
        draft_span: own.span(ours).map(|point| point + starts_at),
        record_span: points.span(theirs),
    };
    let mut changes: Vec<Change> =
        laid.changes.iter().map(|&(ours, theirs)| change(ours, theirs)).collect();
    let is_left_out = !changes.is_empty() && changes.iter().all(|change| change.draft.is_empty());
    let is_long = |change: &Change| change.record.split_whitespace().count() >= 3;
    let verdict = match laid.goes_on {
        _ if is_left_out && changes.iter().all(is_long) => Verdict::Trimmed,
        _ if !changes.is_empty() => Verdict::Altered,
        Some(rest) => {
            changes.push(change(Span::new(text.len(), text.len()), rest));
            Verdict::Trimmed
        }
        None if is_same == Some(false) => Verdict::OtherSpeaker,
        None if !laid.is_quoted => Verdict::NotQuoted,
        None => Verdict::AsRecorded,
    };
    Recorded {
        verdict,
        report: stored.name.clone(),
        outlet: report.outlet.clone(),
        published: report.published_on(),
        pointer: pointer(&stored.name, points.span(laid.span)),
        text: laid.span.of(body).to_owned(),
        speaker: theirs.map(|party| party.name.clone()),
        changes,
        is_same_speaker: is_same,
    }
}

/// What an editor is told.
fn reading(verdict: Verdict, speaker: Option<&str>, recorded: &[Recorded], is_few: bool) -> String {
    let named = |place: &Recorded| {
        crate::show::named(&place.report, place.outlet.as_deref(), place.published)
    };
    let of = |wanted: Verdict| recorded.iter().filter(move |place| place.verdict == wanted);
    let told = |wanted: Verdict| {
        let first = of(wanted).next()?;
        let place = named(first);
        Some(match of(wanted).count() - 1 {
            0 => place,
            1 => format!("{place} and one report more"),
            more => format!("{place} and {more} reports more"),
        })
    };
    let Some(place) = told(verdict) else {
        return "No report of the record has these words.".to_owned();
    };
    match verdict {
        Verdict::AsRecorded => {
            // "Voss" in the draft, "a spokeswoman" in the report: it may be she.
            let theirs = of(verdict).next().and_then(|place| place.speaker.as_deref());
            match theirs.filter(|theirs| speaker.is_some_and(|ours| !is_part(ours, theirs))) {
                Some(theirs) if is_few => {
                    format!(
                        "Stands so in {place}, given there to {theirs}; words so few may be anybody's."
                    )
                }
                Some(theirs) => format!("Stands so in {place}, given there to {theirs}."),
                None if is_few => format!("Stands so in {place}; words so few may be anybody's."),
                None => format!("Stands so in {place}."),
            }
        }
        Verdict::OtherSpeaker => {
            let theirs = of(verdict).find_map(|place| place.speaker.as_deref());
            let theirs = theirs.unwrap_or("somebody else");
            match told(Verdict::AsRecorded) {
                Some(same) => format!("So in {same}; given to {theirs} in {place}."),
                None => format!("Given to {theirs} in {place}."),
            }
        }
        Verdict::NotQuoted => format!("Stands in {place} without quotation marks."),
        Verdict::Trimmed | Verdict::Altered => {
            let first = of(verdict).next();
            let changes = first.map_or(&[][..], |first| &first.changes);
            let nearest = first.map_or(place, named);
            let told = changes.iter().map(|change| match (&change.draft[..], &change.record[..]) {
                ("", record) => format!("leaves out \"{record}\""),
                (draft, "") => format!("puts in \"{draft}\""),
                (draft, record) => format!("has \"{draft}\" for \"{record}\""),
            });
            let told = told.collect::<Vec<_>>().join(", ");
            format!("The draft {told}. Nearest: {nearest}.")
        }
        Verdict::NotInRecord => "No report of the record has these words.".to_owned(),
    }
}

/// Whether the last word of either name stands in the other.
fn is_part(one: &str, other: &str) -> bool {
    let has = |name: &str, of: &str| {
        let last = of.split_whitespace().last().unwrap_or_default();
        name.split_whitespace().any(|word| word.eq_ignore_ascii_case(last))
    };
    has(one, other) || has(other, one)
}
