//! The visible text of an HTML page, block by block.
//!
//! ```text
//! <nav>Home</nav><h1>Strike ends</h1><p>The <b>dockers</b> went back.</p>
//! → "Home" in a menu · "Strike ends" a heading · "The dockers went back."
//! ```
//!
//! No visible word is dropped; white space is folded as a browser does. Not handled: style sheets
//! (only `hidden` and `style="display:none"` hide), text drawn by scripts.

use dom_query::{Document, NodeId, NodeRef};

/// Deeper pages are refused: no page that a person wrote comes near.
pub(crate) const DEEPEST: usize = 450;

/// What a block stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Place {
    /// In `nav`, `aside`, `footer`, a button or a form.
    pub(crate) is_beside: bool,
    /// In `figcaption`, or in `figure`.
    pub(crate) is_caption: bool,
    /// In `h1`.
    pub(crate) is_title: bool,
    /// In a heading of any level.
    pub(crate) is_heading: bool,
    /// In a node that was asked for.
    pub(crate) is_chosen: bool,
    /// In which outermost `article`, from 1.
    pub(crate) article: Option<u32>,
}

/// One block of visible text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    /// Its words, white space folded.
    pub(crate) text: String,
    /// What it stands in.
    pub(crate) place: Place,
}

enum Step<'d> {
    Enter(NodeRef<'d>, Place),
    /// The end of an element that is a block.
    Break(Place),
}

/// The blocks of a page in order; none if it is nested too deeply. `chosen` are the nodes that a
/// selector found.
pub(crate) fn blocks(document: &Document, chosen: &[NodeId]) -> Option<Vec<Block>> {
    if is_too_deep(document) {
        return None;
    }
    let mut blocks = Vec::new();
    let mut open = Open::default();
    let mut articles = 0;
    let mut steps = vec![Step::Enter(document.root(), Place::default())];
    while let Some(step) = steps.pop() {
        let (node, mut place) = match step {
            Step::Enter(node, place) => (node, place),
            Step::Break(place) => {
                open.close(&mut blocks, place);
                continue;
            }
        };
        if node.is_text() {
            open.push(&node.text(), place, &mut blocks);
            continue;
        }
        let name = node.node_name();
        let name = name.as_deref().unwrap_or_default();
        if is_unseen(name, &node) {
            continue;
        }
        if name == "br" {
            open.line_break(&mut blocks, place);
            continue;
        }
        let is_block = is_block(name);
        if is_block {
            open.close(&mut blocks, place);
            steps.push(Step::Break(place));
        } else if matches!(name, "td" | "th" | "button" | "option" | "label") {
            open.space();
        }
        if name == "article" && place.article.is_none() {
            articles += 1;
            place.article = Some(articles);
        }
        place.is_beside |= matches!(
            name,
            "nav" | "aside" | "footer" | "button" | "form" | "select" | "dialog" | "menu"
        ) || node.attr("role").is_some_and(|role| {
            matches!(&*role, "navigation" | "complementary" | "contentinfo" | "search" | "menu")
        });
        place.is_caption |=
            matches!(name, "figcaption" | "figure" | "caption" | "picture" | "video");
        place.is_title |= name == "h1";
        place.is_heading |= matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
        place.is_chosen |= chosen.contains(&node.id);
        if let Some(Step::Break(at_end)) = steps.last_mut().filter(|_| is_block) {
            *at_end = place;
        }
        steps.extend(node.children_it(true).map(|child| Step::Enter(child, place)));
    }
    open.close(&mut blocks, Place::default());
    Some(blocks)
}

/// The block that is being gathered.
#[derive(Default)]
struct Open {
    text: String,
    place: Option<Place>,
    /// Whether white space stands before the next word.
    has_space: bool,
    /// Line breaks since the last word.
    breaks: u32,
}

impl Open {
    fn push(&mut self, text: &str, place: Place, blocks: &mut Vec<Block>) {
        if self.breaks >= 2 && !text.trim().is_empty() {
            self.close(blocks, place);
        }
        for c in text.chars() {
            // The space that does not break is a character of the text; the others fold.
            if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{C}') {
                self.has_space = true;
                continue;
            }
            if self.breaks > 0 && !self.text.is_empty() {
                self.text.push('\n');
            } else if self.has_space && !self.text.is_empty() {
                self.text.push(' ');
            }
            (self.breaks, self.has_space) = (0, false);
            self.text.push(c);
            self.place.get_or_insert(place);
        }
    }

    fn space(&mut self) {
        self.has_space = true;
    }

    fn line_break(&mut self, blocks: &mut Vec<Block>, place: Place) {
        self.breaks += 1;
        if self.breaks >= 2 {
            self.close(blocks, place);
            self.breaks = 0;
        }
    }

    fn close(&mut self, blocks: &mut Vec<Block>, place: Place) {
        let text = std::mem::take(&mut self.text);
        let place = self.place.take().unwrap_or(place);
        (self.has_space, self.breaks) = (false, 0);
        if text.chars().any(|c| !c.is_whitespace()) {
            blocks.push(Block { text, place });
        }
    }
}

fn is_too_deep(document: &Document) -> bool {
    let mut nodes = vec![(document.root(), 0)];
    while let Some((node, depth)) = nodes.pop() {
        if depth > DEEPEST {
            return true;
        }
        nodes.extend(node.children_it(false).map(|child| (child, depth + 1)));
    }
    false
}

/// Elements that a browser shows nothing of.
fn is_unseen(name: &str, node: &NodeRef) -> bool {
    if matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "head"
            | "svg"
            | "math"
            | "iframe"
            | "object"
            | "audio"
            | "canvas"
            | "datalist"
            | "title"
            | "meta"
            | "link"
    ) {
        return true;
    }
    node.has_attr("hidden")
        || node.attr("style").is_some_and(|style| {
            let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
            style.contains("display:none") || style.contains("visibility:hidden")
        })
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "html"
            | "body"
            | "p"
            | "div"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "li"
            | "ul"
            | "ol"
            | "table"
            | "tr"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "nav"
            | "aside"
            | "figure"
            | "figcaption"
            | "blockquote"
            | "pre"
            | "hr"
            | "form"
            | "fieldset"
            | "address"
            | "dl"
            | "dt"
            | "dd"
            | "main"
            | "details"
            | "summary"
            | "caption"
            | "tbody"
            | "thead"
            | "tfoot"
            | "center"
            | "dialog"
            | "menu"
            | "select"
            | "legend"
            | "hgroup"
            | "search"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(html: &str) -> Vec<String> {
        let blocks = blocks(&Document::from(html), &[]).expect("not deep");
        blocks.into_iter().map(|block| block.text).collect()
    }

    #[test]
    fn blocks_are_those_that_a_reader_sees() {
        let html = "<title>No</title><div>Port <b>Lorne</b>\n news<p>The  dockers<br>walked<br><br>out.</p>\
                    tail</div><script>no()</script><p hidden>no</p><ul><li>One<li>Two</ul>\
                    <table><tr><td>3</td><td>ships</td></tr></table>";
        let expected =
            ["Port Lorne news", "The dockers\nwalked", "out.", "tail", "One", "Two", "3 ships"];
        assert_eq!(texts(html), expected);
    }

    #[test]
    fn a_page_nested_beyond_reason_is_refused() {
        let html = "<div>".repeat(5000) + "deep";
        assert_eq!(blocks(&Document::from(html), &[]), None);
    }
}
