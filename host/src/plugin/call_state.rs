//! What the host keeps beside one running instance.

use std::sync::Arc;
use std::sync::atomic::AtomicU32;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use wasmtime::component::ResourceTable;
use wasmtime_wasi::{WasiCtx, WasiCtxView, WasiView};

use super::change::Notifier;
use super::exchange::{Exchange, Reporter};
use super::guest_log::GuestLog;
use super::limits::{RESOURCE_TABLE_MAX, WASI_RANDOM_BYTES_MAX};
use super::memory::Ceiling;
use super::output::Output;
use super::resource::Served;
use super::settings::PluginSettings;
use crate::store::{Owner, StateStore};
use crate::tenant::UserId;
use crate::xyte::Outbound;

/// A store's data: limits, WASI, and what the imports need.
pub(super) struct CallState {
    pub(super) ceiling: Ceiling,
    pub(super) cpu_ticks: u32,
    pub(super) log: Arc<GuestLog>,
    pub(super) settings: Arc<PluginSettings>,
    /// None while the plugin describes itself: everything but log and settings is refused then.
    pub(super) call: Option<RunningCall>,
    wasi: WasiCtx,
    table: ResourceTable,
}

/// The call that an instance serves.
#[derive(Clone)]
pub(super) struct RunningCall {
    pub(super) outbound: Arc<Outbound>,
    pub(super) request_id: Arc<str>,
    pub(super) tenant: Arc<str>,
    pub(super) deadline: Instant,
    pub(super) cancelled: CancellationToken,
    pub(super) user: Option<Arc<str>>,
    pub(super) keeper: Arc<Keeper>,
    pub(super) exchange: Arc<Exchange>,
    pub(super) reporter: Arc<Reporter>,
    pub(super) notifier: Arc<Notifier>,
    /// What the plugin serves, to which its news are held.
    pub(super) resources: Arc<[Served]>,
}

/// The values of the call's tenant that its plugin may see.
#[derive(Debug)]
pub(super) struct Keeper {
    pub(super) store: StateStore,
    pub(super) owner: Owner,
    pub(super) user: Option<UserId>,
    /// How often the call has used it.
    pub(super) operations: AtomicU32,
}

impl CallState {
    pub(super) fn new(
        log: Arc<GuestLog>,
        settings: Arc<PluginSettings>,
        call: Option<RunningCall>,
    ) -> CallState {
        let wasi = WasiCtx::builder()
            .stdout(Output::stdout(log.clone()))
            .stderr(Output::stderr(log.clone()))
            .max_random_size(WASI_RANDOM_BYTES_MAX)
            .build();
        let mut table = ResourceTable::new();
        table.set_max_capacity(RESOURCE_TABLE_MAX);
        CallState { ceiling: Ceiling::default(), cpu_ticks: 0, log, settings, call, wasi, table }
    }

    /// The running call.
    ///
    /// # Errors
    /// The plugin describes itself; the error ends it.
    pub(super) fn call(&self) -> wasmtime::Result<&RunningCall> {
        self.call
            .as_ref()
            .ok_or_else(|| wasmtime::Error::msg("only log and config may be used while describing"))
    }
}

impl WasiView for CallState {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView { ctx: &mut self.wasi, table: &mut self.table }
    }
}
