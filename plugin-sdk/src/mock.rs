//! A host for native tests: the tool runs in the test's own process, through the same dispatch as in WebAssembly,
//! and each request is answered by what the test scripted.
//!
//! It is as strict as the real one where a mistake would otherwise show only in production: a request on a route
//! that the tool's attribute does not name, a value too many, an unknown query key or body member, and a write from
//! a `read_only` tool end the test with a sentence that says so. With the feature `schema-check`, arguments and
//! answers are held against the tool's schemas as well.
//!
//! ```
//! # use xyte_plugin_sdk::{Cx, ToolError, Text, json, mock, routes};
//! # pub struct Hello;
//! # /// Says hello.
//! # #[xyte_plugin_sdk::plugin(id = "hello")]
//! # impl Hello {
//! #     /// Greets a device.
//! #     #[tool(read_only, routes(routes::GET_DEVICE))]
//! #     fn greet(cx: &Cx) -> Result<Text, ToolError> {
//! #         let device: xyte_plugin_sdk::api::Device = cx.get(&routes::GET_DEVICE, &[("device_id", &"d1")])?;
//! #         Ok(Text(format!("Hello, {}", device.id)))
//! #     }
//! # }
//! let host = mock::Host::new().answer(&routes::GET_DEVICE, 200, json!({"id": "d1", "name": "Projector"}));
//! assert_eq!(host.call::<Hello>("greet", json!({})).text(), "Hello, d1");
//! ```

mod golden;
pub(crate) mod imports;
mod outcome;
mod recorded;
mod reply;
#[cfg(feature = "schema-check")]
mod schema_check;
mod state;

use std::rc::Rc;

use serde::Serialize;
use serde_json::Value;

use crate::bindings::describe::{Guest as _, Manifest};
use crate::bindings::tools::Guest as _;
use crate::route::Route;
use crate::{Cx, Plugin};

pub use crate::bindings::xyte::ErrorKind;
pub use golden::golden;
pub use outcome::Outcome;
pub use recorded::{LogLine, Recorded};
pub use reply::Reply;
use state::State;

/// A host whose answers are scripted.
#[derive(Debug, Default)]
#[must_use]
pub struct Host {
    state: Rc<State>,
}

impl Host {
    /// A host that answers nothing yet. Its clock stands at 2026-01-01T00:00:00Z, and a call has 30 seconds and 64
    /// requests.
    pub fn new() -> Host {
        Host::default()
    }

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

    /// Sets the clock: `2026-11-22T10:00:00Z`.
    ///
    /// # Panics
    /// It is no time.
    pub fn at(self, now: &str) -> Host {
        let now = crate::time::parse(now).expect("a time of ISO 8601");
        self.state.now_ms.set(u64::try_from(now.as_millisecond()).expect("a time after 1970"));
        self
    }

    /// Gives a call so much time.
    pub fn remaining_ms(self, milliseconds: u32) -> Host {
        self.state.remaining_ms.set(milliseconds);
        self
    }

    /// Lets each round of requests take so much time.
    pub fn latency_ms(self, milliseconds: u32) -> Host {
        self.state.latency_ms.set(milliseconds);
        self
    }

    /// Gives a call so many requests.
    pub fn requests_max(self, requests: usize) -> Host {
        self.state.requests_max.set(requests);
        self
    }

    /// Lets the caller be gone.
    pub fn cancelled(self) -> Host {
        self.state.cancelled.set(true);
        self
    }

    /// Calls a tool.
    ///
    /// # Panics
    /// The tool sent what a real host would not let pass, or what the test has not scripted.
    pub fn call<P: Plugin>(&self, tool: &str, arguments: impl Serialize) -> Outcome {
        let arguments = serde_json::to_value(arguments).expect("arguments can be written as JSON");
        let _running = self.state.enter(P::INFO.tool(tool));
        #[cfg(feature = "schema-check")]
        if let Err(refused) = schema_check::arguments::<P>(tool, &arguments) {
            return Outcome::new(Err(refused));
        }
        let outcome = Outcome::new(P::call_tool(tool.to_owned(), arguments.to_string()));
        #[cfg(feature = "schema-check")]
        schema_check::answer::<P>(tool, &outcome);
        outcome
    }

    /// Runs a part of a tool, which may send anything.
    pub fn run<T>(&self, part: impl FnOnce(&Cx) -> T) -> T {
        let _running = self.state.enter(None);
        part(&Cx::new())
    }

    /// The requests so far, in order.
    pub fn requests(&self) -> Vec<Recorded> {
        self.state.requests.borrow().clone()
    }

    /// The log lines so far.
    pub fn logs(&self) -> Vec<LogLine> {
        self.state.logs.borrow().clone()
    }
}

/// What the plugin says of itself, as the host gets to know it.
///
/// # Panics
/// It cannot say it: the sentence that an operator would read.
pub fn describe<P: Plugin>() -> Manifest {
    P::describe().unwrap_or_else(|reason| panic!("{}: {reason}", P::INFO.id))
}

/// The keys of all routes that the plugin's tools ask for, sorted: what its `plugin.toml` lists.
pub fn route_keys<P: Plugin>() -> Vec<&'static str> {
    let routes = P::INFO.tools.iter().flat_map(|tool| tool.routes);
    let mut keys: Vec<_> = routes.map(|route_use| route_use.route.key).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}
