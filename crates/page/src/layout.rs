//! What every page has: the head, the navigation, the search, the foot.

use crate::address::Ask;
use crate::assets;
use crate::words::t;
use maud::{DOCTYPE, Markup, html};

/// The frame of one page.
pub(crate) struct Shell<'a> {
    /// The record's name.
    pub(crate) record: &'a str,
    /// Which view of the navigation it belongs to.
    pub(crate) place: &'a str,
    /// In a few words.
    pub(crate) title: &'a str,
    pub(crate) ask: &'a Ask,
}

/// The views of the navigation.
const VIEWS: [(&str, &str); 10] = [
    ("/", "Overview"),
    ("/findings", "Findings"),
    ("/speakers", "Speakers"),
    ("/quotations", "Quotations"),
    ("/figures", "Figures"),
    ("/copies", "Copies"),
    ("/stories", "Stories"),
    ("/timeline", "Timeline"),
    ("/reports", "Reports"),
    ("/check", "Check a draft"),
];

/// A whole page around its content; `has_data` if the same can be had as JSON and CSV.
pub(crate) fn page(shell: &Shell<'_>, content: Markup, has_data: bool) -> Markup {
    let query = if shell.place == "/search" { shell.ask.get("q").unwrap_or("") } else { "" };
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (t(shell.title)) " · " (t(shell.record)) }
                link rel="icon" href=(assets::icon_address()) type="image/svg+xml";
                link rel="stylesheet" href=(assets::style_address());
                script src=(assets::script_address()) defer {}
            }
            body {
                a.skip href="#main" { "Skip to the content" }
                header.top {
                    a.record href="/" { (t(shell.record)) }
                    nav aria-label="Views" {
                        ul {
                            @for (address, name) in VIEWS {
                                li {
                                    a href=(address) aria-current=[(address == shell.place).then_some("page")] {
                                        (name)
                                    }
                                }
                            }
                        }
                    }
                    form.find role="search" action="/search" {
                        label.unseen for="q" { "Search the record" }
                        input #q type="search" name="q" value=(t(query)) autocomplete="off"
                            placeholder="Search" aria-keyshortcuts="/";
                        button { "Search" }
                    }
                }
                main #main tabindex="-1" { (content) }
                footer {
                    p {
                        "OnRecord says who said what, and where reports differ. It never says what is true."
                    }
                    @if has_data {
                        p {
                            "This view as " a href=(shell.ask.data(false)) { "JSON" } " or "
                            a href=(shell.ask.data(true)) { "CSV" } " · "
                            a href="/api" { "how programs ask" }
                        }
                    }
                    p.keys hidden data-script="" {
                        kbd { "/" } " search " kbd { "j" } " " kbd { "k" } " next and last in a list"
                    }
                }
                p #told.unseen role="status" aria-live="polite" {}
            }
        }
    }
}

/// What is said where there is no view; with the list of what was asked for.
pub(crate) fn note(title: &str, told: &str, hint: Option<&str>, ask: &Ask) -> Markup {
    let list = match ask.parts.first().map_or("", String::as_str) {
        "report" => Some(("/reports", "All reports")),
        "speaker" => Some(("/speakers", "All speakers")),
        "finding" => Some(("/findings", "All findings")),
        "quotation" => Some(("/quotations", "All quotations")),
        "figure" | "measure" | "counted" => Some(("/figures", "All figures")),
        "day" | "event" => Some(("/timeline", "The timeline")),
        _ => None,
    };
    html! {
        h1 { (title) }
        p.lead { (t(told)) }
        @if let Some(hint) = hint { p { (t(hint)) } }
        p {
            @if let Some((address, name)) = list { a href=(address) { (name) } " · " }
            a href="/" { "The overview" } " · "
            a href="/search" { "Search" }
        }
    }
}

/// The page that asks for a token; it says nothing of the record.
pub(crate) fn door(is_wrong: bool) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "OnRecord: token" }
                link rel="icon" href=(assets::icon_address()) type="image/svg+xml";
                link rel="stylesheet" href=(assets::style_address());
            }
            body {
                main {
                    h1 { "A token, please" }
                    p.lead { "It stands in the address that the program printed when it began to serve." }
                    @if is_wrong { p.problem role="alert" { "That was not it." } }
                    form.narrow method="post" action="/token" {
                        label for="token" { "Token" }
                        input #token type="password" name="token" autocomplete="off" autofocus required;
                        button { "Go in" }
                    }
                }
            }
        }
    }
}
