//! Documents that the code decides about.

use std::collections::BTreeSet;

use xyte_mcp::config::setting;

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
    for document in ["README.md", "CHANGELOG.md"] {
        let text = std::fs::read_to_string(fixtures::root().join(document)).unwrap();
        let words = text.split(|char: char| !(char.is_ascii_alphanumeric() || char == '_'));
        for word in words.filter(|word| word.starts_with("XYTE_")) {
            assert!(known.contains(word), "{document} names {word}, which is no setting");
        }
    }
}
