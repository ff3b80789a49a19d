//! The brief laid out: sections of groups of lines, for whatever sets them.

use super::{Brief, Moment, Place, SaidLine};
use crate::ledger::{Figure, StoredEvidence, StoredFinding, Top};
use crate::show::pointer;
use onrecord_model::{Bound, Mode};
use std::cmp::Reverse;

/// A page.
#[derive(Debug)]
pub struct Page {
    /// What the record holds, in one line.
    pub title: String,
    /// More of that.
    pub notes: Vec<String>,
    /// In order of what a reader wants first.
    pub sections: Vec<Section>,
}

/// One part of a page.
#[derive(Debug)]
pub struct Section {
    /// Its heading.
    pub title: &'static str,
    /// Lines in groups.
    pub groups: Vec<Group>,
    /// What was left out, and what to ask for it; none if nothing was.
    pub more: Option<String>,
    /// What stands there if there is nothing.
    pub empty: &'static str,
}

/// Lines that belong together.
#[derive(Debug)]
pub struct Group {
    /// Their heading: a day, a speaker, what is counted; empty for lines that need none.
    pub title: String,
    /// A word on it.
    pub note: String,
    /// The lines.
    pub lines: Vec<Line>,
}

/// One line, and where it rests.
#[derive(Debug)]
pub struct Line {
    /// A short word before it: a day, a kind of finding.
    pub label: String,
    /// The words.
    pub text: String,
    /// A word after it: "through the Courier".
    pub note: String,
    /// Where it rests.
    pub places: Vec<Place>,
}

impl Brief {
    /// Lays the brief out.
    pub fn page(&self) -> Page {
        Page {
            title: self.title(),
            notes: self.notes(),
            sections: vec![
                self.differs(),
                self.timeline(),
                self.speakers(),
                self.measures(),
                self.figures(),
            ],
        }
    }

    fn title(&self) -> String {
        let totals = &self.totals;
        let mut title = count(totals.reports, "report", "reports");
        if totals.outlets > 0 {
            title.push_str(&format!(" by {}", count(totals.outlets, "outlet", "outlets")));
        }
        match (totals.first, totals.last) {
            (Some(first), Some(last)) if first == last => title.push_str(&format!(", {first}")),
            (Some(first), Some(last)) => title.push_str(&format!(", {first} to {last}")),
            _ => {}
        }
        title
    }

    fn notes(&self) -> Vec<String> {
        let totals = &self.totals;
        let mut notes = vec![format!(
            "{}, {}, {}",
            count(totals.statements, "statement", "statements"),
            count(totals.speakers, "speaker", "speakers"),
            count(totals.quantities, "figure", "figures")
        )];
        if !self.outlets.rows.is_empty() {
            let outlets = self.outlets.rows.iter();
            let mut line = outlets
                .map(|(outlet, reports)| format!("{outlet} {reports}"))
                .collect::<Vec<_>>()
                .join(", ");
            if self.outlets.more() > 0 {
                line.push_str(&format!(", and {} more", grouped(self.outlets.more())));
            }
            notes.push(line);
        }
        if totals.undated > 0 {
            notes.push(format!("{} without a date", count(totals.undated, "report", "reports")));
        }
        if totals.superseded > 0 {
            notes.push(count(totals.superseded, "older revision", "older revisions"));
        }
        notes
    }

    fn differs(&self) -> Section {
        let lines = self
            .differs
            .rows
            .iter()
            .map(|stored| Line {
                label: stored.finding.kind.to_string(),
                text: stored.finding.reading.clone(),
                note: String::new(),
                places: stored.evidence.iter().map(evidence_place).collect(),
            })
            .collect();
        let kinds: Vec<String> =
            self.finding_counts.iter().map(|(kind, n)| format!("{n} {kind}")).collect();
        Section {
            title: "What differs",
            groups: one_group(lines),
            more: more(&self.differs)
                .map(|more| format!("{more}; `differ` lists all: {}", kinds.join(", "))),
            empty: "Nothing was found that differs.",
        }
    }

    fn timeline(&self) -> Section {
        let groups = self.timeline.moments.iter().map(moment_group).collect();
        let more = self.timeline.more;
        Section {
            title: "Timeline",
            groups,
            more: (more > 0).then(|| format!("and {} more", count(more, "date", "dates"))),
            empty: "No report gives a date.",
        }
    }

    fn speakers(&self) -> Section {
        let groups = self
            .speakers
            .rows
            .iter()
            .map(|said| Group {
                title: said.speaker.name.clone(),
                note: format!(
                    "{} in {}{}",
                    count(said.speaker.statements, "statement", "statements"),
                    count(said.speaker.reports, "report", "reports"),
                    also(&said.speaker.also)
                ),
                lines: said
                    .lines
                    .iter()
                    .map(said_line)
                    .chain(said.positions.rows.iter().map(position_line))
                    .collect(),
            })
            .collect();
        Section {
            title: "Who said what",
            groups,
            more: more(&self.speakers)
                .map(|more| format!("{more} speakers: `find RECORD speaker:NAME`")),
            empty: "Nobody is quoted.",
        }
    }

    fn measures(&self) -> Section {
        let lines = self.top.div_ceil(2).max(4);
        Section {
            title: "Counted by several",
            groups: self.measures.rows.iter().map(|series| series.group(lines)).collect(),
            more: more(&self.measures).map(|more| format!("{more}; `brief --json` has the series")),
            empty: "No two reports count the same thing.",
        }
    }

    fn figures(&self) -> Section {
        let groups = self
            .figures
            .rows
            .iter()
            .map(|counted| {
                let mut lines: Vec<Line> = Vec::new();
                for figure in &counted.figures {
                    let line = figure_line(figure);
                    let is_same = |known: &&mut Line| {
                        (&known.label, &known.text, &known.note)
                            == (&line.label, &line.text, &line.note)
                    };
                    match lines.iter_mut().find(is_same) {
                        Some(known) => known.places.extend(line.places),
                        None => lines.push(line),
                    }
                }
                // Those that most reports give, in order of time.
                lines.sort_by_key(|line| Reverse(line.places.len()));
                let more = lines.len().saturating_sub(self.top.div_ceil(2))
                    + counted.measure.figures.saturating_sub(counted.figures.len());
                lines.truncate(self.top.div_ceil(2));
                lines.sort_by(|a, b| a.label.cmp(&b.label));
                Group {
                    title: counted.measure.counted.clone(),
                    note: if more > 0 { format!("{} more", grouped(more)) } else { String::new() },
                    lines,
                }
            })
            .collect();
        Section {
            title: "Figures",
            groups,
            more: more(&self.figures)
                .map(|more| format!("{more} things counted: `export --table quantities`")),
            empty: "No figures are given.",
        }
    }
}

fn moment_group(moment: &Moment) -> Group {
    let lines = moment.lines.iter().map(|line| Line {
        label: moment.label(),
        text: line.told.text.clone(),
        note: line.note(),
        places: line.told.places.clone(),
    });
    let mut lines: Vec<Line> = lines.collect();
    if let Some(last) = lines.last_mut().filter(|_| moment.more > 0) {
        let more = format!("{} more", grouped(moment.more));
        last.note = if last.note.is_empty() { more } else { format!("{}; {more}", last.note) };
    }
    Group { title: String::new(), note: String::new(), lines }
}

fn one_group(lines: Vec<Line>) -> Vec<Group> {
    if lines.is_empty() {
        return Vec::new();
    }
    vec![Group { title: String::new(), note: String::new(), lines }]
}

/// "; also Anthony Brandt".
fn also(names: &[(String, usize)]) -> String {
    match names {
        [] => String::new(),
        [one] => format!("; also {}", one.0),
        [one, two] => format!("; also {}, {}", one.0, two.0),
        [one, two, rest @ ..] => format!("; also {}, {} and {} more", one.0, two.0, rest.len()),
    }
}

/// A position in a line: its topic, and what was new each day.
fn position_line(stored: &StoredFinding) -> Line {
    let detail = &stored.finding.detail;
    let list = |value: Option<&serde_json::Value>| -> Vec<serde_json::Value> {
        value.and_then(|value| value.as_array()).cloned().unwrap_or_default()
    };
    let words = |values: &[serde_json::Value]| -> String {
        let words: Vec<&str> = values.iter().filter_map(|value| value.as_str()).collect();
        words.join(", ")
    };
    let statements = list(detail.get("statements"));
    let told: Vec<String> = statements
        .iter()
        .enumerate()
        .map(|(number, statement)| {
            let new: Vec<serde_json::Value> =
                list(statement.get("new")).iter().map(|new| new["text"].clone()).collect();
            let day = statement["day"].as_str().unwrap_or_default();
            match number {
                0 => format!("{day} {}", statement["text"].as_str().unwrap_or_default()),
                _ => format!("{day} new: {}", words(&new)),
            }
        })
        .collect();
    Line {
        label: "position".to_owned(),
        text: format!("on {}: {}", words(&list(detail.get("topic"))), told.join(" / ")),
        note: String::new(),
        places: stored.evidence.iter().map(evidence_place).collect(),
    }
}

fn evidence_place(evidence: &StoredEvidence) -> Place {
    Place {
        pointer: pointer(&evidence.report, evidence.code_points),
        start: evidence.code_points[0],
        outlet: evidence.outlet.clone(),
        published: evidence.published,
    }
}

fn said_line(line: &SaidLine) -> Line {
    let statement = &line.statement;
    let published = line.told.places.first().and_then(|place| place.published);
    let label = statement.said_on.clone().or_else(|| published.map(|date| date.to_string()));
    let mut note = Vec::new();
    if statement.is_negated {
        note.push(format!("not: {}", statement.act));
    } else if statement.act != onrecord_model::Act::Say {
        note.push(statement.act.to_string());
    }
    if statement.mode == Mode::Indirect {
        note.push("in the report's words".to_owned());
    }
    if let Some(venue) = &statement.venue {
        note.push(venue.clone());
    }
    if !statement.via.is_empty() {
        let via: Vec<String> = statement.via.iter().map(|party| short(&party.name)).collect();
        note.push(format!("through {}", via.join(", ")));
    }
    Line {
        label: label.unwrap_or_else(|| "undated".to_owned()),
        text: line.told.text.clone(),
        note: note.join("; "),
        places: line.told.places.clone(),
    }
}

fn figure_line(figure: &Figure) -> Line {
    let day = figure.quantity.as_of.clone();
    let day = day.or_else(|| figure.published.map(|date| date.to_string()));
    let mut note = Vec::new();
    if let Some(who) = &figure.given_by {
        note.push(format!("given by {}", short(who)));
    }
    if matches!(figure.quantity.bound, Bound::Up | Bound::Down) {
        note.push(figure.quantity.bound.to_string());
    }
    Line {
        label: day.unwrap_or_else(|| "undated".to_owned()),
        text: figure.text.clone(),
        note: note.join("; "),
        places: vec![Place {
            pointer: pointer(&figure.report, figure.code_points),
            start: figure.code_points[0],
            outlet: figure.outlet.clone(),
            published: figure.published,
        }],
    }
}

/// A name in at most some 40 characters: "officials, who asked not to be named because they had no
/// permission to speak about the plan" is too long for a note.
pub(super) fn short(name: &str) -> String {
    if name.chars().count() <= 40 {
        return name.to_owned();
    }
    let mut short = String::new();
    for word in name.split_whitespace() {
        if short.chars().count() + word.chars().count() > 36 {
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    format!("{} …", short.trim_end_matches([',', ';', ':']))
}

fn more<T>(top: &Top<T>) -> Option<String> {
    (top.more() > 0).then(|| format!("and {} more", grouped(top.more())))
}

/// "1 report", "12,000 reports".
fn count(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(n), if n == 1 { one } else { many })
}

/// A count with a comma at every third digit.
pub fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut grouped = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
