//! `cargo xtask test`

use crate::process::{self, cargo};
use crate::stage::stage;
use crate::{plugins, routes};

/// Tells the tests that the components are there and current, so that they need not ask.
const FIXTURES_BUILT: &str = "XYTE_MCP_FIXTURES_BUILT";

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Passed on to `cargo test`: a package (-p xyte-mcp), a filter, -- --nocapture
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    rest: Vec<String>,
}

/// Builds what the tests need, then runs them all, or those that the arguments choose.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    stage("routes", routes::check)?;
    stage("components", plugins::all)?;
    stage("tests", || {
        let mut test = cargo();
        test.arg("test").env(FIXTURES_BUILT, "1");
        if arguments.rest.is_empty() {
            test.args(["--workspace", "--all-targets"]);
        }
        process::run(test.args(&arguments.rest))
    })?;
    if arguments.rest.is_empty() {
        stage("documentation tests", || process::run(cargo().args(["test", "--workspace", "--doc"])))?;
    }
    Ok(())
}
