//! `xyte:plugin/config`: the operator's settings for the plugin.

use crate::json::Json;
use crate::plugin::bindings::config;
use crate::plugin::call_state::CallState;

impl config::Host for CallState {
    async fn all(&mut self) -> wasmtime::Result<String> {
        Ok(self.settings.all().as_str().to_owned())
    }

    async fn get(&mut self, key: String) -> wasmtime::Result<Option<String>> {
        Ok(self.settings.get(&key).cloned().map(Json::into_string))
    }
}
