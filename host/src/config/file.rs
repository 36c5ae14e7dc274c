//! The format of a `--config` file: TOML, one key per setting.

use std::collections::BTreeMap;
use std::path::Path;

use super::error::ConfigError;
use super::setting::{self, Source};

/// Reads `base_url = "…"` lines into values by the settings' names.
pub(super) fn parse(path: &Path, text: &str) -> Result<BTreeMap<&'static str, String>, ConfigError> {
    let table: toml::Table = toml::from_str(text).map_err(|error| syntax(path, text, &error))?;
    table.into_iter().map(|(key, value)| entry(path, &key, value)).collect()
}

fn entry(path: &Path, key: &str, value: toml::Value) -> Result<(&'static str, String), ConfigError> {
    let Some(setting) = setting::ALL.iter().find(|setting| setting.file_key() == key) else {
        let nearest = setting::nearest(&format!("XYTE_{}", key.to_ascii_uppercase()));
        let nearest = nearest.and_then(setting::by_name).map(|setting| setting.file_key());
        return Err(ConfigError::Unknown { path: path.to_owned(), name: key.to_owned(), nearest });
    };
    if setting.source == Source::Secret {
        let reason = "a secret does not belong into a file that is shared; set it in the environment or use \
                      api_key_file";
        return Err(ConfigError::NotHere { path: path.to_owned(), name: setting.name, reason });
    }
    let text = match value {
        toml::Value::String(text) => text,
        toml::Value::Boolean(value) => value.to_string(),
        toml::Value::Integer(value) => value.to_string(),
        toml::Value::Array(items) if items.iter().all(toml::Value::is_str) => {
            items.iter().filter_map(toml::Value::as_str).collect::<Vec<_>>().join(",")
        }
        _ => {
            let reason = format!("{key} takes a string, a number, true or false, or a list of strings");
            return Err(ConfigError::Syntax { path: path.to_owned(), line: None, reason });
        }
    };
    Ok((setting.name, text))
}

fn syntax(path: &Path, text: &str, error: &toml::de::Error) -> ConfigError {
    let line = error.span().map(|span| text[..span.start].matches('\n').count() + 1);
    ConfigError::Syntax { path: path.to_owned(), line, reason: error.message().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<BTreeMap<&'static str, String>, String> {
        parse(Path::new("host.toml"), text).map_err(|error| error.to_string())
    }

    #[test]
    fn values_of_all_types_are_read_as_their_text() {
        let text =
            "base_url = \"https://hub.xyte.io\"\nexperimental_apis = true\nallowed_hosts = [\"a\", \"b\"]";
        let values = read(text).unwrap();
        assert_eq!(values["XYTE_BASE_URL"], "https://hub.xyte.io");
        assert_eq!(values["XYTE_EXPERIMENTAL_APIS"], "true");
        assert_eq!(values["XYTE_ALLOWED_HOSTS"], "a,b");
    }

    #[test]
    fn mistakes_are_named() {
        let cases = [
            ("base_ulr = \"x\"", "unknown setting `base_ulr` (did you mean `base_url`?)"),
            ("zebra = 1", "unknown setting `zebra`"),
            ("api_key = \"k\"", "XYTE_API_KEY cannot be set here"),
            ("listen = \"a\"\nlisten = \"b\"", "host.toml, line 2"),
            ("[listen]\na = 1", "listen takes a string"),
        ];
        for (text, expected) in cases {
            let error = read(text).unwrap_err();
            assert!(error.contains(expected), "{error}");
        }
    }
}
