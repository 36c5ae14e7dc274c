//! Why a request has no usable answer.

mod kind;

use std::fmt;

use serde::{Deserialize, Deserializer};

use crate::ToolError;
use crate::api::object::read_members;
use crate::bindings::xyte::Error as HostError;
use crate::request::Asked;
use crate::text::{clip, quote};

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

/// How long to leave Xyte alone after a 429 that says nothing: its devices' limits are counted over 30 seconds, and
/// no number is published for the others.
const RATE_LIMIT_PAUSE_MS: u32 = 30_000;
/// How long to wait before a read that Xyte failed to serve is worth another try.
const UPSTREAM_PAUSE_MS: u32 = 5_000;
/// The most bytes of the API's own words that are kept.
const API_MESSAGE_BYTES_MAX: usize = 300;

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

/// What Xyte answers beside a status of 400 and more.
#[derive(Default)]
struct ErrorBody {
    error: Option<String>,
}

impl<'de> Deserialize<'de> for ErrorBody {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_members!(ErrorBody { error: Option<String>, });
        deserializer.deserialize_map(ObjectVisitor)
    }
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

    pub(crate) fn from_status(status: u16, body: &str, asked: Asked) -> XyteError {
        let said = serde_json::from_str::<ErrorBody>(body).unwrap_or_default().error;
        let said = said.map(|said| clip(&said, API_MESSAGE_BYTES_MAX).to_owned());
        let (kind, code) = match status {
            401 if asked.ticket => (XyteErrorKind::NotFound, "not_found"),
            401 => (XyteErrorKind::Unauthorized, "unauthorized"),
            403 => (XyteErrorKind::Forbidden, "forbidden"),
            404 => (XyteErrorKind::NotFound, "not_found"),
            429 => (XyteErrorKind::RateLimited, "rate_limited"),
            400..=499 => (XyteErrorKind::InvalidRequest, "invalid_request"),
            _ => (XyteErrorKind::Upstream, "upstream_error"),
        };
        let retry_after_ms = match kind {
            XyteErrorKind::RateLimited => Some(RATE_LIMIT_PAUSE_MS),
            XyteErrorKind::Upstream if asked.reads => Some(UPSTREAM_PAUSE_MS),
            _ => None,
        };
        let message = match &said {
            Some(said) => format!("Xyte answered {status}: {}", quote(said)),
            None => format!("Xyte answered {status}"),
        };
        XyteError {
            kind,
            code: code.to_owned(),
            message,
            status: Some(status),
            api_message: said,
            retry_after_ms,
        }
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

    /// Xyte answered with a status below 300, and said that it was not done.
    pub(crate) fn not_done(status: u16, body: &str) -> XyteError {
        let said = serde_json::from_str::<ErrorBody>(body).unwrap_or_default().error;
        let said = said.map(|said| clip(&said, API_MESSAGE_BYTES_MAX).to_owned());
        let words = said.as_ref().map(|said| format!(": {}", quote(said))).unwrap_or_default();
        XyteError {
            kind: XyteErrorKind::InvalidRequest,
            code: "invalid_request".to_owned(),
            message: format!("Xyte answered {status}, and that it was not done{words}"),
            status: Some(status),
            api_message: said,
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
