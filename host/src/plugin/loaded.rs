//! A plugin that can serve calls, and what it says of itself.

use std::fmt;
use std::sync::Arc;

use wasmtime::component::InstancePre;

use super::call_state::CallState;
use super::describe::describe;
use super::engine::Runtime;
use super::exports::Exports;
use super::interfaces::Interfaces;
use super::load_error::LoadError;
use super::manifest::{Manifest, Tool};
use super::prompt::Prompt;
use super::resource::Served;
use super::schema::Schema;
use super::settings::PluginSettings;
use crate::xyte::Grant;

/// A plugin that passed every check and can serve calls.
pub struct Plugin {
    pub(super) id: String,
    pub(super) digest: Digest,
    pub(super) manifest: Manifest,
    pub(super) resources: Arc<[Served]>,
    pub(super) prompts: Vec<Prompt>,
    pub(super) settings: Arc<PluginSettings>,
    pub(super) interfaces: Interfaces,
    pub(super) pre: InstancePre<CallState>,
    pub(super) exports: Exports,
    /// Keeps the engine's clock ticking: without it a guest that computes would never give way.
    pub(super) _runtime: Arc<Runtime>,
}

/// The SHA-256 of a component's bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Digest(pub(super) [u8; 32]);

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
        let described = describe(&self.id, &self.pre, &self.exports, &self.settings).await?;
        Ok(described.memory_bytes)
    }

    /// What its component imports and exports.
    pub fn interfaces(&self) -> &Interfaces {
        &self.interfaces
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

    pub(super) fn shared_resources(&self) -> Arc<[Served]> {
        self.resources.clone()
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
