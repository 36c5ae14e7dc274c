//! The clients of others: the scripts of `examples/clients`, run as a reader would.

use std::fs;
use std::process::Command;
use std::time::Duration;

use super::outcome::Check;
use super::stand::{self, Stand};
use crate::clients::SCRIPT;
use crate::process::{command, run_within};
use crate::workspace;

/// How long a script may take. It takes seconds.
const LIMIT: Duration = Duration::from_secs(60);
/// The tool that is called, and what it answers.
const TOOL: &str = "test_simple_text";
const TOOL_TEXT: &str = "This is a simple text response for testing.";
const RESOURCE_TEXT: &str = "test://static-text: This is the content of the static text resource.";
/// The prompt that is got, and what it says.
const PROMPT: &str = "test_simple_prompt";
const PROMPT_TEXT: &str = "This is a simple prompt for testing.";
const LEGACY: &str = "2025-11-25";
const MODERN: &str = "2026-07-28";

/// Whose client, and how it finds out which revision to speak.
#[derive(Clone, Copy)]
pub(super) enum Client {
    Python(&'static str),
    TypeScript(&'static str),
    Inspector(&'static str),
}

/// How a client reaches a host.
#[derive(Clone, Copy)]
pub(super) enum Way {
    /// One that wants a key with each request, which the client sends in a header.
    Http,
    /// One that the client starts.
    Stdio,
}

/// Runs the client's script; the script's end, and what it must have printed.
pub(super) fn run(row: &str, client: Client, way: Way, stand: &Stand) -> anyhow::Result<Vec<Check>> {
    let directory = workspace::conformance().join(row);
    fs::create_dir_all(&directory)?;
    let log = directory.join("output.log");
    let mut script = client.script();
    match way {
        Way::Http => script.arg(stand.keyless_url()).env("XYTE_API_KEY", stand.key()),
        Way::Stdio => {
            script.arg("--").arg(workspace::host_binary()).args(["stdio", "--plugins"]);
            script.arg(stand::plugin_directory()).envs(stand.settings(row))
        }
    };
    let ended = run_within(LIMIT, &mut script, &log)?;
    let printed = fs::read_to_string(&log)?;
    let mut checks = vec![match ended {
        Some(status) if status.success() => Check::passed(row, "ends"),
        Some(status) => Check::failed(row, "ends", format!("{status}: {}", last_line(&printed))),
        None => Check::failed(row, "ends", format!("it did not end within {} s", LIMIT.as_secs())),
    }];
    checks.extend(client.expected().into_iter().map(|(id, text)| match printed.contains(&text) {
        true => Check::passed(row, id),
        false => Check::failed(row, id, format!("it did not print {text:?}")),
    }));
    Ok(checks)
}

impl Client {
    fn script(self) -> Command {
        let (clients, examples) = (workspace::clients(), workspace::root().join("examples/clients"));
        match self {
            Client::Python(mode) => {
                let mut python = command(clients.join("python/bin/python"));
                python
                    .arg(examples.join("python_client.py"))
                    .args(["--mode", mode, "--tool", TOOL, "--prompt", PROMPT]);
                python
            }
            Client::TypeScript(mode) => {
                let mut node = command(clients.join("bin/node"));
                // The script stands there by a link, and its packages beside the link.
                node.arg("--preserve-symlinks-main").arg(clients.join(SCRIPT));
                node.args(["--mode", mode, "--tool", TOOL, "--prompt", PROMPT]);
                node
            }
            Client::Inspector(era) => {
                let mut bash = command("bash");
                bash.arg(examples.join("inspector.sh"));
                bash.env("PATH", format!("{}:/usr/bin:/bin", clients.join("bin").display()));
                // What it keeps of earlier runs is not the reader's.
                bash.env("HOME", workspace::conformance()).env("MODULES", clients.join("node_modules"));
                bash.env("ERAS", era).env("TOOL", TOOL);
                bash
            }
        }
    }

    /// What a script prints when all is well, by what it shows.
    fn expected(self) -> Vec<(&'static str, String)> {
        let (mode, negotiated) = match self {
            Client::Inspector(_) => {
                // With --strict it has checked every schema by itself.
                return vec![
                    ("tools-list", format!("\"name\":\"{TOOL}\"")),
                    ("tools-call", format!("\"text\":\"{TOOL_TEXT}\"")),
                ];
            }
            Client::Python("legacy") | Client::TypeScript("legacy") => ("legacy", LEGACY),
            Client::Python(mode) | Client::TypeScript(mode) => (mode, MODERN),
        };
        vec![
            ("revision", format!("{mode}: MCP {negotiated}; ")),
            ("tools-call", format!("{mode}: {TOOL}: {TOOL_TEXT}")),
            ("resources-read", format!("{mode}: {RESOURCE_TEXT}")),
            ("prompts-get", format!("{mode}: {PROMPT}: {PROMPT_TEXT}")),
        ]
    }
}

fn last_line(printed: &str) -> &str {
    printed.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("it printed nothing")
}
