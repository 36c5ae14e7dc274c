//! Every developer command, behind `cargo xtask`.
//!
//! What a command needs (the wasm target, clients from npm and PyPI) it installs itself and says so, so that a fresh
//! clone needs nothing but Rust.

mod browser;
mod bundle;
mod clients;
mod conformance;
mod demo;
mod docs;
mod fuzz_v1;
mod lint;
mod package;
mod plugins;
mod process;
mod python;
mod registry;
mod routes;
mod stage;
mod stdio;
mod test;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Developer commands of xyte-mcp.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Show the whole path at work: simulated hub, host, plugins, and a client that calls them
    Demo(demo::Arguments),
    /// Run every test; builds what the tests need first
    Test(test::Arguments),
    /// Build the plugins into target/plugins, each with its grant file beside it
    Plugins,
    /// Build everything that tests run in the sandbox: the plugins, and guests that misbehave on demand
    Fixtures,
    /// Check formatting, lints and documentation
    Lint,
    /// Install the MCP clients of others, the conformance suite, and what judges packages, into target/clients
    Clients,
    /// Hold the host against MCP's conformance suite and against the clients of others
    Conformance(conformance::Arguments),
    /// Install the browser that the tests look at pages with, if there is none
    Browser,
    /// Send thousands of requests that the host's description of /v1 allows, and that it does not
    FuzzV1(fuzz_v1::Arguments),
    /// Write the SDK's route constants anew from the operation catalogue
    Routes(routes::Arguments),
    /// Pack what is published, and use it from its packages: the SDK, the bundle for clients (.mcpb), and server.json
    Package(package::Arguments),
    /// Write the reference of the plugin contract anew from its WIT
    Docs(docs::Arguments),
}

fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Demo(arguments) => demo::run(&arguments),
        Command::Test(arguments) => test::run(&arguments),
        Command::Plugins => plugins::run(),
        Command::Fixtures => plugins::all(),
        Command::Lint => lint::run(),
        Command::Clients => clients::run(),
        Command::Conformance(arguments) => conformance::run(&arguments),
        Command::Browser => browser::run(),
        Command::FuzzV1(arguments) => fuzz_v1::run(&arguments),
        Command::Routes(arguments) => routes::run(&arguments),
        Command::Package(arguments) => package::run(&arguments),
        Command::Docs(arguments) => docs::run(&arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
