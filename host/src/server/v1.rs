//! `/v1`: the plain HTTP face on the wire.
//!
//! What a path means and what is answered, `rest` decides; here are the request's body, and the headers of the answer.
//! One handler takes every path and method, so that nothing is decoded, normalised or refused by anybody else.

mod body;
mod dress;

use axum::Router;
use axum::extract::{Extension, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, header};
use axum::middleware::{from_fn_with_state, map_response};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use tokio_util::sync::CancellationToken;
use url::form_urlencoded;

use super::auth::{self, Authenticator};
use super::origin::{self, AllowList};
use crate::rest::{Document, Problem, Rest, Target, docs_page};
use crate::tenant::Caller;
use crate::tools::{CallScope, TraceId};

const PREFIX: &str = "/v1/";

/// The routes, behind the same layers as `/mcp`. Everybody gets the page for people, which holds nothing but itself.
pub(super) fn routes(rest: Rest, authenticator: Authenticator, allowed: AllowList) -> Router {
    Router::new()
        .route("/v1", any(answer))
        .route("/v1/", any(answer))
        .route("/v1/{*path}", any(answer))
        .with_state(rest)
        .layer(from_fn_with_state(authenticator, auth::authenticate))
        .route("/v1/docs", any(docs))
        .layer(from_fn_with_state(allowed, origin::check))
        .layer(map_response(dress::dress))
}

async fn answer(
    State(rest): State<Rest>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Response {
    match serve(&rest, &caller, request).await {
        Ok(document) => dress::document(document),
        Err(problem) => problem.into_response(),
    }
}

async fn docs(method: Method) -> Response {
    if is_read(&method) {
        dress::page(docs_page())
    } else {
        Problem::method_not_allowed("GET, HEAD").into_response()
    }
}

async fn serve(rest: &Rest, caller: &Caller, request: Request) -> Result<Document, Problem> {
    let query = request.uri().query().map(str::to_owned);
    let path = request.uri().path().strip_prefix(PREFIX).unwrap_or_default();
    let target = Target::of(path, query.as_deref())?;
    let fits = match target {
        Target::Tool(_) => request.method() == Method::POST,
        _ => is_read(request.method()),
    };
    if !fits {
        return Err(Problem::method_not_allowed(target.methods()));
    }
    let pairs = || form_urlencoded::parse(query.as_deref().unwrap_or_default().as_bytes()).into_owned();
    // Dropped with this future when the client goes, and the call with it.
    let cancelled = CancellationToken::new();
    let _gone = cancelled.clone().drop_guard();
    let scope = CallScope { cancelled, trace: trace(request.headers()), ..CallScope::default() };
    match target {
        Target::Tools => Ok(rest.tools(caller)),
        Target::Prompts => Ok(rest.prompts(caller)),
        Target::OpenApi => Ok(rest.openapi(caller)),
        Target::Resources => {
            let cursor = pairs().find_map(|(name, value)| (name == "cursor").then_some(value));
            rest.resources(caller, cursor.as_deref(), scope).await
        }
        Target::Resource(uri) => rest.read(caller, &uri, scope).await,
        Target::Prompt(name) => rest.prompt(caller, &name, &pairs().collect::<Vec<_>>(), scope).await,
        Target::Tool(name) => {
            let body = body::read(request).await?;
            rest.call(caller, &name, &body, scope).await
        }
    }
}

fn is_read(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD)
}

fn trace(headers: &HeaderMap) -> Option<TraceId> {
    TraceId::of_traceparent(headers.get("traceparent")?.to_str().ok()?)
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = (self.status(), self.to_json()).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, dress::PROBLEM);
        if let Some(seconds) = self.retry_after_seconds() {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        if let Some(methods) = self.allow() {
            headers.insert(header::ALLOW, HeaderValue::from_static(methods));
        }
        response
    }
}
