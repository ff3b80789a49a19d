//! A draft against the record: a form, and each quotation and figure of what was pasted into it.
//!
//! Nothing of the draft is kept: it comes with the request and goes with the answer.

use crate::answer::{Record, Table, Wrong};
use crate::data::At;
use crate::marked::{Mark, marked};
use crate::parts;
use crate::words::{count, t};
use maud::{Markup, html};
use onrecord_engine::check::{
    Checked, CheckedFigure, FigureRecorded, FigureVerdict, Recorded, Verdict,
    check_figures_of_text, check_text,
};
use onrecord_model::{CodePoints, Span};
use serde::Serialize;

/// Where it stands in the navigation.
pub(crate) const PLACE: &str = "/check";

/// Places shown of one quotation; the JSON has all.
const PLACES: usize = 4;

/// A draft that was checked; before that, nothing.
#[derive(Debug, Serialize)]
pub(crate) struct Check {
    #[serde(skip)]
    draft: String,
    quotations: Vec<Checked>,
    figures: Vec<CheckedFigure>,
}

/// The quotations and figures of a draft, each as the record has it. The text is sent; nothing of it is kept.
#[utoipa::path(post, path = "/api/check", operation_id = "check",
    request_body(content = String, content_type = "text/plain"),
    params(("format" = Option<String>, Query)),
    responses((status = 200, description = "`quotations` and `figures`, each as `onrecord check --json` prints it")))]
pub(crate) fn load(record: &Record<'_>, draft: &str) -> Result<Check, Wrong> {
    let quotations = check_text(record.ledger, draft)?;
    let figures = check_figures_of_text(record.ledger, draft)?;
    Ok(Check { draft: draft.to_owned(), quotations, figures })
}

impl Check {
    /// The form alone.
    pub(crate) fn form() -> Self {
        Self { draft: String::new(), quotations: Vec::new(), figures: Vec::new() }
    }

    pub(crate) fn html(&self) -> Markup {
        let is_done = !self.draft.trim().is_empty();
        let of = |test: fn(Verdict) -> bool| {
            self.quotations.iter().filter(|quotation| test(quotation.verdict)).count()
        };
        let differing = of(Verdict::differs);
        let unknown = of(|verdict| verdict == Verdict::NotInRecord);
        html! {
            h1 { "Check a draft" }
            @if is_done {
                p.lead role="status" {
                    (count(self.quotations.len(), "quotation", "quotations")) ": "
                    (self.quotations.len() - differing - unknown) " as recorded, "
                    (differing) (if differing == 1 { " differs, " } else { " differ, " })
                    (unknown) " not in the record."
                }
                ol.list {
                    @for quotation in &self.quotations { li data-item="" { (one(quotation)) } }
                }
                (self.figures_html())
                h2 { "The draft" }
            } @else {
                p.lead {
                    "Paste a text. Each quotation in it is laid on the record: as recorded, altered, "
                    "given to somebody else, or not there; and each figure: as recorded, "
                    "otherwise, or not there. Nothing of it is kept."
                }
            }
            form.draft method="post" action="/check" {
                label for="draft" { "Text of the draft" }
                textarea #draft name="draft" rows="12" required spellcheck="false" { (t(&self.draft)) }
                button { "Check" }
            }
        }
    }

    fn figures_html(&self) -> Markup {
        let of = |verdict: FigureVerdict| {
            self.figures.iter().filter(move |figure| figure.verdict == verdict)
        };
        let differing = of(FigureVerdict::FigureDiffers).count();
        let unknown: Vec<&str> =
            of(FigureVerdict::NotInRecord).map(|figure| figure.text.as_str()).collect();
        html! {
            @if !self.figures.is_empty() {
                h2 { "Figures" }
                p.lead {
                    (count(self.figures.len(), "figure", "figures")) ": "
                    (self.figures.len() - differing - unknown.len()) " as recorded, "
                    (differing) (if differing == 1 { " differs, " } else { " differ, " })
                    (unknown.len()) " not in the record."
                }
                ol.list {
                    @for figure in self.figures.iter().filter(|figure| !figure.recorded.is_empty()) {
                        li data-item="" { (one_figure(figure)) }
                    }
                }
                @if !unknown.is_empty() {
                    p.from { "Not in the record: " (t(&unknown.join("; "))) "." }
                }
            }
        }
    }

    pub(crate) fn table(&self) -> Table {
        let figures = self.figures.iter().map(|figure| {
            let first = figure.recorded.first();
            vec![
                figure.verdict.as_str().to_owned(),
                figure.text.clone(),
                String::new(),
                figure.reading.clone(),
                first.map(|place| place.pointer.clone()).unwrap_or_default(),
                first.map(|place| place.text.clone()).unwrap_or_default(),
            ]
        });
        let rows = self.quotations.iter().map(|quotation| {
            let first = quotation.recorded.first();
            vec![
                quotation.verdict.as_str().to_owned(),
                quotation.text.clone(),
                quotation.speaker.clone().unwrap_or_default(),
                quotation.reading.clone(),
                first.map(|place| place.pointer.clone()).unwrap_or_default(),
                first.map(|place| place.text.clone()).unwrap_or_default(),
            ]
        });
        let columns = &["verdict", "text", "speaker", "reading", "pointer", "recorded"];
        Table { columns, rows: rows.chain(figures).collect() }
    }
}

fn one(quotation: &Checked) -> Markup {
    let changes = quotation.recorded.first().map_or(&[][..], |first| &first.changes);
    let marks = changes.iter().map(|change| change.draft_span);
    html! {
        p.kind.problem[quotation.verdict.differs()] { (quotation.verdict.as_str()) }
        p.words { "“" (with_marks(&quotation.text, quotation.span[0], marks)) "”" }
        p.from {
            @if let Some(speaker) = &quotation.speaker { span.role { (t(speaker)) " in the draft" } " " }
            (t(&quotation.reading))
        }
        @if !quotation.recorded.is_empty() {
            ul.evidence {
                @for place in quotation.recorded.iter().take(PLACES) { li { (recorded(place)) } }
            }
        }
    }
}

fn one_figure(figure: &CheckedFigure) -> Markup {
    html! {
        p.kind.problem[figure.verdict.differs()] { (figure.verdict.as_str()) }
        p.words { (t(&figure.text)) }
        p.from { (t(&figure.reading)) }
        ul.evidence {
            @for place in figure.recorded.iter().take(PLACES) { li { (recorded_figure(place)) } }
        }
    }
}

fn recorded_figure(place: &FigureRecorded) -> Markup {
    let at = At::of_pointer(&place.pointer, place.outlet.as_deref(), place.published);
    html! {
        p.words { (t(&place.sentence)) }
        p.from { (parts::source(&at)) " " (parts::copy(&place.sentence, None, &at)) }
    }
}

fn recorded(place: &Recorded) -> Markup {
    let at = At::of_pointer(&place.pointer, place.outlet.as_deref(), place.published);
    let from = place.pointer.rsplit_once(':').and_then(|(_, span)| span.split_once('-'));
    let from = from.and_then(|(start, _)| start.parse().ok()).unwrap_or(0);
    let marks = place.changes.iter().map(|change| change.record_span);
    html! {
        p.words { (with_marks(&place.text, from, marks)) }
        p.from {
            @if let Some(speaker) = &place.speaker { span.role { (t(speaker)) } " " }
            (parts::source(&at)) " " (parts::copy(&place.text, place.speaker.as_deref(), &at))
        }
    }
}

/// Words that begin at code point `from` of their text, with the stretches that differ marked.
fn with_marks(text: &str, from: u32, marks: impl Iterator<Item = [u32; 2]>) -> Markup {
    let points = CodePoints::new(text);
    let length = points.at(text.len());
    let inside = marks.filter_map(|[start, end]| {
        let (start, end) = (start.checked_sub(from)?, end.checked_sub(from)?);
        (start < end && end <= length).then(|| points.bytes([start, end]))
    });
    let marks: Vec<Mark> = inside.map(|span| Mark::plain(span, "changed")).collect();
    marked(text, Span::new(0, text.len()), &marks)
}
