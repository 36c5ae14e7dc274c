//! `cargo xtask package`: what is published, packed and used from its packages.

use anyhow::bail;

use crate::bundle::{self, Profile};
use crate::process::{self, cargo};
use crate::registry;
use crate::stage::stage;

/// What is published as crates, in the order in which it would be.
const PACKAGES: [&str; 2] = ["xyte-plugin-sdk-macros", "xyte-plugin-sdk"];
/// What a package must carry, besides its sources: without the contract the SDK could not be built anywhere else.
const NEEDED: [&str; 4] = ["wit/plugin.wit", "README.md", "LICENSE", "src/lib.rs"];

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Pack the host as it is released; without it, as the tests have built it, which is fast to pack and slow to run
    #[arg(long)]
    release: bool,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    sdk()?;
    let bundle = bundle::build(if arguments.release { Profile::Release } else { Profile::Dev })?;
    stage("server.json", || registry::write(&bundle))
}

/// Packs the SDK, builds it from what was packed, and looks for what must be there.
fn sdk() -> anyhow::Result<()> {
    stage("contents of the SDK's package", || {
        let list =
            process::output(cargo().args(["package", "--list", "--allow-dirty", "--package", PACKAGES[1]]))?;
        for file in NEEDED {
            if !list.lines().any(|line| line == file) {
                bail!("the SDK's package lacks {file}");
            }
        }
        Ok(())
    })?;
    stage("the SDK, built from its package", || {
        let mut package = cargo();
        package.args(["package", "--allow-dirty"]);
        for name in PACKAGES {
            package.args(["--package", name]);
        }
        process::run(&mut package)
    })
}
