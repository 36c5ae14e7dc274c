//! The MCP surface: from a transport's messages to calls of tools, and back.
//!
//! The protocol itself is rmcp's, which is named here and nowhere else. It is built anew for each request around that
//! request's caller, which costs a third of a microsecond and keeps nothing per tenant. Requests are served without
//! sessions, to clients of every revision.

mod body;
mod handler;
mod render;
mod stdio;

use std::convert::Infallible;
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::combinators::BoxBody;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use tokio_util::sync::CancellationToken;

use self::handler::Handler;
use crate::tenant::Caller;
use crate::tools::Tools;

pub use self::body::REQUEST_BYTES_MAX;
pub use self::stdio::StdioError;

/// An HTTP answer as this module makes it.
pub type HttpResponse = Response<BoxBody<Bytes, Infallible>>;

/// The MCP server over one set of tools.
#[derive(Clone)]
pub struct Surface {
    tools: Arc<Tools>,
    config: StreamableHttpServerConfig,
    sessions: Arc<NeverSessionManager>,
}

impl Surface {
    /// Serves these tools until `shutdown` fires.
    pub fn new(tools: Arc<Tools>, shutdown: CancellationToken) -> Surface {
        let config = StreamableHttpServerConfig::default()
            .with_legacy_session_mode(false)
            .with_json_response(true)
            .with_max_request_body_bytes(REQUEST_BYTES_MAX)
            .with_cancellation_token(shutdown)
            // Host and Origin are checked by `server`, in front of everything it serves.
            .disable_allowed_hosts();
        Surface { tools, config, sessions: Arc::default() }
    }

    /// Answers one HTTP request of a known caller. Its credential headers are expected to be gone.
    pub async fn http<B>(&self, request: Request<B>, caller: Caller) -> HttpResponse
    where
        B: http_body::Body + Send + 'static,
        B::Error: std::fmt::Display,
    {
        let request = match body::check(request).await {
            Ok(request) => request,
            Err(refusal) => return refusal,
        };
        let tools = self.tools.clone();
        let factory = move || Ok(Handler::new(tools.clone(), caller.clone()));
        StreamableHttpService::new(factory, self.sessions.clone(), self.config.clone()).handle(request).await
    }
}
