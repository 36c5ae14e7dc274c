//! A conversation with an MCP server over its standard input and output.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use anyhow::{Context, bail};
use serde_json::{Value, json};

/// How long an answer may take. The first waits until every plugin is compiled.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(60);

/// A server that was started, ended with this value.
pub(crate) struct Session {
    child: Child,
    input: ChildStdin,
    lines: Receiver<std::io::Result<String>>,
    last_id: u64,
}

impl Session {
    /// Starts a server and shakes hands with it.
    pub(crate) fn start(server: &mut Command) -> anyhow::Result<Session> {
        let mut child = server
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("{} cannot be started", server.get_program().display()))?;
        let input = child.stdin.take().context("the server has no input")?;
        let output = BufReader::new(child.stdout.take().context("the server has no output")?);
        let (sender, lines) = mpsc::channel();
        // Ends with the server's output, or when nobody listens any more.
        thread::spawn(move || output.lines().try_for_each(|line| sender.send(line)));
        let mut session = Session { child, input, lines, last_id: 0 };
        let hello = json!({"protocolVersion": "2025-11-25", "capabilities": {},
            "clientInfo": {"name": "xtask", "version": env!("CARGO_PKG_VERSION")}});
        session.request("initialize", &hello)?;
        session.send(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}))?;
        Ok(session)
    }

    /// Asks for something; the result.
    pub(crate) fn request(&mut self, method: &str, params: &Value) -> anyhow::Result<Value> {
        self.last_id += 1;
        let id = self.last_id;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}))?;
        loop {
            let line = self.lines.recv_timeout(ANSWER_TIMEOUT);
            let line = line.with_context(|| format!("the server gave no answer to {method}"))??;
            let mut message: Value = serde_json::from_str(&line)
                .with_context(|| format!("the server said something that is not JSON: {line}"))?;
            if message["id"] != id {
                continue;
            }
            if message.get("result").is_none() {
                bail!("the server answered {method} with {message}");
            }
            return Ok(message["result"].take());
        }
    }

    fn send(&mut self, message: &Value) -> anyhow::Result<()> {
        writeln!(self.input, "{message}").context("the server does not listen")
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // It may have ended by itself, which is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
