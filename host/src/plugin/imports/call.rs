//! `xyte:plugin/call`: facts about the running call.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rand::Rng as _;
use tokio::time::Instant;

use crate::plugin::bindings::call;
use crate::plugin::limits::RANDOM_BYTES_MAX;
use crate::plugin::state::CallState;

impl call::Host for CallState {
    async fn request_id(&mut self) -> wasmtime::Result<String> {
        Ok(self.call()?.request_id.to_string())
    }

    async fn tenant(&mut self) -> wasmtime::Result<String> {
        Ok(self.call()?.tenant.to_string())
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
}
