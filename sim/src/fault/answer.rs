//! What is answered instead of an operation.

use std::time::Duration;

use axum::Json;
use axum::http::header::{CONTENT_TYPE, LOCATION, RETRY_AFTER};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::Fault;

/// The header by which a request asks for its own faults. Only the simulator knows it.
pub(crate) const HEADER: HeaderName = HeaderName::from_static("x-sim-fault");

/// What a broken gateway answers: a page for people, with the status of a success.
const GARBAGE: &str = "<!DOCTYPE html><html><body><h1>Down for maintenance</h1></body></html>";

/// An answer that takes the place of the operation's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Instead {
    /// An error with this status and, perhaps, advice on when to come back.
    Status(StatusCode, Option<Duration>),
    /// A page where JSON was expected.
    Garbage,
    /// "Look there."
    Redirect(String),
}

impl Instead {
    /// None if the fault leaves the answer as it is.
    pub(crate) fn of(fault: &Fault) -> Option<Instead> {
        match fault {
            Fault::Status { status, retry_after } => Some(Instead::Status(*status, *retry_after)),
            Fault::Garbage => Some(Instead::Garbage),
            Fault::Redirect(location) => Some(Instead::Redirect(location.clone())),
            Fault::Slow(_) | Fault::Cut(_) | Fault::Hang => None,
        }
    }
}

impl IntoResponse for Instead {
    fn into_response(self) -> Response {
        match self {
            Instead::Status(status, retry_after) => error(status, retry_after),
            Instead::Garbage => {
                let html = HeaderValue::from_static("text/html; charset=utf-8");
                (StatusCode::OK, [(CONTENT_TYPE, html)], GARBAGE).into_response()
            }
            Instead::Redirect(location) => match HeaderValue::try_from(location) {
                Ok(location) => (StatusCode::FOUND, [(LOCATION, location)]).into_response(),
                Err(_) => StatusCode::FOUND.into_response(),
            },
        }
    }
}

fn error(status: StatusCode, retry_after: Option<Duration>) -> Response {
    let message = status.canonical_reason().unwrap_or("Simulated fault");
    let mut response = (status, Json(json!({ "error": message }))).into_response();
    if let Some(after) = retry_after {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(after.as_secs()));
    }
    response
}
