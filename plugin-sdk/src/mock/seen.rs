//! What the mock host saw.

use serde::de::DeserializeOwned;

use super::{Host, LogLine, Message, Notice, Progress, Recorded};
use crate::bindings::state::Space;

impl Host {
    /// The requests so far, in order.
    pub fn requests(&self) -> Vec<Recorded> {
        self.state.requests.borrow().clone()
    }

    /// The log lines so far.
    pub fn logs(&self) -> Vec<LogLine> {
        self.state.logs.borrow().clone()
    }

    /// What the client was told of the work so far; what did not rise was not sent.
    pub fn progress(&self) -> Vec<Progress> {
        self.state.client.progress.borrow().clone()
    }

    /// The messages to the client so far.
    pub fn messages(&self) -> Vec<Message> {
        self.state.client.messages.borrow().clone()
    }

    /// What clients were told to look at again so far.
    pub fn notices(&self) -> Vec<Notice> {
        self.state.client.notices.borrow().clone()
    }

    /// What is kept under a key by now.
    ///
    /// # Panics
    /// It is no `T`.
    pub fn kept<T: DeserializeOwned>(&self, space: Space, key: &str) -> Option<T> {
        self.run(|cx| cx.state(space).get(key)).unwrap_or_else(|error| panic!("{error}"))
    }

    /// Lets so much time go by.
    pub fn pass_ms(&self, milliseconds: u64) {
        self.state.now_ms.set(self.state.now_ms.get() + milliseconds);
    }
}
