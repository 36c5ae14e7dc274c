//! The body of a POST.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, header};
use bytes::{Buf, BufMut, Bytes, BytesMut};
use http_body_util::BodyExt;

use crate::rest::Problem;
use crate::tools::ARGUMENTS_BYTES_MAX;

/// Bytes that are read of a body that is too large, so that its client hears why; with more it is cut off.
const DRAINED_BYTES_MAX: usize = 8 * ARGUMENTS_BYTES_MAX;

/// Reads a body that says of itself that it is JSON.
///
/// # Errors
/// It says something else, is too large, or ends early.
pub(super) async fn read(request: Request) -> Result<Bytes, Problem> {
    if !is_json(request.headers()) {
        return Err(Problem::unsupported_media_type());
    }
    gather(request.into_body()).await
}

async fn gather(mut body: Body) -> Result<Bytes, Problem> {
    let (mut bytes, mut received) = (BytesMut::new(), 0);
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Problem::malformed("body_cut", "the request's body ended early"))?;
        let Ok(mut data) = frame.into_data() else { continue };
        received += data.remaining();
        if received > DRAINED_BYTES_MAX {
            break;
        }
        // What is too much is read and forgotten: a client that is still sending would not hear the refusal.
        if received <= ARGUMENTS_BYTES_MAX {
            bytes.put(&mut data);
        }
    }
    if received > ARGUMENTS_BYTES_MAX {
        return Err(Problem::body_too_large(ARGUMENTS_BYTES_MAX));
    }
    Ok(bytes.freeze())
}

/// Whether the body is declared as JSON, once and plainly: what a page of another origin can send without being asked
/// first is never declared so.
fn is_json(headers: &HeaderMap) -> bool {
    let mut types = headers.get_all(header::CONTENT_TYPE).iter();
    let (Some(only), None) = (types.next(), types.next()) else { return false };
    let identity = |value: &HeaderValue| value.as_bytes().eq_ignore_ascii_case(b"identity");
    headers.get_all(header::CONTENT_ENCODING).iter().all(identity) && only.to_str().is_ok_and(is_json_type)
}

fn is_json_type(text: &str) -> bool {
    let mut parts = text.split(';').map(str::trim);
    let is_json = parts.next().is_some_and(|essence| essence.eq_ignore_ascii_case("application/json"));
    let charset = |parameter: &str| {
        let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        !name.trim().eq_ignore_ascii_case("charset")
            || value.trim().trim_matches('"').eq_ignore_ascii_case("utf-8")
    };
    is_json && parts.all(charset)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(pairs: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, HeaderValue::from_static(value));
        }
        is_json(&headers)
    }

    #[test]
    fn only_what_is_declared_as_json_is_json() {
        for good in [
            "application/json",
            "Application/JSON",
            "application/json; charset=utf-8",
            "application/json;charset=\"UTF-8\"",
            "application/json; profile=x",
        ] {
            assert!(judged(&[("content-type", good)]), "{good}");
        }
        for bad in [
            "",
            "text/plain",
            "text/plain; application/json",
            "application/json, text/plain",
            "application/jsonp",
            "application/problem+json",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/json; charset=utf-16",
            "text/json",
        ] {
            assert!(!judged(&[("content-type", bad)]), "{bad}");
        }
        assert!(!judged(&[]));
        assert!(!judged(&[("content-type", "application/json"), ("content-type", "application/json")]));
        assert!(!judged(&[("content-type", "application/json"), ("content-encoding", "gzip")]));
        assert!(judged(&[("content-type", "application/json"), ("content-encoding", "identity")]));
    }

    #[tokio::test]
    async fn a_body_is_read_up_to_the_limit() {
        let bytes = |len: usize| Body::from(vec![b'x'; len]);
        assert_eq!(gather(bytes(ARGUMENTS_BYTES_MAX)).await.unwrap().len(), ARGUMENTS_BYTES_MAX);
        for len in [ARGUMENTS_BYTES_MAX + 1, DRAINED_BYTES_MAX + 1] {
            assert_eq!(gather(bytes(len)).await.unwrap_err().status().as_u16(), 413);
        }
    }
}
