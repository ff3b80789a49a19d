//! The figures of a draft against the record: which reports count the same thing, and how many.
//!
//! ```text
//! draft: "nearly 400 containers stood in Vaal"
//! → as recorded: 389 in 03-examiner-gates (The Varrow Examiner, 3 March)
//! ```
//!
//! A report that gives several numbers bears the draft out if one of them does. Where the record
//! has had another number since, the draft's is `as recorded earlier`. An age is told where the
//! record has one of that person; days, ordinals and bare years where it has their sentence. Not
//! handled: sums and shares that the draft worked out itself.

use crate::record::as_item;
use crate::show::{named, pointer};
use crate::{Error, Ledger};
use onrecord_compare::Subject;
use onrecord_compare::draft_figures::{DraftFigure, Met, figures, half_years};
use onrecord_model::{Analysis, CodePoints, Date, Report};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Figures of the record that one of the draft is laid on, at most.
const FIGURES: usize = 200;

/// Half-years of the record that are looked through: the latest.
const HALF_YEARS: usize = 20;

/// How a figure of a draft stands in the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FigureVerdict {
    /// Reports have it, or a number that it agrees with: "nearly 400" for 389.
    AsRecorded,
    /// Reports have had it, and later ones have another.
    AsRecordedEarlier,
    /// Reports count the same thing, and none of them so.
    FigureDiffers,
    /// No report counts the same thing.
    NotInRecord,
}

impl FigureVerdict {
    /// Whether the record has it otherwise than the draft.
    pub fn differs(self) -> bool {
        self == Self::FigureDiffers
    }

    /// As it is printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AsRecorded => "as recorded",
            Self::AsRecordedEarlier => "as recorded earlier",
            Self::FigureDiffers => "figure differs",
            Self::NotInRecord => "not in the record",
        }
    }
}

/// Where the record counts the same thing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FigureRecorded {
    /// Whether the draft's number and this one can both be so.
    pub agrees: bool,
    /// The report's name in the record.
    pub report: String,
    /// Its outlet.
    pub outlet: Option<String>,
    /// When it was published.
    #[serde(serialize_with = "crate::show::as_day")]
    pub published: Option<Date>,
    /// Of which day the figure is, where the report says so; a TIMEX3 value.
    pub as_of: Option<String>,
    /// Opens the words: `onrecord show`.
    pub pointer: String,
    /// Bound and number.
    pub amount: String,
    /// With what is counted.
    pub text: String,
    /// The sentence.
    pub sentence: String,
}

/// One figure of a draft, checked.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CheckedFigure {
    /// Code points of the draft.
    pub span: [u32; 2],
    /// The number, with what is counted.
    pub text: String,
    /// How it stands in the record.
    pub verdict: FigureVerdict,
    /// The same in a sentence.
    pub reading: String,
    /// Where the same thing is counted: those that decide the verdict first, then the latest.
    pub recorded: Vec<FigureRecorded>,
}

/// The same for a draft that is at hand as text, plain or HTML. Empty where there is nothing to read.
///
/// # Errors
/// If the record cannot be read.
pub fn check_figures_of_text(ledger: &Ledger, draft: &str) -> Result<Vec<CheckedFigure>, Error> {
    let mut all = Vec::new();
    let read = onrecord_read::read_bytes(draft.as_bytes(), "draft", &crate::Options::default());
    for report in read.into_iter().flatten() {
        all.extend(check_figures(ledger, &report, &onrecord_analyse::analyse(&report))?);
    }
    Ok(all)
}

/// Every figure of a draft that counts something, in order, as the record has it.
///
/// # Errors
/// If the record cannot be read.
pub fn check_figures(
    ledger: &Ledger,
    report: &Report,
    analysis: &Analysis,
) -> Result<Vec<CheckedFigure>, Error> {
    let figures = figures(Subject { name: "", report, analysis });
    if figures.is_empty() {
        return Ok(Vec::new());
    }
    let days = match report.published_on() {
        Some(day) => vec![day],
        None => {
            let mut days: Vec<Date> =
                ledger.days()?.into_iter().filter_map(|count| count.day).collect();
            days.sort_unstable();
            let days = half_years(days);
            days[days.len().saturating_sub(HALF_YEARS)..].to_vec()
        }
    };
    let points = CodePoints::new(&report.text);
    let mut all: Vec<CheckedFigure> = Vec::new();
    for figure in figures {
        let recorded = recorded(ledger, &figure, &days, report.published_on())?;
        if recorded.is_empty() && (!figure.is_measure() || figure.is_age()) {
            continue;
        }
        let (verdict, recorded) = judged(recorded);
        all.push(CheckedFigure {
            span: points.span(figure.span).map(|point| point + report.start),
            text: one_line(figure.span.of(&report.text)),
            verdict,
            reading: reading(verdict, &figure, &recorded),
            recorded,
        });
    }
    Ok(all)
}

/// Where the record counts the same thing: one place a report, the nearest to the draft's.
fn recorded(
    ledger: &Ledger,
    figure: &DraftFigure,
    days: &[Date],
    published: Option<Date>,
) -> Result<Vec<FigureRecorded>, Error> {
    let sharing = ledger.sharing("figures", &figure.keys(days), FIGURES)?;
    let mut nearest: BTreeMap<String, (Met, Option<String>, Option<Date>)> = BTreeMap::new();
    for stored in sharing.items {
        let item = as_item(stored);
        let Some(met) = figure.meets(&item, published) else { continue };
        // A number without a noun is told by its sentence alone.
        if !figure.is_measure() && !met.is_one_sentence {
            continue;
        }
        let order = |met: &Met| (!met.agrees, !met.is_one_sentence, met.span);
        match nearest.get(&item.id.report) {
            Some((known, ..)) if order(known) <= order(&met) => {}
            _ => {
                nearest.insert(item.id.report, (met, item.outlet, item.published));
            }
        }
    }
    let mut all = Vec::new();
    for (report, (met, outlet, published)) in nearest {
        let Some(stored) = ledger.report(&report)? else { continue };
        let text = &stored.report.text;
        let sentence = stored.analysis.sentence_at(met.span.start as usize);
        let sentence = sentence.map_or(met.text.as_str(), |sentence| sentence.span.of(text));
        all.push(FigureRecorded {
            agrees: met.agrees,
            pointer: pointer(&report, CodePoints::new(text).span(met.span)),
            sentence: one_line(sentence),
            report,
            outlet,
            published,
            as_of: met.as_of,
            amount: met.amount,
            text: one_line(&met.text),
        });
    }
    Ok(all)
}

/// The verdict, and the places in the order in which an editor wants them.
fn judged(mut recorded: Vec<FigureRecorded>) -> (FigureVerdict, Vec<FigureRecorded>) {
    let latest = |agrees: bool| {
        let of = recorded.iter().filter(move |place| place.agrees == agrees);
        of.map(day).max().map(|day| (day, recorded.iter().filter(|p| p.agrees == agrees).count()))
    };
    let verdict = match (latest(true), latest(false)) {
        (None, None) => FigureVerdict::NotInRecord,
        (Some(_), None) => FigureVerdict::AsRecorded,
        (None, Some(_)) => FigureVerdict::FigureDiffers,
        (Some((with, _)), Some((against, _))) if against > with => FigureVerdict::AsRecordedEarlier,
        // One report alone has it so, and most have it otherwise.
        (Some((_, with)), Some((_, against))) if with * 3 <= against => {
            FigureVerdict::FigureDiffers
        }
        _ => FigureVerdict::AsRecorded,
    };
    let is_first = |place: &FigureRecorded| place.agrees != verdict.differs();
    recorded.sort_by(|a, b| {
        let order = |x: &FigureRecorded| (!is_first(x), Reverse(day(x)), x.report.clone());
        order(a).cmp(&order(b))
    });
    (verdict, recorded)
}

/// The day that a figure is of, else of its report; undated first.
fn day(place: &FigureRecorded) -> Option<String> {
    let own = place.as_of.as_ref().filter(|day| day.len() == 10 && !day.contains('X'));
    own.cloned().or_else(|| place.published.map(|day| day.to_string()))
}

/// What an editor is told.
fn reading(verdict: FigureVerdict, figure: &DraftFigure, recorded: &[FigureRecorded]) -> String {
    let of = |agrees: bool| recorded.iter().filter(move |place| place.agrees == agrees);
    let told = |agrees: bool| {
        let first = of(agrees).next()?;
        let place = named(&first.report, first.outlet.as_deref(), first.published);
        let more = match of(agrees).count() - 1 {
            0 => String::new(),
            1 => " and one report more".to_owned(),
            more => format!(" and {more} reports more"),
        };
        Some((first.amount.as_str(), format!("{place}{more}")))
    };
    let (with, against) = (told(true), told(false));
    let ours = &figure.amount();
    match (verdict, with, against) {
        (FigureVerdict::AsRecorded, Some((amount, place)), None) => so(ours, amount, &place),
        (FigureVerdict::AsRecorded, Some((amount, place)), Some((other, elsewhere))) => {
            format!("{} Otherwise, {other}, in {elsewhere}.", so(ours, amount, &place))
        }
        (FigureVerdict::AsRecordedEarlier, Some((amount, place)), Some((other, later))) => {
            format!("{} Later {other}, in {later}.", so(ours, amount, &place))
        }
        (FigureVerdict::FigureDiffers, None, Some((other, place))) => {
            format!("The draft has {ours}; {place} {other}.")
        }
        (FigureVerdict::FigureDiffers, Some((_, alone)), Some((other, place))) => {
            format!("The draft has {ours}, as {alone}; {place} {other}.")
        }
        _ => "No report of the record counts this.".to_owned(),
    }
}

/// "389 in 003 (The Varrow Examiner, 3 March), which nearly 400 fits."
fn so(ours: &str, theirs: &str, place: &str) -> String {
    match ours.eq_ignore_ascii_case(theirs) {
        true => format!("Stands so in {place}."),
        false => format!("Fits {theirs} in {place}."),
    }
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
