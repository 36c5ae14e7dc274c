//! Writes outlive whoever sent them.
//!
//! A read whose caller has gone is dropped. A write that was sent may be carried out whatever we do; giving it up would
//! only mean that nobody knows. It goes on in a task of its own, for a while.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::Instant;

use super::budget::Budget;
use super::error::{ErrorKind, XyteError};
use super::hub::Hub;
use super::request::Response;
use super::scope::Plan;
use crate::tenant::Credential;

/// How long the outcome of a write is waited for once its call is over: longer than the hub needs for most, and not so
/// long that stopping the host would take minutes.
pub const FOLLOW_UP: Duration = Duration::from_secs(10);

/// A write that is about to be sent.
pub(super) struct Write {
    pub(super) plan: Plan,
    pub(super) credential: Credential,
    /// Of its call.
    pub(super) deadline: Instant,
    pub(super) budget: Arc<Budget>,
}

impl Write {
    /// Sends it, and waits for the outcome. Who stops waiting leaves it to a task, which waits on and logs what came
    /// of it.
    pub(super) async fn follow(self, hub: Arc<Hub>) -> Result<Response, XyteError> {
        let (sender, receiver) = oneshot::channel();
        let under_way = hub.under_way();
        tokio::spawn(async move {
            self.send(&hub, sender).await;
            drop(under_way);
        });
        let lost = |_| Err(unknown("the task that sent it ended early"));
        receiver.await.unwrap_or_else(lost)
    }

    async fn send(self, hub: &Hub, mut waiting: oneshot::Sender<Result<Response, XyteError>>) {
        let Write { plan, credential, deadline, budget } = self;
        let started = Instant::now();
        let outcome = {
            let abandoned = async {
                waiting.closed().await;
                tokio::time::sleep(FOLLOW_UP).await;
            };
            tokio::select! {
                outcome = hub.send(&plan, &credential.key, deadline + FOLLOW_UP, &budget) => outcome,
                () = abandoned => Err(unknown("its call is over, and the API did not answer")),
            }
        };
        let Err(outcome) = waiting.send(outcome) else { return };
        tracing::warn!(
            tenant = %credential.tenant,
            operation = plan.operation.key,
            status = outcome.as_ref().map(|response| response.status).ok(),
            error = outcome.as_ref().err().map(|error| error.code),
            millis = started.elapsed().as_millis(),
            "a write was answered after its call was over"
        );
    }
}

fn unknown(why: &str) -> XyteError {
    let message = format!("a write was sent and its outcome is unknown: {why}");
    XyteError::new(ErrorKind::OutcomeUnknown, "outcome_unknown", message)
}
