//! Questions in the middle of a call, under the host's rules.

use serde_json::Value;

use super::Host;
use super::served::Served;
use super::state::State;
use crate::bindings::types::{CallError, NeedsInput, ToolOutcome};

/// How much the host lets a plugin ask and remember at once.
const REQUESTS_MAX: usize = 8;
const STATE_BYTES_MAX: usize = 16 * 1024;

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
    }
}
