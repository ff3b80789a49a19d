//! Days of a text that do not fit the day on which it was published.
//!
//! ```text
//! PORT LORNE, March 3 (AP) —        published 13 March      ten days apart
//! yesterday (Tuesday)               published 13 March      the 12th was a Wednesday
//! ```
//!
//! A dateline may be two days older than its paper, or one day younger (time zones). Not handled:
//! reports whose day of publication is taken from the text itself.

use crate::show;
use crate::words::words;
use crate::{Item, Subject};
use onrecord_model::{Date, Finding, FindingKind, PublishedFrom, Report, Span};
use serde::{Deserialize, Serialize};
use serde_json::{Map, json};

/// Days by which a dateline may be older than its paper.
const OLDER: i64 = 2;

const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// A day of the text that does not fit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Unfit {
    unfit: Span,
    /// What does not fit, after the report's name.
    says: String,
}

/// The days of a report that its publication date does not bear out.
pub(super) fn unfit(subject: Subject<'_>) -> Vec<Unfit> {
    let report = subject.report;
    let Some(published) = report.published.filter(|p| p.from != PublishedFrom::Text) else {
        return Vec::new();
    };
    dateline(subject, published.date).into_iter().chain(spoken(report, published.date)).collect()
}

fn dateline(subject: Subject<'_>, published: Date) -> Option<Unfit> {
    let dateline = subject.report.dateline.as_ref()?;
    let in_it = subject.analysis.times.iter().find(|time| dateline.span.contains(time.span));
    let day =
        dateline.date.or_else(|| in_it.and_then(|time| time.value.get(..10)?.parse().ok()))?;
    let older = published.duration_since(day).as_hours() / 24;
    let is_near = (-1..=OLDER).contains(&older);
    (!is_near).then(|| Unfit {
        unfit: dateline.span,
        says: format!("has the dateline {}", show::quote(dateline.span.of(&subject.report.text))),
    })
}

/// "yesterday (Tuesday)", "Tuesday, today", where that was no Tuesday.
fn spoken(report: &Report, published: Date) -> Vec<Unfit> {
    let text = &report.text;
    let all = words(text, Span::new(0, text.len()));
    let found = all.windows(2).filter_map(|two| {
        let [a, b] = [two[0].span.of(text), two[1].span.of(text)];
        let between = &text[two[0].span.end as usize..two[1].span.start as usize];
        // "After Thursday, today looks better": a comma joins them only where another follows.
        let is_apposed = between == ", "
            && WEEKDAYS.contains(&b)
            && text[two[1].span.end as usize..].starts_with([',', '.', ';', ':']);
        if between != " (" && !is_apposed {
            return None;
        }
        // With a capital it is a programme: "Sunday Today".
        let offset = |word: &str| match word {
            "yesterday" => Some(-1),
            "today" => Some(0),
            "tomorrow" => Some(1),
            _ => None,
        };
        let weekday = |word: &str| WEEKDAYS.iter().position(|day| *day == word);
        let (offset, weekday) = match (offset(a), weekday(b)) {
            (Some(offset), Some(weekday)) => (offset, weekday),
            _ => (offset(b)?, weekday(a)?),
        };
        let day = published.weekday().to_monday_zero_offset() as i64 + offset;
        let span = two[0].span.join(two[1].span);
        (day.rem_euclid(7) != weekday as i64)
            .then(|| Unfit { unfit: span, says: format!("has {}", show::quote(span.of(text))) })
    });
    found.collect()
}

impl Unfit {
    pub(super) fn finding(&self, item: &Item) -> Option<Finding> {
        let published = item.published?;
        let reading = format!(
            "{} {}; it was published on {}.",
            show::report(item),
            self.says,
            published.strftime("%A %-d %B %Y")
        );
        let mut detail = Map::new();
        detail.insert("published".to_owned(), json!(published.to_string()));
        let evidence = vec![show::evidence(&item.id, self.unfit, "day")];
        // 9,387 real reports show none: not measured.
        Some(Finding { kind: FindingKind::DateDiffers, reading, confidence: 0.5, evidence, detail })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_model::{Analysis, Dateline, Published};

    /// What does not fit in a report of Thursday, 13 March 2031.
    fn found(text: &str, dateline: Option<(&str, &str)>) -> Vec<String> {
        let dateline = dateline.map(|(words, date)| Dateline {
            span: Span::new(0, words.len()),
            place: None,
            date: date.parse().ok(),
            agency: None,
        });
        let published =
            Published { date: "2031-03-13".parse().expect("a day"), from: PublishedFrom::Page };
        let report = Report {
            text: text.to_owned(),
            dateline,
            published: Some(published),
            ..Report::default()
        };
        let analysis = Analysis::default();
        let subject = Subject { name: "001", report: &report, analysis: &analysis };
        unfit(subject).into_iter().map(|unfit| unfit.says).collect()
    }

    #[test]
    fn a_weekday_beside_yesterday_is_checked() {
        assert_eq!(found("It sank yesterday (Tuesday).", None).len(), 1);
        assert!(found("It sank yesterday (Wednesday).", None).is_empty());
        assert!(found("It sails tomorrow, Friday.", None).is_empty());
        assert_eq!(found("It sails tomorrow, Monday, at noon.", None).len(), 1);
        assert!(found("After Monday, today looks better.", None).is_empty());
        assert!(found("She spoke on Sunday Today, Monday Today.", None).is_empty());
    }

    #[test]
    fn a_dateline_of_another_week_is_found() {
        let told =
            |words: &str, date: &str| found(&format!("{words} — It sank."), Some((words, date)));
        assert_eq!(told("LORNE, March 3", "2031-03-03").len(), 1);
        assert!(told("LORNE, March 12", "2031-03-12").is_empty());
        assert!(told("LORNE, March 14", "2031-03-14").is_empty());
    }
}
