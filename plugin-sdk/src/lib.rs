#![doc = include_str!("../README.md")]

pub mod api;
mod answer;
pub mod bindings;
pub mod calls;
mod cx;
mod imports;
#[cfg(not(target_arch = "wasm32"))]
pub mod mock;
mod pages;
pub mod plugin;
mod request;
mod response;
pub mod route;
#[rustfmt::skip]
pub mod routes;
pub mod schema;
pub mod text;
pub mod time;
mod tool_error;
mod xyte_error;

pub use answer::{Answer, Content, Output, RawJson, Text};
pub use cx::{Cx, Level};
pub use pages::{Collected, Cut, End, Page, Pages};
pub use plugin::Plugin;
pub use request::Request;
pub use response::{Response, Rows};
pub use serde_json::json;
pub use tool_error::ToolError;
pub use xyte_error::{XyteError, XyteErrorKind};
pub use xyte_plugin_sdk_macros::plugin;
