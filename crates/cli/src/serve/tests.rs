//! The server without a network or a browser: every view, hostile text, who may ask, pages of lists.

use super::{Guard, Served, router};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use onrecord_engine::{Ledger, Options, inputs, record};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tower::ServiceExt;

/// A record in a folder that goes with it.
struct Desk {
    _folder: tempfile::TempDir,
    record: PathBuf,
}

impl Desk {
    fn over(paths: &[PathBuf]) -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let path = folder.path().join("story.db");
        let mut ledger = Ledger::create_or_open(&path).expect("a record can be made");
        record(&mut ledger, &inputs(paths), &Options::default(), false, |_| {}, |_| {})
            .expect("it can be read into");
        ledger.close().expect("it can be closed");
        Self { _folder: folder, record: path }
    }

    fn harbour() -> Self {
        Self::over(&[Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/harbour")])
    }

    fn of(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        for (name, text) in files {
            fs::write(folder.path().join(name), text).expect("it can be written");
        }
        Self::over(&[folder.path().to_owned()])
    }

    fn serve(&self, guard: Guard) -> Router {
        router(Arc::new(Served::open(self.record.clone(), guard).expect("it can be opened")))
    }
}

struct Got {
    status: StatusCode,
    headers: axum::http::HeaderMap,
    body: String,
}

impl Got {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("")
    }
}

/// Asks as a browser on this machine would, with these headers in the stead of its own.
fn ask(app: &Router, method: &str, address: &str, headers: &[(&str, &str)], body: &str) -> Got {
    let mut request = Request::builder().method(method).uri(address);
    if !headers.iter().any(|(name, _)| *name == "host") {
        request = request.header("host", "127.0.0.1:8477");
    }
    for (name, value) in headers.iter().filter(|(_, value)| !value.is_empty()) {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::from(body.to_owned())).expect("a request");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.expect("a runtime").block_on(async {
        let response = app.clone().oneshot(request).await.expect("it cannot fail");
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.expect("a body");
        let body = String::from_utf8(bytes.to_vec()).expect("text");
        Got { status: parts.status, headers: parts.headers, body }
    })
}

fn get(app: &Router, address: &str) -> Got {
    ask(app, "GET", address, &[], "")
}

const VIEWS: [&str; 19] = [
    "/",
    "/findings",
    "/findings?kind=copy&outlet=The%20Tolvane%20Courier",
    "/speakers",
    "/speakers?name=hall&type=person",
    "/speaker/person/Corin%20Hallaster",
    "/speaker/person/Corin%20Hallaster?quoted=1&about=offer&from=2025-03-01",
    "/quotations",
    "/figures",
    "/counted",
    "/copies",
    "/stories",
    "/timeline",
    "/timeline?order=told",
    "/day/2025-03-03",
    "/event/0/04-broadcasting%231",
    "/reports?outlet=The%20Tolvane%20Courier",
    "/report/04-broadcasting%231?at=410-496",
    "/search?q=speaker:Hallaster+offer",
];

#[test]
fn every_view_answers_as_a_page_as_json_and_as_csv() {
    let app = Desk::harbour();
    let app = (app.serve(Guard::default()), app);
    for view in VIEWS {
        let page = get(&app.0, view);
        assert_eq!(page.status, 200, "{view}: {}", page.body);
        assert!(page.body.starts_with("<!DOCTYPE html>"), "{view}");
        assert_eq!(page.body.matches("<h1").count(), 1, "{view}");
        for unsafe_words in ["<script>", "style=\"", "onclick", "javascript:"] {
            assert!(!page.body.contains(unsafe_words), "{view} has {unsafe_words}");
        }
        assert!(page.header("content-security-policy").contains("script-src 'self'"), "{view}");
        let data = if view == "/" { "/api/overview".to_owned() } else { format!("/api{view}") };
        let json = get(&app.0, &data);
        assert_eq!((json.status.as_u16(), json.header("content-type")), (200, "application/json"));
        let value: serde_json::Value = serde_json::from_str(&json.body).expect(view);
        assert!(value.is_object(), "{view}: {value}");
        let sign = if data.contains('?') { '&' } else { '?' };
        let csv = get(&app.0, &format!("{data}{sign}format=csv"));
        assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8", "{view}");
        assert!(csv.header("content-disposition").starts_with("attachment"), "{view}");
        assert!(csv.body.lines().next().is_some_and(|head| head.contains(',')), "{view}");
    }
}

/// Follows every link of every page, once.
#[test]
fn no_link_is_dead() {
    let desk = Desk::harbour();
    let app = desk.serve(Guard::default());
    let mut known = std::collections::BTreeSet::from(["/".to_owned()]);
    let mut open = vec!["/".to_owned()];
    while let Some(address) = open.pop() {
        let page = get(&app, &address);
        assert_eq!(page.status, 200, "{address}");
        let links = page.body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        for link in links {
            let link = link.replace("&amp;", "&");
            let link = link.split('#').next().unwrap_or_default().to_owned();
            // Ten thousand combinations of filters lead nowhere new.
            let is_filter = link.matches('&').count() > 2;
            if link.starts_with('/') && !is_filter && known.insert(link.clone()) {
                open.push(link);
            }
        }
    }
    assert!(known.len() > 200, "{}", known.len());
    // All of them can be asked for by programs, and are described.
    let described = get(&app, "/api/openapi.json").body;
    let described: serde_json::Value = serde_json::from_str(&described).expect("JSON");
    let paths: Vec<&String> = described["paths"].as_object().expect("paths").keys().collect();
    for address in known.iter().filter(|address| !address.starts_with("/assets")) {
        let view = address.trim_start_matches("/api").split(['/', '?']).nth(1).unwrap_or_default();
        let view = if view.is_empty() { "overview" } else { view };
        let api = format!("/api/{view}");
        let is_described = |path: &&&String| **path == &api || path.starts_with(&format!("{api}/"));
        assert!(paths.iter().any(|path| is_described(&path)), "{address} is not described");
    }
    assert!(known.iter().any(|address| address.starts_with("/quotation/")));
    assert!(known.iter().any(|address| address.starts_with("/figure?")));
    assert!(known.iter().any(|address| address.starts_with("/measure?")));
    assert!(known.iter().any(|address| address.starts_with("/event/")));
    assert!(known.iter().any(|address| address.starts_with("/finding?")));
}

#[test]
fn hostile_reports_show_as_text() {
    let text = "Dockers strike & \"more\"\n\nPORT VARROW — <script>alert(1)</script> \
        \"<img src=x onerror=alert(2)> we will not go back,\" said Jane <b>Roe</b> on Monday. \
        \u{202e}\"We will strike again tomorrow,\" Jane Roe said.\u{202c} \u{1b}[31m\u{7}\n\n\
        The </title><svg onload=alert(3)> union said 1,200 dockers had signed '\"><i>.\n";
    let sidecar = "file,published,outlet,url\n\
        a.txt,2025-03-04,\"<i>Courier</i>\",javascript:alert(4)\n\
        =b.txt,2025-03-05,\"=HYPERLINK(\"\"http://x\"\")\",http://example.org/\"onclick=\n";
    let desk = Desk::of(&[("a.txt", text), ("=b.txt", text), ("reports.csv", sidecar)]);
    let app = desk.serve(Guard::default());
    let mut addresses: Vec<String> = [
        "/",
        "/findings",
        "/speakers",
        "/quotations",
        "/figures",
        "/counted",
        "/copies",
        "/stories",
        "/timeline",
    ]
    .map(str::to_owned)
    .into();
    addresses
        .extend(["/reports", "/report/a", "/report/%3Db", "/search?q=strike"].map(str::to_owned));
    addresses.push("/search?q=%3Cscript%3Ealert(5)%3C/script%3E".to_owned());
    addresses.push("/speaker/person/%3Cscript%3E".to_owned());
    addresses.push("/nothing/%3Cscript%3E".to_owned());
    for address in &addresses {
        let page = get(&app, address).body;
        for tag in ["<script>", "<img", "<b>", "<i>", "onload=alert(3)>&", "<svg onload"] {
            assert!(!page.contains(tag), "{address} has {tag}");
        }
        assert!(!page.contains("href=\"javascript:"), "{address}");
        let odd = page.chars().find(|c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{1b}' | '\u{7}'));
        assert_eq!(odd, None, "{address}");
    }
    let reader = get(&app, "/report/a").body;
    assert!(reader.contains("&lt;script&gt;alert("), "{reader}");
    let csv = get(&app, "/api/reports?format=csv").body;
    assert!(csv.contains("'=HYPERLINK"), "{csv}");
}

/// What lists look like is up to a report: a headline without an end, a word as long, no
/// sign that can be seen.
#[test]
fn a_report_cannot_swell_or_stop_a_page() {
    let headline = "Strike ".repeat(4_000);
    let word = "x".repeat(30_000);
    let odd = "\u{feff}\u{2066}\u{200b}\u{fdd0}\u{85}";
    let files = [
        (
            "a.txt",
            format!("{headline}\n\nThe union said on 4 March 2025 that 1,200 dockers left.\n"),
        ),
        ("b.txt", format!("Port\n\n\"{word},\" said {word} Roe on 4 March 2025.\n{odd}\n")),
        ("c.txt", format!("\0{odd}")),
    ];
    let files: Vec<(&str, &str)> =
        files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let desk = Desk::of(&files);
    let app = desk.serve(Guard::default());
    for address in [
        "/",
        "/findings",
        "/speakers",
        "/quotations",
        "/figures",
        "/counted",
        "/copies",
        "/timeline",
        "/day/2025-03-04",
        "/search?q=strike",
        "/search?q=xxx",
        "/reports",
    ] {
        let page = get(&app, address);
        assert_eq!(page.status, 200, "{address}");
        assert!(page.body.len() < 400_000, "{address}: {}", page.body.len());
        assert!(!page.body.contains(['\0', '\u{feff}', '\u{2066}', '\u{85}']), "{address}");
    }
    assert_eq!(get(&app, "/report/b").status, 200);
}

#[test]
fn only_this_machine_by_its_own_name_may_ask() {
    let desk = Desk::of(&[("a.txt", "The port is shut, the union said.")]);
    let app = desk.serve(Guard { hosts: vec!["desk.example".to_owned()], ..Guard::default() });
    for host in ["127.0.0.1:8477", "localhost", "[::1]:8477", "desk.example:80", "LOCALHOST:1"] {
        assert_eq!(ask(&app, "GET", "/", &[("host", host)], "").status, 200, "{host}");
    }
    for host in ["evil.example", "192.168.0.7:8477", "localhost.evil.example", "127.0.0.1.evil"] {
        assert_eq!(ask(&app, "GET", "/", &[("host", host)], "").status, 421, "{host}");
    }
    assert_eq!(ask(&app, "GET", "/", &[("host", "")], "").status, 400);
    let from = |headers: &[(&str, &str)]| ask(&app, "GET", "/api/findings", headers, "").status;
    assert_eq!(from(&[("origin", "http://127.0.0.1:8477")]), 200);
    assert_eq!(from(&[("origin", "http://127.0.0.1:9999")]), 403);
    assert_eq!(from(&[("origin", "null")]), 403);
    assert_eq!(from(&[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors")]), 403);
    let link = [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-mode", "navigate"),
        ("sec-fetch-dest", "document"),
    ];
    assert_eq!(from(&link), 200);
    for method in ["POST", "PUT", "DELETE"] {
        assert_eq!(ask(&app, method, "/", &[], "x").status, 405, "{method}");
    }
}

#[test]
fn beyond_this_machine_a_token_is_asked_for() {
    let desk = Desk::of(&[("a.txt", "The port is shut, the union said.")]);
    let token = Some("0123456789abcdef".to_owned());
    let app = desk.serve(Guard { is_public: true, token, ..Guard::default() });
    let host = ("host", "192.168.0.7:8477");
    let at = |address: &str, more: &[(&str, &str)]| {
        let headers: Vec<(&str, &str)> =
            std::iter::once(host).chain(more.iter().copied()).collect();
        ask(&app, "GET", address, &headers, "")
    };
    let door = at("/findings", &[]);
    assert_eq!(door.status, 401);
    assert!(!door.body.contains("story.db") && door.body.contains("A token, please"));
    assert_eq!(at("/api/findings", &[]).status, 401);
    assert_eq!(at("/assets/style.css", &[]).status, 200);
    let wrong = at("/findings?token=0123456789abcdee", &[]);
    assert!(wrong.status == 401 && wrong.body.contains("That was not it"));
    let right = at("/findings?token=0123456789abcdef&kind=copy", &[]);
    assert_eq!((right.status.as_u16(), right.header("location")), (303, "/findings?kind=copy"));
    let cookie = right.header("set-cookie").to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    let kept = cookie.split(';').next().expect("a pair").to_owned();
    assert_eq!(at("/findings", &[("cookie", &kept)]).status, 200);
    assert_eq!(at("/findings", &[("cookie", "onrecord=no")]).status, 401);
    assert_eq!(at("/api/findings", &[("authorization", "Bearer 0123456789abcdef")]).status, 200);
    assert_eq!(at("//evil.example/?token=0123456789abcdef", &[]).header("location"), "/");
    let post = |body: &str| ask(&app, "POST", "/token", &[host], body);
    assert_eq!(post("token=0123456789abcdef").status, 303);
    assert_eq!(post("token=no").status, 401);
    assert_eq!(post(&"x".repeat(5000)).status, 413);
}

#[test]
fn lists_come_a_page_at_a_time_and_odd_questions_get_an_answer() {
    let desk = Desk::harbour();
    let app = desk.serve(Guard::default());
    let json = |address: &str| -> serde_json::Value {
        serde_json::from_str(&get(&app, address).body).expect("JSON")
    };
    let all = json("/api/reports?rows=500");
    let total = all["total"].as_u64().expect("a number") as usize;
    assert_eq!(all["rows"].as_array().expect("rows").len(), total);
    let mut seen = Vec::new();
    for page in 1..=total.div_ceil(4) {
        let one = json(&format!("/api/reports?rows=4&page={page}"));
        assert_eq!(one["pages"], total.div_ceil(4));
        seen.extend(one["rows"].as_array().expect("rows").clone());
    }
    assert_eq!(&seen, all["rows"].as_array().expect("rows"));
    let second = get(&app, "/reports?rows=4&page=2").body;
    assert!(second.contains("href=\"/reports?rows=4\"") && second.contains("rows=4&amp;page=3"));
    for (address, status) in [
        ("/reports?page=99999999999999", 200),
        ("/reports?page=-1&rows=x&from=yesterday", 200),
        ("/search?q=%22open", 200),
        ("/search?q=speeker:x", 200),
        ("/report/no-such", 404),
        ("/report/04-broadcasting%231?at=99999-999999999", 200),
        ("/report/04-broadcasting%231?at=9-3", 200),
        ("/speaker/person/Nobody", 404),
        ("/speaker/nothing/Nobody", 404),
        ("/day/2025-13-99", 404),
        ("/figure?counted=no-such-thing", 404),
        ("/measure?report=no-such&at=3", 404),
        ("/measure?at=x", 404),
        ("/event/0/no-such", 404),
        ("/event/x/04-broadcasting%231", 404),
        ("/event/9999999/04-broadcasting%231", 404),
        ("/day/2025", 200),
        ("/day/2025-W99", 404),
        ("/day/%E2%82%AC%E2%82%AC", 404),
        ("/quotation/0/no-such", 404),
        ("/quotation/x/04-broadcasting%231", 404),
        ("/quotation/99/04-broadcasting%231", 404),
        ("/finding?kind=copy", 200),
        ("/finding?report=none&at=1-2", 404),
        ("/%ff%fe/%00", 404),
        ("/api/nothing", 404),
        ("/api", 200),
        ("/api/openapi.json", 200),
        ("/favicon.ico", 200),
    ] {
        assert_eq!(get(&app, address).status, status, "{address}");
    }
    let lasting = get(&app, "/assets/style.css?v=1");
    assert!(lasting.header("cache-control").contains("immutable"));
}

#[test]
fn a_report_is_given_as_annotate_prints_it_and_a_finding_as_differ_does() {
    let desk = Desk::harbour();
    let app = desk.serve(Guard::default());
    let json = |address: &str| -> serde_json::Value {
        serde_json::from_str(&get(&app, address).body).expect("JSON")
    };
    let ledger = Ledger::open_read_only(&desk.record).expect("it can be opened");
    let stored = ledger.report("04-broadcasting#1").expect("readable").expect("it is there");
    let line = onrecord_engine::formats::json::line(&stored.report, &stored.analysis, true);
    let line: serde_json::Value = serde_json::from_str(&line).expect("JSON");
    assert_eq!(json("/api/report/04-broadcasting%231"), line);
    let given = json("/api/findings?rows=500");
    let found = ledger.findings(&[], 500, 0).expect("readable");
    assert_eq!(given["total"], found.total);
    for (given, stored) in given["rows"].as_array().expect("rows").iter().zip(&found.rows) {
        let mut given = given.clone();
        let told = onrecord_engine::show::finding_json(stored);
        for field in ["kind", "reading", "confidence", "detail"] {
            assert_eq!(given[field], told[field]);
        }
        let evidence = given["evidence"].as_array_mut().expect("evidence");
        for (given, told) in evidence.iter_mut().zip(told["evidence"].as_array().expect("evidence"))
        {
            let object = given.as_object_mut().expect("an object");
            object.remove("address");
            object.remove("report");
            object.remove("sentence");
            assert_eq!(given, told);
        }
    }
}

#[test]
fn pages_answer_while_reports_are_read() {
    let desk = Desk::harbour();
    let app = desk.serve(Guard::default());
    assert_eq!(get(&app, "/reports").status, 200);
    let mut ledger = Ledger::open(&desk.record).expect("it can be opened");
    let batch = ledger.begin().expect("a batch");
    assert_eq!(get(&app, "/").status, 200);
    assert_eq!(get(&app, "/search?q=strike").status, 200);
    drop(batch);
}

#[test]
fn a_draft_is_laid_on_the_record_and_shown_as_text() {
    let desk = Desk::harbour();
    let app = desk.serve(Guard::default());
    let form = get(&app, "/check");
    assert_eq!(form.status, 200);
    assert!(form.body.contains("<textarea"), "{}", form.body);
    let draft = "\"We have made a final offer and we cannot go further without closing the eastern \
                 quay,\" Corin Hallaster said. \"<script>alert(1)</script> is a long quotation,\" he said.";
    let plain = [("content-type", "text/plain")];
    let json = ask(&app, "POST", "/api/check", &plain, draft);
    let json: serde_json::Value = serde_json::from_str(&json.body).expect("JSON");
    assert_eq!(json["quotations"][0]["verdict"], "altered");
    assert_eq!(json["quotations"][0]["recorded"][0]["changes"][0]["draft"], "final");
    assert_eq!(json["quotations"][1]["verdict"], "not-in-record");
    let sent: String = draft
        .bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect();
    let shaped = [("content-type", "application/x-www-form-urlencoded")];
    let page = ask(&app, "POST", "/check", &shaped, &format!("draft={sent}"));
    assert_eq!(page.status, 200);
    assert!(page.body.contains("<span class=\"changed\">final</span>"), "{}", page.body);
    assert!(!page.body.contains("<script>alert"), "{}", page.body);
    let elsewhere = [("origin", "https://elsewhere.example")];
    assert_eq!(ask(&app, "POST", "/check", &elsewhere, "draft=x").status, 403);
    let long = "x".repeat(2 << 20);
    assert_eq!(ask(&app, "POST", "/check", &shaped, &long).status, 413);
    assert_eq!(ask(&app, "POST", "/findings", &shaped, "x").status, 405);
}
