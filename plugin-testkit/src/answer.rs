//! How a call ended.

use std::time::Duration;

use serde_json::Value;
use xyte_mcp::author;
use xyte_mcp::json::Json;
use xyte_mcp::plugin::{Content, Question, Report};
use xyte_mcp::tools::Outcome;
use xyte_sim::RecordedRequest;

/// The end of a call, with what it took.
#[derive(Debug)]
pub struct Called {
    called: author::Called,
    requests: Vec<RecordedRequest>,
}

impl Called {
    pub(crate) fn new(called: author::Called, requests: Vec<RecordedRequest>) -> Called {
        Called { called, requests }
    }

    /// The structured answer.
    ///
    /// # Panics
    /// The call failed, or its answer has no structured part.
    pub fn structured(&self) -> Value {
        self.assert_success();
        match &self.called.outcome {
            Outcome::Answered(answer) => answer.structured.as_ref().map(Json::to_value),
            _ => None,
        }
        .expect("the answer has no structured part")
    }

    /// The answer's text blocks, a line each.
    ///
    /// # Panics
    /// The call failed.
    pub fn text(&self) -> String {
        self.assert_success();
        let Outcome::Answered(answer) = &self.called.outcome else { return String::new() };
        let texts = answer.content.iter().filter_map(|block| match block {
            Content::Text(text) => Some(text.as_str()),
            _ => None,
        });
        texts.collect::<Vec<_>>().join("\n")
    }

    /// The code of what went wrong: the tool's own, or the host's. None: nothing did.
    pub fn code(&self) -> Option<&str> {
        self.called.outcome.family().map(|_| self.called.outcome.code())
    }

    /// What went wrong, in words.
    pub fn message(&self) -> Option<String> {
        self.called.outcome.failure().map(|failure| failure.message)
    }

    /// What would help, if the failure says so.
    pub fn hint(&self) -> Option<String> {
        self.called.outcome.failure().and_then(|failure| failure.hint)
    }

    /// What the tool wants to know before it can go on.
    pub fn question(&self) -> Option<&Question> {
        match &self.called.outcome {
            Outcome::Asked(question) => Some(question),
            _ => None,
        }
    }

    /// What it reported while it ran.
    pub fn reports(&self) -> &[Report] {
        &self.called.reports
    }

    /// What it asked of the hub, in the order of arrival.
    pub fn requests(&self) -> &[RecordedRequest] {
        &self.requests
    }

    /// From request to outcome.
    pub fn time(&self) -> Duration {
        self.called.time
    }

    /// Bytes of memory that its instance held at the end.
    pub fn memory_bytes(&self) -> usize {
        self.called.memory_bytes
    }

    fn assert_success(&self) {
        if let Some(failure) = self.called.outcome.failure() {
            panic!("the call failed with {}: {}", failure.code, failure.message);
        }
        if let Some(question) = self.question() {
            panic!("the call asks instead of answering: {question:?}");
        }
    }
}
