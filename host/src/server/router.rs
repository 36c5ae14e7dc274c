//! Every route there is.
//!
//! | route | who | what |
//! |---|---|---|
//! | `/mcp` | a caller with a key | MCP over Streamable HTTP |
//! | `/v1/…` | a caller with a key | the same over plain HTTP |
//! | `GET /v1/docs` | anybody | a page that shows it, and holds nothing but itself |
//! | `GET /healthz` | anybody | the process lives |
//! | `GET /readyz` | anybody | it has plugins to serve |

use axum::Router;
use axum::body::Body;
use axum::extract::{Extension, Request, State};
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::{any, get};

use super::auth::{self, Authenticator};
use super::health::{self, Readiness};
use super::origin::{self, AllowList};
use super::refusal::Refused;
use super::v1;
use crate::mcp::Surface;
use crate::rest::Rest;
use crate::tenant::Caller;

/// What the routes serve.
#[derive(Clone)]
pub struct App {
    /// MCP.
    pub surface: Surface,
    /// Plain HTTP.
    pub rest: Rest,
    /// Who is calling.
    pub authenticator: Authenticator,
    /// From where.
    pub allowed: AllowList,
    /// Whether there is something to serve.
    pub readiness: Readiness,
}

/// The routes, with the layers in front of each: Host and Origin first, then the caller. Health answers to anybody
/// under any name, since orchestrators ask by address, and it says nothing that a stranger could use.
pub fn router(app: App) -> Router {
    let App { surface, rest, authenticator, allowed, readiness } = app;
    let v1 = v1::routes(rest, authenticator.clone(), allowed.clone());
    let mcp = Router::new()
        .route("/mcp", any(mcp))
        .with_state(surface)
        .layer(from_fn_with_state(authenticator, auth::authenticate))
        .layer(from_fn_with_state(allowed, origin::check));
    let health = Router::new()
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        .with_state(readiness);
    mcp.merge(v1).merge(health).fallback(unknown_route)
}

async fn mcp(
    State(surface): State<Surface>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Response {
    surface.http(request, caller).await.map(Body::new)
}

async fn unknown_route() -> Refused {
    Refused {
        status: StatusCode::NOT_FOUND,
        error: "unknown_route",
        message: "MCP is served at /mcp, and plain HTTP at /v1 (see /v1/docs); /healthz and /readyz tell how the host is".to_owned(),
    }
}
