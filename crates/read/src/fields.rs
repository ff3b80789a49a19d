//! What fields beside a text say of it, under the names that data sets, feeds and sites use.
//!
//! ```text
//! {"title": "Strike ends", "author": ["Jane Roe"], "date": "2024-03-13", "desk": "north"}
//! → headline, byline, published; `desk` is kept as it came
//! ```
//!
//! A field that is known but cannot be understood (a date that could be two) is kept as it came.

use crate::dates;
use onrecord_model::{Byline, Date, Published, PublishedFrom, Report};
use serde_json::{Map, Value};

/// What the fields say.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Fields {
    pub(crate) url: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) published: Option<Date>,
    pub(crate) headline: Option<String>,
    pub(crate) byline: Option<String>,
    pub(crate) text: Option<String>,
    pub(crate) language: Option<String>,
    /// What is not known, by name.
    pub(crate) extra: Map<String, Value>,
}

/// Names of each field, the surest first, in lower case without `_`, `-` and spaces.
const URL: &[&str] = &["url", "link", "canonicalurl", "articleurl", "permalink", "uri"];
const OUTLET: &[&str] = &[
    "outlet",
    "publication",
    "publisher",
    "sitename",
    "site",
    "source",
    "newspaper",
    "sourcename",
];
const PUBLISHED: &[&str] = &[
    "published",
    "publishedat",
    "datepublished",
    "publicationdate",
    "publishdate",
    "publisheddate",
    "pubdate",
    "publishedon",
    "publishedtime",
    "date",
    "datetime",
    "timestamp",
];
const HEADLINE: &[&str] = &["headline", "title", "heading"];
const BYLINE: &[&str] = &["byline", "author", "authors", "creator", "dccreator", "by"];
const TEXT: &[&str] = &[
    "text",
    "body",
    "content",
    "articlebody",
    "articletext",
    "fulltext",
    "maintext",
    "article",
    "story",
    "contenttext",
];
const LANGUAGE: &[&str] = &["language", "lang"];

impl Fields {
    /// Takes what is known out of `object`.
    pub(crate) fn take(mut object: Map<String, Value>) -> Self {
        let names: Vec<(String, String)> =
            object.keys().map(|key| (folded(key), key.clone())).collect();
        let mut fields = Self::default();
        let mut take = |known: &[&str], read: &mut dyn FnMut(&Value) -> bool| {
            for name in known {
                for (_, key) in names.iter().filter(|(folded, _)| folded == name) {
                    match object.get(key) {
                        // An empty field says nothing, so another name may.
                        Some(Value::Null) => drop(object.remove(key)),
                        Some(Value::String(text)) if text.trim().is_empty() => {
                            drop(object.remove(key))
                        }
                        Some(value) if read(value) => {
                            object.remove(key);
                            return;
                        }
                        _ => {}
                    }
                }
            }
        };
        take(TEXT, &mut |value| put(&mut fields.text, value.as_str().map(str::to_owned)));
        take(HEADLINE, &mut |value| put(&mut fields.headline, line(value)));
        take(BYLINE, &mut |value| put(&mut fields.byline, names_of(value)));
        take(OUTLET, &mut |value| put(&mut fields.outlet, names_of(value)));
        take(URL, &mut |value| put(&mut fields.url, line(value)));
        take(LANGUAGE, &mut |value| put(&mut fields.language, line(value)));
        take(PUBLISHED, &mut |value| {
            let date = value
                .as_str()
                .and_then(dates::parse)
                .or_else(|| dates::from_number(value.as_i64()?));
            put(&mut fields.published, date)
        });
        fields.extra = object;
        fields
    }

    /// Writes all but headline and text into a report.
    pub(crate) fn fill(self, report: &mut Report) {
        report.url = self.url;
        report.outlet = self.outlet;
        report.byline = self.byline.map(|name| Byline { name, span: None });
        let published = self.published.map(|date| Published { date, from: PublishedFrom::Page });
        report.published = published;
        report.language = self.language;
        report.extra = self.extra;
    }
}

fn put<T>(place: &mut Option<T>, value: Option<T>) -> bool {
    *place = value;
    place.is_some()
}

fn folded(key: &str) -> String {
    key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn line(value: &Value) -> Option<String> {
    let text = value.as_str()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// A name, an object with one, or a list of either.
fn names_of(value: &Value) -> Option<String> {
    match value {
        Value::String(_) => line(value),
        Value::Object(object) => line(object.get("name").or_else(|| object.get("title"))?),
        Value::Array(values) => {
            let names: Vec<String> = values.iter().filter_map(names_of).collect();
            (!names.is_empty() && names.len() == values.len()).then(|| names.join(", "))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn take(value: Value) -> Fields {
        match value {
            Value::Object(object) => Fields::take(object),
            _ => Fields::default(),
        }
    }

    #[test]
    fn fields_are_known_by_many_names() {
        let fields = take(json!({
            "Title": " Strike ends ", "authors": [{"name": "Jane Roe"}, "Ola Brandt"],
            "date_published": "2024-03-13T08:00:00Z", "source": {"name": "Lorne Mail", "id": 7}, "body": "Text",
            "desk": "north", "views": 12,
        }));
        assert_eq!(fields.headline.as_deref(), Some("Strike ends"));
        assert_eq!(fields.byline.as_deref(), Some("Jane Roe, Ola Brandt"));
        assert_eq!(fields.published.map(|date| date.to_string()).as_deref(), Some("2024-03-13"));
        assert_eq!(fields.outlet.as_deref(), Some("Lorne Mail"));
        assert_eq!(fields.text.as_deref(), Some("Text"));
        assert_eq!(Value::Object(fields.extra), json!({"desk": "north", "views": 12}));
    }

    #[test]
    fn the_surest_name_wins_and_the_other_is_kept() {
        let fields = take(
            json!({"date": "2020-01-01", "published": "2024-03-13", "headline": null, "title": "T"}),
        );
        assert_eq!(fields.published.map(|date| date.to_string()).as_deref(), Some("2024-03-13"));
        assert_eq!(fields.headline.as_deref(), Some("T"));
        assert_eq!(Value::Object(fields.extra), json!({"date": "2020-01-01"}));
    }

    #[test]
    fn what_cannot_be_understood_is_kept_as_it_came() {
        let fields = take(json!({"published": "03/04/2024", "author": 7}));
        assert_eq!(fields.published, None);
        assert_eq!(Value::Object(fields.extra), json!({"published": "03/04/2024", "author": 7}));
    }
}
