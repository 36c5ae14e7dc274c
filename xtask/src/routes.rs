//! `cargo xtask routes`: the SDK's route constants, generated from the operation catalogue.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, bail};
use xyte_catalog::{Catalog, sdk_routes};

use crate::workspace;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Only say whether the file is current
    #[arg(long)]
    check: bool,
}

fn file() -> PathBuf {
    workspace::root().join("plugin-sdk/src/routes.rs")
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    if arguments.check {
        return check();
    }
    fs::write(file(), sdk_routes(Catalog::known())).context("the constants cannot be written")
}

pub(crate) fn check() -> anyhow::Result<()> {
    let present = fs::read_to_string(file()).context("the constants cannot be read")?;
    if present != sdk_routes(Catalog::known()) {
        bail!("plugin-sdk/src/routes.rs is older than catalog/operations.toml; run `cargo xtask routes`");
    }
    Ok(())
}
