//! What surrounds every call of an export: a store with its limits, and what the engine says at the end.

use std::sync::Arc;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use wasmtime::Store;
use wasmtime::component::Instance;

use super::call_state::{CallState, Keeper, RunningCall};
use super::change::{Changes, Notifier};
use super::engine;
use super::exchange::{Exchange, Reporter, Reports};
use super::fault::Fault;
use super::guest_log::{GuestLog, Origin};
use super::limits::TRAP_TEXT_BYTES_MAX;
use super::loaded::Plugin;
use super::meter::Meter;
use super::text::cut;
use crate::store::{Owner, StateStore};
use crate::tenant::UserId;
use crate::xyte::{Grant, Outbound, Sender};

/// What a call is made with, besides its arguments.
#[derive(Debug)]
pub struct Call {
    /// The hub with the caller's key.
    pub sender: Sender,
    /// The user that the caller acts for.
    pub user: Option<UserId>,
    /// Where plugins' state is kept.
    pub store: StateStore,
    /// Unique per call.
    pub request_id: Arc<str>,
    /// When it must be over.
    pub deadline: Instant,
    /// Fires when the caller has gone.
    pub cancelled: CancellationToken,
    /// What the client declared and answered.
    pub exchange: Exchange,
    /// Where the call may report to while it runs.
    pub reports: Reports,
    /// Where it is told what changed.
    pub changes: Changes,
    /// Where it is written what the call used.
    pub meter: Meter,
}

impl Plugin {
    /// Sets up a store with every limit in place, for one export of this plugin.
    pub(super) fn begin(&self, what: &str, grant: &Grant, call: Call) -> Run {
        let tenant = call.sender.credential.tenant;
        let log = Arc::new(GuestLog::new(Origin {
            plugin: self.id().into(),
            tool: what.into(),
            tenant: tenant.to_string().into(),
            request_id: call.request_id.clone(),
        }));
        let outbound = Arc::new(Outbound::new(call.sender, grant.clone(), call.deadline));
        let owner = Owner { tenant, plugin: self.id().to_owned() };
        let running = RunningCall {
            tenant: tenant.for_plugin(self.id()).into(),
            user: call.user.map(|user| user.for_plugin(self.id()).into()),
            outbound: outbound.clone(),
            request_id: call.request_id,
            deadline: call.deadline,
            cancelled: call.cancelled,
            keeper: Arc::new(Keeper { store: call.store, owner, user: call.user, operations: 0.into() }),
            exchange: Arc::new(call.exchange),
            reporter: Arc::new(Reporter::new(call.reports)),
            notifier: Arc::new(Notifier::new(call.changes, tenant)),
            resources: self.shared_resources(),
        };
        let state = CallState::new(log.clone(), self.settings().clone(), Some(running));
        Run { store: engine::store(self.pre().engine(), state), outbound, log, meter: call.meter }
    }
}

/// An instance's store while it serves one call.
pub(super) struct Run {
    pub(super) store: Store<CallState>,
    pub(super) outbound: Arc<Outbound>,
    log: Arc<GuestLog>,
    meter: Meter,
}

/// Also when the call is dropped before its end.
impl Drop for Run {
    fn drop(&mut self) {
        self.meter.record_memory(self.store.data().ceiling.bytes());
    }
}

impl Run {
    pub(super) async fn instantiate(&mut self, plugin: &Plugin) -> wasmtime::Result<Instance> {
        plugin.pre().instantiate_async(&mut self.store).await
    }

    /// What the engine says of a call that is over, logged if the guest broke.
    pub(super) fn judge<T>(&self, outcome: wasmtime::Result<T>) -> Result<T, Fault> {
        outcome.map_err(|error| {
            let fault = Fault::from_engine(&error);
            let memory = self.store.data().ceiling.bytes();
            // With the guest's stack, for the author; it holds names of functions and no values.
            let reason = cut(&format!("{error:#}"), TRAP_TEXT_BYTES_MAX).to_owned();
            let Origin { plugin, tool, request_id, .. } = self.log.origin();
            tracing::warn!(%plugin, %tool, %request_id, memory, reason, "the plugin broke");
            fault
        })
    }
}
