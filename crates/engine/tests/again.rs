//! Reports that an older version of the rules analysed: left as they are, and told of, until they
//! are asked to be analysed again.

use onrecord_engine::ledger::NewReport;
use onrecord_engine::{Annotated, Ledger, Options, Summary, VERSION, annotate, inputs, record};
use std::convert::Infallible;
use std::fs;

#[test]
fn what_an_older_version_analysed_is_analysed_again_when_asked() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("strike.txt");
    fs::write(&path, "The strike goes on, Tilda Marrick said.\n").expect("it can be written");
    let inputs = inputs(&[path]);
    let mut ledger =
        Ledger::create_or_open(folder.path().join("story.db")).expect("a record can be made");

    // As an older version would have left it: it found nothing.
    let taken = annotate(&inputs, &Options::default(), |annotated: Annotated| {
        let (report, mut analysis) = annotated.expect("it can be read");
        analysis.version = "0.0.1+0".to_owned();
        analysis.statements.clear();
        let folder = inputs.files[0].folder.as_ref().and_then(|folder| folder.to_str());
        let mut batch = ledger.begin().expect("it can be written");
        batch
            .put(&NewReport { report: &report, folder, analysis: &analysis })
            .expect("it can be kept");
        batch.commit().expect("it can be kept");
        Ok::<(), Infallible>(())
    });
    taken.expect("it cannot fail");
    assert_eq!(ledger.totals().expect("it can be read").statements, 0);

    let mut read = |is_again| {
        let read = record(&mut ledger, &inputs, &Options::default(), is_again, |_| {}, |_| {});
        (read.expect("it can be read"), ledger.totals().expect("it can be read").statements)
    };
    let (left, statements) = read(false);
    assert_eq!(left, Summary { older_analysis: 1, ..Summary::default() });
    assert_eq!(statements, 0);
    let (anew, statements) = read(true);
    assert_eq!(anew, Summary { reanalysed: 1, ..Summary::default() });
    assert_eq!(statements, 1);
    let (same, _) = read(true);
    assert_eq!(same, Summary { same: 1, ..Summary::default() });
    let stored = ledger.report("strike").expect("it can be read").expect("it is there");
    assert_eq!(stored.analysis.version, VERSION);
}
