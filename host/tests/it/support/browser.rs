//! A real browser: Debian's Chromium, without a window, led over its own debugging protocol.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

/// A browser takes seconds to start on a busy machine; what takes longer than this hangs.
const PATIENCE: Duration = Duration::from_secs(60);
/// What it is called, as packages install it.
const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// A browser with one page open.
pub(crate) struct Browser {
    _child: Child,
    _profile: TempDir,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    session: Option<String>,
    last_id: u64,
    events: VecDeque<Value>,
}

/// The browser's program. None, with a word on it: it is not installed, and nobody relies on the test.
pub(crate) fn installed() -> Option<PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "where programs are; no setting of the product")]
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = NAMES.iter().find_map(|name| {
        std::env::split_paths(&path).map(|directory| directory.join(name)).find(|program| program.is_file())
    });
    if found.is_some() {
        return found;
    }
    #[expect(
        clippy::disallowed_methods,
        reason = "whether a skip would go unnoticed; no setting of the product"
    )]
    let unattended = std::env::var_os("CI").is_some();
    assert!(!unattended, "Chromium is not installed; run `cargo xtask browser`");
    eprintln!("SKIPPED: Chromium is not installed; run `cargo xtask browser`");
    None
}

impl Browser {
    /// Starts it with an empty page. Names below `.example` lead to this machine, and nothing leads out of it.
    pub(crate) async fn start(program: PathBuf) -> Browser {
        let profile = tempfile::tempdir().unwrap();
        let mut command = Command::new("bash");
        // The protocol is spoken over the descriptors 3 and 4.
        command.args(["-c", "exec \"$@\" 3<&0 4>&1 </dev/null >/dev/null", "browser"]).arg(program);
        command.args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
        ]);
        command.args([
            "--remote-debugging-pipe",
            "--disable-background-networking",
            "--disable-component-update",
        ]);
        command.arg("--host-resolver-rules=MAP *.example 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1");
        command.arg(format!("--user-data-dir={}", profile.path().display())).arg("about:blank");
        command.env_clear().env("PATH", "/usr/local/bin:/usr/bin:/bin").env("HOME", profile.path());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
        let mut child = command.spawn().unwrap();
        let (input, output) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        let (session, last_id, events) = (None, 0, VecDeque::new());
        let mut browser =
            Browser { _child: child, _profile: profile, input, output, session, last_id, events };
        let target = browser.ask("Target.createTarget", json!({"url": "about:blank"})).await;
        let attach = json!({"targetId": target["targetId"], "flatten": true});
        let session = browser.ask("Target.attachToTarget", attach).await;
        browser.session = session["sessionId"].as_str().map(str::to_owned);
        for domain in ["Page", "Runtime", "Network", "Log"] {
            browser.ask(&format!("{domain}.enable"), json!({})).await;
        }
        browser
    }

    /// Opens a page and waits until it has loaded.
    pub(crate) async fn open(&mut self, url: &str) {
        let opened = self.ask("Page.navigate", json!({"url": url})).await;
        assert!(opened.get("errorText").is_none(), "{opened}");
        while !self.events.iter().any(|event| event["method"] == "Page.loadEventFired") {
            self.receive().await;
        }
        self.events.retain(|event| event["method"] != "Page.loadEventFired");
    }

    /// The value of an expression in the page, or that of the promise that it is.
    pub(crate) async fn value(&mut self, expression: &str) -> Value {
        let parameters = json!({"expression": expression, "awaitPromise": true, "returnByValue": true});
        let evaluated = self.ask("Runtime.evaluate", parameters).await;
        assert!(evaluated.get("exceptionDetails").is_none(), "{expression}: {evaluated}");
        evaluated["result"]["value"].clone()
    }

    /// Waits until an expression in the page is true.
    pub(crate) async fn wait_for(&mut self, expression: &str) {
        let look = format!(
            "new Promise((seen) => {{ const look = () => ({expression}) ? seen(true) : setTimeout(look, 10); look(); }})"
        );
        self.value(&look).await;
    }

    /// What the page complained of so far: errors, warnings, exceptions.
    pub(crate) fn complaints(&self) -> Vec<String> {
        let methods = ["Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded"];
        let events =
            self.events.iter().filter(|event| methods.iter().any(|method| event["method"] == *method));
        events.map(|event| event["params"].to_string()).collect()
    }

    /// The addresses that the page asked for so far.
    pub(crate) fn requested(&self) -> Vec<String> {
        let sent = self.events.iter().filter(|event| event["method"] == "Network.requestWillBeSent");
        sent.map(|event| event["params"]["request"]["url"].as_str().unwrap_or_default().to_owned()).collect()
    }

    async fn ask(&mut self, method: &str, params: Value) -> Value {
        self.last_id += 1;
        let id = self.last_id;
        let mut message = json!({"id": id, "method": method, "params": params});
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        self.input.write_all(format!("{message}\0").as_bytes()).await.unwrap();
        self.input.flush().await.unwrap();
        loop {
            let answer = self.receive().await;
            if let Some(answer) = answer.filter(|answer| answer["id"] == id) {
                assert!(answer.get("error").is_none(), "{method}: {answer}");
                return answer["result"].clone();
            }
        }
    }

    /// The next answer. None: it was an event, which is kept.
    async fn receive(&mut self) -> Option<Value> {
        let mut bytes = Vec::new();
        let read =
            tokio::time::timeout(PATIENCE, self.output.read_until(0, &mut bytes)).await.unwrap().unwrap();
        assert!(read > 0, "the browser has ended");
        let message: Value = serde_json::from_slice(bytes.strip_suffix(b"\0").unwrap_or(&bytes)).unwrap();
        if message.get("id").is_some() {
            return Some(message);
        }
        self.events.push_back(message);
        None
    }
}
