//! What the rows are run against: a simulated hub, and a host in each of its two modes before it.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::Command;

use anyhow::Context;
use serde_json::Value;

use super::proxy;
use crate::process::{self, Background, command};
use crate::stage::stage;
use crate::{demo, plugins, workspace};

/// Which host is meant.
#[derive(Clone, Copy)]
pub(super) enum Door {
    /// The one with a key of its own.
    Single,
    /// The one without, behind what adds a key to each request.
    Multi,
}

/// The processes, ended with this value.
pub(super) struct Stand {
    single: String,
    /// The proxy before the host of many tenants: the suite cannot send a key.
    multi: String,
    /// The host of many tenants itself, for clients that send a key.
    keyless: String,
    hub: String,
    key: String,
    _processes: Vec<Background>,
}

impl Stand {
    /// Builds what is needed and starts it.
    pub(super) fn build() -> anyhow::Result<Stand> {
        let scratch = workspace::conformance();
        // What an earlier run saw, and ready files of processes that are gone.
        let _ = fs::remove_dir_all(&scratch);
        fs::create_dir_all(&scratch)?;
        stage("conformance plugin", || plugins::fixture("conformance", &plugin_directory()))?;
        stage("host", demo::build_host)?;
        stage("simulated hub and hosts", Stand::start)
    }

    fn start() -> anyhow::Result<Stand> {
        let (hub_process, facts) =
            started("the simulated hub", "hub", command(workspace::host_binary()).arg("sim"))?;
        let hub = text(&facts["url"])?;
        let key = text(&facts["tenants"][0]["key"])?;
        let (single_process, facts) =
            started("the host of one tenant", "single", serve(&hub, "single").env("XYTE_API_KEY", &key))?;
        let single = text(&facts["url"])?;
        let (multi_process, facts) = started("the host of many tenants", "multi", &mut serve(&hub, "multi"))?;
        let keyless = text(&facts["url"])?;
        let multi = proxy::start(&keyless, &key)?;
        Ok(Stand {
            single,
            multi,
            keyless,
            hub,
            key,
            _processes: vec![hub_process, single_process, multi_process],
        })
    }

    /// Where the suite finds a host, which sends no key.
    pub(super) fn url(&self, door: Door) -> &str {
        match door {
            Door::Single => &self.single,
            Door::Multi => &self.multi,
        }
    }

    /// The host that wants a key with each request.
    pub(super) fn keyless_url(&self) -> &str {
        &self.keyless
    }

    pub(super) fn key(&self) -> &str {
        &self.key
    }

    /// What a client sets before it starts a host of its own.
    pub(super) fn settings(&self, row: &str) -> [(&'static str, String); 4] {
        let data = workspace::conformance().join(row).join("data");
        [
            ("XYTE_API_KEY", self.key.clone()),
            ("XYTE_BASE_URL", self.hub.clone()),
            ("XYTE_DATA_DIR", data.display().to_string()),
            ("XYTE_LOG_LEVEL", "error".to_owned()),
        ]
    }
}

/// Where the plugin stands, alone with its grant file.
pub(super) fn plugin_directory() -> PathBuf {
    workspace::target().join("conformance-plugin")
}

/// A host without a key of its own.
fn serve(hub: &str, name: &str) -> Command {
    let mut serve = command(workspace::host_binary());
    serve.args(["serve", "--listen", "127.0.0.1:0", "--plugins"]).arg(plugin_directory());
    serve.env_remove("XYTE_API_KEY").env("XYTE_BASE_URL", hub);
    serve.env("XYTE_DATA_DIR", workspace::conformance().join(format!("{name}-data")));
    serve
}

/// Starts a program whose output goes into a file of that name, and waits until it is up.
fn started(who: &'static str, name: &str, program: &mut Command) -> anyhow::Result<(Background, Value)> {
    let scratch = workspace::conformance();
    let log = scratch.join(format!("{name}.log"));
    let file = File::create(&log).with_context(|| format!("{} cannot be written", log.display()))?;
    program.stdout(file.try_clone()?).stderr(file);
    process::start_ready(who, program, &scratch.join(format!("{name}.json")))
        .with_context(|| format!("what it said is in {}", log.display()))
}

fn text(value: &Value) -> anyhow::Result<String> {
    value.as_str().map(str::to_owned).context("a ready file does not say where its process is")
}
