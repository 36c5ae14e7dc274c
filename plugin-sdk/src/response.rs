//! What Xyte answered.

use serde::de::DeserializeOwned;

use crate::XyteError;
use crate::bindings::xyte::{Error as HostError, Response as Received};
use crate::pages::Envelope;
use crate::request::Asked;

/// The first status that is a failure and not an answer.
const FAILURE_STATUS_MIN: u16 = 300;

/// What Xyte answered, with a status below 300.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    received: Received,
}

/// The rows of one page.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Whether there are further pages.
    pub more: bool,
}

impl Response {
    /// The answer, or why it is none.
    pub(crate) fn checked(answer: Result<Received, HostError>, asked: Asked) -> Result<Response, XyteError> {
        let received = answer?;
        if received.status >= FAILURE_STATUS_MIN {
            return Err(XyteError::from_status(received.status, &received.body, asked));
        }
        Ok(Response { received })
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.received.status
    }

    /// The body as it was received: JSON, or nothing.
    pub fn body(&self) -> &str {
        &self.received.body
    }

    /// The body, without the rest.
    pub fn into_body(self) -> String {
        self.received.body
    }

    /// What the host knows of the answer, by name: `age-ms`, `upstream-request-id`, `attempts`.
    pub fn fact(&self, name: &str) -> Option<&str> {
        self.received.facts.iter().find(|(fact, _)| fact == name).map(|(_, value)| value.as_str())
    }

    /// The body as a `T`. An empty body is null.
    ///
    /// # Errors
    /// It is no `T`.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, XyteError> {
        let body = if self.received.body.is_empty() { "null" } else { &self.received.body };
        serde_json::from_str(body).map_err(|error| XyteError::unreadable(&error))
    }

    /// The rows of a list, in any of the four forms in which Xyte pages. For all pages, see
    /// [`Request::pages`](crate::Request::pages).
    ///
    /// # Errors
    /// It is no list, or not of `T`s.
    pub fn rows<T: DeserializeOwned>(&self) -> Result<Rows<T>, XyteError> {
        let envelope: Envelope<T> = self.json()?;
        Ok(Rows { more: envelope.more(), items: envelope.items })
    }
}
