//! `xyte:plugin/notify`: what clients should look at again.

use crate::plugin::bindings::notify;
use crate::plugin::call_state::CallState;
use crate::plugin::change::Change;

impl notify::Host for CallState {
    async fn list_changed(&mut self, which: notify::Catalog) -> wasmtime::Result<()> {
        let change = match which {
            notify::Catalog::Tools => Change::Tools,
            notify::Catalog::Resources => Change::Resources,
            notify::Catalog::Prompts => Change::Prompts,
        };
        self.call()?.notifier.announce(change);
        Ok(())
    }

    async fn resource_updated(&mut self, uri: String) -> wasmtime::Result<()> {
        let call = self.call()?;
        if call.resources.iter().any(|served| served.template.values(&uri).is_some()) {
            call.notifier.announce(Change::Resource(uri));
        }
        Ok(())
    }
}
