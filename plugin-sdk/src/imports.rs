//! The functions of the host: the contract's in WebAssembly, the mock's in a native test, where the contract's are
//! not there to be called.

#[cfg(target_arch = "wasm32")]
pub(crate) use crate::bindings::{call, config, log, notify, state, xyte};
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use crate::mock::imports::{call, config, log, notify, state, xyte};
