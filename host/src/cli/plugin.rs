//! `xyte-mcp plugin …`: everything an author needs, from an empty directory to a component that an operator can grant.

mod build;
mod call;
mod cases;
mod check;
mod dev;
mod grants;
mod inspect;
mod lint;
mod new;
mod project;
mod routes;
mod show;
mod templates;
mod test;
mod toolchain;
mod watch;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, Subcommand, ValueEnum};

use crate::plugin::{Loader, Runtime};

const EXAMPLES: &str = "\
Examples:
  xyte-mcp plugin new weather-room            a project in Rust; --lang js or --lang python for another language
  cd weather-room && xyte-mcp plugin build    installs what is missing, and builds dist/weather-room.wasm
  xyte-mcp plugin call count_devices          runs a tool in the real sandbox, against a simulated hub
  xyte-mcp plugin call get_device --args '{\"device_id\": \"…\"}' --hub-fault 429
  xyte-mcp plugin routes devices              what the Xyte API can be asked, by the keys that grants use
  xyte-mcp plugin check                       what an operator's host would say of it, and what it costs
  xyte-mcp plugin test                        its own tests, then the cases of component-tests.toml
  xyte-mcp plugin dev                         builds and reloads as you save, and serves it to an MCP client";

/// Arguments of `xyte-mcp plugin`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct PluginArguments {
    #[command(subcommand)]
    command: PluginCommand,
}

#[derive(Debug, Subcommand)]
enum PluginCommand {
    /// Create a project with a tool, tests, CI and a README
    New(new::Arguments),
    /// Build the component of a project, with its language's tools installed on first use
    Build(build::Arguments),
    /// Judge a component as a host would, and say what it costs
    Check(check::Arguments),
    /// Show what a component is, exports, imports and asks for
    Inspect(inspect::Arguments),
    /// List the operations of the Xyte API that plugins may ask for and operators grant
    Routes(routes::Arguments),
    /// Call one tool in the real sandbox, against a simulated hub or a real one
    Call(call::Arguments),
    /// Run a project's own tests, then its component against the simulated hub
    Test(test::Arguments),
    /// Build and reload a project as you save, serve it, and call its tools from a prompt
    Dev(dev::Arguments),
}

/// A plugin's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Language {
    /// Rust, with the SDK: the smallest and fastest
    Rust,
    /// JavaScript, run by QuickJS inside the component
    Js,
    /// Python, run by CPython inside the component
    Python,
}

/// Which component is meant.
#[derive(Debug, Args)]
struct Which {
    /// The component; without this, the one that the project here builds, dist/NAME.wasm
    #[arg(long, value_name = "FILE")]
    component: Option<PathBuf>,
}

/// An engine and a loader of its own.
fn loader() -> anyhow::Result<Loader> {
    Ok(Loader::new(Arc::new(Runtime::new()?)))
}

pub(super) async fn run(arguments: PluginArguments) -> anyhow::Result<ExitCode> {
    match arguments.command {
        PluginCommand::New(arguments) => new::run(&arguments),
        PluginCommand::Build(arguments) => build::run(&arguments),
        PluginCommand::Check(arguments) => check::run(&arguments).await,
        PluginCommand::Inspect(arguments) => inspect::run(&arguments).await,
        PluginCommand::Routes(arguments) => routes::run(&arguments),
        PluginCommand::Call(arguments) => call::run(&arguments).await,
        PluginCommand::Test(arguments) => test::run(&arguments).await,
        PluginCommand::Dev(arguments) => dev::run(&arguments).await,
    }
}
