//! What a tool may answer with.

use schemars::{JsonSchema, Schema};
use serde::Serialize;

use crate::bindings::types::{CallError, ToolOutcome, ToolResult};
use crate::schema;
use crate::{Outcome, ServeError, ToolError};

pub use crate::bindings::types::Content;

/// What a tool answers with: any type that derives `Serialize` and `JsonSchema` and is a JSON object, an
/// [`Answer`], a [`Text`], a [`RawJson`], or the contract's own [`ToolOutcome`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an answer",
    note = "derive `serde::Serialize` and `schemars::JsonSchema`, or answer with `Text`, `Answer` or `RawJson`"
)]
pub trait Output {
    /// The schema of its structured part, if it has one.
    fn output_schema() -> Option<Schema>;

    /// The answer as the contract has it.
    ///
    /// # Errors
    /// It cannot be written as JSON.
    fn into_outcome(self) -> Result<ToolOutcome, CallError>;
}

impl<T: Serialize + JsonSchema> Output for T {
    fn output_schema() -> Option<Schema> {
        Some(schema::output::<T>())
    }

    fn into_outcome(self) -> Result<ToolOutcome, CallError> {
        structured(&self, Vec::new())
    }
}

/// A structured answer with words beside it.
#[derive(Debug, Clone)]
#[must_use]
pub struct Answer<T> {
    value: T,
    content: Vec<Content>,
}

impl<T: Serialize + JsonSchema> Answer<T> {
    /// The structured part alone; the host adds its JSON as text for clients that read nothing else.
    pub fn new(value: T) -> Answer<T> {
        Answer { value, content: Vec::new() }
    }

    /// Adds a sentence for a reader: what was found, how much of it, whether it is all.
    ///
    /// Put no names, titles or messages of the fleet into it except through [`quote`](crate::text::quote): they are
    /// written by people and devices, and a model may take them for instructions.
    pub fn summary(self, text: impl Into<String>) -> Answer<T> {
        self.content(Content::Text(text.into()))
    }

    /// Adds a block: an image, a resource.
    pub fn content(mut self, block: Content) -> Answer<T> {
        self.content.push(block);
        self
    }
}

impl<T: Serialize + JsonSchema> Output for Answer<T> {
    fn output_schema() -> Option<Schema> {
        Some(schema::output::<T>())
    }

    fn into_outcome(self) -> Result<ToolOutcome, CallError> {
        structured(&self.value, self.content)
    }
}

/// An answer in words, without a structured part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text(pub String);

impl Output for Text {
    fn output_schema() -> Option<Schema> {
        None
    }

    fn into_outcome(self) -> Result<ToolOutcome, CallError> {
        Ok(complete(vec![Content::Text(self.0)], None))
    }
}

/// A structured answer that is JSON text already, such as a response's body, passed on without being read.
///
/// It has no output schema. The host refuses the answer if the text is not JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawJson(pub String);

impl Output for RawJson {
    fn output_schema() -> Option<Schema> {
        None
    }

    fn into_outcome(self) -> Result<ToolOutcome, CallError> {
        Ok(complete(Vec::new(), Some(self.0)))
    }
}

impl Output for ToolOutcome {
    fn output_schema() -> Option<Schema> {
        None
    }

    fn into_outcome(self) -> Result<ToolOutcome, CallError> {
        Ok(self)
    }
}

impl<T: Output> Output for Outcome<T> {
    fn output_schema() -> Option<Schema> {
        T::output_schema()
    }

    fn into_outcome(self) -> Result<ToolOutcome, CallError> {
        match self {
            Outcome::Complete(output) => output.into_outcome(),
            Outcome::Ask(ask) => ask.into_needs_input().map(ToolOutcome::NeedsInput),
        }
    }
}

/// What a tool's function returns: a [`Result`] of an [`Output`] and a [`ToolError`], or a [`ServeError`].
#[diagnostic::on_unimplemented(
    message = "a tool returns `Result<T, ToolError>`, where `T` is an answer, not `{Self}`",
    note = "an answer derives `serde::Serialize` and `schemars::JsonSchema`, or is a `Text`, `Answer` or `RawJson`"
)]
pub trait ToolReturn {
    /// The schema of the structured part, if it has one.
    fn output_schema() -> Option<Schema>;

    /// The answer, or the failure, as the contract has it.
    ///
    /// # Errors
    /// The answer cannot be written as JSON.
    fn into_outcome(self) -> Result<ToolOutcome, CallError>;
}

impl<T: Output> ToolReturn for Result<T, ToolError> {
    fn output_schema() -> Option<Schema> {
        T::output_schema()
    }

    fn into_outcome(self) -> Result<ToolOutcome, CallError> {
        match self {
            Ok(output) => output.into_outcome(),
            Err(error) => Ok(error.into()),
        }
    }
}

impl<T: Output> ToolReturn for Result<T, ServeError> {
    fn output_schema() -> Option<Schema> {
        T::output_schema()
    }

    fn into_outcome(self) -> Result<ToolOutcome, CallError> {
        let not_found = || CallError::InvalidParams("there is no such thing".to_owned());
        self.map_err(|error| error.into_call_error(not_found()))?.into_outcome()
    }
}

fn structured(value: &impl Serialize, content: Vec<Content>) -> Result<ToolOutcome, CallError> {
    let json = serde_json::to_string(value)
        .map_err(|error| CallError::Internal(format!("the answer cannot be written as JSON: {error}")))?;
    Ok(complete(content, Some(json)))
}

fn complete(content: Vec<Content>, structured: Option<String>) -> ToolOutcome {
    ToolOutcome::Complete(ToolResult { content, structured, failure: None, meta: None })
}
