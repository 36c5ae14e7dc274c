//! Tools: listed, and called.

use std::sync::Arc;

use arc_swap::ArcSwap;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use super::access::Policy;
use super::catalog::Catalog;
use super::offers::NO_TOOL;
use super::outcome::{Outcome, Refusal, Unknown};
use super::run::Job;
use super::scope::CallScope;
use super::view::View;
use crate::json::Json;
use crate::plugin::{Change, Changes};
use crate::store::StateStore;
use crate::tenant::Caller;
use crate::xyte::{FOLLOW_UP, Hub};

/// Calls that run at the same time. Each may hold 64 MiB; this many fill 4 GiB in the worst case, and 64 calls that
/// wait for the API keep it busier than it likes.
const CONCURRENT_CALLS_MAX: u32 = 64;

/// Bytes of a call's arguments, whichever way they come: what the contract lets a plugin expect.
pub const ARGUMENTS_BYTES_MAX: usize = 1 << 20;

/// What plugins offer, ready to be listed and called.
#[derive(Debug)]
pub struct Tools {
    pub(super) snapshot: ArcSwap<Snapshot>,
    pub(super) policy: Policy,
    pub(super) hub: Arc<Hub>,
    pub(super) store: StateStore,
    pub(super) turns: Semaphore,
    pub(super) changes: Changes,
    /// Fires when nothing more may run.
    pub(super) stopped: CancellationToken,
}

/// A catalog with the one view of it that there is: what may be seen depends on the operator alone.
#[derive(Debug)]
pub(super) struct Snapshot {
    pub(super) catalog: Arc<Catalog>,
    view: Arc<View>,
}

/// A request to run a tool.
#[derive(Debug, Clone)]
pub struct ToolCall {
    /// The tool's name.
    pub name: String,
    /// Its arguments: one JSON object.
    pub arguments: Json,
}

impl Snapshot {
    fn new(catalog: Arc<Catalog>, policy: Policy) -> Snapshot {
        let visible = catalog.entries().filter(|entry| policy.decide(entry.tool()).is_ok()).cloned();
        let view = Arc::new(View::new(visible.collect()));
        Snapshot { catalog, view }
    }
}

impl Tools {
    /// Serves the tools of a catalog, with requests going to `hub` and state kept in `store`.
    pub fn new(catalog: Arc<Catalog>, policy: Policy, hub: Arc<Hub>, store: StateStore) -> Tools {
        let snapshot = ArcSwap::from_pointee(Snapshot::new(catalog, policy));
        let turns = Semaphore::new(CONCURRENT_CALLS_MAX as usize);
        let (changes, stopped) = (Changes::default(), CancellationToken::new());
        Tools { snapshot, policy, hub, store, turns, changes, stopped }
    }

    /// The tools that exist for a caller.
    pub fn visible(&self, _caller: &Caller) -> Arc<View> {
        self.snapshot.load().view.clone()
    }

    /// Where it is told what changes.
    pub fn changes(&self) -> &Changes {
        &self.changes
    }

    /// Serves other plugins from now on, and tells everybody. A call that is under way ends with the plugin that it
    /// began with.
    pub fn replace(&self, catalog: Catalog) {
        self.snapshot.store(Arc::new(Snapshot::new(Arc::new(catalog), self.policy)));
        for list in [Change::Tools, Change::Resources, Change::Prompts] {
            self.changes.announce(list);
        }
    }

    /// Ends every call, whichever way it came in, and waits until the outcome of every write is known that was sent, but
    /// for no longer than a write is followed. Nothing can be called afterwards.
    pub async fn settle(&self) {
        self.stopped.cancel();
        let settled = async {
            // Who has a turn may be about to send a write.
            let _all = self.turns.acquire_many(CONCURRENT_CALLS_MAX).await;
            self.hub.settled().await;
        };
        if tokio::time::timeout(FOLLOW_UP, settled).await.is_err() {
            tracing::warn!("the host stops while a write is under way; its outcome stays unknown");
        }
    }

    /// Runs a tool for a caller and says how it ended.
    ///
    /// # Errors
    /// There is no such tool.
    pub async fn call(&self, caller: &Caller, call: &ToolCall, scope: CallScope) -> Result<Outcome, Unknown> {
        let catalog = self.catalog();
        let entry = catalog.find(&call.name).ok_or(NO_TOOL)?;
        let (plugin, tool) = (entry.plugin(), entry.tool());
        let job = Job { kind: "tool", name: &tool.name, plugin, timeout: tool.timeout };
        let admitted = self.policy.decide(tool);
        let check = || tool.input.check(&call.arguments.to_value()).map_err(Refusal::InvalidArguments);
        let serve = |running| plugin.call(tool, &call.arguments, running);
        Ok(self.run(job, caller, scope, admitted, check, serve).await)
    }
}
