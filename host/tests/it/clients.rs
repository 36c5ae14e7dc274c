//! Clients that other people wrote, against the real binary: the official Python and TypeScript clients and
//! the MCP Inspector, in both eras, over HTTP with a header and over stdio.
//!
//! They are installed by `cargo xtask clients`. Without them these tests say that they were skipped; where `CI` is
//! set they fail instead.

use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::process::Command;
use xyte_sim::{Sim, SimConfig};

use crate::support::{binary, fixtures};

/// A run starts up to eight processes, some of them Node.
const PATIENCE: Duration = Duration::from_secs(180);

fn installed() -> Option<PathBuf> {
    let directory = fixtures::target().join("clients");
    if directory.join("installed").exists() {
        return Some(directory);
    }
    #[expect(
        clippy::disallowed_methods,
        reason = "whether a skip would go unnoticed; no setting of the product"
    )]
    let unattended = std::env::var_os("CI").is_some();
    assert!(!unattended, "the clients are not installed; run `cargo xtask clients`");
    eprintln!("SKIPPED: the clients of others are not installed; run `cargo xtask clients`");
    None
}

fn examples() -> PathBuf {
    fixtures::root().join("examples/clients")
}

fn python(clients: &Path) -> Command {
    let mut command = Command::new(clients.join("python/bin/python"));
    command.env_clear().arg(examples().join("python_client.py"));
    command
}

fn javascript(clients: &Path) -> Command {
    let mut command = Command::new(clients.join("bin/node"));
    // The script stands there by a link, and its packages beside the link.
    command.env_clear().arg("--preserve-symlinks-main").arg(clients.join("javascript_client.mjs"));
    command
}

fn inspector(clients: &Path) -> Command {
    let mut command = Command::new("bash");
    command.env_clear().env("PATH", format!("{}:/usr/bin:/bin", clients.join("bin").display()));
    command.env("MODULES", clients.join("node_modules")).env("HOME", fixtures::target());
    command.arg(examples().join("inspector.sh"));
    command
}

/// Runs a client's script to its end; what it printed.
async fn output(command: &mut Command) -> String {
    let output = tokio::time::timeout(PATIENCE, command.kill_on_drop(true).output()).await.unwrap().unwrap();
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{}\n{stdout}\n{stderr}", output.status);
    stdout.into_owned()
}

/// Of the client in Python, and of the one in JavaScript.
fn assert_both_eras(printed: &str) {
    for expected in ["auto: MCP 2026-07-28; ", "legacy: MCP 2025-11-25; "] {
        assert!(printed.contains(expected), "{printed}");
    }
    assert_eq!(printed.matches("get_device, list_devices, search_device_histories").count(), 2, "{printed}");
    assert_eq!(printed.matches("list_devices: 1,250 devices").count(), 2, "{printed}");
}

fn assert_inspector(printed: &str) {
    for era in ["legacy", "modern"] {
        assert!(printed.contains(&format!("== {era}: tools/list")), "{printed}");
    }
    assert_eq!(printed.matches("\"name\":\"claim_device\"").count(), 2, "{printed}");
    assert_eq!(printed.matches("\"text\":\"1,250 devices").count(), 2, "{printed}");
}

/// All scripts over HTTP, with the key in a header, against a host that has none of its own.
#[tokio::test(flavor = "multi_thread")]
async fn over_http() {
    let Some(clients) = installed() else { return };
    let sim = Sim::start(SimConfig::default()).await.unwrap();
    let host = binary::serve(|command| {
        command.arg("--plugins").arg(fixtures::plugins()).env("XYTE_BASE_URL", sim.url());
    })
    .await;
    let key = &sim.tenants()[0].key;
    assert_both_eras(&output(python(&clients).arg(&host.url).env("XYTE_API_KEY", key)).await);
    assert_both_eras(&output(javascript(&clients).arg(&host.url).env("XYTE_API_KEY", key)).await);
    assert_inspector(&output(inspector(&clients).arg(&host.url).env("XYTE_API_KEY", key)).await);
    assert!(sim.requests().iter().all(|request| request.header("authorization") == Some(key)));
    host.stop().await;
}

/// All scripts over stdio, where they start the host themselves.
#[tokio::test(flavor = "multi_thread")]
async fn over_stdio() {
    let Some(clients) = installed() else { return };
    let sim = Sim::start(SimConfig::default()).await.unwrap();
    let data = tempfile::tempdir().unwrap();
    let adapt = |command: &mut Command| {
        command.args(["--", env!("CARGO_BIN_EXE_xyte-mcp"), "stdio", "--plugins"]).arg(fixtures::plugins());
        command.env("XYTE_BASE_URL", sim.url()).env("XYTE_API_KEY", &sim.tenants()[0].key);
        command.env("XYTE_DATA_DIR", data.path()).env("XYTE_LOG_LEVEL", "error");
    };
    let (mut python, mut javascript, mut inspector) =
        (python(&clients), javascript(&clients), inspector(&clients));
    adapt(&mut python);
    adapt(&mut javascript);
    adapt(&mut inspector);
    assert_both_eras(&output(&mut python).await);
    assert_both_eras(&output(&mut javascript).await);
    assert_inspector(&output(&mut inspector).await);
}
