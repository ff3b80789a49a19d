//! A question that names a speaker, and no words: from the list of what each said.
//!
//! ```text
//! speaker:Roe                          the list itself, in order of day
//! speaker:Roe after:2024-03 act:deny   what the list knows narrows it; the rest is looked up
//! ```
//!
//! Not handled: a speaker and words; then the words lead.

use super::query::{Query, Term, What, Words};
use super::search::{Match, Outcome, STATEMENTS, any_of, names_asked};
use crate::Ledger;
use onrecord_model::Mode;
use rusqlite::params_from_iter;
use rusqlite::types::Value;

/// Statements of one speaker that are looked at for what their list does not know.
const LOOKED_AT: usize = 10_000;

/// So many of them at a time.
const CHUNK: usize = 1_000;

impl Ledger {
    /// Statements of whoever group number `speaker` names, which are listed by speaker and day: in
    /// order of day; of more than `most` those of the last days, the latest first.
    pub(super) fn matches_said(
        &self,
        query: &Query,
        speaker: usize,
        most: usize,
    ) -> Outcome<(Vec<Match>, bool)> {
        let asked = spoken(&query.groups[speaker]).map(Words::fts).unwrap_or_default();
        let names: Vec<i64> = self
            .conn
            .prepare_cached(&names_asked("?"))?
            .query_map([asked], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        // What the list itself knows; the rest is looked up for each statement.
        let (mut listed, mut listed_values) = (String::new(), Vec::new());
        let (mut rest, mut values) = (String::new(), Vec::new());
        for (number, group) in query.groups.iter().enumerate() {
            let is_listed =
                group.len() == 1 && listed_as(&group[0], &mut listed, &mut listed_values);
            if number != speaker && !is_listed {
                rest.push_str(&any_of(group, STATEMENTS, &mut values));
            }
        }
        let looked_at = match rest.is_empty() {
            true => most.saturating_add(1),
            false if most < usize::MAX => LOOKED_AT,
            false => usize::MAX,
        };
        let last = self.last_said(&names, &listed, &listed_values, looked_at)?;
        let mut is_cut = last.len() >= looked_at;
        let mut found = last;
        if !rest.is_empty() {
            let mut statement = self.conn.prepare(&format!(
                "SELECT c.key FROM json_each(?) c CROSS JOIN statements s ON s.id = c.value
                 CROSS JOIN reports r ON r.id = s.id / 1000000 WHERE 1{rest} ORDER BY c.key"
            ))?;
            let mut kept = Vec::new();
            for some in found.chunks(CHUNK) {
                let ids: Vec<i64> = some.iter().map(|&(_, id)| id).collect();
                let values = [Value::Text(format!("{ids:?}"))].into_iter().chain(values.clone());
                let mut rows = statement.query(params_from_iter(values))?;
                while let Some(row) = rows.next()? {
                    kept.extend(some.get(row.get::<_, i64>(0)? as usize).cloned());
                }
                if kept.len() > most {
                    is_cut = true;
                    break;
                }
            }
            found = kept;
        }
        found.truncate(most);
        if !is_cut {
            found.sort_by(|x, y| (x.0.is_none(), &x.0, x.1).cmp(&(y.0.is_none(), &y.0, y.1)));
        }
        let found = found.into_iter().map(|(_, id)| Match { target: STATEMENTS, id, rank: 0.0 });
        Ok((found.collect(), is_cut))
    }
}

/// The speaker that a group asks for, if it asks for nothing else.
pub(super) fn spoken(group: &[Term]) -> Option<&Words> {
    match group {
        [Term { is_negated: false, what: What::Speaker(words) }] => Some(words),
        _ => None,
    }
}

/// Adds a term to conditions on a row `d` of `said`, with its numbered values; whether the list
/// knows all of it.
fn listed_as(term: &Term, conditions: &mut String, values: &mut Vec<Value>) -> bool {
    if term.is_negated {
        return false;
    }
    let mut ask = |value: String| {
        values.push(Value::Text(value));
        format!("?{}", values.len())
    };
    // '~' comes after every digit and '-', and is the day of what has none.
    let (condition, is_all) = match &term.what {
        What::After(date) => {
            (format!(" AND d.day > {} AND d.day < '~'", ask(format!("{date}~"))), true)
        }
        What::Before(date) => (format!(" AND d.day < {}", ask(date.clone())), true),
        What::On(date) => {
            let from = ask(date.clone());
            (format!(" AND d.day >= {from} AND d.day < {}", ask(format!("{date}~"))), true)
        }
        What::Outlet(words) => (
            format!(
                " AND d.outlet IN (SELECT n.id FROM name_search f JOIN names n ON n.id = f.rowid
                  WHERE f.name_search MATCH {} AND n.type = 'outlet')",
                ask(words.fts())
            ),
            true,
        ),
        What::Mode(Mode::Indirect) => (" AND d.is_quoted = 0".to_owned(), true),
        What::Mode(_) => (" AND d.is_quoted = 1".to_owned(), false),
        _ => return false,
    };
    conditions.push_str(&condition);
    is_all
}
