//! From a call of the host to the tool's function and back.

use serde::de::DeserializeOwned;

use super::PluginInfo;
use crate::Cx;
use crate::answer::ToolReturn;
use crate::bindings::types::{CallError, ToolOutcome};

pub(super) fn call(info: &PluginInfo, name: &str, arguments: &str) -> Result<ToolOutcome, CallError> {
    match info.tool(name) {
        Some(tool) => (tool.run)(&Cx::new(), arguments),
        None => Err(CallError::UnknownName(name.to_owned())),
    }
}

/// Reads the arguments and runs the tool.
///
/// # Errors
/// The arguments do not make the tool's type, although they fit its schema.
pub fn run<A: DeserializeOwned, R: ToolReturn>(
    cx: &Cx,
    arguments: &str,
    tool: fn(&Cx, A) -> R,
) -> Result<ToolOutcome, CallError> {
    let arguments = serde_json::from_str(arguments)
        .map_err(|error| CallError::InvalidParams(format!("the arguments do not fit: {error}")))?;
    tool(cx, arguments).into_outcome()
}

/// Runs a tool that takes no arguments.
///
/// # Errors
/// The answer cannot be written as JSON.
pub fn run_without_arguments<R: ToolReturn>(cx: &Cx, tool: fn(&Cx) -> R) -> Result<ToolOutcome, CallError> {
    tool(cx).into_outcome()
}
