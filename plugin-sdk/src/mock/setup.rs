//! What a call finds when it begins.

use serde::Serialize;
use serde_json::Value;

use super::Host;
use crate::bindings::state::Space;

impl Host {
    /// Sets the clock: `2026-11-22T10:00:00Z`.
    ///
    /// # Panics
    /// It is no time.
    pub fn at(self, now: &str) -> Host {
        let now = crate::time::parse(now).expect("a time of ISO 8601");
        self.state.now_ms.set(u64::try_from(now.as_millisecond()).expect("a time after 1970"));
        self
    }

    /// Gives a call so much time.
    pub fn remaining_ms(self, milliseconds: u32) -> Host {
        self.state.remaining_ms.set(milliseconds);
        self
    }

    /// Lets each round of requests take so much time.
    pub fn latency_ms(self, milliseconds: u32) -> Host {
        self.state.latency_ms.set(milliseconds);
        self
    }

    /// Gives a call so many requests.
    pub fn requests_max(self, requests: usize) -> Host {
        self.state.requests_max.set(requests);
        self
    }

    /// Lets the caller be gone.
    pub fn cancelled(self) -> Host {
        self.state.cancelled.set(true);
        self
    }

    /// Lets the operator have set this, which must be a JSON object.
    ///
    /// # Panics
    /// It cannot be written as JSON.
    pub fn config(self, settings: impl Serialize) -> Host {
        self.state.settings.replace(value(settings));
        self
    }

    /// Lets the caller have sent a user token that has this label.
    pub fn user(self, label: &str) -> Host {
        self.state.client.user.replace(Some(label.to_owned()));
        self
    }

    /// Lets the client have declared this: `json!({"elicitation": {}})`.
    ///
    /// # Panics
    /// It cannot be written as JSON.
    pub fn client_capabilities(self, capabilities: impl Serialize) -> Host {
        self.state.client.capabilities.replace(value(capabilities));
        self
    }

    /// Keeps a value for the plugin, as if an earlier call had written it.
    ///
    /// # Panics
    /// The store would not take it from a plugin either.
    pub fn keeping(self, space: Space, key: &str, kept: impl Serialize) -> Host {
        let owner = self.state.owner(space).expect("a user: say .user(…) first");
        let written = self.state.store.borrow_mut().set(owner, key, &value(kept).to_string(), None, None);
        written.expect("the value can be kept");
        self
    }

    /// Lets the store hold at most so many keys, and so many bytes of keys and values.
    pub fn state_max(self, keys: usize, bytes: usize) -> Host {
        let mut store = self.state.store.borrow_mut();
        (store.keys_max, store.bytes_max) = (keys, bytes);
        drop(store);
        self
    }

    /// Lets the store be out of reach.
    pub fn state_unavailable(self) -> Host {
        self.state.store.borrow_mut().is_unavailable = true;
        self
    }
}

fn value(value: impl Serialize) -> Value {
    serde_json::to_value(value).expect("it can be written as JSON")
}
