//! `cargo xtask demo`: the whole path at work.
//!
//! A simulated hub, the host in front of it with the plugins, and a real MCP client that calls them, each a process
//! of its own as in real life.

use std::fs;

use anyhow::Context;
use serde_json::json;

use crate::process::{self, cargo, command};
use crate::stage::{bold, stage};
use crate::{plugins, workspace};

/// What is built together with the host: the client that the demo shows, and the SDK, so that all of them have the
/// features that the tests will ask for.
const BESIDE_THE_HOST: [&str; 4] = ["--package", "example-client", "--package", "xyte-plugin-sdk"];

/// Builds the host as the tests do, so that it is built once.
pub(crate) fn build_host() -> anyhow::Result<()> {
    process::run(cargo().args(["build", "--package", "xyte-mcp"]).args(BESIDE_THE_HOST))
}

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Stop after the calls instead of staying up
    #[arg(long)]
    once: bool,
    /// Address of the host; port 0 picks a free one
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: String,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    stage("plugins", plugins::run)?;
    stage("host and client", build_host)?;
    let scratch = workspace::target().join("demo");
    // Whatever an earlier demo left: ready files of processes that are gone, and its data.
    let _ = fs::remove_dir_all(&scratch);
    fs::create_dir_all(&scratch)?;

    let (mut hub, hub_facts) = stage("simulated Xyte hub", || {
        let mut sim = command(workspace::host_binary());
        sim.arg("sim");
        process::start_ready("the simulated hub", &mut sim, &scratch.join("hub.json"))
    })?;
    let tenant = &hub_facts["tenants"][0];
    let key = tenant["key"].as_str().context("the hub named no tenant")?;
    let (mut host, host_facts) = stage("host", || {
        let mut serve = command(workspace::host_binary());
        serve.args(["serve", "--listen", &arguments.listen, "--plugins"]).arg(workspace::plugins());
        serve.env("XYTE_BASE_URL", hub_facts["url"].as_str().unwrap_or_default());
        serve.env("XYTE_API_KEY", key).env("XYTE_DATA_DIR", scratch.join("data"));
        serve.env("XYTE_LOG_LEVEL", "warn");
        process::start_ready("the host", &mut serve, &scratch.join("host.json"))
    })?;
    let url = host_facts["url"].as_str().context("the host named no address")?;

    let client =
        workspace::target().join("debug").join(format!("example-client{}", std::env::consts::EXE_SUFFIX));
    process::run(command(client).arg(url))?;
    if arguments.once {
        return Ok(());
    }
    stay(url, tenant["name"].as_str().unwrap_or_default());
    host.wait()?;
    hub.check()
}

#[expect(clippy::print_stdout, reason = "it is what the command is for")]
fn stay(url: &str, tenant: &str) {
    let configuration = json!({"mcpServers": {"xyte": {"type": "http", "url": url}}});
    println!(
        "\n{} as the simulated tenant {tenant:?}. Press Ctrl-C to stop.",
        bold(&format!("Serving {url}"))
    );
    println!("\nClaude Code:  claude mcp add --transport http xyte {url}");
    println!("Other clients (for example .mcp.json):\n{configuration:#}");
}
