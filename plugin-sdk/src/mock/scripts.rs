//! What the mock host answers to which route.

use std::rc::Rc;

use serde::Serialize;
use serde_json::Value;

use super::{ErrorKind, Host, Recorded, Reply};
use crate::route::Route;

impl Host {
    /// Answers the route with this status and body. Several answers to one route are given in turn, the last of them
    /// again and again.
    pub fn answer(self, route: &'static Route, status: u16, body: impl Serialize) -> Host {
        let reply = Reply::json(status, body);
        self.answer_with(route, move |_| reply.clone())
    }

    /// Answers the route with what a function makes of the request.
    pub fn answer_with(self, route: &'static Route, answer: impl Fn(&Recorded) -> Reply + 'static) -> Host {
        self.state.script(route, Rc::new(answer));
        self
    }

    /// Answers the route with these rows, page by page as the request asks for them.
    pub fn list(self, route: &'static Route, rows: impl IntoIterator<Item = Value>) -> Host {
        let rows: Vec<Value> = rows.into_iter().collect();
        self.answer_with(route, move |request| Reply::page(&rows, request))
    }

    /// Refuses the route, as a host does when the operator has not granted it.
    pub fn deny(self, route: &'static Route) -> Host {
        let message = format!("The operator has not granted {}.", route.key);
        self.answer_with(route, move |_| Reply::error(ErrorKind::Denied, "route_not_granted", &message))
    }
}
