//! How a tool says that it could not do what was asked.

use std::borrow::Cow;
use std::fmt;

use serde::Serialize;

use crate::bindings::types::{Failure, ToolOutcome, ToolResult};
use crate::text::clip;

/// The most bytes of a message and of a hint: the contract's limit, beyond which the host would refuse the answer.
const TEXT_BYTES_MAX: usize = 2048;

/// A failure for the model to read and act on: what went wrong, under a stable code, and what to try instead.
///
/// ```
/// # use xyte_plugin_sdk::ToolError;
/// ToolError::new("device_not_found", "No device has this id.").hint("list_devices finds ids by name.");
/// ```
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct ToolError {
    code: Cow<'static, str>,
    message: String,
    hint: Option<String>,
    retry_after_ms: Option<u32>,
    details: Option<String>,
}

impl ToolError {
    /// A failure under `code`, snake_case and listed in the tool's attribute, said in one or two sentences.
    pub fn new(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> ToolError {
        ToolError {
            code: code.into(),
            message: message.into(),
            hint: None,
            retry_after_ms: None,
            details: None,
        }
    }

    /// What to try instead.
    pub fn hint(mut self, hint: impl Into<String>) -> ToolError {
        self.hint = Some(hint.into());
        self
    }

    /// The same call may succeed after so many milliseconds. Without this, repeating is useless.
    pub fn retry_after_ms(mut self, retry_after_ms: u32) -> ToolError {
        self.retry_after_ms = Some(retry_after_ms);
        self
    }

    /// Anything more, which must be a JSON object; what cannot be written as JSON is left out.
    pub fn details(mut self, details: &impl Serialize) -> ToolError {
        self.details = serde_json::to_string(details).ok();
        self
    }

    /// The stable code.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The message.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for ToolError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

impl std::error::Error for ToolError {}

impl From<ToolError> for Failure {
    fn from(error: ToolError) -> Failure {
        Failure {
            code: error.code.into_owned(),
            message: clip(&error.message, TEXT_BYTES_MAX).to_owned(),
            hint: error.hint.map(|hint| clip(&hint, TEXT_BYTES_MAX).to_owned()),
            retry_after_ms: error.retry_after_ms,
            details: error.details,
        }
    }
}

impl From<ToolError> for ToolOutcome {
    fn from(error: ToolError) -> ToolOutcome {
        let failure = Some(error.into());
        ToolOutcome::Complete(ToolResult { content: Vec::new(), structured: None, failure, meta: None })
    }
}
