//! Answers to what an earlier round of this call asked with [`Ask`](crate::Ask).

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::Cx;
use crate::ToolError;
use crate::imports::call;

/// What became of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Elicited<T> {
    /// The user filled it in.
    Accepted(T),
    /// The user said no.
    Declined,
    /// The user closed it without a choice.
    Cancelled,
}

/// A folder or file that the client lets servers know of.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Root {
    /// Where it is: `file:///home/ada/projects`.
    pub uri: String,
    /// What to call it.
    pub name: Option<String>,
}

#[derive(Deserialize)]
struct ElicitResult {
    action: String,
    content: Option<Map<String, Value>>,
}

#[derive(Deserialize)]
struct SampleResult {
    content: Value,
}

#[derive(Deserialize)]
struct RootsResult {
    roots: Vec<Root>,
}

/// The client wrote the answers, and nobody has checked them: what does not fit is `invalid_answer`.
impl Cx {
    /// What the user made of the form that was asked under `key`. None: it has not been answered yet.
    ///
    /// # Errors
    /// `invalid_answer`: it is filled in, but not as a `T`.
    pub fn elicited<T: DeserializeOwned>(&self, key: &str) -> Result<Option<Elicited<T>>, ToolError> {
        let Some(result) = self.answer::<ElicitResult>(key)? else { return Ok(None) };
        match result.action.as_str() {
            "accept" => {
                let content = Value::Object(result.content.unwrap_or_default());
                let content = serde_json::from_value(content).map_err(|error| invalid(key, &error))?;
                Ok(Some(Elicited::Accepted(content)))
            }
            "decline" => Ok(Some(Elicited::Declined)),
            "cancel" => Ok(Some(Elicited::Cancelled)),
            _ => Err(invalid(key, &"an action that MCP does not have")),
        }
    }

    /// The words of the model that was asked under `key`.
    ///
    /// # Errors
    /// `invalid_answer`: it is no answer of a model.
    pub fn sampled(&self, key: &str) -> Result<Option<String>, ToolError> {
        let Some(result) = self.answer::<SampleResult>(key)? else { return Ok(None) };
        let blocks = match result.content {
            Value::Array(blocks) => blocks,
            block => vec![block],
        };
        let words: Vec<&str> = blocks.iter().filter_map(|block| block["text"].as_str()).collect();
        Ok(Some(words.join("\n")))
    }

    /// The roots that were asked for under `key`.
    ///
    /// # Errors
    /// `invalid_answer`: it is no list of roots.
    pub fn roots(&self, key: &str) -> Result<Option<Vec<Root>>, ToolError> {
        Ok(self.answer::<RootsResult>(key)?.map(|result| result.roots))
    }

    /// MCP's result object for what was asked under `key`.
    ///
    /// # Errors
    /// `invalid_answer`: it is no `T`.
    pub fn answer<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, ToolError> {
        let answers = call::input_responses();
        let Some((_, json)) = answers.iter().find(|(answered, _)| answered == key) else { return Ok(None) };
        serde_json::from_str(json).map(Some).map_err(|error| invalid(key, &error))
    }

    /// What [`Ask::remember`](crate::Ask::remember) handed to this round. The host has sealed it: it is what this
    /// plugin wrote, for this caller and these arguments.
    ///
    /// # Errors
    /// `invalid_answer`: it is no `T`.
    pub fn remembered<T: DeserializeOwned>(&self) -> Result<Option<T>, ToolError> {
        let state = call::input_state();
        state.map(|json| serde_json::from_str(&json).map_err(|error| invalid("state", &error))).transpose()
    }
}

/// The code under which an answer that does not fit is refused.
pub(crate) const INVALID_ANSWER: &str = "invalid_answer";

fn invalid(key: &str, reason: &dyn std::fmt::Display) -> ToolError {
    ToolError::new(INVALID_ANSWER, format!("The answer `{key}` cannot be used: {reason}"))
}
