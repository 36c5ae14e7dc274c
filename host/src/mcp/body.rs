//! HTTP bodies on their way in and out.

use std::convert::Infallible;
use std::fmt::Display;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::{Buf, BufMut, Bytes, BytesMut};
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderValue, Response, StatusCode};
use http_body::{Body, Frame};
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full};
use tokio::time::Sleep;

use super::HttpResponse;
use super::message::{INVALID_REQUEST, Message, REQUEST_BYTES_MAX, Refusal};

/// Bytes that are read of a request that is too large, so that its client hears why; with more it is cut off.
const DRAINED_BYTES_MAX: usize = 4 * REQUEST_BYTES_MAX;
/// Bytes of a plain refusal of the protocol library, which become a JSON-RPC error.
const PLAIN_BYTES_MAX: usize = 4 << 10;

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// Reads a POST's body and judges the message in it.
pub(super) async fn message<B>(body: B) -> Result<Message, HttpResponse>
where
    B: Body + Send + 'static,
    B::Error: Display,
{
    let bytes = read(body).await?;
    Message::judge(&bytes).map_err(|refusal| refuse(StatusCode::BAD_REQUEST, &refusal))
}

async fn read<B>(body: B) -> Result<Bytes, HttpResponse>
where
    B: Body + Send + 'static,
    B::Error: Display,
{
    let refused = |status, reason: String| {
        refuse(status, &Refusal { code: INVALID_REQUEST, reason, id: serde_json::Value::Null })
    };
    let (mut body, mut bytes, mut received) = (std::pin::pin!(body), BytesMut::new(), 0);
    while let Some(frame) = body.as_mut().frame().await {
        let frame = frame
            .map_err(|_| refused(StatusCode::BAD_REQUEST, "the request's body ended early".to_owned()))?;
        let Ok(mut data) = frame.into_data() else { continue };
        received += data.remaining();
        if received > DRAINED_BYTES_MAX {
            break;
        }
        // What is too much is read and forgotten: a client that is still sending would not hear the refusal.
        if received <= REQUEST_BYTES_MAX {
            bytes.put(&mut data);
        }
    }
    if received > REQUEST_BYTES_MAX {
        let reason = format!("a request may have at most {REQUEST_BYTES_MAX} bytes");
        return Err(refused(StatusCode::PAYLOAD_TOO_LARGE, reason));
    }
    Ok(bytes.freeze())
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
    let reason = if text.is_empty() { parts.status.to_string() } else { text };
    let refusal = Refusal { code: INVALID_REQUEST, reason, id: id.unwrap_or_default() };
    parts.headers.insert(CONTENT_TYPE, JSON);
    parts.headers.remove(CONTENT_LENGTH);
    Response::from_parts(parts, Full::new(Bytes::from(refusal.to_json().to_string())).boxed())
}

/// A body that holds something until it was sent, or nobody wants it any more.
pub(super) struct Holding<G> {
    body: BoxBody<Bytes, Infallible>,
    until: Option<Pin<Box<Sleep>>>,
    _held: G,
}

/// Has a response's body hold something; `lifetime` ends a body that would go on for longer.
pub(super) fn hold<G: Send + Sync + Unpin + 'static>(
    response: HttpResponse,
    held: G,
    lifetime: Option<Duration>,
) -> HttpResponse {
    let until = lifetime.map(|lifetime| Box::pin(tokio::time::sleep(lifetime)));
    response.map(|body| Holding { body, until, _held: held }.boxed())
}

impl<G: Unpin> Body for Holding<G> {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if let Some(until) = &mut self.until
            && until.as_mut().poll(context).is_ready()
        {
            return Poll::Ready(None);
        }
        Pin::new(&mut self.body).poll_frame(context)
    }
}
