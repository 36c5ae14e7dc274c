//! A request that goes no further, as JSON.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// Why a request is refused at the door. The error is stable; the message says what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refused {
    pub(super) status: StatusCode,
    pub(super) error: &'static str,
    pub(super) message: String,
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let body = Json(json!({"error": self.error, "message": self.message}));
        let mut response = (self.status, body).into_response();
        if self.status == StatusCode::UNAUTHORIZED {
            // HTTP wants a challenge with a 401. It is not called Bearer: that would send clients looking for an
            // OAuth server, which there is none of.
            let challenge = HeaderValue::from_static("ApiKey realm=\"xyte\"");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
        }
        // Routes whose errors have another form make them of this.
        response.extensions_mut().insert(self);
        response
    }
}
