//! The world of a seed number: papers, places, people, events.
//!
//! ```text
//! World::of(7).event(story 3, 0)   a strike in Ashford, its people, what they say, what is counted
//! ```
//!
//! Everything follows from the seed and a place in the world, so nothing is kept: the millionth
//! story costs what the first does. Not handled: people who change office.

use super::chance::Chance;
use super::day::Day;
use super::grammar::{Kind, expand, frames, kinds, names};
use super::speech::Speech;

/// Papers of a world.
const PAPERS: usize = 36;

/// Stories that begin on one day.
const STORIES_A_DAY: u64 = 4;

/// A paper and how it writes.
#[derive(Debug, Clone)]
pub(super) struct Outlet {
    pub(super) name: String,
    pub(super) town: String,
    pub(super) is_wire: bool,
    /// "harbor", "organize", "cease-fire"
    pub(super) is_american: bool,
    /// “ ” rather than " "
    pub(super) is_curly: bool,
}

impl Outlet {
    /// As others write of it.
    pub(super) fn called(&self) -> String {
        if self.is_wire { self.name.clone() } else { format!("the {}", self.name) }
    }
}

/// Somebody with a name and an office.
#[derive(Debug, Clone)]
pub(super) struct Person {
    /// Forename and surname, each in its spellings, the usual one first.
    pub(super) forename: Vec<String>,
    pub(super) surname: Vec<String>,
    pub(super) is_woman: bool,
    /// "Mayor", "the mayor of Ashford", "the mayor"
    pub(super) role: [String; 3],
    /// What facts call it: "mayor".
    pub(super) key: String,
}

impl Person {
    pub(super) fn name(&self) -> String {
        format!("{} {}", self.forename[0], self.surname[0])
    }
}

/// What is counted, day by day.
#[derive(Debug, Clone)]
pub(super) struct Measure {
    pub(super) by_day: Vec<u64>,
    pub(super) frames: Vec<String>,
}

/// What unnamed sources told an outlet.
#[derive(Debug, Clone)]
pub(super) struct Told {
    /// In two wordings.
    pub(super) clauses: [String; 2],
    pub(super) source: String,
    pub(super) outlet: usize,
    /// Another outlet with sources of its own.
    pub(super) second: Option<(usize, String)>,
}

/// Something that happens.
#[derive(Debug, Clone)]
pub(super) struct Event {
    pub(super) id: String,
    pub(super) day: Day,
    pub(super) place: String,
    pub(super) people: Vec<Person>,
    pub(super) measures: Vec<Measure>,
    pub(super) speeches: Vec<Speech>,
    pub(super) told: Vec<Told>,
    pub(super) headlines: Vec<String>,
    pub(super) ledes: Vec<String>,
    pub(super) facts: Vec<Vec<String>>,
    /// Headline, inflated headline, body.
    pub(super) plan: [String; 3],
}

/// A simulated world.
#[derive(Debug)]
pub(super) struct World {
    pub(super) seed: u64,
    pub(super) outlets: Vec<Outlet>,
}

impl World {
    pub(super) fn of(seed: u64) -> Self {
        let mut chance = Chance::of(seed, &[1]);
        let mut outlets: Vec<Outlet> = Vec::new();
        for wire in &names().wires {
            let (name, town) = (wire.clone(), town(&mut chance));
            outlets.push(Outlet { name, town, is_wire: true, is_american: false, is_curly: true });
        }
        while outlets.len() < names().wires.len() + PAPERS {
            let town = town(&mut chance);
            let name = format!("{town} {}", chance.pick(&names().papers));
            if outlets.iter().all(|outlet| outlet.name != name) {
                let (is_american, is_curly) = (chance.percent(50), chance.percent(70));
                outlets.push(Outlet { name, town, is_wire: false, is_american, is_curly });
            }
        }
        Self { seed, outlets }
    }

    /// Event `number` of a story. Stories come in pairs, and two of a pair are often of one kind:
    /// two strikes in two ports, two visits of one minister.
    pub(super) fn event(&self, story: u64, number: u64) -> Event {
        let mut chance = Chance::of(self.seed, &[2, story, number]);
        let mut pair = Chance::of(self.seed, &[3, story / 2, number]);
        let is_alike = number == 0 && pair.percent(45);
        // Kinds come in turn, so that days lie between two of one kind that are not of a pair.
        let turn = if is_alike { story / 2 * 2 } else { story } + number * 5;
        let mut order: Vec<&Kind> = kinds().iter().collect();
        Chance::of(self.seed, &[5]).shuffle(&mut order);
        let kind = order[(turn % order.len() as u64) as usize];
        let day = Day(22_286 + (story / STORIES_A_DAY) as i64 + chance.below(3) as i64);
        let id = format!("s{story}.{number}");

        let (place, region, host) = (town(&mut chance), region(&mut chance), region(&mut chance));
        let mut fixed: Vec<(String, String)> = vec![
            ("place".to_owned(), place.clone()),
            ("far".to_owned(), place.clone()),
            ("region".to_owned(), region),
            ("host".to_owned(), host),
            ("venue_short".to_owned(), "state radio".to_owned()),
        ];
        for (word, of) in &kind.words {
            fixed.push((word.clone(), chance.pick(of).clone()));
        }
        let mut people: Vec<Person> = Vec::new();
        for (key, role) in &kind.roles {
            // One minister visits twice; the rest are other people.
            let is_shared = is_alike && kind.kind == "visit" && key == "guest";
            let of = if is_shared { &mut pair } else { &mut chance };
            let mut person = person(of, key);
            let taken =
                |person: &Person| people.iter().any(|other| other.surname[0] == person.surname[0]);
            while taken(&person) {
                person = self::person(&mut chance, key);
            }
            let role = role.clone().map(|part| fill(&part, &mut chance, &fixed, day));
            people.push(Person { role, ..person });
        }
        // Two strikes in two ports have their own words: each of a pair has every other template.
        let half = is_alike.then_some(story % 2);
        let speeches = speeches((kind, half), &people, &mut chance, &fixed, day);
        let measures = kind.measures.values().map(|measure| {
            let [low, high] = measure.from;
            // Skewed to the low end, as counts are.
            let first = low + (chance.between(0, high - low) * chance.between(0, 100)) / 100;
            let first = if first > 1_000 { first - first % 10 } else { first };
            let mut by_day = vec![first];
            for _ in 0..9 {
                let last = by_day[by_day.len() - 1];
                let step = last * chance.between(5, 25) / 100 + 1;
                by_day.push(match measure.growth.as_str() {
                    "grow" => last + step,
                    "fall" => last.saturating_sub(step).max(10),
                    _ => last,
                });
            }
            let frames = measure.frames.iter();
            let frames = frames.map(|frame| fill(frame, &mut chance, &fixed, day)).collect();
            Measure { by_day, frames }
        });
        let measures = measures.collect();
        let told = kind.told.iter().map(|clause| {
            let wire = names().wires.len();
            let outlet = wire + chance.below(PAPERS);
            let second = (outlet + 1 + chance.below(PAPERS - 1) - wire) % PAPERS + wire;
            let sources = &frames().sources;
            let source = chance.below(sources.len());
            let other = (source + 1 + chance.below(sources.len() - 1)) % sources.len();
            Told {
                clauses: [0, 1].map(|_| fill(clause, &mut chance, &fixed, day)),
                source: sources[source].clone(),
                outlet,
                second: chance.percent(35).then(|| (second, sources[other].clone())),
            }
        });
        let told = told.collect();
        // Two ways to say one thing name the same day and the same number.
        let mut all = |of: &[String]| -> Vec<String> {
            let one = chance.below(usize::MAX) as u64;
            let one_way = |template: &String, chance: &mut Chance| {
                expand(template, chance, &mut |name| {
                    slot(name, &fixed, day, &mut Chance::of(one, &[]))
                })
            };
            of.iter().map(|template| one_way(template, &mut chance)).collect()
        };
        let (headlines, ledes) = (all(&kind.headlines), all(&kind.ledes));
        let facts = kind.facts.iter().map(|fact| all(fact)).collect();
        let plan = [&kind.plan.head, &kind.plan.strong, &kind.plan.body]
            .map(|template| fill(template, &mut chance, &fixed, day));
        Event { id, day, place, people, measures, speeches, told, headlines, ledes, facts, plan }
    }
}

/// A template with what is fixed for its event.
fn fill(template: &str, chance: &mut Chance, fixed: &[(String, String)], day: Day) -> String {
    let mut any = Chance::of(chance.below(usize::MAX) as u64, &[]);
    expand(template, chance, &mut |name| slot(name, fixed, day, &mut any))
}

/// What a slot holds that is the same for all reports of an event.
pub(super) fn slot(
    name: &str,
    fixed: &[(String, String)],
    day: Day,
    chance: &mut Chance,
) -> Option<String> {
    match name {
        "day" => Some(Day(day.0 + chance.between(2, 5) as i64).weekday().to_owned()),
        "month" => Some(Day(day.0 + 31 + chance.between(0, 200) as i64).month().to_owned()),
        "years" => Some(chance.between(11, 48).to_string()),
        _ => fixed.iter().find(|(known, _)| known == name).map(|(_, word)| word.clone()),
    }
}

fn speeches(
    (kind, half): (&Kind, Option<u64>),
    people: &[Person],
    chance: &mut Chance,
    fixed: &[(String, String)],
    day: Day,
) -> Vec<Speech> {
    let mut followed: Vec<usize> = (0..frames().follow.len()).collect();
    chance.shuffle(&mut followed);
    let mut speeches = Vec::new();
    let says = kind.says.iter().enumerate();
    let says = says.filter(|(at, _)| half.is_none_or(|half| *at as u64 % 2 == half));
    for (_, say) in says {
        let who = people.iter().position(|person| person.key == say.who);
        let who = who.expect("a test sees to it that every speaker has a role");
        let mut any = Chance::of(chance.below(usize::MAX) as u64, &[]);
        let opener = chance.pick(&frames().openers).clone();
        let first = match opener.is_empty() || say.say.starts_with("I ") || say.say.starts_with('{')
        {
            true => format!("{opener}{}", say.say),
            false => format!("{opener}{}", lower(&say.say)),
        };
        let mut templates = vec![first];
        if chance.percent(55) {
            templates.extend(followed.pop().map(|at| frames().follow[at].clone()));
        }
        let that = fill(&say.that, chance, fixed, day);
        speeches.push(Speech::of(who, &templates, that, chance, &mut |name| {
            slot(name, fixed, day, &mut any)
        }));
    }
    speeches
}

fn lower(text: &str) -> String {
    if text.starts_with('[') {
        // "[Nobody|Everybody]": each choice.
        let end = text.find(']').unwrap_or(0);
        return text[..end].to_lowercase() + &text[end..];
    }
    let mut chars = text.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_lowercase).collect();
    first + chars.as_str()
}

pub(super) fn town(chance: &mut Chance) -> String {
    let (start, end) = (chance.pick(&names().town_starts), chance.pick(&names().town_ends));
    let joined = format!("{start}{end}");
    match chance.below(12) {
        0 => format!("Port {joined}"),
        1 => format!("New {joined}"),
        _ => joined,
    }
}

fn region(chance: &mut Chance) -> String {
    let start = chance.pick(&names().town_starts).clone();
    let end = ["onia", "avia", "istan", "mark", "ovia", "ania", "estria", "adia"];
    format!("{}{}", start.trim_end_matches('e'), chance.pick(&end))
}

fn person(chance: &mut Chance, key: &str) -> Person {
    let is_woman = chance.percent(50);
    let forenames = if is_woman { &names().women } else { &names().men };
    let spellings = |name: &String| -> Vec<String> { name.split('/').map(str::to_owned).collect() };
    let forename = spellings(chance.pick(forenames));
    let start = chance.pick(&names().surname_starts).clone();
    let surname = spellings(chance.pick(&names().surname_ends));
    let surname = surname.into_iter().map(|end| format!("{start}{end}")).collect();
    let role = [const { String::new() }; 3];
    Person { forename, surname, is_woman, role, key: key.to_owned() }
}
