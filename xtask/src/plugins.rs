//! Components: plugins to be served, and guests for tests.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, bail};
use serde_json::Value;

use crate::process::{self, cargo, command};
use crate::workspace;

/// What guests are compiled for.
pub(crate) const TARGET: &str = "wasm32-wasip2";
const PROFILE: &str = "plugin";

/// `cargo xtask plugins`
pub(crate) fn run() -> anyhow::Result<()> {
    let plugins = packages("plugins")?;
    build(plugins.values().map(|package| package.name.as_str()))?;
    let directory = workspace::plugins();
    for (folder, package) in &plugins {
        install(&package.artifact(), &directory.join(format!("{folder}.wasm")))?;
        let grant = workspace::root().join("plugins").join(folder).join("plugin.toml");
        install(&grant, &directory.join(format!("{folder}.toml")))?;
    }
    eprintln!("{} plugins with their grants are in {}", plugins.len(), directory.display());
    Ok(())
}

/// `cargo xtask fixtures`
pub(crate) fn all() -> anyhow::Result<()> {
    run()?;
    fixtures()
}

/// Builds the guests that tests need, besides the plugins.
fn fixtures() -> anyhow::Result<()> {
    let guests = packages("host/tests/guests")?;
    build(guests.values().map(|package| package.name.as_str()))?;
    for (folder, package) in &guests {
        install(&package.artifact(), &workspace::fixtures().join(format!("{folder}.wasm")))?;
    }
    Ok(())
}

/// Builds one guest for tests and puts it into a directory of its own, with its grant file: `<folder>.toml` beside its
/// manifest.
pub(crate) fn fixture(folder: &str, directory: &Path) -> anyhow::Result<()> {
    let guests = packages("host/tests/guests")?;
    // All of them, so that what they share is built with the same features as for the tests.
    build(guests.values().map(|package| package.name.as_str()))?;
    let package = guests.get(folder).with_context(|| format!("there is no guest {folder}"))?;
    install(&package.artifact(), &directory.join(format!("{folder}.wasm")))?;
    let name = format!("{folder}.toml");
    install(&workspace::root().join("host/tests/guests").join(folder).join(&name), &directory.join(name))
}

/// The plugins that come with the host, by the names of their folders, which are those of their components.
pub(crate) fn folders() -> anyhow::Result<Vec<String>> {
    Ok(packages("plugins")?.into_keys().collect())
}

/// The names of all packages that become components.
pub(crate) fn guests() -> anyhow::Result<Vec<String>> {
    let found = packages("plugins")?.into_values().chain(packages("host/tests/guests")?.into_values());
    Ok(found.map(|package| package.name).collect())
}

struct Package {
    name: String,
}

impl Package {
    fn artifact(&self) -> std::path::PathBuf {
        let file = format!("{}.wasm", self.name.replace('-', "_"));
        workspace::target().join(TARGET).join(PROFILE).join(file)
    }
}

/// The workspace's packages directly below a folder, by the name of their own folder.
fn packages(below: &str) -> anyhow::Result<BTreeMap<String, Package>> {
    let mut metadata = cargo();
    metadata.args(["metadata", "--no-deps", "--format-version", "1"]);
    let metadata: Value = serde_json::from_str(&process::output(&mut metadata)?)?;
    let below = workspace::root().join(below);
    let mut found = BTreeMap::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        let manifest = Path::new(package["manifest_path"].as_str().context("a package without a manifest")?);
        let folder = manifest.parent().context("a manifest without a folder")?;
        if folder.parent() == Some(below.as_path()) {
            let name = package["name"].as_str().context("a package without a name")?.to_owned();
            let folder =
                folder.file_name().context("a folder without a name")?.to_string_lossy().into_owned();
            found.insert(folder, Package { name });
        }
    }
    if found.is_empty() {
        bail!("there are no packages in {}", below.display());
    }
    Ok(found)
}

fn build<'a>(packages: impl Iterator<Item = &'a str>) -> anyhow::Result<()> {
    ensure_target()?;
    let mut build = cargo();
    build.args(["build", "--profile", PROFILE, "--target", TARGET]);
    for package in packages {
        build.args(["--package", package]);
    }
    process::run(&mut build)
}

/// Adds the wasm target to this toolchain if it is missing. rust-toolchain.toml does not list it, since automatic
/// installation may be switched off, and says nothing when it happens.
pub(crate) fn ensure_target() -> anyhow::Result<()> {
    let sysroot = process::output(command("rustc").args(["--print", "sysroot"]))?;
    if Path::new(sysroot.trim()).join("lib/rustlib").join(TARGET).join("lib").is_dir() {
        return Ok(());
    }
    eprintln!("the {TARGET} target is missing; adding it: rustup target add {TARGET}");
    process::run(command("rustup").args(["target", "add", TARGET])).context(
        "the target could not be added; with a Rust that rustup does not manage, install its wasm32-wasip2 standard \
         library by the system's own means",
    )
}

/// Copies a file to its place, whole or not at all, and only if it changed: what watches the place is not disturbed.
fn install(from: &Path, to: &Path) -> anyhow::Result<()> {
    let bytes = fs::read(from).with_context(|| format!("{} cannot be read", from.display()))?;
    if fs::read(to).is_ok_and(|present| present == bytes) {
        return Ok(());
    }
    let directory = to.parent().context("a file without a directory")?;
    fs::create_dir_all(directory)?;
    let name = to.file_name().context("a file without a name")?.to_string_lossy();
    let draft = directory.join(format!(".{name}.part"));
    fs::write(&draft, bytes)?;
    fs::rename(&draft, to).with_context(|| format!("{} cannot be written", to.display()))
}
