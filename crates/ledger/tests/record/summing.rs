//! The counts and lists of a brief.

use crate::desk::{Desk, Draft, strike};
use onrecord_model::{ActorType, Event, EventState, Span};

#[test]
fn totals_say_what_the_record_holds() {
    let totals = Desk::with(&strike()).ledger.totals().unwrap();
    assert_eq!((totals.reports, totals.outlets, totals.undated), (3, 2, 1));
    assert_eq!((totals.sentences, totals.statements, totals.speakers), (8, 4, 3));
    assert_eq!((totals.times, totals.quantities, totals.findings), (3, 2, 0));
    let days = [totals.first, totals.last].map(|day| day.map(|day| day.to_string()));
    assert_eq!(days, [Some("2024-03-04".to_owned()), Some("2024-03-06".to_owned())]);
    assert_eq!(Desk::new().ledger.totals().unwrap(), onrecord_ledger::Totals::default());
}

#[test]
fn reports_count_by_day_and_outlet_undated_first() {
    let desk = Desk::with(&strike());
    let days = desk.ledger.days().unwrap();
    let shown: Vec<_> = days.iter().map(|row| (row.day.is_some(), row.outlet.as_deref())).collect();
    let (courier, mail) = ((true, Some("The Courier")), (true, Some("Evening Mail")));
    assert_eq!(shown, [(false, None), courier, mail]);
    assert_eq!(desk.ledger.outlets(1).unwrap().more(), 1);
}

#[test]
fn speakers_come_most_quoted_first_and_their_words_in_order_of_time() {
    let desk = Desk::with(&strike());
    let speakers = desk.ledger.speakers(1).unwrap();
    let first = &speakers.rows[0];
    assert_eq!(
        (&*first.name, first.statements, first.reports, first.outlets),
        ("Jané Roe", 2, 2, 1)
    );
    assert_eq!(speakers.more(), 2);
    let said = desk.ledger.said_by("Jané Roe", ActorType::Person, 9, 0).unwrap();
    let reports: Vec<&str> = said.hits.iter().map(|hit| &*hit.report).collect();
    assert_eq!(reports, ["001", "003"]);
    assert_eq!(desk.ledger.said_by("Jané Roe", ActorType::Group, 9, 0).unwrap().total, 0);
}

#[test]
fn a_timeline_has_the_moments_of_which_most_reports_tell() {
    let mut drafts = strike();
    let at = |draft: &Draft, words: &str| {
        let start = draft.report.text.find(words).expect("the words stand there");
        Span::new(start, start + words.len())
    };
    for (number, sentence, is_mention) in [
        (0, "The harbour board declined to comment on 4 March 2024.", false),
        (1, "the second strike since 4 March 2024", true),
    ] {
        let draft = &mut drafts[number];
        let event = Event {
            span: at(draft, sentence),
            word: at(draft, sentence),
            when: Some("2024-03-04".into()),
            time: Some(at(draft, "4 March 2024")),
            state: EventState::Done,
            is_mention,
            statement: None,
            parts: Vec::new(),
        };
        draft.analysis.events.push(event);
    }
    let desk = Desk::with(&drafts);
    let moments = desk.ledger.moments(1).unwrap();
    assert_eq!((moments.total, moments.rows[0].events, moments.rows[0].reports), (1, 2, 2));
    let happened = desk.ledger.happened(Some("2024-03-04"), 1).unwrap();
    assert_eq!((happened.total, &*happened.rows[0].place.report), (2, "001"));
    assert_eq!(happened.rows[0].text, "The harbour board declined to comment on 4 March 2024.");
    assert_eq!(happened.rows[0].dated_at, 41);
    assert_eq!(desk.ledger.happened(None, 9).unwrap().total, 0);
}

#[test]
fn figures_of_one_thing_stand_together_whatever_the_case() {
    let desk = Desk::with(&strike());
    let measures = desk.ledger.measures(9).unwrap();
    let measure = &measures.rows[0];
    assert_eq!((measures.total, measure.figures, measure.reports), (1, 2, 2));
    assert_eq!((measure.low, measure.high), (Some(1200.0), Some(1500.0)));
    let figures = desk.ledger.figures("dockers", Some("people"), 9).unwrap();
    assert_eq!(figures.rows[1].text, "Some 1,500 Dockers");
    assert_eq!(figures.rows[1].sentence_text, "Some 1,500 Dockers joined it, the paper found.");
}
