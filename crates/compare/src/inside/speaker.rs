//! A speaker who does not fit the run of the passage.
//!
//! ```text
//! The port must open, Vaals said. … Fenn made clear that wages come first, noted Fenn. … Vaals
//! also said …                                                              → is it Vaals?
//! ```
//!
//! Not handled: direct speech, in which people do speak of themselves by name.

use super::Oddity;
use crate::Subject;
use crate::show;
use crate::words::{folded, words};
use onrecord_model::{ActorType, FindingKind, Mode, Statement};

/// Statements that are given to one who is spoken of in them, within the words of another.
pub(super) fn oddities(subject: Subject<'_>) -> Vec<Oddity> {
    let statements: Vec<&Statement> =
        subject.analysis.statements.iter().filter(|statement| statement.within.is_none()).collect();
    let around = statements.windows(3);
    around.filter_map(|three| oddity(subject, three[0], three[1], three[2])).collect()
}

fn surname(statement: &Statement) -> Option<String> {
    let party = statement.speaker.as_ref().filter(|party| party.kind == ActorType::Person)?;
    Some(folded(party.name.split_whitespace().last()?))
}

fn oddity(
    subject: Subject<'_>,
    before: &Statement,
    here: &Statement,
    after: &Statement,
) -> Option<Oddity> {
    let text = &subject.report.text;
    let (speaker, neighbour) = (surname(here)?, surname(before)?);
    if here.mode != Mode::Indirect || speaker == neighbour || surname(after)? != neighbour {
        return None;
    }
    // The source must be the name itself: a pronoun may have been resolved wrongly, and in "Fenn and
    // many lawyers say Fenn may run" nobody is out of place.
    let source = *here.source.first()?;
    let named = words(text, source);
    if named.last().is_none_or(|word| word.folded != speaker) || named.len() > 4 {
        return None;
    }
    // "Fenn quarrelled with Vaals over what Fenn said …", "FENN: Fenn is …" (a clip in a transcript),
    // "Vaals stood by his word that Fenn is idle, saying Fenn …": only a tag behind the words is
    // put there as an afterthought.
    let is_behind = here.content.iter().all(|content| content.end <= source.start)
        && here.cue.iter().all(|cue| here.content.iter().all(|content| content.end <= cue.start));
    if !is_behind {
        return None;
    }
    // Spoken of: the name opens the content, as one who acts.
    let mut content = here.content.iter().filter(|content| !content.overlaps(source));
    let named = content.find_map(|&content| {
        words(text, content).into_iter().take(4).find(|word| word.folded == speaker)
    })?;
    let reading = format!(
        "gives words about {name} to {name}, between words of {other}: {}.",
        show::quote(here.content.first()?.of(text)),
        name = here.speaker.as_ref()?.name,
        other = before.speaker.as_ref()?.name,
    );
    Some(Oddity {
        kind: FindingKind::SpeakerDoubt,
        reading,
        // 9,387 real reports show none, so no share is measured: the one of which we know is right.
        confidence: 0.5,
        evidence: vec![
            (source, "speaker".to_owned()),
            (named.span, "the same name, spoken of".to_owned()),
            (*before.content.first()?, "words before, of another".to_owned()),
            (*after.content.first()?, "words after, of that other".to_owned()),
        ],
        about: vec![here.speaker.as_ref()?.name.clone(), before.speaker.as_ref()?.name.clone()],
    })
}
