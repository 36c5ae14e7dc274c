//! How the hub says no.

use std::borrow::Cow;

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// An error status with the hub's error body: `{"error": "..."}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    status: StatusCode,
    message: Cow<'static, str>,
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, message: impl Into<Cow<'static, str>>) -> Refusal {
        Refusal { status, message: message.into() }
    }

    pub(crate) fn not_authorized() -> Refusal {
        Refusal::new(StatusCode::UNAUTHORIZED, "Not authorized")
    }

    pub(crate) fn not_found() -> Refusal {
        Refusal::new(StatusCode::NOT_FOUND, "Errors::NotFound")
    }

    /// The request was understood, and says something that cannot be.
    pub(crate) fn unprocessable(message: impl Into<Cow<'static, str>>) -> Refusal {
        Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, message)
    }

    /// A parameter that must be there is not.
    pub(crate) fn missing(parameter: &str) -> Refusal {
        Refusal::unprocessable(format!("Parameter {parameter} is required"))
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status, Json(json!({ "error": self.message }))).into_response()
    }
}
