//! Why a request has no usable answer.

mod kind;
mod said;

use std::fmt;

use crate::ToolError;
use crate::bindings::xyte::Error as HostError;
use crate::text::quote;

pub use kind::XyteErrorKind;

/// The codes that Xyte's answers become.
pub(crate) const STATUS_CODES: [&str; 7] = [
    "unauthorized",
    "forbidden",
    "not_found",
    "invalid_request",
    "rate_limited",
    "upstream_error",
    "unreadable_answer",
];

/// Why a request has no usable answer. `?` turns it into a [`ToolError`] of the same code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct XyteError {
    kind: XyteErrorKind,
    code: String,
    message: String,
    status: Option<u16>,
    api_message: Option<String>,
    retry_after_ms: Option<u32>,
}

impl XyteError {
    /// What kind of failure it was.
    pub fn kind(&self) -> XyteErrorKind {
        self.kind
    }

    /// Stable and snake_case; finer than the kind where the host knows more: `route_not_granted`.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The status, if Xyte answered.
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// What Xyte said, in its own words: "Sn has already been taken".
    pub fn api_message(&self) -> Option<&str> {
        self.api_message.as_deref()
    }

    /// After how many milliseconds the same request may succeed, if it is worth repeating at all.
    pub fn retry_after_ms(&self) -> Option<u32> {
        self.retry_after_ms
    }

    /// Whether Xyte does not know what was asked for.
    pub fn is_not_found(&self) -> bool {
        self.kind == XyteErrorKind::NotFound
    }

    /// The request cannot be meant as it is, and was not sent.
    pub(crate) fn not_sendable(code: &str, message: String) -> XyteError {
        XyteError {
            kind: XyteErrorKind::NotSendable,
            code: code.to_owned(),
            message,
            status: None,
            api_message: None,
            retry_after_ms: None,
        }
    }

    /// The same failure, of the answer to a write that was accepted.
    pub(crate) fn after_write(mut self) -> XyteError {
        if self.kind == XyteErrorKind::Unreadable {
            self.message = format!("It was done and must not be done again, but {}", self.message);
        }
        self
    }

    pub(crate) fn unreadable(reason: &dyn fmt::Display) -> XyteError {
        XyteError {
            kind: XyteErrorKind::Unreadable,
            code: "unreadable_answer".to_owned(),
            message: format!("Xyte's answer cannot be read: {}", quote(&reason.to_string())),
            status: None,
            api_message: None,
            retry_after_ms: None,
        }
    }

    fn hint(&self) -> Option<&'static str> {
        match self.kind {
            XyteErrorKind::Unauthorized => {
                Some("The API key was not accepted; whoever set it up must look at it.")
            }
            XyteErrorKind::NotFound if self.status == Some(401) => Some(
                "There is no such ticket, or the API key is not accepted. If tickets can be listed, it is the ticket.",
            ),
            XyteErrorKind::Forbidden => Some("The API key is not allowed to do this."),
            XyteErrorKind::BudgetExhausted | XyteErrorKind::TooLarge => Some("Ask for less at once."),
            XyteErrorKind::OutcomeUnknown => Some(
                "It may or may not have happened. Look before doing it again: a repetition may do it twice.",
            ),
            _ => None,
        }
    }
}

impl fmt::Display for XyteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for XyteError {}

impl From<HostError> for XyteError {
    fn from(error: HostError) -> XyteError {
        XyteError {
            kind: error.kind.into(),
            code: error.code,
            message: error.message,
            status: None,
            api_message: None,
            retry_after_ms: error.retry_after_ms,
        }
    }
}

impl From<XyteError> for ToolError {
    fn from(error: XyteError) -> ToolError {
        let hint = error.hint();
        let mut failure = ToolError::new(error.code, error.message);
        if let Some(hint) = hint {
            failure = failure.hint(hint);
        }
        match error.retry_after_ms {
            Some(retry_after_ms) => failure.retry_after_ms(retry_after_ms),
            None => failure,
        }
    }
}
