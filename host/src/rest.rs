//! The plain HTTP face, `/v1`: from tools and their outcomes to JSON documents and statuses, for scripts and dashboards.
//!
//! Nothing here knows a socket. [`Target`] says what a path means; [`Rest`] serves it through the same functions of
//! `tools` as every other way in, and answers with a [`Document`] or a [`Problem`].

mod content;
mod docs;
mod listing;
mod openapi;
mod problem;
mod status;
mod target;

use std::sync::Arc;

use serde::Serialize;

use self::content::{MessagesDocument, ReadDocument, ToolDocument};
use self::listing::{PromptsDocument, ResourcesDocument, ToolsDocument};
use crate::json::{Json, JsonError};
use crate::tenant::Caller;
use crate::tools::{ARGUMENTS_BYTES_MAX, CallScope, ToolCall, Tools};

pub use self::docs::{DocsPage, docs_page};
pub use self::problem::Problem;
pub use self::target::Target;

/// What a request asked for, as JSON text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document(String);

/// The documents of one set of tools.
#[derive(Debug, Clone)]
pub struct Rest {
    tools: Arc<Tools>,
}

impl Document {
    fn of(value: &impl Serialize) -> Document {
        Document(
            serde_json::to_string(value)
                .expect("documents have text for keys and no numbers that JSON lacks"),
        )
    }

    /// The text.
    pub fn into_text(self) -> String {
        self.0
    }
}

impl Rest {
    /// Serves these tools.
    pub fn new(tools: Arc<Tools>) -> Rest {
        Rest { tools }
    }

    /// The tools that exist for a caller.
    pub fn tools(&self, caller: &Caller) -> Document {
        Document::of(&ToolsDocument::of(&self.tools.visible(caller)))
    }

    /// The prompts that exist for a caller.
    pub fn prompts(&self, caller: &Caller) -> Document {
        Document::of(&PromptsDocument::of(&self.tools.prompts(caller)))
    }

    /// The description of everything here for programs, in the form of OpenAPI 3.1.
    pub fn openapi(&self, caller: &Caller) -> Document {
        let (view, tools) = (self.tools.visible(caller), &self.tools);
        Document::of(&openapi::describe(view.entries(), &tools.resources(caller), &tools.prompts(caller)))
    }

    /// One page of the resources that exist for a caller: first what every tenant has, then what each plugin lists.
    ///
    /// # Errors
    /// The cursor is none of ours, or nothing can run now.
    pub async fn resources(
        &self,
        caller: &Caller,
        cursor: Option<&str>,
        scope: CallScope,
    ) -> Result<Document, Problem> {
        let page = ResourcesDocument::page(&self.tools, caller, cursor, scope).await?;
        Ok(Document::of(&page))
    }

    /// Runs a tool with the arguments of a request's body.
    ///
    /// # Errors
    /// There is no such tool, the arguments are refused, or the call did not end with an answer.
    pub async fn call(
        &self,
        caller: &Caller,
        name: &str,
        body: &[u8],
        scope: CallScope,
    ) -> Result<Document, Problem> {
        let call = ToolCall { name: name.to_owned(), arguments: arguments(body)? };
        let outcome = self.tools.call(caller, &call, scope).await;
        let answer =
            problem::settled(outcome.map_err(|unknown| Problem::unknown("unknown_tool", &unknown))?)?;
        Ok(Document::of(&ToolDocument::from(answer)))
    }

    /// Reads a resource.
    ///
    /// # Errors
    /// There is none of that URI, or it could not be read.
    pub async fn read(&self, caller: &Caller, uri: &str, scope: CallScope) -> Result<Document, Problem> {
        let outcome = self.tools.read(caller, uri, scope).await;
        let contents =
            problem::settled(outcome.map_err(|unknown| Problem::unknown("unknown_resource", &unknown))?)?;
        Ok(Document::of(&ReadDocument::from(contents)))
    }

    /// Gets a prompt with these arguments.
    ///
    /// # Errors
    /// There is no such prompt, the arguments are not its own, or it could not be made.
    pub async fn prompt(
        &self,
        caller: &Caller,
        name: &str,
        arguments: &[(String, String)],
        scope: CallScope,
    ) -> Result<Document, Problem> {
        let outcome = self.tools.prompt(caller, name, arguments, scope).await;
        let messages =
            problem::settled(outcome.map_err(|unknown| Problem::unknown("unknown_prompt", &unknown))?)?;
        Ok(Document::of(&MessagesDocument::from(messages)))
    }
}

/// The arguments that a body gives: one JSON object, checked as all JSON from outside is.
fn arguments(body: &[u8]) -> Result<Json, Problem> {
    let text =
        std::str::from_utf8(body).map_err(|_| Problem::malformed("invalid_json", "the body is not UTF-8"))?;
    Json::parse_object(text, ARGUMENTS_BYTES_MAX).map_err(|error| match error {
        JsonError::TooLong { .. } => Problem::body_too_large(ARGUMENTS_BYTES_MAX),
        _ => Problem::malformed("invalid_json", &format!("the body is refused: {error}")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_one_object_that_all_readers_read_alike() {
        assert_eq!(arguments(b" { \"a\" : 1 } ").unwrap().as_str(), r#"{"a":1}"#);
        let long = format!("{{\"a\":\"{}\"}}", "x".repeat(ARGUMENTS_BYTES_MAX));
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(100), "]".repeat(100));
        for (body, status) in [
            ("", 400),
            ("[]", 400),
            ("null", 400),
            (r#"{"a":1,"a":2}"#, 400),
            (r#"{"a":"\ud800"}"#, 400),
            (r#"{"a":1e999999}"#, 400),
            ("{} {}", 400),
            (&deep, 400),
            (&long, 413),
        ] {
            let problem = arguments(body.as_bytes()).unwrap_err();
            assert_eq!(problem.status().as_u16(), status, "{}", &body[..body.len().min(40)]);
        }
        assert_eq!(arguments(b"\xff").unwrap_err().status().as_u16(), 400);
    }
}
