//! `cargo xtask lint`

use crate::process::{self, cargo};
use crate::stage::stage;
use crate::{docs, plugins};

/// Formatting, lints for both targets, documentation.
pub(crate) fn run() -> anyhow::Result<()> {
    stage("format", || process::run(cargo().args(["fmt", "--all", "--check"])))?;
    stage("clippy", || {
        let deny = ["--", "--deny", "warnings"];
        process::run(cargo().args(["clippy", "--workspace", "--all-targets"]).args(deny))
    })?;
    stage("clippy for guests", || {
        plugins::ensure_target()?;
        let mut clippy = cargo();
        clippy.args(["clippy", "--target", plugins::TARGET, "--package", "xyte-plugin-sdk"]);
        for package in plugins::guests()? {
            clippy.args(["--package", &package]);
        }
        process::run(clippy.args(["--", "--deny", "warnings"]))
    })?;
    stage("reference of the contract", docs::check)?;
    stage("documentation", || {
        let mut doc = cargo();
        doc.args(["doc", "--workspace", "--no-deps", "--document-private-items"]);
        process::run(doc.env("RUSTDOCFLAGS", "--deny warnings"))
    })
}
