//! Requests of one connection that are not answered yet.

use std::collections::BTreeSet;
use std::sync::Mutex;

use serde_json::Value;

use super::message::{INVALID_REQUEST, Refusal};

/// Requests of one connection at the same time. Editors send a few dozen; each that waits takes memory.
const REQUESTS_MAX: usize = 256;

/// The ids of requests that are under way. The protocol library takes a second request of one id for the first, and
/// would answer one of them with the other's result, and the other never.
#[derive(Debug, Default)]
pub(super) struct UnderWay(Mutex<BTreeSet<String>>);

impl UnderWay {
    /// Begins a request.
    ///
    /// # Errors
    /// Why it cannot be served now.
    pub(super) fn begin(&self, id: &Value) -> Result<(), Refusal> {
        let mut ids = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let refuse =
            |reason: &str, id: Value| Err(Refusal { code: INVALID_REQUEST, reason: reason.to_owned(), id });
        if ids.len() >= REQUESTS_MAX {
            return refuse("too many requests are under way; wait for answers", id.clone());
        }
        if !ids.insert(id.to_string()) {
            // With the id it would be taken for the answer to the first.
            return refuse("a request of this id is under way", Value::Null);
        }
        Ok(())
    }

    /// It is answered, or taken back.
    pub(super) fn end(&self, id: &Value) {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).remove(&id.to_string());
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_id_is_used_once_at_a_time_and_so_many_at_all() {
        let under_way = UnderWay::default();
        assert!(under_way.begin(&json!(1)).is_ok() && under_way.begin(&json!("1")).is_ok());
        assert_eq!(under_way.begin(&json!(1)).unwrap_err().id, Value::Null);
        under_way.end(&json!(1));
        assert!(under_way.begin(&json!(1)).is_ok());
        for n in 2..REQUESTS_MAX {
            under_way.begin(&json!(n)).unwrap();
        }
        assert!(under_way.begin(&json!("one more")).unwrap_err().reason.contains("too many"));
    }
}
