//! A client over the standard input and output of the real binary.

use std::path::Path;
use std::process::Stdio;

use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout};
use xyte_sim::Sim;

use super::binary;

/// A running `xyte-mcp stdio`, with the first tenant's key.
pub(crate) struct Pipe {
    child: Child,
    input: Option<ChildStdin>,
    output: Lines<BufReader<ChildStdout>>,
    _data: TempDir,
}

impl Pipe {
    pub(crate) fn open(sim: &Sim, plugins: &Path) -> Pipe {
        let data = tempfile::tempdir().unwrap();
        let mut command = binary::command(data.path());
        command.args(["stdio", "--plugins"]).arg(plugins);
        command.env("XYTE_BASE_URL", sim.url()).env("XYTE_API_KEY", &sim.tenants()[0].key);
        let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
        let (input, output) = (child.stdin.take(), child.stdout.take().unwrap());
        Pipe { child, input, output: BufReader::new(output).lines(), _data: data }
    }

    /// Opens one and greets it as a client of a revision with a handshake.
    pub(crate) async fn greeted(sim: &Sim, plugins: &Path, capabilities: Value) -> Pipe {
        let mut pipe = Pipe::open(sim, plugins);
        let params = json!({"protocolVersion": "2025-11-25", "capabilities": capabilities,
            "clientInfo": {"name": "test", "version": "1"}});
        pipe.send(&json!({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": params})).await;
        assert_eq!(pipe.next().await.unwrap()["id"], 0);
        pipe.send(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"})).await;
        pipe
    }

    pub(crate) async fn send(&mut self, message: &Value) {
        self.write(format!("{message}\n").as_bytes()).await;
    }

    pub(crate) async fn write(&mut self, bytes: &[u8]) {
        self.input.as_mut().unwrap().write_all(bytes).await.unwrap();
    }

    /// The next line, which must be JSON-RPC. None: there are no more.
    pub(crate) async fn next(&mut self) -> Option<Value> {
        let line = self.output.next_line().await.unwrap()?;
        let message: Value = serde_json::from_str(&line).unwrap_or_else(|_| panic!("not JSON: {line}"));
        assert_eq!(message["jsonrpc"], "2.0", "{line}");
        Some(message)
    }

    /// Goes away, as a client that ends, and returns what the host logged once it has ended too. What still runs may be
    /// answered; nothing else may come.
    pub(crate) async fn leave(mut self) -> String {
        drop(self.input.take());
        while let Some(late) = self.next().await {
            assert_eq!(late["result"]["_meta"]["xyte-mcp/error"]["error"], "cancelled", "{late}");
        }
        self.ended().await
    }

    async fn ended(mut self) -> String {
        let mut log = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut log).await.unwrap();
        assert!(self.child.wait().await.unwrap().success(), "{log}");
        log
    }
}
