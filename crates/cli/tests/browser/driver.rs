//! A browser that is started, driven and ended; and a server over a record of its own.

use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tokio::runtime::Runtime;

pub(crate) const LIGHT_AND_DARK: [&str; 2] = ["light", "dark"];

/// How a page is looked at.
pub(crate) struct Page {
    /// Pixels of the style sheet.
    pub(crate) wide: u32,
    /// Pixels of the screen for each.
    pub(crate) scale: f64,
    /// light, dark.
    pub(crate) scheme: &'static str,
}

/// The first line of a child's standard output that has `mark`, from there on.
fn line_with(child: &mut Child, mark: &str) -> Option<String> {
    let lines = BufReader::new(child.stdout.take()?).lines();
    let mut lines = lines.map_while(Result::ok);
    let line = lines.find(|line| line.contains(mark))?;
    // The rest is read too, so that the child never waits for a reader.
    std::thread::spawn(move || lines.for_each(drop));
    line.split_once(mark).map(|(_, rest)| format!("{mark}{rest}"))
}

/// A headless browser; ended when dropped.
pub(crate) struct Browser {
    driver: Child,
    client: Option<Client>,
    runtime: Runtime,
}

impl Browser {
    /// None, and a printed line, where there is no browser.
    pub(crate) fn start() -> Option<Self> {
        let started = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let Ok(mut driver) = started else {
            println!("skipped: there is no chromedriver");
            return None;
        };
        let line =
            line_with(&mut driver, "successfully on port ").expect("the driver says its port");
        let port: String = line.chars().filter(char::is_ascii_digit).collect();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        // No name is looked up: what asks elsewhere fails, and stands in the list of requests.
        let options = json!({
            "args": ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
                "--disable-dev-shm-usage", "--window-size=1280,900", "--disable-component-update",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
        });
        let mut wanted = Capabilities::new();
        wanted.insert("goog:chromeOptions".to_owned(), options);
        wanted.insert(
            "goog:loggingPrefs".to_owned(),
            json!({"browser": "ALL", "performance": "ALL"}),
        );
        let client = runtime.block_on(
            ClientBuilder::new(HttpConnector::new())
                .capabilities(wanted)
                .connect(&format!("http://127.0.0.1:{port}")),
        );
        let client = client.expect("a browser starts where its driver is");
        Some(Self { driver, client: Some(client), runtime })
    }

    fn client(&self) -> &Client {
        self.client.as_ref().expect("it is there until dropped")
    }

    pub(crate) fn goto(&self, address: &str) {
        self.runtime.block_on(self.client().goto(address)).expect(address);
    }

    /// Runs a function's body in the page.
    pub(crate) fn run(&self, script: &str, args: Vec<Value>) -> Value {
        self.runtime.block_on(self.client().execute(script, args)).expect("the script runs")
    }

    /// Waits until a script says that it is so.
    pub(crate) fn wait(&self, script: &str) {
        for _ in 0..100 {
            if self.run(script, vec![]) == json!(true) {
                return;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("never so: {script}; at {}", self.run("return location.href", vec![]));
    }

    /// Types into what has the focus.
    pub(crate) fn keys(&self, keys: &str) {
        self.runtime.block_on(async {
            let active = self.client().active_element().await.expect("something has the focus");
            active.send_keys(keys).await.expect("keys can be typed");
        });
    }

    pub(crate) fn look(&self, page: &Page) {
        let size = json!({"width": page.wide, "height": 900, "deviceScaleFactor": page.scale,
            "mobile": page.wide < 500});
        self.devtools("Emulation.setDeviceMetricsOverride", size);
        let scheme = json!([{"name": "prefers-color-scheme", "value": page.scheme}]);
        self.devtools("Emulation.setEmulatedMedia", json!({"features": scheme}));
    }

    /// The whole page, as PNG.
    pub(crate) fn picture(&self) -> Vec<u8> {
        let size = self.run("return [document.documentElement.scrollHeight, innerWidth]", vec![]);
        let tall = size[0].as_u64().unwrap_or(900).clamp(400, 2400);
        let clip = json!({"x": 0, "y": 0, "width": size[1], "height": tall, "scale": 1});
        let asked = json!({"format": "png", "captureBeyondViewport": true, "clip": clip});
        let shot = self.devtools("Page.captureScreenshot", asked);
        decoded(shot["data"].as_str().expect("a picture"))
    }

    fn devtools(&self, cmd: &str, params: Value) -> Value {
        self.raw("goog/cdp/execute", json!({"cmd": cmd, "params": params}))
    }

    fn raw(&self, path: &'static str, body: Value) -> Value {
        let asked = self.client().issue_cmd(Raw { path, body });
        self.runtime.block_on(asked).expect("the driver knows it")
    }

    fn log(&self, of: &str) -> Vec<Value> {
        let log = self.raw("se/log", json!({"type": of}));
        log.as_array().cloned().unwrap_or_default()
    }

    /// What the console says since it was asked last.
    pub(crate) fn console(&self) -> Vec<String> {
        self.log("browser").iter().map(|entry| entry["message"].to_string()).collect()
    }

    /// What was asked of the network since it was asked last.
    pub(crate) fn requests(&self) -> Vec<String> {
        let sent = |entry: &Value| {
            let message: Value = serde_json::from_str(entry["message"].as_str()?).ok()?;
            let message = &message["message"];
            let is_request = message["method"] == "Network.requestWillBeSent";
            is_request.then(|| message["params"]["request"]["url"].as_str().map(str::to_owned))?
        };
        self.log("performance").iter().filter_map(sent).collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if let Some(client) = self.client.take() {
            // The driver ends its browser too when it is ended.
            let _ = self.runtime.block_on(client.close());
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// A command of Chromium's own.
#[derive(Debug)]
struct Raw {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Raw {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (axum::http::Method, Option<String>) {
        (axum::http::Method::POST, Some(self.body.to_string()))
    }
}

/// Bytes from Base64.
fn decoded(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    let (mut bits, mut count) = (0_u32, 0);
    for sign in text.bytes() {
        let value = match sign {
            b'A'..=b'Z' => sign - b'A',
            b'a'..=b'z' => sign - b'a' + 26,
            b'0'..=b'9' => sign - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xff) as u8);
        }
    }
    bytes
}

/// A record that is served; the server is ended when dropped.
pub(crate) struct Desk {
    /// Goes with the desk.
    folder: Option<tempfile::TempDir>,
    server: Child,
    address: String,
    record: PathBuf,
}

impl Desk {
    /// Over a record of what is in a folder.
    pub(crate) fn over(reports: &Path) -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let record = folder.path().join("story.db");
        let read = Command::new(env!("CARGO_BIN_EXE_onrecord"))
            .arg("read")
            .arg(reports)
            .arg("--into")
            .arg(&record)
            .output()
            .expect("the program runs");
        assert!(read.status.success(), "{read:?}");
        let mut desk = Self::at(&record);
        desk.folder = Some(folder);
        desk
    }

    /// Over a record that is there.
    pub(crate) fn at(record: &PathBuf) -> Self {
        let mut server = Command::new(env!("CARGO_BIN_EXE_onrecord"))
            .arg("serve")
            .arg(record)
            .args(["--port", "0"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let line = line_with(&mut server, "http://").expect("it says where it is");
        let address = line.trim().trim_end_matches('/').to_owned();
        Self { folder: None, server, address, record: record.clone() }
    }

    /// The brief as one file, written beside a record that was made here.
    pub(crate) fn mailed(&self) -> PathBuf {
        let brief = Command::new(env!("CARGO_BIN_EXE_onrecord"))
            .arg("brief")
            .arg(&self.record)
            .args(["--format", "html"])
            .output()
            .expect("the program runs");
        assert!(brief.status.success(), "{brief:?}");
        let folder = self.folder.as_ref().expect("a record of its own").path();
        let file = folder.join("brief.html");
        std::fs::write(&file, brief.stdout).expect("it can be written");
        file
    }

    pub(crate) fn address(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
        self.folder.take();
    }
}
