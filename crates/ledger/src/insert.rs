//! The rows of one analysis: a table's row for each thing in it, and its words for the search.
//!
//! ```text
//! report 17, statement s3  →  row 17000003 of `statements` and of `statement_search`
//! ```
//!
//! Not handled: what may be kept; the caller has checked that spans are of the text.

use crate::Ledger;
use crate::error::Cause;
use crate::find::said;
use crate::rows::{PER_REPORT, parts_json, spans_json, via_json};
use onrecord_model::{Analysis, CodePoints, Party, Report, Sentence, Span, Statement};
use rusqlite::params;

impl Ledger {
    /// Puts in all that stands in report number `id`.
    pub(crate) fn insert_analysis(
        &mut self,
        id: i64,
        report: &Report,
        analysis: &Analysis,
    ) -> Result<(), Cause> {
        let points = &CodePoints::new(&report.text);
        let Self { conn, names, .. } = self;
        let sentence_of = |span: Span| sentence_number(&analysis.sentences, span.start);

        let mut insert = conn.prepare_cached(
            "INSERT INTO sentences (id, start_at, end_at, paragraph) VALUES (?, ?, ?, ?)",
        )?;
        let mut search =
            conn.prepare_cached("INSERT INTO sentence_search (rowid, words) VALUES (?, ?)")?;
        for (row, sentence) in rows_of(id).zip(&analysis.sentences) {
            let [start, end] = points.span(sentence.span);
            insert.execute(params![row, start, end, sentence.paragraph])?;
            search.execute(params![row, sentence.span.of(&report.text)])?;
        }

        let mut json = String::new();
        let mut insert = conn
            .prepare_cached("INSERT INTO actors (id, name, roles, mentions) VALUES (?, ?, ?, ?)")?;
        for (row, actor) in rows_of(id).skip(1).zip(&analysis.actors) {
            let name = names.id(conn, &actor.name, actor.kind.as_str())?;
            spans_json(&actor.mentions, points, &mut json);
            let roles = serde_json::to_string(&actor.roles).expect("strings are always JSON");
            insert.execute(params![row, name, roles, json])?;
        }

        let mut insert = conn.prepare_cached(
            "INSERT INTO statements (id, mode, act, is_negated, speaker, speaker_actor, addressee,
                 addressee_actor, said_on, venue, within, via, sentence, last_sentence, source,
                 cue, content)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        let mut search =
            conn.prepare_cached("INSERT INTO statement_search (rowid, words) VALUES (?, ?)")?;
        let (mut source, mut cue) = (String::new(), String::new());
        for (row, said) in rows_of(id).skip(1).zip(&analysis.statements) {
            spans_json(&said.source, points, &mut source);
            spans_json(&said.cue, points, &mut cue);
            spans_json(&said.content, points, &mut json);
            let mut party = |party: &Option<Party>| match party {
                Some(party) => names.id(conn, &party.name, party.kind.as_str()).map(Some),
                None => Ok(None),
            };
            let speaker = party(&said.speaker)?;
            let addressee = party(&said.addressee)?;
            let whole = whole(said);
            let last = whole.and_then(|whole| {
                sentence_number(&analysis.sentences, whole.end.saturating_sub(1).max(whole.start))
            });
            insert.execute(params![
                row,
                said.mode.as_str(),
                said.act.as_str(),
                said.is_negated,
                speaker,
                said.speaker.as_ref().and_then(|party| party.actor).map(|actor| actor.0),
                addressee,
                said.addressee.as_ref().and_then(|party| party.actor).map(|actor| actor.0),
                said.said_on,
                said.venue,
                said.within.map(|within| within.0),
                via_json(&said.via),
                whole.and_then(sentence_of),
                last,
                source,
                cue,
                json,
            ])?;
            search.execute(params![row, content_words(said, &report.text)])?;
        }

        let outlet = match &report.outlet {
            Some(outlet) => Some(names.id(conn, outlet, "outlet")?),
            None => None,
        };
        said::put(conn, id, outlet)?;

        let mut insert = conn.prepare_cached(
            "INSERT INTO times (id, start_at, end_at, type, value, modifier, sentence)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )?;
        for (row, time) in rows_of(id).zip(&analysis.times) {
            let [start, end] = points.span(time.span);
            insert.execute(params![
                row,
                start,
                end,
                time.kind.as_str(),
                time.value,
                time.modifier.map(|modifier| modifier.as_str()),
                sentence_of(time.span),
            ])?;
        }

        let mut insert = conn.prepare_cached(
            "INSERT INTO events (id, start_at, end_at, word_start, word_end, time_start, time_end,
                 happens, state, is_mention, statement, parts)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        for (row, event) in rows_of(id).zip(&analysis.events) {
            let ([start, end], word) = (points.span(event.span), points.span(event.word));
            let time = event.time.map(|time| points.span(time));
            insert.execute(params![
                row,
                start,
                end,
                word[0],
                word[1],
                time.map(|time| time[0]),
                time.map(|time| time[1]),
                event.when,
                event.state.as_str(),
                event.is_mention,
                event.statement.map(|statement| statement.0),
                parts_json(&event.parts, points),
            ])?;
        }

        let mut insert = conn.prepare_cached(
            "INSERT INTO quantities (id, start_at, end_at, value, low, high, bound, unit, counted,
                 counted_start, counted_end, place, as_of, statement, sentence)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        for (row, figure) in rows_of(id).zip(&analysis.quantities) {
            let [start, end] = points.span(figure.span);
            let counted = figure.counted_span.map(|span| points.span(span));
            insert.execute(params![
                row,
                start,
                end,
                figure.value,
                figure.low,
                figure.high,
                figure.bound.as_str(),
                figure.unit,
                figure.counted,
                counted.map(|span| span[0]),
                counted.map(|span| span[1]),
                figure.place,
                figure.as_of,
                figure.statement.map(|statement| statement.0),
                sentence_of(figure.span),
            ])?;
        }

        let mut insert = conn.prepare_cached(
            "INSERT INTO warnings (id, start_at, end_at, text) VALUES (?, ?, ?, ?)",
        )?;
        for (row, warning) in rows_of(id).zip(&analysis.warnings) {
            let [start, end] = points.span(warning.span);
            insert.execute(params![row, start, end, warning.text])?;
        }
        Ok(())
    }
}

/// Row ids of one report.
pub(crate) fn rows_of(report: i64) -> std::ops::Range<i64> {
    report * PER_REPORT..(report + 1) * PER_REPORT
}

/// Number of the sentence in which a byte stands.
fn sentence_number(sentences: &[Sentence], offset: u32) -> Option<i64> {
    let before = sentences.partition_point(|sentence| sentence.span.start <= offset);
    let number = before.checked_sub(1)?;
    sentences[number].span.has(offset as usize).then_some(number as i64)
}

/// From the first to the last word of a statement.
pub(crate) fn whole(said: &Statement) -> Option<Span> {
    said.source.iter().chain(&said.cue).chain(&said.content).copied().reduce(Span::join)
}

/// The words of a statement's content, as the search sees them.
pub(crate) fn content_words(said: &Statement, text: &str) -> String {
    let pieces: Vec<&str> = said.content.iter().map(|span| span.of(text)).collect();
    pieces.join("\n")
}
