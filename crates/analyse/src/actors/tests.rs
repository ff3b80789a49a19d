//! Who is who, by example.

use crate::quotes::Quotes;
use crate::statements::who;
use crate::text::Prose;
use onrecord_model::{ActorType, Report};

/// Each actor as "name (type) [roles] mentions".
fn actors(text: &str) -> Vec<String> {
    let report = Report { text: text.to_owned(), ..Report::default() };
    let prose = Prose::new(&report);
    let who = who(&prose, &Quotes::new(&prose));
    let line = |a: &onrecord_model::Actor| {
        format!("{} ({}) [{}] {}", a.name, a.kind, a.roles.join("; "), a.mentions.len())
    };
    who.actors.iter().map(line).collect()
}

/// The speakers, in order of statements.
fn speakers(text: &str) -> Vec<String> {
    let report = Report { text: text.to_owned(), ..Report::default() };
    let prose = Prose::new(&report);
    let who = who(&prose, &Quotes::new(&prose));
    let name =
        |s: &onrecord_model::Statement| s.speaker.as_ref().map_or("?".into(), |p| p.name.clone());
    who.statements.iter().map(name).collect()
}

#[test]
fn a_surname_is_its_full_name_and_keeps_its_roles() {
    let text = "Ostran Foreign Minister Ana Voss arrived. Ms. Voss, a former judge, met Bo Rask. Voss left.";
    let found = actors(text);
    assert_eq!(found[0], "Ana Voss (person) [Ostran Foreign Minister; a former judge] 3");
    assert_eq!(found[1], "Bo Rask (person) [] 1");
}

#[test]
fn what_stands_in_commas_after_a_name_is_a_role_whatever_the_trade() {
    let role = |text: &str| {
        let found = actors(text);
        let of = found.iter().find(|actor| actor.starts_with("Bo Rask (person)"));
        of.unwrap_or_else(|| panic!("{text}: {found:?}")).clone()
    };
    let with = |role: &str| format!("Bo Rask (person) [{role}] 1");
    assert_eq!(
        role("“It was sound,” said Bo Rask, the harbour master."),
        with("the harbour master")
    );
    assert_eq!(
        role("Bo Rask, a retired welder who lives there, said no."),
        with("a retired welder")
    );
    let head = "the head of the dockers' union";
    assert_eq!(role(&format!("Bo Rask, {head}, agreed.")), with(head));
    assert_eq!(role("It was Bo Rask, the paper said, who left."), with(""));
    assert_eq!(role("It was Bo Rask, the welder said, who left."), with(""));
    assert_eq!(role("“It sank,” said Bo Rask, the last to leave."), with(""));
}

#[test]
fn bodies_places_and_peoples_are_told_apart() {
    let found = actors(
        "The Lorne Harbour Authority met the NTU in Port Ostra. The Ostrians cheered in Lorne City.",
    );
    let of =
        |name: &str| found.iter().find(|line| line.starts_with(name)).cloned().unwrap_or_default();
    assert_eq!(of("Lorne Harbour Authority"), "Lorne Harbour Authority (organisation) [] 1");
    assert_eq!(of("NTU"), "NTU (organisation) [] 1");
    assert_eq!(of("Ostrians"), "Ostrians (group) [] 1");
    assert_eq!(of("Lorne City"), "Lorne City (place) [] 1");
}

#[test]
fn pronouns_go_by_gender_and_by_who_spoke_last() {
    let text = "Mary Oke met Peter Rask on the quay in the rain.\n\n“We wait,” she said.\n\n“Not long,” he said. He added that the tide was high.";
    assert_eq!(speakers(text), ["Mary Oke", "Peter Rask", "Peter Rask"]);
}

#[test]
fn who_stands_for_the_one_before_it() {
    let text = "The plan pleased Mary Oke, who said it was sound.";
    assert_eq!(speakers(text), ["Mary Oke"]);
}

#[test]
fn an_official_named_again_is_the_same_one() {
    let text = "A senior harbour official said the gates were shut. The official added that they were old.";
    let report = Report { text: text.to_owned(), ..Report::default() };
    let prose = Prose::new(&report);
    let who = who(&prose, &Quotes::new(&prose));
    let ids: Vec<_> =
        who.statements.iter().map(|s| s.speaker.as_ref().and_then(|p| p.actor)).collect();
    assert_eq!(ids.len(), 2);
    assert_eq!(ids[0], ids[1]);
    assert_eq!(who.actors[0].kind, ActorType::Anonymous);
    assert_eq!(who.actors[0].mentions.len(), 2);
}

#[test]
fn documents_and_groups_speak() {
    let text = "A joint statement said the talks had failed. Several residents said they had heard nothing.";
    let found = actors(text);
    assert!(found[0].starts_with("A joint statement (document)"), "{found:?}");
    assert!(found[1].starts_with("Several residents (group)"), "{found:?}");
}

#[test]
fn two_people_of_one_surname_stay_two() {
    let found = actors("Mary Oke and Peter Oke sailed. Mr. Oke steered.");
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(found[1], "Peter Oke (person) [] 2");
}

#[test]
fn a_long_office_is_a_role_and_an_adviser_no_part_of_a_ministry() {
    let text = "The paper quoted Assistant Secretary of State for Global Trade Karl Lund. \
                The US State Department Adviser Maria Fenn was there.";
    let found = actors(text);
    let lund = "Karl Lund (person) [Assistant Secretary of State for Global Trade] 1";
    assert!(found.iter().any(|actor| actor == lund), "{found:?}");
    assert!(found.iter().any(|actor| actor == "Maria Fenn (person) [Adviser] 1"), "{found:?}");
}
