//! What the host keeps for the plugin from call to call.

mod error;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Cx;
use crate::imports::state;

pub use crate::bindings::state::Space;
pub use error::StateError;

/// How many keys the host answers at once.
const KEYS_PER_PAGE: usize = 100;

/// Small values under keys, kept per tenant and plugin, or per user token besides. They outlive calls, reloads and
/// restarts; the operator may remove them.
///
/// ```
/// # use xyte_plugin_sdk::{Cx, StateError, mock, state::Space};
/// fn count(cx: &Cx) -> Result<u32, StateError> {
///     let state = cx.state(Space::Tenant);
///     let count = state.get("count")?.unwrap_or(0) + 1;
///     state.set("count", &count)?;
///     Ok(count)
/// }
/// # let host = mock::Host::new();
/// # assert_eq!((host.run(count), host.run(count)), (Ok(1), Ok(2)));
/// ```
///
/// Two calls may run at the same time: where one must not undo the other, read with [`entry`](State::entry) and
/// write with [`replace`](State::replace) or [`create`](State::create).
#[derive(Debug, Clone, Copy)]
#[must_use]
pub struct State<'cx> {
    _cx: &'cx Cx,
    space: Space,
    ttl_ms: Option<u64>,
}

/// A value that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<T> {
    /// The value.
    pub value: T,
    /// Rises with each write of its key.
    pub version: u64,
}

impl<'cx> State<'cx> {
    pub(crate) fn new(cx: &'cx Cx, space: Space) -> State<'cx> {
        State { _cx: cx, space, ttl_ms: None }
    }

    /// Lets what is written through this be gone after so long.
    pub fn ttl_ms(mut self, milliseconds: u64) -> Self {
        self.ttl_ms = Some(milliseconds);
        self
    }

    /// The value of a key, if there is one.
    ///
    /// # Errors
    /// The host refused, or the value is no `T`.
    pub fn get<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, StateError> {
        Ok(self.entry(key)?.map(|entry| entry.value))
    }

    /// The value of a key with its version, if there is one.
    ///
    /// # Errors
    /// The host refused, or the value is no `T`.
    pub fn entry<T: DeserializeOwned>(&self, key: &str) -> Result<Option<Entry<T>>, StateError> {
        let Some(entry) = state::get(self.space, key)? else { return Ok(None) };
        let value = serde_json::from_str(&entry.value)
            .map_err(|error| StateError::Unreadable(format!("`{key}`: {error}")))?;
        Ok(Some(Entry { value, version: entry.version }))
    }

    /// Writes a value, whatever was there before, and answers with its version.
    ///
    /// # Errors
    /// The host refused.
    pub fn set(&self, key: &str, value: &impl Serialize) -> Result<u64, StateError> {
        self.write(key, value, None)
    }

    /// Writes a value unless the key has one: then it is a [`StateError::Conflict`].
    ///
    /// # Errors
    /// There is a value already, or the host refused.
    pub fn create(&self, key: &str, value: &impl Serialize) -> Result<u64, StateError> {
        self.write(key, value, Some(0))
    }

    /// Writes a value over that version and no other: else it is a [`StateError::Conflict`].
    ///
    /// # Errors
    /// The value has changed since, or the host refused.
    pub fn replace(&self, key: &str, value: &impl Serialize, version: u64) -> Result<u64, StateError> {
        self.write(key, value, Some(version))
    }

    /// Removes a key. True if there was one.
    ///
    /// # Errors
    /// The host refused.
    pub fn remove(&self, key: &str) -> Result<bool, StateError> {
        Ok(state::remove(self.space, key)?)
    }

    /// All keys that begin so, sorted.
    ///
    /// # Errors
    /// The host refused.
    pub fn keys(&self, prefix: &str) -> Result<Vec<String>, StateError> {
        let mut keys = Vec::new();
        loop {
            let page = state::keys(self.space, prefix, keys.last().map(String::as_str))?;
            let is_last = page.len() < KEYS_PER_PAGE;
            keys.extend(page);
            if is_last {
                return Ok(keys);
            }
        }
    }

    fn write(&self, key: &str, value: &impl Serialize, expected: Option<u64>) -> Result<u64, StateError> {
        let json =
            serde_json::to_string(value).map_err(|error| StateError::InvalidValue(error.to_string()))?;
        Ok(state::set(self.space, key, &json, expected, self.ttl_ms)?)
    }
}
