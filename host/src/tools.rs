//! Which tools there are, who may call them, and one call from request to outcome.
//!
//! Every way in, whatever its protocol, ends in [`Tools::call`].

mod access;
mod call;
mod catalog;
mod outcome;

pub use access::Policy;
pub use call::{ARGUMENTS_BYTES_MAX, CallScope, ToolCall, Tools, UnknownTool};
pub use catalog::{Catalog, Conflict, Entry};
pub use outcome::{Outcome, Refusal};
