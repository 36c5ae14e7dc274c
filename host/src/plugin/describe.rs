//! Asking a plugin what it is, before anybody may call it.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures_util::FutureExt;
use wasmtime::Store;
use wasmtime::component::InstancePre;

use super::bindings::{describe, prompts, resources};
use super::call_state::CallState;
use super::engine;
use super::exports::Exports;
use super::fault::Fault;
use super::guest_log::{GuestLog, Origin};
use super::hidden;
use super::limits::DESCRIBE_TIMEOUT;
use super::load_error::{LoadError, REBUILD};
use super::manifest::ManifestError;
use super::settings::PluginSettings;

/// Characters of a plugin's own word on why it cannot run.
const DECLINED_CHARS_MAX: usize = 500;

/// What a plugin says of itself, unchecked.
pub(super) struct Described {
    pub(super) manifest: describe::Manifest,
    pub(super) resources: Vec<resources::ServedResource>,
    pub(super) prompts: Vec<prompts::Prompt>,
    /// Bytes of linear memory that it took.
    pub(super) memory_bytes: usize,
}

/// Makes an instance, asks it everything that is asked once, and drops it.
pub(super) async fn describe(
    name: &str,
    pre: &InstancePre<CallState>,
    exports: &Exports,
    settings: &Arc<PluginSettings>,
) -> Result<Described, LoadError> {
    let mut store = describing(name, pre, settings);
    // A panic of the engine refuses one file, here as when it compiles.
    let asked = AssertUnwindSafe(ask(&mut store, pre, exports)).catch_unwind();
    match tokio::time::timeout(DESCRIBE_TIMEOUT, asked).await {
        Ok(Ok(described)) => described,
        Ok(Err(_panic)) => Err(LoadError::Compiler),
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
    let declined = |reason: String| ManifestError::Declined(hidden::shown(&reason, DECLINED_CHARS_MAX));
    let instance = pre.instantiate_async(&mut *store).await.map_err(broke)?;
    exports.check_types(&mut *store, &instance).map_err(|error| {
        LoadError::Contract(format!("an export has another type than the contract's ({error:#}). {REBUILD}"))
    })?;
    let guest = exports.describe.load(&mut *store, &instance).map_err(broke)?;
    let manifest = guest.call_describe(&mut *store).await.map_err(broke)?.map_err(declined)?;
    let mut described = Described { manifest, resources: Vec::new(), prompts: Vec::new(), memory_bytes: 0 };
    if let Some(exports) = &exports.resources {
        let guest = exports.load(&mut *store, &instance).map_err(broke)?;
        described.resources = guest.call_serves(&mut *store).await.map_err(broke)?.map_err(declined)?;
    }
    if let Some(exports) = &exports.prompts {
        let guest = exports.load(&mut *store, &instance).map_err(broke)?;
        described.prompts = guest.call_list_prompts(&mut *store).await.map_err(broke)?.map_err(declined)?;
    }
    described.memory_bytes = store.data().ceiling.bytes();
    Ok(described)
}
