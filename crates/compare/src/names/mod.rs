//! Names: one actor in several spellings.
//!
//! ```text
//! 002  Secretary Antony Brandt … with Piet Vaals     003  Secretary Anthony Brandt … Piet Vaals
//! → Antony Brandt (002) is Anthony Brandt in 003.
//! ```
//!
//! Two of one surname stay two: the forenames must sound alike and be spelled almost alike, and an
//! office or several other names must be shared. Not handled: short forms (Tony), initials, names
//! from other scripts that differ by more than a few letters.

mod person;

pub use person::{Namesake, listed_as, surname};

use crate::run::places;
use crate::show;
use crate::words::{folded, key};
use crate::{Comparison, Item, ItemId, Keyed, Link, Opened, Subject};
use onrecord_model::{ActorType, Evidence, Finding, FindingKind, Span};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Names of a report that are kept beside each of its actors.
const MOST_BESIDE: usize = 24;

/// Days within which reports with the same people in them are of one story.
const ONE_STORY: u64 = 7;

/// The comparison.
#[derive(Debug)]
pub(crate) struct Names;

/// A person of a report.
#[derive(Debug, Serialize, Deserialize)]
struct Person {
    // These two first: `compare` looks no further where they are the same.
    forename: String,
    surname: String,
    name: String,
    /// Telling words of the offices, folded.
    roles: Vec<String>,
    /// Other people and bodies in the report, folded.
    beside: Vec<String>,
    /// Forenames of others of the same surname in the report, folded.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    kin: Vec<String>,
    first: Span,
}

impl Comparison for Names {
    fn name(&self) -> &'static str {
        "names"
    }

    fn keys(&self, subject: Subject<'_>) -> Vec<Keyed> {
        let actors = &subject.analysis.actors;
        let last: Vec<String> = actors
            .iter()
            .map(|actor| actor.name.split_whitespace().last().map(folded).unwrap_or_default())
            .collect();
        let mut keyed: Vec<Keyed> = Vec::new();
        for actor in actors.iter().filter(|actor| actor.kind == ActorType::Person) {
            let parts = parts(&actor.name);
            // Where the name stands in full: a headline may have the surname alone.
            let text = &subject.report.text;
            let is_full = |mention: &&Span| {
                let first = mention.of(text).split_whitespace().next().map(folded);
                parts.len() > 1 && first.as_ref() == parts.first()
            };
            let mention = actor.mentions.iter().find(is_full).or(actor.mentions.first());
            let (Some(forename), Some(surname), Some(&first)) =
                (parts.first(), parts.last(), mention)
            else {
                continue;
            };
            // An initial has no spelling; "Antony J. Brandt" has a first and a last name.
            if parts.len() < 2 || parts.len() > 3 || forename.len() < 3 || surname.len() < 3 {
                continue;
            }
            let others = actors.iter().zip(&last).filter(|(other, name)| {
                other.id != actor.id
                    && matches!(other.kind, ActorType::Person | ActorType::Organisation)
                    && name.len() > 2
                    && *name != surname
            });
            let mut beside: Vec<String> = others.map(|(_, name)| name.clone()).collect();
            beside.sort_unstable();
            beside.dedup();
            beside.truncate(MOST_BESIDE);
            let kin = actors.iter().zip(&last).filter(|(other, name)| {
                other.id != actor.id && other.kind == ActorType::Person && *name == surname
            });
            let kin = kin.filter_map(|(other, _)| other.name.split_whitespace().next().map(folded));
            let kin: Vec<String> = kin.filter(|other| other != forename).collect();
            let roles = actor.roles.iter().flat_map(|role| role.split_whitespace()).map(folded);
            let person = Person {
                forename: forename.clone(),
                surname: surname.clone(),
                name: actor.name.clone(),
                roles: roles
                    .filter(|word| word.len() > 2 && !crate::rules::is_little(word))
                    .collect(),
                beside,
                kin,
                first,
            };
            let item = Item {
                id: ItemId { report: subject.name.to_owned(), number: keyed.len() as u32 },
                published: subject.report.published_on(),
                outlet: subject.report.outlet.clone(),
                body: show::written(&person),
            };
            let keys = vec![key("names", &[&sound(forename), &sound(surname)])];
            keyed.push(Keyed { item, keys });
        }
        keyed
    }

    fn lay(&self, a: &Opened, b: &Opened) -> Option<Link> {
        let (a, b) = Opened::ordered(a, b);
        let (a, b) = (&a.item, &b.item);
        // One spelling needs no link: a president stands in every report, and a family of all of
        // them would show nothing.
        let spelling = |item: &Item| item.body.find("\"name\"").unwrap_or(0);
        if a.body[..spelling(a)] == b.body[..spelling(b)] {
            return None;
        }
        let (left, right): (Person, Person) = (show::body(&a.body)?, show::body(&b.body)?);
        let parts = [(&left.forename, &right.forename), (&left.surname, &right.surname)];
        let far: Vec<usize> = parts.iter().map(|(a, b)| distance(a, b)).collect();
        let shared = |a: &[String], b: &[String]| a.iter().filter(|word| b.contains(word)).count();
        let roles = shared(&left.roles, &right.roles);
        let beside = shared(&left.beside, &right.beside);
        // One part differs, by a letter or two.
        let differs = match (far[0], far[1]) {
            (1 | 2, 0) => (&left.forename, &right.forename),
            (0, 1 | 2) => (&left.surname, &right.surname),
            _ => return None,
        };
        let is_soon = a.days_from(b).is_some_and(|days| days <= ONE_STORY);
        // A woman's name ends in "a" where a man's does not: "Patricia" and "Patrick".
        let ends_in_a = |name: &str| name.trim_end_matches('h').ends_with('a');
        if ends_in_a(&left.forename) != ends_in_a(&right.forename) {
            return None;
        }
        if far[1] == 0 && is_a_syllable_more(differs.0, differs.1) {
            return None;
        }
        // A report that names both names two, or spells one in two ways where the name is long.
        let are_kin = left.kin.contains(&right.forename) || right.kin.contains(&left.forename);
        // "Clark", "Clarke": two families, and one man of one office.
        let is_other_end = far[0] > 0 && is_one_ending(differs.0, differs.1);
        // In a name that is long enough; or in any that sounds the same, where the same office and
        // the same people around it say who is meant.
        let is_one = sounds_alike(differs.0, differs.1)
            && (roles >= 1 && beside >= 1 || beside >= 3)
            || is_soon
                && !are_kin
                && sound(differs.0) == sound(differs.1)
                && !is_other_end
                && (roles >= 1 && beside >= 3 || roles >= 2 && beside >= 2);
        is_one.then(|| Link { a: a.id.clone(), b: b.id.clone(), body: String::new() })
    }

    fn family(&self, items: &[Item], _: &[Link]) -> Vec<Finding> {
        let places = places(items);
        let mut spellings: BTreeMap<(String, String), Vec<(&Item, Person)>> = BTreeMap::new();
        for item in places.into_values().map(|place| &items[place]) {
            if let Some(person) = show::body::<Person>(&item.body) {
                let spelling = (person.forename.clone(), person.surname.clone());
                spellings.entry(spelling).or_default().push((item, person));
            }
        }
        let mut by_use: Vec<Vec<(&Item, Person)>> = spellings.into_values().collect();
        by_use.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a[0].0.id.cmp(&b[0].0.id)));
        let [usual, rest @ ..] = by_use.as_slice() else { return Vec::new() };
        if rest.is_empty() {
            return Vec::new();
        }
        let reports = |uses: &[(&Item, Person)]| {
            show::list(&uses.iter().map(|(item, _)| item.id.report.clone()).collect::<Vec<_>>())
        };
        let others: Vec<String> =
            rest.iter().map(|uses| format!("{} in {}", uses[0].1.name, reports(uses))).collect();
        let reading =
            format!("{} ({}) is spelled {}.", usual[0].1.name, reports(usual), show::list(&others));
        let evidence: Vec<Evidence> = by_use
            .iter()
            .enumerate()
            .flat_map(|(place, uses)| {
                let role = if place == 0 { "usual spelling" } else { "other spelling" };
                uses.iter().map(move |(item, person)| show::evidence(&item.id, person.first, role))
            })
            .collect();
        let spellings: Vec<Value> = by_use
            .iter()
            .map(|uses| json!({"name": uses[0].1.name, "reports": uses.iter().map(|(item, _)| &item.id.report).collect::<Vec<_>>()}))
            .collect();
        let mut detail = Map::new();
        detail.insert("spellings".to_owned(), Value::Array(spellings));
        // `eval/calibration.csv`.
        let confidence = 0.95;
        vec![Finding { kind: FindingKind::NameVariant, reading, confidence, evidence, detail }]
    }
}

/// The parts of a name, folded: "al-Hariri" and "Al Hariri" are one.
fn parts(name: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for part in name.split_whitespace().map(folded) {
        match parts.last_mut().filter(|last| matches!(last.as_str(), "al" | "el")) {
            Some(article) => article.push_str(&part),
            None => parts.push(part),
        }
    }
    parts
}

/// How a name sounds, roughly: its first letter and the consonants after it, letters that sound
/// alike made one.
fn sound(name: &str) -> String {
    let mut sound = String::new();
    let mut last = ' ';
    // "Yelena", "Elena"; "Yulia", "Julia"; "Lawrence", "Laurence"
    let name = match name.strip_prefix('y') {
        Some(rest) if rest.starts_with('e') => rest.to_owned(),
        Some(rest) if rest.starts_with(['u', 'o']) => format!("j{rest}"),
        _ => name.to_owned(),
    };
    let name = name.replace("aw", "au").replace("ow", "ou");
    let letters =
        name.replace("ph", "f").replace("ck", "k").replace("sch", "sh").replace('x', "ks");
    for (place, letter) in letters.chars().enumerate() {
        let same = match letter {
            // "Ebrahim", "Ibrahim"
            'e' if place == 0 => 'i',
            'c' | 'q' => 'k',
            'z' => 's',
            // "Konrad", "Conrad"; "Orlov", "Orloff"
            'v' | 'w' => 'v',
            'f' if place > 0 => 'v',
            'h' if place > 0 => continue,
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' if place > 0 => {
                last = ' ';
                continue;
            }
            letter => letter,
        };
        if same != last {
            sound.push(same);
        }
        last = same;
    }
    sound
}

/// Whether two spellings can be of one name, and are not two names that differ in a vowel:
/// "Antony" and "Anthony", "Mohamed" and "Muhammad"; not "Mario" and "Maria", "Erin" and "Eran".
fn sounds_alike(a: &str, b: &str) -> bool {
    let last = |name: &str| name.chars().last();
    let far = distance(a, b);
    let least = a.len().min(b.len());
    let is_long = least >= if far == 1 { 4 } else { 6 };
    // "Paul" and "Paula", "Anton" and "Antony" are two; "Zelensky" and "Zelenskyy" are one.
    let is_two = |short: &str, long: &str| {
        long.strip_prefix(short).is_some_and(|more| !more.is_empty() && !short.ends_with(more))
    };
    if is_two(a, b) || is_two(b, a) {
        return false;
    }
    // "Marc", "Mark"; "Ameera", "Amira": read aloud they are one, however short.
    if least >= 4 && read_aloud(a) == read_aloud(b) {
        return true;
    }
    // A letter more is a spelling; another letter in a short name is another name.
    let is_more = a.len() != b.len();
    sound(a) == sound(b) && is_long && (is_more || a.len() >= 6) && (last(a) == last(b) || is_more)
}

/// Whether a vowel more makes another forename of a short one: "Carl", "Carol". Surnames are
/// misspelled so: "Cohn", "Cohen".
fn is_a_syllable_more(a: &str, b: &str) -> bool {
    let syllables = |name: &str| {
        let parts = name.split(|c| !is_vowel(c));
        parts.filter(|vowels| !vowels.is_empty()).count()
    };
    a.len().min(b.len()) <= 5 && distance(a, b) == 1 && syllables(a) != syllables(b)
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// A name in one spelling of its sounds, vowels and all: "Oscar" and "Oskar", "Sergei" and "Sergey";
/// not "Mary" and "Marie".
fn read_aloud(name: &str) -> String {
    let name = name.replace("ph", "f").replace('x', "ks").replace("ee", "i").replace("oo", "u");
    let letters: Vec<char> = name.chars().collect();
    let mut sounds = String::new();
    for (place, &letter) in letters.iter().enumerate() {
        let next = letters.get(place + 1);
        let sound = match letter {
            'c' if next.is_some_and(|next| matches!(next, 'e' | 'i' | 'y')) => 's',
            'c' | 'q' => 'k',
            'z' if place > 0 => 's',
            'y' if place > 0 => 'i',
            // Between vowels it parts them: "Gramm", "Graham".
            'h' if place > 0 && !is_vowel(letters[place - 1]) => continue,
            'h' if place > 0 && !next.is_some_and(|&next| is_vowel(next)) => continue,
            letter => letter,
        };
        if !sounds.ends_with(sound) {
            sounds.push(sound);
        }
    }
    let end = if sounds.ends_with("ie") { sounds.len() - 2 } else { sounds.len() };
    let (inner, end) = sounds.split_at(end);
    inner.replace("ei", "i").replace("ie", "i").replace("ou", "u") + end
}

/// Whether two folded names are surely spellings of one.
pub(crate) fn is_one_spelling(a: &str, b: &str) -> bool {
    distance(a, b) <= 2 && sounds_alike(a, b)
}

/// Whether two names differ in the vowel that ends them, as a man's and a woman's do: "Mario",
/// "Maria"; "Paul", "Paula".
fn is_one_ending(a: &str, b: &str) -> bool {
    let stem = |name: &str| name.strip_suffix(['a', 'o', 'e']).unwrap_or(name).to_owned();
    stem(a) == stem(b)
}

/// Letters to change, put in or leave out to make the one word of the other (Levenshtein, 1965).
pub(crate) fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut slant = row[0];
        row[0] = i + 1;
        for (j, &y) in b.iter().enumerate() {
            let change = slant + usize::from(x != y);
            slant = row[j + 1];
            row[j + 1] = change.min(slant + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_sound_alike_and_other_names_do_not() {
        for (a, b) in [
            ("antony", "anthony"),
            ("mohamed", "mohammad"),
            ("zelensky", "zelenskyy"),
            ("catherine", "catharine"),
            ("marc", "mark"),
            ("jacob", "jakob"),
            ("ameera", "amira"),
            ("sergei", "sergey"),
        ] {
            assert!(distance(a, b) <= 2 && sounds_alike(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("mario", "maria"),
            ("john", "joan"),
            ("paul", "paula"),
            ("erin", "eric"),
            ("mary", "marie"),
            ("gramm", "graham"),
        ] {
            assert!(!sounds_alike(a, b), "{a} {b}");
        }
    }

    #[test]
    fn a_syllable_more_is_another_forename() {
        assert!(is_a_syllable_more("carl", "carol"));
        assert!(!is_a_syllable_more("elliot", "elliott") && !is_a_syllable_more("eric", "erick"));
    }

    #[test]
    fn distance_counts_letters() {
        assert_eq!(distance("antony", "anthony"), 1);
        assert_eq!(distance("", "abc"), 3);
    }
}
