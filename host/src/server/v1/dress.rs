//! What every answer under `/v1` says to a browser.
//!
//! An answer holds text of plugins and devices. A browser that is led to it must neither run it, nor guess that it is
//! something else, nor show it within another page, nor hand it to one, nor keep it.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};

use crate::rest::{DocsPage, Document, Problem};
use crate::server::refusal::Refused;

/// The type of problems, as RFC 9457 has it.
pub(super) const PROBLEM: HeaderValue = HeaderValue::from_static("application/problem+json");
const JSON: HeaderValue = HeaderValue::from_static("application/json");
const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");

/// An answer that is opened as a page is one without any right.
const SANDBOX: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// What was asked for.
pub(super) fn document(document: Document) -> Response {
    ([(header::CONTENT_TYPE, JSON)], document.into_text()).into_response()
}

/// The page for people, with a policy of its own.
pub(super) fn page(page: &'static DocsPage) -> Response {
    let policy = HeaderValue::from_str(&page.policy).unwrap_or(HeaderValue::from_static(SANDBOX));
    ([(header::CONTENT_TYPE, HTML), (header::CONTENT_SECURITY_POLICY, policy)], page.html.as_str())
        .into_response()
}

/// The layer: the headers, and refusals of the layers below as problems.
pub(super) async fn dress(mut response: Response) -> Response {
    if let Some(refused) = response.extensions_mut().remove::<Refused>() {
        let problem = Problem::new(refused.status, refused.error, &refused.message);
        *response.body_mut() = Body::from(problem.to_json());
        response.headers_mut().insert(header::CONTENT_TYPE, PROBLEM);
        response.headers_mut().remove(header::CONTENT_LENGTH);
    }
    let headers = response.headers_mut();
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(SANDBOX));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(RESOURCE_POLICY, HeaderValue::from_static("same-origin"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
