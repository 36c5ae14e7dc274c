//! HTTP bodies on their way in and out.

use std::convert::Infallible;
use std::fmt::Display;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderValue, Response, StatusCode};
use http_body::{Body, Frame};
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::HttpResponse;
use super::message::{INVALID_PARAMS, INVALID_REQUEST, Message, REQUEST_BYTES_MAX, Refusal};
use crate::arrival::{self, ArrivalError};

/// How the library begins to say that it cannot read a message.
const UNREADABLE: &str = "fail to deserialize";
/// Bytes of a plain refusal of the protocol library, which become a JSON-RPC error.
const PLAIN_BYTES_MAX: usize = 4 << 10;

/// Events that wait for a client to read them: more than one call may cause.
const FRAMES_WAITING_MAX: usize = 256;

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// Reads a POST's body and judges the message in it.
pub(super) async fn message<B>(body: B) -> Result<Message, HttpResponse>
where
    B: Body + Send + 'static,
    B::Error: Display,
{
    let bytes = arrival::read(body, REQUEST_BYTES_MAX).await.map_err(|error| {
        let status = match error {
            ArrivalError::Cut => StatusCode::BAD_REQUEST,
            ArrivalError::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            ArrivalError::Late => StatusCode::REQUEST_TIMEOUT,
        };
        let reason = error.to_string();
        refuse(status, &Refusal { code: INVALID_REQUEST, reason, id: serde_json::Value::Null })
    })?;
    Message::judge(&bytes).map_err(|refusal| refuse(StatusCode::BAD_REQUEST, &refusal))
}

/// A message's text as a body for the protocol library.
pub(super) fn of(message: &Message) -> BoxBody<Bytes, Infallible> {
    Full::new(Bytes::from(message.json.as_str().to_owned())).boxed()
}

/// A JSON-RPC error with a status of HTTP.
pub(super) fn refuse(status: StatusCode, refusal: &Refusal) -> HttpResponse {
    let mut response = Response::new(Full::new(Bytes::from(refusal.to_json().to_string())).boxed());
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, JSON);
    response
}

/// The library refuses some requests in plain text. Clients of this protocol read JSON.
pub(super) async fn as_json_rpc(response: HttpResponse, id: Option<serde_json::Value>) -> HttpResponse {
    let kind = response.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if response.status().is_success() || kind.starts_with("application/json") {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let text = body.collect().await.map(|collected| collected.to_bytes()).unwrap_or_default();
    let text = String::from_utf8_lossy(&text[..text.len().min(PLAIN_BYTES_MAX)]).into_owned();
    // What passed our own check and cannot be read all the same has parameters of another form.
    let unreadable = parts.status == StatusCode::UNSUPPORTED_MEDIA_TYPE && text.starts_with(UNREADABLE);
    let (code, reason) = match unreadable {
        true => (INVALID_PARAMS, "the message has members of another form than the protocol's".to_owned()),
        false if text.is_empty() => (INVALID_REQUEST, parts.status.to_string()),
        false => (INVALID_REQUEST, text),
    };
    if unreadable {
        parts.status = StatusCode::BAD_REQUEST;
    }
    let refusal = Refusal { code, reason, id: id.unwrap_or_default() };
    parts.headers.insert(CONTENT_TYPE, JSON);
    parts.headers.remove(CONTENT_LENGTH);
    Response::from_parts(parts, Full::new(Bytes::from(refusal.to_json().to_string())).boxed())
}

/// Has a stream of events go on to the client, holding something until it ends. The client that does not read its
/// stream loses it, instead of stopping everybody who writes to it; so does one whose stream is old, or whose host is
/// about to stop.
pub(super) fn pass_on<G: Send + 'static>(response: HttpResponse, held: G, end: StreamEnd) -> HttpResponse {
    let (sender, receiver) = mpsc::channel(FRAMES_WAITING_MAX);
    let (parts, mut body) = response.into_parts();
    tokio::spawn(async move {
        let _held = held;
        let end = end.reached();
        tokio::pin!(end);
        loop {
            let frame = tokio::select! {
                () = sender.closed() => return,
                () = &mut end => return,
                frame = body.frame() => frame,
            };
            let Some(Ok(frame)) = frame else { return };
            if sender.try_send(frame).is_err() {
                tracing::debug!("a client does not read its stream, which is closed");
                return;
            }
        }
    });
    Response::from_parts(parts, Passed(receiver).boxed())
}

/// When a stream ends by itself.
#[derive(Debug, Clone)]
pub(super) struct StreamEnd {
    /// After so long.
    pub(super) lifetime: Option<Duration>,
    /// When this fires.
    pub(super) stopping: Option<CancellationToken>,
}

impl StreamEnd {
    async fn reached(self) {
        let old = async {
            match self.lifetime {
                Some(lifetime) => tokio::time::sleep(lifetime).await,
                None => std::future::pending().await,
            }
        };
        let stopped = async {
            match &self.stopping {
                Some(stopping) => stopping.cancelled().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = old => {}
            () = stopped => {}
        }
    }
}

/// A body whose frames come from a task.
struct Passed(mpsc::Receiver<Frame<Bytes>>);

impl Body for Passed {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.0.poll_recv(context).map(|frame| frame.map(Ok))
    }
}
