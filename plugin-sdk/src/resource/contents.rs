//! What is read.

use serde::Serialize;

use crate::bindings::resources::{Contents as ContentsRecord, ReadOutcome};
use crate::bindings::types::{CallError, ResourceBody, ResourceContents};
use crate::{Outcome, ServeError, Text};

const JSON: &str = "application/json";
const PLAIN: &str = "text/plain";

/// What reading a resource gives: any type that derives `Serialize`, which is read as JSON; a `String` or a
/// [`Text`], which is read as it is; [`Contents`]; or the contract's own [`ReadOutcome`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read",
    note = "derive `serde::Serialize`, or return a `Text` or `Contents`"
)]
pub trait Readable {
    /// As the contract has it. `mime` is what the resource's attribute says.
    ///
    /// # Errors
    /// It cannot be written as JSON.
    fn into_outcome(self, uri: &str, mime: Option<&str>) -> Result<ReadOutcome, CallError>;
}

/// What a resource's function returns: a [`Result`] of a [`Readable`] and a [`ServeError`] or what becomes one.
#[diagnostic::on_unimplemented(
    message = "a resource's function returns `Result<T, ServeError>`, where `T` can be read, not `{Self}`",
    note = "what can be read derives `serde::Serialize`, or is a `Text` or `Contents`"
)]
pub trait ReadReturn {
    /// As the contract has it.
    ///
    /// # Errors
    /// It could not be read, or not be written as JSON.
    fn into_read_outcome(self, uri: &str, mime: Option<&str>) -> Result<ReadOutcome, CallError>;
}

#[diagnostic::do_not_recommend]
impl<T: Readable, E: Into<ServeError>> ReadReturn for Result<T, E> {
    fn into_read_outcome(self, uri: &str, mime: Option<&str>) -> Result<ReadOutcome, CallError> {
        let not_found = || CallError::NotFound(uri.to_owned());
        self.map_err(|error| error.into().into_call_error(not_found()))?.into_outcome(uri, mime)
    }
}

/// Text, bytes, or several of them, and how long they may be kept.
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct Contents {
    items: Vec<Item>,
    ttl_ms: Option<u32>,
}

#[derive(Debug, Clone, PartialEq)]
struct Item {
    mime: Option<String>,
    body: ResourceBody,
}

impl Contents {
    /// Text, of the type that the resource's attribute names.
    pub fn text(text: impl Into<String>) -> Contents {
        Contents { items: vec![Item { mime: None, body: ResourceBody::Text(text.into()) }], ttl_ms: None }
    }

    /// Bytes of a type, such as `image/png`.
    pub fn bytes(mime: &str, bytes: impl Into<Vec<u8>>) -> Contents {
        let body = ResourceBody::Blob(bytes.into());
        Contents { items: vec![Item { mime: Some(mime.to_owned()), body }], ttl_ms: None }
    }

    /// Adds others, which are read under the same URI.
    pub fn and(mut self, others: Contents) -> Contents {
        self.items.extend(others.items);
        self
    }

    /// How long a client may keep it. Without this, the host says so.
    pub fn ttl_ms(mut self, milliseconds: u32) -> Contents {
        self.ttl_ms = Some(milliseconds);
        self
    }
}

impl Readable for Contents {
    fn into_outcome(self, uri: &str, mime: Option<&str>) -> Result<ReadOutcome, CallError> {
        let item = |item: Item| ResourceContents {
            uri: uri.to_owned(),
            mime_type: item.mime.or_else(|| mime.map(str::to_owned)),
            body: item.body,
            extra: None,
        };
        let contents = self.items.into_iter().map(item).collect();
        Ok(ReadOutcome::Complete(ContentsRecord { contents, ttl_ms: self.ttl_ms, meta: None }))
    }
}

impl Readable for Text {
    fn into_outcome(self, uri: &str, mime: Option<&str>) -> Result<ReadOutcome, CallError> {
        Contents::text(self.0).into_outcome(uri, mime.or(Some(PLAIN)))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Serialize> Readable for T {
    fn into_outcome(self, uri: &str, mime: Option<&str>) -> Result<ReadOutcome, CallError> {
        let json = serde_json::to_string(&self)
            .map_err(|error| CallError::Internal(format!("{uri} cannot be written as JSON: {error}")))?;
        // Whoever returns a `String` means its text, unless the attribute says that it is JSON.
        if mime != Some(JSON)
            && let Ok(text) = serde_json::from_str::<String>(&json)
        {
            return Text(text).into_outcome(uri, mime);
        }
        Contents::text(json).into_outcome(uri, mime.or(Some(JSON)))
    }
}

impl Readable for ReadOutcome {
    fn into_outcome(self, _uri: &str, _mime: Option<&str>) -> Result<ReadOutcome, CallError> {
        Ok(self)
    }
}

impl<T: Readable> Readable for Outcome<T> {
    fn into_outcome(self, uri: &str, mime: Option<&str>) -> Result<ReadOutcome, CallError> {
        match self {
            Outcome::Complete(contents) => contents.into_outcome(uri, mime),
            Outcome::Ask(ask) => ask.into_needs_input().map(ReadOutcome::NeedsInput),
        }
    }
}
