//! The contract's import functions, answered by the mock host that is running.

pub(crate) mod xyte {
    use crate::bindings::xyte::{Error, Request, Response};
    use crate::mock::state::running;

    pub(crate) fn send(request: &Request) -> Result<Response, Error> {
        running(|state| {
            state.pass(state.latency_ms.get());
            state.send(request)
        })
    }

    pub(crate) fn send_all(requests: &[Request]) -> Vec<Result<Response, Error>> {
        running(|state| {
            state.pass(state.latency_ms.get());
            requests.iter().map(|request| state.send(request)).collect()
        })
    }
}

pub(crate) mod log {
    use crate::bindings::log::Level;
    use crate::mock::recorded::LogLine;
    use crate::mock::state::running;

    pub(crate) fn write(level: Level, message: &str, fields: &[(String, String)]) {
        let line = LogLine { level, message: message.to_owned(), fields: fields.to_vec() };
        running(|state| state.logs.borrow_mut().push(line));
    }
}

pub(crate) mod config {
    use crate::mock::state::running;

    pub(crate) fn all() -> String {
        running(|state| state.settings.borrow().to_string())
    }
}

pub(crate) mod call {
    use crate::mock::state::running;

    pub(crate) fn request_id() -> String {
        running(|_| "request-1".to_owned())
    }

    pub(crate) fn tenant() -> String {
        running(|_| "tenant-1".to_owned())
    }

    pub(crate) fn user() -> Option<String> {
        running(|state| state.client.user.borrow().clone())
    }

    pub(crate) fn remaining_ms() -> u32 {
        running(|state| state.remaining_ms.get())
    }

    pub(crate) fn is_cancelled() -> bool {
        running(|state| state.cancelled.get())
    }

    pub(crate) fn now_ms() -> u64 {
        running(|state| state.now_ms.get())
    }

    /// The bytes 0, 1, 2 …: a test wants to know what it gets.
    pub(crate) fn random(length: u32) -> Vec<u8> {
        running(|_| (0..=u8::MAX).take(usize::try_from(length).unwrap_or(usize::MAX)).collect())
    }

    pub(crate) fn sleep_ms(duration: u32) -> bool {
        running(|state| {
            let whole = duration <= state.remaining_ms.get() && !state.cancelled.get();
            state.pass(duration);
            whole
        })
    }

    pub(crate) fn progress(done: f64, total: Option<f64>, message: Option<&str>) {
        running(|state| state.client.take_progress(done, total, message));
    }

    pub(crate) fn message(level: &str, data: &str) {
        running(|state| state.client.take_message(level, data));
    }

    pub(crate) fn input_responses() -> Vec<(String, String)> {
        running(|state| state.client.answers.borrow().clone())
    }

    pub(crate) fn input_state() -> Option<String> {
        running(|state| state.client.remembered.borrow().clone())
    }

    pub(crate) fn client_capabilities() -> String {
        running(|state| state.client.capabilities.borrow().to_string())
    }
}

pub(crate) mod state {
    use crate::bindings::state::{Entry, Error, Space};
    use crate::mock::state::running;

    pub(crate) fn get(space: Space, key: &str) -> Result<Option<Entry>, Error> {
        running(|state| state.kept()?.get(state.owner(space)?, key))
    }

    pub(crate) fn set(
        space: Space,
        key: &str,
        value: &str,
        expected: Option<u64>,
        ttl_ms: Option<u64>,
    ) -> Result<u64, Error> {
        running(|state| {
            let gone_at_ms = ttl_ms.map(|ttl_ms| state.now_ms.get().saturating_add(ttl_ms));
            state.kept()?.set(state.owner(space)?, key, value, expected, gone_at_ms)
        })
    }

    pub(crate) fn remove(space: Space, key: &str) -> Result<bool, Error> {
        running(|state| state.kept()?.remove(state.owner(space)?, key))
    }

    pub(crate) fn keys(space: Space, prefix: &str, after: Option<&str>) -> Result<Vec<String>, Error> {
        running(|state| Ok(state.kept()?.keys(&state.owner(space)?, prefix, after)))
    }
}

pub(crate) mod notify {
    use crate::bindings::notify::Catalog;
    use crate::mock::Notice;
    use crate::mock::state::running;

    pub(crate) fn list_changed(which: Catalog) {
        running(|state| state.client.take_notice(Notice::ListChanged(which)));
    }

    pub(crate) fn resource_updated(uri: &str) {
        running(|state| state.client.take_notice(Notice::ResourceUpdated(uri.to_owned())));
    }
}
