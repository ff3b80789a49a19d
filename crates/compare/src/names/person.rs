//! Which names of a record are one person's, and under which they are listed.
//!
//! ```text
//! Antony Brandt (Secretary), Anthony Brandt, Brandt (Secretary), Secretary Antony Brandt → one
//! Piet Brandt (violinist)                                                               → another
//! ```
//!
//! Names are joined where a finding says that they are spellings, where only a title or a middle
//! name is more, and where a surname alone has the office of just one who bears it. Two who share
//! surname and office stay two, and the surname alone is neither's. Not handled: two people with
//! one full name, and a surname that means one in this report and another in that.

use super::distance;
use crate::rules::parse;
use crate::words::folded;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// One name of a record, with what the record knows of it.
#[derive(Debug, Clone, Default)]
pub struct Namesake {
    /// As the reports write it.
    pub name: String,
    /// Statements under it.
    pub statements: usize,
    /// Reports that name somebody so.
    pub reports: usize,
    /// Offices and titles, with the number of reports that give each.
    pub roles: Vec<(String, usize)>,
    /// Places in the list of names that a finding takes for spellings of this one.
    pub spellings: Vec<usize>,
}

#[derive(Deserialize)]
struct File {
    titles: String,
    aside: String,
    address: String,
    short: FxHashMap<String, String>,
}

struct Titles {
    titles: FxHashSet<String>,
    aside: FxHashSet<String>,
    address: FxHashSet<String>,
    short: FxHashMap<String, String>,
}

static TITLES: LazyLock<Titles> = LazyLock::new(|| {
    let File { titles, aside, address, short } = parse(include_str!("../../rules/en/titles.toml"));
    let set = |words: String| words.split_whitespace().map(str::to_owned).collect();
    Titles { titles: set(titles), aside: set(aside), address: set(address), short }
});

impl Titles {
    fn long(&self, word: &str) -> String {
        let word = folded(word);
        self.short.get(&word).cloned().unwrap_or(word)
    }
}

/// A name in its parts, folded.
#[derive(Debug, Default, PartialEq, Eq)]
struct Parts {
    forename: Option<String>,
    middle: Vec<String>,
    surname: String,
    suffix: Option<String>,
    has_title: bool,
}

impl Parts {
    fn of(name: &str) -> Self {
        let mut words: Vec<String> = name.split_whitespace().map(folded).collect();
        words.retain(|word| !word.is_empty());
        let is_suffix = |word: &str| matches!(word, "jr" | "sr" | "ii" | "iii" | "iv");
        let suffix = if words.len() > 1 && words.last().is_some_and(|word| is_suffix(word)) {
            words.pop()
        } else {
            None
        };
        let titles: &Titles = &TITLES;
        let is_title = |word: &String| titles.titles.contains(&titles.long(word));
        let before = words.iter().take_while(|word| is_title(word)).count();
        // "Prince William" has no other name; "Major Smith" may be his forename.
        let has_title = before > 0 && words.len() - before >= 2;
        if has_title {
            words.drain(..before);
        }
        let surname = words.pop().unwrap_or_default();
        let mut words = words.into_iter();
        let forename = words.next();
        Self { forename, middle: words.collect(), surname, suffix, has_title }
    }

    /// Whether it is a forename and a surname, with at most two names between.
    fn is_full(&self) -> bool {
        self.forename.as_ref().is_some_and(|name| name.len() > 1) && self.middle.len() <= 2
    }

    /// Whether nothing in the middle names parts the two: "J." and "John" are one, "W." and "H." two.
    fn can_be(&self, other: &Self) -> bool {
        let is_one = |a: &str, b: &str| {
            a.starts_with(b) || b.starts_with(a) || a.len() > 3 && distance(a, b) <= 2
        };
        self.forename == other.forename
            && self.surname == other.surname
            && self.suffix == other.suffix
            && self.middle.iter().zip(&other.middle).all(|(a, b)| is_one(a, b))
    }
}

/// The name's last word, folded, as namesakes share it: "Robert Brandt Jr." is a Brandt.
pub fn surname(name: &str) -> String {
    Parts::of(name).surname
}

/// For each name the place of the one under which it is listed: its own, where it stands alone or
/// is the usual one. The same answer in any order of names.
pub fn listed_as(names: &[Namesake]) -> Vec<usize> {
    let parts: Vec<Parts> = names.iter().map(|name| Parts::of(&name.name)).collect();
    let roles: Vec<BTreeMap<String, usize>> = names.iter().map(offices).collect();
    let mut person: Vec<usize> = (0..names.len()).collect();
    let mut join = |a: usize, b: usize| {
        let (old, new) = (person[a].max(person[b]), person[a].min(person[b]));
        person.iter_mut().filter(|person| **person == old).for_each(|person| *person = new);
    };
    for (place, name) in names.iter().enumerate() {
        name.spellings.iter().filter(|&&other| other < names.len()).for_each(|&o| join(place, o));
    }
    let full: Vec<usize> = (0..names.len()).filter(|&place| parts[place].is_full()).collect();
    for (at, &a) in full.iter().enumerate() {
        for &b in &full[at + 1..] {
            if !parts[a].can_be(&parts[b]) {
                continue;
            }
            // "George W. Brandt" and "George H. Brandt": "George Brandt" is neither's.
            let is_torn = |one: &Parts| {
                full.iter().any(|&c| {
                    (one.can_be(&parts[c]))
                        && !(parts[a].can_be(&parts[c]) && parts[b].can_be(&parts[c]))
                })
            };
            let is_plain = parts[a].middle == parts[b].middle;
            let has_office = roles[a].keys().any(|role| roles[b].contains_key(role));
            if is_plain || has_office && !is_torn(&parts[a]) && !is_torn(&parts[b]) {
                join(a, b);
            }
        }
    }
    for place in 0..names.len() {
        if parts[place].forename.is_none()
            && let Some(bearer) = bearer(place, names, &parts, &roles, &person)
        {
            let (old, new) = (person[place], person[bearer]);
            person.iter_mut().filter(|person| **person == old).for_each(|person| *person = new);
        }
    }
    let rank = |place: usize| {
        let (name, parts) = (&names[place], &parts[place]);
        let is_whole = parts.is_full() && !parts.has_title;
        (is_whole, name.statements, name.reports, std::cmp::Reverse(&name.name))
    };
    let usual = |of: usize| {
        (0..names.len()).filter(|&other| person[other] == person[of]).max_by_key(|&one| rank(one))
    };
    (0..names.len()).map(|place| usual(place).unwrap_or(place)).collect()
}

/// The one whose surname stands alone at `bare`: the only one who has the office that stands with
/// it, and whom most reports mean that name one of this surname.
fn bearer(
    bare: usize,
    names: &[Namesake],
    parts: &[Parts],
    roles: &[BTreeMap<String, usize>],
    person: &[usize],
) -> Option<usize> {
    let mut bearers: BTreeMap<usize, (usize, BTreeMap<&str, usize>)> = BTreeMap::new();
    for place in 0..names.len() {
        if place != bare
            && parts[place].forename.is_some()
            && parts[place].surname == parts[bare].surname
        {
            let (reports, offices) = bearers.entry(person[place]).or_default();
            *reports += names[place].reports;
            for (role, count) in &roles[place] {
                *offices.entry(role.as_str()).or_default() += count;
            }
        }
    }
    let all: usize = bearers.values().map(|(reports, _)| reports).sum();
    // How many reports give this bearer an office that stands with the surname alone, and how many
    // give the surname one of these. An office that one report in ten or fewer gives is a slip: "an
    // aide to President Brandt".
    let shared = |offices: &BTreeMap<&str, usize>| -> (usize, usize) {
        let most: usize = offices.values().copied().max().unwrap_or(0);
        let held = |role: &str, (office, count): (&&str, &usize)| {
            count * 10 > most && is_office(role, office)
        };
        let bare = &roles[bare];
        let times = bare.iter().filter(|(role, _)| offices.iter().any(|of| held(role, of)));
        let here = offices.iter().filter(|&of| bare.keys().any(|role| held(role, of)));
        (here.map(|(_, count)| count).sum(), times.map(|(_, count)| count).sum())
    };
    let mut with: Vec<(usize, usize, usize)> = bearers
        .iter()
        .map(|(&who, (_, offices))| (shared(offices), who))
        .map(|((here, times), who)| (here, times, who))
        .filter(|one| one.0 > 0)
        .collect();
    with.sort_unstable();
    let (here, times, who) = with.pop()?;
    // "President and Piet Brandt went" gives him the office once for hundreds of times that she has
    // it; two mayors have it both.
    if with.iter().any(|other| other.0 * 10 > here) {
        return None;
    }
    let is_only = bearers.len() == 1;
    let is_often = times * 5 >= names[bare].reports;
    let is_most = bearers[&who].0 * 2 >= all;
    (is_only || is_often && is_most).then_some(who)
}

/// The offices of a name in one form each, with the number of reports.
fn offices(name: &Namesake) -> BTreeMap<String, usize> {
    let titles: &Titles = &TITLES;
    let mut offices: BTreeMap<String, usize> = BTreeMap::new();
    for (role, count) in &name.roles {
        let words = role.split([' ', '-']).map(|word| titles.long(word));
        let words: Vec<String> = words
            .skip_while(|word| word.is_empty() || titles.aside.contains(word))
            .filter(|word| !word.is_empty())
            .collect();
        let is_address = words.iter().all(|word| titles.address.contains(word));
        if !is_address {
            *offices.entry(words.join(" ")).or_default() += count;
        }
    }
    offices
}

/// Whether two give one office: "secretary" and "secretary of state"; not "president" and "vice
/// president".
fn is_office(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    long.strip_prefix(short).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str, statements: usize, roles: &[&str]) -> Namesake {
        Namesake {
            name: name.to_owned(),
            statements,
            reports: statements,
            roles: roles.iter().map(|role| ((*role).to_owned(), statements)).collect(),
            spellings: Vec::new(),
        }
    }

    fn listed(names: &[Namesake]) -> Vec<&str> {
        listed_as(names).into_iter().map(|place| names[place].name.as_str()).collect()
    }

    #[test]
    fn spellings_titles_and_a_surname_in_office_are_one_person() {
        let mut names = vec![
            named("Brandt", 20, &["Secretary"]),
            named("Anthony Brandt", 2, &[]),
            named("Antony Brandt", 9, &["Secretary of State"]),
            named("Secretary of State Antony Brandt", 1, &[]),
            named("Piet Brandt", 3, &["violinist"]),
        ];
        names[1].spellings.push(2);
        let brandt = "Antony Brandt";
        assert_eq!(listed(&names), [brandt, brandt, brandt, brandt, "Piet Brandt"]);
    }

    #[test]
    fn two_mayors_of_one_surname_stay_two_and_the_surname_is_neithers() {
        let names = [
            named("Orla Brandt", 9, &["Mayor"]),
            named("Piet Brandt", 3, &["former mayor"]),
            named("Brandt", 20, &["Mayor"]),
        ];
        assert_eq!(listed(&names), ["Orla Brandt", "Piet Brandt", "Brandt"]);
    }

    #[test]
    fn a_surname_without_an_office_stands_alone() {
        let names = [named("Orla Brandt", 9, &["Mayor"]), named("Brandt", 20, &["Mr."])];
        assert_eq!(listed(&names), ["Orla Brandt", "Brandt"]);
        let vice =
            [named("Orla Brandt", 9, &["President"]), named("Brandt", 2, &["Vice President"])];
        assert_eq!(listed(&vice), ["Orla Brandt", "Brandt"]);
    }

    #[test]
    fn middle_names_join_one_office_and_part_two_presidents() {
        let names = [
            named("Dirk Brandt", 9, &["Gov."]),
            named("Dirk J. Brandt", 3, &["Governor"]),
            named("Dirk Brandt Jr.", 3, &["Governor"]),
        ];
        assert_eq!(listed(&names), ["Dirk Brandt", "Dirk Brandt", "Dirk Brandt Jr."]);
        let two = [
            named("Dirk Brandt", 9, &["President"]),
            named("Dirk W. Brandt", 3, &["President"]),
            named("Dirk H. Brandt", 3, &["President"]),
        ];
        assert_eq!(listed(&two), ["Dirk Brandt", "Dirk W. Brandt", "Dirk H. Brandt"]);
    }
}
