//! How a call ended.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::asking::question;
use crate::bindings::types::{CallError, Content, Failure, NeedsInput, ToolOutcome, ToolResult};

/// How a call of a tool ended. What a test does not expect ends the test with the whole outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome(Result<ToolOutcome, CallError>);

impl Outcome {
    pub(super) fn new(result: Result<ToolOutcome, CallError>) -> Outcome {
        Outcome(result)
    }

    /// As the contract has it.
    pub fn raw(&self) -> &Result<ToolOutcome, CallError> {
        &self.0
    }

    /// The structured part of the answer.
    ///
    /// # Panics
    /// There is none.
    #[track_caller]
    pub fn structured(&self) -> Value {
        self.read()
    }

    /// The structured part of the answer as a `T`.
    ///
    /// # Panics
    /// There is none, or it is no `T`.
    #[track_caller]
    pub fn read<T: DeserializeOwned>(&self) -> T {
        let json = self.answer().structured.as_ref();
        let json = json.unwrap_or_else(|| panic!("no structured answer: {self:?}"));
        serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}"))
    }

    /// The text blocks of the answer, one a line.
    ///
    /// # Panics
    /// The call did not end with an answer.
    #[track_caller]
    pub fn text(&self) -> String {
        let blocks = self.answer().content.iter();
        let lines: Vec<&str> = blocks
            .filter_map(|block| match block {
                Content::Text(text) => Some(text.as_str()),
                _ => None,
            })
            .collect();
        lines.join("\n")
    }

    /// The failure that the tool answered.
    ///
    /// # Panics
    /// The call did not end with a failure.
    #[track_caller]
    pub fn failure(&self) -> &Failure {
        let failure = self.result().and_then(|result| result.failure.as_ref());
        failure.unwrap_or_else(|| panic!("no failure: {self:?}"))
    }

    /// Why the tool could not be called at all.
    ///
    /// # Panics
    /// It could.
    #[track_caller]
    pub fn call_error(&self) -> &CallError {
        match &self.0 {
            Err(error) => error,
            Ok(outcome) => panic!("the call was served: {outcome:?}"),
        }
    }

    /// What was asked.
    ///
    /// # Panics
    /// Nothing was.
    #[track_caller]
    pub fn asked(&self) -> &NeedsInput {
        question(&self.0)
    }

    #[track_caller]
    fn answer(&self) -> &ToolResult {
        match self.result() {
            Some(result) if result.failure.is_none() => result,
            _ => panic!("no answer: {self:?}"),
        }
    }

    fn result(&self) -> Option<&ToolResult> {
        match &self.0 {
            Ok(ToolOutcome::Complete(result)) => Some(result),
            _ => None,
        }
    }
}
