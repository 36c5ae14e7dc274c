//! What a tool answers, checked.

use std::time::Duration;

use super::bindings::types as wit;
use super::fault::Fault;
use super::limits::{FAILURE_TEXT_BYTES_MAX, JSON_BYTES_MAX, NAME_BYTES_MAX};
use super::text::cut;
use crate::json::{Json, JsonError};

/// A tool's answer. All JSON in it is checked and can be spliced.
#[derive(Debug, Default)]
pub struct Answer {
    /// What a model or a person reads.
    pub content: Vec<Content>,
    /// What a program reads.
    pub structured: Option<Json>,
    /// The tool ran, and failed.
    pub failure: Option<Failure>,
    /// MCP's `_meta`.
    pub meta: Option<Json>,
}

/// One block of content.
#[derive(Debug)]
#[expect(missing_docs, reason = "the contract, wit/plugin.wit, says what each means")]
pub enum Content {
    Text(String),
    Image(Blob),
    Audio(Blob),
    Resource(Resource),
    Other(Json),
}

/// Bytes with their type.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Blob {
    pub data: Vec<u8>,
    pub mime_type: String,
}

/// An embedded resource.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names are MCP's")]
pub struct Resource {
    pub uri: String,
    pub mime_type: Option<String>,
    pub body: ResourceBody,
    pub extra: Option<Json>,
}

/// A resource's contents.
#[derive(Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub enum ResourceBody {
    Text(String),
    Blob(Vec<u8>),
}

/// Why a tool could not do its work, in its own words.
#[derive(Debug, Clone)]
pub struct Failure {
    /// Stable, snake_case.
    pub code: String,
    /// For the model.
    pub message: String,
    /// What to try instead.
    pub hint: Option<String>,
    /// When a repetition may succeed. None: never.
    pub retry_after: Option<Duration>,
    /// Anything more.
    pub details: Option<Json>,
}

impl Answer {
    /// Checks what a guest returned.
    ///
    /// # Errors
    /// It breaks the contract.
    pub(super) fn check(outcome: wit::ToolOutcome) -> Result<Answer, Fault> {
        match outcome {
            wit::ToolOutcome::Complete(result) => complete(result).map_err(Fault::InvalidAnswer),
            // Both need more of the protocol than this host speaks, and a guess would be worse than a refusal.
            wit::ToolOutcome::NeedsInput(_) => Ok(Answer::failed(
                "needs_input_unsupported",
                "the tool asks the user something in between, which this host does not offer",
            )),
            wit::ToolOutcome::Other(_) => Ok(Answer::failed(
                "answer_unsupported",
                "the tool answers in a form that this host does not know",
            )),
        }
    }

    /// What a guest's refusal to serve the request becomes.
    ///
    /// # Errors
    /// It does not know the tool that it described.
    pub(super) fn refused(error: wit::CallError) -> Result<Answer, Fault> {
        let text = |text: String| cut(&text, FAILURE_TEXT_BYTES_MAX).to_owned();
        Ok(match error {
            wit::CallError::UnknownName(_) => {
                return Err(Fault::InvalidAnswer("it does not know a tool that it described".into()));
            }
            wit::CallError::InvalidParams(reason) => Answer::failed("invalid_arguments", &text(reason)),
            wit::CallError::NotFound(uri) => Answer::failed("not_found", &text(format!("there is no {uri}"))),
            wit::CallError::MissingCapability(_) => Answer::failed(
                "missing_capability",
                "the tool needs a capability of the client that this host does not pass on",
            ),
            wit::CallError::Internal(reason) => {
                tracing::warn!(reason = text(reason), "the plugin reports an internal error");
                Answer::failed("plugin_error", "the plugin failed; the operator's log says more")
            }
            wit::CallError::Protocol(error) => Answer::failed("plugin_error", &text(error.message)),
            wit::CallError::Other(reason) => Answer::failed("plugin_error", &text(reason)),
        })
    }

    fn failed(code: &str, message: &str) -> Answer {
        let failure = Failure {
            code: code.to_owned(),
            message: message.to_owned(),
            hint: None,
            retry_after: None,
            details: None,
        };
        Answer { failure: Some(failure), ..Answer::default() }
    }
}

fn complete(result: wit::ToolResult) -> Result<Answer, String> {
    Ok(Answer {
        content: result.content.into_iter().map(content).collect::<Result<_, _>>()?,
        structured: result.structured.map(|text| any("its structured content", &text)).transpose()?,
        failure: result.failure.map(failure).transpose()?,
        meta: object("its _meta", result.meta)?,
    })
}

fn content(content: wit::Content) -> Result<Content, String> {
    Ok(match content {
        wit::Content::Text(text) => Content::Text(text),
        wit::Content::Image(blob) => Content::Image(blob.into()),
        wit::Content::Audio(blob) => Content::Audio(blob.into()),
        wit::Content::Resource(contents) => Content::Resource(Resource {
            uri: contents.uri,
            mime_type: contents.mime_type,
            body: match contents.body {
                wit::ResourceBody::Text(text) => ResourceBody::Text(text),
                wit::ResourceBody::Blob(data) => ResourceBody::Blob(data),
            },
            extra: object("a resource's extra", contents.extra)?,
        }),
        wit::Content::Other(text) => {
            Content::Other(Json::parse_object(&text, JSON_BYTES_MAX).map_err(refusal("a content block"))?)
        }
    })
}

impl From<wit::Blob> for Blob {
    fn from(blob: wit::Blob) -> Blob {
        Blob { data: blob.data, mime_type: blob.mime_type }
    }
}

fn failure(failure: wit::Failure) -> Result<Failure, String> {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    if !(1..=NAME_BYTES_MAX).contains(&failure.code.len()) || !failure.code.bytes().all(plain) {
        return Err("a failure's code has 1 to 64 lower-case letters, digits or `_`".into());
    }
    Ok(Failure {
        code: failure.code,
        message: cut(&failure.message, FAILURE_TEXT_BYTES_MAX).to_owned(),
        hint: failure.hint.map(|hint| cut(&hint, FAILURE_TEXT_BYTES_MAX).to_owned()),
        retry_after: failure.retry_after_ms.map(|ms| Duration::from_millis(ms.into())),
        details: object("a failure's details", failure.details)?,
    })
}

fn any(what: &str, text: &str) -> Result<Json, String> {
    Json::parse(text, JSON_BYTES_MAX).map_err(refusal(what))
}

fn object(what: &str, text: Option<String>) -> Result<Option<Json>, String> {
    text.map(|text| Json::parse_object(&text, JSON_BYTES_MAX)).transpose().map_err(refusal(what))
}

fn refusal(what: &str) -> impl Fn(JsonError) -> String {
    move |error| format!("{what} is refused: {error}")
}
