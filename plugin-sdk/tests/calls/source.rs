//! The declarations of the calls against the catalogue: each operation once, under its name, with its effect.

use std::fs;
use std::path::Path;

use xyte_catalog::{Catalog, Operation, Scope};

/// The texts of all `call! { … }` below a folder.
fn declarations(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            declarations(&path, found);
        } else {
            let text = fs::read_to_string(&path).expect("the file is text");
            found.extend(text.split("\ncall! {\n").skip(1).map(str::to_owned));
        }
    }
}

/// `get_devices GET_DEVICES read`
fn declared(text: &str) -> String {
    let between = |from: &str, to: char| {
        let (_, rest) = text.split_once(from).unwrap_or_else(|| panic!("no `{from}` in {text}"));
        rest.split(to).next().unwrap_or_default().to_owned()
    };
    format!("{} {}", between("\n    fn ", '('), between("\n    route ", ';').replace(',', ""))
}

/// The same, as the catalogue has it.
fn expected(operation: &Operation) -> String {
    let last = operation.key.rsplit('.').next().unwrap_or_default();
    let name: String = last
        .chars()
        .map(|letter| match letter.is_ascii_uppercase() {
            true => format!("_{}", letter.to_ascii_lowercase()),
            false => letter.to_string(),
        })
        .collect();
    let scope = if operation.scope == Scope::Partner { "partner::" } else { "" };
    format!("{name} {scope}{} {}", name.to_ascii_uppercase(), operation.effect)
}

#[test]
fn every_operation_is_declared_once_under_its_name_and_with_its_effect() {
    let mut texts = Vec::new();
    declarations(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/calls"), &mut texts);
    let mut declared: Vec<String> = texts.iter().map(|text| declared(text)).collect();
    declared.sort_unstable();
    let mut expected: Vec<String> = Catalog::known().operations().iter().map(expected).collect();
    expected.sort_unstable();
    assert_eq!(declared, expected);
}
