//! The real binary, as a process.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;
use tokio::io::AsyncReadExt;
use tokio::process::{Child, Command};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// Longer than anything here takes on a busy machine; what takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(60);

/// The command, with nothing of the tests' own environment and a data directory of its own.
pub(crate) fn command(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xyte-mcp"));
    command.env_clear().env("XYTE_DATA_DIR", data).current_dir(data);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    command
}

/// What a process said until it ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) success: bool,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs the command to its end.
pub(crate) async fn run(command: &mut Command) -> Ended {
    let output = tokio::time::timeout(PATIENCE, command.output()).await.unwrap().unwrap();
    Ended {
        success: output.status.success(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A process that serves.
pub(crate) struct Serving {
    child: Child,
    stderr: JoinHandle<String>,
    /// Dropped, it wakes a reader that sleeps.
    wake: Option<oneshot::Sender<()>>,
    pub(crate) url: String,
    pub(crate) ready_file: PathBuf,
    _directory: TempDir,
}

/// What becomes of a process' log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LogReader {
    /// It is read as it comes.
    Awake,
    /// The pipe is open and nobody reads it until the process has ended.
    Asleep,
    /// The other end is closed.
    Gone,
}

/// Starts `serve` on a free port and waits for its ready file. `adapt` adds environment and arguments.
pub(crate) async fn serve(adapt: impl FnOnce(&mut Command)) -> Serving {
    serve_with(LogReader::Awake, adapt).await
}

pub(crate) async fn serve_with(reader: LogReader, adapt: impl FnOnce(&mut Command)) -> Serving {
    let directory = tempfile::tempdir().unwrap();
    let ready_file = directory.path().join("ready.json");
    let mut command = command(directory.path());
    command.args(["serve", "--listen", "127.0.0.1:0", "--ready-file"]).arg(&ready_file);
    adapt(&mut command);
    let mut child = command.spawn().unwrap();
    let mut pipe = child.stderr.take().filter(|_| reader != LogReader::Gone);
    let (wake, awake) = oneshot::channel();
    let wake = if reader == LogReader::Asleep { Some(wake) } else { wake.send(()).ok().and(None) };
    let stderr = tokio::spawn(async move {
        let mut text = String::new();
        let _woken_or_dropped = awake.await;
        if let Some(pipe) = &mut pipe {
            pipe.read_to_string(&mut text).await.unwrap();
        }
        text
    });
    let ready = tokio::time::timeout(PATIENCE, read_when_there(&ready_file, &mut child)).await.unwrap();
    let url = ready["url"].as_str().unwrap().to_owned();
    Serving { child, stderr, wake, url, ready_file, _directory: directory }
}

async fn read_when_there(path: &Path, child: &mut Child) -> Value {
    loop {
        if let Ok(text) = std::fs::read_to_string(path) {
            return serde_json::from_str(&text).unwrap();
        }
        assert!(child.try_wait().unwrap().is_none(), "the process ended before it was ready");
        // The file is the event; nothing else tells of it.
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

impl Serving {
    /// Asks it to end, as an orchestrator does, and returns what it logged.
    pub(crate) async fn stop(mut self) -> String {
        let id = self.child.id().unwrap().to_string();
        assert!(std::process::Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        let status = tokio::time::timeout(PATIENCE, self.child.wait()).await.unwrap().unwrap();
        assert!(status.success(), "{status}");
        drop(self.wake.take());
        self.stderr.await.unwrap()
    }
}
