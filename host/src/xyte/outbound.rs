//! What one tool call gets of the Xyte API.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use futures_util::{StreamExt, stream};
use tokio::time::Instant;
use xyte_catalog::Scope;

use super::budget::Budget;
use super::error::XyteError;
use super::grant::Grant;
use super::hub::Hub;
use super::request::{Request, Response};
use super::scope;
use super::write::Write;
use crate::tenant::Credential;

/// Requests of one call that are under way at the same time. More would let one call crowd out the others of its
/// tenant at the hub.
const CONCURRENT_REQUESTS_MAX: usize = 8;

/// The hub with a caller's credential: everything about requests that does not depend on the tool.
#[derive(Debug, Clone)]
pub struct Sender {
    /// Where requests go.
    pub hub: Arc<Hub>,
    /// Whose key they carry.
    pub credential: Credential,
}

/// The way out for one tool call.
#[derive(Debug)]
pub struct Outbound {
    sender: Sender,
    grant: Grant,
    deadline: Instant,
    budget: Arc<Budget>,
    wrote: AtomicBool,
}

impl Outbound {
    /// Opens the way for one call, until `deadline`.
    pub fn new(sender: Sender, grant: Grant, deadline: Instant) -> Outbound {
        Outbound { sender, grant, deadline, budget: Arc::default(), wrote: AtomicBool::new(false) }
    }

    /// Checks a request, sends it with the caller's key, and waits for the answer.
    ///
    /// # Errors
    /// It was refused, or there is no answer that could be used.
    pub async fn send(&self, request: &Request) -> Result<Response, XyteError> {
        let Sender { hub, credential } = &self.sender;
        let plan = scope::plan(hub.base(), &self.grant, request)?;
        if plan.operation.scope != Scope::Organization {
            let message = format!("{} needs a partner key, and this host has none", plan.operation.key);
            return Err(XyteError::denied("missing_partner_key", message));
        }
        self.budget.take_request()?;
        let (started, operation) = (Instant::now(), plan.operation);
        let outcome = if operation.effect.mutates() {
            self.wrote.store(true, Ordering::Relaxed);
            let write = Write {
                plan,
                credential: credential.clone(),
                deadline: self.deadline,
                budget: self.budget.clone(),
            };
            write.follow(hub.clone()).await
        } else {
            hub.send(&plan, &credential.key, self.deadline, &self.budget).await
        };
        tracing::debug!(
            tenant = %credential.tenant,
            operation = operation.key,
            status = outcome.as_ref().map(|response| response.status).ok(),
            error = outcome.as_ref().err().map(|error| error.code),
            millis = started.elapsed().as_millis(),
            "upstream request"
        );
        outcome
    }

    /// Whether the call has sent anything that changes something, whatever came of it.
    pub fn wrote(&self) -> bool {
        self.wrote.load(Ordering::Relaxed)
    }

    /// Sends several at the same time; the answers come in the order of the requests.
    pub async fn send_all(&self, requests: Vec<Request>) -> Vec<Result<Response, XyteError>> {
        let sent = stream::iter(requests).map(async |request| self.send(&request).await);
        sent.buffered(CONCURRENT_REQUESTS_MAX).collect().await
    }
}
