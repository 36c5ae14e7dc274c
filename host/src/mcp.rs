//! The MCP surface: from a transport's messages to calls of tools, and back.
//!
//! The protocol itself is rmcp's, which is named here and nowhere else. It is built anew for each request around that
//! request's caller, which costs a third of a microsecond and keeps nothing per tenant. Clients of the revisions until
//! 2025-11-25 get sessions, if they ask for one and the operator has not turned them off; everybody else is served
//! request by request.

#![expect(deprecated, reason = "what later revisions deprecate is served to the clients of earlier ones")]

mod body;
mod connection;
mod handler;
mod lists;
mod message;
mod news;
mod offers;
mod quota;
mod render;
mod reply;
mod rounds;
mod running;
mod seal;
mod sessions;
mod stdio;
mod under_way;

use std::convert::Infallible;
use std::sync::Arc;

use bytes::Bytes;
use http::header::{HeaderMap, RETRY_AFTER};
use http::{HeaderName, HeaderValue, Method, Request, Response, StatusCode};
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Empty};
use rmcp::transport::streamable_http_server::session::SessionManager;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use self::body::StreamEnd;
use self::connection::Way;
use self::handler::Handler;
use self::lists::Views;
use self::message::{INVALID_REQUEST, Message, Refusal};
use self::quota::{Quota, tenant_of};
use self::seal::Sealer;
use self::sessions::{InSession, NotEntered, Owner, Sessions};
use crate::tenant::{Caller, SealingKey};
use crate::tools::Tools;

pub use self::message::REQUEST_BYTES_MAX;
pub use self::stdio::StdioError;

/// An HTTP answer as this module makes it.
pub type HttpResponse = Response<BoxBody<Bytes, Infallible>>;

const SESSION_ID: HeaderName = HeaderName::from_static("mcp-session-id");
const PROTOCOL_VERSION: HeaderName = HeaderName::from_static("mcp-protocol-version");
/// Headers that decide what a request is. Of two, this program and one in front of it might read different ones.
const ONCE: [HeaderName; 4] = [
    SESSION_ID,
    PROTOCOL_VERSION,
    HeaderName::from_static("mcp-method"),
    HeaderName::from_static("mcp-name"),
];
/// How the names of headers begin that repeat an argument.
const PARAM_PREFIX: &str = "mcp-param-";
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

/// Streams that wait for news, of one tenant and of all. Browsers and editors keep one for each window.
const STREAMS_MAX: (usize, usize) = (32, 1_000);
/// Questions that wait for an answer, of one tenant and of all. Each keeps its call's arguments for as long as a person
/// takes.
const QUESTIONS_MAX: (usize, usize) = (16, 256);

/// When the server ends.
#[derive(Debug, Clone, Default)]
pub struct Ending {
    /// It is about to: what only waits ends now.
    pub stopping: CancellationToken,
    /// It does: whatever still runs is cut off.
    pub cut_off: CancellationToken,
}

/// What all handlers share.
struct Shared {
    tools: Arc<Tools>,
    sealer: Sealer,
    views: Views,
    questions: Arc<Quota>,
}

/// The MCP server over one set of tools.
#[derive(Clone)]
pub struct Surface {
    shared: Arc<Shared>,
    config: StreamableHttpServerConfig,
    sessions: Option<Arc<Sessions>>,
    streams: Arc<Quota>,
    nobody: Arc<NeverSessionManager>,
    ending: Ending,
}

impl Surface {
    /// Serves these tools. What clients carry between two requests is sealed with `key`.
    ///
    /// # Panics
    /// It is called outside of an async runtime.
    pub fn new(tools: Arc<Tools>, key: &SealingKey, sessions: SessionMode, ending: Ending) -> Surface {
        let config = StreamableHttpServerConfig::default()
            .with_legacy_session_mode(false)
            .with_json_response(true)
            .with_max_request_body_bytes(REQUEST_BYTES_MAX)
            .with_cancellation_token(ending.cut_off.clone())
            // Host and Origin are checked by `server`, in front of everything it serves.
            .disable_allowed_hosts();
        let questions = Quota::new(QUESTIONS_MAX.0, QUESTIONS_MAX.1);
        let shared = Arc::new(Shared { tools, sealer: Sealer::new(key), views: Views::default(), questions });
        let sessions = (sessions == SessionMode::On).then(|| Sessions::new(ending.cut_off.clone()));
        let streams = Quota::new(STREAMS_MAX.0, STREAMS_MAX.1);
        Surface { shared, config, sessions, streams, nobody: Arc::default(), ending }
    }

    /// Answers one HTTP request of a known caller. Its credential headers are expected to be gone.
    pub async fn http<B>(&self, request: Request<B>, caller: Caller) -> HttpResponse
    where
        B: http_body::Body + Send + 'static,
        B::Error: std::fmt::Display,
    {
        let (mut parts, body) = request.into_parts();
        if let Some(twice) = comes_twice(&parts.headers) {
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
                self.of_session(request, None, false, caller).await
            }
            _ if modern || self.sessions.is_none() => only("POST"),
            _ => only("GET, POST, DELETE"),
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
        let opens = !modern && message.method.as_deref() == Some("initialize");
        let response = match &self.sessions {
            Some(sessions) if opens && !in_session => return self.open(request, id, caller, sessions).await,
            Some(_) if in_session && !modern => {
                return self.of_session(request, id, message.method.is_some(), caller).await;
            }
            _ if message.method.as_deref() == Some("subscriptions/listen") => {
                let Some(stream) = self.streams.take(tenant_of(&caller)) else {
                    return too_many("streams are open; close one", id);
                };
                let end = StreamEnd { lifetime: None, stopping: None };
                body::pass_on(self.single(request, caller, modern).await, stream, end)
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
        let (shared, end) = (self.shared.clone(), self.ending.stopping.clone());
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
        let Ok(opening) = sessions.open(Owner::of(&caller)) else {
            return too_many("sessions are open, and something happens in each; close one", id);
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
        is_request: bool,
        caller: Caller,
    ) -> HttpResponse {
        let Some(sessions) = &self.sessions else { return only("POST") };
        // That it comes once was checked at the door.
        let Some(session) = request.headers().get(SESSION_ID) else {
            return refused(StatusCode::BAD_REQUEST, "the Mcp-Session-Id header is missing", id);
        };
        // What is no text is the id of no session.
        let session = session.to_str().unwrap_or_default().to_owned();
        let asked = id.as_ref().filter(|_| is_request);
        let visit = match sessions.enter(&session, Owner::of(&caller), asked) {
            Ok(visit) => Arc::new(visit),
            Err(NotEntered::Refused(refusal)) => {
                return body::refuse(StatusCode::BAD_REQUEST, &refusal);
            }
            Err(NotEntered::NoSession) => {
                return refused(StatusCode::NOT_FOUND, "there is no such session; initialize another", id);
            }
        };
        if request.method() == Method::DELETE {
            sessions.end(&session);
            return empty(StatusCode::NO_CONTENT);
        }
        let follows = request.method() == Method::GET;
        let stream = follows.then(|| self.streams.take(tenant_of(&caller)));
        if matches!(stream, Some(None)) {
            return too_many("streams are open; close one", id);
        }
        request.extensions_mut().insert(InSession(visit.clone()));
        let response = self.serve(request, caller, Way::Connected, sessions.manager.clone(), true).await;
        let end = StreamEnd {
            lifetime: follows.then_some(news::STREAM_LIFETIME),
            stopping: follows.then(|| self.ending.stopping.clone()),
        };
        body::pass_on(body::as_json_rpc(response, id).await, (visit, stream), end)
    }
}

/// A header that decides what a request is, or repeats an argument, and comes more than once.
fn comes_twice(headers: &HeaderMap) -> Option<&HeaderName> {
    let decides = |name: &HeaderName| ONCE.contains(name) || name.as_str().starts_with(PARAM_PREFIX);
    headers.keys().find(|name| decides(name) && headers.get_all(*name).iter().count() > 1)
}

/// Whether a client names a revision without sessions. It then has none, whatever else it sends.
fn is_modern(headers: &HeaderMap) -> bool {
    let version = headers.get(PROTOCOL_VERSION).and_then(|version| version.to_str().ok());
    version.is_some_and(|version| version >= render::FIRST_MODERN)
}

fn refused(status: StatusCode, reason: &str, id: Option<Value>) -> HttpResponse {
    let refusal = Refusal { code: INVALID_REQUEST, reason: reason.to_owned(), id: id.unwrap_or_default() };
    body::refuse(status, &refusal)
}

fn too_many(what: &str, id: Option<Value>) -> HttpResponse {
    let mut response = refused(StatusCode::TOO_MANY_REQUESTS, &format!("too many {what}"), id);
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
    response
}
