//! What can be typed.

use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand};

use super::client_config::ClientConfigArguments;
use super::plugin::PluginArguments;
use crate::config::{ConfigError, Settings, Sources, setting};

const EXAMPLES: &str = "\
Examples:
  XYTE_API_KEY=… xyte-mcp serve --plugins DIR   one organization, on http://127.0.0.1:8080/mcp
  xyte-mcp serve --plugins DIR                  many organizations: each request brings its key
  XYTE_API_KEY=… xyte-mcp stdio --plugins DIR   for a client that starts its servers itself
  xyte-mcp doctor --plugins DIR                 checks key, plugins, grants, port and directories
  xyte-mcp client-config cursor --plugins DIR   what an MCP client needs to know; --write puts it into its file
  xyte-mcp sim --listen 127.0.0.1:9000          a simulated Xyte hub to try everything against
  xyte-mcp plugin new weather-room              a plugin of your own, in Rust, JavaScript or Python

Settings come from the command line, the environment (XYTE_…), --env-file and --config, in this order.
.env.example lists them all.";

/// An MCP server for the Xyte cloud that runs every tool as a sandboxed WebAssembly plugin.
#[derive(Debug, Parser)]
#[command(name = "xyte-mcp", version, after_help = EXAMPLES, disable_help_subcommand = true)]
pub struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Serve MCP over HTTP at /mcp, and the same tools over plain HTTP at /v1 (with a page at /v1/docs)
    Serve(ServeArguments),
    /// Serve one MCP client over standard input and output
    Stdio(Common),
    /// Check key, plugins, grants, port and directories; each finding comes with its fix
    Doctor(DoctorArguments),
    /// Print what an MCP client needs to know of this server, or merge it into the client's file
    ClientConfig(ClientConfigArguments),
    /// Write plugins: create, build, check, call, test and reload them
    Plugin(PluginArguments),
    /// Run a simulated Xyte hub, for trying and testing
    Sim(SimArguments),
}

/// Arguments of every command that needs the settings.
#[derive(Debug, Args)]
pub(super) struct Common {
    /// Directory of plugins (*.wasm) with their grant files (*.toml); or XYTE_PLUGINS_DIR, else `plugins` in the data
    /// directory (~/.local/share/xyte-mcp on Linux)
    #[arg(long, value_name = "DIR")]
    plugins: Option<String>,
    /// Read settings from NAME=value lines; nothing is read from a .env file by itself
    #[arg(long, value_name = "FILE")]
    env_file: Option<PathBuf>,
    /// Read settings from a TOML file
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct ServeArguments {
    #[command(flatten)]
    pub(super) common: Common,
    /// Address to serve on; port 0 picks a free one; or XYTE_LISTEN, else 127.0.0.1:8080
    #[arg(long, value_name = "HOST:PORT")]
    pub(super) listen: Option<String>,
    /// Write {"url": …} to a file once requests are accepted
    #[arg(long, value_name = "FILE")]
    pub(super) ready_file: Option<PathBuf>,
    /// Let anybody who reaches the address act with the configured key
    #[arg(long)]
    pub(super) allow_unauthenticated: bool,
}

#[derive(Debug, Args)]
pub(super) struct DoctorArguments {
    #[command(flatten)]
    pub(super) common: Common,
    /// Address whose port is checked; or XYTE_LISTEN, else 127.0.0.1:8080
    #[arg(long, value_name = "HOST:PORT")]
    pub(super) listen: Option<String>,
}

const SIM_EXAMPLES: &str = "\
Examples:
  xyte-mcp client-config cursor --plugins DIR   what an MCP client needs to know; --write puts it into its file
  xyte-mcp sim --listen 127.0.0.1:9000 --ready-file sim.json
  xyte-mcp sim --faults slow=300ms,fail=5%

Point a host at it with XYTE_BASE_URL=http://127.0.0.1:9000 and one of the keys that it prints.";

#[derive(Debug, Args)]
#[command(after_help = SIM_EXAMPLES)]
pub(super) struct SimArguments {
    /// Loopback address to serve on; port 0 picks a free one
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:0")]
    pub(super) listen: String,
    /// Which fleet: the same seed gives the same devices, keys and faults
    #[arg(long, default_value_t = 1)]
    pub(super) seed: u64,
    /// Devices of the first tenant
    #[arg(long, default_value_t = 1250)]
    pub(super) devices: usize,
    /// What goes wrong, such as slow=300ms,fail=5%,429=10%,cut=100
    #[arg(long, value_name = "FAULTS", default_value = "")]
    pub(super) faults: String,
    /// Write {"url": …, "tenants": [{"name": …, "key": …}]} to a file once requests are accepted
    #[arg(long, value_name = "FILE")]
    pub(super) ready_file: Option<PathBuf>,
}

impl Common {
    /// Everything that was given, the command line and the environment included.
    pub(super) fn sources(&self, listen: Option<&str>) -> Result<Sources, ConfigError> {
        let mut sources = Sources::from_process()?
            .argument(&setting::PLUGINS_DIR, self.plugins.clone())
            .argument(&setting::LISTEN, listen.map(str::to_owned));
        if let Some(path) = self.env_file.as_deref() {
            sources = sources.env_file(path)?;
        }
        if let Some(path) = self.config.as_deref() {
            sources = sources.file(path)?;
        }
        Ok(sources)
    }

    /// The settings, with the log turned on and what is strange about the environment reported.
    pub(super) fn settings(&self, listen: Option<&str>) -> Result<Settings, ConfigError> {
        let sources = self.sources(listen)?;
        let settings = Settings::load(&sources)?;
        crate::telemetry::logs::init(&settings.log_level);
        for (name, nearest) in sources.unknown_variables() {
            tracing::warn!(name, nearest, "an environment variable looks like a setting and is none");
        }
        Ok(settings)
    }
}

impl ServeArguments {
    pub(super) fn ready_file(&self) -> Option<&Path> {
        self.ready_file.as_deref()
    }
}
