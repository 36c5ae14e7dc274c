//! `xyte:plugin/call`: facts about the running call.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rand::Rng as _;
use tokio::time::Instant;

use crate::json::Json;
use crate::plugin::bindings::call;
use crate::plugin::call_state::CallState;
use crate::plugin::limits::{CLIENT_MESSAGE_BYTES_MAX, PROGRESS_TEXT_BYTES_MAX, RANDOM_BYTES_MAX};
use crate::plugin::text::cut;

/// MCP's levels of log messages.
const LEVELS: [&str; 8] = ["debug", "info", "notice", "warning", "error", "critical", "alert", "emergency"];

impl call::Host for CallState {
    async fn request_id(&mut self) -> wasmtime::Result<String> {
        Ok(self.call()?.request_id.to_string())
    }

    async fn tenant(&mut self) -> wasmtime::Result<String> {
        Ok(self.call()?.tenant.to_string())
    }

    async fn user(&mut self) -> wasmtime::Result<Option<String>> {
        Ok(self.call()?.user.as_deref().map(str::to_owned))
    }

    async fn remaining_ms(&mut self) -> wasmtime::Result<u32> {
        let remaining = self.call()?.deadline.saturating_duration_since(Instant::now());
        Ok(remaining.as_millis().try_into().unwrap_or(u32::MAX))
    }

    async fn is_cancelled(&mut self) -> wasmtime::Result<bool> {
        Ok(self.call()?.cancelled.is_cancelled())
    }

    async fn now_ms(&mut self) -> wasmtime::Result<u64> {
        self.call()?;
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Ok(since_epoch.as_millis().try_into().unwrap_or(u64::MAX))
    }

    async fn random(&mut self, length: u32) -> wasmtime::Result<Vec<u8>> {
        self.call()?;
        let mut bytes = vec![0; length.min(RANDOM_BYTES_MAX) as usize];
        rand::rng().fill_bytes(&mut bytes);
        Ok(bytes)
    }

    async fn sleep_ms(&mut self, duration: u32) -> wasmtime::Result<bool> {
        let call = self.call()?.clone();
        let wanted = Instant::now() + Duration::from_millis(duration.into());
        tokio::select! {
            () = call.cancelled.cancelled() => Ok(false),
            () = tokio::time::sleep_until(wanted.min(call.deadline)) => Ok(wanted <= call.deadline),
        }
    }

    async fn progress(
        &mut self,
        done: f64,
        total: Option<f64>,
        message: Option<String>,
    ) -> wasmtime::Result<()> {
        let message = message.map(|message| cut(&message, PROGRESS_TEXT_BYTES_MAX).to_owned());
        self.call()?.reporter.progress(done, total, message);
        Ok(())
    }

    /// What is no message (an unknown level, no JSON) is dropped like one that nobody wants to hear.
    async fn message(&mut self, level: String, data: String) -> wasmtime::Result<()> {
        let call = self.call()?;
        let level = LEVELS.into_iter().find(|known| **known == level);
        if let (Some(level), Ok(data)) = (level, Json::parse(&data, CLIENT_MESSAGE_BYTES_MAX)) {
            call.reporter.message(level, data);
        }
        Ok(())
    }

    async fn input_responses(&mut self) -> wasmtime::Result<Vec<(String, String)>> {
        let responses = &self.call()?.exchange.responses;
        Ok(responses.iter().map(|(key, json)| (key.clone(), json.as_str().to_owned())).collect())
    }

    async fn input_state(&mut self) -> wasmtime::Result<Option<String>> {
        Ok(self.call()?.exchange.state.clone())
    }

    async fn client_capabilities(&mut self) -> wasmtime::Result<String> {
        Ok(self.call()?.exchange.capabilities.as_str().to_owned())
    }
}
