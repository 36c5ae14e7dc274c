//! The Xyte API, and the only way to it.
//!
//! A plugin hands over a prepared [`Request`]: the literal text of a route and, apart from it, values. The [`scope`]
//! check looks the route up in the catalogue, asks the [`Grant`], types every value and plans the URL; [`Hub`] holds
//! the only HTTP client of the program, attaches the key and sends. [`Outbound`] is what one tool call gets of all
//! this: a grant, a key, a budget and a deadline.

mod budget;
mod error;
mod grant;
mod hub;
mod outbound;
mod request;
pub mod scope;
mod write;

pub use budget::{Budget, RECEIVED_BYTES_PER_CALL_MAX, REQUESTS_PER_CALL_MAX};
pub use error::{ErrorKind, XyteError};
pub use grant::{Grant, Route};
pub use hub::{Hub, HubError};
pub use outbound::{Outbound, Sender};
pub use request::{Request, Response};
pub use write::FOLLOW_UP;
