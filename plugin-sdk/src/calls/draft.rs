//! A request that is being written.

use std::fmt::Display;

use serde::Serialize;

use crate::route::Route;
use crate::time::Window;
use crate::{Cx, Request, Response, XyteError};

/// A request that is being written, whatever it answers: apart from [`Call`](super::Call) and
/// [`List`](super::List), so that a plugin carries it once.
///
/// Its methods are the words by which the declarations of this module say where a value goes.
#[derive(Debug, Clone)]
pub(super) struct Draft<'cx> {
    request: Request<'cx>,
    /// The members of the body, without the braces around them.
    members: String,
    /// Why it must not be sent.
    refused: Option<XyteError>,
}

impl<'cx> Draft<'cx> {
    pub(super) fn new(cx: &'cx Cx, route: &'static Route) -> Draft<'cx> {
        Draft { request: cx.request(route), members: String::new(), refused: None }
    }

    /// A value in the route.
    pub(super) fn path(self, name: &str, value: impl Display) -> Self {
        self.with(|request| request.param(name, value))
    }

    /// A value of the query.
    pub(super) fn query(self, name: &str, value: impl Display) -> Self {
        self.with(|request| request.query(name, value))
    }

    /// A key of the query once for each value.
    pub(super) fn each(self, name: &str, values: &[impl Display]) -> Self {
        values.iter().fold(self, |draft, value| draft.query(name, value))
    }

    /// `from` and `to` of the query in Unix seconds, as the organization's lists want them.
    pub(super) fn seconds(self, _: &str, window: &Window) -> Self {
        self.query("from", window.from_epoch()).query("to", window.to_epoch())
    }

    /// `from` and `to` of the query in ISO 8601, as the partner's lists want them.
    pub(super) fn dates(self, _: &str, window: &Window) -> Self {
        self.query("from", window.start()).query("to", window.end())
    }

    /// A member of the body; none if it is null.
    pub(super) fn body(mut self, name: &str, value: impl Serialize) -> Self {
        match serde_json::to_string(&value) {
            Ok(json) => self.push_member(name, &json),
            Err(error) => {
                self.refuse("invalid_body", format!("`{name}` cannot be written as JSON: {error}"));
            }
        }
        self
    }

    pub(super) fn refuse(&mut self, code: &str, message: String) {
        self.refused.get_or_insert_with(|| XyteError::not_sendable(code, message));
    }

    pub(super) fn with(self, write: impl FnOnce(Request<'cx>) -> Request<'cx>) -> Self {
        Draft { request: write(self.request), ..self }
    }

    pub(super) fn reads(&self) -> bool {
        self.request.reads()
    }

    pub(super) fn send(self) -> Result<Response, XyteError> {
        self.into_request()?.send()
    }

    pub(super) fn into_request(self) -> Result<Request<'cx>, XyteError> {
        match self.refused {
            Some(refused) => Err(refused),
            None if self.members.is_empty() => Ok(self.request),
            None => Ok(self.request.body_text(format!("{{{}}}", self.members))),
        }
    }

    /// The request of a list, which has no body and can always be sent.
    pub(super) fn into_list(self) -> Request<'cx> {
        self.request
    }

    fn push_member(&mut self, name: &str, json: &str) {
        if json == "null" {
            return;
        }
        if !self.members.is_empty() {
            self.members.push(',');
        }
        // Names of members are the catalogue's, which have nothing to escape.
        for part in ["\"", name, "\":", json] {
            self.members.push_str(part);
        }
    }
}
