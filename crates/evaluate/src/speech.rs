//! Who speaks in an event of speech: the speaker of each statement against the agent of the event,
//! in the form of MEANTIME (CAT: tokens, mentions, relations).
//!
//! ```text
//! <token t_id="9">Voss</token> <token t_id="10">said</token>
//! event 10 of class SPEECH_COGNITIVE, Arg0 → mention 9 → entity with the mentions 3, 9
//! ```
//!
//! The tokens are joined to a text, a headline and one paragraph, and read as a report. An event
//! is found if a statement's cue meets it. Its source is right if it meets the agent's mention; its
//! speaker, if a mention of the actor meets a mention of the agent's entity. Not handled: events
//! without an agent, agents that the annotators found in another sentence are as any.

use onrecord_analyse::analyse;
use onrecord_model::{Report, Span};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What the events of one or several reports come to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scores {
    /// Events of speech with an agent.
    pub events: usize,
    /// A statement's cue meets the event.
    pub found: usize,
    /// Of the found: the source's words meet the agent's mention.
    pub source: usize,
    /// Of the found: the speaker is an actor of the agent's entity.
    pub speaker: usize,
}

impl Scores {
    /// Adds another report's.
    pub fn add(&mut self, other: Self) {
        self.events += other.events;
        self.found += other.found;
        self.source += other.source;
        self.speaker += other.speaker;
    }

    /// As a line of JSON: `{"events": 210, "found": 0.8, "source of found": 0.9, …}`.
    pub fn json(self) -> Value {
        let share = |part: usize, of: usize| (part as f64 / of.max(1) as f64 * 1e4).round() / 1e4;
        json!({
            "events": self.events,
            "found": share(self.found, self.events),
            "source of found": share(self.source, self.found),
            "speaker of found": share(self.speaker, self.found),
        })
    }
}

/// The scores of one annotated report, and its wrong speakers as lines to read.
///
/// # Errors
/// If `xml` is no XML.
pub fn score(xml: &str) -> Result<(Scores, Vec<String>), String> {
    let marked = marked(xml)?;
    let report = Report {
        text: marked.text.clone(),
        headline: Some(Span { start: 0, end: marked.headline_end }),
        ..Report::default()
    };
    let analysis = analyse(&report);
    let mut scores = Scores::default();
    let mut wrong = Vec::new();
    for event in &marked.events {
        scores.events += 1;
        let meets = |spans: &[Span], others: &[Span]| {
            spans.iter().any(|span| others.iter().any(|other| span.overlaps(*other)))
        };
        let Some(statement) = analysis.statements.iter().find(|s| meets(&s.cue, &event.tokens))
        else {
            continue;
        };
        scores.found += 1;
        scores.source += usize::from(meets(&statement.source, &event.agent));
        let actor = statement.speaker.as_ref().and_then(|party| party.actor);
        let actor = actor.and_then(|id| analysis.actors.get(id.0 as usize - 1));
        let is_right = actor.is_some_and(|actor| meets(&actor.mentions, &event.entity));
        scores.speaker += usize::from(is_right);
        if !is_right {
            let words = |spans: &[Span]| {
                let words: Vec<&str> = spans.iter().map(|span| span.of(&marked.text)).collect();
                words.join(" ")
            };
            wrong.push(format!(
                "[{}] [{}] agent [{}], speaker {}",
                words(&statement.source),
                words(&statement.cue),
                words(&event.agent),
                statement.speaker.as_ref().map_or("-", |party| &party.name),
            ));
        }
    }
    Ok((scores, wrong))
}

struct Marked {
    text: String,
    headline_end: u32,
    events: Vec<Event>,
}

struct Event {
    tokens: Vec<Span>,
    agent: Vec<Span>,
    /// All mentions of the agent's entity.
    entity: Vec<Span>,
}

fn marked(xml: &str) -> Result<Marked, String> {
    let document = roxmltree::Document::parse(xml).map_err(|cause| cause.to_string())?;
    let mut joined = Joined::default();
    let mut spans: BTreeMap<&str, Span> = BTreeMap::new();
    let all = || document.descendants().filter(roxmltree::Node::is_element);
    for token in all().filter(|node| node.has_tag_name("token")) {
        let sentence = token.attribute("sentence").unwrap_or_default();
        let span = joined.add(token.text().unwrap_or_default(), sentence);
        spans.insert(token.attribute("t_id").unwrap_or_default(), span);
    }
    let mut mentions: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    let mut speeches = Vec::new();
    // The entity or event that each mention means, and those that mean it.
    let mut meant: BTreeMap<&str, &str> = BTreeMap::new();
    let mut meaning: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut agents: BTreeMap<&str, &str> = BTreeMap::new();
    for node in all() {
        let id = node.attribute("m_id").unwrap_or_default();
        let ends = |name: &str| {
            let ends = node.children().filter(|child| child.has_tag_name(name));
            ends.filter_map(|end| end.attribute("m_id")).collect::<Vec<_>>()
        };
        match node.tag_name().name() {
            "ENTITY_MENTION" | "EVENT_MENTION" => {
                let anchors = node.children().filter_map(|child| child.attribute("t_id"));
                mentions.insert(id, anchors.filter_map(|t| spans.get(t).copied()).collect());
            }
            "EVENT" if node.attribute("class") == Some("SPEECH_COGNITIVE") => speeches.push(id),
            "REFERS_TO" => {
                let Some(&target) = ends("target").first() else { continue };
                for source in ends("source") {
                    meant.insert(source, target);
                    meaning.entry(target).or_default().push(source);
                }
            }
            "HAS_PARTICIPANT" if node.attribute("sem_role") == Some("Arg0") => {
                if let (Some(event), Some(agent)) = (ends("source").first(), ends("target").first())
                {
                    agents.insert(event, agent);
                }
            }
            _ => {}
        }
    }
    let of = |id: &str| mentions.get(id).cloned().unwrap_or_default();
    let mut events = Vec::new();
    for (event, agent) in agents {
        if !meant.get(event).is_some_and(|event| speeches.contains(event)) {
            continue;
        }
        let same = meant.get(agent).and_then(|entity| meaning.get(entity));
        let entity = same.map(|same| same.iter().flat_map(|id| of(id)).collect());
        events.push(Event {
            tokens: of(event),
            agent: of(agent),
            entity: entity.unwrap_or_else(|| of(agent)),
        });
    }
    Ok(Marked { text: joined.text, headline_end: joined.headline_end, events })
}

/// Tokens joined to a text: the first two sentences, headline and date, are paragraphs.
#[derive(Default)]
struct Joined {
    text: String,
    sentence: String,
    headline_end: u32,
}

impl Joined {
    fn add(&mut self, token: &str, sentence: &str) -> Span {
        let token = match token {
            "``" => "“",
            "''" => "”",
            token => token,
        };
        let is_tight = |c: char| ".,;:?!)]%”'’".contains(c);
        let opens = |c: char| "([“$£€#".contains(c);
        if self.text.is_empty() {
        } else if self.sentence != sentence && matches!(self.sentence.as_str(), "0" | "1") {
            if self.sentence == "0" {
                self.headline_end = self.text.len() as u32;
            }
            self.text.push_str("\n\n");
        } else if !(token.starts_with(is_tight) || token == "n't" || self.text.ends_with(opens)) {
            self.text.push(' ');
        }
        sentence.clone_into(&mut self.sentence);
        let start = self.text.len() as u32;
        self.text.push_str(token);
        Span { start, end: self.text.len() as u32 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_speaker_who_is_named_in_an_earlier_sentence_counts_as_the_agent() {
        let tokens = ["Quay shut\n", "1 May\n", "Ana Voss left .\n", "She said it sank .\n"];
        let mut xml = String::from("<Document>");
        let mut id = 0;
        for (sentence, words) in tokens.iter().enumerate() {
            for word in words.split_whitespace() {
                id += 1;
                xml += &format!("<token sentence=\"{sentence}\" t_id=\"{id}\">{word}</token>");
            }
        }
        xml += r#"<Markables>
            <ENTITY_MENTION m_id="1"><token_anchor t_id="5"/><token_anchor t_id="6"/></ENTITY_MENTION>
            <ENTITY_MENTION m_id="2"><token_anchor t_id="9"/></ENTITY_MENTION>
            <EVENT_MENTION m_id="3"><token_anchor t_id="10"/></EVENT_MENTION>
            <ENTITY m_id="4"/><EVENT class="SPEECH_COGNITIVE" m_id="5"/></Markables>
            <REFERS_TO><source m_id="1"/><source m_id="2"/><target m_id="4"/></REFERS_TO>
            <REFERS_TO><source m_id="3"/><target m_id="5"/></REFERS_TO>
            <HAS_PARTICIPANT sem_role="Arg0"><source m_id="3"/><target m_id="2"/></HAS_PARTICIPANT>
            </Document>"#;
        let (scores, wrong) = score(&xml).expect("it is XML");
        assert_eq!(scores, Scores { events: 1, found: 1, source: 1, speaker: 1 });
        assert!(wrong.is_empty());
    }
}
