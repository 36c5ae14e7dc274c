//! The operator's word on one plugin: `<plugin>.toml` beside its component.
//!
//! ```toml
//! enabled = true
//! routes = ["organization.devices.getDevices", "organization.devices.getDevice"]
//!
//! [settings]   # what the plugin's config schema describes
//! room = "Lobby"
//! ```

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Map, Value};
use xyte_catalog::Catalog;

use super::bindings::describe::Manifest;
use super::file;
use super::limits::GRANT_BYTES_MAX;

/// A grant file that was understood.
#[derive(Debug, Clone)]
pub struct GrantFile {
    /// Whether the plugin is loaded at all.
    pub enabled: bool,
    /// What is granted.
    pub routes: GrantedRoutes,
    /// The plugin's settings.
    pub settings: Map<String, Value>,
}

/// The operations that an operator grants to a plugin.
#[derive(Debug, Clone)]
pub enum GrantedRoutes {
    /// Those with these keys.
    Listed(Arc<BTreeSet<&'static str>>),
    /// Whatever the plugin asks for: for its author, against a simulated hub.
    AllAsked,
}

impl GrantedRoutes {
    /// The keys that are granted to a plugin that describes itself so.
    pub(super) fn resolve(&self, manifest: &Manifest) -> Arc<BTreeSet<&'static str>> {
        match self {
            GrantedRoutes::Listed(keys) => keys.clone(),
            GrantedRoutes::AllAsked => {
                let routes =
                    manifest.routes.iter().chain(manifest.tools.iter().flat_map(|tool| &tool.routes));
                let known = routes.filter_map(|route| {
                    Catalog::known().find(route.scope.into(), route.method.into(), &route.template)
                });
                Arc::new(known.map(|operation| operation.key.as_str()).collect())
            }
        }
    }

    /// The keys that are listed.
    pub fn listed(&self) -> impl Iterator<Item = &'static str> {
        let keys = match self {
            GrantedRoutes::Listed(keys) => Some(keys.iter().copied()),
            GrantedRoutes::AllAsked => None,
        };
        keys.into_iter().flatten()
    }
}

/// Why a grant file was refused. The plugin is not loaded then: a grant that cannot be read grants nothing, and
/// nobody should have to guess what was meant.
#[derive(Debug, thiserror::Error)]
pub enum GrantError {
    /// The file cannot be read.
    #[error("{path}: cannot be read")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// It is not TOML of the right form.
    #[error("{path}, line {line}: {reason}")]
    Syntax {
        /// The file.
        path: PathBuf,
        /// Where, counted from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// It grants an operation that does not exist.
    #[error("{path}: `routes` names {key:?}, which is no operation of the Xyte API{hint}")]
    UnknownOperation {
        /// The file.
        path: PathBuf,
        /// What it names.
        key: String,
        /// What was probably meant.
        hint: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    #[serde(default = "yes")]
    enabled: bool,
    #[serde(default)]
    routes: Vec<String>,
    #[serde(default)]
    settings: Map<String, Value>,
}

fn yes() -> bool {
    true
}

impl GrantFile {
    /// Grants whatever the plugin asks for.
    pub fn of_everything_asked(settings: Map<String, Value>) -> GrantFile {
        GrantFile { enabled: true, routes: GrantedRoutes::AllAsked, settings }
    }

    /// What holds without a file: the plugin is loaded, and reaches nothing.
    pub fn absent() -> GrantFile {
        GrantFile { enabled: true, routes: GrantedRoutes::Listed(Arc::default()), settings: Map::new() }
    }

    /// Reads the file, if there is one.
    ///
    /// # Errors
    /// It cannot be read, or something in it is not understood.
    pub fn read(path: &Path) -> Result<GrantFile, GrantError> {
        match file::read_text(path, GRANT_BYTES_MAX) {
            Ok(text) => GrantFile::parse(path, &text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(GrantFile::absent()),
            Err(source) => Err(GrantError::Read { path: path.to_owned(), source }),
        }
    }

    /// Reads the text of a file of that name.
    ///
    /// # Errors
    /// Something in it is not understood.
    pub fn parse(path: &Path, text: &str) -> Result<GrantFile, GrantError> {
        let text: Text = toml::from_str(text).map_err(|error| syntax(path, text, &error))?;
        let routes = text.routes.into_iter().map(|key| operation_key(path, key));
        let routes = GrantedRoutes::Listed(Arc::new(routes.collect::<Result<_, _>>()?));
        Ok(GrantFile { enabled: text.enabled, routes, settings: text.settings })
    }
}

/// Where and why, without the line itself: whoever put a secret there should not find it in a log.
fn syntax(path: &Path, text: &str, error: &toml::de::Error) -> GrantError {
    let line = error.span().map_or(0, |span| text[..span.start].matches('\n').count() + 1);
    GrantError::Syntax { path: path.to_owned(), line, reason: error.message().to_owned() }
}

fn operation_key(path: &Path, key: String) -> Result<&'static str, GrantError> {
    let catalog = Catalog::known();
    if let Some(operation) = catalog.get(&key) {
        return Ok(&operation.key);
    }
    let same =
        |known: &str| known.rsplit('.').next().is_some_and(|name| name.eq_ignore_ascii_case(last(&key)));
    let meant = catalog.operations().iter().find(|operation| same(&operation.key));
    let hint = meant.map(|operation| format!(" (did you mean {:?}?)", operation.key));
    let hint = hint.unwrap_or_else(|| "; `xyte-mcp plugin routes` lists them".to_owned());
    Err(GrantError::UnknownOperation { path: path.to_owned(), key, hint })
}

fn last(key: &str) -> &str {
    key.rsplit('.').next().unwrap_or(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<GrantFile, String> {
        GrantFile::parse(Path::new("devices.toml"), text).map_err(|error| error.to_string())
    }

    #[test]
    fn a_file_grants_what_it_lists_and_nothing_else() {
        let grant = parse("routes = [\"organization.devices.getDevices\"]").unwrap();
        assert!(grant.enabled);
        assert_eq!(grant.routes.listed().collect::<Vec<_>>(), ["organization.devices.getDevices"]);
        assert!(parse("").unwrap().routes.listed().next().is_none());
        assert!(!parse("enabled = false").unwrap().enabled);
        let absent = GrantFile::read(Path::new("/nowhere/devices.toml")).unwrap();
        assert!(absent.enabled && absent.routes.listed().next().is_none());
    }

    #[test]
    fn what_is_not_understood_is_refused_with_the_file() {
        let cases = [
            ("routes = [\"devices.getDevices\"]", "did you mean \"organization.devices.getDevices\"?"),
            ("routes = [\"organization.zebras\"]", "which is no operation"),
            ("route = []", "unknown field `route`"),
            ("enabled = \"yes\"", "invalid type"),
            ("routes = [", "devices.toml"),
        ];
        for (text, expected) in cases {
            let error = parse(text).unwrap_err();
            assert!(error.contains(expected) && error.contains("devices.toml"), "{error}");
        }
    }
}
