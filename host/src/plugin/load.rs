//! From a file to a plugin, through every check.
//!
//! The file is read once: what is hashed is what is compiled. Nothing of it runs before its imports were judged, and
//! the first thing that runs is `describe`, under the limits of a call and with nothing but a log.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest as _, Sha256};
use wasmtime::Engine;
use wasmtime::component::{Component, InstancePre};

use super::call_state::CallState;
use super::candidate::Candidate;
use super::contract;
use super::describe::describe;
use super::engine::Runtime;
use super::exports::Exports;
use super::file;
use super::grant_file::GrantFile;
use super::interfaces::Interfaces;
use super::limits::COMPONENT_BYTES_MAX;
use super::load_error::{LoadError, REBUILD};
use super::loaded::{Digest, Plugin};
use super::manifest::{Manifest, ManifestError};
use super::prompt;
use super::resource;
use super::settings::PluginSettings;
use super::wasi;

/// Loads plugins, one after the other: compiling is the most expensive thing the host does.
#[derive(Clone)]
pub struct Loader {
    runtime: Arc<Runtime>,
}

impl Loader {
    /// A loader for one engine.
    pub fn new(runtime: Arc<Runtime>) -> Loader {
        Loader { runtime }
    }

    /// Loads one plugin with its grant. None: its grant file disables it.
    ///
    /// # Errors
    /// The first check that it fails.
    pub async fn load(&self, candidate: &Candidate) -> Result<Option<Plugin>, LoadError> {
        let grant = GrantFile::read(&candidate.grant)?;
        if !grant.enabled {
            return Ok(None);
        }
        self.load_with(candidate, &grant).await.map(Some)
    }

    /// Loads one plugin with a grant that stands in no file.
    ///
    /// # Errors
    /// The first check that it fails.
    pub async fn load_with(&self, candidate: &Candidate, grant: &GrantFile) -> Result<Plugin, LoadError> {
        if !is_plugin_name(&candidate.name) {
            return Err(LoadError::Name);
        }
        let refuse = |reason| LoadError::Settings { path: candidate.grant.clone(), reason };
        let settings = Arc::new(PluginSettings::new(&grant.settings).map_err(refuse)?);
        let Compiled { digest, interfaces, pre, exports } = self.compile(candidate.component.clone()).await?;
        let described = describe(&candidate.name, &pre, &exports, &settings).await?;
        let plugin = ManifestError::Plugin;
        let resources = resource::check(described.resources).map_err(plugin)?;
        let prompts = prompt::check(described.prompts).map_err(plugin)?;
        let manifest = Manifest::check(described.manifest, &candidate.name, &grant.routes)?;
        settings.check(manifest.config_schema.as_ref()).map_err(refuse)?;
        let (id, runtime) = (candidate.name.clone(), self.runtime.clone());
        Ok(Plugin {
            id,
            digest,
            manifest,
            resources: resources.into(),
            prompts,
            settings,
            interfaces,
            pre,
            exports,
            _runtime: runtime,
        })
    }

    /// Off the async threads, and in a task of its own, so that a panic of the compiler refuses one file.
    async fn compile(&self, path: PathBuf) -> Result<Compiled, LoadError> {
        let runtime = self.runtime.clone();
        let compiled = tokio::task::spawn_blocking(move || {
            let bytes = read(&path)?;
            let digest = Digest(Sha256::digest(&bytes).into());
            let (interfaces, pre, exports) = compile(&runtime, &bytes)?;
            Ok(Compiled { digest, interfaces, pre, exports })
        });
        compiled.await.unwrap_or(Err(LoadError::Compiler))
    }
}

/// A component with everything that it needs and offers found.
struct Compiled {
    digest: Digest,
    interfaces: Interfaces,
    pre: InstancePre<CallState>,
    exports: Exports,
}

fn read(path: &Path) -> Result<Vec<u8>, LoadError> {
    file::read(path, COMPONENT_BYTES_MAX).map_err(|source| match source.kind() {
        std::io::ErrorKind::FileTooLarge => LoadError::TooLarge,
        _ => LoadError::Read { path: path.to_owned(), source },
    })
}

fn compile(
    runtime: &Runtime,
    bytes: &[u8],
) -> Result<(Interfaces, InstancePre<CallState>, Exports), LoadError> {
    if Engine::detect_precompiled(bytes).is_some() {
        return Err(LoadError::Precompiled);
    }
    let component = Component::from_binary(runtime.engine(), bytes)
        .map_err(|error| LoadError::NotAComponent(error.root_cause().to_string()))?;
    for (interface, _) in component.component_type().imports(runtime.engine()) {
        if let Some(instead) = wasi::refusal(interface) {
            return Err(LoadError::ForbiddenImport { interface: interface.to_owned(), instead });
        }
    }
    contract::check_imports(&component, runtime.engine()).map_err(LoadError::Contract)?;
    let differs = |error: wasmtime::Error| LoadError::Contract(format!("{error:#}. {REBUILD}"));
    let pre = runtime.link(&component).map_err(differs)?;
    let exports = Exports::find(&pre).map_err(differs)?;
    Ok((Interfaces::of(&component, runtime.engine()), pre, exports))
}

/// Whether a text may be a plugin's name: `[a-z][a-z0-9-]{0,39}`.
pub fn is_plugin_name(name: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    name.len() <= 40 && name.starts_with(|first: char| first.is_ascii_lowercase()) && name.bytes().all(plain)
}
