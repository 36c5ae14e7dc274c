//! `xyte:plugin/state`: values that outlive the call.

use std::sync::atomic::Ordering;
use std::time::Duration;

use crate::json::{Json, JsonError};
use crate::plugin::bindings::state as wit;
use crate::plugin::call_state::{CallState, Keeper};
use crate::plugin::limits::STATE_OPERATIONS_MAX;
use crate::plugin::text::cut;
use crate::store::{Entry, Expected, KEY_BYTES_MAX, Space, StateError, VALUE_BYTES_MAX};

impl wit::Host for CallState {
    async fn get(
        &mut self,
        space: wit::Space,
        key: String,
    ) -> wasmtime::Result<Result<Option<wit::Entry>, wit::Error>> {
        let keeper = self.call()?.keeper.clone();
        Ok(async {
            let space = keeper.begin(space)?;
            Ok(keeper.store.get(&keeper.owner, space, &key).await?.map(Into::into))
        }
        .await)
    }

    async fn set(
        &mut self,
        space: wit::Space,
        key: String,
        value: String,
        expected: Option<u64>,
        ttl_ms: Option<u64>,
    ) -> wasmtime::Result<Result<u64, wit::Error>> {
        let keeper = self.call()?.keeper.clone();
        Ok(async {
            let space = keeper.begin(space)?;
            let value = Json::parse(&value, VALUE_BYTES_MAX).map_err(|error| match error {
                JsonError::TooLong { limit, .. } => wit::Error::TooLarge(limit as u64),
                other => wit::Error::InvalidValue(other.to_string()),
            })?;
            let expected = match expected {
                None => Expected::Any,
                Some(0) => Expected::Absent,
                Some(version) => Expected::Version(version),
            };
            let ttl = ttl_ms.map(Duration::from_millis);
            Ok(keeper.store.set(&keeper.owner, space, &key, &value, expected, ttl).await?)
        }
        .await)
    }

    async fn remove(&mut self, space: wit::Space, key: String) -> wasmtime::Result<Result<bool, wit::Error>> {
        let keeper = self.call()?.keeper.clone();
        Ok(async { Ok(keeper.store.remove(&keeper.owner, keeper.begin(space)?, &key).await?) }.await)
    }

    async fn keys(
        &mut self,
        space: wit::Space,
        prefix: String,
        after: Option<String>,
    ) -> wasmtime::Result<Result<Vec<String>, wit::Error>> {
        let keeper = self.call()?.keeper.clone();
        Ok(async {
            let space = keeper.begin(space)?;
            Ok(keeper.store.keys(&keeper.owner, space, &prefix, after.as_deref()).await?)
        }
        .await)
    }
}

impl Keeper {
    /// Counts one operation, and says whose values it is about.
    fn begin(&self, space: wit::Space) -> Result<Space, wit::Error> {
        if self.operations.fetch_add(1, Ordering::Relaxed) >= STATE_OPERATIONS_MAX {
            return Err(wit::Error::Other(format!(
                "one call may use its state {STATE_OPERATIONS_MAX} times"
            )));
        }
        match space {
            wit::Space::Tenant => Ok(Space::Tenant),
            wit::Space::User => self.user.map(Space::User).ok_or(wit::Error::NoUser),
        }
    }
}

impl From<Entry> for wit::Entry {
    fn from(entry: Entry) -> wit::Entry {
        wit::Entry { value: entry.value.into_string(), version: entry.version }
    }
}

impl From<StateError> for wit::Error {
    fn from(error: StateError) -> wit::Error {
        match error {
            StateError::TooLarge(_) => wit::Error::TooLarge(VALUE_BYTES_MAX as u64),
            StateError::Quota => wit::Error::Quota,
            StateError::Conflict(version) => wit::Error::Conflict(version),
            StateError::InvalidKey(key) => wit::Error::InvalidKey(cut(&key, KEY_BYTES_MAX).to_owned()),
            StateError::Unavailable(ref source) => {
                tracing::error!(%source, "the state of plugins cannot be read or written");
                wit::Error::Unavailable(error.to_string())
            }
        }
    }
}
