//! What one tool may send.

use std::collections::BTreeSet;
use std::sync::Arc;

use xyte_catalog::Operation;

use super::error::XyteError;

/// A route that a plugin asks for, found in the catalogue.
#[derive(Debug, Clone)]
pub struct Route {
    /// The operation that it is.
    pub operation: &'static Operation,
    /// What for, in the plugin's words.
    pub why: String,
    /// Whether the tool is of no use without it.
    pub required: bool,
}

/// What one tool of one plugin may send: what it asked for, as far as the operator granted it.
#[derive(Debug, Clone)]
pub struct Grant {
    plugin: Arc<str>,
    asked: Arc<[Route]>,
    granted: Arc<BTreeSet<&'static str>>,
    read_only: bool,
}

impl Grant {
    /// `granted` holds the keys of all operations that the operator grants to the plugin. A tool that calls itself
    /// read-only is held to it, whatever it was granted.
    pub fn new(
        plugin: &str,
        asked: Vec<Route>,
        granted: Arc<BTreeSet<&'static str>>,
        read_only: bool,
    ) -> Grant {
        Grant { plugin: plugin.into(), asked: asked.into(), granted, read_only }
    }

    /// The routes that the tool cannot do without and was not granted.
    pub fn missing(&self) -> impl Iterator<Item = &'static Operation> {
        let missing = self.asked.iter().filter(|route| route.required && !self.holds(route.operation));
        missing.map(|route| route.operation)
    }

    /// Every route that the tool asks for, and whether it has it.
    pub fn routes(&self) -> impl Iterator<Item = (&Route, bool)> {
        self.asked.iter().map(|route| (route, self.holds(route.operation)))
    }

    /// Whether the tool may use this operation now.
    ///
    /// # Errors
    /// The rule that forbids it, and what would allow it.
    pub fn check(&self, operation: &Operation) -> Result<(), XyteError> {
        if !self.asked.iter().any(|route| route.operation.key == operation.key) {
            let message =
                format!("the tool does not name {} among the routes that it asks for", operation.key);
            return Err(XyteError::denied("route_not_asked_for", message));
        }
        if !self.holds(operation) {
            return Err(XyteError::denied("route_not_granted", self.how_to_grant(operation)));
        }
        if self.read_only && operation.effect.mutates() {
            let message = format!("{} changes something, and the tool calls itself read-only", operation.key);
            return Err(XyteError::denied("read_only_tool", message));
        }
        Ok(())
    }

    /// The line that would grant an operation.
    pub fn how_to_grant(&self, operation: &Operation) -> String {
        let (key, plugin) = (&operation.key, &self.plugin);
        format!(
            "{key} is not granted to the plugin {plugin}; an operator can add \"{key}\" to `routes` in {plugin}.toml"
        )
    }

    fn holds(&self, operation: &Operation) -> bool {
        self.granted.contains(operation.key.as_str())
    }
}
