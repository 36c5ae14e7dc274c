//! What the operator set for the plugin.

use serde::de::DeserializeOwned;

use super::Cx;
use crate::ToolError;
use crate::imports::config;

impl Cx {
    /// The operator's settings for this plugin. The host has held them against the schema of the type that
    /// `#[plugin(…, config = Settings)]` names, so that a settings file that does not fit never gets here.
    ///
    /// # Errors
    /// `invalid_settings`: they fit the schema and yet are no `T`. The reason goes to the operator's log, since it
    /// may quote what was set.
    pub fn config<T: DeserializeOwned>(&self) -> Result<T, ToolError> {
        serde_json::from_str(&config::all()).map_err(|error| {
            self.error("the settings cannot be read", &[("reason", &error)]);
            ToolError::new("invalid_settings", "The operator's settings for this plugin cannot be read.")
        })
    }
}
