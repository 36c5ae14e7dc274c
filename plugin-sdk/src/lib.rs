#![doc = include_str!("../README.md")]

pub mod api;
mod answer;
mod ask;
pub mod bindings;
pub mod calls;
pub mod completion;
mod cx;
mod imports;
#[cfg(not(target_arch = "wasm32"))]
pub mod mock;
mod pages;
pub mod plugin;
pub mod prompt;
mod request;
pub mod resource;
mod response;
pub mod route;
#[rustfmt::skip]
pub mod routes;
pub mod schema;
mod serve_error;
pub mod state;
pub mod text;
pub mod time;
mod tool_error;
pub mod value;
mod xyte_error;

pub use answer::{Answer, Content, Output, RawJson, Text};
pub use ask::{Ask, Outcome};
pub use bindings::notify::Catalog;
pub use completion::{Chosen, Completion};
pub use cx::{Cx, Elicited, Level, MessageLevel, Root};
pub use pages::{Collected, Cut, End, Page, Pages};
pub use plugin::Plugin;
pub use prompt::Messages;
pub use request::Request;
pub use resource::{Contents, Listed, Listing};
pub use response::{Response, Rows};
pub use serde_json::json;
pub use serve_error::ServeError;
pub use state::StateError;
pub use tool_error::ToolError;
pub use xyte_error::{XyteError, XyteErrorKind};
pub use xyte_plugin_sdk_macros::{completions, plugin, prompts, resources};
