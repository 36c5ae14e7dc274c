//! One call in a fresh instance.

use std::sync::Arc;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::answer::Answer;
use super::engine;
use super::fault::Fault;
use super::guest_log::{GuestLog, Origin};
use super::limits::TRAP_TEXT_BYTES_MAX;
use super::load::Plugin;
use super::manifest::Tool;
use super::state::{CallState, RunningCall};
use super::text::cut;
use crate::json::Json;
use crate::xyte::{Outbound, Sender};

/// What a call is made with, besides its arguments.
#[derive(Debug)]
pub struct Call {
    /// The hub with the caller's key.
    pub sender: Sender,
    /// Unique per call.
    pub request_id: Arc<str>,
    /// When it must be over.
    pub deadline: Instant,
    /// Fires when the caller has gone.
    pub cancelled: CancellationToken,
}

impl Plugin {
    /// Runs one tool in an instance of its own, which is dropped with the future. Whoever awaits it ends it in time:
    /// the future gives way while the guest computes, and dropping it ends guest and request alike.
    ///
    /// # Errors
    /// The guest broke, and how.
    pub async fn call(&self, tool: &Tool, arguments: Json, call: Call) -> Result<Answer, Fault> {
        let tenant: Arc<str> = call.sender.credential.tenant.to_string().into();
        let log = Arc::new(GuestLog::new(Origin {
            plugin: self.id().into(),
            tool: tool.name.as_str().into(),
            tenant,
            request_id: call.request_id.clone(),
        }));
        let state = CallState::new(log, Some(self.running(tool, call)));
        let arguments = arguments.into_string();
        let mut store = engine::store(self.pre().engine(), state);
        let outcome = async {
            let instance = self.pre().instantiate_async(&mut store).await?;
            instance.xyte_plugin_tools().call_call_tool(&mut store, &tool.name, &arguments).await
        };
        match outcome.await {
            Ok(Ok(outcome)) => Answer::check(outcome),
            Ok(Err(refusal)) => Answer::refused(refusal),
            Err(error) => {
                let fault = Fault::from_engine(&error);
                let memory = store.data().ceiling.bytes();
                // With the guest's stack, for the author; it holds names of functions and no values.
                let reason = cut(&format!("{error:#}"), TRAP_TEXT_BYTES_MAX).to_owned();
                tracing::warn!(plugin = self.id(), tool = tool.name, memory, reason, "the plugin broke");
                Err(fault)
            }
        }
    }

    fn running(&self, tool: &Tool, call: Call) -> RunningCall {
        RunningCall {
            tenant: call.sender.credential.tenant.for_plugin(self.id()).into(),
            outbound: Arc::new(Outbound::new(call.sender, tool.grant.clone(), call.deadline)),
            request_id: call.request_id,
            deadline: call.deadline,
            cancelled: call.cancelled,
        }
    }
}
