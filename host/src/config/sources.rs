//! Where values come from, and which one holds.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::error::ConfigError;
use super::origin::Origin;
use super::setting::{self, Setting};
use super::{env_file, file};

/// The prefix of every setting. Variables with another prefix are nobody's business here.
const PREFIX: &str = "XYTE_";

/// Everything that was given, before it is understood. It holds secrets and cannot be printed.
#[derive(Default)]
pub struct Sources {
    arguments: BTreeMap<&'static str, String>,
    environment: BTreeMap<String, String>,
    env_file: Option<(PathBuf, BTreeMap<String, String>)>,
    file: Option<(PathBuf, BTreeMap<&'static str, String>)>,
}

impl Sources {
    /// Takes the settings of the process environment. Nothing else reads it.
    ///
    /// # Errors
    /// A variable of ours that is not valid UTF-8.
    #[expect(clippy::disallowed_methods, reason = "the place that knows all settings")]
    pub fn from_process() -> Result<Sources, ConfigError> {
        let mut sources = Sources::default();
        for (name, value) in std::env::vars_os() {
            let Some(name) = name.to_str().filter(|name| name.starts_with(PREFIX)) else { continue };
            match (value.into_string(), setting::by_name(name)) {
                (Ok(value), _) => sources = sources.environment(name, &value),
                (Err(_), Some(setting)) => {
                    return Err(invalid(setting, Origin::Environment, "it is not valid UTF-8"));
                }
                // Not ours, and unreadable besides: as good as absent.
                (Err(_), None) => {}
            }
        }
        Ok(sources)
    }

    /// Adds one variable of the environment. For tests; a process uses [`Sources::from_process`].
    #[must_use]
    pub fn environment(mut self, name: &str, value: &str) -> Sources {
        self.environment.insert(name.to_owned(), value.to_owned());
        self
    }

    /// Adds a value from the command line, which overrides every other.
    #[must_use]
    pub fn argument(mut self, setting: &'static Setting, value: Option<String>) -> Sources {
        self.arguments.extend(value.map(|value| (setting.name, value)));
        self
    }

    /// Adds the file given by `--env-file`.
    ///
    /// # Errors
    /// The file cannot be read, is not of its format, or names an unknown `XYTE_` setting.
    pub fn env_file(mut self, path: &Path) -> Result<Sources, ConfigError> {
        let values = env_file::parse(path, &read(path)?)?;
        if let Some(name) = values.keys().find(|name| is_unknown(name)) {
            let nearest = setting::nearest(name).map(str::to_owned);
            return Err(ConfigError::Unknown { path: path.to_owned(), name: name.clone(), nearest });
        }
        self.env_file = Some((path.to_owned(), values));
        Ok(self)
    }

    /// Adds the file given by `--config`.
    ///
    /// # Errors
    /// The file cannot be read, is not TOML, or names an unknown setting.
    pub fn file(mut self, path: &Path) -> Result<Sources, ConfigError> {
        let values = file::parse(path, &read(path)?)?;
        self.file = Some((path.to_owned(), values));
        Ok(self)
    }

    /// Variables of the environment that look like settings and are none. They are reported and not refused, since
    /// orchestrators invent such names: a Kubernetes service called `xyte-mcp` sets XYTE_MCP_SERVICE_HOST.
    pub fn unknown_variables(&self) -> impl Iterator<Item = (&str, Option<&'static str>)> {
        let unknown = self.environment.keys().filter(|name| is_unknown(name));
        unknown.map(|name| (name.as_str(), setting::nearest(name)))
    }

    /// The value that holds, and where it was found. A blank value is an absent one, so that an empty line in a file
    /// means the same as no line.
    pub(super) fn value(&self, setting: &Setting) -> Option<(&str, Origin)> {
        let given = |value: Option<&String>| value.is_some_and(|value| !value.trim().is_empty());
        let argument = self.arguments.get(setting.name);
        let environment = self.environment.get(setting.name);
        let env_file = self.env_file.as_ref().map(|(path, values)| (path, values.get(setting.name)));
        let file = self.file.as_ref().map(|(path, values)| (path, values.get(setting.name)));
        let candidates = [
            (argument, Origin::CommandLine),
            (environment, Origin::Environment),
            (env_file.and_then(|(_, value)| value), origin(env_file.map(|(path, _)| path), Origin::EnvFile)),
            (file.and_then(|(_, value)| value), origin(file.map(|(path, _)| path), Origin::File)),
        ];
        let (value, origin) = candidates.into_iter().find(|(value, _)| given(*value))?;
        Some((value?.trim(), origin))
    }
}

fn origin(path: Option<&PathBuf>, make: fn(PathBuf) -> Origin) -> Origin {
    path.cloned().map_or(Origin::Default, make)
}

fn is_unknown(name: &str) -> bool {
    name.starts_with(PREFIX) && setting::by_name(name).is_none()
}

fn read(path: &Path) -> Result<String, ConfigError> {
    std::fs::read_to_string(path).map_err(|source| ConfigError::Read { path: path.to_owned(), source })
}

pub(super) fn invalid(setting: &Setting, origin: Origin, reason: impl Into<String>) -> ConfigError {
    ConfigError::Invalid { name: setting.name, origin, reason: reason.into() }
}
