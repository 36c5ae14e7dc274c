//! Why something could not be served at all.

use std::fmt;

use serde_json::{Value, json};

use crate::bindings::types::{CallError, ProtocolError};
use crate::cx::INVALID_ANSWER;
use crate::{StateError, ToolError, XyteError, XyteErrorKind};

/// JSON-RPC's code for an error inside, which MCP lets a plugin give.
const INTERNAL_ERROR: i32 = -32603;

/// Why a resource, a prompt or a completion could not be served: it becomes an error of the protocol, which clients
/// show or handle and models seldom see. A tool may answer it as well, where a [`ToolError`] would not do.
///
/// `?` makes one of an [`XyteError`]: what Xyte does not know is [`NotFound`](ServeError::NotFound), a value that
/// cannot stand in a route is [`InvalidParams`](ServeError::InvalidParams), and of anything else the client learns what
/// it was, with the error's code in the data: that Xyte refused the key is the caller's to mend.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum ServeError {
    /// There is no such resource, prompt or tool.
    NotFound,
    /// The values make no sense, for the reason given to the client.
    InvalidParams(String),
    /// The client must declare these capabilities: `{"sampling": {}}`.
    MissingCapability(Value),
    /// Something is broken. The text is for the operator's log; the client does not get it.
    Internal(String),
    /// Any other error of the protocol, with a code outside of -32768 to -32000 or one that MCP assigns.
    Protocol {
        /// The code.
        code: i32,
        /// One sentence.
        message: String,
        /// Anything more.
        data: Option<Value>,
    },
}

impl ServeError {
    /// As the contract has it, which knows several ways of not finding something.
    pub(crate) fn into_call_error(self, not_found: CallError) -> CallError {
        match self {
            ServeError::NotFound => not_found,
            ServeError::InvalidParams(reason) => CallError::InvalidParams(reason),
            ServeError::MissingCapability(needed) => CallError::MissingCapability(needed.to_string()),
            ServeError::Internal(reason) => CallError::Internal(reason),
            ServeError::Protocol { code, message, data } => {
                CallError::Protocol(ProtocolError { code, message, data: data.map(|data| data.to_string()) })
            }
        }
    }
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ServeError::NotFound => f.write_str("there is no such thing"),
            ServeError::InvalidParams(reason) | ServeError::Internal(reason) => f.write_str(reason),
            ServeError::MissingCapability(needed) => write!(f, "the client lacks {needed}"),
            ServeError::Protocol { code, message, .. } => write!(f, "{code}: {message}"),
        }
    }
}

impl std::error::Error for ServeError {}

impl From<XyteError> for ServeError {
    fn from(error: XyteError) -> ServeError {
        match error.kind() {
            XyteErrorKind::NotFound => ServeError::NotFound,
            XyteErrorKind::NotSendable => ServeError::InvalidParams(error.to_string()),
            _ => {
                let mut data = json!({"error": error.code()});
                if let Some(retry_after_ms) = error.retry_after_ms() {
                    data["retry_after_ms"] = json!(retry_after_ms);
                }
                ServeError::Protocol { code: INTERNAL_ERROR, message: error.to_string(), data: Some(data) }
            }
        }
    }
}

impl From<StateError> for ServeError {
    fn from(error: StateError) -> ServeError {
        ServeError::Internal(format!("{}: {error}", error.code()))
    }
}

impl From<ToolError> for ServeError {
    fn from(error: ToolError) -> ServeError {
        match error.code() {
            INVALID_ANSWER => ServeError::InvalidParams(error.message().to_owned()),
            _ => ServeError::Internal(error.to_string()),
        }
    }
}
