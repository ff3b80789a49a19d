//! Reports for the tests: short invented texts, with an analysis made by pointing at words.

use onrecord_ledger::{Batch, Ledger, NewReport, Put};
use onrecord_model::*;
use std::path::PathBuf;

pub(crate) struct Draft {
    pub(crate) report: Report,
    pub(crate) analysis: Analysis,
    pub(crate) folder: Option<String>,
}

impl Draft {
    /// A report with one sentence a line.
    pub(crate) fn new(file: &str, text: &str) -> Self {
        let report =
            Report { source_file: file.into(), part: 1, text: text.into(), ..Report::default() };
        let mut sentences = Vec::new();
        let mut start = 0;
        for (paragraph, line) in text.split_inclusive('\n').enumerate() {
            let span = Span::new(start, start + line.len()).trim(text);
            sentences.push(Sentence { span, paragraph: paragraph as u32 });
            start += line.len();
        }
        sentences.retain(|sentence| !sentence.span.is_empty());
        let analysis = Analysis { version: "1".into(), sentences, ..Analysis::default() };
        Self { report, analysis, folder: Some("/desk".into()) }
    }

    pub(crate) fn by(mut self, outlet: &str, day: &str) -> Self {
        self.report.outlet = Some(outlet.into());
        let date = day.parse().expect("a test's date is one");
        self.report.published = Some(Published { date, from: PublishedFrom::Sidecar });
        self
    }

    pub(crate) fn folder(mut self, folder: &str) -> Self {
        self.folder = Some(folder.into());
        self
    }

    pub(crate) fn url(mut self, url: &str) -> Self {
        self.report.url = Some(url.into());
        self
    }

    pub(crate) fn part(mut self, part: u32) -> Self {
        (self.report.part, self.report.has_siblings) = (part, true);
        self
    }

    pub(crate) fn version(mut self, version: &str) -> Self {
        self.analysis.version = version.into();
        self
    }

    pub(crate) fn span(&self, words: &str) -> Span {
        let start = self.report.text.find(words).expect("the words stand in the text");
        Span::new(start, start + words.len())
    }

    /// An actor of the text, mentioned where these words stand.
    pub(crate) fn actor(mut self, name: &str, kind: ActorType, mentions: &[&str]) -> Self {
        let id = ActorId(self.analysis.actors.len() as u32 + 1);
        let mentions = mentions.iter().map(|words| self.span(words)).collect();
        self.analysis.actors.push(Actor { id, name: name.into(), kind, roles: vec![], mentions });
        self
    }

    /// A statement: content, cue and source as they stand in the text.
    pub(crate) fn said(mut self, speaker: &str, content: &[&str], mode: Mode, act: Act) -> Self {
        let id = StatementId(self.analysis.statements.len() as u32 + 1);
        let content = content.iter().map(|words| self.span(words)).collect();
        let actor = self.analysis.actors.iter().find(|actor| actor.name == speaker);
        let kind = actor.map_or(ActorType::Person, |actor| actor.kind);
        let actor = actor.map(|actor| actor.id);
        self.analysis.statements.push(Statement {
            id,
            source: vec![],
            cue: vec![],
            content,
            mode,
            act,
            is_negated: false,
            speaker: Some(Party { actor, name: speaker.into(), kind }),
            addressee: None,
            via: vec![],
            venue: None,
            said_on: None,
            within: None,
        });
        self
    }

    pub(crate) fn said_on(mut self, day: &str) -> Self {
        self.analysis.statements.last_mut().expect("said comes first").said_on = Some(day.into());
        self
    }

    pub(crate) fn time(mut self, words: &str, value: &str) -> Self {
        let span = self.span(words);
        let time = Timex { span, kind: TimexType::Date, value: value.into(), modifier: None };
        self.analysis.times.push(time);
        self
    }

    pub(crate) fn figure(mut self, words: &str, value: f64, counted: &str) -> Self {
        self.analysis.quantities.push(Quantity {
            span: self.span(words),
            value: Some(value),
            low: Some(value),
            high: None,
            bound: Bound::Over,
            unit: Some("people".into()),
            counted: Some(counted.into()),
            counted_span: None,
            place: None,
            as_of: None,
            statement: None,
        });
        self
    }

    pub(crate) fn new_report(&self) -> NewReport<'_> {
        NewReport { report: &self.report, folder: self.folder.as_deref(), analysis: &self.analysis }
    }

    pub(crate) fn put(&self, batch: &mut Batch<'_>) -> Put {
        batch.put(&self.new_report()).expect("a draft can be kept")
    }
}

/// A record of its own in a folder that goes away with it.
pub(crate) struct Desk {
    _folder: tempfile::TempDir,
    pub(crate) ledger: Ledger,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let ledger = Ledger::create_or_open(folder.path().join("story.db")).unwrap();
        Self { _folder: folder, ledger }
    }

    pub(crate) fn with(drafts: &[Draft]) -> Self {
        let mut desk = Self::new();
        desk.put(drafts);
        desk
    }

    pub(crate) fn put(&mut self, drafts: &[Draft]) -> Vec<Put> {
        let mut batch = self.ledger.begin().unwrap();
        let put = drafts.iter().map(|draft| draft.put(&mut batch)).collect();
        batch.commit().unwrap();
        put
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.ledger.path().to_owned()
    }

    /// As another program would open it.
    pub(crate) fn sql(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.path()).unwrap()
    }

    /// All rows of a query as text, columns by `|`.
    pub(crate) fn rows(&self, sql: &str) -> Vec<String> {
        let conn = self.sql();
        let mut statement = conn.prepare(sql).unwrap();
        let columns = statement.column_count();
        let row = |row: &rusqlite::Row<'_>| {
            let cell = |column| -> rusqlite::Result<String> {
                Ok(match row.get::<_, rusqlite::types::Value>(column)? {
                    rusqlite::types::Value::Null => "-".to_owned(),
                    rusqlite::types::Value::Integer(number) => number.to_string(),
                    rusqlite::types::Value::Real(number) => number.to_string(),
                    rusqlite::types::Value::Text(text) => text,
                    rusqlite::types::Value::Blob(bytes) => format!("{bytes:02x?}"),
                })
            };
            Ok((0..columns).map(cell).collect::<rusqlite::Result<Vec<_>>>()?.join("|"))
        };
        statement.query_map([], row).unwrap().collect::<rusqlite::Result<_>>().unwrap()
    }

    /// What SQLite itself checks: pages, foreign keys, search indexes.
    pub(crate) fn check(&self) {
        assert_eq!(self.rows("PRAGMA integrity_check"), ["ok"]);
        assert_eq!(self.rows("PRAGMA foreign_key_check"), Vec::<String>::new());
        // What each said is listed once, of the newest revisions.
        assert_eq!(
            self.rows("SELECT speaker, statement, day, is_quoted FROM said ORDER BY statement"),
            self.rows(
                "SELECT s.speaker, s.id,
                     coalesce(CASE WHEN length(s.said_on) >= 10 AND s.said_on NOT LIKE '%W%'
                         THEN substr(s.said_on, 1, 10) ELSE r.published END, '~'),
                     s.mode <> 'indirect'
                 FROM statements s JOIN reports r ON r.id = s.report
                 WHERE r.superseded_by IS NULL AND s.speaker IS NOT NULL ORDER BY s.id"
            )
        );
        // Against the words themselves (1) where FTS5 can read them: not through json_each.
        for (search, against) in
            [("sentence_search", 1), ("statement_search", 0), ("name_search", 1)]
        {
            self.sql()
                .execute_batch(&format!(
                    "INSERT INTO {search} ({search}, rank) VALUES ('integrity-check', {against})"
                ))
                .unwrap_or_else(|error| panic!("{search}: {error}"));
        }
    }
}

/// Three reports on a strike in an invented port.
pub(crate) fn strike() -> Vec<Draft> {
    use ActorType::{Anonymous, Organisation, Person};
    vec![
        Draft::new(
            "001.txt",
            "“We will lay down our tools on Friday,” Jané Roe said, “and the strikes go on.”\n\
             More than 1,200 dockers work in Port Lorne.\n\
             The harbour board declined to comment on 4 March 2024.\n",
        )
        .by("The Courier", "2024-03-04")
        .actor("Jané Roe", Person, &["Jané Roe"])
        .actor("harbour board", Organisation, &["The harbour board"])
        .said(
            "Jané Roe",
            &["“We will lay down our tools on Friday,”", "“and the strikes go on.”"],
            Mode::Direct,
            Act::Say,
        )
        .said_on("2024-03-03")
        .said("harbour board", &["to comment"], Mode::Indirect, Act::Decline)
        .time("4 March 2024", "2024-03-04")
        .figure("More than 1,200 dockers", 1200.0, "dockers"),
        Draft::new(
            "002.txt",
            "An official warned that a strike would close the quay by 9 March 2024.\n\
             Some 1,500 Dockers joined it, the paper found.\n\
             It is the second strike since 4 March 2024.\n",
        )
        .by("Evening Mail", "2024-03-06")
        .actor("an official", Anonymous, &["An official"])
        .actor("the quay", ActorType::Place, &["the quay"])
        .said(
            "an official",
            &["that a strike would close the quay by 9 March 2024"],
            Mode::Indirect,
            Act::Warn,
        )
        .time("9 March 2024", "2024-03-09")
        .time("4 March 2024", "2024-03-04")
        .figure("Some 1,500 Dockers", 1500.0, "Dockers"),
        Draft::new(
            "003.txt",
            "The ferry ran as planned.\n“I promise nothing,” Jané Roe said of the quay.\n",
        )
        .actor("Jané Roe", Person, &["Jané Roe"])
        .said("Jané Roe", &["“I promise nothing,”"], Mode::Direct, Act::Promise),
    ]
}
