//! `cargo xtask browser`: the browser that the tests of the page for people look at it with.

use std::path::Path;

use anyhow::Context;

use crate::process::{self, command};

/// What it is called, as packages install it. The tests look for the same names.
const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// Installs Debian's Chromium if there is none.
pub(crate) fn run() -> anyhow::Result<()> {
    if let Some(name) = NAMES.iter().find(|name| is_there(name)) {
        eprintln!("{name} is installed");
        return Ok(());
    }
    eprintln!("there is no Chromium; installing it: apt-get install chromium");
    apt_get(&["update", "-qq"])?;
    apt_get(&["install", "-y", "-qq", "--no-install-recommends", "chromium"]).context(
        "Chromium could not be installed; on other systems than Debian, install it by their own means",
    )
}

/// Runs apt-get as root, by way of sudo where this is not root already.
fn apt_get(arguments: &[&str]) -> anyhow::Result<()> {
    let user = process::output(command("id").arg("-u"))?;
    let mut apt = if user.trim() == "0" { command("apt-get") } else { command("sudo") };
    if user.trim() != "0" {
        apt.arg("apt-get");
    }
    process::run(apt.args(arguments).env("DEBIAN_FRONTEND", "noninteractive"))
}

/// Whether a program of that name is on the path.
#[expect(clippy::disallowed_methods, reason = "where programs are; no setting of the product")]
fn is_there(name: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|directory| Path::new(&directory).join(name).is_file())
}
