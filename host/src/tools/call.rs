//! One call, from request to outcome: the deadline, the panic guard and the cancellation are here and nowhere else.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use futures_util::FutureExt;
use tokio::sync::Semaphore;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::access::Policy;
use super::catalog::{Catalog, Entry};
use super::outcome::{Outcome, Refusal};
use crate::json::Json;
use crate::plugin::{Call, Ended, Exchange, Fault, Meter, Reports};
use crate::store::StateStore;
use crate::tenant::{Caller, UserId};
use crate::xyte::{Hub, Sender};

/// Calls that run at the same time. Each may hold 64 MiB; this many fill 4 GiB in the worst case, and 64 calls that
/// wait for the API keep it busier than it likes.
const CONCURRENT_CALLS_MAX: usize = 64;
/// How long a call waits for its turn. Longer, and the client would rather know.
const TURN_TIMEOUT: Duration = Duration::from_secs(2);

/// Bytes of a call's arguments, whichever way they come: what the contract lets a plugin expect.
pub const ARGUMENTS_BYTES_MAX: usize = 1 << 20;

/// The tools, ready to be listed and called.
#[derive(Debug)]
pub struct Tools {
    catalog: ArcSwap<Catalog>,
    policy: Policy,
    hub: Arc<Hub>,
    store: StateStore,
    turns: Semaphore,
}

/// A request to run a tool.
#[derive(Debug)]
pub struct ToolCall {
    /// The tool's name.
    pub name: String,
    /// Its arguments: one JSON object.
    pub arguments: Json,
}

/// What surrounds a call.
#[derive(Debug, Clone, Default)]
pub struct CallScope {
    /// Fires when the caller has gone or took the call back; the guest is dropped then.
    pub cancelled: CancellationToken,
    /// What the client declared and answered.
    pub exchange: Exchange,
    /// Where the call may report to while it runs.
    pub reports: Reports,
    /// What the call used, once it is over.
    pub meter: Meter,
}

/// There is no tool of that name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no tool of that name")]
pub struct UnknownTool;

impl Tools {
    /// Serves the tools of a catalog, with requests going to `hub` and state kept in `store`.
    pub fn new(catalog: Arc<Catalog>, policy: Policy, hub: Arc<Hub>, store: StateStore) -> Tools {
        let catalog = ArcSwap::new(catalog);
        Tools { catalog, policy, hub, store, turns: Semaphore::new(CONCURRENT_CALLS_MAX) }
    }

    /// The tools that exist for a caller, sorted by name.
    pub fn visible(&self, _caller: &Caller) -> Vec<Entry> {
        let catalog = self.catalog.load();
        catalog.entries().filter(|entry| self.policy.decide(entry.tool()).is_ok()).cloned().collect()
    }

    /// One of them, by name.
    pub fn find_visible(&self, _caller: &Caller, name: &str) -> Option<Entry> {
        let entry = self.catalog.load().find(name).cloned()?;
        self.policy.decide(entry.tool()).is_ok().then_some(entry)
    }

    /// Serves other tools from now on. A call that is under way ends with the plugin that it began with.
    pub fn replace(&self, catalog: Catalog) {
        self.catalog.store(Arc::new(catalog));
    }

    /// Runs a tool for a caller and says how it ended. Whatever fires first, the answer, the deadline or the
    /// cancellation, the guest is gone afterwards, and its requests with it.
    ///
    /// # Errors
    /// There is no such tool.
    pub async fn call(
        &self,
        caller: &Caller,
        call: ToolCall,
        scope: CallScope,
    ) -> Result<Outcome, UnknownTool> {
        let entry = self.catalog.load().find(&call.name).cloned().ok_or(UnknownTool)?;
        let entry = &entry;
        let request_id: Arc<str> = format!("{:032x}", rand::random::<u128>()).into();
        let started = Instant::now();
        let outcome = match self.admit(caller, entry) {
            Ok(sender) => {
                let user = caller.user();
                self.run(entry, call.arguments, sender, user, scope, request_id.clone()).await
            }
            Err(refusal) => Outcome::Refused(refusal),
        };
        tracing::info!(
            tenant = caller.tenant_label(),
            plugin = entry.plugin().id(),
            tool = entry.tool().name,
            outcome = outcome.code(),
            family = outcome.family(),
            millis = started.elapsed().as_millis(),
            %request_id,
            "tool call"
        );
        Ok(outcome)
    }

    /// Everything that is decided before the call waits for its turn.
    fn admit(&self, caller: &Caller, entry: &Entry) -> Result<Sender, Refusal> {
        self.policy.decide(entry.tool())?;
        let credential = caller.credential().cloned().ok_or(Refusal::MissingKey)?;
        Ok(Sender { hub: self.hub.clone(), credential })
    }

    async fn run(
        &self,
        entry: &Entry,
        arguments: Json,
        sender: Sender,
        user: Option<UserId>,
        scope: CallScope,
        request_id: Arc<str>,
    ) -> Outcome {
        let timeout = entry.tool().timeout;
        let deadline = Instant::now() + timeout;
        let turn = tokio::time::timeout_at(deadline.min(Instant::now() + TURN_TIMEOUT), self.turns.acquire());
        let Ok(Ok(_turn)) = turn.await else { return Outcome::Refused(Refusal::Overloaded) };
        // Only now: judging a megabyte of arguments is work, and turns are what bounds work.
        if let Err(mismatch) = entry.tool().input.check(&arguments.to_value()) {
            return Outcome::Refused(Refusal::InvalidArguments(mismatch));
        }
        let cancelled = scope.cancelled.clone();
        let (store, CallScope { exchange, reports, meter, .. }) = (self.store.clone(), scope);
        let cancelled_call = cancelled.clone();
        let call = Call {
            sender,
            user,
            store,
            request_id,
            deadline,
            cancelled: cancelled_call,
            exchange,
            reports,
            meter,
        };
        // A panic of the engine is one failed call. What it leaves behind is dropped with the future.
        let guest = AssertUnwindSafe(entry.plugin().call(entry.tool(), arguments, call)).catch_unwind();
        tokio::select! {
            biased;
            () = cancelled.cancelled() => Outcome::Broken(Fault::Cancelled),
            () = tokio::time::sleep_until(deadline) => Outcome::Broken(Fault::Deadline(timeout)),
            ended = guest => match ended {
                Ok(Ok(Ended::Done(answer))) => Outcome::Answered(answer),
                Ok(Ok(Ended::Asked(question))) => Outcome::Asked(question),
                Ok(Ok(Ended::Declined(declined))) => Outcome::Declined(declined),
                Ok(Err(fault)) => Outcome::Broken(fault),
                Err(_panic) => Outcome::Broken(Fault::Host),
            },
        }
    }
}
