//! The pages in a real browser: nothing odd in the console, no request leaves the machine, keys
//! alone suffice, a phone is wide enough, everything has a name and enough contrast.
//!
//! ```text
//! chromedriver  ←  this test  →  onrecord serve
//! ```
//!
//! Where there is no `chromedriver` these tests say so and pass. `ONRECORD_SCREENSHOTS=FOLDER`
//! writes a picture of every view there instead. Not handled: other browsers.

mod driver;

use driver::{Browser, Desk, LIGHT_AND_DARK, Page};
use serde_json::json;
use std::path::{Path, PathBuf};

/// What every page is asked; see `checks.js`.
const CHECKS: &str = include_str!("checks.js");

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The views of the example, each with a name for its picture.
const VIEWS: [(&str, &str); 15] = [
    ("overview", "/"),
    ("findings", "/findings"),
    ("finding", "/finding?kind=quote-altered&report=03-examiner-gates&at=519-602"),
    ("speakers", "/speakers"),
    ("speaker", "/speaker/person/Corin%20Hallaster"),
    ("quotations", "/quotation/0/01-courier-strike"),
    ("figures", "/figures"),
    ("figure", "/figure?counted=ships"),
    ("copies", "/copies"),
    ("stories", "/stories"),
    ("timeline", "/timeline"),
    ("day", "/day/2025-03-04"),
    ("event", "/event/0/04-broadcasting%231"),
    ("reader", "/report/04-broadcasting%231"),
    ("search", "/search?q=speaker:Hallaster%20offer"),
];

#[test]
fn every_view_is_sound_in_a_browser() {
    let Some(browser) = Browser::start() else { return };
    if std::env::var_os("ONRECORD_SCREENSHOTS").is_some() {
        return;
    }
    let desk = Desk::over(&root().join("examples/harbour"));
    let more = [
        "/counted",
        "/quotations",
        "/reports",
        "/search",
        "/search?q=%22open",
        "/check",
        "/report/no-such-page",
    ];
    browser.goto(&desk.address("/figures"));
    let measure = "return document.querySelector('.measure h2 a').getAttribute('href')";
    let measure = browser.run(measure, vec![]);
    let measure = measure.as_str().expect("several reports count something");
    let views = VIEWS.iter().map(|(_, address)| *address);
    let addresses: Vec<&str> = views.chain(more).chain([measure]).collect();
    look_over(&browser, &desk, &addresses);
    let seeds = root().join("../shared/seeds");
    if !seeds.exists() {
        println!("skipped: there is no ../shared/seeds");
        return;
    }
    let desk = Desk::over(&seeds);
    let addresses = [
        "/",
        "/findings",
        "/speakers",
        "/quotations",
        "/figures",
        "/counted",
        "/copies",
        "/stories",
        "/timeline",
        "/report/000",
        "/report/003%232",
    ];
    look_over(&browser, &desk, &addresses);
}

/// Each page in light and dark, wide, narrow and at twice the size.
fn look_over(browser: &Browser, desk: &Desk, addresses: &[&str]) {
    for address in addresses {
        let mut told = Vec::new();
        for scheme in LIGHT_AND_DARK {
            for (wide, scale) in [(1280, 1.0), (390, 1.0), (640, 2.0)] {
                browser.look(&Page { wide, scale, scheme });
                browser.goto(&desk.address(address));
                let problems = browser.run(CHECKS, vec![json!(wide)]);
                for problem in problems.as_array().into_iter().flatten() {
                    told.push(format!("{address} ({scheme}, {wide}): {problem}"));
                }
            }
        }
        told.sort();
        told.dedup();
        assert!(told.is_empty(), "{}", told.join("\n"));
    }
    let console: Vec<String> =
        browser.console().into_iter().filter(|line| !line.contains("no-such-page")).collect();
    assert!(console.is_empty(), "the console says: {}", console.join("\n"));
    let elsewhere: Vec<String> = browser
        .requests()
        .into_iter()
        .filter(|url| !url.starts_with(&desk.address("")) && !url.starts_with("data:"))
        .collect();
    assert!(elsewhere.is_empty(), "asked elsewhere: {}", elsewhere.join("\n"));
}

#[test]
fn keys_alone_lead_from_a_question_to_the_sentence() {
    let Some(browser) = Browser::start() else { return };
    let desk = Desk::over(&root().join("examples/harbour"));
    browser.goto(&desk.address("/"));
    browser.keys("\u{e004}");
    assert_eq!(browser.run("return document.activeElement.className", vec![]), json!("skip"));
    browser.keys("/");
    assert_eq!(browser.run("return document.activeElement.id", vec![]), json!("q"));
    browser.keys("speaker:Hallaster offer\u{e007}");
    browser.wait("return location.pathname == '/search' && document.readyState == 'complete'");
    browser.keys("j");
    let first = browser.run("return document.activeElement.closest('li')?.innerText", vec![]);
    assert!(first.as_str().is_some_and(|text| text.contains("Hallaster")), "{first}");
    browser.keys("jk\u{e004}\u{e007}");
    browser.wait(
        "return location.pathname.startsWith('/report/') && document.readyState == 'complete'",
    );
    assert_ne!(
        browser.run("return document.getElementById('at')?.textContent", vec![]),
        json!(null)
    );
    // What is typed narrows the hits without a key more.
    browser.goto(&desk.address("/search"));
    browser.keys("/");
    browser.keys("crane");
    browser.wait("return document.querySelectorAll('#results mark').length > 0");
    let address = browser.run("return location.search", vec![]);
    assert_eq!(address, json!("?q=crane"));
}

/// Checks the example's draft by keys alone; leaves the browser on the answer.
fn check_a_draft(browser: &Browser, desk: &Desk) {
    let draft = std::fs::read_to_string(root().join("examples/draft.txt")).expect("it is there");
    browser.goto(&desk.address("/check"));
    // Keys type, they do not paste: two paragraphs are enough.
    let part: Vec<&str> = draft.split("\n\n").skip(2).take(2).collect();
    for _ in 0..20 {
        browser.keys("\u{e004}");
        if browser.run("return document.activeElement.id", vec![]) == json!("draft") {
            break;
        }
    }
    browser.keys(&part.join(" "));
    browser.keys("\u{e004}");
    browser.keys("\u{e007}");
    browser.wait("return document.querySelectorAll('.list li').length > 1");
}

#[test]
fn keys_alone_check_a_draft() {
    let Some(browser) = Browser::start() else { return };
    let desk = Desk::over(&root().join("examples/harbour"));
    check_a_draft(&browser, &desk);
    let told = browser.run("return document.querySelector('main').innerText", vec![]);
    assert!(told.as_str().is_some_and(|told| told.contains("altered")), "{told}");
    let changed = browser.run("return document.querySelector('.changed').textContent", vec![]);
    assert_eq!(changed, json!("final"));
    for scheme in LIGHT_AND_DARK {
        browser.look(&Page { wide: 390, scale: 1.0, scheme });
        assert_eq!(browser.run(CHECKS, vec![json!(390)]), json!([]), "{scheme}");
    }
    browser.keys("j");
    let focused = browser.run("return document.activeElement.tagName", vec![]);
    assert_eq!(focused, json!("A"));
}

/// The brief in one file: nothing loaded, whole on paper, as sound as the pages.
#[test]
fn the_mailed_brief_is_sound() {
    let Some(browser) = Browser::start() else { return };
    let desk = Desk::over(&root().join("examples/harbour"));
    let file = format!("file://{}", desk.mailed().display());
    let mut told = Vec::new();
    for scheme in LIGHT_AND_DARK {
        for wide in [1280, 390] {
            browser.look(&Page { wide, scale: 1.0, scheme });
            browser.goto(&file);
            let problems = browser.run(CHECKS, vec![json!(wide)]);
            let problems = problems.as_array().cloned().unwrap_or_default();
            told.extend(problems.iter().map(|problem| format!("{scheme}, {wide}: {problem}")));
        }
    }
    assert!(told.is_empty(), "{}", told.join("\n"));
    // A figure in a picture leads to its sentence, which stands folded.
    let dead = browser.run(
        "return [...document.querySelectorAll('a[href]')].map((a) => a.getAttribute('href'))\
         .filter((href) => href[0] != '#' || !document.querySelector(href))",
        vec![],
    );
    assert_eq!(dead, json!([]));
    assert_eq!(browser.requests().iter().filter(|url| !url.starts_with("file:")).count(), 0);
}

#[test]
fn a_hostile_report_is_text() {
    let Some(browser) = Browser::start() else { return };
    let folder = tempfile::tempdir().expect("a folder can be made");
    let hostile = "Port shut by strike\n\nPORT VARROW — <script>window.bad = 1</script> \
        \"<img src=x onerror='window.bad = 2'> we will strike,\" said Jane Roe on Monday. \
        \u{202e}\"We will strike again,\" Jane Roe said.\n\n\
        </p></main><script src=http://elsewhere.example/x.js></script> The union said 1,200 left.\n";
    std::fs::write(folder.path().join("a.txt"), hostile).expect("it can be written");
    let desk = Desk::over(folder.path());
    for address in ["/report/a", "/", "/search?q=strike", "/speakers", "/figures", "/reports"] {
        browser.goto(&desk.address(address));
        assert_eq!(browser.run("return window.bad ?? null", vec![]), json!(null), "{address}");
    }
    browser.goto(&desk.address("/report/a"));
    let text = browser.run("return document.querySelector('.text').innerText", vec![]);
    assert!(text.as_str().is_some_and(|text| text.contains("<script src=http")), "{text}");
    let mut scripts = browser.requests();
    scripts.retain(|url| !url.starts_with(&desk.address("")));
    assert_eq!(scripts, Vec::<String>::new());
}

/// `ONRECORD_SCREENSHOTS=docs/pages cargo test -p onrecord --test browser screenshots`
#[test]
fn screenshots() {
    let Some(folder) = std::env::var_os("ONRECORD_SCREENSHOTS") else { return };
    let Some(browser) = Browser::start() else { return };
    let folder = root().join(folder);
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    let record = std::env::var_os("ONRECORD_RECORD").map(PathBuf::from);
    let desk = match &record {
        Some(record) => Desk::at(record),
        None => Desk::over(&root().join("examples/harbour")),
    };
    let asked = std::env::var("ONRECORD_VIEWS").unwrap_or_default();
    let others: Vec<(String, String)> = asked
        .split_whitespace()
        .filter_map(|view| view.split_once('='))
        .map(|(name, address)| (name.to_owned(), address.to_owned()))
        .collect();
    let others_are_own = others.is_empty();
    let own = VIEWS.iter().map(|(name, view)| ((*name).to_owned(), (*view).to_owned()));
    let views: Vec<(String, String)> = if others.is_empty() { own.collect() } else { others };
    let wide = std::env::var("ONRECORD_WIDE").ok().and_then(|wide| wide.parse().ok());
    let scheme = if std::env::var_os("ONRECORD_DARK").is_some() { "dark" } else { "light" };
    browser.look(&Page { wide: wide.unwrap_or(1280), scale: 1.0, scheme });
    for (name, view) in views {
        browser.goto(&desk.address(&view));
        let picture = browser.picture();
        std::fs::write(folder.join(format!("{name}.png")), picture).expect("it can be written");
    }
    if record.is_none() && others_are_own {
        browser.goto(&desk.address("/figures"));
        browser.run("document.querySelector('.measure h2 a').click()", vec![]);
        browser.wait("return location.pathname == '/measure' && document.readyState == 'complete'");
        std::fs::write(folder.join("measure.png"), browser.picture()).expect("it can be written");
        check_a_draft(&browser, &desk);
        std::fs::write(folder.join("check.png"), browser.picture()).expect("it can be written");
    }
}
