//! Programs from PyPI, each set in an environment of its own.

use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::process::{self, command};

/// Makes an environment anew with what a requirements file names; its `bin/python`.
pub(crate) fn environment(directory: &Path, requirements: &Path) -> anyhow::Result<PathBuf> {
    process::run(command("python3").args(["-m", "venv", "--clear"]).arg(directory))
        .context("python3 with its venv module is needed (Debian: python3-venv)")?;
    let python = directory.join("bin/python");
    let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"];
    process::run(command(&python).args(install).arg(requirements))?;
    Ok(python)
}
