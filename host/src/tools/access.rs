//! Whether a tool exists for a caller. One decision, asked by lists and by calls.

use super::outcome::Refusal;
use crate::plugin::Tool;

/// What the operator decided for all tools.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// Whether experimental tools exist.
    pub experimental: bool,
}

impl Policy {
    /// Whether a tool is shown and may be called.
    ///
    /// # Errors
    /// Why not, and what an operator could change.
    pub fn decide(&self, tool: &Tool) -> Result<(), Refusal> {
        if tool.experimental && !self.experimental {
            return Err(Refusal::Experimental { tool: tool.name.clone() });
        }
        match tool.grant.missing().next() {
            Some(operation) => Err(Refusal::RouteNotGranted { how: tool.grant.how_to_grant(operation) }),
            None => Ok(()),
        }
    }
}
