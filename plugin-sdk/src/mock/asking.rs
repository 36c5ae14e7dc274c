//! Questions in the middle of a call, under the host's rules.

use serde_json::Value;

use super::Host;
use super::served::Served;
use super::state::State;
use crate::bindings::types::{CallError, InputRequest, NeedsInput, ToolOutcome};

/// How much the host lets a plugin ask and remember at once.
const REQUESTS_MAX: usize = 8;
const STATE_BYTES_MAX: usize = 16 * 1024;
const KEY_CHARS_MAX: usize = 64;

/// An outcome that may be a question.
pub(super) trait MayAsk {
    fn asked(&self) -> Option<&NeedsInput>;
}

impl MayAsk for ToolOutcome {
    fn asked(&self) -> Option<&NeedsInput> {
        match self {
            ToolOutcome::NeedsInput(asked) => Some(asked),
            _ => None,
        }
    }
}

/// The question, if it is one.
#[track_caller]
pub(super) fn question<T: MayAsk + std::fmt::Debug>(result: &Result<T, CallError>) -> &NeedsInput {
    let asked = result.as_ref().ok().and_then(MayAsk::asked);
    asked.unwrap_or_else(|| panic!("no question: {result:?}"))
}

impl Host {
    /// Answers what a call asked: the next call of the same thing is its next round. Keys and MCP's result objects:
    /// `host.reply(outcome.asked(), &[("confirm", json!({"action": "accept", "content": {"yes": true}}))])`.
    pub fn reply(&self, asked: &NeedsInput, answers: &[(&str, Value)]) -> &Host {
        self.state.client.answer(asked, answers);
        self
    }
}

/// The outcome, unless it is a question that a real host would not pass on.
pub(super) fn checked<T: MayAsk>(
    state: &State,
    served: Option<Served>,
    result: Result<T, CallError>,
) -> Result<T, CallError> {
    let outcome = result?;
    if let (Some(asked), Some(served)) = (outcome.asked(), served) {
        check(state, served, asked);
        state.client.can_answer(asked)?;
    }
    Ok(outcome)
}

fn check(state: &State, served: Served, asked: &NeedsInput) {
    assert!(
        !state.has_written.get(),
        "{served} sent a write and then asked, which the host ends with `confirm_first`: the next round would \
         write again"
    );
    assert!(asked.requests.len() <= REQUESTS_MAX, "{served} asks more than {REQUESTS_MAX} questions");
    let state_bytes = asked.state.as_ref().map_or(0, String::len);
    assert!(state_bytes <= STATE_BYTES_MAX, "{served} remembers {state_bytes} bytes of {STATE_BYTES_MAX}");
    for (at, request) in asked.requests.iter().enumerate() {
        let earlier = &asked.requests[..at];
        assert!(
            earlier.iter().all(|other| other.key != request.key),
            "{served} asks `{}` twice",
            request.key
        );
        check_key(served, &request.key);
        check_form(served, request);
    }
}

fn check_key(served: Served, key: &str) {
    let plain = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    assert!(
        plain && (1..=KEY_CHARS_MAX).contains(&key.len()),
        "{served} asks `{key}`: a question's key is 1 to 64 letters, digits, `_` or `-`"
    );
}

/// Clients show flat forms only.
fn check_form(served: Served, request: &InputRequest) {
    let params: Value = serde_json::from_str(&request.params).expect("the params of a question are JSON");
    let fields = params["requestedSchema"]["properties"].as_object().into_iter().flatten();
    for (name, field) in fields {
        assert!(
            field["type"] != "object" && field.get("type").or(field.get("oneOf")).is_some(),
            "{served} asks for `{name}` in a form: a field is a text, a number, a boolean or a choice"
        );
    }
}
