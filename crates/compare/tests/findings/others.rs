//! Names, sources, and what shows within one report.

use crate::draft::{Draft, findings, readings};
use onrecord_model::ActorType;

const NONE: [String; 0] = [];

fn named(name: &str, person: &str, role: &str) -> Draft {
    Draft::new(name)
        .text(&format!("Harbour Secretary {person} met Piet Vaals at the Dockers Union on Monday."))
        .person(person, &[role])
        .person("Piet Vaals", &[])
}

#[test]
fn two_spellings_of_one_actor_are_shown() {
    let drafts = [
        named("001", "Antony Brandt", "Harbour Secretary"),
        named("002", "Antony Brandt", "Harbour Secretary"),
        named("003", "Anthony Brandt", "Harbour Secretary"),
    ];
    assert_eq!(
        readings(&drafts),
        ["name-variant: Antony Brandt (001 and 002) is spelled Anthony Brandt in 003."]
    );
}

#[test]
fn two_people_of_one_surname_stay_two() {
    for other in ["Maria Brandt", "Anton Brandt", "Paula Brandt"] {
        let drafts = [
            named("001", "Antony Brandt", "Harbour Secretary"),
            named("002", other, "Harbour Secretary"),
        ];
        assert_eq!(readings(&drafts), NONE, "{other}");
    }
    let drafts = [
        named("001", "Mario Brandt", "Harbour Secretary"),
        named("002", "Maria Brandt", "Harbour Secretary"),
    ];
    assert_eq!(readings(&drafts), NONE);
}

fn in_a_week(name: &str, day: &str, persons: &[&str]) -> Draft {
    let names = persons.join(" and ");
    let text =
        format!("Mayor {names} met Piet Vaals, Ilse Korr and Dirk Hamm of the Dockers Union.");
    let mut draft = Draft::new(name).on(day).text(&text);
    for person in persons {
        draft = draft.person(person, &["Mayor"]);
    }
    draft.person("Piet Vaals", &[]).person("Ilse Korr", &[]).person("Dirk Hamm", &[])
}

#[test]
fn short_names_are_spelled_in_two_ways_too_where_all_else_says_who_is_meant() {
    for (one, other) in [
        ("Amira Brandt", "Ameera Brandt"),
        ("Sofia Brandt", "Sophia Brandt"),
        ("Elena Brandt", "Yelena Brandt"),
        ("Ilja Calovic", "Ilja Calovich"),
        ("Nina Holov", "Nina Holoff"),
        ("Marc Brandt", "Mark Brandt"),
        ("Oscar Brandt", "Oskar Brandt"),
        ("Ada Whitcomb", "Ada Whitcombe"),
        ("Mohamed al-Hariri", "Mohammed Al Hariri"),
    ] {
        let drafts =
            [in_a_week("001", "2031-03-04", &[one]), in_a_week("002", "2031-03-05", &[other])];
        assert_eq!(readings(&drafts).len(), 1, "{one} {other}");
        let later =
            [in_a_week("001", "2031-03-04", &[one]), in_a_week("002", "2031-05-05", &[other])];
        assert!(readings(&later).len() <= 1);
    }
}

#[test]
fn a_couple_in_office_stays_two() {
    for (one, other) in [("Mario Brandt", "Maria Brandt"), ("Paul Brandt", "Paula Brandt")] {
        let drafts =
            [in_a_week("001", "2031-03-04", &[one]), in_a_week("002", "2031-03-05", &[other])];
        assert_eq!(readings(&drafts), NONE, "{one} {other}");
    }
    let drafts = [
        in_a_week("001", "2031-03-04", &["John Brandt", "Joan Brandt"]),
        in_a_week("002", "2031-03-05", &["Joan Brandt"]),
    ];
    assert_eq!(readings(&drafts), NONE);
}

#[test]
fn a_syllable_more_is_another_forename_and_the_same_surname() {
    let week = |name: &str, person: &str| in_a_week(name, "2031-03-04", &[person]);
    assert_eq!(readings(&[week("001", "Carl Brandt"), week("002", "Carol Brandt")]), NONE);
    assert_eq!(readings(&[week("001", "Piet Cohn"), week("002", "Piet Cohen")]).len(), 1);
}

#[test]
fn a_spelling_is_shown_where_the_name_stands_in_full() {
    let of = |name: &str, person: &str| {
        let text =
            format!("Brandt goes, says union\n\nMayor {person} met Piet Vaals and Ilse Korr.");
        let mut draft = Draft::new(name).text(&text);
        let id = draft.actor(person, ActorType::Person, &["Mayor"]);
        let headline = draft.find("Brandt");
        let actor = draft.analysis.actors.iter_mut().find(|actor| actor.id == id);
        actor.expect("just put in").mentions.insert(0, headline);
        draft.person("Piet Vaals", &[]).person("Ilse Korr", &[])
    };
    let drafts = [of("001", "Antony Brandt"), of("002", "Anthony Brandt")];
    let finding = &findings(&drafts)[0];
    assert_eq!(finding.evidence[0].span.of(&drafts[0].report.text), "Antony Brandt");
}

#[test]
fn without_a_shared_office_spellings_stay_apart() {
    let drafts = [
        named("001", "Antony Brandt", "Harbour Secretary"),
        named("002", "Anthony Brandt", "violinist"),
    ];
    assert_eq!(readings(&drafts), NONE);
}

const TOLD: &str = "the ministry would back a limited reopening of the northern quay with inspectors on every ship";

fn relay(name: &str, outlet: &str, via: &str, source: &str) -> Draft {
    Draft::new(name)
        .by(outlet)
        .text(&format!("According to {via}, citing {source}, {TOLD}."))
        .passes_on(source, TOLD, via)
}

#[test]
fn reports_that_pass_on_one_papers_officials_have_one_origin() {
    let drafts = [
        relay("001", "Island Mail", "The Gazette", "four officials"),
        relay("002", "Lorne Courier", "Gazette", "four harbour officials"),
    ];
    assert_eq!(
        readings(&drafts),
        ["single-origin: 001 and 002 rest on one source: four officials, by way of Gazette."]
    );
}

/// Four officials tell an outlet, which is the one spoken to.
fn tells(name: &str, outlet: &str, told: &str) -> Draft {
    let mut draft =
        Draft::new(name).by(outlet).text(&format!("Four officials told the {told} that {TOLD}."));
    let span = draft.find(TOLD);
    draft = draft.says_at(Some(("Four officials", ActorType::Anonymous)), vec![span]);
    let party =
        onrecord_model::Party { actor: None, name: told.to_owned(), kind: ActorType::Organisation };
    if let Some(statement) = draft.analysis.statements.last_mut() {
        statement.addressee = Some(party);
    }
    draft
}

#[test]
fn the_outlet_that_was_told_is_the_origin() {
    let drafts = [
        tells("001", "Harbour Gazette", "Harbour Gazette"),
        tells("002", "Island Mail", "Harbour Gazette"),
        relay("003", "Lorne Courier", "Harbour Gazette", "four officials"),
    ];
    assert_eq!(
        readings(&drafts),
        [
            "single-origin: 001, 002 and 003 rest on one source: four officials, by way of Harbour Gazette."
        ]
    );
}

#[test]
fn the_same_words_of_two_places_are_two_things_told() {
    let of = |name: &str, outlet: &str, place: &str| {
        let told =
            format!("the ministry would back a limited reopening in {place} with inspectors");
        Draft::new(name)
            .by(outlet)
            .text(&format!("According to Gazette, citing four officials, {told}."))
            .passes_on("four officials", &told, "Gazette")
    };
    assert_eq!(readings(&[of("001", "Mail", "Lorne"), of("002", "Courier", "Vaal")]), NONE);
    assert_eq!(readings(&[of("001", "Mail", "Lorne"), of("002", "Courier", "Lorne")]).len(), 1);
}

#[test]
fn what_a_named_speaker_told_one_paper_has_one_origin() {
    let of = |name: &str, outlet: &str, told: &str| {
        Draft::new(name).by(outlet).text(told).on("2031-03-04")
    };
    let drafts = [
        of(
            "001",
            "Island Mail",
            "The quay stays shut until every crane has been inspected twice, Vaals told the Gazette.",
        ),
        of(
            "002",
            "Lorne Courier",
            "Vaals said in an interview with the Gazette that the quay would stay shut until every crane was inspected.",
        ),
    ];
    assert_eq!(readings(&drafts), ["single-origin: 001 and 002 rest on one source: Gazette."]);
}

#[test]
fn one_paper_that_tells_it_twice_is_no_finding() {
    let drafts = [
        relay("001", "Island Mail", "The Gazette", "four officials"),
        relay("002", "Island Mail", "Gazette", "four officials"),
    ];
    assert_eq!(readings(&drafts), NONE);
}

#[test]
fn a_body_of_state_and_an_address_are_no_outlets() {
    for nobody in ["the Border Agency", "@LorneNews", "the Press"] {
        let told = format!(
            "The ministry told {nobody} that the northern quay would open with inspectors on every ship."
        );
        let of = |name: &str, outlet: &str| Draft::new(name).by(outlet).text(&told);
        assert_eq!(readings(&[of("001", "Mail"), of("002", "Courier")]), NONE, "{nobody}");
    }
}

#[test]
fn a_report_that_rests_on_another_papers_sources_is_shown_alone() {
    let told = [
        "the northern quay will open in spring",
        "inspectors have been hired for every ship",
        "the owners were told in private",
    ];
    let text = format!(
        "Four officials told the Gazette that {}. A diplomat told the Gazette that {}. One official told the Gazette that {}. \
         The ministry declined to comment.",
        told[0], told[1], told[2]
    );
    let mut draft = Draft::new("001").by("Island Mail").text(&text);
    for (source, told) in ["Four officials", "A diplomat", "One official"].into_iter().zip(told) {
        let span = draft.find(told);
        draft = draft.says_at(Some((source, ActorType::Anonymous)), vec![span]);
    }
    assert_eq!(
        readings(&[draft]),
        [
            "single-origin: 001 (Island Mail) rests on four officials, a diplomat and one official, by way of Gazette: 3 of its 3 statements."
        ]
    );
}

#[test]
fn unnamed_sources_of_two_papers_stay_apart() {
    let drafts = [
        relay("001", "Island Mail", "Gazette", "four officials"),
        relay("002", "Lorne Courier", "Morning Post", "an official"),
    ];
    assert_eq!(readings(&drafts), NONE);
}

#[test]
fn a_headline_that_says_what_the_text_holds_back_is_shown() {
    let draft = Draft::new("001").headed(
        "Navy Divers Land in Lorne to Rescue Trapped Crew",
        "The ministry met on Monday. Reports indicated that the navy would be sending divers to Lorne for a possible \
         rescue of the trapped crew. The divers have not been given any orders.",
    );
    let found = readings(&[draft]);
    assert_eq!(found.len(), 1);
    assert!(
        found[0].starts_with("headline: 001 has the headline \"Navy Divers Land in Lorne"),
        "{found:?}"
    );
}

#[test]
fn a_headline_that_has_done_what_the_lead_holds_back_is_shown() {
    let of = |headline: &str, text: &str| readings(&[Draft::new("001").headed(headline, text)]);
    let shown = [
        ("Mayor Resigns Over Grain Fire", "The mayor could resign over the fire, an aide said."),
        ("Crane Drivers Walk Out in Lorne", "Crane drivers in Lorne threatened to walk out."),
        ("Harbour Chief Fired", "The minister has not fired the harbour chief, he said."),
        ("Navy Seizes Cranes", "It is not clear whether to seize the cranes, the navy said."),
    ];
    for (headline, text) in shown {
        assert_eq!(of(headline, text).len(), 1, "{headline}");
    }
    let none = [
        // Done somewhere in the text.
        (
            "Mayor Resigns Over Grain Fire",
            "The mayor could resign over the fire. At six she resigned.",
        ),
        // Decided.
        ("Mayor Resigns Over Grain Fire", "The mayor said she would resign over the grain fire."),
        // Of something else, or far down.
        ("Mayor Resigns Over Grain Fire", "The cook may resign. The silo burned for days."),
        ("Mayor Resigns Over Fire", "It rained. It snowed. The mayor may resign over the fire."),
        // The headline holds back too.
        ("Mayor May Resign Over Fire", "The mayor could resign over the fire, an aide said."),
        ("Mayor Resigns Over Fire: Aide", "The mayor could resign over the fire, an aide said."),
    ];
    for (headline, text) in none {
        assert_eq!(of(headline, text), NONE, "{headline}: {text}");
    }
}

#[test]
fn a_headline_that_the_text_bears_out_is_no_finding() {
    let draft = Draft::new("001").headed(
        "Navy Divers Land in Lorne to Rescue Trapped Crew",
        "Navy divers landed in Lorne on Monday to rescue the trapped crew. They would be given boats if the sea is calm.",
    );
    assert_eq!(readings(&[draft]), NONE);
}

#[test]
fn a_headline_that_holds_back_itself_is_no_finding() {
    for headline in [
        "Navy Divers May Land in Lorne to Rescue Trapped Crew",
        "Navy Divers to Rescue Trapped Crew in Lorne: Ministry",
    ] {
        let draft = Draft::new("001").headed(
            headline,
            "Reports indicated that the navy would be sending divers to Lorne for a possible rescue of the trapped crew.",
        );
        assert_eq!(readings(&[draft]), NONE, "{headline}");
    }
}

#[test]
fn a_headline_that_quotes_in_other_words_is_shown() {
    let headed = |headline: &str| {
        Draft::new("001").headed(
            headline,
            "The owners met on Monday. “We will not sell the old northern quay this year,” Vaals said on leaving.",
        )
    };
    let found = readings(&[headed("Vaals: “We will never sell the northern quay”")]);
    assert_eq!(
        found,
        [
            "headline: 001 has \"We will never sell the northern quay\" in its headline; its text has \"We will not sell the old northern quay\"."
        ]
    );
    for same in [
        "Vaals: “We will not sell the old northern quay”",
        "Vaals: “We’ll not sell the old northern quays”",
        "Vaals says it is “a question of time and of money”",
        "Vaals will “not sell” the quay",
    ] {
        assert_eq!(readings(&[headed(same)]), NONE, "{same}");
    }
}

/// A report with one dated event, of a kind for which no list has a word.
fn burned(name: &str, published: &str, weekday: &str, when: &str) -> Draft {
    let text = format!(
        "Flames tore through the old paper mill of Lorne on {weekday}, and the people of Dock Road were told to shut their windows."
    );
    let mut draft = Draft::new(name).text(&text).on(published);
    let event = onrecord_model::Event {
        span: draft.find(&text),
        word: draft.find("tore"),
        when: Some(when.to_owned()),
        time: Some(draft.find(weekday)),
        state: onrecord_model::EventState::Done,
        is_mention: false,
        statement: None,
        parts: Vec::new(),
    };
    draft.analysis.events.push(event);
    draft
}

#[test]
fn a_copy_with_another_day_is_shown() {
    let first = || burned("001", "2031-03-05", "Tuesday", "2031-03-04");
    let found = readings(&[first(), burned("002", "2031-03-05", "Monday", "2031-03-03")]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("date-differs: 001 (5 March) gives Tuesday 4 March 2031"));
    // Printed again a week later, its Tuesday is another; and what is a week apart is two fires.
    assert_eq!(readings(&[first(), burned("002", "2031-03-12", "Tuesday", "2031-03-11")]), NONE);
    assert_eq!(readings(&[first(), burned("002", "2031-03-12", "Monday", "2031-03-10")]), NONE);
}

#[test]
fn a_plan_or_saying_with_another_day_is_shown_in_reports_of_one_day_alone() {
    let plan = |name: &str, published: &str, weekday: &str, when: &str| {
        let mut draft = burned(name, published, weekday, when);
        draft.analysis.events[0].state = onrecord_model::EventState::Planned;
        draft
    };
    let first = || plan("001", "2031-03-05", "Friday", "2031-03-07");
    let found = readings(&[first(), plan("002", "2031-03-05", "Thursday", "2031-03-06")]);
    assert_eq!(found.len(), 1, "{found:?}");
    // A day later it may have been put off.
    assert_eq!(readings(&[first(), plan("002", "2031-03-06", "Saturday", "2031-03-08")]), NONE);
}

fn three(middle_source: &str) -> Draft {
    let text = format!(
        "The port must open, said Vaals.\nFenn made clear that wages come first, noted {middle_source}.\nThe strike hurts all, said Vaals."
    );
    let mut draft = Draft::new("001")
        .text(&text)
        .says("Vaals", &["The port must open"])
        .says(middle_source, &["Fenn made clear that wages come first"])
        .says("Vaals", &["The strike hurts all"]);
    let source = draft.find(&format!("noted {middle_source}"));
    draft.analysis.statements[1].source =
        vec![onrecord_model::Span::new(source.start as usize + 6, source.end as usize)];
    draft
}

#[test]
fn a_speaker_spoken_of_between_anothers_words_is_doubted() {
    let found = readings(&[three("Fenn")]);
    assert_eq!(found.len(), 1);
    assert!(found[0].starts_with("speaker-doubt: 001"), "{found:?}");
    assert_eq!(readings(&[three("Vaals")]), NONE);
}

#[test]
fn every_actor_type_is_compared_without_harm() {
    let mut draft = Draft::new("001").text("A text.");
    for kind in ActorType::ALL {
        draft.actor(kind.as_str(), *kind, &[""]);
    }
    assert_eq!(readings(&[draft.clone(), Draft { name: "002".to_owned(), ..draft }]), NONE);
}
