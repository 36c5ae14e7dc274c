//! The project in a directory: its language, its name, and where its component goes.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::{Language, Which};
use crate::plugin::Candidate;

/// Where components are built to, below the project.
const OUTPUT: &str = "dist";

/// A plugin's project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Project {
    pub(super) root: PathBuf,
    pub(super) name: String,
    pub(super) language: Language,
}

impl Project {
    /// The project of a directory, recognised by the file that its language keeps the name in.
    pub(super) fn of(root: &Path) -> anyhow::Result<Project> {
        let (language, name) = if root.join("Cargo.toml").is_file() {
            (Language::Rust, name_in_toml(&root.join("Cargo.toml"), "package")?)
        } else if root.join("package.json").is_file() {
            (Language::Js, name_in_json(&root.join("package.json"))?)
        } else if root.join("pyproject.toml").is_file() {
            (Language::Python, name_in_toml(&root.join("pyproject.toml"), "project")?)
        } else {
            bail!(
                "{} is no plugin's project: it has no Cargo.toml, package.json or pyproject.toml. Go to one, or make \
                 one with `xyte-mcp plugin new NAME`",
                root.display()
            );
        };
        Ok(Project { root: root.to_owned(), name, language })
    }

    /// The project here.
    pub(super) fn here() -> anyhow::Result<Project> {
        Project::of(Path::new("."))
    }

    /// Its component, once it is built.
    pub(super) fn component(&self) -> PathBuf {
        self.root.join(OUTPUT).join(format!("{}.wasm", self.name))
    }

    /// The grant that it suggests to operators.
    pub(super) fn grant(&self) -> PathBuf {
        self.root.join(format!("{}.toml", self.name))
    }

    /// As a host sees it.
    pub(super) fn candidate(&self) -> Candidate {
        Candidate { name: self.name.clone(), component: self.component(), grant: self.grant() }
    }
}

impl Which {
    /// The component that is meant, which exists.
    pub(super) fn candidate(&self) -> anyhow::Result<Candidate> {
        let candidate = match &self.component {
            Some(component) => Candidate::of_file(component)
                .with_context(|| format!("{} names no component", component.display()))?,
            None => Project::here()?.candidate(),
        };
        if !candidate.component.exists() {
            bail!("{} is not there yet; `xyte-mcp plugin build` makes it", candidate.component.display());
        }
        Ok(candidate)
    }
}

fn name_in_toml(path: &Path, table: &str) -> anyhow::Result<String> {
    let text = std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let document: toml::Table = text.parse().with_context(|| format!("{} is no TOML", path.display()))?;
    let name = document.get(table).and_then(|table| table.get("name")).and_then(toml::Value::as_str);
    name.map(str::to_owned).with_context(|| format!("{} has no {table}.name", path.display()))
}

fn name_in_json(path: &Path) -> anyhow::Result<String> {
    let text = std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let document: serde_json::Value =
        serde_json::from_str(&text).with_context(|| format!("{} is no JSON", path.display()))?;
    let name = document["name"].as_str();
    name.map(str::to_owned).with_context(|| format!("{} has no name", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_project_is_known_by_the_file_that_names_it() {
        let cases = [
            ("Cargo.toml", "[package]\nname = \"a-b\"\n", Language::Rust),
            ("package.json", "{\"name\": \"a-b\"}", Language::Js),
            ("pyproject.toml", "[project]\nname = \"a-b\"\n", Language::Python),
        ];
        for (file, text, language) in cases {
            let dir = tempfile::tempdir().unwrap();
            std::fs::write(dir.path().join(file), text).unwrap();
            let project = Project::of(dir.path()).unwrap();
            assert_eq!((project.name.as_str(), project.language), ("a-b", language));
            assert!(project.component().ends_with("dist/a-b.wasm"));
        }
    }

    #[test]
    fn what_is_no_project_says_how_to_make_one() {
        let dir = tempfile::tempdir().unwrap();
        let error = Project::of(dir.path()).unwrap_err().to_string();
        assert!(error.contains("xyte-mcp plugin new NAME"), "{error}");
        std::fs::write(dir.path().join("Cargo.toml"), "[workspace]\n").unwrap();
        assert!(Project::of(dir.path()).unwrap_err().to_string().contains("has no package.name"));
    }
}
