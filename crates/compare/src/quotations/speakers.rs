//! The same words given to two people.
//!
//! ```text
//! 001  “The gates will open on Friday,” Fenn said.
//! 007  “The gates will open on Friday,” said Vaals.
//! → 001 gives "The gates will open on Friday" to Fenn, 007 to Vaals.
//! ```
//!
//! Most such pairs are slips of reading: "he" is another, an aide speaks for a minister, a paper
//! passes words on. So both reports must name the speaker at the words, neither may stand beside the
//! other's, and words that many would say count only in one story. Not handled: bodies ("the ministry
//! said", "the minister said").

use super::reading::{Form, Join, OCCASION};
use super::shown::{hull, whole};
use super::utterance::{Speaker, Utterance};
use crate::rules::is_little;
use crate::show;
use crate::words::{folded, words};
use crate::{Item, Subject};
use onrecord_model::{ActorType, Evidence, Finding, FindingKind, Span, Statement};
use serde_json::{Map, json};
use xxhash_rust::xxh3::xxh3_64;

/// Names near an utterance that are kept, at most.
const MOST_NEAR: usize = 40;

/// Names that say what a report is about.
const MOST_ABOUT: usize = 8;

/// Words from which no two people say the same by chance: "our thoughts are with the families of
/// all who were hurt" is said after every accident.
const NO_CHANCE: usize = 16;

/// How two quotations hang together, with the places of the earlier and the later.
type Placed = (usize, usize, Join);

/// What two quotations have in common that are given to two.
pub(super) struct Given {
    /// Words in common.
    pub(super) words: usize,
    /// Those of them that carry something.
    pub(super) telling: usize,
    /// Days between the reports.
    pub(super) days: Option<u64>,
}

impl Given {
    /// Whether the one report takes the words from whom the other gives them to.
    pub(super) fn is_to_two(&self, a: &Utterance, b: &Utterance) -> bool {
        let (Some(one), Some(two)) = (&a.speaker, &b.speaker) else { return false };
        // "Harn's spokeswoman, Ida Voss, said", "Voss wrote, and Harn shared it": the one speaks for
        // the other, or passes the words on.
        let is_apart = !a.has_near(two) && !b.has_near(one);
        // A part of a sentence may come through another: "Voss notes that he called it “…”".
        let is_part = |side: &Utterance| {
            side.pieces.first().is_some_and(|piece| piece.1.starts_with(char::is_lowercase))
        };
        let least = if is_part(a) || is_part(b) { 5 } else { 4 };
        // "He said": a pronoun is resolved wrongly more often than papers give words to another.
        one.is_named
            && two.is_named
            && is_apart
            && self.words >= 8
            && self.telling >= least
            && self.days.is_none_or(|days| days <= OCCASION)
            && (self.words >= NO_CHANCE || is_one_story(a, b))
    }
}

/// Whether two reports name somebody or something in common, other than the speakers.
fn is_one_story(a: &Utterance, b: &Utterance) -> bool {
    let speakers: Vec<u16> =
        [a, b].iter().filter_map(|side| Some(name_of(&side.speaker.as_ref()?.surname()))).collect();
    a.about.iter().any(|name| b.about.contains(name) && !speakers.contains(name))
}

fn name_of(folded: &str) -> u16 {
    xxh3_64(folded.as_bytes()) as u16
}

/// The names that a report has most often, by their last words.
pub(super) fn about(subject: Subject<'_>) -> Vec<u16> {
    let text = &subject.report.text;
    let kinds = [ActorType::Person, ActorType::Organisation, ActorType::Place];
    let mut names: Vec<(usize, String)> = Vec::new();
    for actor in subject.analysis.actors.iter().filter(|actor| kinds.contains(&actor.kind)) {
        let last = actor.name.split_whitespace().last().map(folded).unwrap_or_default();
        let is_name = actor.mentions.iter().any(|m| m.of(text).starts_with(char::is_uppercase));
        if last.len() > 2 && is_name {
            names.push((actor.mentions.len(), last));
        }
    }
    names.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let mut about: Vec<u16> = names.iter().map(|(_, name)| name_of(name)).collect();
    about.truncate(MOST_ABOUT);
    about.sort_unstable();
    about.dedup();
    about
}

/// Whether the report names the speaker at these words: in the words that give the source, and not as
/// "Fenn's office" or "a lawyer for Fenn", or, where these are "she", before them in the paragraph,
/// alone: "Petra Lowmond watched. “…,” she said." Not by "Speaking to Petra Lowmond, she said", and
/// not in words that speak of Fenn themselves.
pub(super) fn is_named(
    subject: Subject<'_>,
    stretch: Span,
    statement: &Statement,
    speaker: &Speaker,
) -> bool {
    let text = &subject.report.text;
    let surname = speaker.surname();
    let named = |span: Span| {
        let own = words(text, span);
        let at = own.iter().rposition(|word| word.folded.starts_with(&surname))?;
        let is_capital = |word: &Span| word.of(text).starts_with(char::is_uppercase);
        let first = own[..at].iter().rposition(|word| !is_capital(&word.span));
        let before = first.map_or("", |first| own[first].folded.as_str());
        Some((own[at].folded == surname, before.to_owned()))
    };
    let speaks_of_them = words(text, stretch)
        .iter()
        .any(|word| word.folded == surname && word.span.of(text).starts_with(char::is_uppercase));
    if speaks_of_them && surname.len() > 2 {
        return false;
    }
    let source = &statement.source;
    if let Some((is_plain, before)) = source.iter().find_map(|&source| named(source)) {
        return is_plain && before != "for" && is_at(text, stretch, source);
    }
    let is_pronoun =
        !source.is_empty() && source.iter().all(|source| !source.of(text).contains(' '));
    let paragraph = text[..stretch.start as usize].rfind('\n').map_or(0, |at| at + 1);
    let before = Span::new(paragraph, stretch.start as usize);
    // "Lowmond spoke for Ida Harn. “…,” she said."
    let own = statement.speaker.as_ref().and_then(|party| party.actor);
    let is_alone = subject.analysis.actors.iter().all(|actor| {
        Some(actor.id) == own
            || actor.kind != ActorType::Person
            || !actor.mentions.iter().any(|mention| before.contains(*mention))
    });
    is_pronoun
        && is_alone
        && named(before).is_some_and(|(is_plain, before)| is_plain && !is_before_another(&before))
}

/// Whether the words that give the source stand in the paragraph of the quoted ones, or end in a
/// colon before them. "Fenn accused him.\n\n“…,” the ministry wrote" is not Fenn's.
fn is_at(text: &str, stretch: Span, source: &[Span]) -> bool {
    source.iter().any(|source| {
        let (from, to) = if source.end <= stretch.start {
            (source.end, stretch.start)
        } else {
            (stretch.end.min(source.start), source.start)
        };
        let between = &text[from as usize..to as usize];
        !between.contains('\n')
            || source.end <= stretch.start
                && between.trim_end_matches(['“', '"', '‘', '\'']).trim_end().ends_with(':')
    })
}

/// Whether the one who is named after this word is spoken to or about.
fn is_before_another(word: &str) -> bool {
    ["to", "with", "by", "from", "of", "for", "about", "against", "told", "asked", "on"]
        .contains(&word)
}

/// Names near a quoted stretch, folded and in order: of its sentences, of those who passed the words
/// on, and of the speaker's offices ("a spokesman for Vaals").
pub(super) fn names_near(
    subject: Subject<'_>,
    stretch: Span,
    statement: Option<&Statement>,
    own: &Speaker,
) -> Vec<String> {
    let text = &subject.report.text;
    let actors = &subject.analysis.actors;
    let mut near: Vec<String> = Vec::new();
    // "John Harn": another John is not near. "Park Min-ji", who is "Park", is.
    let forenames: Vec<Span> = actors
        .iter()
        .filter(|actor| actor.kind == ActorType::Person)
        .flat_map(|actor| &actor.mentions)
        .filter_map(|mention| {
            let (first, last) = mention.of(text).split_once(char::is_whitespace)?;
            let is_plain = !last.contains(|c: char| c.is_whitespace() || matches!(c, '-' | '‑'));
            let start = mention.start as usize;
            is_plain.then(|| Span::new(start, start + first.len()))
        })
        .collect();
    let mut take = |of: &str, span: Span| {
        let capital = words(of, span).into_iter().filter(|word| {
            let is_forename = std::ptr::eq(of, text.as_str()) && forenames.contains(&word.span);
            word.span.of(of).starts_with(char::is_uppercase) && !is_forename
        });
        let own = |word: &str| folded(word.trim_end_matches("'s").trim_end_matches("’s"));
        near.extend(capital.map(|word| own(word.span.of(of))));
    };
    let given = statement.into_iter().flat_map(|statement| &statement.source).chain([&stretch]);
    let given: Vec<Span> = given.copied().collect();
    for sentence in &subject.analysis.sentences {
        if given.iter().any(|given| given.overlaps(sentence.span)) {
            take(text, sentence.span);
        }
    }
    let speaker = statement.and_then(|statement| statement.speaker.as_ref()?.actor);
    let offices = actors.iter().filter(|actor| Some(actor.id) == speaker);
    let others = statement.into_iter().flat_map(|statement| &statement.via);
    let names = offices.flat_map(|actor| actor.roles.iter().map(String::as_str));
    for name in names.chain(others.map(|party| party.name.as_str())) {
        take(name, Span::new(0, name.len()));
    }
    let own = own.surname();
    near.retain(|name| *name != own && name.len() > 1 && !is_little(name));
    near.sort_unstable();
    near.dedup();
    near.truncate(MOST_NEAR);
    near
}

/// One finding for each two speakers to whom the same words are given: of their longest words.
pub(super) fn findings(
    items: &[Item],
    utterances: &[Option<Utterance>],
    joins: &[Placed],
) -> Vec<Finding> {
    let mut best: Vec<((String, String), &Placed)> = Vec::new();
    for join in joins.iter().filter(|join| join.2.form == Form::Speakers) {
        let surname = |place: usize| Some(utterances[place].as_ref()?.speaker.as_ref()?.surname());
        let (Some(one), Some(two)) = (surname(join.0), surname(join.1)) else { continue };
        let pair = if one <= two { (one, two) } else { (two, one) };
        match best.iter_mut().find(|known| known.0 == pair) {
            Some(known) if known.1.2.words >= join.2.words => {}
            Some(known) => known.1 = join,
            None => best.push((pair, join)),
        }
    }
    let told = best.into_iter().filter_map(|(_, (earlier, later, join))| {
        let (x, y) = (utterances[*earlier].as_ref()?, utterances[*later].as_ref()?);
        let (one, two) = (x.speaker.as_ref()?, y.speaker.as_ref()?);
        let words = x.words();
        let reading = format!(
            "{} gives {} to {}, {} to {}.",
            show::report(&items[*earlier]),
            whole(x, &words, join.a),
            one.name,
            show::report(&items[*later]),
            two.name,
        );
        let evidence: Vec<Evidence> = vec![
            show::evidence(&items[*earlier].id, hull(&words, join.a), "earlier"),
            show::evidence(&items[*later].id, hull(&y.words(), join.b), "other speaker"),
        ];
        let mut detail = Map::new();
        detail.insert("speakers".to_owned(), json!([one.name, two.name]));
        detail.insert("words_in_common".to_owned(), json!(join.words));
        // `eval/calibration.csv`. Where nothing was changed there is little to find: one among 9,387 real
        // reports as they are, and it is right.
        Some(Finding {
            kind: FindingKind::QuoteSpeaker,
            reading,
            confidence: 0.6,
            evidence,
            detail,
        })
    });
    told.collect()
}
