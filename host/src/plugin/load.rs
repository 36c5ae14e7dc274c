//! From a file to a plugin, through every check.
//!
//! The file is read once: what is hashed is what is compiled. Nothing of it runs before its imports were judged, and
//! the first thing that runs is `describe`, under the limits of a call and with nothing but a log.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest as _, Sha256};
use wasmtime::component::{Component, InstancePre};
use wasmtime::{Engine, Store};

use super::candidate::Candidate;
use super::contract;
use super::engine::{self, Runtime};
use super::exports::Exports;
use super::fault::Fault;
use super::file;
use super::grant_file::{GrantError, GrantFile};
use super::guest_log::{GuestLog, Origin};
use super::limits::{COMPONENT_BYTES_MAX, DESCRIBE_TIMEOUT};
use super::manifest::{Manifest, ManifestError, Tool};
use super::prompt::{self, Prompt};
use super::resource::{self, Served};
use super::schema::Schema;
use super::settings::PluginSettings;
use super::state::CallState;
use super::wasi;
use crate::xyte::Grant;

/// A plugin that passed every check and can serve calls.
pub struct Plugin {
    id: String,
    digest: Digest,
    manifest: Manifest,
    resources: Vec<Served>,
    prompts: Vec<Prompt>,
    settings: Arc<PluginSettings>,
    pre: InstancePre<CallState>,
    exports: Exports,
    /// Keeps the engine's clock ticking: without it a guest that computes would never give way.
    _runtime: Arc<Runtime>,
}

/// The SHA-256 of a component's bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Digest([u8; 32]);

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("sha256:")?;
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Why a file is not served. Each says what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file cannot be read.
    #[error("{path}: cannot be read")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Its name cannot be a plugin's.
    #[error("a plugin's file is named [a-z][a-z0-9-]{{0,39}}.wasm; rename it")]
    Name,
    /// Too large to be compiled beside others.
    #[error("the file has more than {COMPONENT_BYTES_MAX} bytes; build it in release, optimised for size")]
    TooLarge,
    /// Machine code, which no check could look into.
    #[error("it is precompiled machine code, which is never loaded; provide the component itself")]
    Precompiled,
    /// No component, or a broken one.
    #[error(
        "it is not a WebAssembly component that can run here: {0}. Rust builds one with --target wasm32-wasip2, \
         JavaScript with componentize-qjs --sync and without --opt-size"
    )]
    NotAComponent(String),
    /// It wants something that plugins do not get.
    #[error("it imports {interface}, but {instead}")]
    ForbiddenImport {
        /// The interface.
        interface: String,
        /// Why not, and what to use.
        instead: &'static str,
    },
    /// A component, but of another contract, or of another version of this one.
    #[error("it does not fit the contract xyte:plugin@0.1.0: {0}")]
    Contract(String),
    /// `describe` broke.
    #[error("describing itself, {0}")]
    Describe(Fault),
    /// Its description was refused.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// Its settings do not fit what it expects.
    #[error("{path}: `settings`: {reason}")]
    Settings {
        /// The grant file.
        path: PathBuf,
        /// What does not fit.
        reason: String,
    },
    /// Its grant file was refused.
    #[error(transparent)]
    Grant(#[from] GrantError),
    /// The compiler panicked on it.
    #[error("the compiler failed on it; it is not served")]
    Compiler,
}

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
        if !is_plugin_name(&candidate.name) {
            return Err(LoadError::Name);
        }
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
        let refuse = |reason| LoadError::Settings { path: candidate.grant.clone(), reason };
        let settings = Arc::new(PluginSettings::new(&grant.settings).map_err(refuse)?);
        let Compiled { digest, pre, exports } = self.compile(candidate.component.clone()).await?;
        let described = describe(&candidate.name, &pre, &exports, &settings).await?;
        let plugin = ManifestError::Plugin;
        let resources = resource::check(described.resources).map_err(plugin)?;
        let prompts = prompt::check(described.prompts).map_err(plugin)?;
        let manifest = Manifest::check(described.manifest, &candidate.name, &grant.routes)?;
        settings.check(manifest.config_schema.as_ref()).map_err(refuse)?;
        let (id, runtime) = (candidate.name.clone(), self.runtime.clone());
        Ok(Plugin { id, digest, manifest, resources, prompts, settings, pre, exports, _runtime: runtime })
    }

    /// Off the async threads, and in a task of its own, so that a panic of the compiler refuses one file.
    async fn compile(&self, path: PathBuf) -> Result<Compiled, LoadError> {
        let runtime = self.runtime.clone();
        let compiled = tokio::task::spawn_blocking(move || {
            let bytes = read(&path)?;
            let digest = Digest(Sha256::digest(&bytes).into());
            compile(&runtime, &bytes).map(|(pre, exports)| Compiled { digest, pre, exports })
        });
        compiled.await.unwrap_or(Err(LoadError::Compiler))
    }
}

/// A component with everything that it needs and offers found.
struct Compiled {
    digest: Digest,
    pre: InstancePre<CallState>,
    exports: Exports,
}

/// What a plugin says of itself, unchecked.
struct Described {
    manifest: super::bindings::describe::Manifest,
    resources: Vec<super::bindings::resources::ServedResource>,
    prompts: Vec<super::bindings::prompts::Prompt>,
}

fn read(path: &Path) -> Result<Vec<u8>, LoadError> {
    file::read(path, COMPONENT_BYTES_MAX).map_err(|source| match source.kind() {
        std::io::ErrorKind::FileTooLarge => LoadError::TooLarge,
        _ => LoadError::Read { path: path.to_owned(), source },
    })
}

fn compile(runtime: &Runtime, bytes: &[u8]) -> Result<(InstancePre<CallState>, Exports), LoadError> {
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
    Ok((pre, exports))
}

/// What to do about a component whose types differ.
const REBUILD: &str = "Rebuild it with this host's SDK";

async fn describe(
    name: &str,
    pre: &InstancePre<CallState>,
    exports: &Exports,
    settings: &Arc<PluginSettings>,
) -> Result<Described, LoadError> {
    let mut store = describing(name, pre, settings);
    match tokio::time::timeout(DESCRIBE_TIMEOUT, ask(&mut store, pre, exports)).await {
        Ok(described) => described,
        Err(_) => Err(LoadError::Describe(Fault::Deadline(DESCRIBE_TIMEOUT))),
    }
}

/// A store in which a plugin can describe itself, and do nothing else.
fn describing(name: &str, pre: &InstancePre<CallState>, settings: &Arc<PluginSettings>) -> Store<CallState> {
    let nobody: Arc<str> = "-".into();
    let log = Arc::new(GuestLog::new(Origin {
        plugin: name.into(),
        tool: "describe".into(),
        tenant: nobody.clone(),
        request_id: nobody,
    }));
    engine::store(pre.engine(), CallState::new(log, settings.clone(), None))
}

async fn ask(
    store: &mut Store<CallState>,
    pre: &InstancePre<CallState>,
    exports: &Exports,
) -> Result<Described, LoadError> {
    let broke = |error: wasmtime::Error| LoadError::Describe(Fault::from_engine(&error));
    let declined = |reason: String| ManifestError::Declined(reason.chars().take(500).collect());
    let instance = pre.instantiate_async(&mut *store).await.map_err(broke)?;
    exports.check_types(&mut *store, &instance).map_err(|error| {
        LoadError::Contract(format!("an export has another type than the contract's ({error:#}). {REBUILD}"))
    })?;
    let guest = exports.describe.load(&mut *store, &instance).map_err(broke)?;
    let manifest = guest.call_describe(&mut *store).await.map_err(broke)?.map_err(declined)?;
    let mut described = Described { manifest, resources: Vec::new(), prompts: Vec::new() };
    if let Some(exports) = &exports.resources {
        let guest = exports.load(&mut *store, &instance).map_err(broke)?;
        described.resources = guest.call_serves(&mut *store).await.map_err(broke)?.map_err(declined)?;
    }
    if let Some(exports) = &exports.prompts {
        let guest = exports.load(&mut *store, &instance).map_err(broke)?;
        described.prompts = guest.call_list_prompts(&mut *store).await.map_err(broke)?.map_err(declined)?;
    }
    Ok(described)
}

/// Whether a text may be a plugin's name: `[a-z][a-z0-9-]{0,39}`.
pub fn is_plugin_name(name: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    name.len() <= 40 && name.starts_with(|first: char| first.is_ascii_lowercase()) && name.bytes().all(plain)
}

impl Plugin {
    /// The operator's name for it, which is also its own.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What was compiled.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// Its own version.
    pub fn version(&self) -> &str {
        &self.manifest.version
    }

    /// Its name for people.
    pub fn title(&self) -> &str {
        &self.manifest.title
    }

    /// What it is for.
    pub fn description(&self) -> &str {
        &self.manifest.description
    }

    /// Its tools, in its own order.
    pub fn tools(&self) -> &[Tool] {
        &self.manifest.tools
    }

    /// Makes an instance, has it describe itself, drops it, and says how many bytes of memory it held.
    ///
    /// # Errors
    /// It broke.
    pub async fn try_instance(&self) -> Result<usize, LoadError> {
        let mut store = describing(&self.id, &self.pre, &self.settings);
        let described =
            tokio::time::timeout(DESCRIBE_TIMEOUT, ask(&mut store, &self.pre, &self.exports)).await;
        described.map_err(|_| LoadError::Describe(Fault::Deadline(DESCRIBE_TIMEOUT)))??;
        Ok(store.data().ceiling.bytes())
    }

    /// What it serves to be read.
    pub fn resources(&self) -> &[Served] {
        &self.resources
    }

    /// Its prompts.
    pub fn prompts(&self) -> &[Prompt] {
        &self.prompts
    }

    /// What everything of it that is not a tool may send.
    pub fn grant(&self) -> &Grant {
        &self.manifest.grant
    }

    /// The schema of its settings, if it takes any.
    pub fn config_schema(&self) -> Option<&Schema> {
        self.manifest.config_schema.as_ref()
    }

    pub(super) fn settings(&self) -> &Arc<PluginSettings> {
        &self.settings
    }

    pub(super) fn exports(&self) -> &Exports {
        &self.exports
    }

    pub(super) fn pre(&self) -> &InstancePre<CallState> {
        &self.pre
    }
}

impl fmt::Debug for Plugin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Plugin").field("id", &self.id).field("digest", &self.digest).finish_non_exhaustive()
    }
}
