//! The host's side of the contract's imports.

mod call;
mod config;
mod log;
mod notify;
mod state;
mod xyte;

use super::bindings::types;
use super::call_state::CallState;

/// The interface has types and no functions.
impl types::Host for CallState {}
