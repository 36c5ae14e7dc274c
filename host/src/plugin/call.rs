//! One call in a fresh instance.

use std::sync::Arc;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use wasmtime::Store;
use wasmtime::component::Instance;

use super::answer::Answer;
use super::bindings::types::ToolOutcome;
use super::call_state::{CallState, Keeper, RunningCall};
use super::ended::{self, Declined, Ended};
use super::engine;
use super::exchange::{Exchange, Reporter, Reports};
use super::fault::Fault;
use super::guest_log::{GuestLog, Origin};
use super::limits::TRAP_TEXT_BYTES_MAX;
use super::loaded::Plugin;
use super::manifest::Tool;
use super::meter::Meter;
use super::text::cut;
use crate::json::Json;
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
    /// Where it is written what the call used.
    pub meter: Meter,
}

impl Plugin {
    /// Runs one tool in an instance of its own, which is dropped with the future. Whoever awaits it ends it in time:
    /// the future gives way while the guest computes, and dropping it ends guest and request alike.
    ///
    /// # Errors
    /// The guest broke, and how.
    pub async fn call(&self, tool: &Tool, arguments: Json, call: Call) -> Result<Ended<Answer>, Fault> {
        let arguments = arguments.into_string();
        let mut run = self.begin(&tool.name, &tool.grant, call);
        let outcome = async {
            let instance = run.instantiate(self).await?;
            let guest = self.exports().tools.load(&mut run.store, &instance)?;
            guest.call_call_tool(&mut run.store, &tool.name, &arguments).await
        };
        let outcome = outcome.await;
        let wrote = run.outbound.wrote();
        match run.judge(outcome)? {
            Ok(ToolOutcome::Complete(result)) => Answer::check(result).map(Ended::Done),
            Ok(ToolOutcome::NeedsInput(needs)) => ended::asked(needs, wrote),
            Ok(ToolOutcome::Other(_)) => Err(ended::unknown()),
            Err(refusal) => Declined::check(refusal).map(Ended::Declined),
        }
    }

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
