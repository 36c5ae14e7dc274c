//! Whether the process lives, and whether it can serve.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// Whether the host can serve calls, decided when it started.
#[derive(Debug, Clone)]
pub enum Readiness {
    /// It can.
    Ready {
        /// Plugins that were loaded.
        plugins: usize,
        /// Files that were refused; the log says why.
        refused: usize,
    },
    /// It answers, and has nothing to serve.
    NotReady,
}

/// `GET /healthz`: the process answers.
pub(super) async fn healthz() -> Json<Value> {
    Json(json!({"status": "ok"}))
}

/// `GET /readyz`: it makes sense to send it requests.
pub(super) async fn readyz(State(readiness): State<Readiness>) -> Response {
    match readiness {
        Readiness::Ready { plugins, refused } => {
            Json(json!({"status": "ready", "plugins": plugins, "refused": refused})).into_response()
        }
        Readiness::NotReady => {
            // What is wrong names paths of this machine, which is for the log and not for whoever asks.
            let reason = "no plugin is loaded; the log says why";
            let body = Json(json!({"status": "not_ready", "reason": reason}));
            (StatusCode::SERVICE_UNAVAILABLE, body).into_response()
        }
    }
}
