//! `xyte:plugin/xyte`: the only way out of the sandbox.

use xyte_catalog::{Method, Scope};

use crate::json::Json;
use crate::plugin::bindings::{types, xyte as wit};
use crate::plugin::call_state::CallState;
use crate::xyte::{ErrorKind, Request, Response, XyteError};

impl wit::Host for CallState {
    async fn send(&mut self, request: wit::Request) -> wasmtime::Result<Result<wit::Response, wit::Error>> {
        // A store's data cannot be borrowed while something else waits; what is needed is taken out first.
        let outbound = self.call()?.outbound.clone();
        Ok(outbound.send(&request.into()).await.map(Into::into).map_err(Into::into))
    }

    async fn send_all(
        &mut self,
        requests: Vec<wit::Request>,
    ) -> wasmtime::Result<Vec<Result<wit::Response, wit::Error>>> {
        let outbound = self.call()?.outbound.clone();
        let outcomes = outbound.send_all(requests.into_iter().map(Into::into).collect()).await;
        Ok(outcomes.into_iter().map(|outcome| outcome.map(Into::into).map_err(Into::into)).collect())
    }
}

impl From<wit::Request> for Request {
    fn from(request: wit::Request) -> Request {
        Request {
            scope: request.scope.into(),
            method: request.method.into(),
            template: request.template,
            params: request.params,
            query: request.query,
            body: request.body,
            options: request.options,
        }
    }
}

impl From<types::Scope> for Scope {
    fn from(scope: types::Scope) -> Scope {
        match scope {
            types::Scope::Organization => Scope::Organization,
            types::Scope::Partner => Scope::Partner,
        }
    }
}

impl From<types::Method> for Method {
    fn from(method: types::Method) -> Method {
        match method {
            types::Method::Get => Method::Get,
            types::Method::Post => Method::Post,
            types::Method::Put => Method::Put,
            types::Method::Patch => Method::Patch,
            types::Method::Delete => Method::Delete,
        }
    }
}

impl From<Response> for wit::Response {
    fn from(response: Response) -> wit::Response {
        wit::Response {
            status: response.status,
            body: response.body.map(Json::into_string).unwrap_or_default(),
            facts: response.facts.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        }
    }
}

impl From<XyteError> for wit::Error {
    fn from(error: XyteError) -> wit::Error {
        wit::Error {
            kind: error.kind.into(),
            code: error.code.to_owned(),
            message: error.message,
            retry_after_ms: error.retry_after.map(|delay| delay.as_millis().try_into().unwrap_or(u32::MAX)),
        }
    }
}

impl From<ErrorKind> for wit::ErrorKind {
    fn from(kind: ErrorKind) -> wit::ErrorKind {
        match kind {
            ErrorKind::Denied => wit::ErrorKind::Denied,
            ErrorKind::Invalid => wit::ErrorKind::Invalid,
            ErrorKind::RateLimited => wit::ErrorKind::RateLimited,
            ErrorKind::BudgetExhausted => wit::ErrorKind::BudgetExhausted,
            ErrorKind::Timeout => wit::ErrorKind::Timeout,
            ErrorKind::TooLarge => wit::ErrorKind::TooLarge,
            ErrorKind::Unavailable => wit::ErrorKind::Unavailable,
            ErrorKind::OutcomeUnknown => wit::ErrorKind::OutcomeUnknown,
            ErrorKind::Other => wit::ErrorKind::Other,
        }
    }
}
