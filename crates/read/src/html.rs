//! An HTML page to reports: the whole visible text, with all but the article marked.
//!
//! ```text
//! Home · Strike ends · Dockers went back on Monday. · The quay (AP) · © Lorne Mail
//! nav    headline      text                           caption         notice
//! ```
//!
//! Which blocks are the article is found by `trafilatura`, or said by a selector; a page of several
//! whole `article`s gives several reports. The headline stands first if the page does not show it.
//! Not handled: comments of readers as texts of their own.

use crate::lines::fold;
use crate::page::{self, Block};
use crate::plain::{self, Headline};
use crate::{Options, Skipped, dates, furniture, heading};
use dom_query::{Document, Matcher};
use dom_smoothie::Readability;
use onrecord_model::{
    Byline, CodePoints, Date, NotText, NotTextKind, Published, PublishedFrom, Report, Span,
};
use rustc_hash::FxHashSet;

/// The reports of a page.
pub(crate) fn reports(
    html: &str,
    source_file: &str,
    options: &Options,
) -> Result<Vec<Report>, Skipped> {
    let document = Document::from(html);
    let chosen = match &options.selector {
        None => None,
        Some(selector) => Some(chosen(&document, selector, source_file)?),
    };
    let blocks = page::blocks(&document, chosen.as_deref().unwrap_or_default())
        .ok_or_else(|| Skipped::report(source_file, "its elements are nested too deeply"))?;
    let facts = Facts::new(html, document);
    let mut is_main = match &chosen {
        Some(_) => blocks.iter().map(|block| block.place.is_chosen).collect(),
        None => main_blocks(&blocks, &facts.content),
    };
    let starts = article_starts(&blocks);
    if starts.len() > 1 && chosen.is_none() {
        for (block, is_main) in blocks.iter().zip(&mut is_main) {
            *is_main =
                block.place.article.is_some() && !block.place.is_beside && !block.place.is_caption;
        }
    }
    let has_words = |(block, is_main): (&Block, &bool)| *is_main && !block.place.is_title;
    if !blocks.iter().zip(&is_main).any(has_words) {
        let skipped = Skipped::report(source_file, "no article text was found");
        return Err(skipped.hint("pass --selector to point at the text"));
    }
    let has_siblings = starts.len() > 1;
    let mut reports = Vec::new();
    let mut start = 0;
    for (at, &from) in starts.iter().enumerate() {
        let to = starts.get(at + 1).copied().unwrap_or(blocks.len());
        let title = if has_siblings { None } else { facts.title.as_deref() };
        let mut report = report(&blocks[from..to], &is_main[from..to], title, &facts);
        if to < blocks.len() {
            report.text.push_str("\n\n");
        }
        report.source_file = source_file.to_owned();
        report.part = at as u32 + 1;
        report.has_siblings = has_siblings;
        report.start = start;
        start += CodePoints::new(&report.text).at(report.text.len());
        reports.push(report);
    }
    Ok(reports)
}

fn chosen(
    document: &Document,
    selector: &str,
    source_file: &str,
) -> Result<Vec<dom_query::NodeId>, Skipped> {
    let matcher = Matcher::new(selector).map_err(|_| {
        Skipped::report(source_file, format!("`{selector}` is not a CSS selector"))
            .hint("a selector is as in a style sheet: article, div.story, #text")
    })?;
    let nodes: Vec<_> =
        document.select_matcher(&matcher).nodes().iter().map(|node| node.id).collect();
    if nodes.is_empty() {
        let cause = format!("nothing on the page is a `{selector}`");
        return Err(
            Skipped::report(source_file, cause).hint("look at the page's source for another")
        );
    }
    Ok(nodes)
}

/// What the page says of itself.
struct Facts {
    title: Option<String>,
    byline: Option<String>,
    outlet: Option<String>,
    url: Option<String>,
    language: Option<String>,
    published: Option<Date>,
    /// The blocks of the article as `trafilatura` finds it.
    content: Vec<String>,
}

impl Facts {
    fn new(html: &str, document: Document) -> Self {
        // `trafilatura` is often wrong on the day; the fields that say it are read here.
        let fields = [
            "meta[property='article:published_time']",
            "meta[property='og:published_time']",
            "meta[itemprop='datePublished']",
            "meta[name='datePublished']",
            "meta[name='pubdate']",
            "meta[name='publish-date']",
            "meta[name='parsely-pub-date']",
            "meta[name='DC.date.issued']",
            "meta[name='dcterms.created']",
            "meta[name='sailthru.date']",
            "meta[name='date']",
            "time[itemprop='datePublished']",
            "time[pubdate]",
        ];
        let field_date = fields.iter().find_map(|field| {
            let found = document.try_select(field)?;
            let value = found.attr("content").or_else(|| found.attr("datetime"))?;
            dates::parse(&value)
        });
        let times =
            document.select("article time[datetime], header time[datetime], main time[datetime]");
        let shown = times.nodes().first().and_then(|node| dates::parse(&node.attr("datetime")?));
        let language = document.select("html").attr("lang").map(|lang| lang.to_string());
        let smooth = Readability::with_document(document, None, None).ok().map(|readability| {
            let json_ld = readability.parse_json_ld();
            readability.get_article_metadata(json_ld)
        });
        let smooth = smooth.unwrap_or_default();
        let options =
            trafilatura::Options::default().with_fallback(true).with_exclude_comments(true);
        let found = trafilatura::extract(html, &options).unwrap_or_default();
        let date = smooth.published_time.as_deref().and_then(dates::parse);
        Self {
            title: text(&found.metadata.title).or_else(|| text(&smooth.title)),
            byline: text(&found.metadata.author)
                .or_else(|| text(smooth.byline.as_deref().unwrap_or_default()))
                .map(|byline| byline.replace("; ", ", ")),
            outlet: text(&found.metadata.sitename)
                .or_else(|| text(smooth.site_name.as_deref().unwrap_or_default())),
            url: text(&found.metadata.url)
                .or_else(|| text(smooth.url.as_deref().unwrap_or_default())),
            language: language.and_then(|language| text(&language)),
            published: date.or(field_date).or(shown),
            content: page::blocks(&Document::from(found.content_html), &[])
                .unwrap_or_default()
                .into_iter()
                .map(|block| block.text)
                .collect(),
        }
    }
}

fn text(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// For each block, whether it is in the text that was found: as a block, or by one of its
/// sentences, since a link or a mark that the extraction left out breaks the match of a whole one.
fn main_blocks(blocks: &[Block], content: &[String]) -> Vec<bool> {
    let whole = content.iter().map(|block| fold(block));
    let known: FxHashSet<String> = whole.chain(content.iter().flat_map(|b| sentences(b))).collect();
    let is_main = |block: &Block| {
        let words = fold(&block.text);
        !words.is_empty()
            && !block.place.is_caption
            && (known.contains(&words)
                || !block.place.is_beside
                    && sentences(&block.text).any(|part| known.contains(&part)))
    };
    let mut main: Vec<bool> = blocks.iter().map(is_main).collect();
    // A menu that says the same words as the text is still a menu.
    let is_apart = blocks.iter().zip(&main).any(|(block, main)| *main && !block.place.is_beside);
    if is_apart {
        main.iter_mut().zip(blocks).for_each(|(main, block)| *main &= !block.place.is_beside);
    }
    main
}

/// The longer sentences of a block, roughly, folded for comparing.
fn sentences(text: &str) -> impl Iterator<Item = String> {
    text.split_inclusive(['.', '!', '?', '\n']).filter(|part| part.len() >= 40).map(fold)
}

/// The blocks at which reports begin: one, or one for each whole `article` of several.
fn article_starts(blocks: &[Block]) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut at = 0;
    while at < blocks.len() {
        let Some(article) = blocks[at].place.article else {
            at += 1;
            continue;
        };
        let length =
            blocks[at..].iter().take_while(|block| block.place.article == Some(article)).count();
        let own = &blocks[at..at + length];
        let prose =
            own.iter().filter(|block| block.text.len() >= 80 && furniture::is_prose(&block.text));
        let (count, bytes) =
            prose.fold((0, 0), |(n, bytes), block| (n + 1, bytes + block.text.len()));
        let is_headed = own.iter().take(6).any(|block| block.place.is_heading);
        if is_headed && count >= 3 && bytes >= 600 {
            starts.push(at);
        }
        at += length;
    }
    if starts.len() < 2 {
        return vec![0];
    }
    starts[0] = 0;
    starts
}

/// The report of some blocks of a page.
fn report(blocks: &[Block], is_main: &[bool], title: Option<&str>, facts: &Facts) -> Report {
    let headline_at = headline(blocks, is_main, title);
    let mut text = String::new();
    let mut headline = None;
    if let (None, Some(title)) = (headline_at, title) {
        text.push_str(title);
        headline = Some(Span::new(0, text.len()));
    }
    let mut not_text = Vec::new();
    let author = facts.byline.as_deref().map(fold).filter(|name| name.contains(' '));
    for (at, block) in blocks.iter().enumerate() {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(&block.text);
        let span = Span::new(start, text.len());
        if headline_at == Some(at) {
            headline = Some(span);
            continue;
        }
        if is_main[at] || heading::byline(&block.text).is_some() {
            continue;
        }
        let is_author = author.as_ref().is_some_and(|name| {
            block.text.len() <= name.len() + 24 && fold(&block.text).contains(name.as_str())
        });
        let kind = if block.place.is_caption {
            NotTextKind::Caption
        } else if is_author {
            NotTextKind::Credit
        } else {
            furniture::kind(&block.text, true).unwrap_or(NotTextKind::Navigation)
        };
        not_text.push(NotText { span, kind });
    }
    let published = facts.published.map(|date| Published { date, from: PublishedFrom::Page });
    let mut report = Report {
        text,
        outlet: facts.outlet.clone(),
        url: facts.url.clone(),
        byline: facts.byline.clone().map(|name| Byline { name, span: None }),
        published,
        not_text,
        ..Report::default()
    };
    plain::describe(&mut report, Headline::Known(headline));
    if report.language.is_none() {
        report.language.clone_from(&facts.language);
    }
    report
}

/// The block that shows the headline.
fn headline(blocks: &[Block], is_main: &[bool], title: Option<&str>) -> Option<usize> {
    let folded = title.map(fold).unwrap_or_default();
    let says_title = |block: &&Block| fold(&block.text) == folded;
    let find = |is: &dyn Fn(&Block) -> bool| blocks.iter().position(is);
    // A title often has the site's name after it.
    let begins_title = |block: &Block| {
        let words = fold(&block.text);
        words.contains(' ') && folded.starts_with(&words)
    };
    let first_main = is_main.iter().position(|main| *main).unwrap_or(0);
    find(&|block| block.place.is_title && says_title(&block))
        .or_else(|| {
            find(&|block| block.place.is_heading && !block.place.is_beside && says_title(&block))
        })
        .or_else(|| find(&|block| block.place.is_title && begins_title(block)))
        .or_else(|| {
            find(&|block| !block.place.is_beside && !folded.is_empty() && says_title(&block))
        })
        .or_else(|| {
            let is_alone = blocks.iter().filter(|block| block.place.is_title).count() == 1;
            find(&|block| {
                is_alone && block.place.is_title && heading::is_headline_like(&block.text)
            })
        })
        .or_else(|| {
            let heading =
                blocks.iter().take(first_main + 2).position(|block| block.place.is_heading);
            heading.filter(|_| title.is_none())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<html lang="en-GB"><head><title>Dockers walk out at Port Lorne - Lorne Mail</title>
<meta property="og:site_name" content="Lorne Mail"><meta name="author" content="Jane Roe">
<meta property="article:published_time" content="2024-03-13T08:00:00Z">
<link rel="canonical" href="https://mail.example/strike"></head>
<body><nav><a href="/">Home</a> <a href="/p">Ports</a></nav><article>
<h1>Dockers walk out at Port Lorne</h1><p class="byline">By Jane Roe</p>
<figure><img src="a.jpg"><figcaption>The quay on Monday. AP</figcaption></figure>
<p>The dockers of Port Lorne walked out on Monday, the union said, and <b>will not</b> be back before Friday.</p>
<p>The mayor, Ada Holm, called the strike a mistake. “It harms the town,” she said on the radio, and asked
both sides to <a href="/meet">meet</a>.</p>
<h2>What next</h2>
<p>The port has three hundred dockers. They are paid by the day, and the union wants that to end in June.</p>
<ul><li>First the ferries stop</li><li>Then the trains</li></ul></article>
<aside><h3>Related</h3><a>Another story altogether</a></aside>
<footer>© 2024 Lorne Mail. All rights reserved.</footer></body></html>"#;

    fn read(html: &str, options: &Options) -> Vec<Report> {
        reports(html, "page.html", options).expect("a page with an article")
    }

    #[test]
    fn a_page_is_read_whole_and_all_but_the_article_is_marked() {
        let reports = read(PAGE, &Options::default());
        let [report] = reports.as_slice() else { panic!("one report, not {}", reports.len()) };
        assert_eq!(report.headline_text(), Some("Dockers walk out at Port Lorne"));
        let byline = report.byline.as_ref().expect("a byline");
        assert_eq!((byline.name.as_str(), byline.span.is_some()), ("Jane Roe", true));
        assert_eq!(report.outlet.as_deref(), Some("Lorne Mail"));
        assert_eq!(report.url.as_deref(), Some("https://mail.example/strike"));
        assert_eq!(report.language.as_deref(), Some("en"));
        let published = report.published.expect("a date");
        assert_eq!(
            (published.date.to_string().as_str(), published.from),
            ("2024-03-13", PublishedFrom::Page)
        );
        let marks: Vec<_> =
            report.not_text.iter().map(|m| (m.span.of(&report.text), m.kind)).collect();
        let expected = [
            ("Home Ports", NotTextKind::Navigation),
            ("The quay on Monday. AP", NotTextKind::Caption),
            ("Related", NotTextKind::Navigation),
            ("Another story altogether", NotTextKind::Navigation),
            ("© 2024 Lorne Mail. All rights reserved.", NotTextKind::Notice),
        ];
        assert_eq!(marks, expected);
        assert!(report.text.contains("and will not be back before Friday.\n\nThe mayor"));
    }

    #[test]
    fn a_selector_points_at_the_text() {
        let html = "<body><p>One line.</p><div class=story><p>The strike is over.</p></div><p>Other.</p></body>";
        let options = Options { selector: Some("div.story".to_owned()), ..Options::default() };
        let reports = read(html, &options);
        let marks: Vec<_> =
            reports[0].not_text.iter().map(|m| m.span.of(&reports[0].text)).collect();
        assert_eq!(marks, ["One line.", "Other."]);
        let none = Options { selector: Some("div.none".to_owned()), ..Options::default() };
        let error = super::reports(html, "page.html", &none).expect_err("nothing is chosen");
        assert!(error.to_string().contains("nothing on the page is a `div.none`"), "{error}");
        let bad = Options { selector: Some("div[".to_owned()), ..Options::default() };
        let error = super::reports(html, "page.html", &bad).expect_err("no selector");
        assert!(error.to_string().contains("is not a CSS selector"), "{error}");
    }

    #[test]
    fn a_page_without_a_text_says_what_to_try() {
        let error =
            reports("<html><body><img src=a></body></html>", "march.html", &Options::default());
        let error = error.expect_err("no text");
        assert_eq!(
            error.to_string(),
            "cannot read report `march.html`\n  cause: no article text was found\n  hint: pass --selector \
             to point at the text"
        );
    }

    #[test]
    fn whole_articles_on_one_page_are_reports_of_their_own() {
        let prose = "<p>The dockers of Port Lorne walked out on Monday, the union said, and they will not be \
                     back at the quay before Friday at the very earliest, whatever the mayor may say.</p>";
        let article =
            |title: &str| format!("<article><h2>{title}</h2>{}</article>", prose.repeat(4));
        let html = format!(
            "<body><nav>Menu</nav>{}{}</body>",
            article("Strike begins"),
            article("Strike ends")
        );
        let reports = read(&html, &Options::default());
        let headlines: Vec<_> = reports.iter().map(|report| report.headline_text()).collect();
        assert_eq!(headlines, [Some("Strike begins"), Some("Strike ends")]);
        assert_eq!(reports[1].start as usize, reports[0].text.chars().count());
    }
}
