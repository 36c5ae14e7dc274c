//! `xyte:plugin/log`: lines for the operator.

use tracing::Level;

use crate::plugin::bindings::log;
use crate::plugin::call_state::CallState;
use crate::plugin::limits::LOG_FIELDS_MAX;

impl log::Host for CallState {
    async fn write(
        &mut self,
        level: log::Level,
        message: String,
        fields: Vec<(String, String)>,
    ) -> wasmtime::Result<()> {
        let fields: Vec<String> =
            fields.iter().take(LOG_FIELDS_MAX).map(|(name, value)| format!("{name}={value}")).collect();
        self.log.write(level.into(), &message, &fields.join(" "));
        Ok(())
    }
}

impl From<log::Level> for Level {
    fn from(level: log::Level) -> Level {
        match level {
            log::Level::Trace => Level::TRACE,
            log::Level::Debug => Level::DEBUG,
            log::Level::Info => Level::INFO,
            log::Level::Warn => Level::WARN,
            log::Level::Error => Level::ERROR,
        }
    }
}
