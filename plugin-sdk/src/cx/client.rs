//! What the client may see while the call runs, and what it is able to do.

use serde::Serialize;
use serde_json::{Map, Value};

use super::Cx;
use crate::imports::call;

/// How much a message to the client matters: the eight levels of MCP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageLevel {
    /// For whoever looks for a mistake.
    Debug,
    /// In the ordinary course.
    Info,
    /// Ordinary, and worth a look.
    Notice,
    /// Something may be wrong.
    Warning,
    /// Something is wrong.
    Error,
    /// A part of the system is out of order.
    Critical,
    /// Somebody must act at once.
    Alert,
    /// Nothing works any more.
    Emergency,
}

impl MessageLevel {
    /// The level as MCP writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            MessageLevel::Debug => "debug",
            MessageLevel::Info => "info",
            MessageLevel::Notice => "notice",
            MessageLevel::Warning => "warning",
            MessageLevel::Error => "error",
            MessageLevel::Critical => "critical",
            MessageLevel::Alert => "alert",
            MessageLevel::Emergency => "emergency",
        }
    }
}

impl Cx {
    /// Tells the client how far the work is: `cx.progress(2.0, 5.0, "Reading page 2")`, or with `None` for what is
    /// not known. Only rising values are sent, and nothing if the client did not ask.
    pub fn progress<'a>(
        &self,
        done: f64,
        total: impl Into<Option<f64>>,
        message: impl Into<Option<&'a str>>,
    ) {
        call::progress(done, total.into(), message.into());
    }

    /// Sends the client a message, which people may read and a model does not. Nothing is sent unless the client
    /// asked for that level; what cannot be written as JSON is dropped.
    pub fn message(&self, level: MessageLevel, data: impl Serialize) {
        if let Ok(json) = serde_json::to_string(&data) {
            call::message(level.as_str(), &json);
        }
    }

    /// What the client declared that it can do: MCP's `ClientCapabilities`, empty if it declared nothing.
    pub fn client_capabilities(&self) -> Map<String, Value> {
        serde_json::from_str(&call::client_capabilities()).unwrap_or_default()
    }
}
