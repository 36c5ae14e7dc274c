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
    pub(super) fn check(result: wit::ToolResult) -> Result<Answer, Fault> {
        complete(result).map_err(Fault::InvalidAnswer)
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

pub(super) fn content(content: wit::Content) -> Result<Content, String> {
    Ok(match content {
        wit::Content::Text(text) => Content::Text(text),
        wit::Content::Image(blob) => Content::Image(blob.into()),
        wit::Content::Audio(blob) => Content::Audio(blob.into()),
        wit::Content::Resource(contents) => Content::Resource(resource(contents)?),
        wit::Content::Other(text) => {
            Content::Other(Json::parse_object(&text, JSON_BYTES_MAX).map_err(refusal("a content block"))?)
        }
    })
}

pub(super) fn resource(contents: wit::ResourceContents) -> Result<Resource, String> {
    Ok(Resource {
        uri: contents.uri,
        mime_type: contents.mime_type,
        body: match contents.body {
            wit::ResourceBody::Text(text) => ResourceBody::Text(text),
            wit::ResourceBody::Blob(data) => ResourceBody::Blob(data),
        },
        extra: object("a resource's extra", contents.extra)?,
    })
}

impl From<wit::Blob> for Blob {
    fn from(blob: wit::Blob) -> Blob {
        Blob { data: blob.data, mime_type: blob.mime_type }
    }
}

fn failure(failure: wit::Failure) -> Result<Failure, String> {
    if !is_failure_code(&failure.code) {
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

/// `[a-z0-9_]{1,64}`
pub(super) fn is_failure_code(code: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    (1..=NAME_BYTES_MAX).contains(&code.len()) && code.bytes().all(plain)
}

fn any(what: &str, text: &str) -> Result<Json, String> {
    Json::parse(text, JSON_BYTES_MAX).map_err(refusal(what))
}

pub(super) fn object(what: &str, text: Option<String>) -> Result<Option<Json>, String> {
    text.map(|text| Json::parse_object(&text, JSON_BYTES_MAX)).transpose().map_err(refusal(what))
}

fn refusal(what: &str) -> impl Fn(JsonError) -> String {
    move |error| format!("{what} is refused: {error}")
}
