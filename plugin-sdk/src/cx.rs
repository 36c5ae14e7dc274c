//! The running call.

mod answers;
mod client;
mod log;
mod notify;
mod requests;
mod settings;

use jiff::Timestamp;

use crate::imports::call;
use crate::state::{Space, State};

pub(crate) use answers::INVALID_ANSWER;
pub use answers::{Elicited, Root};
pub use client::MessageLevel;
pub use log::Level;

/// The running call: facts about it, the operator's log and settings, what is kept from call to call, and the way to
/// the Xyte API.
///
/// Each call has its own instance of the plugin, so that nothing is left from one call to the next but what
/// [`state`](Cx::state) keeps.
#[derive(Debug)]
pub struct Cx {
    _made_here_only: (),
}

impl Cx {
    pub(crate) const fn new() -> Cx {
        Cx { _made_here_only: () }
    }

    /// The call's name in the host's logs.
    pub fn request_id(&self) -> String {
        call::request_id()
    }

    /// Opaque, and the same for one tenant and this plugin; never a credential.
    pub fn tenant(&self) -> String {
        call::tenant()
    }

    /// Opaque, and the same for one user token of this tenant; none if the caller sent none. A label that callers
    /// choose, and no proof of who they are.
    pub fn user(&self) -> Option<String> {
        call::user()
    }

    /// Milliseconds until the host ends the call.
    pub fn remaining_ms(&self) -> u32 {
        call::remaining_ms()
    }

    /// Whether the caller has gone.
    pub fn is_cancelled(&self) -> bool {
        call::is_cancelled()
    }

    /// The time by the host's clock.
    pub fn now(&self) -> Timestamp {
        let milliseconds = i64::try_from(call::now_ms()).unwrap_or(i64::MAX);
        Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::MAX)
    }

    /// Fresh random bytes, at most 256.
    pub fn random(&self, length: u32) -> Vec<u8> {
        call::random(length)
    }

    /// Waits, at most until the call's end. False when that or a cancellation cut it short.
    pub fn sleep_ms(&self, duration: u32) -> bool {
        call::sleep_ms(duration)
    }

    /// Values that the host keeps from call to call: those of the tenant, or those of the caller's user token.
    pub fn state(&self, space: Space) -> State<'_> {
        State::new(self, space)
    }
}
