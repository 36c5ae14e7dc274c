//! Tells of changes to a project's sources.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::mpsc;

/// Directories that building writes to.
const BUILT: [&str; 7] = ["target", "dist", "node_modules", ".venv", ".git", "__pycache__", "bindings"];
/// What editors leave, and what output is redirected to: a log of the reloads must not cause the next one.
const PASSING: [&str; 4] = [".swp", ".tmp", ".log", ".out"];
/// How long nothing must change before a change counts as whole: an editor writes a file in several steps.
const QUIET: Duration = Duration::from_millis(150);

/// Watches a project's sources, and not what is built from them.
pub(super) struct SourceWatch {
    changes: mpsc::Receiver<()>,
    _watcher: RecommendedWatcher,
}

impl SourceWatch {
    pub(super) fn of(root: &Path) -> anyhow::Result<SourceWatch> {
        // One slot: that something changed is all there is to say.
        let (sender, changes) = mpsc::channel(1);
        let root = root.canonicalize().with_context(|| format!("{} cannot be watched", root.display()))?;
        let below = root.clone();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            let told = event.is_ok_and(|event| {
                !matches!(event.kind, EventKind::Access(_))
                    && event.paths.iter().any(|path| is_source(path.strip_prefix(&below).unwrap_or(path)))
            });
            if told {
                let _one_is_waiting_already = sender.try_send(());
            }
        })
        .context("changes of files cannot be watched here")?;
        // Not the whole tree at once: what is built below it has thousands of directories.
        watch(&mut watcher, &root, RecursiveMode::NonRecursive)?;
        for directory in directories(&root)? {
            watch(&mut watcher, &directory, RecursiveMode::Recursive)?;
        }
        Ok(SourceWatch { changes, _watcher: watcher })
    }

    /// Waits for a change. None: nobody watches any longer.
    pub(super) async fn changed(&mut self) -> Option<()> {
        self.changes.recv().await
    }

    /// Waits until nothing changes any more.
    pub(super) async fn settled(&mut self) {
        while tokio::time::timeout(QUIET, self.changes.recv()).await.is_ok_and(|change| change.is_some()) {}
    }
}

fn watch(watcher: &mut RecommendedWatcher, path: &Path, mode: RecursiveMode) -> anyhow::Result<()> {
    watcher.watch(path, mode).with_context(|| format!("{} cannot be watched", path.display()))
}

fn directories(root: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(root)? {
        let entry = entry?;
        let built = entry.file_name().to_str().is_none_or(|name| BUILT.contains(&name));
        if entry.file_type()?.is_dir() && !built {
            found.push(entry.path());
        }
    }
    Ok(found)
}

/// Whether a path below the project is one of its sources, and nothing that an editor or the build leaves in passing.
fn is_source(path: &Path) -> bool {
    let built = path.components().any(|part| BUILT.iter().any(|built| part.as_os_str() == *built));
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let passing = name.starts_with('.')
        || name.ends_with('~')
        || name == "Cargo.lock"
        || PASSING.iter().any(|ending| name.ends_with(ending));
    !built && !passing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_saved_source_is_told_of_and_what_is_built_is_not() {
        let dir = tempfile::tempdir().unwrap();
        // Where the project stands says nothing of what is in it.
        let root = dir.path().join("dist/project");
        for name in ["src", "target"] {
            std::fs::create_dir_all(root.join(name)).unwrap();
        }
        let mut watch = SourceWatch::of(&root).unwrap();
        std::fs::write(root.join("target/out.wasm"), "x").unwrap();
        std::fs::write(root.join("src/.lib.rs.swp"), "x").unwrap();
        std::fs::write(root.join("src/lib.rs"), "x").unwrap();
        watch.changed().await.unwrap();
        watch.settled().await;
        let quiet = tokio::time::timeout(Duration::from_millis(300), watch.changed()).await;
        assert!(quiet.is_err(), "one save is one change");
    }

    #[test]
    fn what_passes_is_no_source() {
        for path in ["src/lib.rs", "app.py", "Cargo.toml", "a.toml"] {
            assert!(is_source(Path::new(path)), "{path}");
        }
        for path in [
            "target/debug/x",
            "dist/a.wasm",
            "src/.#lib.rs",
            "src/lib.rs~",
            "dev.log",
            "Cargo.lock",
            "node_modules/x/y.js",
        ] {
            assert!(!is_source(Path::new(path)), "{path}");
        }
    }
}
