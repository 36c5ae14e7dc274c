//! From a file to a plugin, through every check.
//!
//! The file is read once: what is hashed is what is compiled. Nothing of it runs before its imports were judged, and
//! the first thing that runs is `describe`, under the limits of a call and with nothing but a log.

use std::fmt;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest as _, Sha256};
use wasmtime::Engine;
use wasmtime::component::Component;

use super::bindings::PluginPre;
use super::candidate::Candidate;
use super::engine::{self, Runtime};
use super::fault::Fault;
use super::grant_file::{GrantError, GrantFile};
use super::guest_log::{GuestLog, Origin};
use super::limits::{COMPONENT_BYTES_MAX, DESCRIBE_TIMEOUT};
use super::manifest::{Manifest, ManifestError, Tool};
use super::state::CallState;
use super::wasi;

/// A plugin that passed every check and can serve calls.
pub struct Plugin {
    id: String,
    digest: Digest,
    manifest: Manifest,
    pre: PluginPre<CallState>,
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
    #[error("it is not a WebAssembly component: {0}. Rust builds one with --target wasm32-wasip2")]
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
    #[error("it does not fit the contract xyte:plugin@0.1.0: {0}. Rebuild it with this host's SDK")]
    Contract(String),
    /// `describe` broke.
    #[error("describing itself, {0}")]
    Describe(Fault),
    /// Its description was refused.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
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
        let (digest, pre) = self.compile(candidate.component.clone()).await?;
        let described = describe(&candidate.name, &pre).await?;
        let manifest = Manifest::check(described, &candidate.name, &grant.routes)?;
        let id = candidate.name.clone();
        Ok(Some(Plugin { id, digest, manifest, pre, _runtime: self.runtime.clone() }))
    }

    /// Off the async threads, and in a task of its own, so that a panic of the compiler refuses one file.
    async fn compile(&self, path: PathBuf) -> Result<(Digest, PluginPre<CallState>), LoadError> {
        let runtime = self.runtime.clone();
        let compiled = tokio::task::spawn_blocking(move || {
            let bytes = read(&path)?;
            let digest = Digest(Sha256::digest(&bytes).into());
            compile(&runtime, &bytes).map(|pre| (digest, pre))
        });
        compiled.await.unwrap_or(Err(LoadError::Compiler))
    }
}

fn read(path: &Path) -> Result<Vec<u8>, LoadError> {
    let mut bytes = Vec::new();
    let limit = COMPONENT_BYTES_MAX + 1;
    std::fs::File::open(path)
        .and_then(|file| file.take(limit).read_to_end(&mut bytes))
        .map_err(|source| LoadError::Read { path: path.to_owned(), source })?;
    if bytes.len() as u64 == limit {
        return Err(LoadError::TooLarge);
    }
    Ok(bytes)
}

fn compile(runtime: &Runtime, bytes: &[u8]) -> Result<PluginPre<CallState>, LoadError> {
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
    runtime.link(&component).map_err(|error| LoadError::Contract(format!("{error:#}")))
}

async fn describe(
    name: &str,
    pre: &PluginPre<CallState>,
) -> Result<super::bindings::describe::Manifest, LoadError> {
    let nobody: Arc<str> = "-".into();
    let log = Arc::new(GuestLog::new(Origin {
        plugin: name.into(),
        tool: "describe".into(),
        tenant: nobody.clone(),
        request_id: nobody,
    }));
    let mut store = engine::store(pre.engine(), CallState::new(log, None));
    let described = async {
        let instance = pre.instantiate_async(&mut store).await?;
        instance.xyte_plugin_describe().call_describe(&mut store).await
    };
    match tokio::time::timeout(DESCRIBE_TIMEOUT, described).await {
        Ok(Ok(Ok(manifest))) => Ok(manifest),
        Ok(Ok(Err(reason))) => Err(ManifestError::Declined(reason.chars().take(500).collect()).into()),
        Ok(Err(error)) => Err(LoadError::Describe(Fault::from_engine(&error))),
        Err(_) => Err(LoadError::Describe(Fault::Deadline(DESCRIBE_TIMEOUT))),
    }
}

/// `[a-z][a-z0-9-]{0,39}`
fn is_plugin_name(name: &str) -> bool {
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

    pub(super) fn pre(&self) -> &PluginPre<CallState> {
        &self.pre
    }
}

impl fmt::Debug for Plugin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Plugin").field("id", &self.id).field("digest", &self.digest).finish_non_exhaustive()
    }
}
