//! Requests as a test makes them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use xyte_plugin_sdk::bindings::xyte::{Error, ErrorKind, Request, Response};
use xyte_plugin_sdk::route::{Method, Route, Scope};
use xyte_plugin_sdk::{Cx, routes};

type Pairs = Vec<(String, String)>;

/// A request, as it reaches the host.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Send {
    scope: ScopeName,
    method: MethodName,
    template: String,
    #[serde(default)]
    params: Pairs,
    #[serde(default)]
    query: Pairs,
    /// The text itself, JSON or not.
    body: Option<String>,
    #[serde(default)]
    options: Pairs,
}

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum ScopeName {
    Organization,
    Partner,
}

#[derive(Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum MethodName {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

/// How many requests are sent.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SendMany {
    count: u32,
}

/// What became of them.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Counted {
    answered: usize,
    refused: usize,
}

/// What came back: status, body and facts, or the error.
#[derive(Default, Serialize, JsonSchema)]
pub(crate) struct Answer {
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    facts: Option<Pairs>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<HostError>,
}

/// Why nothing came back.
#[derive(Serialize, JsonSchema)]
struct HostError {
    /// As the contract writes it: `budget-exhausted`.
    kind: &'static str,
    code: String,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    retry_after_ms: Option<u32>,
}

pub(crate) fn send(cx: &Cx, args: Send) -> Answer {
    cx.send_prepared(&args.into()).into()
}

pub(crate) fn send_many(cx: &Cx, args: &SendMany) -> Counted {
    let requests: Vec<Request> = (1..=args.count)
        .map(|page| {
            let query = vec![("page".to_owned(), page.to_string()), ("per_page".to_owned(), "1".to_owned())];
            Request { query, ..on(&routes::GET_DEVICES) }
        })
        .collect();
    let answered = cx.send_all_prepared(&requests).iter().filter(|answer| answer.is_ok()).count();
    Counted { answered, refused: requests.len() - answered }
}

pub(crate) fn claim(cx: &Cx) -> Answer {
    let body = Some(r#"{"space_id":1,"cloud_id":"probe"}"#.to_owned());
    cx.send_prepared(&Request { body, ..on(&routes::CLAIM_DEVICE) }).into()
}

fn on(route: &Route) -> Request {
    Request {
        scope: route.scope,
        method: route.method,
        template: route.template.to_owned(),
        params: Vec::new(),
        query: Vec::new(),
        body: None,
        options: Vec::new(),
    }
}

impl From<Send> for Request {
    fn from(send: Send) -> Request {
        Request {
            scope: match send.scope {
                ScopeName::Organization => Scope::Organization,
                ScopeName::Partner => Scope::Partner,
            },
            method: match send.method {
                MethodName::Get => Method::Get,
                MethodName::Post => Method::Post,
                MethodName::Put => Method::Put,
                MethodName::Patch => Method::Patch,
                MethodName::Delete => Method::Delete,
            },
            template: send.template,
            params: send.params,
            query: send.query,
            body: send.body,
            options: send.options,
        }
    }
}

impl From<Result<Response, Error>> for Answer {
    fn from(result: Result<Response, Error>) -> Answer {
        match result {
            Ok(Response { status, body, facts }) => {
                Answer { status: Some(status), body: Some(body), facts: Some(facts), error: None }
            }
            Err(error) => Answer { error: Some(error.into()), ..Answer::default() },
        }
    }
}

impl From<Error> for HostError {
    fn from(error: Error) -> HostError {
        let kind = match error.kind {
            ErrorKind::Denied => "denied",
            ErrorKind::Invalid => "invalid",
            ErrorKind::RateLimited => "rate-limited",
            ErrorKind::BudgetExhausted => "budget-exhausted",
            ErrorKind::Timeout => "timeout",
            ErrorKind::Cancelled => "cancelled",
            ErrorKind::TooLarge => "too-large",
            ErrorKind::Unavailable => "unavailable",
            ErrorKind::OutcomeUnknown => "outcome-unknown",
            ErrorKind::Other => "other",
        };
        HostError { kind, code: error.code, message: error.message, retry_after_ms: error.retry_after_ms }
    }
}
