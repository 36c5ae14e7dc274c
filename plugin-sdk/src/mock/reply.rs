//! What the mock host answers.

use serde::Serialize;
use serde_json::{Value, json};

use super::recorded::Recorded;
use crate::bindings::xyte::{Error, ErrorKind, Response};

/// How many rows a page has when the request does not say.
const PER_PAGE: usize = 100;

/// The answer to one request.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply(Result<Response, Error>);

impl Reply {
    /// Xyte answers, with a body that becomes JSON.
    ///
    /// # Panics
    /// The body cannot be written as JSON.
    pub fn json(status: u16, body: impl Serialize) -> Reply {
        Reply::text(status, serde_json::to_string(&body).expect("the body can be written as JSON"))
    }

    /// Xyte answers, with a body that is sent as it is.
    pub fn text(status: u16, body: impl Into<String>) -> Reply {
        Reply(Ok(Response { status, body: body.into(), facts: Vec::new() }))
    }

    /// What the host knows of the answer: `age-ms`, and so on.
    pub fn fact(mut self, name: &str, value: &str) -> Reply {
        if let Ok(response) = &mut self.0 {
            response.facts.push((name.to_owned(), value.to_owned()));
        }
        self
    }

    /// There is no answer.
    pub fn error(kind: ErrorKind, code: &str, message: &str) -> Reply {
        Reply(Err(Error { kind, code: code.to_owned(), message: message.to_owned(), retry_after_ms: None }))
    }

    /// The part of `rows` that the request's `page` and `per_page` say.
    pub(super) fn page(rows: &[Value], request: &Recorded) -> Reply {
        let number = |name| request.query(name).map(|value| value.parse::<usize>().expect("a number"));
        let per_page = number("per_page").unwrap_or(PER_PAGE);
        let from = (number("page").unwrap_or(1) - 1) * per_page;
        let items = rows.get(from..).unwrap_or_default();
        let items = &items[..items.len().min(per_page)];
        Reply::json(200, json!({ "items": items, "has_next_page": from + per_page < rows.len() }))
    }

    pub(super) fn into_result(self) -> Result<Response, Error> {
        self.0
    }
}
