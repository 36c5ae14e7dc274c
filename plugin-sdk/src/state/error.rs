//! Why nothing was read or written.

use std::fmt;

use crate::ToolError;
use crate::bindings::state::Error as HostError;

/// How long to leave a store alone that could not be reached.
const UNAVAILABLE_PAUSE_MS: u32 = 1_000;

/// Why nothing was read or written. `?` turns it into a [`ToolError`] of the same code.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum StateError {
    /// `state_too_large`: the value has more than so many bytes.
    TooLarge(u64),
    /// `state_quota`: too many keys or bytes for this tenant and plugin.
    Quota,
    /// `state_conflict`: the key has this version instead of the expected one; 0 means that it has no value.
    Conflict(u64),
    /// `state_invalid_key`: not 1 to 128 of letters, digits, `_.:/-`.
    InvalidKey(String),
    /// `state_no_user`: the caller sent no user token.
    NoUser,
    /// `state_invalid_value`: the value cannot be written as JSON.
    InvalidValue(String),
    /// `state_unreadable`: what was kept is not of the type that was asked for.
    Unreadable(String),
    /// `state_unavailable`: the store cannot be reached.
    Unavailable(String),
    /// `state_failed`: something that this version has no name for.
    Other(String),
}

impl StateError {
    /// Stable and snake_case.
    pub const fn code(&self) -> &'static str {
        match self {
            StateError::TooLarge(_) => "state_too_large",
            StateError::Quota => "state_quota",
            StateError::Conflict(_) => "state_conflict",
            StateError::InvalidKey(_) => "state_invalid_key",
            StateError::NoUser => "state_no_user",
            StateError::InvalidValue(_) => "state_invalid_value",
            StateError::Unreadable(_) => "state_unreadable",
            StateError::Unavailable(_) => "state_unavailable",
            StateError::Other(_) => "state_failed",
        }
    }
}

impl fmt::Display for StateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StateError::TooLarge(bytes_max) => write!(f, "A value to keep has more than {bytes_max} bytes."),
            StateError::Quota => f.write_str("This plugin may keep no more for this tenant."),
            StateError::Conflict(_) => f.write_str("Another call has changed the value meanwhile."),
            StateError::InvalidKey(key) => {
                write!(f, "Nothing can be kept under the key {}.", crate::text::quote(key))
            }
            StateError::NoUser => {
                f.write_str("The caller sent no user token, and this is kept for each user.")
            }
            StateError::InvalidValue(reason) => write!(f, "A value cannot be kept: {reason}"),
            StateError::Unreadable(reason) => write!(f, "A value that was kept cannot be read: {reason}"),
            StateError::Unavailable(reason) => write!(f, "What was kept cannot be reached: {reason}"),
            StateError::Other(reason) => f.write_str(reason),
        }
    }
}

impl std::error::Error for StateError {}

impl From<HostError> for StateError {
    fn from(error: HostError) -> StateError {
        match error {
            HostError::TooLarge(bytes_max) => StateError::TooLarge(bytes_max),
            HostError::Quota => StateError::Quota,
            HostError::Conflict(version) => StateError::Conflict(version),
            HostError::InvalidKey(key) => StateError::InvalidKey(key),
            HostError::NoUser => StateError::NoUser,
            HostError::InvalidValue(reason) => StateError::InvalidValue(reason),
            HostError::Unavailable(reason) => StateError::Unavailable(reason),
            HostError::Other(reason) => StateError::Other(reason),
        }
    }
}

impl From<StateError> for ToolError {
    fn from(error: StateError) -> ToolError {
        let failure = ToolError::new(error.code(), error.to_string());
        match error {
            StateError::Conflict(_) => failure.retry_after_ms(0),
            StateError::Unavailable(_) => failure.retry_after_ms(UNAVAILABLE_PAUSE_MS),
            StateError::NoUser => failure.hint("The client must be set up to send one."),
            _ => failure,
        }
    }
}
