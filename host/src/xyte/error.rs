//! Why a request got no response.

use std::time::Duration;

/// The families that a plugin can tell apart; the contract's `error-kind`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the contract, wit/plugin.wit, says what each means")]
pub enum ErrorKind {
    Denied,
    Invalid,
    RateLimited,
    BudgetExhausted,
    Timeout,
    TooLarge,
    Unavailable,
    OutcomeUnknown,
    Other,
}

/// A request that got no response. Safe to show to a model: it never holds a URL, a key or another tenant's data.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct XyteError {
    /// Its family.
    pub kind: ErrorKind,
    /// Stable, snake_case, finer than the family.
    pub code: &'static str,
    /// One or two sentences: the rule, and what would be allowed.
    pub message: String,
    /// When a repetition may succeed.
    pub retry_after: Option<Duration>,
}

impl XyteError {
    pub(super) fn new(kind: ErrorKind, code: &'static str, message: impl Into<String>) -> XyteError {
        XyteError { kind, code, message: message.into(), retry_after: None }
    }

    pub(super) fn denied(code: &'static str, message: impl Into<String>) -> XyteError {
        XyteError::new(ErrorKind::Denied, code, message)
    }

    pub(super) fn invalid(code: &'static str, message: impl Into<String>) -> XyteError {
        XyteError::new(ErrorKind::Invalid, code, message)
    }

    pub(super) fn retry_after(mut self, delay: Option<Duration>) -> XyteError {
        self.retry_after = delay;
        self
    }
}
