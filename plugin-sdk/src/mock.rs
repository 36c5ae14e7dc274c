//! A host for native tests: the tool runs in the test's own process, through the same dispatch as in WebAssembly,
//! and each request is answered by what the test scripted.
//!
//! It is as strict as the real one where a mistake would otherwise show only in production: a request on a route
//! that the attribute does not name, a value too many, an unknown query key or body member, a write from a
//! `read_only` tool, and a question after a write end the test with a sentence that says so. With the feature
//! `schema-check`, arguments, answers and settings are held against their schemas as well.
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

mod asking;
mod client;
mod ended;
mod golden;
pub(crate) mod imports;
mod kept;
mod outcome;
mod prompting;
mod reading;
mod recorded;
mod reply;
#[cfg(feature = "schema-check")]
mod schema_check;
mod scripts;
mod seen;
mod served;
mod setup;
mod state;

use std::rc::Rc;

use serde::Serialize;

use crate::bindings::describe::{Guest as _, Manifest};
use crate::bindings::tools::Guest as _;
use crate::plugin::PluginInfo;
use crate::{Cx, Plugin};

pub use crate::bindings::xyte::ErrorKind;
pub use client::{Message, Notice, Progress};
pub use ended::Ended;
pub use golden::golden;
pub use outcome::Outcome;
pub use prompting::Prompted;
pub use reading::Read;
pub use recorded::{LogLine, Recorded};
pub use reply::Reply;
use served::Served;
use state::{Running, State};

/// A host whose answers are scripted.
#[derive(Debug, Default)]
#[must_use]
pub struct Host {
    state: Rc<State>,
}

impl Host {
    /// A host that answers nothing yet. Its clock stands at 2026-01-01T00:00:00Z, and a call has 30 seconds and 64
    /// requests. There are no settings, the caller sent no user token, and the client declared nothing.
    pub fn new() -> Host {
        Host::default()
    }

    /// Calls a tool.
    ///
    /// # Panics
    /// The tool did what a real host would not let pass, or sent what the test has not scripted.
    pub fn call<P: Plugin>(&self, tool: &str, arguments: impl Serialize) -> Outcome {
        let arguments = serde_json::to_value(arguments).expect("arguments can be written as JSON");
        let served = P::INFO.tool(tool).map(Served::from);
        let _running = self.enter(&P::INFO, served);
        #[cfg(feature = "schema-check")]
        if let Err(refused) = schema_check::arguments::<P>(tool, &arguments) {
            return Outcome::new(Err(refused));
        }
        let result = P::call_tool(tool.to_owned(), arguments.to_string());
        let outcome = Outcome::new(asking::checked(&self.state, served, result));
        #[cfg(feature = "schema-check")]
        schema_check::answer::<P>(tool, &outcome);
        outcome
    }

    /// Runs a part of a tool, which may send anything.
    pub fn run<T>(&self, part: impl FnOnce(&Cx) -> T) -> T {
        let _running = self.state.enter(None);
        part(&Cx::new())
    }

    fn enter(&self, info: &PluginInfo, served: Option<Served>) -> Running {
        #[cfg(feature = "schema-check")]
        schema_check::settings(info, &self.state.settings.borrow());
        #[cfg(not(feature = "schema-check"))]
        let _ = info;
        self.state.enter(served)
    }
}

/// What the plugin says of itself, as the host gets to know it.
///
/// # Panics
/// It cannot say it: the sentence that an operator would read.
pub fn describe<P: Plugin>() -> Manifest {
    P::describe().unwrap_or_else(|reason| panic!("{}: {reason}", P::INFO.id))
}

/// The keys of all routes that the plugin asks for, sorted: what its `plugin.toml` lists.
pub fn route_keys<P: Plugin>() -> Vec<&'static str> {
    let routes = P::INFO.tools.iter().flat_map(|tool| tool.routes);
    let mut keys: Vec<_> =
        routes.chain(P::INFO.other_routes()).map(|route_use| route_use.route.key).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}
