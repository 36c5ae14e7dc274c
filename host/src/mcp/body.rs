//! A POST's body, checked before the protocol library reads it.
//!
//! The library takes the last of two members of one name and answers malformed text without a JSON-RPC body. Here a
//! body passes the same strict validator as all JSON that comes from outside, and what it refuses gets the error that
//! JSON-RPC has for it.

use std::convert::Infallible;
use std::fmt::Display;

use bytes::{Buf, BufMut, Bytes, BytesMut};
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method, Request, Response, StatusCode};
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full};
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::HttpResponse;
use crate::json::{Json, JsonError};

/// Bytes of one request. Arguments are what a model writes; the limit leaves room for a document among them.
pub const REQUEST_BYTES_MAX: usize = 4 << 20;

/// Bytes that are read of a request that is too large, so that its client hears why; with more it is cut off.
const DRAINED_BYTES_MAX: usize = 4 * REQUEST_BYTES_MAX;

const PARSE_ERROR: i32 = -32700;
const INVALID_REQUEST: i32 = -32600;

/// The message's outer form. What is inside is the library's to read.
#[derive(Deserialize)]
struct Envelope<'a> {
    jsonrpc: Option<&'a str>,
    #[serde(rename = "method")]
    _method: Option<IgnoredAny>,
}

/// Passes a request on with its body read and checked; requests without a body as they are.
pub(super) async fn check<B>(request: Request<B>) -> Result<Request<BoxBody<Bytes, Infallible>>, HttpResponse>
where
    B: http_body::Body + Send + 'static,
    B::Error: Display,
{
    let (parts, body) = request.into_parts();
    if parts.method != Method::POST {
        return Ok(Request::from_parts(parts, Full::default().boxed()));
    }
    let bytes = read(body).await?;
    judge(&bytes).map_err(|(code, message)| refusal(StatusCode::BAD_REQUEST, code, &message))?;
    Ok(Request::from_parts(parts, Full::new(bytes).boxed()))
}

async fn read<B>(body: B) -> Result<Bytes, HttpResponse>
where
    B: http_body::Body + Send + 'static,
    B::Error: Display,
{
    let (mut body, mut bytes, mut received) = (std::pin::pin!(body), BytesMut::new(), 0);
    while let Some(frame) = body.as_mut().frame().await {
        let frame = frame.map_err(|_| {
            refusal(StatusCode::BAD_REQUEST, INVALID_REQUEST, "the request's body ended early")
        })?;
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
        let message = format!("a request may have at most {REQUEST_BYTES_MAX} bytes");
        return Err(refusal(StatusCode::PAYLOAD_TOO_LARGE, INVALID_REQUEST, &message));
    }
    Ok(bytes.freeze())
}

fn judge(bytes: &[u8]) -> Result<(), (i32, String)> {
    let text =
        std::str::from_utf8(bytes).map_err(|_| (PARSE_ERROR, "the request is not UTF-8".to_owned()))?;
    let json = Json::parse(text, REQUEST_BYTES_MAX).map_err(|error| match error {
        JsonError::Malformed(_) => (PARSE_ERROR, format!("the request is refused: {error}")),
        _ => (INVALID_REQUEST, format!("the request is refused: {error}")),
    })?;
    if json.as_str().starts_with('[') {
        return Err((INVALID_REQUEST, "batches are not supported; send one message per request".to_owned()));
    }
    match serde_json::from_str::<Envelope<'_>>(json.as_str()) {
        Ok(Envelope { jsonrpc: Some("2.0"), .. }) if json.is_object() => Ok(()),
        _ => Err((INVALID_REQUEST, "a message is an object with \"jsonrpc\": \"2.0\"".to_owned())),
    }
}

fn refusal(status: StatusCode, code: i32, message: &str) -> HttpResponse {
    let error =
        serde_json::json!({"jsonrpc": "2.0", "id": null, "error": {"code": code, "message": message}});
    let mut response = Response::new(Full::new(Bytes::from(error.to_string())).boxed());
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_one_object_that_all_readers_read_alike() {
        assert_eq!(judge(br#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#), Ok(()));
        let cases: [(&[u8], i32); 8] = [
            (b"{", PARSE_ERROR),
            (b"\xff", PARSE_ERROR),
            (b"", PARSE_ERROR),
            (b"[]", INVALID_REQUEST),
            (br#"[{"jsonrpc":"2.0","id":1,"method":"ping"}]"#, INVALID_REQUEST),
            (br#"{"id":1,"method":"ping"}"#, INVALID_REQUEST),
            (br#"{"jsonrpc":"2.0","id":1,"method":"a","method":"b"}"#, INVALID_REQUEST),
            (b"\"2.0\"", INVALID_REQUEST),
        ];
        for (body, code) in cases {
            assert_eq!(judge(body).map_err(|(code, _)| code), Err(code), "{}", String::from_utf8_lossy(body));
        }
    }
}
