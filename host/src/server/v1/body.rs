//! The body of a POST.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, header};
use bytes::Bytes;

use crate::arrival::{self, ArrivalError};
use crate::rest::Problem;
use crate::tools::ARGUMENTS_BYTES_MAX;

/// Reads a body that says of itself that it is JSON.
///
/// # Errors
/// It says something else, is too large, or ends early.
pub(super) async fn read(request: Request) -> Result<Bytes, Problem> {
    if !is_json(request.headers()) {
        return Err(Problem::unsupported_media_type());
    }
    arrival::read(request.into_body(), ARGUMENTS_BYTES_MAX).await.map_err(|error| match error {
        ArrivalError::Cut => Problem::malformed("body_cut", &error.to_string()),
        ArrivalError::TooLarge(limit) => Problem::body_too_large(limit),
        ArrivalError::Late => Problem::body_late(),
    })
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
}
