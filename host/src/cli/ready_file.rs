//! Files that tell a script that something is up, and where.

use std::io::Write as _;
use std::path::Path;

use anyhow::Context;

/// Writes JSON to a file, whole or not at all, readable by its owner alone: the simulator's holds keys, if only of
/// invented tenants.
pub(super) fn write(path: &Path, content: &impl serde::Serialize) -> anyhow::Result<()> {
    let mut name = path.file_name().context("--ready-file names no file")?.to_owned();
    name.push(".part");
    let draft = path.with_file_name(name);
    // One that an earlier run left, with whatever mode, or that somebody planted as a link.
    let _absent = std::fs::remove_file(&draft);
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options
        .open(&draft)
        .and_then(|mut file| file.write_all(serde_json::to_string_pretty(content)?.as_bytes()))
        .and_then(|()| std::fs::rename(&draft, path));
    written.with_context(|| format!("--ready-file {} cannot be written", path.display()))
}
