//! `xyte-mcp plugin new`

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};

use super::{Language, show, templates};
use crate::plugin::is_plugin_name;

/// Packages that a project in Rust has beside its own.
const RESERVED: [&str; 2] = ["xyte-plugin-sdk", "xyte-plugin-sdk-macros"];

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The plugin's name: lower-case letters, digits and hyphens, at most 40. It names the directory too
    name: String,
    /// Its language
    #[arg(long, value_enum, default_value = "rust")]
    lang: Language,
    /// Where to make it, instead of a directory called like the plugin
    #[arg(long, value_name = "DIR")]
    path: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let name = &arguments.name;
    if !is_plugin_name(name) {
        bail!("{name:?} is no name for a plugin: [a-z][a-z0-9-]{{0,39}}, such as weather-room");
    }
    if name.ends_with('-') || RESERVED.contains(&name.as_str()) {
        bail!(
            "{name:?} cannot be a plugin's name: it ends with a hyphen, or is the name of a package that plugins use"
        );
    }
    let root = arguments.path.clone().unwrap_or_else(|| name.into());
    if root.read_dir().is_ok_and(|mut entries| entries.next().is_some()) || root.is_file() {
        bail!(
            "{} is there already and not empty; choose another name, or another place with --path DIR",
            root.display()
        );
    }
    for (path, text) in templates::project(arguments.lang, name) {
        write(&root.join(path), &text)?;
    }
    let shown = root.display();
    show::line(&format!(
        "{name} is a plugin with two tools, tests, a grant file and a README.\n\
         \n  cd {shown}\n  xyte-mcp plugin build\n  xyte-mcp plugin call count_devices\n  xyte-mcp plugin dev"
    ))?;
    Ok(ExitCode::SUCCESS)
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    let directory = path.parent().context("a file stands in a directory")?;
    let written = std::fs::create_dir_all(directory).and_then(|()| std::fs::write(path, text));
    written.with_context(|| format!("{} cannot be written", path.display()))
}
