//! Puts the SDK, the contract and the example plugins into the binary, so that `xyte-mcp plugin new` works anywhere.

#![expect(clippy::disallowed_methods, reason = "cargo tells where to build by variables")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

/// What building leaves in the examples.
const BUILT: [&str; 6] = ["target", "dist", "node_modules", ".venv", "__pycache__", "bindings"];

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> Result<()> {
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR")?).join("..").canonicalize()?;
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    let mut source = String::new();
    for (name, example) in
        [("HELLO_RUST", "hello-rust"), ("HELLO_JS", "hello-js"), ("HELLO_PYTHON", "hello-python")]
    {
        table(&mut source, name, &files(&root.join("examples").join(example))?)?;
    }
    table(&mut source, "SDK", &sdk(&root, &out)?)?;
    std::fs::write(out.join("embedded.rs"), source)?;
    Ok(())
}

/// A constant of paths and texts.
fn table(source: &mut String, name: &str, files: &[(String, PathBuf)]) -> Result<()> {
    writeln!(source, "pub(super) const {name}: &[(&str, &str)] = &[")?;
    for (path, file) in files {
        writeln!(source, "    ({path:?}, include_str!({:?})),", file.display().to_string())?;
    }
    writeln!(source, "];")?;
    Ok(())
}

/// Every file below a directory, by its path in there, sorted.
fn files(directory: &Path) -> Result<Vec<(String, PathBuf)>> {
    println!("cargo::rerun-if-changed={}", directory.display());
    let mut found = Vec::new();
    collect(directory, "", &mut found)?;
    found.sort();
    Ok(found)
}

fn collect(directory: &Path, prefix: &str, found: &mut Vec<(String, PathBuf)>) -> Result<()> {
    for entry in std::fs::read_dir(directory)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if BUILT.contains(&name.as_str()) || name.ends_with(".pyc") {
            continue;
        }
        // Through links: the contract stands in one place of the repository.
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{prefix}{name}/"), found)?;
        } else {
            found.push((format!("{prefix}{name}"), entry.path().canonicalize()?));
        }
    }
    Ok(())
}

/// The SDK as a project can carry it: sources, licence, contract, and manifests that stand by themselves.
fn sdk(root: &Path, out: &Path) -> Result<Vec<(String, PathBuf)>> {
    let mut found = Vec::new();
    for package in ["", "macros/"] {
        let directory = root.join("plugin-sdk").join(package);
        for (path, file) in files(&directory.join("src"))? {
            found.push((format!("{package}src/{path}"), file));
        }
        for name in ["README.md", "LICENSE"] {
            found.push((format!("{package}{name}"), directory.join(name).canonicalize()?));
        }
        let manifest = out.join(format!("{}Cargo.toml", package.replace('/', "-")));
        std::fs::write(&manifest, standalone(root, &directory.join("Cargo.toml"))?)?;
        found.push((format!("{package}Cargo.toml"), manifest));
    }
    found.push(("wit/plugin.wit".to_owned(), root.join("wit/plugin.wit").canonicalize()?));
    found.sort();
    Ok(found)
}

/// A manifest without what it inherits from the workspace, and without what only its own tests need.
fn standalone(root: &Path, path: &Path) -> Result<String> {
    println!("cargo::rerun-if-changed={}", path.display());
    let workspace: Table = read(&root.join("Cargo.toml"))?;
    let workspace = workspace["workspace"].as_table().ok_or("the repository is a workspace")?;
    let mut manifest = read(path)?;
    for table in ["dev-dependencies", "lints"] {
        manifest.remove(table);
    }
    if let Some(package) = manifest.get_mut("package").and_then(Value::as_table_mut) {
        package.remove("exclude");
        inherit(package, &workspace["package"]);
    }
    for dependencies in dependency_tables(&mut manifest) {
        for (name, dependency) in dependencies.iter_mut() {
            resolve(name, dependency, &workspace["dependencies"])?;
        }
    }
    Ok(toml::to_string(&manifest)?)
}

fn read(path: &Path) -> Result<Table> {
    println!("cargo::rerun-if-changed={}", path.display());
    Ok(std::fs::read_to_string(path)?.parse()?)
}

/// `version.workspace = true` becomes the workspace's version.
fn inherit(package: &mut Table, shared: &Value) {
    for (name, value) in package.iter_mut() {
        if value.get("workspace").is_some() {
            *value = shared[name.as_str()].clone();
        }
    }
}

fn dependency_tables(manifest: &mut Table) -> Vec<&mut Table> {
    let mut tables = Vec::new();
    for (name, value) in manifest.iter_mut() {
        match (name.as_str(), value) {
            ("dependencies", Value::Table(table)) => tables.push(table),
            ("target", Value::Table(targets)) => {
                let nested = targets.iter_mut().filter_map(|(_, target)| target.get_mut("dependencies"));
                tables.extend(nested.filter_map(Value::as_table_mut));
            }
            _ => {}
        }
    }
    tables
}

/// `serde.workspace = true` becomes what the workspace says of serde, with the features of both.
fn resolve(name: &str, dependency: &mut Value, shared: &Value) -> Result<()> {
    let Some(own) = dependency.as_table().filter(|own| own.contains_key("workspace")).cloned() else {
        return Ok(());
    };
    let mut resolved =
        match shared.get(name).ok_or_else(|| format!("{name} is no shared dependency"))?.clone() {
            Value::String(version) => Table::from_iter([("version".to_owned(), Value::String(version))]),
            Value::Table(table) => table,
            other => return Err(format!("{name}: {other}").into()),
        };
    for (key, value) in own.into_iter().filter(|(key, _)| key != "workspace") {
        match (key.as_str(), value, resolved.get_mut("features").and_then(Value::as_array_mut)) {
            ("features", Value::Array(more), Some(features)) => features.extend(more),
            (_, value, _) => {
                resolved.insert(key, value);
            }
        }
    }
    // The one dependency that stands beside the SDK.
    if resolved.contains_key("path") {
        resolved.insert("path".to_owned(), Value::String("macros".to_owned()));
    }
    *dependency = Value::Table(resolved);
    Ok(())
}
