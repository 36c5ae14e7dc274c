//! One request to the Xyte API.

use std::fmt::Display;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::bindings::xyte::Request as Prepared;
use crate::imports::xyte;
use crate::route::Route;
use crate::{Cx, Pages, Response, ToolError, XyteError};

/// What the reading of an answer depends on besides the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Asked {
    /// Whether the request changes nothing.
    pub(crate) reads: bool,
    /// Whether it is about one ticket: Xyte answers 401 for a ticket that is not there.
    pub(crate) ticket: bool,
}

impl Asked {
    fn on(route: &Route) -> Asked {
        Asked { reads: route.reads(), ticket: route.template.starts_with("/tickets/") }
    }
}

/// One request, prepared like an SQL statement: the route is a constant, and values stand apart from it, so that no
/// value can make it another route.
#[derive(Debug, Clone)]
#[must_use = "a request does nothing until it is sent"]
pub struct Request<'cx> {
    cx: &'cx Cx,
    asked: Asked,
    prepared: Prepared,
}

impl<'cx> Request<'cx> {
    pub(crate) fn new(cx: &'cx Cx, route: &'static Route) -> Request<'cx> {
        let prepared = Prepared {
            scope: route.scope,
            method: route.method,
            template: route.template.to_owned(),
            params: Vec::new(),
            query: Vec::new(),
            body: None,
            options: Vec::new(),
        };
        Request { cx, asked: Asked::on(route), prepared }
    }

    /// The value of `{name}` in the route.
    pub fn param(mut self, name: &str, value: impl Display) -> Self {
        self.prepared.params.push((name.to_owned(), value.to_string()));
        self
    }

    /// A query key and its value.
    pub fn query(mut self, name: &str, value: impl Display) -> Self {
        self.prepared.query.push((name.to_owned(), value.to_string()));
        self
    }

    /// A query key, if there is a value for it.
    pub fn maybe_query(self, name: &str, value: Option<impl Display>) -> Self {
        match value {
            Some(value) => self.query(name, value),
            None => self,
        }
    }

    /// The body, which must be a JSON object.
    ///
    /// # Errors
    /// It cannot be written as JSON.
    pub fn body(mut self, value: &impl Serialize) -> Result<Self, ToolError> {
        let json = serde_json::to_string(value).map_err(|error| {
            ToolError::new("invalid_body", format!("The request cannot be written: {error}"))
        })?;
        self.prepared.body = Some(json);
        Ok(self)
    }

    /// How old an answer from the host's cache may be; 0 asks Xyte itself.
    pub fn max_age_ms(self, milliseconds: u32) -> Self {
        self.option("max-age-ms", milliseconds)
    }

    /// Less time than the host would wait.
    pub fn timeout_ms(self, milliseconds: u32) -> Self {
        self.option("timeout-ms", milliseconds)
    }

    /// Sends it and waits for the answer.
    ///
    /// # Errors
    /// Xyte or the host refused; a status of 400 and more is an error.
    pub fn send(self) -> Result<Response, XyteError> {
        Response::checked(xyte::send(&self.prepared), self.asked)
    }

    /// Walks the pages of a list.
    pub fn pages<T: DeserializeOwned>(self) -> Pages<'cx, T> {
        Pages::new(self)
    }

    pub(crate) fn cx(&self) -> &'cx Cx {
        self.cx
    }

    /// The body as the text of a JSON object.
    pub(crate) fn body_text(mut self, json: String) -> Self {
        self.prepared.body = Some(json);
        self
    }

    pub(crate) fn reads(&self) -> bool {
        self.asked.reads
    }

    pub(crate) fn into_prepared(self) -> (Prepared, Asked) {
        (self.prepared, self.asked)
    }

    fn option(mut self, name: &str, value: impl Display) -> Self {
        self.prepared.options.push((name.to_owned(), value.to_string()));
        self
    }
}
