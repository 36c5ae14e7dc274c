//! One run of a plugin, whichever way it came in: its turn, its deadline, the guard against panics of the engine, and
//! what takes it back.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use tokio::time::Instant;

use super::call::Tools;
use super::outcome::{Outcome, Refusal, Reply};
use super::scope::CallScope;
use crate::plugin::{Call, Ended, Fault, Plugin};
use crate::tenant::Caller;
use crate::xyte::Sender;

/// How long a call waits for its turn. Longer, and the client would rather know.
const TURN_TIMEOUT: Duration = Duration::from_secs(2);

/// What is to be run.
#[derive(Clone, Copy)]
pub(super) struct Job<'a> {
    /// `tool`, `resource`, `prompt` …
    pub(super) kind: &'static str,
    /// Which of them.
    pub(super) name: &'a str,
    pub(super) plugin: &'a Plugin,
    /// Computing and waiting together.
    pub(super) timeout: Duration,
}

impl Tools {
    /// Lets a plugin serve one call, and says how it ended. Whatever fires first, the answer, the deadline or the
    /// cancellation, the guest is gone afterwards, and its reads with it.
    ///
    /// `admitted` is what was decided before; `check` judges what the caller gave, once it is the call's turn.
    pub(super) async fn run<T: Reply, F>(
        &self,
        job: Job<'_>,
        caller: &Caller,
        scope: CallScope,
        admitted: Result<(), Refusal>,
        check: impl FnOnce() -> Result<(), Refusal>,
        serve: impl FnOnce(Call) -> F,
    ) -> Outcome<T>
    where
        F: Future<Output = Result<Ended<T>, Fault>>,
    {
        let request_id: Arc<str> = format!("{:032x}", rand::random::<u128>()).into();
        let (started, trace) = (Instant::now(), scope.trace);
        let outcome = match admitted.and_then(|()| self.sender(caller)) {
            Ok(sender) => self.take_turn(job, caller, sender, scope, request_id.clone(), check, serve).await,
            Err(refusal) => Outcome::Refused(refusal),
        };
        tracing::info!(
            tenant = caller.tenant_label(),
            plugin = job.plugin.id(),
            kind = job.kind,
            name = job.name,
            outcome = outcome.code(),
            family = outcome.family(),
            millis = started.elapsed().as_millis(),
            trace_id = trace.map(tracing::field::display),
            %request_id,
            "call"
        );
        outcome
    }

    fn sender(&self, caller: &Caller) -> Result<Sender, Refusal> {
        let credential = caller.credential().cloned().ok_or(Refusal::MissingKey)?;
        Ok(Sender { hub: self.hub.clone(), credential })
    }

    #[expect(clippy::too_many_arguments, reason = "the halves of one function, cut where the log line is")]
    async fn take_turn<T, F>(
        &self,
        job: Job<'_>,
        caller: &Caller,
        sender: Sender,
        scope: CallScope,
        request_id: Arc<str>,
        check: impl FnOnce() -> Result<(), Refusal>,
        serve: impl FnOnce(Call) -> F,
    ) -> Outcome<T>
    where
        F: Future<Output = Result<Ended<T>, Fault>>,
    {
        let CallScope { cancelled, exchange, reports, meter, trace: _ } = scope;
        let deadline = Instant::now() + job.timeout;
        let turn = tokio::time::timeout_at(deadline.min(Instant::now() + TURN_TIMEOUT), self.turns.acquire());
        let turn = tokio::select! {
            turn = turn => turn,
            () = cancelled.cancelled() => return Outcome::Broken(Fault::Cancelled),
            () = self.stopped.cancelled() => return Outcome::Broken(Fault::Cancelled),
        };
        let Ok(Ok(_turn)) = turn else { return Outcome::Refused(Refusal::Overloaded) };
        // Only now: judging a megabyte of arguments is work, and turns are what bounds work.
        match std::panic::catch_unwind(AssertUnwindSafe(check)) {
            Ok(Ok(())) => {}
            Ok(Err(refusal)) => return Outcome::Refused(refusal),
            Err(_panic) => return Outcome::Broken(Fault::Host),
        }
        let call = Call {
            sender,
            user: caller.user(),
            store: self.store.clone(),
            request_id,
            deadline,
            cancelled: cancelled.clone(),
            exchange,
            reports,
            changes: self.changes.clone(),
            meter,
        };
        // A panic of the engine is one failed call. What it leaves behind is dropped with the future.
        let guest = AssertUnwindSafe(serve(call)).catch_unwind();
        tokio::select! {
            biased;
            () = cancelled.cancelled() => Outcome::Broken(Fault::Cancelled),
            () = self.stopped.cancelled() => Outcome::Broken(Fault::Cancelled),
            () = tokio::time::sleep_until(deadline) => Outcome::Broken(Fault::Deadline(job.timeout)),
            ended = guest => ended.map_or(Outcome::Broken(Fault::Host), Outcome::from),
        }
    }
}
