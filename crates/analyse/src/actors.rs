//! Actors: who is named, quoted or spoken to, with all the places that mention them.
//!
//! ```text
//! Port director Ana Voss … Voss … she   →   a1 Ana Voss, person, role "Port director", mentions
//! two aides, who asked not to be named  →   a2, anonymous, kept whole
//! ```
//!
//! Names by the learned tagger ([`crate::named`]), roles by the words around; word lists are data,
//! `rules/en/actors.toml`. A named place stays a place among the actors; where it speaks, the party to
//! the statement is a body. Not handled: pronouns as mentions (they resolve for speakers only), names
//! without capitals.

mod again;
mod descriptions;
mod names;
mod nouns;
mod pronouns;
mod roles;
mod sources;
mod tagged;
mod words;

pub(crate) use sources::{names_outlet, passed_on};

use crate::statements::Page;
use crate::statements::forms::is_common;
use names::{Gender, Name};
use onrecord_model::{Actor, ActorId, ActorType, Party, Span};
use std::ops::Range;

/// Whether a noun is of people or of bodies.
pub(crate) fn is_actor_noun(low: &str) -> bool {
    nouns::is_person_noun(low) || words::KNOWN.bodies.contains(low)
}

/// The actors of a report while its statements are read.
#[derive(Debug)]
pub(crate) struct Cast {
    people: Vec<Member>,
    /// Mentions of named actors in order: first token, one past the last, member.
    mentions: Vec<(usize, usize, usize)>,
    /// Who spoke last outside quotations, and in which sentence.
    last_speaker: Option<(usize, usize)>,
    /// Who speaks in the statement that is being read: "him" in "Voss told him" is another.
    speaking: Option<usize>,
    /// Whether speakers are named before a colon, so that who says "I" is the last one named.
    is_transcript: bool,
}

/// An actor in the making.
#[derive(Debug, Clone)]
struct Member {
    name: String,
    kind: ActorType,
    /// Whether it is named as a place, whatever it does: a state that speaks.
    is_place: bool,
    gender: Option<Gender>,
    roles: Vec<String>,
    mentions: Vec<Span>,
}

impl Cast {
    /// The named actors of a report.
    pub(crate) fn new(page: &Page) -> Self {
        let mut cast = Self {
            people: Vec::new(),
            mentions: Vec::new(),
            last_speaker: None,
            speaking: None,
            is_transcript: false,
        };
        for mut name in roles::joined(page, tagged::names(page)) {
            roles::beside(page, &mut name);
            cast.add_name(page, name);
        }
        cast
    }

    /// The actors, those without a mention left out.
    pub(crate) fn into_actors(self) -> Vec<Actor> {
        let actors = self.people.into_iter().enumerate();
        actors
            .map(|(number, mut member)| {
                member.mentions.sort_unstable();
                member.mentions.dedup();
                Actor {
                    id: ActorId(number as u32 + 1),
                    name: member.name,
                    kind: if member.is_place { ActorType::Place } else { member.kind },
                    roles: member.roles,
                    mentions: member.mentions,
                }
            })
            .collect()
    }

    fn add_name(&mut self, page: &Page, name: Name) {
        let words =
            page.words(name.tokens.clone()).split_whitespace().collect::<Vec<_>>().join(" ");
        let span = page.prose.span(name.tokens.clone());
        let known = self.known(&words, name.kind, &name);
        let number = match known {
            Some(number) => number,
            None => {
                self.people.push(Member {
                    name: words.clone(),
                    kind: name.kind,
                    is_place: name.kind == ActorType::Place,
                    gender: None,
                    roles: Vec::new(),
                    mentions: Vec::new(),
                });
                self.people.len() - 1
            }
        };
        let member = &mut self.people[number];
        let is_plainer = is_shouted(&member.name) && member.name.eq_ignore_ascii_case(&words);
        if is_plainer || words.len() > member.name.len() && member.kind == ActorType::Person {
            member.name = words;
        }
        member.gender = member.gender.or(name.gender);
        member.mentions.push(span);
        if let Some(role) = name.role
            && !member.roles.contains(&role)
            && member.roles.len() < 8
        {
            member.roles.push(role);
        }
        self.mentions.push((name.tokens.start, name.tokens.end, number));
    }

    /// The member that a name means: the same words, or a person's surname.
    fn known(&self, words: &str, kind: ActorType, name: &Name) -> Option<usize> {
        let same = self.people.iter().position(|member| {
            let own = if member.is_place { ActorType::Place } else { member.kind };
            // "LORNE" in a headline or before a dash is the Lorne of the text.
            let is_same = member.name == words
                || member.name.len() > 3
                    && (is_shouted(words) || is_shouted(&member.name))
                    && member.name.eq_ignore_ascii_case(words);
            is_same && own == kind
        });
        if same.is_some() {
            return same;
        }
        if kind != ActorType::Person {
            return self.full_name(words, kind);
        }
        let last = words.rsplit(' ').next()?;
        let is_short = !words.contains(' ');
        let fits = |(number, member): (usize, &Member)| {
            if member.kind != ActorType::Person {
                return None;
            }
            let clashes = matches!((member.gender, name.gender), (Some(a), Some(b)) if a != b);
            if clashes {
                return None;
            }
            let theirs = member.name.rsplit(' ').next()?;
            let is_shouted = last.len() > 3 && last.chars().all(char::is_uppercase);
            let fits = if is_short {
                theirs == last
                    || is_shouted && theirs.eq_ignore_ascii_case(last)
                    || member.name.split(' ').next() == Some(last)
            } else {
                // "Bernie" in a headline, "Bernie Sanders" below it.
                !member.name.contains(' ')
                    && (theirs == last || words.split(' ').next() == Some(member.name.as_str()))
                    || theirs == last
                        && member.name.split(' ').next()?.chars().next() == words.chars().next()
                        && (member.name.ends_with(words)
                            || words.ends_with(&member.name)
                            || member.name.split(' ').next() == words.split(' ').next())
            };
            fits.then_some(number)
        };
        // Of a family, a surname alone mostly means the one who is named most.
        let all = self.people.iter().enumerate().filter_map(fits);
        all.max_by_key(|&number| (self.people[number].mentions.len(), number))
    }

    /// The body that a short form means: "Herald" for "Lorne Herald", "NTU" for "North Tide Union",
    /// "Teldar" for "Teldar Resources".
    fn full_name(&self, words: &str, kind: ActorType) -> Option<usize> {
        if kind != ActorType::Organisation || words.contains(' ') {
            return None;
        }
        let is_acronym = words.len() > 2 && words.chars().all(char::is_uppercase);
        let low = words.to_lowercase();
        let is_outlet = words::KNOWN.outlets.contains(low.as_str());
        let is_own = words.len() > 3
            && !is_common(&low)
            && !names::is_demonym(&low)
            && !words::KNOWN.states.contains(low.as_str())
            && !words::KNOWN.towns.contains(low.as_str());
        self.people.iter().rposition(|member| {
            let has_more = member.kind == ActorType::Organisation && member.name.contains(' ');
            let mut parts = member.name.split(' ');
            let initials = || {
                let capitals = member.name.split([' ', '-']).filter_map(|part| part.chars().next());
                capitals.filter(|c| c.is_uppercase()).collect::<String>()
            };
            let is_body = || {
                let last = member.name.rsplit(' ').next().unwrap_or_default().to_lowercase();
                words::KNOWN.organisations.contains(last.as_str())
            };
            has_more
                && (is_own
                    && parts.clone().next() == Some(words)
                    && parts.clone().count() == 2
                    && is_body()
                    || is_outlet && parts.next_back() == Some(words)
                    || is_acronym && initials() == words)
        })
    }

    fn as_party(&self, number: usize) -> Party {
        let member = &self.people[number];
        Party {
            actor: Some(ActorId(number as u32 + 1)),
            name: member.name.clone(),
            kind: member.kind,
        }
    }

    /// The named actors mentioned in `range`, in order.
    fn mentions_in(&self, range: &Range<usize>) -> impl Iterator<Item = (usize, usize, usize)> {
        let from = self.mentions.partition_point(|&(start, ..)| start < range.start);
        let end = range.end;
        self.mentions[from..].iter().copied().take_while(move |&(start, ..)| start < end)
    }
}

/// Whether all letters are capitals.
fn is_shouted(words: &str) -> bool {
    !words.contains(char::is_lowercase)
}

#[cfg(test)]
mod tests;
