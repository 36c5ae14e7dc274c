//! What plugins offer, who may use it, and one call from request to outcome.
//!
//! Every way in, whatever its protocol, ends in one of the functions of [`Tools`] that make a call: [`Tools::call`],
//! [`Tools::read`], [`Tools::resource_page`], [`Tools::prompt`] and [`Tools::complete`].

mod access;
mod call;
mod catalog;
mod listing;
mod offers;
mod outcome;
mod run;
mod scope;
mod view;

pub use access::Policy;
pub use call::{ARGUMENTS_BYTES_MAX, ToolCall, Tools};
pub use catalog::{Catalog, Conflict, Entry, PromptEntry, ResourceEntry};
pub use listing::{Place, ResourcePage};
pub use outcome::{Outcome, Refusal, Reply, Unknown};
pub use scope::{CallScope, TraceId};
pub use view::View;
