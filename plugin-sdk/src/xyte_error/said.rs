//! What Xyte says when it refuses.

use serde::{Deserialize, Deserializer};

use super::{XyteError, XyteErrorKind};
use crate::api::object::read_members;
use crate::request::Asked;
use crate::text::{clip, quote};

/// How long to leave Xyte alone after a 429 that says nothing: its devices' limits are counted over 30 seconds, and
/// no number is published for the others.
const RATE_LIMIT_PAUSE_MS: u32 = 30_000;
/// How long to wait before a read that Xyte failed to serve is worth another try.
const UPSTREAM_PAUSE_MS: u32 = 5_000;
/// The most bytes of the API's own words that are kept.
const API_MESSAGE_BYTES_MAX: usize = 300;

/// What Xyte answers beside a status of 400 and more.
#[derive(Default)]
struct ErrorBody {
    error: Option<String>,
}

impl<'de> Deserialize<'de> for ErrorBody {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read_members!(ErrorBody { error: Option<String>, });
        deserializer.deserialize_map(ObjectVisitor)
    }
}

impl XyteError {
    /// Xyte answered with a status that is a failure.
    pub(crate) fn from_status(status: u16, body: &str, asked: Asked) -> XyteError {
        let said = said(body);
        let (kind, code) = match status {
            401 if asked.ticket => (XyteErrorKind::NotFound, "not_found"),
            401 => (XyteErrorKind::Unauthorized, "unauthorized"),
            403 => (XyteErrorKind::Forbidden, "forbidden"),
            404 => (XyteErrorKind::NotFound, "not_found"),
            429 => (XyteErrorKind::RateLimited, "rate_limited"),
            400..=499 => (XyteErrorKind::InvalidRequest, "invalid_request"),
            _ => (XyteErrorKind::Upstream, "upstream_error"),
        };
        let retry_after_ms = match kind {
            XyteErrorKind::RateLimited => Some(RATE_LIMIT_PAUSE_MS),
            XyteErrorKind::Upstream if asked.reads => Some(UPSTREAM_PAUSE_MS),
            _ => None,
        };
        let message = match &said {
            Some(said) => format!("Xyte answered {status}: {}", quote(said)),
            None => format!("Xyte answered {status}"),
        };
        XyteError {
            kind,
            code: code.to_owned(),
            message,
            status: Some(status),
            api_message: said,
            retry_after_ms,
        }
    }

    /// Xyte answered with a status below 300, and said that it was not done.
    pub(crate) fn not_done(status: u16, body: &str) -> XyteError {
        let said = said(body);
        let words = said.as_ref().map(|said| format!(": {}", quote(said))).unwrap_or_default();
        XyteError {
            kind: XyteErrorKind::InvalidRequest,
            code: "invalid_request".to_owned(),
            message: format!("Xyte answered {status}, and that it was not done{words}"),
            status: Some(status),
            api_message: said,
            retry_after_ms: None,
        }
    }
}

/// Xyte's own words, if it sent any.
fn said(body: &str) -> Option<String> {
    let said = serde_json::from_str::<ErrorBody>(body).unwrap_or_default().error;
    said.map(|said| clip(&said, API_MESSAGE_BYTES_MAX).to_owned())
}
