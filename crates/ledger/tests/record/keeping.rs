//! What is put in comes back; what was there stays; a batch is whole or not at all.

use crate::desk::{Desk, Draft, strike};
use onrecord_ledger::{Cause, Filter, Known, Ledger, Put};
use onrecord_model::*;
use proptest::prelude::*;

fn new(name: &str) -> Put {
    Put::New(name.to_owned())
}

#[test]
fn a_report_is_named_after_its_file_and_fuller_where_that_is_taken() {
    let mut desk = Desk::new();
    let put = desk.put(&[
        Draft::new("000.txt", "a").folder("/news/monday"),
        Draft::new("000.txt", "b").folder("/news/tuesday"),
        Draft::new("000.html", "c").folder("/news/tuesday"),
        Draft::new("000.html", "d").folder("/old/tuesday"),
        Draft::new("000.html", "e").folder("/older/tuesday"),
        Draft::new("friday/000.txt", "f"),
        Draft::new("page.html", "g").part(1),
        Draft::new("page.html", "h").part(2),
        Draft::new("articles.jsonl.gz", "i").part(17),
        Draft::new("-", "j"),
    ]);
    let names: Vec<&str> = put.iter().map(Put::name).collect();
    assert_eq!(
        names,
        [
            "000",
            "tuesday/000",
            "000.html",
            "tuesday/000.html",
            "tuesday/000.html~2",
            "friday/000",
            "page#1",
            "page#2",
            "articles#17",
            "-"
        ]
    );
}

#[test]
fn the_same_report_again_changes_nothing() {
    let mut desk = Desk::with(&strike());
    let before = desk.rows("SELECT * FROM reports");
    assert_eq!(desk.put(&strike())[0], Put::Same("001".into()));
    // Also when its folder was moved.
    let moved: Vec<Draft> = strike().into_iter().map(|draft| draft.folder("/archive")).collect();
    assert_eq!(desk.put(&moved)[1], Put::Same("002".into()));
    assert_eq!(desk.rows("SELECT * FROM reports"), before);
    desk.check();
}

#[test]
fn a_changed_report_is_a_new_revision_and_the_old_one_stays() {
    let mut desk = Desk::with(&strike());
    let old = desk.ledger.report("003").unwrap().unwrap();
    let changed = Draft::new("003.txt", "The ferry did not run.\n");
    let put = desk.put(std::slice::from_ref(&changed));
    assert_eq!(put, [Put::Revised { name: "003".into(), replaced: "003@1".into() }]);

    let newest = desk.ledger.report("003").unwrap().unwrap();
    assert_eq!((newest.revision, &newest.report), (2, &changed.report));
    let stayed = desk.ledger.report("003@1").unwrap().unwrap();
    assert_eq!((&stayed.report, &stayed.analysis), (&old.report, &old.analysis));
    assert_eq!(stayed.superseded_by.as_deref(), Some("003"));

    let names = |filter: &Filter| -> Vec<String> {
        desk.ledger.reports(filter).unwrap().map(|stored| stored.unwrap().name).collect()
    };
    assert_eq!(names(&Filter::default()), ["001", "002", "003"]);
    let with_superseded = Filter { with_superseded: true, ..Filter::default() };
    assert_eq!(names(&with_superseded), ["001", "002", "003@1", "003"]);
    assert_eq!(desk.ledger.find(&"promise".parse().unwrap(), 9, 0).unwrap().total, 0);
    assert_eq!(desk.ledger.find(&"ferry".parse().unwrap(), 9, 0).unwrap().total, 1);
    let totals = desk.ledger.totals().unwrap();
    assert_eq!((totals.reports, totals.superseded, totals.statements), (3, 1, 3));
    desk.check();

    // And back again: a third revision, not the first.
    let put = desk.put(&strike()[2..]);
    assert_eq!(put, [Put::Revised { name: "003".into(), replaced: "003@2".into() }]);
    desk.check();
}

#[test]
fn an_address_is_the_same_report_whatever_its_file() {
    let mut desk = Desk::new();
    let here = |file: &str, text: &str| Draft::new(file, text).url("https://courier.example/quay");
    desk.put(&[here("a.jsonl", "The quay is closed.")]);
    assert!(matches!(&desk.put(&[here("b.jsonl", "The quay is open.")])[0], Put::Revised { .. }));
    assert!(matches!(&desk.put(&[here("c.jsonl", "The quay is open.")])[0], Put::Same(_)));
    // But two reports on one page are two.
    let mut second = here("a.jsonl", "The ferry.").part(2);
    second.report.start = 20;
    assert_eq!(desk.put(&[second]), [new("a#2")]);
}

#[test]
fn another_version_of_the_rules_replaces_the_analysis() {
    let mut desk = Desk::with(&strike());
    let again = Draft::new("003.txt", &strike()[2].report.text).version("2");
    assert_eq!(desk.put(&[again]), [Put::Reanalysed("003".into())]);
    let stored = desk.ledger.report("003").unwrap().unwrap();
    assert_eq!((stored.revision, stored.analysis.statements.len()), (1, 0));
    assert_eq!(desk.ledger.find(&"promise".parse().unwrap(), 9, 0).unwrap().hits.len(), 1);
    assert_eq!(desk.ledger.find(&"speaker:Roe promise".parse().unwrap(), 9, 0).unwrap().total, 0);
    desk.check();
}

#[test]
fn the_record_says_what_need_not_be_analysed() {
    let desk = Desk::with(&strike());
    let changed = Draft::new("002.txt", "Another text.");
    let other = Draft::new("009.txt", "A new one.");
    let drafts = strike();
    let ask: Vec<(&Report, Option<&str>)> = [&drafts[0], &changed, &other]
        .map(|draft| (&draft.report, draft.folder.as_deref()))
        .to_vec();
    let known = desk.ledger.known(&ask, "1").unwrap();
    assert_eq!(known, [Known::Same, Known::Changed, Known::No]);
    assert_eq!(desk.ledger.known(&ask[..1], "2").unwrap(), [Known::OtherVersion]);
}

#[test]
fn a_batch_that_is_dropped_leaves_nothing() {
    let mut desk = Desk::new();
    let mut batch = desk.ledger.begin().unwrap();
    strike()[0].put(&mut batch);
    assert!(batch.report("001").unwrap().is_some());
    drop(batch);
    assert!(desk.ledger.report("001").unwrap().is_none());
    desk.put(&strike());
    desk.check();
}

#[test]
fn a_report_that_does_not_fit_is_refused_and_the_rest_go_on() {
    let mut desk = Desk::new();
    let mut outside = Draft::new("001.txt", "Quay – closed.");
    outside.analysis.sentences[0].span = Span::new(0, 6);
    let mut unnumbered = strike().remove(1);
    unnumbered.analysis.statements[0].id = StatementId(7);
    let mut batch = desk.ledger.begin().unwrap();
    for draft in [&outside, &unnumbered] {
        let error = batch.put(&draft.new_report()).unwrap_err();
        assert!(matches!(error.cause, Cause::Refused(..)), "{error}");
    }
    assert_eq!(strike()[2].put(&mut batch), new("003"));
    batch.commit().unwrap();
    desk.check();
}

#[test]
fn order_of_reading_changes_no_row_but_its_number() {
    let rows = |desk: &Desk| {
        let mut all = Vec::new();
        for sql in [
            "SELECT * FROM who_said_what",
            "SELECT * FROM who_is_named",
            "SELECT * FROM figures_given",
            "SELECT * FROM dates_given",
            "SELECT * FROM what_happened",
            "SELECT name, source_file, outlet, published, hex(content_hash), text FROM reports",
            "SELECT name, type, statements, reports FROM names",
            "SELECT what, value FROM about",
        ] {
            let mut rows = desk.rows(sql);
            rows.sort();
            all.push(rows);
        }
        all
    };
    let there = Desk::with(&strike());
    let mut back = Desk::new();
    for draft in strike().into_iter().rev() {
        back.put(&[draft]);
    }
    assert_eq!(rows(&there), rows(&back));
}

#[test]
fn spans_in_tables_count_code_points_so_that_sql_finds_the_words() {
    let desk = Desk::with(&strike());
    assert_eq!(
        desk.rows("SELECT report, speaker, act, content FROM who_said_what WHERE mode = 'direct'"),
        [
            "001|Jané Roe|say|“We will lay down our tools on Friday,”\n“and the strikes go on.”",
            "003|Jané Roe|promise|“I promise nothing,”"
        ]
    );
    assert_eq!(
        desk.rows("SELECT report, words, counted FROM figures_given"),
        ["001|More than 1,200 dockers|dockers", "002|Some 1,500 Dockers|Dockers"]
    );
    assert_eq!(
        desk.rows("SELECT day, report, sentence FROM dates_given WHERE words = '9 March 2024'"),
        ["2024-03-09|002|An official warned that a strike would close the quay by 9 March 2024."]
    );
    desk.check();
}

// The law: what goes in comes out. --------------------------------------------------------------

/// Words with every kind of character, and the places where a span may begin and end.
fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec("[a-zé“”’ 🚢日\\n.]{0,12}|\\PC{0,6}|\0", 1..12)
        .prop_map(|words| words.concat())
}

fn span_of(text: &str, (a, b): (u16, u16)) -> Span {
    let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let at = |n: u16| bounds[n as usize % bounds.len()];
    Span::new(at(a).min(at(b)), at(a).max(at(b)))
}

fn one_of<T: Copy>(all: &[T], n: u16) -> T {
    all[n as usize % all.len()]
}

/// A report with something everywhere, made from a text, words and numbers.
fn draft(text: String, words: &[String], n: &[u16]) -> Draft {
    let mut numbers = n.iter().copied().cycle();
    let mut next = || numbers.next().unwrap_or_default();
    let mut pick = words.iter().cycle();
    let mut word = || pick.next().cloned().unwrap_or_default();
    let mut draft = Draft::new(&word(), "");
    let mut sentence_at = 0;
    for (paragraph, piece) in text.split_inclusive(' ').enumerate() {
        let span = Span::new(sentence_at, sentence_at + piece.len());
        draft.analysis.sentences.push(Sentence { span, paragraph: paragraph as u32 });
        sentence_at += piece.len();
    }
    let span = |n: &mut dyn FnMut() -> u16| span_of(&text, (n(), n()));
    let maybe = |n: &mut dyn FnMut() -> u16| n().is_multiple_of(2);
    let n = &mut next;
    let report = &mut draft.report;
    report.part = u32::from(n()) + 1;
    report.has_siblings = maybe(n);
    report.start = u32::from(n());
    report.headline = maybe(n).then(|| span(n));
    report.byline = maybe(n).then(|| Byline { name: word(), span: maybe(n).then(|| span(n)) });
    report.dateline = maybe(n).then(|| Dateline {
        span: span(n),
        place: Some(word()),
        date: Some(Date::constant(2024, 3, 4)),
        agency: maybe(n).then(&mut word),
    });
    report.outlet = maybe(n).then(&mut word);
    report.published = maybe(n).then(|| Published {
        date: Date::constant(1999 + (n() % 99) as i16, 2, 28),
        from: one_of(PublishedFrom::ALL, n()),
    });
    report.language = maybe(n).then(|| "en".into());
    report.not_text = (0..n() % 3)
        .map(|_| NotText { span: span(n), kind: one_of(NotTextKind::ALL, n()) })
        .collect();
    report.extra.insert(word(), serde_json::json!({"a": [word(), 0.1 * f64::from(n()), null]}));
    let analysis = &mut draft.analysis;
    analysis.actors = (1..=n() % 4)
        .map(|id| Actor {
            id: ActorId(u32::from(id)),
            name: word(),
            kind: one_of(ActorType::ALL, n()),
            roles: (0..n() % 3).map(|_| word()).collect(),
            mentions: (0..n() % 3).map(|_| span(n)).collect(),
        })
        .collect();
    let mut party = |n: &mut dyn FnMut() -> u16| Party {
        actor: (n().is_multiple_of(2)).then(|| ActorId(u32::from(n()))),
        name: word(),
        kind: one_of(ActorType::ALL, n()),
    };
    analysis.statements = (1..=n() % 5)
        .map(|id| Statement {
            id: StatementId(u32::from(id)),
            source: (0..n() % 2).map(|_| span(n)).collect(),
            cue: (0..n() % 2).map(|_| span(n)).collect(),
            content: (0..n() % 4).map(|_| span(n)).collect(),
            mode: one_of(Mode::ALL, n()),
            act: one_of(Act::ALL, n()),
            is_negated: maybe(n),
            speaker: maybe(n).then(|| party(n)),
            addressee: maybe(n).then(|| party(n)),
            via: (0..n() % 3).map(|_| party(n)).collect(),
            venue: maybe(n).then(|| "call".into()),
            said_on: maybe(n).then(|| "2024-03-03".into()),
            within: maybe(n).then(|| StatementId(u32::from(n()))),
        })
        .collect();
    analysis.times = (0..n() % 3)
        .map(|_| Timex {
            span: span(n),
            kind: one_of(TimexType::ALL, n()),
            value: "2024-03-04".into(),
            modifier: maybe(n).then(|| one_of(TimexMod::ALL, n())),
        })
        .collect();
    analysis.events = (0..n() % 3)
        .map(|_| Event {
            span: span(n),
            word: span(n),
            when: maybe(n).then(|| "2024-W10".into()),
            time: maybe(n).then(|| span(n)),
            state: one_of(EventState::ALL, n()),
            is_mention: maybe(n),
            statement: maybe(n).then(|| StatementId(u32::from(n()))),
            parts: (0..n() % 3)
                .map(|_| EventPart { role: one_of(PartRole::ALL, n()), span: span(n) })
                .collect(),
        })
        .collect();
    analysis.quantities = (0..n() % 3)
        .map(|_| Quantity {
            span: span(n),
            value: maybe(n).then(|| f64::from(n()) / 7.0),
            low: maybe(n).then(|| -f64::from(n()) * 1e12),
            high: maybe(n).then_some(f64::INFINITY),
            bound: one_of(Bound::ALL, n()),
            unit: maybe(n).then(|| "people".into()),
            counted: maybe(n).then(|| "dockers".into()),
            counted_span: maybe(n).then(|| span(n)),
            place: maybe(n).then(|| "quay".into()),
            as_of: maybe(n).then(|| "2024".into()),
            statement: maybe(n).then(|| StatementId(u32::from(n()))),
        })
        .collect();
    analysis.warnings =
        (0..n() % 2).map(|_| Warning { span: span(n), text: "odd".into() }).collect();
    draft.report.text = text;
    draft
}

fn drafts() -> impl Strategy<Value = Vec<Draft>> {
    let one = (
        text(),
        proptest::collection::vec("[a-zA-Z./#@~ é“\0-]{0,8}", 1..6),
        proptest::collection::vec(any::<u16>(), 20..60),
    );
    proptest::collection::vec(one.prop_map(|(text, words, n)| draft(text, &words, &n)), 1..4)
}

impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} {:?}", self.report, self.analysis)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn what_is_put_in_comes_back(drafts in drafts()) {
        let mut desk = Desk::new();
        for draft in &drafts {
            let put = desk.put(std::slice::from_ref(draft));
            let name = put[0].name();
            let Some(stored) = desk.ledger.report(name).unwrap() else {
                return Err(TestCaseError::fail(format!("no `{name}`")));
            };
            if put[0].is_change() {
                prop_assert_eq!(&stored.report, &draft.report);
                prop_assert_eq!(&stored.analysis, &draft.analysis);
            }
            prop_assert!(matches!(&desk.put(std::slice::from_ref(draft))[0], Put::Same(_)));
        }
        prop_assert_eq!(desk.rows("PRAGMA foreign_key_check"), Vec::<String>::new());
        let path = desk.path();
        desk.ledger.close().unwrap();
        let again = Ledger::open_read_only(&path).unwrap();
        prop_assert!(again.reports(&Filter::default()).unwrap().all(|stored| stored.is_ok()));
    }
}
