//! What a request says, as a Rails application reads it.

use std::collections::HashMap;
use std::time::Duration;

use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use jiff::Timestamp;
use serde_json::{Map, Value};
use url::form_urlencoded;
use uuid::Uuid;

use super::refusal::Refusal;

/// One request to an operation.
#[derive(Debug)]
pub(crate) struct Call {
    /// The hub's time.
    pub(crate) now: Timestamp,
    /// How long a command stays in each stage.
    pub(crate) stage: Duration,
    params: Vec<(String, String)>,
    query: HashMap<String, String>,
    body: Map<String, Value>,
}

impl Call {
    /// Reads a request. For methods with a body the query's parameters are merged into the body's members, and win:
    /// the application sees one set of parameters and cannot tell where one came from.
    pub(crate) fn read(
        params: Vec<(String, String)>,
        parts: &Parts,
        body: &Bytes,
        now: Timestamp,
        stage: Duration,
    ) -> Result<Call, Refusal> {
        let query: HashMap<String, String> =
            pairs(parts.uri.query().unwrap_or_default().as_bytes()).collect();
        let mut members = Map::new();
        if matches!(parts.method, Method::POST | Method::PUT | Method::PATCH) {
            members = members_of(parts, body)?;
            for (name, value) in &query {
                members.insert(name.clone(), Value::String(value.clone()));
            }
        }
        Ok(Call { now, stage, params, query, body: members })
    }

    /// A UUID in the path. What is none is the id of nothing.
    pub(crate) fn uuid_param(&self, name: &str) -> Result<Uuid, Refusal> {
        self.param(name).and_then(|value| value.parse().ok()).ok_or_else(Refusal::not_found)
    }

    /// A whole number in the path. What is none is the id of nothing.
    pub(crate) fn integer_param(&self, name: &str) -> Result<i64, Refusal> {
        self.param(name).and_then(|value| value.parse().ok()).ok_or_else(Refusal::not_found)
    }

    /// A query parameter, unless it is absent or empty.
    pub(crate) fn query(&self, name: &str) -> Option<&str> {
        self.query.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// A whole number in the query.
    pub(crate) fn integer_query(&self, name: &str) -> Result<Option<i64>, Refusal> {
        let number = |text: &str| text.parse().map_err(|_| not_an_integer(name));
        self.query(name).map(number).transpose()
    }

    /// A text in the body, unless it is absent or blank. Numbers are taken as they are written.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        match self.body.get(name)? {
            Value::String(text) => (!text.trim().is_empty()).then(|| text.clone()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// A space's id in the body, as a number or in digits. What is neither is the id of nothing.
    pub(crate) fn space_id(&self, name: &str) -> Result<Option<i64>, Refusal> {
        match self.text(name) {
            Some(text) => text.parse().map(Some).map_err(|_| Refusal::not_found()),
            None => Ok(None),
        }
    }

    /// An object in the body.
    pub(crate) fn object(&self, name: &str) -> Option<&Map<String, Value>> {
        self.body.get(name)?.as_object()
    }

    fn param(&self, name: &str) -> Option<&str> {
        self.params.iter().find(|(param, _)| param == name).map(|(_, value)| value.as_str())
    }
}

fn not_an_integer(name: &str) -> Refusal {
    Refusal::unprocessable(format!("Parameter {name} must be an integer"))
}

/// The body's members. A form is read as one; anything else must be JSON. JSON that is no object has no members.
fn members_of(parts: &Parts, body: &Bytes) -> Result<Map<String, Value>, Refusal> {
    let content_type =
        parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if content_type.starts_with("application/x-www-form-urlencoded") {
        return Ok(pairs(body).map(|(name, value)| (name, Value::String(value))).collect());
    }
    if body.is_empty() {
        return Ok(Map::new());
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(members)) => Ok(members),
        Ok(_) => Ok(Map::new()),
        Err(_) => Err(Refusal::new(StatusCode::BAD_REQUEST, "Bad Request")),
    }
}

/// The pairs of a query or form. Of repeated names the last counts, since it is collected last.
fn pairs(text: &[u8]) -> impl Iterator<Item = (String, String)> {
    form_urlencoded::parse(text).into_owned()
}
