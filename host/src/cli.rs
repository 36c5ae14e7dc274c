//! The command line.

mod arguments;
mod assemble;
mod client_config;
mod doctor;
mod door;
mod plugin;
mod ready_file;
mod report;
mod serve;
mod sim;
mod stdio;

use std::process::ExitCode;

pub use arguments::Arguments;
use arguments::Command;

/// Runs one command to its end.
///
/// # Errors
/// Why it could not run, for the person who typed it.
pub fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let outcome = runtime.block_on(async {
        match arguments.command {
            Command::Serve(serve) => serve::run(serve).await.map(|()| ExitCode::SUCCESS),
            Command::Stdio(common) => stdio::run(&common).await.map(|()| ExitCode::SUCCESS),
            Command::Doctor(doctor) => doctor::run(&doctor).await,
            Command::Plugin(plugin) => plugin::run(plugin).await,
            Command::ClientConfig(client) => client_config::run(&client).map(|()| ExitCode::SUCCESS),
            Command::Sim(sim) => sim::run(sim).await.map(|()| ExitCode::SUCCESS),
        }
    });
    // A read from a terminal cannot be taken back; waiting for it would keep the process after its work is done.
    runtime.shutdown_background();
    crate::telemetry::logs::finish();
    outcome
}
