//! Reports and their analyses, written by hand for tests: words are named, spans are found.
//!
//! ```text
//! Draft::new("001").text("“We go,” Fenn said.").says("Orla Fenn", &["“We go,”"])
//! ```

pub(crate) mod real;

use onrecord_compare::{Subject, comparisons, run};
use onrecord_model::*;

/// A report in the making.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) name: String,
    pub(crate) report: Report,
    pub(crate) analysis: Analysis,
}

impl Draft {
    pub(crate) fn new(name: &str) -> Self {
        let report = Report { source_file: format!("{name}.txt"), part: 1, ..Report::default() };
        Self { name: name.to_owned(), report, analysis: Analysis::default() }
    }

    pub(crate) fn on(mut self, day: &str) -> Self {
        let date = day.parse().expect("a test's dates are dates");
        self.report.published = Some(Published { date, from: PublishedFrom::Page });
        self
    }

    pub(crate) fn by(mut self, outlet: &str) -> Self {
        self.report.outlet = Some(outlet.to_owned());
        self
    }

    pub(crate) fn credit(mut self, agency: &str) -> Self {
        self.report.dateline = Some(Dateline {
            span: Span::new(0, 0),
            place: None,
            date: None,
            agency: Some(agency.to_owned()),
        });
        self
    }

    /// The text; sentences end at ". ", "? " and at line ends.
    pub(crate) fn text(mut self, text: &str) -> Self {
        self.report.text = text.to_owned();
        self.analysis.sentences = sentences(text);
        self
    }

    /// The text, with a headline on its first line.
    pub(crate) fn headed(mut self, headline: &str, text: &str) -> Self {
        self = self.text(&format!("{headline}\n\n{text}"));
        self.report.headline = Some(Span::new(0, headline.len()));
        self
    }

    pub(crate) fn find(&self, words: &str) -> Span {
        let start =
            self.report.text.find(words).unwrap_or_else(|| panic!("no {words:?} in {}", self.name));
        Span::new(start, start + words.len())
    }

    pub(crate) fn actor(&mut self, name: &str, kind: ActorType, roles: &[&str]) -> ActorId {
        if let Some(known) = self.analysis.actors.iter().find(|actor| actor.name == name) {
            return known.id;
        }
        let id = ActorId(self.analysis.actors.len() as u32 + 1);
        let text = &self.report.text;
        let mentions =
            text.match_indices(name).map(|(at, _)| Span::new(at, at + name.len())).collect();
        let roles = roles.iter().map(|&role| role.to_owned()).collect();
        self.analysis.actors.push(Actor { id, name: name.to_owned(), kind, roles, mentions });
        id
    }

    pub(crate) fn person(mut self, name: &str, roles: &[&str]) -> Self {
        self.actor(name, ActorType::Person, roles);
        self
    }

    pub(crate) fn says(self, speaker: &str, content: &[&str]) -> Self {
        let spans = content.iter().map(|words| self.find(words)).collect();
        self.says_at(Some((speaker, ActorType::Person)), spans)
    }

    /// An unnamed source's words, passed on by an outlet.
    pub(crate) fn passes_on(mut self, source: &str, content: &str, via: &str) -> Self {
        let spans = vec![self.find(content)];
        self = self.says_at(Some((source, ActorType::Anonymous)), spans);
        let via = Party { actor: None, name: via.to_owned(), kind: ActorType::Organisation };
        if let Some(statement) = self.analysis.statements.last_mut() {
            statement.via.push(via);
        }
        self
    }

    pub(crate) fn says_at(
        mut self,
        speaker: Option<(&str, ActorType)>,
        content: Vec<Span>,
    ) -> Self {
        let marks = ['“', '”', '"'];
        let words: Vec<&str> = content.iter().map(|span| span.of(&self.report.text)).collect();
        let mode = if words.iter().all(|words| words.starts_with(marks)) {
            Mode::Direct
        } else if words.iter().any(|words| words.contains(marks)) {
            Mode::Mixed
        } else {
            Mode::Indirect
        };
        let speaker = speaker.map(|(name, kind)| Party {
            actor: Some(self.actor(name, kind, &[])),
            name: name.to_owned(),
            kind,
        });
        // The source is where the name stands last: after the words, mostly.
        let source = speaker.as_ref().and_then(|party| {
            let at = self.report.text.rfind(&party.name)?;
            Some(Span::new(at, at + party.name.len()))
        });
        let id = StatementId(self.analysis.statements.len() as u32 + 1);
        self.analysis.statements.push(Statement {
            id,
            source: source.into_iter().collect(),
            cue: vec![],
            content,
            mode,
            act: Act::Say,
            is_negated: false,
            speaker,
            addressee: None,
            via: vec![],
            venue: None,
            said_on: None,
            within: None,
        });
        self
    }

    /// How old a person of the text is.
    pub(crate) fn aged(mut self, name: &str, mention: &str, age: f64) -> Self {
        let id = self.actor(name, ActorType::Person, &[]);
        let counted = self.find(mention);
        self.analysis.actors[id.0 as usize - 1].mentions.push(counted);
        let quantity = Quantity {
            span: self.find(&age.to_string()),
            value: Some(age),
            unit: Some("year of age".to_owned()),
            counted: Some(mention.to_owned()),
            counted_span: Some(counted),
            low: Some(age),
            high: Some(age),
            bound: Bound::Exact,
            place: None,
            as_of: None,
            statement: None,
        };
        self.analysis.quantities.push(quantity);
        self
    }

    /// A figure of people: the words of number and unit, what is counted, and its bounds.
    pub(crate) fn counts(
        mut self,
        words: &str,
        counted: &str,
        value: f64,
        bound: Bound,
        place: Option<&str>,
    ) -> Self {
        let (span, counted_span) = (self.find(words), self.find(counted));
        let low = (bound != Bound::UpTo).then_some(value);
        let high = matches!(bound, Bound::Exact | Bound::UpTo).then_some(value);
        self.analysis.quantities.push(Quantity {
            span,
            // "millions" has a least and no value.
            value: (bound != Bound::About).then_some(value),
            low,
            high,
            bound,
            unit: Some("people".to_owned()),
            counted: Some(counted.to_owned()),
            counted_span: Some(counted_span),
            place: place.map(str::to_owned),
            as_of: None,
            statement: None,
        });
        self
    }

    pub(crate) fn subject(&self) -> Subject<'_> {
        Subject { name: &self.name, report: &self.report, analysis: &self.analysis }
    }
}

fn sentences(text: &str) -> Vec<Sentence> {
    let mut found = Vec::new();
    let (mut start, mut paragraph) = (0, 0);
    let bytes = text.as_bytes();
    for at in 0..text.len() {
        let is_stop =
            matches!(bytes[at], b'.' | b'?') && bytes.get(at + 1).is_none_or(|next| *next == b' ');
        if is_stop || bytes[at] == b'\n' || at + 1 == text.len() {
            let span = Span::new(start, at + 1).trim(text);
            if !span.is_empty() {
                found.push(Sentence { span, paragraph });
            }
            start = at + 1;
        }
        paragraph += u32::from(bytes[at] == b'\n');
    }
    found
}

/// What the comparisons show of these drafts.
/// What one comparison shows.
pub(crate) fn shown_by(comparison: &str, drafts: &[Draft]) -> Vec<Finding> {
    let subjects: Vec<Subject<'_>> = drafts.iter().map(Draft::subject).collect();
    let comparison = comparisons().iter().find(|one| one.name() == comparison);
    run(*comparison.expect("a comparison of this name"), &subjects)
}

pub(crate) fn findings(drafts: &[Draft]) -> Vec<Finding> {
    let subjects: Vec<Subject<'_>> = drafts.iter().map(Draft::subject).collect();
    let findings = onrecord_compare::findings(&subjects);
    for finding in &findings {
        for evidence in &finding.evidence {
            let draft = drafts
                .iter()
                .find(|draft| draft.name == evidence.report)
                .expect("evidence is of a report");
            assert!(draft.report.text.get(evidence.span.range()).is_some(), "a span of no words");
        }
    }
    findings
}

/// The readings, one a line.
pub(crate) fn readings(drafts: &[Draft]) -> Vec<String> {
    findings(drafts)
        .into_iter()
        .map(|finding| format!("{}: {}", finding.kind, finding.reading))
        .collect()
}
