//! The rules of time expressions, read from their files and compiled once.
//!
//! ```text
//! rules/en/times.toml, times-joined.toml   what to find      times-words.toml   word classes
//! rules/en/holidays.toml, events.toml      days with a name
//! ```
//!
//! Not handled: rules of another language, which would be another folder beside `en/`.

use crate::patterns::{ClassRule, Context, Patterns};
use onrecord_model::{TimexMod, TimexType};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

const WORDS_TOML: &str = include_str!("../../rules/en/times-words.toml");
const FIRST_TOML: &str = include_str!("../../rules/en/times.toml");
const SECOND_TOML: &str = include_str!("../../rules/en/times-joined.toml");
const HOLIDAYS_TOML: &str = include_str!("../../rules/en/holidays.toml");
const EVENTS_TOML: &str = include_str!("../../rules/en/events.toml");

/// How a rule's value is made from what was captured; `resolve.rs` does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Op {
    /// Year, month, day and weekday as far as captured; `shift` counts years from the report's.
    Calendar,
    /// As `Calendar` of month and year, where the day does not exist.
    MonthOfImpossibleDay,
    /// Month and day in either order.
    SlashDate,
    /// A day of the month last named.
    DayOfMonth,
    /// The second day of "April 24 and 25".
    DayAfterDate,
    Year,
    /// A year in words, perhaps with its month.
    SpelledYear,
    FiscalYear,
    Decade,
    Century,
    /// `ordinal` and perhaps `year`; `shift` counts years from the report's.
    Quarter,
    HalfYear,
    /// The quarter or year that the text reports on, `shift` or `year` years off: "the year-ago
    /// quarter", "the 1988 period".
    ReportedPeriod,
    /// The date named last, as it is.
    LastNamed,
    /// "For the year": the one that the text reports on, else the report's.
    ReportedYear,
    /// The stretch of this unit that the text named last.
    ThatUnit,
    Weekday,
    WeekdayOfWeek,
    WeekdayLessOne,
    EveryWeekday,
    /// The report's day and `shift` days.
    Day,
    /// The same with a part of the day, captured or in `value`.
    DayPart,
    /// The day last named, `shift` days on, and a part of it.
    ThatPart,
    /// A clock time in a word.
    PartWord,
    Clock,
    /// This, last, next unit, counted from the report's day.
    Turn,
    TurnedMonth,
    /// The last such unit, weekday, month or season.
    ThisPast,
    /// Previous, same, next unit, counted from what was named last.
    TurnReference,
    Season,
    Weekend,
    /// The day before or after what was named last.
    Edge,
    /// The day before or after an event: that of the date right before it, else not known.
    DayBesideEvent,
    /// So many units from the report's day.
    Shift,
    /// The same, to the day: "ten years ago today".
    ShiftDay,
    /// So many units from what was named last.
    ShiftReference,
    /// `value` as it stands.
    Literal,
    /// So many units; `count` −1 says that the text does not tell how many.
    Length,
    Every,
    /// A month, season or part of the day that comes again: "every morning", "each July".
    EveryNamed,
    WeekOf,
    NthWeekday,
    NthWeek,
    /// A day with a name; `holidays.toml`.
    Holiday,
    /// So long after or before an event with a day of its own; `events.toml`.
    Event,
    /// A date with a part of the day.
    JoinPart,
    /// A date with a clock time.
    JoinClock,
    /// A weekday with its date.
    JoinWeekday,
    /// A date with "early", "mid", "the end of".
    Phase,
    /// What was found, with more words and perhaps a modifier.
    Keep,
}

#[derive(Debug, Deserialize)]
pub(super) struct Rule {
    pub(super) name: String,
    pub(super) r#match: Vec<String>,
    pub(super) r#type: Type,
    pub(super) op: Op,
    pub(super) shift: Option<i32>,
    pub(super) count: Option<f64>,
    pub(super) unit: Option<String>,
    pub(super) value: Option<String>,
    pub(super) r#mod: Option<TimexMod>,
    /// Whether a clock time needs its colon.
    #[serde(default)]
    pub(super) colon: bool,
    #[serde(default)]
    pub(super) not_unit: Vec<String>,
    left: Option<Vec<String>>,
    not_left: Option<Vec<String>>,
    right: Option<Vec<String>>,
    right2: Option<Vec<String>>,
    not_right: Option<Vec<String>>,
    /// Index into the holidays or events, where the rule is one of them.
    #[serde(skip)]
    pub(super) entry: usize,
    /// What only readers of the file and tests need.
    #[cfg(test)]
    #[serde(flatten)]
    pub(super) examples: Examples,
}

/// A rule's type, as its file spells it.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(transparent)]
pub(super) struct Type(pub(super) TimexType);

/// The examples of a rule, which run as a test.
#[cfg(test)]
#[derive(Debug, Default, Deserialize)]
pub(super) struct Examples {
    #[serde(default)]
    pub(super) why: String,
    #[serde(default)]
    pub(super) yes: Vec<Example>,
    #[serde(default)]
    pub(super) no: Vec<String>,
}

/// A text in which a rule finds something.
#[cfg(test)]
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Example {
    pub(super) text: String,
    pub(super) span: String,
    pub(super) value: String,
    /// The report's day; empty for none.
    pub(super) published: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Holiday {
    r#match: Vec<String>,
    pub(super) on: Option<String>,
    pub(super) nth: Option<[i32; 3]>,
    pub(super) easter: Option<i32>,
    #[serde(default)]
    pub(super) days: Vec<String>,
    #[serde(default)]
    pub(super) month: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Event {
    r#match: Vec<String>,
    pub(super) days: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct RuleFile {
    rule: Vec<Rule>,
}

#[derive(Debug, Deserialize)]
struct WordFile {
    class: BTreeMap<String, ClassRule>,
}

#[derive(Debug, Deserialize)]
struct HolidayFile {
    holiday: Vec<Holiday>,
}

#[derive(Debug, Deserialize)]
struct EventFile {
    event: Vec<Event>,
}

/// Everything read: the rules in order, and how many of them are of the first pass.
pub(super) struct Files {
    pub(super) rules: Vec<Rule>,
    first: usize,
    pub(super) holidays: Vec<Holiday>,
    pub(super) events: Vec<Event>,
    classes: BTreeMap<String, ClassRule>,
}

fn read<T: serde::de::DeserializeOwned>(toml: &str) -> T {
    toml::from_str(toml).expect("tested: the rule files parse")
}

fn made(name: &str, patterns: Vec<String>, op: Op, entry: usize) -> Rule {
    Rule {
        name: name.to_owned(),
        r#match: patterns,
        r#type: Type(TimexType::Date),
        op,
        shift: None,
        count: None,
        unit: None,
        value: None,
        r#mod: None,
        colon: false,
        not_unit: Vec::new(),
        left: None,
        not_left: None,
        right: None,
        right2: None,
        not_right: None,
        entry,
        #[cfg(test)]
        examples: Examples::default(),
    }
}

pub(super) static FILES: LazyLock<Files> = LazyLock::new(|| {
    let mut rules = read::<RuleFile>(FIRST_TOML).rule;
    let holidays = read::<HolidayFile>(HOLIDAYS_TOML).holiday;
    let events = read::<EventFile>(EVENTS_TOML).event;
    for (entry, holiday) in holidays.iter().enumerate() {
        let patterns = holiday.r#match.iter();
        let patterns = patterns
            .flat_map(|name| ["", "last ", "this ", "next "].map(|turn| turn.to_owned() + name))
            .zip([None, Some(-1), Some(0), Some(1)].into_iter().cycle())
            .flat_map(|(pattern, turn)| {
                [(pattern.clone(), turn), (format!("{pattern} ,? <year>"), turn)]
            });
        for (pattern, turn) in patterns {
            let shift = turn;
            rules.push(Rule { shift, ..made("holiday", vec![pattern], Op::Holiday, entry) });
        }
        for unit in ["week", "weekend"] {
            let patterns = holiday.r#match.iter().map(|name| format!("{name} {unit}")).collect();
            let unit = Some(unit.to_owned());
            rules.push(Rule { unit, ..made("holiday", patterns, Op::Holiday, entry) });
        }
    }
    let first = rules.len();
    rules.extend(read::<RuleFile>(SECOND_TOML).rule);
    for (entry, event) in events.iter().enumerate() {
        for (words, sign) in [("after", 1), ("before", -1)] {
            let patterns = event.r#match.iter();
            let patterns = patterns
                .flat_map(|name| {
                    ["<length>", "just <length>", "about <length>", "the day"]
                        .map(|lead| format!("{lead} {words} {name}"))
                })
                .collect();
            rules.push(Rule { shift: Some(sign), ..made("event", patterns, Op::Event, entry) });
        }
    }
    let classes = read::<WordFile>(WORDS_TOML).class;
    Files { rules, first, holidays, events, classes }
});

/// The conditions of a rule on the words beside a match.
pub(super) struct Beside {
    pub(super) left: Option<Context>,
    pub(super) not_left: Option<Context>,
    pub(super) right: Option<Context>,
    pub(super) right2: Option<Context>,
    pub(super) not_right: Option<Context>,
}

/// The rules, ready to match.
pub(super) struct Compiled {
    pub(super) patterns: Patterns,
    pub(super) beside: Vec<Beside>,
}

pub(super) static COMPILED: LazyLock<Compiled> =
    LazyLock::new(|| compiled().expect("tested: the rules compile"));

fn compiled() -> Result<Compiled, String> {
    let files: &'static Files = &FILES;
    let rules: Vec<(&'static [String], usize)> = files
        .rules
        .iter()
        .enumerate()
        .map(|(number, rule)| (rule.r#match.as_slice(), usize::from(number >= files.first)))
        .collect();
    let mut patterns = Patterns::new(&files.classes, &rules)?;
    let contexts = |rule: &'static Rule| {
        [&rule.left, &rule.not_left, &rule.right, &rule.right2, &rule.not_right]
    };
    let words = files.rules.iter().flat_map(contexts).flatten().flatten().map(String::as_str);
    patterns.intern_all(words);
    let mut beside = Vec::with_capacity(files.rules.len());
    for rule in &files.rules {
        let named = |error: String| format!("rule {}: {error}", rule.name);
        let read = |words: &'static Option<Vec<String>>| {
            words.as_ref().map(|words| patterns.context(words)).transpose().map_err(named)
        };
        let [left, not_left, right, right2, not_right] = contexts(rule).map(read);
        beside.push(Beside {
            left: left?,
            not_left: not_left?,
            right: right?,
            right2: right2?,
            not_right: not_right?,
        });
    }
    Ok(Compiled { patterns, beside })
}
