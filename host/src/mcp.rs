//! The MCP surface: from a transport's messages to calls of tools, and back.
//!
//! The protocol itself is rmcp's, which is named here and nowhere else. It is built anew for each request around that
//! request's caller, which costs a third of a microsecond and keeps nothing per tenant. Clients of the revisions until
//! 2025-11-25 get sessions, if they ask for one and the operator has not turned them off; everybody else is served
//! request by request.

#![expect(deprecated, reason = "what later revisions deprecate is served to the clients of earlier ones")]

mod body;
mod handler;
mod lists;
mod message;
mod news;
mod offers;
mod render;
mod reply;
mod rounds;
mod running;
mod seal;
mod sessions;
mod stdio;

use std::convert::Infallible;
use std::sync::Arc;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use http::{HeaderName, HeaderValue, Method, Request, Response, StatusCode};
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Empty};
use rmcp::transport::streamable_http_server::session::SessionManager;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use self::handler::{Handler, Way};
use self::lists::Views;
use self::message::{INVALID_REQUEST, Message, Refusal};
use self::seal::Sealer;
use self::sessions::{Owner, Sessions, TooMany};
use crate::tenant::{Caller, SealingKey};
use crate::tools::Tools;

pub use self::message::REQUEST_BYTES_MAX;
pub use self::stdio::StdioError;

/// An HTTP answer as this module makes it.
pub type HttpResponse = Response<BoxBody<Bytes, Infallible>>;

const SESSION_ID: HeaderName = HeaderName::from_static("mcp-session-id");
const PROTOCOL_VERSION: HeaderName = HeaderName::from_static("mcp-protocol-version");
const FIRST_MODERN: &str = "2026-07-28";
/// Headers that decide what a request is. Of two, this program and one in front of it might read different ones.
const ONCE: [HeaderName; 4] = [
    SESSION_ID,
    PROTOCOL_VERSION,
    HeaderName::from_static("mcp-method"),
    HeaderName::from_static("mcp-name"),
];
/// When somebody who has too much open may try again, in seconds.
const RETRY_LATER: HeaderValue = HeaderValue::from_static("30");

/// Whether clients of the revisions until 2025-11-25 get sessions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionMode {
    /// Those that ask for one.
    On,
    /// Nobody.
    Off,
}

impl From<bool> for SessionMode {
    fn from(on: bool) -> SessionMode {
        if on { SessionMode::On } else { SessionMode::Off }
    }
}

/// What all handlers share.
struct Shared {
    tools: Arc<Tools>,
    sealer: Sealer,
    views: Views,
}

/// The MCP server over one set of tools.
#[derive(Clone)]
pub struct Surface {
    shared: Arc<Shared>,
    config: StreamableHttpServerConfig,
    sessions: Option<Arc<Sessions>>,
    streams: Arc<Sessions>,
    nobody: Arc<NeverSessionManager>,
    shutdown: CancellationToken,
}

impl Surface {
    /// Serves these tools until `shutdown` fires. What clients carry between two requests is sealed with `key`.
    ///
    /// # Panics
    /// It is called outside of an async runtime.
    pub fn new(
        tools: Arc<Tools>,
        key: &SealingKey,
        sessions: SessionMode,
        shutdown: CancellationToken,
    ) -> Surface {
        let config = StreamableHttpServerConfig::default()
            .with_legacy_session_mode(false)
            .with_json_response(true)
            .with_max_request_body_bytes(REQUEST_BYTES_MAX)
            .with_cancellation_token(shutdown.clone())
            // Host and Origin are checked by `server`, in front of everything it serves.
            .disable_allowed_hosts();
        let shared = Shared { tools, sealer: Sealer::new(key), views: Views::default() };
        let guard = Sessions::new(shutdown.clone());
        let sessions = (sessions == SessionMode::On).then(|| guard.clone());
        Surface {
            shared: Arc::new(shared),
            config,
            sessions,
            streams: guard,
            nobody: Arc::default(),
            shutdown,
        }
    }

    /// Answers one HTTP request of a known caller. Its credential headers are expected to be gone.
    pub async fn http<B>(&self, request: Request<B>, caller: Caller) -> HttpResponse
    where
        B: http_body::Body + Send + 'static,
        B::Error: std::fmt::Display,
    {
        let (mut parts, body) = request.into_parts();
        if let Some(twice) = ONCE.iter().find(|name| parts.headers.get_all(*name).iter().count() > 1) {
            return refused(
                StatusCode::BAD_REQUEST,
                &format!("the header {twice} comes more than once"),
                None,
            );
        }
        parts.extensions.insert(caller.clone());
        let modern = is_modern(&parts.headers);
        match parts.method {
            Method::POST => {
                let message = match body::message(body).await {
                    Ok(message) => message,
                    Err(refusal) => return refusal,
                };
                let request = Request::from_parts(parts, body::of(&message));
                self.post(request, &message, caller, modern).await
            }
            Method::GET | Method::DELETE if !modern => {
                let request = Request::from_parts(parts, Empty::new().boxed());
                self.of_session(request, None, caller).await
            }
            _ => only("POST"),
        }
    }

    async fn post(
        &self,
        request: Request<BoxBody<Bytes, Infallible>>,
        message: &Message,
        caller: Caller,
        modern: bool,
    ) -> HttpResponse {
        let in_session = request.headers().contains_key(SESSION_ID);
        let id = message.id.clone();
        let opens = message.method.as_deref() == Some("initialize");
        let response = match &self.sessions {
            Some(sessions) if opens && !in_session => return self.open(request, id, caller, sessions).await,
            Some(_) if in_session && !modern => return self.of_session(request, id, caller).await,
            _ if message.method.as_deref() == Some("subscriptions/listen") => {
                let stream = match self.streams.stream(&Owner::of(&caller)) {
                    Ok(stream) => stream,
                    Err(too_many) => return too_many_open(too_many, id),
                };
                body::hold(self.single(request, caller, modern).await, stream, None)
            }
            _ => self.single(request, caller, modern).await,
        };
        body::as_json_rpc(response, id).await
    }

    /// A request that stands alone.
    async fn single(
        &self,
        request: Request<BoxBody<Bytes, Infallible>>,
        caller: Caller,
        modern: bool,
    ) -> HttpResponse {
        let way = if modern { Way::Modern } else { Way::Alone };
        self.serve(request, caller, way, self.nobody.clone(), false).await
    }

    async fn serve<M: SessionManager>(
        &self,
        request: Request<BoxBody<Bytes, Infallible>>,
        caller: Caller,
        way: Way,
        manager: Arc<M>,
        in_session: bool,
    ) -> HttpResponse {
        let (shared, end) = (self.shared.clone(), self.shutdown.clone());
        let factory = move || Ok(Handler::new(shared.clone(), caller.clone(), way, end.clone()));
        let config = self.config.clone().with_legacy_session_mode(in_session);
        StreamableHttpService::new(factory, manager, config).handle(request).await
    }

    /// Opens a session.
    async fn open(
        &self,
        request: Request<BoxBody<Bytes, Infallible>>,
        id: Option<Value>,
        caller: Caller,
        sessions: &Arc<Sessions>,
    ) -> HttpResponse {
        let opening = match sessions.open(Owner::of(&caller)).await {
            Ok(opening) => opening,
            Err(too_many) => return too_many_open(too_many, id),
        };
        let response = self.serve(request, caller, Way::Connected, sessions.manager.clone(), true).await;
        if let Some(session) = response.headers().get(SESSION_ID).and_then(|id| id.to_str().ok()) {
            opening.opened(session);
        }
        body::as_json_rpc(response, id).await
    }

    /// A request within a session. One of somebody else looks like one that there is not.
    async fn of_session(
        &self,
        mut request: Request<BoxBody<Bytes, Infallible>>,
        id: Option<Value>,
        caller: Caller,
    ) -> HttpResponse {
        let Some(sessions) = &self.sessions else { return only("POST") };
        let mut given = request.headers().get_all(SESSION_ID).iter();
        let session = match (given.next(), given.next()) {
            (Some(session), None) => session.to_str().ok().map(str::to_owned),
            (None, _) => return refused(StatusCode::BAD_REQUEST, "the Mcp-Session-Id header is missing", id),
            _ => None,
        };
        let owner = Owner::of(&caller);
        let entered = session.as_deref().and_then(|session| sessions.enter(session, &owner));
        let (Some(session), Some(visit)) = (session, entered) else {
            return refused(StatusCode::NOT_FOUND, "there is no such session; initialize another", id);
        };
        if request.method() == Method::DELETE {
            drop(visit);
            sessions.end(&session).await;
            return empty(StatusCode::NO_CONTENT);
        }
        let follows = request.method() == Method::GET;
        let stream = if follows { Some(sessions.stream(&owner)).transpose() } else { Ok(None) };
        let stream = match stream {
            Ok(stream) => stream,
            Err(too_many) => return too_many_open(too_many, id),
        };
        request.extensions_mut().insert(visit.end.clone());
        let lifetime = follows.then_some(news::STREAM_LIFETIME);
        let response = self.serve(request, caller, Way::Connected, sessions.manager.clone(), true).await;
        body::hold(body::as_json_rpc(response, id).await, (visit, stream), lifetime)
    }
}

/// Whether a client names a revision without sessions. It then has none, whatever else it sends.
fn is_modern(headers: &HeaderMap) -> bool {
    let version = headers.get(PROTOCOL_VERSION).and_then(|version| version.to_str().ok());
    version.is_some_and(|version| version >= FIRST_MODERN)
}

fn refused(status: StatusCode, reason: &str, id: Option<Value>) -> HttpResponse {
    let refusal = Refusal { code: INVALID_REQUEST, reason: reason.to_owned(), id: id.unwrap_or_default() };
    body::refuse(status, &refusal)
}

fn too_many_open(too_many: TooMany, id: Option<Value>) -> HttpResponse {
    let mut response = refused(StatusCode::TOO_MANY_REQUESTS, &too_many.to_string(), id);
    response.headers_mut().insert(RETRY_AFTER, RETRY_LATER);
    response
}

fn only(methods: &'static str) -> HttpResponse {
    let mut response =
        refused(StatusCode::METHOD_NOT_ALLOWED, &format!("only {methods} is served here"), None);
    response.headers_mut().insert(http::header::ALLOW, HeaderValue::from_static(methods));
    response
}

fn empty(status: StatusCode) -> HttpResponse {
    let mut response = Response::new(Empty::new().boxed());
    *response.status_mut() = status;
    response.headers_mut().remove(CONTENT_TYPE);
    response
}
