//! Why a file is not served.

use std::path::PathBuf;

use super::contract::VERSION;
use super::fault::Fault;
use super::grant_file::GrantError;
use super::limits::COMPONENT_BYTES_MAX;
use super::manifest::ManifestError;

/// What to do about a component whose types differ.
pub(super) const REBUILD: &str = "Rebuild it with this host's SDK";

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
    #[error("it does not fit the contract xyte:plugin@{VERSION}: {0}")]
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
    /// The engine panicked on it, as it was compiled or described itself.
    #[error("the engine failed on it; it is not served")]
    Compiler,
}
