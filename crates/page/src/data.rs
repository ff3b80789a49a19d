//! What several views show, as programs get it: places, statements, findings, a page of a list.
//!
//! Findings have the fields of `onrecord differ --json`, with an address.

use crate::address::{self, Ask};
use crate::words::line;
use onrecord_engine::Error;
use onrecord_engine::ledger::{Hit, Ledger, StoredFinding, Top};
use onrecord_engine::show::pointer;
use onrecord_model::{Act, ActorType, CodePoints, Date, FindingKind, Mode, Span};
use serde::{Serialize, Serializer};
use utoipa::ToSchema;

/// A day as a program reads it.
pub(crate) fn iso<S: Serializer>(date: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
    date.map(|date| date.to_string()).serialize(serializer)
}

/// Where words stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct At {
    /// The report's name in the record.
    pub(crate) report: String,
    pub(crate) outlet: Option<String>,
    /// The day, 2024-05-13.
    #[serde(serialize_with = "iso")]
    #[schema(value_type = Option<String>)]
    pub(crate) published: Option<Date>,
    /// As `onrecord show` takes it: the report and code points of its text.
    pub(crate) pointer: String,
    /// The page that shows it.
    pub(crate) address: String,
}

impl At {
    pub(crate) fn new(
        report: &str,
        span: [u32; 2],
        outlet: Option<&str>,
        published: Option<Date>,
    ) -> Self {
        Self {
            report: report.to_owned(),
            outlet: outlet.map(str::to_owned),
            published,
            pointer: pointer(report, span),
            address: address::place(report, span),
        }
    }

    /// From a pointer, which holds the report's name.
    pub(crate) fn of_pointer(pointer: &str, outlet: Option<&str>, published: Option<Date>) -> Self {
        let span = pointer.rsplit_once(':').and_then(|(name, place)| {
            let (start, end) = place.split_once('-')?;
            Some((name, [start.parse().ok()?, end.parse().ok()?]))
        });
        match span {
            Some((name, span)) => Self::new(name, span, outlet, published),
            None => Self {
                report: pointer.to_owned(),
                outlet: outlet.map(str::to_owned),
                published,
                pointer: pointer.to_owned(),
                address: address::report(pointer),
            },
        }
    }
}

/// One statement.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct Statement {
    /// What is attributed; its pieces parted by " … ".
    pub(crate) text: String,
    /// The sentence, or the sentences, that it stands in.
    pub(crate) sentence: String,
    pub(crate) speaker: Option<String>,
    #[schema(value_type = Option<String>)]
    pub(crate) speaker_type: Option<ActorType>,
    #[schema(value_type = String)]
    pub(crate) mode: Mode,
    #[schema(value_type = String)]
    pub(crate) act: Act,
    pub(crate) negated: bool,
    /// The words that attribute.
    pub(crate) cue: String,
    /// Who passed it on, nearest to the reader first.
    pub(crate) via: Vec<String>,
    pub(crate) addressee: Option<String>,
    pub(crate) venue: Option<String>,
    /// The day it was said, as a TIMEX3 value.
    pub(crate) said_on: Option<String>,
    #[serde(flatten)]
    pub(crate) at: At,
}

impl Statement {
    /// From a hit that is a statement.
    pub(crate) fn of(hit: &Hit) -> Option<Self> {
        let statement = hit.statement.as_ref()?;
        let words = |spans: &[Span]| -> Vec<String> {
            let within = spans.iter().filter_map(|span| {
                let start = span.start.checked_sub(hit.sentence.start)? as usize;
                let end = span.end.checked_sub(hit.sentence.start)? as usize;
                hit.sentence_text.get(start..end)
            });
            within.map(line).collect()
        };
        let cue = words(&statement.cue).join(" ");
        let words = words(&statement.content);
        let sentence = line(&hit.sentence_text);
        Some(Self {
            text: if words.is_empty() { sentence.clone() } else { words.join(" … ") },
            sentence,
            speaker: statement.speaker.as_ref().map(|party| party.name.clone()),
            speaker_type: statement.speaker.as_ref().map(|party| party.kind),
            mode: statement.mode,
            act: statement.act,
            negated: statement.is_negated,
            cue,
            via: statement.via.iter().map(|party| party.name.clone()).collect(),
            addressee: statement.addressee.as_ref().map(|party| party.name.clone()),
            venue: statement.venue.clone(),
            said_on: statement.said_on.clone(),
            at: At::new(&hit.report, hit.code_points, hit.outlet.as_deref(), hit.published),
        })
    }

    /// Columns of a table of statements.
    pub(crate) const COLUMNS: &'static [&'static str] = &[
        "speaker",
        "type",
        "text",
        "mode",
        "act",
        "negated",
        "via",
        "addressee",
        "venue",
        "said_on",
        "outlet",
        "published",
        "report",
        "pointer",
        "sentence",
    ];

    pub(crate) fn cells(&self) -> Vec<String> {
        let word = |word: &Option<String>| word.clone().unwrap_or_default();
        vec![
            word(&self.speaker),
            self.speaker_type.map(|kind| kind.to_string()).unwrap_or_default(),
            self.text.clone(),
            self.mode.to_string(),
            self.act.to_string(),
            self.negated.to_string(),
            self.via.join("; "),
            word(&self.addressee),
            word(&self.venue),
            word(&self.said_on),
            word(&self.at.outlet),
            iso_cell(self.at.published),
            self.at.report.clone(),
            self.at.pointer.clone(),
            self.sentence.clone(),
        ]
    }
}

pub(crate) fn iso_cell(date: Option<Date>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}

/// Words on which a finding rests.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct Evidence {
    pub(crate) source_file: String,
    pub(crate) part: u32,
    /// Code points of the file's text.
    pub(crate) span: [u32; 2],
    pub(crate) text: String,
    /// The part it plays: earliest, altered, outlier.
    pub(crate) role: String,
    #[serde(flatten)]
    pub(crate) at: At,
    /// The sentence it stands in, where the words alone say little.
    pub(crate) sentence: Option<String>,
    /// Code points of the report's text.
    #[serde(skip)]
    pub(crate) points: [u32; 2],
    /// Where the words stand in the sentence, in bytes.
    #[serde(skip)]
    pub(crate) in_sentence: Span,
}

/// Words as few as these say little without their sentence.
const FEW: usize = 60;

/// Pieces of evidence of one finding that are shown in their sentence: a name may be spelled apart
/// in hundreds of places.
const IN_PLACE: usize = 12;

/// What a comparison shows: that reports differ, not which is right.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct Finding {
    #[schema(value_type = String)]
    pub(crate) kind: FindingKind,
    /// One sentence in plain words.
    pub(crate) reading: String,
    /// An estimate of the share of such findings that is right, 0 to 1.
    pub(crate) confidence: f64,
    pub(crate) evidence: Vec<Evidence>,
    /// What else there is, by kind.
    #[schema(value_type = Object)]
    pub(crate) detail: serde_json::Map<String, serde_json::Value>,
    /// The page that shows it.
    pub(crate) address: String,
}

impl Finding {
    pub(crate) fn of(stored: &StoredFinding) -> Self {
        let evidence = stored.evidence.iter().map(|evidence| Evidence {
            source_file: evidence.source_file.clone(),
            part: evidence.part,
            span: evidence.code_points.map(|point| point + evidence.starts_at),
            text: evidence.text.clone(),
            role: evidence.role.clone(),
            at: At::new(
                &evidence.report,
                evidence.code_points,
                evidence.outlet.as_deref(),
                evidence.published,
            ),
            sentence: None,
            points: evidence.code_points,
            in_sentence: Span::new(0, 0),
        });
        Self {
            kind: stored.finding.kind,
            reading: stored.finding.reading.clone(),
            confidence: stored.finding.confidence,
            evidence: evidence.collect(),
            detail: stored.finding.detail.clone(),
            address: address::finding(stored),
        }
    }

    /// The same, with the sentences of words that say little without.
    pub(crate) fn in_place(stored: &StoredFinding, ledger: &Ledger) -> Result<Self, Error> {
        let mut finding = Self::of(stored);
        for evidence in finding.evidence.iter_mut().take(IN_PLACE) {
            if evidence.text.chars().count() >= FEW || finding.kind == FindingKind::QuoteAltered {
                continue;
            }
            let found = ledger.sentence_at(&evidence.at.report, evidence.points)?;
            let Some((sentence, [start, _])) = found else { continue };
            let points = CodePoints::new(&sentence);
            let [from, to] = evidence.points.map(|point| point.saturating_sub(start));
            evidence.in_sentence = points.bytes([from, to]);
            evidence.sentence = Some(sentence);
        }
        Ok(finding)
    }

    pub(crate) const COLUMNS: &'static [&'static str] = &[
        "kind",
        "reading",
        "confidence",
        "role",
        "text",
        "outlet",
        "published",
        "report",
        "pointer",
    ];

    /// A row for each piece of evidence.
    pub(crate) fn rows(&self) -> Vec<Vec<String>> {
        let row = |evidence: &Evidence| {
            vec![
                self.kind.to_string(),
                self.reading.clone(),
                self.confidence.to_string(),
                evidence.role.clone(),
                evidence.text.clone(),
                evidence.at.outlet.clone().unwrap_or_default(),
                iso_cell(evidence.at.published),
                evidence.at.report.clone(),
                evidence.at.pointer.clone(),
            ]
        };
        self.evidence.iter().map(row).collect()
    }
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub(crate) struct Paged<T> {
    /// How many there are in all.
    pub(crate) total: usize,
    /// Which page, from 1.
    pub(crate) page: usize,
    /// How many pages there are.
    pub(crate) pages: usize,
    pub(crate) rows: Vec<T>,
}

impl<T> Paged<T> {
    pub(crate) fn new(ask: &Ask, total: usize, rows: Vec<T>) -> Self {
        Self { total, page: ask.page(), pages: total.div_ceil(ask.rows()).max(1), rows }
    }

    pub(crate) fn of<S>(ask: &Ask, top: Top<S>, row: impl FnMut(S) -> T) -> Self {
        Self::new(ask, top.total, top.rows.into_iter().map(row).collect())
    }

    /// The page that is asked for of a list that is all there.
    pub(crate) fn cut<S>(ask: &Ask, all: &[S], row: impl FnMut(&S) -> T) -> Self {
        let rows = all.iter().skip(ask.skipped()).take(ask.rows()).map(row).collect();
        Self::new(ask, all.len(), rows)
    }
}
