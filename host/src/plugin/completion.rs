//! Suggestions for arguments.

use super::bindings::completions as wit;
use super::limits::COMPLETIONS_MAX;

/// What is being completed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// An argument of the prompt of this name.
    Prompt(String),
    /// A variable of this template.
    ResourceTemplate(String),
}

/// Suggestions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The values.
    pub values: Vec<String>,
    /// How many there are in all, if that is known.
    pub total: Option<u32>,
    /// Whether there are more.
    pub has_more: bool,
}

/// What a plugin suggests, as far as MCP allows.
pub(super) fn within_limits(mut completion: wit::Completion) -> Completion {
    let has_more = completion.has_more || completion.values.len() > COMPLETIONS_MAX;
    completion.values.truncate(COMPLETIONS_MAX);
    Completion { values: completion.values, total: completion.total, has_more }
}
