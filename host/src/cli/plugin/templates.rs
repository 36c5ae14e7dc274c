//! The files of new projects. They are the repository's own examples, carried inside the binary together with the SDK
//! and the contract, so that a project can be made anywhere.

use super::Language;

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
}

/// How the examples are called, in the three spellings that are replaced by a new plugin's name.
const EXAMPLE: [&str; 3] = ["hello-devices", "hello_devices", "Hello devices"];
/// Where the example in Rust finds the SDK, and where a project does.
const SDK_IN_REPOSITORY: &str = "../../plugin-sdk";
const SDK_IN_PROJECT: &str = "vendor/xyte-plugin-sdk";

/// Paths and texts of a new project.
pub(super) fn project(language: Language, name: &str) -> Vec<(String, String)> {
    let own = match language {
        Language::Rust => embedded::HELLO_RUST,
        Language::Js => embedded::HELLO_JS,
        Language::Python => embedded::HELLO_PYTHON,
    };
    let mut files: Vec<(String, String)> = own
        .iter()
        .map(|(path, text)| {
            (renamed(path, name), renamed(&text.replace(SDK_IN_REPOSITORY, SDK_IN_PROJECT), name))
        })
        .collect();
    if language == Language::Rust {
        let sdk = embedded::SDK.iter();
        files.extend(sdk.map(|(path, text)| (format!("{SDK_IN_PROJECT}/{path}"), (*text).to_owned())));
    }
    files
}

fn renamed(text: &str, name: &str) -> String {
    let spellings = [name.to_owned(), name.replace('-', "_"), title(name)];
    EXAMPLE
        .iter()
        .zip(&spellings)
        .fold(text.to_owned(), |text, (example, spelling)| text.replace(example, spelling))
}

/// `Weather room` for `weather-room`.
fn title(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).map(|letter| if letter == '-' { ' ' } else { letter }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_project_bears_its_own_name_everywhere() {
        for language in [Language::Rust, Language::Js, Language::Python] {
            let files = project(language, "weather-room");
            for (path, text) in files.iter().filter(|(path, _)| !path.starts_with("vendor/")) {
                for example in EXAMPLE {
                    assert!(
                        !path.contains(example) && !text.contains(example),
                        "{path} still says {example}"
                    );
                }
            }
            let has = |name: &str| files.iter().any(|(path, _)| path == name);
            assert!(
                has("weather-room.toml") && has("README.md") && has("component-tests.toml"),
                "{language:?}"
            );
        }
        assert_eq!(title("weather-room"), "Weather room");
    }

    #[test]
    fn a_project_in_rust_carries_the_sdk_and_the_contract() {
        let files = project(Language::Rust, "weather-room");
        let text =
            |name: &str| &files.iter().find(|(path, _)| path == name).unwrap_or_else(|| panic!("{name}")).1;
        assert!(text("vendor/xyte-plugin-sdk/wit/plugin.wit").contains("package xyte:plugin@"));
        let manifest = text("vendor/xyte-plugin-sdk/Cargo.toml");
        assert!(!manifest.contains("workspace = true"), "{manifest}");
        assert!(text("Cargo.toml").contains("path = \"vendor/xyte-plugin-sdk\""));
    }
}
