//! An RSS or Atom feed: one report an entry.
//!
//! ```text
//! <item><title>Strike ends</title><pubDate>Wed, 13 Mar 2024 08:00:00 GMT</pubDate>
//! <description>&lt;p&gt;The dockers …</description></item>
//! → text as read: "Strike ends\n\nThe dockers …", published 2024-03-13
//! ```
//!
//! The text is the fullest that the feed gives, often a summary only. Feeds are seldom well formed,
//! so elements are looked for by name. Not handled: name spaces under unusual prefixes; pages that
//! a feed only points at.

use crate::page;
use dom_query::Document;
use onrecord_model::Report;
use serde_json::{Map, Value};

/// The reports of a feed, in its order, or why an entry gives none.
pub(crate) fn reports(xml: &str, source_file: &str) -> Vec<Result<Report, String>> {
    let mut starts: Vec<usize> = tags(xml, "item").chain(tags(xml, "entry")).collect();
    starts.sort_unstable();
    let Some(&first) = starts.first() else {
        return vec![Err("it is a feed without entries".to_owned())];
    };
    let outlet = element(&xml[..first], "title").map(|title| plain(&title));
    let mut reports = Vec::with_capacity(starts.len());
    for (at, &start) in starts.iter().enumerate() {
        let end = starts.get(at + 1).copied().unwrap_or(xml.len());
        let entry = &xml[start..end];
        let text =
            ["content:encoded", "content", "description", "summary"].iter().find_map(|name| {
                element(entry, name).map(|html| plain(&html)).filter(|text| !text.is_empty())
            });
        let of = |names: &[&str]| {
            let found = names.iter().find_map(|name| element(entry, name));
            found.map(|words| plain(&words)).filter(|words| !words.is_empty())
        };
        let author =
            element(entry, "author").map(|author| element(&author, "name").unwrap_or(author));
        let fields = [
            ("headline", of(&["title"])),
            ("text", text),
            ("url", link(entry)),
            ("published", of(&["pubDate", "published", "dc:date", "issued"])),
            ("byline", of(&["dc:creator"]).or_else(|| author.map(|author| plain(&author)))),
            ("outlet", of(&["source"]).or_else(|| outlet.clone())),
        ];
        let object: Map<String, Value> = fields
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), Value::String(value?))))
            .collect();
        let report = crate::json::report(Value::Object(object), source_file, at as u32 + 1);
        reports.push(report.map(|report| Report { has_siblings: starts.len() > 1, ..report }));
    }
    reports
}

/// Where elements of this name begin.
fn tags<'x>(xml: &'x str, name: &'x str) -> impl Iterator<Item = usize> + 'x {
    xml.match_indices('<').map(|(at, _)| at).filter(move |&at| {
        let rest = &xml[at + 1..];
        rest.strip_prefix(name).is_some_and(|rest| {
            rest.starts_with(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/'))
        })
    })
}

/// What the first element of this name holds, with entities resolved once.
fn element(xml: &str, name: &str) -> Option<String> {
    tags(xml, name).find_map(|at| {
        let open = at + xml[at..].find('>')?;
        if xml[..open].ends_with('/') {
            return None;
        }
        let rest = &xml[open + 1..];
        let inner = rest[..rest.find(&format!("</{name}"))?].trim();
        match inner.strip_prefix("<![CDATA[") {
            Some(data) => Some(data.trim_end().trim_end_matches("]]>").to_owned()),
            None => Some(resolved(inner)),
        }
    })
}

/// The address of an entry: what `link` holds, or its `href`.
fn link(entry: &str) -> Option<String> {
    let held = element(entry, "link").map(|link| plain(&link)).filter(|link| !link.is_empty());
    held.or_else(|| {
        tags(entry, "link").find_map(|at| {
            let tag = &entry[at..at + entry[at..].find('>')?];
            let is_other = tag.contains("rel=") && !tag.contains("alternate");
            let value = tag.split_once("href=")?.1;
            let mark = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let address = value[1..].split(mark).next()?;
            (!is_other).then(|| resolved(address))
        })
    })
}

fn resolved(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&apos;", "'").replace("&#39;", "'").replace("&amp;", "&")
}

/// The words of a piece of HTML, an empty line between its blocks.
fn plain(html: &str) -> String {
    match page::blocks(&Document::from(html), &[]) {
        Some(blocks) => blocks.into_iter().map(|block| block.text).collect::<Vec<_>>().join("\n\n"),
        None => html.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_item_of_a_feed_is_a_report() {
        let xml = r#"<?xml version="1.0"?><rss version="2.0"><channel><title>Lorne Mail</title>
<item><title>Strike ends</title><link>https://mail.example/1</link><dc:creator>Jane Roe</dc:creator>
<pubDate>Wed, 13 Mar 2024 08:00:00 GMT</pubDate><description>&lt;p&gt;The dockers &amp;amp; crews&lt;/p&gt;
&lt;p&gt;went back.&lt;/p&gt;</description></item>
<item><title><![CDATA[Mayor & port]]></title><description><![CDATA[<p>The mayor spoke.</p>]]></description></item>
</channel></rss>"#;
        let reports: Vec<Report> = reports(xml, "feed.xml").into_iter().flatten().collect();
        let texts: Vec<_> = reports.iter().map(|report| report.text.as_str()).collect();
        let expected = [
            "Strike ends\n\nThe dockers & crews\n\nwent back.",
            "Mayor & port\n\nThe mayor spoke.",
        ];
        assert_eq!(texts, expected);
        assert_eq!(reports[0].url.as_deref(), Some("https://mail.example/1"));
        assert_eq!(reports[0].outlet.as_deref(), Some("Lorne Mail"));
        assert_eq!(
            reports[0].published_on().map(|date| date.to_string()).as_deref(),
            Some("2024-03-13")
        );
        assert_eq!(reports[0].byline.as_ref().map(|byline| byline.name.as_str()), Some("Jane Roe"));
    }

    #[test]
    fn each_entry_of_an_atom_feed_is_a_report() {
        let xml = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Lorne Post</title><entry>
<title>Strike ends</title><link rel="self" href="https://post.example/self"/><link href="https://post.example/1"/>
<published>2024-03-13T08:00:00Z</published><author><name>Ola Brandt</name></author>
<summary>The dockers went back.</summary></entry></feed>"#;
        let reports: Vec<Report> = reports(xml, "feed.xml").into_iter().flatten().collect();
        assert_eq!(reports[0].text, "Strike ends\n\nThe dockers went back.");
        assert_eq!(reports[0].url.as_deref(), Some("https://post.example/1"));
        assert_eq!(
            reports[0].byline.as_ref().map(|byline| byline.name.as_str()),
            Some("Ola Brandt")
        );
        assert!(!reports[0].has_siblings);
    }
}
