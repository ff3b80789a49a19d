//! Made-up reports for measuring: the size and the spread of words of news, without its sense.
//!
//! Report number `n` is always the same: some 960 words in 32 sentences, 40 statements by 12
//! actors, 8 time expressions, 12 figures. Words are drawn so that few are frequent and many rare,
//! from some 60,000; a third of the speakers come again in many reports.

use onrecord_model::*;

/// A report and what stands in it.
pub(crate) struct Synthetic {
    pub(crate) report: Report,
    pub(crate) analysis: Analysis,
}

struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    /// From 0, small numbers far more often: as ranks of words are.
    fn rank(&mut self, n: usize) -> usize {
        let share = (self.next() >> 11) as f64 / (1u64 << 53) as f64;
        ((n as f64).powf(share) - 1.0) as usize
    }
}

const SYLLABLES: [&str; 20] = [
    "ta", "ren", "so", "mil", "ka", "dor", "ve", "lis", "pan", "o", "gri", "bel", "chu", "nar",
    "fe", "sto", "qui", "lam", "ber", "zu",
];
const FREQUENT: [&str; 24] = [
    "the", "of", "to", "and", "a", "in", "that", "on", "for", "it", "was", "with", "by", "at",
    "said", "from", "be", "has", "not", "would", "will", "its", "their", "more",
];

fn word(rank: usize) -> String {
    if let Some(word) = FREQUENT.get(rank / 3) {
        return (*word).to_owned();
    }
    let mut word = String::new();
    let mut rest = rank;
    while rest > 0 {
        word.push_str(SYLLABLES[rest % SYLLABLES.len()]);
        rest /= SYLLABLES.len();
    }
    word
}

fn name(rank: usize) -> String {
    let capital = |word: String| {
        let mut letters = word.chars();
        let first = letters.next().map(|c| c.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    };
    format!("{} {}", capital(word(rank % 997 + 80)), capital(word(rank * 7 + 81)))
}

/// Report number `n`.
pub(crate) fn synthetic(n: u64) -> Synthetic {
    let dice = &mut Dice(n.wrapping_mul(0x1234_5678_9abc_def1));
    let mut text = String::new();
    let mut sentences = Vec::new();
    for number in 0..32 {
        let start = text.len();
        for i in 0..30 {
            if i > 0 {
                text.push(if number > 0 && i == 29 { '\u{a0}' } else { ' ' });
            }
            text.push_str(&word(dice.rank(60_000)));
        }
        text.push('.');
        let span = Span::new(start, text.len());
        sentences.push(Sentence { span, paragraph: number / 2 });
        text.push_str(if number % 2 == 1 { "\n\n" } else { " " });
    }
    let inside = |dice: &mut Dice, sentence: usize, part: usize, parts: usize| {
        let words = sentences[sentence].span;
        let bounds: Vec<usize> = words
            .of(&text)
            .char_indices()
            .filter(|&(_, c)| c == ' ')
            .map(|(at, _)| words.start as usize + at)
            .collect();
        let len = bounds.len() / parts;
        let from = part * len + dice.below(2);
        Span::new(bounds[from] + 1, bounds[(part * len + len).min(bounds.len() - 1)])
    };
    let actors: Vec<Actor> = (1..=12)
        .map(|id| Actor {
            id: ActorId(id),
            name: if id % 3 == 0 { name(dice.rank(3_000)) } else { name(dice.below(400_000)) },
            kind: ActorType::ALL[dice.below(6)],
            roles: if id % 4 == 0 { vec!["harbour minister".to_owned()] } else { vec![] },
            mentions: (0..4).map(|_| inside(dice, id as usize * 2, 1, 6)).collect(),
        })
        .collect();
    let party = |dice: &mut Dice| {
        let actor = &actors[dice.rank(actors.len())];
        Party { actor: Some(actor.id), name: actor.name.clone(), kind: actor.kind }
    };
    let statements: Vec<Statement> = (1..=40u32)
        .map(|id| {
            let sentence = (id as usize * 4 / 5).min(31);
            Statement {
                id: StatementId(id),
                source: vec![inside(dice, sentence, 9, 10)],
                cue: vec![inside(dice, sentence, 8, 10)],
                content: match id % 6 {
                    0 => (0..2).map(|part| inside(dice, sentence, part, 3)).collect(),
                    _ => vec![inside(dice, sentence, 0, 2)],
                },
                mode: Mode::ALL[dice.below(3)],
                act: Act::ALL[dice.rank(Act::ALL.len())],
                is_negated: id % 20 == 0,
                speaker: (id % 8 != 0).then(|| party(dice)),
                addressee: (id % 9 == 0).then(|| party(dice)),
                via: if id % 13 == 0 { vec![party(dice)] } else { vec![] },
                venue: (id % 11 == 0).then(|| "interview".to_owned()),
                said_on: (id % 3 == 0).then(|| day(n + u64::from(id % 2)).to_string()),
                within: None,
            }
        })
        .collect();
    let times = (0..8)
        .map(|i| Timex {
            span: inside(dice, i * 4, 2, 8),
            kind: TimexType::ALL[i % 4],
            value: match i % 4 {
                0 | 1 => day(n / 3 + dice.rank(900) as u64).to_string(),
                _ => "P2D".to_owned(),
            },
            modifier: None,
        })
        .collect();
    let quantities = (0..12)
        .map(|i| Quantity {
            span: inside(dice, i * 2, 3, 8),
            value: Some(dice.rank(1_000_000) as f64),
            low: None,
            high: None,
            bound: Bound::ALL[dice.below(10)],
            unit: Some("people".to_owned()),
            counted: (i % 3 > 0).then(|| format!("{} {}", word(dice.rank(9_000)), word(80 + i))),
            counted_span: None,
            place: None,
            as_of: None,
            statement: (i % 2 == 0).then_some(StatementId(i as u32 + 1)),
        })
        .collect();
    let report = Report {
        source_file: "articles.jsonl.gz".to_owned(),
        part: n as u32 + 1,
        has_siblings: true,
        outlet: Some(format!("The {} Courier", name(dice.rank(300)))),
        url: Some(format!("https://news.example/{}/{n}", word(n as usize % 9_000 + 100))),
        published: Some(Published { date: day(n / 50), from: PublishedFrom::Page }),
        byline: Some(Byline { name: name(dice.below(2_000)), span: None }),
        language: Some("en".to_owned()),
        text,
        ..Report::default()
    };
    let version = "synthetic".to_owned();
    let analysis =
        Analysis { version, sentences, actors, statements, times, quantities, warnings: vec![] };
    Synthetic { report, analysis }
}

fn day(n: u64) -> Date {
    let year = 2010 + (n / 336 % 14) as i16;
    Date::constant(year, (n / 28 % 12) as i8 + 1, (n % 28) as i8 + 1)
}
