//! What a guest asks before it can go on, checked.

use std::collections::BTreeSet;

use super::bindings::types as wit;
use super::limits::{INPUT_REQUESTS_MAX, INPUT_STATE_BYTES_MAX, JSON_BYTES_MAX, NAME_BYTES_MAX};
use crate::json::Json;

/// The methods of MCP that a plugin may ask a client through.
const METHODS: [&str; 3] = ["elicitation/create", "sampling/createMessage", "roots/list"];

/// Questions that must be answered before the call can be made again, and what is to be handed back then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The questions, each under its key.
    pub requests: Vec<InputRequest>,
    /// For the plugin alone: whoever carries it must neither read nor change it.
    pub state: Option<String>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputRequest {
    /// The plugin's name for it.
    pub key: String,
    /// MCP's method.
    pub method: String,
    /// MCP's params for it.
    pub params: Json,
}

impl Question {
    /// Checks what a guest wants to know.
    ///
    /// # Errors
    /// The rule of the contract that it breaks.
    pub(super) fn check(needs: wit::NeedsInput) -> Result<Question, String> {
        if needs.requests.len() > INPUT_REQUESTS_MAX {
            return Err(format!("it asks more than {INPUT_REQUESTS_MAX} questions at once"));
        }
        if needs.state.as_ref().is_some_and(|state| state.len() > INPUT_STATE_BYTES_MAX) {
            return Err(format!("its state has more than {INPUT_STATE_BYTES_MAX} bytes"));
        }
        if needs.requests.is_empty() && needs.state.is_none() {
            return Err("it needs input and asks for nothing".to_owned());
        }
        let mut keys = BTreeSet::new();
        let mut requests = Vec::with_capacity(needs.requests.len());
        for request in needs.requests {
            let request = check(request)?;
            if !keys.insert(request.key.clone()) {
                return Err("two of its questions have the same key".to_owned());
            }
            requests.push(request);
        }
        Ok(Question { requests, state: needs.state })
    }
}

fn check(request: wit::InputRequest) -> Result<InputRequest, String> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-';
    if !(1..=NAME_BYTES_MAX).contains(&request.key.len()) || !request.key.bytes().all(plain) {
        return Err("a question's key has 1 to 64 letters, digits, `_` or `-`".to_owned());
    }
    if !METHODS.contains(&request.method.as_str()) {
        return Err(format!("a question's method is one of {}", METHODS.join(", ")));
    }
    let params = Json::parse_object(&request.params, JSON_BYTES_MAX)
        .map_err(|error| format!("a question's params are refused: {error}"))?;
    Ok(InputRequest { key: request.key, method: request.method, params })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(key: &str, method: &str, params: &str) -> wit::InputRequest {
        wit::InputRequest { key: key.into(), method: method.into(), params: params.into() }
    }

    fn question(requests: Vec<wit::InputRequest>, state: Option<String>) -> Result<Question, String> {
        Question::check(wit::NeedsInput { requests, state })
    }

    #[test]
    fn a_question_is_asked_under_a_key_by_a_known_method() {
        let good = || request("color", "elicitation/create", "{ }");
        assert_eq!(question(vec![good()], None).unwrap().requests[0].params.as_str(), "{}");
        assert!(question(Vec::new(), Some("s".repeat(INPUT_STATE_BYTES_MAX))).is_ok());
        assert!(
            question(
                (0..INPUT_REQUESTS_MAX).map(|n| request(&n.to_string(), "roots/list", "{}")).collect(),
                None
            )
            .is_ok()
        );
        let cases = [
            (vec![request("", "roots/list", "{}")], "key has 1 to 64"),
            (vec![request("a b", "roots/list", "{}")], "key has 1 to 64"),
            (vec![request("a", "tools/call", "{}")], "method is one of"),
            (vec![request("a", "roots/list", "[]")], "params are refused"),
            (vec![good(), good()], "the same key"),
            (Vec::new(), "asks for nothing"),
            (
                (0..=INPUT_REQUESTS_MAX).map(|n| request(&n.to_string(), "roots/list", "{}")).collect(),
                "more than 8",
            ),
        ];
        for (requests, reason) in cases {
            let error = question(requests, None).unwrap_err();
            assert!(error.contains(reason), "{reason}: {error}");
        }
        assert!(question(Vec::new(), Some("s".repeat(INPUT_STATE_BYTES_MAX + 1))).is_err());
    }
}
