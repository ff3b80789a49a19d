//! Lines as news agencies write them, made from templates: headlines in capitals, datelines, tables of
//! results. The annotated reports have next to none of these.
//!
//! ```text
//! {team} {n} {team} {n}    →   Aberdeen 2 Leeds United 1      both marked as organisations
//! ```
//!
//! Names are drawn from the lists in `crates/analyse/rules/en/names-*.toml`; the templates are
//! written for this project. The same lines each time.

use crate::perceptron::Dice;
use onrecord_evaluate::names::Named;

const PLACES: &str = include_str!("../../analyse/rules/en/names-places.toml");
const PEOPLE: &str = include_str!("../../analyse/rules/en/names-people.toml");
const BODIES: &str = include_str!("../../analyse/rules/en/names-bodies.toml");

/// The words of a list of a file.
pub(crate) fn list<'t>(file: &'t str, name: &str) -> Vec<&'t str> {
    let Some((_, rest)) = file.split_once(&format!("\n{name} = \"\"\"")) else { return Vec::new() };
    rest.split("\"\"\"").next().unwrap_or_default().split_whitespace().collect()
}

/// Headlines; written in capitals.
const HEADLINES: &[&str] = &[
    "{sport} - {country} BEAT {country} TO REACH FINAL .",
    "{sport} - {sur} WINS {people} OPEN .",
    "{sport} - {team} HOLD {team} TO DRAW .",
    "{sport} - {people} LEAGUE RESULTS .",
    "{sport} - {people} FIRST DIVISION STANDINGS .",
    "{sport} - {sur} LEADS AFTER SECOND ROUND IN {city} .",
    "{sport} - {sur} TO MISS {country} MATCH .",
    "{sport} - {team} SIGN {people} STRIKER {sur} .",
    "{sport} - RESULTS OF {city} GRAND PRIX .",
    "{sport} - {country} V {country} SCOREBOARD .",
    "{country} SAYS TALKS WITH {country} GO ON .",
    "{people} MINISTER MEETS {sur} IN {city} .",
    "{sur} SAYS {country} READY FOR TALKS .",
    "{company} SEES HIGHER PROFIT .",
    "{company} TO BUY {company} UNIT .",
    "{people} STOCKS END LOWER .",
    "{city} SHARES CLOSE HIGHER IN THIN TRADE .",
    "{country} CENTRAL BANK CUTS RATES .",
    "BLAST KILLS FOUR IN {city} .",
    "{people} TROOPS LEAVE {city} .",
    "{body} CHIEF TO VISIT {country} .",
    "{country} DENIES {people} REPORT .",
    "{per} NAMED HEAD OF {body} .",
    "PRESS DIGEST - {country} - {month} 12 .",
    "{company} H1 NET RISES .",
];

/// Datelines.
const DATELINES: &[&str] = &[
    "{CITY} 1996-{n}-{n}",
    "{CITY} 1996-{n}-{n}",
    "{CITY} , {country} 1996-{n}-{n}",
    "{CITY} , {month} {n}",
    "{CITY} ( {agency} ) -",
    "{CITY} , {month} {n} ( {agency} ) -",
];

/// Tables and lists of results.
const TABLES: &[&str] = &[
    "{team} {d} {team} {d}",
    "{team} {d} {team} {d}",
    "{team} {d} ( {sur} {n} , {sur} {n} ) {team} {d} ( {sur} {n} )",
    "{team} {n} {d} {d} {d} {n} {n} {n}",
    "{team} {n} {d} {d} {d} {n} {n} {n}",
    "{country} {d} {country} {d}",
    "{country} {n} {d} {d} {d} {n} {n} {n}",
    "{d} - {per} ( {country} ) beat {per} ( {country} ) 6-3 6-4",
    "{per} ( {country} ) beat {d} - {per} ( {country} ) 7-5 3-6 6-2",
    "{per} ( {country} ) beat {per} ( {country} ) 6-1 7-6 ( 7-4 )",
    "{d} . {per} ( {country} ) {n}.{n} seconds",
    "{d} . {per} ( {country} ) {team} same time",
    "{d} . {per} , {country} , {n}.{n} .",
    "{n} {per} ( {country} ) {n} {n} {n}",
    "2{n} {per} {n} {n} {n} {n}",
    "{n} {per} , {per} ( {country} ) , {per}",
    "{ini} {sur} c {sur} b {sur} {n}",
    "{ini} {sur} lbw b {sur} {d}",
    "{ini} {sur} not out {n}",
    "Bowling : {sur} {n}-{d}-{n}-{d} , {sur} {n}-{d}-{n}-{d} , {sur} {n}-{d}-{n}-{d} .",
    "Fall of wickets : 1-{n} ( {sur} ) , 2-{n} ( {sur} ) , 3-{n} .",
    "To bat : {ini} {sur} , {ini} {sur} , {ini} {sur} .",
    "{county} {n}0 and {n}1 ( {ini} {sur} 5-{n} ) v {county} {n}2 .",
    "In {city} : {county} {n}4 ( {ini} {sur} {n} , {ini} {sur} {n} ) and {n} for two .",
    "Scorers : {sur} ( {n}th minute ) , {sur} ( {n} )",
    "{country} : {d} - {per} ; {d} - {per} , {d} - {per} ( {d} - {per} {n} )",
    "Teams : {team} - {per} , {per} , {per} , {per} .",
    "Attendance : {n},{n}0",
    "{per} ( {country} ) {n} points",
    "{city} at {city}",
    "Monday {month} {n} , {city}",
    "{per} , {team} , {n}",
];

/// Sentences of short reports.
const SENTENCES: &[&str] = &[
    "{team} beat {team} {d}-{d} ( halftime {d}-{d} ) in the {people} first division on Saturday .",
    "{country} beat {country} {d}-{d} in a world cup qualifier in {city} on Wednesday .",
    "Results of {people} first division matches played on Sunday ( home team in capitals ) :",
    "Leading scores after the second round of the {people} Open on Friday ( {people} unless stated ) :",
    "Close of play scores in {people} county matches :",
    "{people} striker {per} scored twice as {team} moved to the top of the league .",
    "{sur} , who plays for {team} , will miss the match against {team} .",
    "{per} of {country} won the {n} metres in {city} .",
    "{team} manager {per} said {sur} was fit .",
    "{company} said it would buy {company} of {country} for {n} million dollars .",
    "{company} shares rose {n} pence in {city} .",
    "Analyst {per} at {company} in {city} said the results were good .",
    "{people} Foreign Minister {per} arrived in {city} for talks with {sur} .",
    "The {body} said {country} had agreed to pay .",
    "-- {per} , {city} newsroom +44 171 542 {n}{n}",
    "-- {city} newsroom",
    "{agency} has not verified these stories and does not vouch for their accuracy .",
    "These are the leading stories in the {city} press on Monday .",
];

const COUNTIES: &[&str] = &[
    "Leicestershire",
    "Somerset",
    "Essex",
    "Surrey",
    "Kent",
    "Sussex",
    "Derbyshire",
    "Yorkshire",
    "Hampshire",
    "Lancashire",
    "Nottinghamshire",
    "Warwickshire",
    "Glamorgan",
    "Middlesex",
    "Durham",
    "Worcestershire",
];
const SPORTS: &[&str] = &[
    "SOCCER",
    "CRICKET",
    "TENNIS",
    "GOLF",
    "RUGBY UNION",
    "RUGBY LEAGUE",
    "CYCLING",
    "ATHLETICS",
    "BASEBALL",
    "BASKETBALL",
    "ICE HOCKEY",
    "BOXING",
    "MOTOR RACING",
    "SKIING",
    "SWIMMING",
    "SQUASH",
    "BADMINTON",
];
const CLUBS: &[&str] = &[
    "United",
    "City",
    "Rovers",
    "Town",
    "County",
    "Athletic",
    "Wanderers",
    "FC",
    "Rangers",
    "Albion",
];
const NICKNAMES: &[&str] = &[
    "Yankees",
    "Mets",
    "Dodgers",
    "Giants",
    "Cubs",
    "Braves",
    "Pirates",
    "Cardinals",
    "Reds",
    "Astros",
    "Rockies",
    "Mariners",
    "Twins",
    "Royals",
    "Tigers",
    "Indians",
    "Orioles",
    "Cowboys",
    "Eagles",
    "Bears",
    "Lions",
    "Falcons",
    "Raiders",
    "Chiefs",
    "Dolphins",
    "Jets",
    "Patriots",
    "Lakers",
    "Bulls",
    "Pacers",
    "Hawks",
    "Rockets",
    "Bruins",
    "Canadiens",
    "Sabres",
    "Penguins",
    "Flyers",
    "Devils",
    "Sharks",
    "Kings",
    "Blues",
    "Stars",
];
const FIRMS: &[&str] = &[
    "Corp",
    "Inc",
    "Ltd",
    "Plc",
    "Group",
    "Holdings",
    "Industries",
    "Co",
    "AG",
    "Bank",
    "Securities",
    "& Co",
    "Airlines",
];
const AGENCIES: &[&str] = &["Reuters", "Reuter", "AP", "AFP", "Xinhua"];
const NAMED: &[&str] = &[
    "European Commission",
    "United Nations",
    "World Bank",
    "Red Cross",
    "NATO",
    "IMF",
    "U.N. Security Council",
    "Finance Ministry",
    "Foreign Ministry",
    "Interior Ministry",
    "Supreme Court",
    "OPEC",
    "Bundesbank",
];

/// `count` texts of lines.
pub(crate) fn texts(count: usize) -> Vec<Named> {
    let mut maker = Maker::new();
    (0..count).map(|number| maker.text(number)).collect()
}

struct Maker {
    dice: Dice,
    cities: Vec<&'static str>,
    countries: Vec<&'static str>,
    peoples: Vec<&'static str>,
    forenames: Vec<&'static str>,
    surnames: Vec<&'static str>,
    named: Named,
}

impl Maker {
    fn new() -> Self {
        let plain = |words: Vec<&'static str>| -> Vec<&'static str> {
            words.into_iter().filter(|word| word.is_ascii() && !word.contains('.')).collect()
        };
        Self {
            dice: Dice(11),
            cities: plain(list(PLACES, "cities")),
            countries: plain(list(PLACES, "countries")),
            peoples: plain(list(BODIES, "peoples")),
            forenames: plain(list(PEOPLE, "forenames")),
            surnames: plain(list(PEOPLE, "surnames")),
            named: Named::default(),
        }
    }

    fn one<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.dice.below(words.len())]
    }

    fn text(&mut self, number: usize) -> Named {
        self.named = Named { name: format!("wire-{number}"), ..Named::default() };
        let line = self.one(HEADLINES);
        self.line(line, true);
        let line = self.one(DATELINES);
        self.line(line, false);
        let tables = self.dice.below(3);
        for _ in 0..1 + self.dice.below(3) {
            let line = self.one(SENTENCES);
            self.line(line, false);
        }
        for _ in 0..tables {
            let line = self.one(TABLES);
            for _ in 0..2 + self.dice.below(5) {
                self.line(line, false);
            }
        }
        let mut named = std::mem::take(&mut self.named);
        named.until = named.text.len();
        named
    }

    fn line(&mut self, template: &str, is_loud: bool) {
        if !self.named.text.is_empty() {
            self.named.text.push_str("\n\n");
        }
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            self.write(before, "", is_loud);
            let (slot, after) =
                after.split_once('}').expect("the templates above close their braces");
            let (words, kind) = self.fill(slot);
            self.write(&words, kind, is_loud || slot == "CITY");
            rest = after;
        }
        self.write(rest, "", is_loud);
    }

    fn write(&mut self, words: &str, kind: &'static str, is_loud: bool) {
        let start = self.named.text.len();
        if is_loud {
            self.named.text.push_str(&words.to_uppercase());
        } else {
            self.named.text.push_str(words);
        }
        if !kind.is_empty() {
            self.named.names.push((start, self.named.text.len(), kind));
        }
    }

    fn fill(&mut self, slot: &str) -> (String, &'static str) {
        let (cities, countries, peoples) =
            (self.cities.clone(), self.countries.clone(), self.peoples.clone());
        let (forenames, surnames) = (self.forenames.clone(), self.surnames.clone());
        let city = capitalised(self.one(&cities));
        let surname = capitalised(self.one(&surnames));
        match slot {
            "n" => ((1 + self.dice.below(98)).to_string(), ""),
            "d" => (self.dice.below(10).to_string(), ""),
            "month" => {
                (self.one(&["Aug", "August", "Dec", "December", "March", "July"]).to_owned(), "")
            }
            "sport" => (self.one(SPORTS).to_owned(), ""),
            "city" | "CITY" => (city, "place"),
            "country" => (capitalised(self.one(&countries)), "place"),
            "people" => (capitalised(self.one(&peoples)), "other"),
            "per" => {
                let forename = capitalised(self.one(&forenames));
                (format!("{forename} {surname}"), "person")
            }
            "sur" => (surname, "person"),
            "ini" => (format!("{}.", (b'A' + self.dice.below(20) as u8) as char), ""),
            "county" => (self.one(COUNTIES).to_owned(), "organisation"),
            "agency" => (self.one(AGENCIES).to_owned(), "organisation"),
            "body" => (self.one(NAMED).to_owned(), "organisation"),
            "company" => {
                let firm = self.one(FIRMS);
                (format!("{surname} {firm}"), "organisation")
            }
            "team" => {
                let team = match self.dice.below(4) {
                    0 => format!("{city} {}", self.one(CLUBS)),
                    1 => format!("{city} {}", self.one(NICKNAMES)),
                    _ => city,
                };
                (team, "organisation")
            }
            _ => unreachable!("the templates above hold no slot `{slot}`"),
        }
    }
}

fn capitalised(word: &str) -> String {
    let one = |part: &str| {
        let mut chars = part.chars();
        chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
    };
    let parts = word.split('_').map(|part| match part {
        "of" | "and" | "the" | "de" | "del" | "la" | "on" => part.to_owned(),
        part => part.split('-').map(one).collect::<Vec<_>>().join("-"),
    });
    parts.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_template_is_filled_and_its_names_are_marked() {
        let texts = texts(200);
        assert_eq!(texts, super::texts(200));
        let all: String = texts.iter().map(|named| named.text.as_str()).collect();
        assert!(!all.contains(['{', '}', '_']));
        assert!(texts.iter().all(|named| named.names.iter().all(|&(start, end, _)| start < end)));
        assert!(texts[0].text.lines().next().is_some_and(|line| line == line.to_uppercase()));
    }
}
