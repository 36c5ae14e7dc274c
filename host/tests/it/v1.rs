//! The plain HTTP face, `/v1`, on the wire.

mod answers;

mod browser;
mod described;
mod door;
mod problems;

use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::Value;

use crate::support::{Mode, TestHost};

/// What came back.
#[derive(Debug)]
struct Answered {
    status: u16,
    kind: String,
    headers: reqwest::header::HeaderMap,
    body: Value,
}

impl Answered {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// A request as the first tenant, with a key where the mode needs one.
fn request(host: &TestHost, method: Method, path: &str) -> RequestBuilder {
    let request = host.client.request(method, format!("{}/v1/{path}", host.url));
    match host.mode {
        Mode::Single => request,
        Mode::Multi => request.header("authorization", &host.sim.tenants()[0].key),
    }
}

async fn send(request: RequestBuilder) -> Answered {
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let kind = headers.get("content-type").map_or("", |kind| kind.to_str().unwrap()).to_owned();
    let text = response.text().await.unwrap();
    let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
    let expected = if status == StatusCode::OK { "application/json" } else { "application/problem+json" };
    assert_eq!(kind, expected, "{status} {body}");
    if status != StatusCode::OK {
        assert_eq!(body["status"], status.as_u16(), "{body}");
        assert_eq!(body["title"], status.canonical_reason().unwrap(), "{body}");
        assert!(body["error"].is_string() && body["detail"].is_string(), "{body}");
    }
    Answered { status: status.as_u16(), kind, headers, body }
}

async fn get(host: &TestHost, path: &str) -> Answered {
    send(request(host, Method::GET, path)).await
}

/// A document that must be there.
async fn document(host: &TestHost, path: &str) -> Value {
    let answered = get(host, path).await;
    assert_eq!(answered.status, 200, "{path}: {}", answered.body);
    answered.body
}

async fn call(host: &TestHost, tool: &str, arguments: &Value) -> Answered {
    send(request(host, Method::POST, &format!("tools/{tool}")).json(arguments)).await
}

/// The status and the code of a problem.
fn problem(answered: &Answered) -> (u16, &str) {
    (answered.status, answered.body["error"].as_str().unwrap_or_default())
}
