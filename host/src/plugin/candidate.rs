//! Which files of a directory are plugins, and in which order.

use std::io;
use std::path::{Path, PathBuf};

/// A component with the place of its grant file, which need not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The file's name without `.wasm`: the operator's name for the plugin.
    pub name: String,
    /// The component.
    pub component: PathBuf,
    /// `<name>.toml` beside it.
    pub grant: PathBuf,
}

impl Candidate {
    /// A component by itself, with its grant file's place beside it. None: the path names no file.
    pub fn of_file(component: &Path) -> Option<Candidate> {
        let name = component.file_stem()?.to_str()?;
        let grant = component.with_file_name(format!("{name}.toml"));
        Some(Candidate { name: name.to_owned(), component: component.to_owned(), grant })
    }
}

/// Lists the components of a directory by name. Files whose names begin with a dot are passed over: tools write
/// drafts so, and Kubernetes its links.
///
/// # Errors
/// The directory cannot be read.
pub(super) fn scan(directory: &Path) -> io::Result<Vec<Candidate>> {
    let mut candidates = Vec::new();
    for entry in std::fs::read_dir(directory)? {
        let component = entry?.path();
        let Some(name) = component.file_name().and_then(|name| name.to_str()) else { continue };
        let Some(name) = name.strip_suffix(".wasm").filter(|name| !name.is_empty() && !name.starts_with('.'))
        else {
            continue;
        };
        let grant = component.with_file_name(format!("{name}.toml"));
        candidates.push(Candidate { name: name.to_owned(), component: component.clone(), grant });
    }
    candidates.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(candidates)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn components_come_by_name_and_nothing_else_comes() {
        let dir = tempfile::tempdir().unwrap();
        for file in
            ["b.wasm", "a.wasm", "a.toml", ".draft.wasm", ".wasm", "notes.txt", "c.wasm.part", "d.WASM"]
        {
            std::fs::write(dir.path().join(file), "").unwrap();
        }
        let found = scan(dir.path()).unwrap();
        let names: Vec<&str> = found.iter().map(|candidate| candidate.name.as_str()).collect();
        assert_eq!(names, ["a", "b"]);
        assert_eq!(found[0].grant, dir.path().join("a.toml"));
        assert!(scan(&dir.path().join("none")).is_err());
    }
}
