//! Gives each test a real server and a real browser. Starting them costs more than most tests do, so tests that run at
//! the same time, or right after each other, share them. The shared server has the bundled interview, which no test
//! can change. A shared browser has forgotten everything that the test before did.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, LazyLock, Mutex, PoisonError, Weak};
use std::time::Duration;

use axum::http::Method;
use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use super::project;

/// The longest wait. It is generous because a slow machine is not a failure.
const PATIENCE: Duration = Duration::from_mins(1);
/// The largest number of browsers that wait for a test. Each takes some 200 MB.
const IDLE: usize = 4;

/// The settings that decide how a browser shows the page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) phone: bool,
    pub(super) dark: bool,
    pub(super) javascript: bool,
    pub(super) language: &'static str,
}

impl Default for Look {
    fn default() -> Self {
        Self { width: 1280, height: 860, phone: false, dark: false, javascript: true, language: "zh-CN" }
    }
}

/// A process that ends when this value is dropped.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It is fine if the process is already gone.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The real binary, serving the bundled interview on a free port.
pub(super) struct Server {
    pub(super) address: String,
    _process: Running,
}

impl Server {
    pub(super) fn start() -> Self {
        Self::over(None)
    }

    /// Starts a server over a folder, or over the bundled interview.
    pub(super) fn over(data: Option<&Path>) -> Self {
        let mut binary = crate::support::binary();
        if let Some(data) = data {
            binary.arg("--data").arg(data);
        }
        let mut process = binary.args(["--port", "0"]).stdout(Stdio::piped()).spawn().expect("the binary runs");
        let mut line = String::new();
        let out = process.stdout.take().expect("its output is piped");
        let process = Running(process);
        BufReader::new(out).read_line(&mut line).expect("it says where it is open");
        let address = line.split_whitespace().find(|word| word.starts_with("http://")).expect("an address").to_owned();
        Self { address, _process: process }
    }
}

/// The server, the driver and the browsers that tests share. They end with the last test that has them.
struct Shared {
    server: Server,
    driver: Driver,
    idle: Mutex<Vec<Session>>,
}

impl Shared {
    fn get() -> Arc<Self> {
        static SHARED: Mutex<Weak<Shared>> = Mutex::new(Weak::new());
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        shared.upgrade().unwrap_or_else(|| {
            let new = Arc::new(Self { server: Server::start(), driver: Driver::start(), idle: Mutex::default() });
            *shared = Arc::downgrade(&new);
            new
        })
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Session>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns a browser with this look: one that waits, or a new one.
    async fn session(&self, look: Look) -> Session {
        let waiting = {
            let mut idle = self.idle();
            let at = idle.iter().position(|session| session.look == look);
            at.map(|at| idle.swap_remove(at))
        };
        match waiting {
            Some(session) => session,
            None => self.driver.open(look).await,
        }
    }
}

/// A running chromedriver, which ends its browsers when it ends.
struct Driver {
    port: u16,
    process: Running,
}

impl Driver {
    fn start() -> Self {
        let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
        let process = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver runs");
        Self { port, process: Running(process) }
    }

    async fn open(&self, look: Look) -> Session {
        // A client lives in the runtime that made it. It must outlive the runtime of the test.
        static RUNTIME: LazyLock<tokio::runtime::Runtime> =
            LazyLock::new(|| tokio::runtime::Runtime::new().expect("a runtime"));
        let profile = tempfile::tempdir().expect("a temporary folder");
        let connected = connect(self.port, capabilities(look, &profile.path().display().to_string()));
        let client = RUNTIME.spawn(connected).await.expect("chromedriver opens a browser");
        // Without it a page in a window that is not in front has no `:focus`.
        let in_front =
            DevTools { command: "Emulation.setFocusEmulationEnabled", parameters: json!({ "enabled": true }) };
        client.issue_cmd(in_front).await.expect("the window is as if it were in front");
        Session { client, look, _profile: profile }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // If it were killed, it would leave its browsers behind.
        let ended = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).and_then(|mut stream| {
            stream.set_read_timeout(Some(PATIENCE))?;
            stream.write_all(b"GET /shutdown HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
            stream.read_to_end(&mut Vec::new())
        });
        // It answers before it has shut down.
        for _ in 0..ended.map_or(0, |_| PATIENCE.as_millis() / 100) {
            if self.process.0.try_wait().is_ok_and(|status| status.is_some()) {
                break;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

/// An open browser.
struct Session {
    client: Client,
    look: Look,
    _profile: tempfile::TempDir,
}

impl Session {
    /// Forgets what was stored for a server, what was loaded, and what the browser complained of.
    async fn forget(&self, origin: &str) -> Result<(), CmdError> {
        self.client.goto("about:blank").await?;
        for (command, parameters) in [
            ("Storage.clearDataForOrigin", json!({ "origin": origin, "storageTypes": "all" })),
            ("Network.clearBrowserCache", json!({})),
        ] {
            self.client.issue_cmd(DevTools { command, parameters }).await?;
        }
        self.client.issue_cmd(BrowserLog).await?;
        Ok(())
    }
}

/// A browser on the start page of a server.
pub(super) struct Browser {
    pub(super) client: Client,
    pub(super) look: Look,
    session: Session,
    address: String,
    /// The server of this browser, if it is not the shared one.
    _server: Option<Server>,
    shared: Arc<Shared>,
}

/// Returns whether a program cannot be run here.
fn is_missing(program: &str) -> bool {
    let run = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    !run.is_ok_and(|status| status.success())
}

impl Browser {
    /// Opens a browser on the shared server. Says so and returns `None` if there is no Chromium to drive.
    pub(super) async fn open(what: &str, look: Look) -> Option<Self> {
        Self::open_over(what, look, None).await
    }

    /// Does the same as `open`, over a folder of transcripts if there is one.
    pub(super) async fn open_over(what: &str, look: Look, data: Option<&Path>) -> Option<Self> {
        static MISSING: LazyLock<Option<&str>> =
            LazyLock::new(|| ["chromium", "chromedriver"].into_iter().find(|program| is_missing(program)));
        if let Some(missing) = *MISSING {
            assert!(std::env::var_os("YUANHUA_REQUIRE_BROWSER").is_none(), "{missing} is missing, and required here");
            // This bypasses the test runner's capture, so that a person sees it.
            let _ = writeln!(std::io::stderr(), "SKIPPED: the page {what}: {missing} is not installed");
            return None;
        }
        let shared = Shared::get();
        let server = data.map(|data| Server::over(Some(data)));
        let address = server.as_ref().unwrap_or(&shared.server).address.clone();
        let session = shared.session(look).await;
        let browser = Self { client: session.client.clone(), look, session, address, _server: server, shared };
        if !look.phone {
            browser.client.set_window_size(look.width, look.height).await.expect("a window");
        }
        browser.goto("/").await;
        Some(browser)
    }

    /// Returns the address of the server.
    pub(super) fn origin(&self) -> &str {
        &self.address
    }

    pub(super) async fn goto(&self, address: &str) {
        self.client.goto(&format!("{}{address}", self.address)).await.expect("the page opens");
    }

    /// Waits for the first element that matches, and returns it.
    pub(super) async fn find(&self, css: &str) -> Element {
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(css)).await;
        found.unwrap_or_else(|error| panic!("{css} does not come: {error}"))
    }

    /// Clicks an element in the middle of the window. At the foot of the window, the box could cover it.
    pub(super) async fn click(&self, css: &str) {
        let found = self.find(css).await;
        let to_centre = format!("document.querySelector({css:?}).scrollIntoView({{ block: 'center' }});");
        self.client.execute(&to_centre, Vec::new()).await.expect("it scrolls");
        let clicked = tokio::time::timeout(PATIENCE, found.click()).await;
        clicked
            .unwrap_or_else(|_| panic!("{css}: the click never ends"))
            .unwrap_or_else(|error| panic!("{css}: {error}"));
    }

    /// Presses Enter on an element. On a phone without JavaScript, a driver never ends a tap.
    pub(super) async fn press_enter(&self, css: &str) {
        let enter = String::from(char::from(Key::Enter));
        self.find(css).await.send_keys(&enter).await.unwrap_or_else(|error| panic!("{css}: {error}"));
    }

    /// Waits until a script's result is true.
    pub(super) async fn until(&self, script: &str, what: &str) {
        for _ in 0..PATIENCE.as_millis() / 100 {
            if self.client.execute(script, Vec::new()).await.is_ok_and(|result| result == Value::Bool(true)) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("not so: {what}");
    }

    /// Returns what the browser complained of since the last call: errors and refused files.
    pub(super) async fn complaints(&self) -> Vec<String> {
        let log = self.client.issue_cmd(BrowserLog).await.expect("a log");
        let entries = log.as_array().expect("a list").iter();
        entries.map(|entry| entry["message"].as_str().unwrap_or("?").to_owned()).collect()
    }

    /// Presses and releases a key wherever the focus is. Keys that are sent to an element would move the focus to it.
    pub(super) async fn press(&self, key: Key) {
        let value = char::from(key);
        let keys = KeyActions::new("keys".to_owned()).then(KeyAction::Down { value }).then(KeyAction::Up { value });
        self.client.perform_actions(keys).await.expect("pressed");
    }

    /// Presses Tab until the focus is on an element that matches.
    pub(super) async fn tab_to(&self, css: &str) {
        const TABS: usize = 200;
        let there = format!("return document.activeElement.matches({css:?});");
        for _ in 0..TABS {
            if self.client.execute(&there, Vec::new()).await.is_ok_and(|there| there == Value::Bool(true)) {
                return;
            }
            self.press(Key::Tab).await;
        }
        panic!("Tab does not come to {css}");
    }

    /// Returns the roles and names that a screen reader is given, in the order of the page.
    pub(super) async fn accessibility_tree(&self) -> Vec<(String, String)> {
        let command = DevTools { command: "Accessibility.getFullAXTree", parameters: json!({}) };
        let tree = self.client.issue_cmd(command).await.expect("a tree");
        let nodes = tree["nodes"].as_array().expect("nodes").iter().filter(|node| node["ignored"] != true);
        let of = |node: &Value, part: &str| node[part]["value"].as_str().unwrap_or_default().trim().to_owned();
        nodes.map(|node| (of(node, "role"), of(node, "name"))).collect()
    }

    pub(super) async fn save_screenshot(&self, name: &str) {
        let picture = self.client.screenshot().await.expect("a picture");
        let folder = project("web/screenshots");
        std::fs::create_dir_all(&folder).expect("writable");
        std::fs::write(folder.join(format!("{name}.png")), picture).expect("writable");
    }

    /// Leaves the browser to the next test. Without this call, no other test gets it.
    pub(super) async fn close(self) {
        let Self { session, address, shared, .. } = self;
        if session.forget(&address).await.is_err() {
            return;
        }
        let oldest = {
            let mut idle = shared.idle();
            idle.push(session);
            (idle.len() > IDLE).then(|| idle.remove(0))
        };
        if let Some(oldest) = oldest {
            // The driver ends the browser in any case.
            let _ = oldest.client.close().await;
        }
    }
}

/// A command that reads the browser's log from chromedriver.
#[derive(Debug)]
struct BrowserLog;

impl WebDriverCompatibleCommand for BrowserLog {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (Method, Option<String>) {
        (Method::POST, Some(json!({ "type": "browser" }).to_string()))
    }
}

/// A command of the browser's own developer tools.
#[derive(Debug)]
struct DevTools {
    command: &'static str,
    parameters: Value,
}

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (Method, Option<String>) {
        (Method::POST, Some(json!({ "cmd": self.command, "params": self.parameters }).to_string()))
    }
}

async fn connect(port: u16, capabilities: serde_json::Map<String, Value>) -> Client {
    let address = format!("http://127.0.0.1:{port}");
    for _ in 0..PATIENCE.as_millis() / 100 {
        let mut builder = ClientBuilder::new(HttpConnector::new());
        if let Ok(client) = builder.capabilities(capabilities.clone()).connect(&address).await {
            return client;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("chromedriver does not open a browser");
}

fn capabilities(look: Look, profile: &str) -> serde_json::Map<String, Value> {
    let mut arguments: Vec<String> = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
    ]
    .map(str::to_owned)
    .to_vec();
    arguments.push(format!("--user-data-dir={profile}"));
    arguments.push(format!("--lang={}", look.language));
    if look.dark {
        arguments.push("--force-dark-mode".to_owned());
    }
    let mut options = json!({
        "args": arguments,
        "prefs": {
            "intl.accept_languages": look.language,
            "profile.managed_default_content_settings.javascript": if look.javascript { 1 } else { 2 },
        },
    });
    if look.phone {
        let metrics = json!({ "width": look.width, "height": look.height, "pixelRatio": 2, "touch": true });
        options["mobileEmulation"] = json!({ "deviceMetrics": metrics });
    }
    let mut capabilities = serde_json::Map::new();
    capabilities.insert("goog:chromeOptions".to_owned(), options);
    capabilities.insert("goog:loggingPrefs".to_owned(), json!({ "browser": "ALL" }));
    capabilities
}
