//! A draft's quotations and figures against a small record.

use onrecord_engine::check::{
    Checked, CheckedFigure, FigureVerdict, Verdict, check, check_figures,
};
use onrecord_engine::{Ledger, Options, annotate, inputs, record};
use std::convert::Infallible;
use std::fs;
use std::path::Path;

const FIRST: &str = "Ferry Crews Vote to Strike

Orla Fenn, who leads the crews, spoke on Monday. \"We have asked for nine percent and we were \
    offered three, and nobody on these boats can live on three,\" Fenn said. \"We will sail if \
    the offer is mended.\"

The line would lose 40 percent of its winter trade, a spokesman said.
";

const SECOND: &str = "Crews of Ferries Vote for Strike

“Nobody on these boats can live on three,” said Tomas Brandt, a captain, on Monday.
";

/// The verdicts on the quotations of `draft`, in order.
fn verdicts(draft: &str) -> Vec<(Verdict, Vec<String>)> {
    let (quotations, _) = checked(&[("first", FIRST), ("second", SECOND)], draft);
    let told = |c: &onrecord_engine::check::Change| format!("{} | {}", c.draft, c.record);
    let changes = |quotation: &Checked| {
        let first = quotation.recorded.first();
        first.map_or(&[][..], |first| &first.changes).iter().map(told).collect()
    };
    quotations.iter().map(|quotation| (quotation.verdict, changes(quotation))).collect()
}

/// What is said of the quotations and the figures of `draft`, in a record of these reports.
fn checked(reports: &[(&str, &str)], draft: &str) -> (Vec<Checked>, Vec<CheckedFigure>) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("it is in a folder")).expect("it can be made");
        fs::write(&path, text).expect("it can be written");
        path
    };
    for (name, text) in reports {
        write(&format!("reports/{name}.txt"), text);
    }
    let read = |path: &Path| inputs(&[path.to_owned()]);
    let path = folder.path().join("story.db");
    let mut ledger = Ledger::create_or_open(&path).expect("a record can be made");
    let reports = read(&folder.path().join("reports"));
    record(&mut ledger, &reports, &Options::default(), false, |_| (), |_| ()).expect("it is read");
    let (mut quotations, mut figures) = (Vec::new(), Vec::new());
    let draft = read(&write("draft.txt", draft));
    annotate(&draft, &Options::default(), |annotated| {
        let (report, analysis) = annotated.expect("the draft is read");
        quotations.extend(check(&ledger, &report, &analysis).expect("the record is read"));
        figures.extend(check_figures(&ledger, &report, &analysis).expect("the record is read"));
        Ok::<(), Infallible>(())
    })
    .expect("it cannot fail");
    (quotations, figures)
}

fn only(draft: &str) -> (Verdict, Vec<String>) {
    let mut all = verdicts(draft);
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

#[test]
fn marks_brackets_dots_and_sic_are_house_style() {
    for draft in [
        "“We have asked for nine percent and we were offered three,” Fenn said.",
        "\"We have asked for nine percent … and nobody on these boats can live on three,\" Fenn said.",
        "Fenn said: \"We have asked for [a raise of] nine percent.\"",
        "Fenn said the crews had “asked for nine percent (sic) and … were offered three.”",
        "Fenn said: 'We have asked for nine percent and we were offered three.'",
    ] {
        assert_eq!(only(draft), (Verdict::AsRecorded, vec![]), "{draft}");
    }
}

#[test]
fn what_differs_is_told_word_by_word() {
    let altered = only("\"We have asked for nine percent and we were given three,\" Fenn said.");
    assert_eq!(altered, (Verdict::Altered, vec!["given | offered".to_owned()]));
    let trimmed =
        only("\"We have asked for nine percent and nobody can live on three,\" Fenn said.");
    assert_eq!(trimmed.0, Verdict::Trimmed, "{trimmed:?}");
    let cut = only("\"We will sail.\" So Fenn said.");
    assert_eq!(cut, (Verdict::Trimmed, vec![" | if the offer is mended".to_owned()]));
    let unquoted =
        only("The line \"would lose 40 percent of its winter trade,\" a spokesman said.");
    assert_eq!(unquoted.0, Verdict::NotQuoted);
    let unknown = only("\"The sea has no mercy on a tired crew,\" Fenn said.");
    assert_eq!(unknown, (Verdict::NotInRecord, vec![]));
}

#[test]
fn words_that_two_reports_give_to_two_people_are_told() {
    let disputed = only("\"Nobody on these boats can live on three,\" Fenn said.");
    assert_eq!(disputed.0, Verdict::OtherSpeaker);
    let other = only("\"We have asked for nine percent and we were offered three,\" Brandt said.");
    assert_eq!(other.0, Verdict::OtherSpeaker);
}

#[test]
fn figures_are_laid_on_the_record_with_their_bounds() {
    let reports = [
        (
            "one",
            "Storm Hits Port of Varrow

At the port of Varrow 389 containers were destroyed by the storm, the harbour board of Varrow said.
",
        ),
        (
            "two",
            "Port of Varrow Counts Its Losses

The storm destroyed 389 containers at the port of Varrow, Orla Fenn of the harbour board said.
",
        ),
    ];
    let told = |words: &str| {
        let draft = format!(
            "Varrow After the Storm

The storm destroyed {words} containers at the port of Varrow, the harbour board said.
"
        );
        let (_, figures) = checked(&reports, &draft);
        figures.into_iter().map(|figure| (figure.verdict, figure.reading)).collect::<Vec<_>>()
    };
    assert_eq!(told("389")[0].0, FigureVerdict::AsRecorded);
    assert_eq!(told("nearly 400")[0].0, FigureVerdict::AsRecorded);
    let (verdict, reading) = &told("480")[0];
    assert_eq!(*verdict, FigureVerdict::FigureDiffers);
    assert!(reading.starts_with("The draft has 480;") && reading.ends_with("389."), "{reading}");
    let (_, unknown) = checked(
        &reports,
        "Ferry Strike in Tolvane

In Tolvane 52 ferries lay idle on Monday, and Orla Fenn, 49, was 12 years at sea.
",
    );
    assert_eq!(unknown.len(), 1, "{unknown:?}");
    assert_eq!(unknown[0].verdict, FigureVerdict::NotInRecord);
}

#[test]
fn a_bracketed_letter_or_ending_is_house_style() {
    for draft in [
        "“[W]e were offered three,” Fenn said.",
        "“We have asked for nine percent and we [are] offered three,” Fenn said.",
        "“. . . nobody on these boat[s] can live on three,” a captain said.",
    ] {
        assert_eq!(only(draft), (Verdict::AsRecorded, vec![]), "{draft}");
    }
}

#[test]
fn a_quotation_over_two_paragraphs_opens_each() {
    let draft = "“We have asked for nine percent and we were offered three.\n\n“We will sail if the \
                 offer is mended,” Fenn said.";
    assert_eq!(verdicts(draft), vec![(Verdict::AsRecorded, vec![]); 2]);
}

#[test]
fn a_quotation_within_another_is_looked_for_by_itself() {
    let draft = "“Fenn told the meeting, ‘We will sail if the offer is mended,’ and sat down,” Ilse \
                 Korr said.";
    let found: Vec<Verdict> = verdicts(draft).into_iter().map(|(verdict, _)| verdict).collect();
    assert_eq!(found, [Verdict::NotInRecord, Verdict::AsRecorded]);
}

#[test]
fn few_words_of_somebody_else_are_not_missing_from_the_record() {
    // Five words with something in them are somebody's; "live on three" is anybody's.
    let somebodys = only("“If the offer is mended,” said Tomas Brandt, they would sail.");
    assert_eq!(somebodys.0, Verdict::OtherSpeaker);
    let anybodys = only("Korr said that nobody could “live on three”.");
    assert_eq!(anybodys.0, Verdict::AsRecorded);
}

#[test]
fn a_changed_last_word_is_part_of_what_the_record_has() {
    let changed = only("“We have asked for nine percent and we were offered four,” Fenn said.");
    assert_eq!(changed, (Verdict::Altered, vec!["four | three".to_owned()]));
}

#[test]
fn a_draft_without_quotations_has_nothing_to_check() {
    assert_eq!(verdicts("The crews vote on Monday, and nobody knows how."), vec![]);
}
