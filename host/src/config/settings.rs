//! From values to types.

use std::path::PathBuf;
use std::str::FromStr;

use etcetera::BaseStrategy;
use secrecy::SecretString;

use super::base_url::BaseUrl;
use super::error::ConfigError;
use super::origin::Origin;
use super::setting::{self, Setting, Source};
use super::sources::{Sources, invalid};

/// Whose keys the host works with. Decided once, here; nothing else asks whether a key is blank.
#[derive(Debug)]
pub enum Tenancy {
    /// One configured key. A request may bring another of its own.
    Single(SecretString),
    /// Every request brings its key; there is no other.
    Multi,
}

impl Tenancy {
    /// `single` or `multi`, as the start-up line says it.
    pub fn as_str(&self) -> &'static str {
        match self {
            Tenancy::Single(_) => "single",
            Tenancy::Multi => "multi",
        }
    }
}

/// Where to listen: a host, by name or address, and a port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListenAddress {
    /// A name or an address; an IPv6 address without its brackets.
    pub host: String,
    /// 0 picks a free one.
    pub port: u16,
}

impl FromStr for ListenAddress {
    type Err = String;

    fn from_str(text: &str) -> Result<ListenAddress, String> {
        let fail = || "expected HOST:PORT, such as 127.0.0.1:8080 or [::1]:8080".to_owned();
        let (host, port) = text.rsplit_once(':').ok_or_else(fail)?;
        let port = port.parse().map_err(|_| fail())?;
        let host = match host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
            Some(inner) => inner,
            None if host.contains(':') => return Err(fail()),
            None => host,
        };
        if host.is_empty() || host.contains(char::is_whitespace) {
            return Err(fail());
        }
        Ok(ListenAddress { host: host.to_owned(), port })
    }
}

/// Everything the host is told, checked.
#[derive(Debug)]
pub struct Settings {
    /// Whose keys.
    pub tenancy: Tenancy,
    /// Where the Xyte API is.
    pub base_url: BaseUrl,
    /// Where to listen.
    pub listen: ListenAddress,
    /// Host names that requests may be addressed to besides the loopback ones.
    pub allowed_hosts: Vec<String>,
    /// Origins of web pages that may call.
    pub allowed_origins: Vec<String>,
    /// Where plugins are.
    pub plugins_dir: PathBuf,
    /// What the host keeps.
    pub data_dir: PathBuf,
    /// Whether experimental tools exist.
    pub experimental_apis: bool,
    /// Whether older clients get sessions.
    pub mcp_sessions: bool,
    /// Whose state plugins see over stdio.
    pub user_token: Option<String>,
    /// How much is logged.
    pub log_level: String,
}

const LOG_LEVELS: [&str; 5] = ["error", "warn", "info", "debug", "trace"];

impl Settings {
    /// Understands what was given.
    ///
    /// # Errors
    /// The first setting that makes no sense, or that was set where it must not be.
    pub fn load(sources: &Sources) -> Result<Settings, ConfigError> {
        let (tenancy, key_origin) = tenancy(sources)?;
        refuse_lures(sources, key_origin.as_ref())?;
        let data_dir = match sources.value(&setting::DATA_DIR) {
            Some((path, _)) => PathBuf::from(path),
            None => platform_data_dir()?,
        };
        let plugins_dir = match sources.value(&setting::PLUGINS_DIR) {
            Some((path, _)) => PathBuf::from(path),
            None => data_dir.join("plugins"),
        };
        Ok(Settings {
            tenancy,
            base_url: parsed(sources, &setting::BASE_URL)?.unwrap_or_default(),
            listen: parsed(sources, &setting::LISTEN)?.unwrap_or_else(default_listen),
            allowed_hosts: list(sources, &setting::ALLOWED_HOSTS),
            allowed_origins: list(sources, &setting::ALLOWED_ORIGINS),
            plugins_dir,
            data_dir,
            experimental_apis: switch(sources, &setting::EXPERIMENTAL_APIS)?,
            mcp_sessions: switch(sources, &setting::MCP_SESSIONS)?,
            user_token: sources.value(&setting::USER_TOKEN).map(|(token, _)| token.to_owned()),
            log_level: log_level(sources)?,
        })
    }
}

fn default_listen() -> ListenAddress {
    setting::LISTEN.default.parse().expect("the default address is valid")
}

/// Whose keys, and where the key itself stands, if it does: a file that only names another file does not hold it.
fn tenancy(sources: &Sources) -> Result<(Tenancy, Option<Origin>), ConfigError> {
    match (sources.value(&setting::API_KEY), sources.value(&setting::API_KEY_FILE)) {
        (Some(_), Some(_)) => {
            Err(ConfigError::Both { first: setting::API_KEY.name, second: setting::API_KEY_FILE.name })
        }
        (Some((key, origin)), None) => Ok((Tenancy::Single(key.into()), Some(origin))),
        (None, Some((path, origin))) => {
            let key = std::fs::read_to_string(path).map_err(|error| {
                invalid(&setting::API_KEY_FILE, origin.clone(), format!("{path} cannot be read ({error})"))
            })?;
            let key = key.trim();
            if key.is_empty() {
                let reason =
                    format!("{path} is empty; write the key into it, or unset this for multi-tenant mode");
                return Err(invalid(&setting::API_KEY_FILE, origin, reason));
            }
            Ok((Tenancy::Single(key.into()), None))
        }
        (None, None) => Ok((Tenancy::Multi, None)),
    }
}

/// An env file from a cloned project must not lead the real key elsewhere: what decides where keys go, and which
/// code runs beside them, may come from an env file only if the key that holds stands in it too. Naming a file that holds one is not enough: it
/// would lead any secret of this machine there.
fn refuse_lures(sources: &Sources, key_origin: Option<&Origin>) -> Result<(), ConfigError> {
    for setting in setting::ALL.iter().filter(|setting| setting.source == Source::WithKey) {
        let Some((_, origin @ Origin::EnvFile(path))) = &sources.value(setting) else { continue };
        if key_origin != Some(origin) {
            let reason = "an env file may say so only if it also gives the key in use; set it in the environment \
                          or on the command line";
            return Err(ConfigError::NotHere { path: path.clone(), name: setting.name, reason });
        }
    }
    Ok(())
}

fn platform_data_dir() -> Result<PathBuf, ConfigError> {
    let strategy = etcetera::choose_base_strategy().map_err(|_| ConfigError::NoDataDirectory)?;
    Ok(strategy.data_dir().join("xyte-mcp"))
}

fn parsed<T: FromStr<Err = String>>(
    sources: &Sources,
    setting: &'static Setting,
) -> Result<Option<T>, ConfigError> {
    let Some((text, origin)) = sources.value(setting) else { return Ok(None) };
    text.parse().map(Some).map_err(|reason| invalid(setting, origin, reason))
}

fn list(sources: &Sources, setting: &Setting) -> Vec<String> {
    let text = sources.value(setting).map(|(text, _)| text).unwrap_or_default();
    text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect()
}

fn switch(sources: &Sources, setting: &'static Setting) -> Result<bool, ConfigError> {
    match sources.value(setting) {
        None => Ok(setting.default == "true"),
        Some(("true" | "1", _)) => Ok(true),
        Some(("false" | "0", _)) => Ok(false),
        Some((_, origin)) => Err(invalid(setting, origin, "expected true or false")),
    }
}

fn log_level(sources: &Sources) -> Result<String, ConfigError> {
    let Some((text, origin)) = sources.value(&setting::LOG_LEVEL) else {
        return Ok(setting::LOG_LEVEL.default.to_owned());
    };
    let level = text.to_ascii_lowercase();
    if LOG_LEVELS.contains(&level.as_str()) {
        return Ok(level);
    }
    Err(invalid(&setting::LOG_LEVEL, origin, format!("expected one of {}", LOG_LEVELS.join(", "))))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn base() -> Sources {
        Sources::default().environment("XYTE_DATA_DIR", "/data")
    }

    fn load(sources: &Sources) -> Result<Settings, String> {
        Settings::load(sources).map_err(|error| error.to_string())
    }

    fn env_file(text: &str) -> (tempfile::TempDir, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("test.env");
        std::fs::write(&path, text).unwrap();
        (dir, path)
    }

    #[test]
    fn without_anything_the_host_is_multi_tenant_on_loopback() {
        let settings = load(&base()).unwrap();
        assert!(matches!(settings.tenancy, Tenancy::Multi));
        assert_eq!(settings.base_url.to_string(), "https://hub.xyte.io");
        assert_eq!(settings.listen, ListenAddress { host: "127.0.0.1".into(), port: 8080 });
        assert_eq!(settings.plugins_dir, Path::new("/data/plugins"));
        assert!(!settings.experimental_apis);
    }

    #[test]
    fn the_documented_defaults_are_the_real_ones() {
        let settings = load(&base()).unwrap();
        assert_eq!(setting::BASE_URL.default, settings.base_url.to_string());
        assert_eq!(setting::EXPERIMENTAL_APIS.default, settings.experimental_apis.to_string());
        assert_eq!(setting::LOG_LEVEL.default, settings.log_level);
    }

    #[test]
    fn a_blank_key_is_an_absent_key() {
        for blank in ["", " ", "\t\n "] {
            let settings = load(&base().environment("XYTE_API_KEY", blank)).unwrap();
            assert_eq!(settings.tenancy.as_str(), "multi");
        }
        assert_eq!(load(&base().environment("XYTE_API_KEY", "k")).unwrap().tenancy.as_str(), "single");
    }

    #[test]
    fn the_command_line_wins_over_the_environment_over_files() {
        let (_dir, path) = env_file("XYTE_LISTEN=127.0.0.1:3\nXYTE_LOG_LEVEL=warn\n");
        let toml = path.with_extension("toml");
        std::fs::write(&toml, "listen = \"127.0.0.1:4\"\nlog_level = \"error\"\nexperimental_apis = true")
            .unwrap();
        let sources = base()
            .env_file(&path)
            .unwrap()
            .file(&toml)
            .unwrap()
            .environment("XYTE_LISTEN", "127.0.0.1:2")
            .argument(&setting::LISTEN, Some("127.0.0.1:1".into()));
        let settings = load(&sources).unwrap();
        assert_eq!(settings.listen.port, 1);
        assert_eq!(settings.log_level, "warn");
        assert!(settings.experimental_apis);
    }

    #[test]
    fn an_env_file_cannot_redirect_a_key_that_it_does_not_give() {
        for lure in ["XYTE_BASE_URL=https://evil.example", "XYTE_PLUGINS_DIR=/evil", "XYTE_DATA_DIR=/evil"] {
            let bare = || Sources::default().environment("XYTE_LOG_LEVEL", "info");
            let (_dir, path) = env_file(lure);
            for key in ["", "the-real-key"] {
                let sources = bare().environment("XYTE_API_KEY", key).env_file(&path).unwrap();
                let error = load(&sources).unwrap_err();
                assert!(error.contains("may say so only if it also gives the key in use"), "{error}");
            }
            let (_dir, path) = env_file(&format!("{lure}\nXYTE_API_KEY=its-own"));
            let other = bare().environment("XYTE_API_KEY", "the-real-key").env_file(&path).unwrap();
            assert!(load(&other).is_err(), "the key in use is not the file's");
            if !lure.contains("DATA_DIR") {
                let own = base().env_file(&path).unwrap();
                assert!(load(&own).is_ok(), "{lure}");
            }
            let (secrets, secret) = env_file("a-secret-of-this-machine");
            let (_dir, path) = env_file(&format!("{lure}\nXYTE_API_KEY_FILE={}", secret.display()));
            let error = load(&bare().env_file(&path).unwrap()).unwrap_err();
            assert!(error.contains("may say so only if it also gives the key in use"), "{error}");
            drop(secrets);
        }
    }

    #[test]
    fn a_key_file_is_read_and_must_hold_something() {
        let (dir, path) = env_file("file-key\n");
        let key_file = |path: &Path| base().environment("XYTE_API_KEY_FILE", path.to_str().unwrap());
        assert_eq!(load(&key_file(&path)).unwrap().tenancy.as_str(), "single");
        std::fs::write(&path, "\n").unwrap();
        assert!(load(&key_file(&path)).unwrap_err().contains("is empty"));
        assert!(load(&key_file(&dir.path().join("none"))).unwrap_err().contains("cannot be read"));
        let both = key_file(&path).environment("XYTE_API_KEY", "k");
        assert!(load(&both).unwrap_err().contains("XYTE_API_KEY and XYTE_API_KEY_FILE are both set"));
    }

    #[test]
    fn a_wrong_value_is_named_with_its_place() {
        let cases = [
            ("XYTE_EXPERIMENTAL_APIS", "yes", "expected true or false"),
            ("XYTE_LOG_LEVEL", "loud", "expected one of error, warn"),
            ("XYTE_LISTEN", "8080", "expected HOST:PORT"),
            ("XYTE_LISTEN", "::1:80", "expected HOST:PORT"),
            ("XYTE_LISTEN", "host:99999", "expected HOST:PORT"),
            ("XYTE_BASE_URL", "http://hub.xyte.io", "use https"),
        ];
        for (name, value, reason) in cases {
            let error = load(&base().environment(name, value)).unwrap_err();
            assert!(error.contains(name) && error.contains("from the environment"), "{error}");
            assert!(error.contains(reason), "{error}");
        }
    }

    #[test]
    fn an_unknown_name_is_refused_in_a_file_and_reported_from_the_environment() {
        let (_dir, path) = env_file("XYTE_EXPERIMENTAL_API=true");
        let error = base().env_file(&path).err().unwrap().to_string();
        assert!(error.contains("did you mean `XYTE_EXPERIMENTAL_APIS`?"), "{error}");
        let (_dir, path) = env_file("OTHER_TOOL=1");
        assert!(base().env_file(&path).is_ok());
        let sources = base().environment("XYTE_MCP_SERVICE_HOST", "10.0.0.1");
        assert_eq!(sources.unknown_variables().collect::<Vec<_>>(), [("XYTE_MCP_SERVICE_HOST", None)]);
    }

    #[test]
    fn an_ipv6_address_is_taken_in_brackets() {
        let address: ListenAddress = "[::1]:8080".parse().unwrap();
        assert_eq!(address, ListenAddress { host: "::1".into(), port: 8080 });
    }
}
