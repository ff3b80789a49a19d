//! The brief as one file of HTML: no script, nothing loaded, fit to be mailed and printed.
//!
//! ```text
//! onrecord brief story.db --format html > brief.html
//! ```
//!
//! It looks as the pages do. What stands in the record behind a line stands folded under it; on
//! paper all is unfolded. Not handled: what needs the record, such as search.

use crate::assets::STYLE;
use crate::chart;
use crate::data::{At, Finding};
use crate::parts;
use crate::views::measures::{MeasureRow, measure_row};
use crate::words::{count, cut, line, moment, t};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use onrecord_engine::brief::{Brief, Group, Line, Moment, Section};
use onrecord_engine::{Error, Ledger};

/// Sentences of one measure.
const SENTENCES: usize = 40;

/// Pieces of evidence of one finding.
const EVIDENCE: usize = 8;

/// Tellings of one event.
const TELLINGS: usize = 12;

/// Places of one line that are told one by one.
const PLACES: usize = 6;

/// The brief of a record as one file, under the name of what it is of.
///
/// # Errors
/// If the record cannot be read.
pub fn mailed(brief: &Brief, ledger: &Ledger, name: &str) -> Result<String, Error> {
    let page = brief.page();
    let mut measures = Vec::new();
    for series in &brief.measures.rows {
        measures.push(measure_row(ledger, series, 0..SENTENCES)?);
    }
    let findings = brief.differs.rows.iter().map(|stored| Finding::in_place(stored, ledger));
    let findings = findings.collect::<Result<Vec<_>, _>>()?;
    let days = ledger.days()?;
    let outlets = ledger.outlets(usize::MAX)?.rows;
    let policy = "default-src 'none'; style-src 'unsafe-inline'";
    let whole = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta http-equiv="Content-Security-Policy" content=(policy);
                title { (t(&named(name))) ": the record" }
                style { (PreEscaped(STYLE)) }
            }
            body.mailed {
                main {
                    header {
                        h1 { (t(&named(name))) }
                        p.lead { (t(&page.title)) }
                        @for note in &page.notes { p.filter { (t(note)) } }
                    }
                    (chart::reports(&days, &outlets, false))
                    @for section in &page.sections {
                        (self::section(brief, section, &findings, &measures))
                    }
                }
                footer { p { "OnRecord says who said what, and where reports differ. It never says what is true." } }
            }
        }
    };
    Ok(whole.into_string() + "\n")
}

/// Paths without their folders: a brief goes to those who have other ones.
fn named(paths: &str) -> String {
    let name = |path: &str| {
        let path = path.trim_end_matches(['/', '\\']);
        path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned()
    };
    paths.split(", ").map(name).collect::<Vec<_>>().join(", ")
}

/// What is left out, with kinds of findings by the names that readers know.
fn in_words(more: &str) -> String {
    let word = |word: &str| {
        let (bare, comma) = match word.strip_suffix(',') {
            Some(bare) => (bare, ","),
            None => (word, ""),
        };
        match bare.parse() {
            Ok(kind) => format!("{}{comma}", parts::kind(kind).to_lowercase()),
            Err(_) => word.to_owned(),
        }
    };
    let more = more.replace("`differ`", "“onrecord differ”");
    more.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

fn section(
    brief: &Brief,
    section: &Section,
    findings: &[Finding],
    measures: &[MeasureRow],
) -> Markup {
    let id = section.title.to_lowercase().replace(' ', "-");
    html! {
        section aria-labelledby=(id) {
            h2 id=(id) { (section.title) }
            @if section.groups.is_empty() { p.soft { (section.empty) } }
            @match section.title {
                "What differs" => ul.list.brief { @for one in findings { (finding(one)) } },
                "Timeline" => (timeline(&brief.timeline.moments)),
                "Counted by several" => @for (number, row) in measures.iter().enumerate() { (measure(row, number)) },
                _ => @for group in &section.groups { (self::group(group)) },
            }
            @if let Some(more) = &section.more { p.filter { (t(&in_words(more))) } }
        }
    }
}

/// What differs in a sentence, the words it rests on folded.
fn finding(one: &Finding) -> Markup {
    let all = one.evidence.len();
    html! {
        li {
            p.kind { (parts::kind(one.kind)) }
            p.words { (t(&line(&one.reading))) }
            details.from {
                summary { (count(all, "place", "places")) }
                ul.evidence {
                    @for (number, evidence) in one.evidence.iter().take(EVIDENCE).enumerate() {
                        li {
                            p.words { (parts::evidence_words(one, number)) }
                            p.from {
                                @if !evidence.role.is_empty() { span.role { (t(&evidence.role)) } " " }
                                (place(&evidence.at))
                            }
                        }
                    }
                }
                @if all > EVIDENCE { p.from { "and " (all - EVIDENCE) " more" } }
            }
        }
    }
}

/// A measure: its picture, its table, the sentences folded.
fn measure(row: &MeasureRow, number: usize) -> Markup {
    html! {
        div.measure {
            h3 { (t(&row.name())) " " span.how { (row.note()) } }
            (row.picture_to(number, |at, _| (at < SENTENCES).then(|| format!("#m{number}-{at}"))))
            (row.rows(12, place))
            details {
                summary { "The sentences" }
                ol.list {
                    @for (given, words, at) in row.told() {
                        li id=(format!("m{number}-{given}")) { p.words { (words) } p.from { (place(at)) } }
                    }
                }
            }
        }
    }
}

fn timeline(moments: &[Moment]) -> Markup {
    html! {
        dl.timeline {
            @for told in moments {
                dt {
                    @match (&told.when, told.told_on) {
                        (Some(when), _) => (t(&moment(when))),
                        (None, Some(day)) => { "by " (crate::words::day(day)) },
                        (None, None) => "undated",
                    }
                }
                dd {
                    @for happening in &told.lines {
                        div.event {
                            p.words { (t(&cut(&happening.told.text, 280))) }
                            @let note = happening.note();
                            @let places = &happening.told.places;
                            @if places.len() > 1 {
                                details {
                                    summary { @if !note.is_empty() { span.state { (note) } " " } (places.len()) " tellings" }
                                    ul.evidence {
                                        @for (at, words) in places.iter().zip(&happening.tellings).take(TELLINGS) {
                                            li { p.words { (t(&cut(words, 400))) } p.from { (place(&at_of(at))) } }
                                        }
                                    }
                                    @if places.len() > TELLINGS { p.from { "and " (places.len() - TELLINGS) " more" } }
                                }
                            } @else {
                                p.from {
                                    @if !note.is_empty() { span.state { (note) } " " }
                                    @for at in places { (place(&at_of(at))) }
                                }
                            }
                        }
                    }
                    @if told.more > 0 { p.from { (told.more) " more" } }
                }
            }
        }
    }
}

fn group(group: &Group) -> Markup {
    html! {
        @if !group.title.is_empty() {
            h3 { (t(&group.title)) @if !group.note.is_empty() { " " span.how { (t(&group.note)) } } }
        }
        ul.list.brief { @for one in &group.lines { (row(one)) } }
    }
}

fn row(one: &Line) -> Markup {
    html! {
        li {
            @if !one.label.is_empty() { p.kind { (t(&label(&one.label))) } }
            p.words { (t(&line(&one.text))) }
            p.from {
                @if !one.note.is_empty() { span.role { (t(&one.note)) } " " }
                @for (number, at) in one.places.iter().take(PLACES).enumerate() {
                    @if number > 0 { " · " }
                    (place(&at_of(at)))
                }
                @if one.places.len() > PLACES { " and " (one.places.len() - PLACES) " more" }
            }
        }
    }
}

/// A day as people write it; a kind of finding as the pages call it.
fn label(label: &str) -> String {
    match label.parse() {
        Ok(kind) => parts::kind(kind).to_owned(),
        Err(_) => moment(label),
    }
}

fn at_of(place: &onrecord_engine::brief::Place) -> At {
    At::of_pointer(&place.pointer, place.outlet.as_deref(), place.published)
}

/// Where words stand: there is no page to lead to, so the pointer is told.
fn place(at: &At) -> Markup {
    html! {
        @if let Some(outlet) = &at.outlet { (t(outlet)) ", " }
        @if let Some(date) = at.published { (crate::words::day(date)) " " }
        code { (t(&at.pointer)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_brief_names_no_folder_and_no_kind_by_its_code() {
        assert_eq!(named("/home/ann/strike.db"), "strike.db");
        assert_eq!(named("reports/, C:\\more\\a.txt"), "reports, a.txt");
        assert_eq!(
            in_words("and 3 more; `differ` lists all: 2 quote-altered, 1 copy"),
            "and 3 more; “onrecord differ” lists all: 2 quotation altered, 1 copy"
        );
    }
}
