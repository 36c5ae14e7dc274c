//! Documents that the code decides about.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use xyte_mcp::config::setting;
use xyte_mcp::plugin::GrantFile;

use crate::support::fixtures;

/// `.env.example` names every setting once, and nothing else, with what the settings' own table says of it.
#[test]
fn the_example_of_an_env_file_is_the_settings_table() {
    let mut expected = String::from(
        "# Settings of xyte-mcp, as environment variables or for --env-file. Nothing is read from a .env file by\n\
         # itself. Every line here is a comment but for the key, which is blank: blank counts as absent.\n",
    );
    for setting in setting::ALL {
        expected.push('\n');
        expected.push_str(&comment(setting.summary));
        if !setting.default.is_empty() {
            expected.push_str(&comment(&format!("Default: {}", setting.default)));
        }
        let mark = if setting.name == setting::API_KEY.name { "" } else { "# " };
        expected.push_str(&format!("{mark}{}=\n", setting.name));
    }
    let path = fixtures::root().join(".env.example");
    let present = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(present == expected, ".env.example is not what the settings say. It should be:\n\n{expected}");
}

fn comment(text: &str) -> String {
    let mut lines = vec![String::from("#")];
    for word in text.split_whitespace() {
        let line = lines.last_mut().unwrap();
        if line.len() + 1 + word.len() > 100 {
            lines.push(format!("# {word}"));
        } else {
            line.push(' ');
            line.push_str(word);
        }
    }
    lines.join("\n") + "\n"
}

/// Settings that a document names exist.
#[test]
fn documents_name_settings_that_exist() {
    let known: BTreeSet<&str> = setting::ALL.iter().map(|setting| setting.name).collect();
    for document in ["README.md", "CHANGELOG.md", "PLUGINS.md"] {
        let text = std::fs::read_to_string(fixtures::root().join(document)).unwrap();
        let words = text.split(|char: char| !(char.is_ascii_alphanumeric() || char == '_'));
        for word in words.filter(|word| word.starts_with("XYTE_")) {
            assert!(known.contains(word), "{document} names {word}, which is no setting");
        }
    }
}

/// Documents that show commands for authors.
const FOR_AUTHORS: [&str; 6] = [
    "README.md",
    "CHANGELOG.md",
    "PLUGINS.md",
    "examples/hello-rust/README.md",
    "examples/hello-js/README.md",
    "examples/hello-python/README.md",
];

/// Every `xyte-mcp plugin …` that a document shows is a command that there is, with options that it takes.
#[test]
fn documents_show_commands_for_authors_that_exist() {
    let (mut helps, mut shown) = (BTreeMap::new(), BTreeSet::new());
    for document in FOR_AUTHORS {
        let text = std::fs::read_to_string(fixtures::root().join(document)).unwrap();
        for rest in text.split("xyte-mcp plugin ").skip(1) {
            let line = rest.split(['`', '\n', '#']).next().unwrap();
            let mut words = line.split_whitespace();
            let name = words.next().unwrap_or_default().to_owned();
            let help = helps.entry(name.clone()).or_insert_with(|| help(&name));
            for option in words.filter(|word| word.starts_with("--")) {
                let known = help.split_whitespace().any(|word| word == option);
                assert!(known, "{document}: `xyte-mcp plugin {name}` takes no {option}");
            }
            shown.insert(name);
        }
    }
    let all = ["build", "call", "check", "dev", "inspect", "new", "routes", "test"];
    assert_eq!(shown.iter().map(String::as_str).collect::<Vec<_>>(), all, "every command is shown somewhere");
}

fn help(command: &str) -> String {
    let mut xyte_mcp = Command::new(env!("CARGO_BIN_EXE_xyte-mcp"));
    let output = xyte_mcp.args(["plugin", command, "--help"]).output().unwrap();
    assert!(output.status.success(), "there is no `xyte-mcp plugin {command}`");
    String::from_utf8(output.stdout).unwrap()
}

/// Grant files that documents show are understood.
#[test]
fn documents_show_grant_files_that_are_understood() {
    let directory = tempfile::tempdir().unwrap();
    for document in ["README.md", "PLUGINS.md", "plugin-sdk/README.md"] {
        let text = std::fs::read_to_string(fixtures::root().join(document)).unwrap();
        let blocks = text.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap());
        let mut grants = 0;
        for block in blocks.filter(|block| block.contains("routes = ")) {
            let path = directory.path().join("shown.toml");
            std::fs::write(&path, block).unwrap();
            let grant = GrantFile::read(&path).unwrap_or_else(|error| panic!("{document}: {error}\n{block}"));
            assert!(grant.enabled && grant.routes.listed().next().is_some(), "{document}\n{block}");
            grants += 1;
        }
        assert!(grants > 0, "{document}");
    }
}
